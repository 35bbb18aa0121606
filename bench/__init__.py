"""Measurements of the project against others and against its own limits."""
