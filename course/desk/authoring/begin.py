"""Writes a new assignment from the template: a notebook, its text, right and wrong answers."""

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.nbgraderformat import MetadataValidator

from course.errors import CourseError
from course.wholefile import write_whole

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_FENCE = re.compile(r"^```(\w+) ?(\w*)\n(.*?)^```$", re.M | re.S)
# Of the cells that nbgrader knows, by fence: graded, an answer, locked.
_FLAGS = {
    "given": (False, False, True),
    "answer": (False, True, False),
    "check": (True, False, True),
    "written": (True, True, False),
}
_LIST = """# For each question: answers that are right in another form, and wrong ones with the
# points that they get and words of what is said of them. `course check NAME` tries them all.

"""


def list_path(root: Path, name: str) -> Path:
    """Return where the right and wrong answers of an assignment are listed."""
    return root / "tests" / "questions" / f"{name}.toml"


def begin_assignment(root: Path, name: str, kinds: Sequence[str]) -> list[Path]:
    """Write a new assignment with a question of each kind; return its files.

    Raises:
        CourseError: the name cannot be one, or there is such an assignment.
    """
    if not NAME.fullmatch(name):
        found, todo = repr(name), "for example: course new prices"
        raise CourseError("course new", "a name in small letters and digits", found, todo)
    folder, listed = root / "source" / name, list_path(root, name)
    for place in (folder, listed):
        if place.exists():
            todo = "choose another name, or move it away"
            raise CourseError(str(place), "nothing of this name yet", "it is there", todo)
    cells, lists = [], []
    for fence, word, question, text in _pieces(name, kinds):
        if fence == "list":
            lists.append(text)
        else:
            cells.append(_make_cell(fence, word, question, text))
    notebook = new_notebook(cells=cells)
    notebook.metadata.kernelspec = nbformat.from_dict(
        {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    )
    ((_, _, paragraphs),) = _read_template()["paragraphs"]
    texts = {
        folder / f"{name}.ipynb": nbformat.writes(notebook) + "\n",
        folder / "paragraphs.txt": paragraphs,
        listed: _LIST.replace("NAME", name) + "\n\n".join(lists) + "\n",
    }
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text)
    return list(texts)


def examples_of(name: str, questions: Iterable[str]) -> set[str]:
    """Return the texts with which `course new` begins these questions, to be replaced."""
    numbers = [int(q.rpartition("-")[2]) for q in questions if re.fullmatch(rf"{name}-\d\d", q)]
    return {
        _fill(_rename(text, part, again), name, number)
        for number in numbers
        for part, fences in _read_template().items()
        for fence, _, text in fences
        for again in range(number)
        if fence in ("text", "check") and "QUESTION" in text
    }


@functools.cache
def _read_template() -> dict[str, list[tuple[str, str, str]]]:
    """Return the fences of each part of the template: what each is, its word, its text."""
    text = Path(__file__).with_name("template.md").read_text("utf-8")
    _, *parts = re.split(r"^## (\w+)$", text, flags=re.M)
    return {part: _FENCE.findall(body) for part, body in zip(parts[::2], parts[1::2], strict=True)}


def _pieces(name: str, kinds: Sequence[str]) -> Iterator[tuple[str, str, str, str]]:
    """Yield what an assignment is made of: the fence and its word, the question, the text."""
    for number, part in enumerate(("beginning", *kinds, "end")):
        question = f"{name}-{number:02}" if part in kinds else name
        again = kinds[: number - 1].count(part) if part in kinds else 0
        for fence, word, text in _read_template()[part]:
            yield fence, word, question, _fill(_rename(text, part, again), name, number)


def _rename(text: str, part: str, again: int) -> str:
    """Give the answers of a kind that stands there again names of their own: rise_2, rise_3."""
    checks = "".join(text for fence, _, text in _read_template()[part] if fence == "check")
    names = set(re.findall(r"""q\.part\("(\w+)"|at="(\w+)""", checks)) if again else set()
    for one in {name for pair in names for name in pair if name}:
        text = re.sub(rf"\b{one}\b", f"{one}_{again + 1}", text)
    return text


def _fill(text: str, name: str, number: int) -> str:
    """Return a text of the template with the names of an assignment and a question."""
    filled = text.replace("QUESTION", f"{name}-{number:02}").replace("NUMBER", str(number))
    return filled.replace("NAME", name).rstrip("\n")


def _make_cell(fence: str, word: str, question: str, text: str) -> Any:
    """Return a cell of the notebook; `word`: the rest of its id, or its points."""
    is_text = fence in ("text", "written")
    cell = new_markdown_cell(text) if is_text else new_code_cell(text)
    if fence in _FLAGS:
        grade, solution, locked = _FLAGS[fence]
        rest = "" if grade else f"-{word or fence}"
        cell.metadata.nbgrader = {
            "grade_id": question + rest,
            "grade": grade,
            "solution": solution,
            "task": False,
            "locked": locked,
            "schema_version": MetadataValidator.schema_version,
            **({"points": int(word)} if grade else {}),
        }
    return cell
