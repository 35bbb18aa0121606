"""Runs submissions: students' cells in one process, checks in another, many at once."""
