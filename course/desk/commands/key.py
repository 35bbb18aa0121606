"""The command `course key`: builds the key of an assignment and writes it into its notebook."""

import json
import shutil
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from rich.table import Table

from course.answers.carried import carried_by_file
from course.desk.commands.context import console
from course.desk.keys.accepted import (
    CAUTION,
    LEAST_READERS,
    Key,
    Rows,
    agreement_table,
    key_of,
    say_readers,
)
from course.desk.keys.answersfile import NOTEBOOK
from course.desk.keys.blocks import find_blocks, rewrite_blocks, values_of
from course.desk.keys.codebook import load_codebook
from course.desk.keys.decisions import load_decisions
from course.desk.keys.ledger import LEDGER, build_ledger, rewrite_ledger
from course.desk.keys.readings import load_file, load_readings, require_name
from course.errors import CourseError
from course.grader.coursedir import find_course
from course.wholefile import write_whole


def key(options: Namespace) -> int:
    """Build the key, say how sure it is and what moves, and write it unless `--check`.

    Returns 0, or with `--check` 1 where the notebook is not in step.
    """
    root, assignment, add = find_course(), options.assignment, options.add
    folder = root / "source" / assignment / "readings"
    if (folder / LEDGER).is_file():
        return _key_ledger(root, assignment, options)
    added = _place_added(folder, add, options.reader) if add else None
    readings = load_readings(folder, 0 if added else LEAST_READERS)
    book = load_codebook(folder)
    if added:
        # As it will be read from now on, under its new name.
        new = [replace(one, file=added.name) for one in load_file(add, added.stem, book)]
        known = [one.reader for one in readings]
        if twice := [one.reader for one in new if one.reader in known]:
            raise CourseError(
                where=str(add),
                expected="a reader who is not among the readings yet",
                found=", ".join(twice),
                todo="change the name in your file",
            )
        readings = (*readings, *new)
        if len(readings) < LEAST_READERS and not options.check:
            _keep_added(add, added)
            console.say(f"added: {added.relative_to(root)}; a key takes two readings: add another")
            return 0
    made = key_of(readings, str(folder), load_decisions(folder, book))
    # Every file is made before the first is written: what cannot be made changes nothing.
    stale = {
        path: (before, now)
        for path, before, now in _rebuild_files(root, assignment, made)
        if before != now
    }
    moved = [row for path, texts in stale.items() for row in _list_moves(path, *texts)]
    console.say(say_readers(made))
    _print_table("Krippendorff's alpha", agreement_table(made))
    if any(reading.automated for reading in made.readings):
        console.print(CAUTION)
    if moved:
        _print_table("what moves", [("what", "before", "now"), *moved])
    else:
        console.print("No accepted answer and no weight moves.")
    if options.check:
        for path in stale:
            console.print(f"NOT IN STEP: {path.relative_to(root)}")
        if not stale:
            console.print("The notebook agrees with the readings.")
        return 1 if stale else 0
    if added:
        _keep_added(add, added)
        console.print(f"added: {added.relative_to(root)}")
    for path, (_, now) in stale.items():
        write_whole(path, now)
        console.print(f"written: {path.relative_to(root)}")
    if not stale:
        console.print("Nothing to write: notebook and readings agree.")
    elif moved:
        console.say(f"Where a class is graded, marks follow after: course regrade {assignment}")
    return 0


def _key_ledger(root: Path, assignment: str, options: Namespace) -> int:
    """Do the same for a ledger of claims."""
    folder = root / "source" / assignment / "readings"
    if options.add:
        found = str(options.add)
        todo = f"put the file into {folder} and run the command without --add"
        raise CourseError("--add", "readings of a ledger in their folder", found, todo)
    made = build_ledger(folder)
    notebook = root / "source" / assignment / f"{assignment}.ipynb"
    text = notebook.read_text("utf-8")
    now = rewrite_ledger(text, made, notebook)
    console.print(f"{len(made.readers)} readings: {', '.join(made.readers)}")
    console.print(CAUTION)
    if now == text:
        console.print("Notebook and readings agree.")
        return 0
    word = "NOT IN STEP" if options.check else "written"
    console.print(f"{word}: {notebook.relative_to(root)}")
    if not options.check:
        write_whole(notebook, now)
    return int(options.check)


def _rebuild_files(root: Path, assignment: str, key: Key) -> Iterator[tuple[Path, str, str]]:
    """Yield the assignment's notebooks: each path, its text, and that with the key."""
    notebooks = sorted((root / "source" / assignment).glob("*.ipynb"))
    if not notebooks:
        raise CourseError(
            where=str(root / "source" / assignment),
            expected="the notebook of the assignment",
            found="none",
            todo="check the assignment's name",
        )
    for path in notebooks:
        text = path.read_bytes().decode("utf-8")
        blocks = {block.name for block in find_blocks(text, path)}
        for name in [name for name in key.book.questions if name not in blocks]:
            console.print(f"The notebook has no block '{name}': this part is not written.")
        yield path, text, rewrite_blocks(text, key, path)


def _place_added(folder: Path, add: Path, reader: str | None) -> Path:
    """Return the place in the folder for a file to be added."""
    name = reader or add.stem
    kind = add.suffix.lower()
    if reader is None and (
        kind == NOTEBOOK or (kind == ".json" and add.stem.startswith("answers"))
    ):
        raise CourseError(
            where=str(add),
            expected="the reader's name, which such a file does not hold",
            found="none",
            todo=f"say whose it is: --add {add} --reader NAME",
        )
    require_name(name, str(add), "give another one: --reader NAME")
    place = folder / f"{name}{'.json' if kind == NOTEBOOK else kind}"
    if place.exists():
        raise CourseError(
            where=str(place),
            expected="no file of this name yet",
            found="one",
            todo="to put another in its place take it away first, or rename yours",
        )
    return place


def _keep_added(add: Path, place: Path) -> None:
    """Put a reading into its place; of a notebook only the answers of its panels."""
    if add.suffix.lower() == NOTEBOOK:
        write_whole(place, json.dumps({"answers": carried_by_file(add)}, indent=1) + "\n")
    else:
        shutil.copyfile(add, place)


def _list_moves(path: Path, text: str, now: str) -> Iterator[tuple[str, str, str]]:
    """Yield what differs between the blocks of two texts of a notebook: what, before, now."""
    for old, new in zip(find_blocks(text, path), find_blocks(now, path), strict=True):
        before, after = (dict(_list_values(values_of(block))) for block in (old, new))
        if not before:
            yield f"block {new.name}", "empty", "made for the first time"
            continue
        for what in [*after, *(what for what in before if what not in after)]:
            if before.get(what) != after.get(what):
                yield what, before.get(what, "–"), after.get(what, "–")


def _list_values(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield in words what a block sets, entry by entry, and to what."""
    for name, value in values.items():
        words = name.replace("_", " ")
        for entry, one in value.items() if isinstance(value, dict) else [("", value)]:
            place = " → ".join(entry) if isinstance(entry, tuple) else entry
            said = ", ".join(one) if isinstance(one, list) else str(one)
            yield f"{words} · {place}" if place else words, said or "–"


def _print_table(title: str, rows: Rows) -> None:
    head, *body = rows
    table = Table(title=title, title_justify="left")
    for place, name in enumerate(head):
        table.add_column(name, overflow="fold", no_wrap=place == 0)
    for row in body:
        table.add_row(*row)
    console.print(table)
