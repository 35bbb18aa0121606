"""Counts the mistakes that checks recognized in a class's answers to one question."""

from collections.abc import Iterable
from dataclasses import dataclass

from course.desk.report.verdicts import Verdict
from course.scoring.results import NamedMistake


@dataclass(frozen=True)
class MistakeCount:
    """How many students made a mistake."""

    mistake: NamedMistake  # what it is
    # the part of the question, e.g. "turnout"; "" for a general mistake, which counts once for a
    # student in whichever parts it was made.
    part: str
    given: str  # the wrong answers that were given, e.g. "74.4192"; "" where they are not known
    students: int  # how many made it
    share: float  # of the answers, 0 to 1

    @property
    def words(self) -> str:
        """What students were told, behind the place where it was made."""
        where = ", at ".join(filter(None, (self.part, self.mistake.piece)))
        return f"{where}: {self.mistake.text}" if where else self.mistake.text


def count_mistakes(verdicts: Iterable[Verdict]) -> tuple[MistakeCount, ...]:
    """Count what students were told: the mistakes that a key names first, then by number."""
    answers = 0
    found: dict[tuple[str, str, str], list[NamedMistake]] = {}
    for verdict in verdicts:
        answers += 1
        made = {
            ("" if one.general else part, one.id, one.piece): one for part, one in verdict.mistakes
        }
        for where, one in made.items():
            found.setdefault(where, []).append(one)
    counts = []
    for (part, _, _), told in found.items():
        given = ", ".join(sorted({one.given for one in told if one.given}))
        counts.append(MistakeCount(told[0], part, given, len(told), len(told) / answers))
    return tuple(sorted(counts, key=lambda count: (count.mistake.general, -count.students)))
