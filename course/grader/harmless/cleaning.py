"""A step of autograding that makes what a submission shows harmless to whoever looks at it."""

import json
import re
from collections.abc import Collection
from typing import Any

from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Integer

from course.figures import MOST_LETTERS, MOST_UNDRAWN, UNDRAWN
from course.grader.harmless.pictures import read_picture
from course.grader.harmless.safehtml import count_pairs, safe_html
from course.grader.harmless.safemarkdown import (
    EFFORT,
    as_written,
    reading_effort,
    safe_markdown,
    safe_math,
)
from course.grader.run.cellnames import is_made_apart
from course.scoring.results import MIME, read_result

CUT = "[cut: {left} of {size} characters are shown]"
CUT_CODE = "\n# [cut: {left} of {size} characters are shown]"
PICTURES = ("image/png", "image/jpeg", "image/gif")
MARKDOWN = 4 * EFFORT  # of all of a student's Markdown that is read, see `reading_effort`
CODE = 20_000  # characters of a student's code or raw cell that a page can show in a second
ALL_CODE = 100_000  # of all these cells
TAGS = 100_000  # of all HTML that a notebook shows
PAIRS = 4_000  # of attributes that are compared in the time of a tag
# What colours code looks at the rest of such a word from each of its letters.
_LONG_WORD = re.compile(r"([\w.*]{200})[\w.*]+")

