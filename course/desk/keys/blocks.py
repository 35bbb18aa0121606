"""Writes the key into the grade cells of a source notebook: the blocks between two marks.

Only the lines of the blocks change; every other byte of the notebook stays as it is. So the file
is taken line by line, as Jupyter saves it, and not read and written anew.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.desk.keys.accepted import Key, accept_threshold
from course.errors import CourseError

__all__ = ["BEGIN", "BLOCKS", "END", "Block", "find_blocks", "rewrite_blocks", "values_of"]

BEGIN = '# --- key from the readings: made by "course key argument" ---'
END = "# --- end of key ---"
NAME = "# block: "
HIDDEN = ("### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS")


@dataclass(frozen=True)
class Block:
    """One block of key in a notebook.

    Args:
        name: what it holds: "roles", "claims" or "map".
        first: the place in the file of the mark at its begin, counted in lines from 0.
        last: the place of the mark at its end.
        source: the lines between the marks, as Python.
    """

    name: str
    first: int
    last: int
    source: tuple[str, ...]


def rewrite_blocks(text: str, key: Key, path: Path) -> str:
    """Return a notebook's text with the key in its blocks.

    Args:
        text: the notebook as it is saved, line ends included.
        key: the key.
        path: the notebook, for errors.

    Raises:
        CourseError: if there is no block, or one stands where students would receive it.
    """
    # The rest of the file keeps every byte, also its line ends: a key that moves shows as such
    # in git.
    lines = text.splitlines(keepends=True)
    for block in reversed(find_blocks(text, path)):
        mark = lines[block.first]
        indent = mark[: len(mark) - len(mark.lstrip())]
        end = mark[len(mark.rstrip("\r\n")) :]
        lines[block.first + 1 : block.last] = [
            f"{indent}{json.dumps(line + chr(10), ensure_ascii=False)},{end}"
            for line in (NAME + block.name, *BLOCKS[block.name](key))
        ]
    return "".join(lines)


def find_blocks(text: str, path: Path) -> list[Block]:
    """Return the blocks of a notebook in their order; raises CourseError as `rewrite_blocks`."""
    source = [_decode_line(line) for line in text.splitlines()]
    blocks = list(_yield_blocks(source, path))
    in_cells = _hidden_marks(text, path)
    if not blocks or len(blocks) != in_cells:
        raise CourseError(
            where=str(path),
            expected=f"blocks between the lines '{BEGIN}' and '{END}'",
            found="none" if not in_cells else "lines that are not saved one by one",
            todo="open the notebook in JupyterLab, see that the marks are there, and save it",
        )
    return blocks


def values_of(block: Block) -> dict[str, Any]:
    """Return the names that a block sets with their values; nothing where it cannot be read."""
    found: dict[str, Any] = {}
    try:
        for statement in ast.parse("\n".join(block.source)).body:
            if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
                found[statement.targets[0].id] = ast.literal_eval(statement.value)
    except (SyntaxError, ValueError):
        return {}
    return found


def _yield_blocks(source: list[str | None], path: Path) -> Iterator[Block]:
    """Yield the blocks of a notebook's lines."""
    first = None
    for place, line in enumerate(source):
        if line == BEGIN and first is not None:
            raise _unclosed_error(path, first)
        if line == BEGIN:
            first = place
        elif line == END and first is not None:
            inside = tuple(text or "" for text in source[first + 1 : place])
            name = inside[0].removeprefix(NAME) if inside else ""
            if name not in BLOCKS:
                raise CourseError(
                    where=f"{path}, line {first + 2}",
                    expected="one of: " + ", ".join(NAME + known for known in BLOCKS),
                    found=inside[0] if inside else "nothing",
                    todo="name the block in the line below its first mark",
                )
            yield Block(name, first, place, inside)
            first = None
    if first is not None:
        raise _unclosed_error(path, first)


