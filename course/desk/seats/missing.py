"""What is left to do in a student's folder, compared with what was handed out."""

from pathlib import Path

from course.cells.saved import read_notebook
from course.overview.listing import Row
from course.overview.rehearsal import SECONDS, TooLong, rehearse


def find_unanswered(folder: Path, released: Path) -> list[str]:
    """Return what is left to do in the saved notebooks, in their order, by running them once.

    Args:
        folder: the student's folder of an assignment, as it is on the disk.
        released: the folder of the same assignment as it was handed out.

    Returns:
        A line for each question without an answer ("votes-03"), and for each of which there is more
        to say ("votes-02: Fill in share_cast."). Empty when all is filled in.
    """
    lines: list[str] = []
    for path in sorted(released.glob("*.ipynb")):
        handed_out = read_notebook(path)
        if handed_out is None:
            continue
        if read_notebook(folder / path.name) is None:
            lines.append(f"{path.name}: there is no such notebook in your folder")
            continue
        try:
            rows = rehearse(folder / path.name)
        except TooLong:
            lines.append(
                f"{path.name}: it does not come to its end within {SECONDS} seconds. "
                "Does a loop never end?"
            )
            continue
        if rows is None:
            lines.append(
                f"{path.name}: its run from top to bottom broke off. Does a cell end Python?"
            )
            continue
        found = {row.question: row for row in rows}
        asked = [listed.name for listed in handed_out.list_questions(path.stem)] if rows else []
        lines += [line for name in asked if (line := _say_left(name, found.get(name)))]
    return lines


def _say_left(name: str, row: Row | None) -> str:
    """Return what is left to do for a question, or ""."""
    if row is None or row.empty:
        return name
    return "" if row.done else f"{name}: {row.trouble or row.todo}"
