"""Answers of widgets that a notebook carries in its outputs, beside those in ``answers.json``.

Each widget puts one output below itself: a short line for people, and the answer as data. So a
notebook that is handed in alone still has them. What is read here may come from anybody: it is
bounded, and nothing but well-formed answers is taken.
"""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from course.answers.store import FILE_NAME, FORMAT, JsonValue, UnreadableError, check_entries

MIME = "application/vnd.backyard.answer+json"

MOST_OUTPUTS = 200  # of a notebook
MOST_BYTES = 200_000  # of one answer
MOST_ALL = 1_000_000  # of all answers of a notebook
MOST_FILE = 20_000_000  # of a file that is read
MOST_LEVELS = 100  # of lists and objects in one another
MOST_PARTS = 200_000  # lists and objects in it

_QUESTION = re.compile(r"[A-Za-z0-9][\w.-]{0,63}", re.ASCII)
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", re.ASCII)

Entry = dict[str, JsonValue]  # {"value": …, "saved": "2026-11-25T14:03:12Z"}


def make_bundle(question: str, entry: Entry | None, *, on_disk: bool = True) -> dict[str, Any]:
    """Return the output of a widget: its forms by mimetype.

    Args:
        question: id such as "votes-11".
        entry: the answer with its time, or None when there is none.
        on_disk: False when ``answers.json`` could not be written.
    """
    if entry is None:
        return {"text/plain": f"No answer to {question} kept yet."}
    when = _write_local_time(entry["saved"])
    line = f"Answer to {question} kept {when}."
    if not on_disk:
        # Here the notebook is all there is, so the student has to save it.
        line = f"Answer to {question}, given {when}, is in this notebook only: save the notebook."
    elif not entry["value"]:
        line = f"Answer to {question} taken back {when}."
    return {MIME: {"format": FORMAT, "question": question, **entry}, "text/plain": line}


def is_entry(entry: object) -> bool:
    """Tell whether something is an answer with the time at which it was given."""
    if not isinstance(entry, dict) or "value" not in entry or not _saving_time(entry):
        return False
    try:
        _write_local_time(entry["saved"])
    except (ValueError, OverflowError, OSError):  # no such day, or before all calendars
        return False
    return True


def carried_output(output: object) -> dict[str, Any] | None:
    """Return what an output of a notebook carries as an answer, in a clean output, or None."""
    data = output.get("data") if isinstance(output, dict) else None
    found = data.get(MIME) if isinstance(data, dict) else None
    if not isinstance(found, dict) or found.get("format") != FORMAT or "value" not in found:
        return None
    question, value = found.get("question"), found["value"]
    if not isinstance(question, str) or not _QUESTION.fullmatch(question) or not is_entry(found):
        return None
    if not isinstance(value, dict | list) or _count_bytes(value) > MOST_BYTES:
        return None
    content = {"format": FORMAT, "question": question, "value": value, "saved": found["saved"]}
    return {"output_type": "display_data", "metadata": {}, "data": {MIME: content}}


def carried_answers(cells: Iterable[Mapping[str, Any]]) -> dict[str, Entry]:
    """Return the answers that the cells of a notebook carry: the newest by question."""
    answers: dict[str, Entry] = {}
    count = total = 0
    for cell in cells:
        outputs = cell.get("outputs")
        for output in outputs if isinstance(outputs, list) else ():
            clean = carried_output(output)
            if clean is None:
                continue
            content = clean["data"][MIME]
            count, total = count + 1, total + _count_bytes(content["value"])
            if count > MOST_OUTPUTS or total > MOST_ALL:
                return answers
            known = answers.get(content["question"])
            if known is None or known["saved"] <= content["saved"]:
                answers[content["question"]] = {k: content[k] for k in ("value", "saved")}
    return answers


def carried_by_file(path: Path) -> dict[str, Entry]:
    """Return the answers that a notebook's file carries; none where it cannot be read."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_FILE)
        if len(data) == MOST_FILE or data.count(b"{") + data.count(b"[") > MOST_PARTS:
            return {}
        cells = json.loads(data.decode("utf-8"))["cells"]
        return carried_answers(cell for cell in cells if isinstance(cell, dict))
    except (OSError, ValueError, RecursionError, KeyError, TypeError):
        return {}


def merge_answers(
    file: bytes | None, carried: Mapping[str, Entry]
) -> tuple[bytes | None, list[tuple[str, str]]]:
    """Return ``answers.json`` with the newer of two answers each, and what is to be said of it.

    Args:
        file: the content of ``answers.json``, None when it was not handed in.
        carried: what the notebook carries, of `carried_answers`.

    Returns:
        The file's new content (the same object when it stays as it is), and pairs of question
        ("" for all) and remark.
    """
    if not carried:
        return file, []
    answers = {} if file is None else read_entries(file)
    remarks: list[tuple[str, str]] = []
    if answers is None:
        remarks.append(("", "answers.json cannot be read; the notebook carries the answers"))
    kept: dict[str, Any] = dict(answers or {})
    for question, entry in sorted(carried.items()):
        there = kept.get(question)
        if isinstance(there, dict) and there.get("value") == entry["value"]:
            continue
        newer = _saving_time(there) < entry["saved"]
        if newer:
            kept[question] = dict(entry)
        if answers and (there is not None or entry["value"]):
            remarks.append((question, _say_difference(there, entry, newer)))
    if kept == answers:
        return file, remarks
    text = json.dumps({"format": FORMAT, "answers": kept}, indent=2)
    return f"{text}\n".encode("utf-8", "replace"), remarks


def _say_difference(there: Any, entry: Entry, newer: bool) -> str:
    """Say that two answers differ, and which one counts."""
    if there is None:
        return f"only the notebook holds its answer ({entry['saved']}), which counts"
    which = "notebook" if newer else "file"
    times = f"file {_saving_time(there) or 'without a time'}, notebook {entry['saved']}"
    return f"answers.json and the notebook hold different answers; the {which}'s counts ({times})"


def read_entries(file: bytes) -> dict[str, Any] | None:
    """Return the entries of ``answers.json``, or None when the widgets could not read it."""
    if len(file) > MOST_FILE or file.count(b"{") + file.count(b"[") > MOST_PARTS:
        return None
    try:
        content = json.loads(file.decode("utf-8-sig"))
        json.dumps(content)
        return check_entries(content, FILE_NAME)
    except (ValueError, RecursionError, UnreadableError):
        return None


def _saving_time(entry: Any) -> str:
    """Return when an answer was given, "" when it does not say."""
    saved = entry.get("saved") if isinstance(entry, dict) else None
    return saved if isinstance(saved, str) and _TIME.fullmatch(saved) else ""


def _count_bytes(value: Any) -> int:
    """Return how many bytes a value has as JSON; more than allowed when it is none."""
    try:
        text = json.dumps(value, allow_nan=False)
    except (ValueError, TypeError, RecursionError):
        return MOST_ALL + 1
    level = deepest = 0
    # How deep Python itself goes differs from version to version.
    for sign in re.findall(r"[][{}]", text):
        level += (sign in "[{") - (sign in "]}")
        deepest = max(deepest, level)
    return len(text) if deepest <= MOST_LEVELS else MOST_ALL + 1


def _write_local_time(saved: str) -> str:
    """Return a time as the student's clock shows it: "at 14:03:12", with the day if another."""
    moment = datetime.strptime(saved, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC).astimezone()
    day = "" if moment.date() == datetime.now().date() else f"on {moment.day} {moment:%B} "
    return f"{day}at {moment:%H:%M:%S}"
