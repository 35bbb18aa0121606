"""Reads a reading from what the panels of a colleague keep: answers.json, or the notebook."""

import json
from pathlib import Path
from typing import Any

from course.answers.carried import carried_answers
from course.desk.keys.codebook import Codebook, Mark, Reading
from course.desk.keys.table import find_label
from course.errors import CourseError
from course.text.codebook import RELATIONS

NOTEBOOK = ".ipynb"
AGAIN = "answer the question again in the panel, or take the entry out of the file"


def read_answers(text: str, path: Path, reader: str, book: Codebook) -> Reading:
    """Return the reading of an answers.json or notebook: roles, claim types, map, any of the three.

    Raises:
        CourseError: naming the question and paragraph, what was expected and what was found.
    """
    answers = _read_file(text, path)
    roles = _read_labels(answers, "roles", "role", path, book)
    claims = _read_labels(answers, "claims", "claim_type", path, book)
    links = _read_links(answers, path, book)

    def targets_of(paragraph: str, relation: str) -> tuple[str, ...] | None:
        if links is None:
            return None
        return tuple(t for f, t, r in links if f == paragraph and r == relation)

    marks = {
        paragraph: Mark(
            role=roles.get(paragraph),
            supports=targets_of(paragraph, "supports"),
            challenges=targets_of(paragraph, "challenges"),
            claim_type=claims.get(paragraph),
        )
        for paragraph in book.paragraphs
    }
    if all(mark == Mark() for mark in marks.values()):
        raise CourseError(
            where=str(path),
            expected="answers to " + ", ".join(book.questions.values()),
            found="answers to " + (", ".join(sorted(answers)) or "nothing"),
            todo="answer at least one of them in its panel",
        )
    return Reading(reader, marks, book, path.name)


def _read_file(text: str, path: Path) -> dict[str, Any]:
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        raise CourseError(
            where=f"{path}, line {error.lineno}",
            expected="JSON as the panels write it",
            found=error.msg,
            todo="take the file as it was kept beside the notebook",
        ) from error
    if path.suffix.lower() == NOTEBOOK and isinstance(content, dict) and content.get("cells"):
        # Its panels carry their answers in what they put out.
        content = {"answers": carried_answers(content["cells"])}
    answers = content.get("answers") if isinstance(content, dict) else None
    if not isinstance(answers, dict):
        raise CourseError(
            where=str(path),
            expected="an answers.json, with the entry 'answers'",
            found="other JSON",
            todo="take the file as it was kept beside the notebook",
        )
    return {
        name: entry["value"]
        for name, entry in answers.items()
        if isinstance(entry, dict) and entry.get("value") is not None
    }


def _read_labels(
    answers: dict[str, Any], part: str, field: str, path: Path, book: Codebook
) -> dict[str, str]:
    """Return the labels that a labeller's answer gives to paragraphs."""
    question, labels = book.questions.get(part, ""), book.labels.get(field, ())
    value = answers.get(question, {})
    if not isinstance(value, dict):
        raise _make_error(path, question, "labels by paragraph", value)
    found = {}
    for name, label in value.items():
        paragraph = find_label(name, book.paragraphs)
        known = find_label(label, labels) if isinstance(label, str) else None
        if paragraph is None:
            raise _make_error(
                path, question, f"paragraphs {book.paragraphs[0]} to {book.paragraphs[-1]}", name
            )
        if known is None:
            raise _make_error(
                path, f"{question}, {paragraph}", f"one of {', '.join(labels)}", label
            )
        found[paragraph] = known
    return found


def _read_links(
    answers: dict[str, Any], path: Path, book: Codebook
) -> list[tuple[str, str, str]] | None:
    """Return the map's links (from, to, relation), or None where no map was drawn."""
    question = book.questions.get("map", "")
    value = answers.get(question)
    if value is None:
        return None
    links = value.get("links") if isinstance(value, dict) else None
    if not isinstance(links, list):
        raise _make_error(path, question, "a map with the entry 'links'", value)
    found = []
    for number, link in enumerate(links, start=1):
        ends = link if isinstance(link, dict) else {}
        start, target = (find_label(str(ends.get(e, "")), book.paragraphs) for e in ("from", "to"))
        relation = ends.get("relation")
        if not start or not target or start == target:
            raise _make_error(
                path, f"{question}, link {number}", "from and to, two paragraphs", link
            )
        if relation not in RELATIONS:
            raise _make_error(
                path, f"{question}, link {number}", "supports or challenges", relation
            )
        if (start, target, relation) not in found:
            found.append((start, target, relation))
    return found


def _make_error(path: Path, place: str, expected: str, found: object) -> CourseError:
    said = json.dumps(found, ensure_ascii=False)
    said = said if len(said) <= 60 else said[:60] + "…"
    return CourseError(f"{path}, {place}", expected, said, AGAIN)
