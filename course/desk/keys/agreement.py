"""How far readers agree: Krippendorff's alpha by field, and the share of pairs who agree.

Alpha is 1 where all agree and 0 where they agree no more than labels dealt out at random would.
Formula: K. Krippendorff, Content Analysis (4th ed., 2019), chapter 12; computed by the library
`krippendorff`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence

from course.desk.keys.reading import Reading
from course.errors import CourseError
from course.text.codebook import PARAGRAPHS, RELATIONS

__all__ = ["FIELDS", "compute_alpha", "pair_agreement"]

LABELS = ("role", "claim_type", "evidence_type", "loaded", "checkable")
FIELDS = (*LABELS, *RELATIONS)


def compute_alpha(readings: Sequence[Reading], name: str) -> float | None:
    """Return Krippendorff's alpha (nominal) of one field, three decimals.

    A label is a unit a paragraph. A relation is a unit an ordered pair of paragraphs, with the
    values "linked" and "not linked": 272 pairs for 17 paragraphs.

    Args:
        readings: the readings; what a reader did not mark is missing and not counted.
        name: one of `FIELDS`.

    Returns:
        None where alpha has no value: fewer than two readers, or the same value everywhere.

    Raises:
        CourseError: where the library is not installed.
    """
    rows = [_list_links(r, name) if name in RELATIONS else _list_labels(r, name) for r in readings]
    rows = [row for row in rows if any(value is not None for value in row)]
    counted = [v for column in zip(*rows, strict=True) for v in _pairable_values(column)]
    # Where nothing differs, the agreement expected by chance is whole, and alpha is 0 / 0.
    if len(set(counted)) < 2:
        return None
    codes = {value: float(code) for code, value in enumerate(sorted(set(counted)))}
    data = [[codes.get(v, math.nan) if v is not None else math.nan for v in row] for row in rows]
    return round(
        float(_load_krippendorff()(reliability_data=data, level_of_measurement="nominal")), 3
    )


def pair_agreement(labels: Sequence[str]) -> float:
    """Return the share of pairs of readers who gave one paragraph the same label, 0 to 1.

    With fewer than two readers there is no pair, and the share is 0. Formula: J. L. Fleiss,
    Measuring nominal scale agreement among many raters (1971), the extent of agreement P_i.
    """
    number = len(labels)
    if number < 2:
        return 0.0
    alike = sum(count * (count - 1) for count in Counter(labels).values())
    return alike / (number * (number - 1))


def _list_labels(reading: Reading, name: str) -> list[str | None]:
    given = reading.labels(name)
    return [given.get(paragraph) for paragraph in PARAGRAPHS]


def _list_links(reading: Reading, relation: str) -> list[str | None]:
    pairs = [(one, other) for one in PARAGRAPHS for other in PARAGRAPHS if one != other]
    # Missing, not "not linked": who drew no map said nothing of links.
    if not reading.has_map:
        return [None] * len(pairs)
    links = reading.links(relation)
    return ["linked" if pair in links else "not linked" for pair in pairs]


def _pairable_values(column: Sequence[str | None]) -> list[str]:
    """Return the values of one unit if there are two or more: one alone agrees with nobody."""
    values = [value for value in column if value is not None]
    return values if len(values) > 1 else []


def _load_krippendorff() -> Callable[..., float]:
    try:
        import krippendorff
    except ImportError as error:
        raise CourseError(
            where="Krippendorff's alpha",
            expected="the package krippendorff",
            found="it is not installed",
            todo='run `make setup` in the course folder, or pip install "backyard-course[key]"',
        ) from error
    found: Callable[..., float] = krippendorff.alpha
    return found
