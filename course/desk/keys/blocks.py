"""Writes the key into the grade cells of a source notebook: the blocks between two marks."""

import ast
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from course.desk.keys.accepted import Key, accept_threshold
from course.errors import CourseError

BEGIN = '# --- key from the readings: made by "course key {}" ---'
END = "# --- end of key ---"
NAME = "# block: "

# What a block holds: the field of a reading that it is made of, and what of the key it sets.
BLOCKS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "roles": ("role", ("accepted_roles", "role_weights")),
    "claims": ("claim_type", ("accepted_claims", "claim_weights")),
    "map": ("supports", ("accepted_links", "accepted_challenges", "needed", "background")),
}

_BEGIN = re.escape(BEGIN).replace(re.escape("{}"), r"\w+")
_BLOCK = re.compile(rf"^({_BEGIN})\n(.*?)(?:^{END}$|\Z)", re.MULTILINE | re.DOTALL)
_HIDDEN = re.compile(r"^### BEGIN HIDDEN TESTS$.*?^### END HIDDEN TESTS$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """One block of key in a notebook."""

    cell: Any  # the cell that it stands in
    mark: str  # its first line
    name: str  # what it holds, one of `BLOCKS`
    source: str  # the block with its marks


def rewrite_blocks(text: str, key: Key, path: Path) -> str:
    """Return a notebook's text with the key in its blocks, as Jupyter would save it.

    Args:
        text: the notebook as it is saved.
        key: the key.
        path: the notebook, for errors.

    Raises:
        CourseError: if there is no block, or one stands where students would receive it.
    """
    notebook = read_notebook(text, path)
    is_changed = False
    for block in _list_blocks(notebook, path):
        made = "\n".join([block.mark, NAME + block.name, *_block_lines(key, block.name), END])
        is_changed |= made != block.source
        block.cell.source = block.cell.source.replace(block.source, made)
    return str(nbformat.writes(notebook)) + "\n" if is_changed else text


def find_blocks(text: str, path: Path) -> list[Block]:
    """Return the blocks of a notebook in their order; raises CourseError as `rewrite_blocks`."""
    return _list_blocks(read_notebook(text, path), path)


def values_of(block: Block) -> dict[str, Any]:
    """Return the names that a block sets with their values; nothing where it cannot be read."""
    found: dict[str, Any] = {}
    try:
        for statement in ast.parse(block.source).body:
            if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
                found[statement.targets[0].id] = ast.literal_eval(statement.value)
    except (SyntaxError, ValueError):
        return {}
    return found


def read_notebook(text: str, path: Path) -> Any:
    """Return a notebook; raise CourseError where the text is none."""
    try:
        return nbformat.reads(text, as_version=4)
    except Exception as error:  # nbformat lets through whatever it stumbles over
        raise CourseError(
            where=str(path),
            expected="a notebook",
            found=f"something else ({error})",
            todo="restore the notebook",
        ) from error


def _list_blocks(notebook: Any, path: Path) -> list[Block]:
    blocks = [block for cell in notebook.cells for block in _yield_blocks(cell, path)]
    if not blocks:
        raise CourseError(
            where=str(path),
            expected=f"blocks between the lines '{BEGIN.format(path.stem)}' and '{END}'",
            found="none",
            todo="open the notebook in JupyterLab, see that the marks are there, and save it",
        )
    return blocks


def _yield_blocks(cell: Any, path: Path) -> Iterator[Block]:
    tag = cell.metadata.get("nbgrader", {})
    where = f"{path}, cell {tag.get('grade_id') or cell.get('id', 'without a name')}"
    hidden = [found.span() for found in _HIDDEN.finditer(cell.source)]
    for found in _BLOCK.finditer(cell.source):
        if not found[0].endswith(END) or re.search(_BEGIN, found[2]):
            raise CourseError(
                where=where,
                expected=f"the line '{END}' below the block",
                found="none",
                todo="put it back; the lines above it are made anew",
            )
        first = found[2].split("\n", 1)[0]
        if first.removeprefix(NAME) not in BLOCKS:
            raise CourseError(
                where=where,
                expected="one of: " + ", ".join(NAME + known for known in BLOCKS),
                found=first or "nothing",
                todo="name the block in the line below its first mark",
            )
        is_hidden = any(begin < found.start() and found.end() < end for begin, end in hidden)
        if not is_hidden or not tag.get("grade") or tag.get("solution"):
            raise CourseError(
                where=where,
                expected="the key among the hidden tests of a check cell",
                found="the key where students would receive it",
                todo="move the block",
            )
        yield Block(cell, found[1], first.removeprefix(NAME), found[0])


def _block_lines(key: Key, name: str) -> list[str]:
    """Return what a block says: whose marks it is made of, and the names that it sets."""
    field, names = BLOCKS[name]
    readers = [
        reading.reader
        for reading in key.readings
        if (reading.has_map if field == "supports" else reading.labels(field))
    ]
    least = accept_threshold(len(readers))
    who = ", ".join(readers)
    said = f"# {len(readers)} readings ({who}); accepted: what {least} or more of them gave"
    lines = [said + ",", "# and what decisions.csv adds."] if key.decisions else [said + "."]
    for one in names:
        value = getattr(key, one)
        if isinstance(value, Mapping) and value:
            entries = [f"    {as_python(e)}: {as_python(v)}," for e, v in value.items()]
            lines += [f"{one} = {{", *entries, "}"]
        else:
            lines.append(f"{one} = {as_python(value)}")
    return lines


def as_python(value: Any) -> str:
    """Return Python for text, numbers, tuples and lists, with double quotes."""
    if isinstance(value, tuple):
        return f"({', '.join(map(as_python, value))})"
    return json.dumps(value)
