"""The figures that speak for or against a key: agreement, chance, how the readings themselves fare.

Each function returns the rows of a table as text; the first row is the heading. The command prints
them, and the page docs/key-ASSIGNMENT.md shows them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from course.desk.keys.accepted import Key, key_of
from course.desk.keys.agreement import FIELDS, compute_alpha
from course.desk.keys.chance import Chance, Scorer, score_claims, score_map, score_roles
from course.desk.keys.reading import Reading
from course.errors import CourseError
from course.text.codebook import CLAIM_TYPES, PARAGRAPHS, QUESTIONS, ROLES

__all__ = [
    "CAUTION",
    "TABLES",
    "agreement_table",
    "chance_table",
    "links_table",
    "paragraphs_table",
    "readings_table",
    "say_readers",
]

Rows = list[tuple[str, ...]]

CAUTION = (
    "Programs of one family made the readings in files named automated….csv. Such readers agree "
    "more than people do: their agreement says how far the codebook settles an answer, not how "
    "people read."
)

NONE = "–"
NAMES = {
    "role": "role",
    "claim_type": "kind of claim",
    "evidence_type": "kind of evidence",
    "loaded": "loaded wording",
    "checkable": "checkable",
    "supports": "links: supports",
    "challenges": "links: challenges",
}


def agreement_table(key: Key) -> Rows:
    """Return Krippendorff's alpha by field: of all readers, of the programs, of the people."""
    programs = [reading for reading in key.readings if reading.automated]
    people = [reading for reading in key.readings if not reading.automated]
    rows: Rows = [("field", "all", "programs", "people")]
    for name in FIELDS:
        found = key.alpha[name], compute_alpha(programs, name), compute_alpha(people, name)
        rows.append((NAMES[name], *("–" if a is None else f"{a:.2f}" for a in found)))
    return rows


def chance_table(key: Key) -> Rows:
    """Return what answers score that are given without reading."""
    score = _make_scorers(key, {})
    rows: Rows = [("question", "answer given without reading", "scores", "95 of 100 score")]
    for part, question in QUESTIONS.items():
        rows.append((question, _random_words(key, part), *_chance_words(key.chance[part])))
    for part, name, options in (("roles", "role", ROLES), ("claims", "kind", CLAIM_TYPES)):
        best = max(options, key=lambda o: score[part](dict.fromkeys(PARAGRAPHS, o)))
        value = score[part](dict.fromkeys(PARAGRAPHS, best))
        rows.append((QUESTIONS[part], f"the {name} {best} everywhere", _write_percent(value), ""))
    first = PARAGRAPHS[0]
    for words, given in (
        (f"every paragraph supports {first}", [(p, first) for p in PARAGRAPHS[1:]]),
        (
            "every paragraph supports the one before",
            list(zip(PARAGRAPHS[1:], PARAGRAPHS, strict=False)),
        ),
    ):
        rows.append((QUESTIONS["map"], words, _write_percent(score["map"](given)), ""))
    return rows


def readings_table(key: Key) -> Rows:
    """Return how each reading scores: against the key, and against one made without it."""
    rows: Rows = [("reading", *QUESTIONS, *(f"{part}, left out" for part in QUESTIONS))]
    for reading in key.readings:
        roles = reading.labels("role")
        whole = _make_scorers(key, roles)
        try:
            rest = [other for other in key.readings if other is not reading]
            others = _make_scorers(key_of(rest, decisions=key.decisions), roles)
        except CourseError:  # the others agree on nothing
            others = {}
        given = _reading_answers(reading)
        rows.append(
            (
                reading.reader,
                *(_write_score(whole, part, given) for part in QUESTIONS),
                *(_write_score(others, part, given) for part in QUESTIONS),
            )
        )
    return rows


