"""Imported once by the server that forks worker processes, so that each starts at once."""

from contextlib import suppress

import nbconvert.preprocessors
import nbgrader.converters
import nbgrader.preprocessors

import course.grader.run.execute
import course.grader.run.task
from course.errors import CourseError

__all__: list[str] = []

with suppress(CourseError):  # a worker says it, where somebody reads it
    course.grader.run.execute.course_paths()  # imports what reads the course's tables

del nbconvert, nbgrader, course
