"""Write the pages of docs/ that are made from the project itself, into docs/generated/.

    questions-NAME.md   the questions of an assignment: the line with the points, what
                        docs/questions/NAME.md says, and the mistakes that the key names
    commands.md         every command with its options, as `course COMMAND --help` prints them
    api.md              what notebooks import: signatures and docstrings

Sphinx calls `write_pages` before it reads docs/ (see conf.py). The pages are not under version
control, so no sentence is there twice.
"""

from __future__ import annotations

import ast
import contextlib
import functools
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

from course.desk import cli
from course.scoring import Question, asking

__all__ = ["write_api", "write_commands", "write_pages", "write_questions"]

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
LONGEST = 200  # characters of a key that are shown; longer ones are tables of their own
DIGITS = 4  # before and after the point together, and one more
WARNING = "This page discusses answers. It is for instructors: do not hand it out."


def write_pages() -> None:
    """Write every generated page that is new or differs."""
    pages = {"commands.md": write_commands(), "api.md": write_api()}
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
    keys = _record_keys(assignment)
    # The line with the points as students read it.
    texts = _read_notebook("release", assignment).cells
    text = "\n".join(cell.source for cell in texts if cell.cell_type == "markdown")
    intro, notes = _read_notes(assignment)
    for key in keys:  # of an assignment without notes, the keys alone
        notes.setdefault(int(key.question.rpartition("-")[2]), ("", ""))
    parts = [f"# The questions of *{assignment}*", WARNING, intro]
    for number, (title, note) in notes.items():
        name = f"{assignment}-{number:02d}"
        parts += [f"## {number} · {title}".rstrip(" ·"), _find_line(text, name), note]
        parts += [_write_key([key for key in keys if key.question == name])]
    return "\n\n".join(part for part in parts if part) + "\n"


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


def _find_line(text: str, name: str) -> str:
    """Return the fixed line of a question as students read it."""
    found = re.search(rf"(?m)^> \*\*Question {name} · .*$", text)
    return found[0] if found else ""


# --- keys, as they come out when the notebook is run ---------------------------------------------


@dataclass(frozen=True)
class _Key:
    """What a check gave as the key of a part."""

    question: str
    part: str
    args: tuple[Any, ...]
    options: dict[str, Any]


@functools.cache
def _record_keys(assignment: str) -> list[_Key]:
    """Run an assignment's source notebook and return its keys in order, with their values."""
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
    return "\n\n".join(filter(None, (said, _write_table(table) if table else "")))


def _say_accepted(key: _Key) -> str:
    """Return what the key of a part accepts, where that is short enough to be read."""
    right = key.args[0] if key.args else key.options.get("values")
    if right is None or len(shown := _show(right)) > LONGEST:
        return ""
    also = f", also {_show(key.options['also'])}" if "also" in key.options else ""
    within = f" ± {_show(key.options['within'])}" if "within" in key.options else ""
    return f"`{key.part}` {shown}{within}{also}"


def _write_table(rows: Sequence[tuple[str, ...]]) -> str:
    """Return the mistakes as a table in Markdown."""
    head = ("part", "given", "what the student reads")
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
