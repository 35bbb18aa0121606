"""The command `course key`: builds the key of an assignment and writes it into its notebook."""

from __future__ import annotations

import shutil
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from course.desk.commands.context import console
from course.desk.keys import evidence
from course.desk.keys.accepted import Key, key_of
from course.desk.keys.blocks import BLOCKS, find_blocks, rewrite_blocks, values_of
from course.desk.keys.decisions import load_decisions
from course.desk.keys.differences import Change, find_changes
from course.desk.keys.docpage import refresh_page
from course.desk.keys.readings import load_file, load_readings, require_name
from course.errors import CourseError
from course.grader.coursedir import find_course
from course.wholefile import write_whole

__all__ = ["Rebuilt", "key", "rebuild_files", "run_key"]


@dataclass(frozen=True)
class Rebuilt:
    """What a file would be with a key.

    Args:
        path: the file.
        before: its text.
        now: its text with the key.
        moved: what the key changes in it.
    """

    path: Path
    before: str
    now: str
    moved: tuple[Change, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether the file is not in step with the key."""
        return self.before != self.now


def run_key(
    console: Console,
    root: Path,
    assignment: str,
    *,
    check: bool = False,
    add: Path | None = None,
    reader: str | None = None,
) -> int:
    """Build the key, say how sure it is and what moves, and write it unless `check`.

    Args:
        console: where to say it.
        root: the course folder.
        assignment: the assignment's name.
        check: write nothing; the exit code says whether notebook and readings agree.
        add: a reading to put into the folder of readings first.
        reader: the name of the reader of an answers.json that is added.

    Returns:
        0, or with `check` 1 where the notebook or the page is not in step.
    """
    folder = root / "source" / assignment / "readings"
    added = _place_added(folder, add, reader) if add is not None else None
    readings = load_readings(folder)
    if added is not None and add is not None:
        # As it will be read from now on, under its new name.
        new = [replace(one, file=added.name) for one in load_file(add, reader=added.stem)]
        _require_new(add, [r.reader for r in new], [r.reader for r in readings])
        readings = (*readings, *new)
    key = key_of(readings, str(folder), load_decisions(folder))
    found = list(rebuild_files(root, assignment, key))
    _say_evidence(console, key)
    _say_moves(console, found)
    stale = [file for file in found if file.is_changed]
    if check:
        for file in stale:
            console.print(f"NOT IN STEP: {_shorten_path(root, file.path)}", markup=False)
        if not stale:
            console.print("The notebook agrees with the readings.")
        return 1 if stale else 0
    if add is not None and added is not None:
        shutil.copyfile(add, added)
        console.print(f"added: {_shorten_path(root, added)}", markup=False)
    for file in stale:
        write_whole(file.path, file.now)
        console.print(f"written: {_shorten_path(root, file.path)}", markup=False)
    if not stale:
        console.print("Nothing to write: notebook and readings agree.")
    elif any(file.moved for file in stale):
        console.print(
            f"Marks follow only after: course generate {assignment}, course grade {assignment} "
            "--force"
        )
    return 0


def rebuild_files(root: Path, assignment: str, key: Key) -> Iterator[Rebuilt]:
    """Yield the assignment's notebooks that hold blocks of key, and its page, with a key in them.

    Raises:
        CourseError: if no notebook of the assignment holds a block.
    """
    notebooks = sorted((root / "source" / assignment).glob("*.ipynb"))
    if not notebooks:
        raise CourseError(
            where=str(root / "source" / assignment),
            expected="the notebook of the assignment",
            found="none",
            todo="check the assignment's name",
        )
    for path in notebooks:
        before = _read_file(path)
        now = rewrite_blocks(before, key, path)
        yield Rebuilt(path, before, now, tuple(_find_moved(before, now, path)))
    page = root / "docs" / f"key-{assignment}.md"
    if page.is_file():
        before = _read_file(page)
        yield Rebuilt(page, before, refresh_page(before, key, page))


def _find_moved(text: str, now: str, path: Path) -> Iterator[Change]:
    pairs = zip(find_blocks(text, path), find_blocks(now, path), strict=True)
    for old, new in pairs:
        if before := values_of(old):
            yield from find_changes(before, values_of(new))
        else:
            yield Change(f"block {new.name}", "empty", "made for the first time")


def _place_added(folder: Path, add: Path, reader: str | None) -> Path:
    """Return the place in the folder for a file to be added."""
    name = reader or add.stem
    if add.suffix.lower() == ".json" and reader is None and add.stem.startswith("answers"):
        raise CourseError(
            where=str(add),
            expected="the reader's name, which an answers.json does not hold",
            found="none",
            todo=f"say whose it is: --add {add} --reader NAME",
        )
    require_name(name, str(add), "give another one: --reader NAME")
    place = folder / f"{name}{add.suffix.lower()}"
    if place.exists():
        raise CourseError(
            where=str(place),
            expected="no file of this name yet",
            found="one",
            todo="to put another in its place take it away first, or rename yours",
        )
    return place


def _require_new(add: Path, new: list[str], known: list[str]) -> None:
    twice = [reader for reader in new if reader in known]
    if twice:
        raise CourseError(
            where=str(add),
            expected="a reader who is not among the readings yet",
            found=", ".join(twice),
            todo="change the name in your file",
        )


def _read_file(path: Path) -> str:
    """Return a file's text with its line ends as they are."""
    return path.read_bytes().decode("utf-8")


def _shorten_path(root: Path, path: Path) -> str:
    return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)


def _say_evidence(console: Console, key: Key) -> None:
    console.print(evidence.say_readers(key), markup=False)
    console.print(_make_table("Krippendorff's alpha", evidence.agreement_table(key)))
    console.print(evidence.CAUTION, markup=False)
    console.print(_make_table("answers given without reading", evidence.chance_table(key)))
    title = "the readings, graded (left out: by a key made without them)"
    console.print(_make_table(title, evidence.readings_table(key)))


def _say_moves(console: Console, found: list[Rebuilt]) -> None:
    moved = [change for file in found for change in file.moved]
    if moved:
        rows = [(change.what, change.before, change.now) for change in moved]
        console.print(_make_table("what moves", [("what", "before", "now"), *rows]))
    else:
        console.print("No accepted answer and no weight moves.")
    blocks = {
        block.name
        for file in found
        if file.path.suffix == ".ipynb"
        for block in find_blocks(file.now, file.path)
    }
    for name in [name for name in BLOCKS if name not in blocks]:
        console.print(f"The notebook has no block '{name}': this part is not written.")


def _make_table(title: str, rows: evidence.Rows) -> Table:
    head, *body = rows
    table = Table(title=title, title_justify="left")
    for place, name in enumerate(head):
        table.add_column(name, overflow="fold", no_wrap=place == 0)
    for row in body:
        table.add_row(*row)
    return table


def key(options: Namespace) -> int:
    """Build the key of an assignment from its readings."""
    return run_key(
        console,
        find_course(),
        options.assignment,
        check=options.check,
        add=options.add,
        reader=options.reader,
    )
