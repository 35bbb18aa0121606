"""Finds which named mistakes students made, from what the check cells said of their answers.

The keys name mistakes in the hidden tests of a check cell, and the cell prints the message of the
one that was made. The autograded notebooks keep both, whoever graded them: `course grade`,
`nbgrader autograde` or the formgrader. So a mistake is found where its message was said.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from course.report.slips import slips_in
from course.scoring.kind import MISSING
from course.scoring.labels import shown
from course.scoring.plain import plain
from course.scoring.shown import unquoted

__all__ = ["NamedMistake", "is_unanswered", "mistakes_made", "named_mistakes"]

_NAMING = ("mistake", "wrong")  # what a key names mistakes with, besides dicts and pairs
_OPTIONS = ("mistakes", "wrong_functions")

_NOTHING = re.compile(
    re.escape(MISSING) + r"|^0 of \d+ are right; there is no answer for .*|"
    r"nothing is drawn in this chart yet",
    re.I,
)

_RIGHT = re.compile(r"[^:]* · [^:]*: right\.")


@dataclass(frozen=True)
class NamedMistake:
    """A mistake that a key names.

    Attributes:
        part: the part of the question, e.g. "turnout"; "" for a general slip.
        given: the wrong answers that it stands for, e.g. "74.4192"; "" for a function.
        message: what the student is told.
        at: for an answer in several pieces the piece, as the message names it, e.g. '"P07"'.
        general: True for a slip of form, size or sign, which no key needs to name.
    """

    part: str
    given: str
    message: str
    at: str = ""
    general: bool = False

    def said_in(self, line: str) -> bool:
        """Tell whether a line of the check cell says this."""
        text = f"at {self.at}: {self.message}" if self.at else self.message
        if f"· {self.part}: " not in line:
            return False
        return text.strip().casefold() in unquoted(line, but=text).casefold()


@lru_cache(maxsize=512)
def named_mistakes(check: str) -> tuple[NamedMistake, ...]:
    """Return the mistakes that the code of a check cell names, in its order, each message once.

    A message that is not written out in the cell but computed there is left out. Code that cannot
    be read as Python names none.
    """
    try:
        tree = ast.parse(check)
    except (SyntaxError, ValueError):
        return ()
    values = dict(_assignments(tree))
    found: dict[tuple[str, str, str], list[str]] = {}
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if not (isinstance(call.func, ast.Attribute) and call.func.attr == "key" and call.args):
            continue
        part = _text(call.args[0])
        for option in call.keywords:
            if part and option.arg in _OPTIONS:
                for at, given, message in _named(option.value, values):
                    given_so_far = found.setdefault((part, at, message), [])
                    given_so_far += [given] if given and given not in given_so_far else []
    return tuple(
        NamedMistake(part, ", ".join(given), message, at)
        for (part, at, message), given in found.items()
    )


def mistakes_made(check: str, lines: tuple[str, ...]) -> tuple[NamedMistake, ...]:
    """Return the mistakes that the lines of a check cell tell of, the named ones first.

    A part of which a named mistake was told counts for no general slip.
    """
    wrong = [line for line in lines if " · " in line and not _RIGHT.match(line)]
    named = tuple(m for m in named_mistakes(check) if any(m.said_in(line) for line in wrong))
    parts = {m.part for m in named}
    slips = []
    for line in wrong:
        part = line.split(" · ", 1)[1].split(": ", 1)[0]
        if part not in parts:
            slips += [NamedMistake("", "", slip, general=True) for slip in slips_in(unquoted(line))]
    return named + tuple(dict.fromkeys(slips))


def is_unanswered(lines: tuple[str, ...]) -> bool:
    """Tell whether a check cell found no answer in any part of its question."""
    parts = [line.split(": ", 1)[1] for line in lines if " · " in line and ": " in line]
    return bool(parts) and all(_NOTHING.search(unquoted(part)) for part in parts)


def _assignments(tree: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Yield the names that a cell gives to expressions."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Assign):
            continue
        for target in node.targets:
            if isinstance(target, ast.Name):
                yield target.id, node.value
            elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = zip(target.elts, node.value.elts, strict=False)
                yield from ((t.id, v) for t, v in pairs if isinstance(t, ast.Name))


def _named(option: ast.expr, values: Mapping[str, ast.expr]) -> Iterator[tuple[str, str, str]]:
    """Yield (piece, wrong answer, message) for the mistakes that an option of a key names."""
    if isinstance(option, ast.Name):
        option = values.get(option.id, option)
    for node in _outside_of_functions(option):
        if isinstance(node, ast.Dict):
            for wrong, message in zip(node.keys, node.values, strict=True):
                if wrong is not None and (text := _text(message)):
                    yield *_piece(wrong), text
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            texts = [_text(argument) for argument in node.args[1:2]]
            texts += [_text(k.value) for k in node.keywords if k.arg == "message"]
            if node.func.id in _NAMING and node.args and texts and texts[0]:
                yield "", _given(node.args[0], values), texts[0]
        elif isinstance(node, ast.Tuple) and _is_order(node):
            yield "", ast.unparse(node.elts[0]), _text(node.elts[1])


def _outside_of_functions(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what stands in an expression, but not in a function: its texts are no messages."""
    if not isinstance(node, ast.Lambda):
        yield node
        for child in ast.iter_child_nodes(node):
            yield from _outside_of_functions(child)


def _is_order(pair: ast.Tuple) -> bool:
    """Tell whether a pair is a wrong order and its message."""
    if len(pair.elts) != 2 or not _text(pair.elts[1]):
        return False
    wrong = pair.elts[0]
    if isinstance(wrong, ast.Call):  # list("ABC")
        return isinstance(wrong.func, ast.Name) and wrong.func.id in ("list", "tuple")
    return isinstance(wrong, ast.List | ast.Tuple)


def _piece(wrong: ast.expr) -> tuple[str, str]:
    """Return the piece that a key of a dict of mistakes is about, and the wrong answer."""
    if isinstance(wrong, ast.Tuple) and len(wrong.elts) == 2:
        label = wrong.elts[0]
        name = label.value if isinstance(label, ast.Constant) else ast.unparse(label)
        return shown(plain(name)), ast.unparse(wrong.elts[1])
    return "", ast.unparse(wrong)


def _given(value: ast.expr, values: Mapping[str, ast.expr]) -> str:
    """Return a wrong answer as it can be shown: a number, not its name; no function."""
    if isinstance(value, ast.Name):
        value = values.get(value.id, value)
    return "" if isinstance(value, ast.Lambda | ast.Name) else ast.unparse(value)


def _text(node: ast.expr) -> str:
    """Return the text that a node is, or ""."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
