"""What is said of a key's readers: whose they are, and how far they agree."""

from course.desk.keys.accepted import Key
from course.desk.keys.agreement import compute_alpha

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
