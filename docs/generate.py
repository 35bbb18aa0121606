"""Write the pages of docs/ that are made from the project itself, into docs/generated/.

    questions-NAME.md   the questions of an assignment: the line with the points, what
                        docs/questions/NAME.md says, the mistakes that the key names, and how
                        readers split where the key is made from readings
    notebooks.txt       the notebooks with points and times, a part of way-through.md
    rooms.txt           the folders of course/ by floor, a part of how-it-works.md
    commands.md         every command with its options, as `course COMMAND --help` prints them
    api.md              what notebooks import: signatures and docstrings

Sphinx calls `write_pages` before it reads docs/ (see conf.py). The pages are not under version
control, so no sentence is there twice.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import inspect
import io
import linecache
import numbers
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import matplotlib
import matplotlib.pyplot as plt
import nbformat

from course import data
from course.desk import cli
from course.desk.keys.accepted import CAUTION, agreement_table, key_of, say_readers
from course.desk.keys.decisions import load_decisions
from course.desk.keys.ledger import LEDGER, build_ledger
from course.desk.keys.readings import load_readings
from course.scoring import Question, asking
from docs.splits import ledger_table, links_table, paragraphs_table

__all__ = [
    "write_api",
    "write_commands",
    "write_notebooks",
    "write_pages",
    "write_questions",
    "write_readings",
    "write_rooms",
]

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
FOLDER = DOCS / "generated"
# What a notebook may import, in the order in which a reader meets it.
MODULES = (
    "course.data",
    "course.text.column",
    "course.scoring",
    "course.widgets.votes",
    "course.widgets.argument",
    "course.widgets.timeline",
)
# The notebooks in the order in which a class meets them.
WAY = ("start", "argument", "votes", "timeline", "verdict")
LONGEST = 200  # characters of a key that are shown; longer ones are tables of their own
DIGITS = 4  # before and after the point together, and one more
FLOORS = {
    "the student's parts": "course",
    "the grader": "course/grader",
    "the instructor's desk": "course/desk",
}
WARNING = "This page discusses answers. It is for instructors: do not hand it out."
SPLIT = (
    "[What is accepted, and how much it counts](../marks.md#keys-made-from-readings). The tables "
    "give the number of readers who gave each answer; in brackets, how many gave it as their "
    "second one; ✓ is accepted, + is what a decision adds."
)


def write_pages() -> None:
    """Write every generated page that is new or differs."""
    pages = {"commands.md": write_commands(), "api.md": write_api()}
    pages |= {"notebooks.txt": write_notebooks(), "rooms.txt": write_rooms()}
    for path in sorted((ROOT / "source").glob("*/*.ipynb")):
        pages[f"questions-{path.stem}.md"] = write_questions(path.stem)
    FOLDER.mkdir(exist_ok=True)
    for name, text in pages.items():
        path = FOLDER / name
        # A page that is the same keeps its date, so that Sphinx need not read it again.
        if not path.is_file() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")


# --- the questions of an assignment --------------------------------------------------------------


def write_questions(assignment: str) -> str:
    """Return the page on an assignment's questions: from its notebook and docs/questions/."""
    intro, notes = _read_notes(assignment)
    keys = _record_keys(assignment, notes)
    # The line with the points as students read it.
    texts = _read_notebook("release", assignment).cells
    text = "\n".join(cell.source for cell in texts if cell.cell_type == "markdown")
    for key in keys:  # of an assignment without notes, the keys alone
        notes.setdefault(int(key.question.rpartition("-")[2]), ("", ""))
    parts = [f"# The questions of *{assignment}*", WARNING, intro]
    for number, (title, note) in notes.items():
        name = f"{assignment}-{number:02d}"
        parts += [f"## {number} · {title}".rstrip(" ·"), _find_line(text, name), note]
        parts += [_write_key([key for key in keys if key.question == name])]
    parts += [write_readings(assignment)]
    return "\n\n".join(part for part in parts if part) + "\n"


