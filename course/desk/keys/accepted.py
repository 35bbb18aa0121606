"""Builds the key from readings: what is accepted, and how much each paragraph counts."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from course.desk.keys.agreement import compute_alpha, pair_agreement
from course.desk.keys.codebook import Codebook, Reading
from course.desk.keys.decisions import Decision, load_decisions
from course.desk.keys.readings import load_readings
from course.errors import CourseError

Link = tuple[str, str]

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

LEAST_READERS = 2  # one reader alone accepts nothing
LEAST_SHARE = 0.25  # with more than eight readers, two are too few


@dataclass(frozen=True)
class Key:
    """What the readings accept. Shares and weights run from 0 to 1, two decimals."""

    # the readings it was built from, sorted by reader
    readings: tuple[Reading, ...] = field(repr=False)
    # by paragraph, the roles accepted, in the codebook's order
    accepted_roles: Mapping[str, Sequence[str]]
    # by paragraph, the share of pairs of readers who agree on the first role; 0 where no role is
    # accepted
    role_weights: Mapping[str, float]
    # accepted_claims, claim_weights: the same of the kinds of claim
    accepted_claims: Mapping[str, Sequence[str]]
    claim_weights: Mapping[str, float]
    # the accepted links (from, to), from supports to, with the share of readers who drew them
    accepted_links: Mapping[Link, float]
    accepted_challenges: Mapping[Link, float]  # the same of challenges
    # what is accepted beyond them; each counts as a reader more
    decisions: tuple[Decision, ...] = field(default=(), repr=False)

    @property
    def book(self) -> Codebook:
        """The codebook of the readings."""
        return self.readings[0].book

    @property
    def needed(self) -> dict[str, float]:
        """By paragraph that an accepted link comes from, the share of its surest one."""
        surest: dict[str, float] = {}
        for (start, _), share in [*self.accepted_links.items(), *self.accepted_challenges.items()]:
            surest[start] = max(surest.get(start, 0.0), share)
        return dict(sorted(surest.items()))

    @property
    def background(self) -> list[str]:
        """The paragraphs that may be called background, and so support nothing."""
        return [p for p, labels in self.accepted_roles.items() if "background" in labels]


def build_key(folder: Path | str) -> Key:
    """Return the key of a folder of readings. The same readings give the same key.

    Raises:
        CourseError: naming the file and line where a reading cannot be read, or where the readings
            accept nothing.
    """
    readings = load_readings(Path(folder))
    return key_of(readings, str(folder), load_decisions(Path(folder), readings[0].book))


def key_of(
    readings: Sequence[Reading],
    where: str = "the readings",
    decisions: Sequence[Decision] = (),
) -> Key:
    """Return the key of some readings and decisions; `where` names their place in errors."""
    # The order of files on a disk must not change a byte of the key.
    readings = tuple(sorted(readings, key=lambda reading: reading.reader))
    accepted_roles, role_weights = _count_labels(readings, decisions, "role")
    accepted_claims, claim_weights = _count_labels(readings, decisions, "claim_type")
    links = _count_links(readings, decisions, "supports")
    for part, what, found in (
        ("roles", "roles", any(role_weights.values())),
        ("claims", "kinds of claim", any(claim_weights.values())),
        ("map", "links", links),
    ):
        if part in readings[0].book.questions and not found:
            raise CourseError(
                where=where,
                expected=f"{what} on which two readers or more agree",
                found="none",
                todo="add readings that mark them: course key NAME --add FILE",
            )
    return Key(
        readings=readings,
        accepted_roles=accepted_roles,
        role_weights=role_weights,
        accepted_claims=accepted_claims,
        claim_weights=claim_weights,
        accepted_links=links,
        accepted_challenges=_count_links(readings, decisions, "challenges"),
        decisions=tuple(decisions),
    )


def accept_threshold(readers: int) -> int:
    """Return how many of some readers have to give an answer for it to be accepted.

    Two of up to eight; beyond that a quarter, rounded up.
    """
    return max(LEAST_READERS, math.ceil(LEAST_SHARE * readers))


def _count_labels(
    readings: Sequence[Reading], decisions: Sequence[Decision], name: str
) -> tuple[dict[str, list[str]], dict[str, float]]:
    """Return accepted labels and weights of a field, each by paragraph."""
    accepted, weights = {}, {}
    labels = readings[0].book.labels.get(name, ())
    for paragraph in readings[0].book.paragraphs:
        marks = [r.marks[paragraph] for r in readings if paragraph in r.marks]
        first = [value for mark in marks if (value := getattr(mark, name)) is not None]
        # Only roles have a second answer in the codebook.
        second = [m.alternate for m in marks if m.alternate is not None] if name == "role" else []
        decided = list_decided(decisions, name, paragraph)
        counts = Counter([*first, *second])
        enough = [v for v in labels if counts[v] >= accept_threshold(len(first)) or v in decided]
        # Where nothing is accepted, nobody loses points: any label will do and none counts.
        accepted[paragraph] = enough or list(labels)
        weights[paragraph] = round(pair_agreement([*first, *decided]), 2) if enough else 0.0
    return accepted, weights


def _count_links(
    readings: Sequence[Reading], decisions: Sequence[Decision], relation: str
) -> dict[Link, float]:
    """Return the accepted links of a relation with the share of readers who drew them."""
    drawn = [reading.links(relation) for reading in readings if reading.has_map]
    counts = Counter(link for links in drawn for link in links)
    decided = {(d.paragraph, d.answer) for d in decisions if d.field == relation}
    return {
        link: round((counts[link] + (link in decided)) / (len(drawn) + (link in decided)), 2)
        for link in sorted({*counts, *decided})
        if counts[link] >= accept_threshold(len(drawn)) or link in decided
    }


def list_decided(decisions: Sequence[Decision], name: str, paragraph: str) -> list[str]:
    """Return the answers that decisions add to a field of a paragraph."""
    return [d.answer for d in decisions if (d.field, d.paragraph) == (name, paragraph)]


def agreement_table(key: Key) -> Rows:
    """Return Krippendorff's alpha by field: of all readers, of the programs, of the people.

    The rows are text; the first one is the heading.
    """
    programs = [reading for reading in key.readings if reading.automated]
    people = [reading for reading in key.readings if not reading.automated]
    rows: Rows = [("field", "all", "programs", "people")]
    for name in key.book.fields:
        found = [compute_alpha(group, name) for group in (key.readings, programs, people)]
        rows.append((NAMES[name], *(NONE if a is None else f"{a:.2f}" for a in found)))
    return rows


def say_readers(key: Key) -> str:
    """Say in a line whose readings the key is made of; those by people are counted apart."""
    groups = []
    for makers, automated in (("programs of one family", True), ("people", False)):
        names = [reading.reader for reading in key.readings if reading.automated is automated]
        said = f"{len(names)} by {makers} ({', '.join(names)})"
        groups.append(said if names else f"none by {makers}")
    return f"{len(key.readings)} readings: {', '.join(groups)}; {len(key.decisions)} decisions"
