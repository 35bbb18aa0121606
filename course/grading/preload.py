"""Imported once by the server that forks worker processes, so that each starts at once."""

import nbconvert.preprocessors
import nbgrader.converters
import nbgrader.preprocessors

import course.grading.execute
import course.grading.task

__all__: list[str] = []

del nbconvert, nbgrader, course
