"""Reads a notebook that may be damaged or hostile: repaired where its meaning is clear."""

import itertools
import json
import math
import re
from dataclasses import dataclass
from typing import Any

import nbformat
from nbformat import NotebookNode

from course.answers.carried import carried_output
from course.grader.intake.bounds import IntakeBounds, SubmissionError

AGAIN = "Fetch the assignment again, copy the answers over and submit again."
# Panels keep their answers in the outputs and in answers.json.
CLEAR = (
    "Clear the outputs of all cells, save it, hand in answers.json with it (answers given in "
    "panels are then in that file alone)"
)
OTHER_FORMAT = (
    "{} is saved in notebook format {}; format 4 is needed. "
    "Open it in JupyterLab, save it and submit again."
)
ASIDE = "set aside: "  # how the text begins that stands in the place of a notebook set aside

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_CONFLICT = re.compile(r"^ {0,9}<{7}(?: |$)", re.M)  # what git leaves between two versions
_DIGITS = 18  # more digits than any count in a notebook has
PLAIN = re.compile(r"[\w .()+/#:-]{1,80}")
_MINOR = 5  # the minor version of format 4 that is made of every notebook


def read_notebook(
    name: str, data: bytes, bounds: IntakeBounds | None = None, remarks: list[str] | None = None
) -> NotebookNode:
    """Return the notebook that a file's bytes hold, valid in notebook format 4.

    Outputs are left out, since grading makes them anew; but for those that carry a widget's answer
    and those that show a figure, which need not be drawn again.

    Args:
        name: the file's name, for messages.
        data: its content.
        bounds: what it may hold at most.
        remarks: a list to which a line is added for everything that was repaired.

    Raises:
        SubmissionError: naming the file, what was expected and found, what the student can do.
    """
    found = [] if remarks is None else remarks
    return NotebookReader(name, bounds or IntakeBounds(), found).read_bytes(data)


