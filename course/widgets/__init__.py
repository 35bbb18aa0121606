"""Widgets of the course, one module a strand: `course.widgets.argument`, `course.widgets.votes`."""
