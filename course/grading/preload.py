"""Imported once by the server from which worker processes are forked, so that each starts at once."""

import nbconvert.preprocessors
import nbgrader.converters
import nbgrader.preprocessors

import course.grading.execute
import course.grading.task

__all__: list[str] = []

del nbconvert, nbgrader, course