@dataclass(frozen=True)
class NotebookReader:
    """Reads one notebook and notes what was wrong with it."""

    name: str  # the file's name, for messages
    bounds: IntakeBounds  # what the notebook may hold at most
    remarks: list[str]  # takes the notes

    def read_bytes(self, data: bytes) -> NotebookNode:
        """Return the notebook that some bytes hold; raises SubmissionError when they hold none."""
        content = self._parse_file(data)
        if not isinstance(content, dict) or "nbformat" not in content:
            raise self._no_notebook("a JSON file of another kind")
        version = content["nbformat"]
        if isinstance(version, bool) or version != 4:
            said = version if isinstance(version, int | float) else "of no number"
            raise SubmissionError(OTHER_FORMAT.format(self.name, said))
        return self.repair_notebook(content)

    def repair_notebook(self, content: dict[str, Any]) -> NotebookNode:
        """Return a valid notebook made of what is said to be one.

        Raises:
            SubmissionError: if there is no list of cells, or too many of them.
        """
        cells = content.get("cells")
        if not isinstance(cells, list):
            raise self._no_notebook("a notebook without cells")
        if len(cells) > self.bounds.cells:
            raise self._no_notebook(
                f"a notebook of {len(cells)} cells (at most {self.bounds.cells})"
            )
        metadata = content.get("metadata")
        if not isinstance(metadata, dict):
            self._note_once("the notebook's settings are not readable and are left out")
            metadata = {}
        taken: set[str] = set()
        return nbformat.from_dict(  # type: ignore[no-any-return]
            {
                "nbformat": 4,
                "nbformat_minor": _MINOR,
                "metadata": _kernel_and_language(metadata),
                "cells": [
                    self._make_cell(cell, number, taken)
                    for number, cell in enumerate(cells, start=1)
                    if self._is_cell(cell, number)
                ],
            }
        )

    def _parse_file(self, data: bytes) -> Any:
        """Return what the file's JSON says."""
        self._require_bounded(data)
        try:
            text = data.decode("utf-8-sig")
            if text.startswith(ASIDE):
                first = "".join(filter(str.isprintable, text.partition("\n")[0]))
                raise self._no_notebook(first[:200].rstrip("."))
            # An escape that stands for half a character or for a NUL cannot be written again.
            if "\\u" in text and re.search(r"\\u(?:[dD][89a-fA-F]|0000)", text):
                content = self._without_odd_characters(self._load_json(text))
            else:
                content = self._load_json(text)
        except UnicodeDecodeError:
            raise self._no_notebook("a file that is not text") from None
        except json.JSONDecodeError as error:
            found = f"something else (line {error.lineno}: {error.msg})"
            found = found if error.pos else "other text"
            if marks := _CONFLICT.search(text):
                line = text.count("\n", 0, marks.start()) + 1
                found = f"two versions that a program merged (<<<<<<< in line {line})"
            raise self._no_notebook(found if data else "an empty file") from None
        except RecursionError:
            raise self._no_notebook("a file nested too deeply") from None
        if nested_deeper(content, self.bounds.nesting):
            raise self._no_notebook("a file nested too deeply")
        return content

    def _require_bounded(self, data: bytes) -> None:
        """Raise when reading the file would take too much memory."""
        most = self.bounds.notebook_bytes
        if len(data) > most:
            raise SubmissionError(
                f"{self.name} is too large: {len(data) / 1e6:.1f} MB, at most {most / 1e6:.0f} MB. "
                f"{CLEAR} and submit again."
            )
        if data.count(b"{") + data.count(b"[") > self.bounds.parts:
            raise self._no_notebook("a file of too many parts")

    def _load_json(self, text: str) -> Any:
        """Return what a JSON text says; numbers that JSON does not know become nothing."""

        def read_pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
            known = dict(items)
            if len(known) < len(items):
                self._note_once("an entry is given twice; the last one counts")
            return known

        def drop_constant(word: str) -> None:
            self._note_once(f"the value {word} is left out")

        def read_whole(digits: str) -> int | None:
            if len(digits) <= _DIGITS:
                return int(digits)
            self._note_once("the value of a huge number is left out")
            return None

        def read_decimal(digits: str) -> float | None:
            number = float(digits)
            if math.isfinite(number):
                return number
            self._note_once("the value of a huge number is left out")
            return None

        return json.loads(
            text,
            object_pairs_hook=read_pairs,
            parse_constant=drop_constant,
            parse_int=read_whole,
            parse_float=read_decimal,
        )

    def _without_odd_characters(self, value: Any) -> Any:
        """Return a JSON value without NUL characters and halves of characters."""
        if isinstance(value, str):
            clean = value.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
            if clean != value:
                self._note_once("characters that no file can hold are left out")
            return clean
        if isinstance(value, list):
            return [self._without_odd_characters(item) for item in value]
        if isinstance(value, dict):
            clean_one = self._without_odd_characters
            return {clean_one(key): clean_one(item) for key, item in value.items()}
        return value

    def _is_cell(self, cell: Any, number: int) -> bool:
        """Tell whether a part of the list of cells is a cell at all."""
        if isinstance(cell, dict):
            return True
        self._note_once(f"cell {number} is not a cell and is left out")
        return False

    def _make_cell(self, cell: dict[str, Any], number: int, taken: set[str]) -> dict[str, Any]:
        """Return a valid cell made of what a file holds."""
        kind = cell.get("cell_type")
        if kind not in ("code", "markdown", "raw"):
            self._note_once(f"cell {number} is of no known kind and is kept as plain text")
            kind = "raw"
        metadata = cell.get("metadata")
        claim = metadata.get("nbgrader", {}) if isinstance(metadata, dict) else None
        fields = claim if isinstance(claim, dict) else {}
        known = {k: v for k, v in fields.items() if isinstance(v, _CLAIM.get(k, object))}
        if known != claim:
            self._note_once(f"cell {number}: damaged settings are left out")
        made = {
            "id": _cell_id(cell.get("id"), number, taken),
            "cell_type": kind,
            # All else could steer the grading, or the pages that are made of it.
            "metadata": {"nbgrader": known} if known else {},
            "source": self._read_source(cell.get("source"), number),
        }
        if kind == "code":
            count = cell.get("execution_count")  # it says that the cell has run
            return {
                **made,
                "execution_count": count if type(count) is int and 0 <= count < 10**9 else None,
                "outputs": _carried_outputs(cell.get("outputs")),
            }
        attachments = _clean_attachments(cell.get("attachments"))
        return {**made, "attachments": attachments} if attachments else made

    def _read_source(self, source: Any, number: int) -> str:
        """Return a cell's text."""
        if isinstance(source, str):
            return source
        if isinstance(source, list):
            lines = [line for line in source if isinstance(line, str)]
            if len(lines) < len(source):
                self._note_once(f"cell {number}: lines that are not text are left out")
            return "".join(lines)
        self._note_once(f"cell {number}: something other than text is in place of its text")
        return str(source) if isinstance(source, int | float) else ""

    def _no_notebook(self, found: str) -> SubmissionError:
        """Return the error for a file that is no notebook."""
        return SubmissionError(f"{self.name} is not a notebook but {found}. {AGAIN}")

    def _note_once(self, text: str) -> None:
        """Add a remark, once."""
        line = f"{self.name}: {text}"
        if line not in self.remarks and len(self.remarks) < 20:
            self.remarks.append(line)


