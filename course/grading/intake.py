"""Looks at a submission before nbgrader does, and names what keeps it from being graded."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

__all__ = ["SubmissionError", "check_submission"]


class SubmissionError(Exception):
    """Why a submission cannot be graded, in one line that can be sent to the student."""


def check_submission(folder: Path, notebooks: list[str]) -> None:
    """Check that a submission's notebooks are there and can be read.

    Args:
        folder: submitted/STUDENT/ASSIGNMENT.
        notebooks: the file names the assignment consists of, e.g. ["votes.ipynb"].

    Raises:
        SubmissionError: naming the file, what was expected and found, what the student can do.
    """
    for name in notebooks:
        path = folder / name
        if not path.is_file():
            raise SubmissionError(_missing(folder, name))
        notebook = _read(path)
        version = notebook.get("nbformat")
        if version != 4:
            raise SubmissionError(
                f"{name} is saved in notebook format {version}; format 4 is needed. "
                "Open it in JupyterLab, save it and submit again."
            )


def _missing(folder: Path, name: str) -> str:
    """Say that a notebook is missing, and what is there in its place."""
    others = sorted(path.name for path in folder.iterdir() if path.is_file())
    kept = {"timestamp.txt", "submission_secret.txt", "answers.json"}
    found = ", ".join(other for other in others if other not in kept) or "no notebook"
    return f"{name} is missing (found: {found}). Rename the notebook to {name} and submit again."


def _read(path: Path) -> dict[str, Any]:
    """Return a notebook's content, or raise a SubmissionError when it is none."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        found = "a file that is not text"
    except json.JSONDecodeError as error:
        found = f"something else (line {error.lineno}: {error.msg})" if error.pos else "other text"
        if path.stat().st_size == 0:
            found = "an empty file"
    else:
        if isinstance(content, dict) and "nbformat" in content:
            return content
        found = "a JSON file that is no notebook"
    raise SubmissionError(
        f"{path.name} is not a notebook but {found}. "
        "Fetch the assignment again, copy the answers over and submit again."
    )