def write_readings(assignment: str) -> str:
    """Return how the readers split, or nothing where no key is made from readings."""
    folder = ROOT / "source" / assignment / "readings"
    if (folder / LEDGER).is_file():
        ledger = build_ledger(folder)
        said, tables = f"{len(ledger.readers)} readings.", [ledger_table(ledger)]
    elif folder.is_dir():
        readings = load_readings(folder)
        made = key_of(readings, str(folder), load_decisions(folder, readings[0].book))
        said = f"{say_readers(made)}. Krippendorff's alpha:"
        tables = [agreement_table(made), paragraphs_table(made), links_table(made)]
    else:
        return ""
    parts = ["## How the readers split", SPLIT, CAUTION, said]
    return "\n\n".join(parts + [_write_table(head, rows) for head, *rows in tables])


def _read_notebook(folder: str, assignment: str) -> Any:
    return nbformat.read(ROOT / folder / assignment / f"{assignment}.ipynb", as_version=4)


def _read_notes(assignment: str) -> tuple[str, dict[int, tuple[str, str]]]:
    """Return what docs/questions/ says of an assignment, and of each question: title and text."""
    path = DOCS / "questions" / f"{assignment}.md"
    whole = path.read_text("utf-8") if path.is_file() else ""
    intro, *sections = re.split(r"(?m)^## (?=\d+ · )", whole)
    notes = {}
    for section in sections:
        heading, _, note = section.partition("\n")
        number, _, title = heading.partition(" · ")
        notes[int(number)] = (title, note.strip())
    return intro.strip(), notes


def _compute_figures(note: str, names: dict[str, Any]) -> str:
    """Put a value for each `{{ expression }}` or `{{ expression | format }}` of a commentary.

    Expressions are Python, in the names that the notebook has after the question's check cell;
    `data` is the tables.
    """
    known = {"data": data, **names}

    def compute(found: re.Match[str]) -> str:
        return format(eval(found[1], known), found[2] or "")

    return re.sub(r"\{\{ (.+?)(?: \| (\S+))? \}\}", compute, note)


def _find_line(text: str, name: str) -> str:
    """Return the fixed line of a question as students read it."""
    found = re.search(rf"(?m)^> \*\*Question {name} · .*$", text)
    return found[0] if found else ""


# --- the notebooks at one view -------------------------------------------------------------------


def write_notebooks() -> str:
    """Return the table of the notebooks: title, points, parts, time and place to stop."""
    head = ("notebook", "what", "points", "parts", "estimated time")
    names = [path.stem for path in (ROOT / "source").glob("*/*.ipynb")]
    order = {name: place for place, name in enumerate(WAY)}
    rows = [
        _describe_notebook(name) for name in sorted(names, key=lambda n: order.get(n, len(order)))
    ]
    return _write_table(head, rows) + "\n"


def _describe_notebook(name: str) -> tuple[str, ...]:
    """Return what the table says of a notebook, all of it from the notebook itself."""
    cells = _read_notebook("source", name).cells
    text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    title, time, stop = (
        found[1] if (found := re.search(pattern, text)) else ""
        for pattern in (
            r"(?m)^# \w+: (.*)$",
            r"The whole takes \*\*about (.*?)\*\*",
            r"A good place to stop is after (Part \d+)",
        )
    )
    marks = (cell.metadata.get("nbgrader", {}) for cell in cells)
    points = sum(mark["points"] for mark in marks if mark.get("grade"))
    parts = len(re.findall(r"(?m)^## Part \d+", text))
    when = f"{time}, in two sittings: the first to the end of {stop}" if stop else time
    return f"**{name}**", title, f"{points:g}", str(parts), when


# --- the rooms of the package --------------------------------------------------------------------


