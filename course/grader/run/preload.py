# ruff: noqa: E402
"""Imported once by the server that forks worker processes, so that each starts at once."""

import gc
from contextlib import suppress

import nbformat.v4

# It writes a program that knows a notebook's rules, once for all workers. Done first: the 10 MB
# that this leaves behind are filled by the imports below.
nbformat.validate(nbformat.v4.new_notebook())

import nbconvert.preprocessors
import nbgrader.converters
import nbgrader.preprocessors
import PIL.Image
import sqlalchemy.dialects.sqlite
import sqlalchemy.orm

import course.grader.harmless.safemarkdown
import course.grader.installed
import course.grader.intake.others
import course.grader.run.execute
import course.grader.run.task
from course.errors import CourseError
from course.grader.coursedir import Course, find_course

__all__: list[str] = []

with suppress(CourseError):  # a worker says it, where somebody reads it
    course.grader.installed.course_paths()  # imports what reads the course's tables
with suppress(CourseError):
    Course(find_course())  # imports what the settings name, which travel with each task
sqlalchemy.orm.configure_mappers()
PIL.Image.preinit()
# What acts is taken apart, by rules that are read the first time.
course.grader.harmless.safemarkdown.safe_markdown("- [a](b) <b>*c*</b> $d$ https://e.f\n\n# g")

# Frozen objects are never touched by the collector, so the pages stay shared among all workers.
gc.freeze()
del PIL, nbconvert, nbformat, nbgrader, sqlalchemy, course