def paragraphs_table(key: Key) -> Rows:
    """Return by paragraph how the readers split, what is accepted and how much it counts.

    An answer that a decision adds has a plus.
    """
    rows: Rows = [("paragraph", "roles: first (second)", "weight", "kinds of claim", "weight")]
    for paragraph in PARAGRAPHS:
        marks = [r.marks[paragraph] for r in key.readings if paragraph in r.marks]
        first = Counter(mark.role for mark in marks if mark.role)
        second = Counter(mark.alternate for mark in marks if mark.alternate)
        kinds = Counter(mark.claim_type for mark in marks if mark.claim_type)
        rows.append(
            (
                paragraph,
                _count_labels(
                    ROLES,
                    key.accepted_roles[paragraph],
                    key.decided("role", paragraph),
                    first,
                    second,
                ),
                f"{key.role_weights[paragraph]:.2f}",
                _count_labels(
                    CLAIM_TYPES,
                    key.accepted_claims[paragraph],
                    key.decided("claim_type", paragraph),
                    kinds,
                ),
                f"{key.claim_weights[paragraph]:.2f}",
            )
        )
    return rows


def links_table(key: Key) -> Rows:
    """Return the links that any reader drew, with the number of readers, accepted ones marked.

    A link that a decision adds has a plus.
    """
    drawn = [reading for reading in key.readings if reading.has_map]
    rows: Rows = [("from", "supports", "challenges")]
    for paragraph in PARAGRAPHS:
        cells = []
        for relation, accepted in (
            ("supports", key.accepted_links),
            ("challenges", key.accepted_challenges),
        ):
            counts = Counter(t for r in drawn for f, t in r.links(relation) if f == paragraph)
            right = [t for f, t in accepted if f == paragraph]
            cells.append(_count_labels(PARAGRAPHS, right, key.decided(relation, paragraph), counts))
        if any(cells):
            rows.append((paragraph, *(cell or NONE for cell in cells)))
    return rows


def say_readers(key: Key) -> str:
    """Say in a line whose readings the key is made of; those by people are counted apart."""
    programs = [reading.reader for reading in key.readings if reading.automated]
    people = [reading.reader for reading in key.readings if not reading.automated]
    groups = [
        f"{len(names)} by {makers} ({', '.join(names)})" if names else f"none by {makers}"
        for makers, names in (("programs of one family", programs), ("people", people))
    ]
    return f"{len(key.readings)} readings: {', '.join(groups)}; {len(key.decisions)} decisions"


TABLES: Mapping[str, Callable[[Key], Rows]] = {
    "agreement": agreement_table,
    "chance": chance_table,
    "readings": readings_table,
    "paragraphs": paragraphs_table,
    "links": links_table,
}


def _make_scorers(key: Key, roles: Mapping[str, str]) -> dict[str, Scorer]:
    """Return what scores the three questions; a map by the roles that its author gave."""
    needed = key.needed_for(roles)
    return {
        "roles": score_roles(key.accepted_roles, key.role_weights),
        "claims": score_claims(key.accepted_claims, key.claim_weights),
        "map": score_map(key.accepted_links, key.accepted_challenges, needed),
    }


def _reading_answers(reading: Reading) -> dict[str, Any]:
    """Return a reading's answers to the three questions, those that it has."""
    answers: dict[str, Any] = {
        "roles": reading.labels("role"),
        "claims": reading.labels("claim_type"),
        "map": reading.map_value() if reading.has_map else None,
    }
    return {part: answer for part, answer in answers.items() if answer}


def _write_score(scorers: Mapping[str, Scorer], part: str, given: Mapping[str, Any]) -> str:
    return _write_percent(scorers[part](given[part])) if part in given and scorers else NONE


def _write_percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _chance_words(found: Chance) -> tuple[str, str]:
    return _write_percent(found.mean), f"{100 * found.low:.0f} to {100 * found.high:.0f} %"


def _random_words(key: Key, part: str) -> str:
    if part == "map":
        return f"{key.usual_links} links “supports” at random"
    return "labels at random"


def _count_labels(
    labels: Sequence[str],
    accepted: Sequence[str],
    decided: Sequence[str],
    first: Mapping[str, int],
    second: Mapping[str, int] | None = None,
) -> str:
    """Return how many readers gave each label, most first.

    Accepted ones have a tick, those that a decision adds a plus.
    """
    more = second or {}
    given = [label for label in labels if first.get(label) or more.get(label) or label in decided]
    given.sort(key=lambda label: (-first.get(label, 0), -more.get(label, 0)))
    return ", ".join(
        f"{label} {first.get(label, 0)}"
        + (f" ({more[label]})" if more.get(label) else "")
        + (" +" if label in decided else " ✓" if label in accepted else "")
        for label in given
    )