def _unclosed_error(path: Path, first: int) -> CourseError:
    return CourseError(
        where=f"{path}, line {first + 1}",
        expected=f"the line '{END}' below the block",
        found="none",
        todo="put it back; the lines above it are made anew",
    )


def _decode_line(line: str) -> str | None:
    """Return the line of a cell that a line of the file holds, or None where it holds none."""
    text = line.strip().removesuffix(",")
    if not text.startswith('"'):
        return None
    try:
        found = json.loads(text)
    except json.JSONDecodeError:
        return None
    return found.removesuffix("\n") if isinstance(found, str) else None


def _hidden_marks(text: str, path: Path) -> int:
    """Return how many blocks the notebook has; all have to be in hidden tests of grade cells."""
    try:
        cells = json.loads(text)["cells"]
        sources = [(cell, "".join(cell["source"]).splitlines()) for cell in cells]
    except (ValueError, KeyError, TypeError) as error:
        raise CourseError(
            where=str(path),
            expected="a notebook",
            found=f"something else ({error})",
            todo="restore the notebook",
        ) from error
    number = 0
    for cell, lines in sources:
        hidden = False
        for line in lines:
            hidden = (hidden or line == HIDDEN[0]) and line != HIDDEN[1]
            if line not in (BEGIN, END):
                continue
            number += line == BEGIN
            tag = cell.get("metadata", {}).get("nbgrader", {})
            if not (hidden and tag.get("grade") and not tag.get("solution")):
                raise CourseError(
                    where=f"{path}, cell {tag.get('grade_id') or cell.get('id', 'without a name')}",
                    expected=f"the key between '{HIDDEN[0]}' and '{HIDDEN[1]}' of a check cell",
                    found="the key where students would receive it",
                    todo="move the block",
                )
    return number


# --- what the blocks say --------------------------------------------------------------------------


def _role_lines(key: Key) -> list[str]:
    return [
        *_readers_comment(key, "role"),
        *_dict_lines("accepted_roles", key.accepted_roles),
        *_dict_lines("role_weights", key.role_weights),
    ]


def _claim_lines(key: Key) -> list[str]:
    return [
        *_readers_comment(key, "claim_type"),
        *_dict_lines("accepted_claims", key.accepted_claims),
        *_dict_lines("claim_weights", key.claim_weights),
    ]


def _map_lines(key: Key) -> list[str]:
    return [
        *_readers_comment(key, "supports"),
        *_dict_lines("accepted_links", key.accepted_links),
        *_dict_lines("accepted_challenges", key.accepted_challenges),
        *_dict_lines("needed", key.needed),
        f"background = {_as_python(key.background)}",
        f"map_chance = {key.chance['map'].mean}",
    ]


def _readers_comment(key: Key, name: str) -> list[str]:
    """Return a comment on the readers whose marks a block is made of."""
    readers = [
        reading.reader
        for reading in key.readings
        if (reading.has_map if name == "supports" else reading.labels(name))
    ]
    least = accept_threshold(len(readers))
    names = ", ".join(readers)
    said = f"# {len(readers)} readings ({names}); accepted: what {least} or more of them gave"
    return [said + ",", "# and what decisions.csv adds."] if key.decisions else [said + "."]


def _dict_lines(name: str, entries: Mapping[Any, Any]) -> list[str]:
    """Return the lines that set a name to a dict, an entry a line."""
    lines = [f"    {_as_python(entry)}: {_as_python(value)}," for entry, value in entries.items()]
    return [f"{name} = {{", *lines, "}"] if lines else [f"{name} = {{}}"]


def _as_python(value: Any) -> str:
    """Return Python for text, numbers, tuples and lists, with double quotes."""
    if isinstance(value, tuple):
        return f"({', '.join(map(_as_python, value))})"
    return json.dumps(value)


BLOCKS: Mapping[str, Callable[[Key], list[str]]] = {
    "roles": _role_lines,
    "claims": _claim_lines,
    "map": _map_lines,
}
