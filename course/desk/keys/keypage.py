"""The figures that speak for or against a key: how far readers agree, and how they split.

Each function returns the rows of a table as text; the first row is the heading. The page
docs/key-ASSIGNMENT.md shows them, the command `course key` the first.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from course.desk.keys.accepted import Key
from course.desk.keys.agreement import compute_alpha
from course.errors import CourseError

Rows = list[tuple[str, ...]]

CAUTION = (
    "Programs of one family made the readings in files named automated….csv. Such readers agree "
    "more than people do: their agreement says how far the codebook settles an answer, not how "
    "people read."
)

BLOCK = re.compile(
    r'(<!-- made by "course key \w+": (\w+) -->\n)(.*?)(<!-- end of figures -->)', re.DOTALL
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
    for name in key.book.fields:
        found = [compute_alpha(group, name) for group in (key.readings, programs, people)]
        rows.append((NAMES[name], *(NONE if a is None else f"{a:.2f}" for a in found)))
    return rows


def paragraphs_table(key: Key) -> Rows:
    """Return by paragraph how the readers split, what is accepted and how much it counts.

    An answer that a decision adds has a plus.
    """
    rows: Rows = [("paragraph", "roles: first (second)", "weight", "kinds of claim", "weight")]
    labels = key.book.labels
    for p in key.book.paragraphs:
        marks = [r.marks[p] for r in key.readings if p in r.marks]
        first = Counter(mark.role for mark in marks if mark.role)
        second = Counter(mark.alternate for mark in marks if mark.alternate)
        kinds = Counter(mark.claim_type for mark in marks if mark.claim_type)
        roles, claims = key.decided("role", p), key.decided("claim_type", p)
        rows.append(
            (
                p,
                _write_counts(labels["role"], key.accepted_roles[p], roles, first, second),
                f"{key.role_weights[p]:.2f}",
                _write_counts(labels["claim_type"], key.accepted_claims[p], claims, kinds, {}),
                f"{key.claim_weights[p]:.2f}",
            )
        )
    return rows


def links_table(key: Key) -> Rows:
    """Return the links that any reader drew, with the number of readers, accepted ones marked.

    A link that a decision adds has a plus.
    """
    accepted = {"supports": key.accepted_links, "challenges": key.accepted_challenges}
    rows: Rows = [("from", *accepted)]
    for paragraph in key.book.paragraphs:
        cells = []
        for relation, links in accepted.items():
            drawn = [t for r in key.readings for f, t in r.links(relation) if f == paragraph]
            right = [t for f, t in links if f == paragraph]
            decided = key.decided(relation, paragraph)
            cells.append(_write_counts(key.book.paragraphs, right, decided, Counter(drawn), {}))
        if any(cells):
            rows.append((paragraph, *(cell or NONE for cell in cells)))
    return rows


def say_readers(key: Key) -> str:
    """Say in a line whose readings the key is made of; those by people are counted apart."""
    groups = []
    for makers, automated in (("programs of one family", True), ("people", False)):
        names = [reading.reader for reading in key.readings if reading.automated is automated]
        said = f"{len(names)} by {makers} ({', '.join(names)})"
        groups.append(said if names else f"none by {makers}")
    return f"{len(key.readings)} readings: {', '.join(groups)}; {len(key.decisions)} decisions"


TABLES: Mapping[str, Callable[[Key], Rows]] = {
    "agreement": agreement_table,
    "paragraphs": paragraphs_table,
    "links": links_table,
}


def refresh_page(text: str, key: Key, path: Path) -> str:
    """Return a page's text with the figures of the key between its marks.

    Raises:
        CourseError: for figures of an unknown name.
    """

    def make_figures(found: re.Match[str]) -> str:
        begin, name, _, end = found.groups()
        if name == "whose":
            return f"{begin}{say_readers(key)}.\n{end}"
        if name not in TABLES:
            raise CourseError(
                where=f"{path}, line {text.count(chr(10), 0, found.start()) + 1}",
                expected="one of: whose, " + ", ".join(TABLES),
                found=name,
                todo="correct the mark",
            )
        head, *body = TABLES[name](key)
        lines = [head, ("---",) * len(head), *body]
        return begin + "".join(f"| {' | '.join(line)} |\n" for line in lines) + end

    return BLOCK.sub(make_figures, text)


def _write_counts(
    labels: Sequence[str],
    accepted: Sequence[str],
    decided: Sequence[str],
    first: Mapping[str, int],
    second: Mapping[str, int],
) -> str:
    """Return how many readers gave each label, most first.

    Accepted ones have a tick, those that a decision adds a plus.
    """
    given = [label for label in labels if first.get(label) or second.get(label) or label in decided]
    given.sort(key=lambda label: (-first.get(label, 0), -second.get(label, 0)))
    return ", ".join(
        f"{label} {first.get(label, 0)}"
        + (f" ({second[label]})" if second.get(label) else "")
        + (" +" if label in decided else " ✓" if label in accepted else "")
        for label in given
    )