def write_rooms() -> str:
    """Return the table of the folders of course/: floor, room, what its docstring says it is."""
    rows = []
    for floor, folder in FLOORS.items():
        for path in sorted((ROOT / folder).glob("*/__init__.py")):
            if f"{folder}/{path.parent.name}" not in FLOORS.values():
                line = (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").splitlines()[0]
                rows.append((floor, f"`{path.parent.name}/`", line))
    return _write_table(("floor", "room", "what"), rows) + "\n"


# --- keys, as they come out when the notebook is run ---------------------------------------------


@dataclass(frozen=True)
class _Key:
    """What a check gave as the key of a part."""

    question: str
    part: str
    args: tuple[Any, ...]
    options: dict[str, Any]


def _record_keys(assignment: str, notes: dict[int, tuple[str, str]]) -> list[_Key]:
    """Run an assignment's source notebook and return its keys in order, with their values.

    The figures of each question's note are put in as soon as its cells have run.
    """
    found: list[_Key] = []

    class Recorder(Question):
        def key(self, name: str, *key: Any, **options: Any) -> None:
            found.append(_Key(self.name, name, key, options))
            super().key(name, *key, **options)

    names: dict[str, Any] = {"__name__": "__main__"}
    before = asking.source.answers
    with (
        patch("course.scoring.checkcell.Question", Recorder),
        tempfile.TemporaryDirectory() as desk,  # where panels keep their answers
        contextlib.chdir(desk),
        contextlib.redirect_stdout(io.StringIO()),
        matplotlib.rc_context({"backend": "agg"}),
    ):
        # The notebook reads the files beside it.
        shutil.copytree(ROOT / "release" / assignment, desk, dirs_exist_ok=True)
        asking.ask_from(asking.NamedAnswers(names))
        for cell in _read_notebook("source", assignment).cells:
            if cell.cell_type == "code":
                exec(compile(cell.source, _name_cell(cell.source), "exec"), names)
            number = cell.metadata.get("nbgrader", {}).get("grade_id", "").rpartition("-")[2]
            if cell.metadata.get("nbgrader", {}).get("grade") and int(number) in notes:
                title, note = notes[int(number)]
                notes[int(number)] = title, _compute_figures(note, names)
        asking.ask_from(before)
        plt.close("all")
    return found


def _name_cell(code: str) -> str:
    """Return a file name for a cell under which its lines can be looked up."""
    name = f"<cell {hash(code)}>"
    linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
    return name


def _write_key(keys: list[_Key]) -> str:
    """Return what the keys of a question accept, and as a table the mistakes that they name."""
    accepted = [text for key in keys if (text := _say_accepted(key))]
    rows: dict[tuple[str, str], list[str]] = {}
    for key in keys:
        for given, message, credit in _list_mistakes(key):
            told = f"{message} *Credit: {credit}*" if credit else message
            rows.setdefault((f"`{key.part}`", told), []).append(_show(given))
    table = [(part, ", ".join(given), told) for (part, told), given in rows.items()]
    said = f"*The key:* {'; '.join(accepted)}." if accepted else ""
    head = ("part", "given", "what the student reads")
    return "\n\n".join(filter(None, (said, _write_table(head, table) if table else "")))


def _say_accepted(key: _Key) -> str:
    """Return what the key of a part accepts, where that is short enough to be read."""
    right = key.args[0] if key.args else key.options.get("values")
    if right is None or len(shown := _show(right)) > LONGEST:
        return ""
    also = f", also {_show(key.options['also'])}" if "also" in key.options else ""
    within = f" ± {_show(key.options['within'])}" if "within" in key.options else ""
    return f"`{key.part}` {shown}{within}{also}"


def _write_table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Return a table in Markdown."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in lines)


def _list_mistakes(key: _Key) -> Iterator[tuple[Any, str, str]]:
    """Yield (given, message, credit) for each mistake that a key names."""
    named = key.options.get("mistakes", ())
    pairs = named.items() if isinstance(named, dict) else named
    for entry in (*pairs, *key.options.get("wrong_functions", ())):
        if isinstance(entry, tuple):
            yield entry[0], entry[1], ""
        else:
            given = entry.func if hasattr(entry, "func") else entry.value
            yield given, entry.message, f"{entry.credit:g}" if entry.credit else ""


def _show(value: Any) -> str:
    """Return a value as a reader wants it: a text or a number bare, all else as code."""
    return str(_plain(value)) if isinstance(value, str | numbers.Number) else f"`{_plain(value)}`"


def _plain(value: Any) -> Any:
    """Return a value with numbers no more exact than a reader compares, and functions as code."""
    if callable(value):
        return _read_lambda(value)
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(map(_plain, value))
    if isinstance(value, list | tuple):
        return type(value)(map(_plain, value))
    if isinstance(value, bool | str) or not isinstance(value, numbers.Real):
        return value
    number = float(value)
    rounded = round(number, max(1, 1 + DIGITS - len(str(int(abs(number))))))
    return int(rounded) if rounded == int(rounded) else rounded


def _read_lambda(function: Callable[..., Any]) -> str:
    """Return a function's code, or its name where it has one."""
    if function.__name__ != "<lambda>":
        return function.__name__
    code = function.__code__
    tree = ast.parse("".join(linecache.getlines(code.co_filename)))
    lines = [n for n in ast.walk(tree) if isinstance(n, ast.Lambda)]
    return next(ast.unparse(one) for one in lines if one.lineno == code.co_firstlineno)


# --- the command line ----------------------------------------------------------------------------


def write_commands() -> str:
    """Return the reference of the command line: what `--help` prints, a section a command."""
    names = re.findall(r"^ {4}(\w+)  ", _print_help([]), flags=re.M)
    parts = [
        "# All commands",
        "As `course COMMAND --help` prints them. Every command has `--help`.",
    ]
    for name in names:
        usage = re.sub(r" \[-h\]|  -h, --help .*\n", "", _print_help([name]))
        parts += [f"## course {name}", _fence(re.sub(r"\noptions:\n(?=\n|\Z)", "", usage))]
    return "\n\n".join(parts) + "\n"


def _print_help(words: list[str]) -> str:
    screen, columns = io.StringIO(), os.environ.get("COLUMNS")
    os.environ["COLUMNS"] = "96"
    try:
        with contextlib.redirect_stdout(screen), contextlib.suppress(SystemExit):
            cli.main([*words, "--help"])
    finally:
        os.environ.pop("COLUMNS")
        if columns is not None:
            os.environ["COLUMNS"] = columns
    return screen.getvalue()


def _fence(text: str) -> str:
    return f"```text\n{text.rstrip()}\n```"


# --- what notebooks import -----------------------------------------------------------------------


def write_api() -> str:
    """Return the reference of what notebooks import."""
    parts = ["# What notebooks import", "Signatures and docstrings of the student's parts."]
    for name in MODULES:
        module = importlib.import_module(name)
        parts += [f"## {name}", _read_docstring(module).partition("\n\n")[0]]
        for public in module.__all__:
            thing = getattr(module, public)
            if callable(thing):
                parts += [f"### {name}.{public}", _fence(_describe(public, thing))]
    return "\n\n".join(parts) + "\n"


def _describe(name: str, thing: Any) -> str:
    """Return a signature and its docstring, and each method with what it does."""
    try:
        signature = str(inspect.signature(thing)).replace("'", "")
    except (TypeError, ValueError):
        signature = ""
    methods = [
        f".{method}{inspect.signature(value)}: {_read_docstring(value).partition(chr(10))[0]}"
        for method, value in vars(thing).items()
        if inspect.isclass(thing) and inspect.isfunction(value) and not method.startswith("_")
    ]
    return "\n".join([f"{name}{signature}", "", _read_docstring(thing), *methods])


def _read_docstring(thing: Any) -> str:
    return inspect.getdoc(thing) or ""
