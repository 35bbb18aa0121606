"""Collects what a cell puts out, as a notebook stores it; what is no output is left out."""

import json
from typing import Any

from course.grader.intake.bounds import IntakeBounds
from course.grader.intake.notebookfile import nested_deeper
from course.grader.run.streams import WARNINGS

FRAME_COSTS = 100  # bytes that an output counts beside its content: empty ones come to an end, too


class Ended(Exception):  # noqa: N818 - an event, not an error of ours
    """The student's process had to be ended, or ended itself."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Outputs:
    """Collects the outputs of one cell as a notebook stores them."""

    def __init__(self, most: int, into: list[dict[str, Any]]) -> None:
        self._left = most
        self._into = into
        self._clear_next = False

    def add(self, content: bytes) -> None:
        """Take one output as the student's process sent it; what is none is left out."""
        # Counted before it is parsed: parsing is what costs.
        self._left -= len(content) + FRAME_COSTS
        if self._left < 0:
            raise Ended("output")
        try:
            event = json.loads(content)
            # What writes a notebook goes down each level by a call of its own.
            if not nested_deeper(event, IntakeBounds().nesting):
                self.take(event)
        # A student can send any bytes as an output; what is none harms nobody and says nothing.
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return

    def take(self, event: dict[str, Any]) -> None:
        """Take one output."""
        kind = event["output_type"]
        if kind == "clear":
            self._clear_next = bool(event["wait"])
            if not self._clear_next:
                self._into.clear()
            return
        output = _check_output(event, kind)
        if self._clear_next:
            self._into.clear()
            self._clear_next = False
        last = self._into[-1] if self._into else {}
        if kind == "stream" and last.get("name") == output["name"]:
            # One printed text arrives in pieces, and nbgrader would show each as an output of
            # its own.
            last["text"] += output["text"]
            return
        if event.get("update"):
            self._update_displays(event["display_id"], output)
            return
        if "display_id" in event:
            output["_display_id"] = str(event["display_id"])
        self._into.append(output)

    def _update_displays(self, display_id: str, output: dict[str, Any]) -> None:
        """Put new content into the displays of this cell that have the id."""
        for old in self._into:
            if old.get("_display_id") == display_id:
                old["data"], old["metadata"] = output["data"], output["metadata"]


def _check_output(event: dict[str, Any], kind: str) -> dict[str, Any]:
    """Return an output with the fields that it has to have, each of the right type."""
    if kind == "stream":
        # A name that a cell made up counts as standard output.
        name = event["name"] if event["name"] in ("stderr", WARNINGS) else "stdout"
        return {"output_type": "stream", "name": name, "text": _require_text(event["text"])}
    if kind == "error":
        lines = [_require_text(line) for line in event["traceback"]]
        return {
            "output_type": "error",
            "ename": _require_text(event["ename"]),
            "evalue": _require_text(event["evalue"]),
            "traceback": lines,
        }
    data = {_require_text(name): value for name, value in event["data"].items()}
    metadata = event.get("metadata") if isinstance(event.get("metadata"), dict) else {}
    output = {"output_type": "display_data", "data": data, "metadata": metadata}
    if kind == "execute_result":
        output = {**output, "output_type": kind, "execution_count": event.get("execution_count")}
    return output


def _require_text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("text is wanted")
    # A lone half of a surrogate pair cannot be written to a file.
    return value.encode("utf-8", "replace").decode("utf-8")
