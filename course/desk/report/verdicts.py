"""Reads what checks said of answers from autograded notebooks: their records, not their sentences.

Used by whatever tells somebody about a grade: report, feedback, regrade, the trial of model
answers. A record counts in a check cell of its own question only; `SafeOutputs` has taken it out
of every other cell.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from course.grader.run.cellnames import is_check, is_made_apart
from course.scoring.results import MIME, CheckResult, NamedMistake, read_result

EARLIER = "Graded by an earlier version: grade again to see what is said of it."


@dataclass(frozen=True)
class Verdict:
    """What a check said of one answer."""

    # what it found; None where it is written in nbgrader's ordinary way, where it stopped, and
    # where an earlier version graded
    result: CheckResult | None = None
    stopped: str = ""  # the error that it stopped with, or ""
    printed: tuple[str, ...] = ()  # the lines that an ordinary test printed
    earlier: bool = False  # True where an earlier version graded, which left no record
    # True where the check is written in nbgrader's ordinary way, and can be forged
    ordinary: bool = False

    @property
    def said(self) -> tuple[tuple[str, str], ...]:
        """What to tell of it, as pairs of part and sentence; part is "" where it is of none."""
        parts = self.result.parts if self.result else ()
        found = [(part.part, part.message) for part in parts]
        found += [("", line) for line in self.printed]
        found += [("", f"The check stopped: {self.stopped}")] if self.stopped else []
        return (*found, ("", EARLIER)) if self.earlier else tuple(found)

    @property
    def lines(self) -> tuple[str, ...]:
        """The same, a line each."""
        return tuple(f"{part}: {text}" if part else text for part, text in self.said)

    @property
    def unanswered(self) -> bool:
        """Whether the check found no answer in any part."""
        return self.result is not None and not self.result.answered

    @property
    def mistakes(self) -> tuple[tuple[str, NamedMistake], ...]:
        """The mistakes that it recognized, each with its part."""
        parts = self.result.parts if self.result else ()
        return tuple((part.part, mistake) for part in parts for mistake in part.mistakes)


def read_verdict(cell: Mapping[str, Any]) -> Verdict:
    """Return what the grade cell of an autograded notebook says of an answer.

    Of an answer that a person grades it says nothing: what stands there is the student's.
    """
    if not is_check(cell):
        return Verdict()
    apart = is_made_apart(cell)
    name = cell["metadata"]["nbgrader"]["grade_id"]
    result, stopped, printed = None, "", []
    for output in cell.get("outputs", ()):
        if output["output_type"] == "error":
            stopped = f"{output['ename']}: {output['evalue']}"
        elif output["output_type"] == "stream" and output.get("name") == "stdout":
            printed += [line for line in "".join(output["text"]).splitlines() if line.strip()]
        # In any other cell a record is the student's own invention.
        elif apart and MIME in output.get("data", {}):
            found = read_result(output["data"][MIME])
            result = found if found is not None and found.question == name else result
    # Lines without a record are what an earlier version left.
    earlier = apart and result is None and not stopped and bool(printed)
    return Verdict(result, stopped, () if apart else tuple(printed), earlier, not apart)


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