# Escapes of a terminal other than colours, and characters that are not shown.
_ESCAPES = re.compile(
    r"\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?"  # titles, links and other strings
    r"|\x1b\[(?![0-9;]{0,30}m)[0-?]{0,30}[ -/]{0,30}(?:[@-~]|(?![@-~]))"
    r"|\x1b(?!\[)[ -/]*[0-~]?"
    r"|[\x00-\x07\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f\x80-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)
_BASE64 = re.compile(r"[A-Za-z0-9+/=]+")
_DEFECT = re.compile(r"[\0\ud800-\udfff]")


class SafeOutputs(NbGraderPreprocessor):  # type: ignore[misc]
    """Bounds and cleans outputs and cells, so that pages made of them are harmless and soon made.

    Code has run by then: what is cut of it here is cut on the pages; submitted/ holds all of it.
    Stands behind the step that runs the cells in `c.Autograde.autograde_preprocessors`. Which
    output decides the points of a grade cell stays as it was.
    """

    text_bytes = Integer(100_000, help="Characters that one output's text may have.").tag(
        config=True
    )
    picture_bytes = Integer(2_000_000, help="Bytes of base64 that a picture may have.").tag(
        config=True
    )
    outputs = Integer(100, help="Outputs that one cell may have.").tag(config=True)
    cell_bytes = Integer(3_000_000, help="Bytes that all outputs of a cell may have.").tag(
        config=True
    )
    notebook_bytes = Integer(12_000_000, help="Bytes that all outputs may have.").tag(config=True)

    # What is left of them for one notebook.
    _code, _markdown, _tags, _undrawn = ALL_CODE, MARKDOWN, TAGS, MOST_UNDRAWN

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Clean every cell; return notebook and resources."""
        taken = {
            name + end
            for cell in nb.cells
            if (name := cell.metadata.get("nbgrader", {}).get("grade_id"))
            for end in ("", "_extra_credit", "-comment")
        }
        # Set anew for each notebook: nbgrader uses one step for the whole class.
        self._left = self.notebook_bytes
        self._code, self._markdown, self._tags = ALL_CODE, MARKDOWN, TAGS
        self._undrawn = MOST_UNDRAWN
        for cell in nb.cells:
            if cell.cell_type == "code":
                self._clean_code(cell)
            if not _as_handed_out(cell):
                cell.source = self._safe_source(cell, taken)
        # A saved state of widgets is data and code of anybody's, and pages would start it.
        nb.metadata.pop("widgets", None)
        nb.metadata.pop("title", None)
        return nb, resources

    def _safe_source(self, cell: Any, taken: set[str]) -> str:
        """Return the text of a student's cell, harmless and soon shown."""
        if cell.cell_type == "markdown":
            return self._safe_markdown(cell.source, tuple(cell.get("attachments", {})), taken)
        most = min(CODE, self._code)
        self._code -= min(len(cell.source), most)
        # Cut where it takes long to colour.
        end = CUT_CODE.format(left=most, size=len(cell.source)) if len(cell.source) > most else ""
        short = _LONG_WORD.sub(r"\1…", cell.source[:most]) + end
        if cell.cell_type == "code":
            return short
        return safe_math(re.sub(r"<(?=[A-Za-z/!?])", "&lt;", short))

    def _safe_markdown(
        self, text: str, attachments: tuple[str, ...] = (), taken: Collection[str] = ()
    ) -> str:
        """Return a Markdown text in which nothing acts; what is too much to read, as written."""
        self._markdown -= min(EFFORT, reading_effort(text))
        if self._markdown < 0:
            return as_written(text)
        return safe_markdown(text, attachments, taken)

    def _clean_code(self, cell: Any) -> None:
        """Clean and bound a code cell's outputs."""
        count = cell.get("execution_count")
        cell.execution_count = count if isinstance(count, int) else None
        # What a check says has room of its own: nothing that a student shows can crowd it out.
        apart = is_made_apart(cell)
        outputs = _merge_streams(cell.outputs)
        shown: list[NotebookNode] = []
        room = self.cell_bytes if apart else min(self.cell_bytes, self._left)
        while len(shown) < min(len(outputs), self.outputs) and room > 0:
            output = self.clean_output(outputs[len(shown)], apart)
            size = _count_characters(output)
            # Emptied, not dropped: whether there was an error is what decides points.
            if size > room:
                _empty_output(output)
            shown.append(output)
            room -= size
            self._left = max(0, self._left - size)
        rest = outputs[len(shown) :]
        if rest:
            note = f"[cut: {len(shown)} of {len(outputs)} outputs are shown]\n"
            shown.append(NotebookNode(output_type="stream", name="stdout", text=note))
            # An output that decides the points must not get lost among the others.
            for output in filter(_decides_points, rest):
                shown.append(self.clean_output(output))
                _empty_output(shown[-1])
                break
        cell.outputs = shown

    def clean_output(self, output: Any, apart: bool = False) -> NotebookNode:
        """Return an output with what is harmless of it.

        `apart`: it is of a check that is made apart, whose result is a record to be believed.
        """
        kind = output.get("output_type")
        if kind == "stream":
            name = "stderr" if output.get("name") == "stderr" else "stdout"
            text = safe_text(output.get("text"), self.text_bytes)
            return NotebookNode(output_type="stream", name=name, text=text)
        if kind == "error":
            return self._clean_error(output)
        known = "execute_result" if kind == "execute_result" else "display_data"
        found = output.get("data") or {}
        data, metadata = self._clean_forms(found, output.get("metadata") or {})
        if apart and (result := read_result(found.get(MIME))) is not None:
            data = NotebookNode({MIME: result.to_json(), "text/plain": ""})
        made = NotebookNode(output_type=known, data=data, metadata=metadata)
        if known == "execute_result":
            count = output.get("execution_count")
            made.execution_count = count if isinstance(count, int) else None
        return made

    def _clean_error(self, output: Any) -> NotebookNode:
        """Return an error with bounded texts."""
        trace = output.get("traceback")
        lines = [str(line) for line in trace] if isinstance(trace, list) else []
        return NotebookNode(
            output_type="error",
            ename=safe_text(output.get("ename"), 200),
            evalue=safe_text(output.get("evalue"), self.text_bytes // 10),
            traceback=safe_text("\n".join(lines), self.text_bytes).split("\n") if lines else [],
        )

    def _clean_forms(self, found: Any, settings: Any) -> tuple[NotebookNode, NotebookNode]:
        """Return the forms of an output that are harmless, and the sizes of pictures."""
        data, metadata, dropped = NotebookNode(), NotebookNode(), []
        for kind, value in found.items():
            clean = self._clean_form(str(kind), value)
            if clean is None:
                dropped.append(safe_text(str(kind), 60))
                continue
            data[kind] = clean
            sizes = settings.get(kind) if isinstance(settings, dict) else None
            if kind in PICTURES and isinstance(sizes, dict):
                pixels = {k: sizes.get(k) for k in ("width", "height")}
                kept = {k: n for k, n in pixels.items() if type(n) is int and 0 < n < 10_000}
                if kept:
                    metadata[kind] = NotebookNode(kept)
        if not data:
            data["text/plain"] = (
                f"[left out: {', '.join(sorted(dropped)[:5]) or 'nothing to show'}]"
            )
        return data, metadata

    def _clean_form(self, kind: str, value: Any) -> str | None:
        """Return one form of an output when it is harmless, made so, or None."""
        if kind in PICTURES:
            return read_picture(kind, value, self.picture_bytes)
        text = _join_lines(value)
        if kind == "text/plain":
            return safe_text(text, self.text_bytes)
        if kind == UNDRAWN:  # drawn when somebody looks, in a sandbox
            self._undrawn -= 1
            known = len(text) <= MOST_LETTERS and _BASE64.fullmatch(text)
            return text if known and self._undrawn >= 0 else None
        # No script, no SVG and no form of a library's own: each could act.
        if kind not in ("text/html", "text/markdown", "text/latex"):
            return None
        size = self.picture_bytes if kind == "text/html" else self.text_bytes
        if len(text) > size:
            return None
        text = _DEFECT.sub("\ufffd", text)
        if kind == "text/html":
            self._tags -= text.count("<") + count_pairs(text) // PAIRS
            return safe_html(text) if self._tags >= 0 else None
        return self._safe_markdown(text) if kind == "text/markdown" else safe_math(text)


def safe_text(value: Any, most: int) -> str:
    """Return a text of at most `most` characters, with colours and no other terminal escapes."""
    text = _join_lines(value)
    if len(text) > most:
        # What is cut away is not looked at: it may be huge.
        head, tail = text[: most * 3 // 4], text[len(text) - most // 4 :]
        note = CUT.format(left=len(head) + len(tail), size=len(text))
        return f"{_strip_escapes(head)}\n{note}\n{_strip_escapes(tail)}"
    return _strip_escapes(text)


def _strip_escapes(text: str) -> str:
    """Return a text without terminal escapes other than colours."""
    return _DEFECT.sub("\ufffd", _ESCAPES.sub("", text)) if not text.isprintable() else text


def _join_lines(value: Any) -> str:
    """Return a text that may be stored as a list of lines."""
    if isinstance(value, list):
        return "".join(line for line in value if isinstance(line, str))
    return value if isinstance(value, str) else "" if value is None else str(value)


def _merge_streams(outputs: Any) -> list[Any]:
    """Return outputs with neighbouring pieces of one stream put together."""
    merged: list[Any] = []
    for output in outputs:
        last = merged[-1] if merged else None
        if (
            last is not None
            and output.get("output_type") == last.get("output_type") == "stream"
            and output.get("name") == last.get("name")
        ):
            last["pieces"].append(_join_lines(output.get("text")))
            continue
        merged.append(dict(output))
        if output.get("output_type") == "stream":
            merged[-1]["pieces"] = [_join_lines(output.get("text"))]
    for output in merged:
        if "pieces" in output:
            output["text"] = "".join(output.pop("pieces"))
    return merged


def _decides_points(output: Any) -> bool:
    """Tell whether an output decides the points of a grade cell."""
    kind = output.get("output_type")
    return kind in ("error", "execute_result") or (
        kind == "stream" and output.get("name") == "stderr"
    )


def _count_characters(output: Any) -> int:
    """Return how many characters an output holds."""
    if output.output_type == "stream":
        return len(output.text)
    if output.output_type == "error":
        return sum(map(len, output.traceback)) + len(output.evalue)
    return sum(len(d if isinstance(d, str) else json.dumps(d)) for d in output.data.values())


def _empty_output(output: Any) -> None:
    """Leave of an output what decides points, and a line in place of the rest."""
    note = "[cut: the outputs before this one take up all the space]"
    if output.output_type == "stream":
        output.text = note + "\n"
    elif output.output_type == "error":
        output.evalue, output.traceback = output.evalue[:500], [f"{output.ename}: {note}"]
    else:
        plain = output.data.get("text/plain", "")
        output.data = NotebookNode({"text/plain": plain if 0 < len(plain) < 200 else note})
        output.metadata = NotebookNode()


def _as_handed_out(cell: Any) -> bool:
    """Tell whether a text cell is the instructor's own: locked, or never answered."""
    known = cell.metadata.get("nbgrader")
    if not known:
        return False
    return bool(utils.is_locked(cell) or known.get("checksum") == utils.compute_checksum(cell))
