"""Backyard: a teaching module about one newspaper column on Peru's election of 2006.

Notebooks import the parts that they use, as in ``from course import data``.
"""

from importlib.metadata import PackageNotFoundError, version

__all__ = ["__version__"]

try:
    __version__ = version("backyard-course")
except PackageNotFoundError:  # run from a checkout that is not installed
    __version__ = "0.1.0"
