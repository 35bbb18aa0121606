"""What a submission may hold at most, and the error that says why it cannot be graded."""

from dataclasses import dataclass


class SubmissionError(Exception):
    """Why a submission cannot be graded, in one line that can be sent to the student."""


@dataclass(frozen=True)
class IntakeBounds:
    """The most that is read of one submission."""

    files: int = 200  # how many files
    file_bytes: int = 20_000_000  # bytes of one file
    notebook_bytes: int = 10_000_000  # bytes of one notebook
    total_bytes: int = 60_000_000  # bytes of all files
    name_bytes: int = 200  # bytes of one file or folder name
    folders: int = 8  # how deep folders may lie in one another
    entries: int = 5_000  # how many files and folders are looked at
    nesting: int = 40  # how deep the JSON of a notebook may be nested
    parts: int = 200_000  # how many lists and objects the JSON of a notebook may hold
    cells: int = 1_000  # how many cells a notebook may hold
