"""The instructor's desk: what the command `course` and nbgrader's formgrader need."""
