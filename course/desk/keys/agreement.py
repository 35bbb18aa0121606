"""How far readers agree: Krippendorff's alpha by field, and the share of pairs who agree.

Alpha is 1 where all agree and 0 where they agree no more than labels dealt out at random would.
Formula: K. Krippendorff, Content Analysis (4th ed., 2019), chapter 12; computed by the library
`krippendorff`.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import permutations

from course.desk.keys.codebook import Reading
from course.errors import CourseError
from course.text.codebook import RELATIONS


def compute_alpha(readings: Sequence[Reading], name: str) -> float | None:
    """Return Krippendorff's alpha (nominal) of one field, three decimals.

    A label is a unit a paragraph. A relation is a unit an ordered pair of paragraphs, linked or
    not: 272 pairs for 17 paragraphs.

    Args:
        readings: the readings; what a reader did not mark is missing and not counted.
        name: one of the fields of the codebook.

    Returns:
        None where alpha has no value: fewer than two readers, or the same value everywhere.

    Raises:
        CourseError: where the library is not installed.
    """
    try:
        from krippendorff import alpha
    except ImportError as error:
        raise CourseError(
            where="Krippendorff's alpha",
            expected="the package krippendorff",
            found="it is not installed",
            todo='run `make setup` in the course folder, or pip install "backyard-course[key]"',
        ) from error
    rows = [row for reading in readings if any(row := _list_values(reading, name))]
    units = [[value for value in unit if value] for unit in zip(*rows, strict=True)]
    # Where nothing differs, the agreement expected by chance is whole, and alpha is 0 / 0. A value
    # that stands alone agrees with nobody and is not counted.
    values = sorted({value for unit in units if len(unit) > 1 for value in unit})
    if len(values) < 2:
        return None
    counts = [[unit.count(value) for value in values] for unit in units]
    return round(float(alpha(value_counts=counts, level_of_measurement="nominal")), 3)


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


def _list_values(reading: Reading, name: str) -> list[str]:
    """Return what a reader says of each unit of a field, "" where that is missing."""
    paragraphs = reading.book.paragraphs
    if name not in RELATIONS:
        given = reading.labels(name)
        return [given.get(paragraph, "") for paragraph in paragraphs]
    # Missing, not "not linked": who drew no map said nothing of links.
    links = reading.links(name)
    pairs = permutations(paragraphs, 2) if reading.has_map else ()
    return ["linked" if pair in links else "not linked" for pair in pairs]