_CLAIM: dict[str, type | tuple[type, ...]] = {  # the kinds that nbgrader's settings have
    **dict.fromkeys(("grade_id", "checksum", "cell_type"), str),
    **dict.fromkeys(("grade", "solution", "locked", "task"), bool),
    "points": (int, float),
}


def _carried_outputs(outputs: Any) -> list[dict[str, Any]]:
    """Return of a cell's outputs those that carry an answer, cleaned."""
    if not isinstance(outputs, list):
        return []
    found = map(carried_output, outputs)
    return [output for output in found if output is not None]


def nested_deeper(content: Any, most: int) -> bool:
    """Tell whether lists and objects lie in one another more than `most` levels deep."""
    level = [content] if isinstance(content, dict | list) else []
    for _ in range(most):
        level = [
            item
            for value in level
            for item in (value.values() if isinstance(value, dict) else value)
            if isinstance(item, dict | list)
        ]
        if not level:
            return False
    return True


def _kernel_and_language(metadata: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Return what a notebook says of its kernel and language, in plain words."""
    kept: dict[str, dict[str, str]] = {}
    fields = {
        "kernelspec": ("name", "display_name", "language"),
        "language_info": ("name", "version", "mimetype", "file_extension", "pygments_lexer"),
    }
    for key, names in fields.items():
        found = metadata.get(key)
        found = found if isinstance(found, dict) else {}
        plain = {
            name: found[name]
            for name in names
            if isinstance(found.get(name), str) and PLAIN.fullmatch(found[name])
        }
        if "name" in plain and (key != "kernelspec" or "display_name" in plain):
            kept[key] = plain
    return kept


def _cell_id(found: Any, number: int, taken: set[str]) -> str:
    """Return a cell's id when it is valid and not taken, and a new one otherwise."""
    if isinstance(found, str) and _ID.fullmatch(found) and found not in taken:
        taken.add(found)
        return found
    new = base = f"cell-{number}"
    for k in itertools.count():
        if new not in taken:
            break
        new = f"{base}-{k}"
    taken.add(new)
    return new


def _clean_attachments(found: Any) -> dict[str, dict[str, str]]:
    """Return the pictures and files inside a text cell, as far as they are of the right form."""
    if not isinstance(found, dict):
        return {}
    return {
        name: {kind: data for kind, data in bundle.items() if isinstance(data, str)}
        for name, bundle in found.items()
        if isinstance(bundle, dict)
    }
