"""Sees to it that a notebook whose key is built from readings holds the key that they give now."""

from functools import partial
from pathlib import Path

from course.desk.keys.accepted import build_key
from course.desk.keys.blocks import rewrite_blocks
from course.desk.keys.ledger import LEDGER, build_ledger, rewrite_ledger
from course.errors import CourseError


def require_fresh_key(root: Path, assignment: str) -> None:
    """Refuse a key that is older than the readings beside the notebook, or was edited.

    Raises:
        CourseError: it is so, or a reading cannot be read.
    """
    folder = root / "source" / assignment / "readings"
    if not folder.is_dir():
        return
    rewrite = (
        partial(rewrite_ledger, key=build_ledger(folder))
        if (folder / LEDGER).is_file()
        else partial(rewrite_blocks, key=build_key(folder))
    )
    for path in sorted(folder.parent.glob("*.ipynb")):
        text = path.read_text("utf-8")
        if rewrite(text, path=path) != text:
            raise CourseError(
                where=f"source/{assignment}/{path.name}",
                expected="the key that the readings beside it give",
                found="another one: the readings were changed since, or the key was edited",
                todo=f"see what moves: course key {assignment} --check; then write the key anew: "
                f"course key {assignment}",
            )
