"""Drives nbgrader's own converters and exchange: generate, release, collect, grade, feedback."""
