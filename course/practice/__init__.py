"""Questions to practice on, one of the same kind before each graded one; they answer at once."""

from course.practice.asking import practice

__all__ = ["practice"]
