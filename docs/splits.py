"""How the readers of a key split, as tables for the generated pages on questions.

Each function returns the rows of a table as text; the first row is the heading.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from course.desk.keys.accepted import NONE, Key, Rows, list_decided
from course.desk.keys.codebook import NEEDED
from course.desk.keys.ledger import LedgerKey


def paragraphs_table(key: Key) -> Rows:
    """Return by paragraph how the readers split, what is accepted and how much it counts.

    An answer that a decision adds has a plus.
    """
    rows: Rows = [("paragraph", "roles: first (second)", "weight", "kinds of claim", "weight")]
    roles_asked, kinds_asked = (key.book.labels.get(name, ()) for name in NEEDED)
    for p in key.book.paragraphs:
        marks = [r.marks[p] for r in key.readings if p in r.marks]
        first = Counter(mark.role for mark in marks if mark.role)
        second = Counter(mark.alternate for mark in marks if mark.alternate)
        kinds = Counter(mark.claim_type for mark in marks if mark.claim_type)
        roles, claims = (list_decided(key.decisions, name, p) for name in NEEDED)
        rows.append(
            (
                p,
                _write_counts(roles_asked, key.accepted_roles[p], roles, first, second),
                f"{key.role_weights[p]:.2f}",
                _write_counts(kinds_asked, key.accepted_claims[p], claims, kinds, {}),
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
            decided = list_decided(key.decisions, relation, paragraph)
            cells.append(_write_counts(key.book.paragraphs, right, decided, Counter(drawn), {}))
        if any(cells):
            rows.append((paragraph, *(cell or NONE for cell in cells)))
    return rows


def ledger_table(key: LedgerKey) -> Rows:
    """Return claim by claim how the readers split, what is accepted and how much it counts."""
    rows: Rows = [("claim", "verdicts: first (second)", "accepted", "weight")]
    for claim, accepted in key.accepted_verdicts.items():
        weight = key.verdict_weights[claim]
        said = ", ".join(accepted) if weight else "not marked"
        rows.append((claim, key.split[claim], said, f"{weight:.2f}"))
    return rows


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
