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
import importlib
import inspect
import io
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat

from course.desk import cli

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
LONGEST = 120  # characters of a key that are shown; longer ones are tables of their own
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
    notebook = _read_notebook("source", assignment)
    # The line with the points as students read it.
    texts = _read_notebook("release", assignment).cells
    text = "\n".join(cell.source for cell in texts if cell.cell_type == "markdown")
    intro, notes = _read_notes(assignment)
    parts = [f"# The questions of *{assignment}*", WARNING, intro]
    for number, (title, note) in notes.items():
        name = f"{assignment}-{number:02d}"
        checks = [c.source for c in notebook.cells if _is_check(c, name)]
        parts += [f"## {number} · {title}", _find_line(text, name), note]
        parts += [_write_key(code) for code in checks]
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


def _is_check(cell: Any, name: str) -> bool:
    return cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("grade_id") == name


def _write_key(code: str) -> str:
    """Return what a check's key accepts, and as a table the mistakes that it names."""
    values = _read_constants(code)
    accepted, rows = [], []
    for call in ast.walk(ast.parse(code)):
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "key":
            part = ast.literal_eval(call.args[0])
            accepted += _say_accepted(part, call, values)
            rows += [(f"`{part}`", *row) for row in _list_mistakes(call, values)]
    key = f"*The key:* {'; '.join(accepted)}." if accepted else ""
    return "\n\n".join(filter(None, (key, _write_table(rows) if rows else "")))


def _say_accepted(part: str, call: ast.Call, values: dict[str, Any]) -> Iterator[str]:
    """Yield what the key of a part accepts, where that is short enough to be read."""
    options = {keyword.arg: keyword.value for keyword in call.keywords}
    if len(call.args) < 2 or len(right := _show(call.args[1], values)) > LONGEST:
        return
    also = f", also {_show(options['also'], values)}" if "also" in options else ""
    within = f" ± {_show(options['within'], values).strip('`')}" if "within" in options else ""
    yield f"`{part}` {right}{within}{also}"


def _write_table(rows: list[tuple[str, ...]]) -> str:
    """Return the mistakes as a table in Markdown."""
    head = ("part", "given", "what the student reads", "credit")
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in lines)


def _list_mistakes(call: ast.Call, values: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield (given, message, credit) for each mistake that one call of `key` names."""
    for keyword in call.keywords:
        if keyword.arg not in ("mistakes", "wrong_functions"):
            continue
        if isinstance(keyword.value, ast.Dict):
            pairs = zip(keyword.value.keys, keyword.value.values, strict=True)
            entries = [(given, message, None) for given, message in pairs if given is not None]
        else:
            entries = list(_find_entries(keyword.value))
        for given, message, credit in entries:
            yield (_show(given, values), _show(message, values), _show(credit, values))


def _find_entries(node: ast.expr) -> Iterator[tuple[ast.expr, ast.expr, ast.expr | None]]:
    """Yield value, message and credit of each `mistake(...)`, or (value, "message"), in a list."""
    for entry in ast.walk(node):
        if isinstance(entry, ast.Call) and len(entry.args) >= 2 and _is_text(entry.args[1]):
            credit = next((k.value for k in entry.keywords if k.arg == "credit"), None)
            yield entry.args[0], entry.args[1], credit
        elif isinstance(entry, ast.Tuple) and len(entry.elts) == 2 and _is_text(entry.elts[1]):
            yield entry.elts[0], entry.elts[1], None


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _read_constants(code: str) -> dict[str, Any]:
    """Return the names that a check sets to plain values, such as `of_valid = 30.6162`."""
    values: dict[str, Any] = {}
    for node in ast.parse(code).body:
        if isinstance(node, ast.Assign):
            with contextlib.suppress(ValueError, TypeError):
                target, value = node.targets[0], ast.literal_eval(node.value)
                if isinstance(target, ast.Name):
                    values[target.id] = value
                elif isinstance(target, ast.Tuple):
                    names = [ast.unparse(name) for name in target.elts]
                    values.update(zip(names, value, strict=True))
    return values


def _show(node: ast.expr | None, values: dict[str, Any]) -> str:
    """Return a value as a reader wants it: a text or a known name's value, else code."""
    if node is None:
        return ""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.Name) and node.id in values:
        return f"{values[node.id]}"
    return f"`{ast.unparse(node)}`"


# --- the command line ----------------------------------------------------------------------------


def write_commands() -> str:
    """Return the reference of the command line: what `--help` prints, a section a command."""
    overview = _print_help([])
    names = re.findall(r"^ {4}(\w+)  ", overview, flags=re.M)
    parts = ["# All commands", "As `course COMMAND --help` prints them.", _fence(overview)]
    for name in names:
        parts += [f"## course {name}", _fence(_print_help([name]))]
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
        parts += [f"## {name}", _fence(inspect.getdoc(module) or "")]
        for public in module.__all__:
            thing = getattr(module, public)
            if callable(thing):
                parts += [f"### {name}.{public}", _fence(_describe(public, thing))]
    return "\n\n".join(parts) + "\n"


def _describe(name: str, thing: Any) -> str:
    try:
        signature = str(inspect.signature(thing))
    except (TypeError, ValueError):
        signature = ""
    methods = [
        f"\n.{method}{inspect.signature(value)}\n{inspect.getdoc(value)}"
        for method, value in vars(thing).items()
        if inspect.isclass(thing) and inspect.isfunction(value) and not method.startswith("_")
    ]
    return "\n".join([f"{name}{signature}", "", inspect.getdoc(thing) or "", *methods])
