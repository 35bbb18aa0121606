"""What a submission may hold at most, and the error that says why it cannot be graded."""

from __future__ import annotations

from dataclasses import dataclass


class SubmissionError(Exception):
    """Why a submission cannot be graded, in one line that can be sent to the student."""


@dataclass(frozen=True)
class IntakeBounds:
    """The most that is read of one submission.

    Attributes:
        files: how many files.
        file_bytes: bytes of one file.
        notebook_bytes: bytes of one notebook.
        total_bytes: bytes of all files.
        name_bytes: bytes of one file or folder name.
        folders: how deep folders may lie in one another.
        entries: how many files and folders are looked at.
        nesting: how deep the JSON of a notebook may be nested.
        parts: how many lists and objects the JSON of a notebook may hold.
        cells: how many cells a notebook may hold.
    """

    files: int = 200
    file_bytes: int = 20_000_000
    notebook_bytes: int = 10_000_000
    total_bytes: int = 60_000_000
    name_bytes: int = 200
    folders: int = 8
    entries: int = 5_000
    nesting: int = 40
    parts: int = 200_000
    cells: int = 1_000
