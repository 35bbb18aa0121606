"""What a check cell found, as data: put out beside the printed lines, read back from notebooks.

`Question.grade` makes a `CheckResult`. Whatever tells a class, a student or an instructor about it
later reads this record; nothing reads the printed lines.
"""

import math
import zlib
from dataclasses import asdict, dataclass
from typing import Any

MIME = "application/vnd.backyard.result+json"
VERSION = 1


@dataclass(frozen=True)
class NamedMistake:
    """A mistake that a check recognized."""

    # the same for everybody who makes it in the same part, however much of the sentence about it
    # varies, e.g. "fraction-for-percent"
    id: str
    text: str  # what the mistake is, in one sentence
    given: str = ""  # the wrong answer, e.g. "74.4192"; "" where it is not one value
    piece: str = ""  # in an answer of several pieces the one that is wrong, e.g. '"P07"'; else ""
    general: bool = False  # True for a mistake of form, size or sign, which no key needs to name

    def __post_init__(self) -> None:
        _require_texts(self.id, self.text, self.given, self.piece)
        _require(bool(self.id) and isinstance(self.general, bool))


@dataclass(frozen=True)
class PartResult:
    """What a check found in one part of a question."""

    part: str  # its name
    weight: float  # how much it counts beside the other parts
    fraction: float  # how much of it is right, 0 to 1
    message: str  # what the student is told, as sentences
    answered: bool = True  # False where there was no answer
    mistakes: tuple[NamedMistake, ...] = ()  # the mistakes that were recognized
    read_as: str = ""  # how the answer was read, in one line; "" where there was none to read
    follows: str = ""  # from which other answer of the student's this one follows; else ""
    chart: bool = False  # whether the answer is a chart, of which `read_as` says what it shows

    def __post_init__(self) -> None:
        _require_texts(self.part, self.message, self.read_as, self.follows)
        _require(_is_number(self.weight) and self.weight > 0)
        _require(_is_number(self.fraction) and 0 <= self.fraction <= 1)
        _require(isinstance(self.answered, bool) and isinstance(self.chart, bool))


@dataclass(frozen=True)
class CheckResult:
    """What a check found in a question that brings `points`."""

    question: str
    points: float
    parts: tuple[PartResult, ...]

    def __post_init__(self) -> None:
        _require_texts(self.question)
        _require(_is_number(self.points) and self.points > 0 and bool(self.parts))

    @property
    def earned(self) -> float:
        """The points that the parts earn together, with two decimals."""
        whole = sum(part.weight for part in self.parts)
        share = sum(part.weight * part.fraction for part in self.parts) / whole
        return min(self.points, max(0.0, round(self.points * share, 2)))

    @property
    def answered(self) -> bool:
        """Whether any part has an answer."""
        return any(part.answered for part in self.parts)

    def to_json(self) -> dict[str, Any]:
        """Return the record as JSON can hold it."""
        parts = [{**asdict(part), "mistakes": [*map(asdict, part.mistakes)]} for part in self.parts]
        return {
            "version": VERSION,
            "question": self.question,
            "points": self.points,
            "parts": parts,
        }


def name_mistake(text: str, given: str = "", piece: str = "") -> NamedMistake:
    """Return a mistake that a key names by the sentence about it."""
    digest = zlib.crc32(text.encode("utf-8", "replace"))
    return NamedMistake(f"named-{digest:08x}", text, given, piece)


def read_result(content: object) -> CheckResult | None:
    """Return the result that a notebook holds, or None where it is none or of another version."""
    if not isinstance(content, dict):
        return None
    try:
        parts = tuple(
            PartResult(**part | {"mistakes": tuple(NamedMistake(**m) for m in part["mistakes"])})
            for part in content["parts"]
        )
        result = CheckResult(content["question"], content["points"], parts)
    except (KeyError, TypeError, ValueError):
        return None
    # Nothing but what `to_json` writes: no field more, none less.
    return result if result.to_json() == content else None


def put_out(result: CheckResult) -> None:
    """Put a result out below the cell that is running; without a notebook there is no place for it.

    The text beside it is empty: a page shows nothing for it and does not ask for a viewer.
    """
    from IPython.core.getipython import get_ipython  # a notebook has it; a script starts without
    from IPython.display import display

    if get_ipython() is not None:
        display({MIME: result.to_json(), "text/plain": ""}, raw=True)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _require_texts(*values: object) -> None:
    _require(all(isinstance(value, str) for value in values))


def _require(held: bool) -> None:
    if not held:
        raise ValueError("this is no result of a check")
