"""What the export plugins share: whose marks are written, where to, and how a cell is written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

from nbgrader.apps import NbGrader
from nbgrader.coursedir import CourseDirectory
from nbgrader.plugins.export import ExportPlugin
from traitlets import Bool, Dict, Unicode

from course.desk.classlist.lmslists import LmsList, read_list
from course.desk.classlist.people import Person, Roster, read_roster
from course.desk.csvtable import write_csv
from course.desk.onekey import require_one_key
from course.desk.words import write_number
from course.errors import CourseError
from course.grader.coursedir import Course, read_zone
from course.wholefile import write_whole


class Status(Enum):
    """How far a submission is; the words stand in the CSV files."""

    GRADED = "graded"
    BY_HAND = "to grade by hand"
    NOT_GRADED = "not graded"
    NOT_SUBMITTED = "not submitted"


@dataclass(frozen=True)
class Mark:
    """One student's mark for one assignment."""

    status: Status  # how far the submission is
    # points before the late penalty, so far; None where nothing was graded
    raw: float | None = None
    penalty: float = 0.0  # points lost for being late
    waiting: int = 0  # questions that wait for a grade by hand
    timestamp: Any = None  # when it was handed in (UTC), or None
    # points by question; None while a question waits
    questions: Mapping[str, float | None] = field(default_factory=dict)

    @property
    def points(self) -> float | None:
        """Points so far less the late penalty, never below 0; None where nothing was graded."""
        return None if self.raw is None else round(max(0.0, self.raw - self.penalty), 4)


@dataclass
class Marks:
    """The marks of one assignment."""

    assignment: str  # its name
    maximum: float  # points that can be had
    duedate: Any = None  # the deadline (UTC), or None
    questions: list[str] = field(default_factory=list)  # sorted
    # the marks; every student of the roster has one
    by_student: dict[str, Mark] = field(default_factory=dict)


def read_marks(
    gradebook: Any,
    submitted: Path,
    assignments: Iterable[str] = (),
    students: Iterable[str] = (),
) -> tuple[Roster, list[Marks]]:
    """Read roster and marks.

    Args:
        gradebook: nbgrader's.
        submitted: the folder submitted/, which tells who handed in what is not graded yet.
        assignments: only these, when given.
        students: only these, when given.

    Returns:
        The roster, and the marks of each assignment, in alphabetical order.
    """
    chosen, wanted = set(assignments), set(students)
    people = dict(read_roster(gradebook).people)
    for folder in submitted.glob("*/*"):  # who handed in and is not in the gradebook yet
        if folder.is_dir() and not folder.parent.name.startswith("."):
            people.setdefault(folder.parent.name, Person(folder.parent.name))
    if wanted:
        people = {name: person for name, person in people.items() if name in wanted}
    roster = Roster(people[name] for name in sorted(people))
    rows = sorted(gradebook.assignments, key=lambda assignment: assignment.name)
    taken = [row for row in rows if not chosen or row.name in chosen]
    return roster, [_read_assignment(gradebook, row, submitted, roster) for row in taken]


def _read_assignment(gradebook: Any, row: Any, submitted: Path, roster: Roster) -> Marks:
    """Read the marks of one assignment."""
    names = {cell.name for notebook in row.notebooks for cell in notebook.grade_cells}
    marks = Marks(row.name, float(row.max_score), row.duedate, sorted(names))
    known = {s.student_id: s for s in gradebook.assignment_submissions(row.name)}
    for student in roster.people:
        if student in known:
            marks.by_student[student] = _read_submission(known[student])
        elif (submitted / student / row.name).is_dir():
            marks.by_student[student] = Mark(Status.NOT_GRADED)
        else:
            marks.by_student[student] = Mark(Status.NOT_SUBMITTED)
    return marks


def _read_submission(submission: Any) -> Mark:
    """Read one submission of the gradebook."""
    grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
    if all(grade.auto_score is None and grade.manual_score is None for grade in grades):
        return Mark(Status.NOT_GRADED, timestamp=submission.timestamp)
    # Those that a person has to give.
    waits = [g for g in grades if g.needs_manual_grade and g.manual_score is None]
    return Mark(
        Status.BY_HAND if waits else Status.GRADED,
        raw=round(sum(float(grade.score or 0) for grade in grades), 4),
        penalty=float(submission.late_submission_penalty or 0),
        waiting=len(waits),
        timestamp=submission.timestamp,
        questions={g.name: None if g in waits else round(float(g.score), 4) for g in grades},
    )


class CourseExport(ExportPlugin):  # type: ignore[misc]
    """An export plugin of this course.

    A subclass gives the `default_name` of its file and makes the `rows`. After `export`, `notes`
    holds what the user should know, a line each.
    """

    default_name = "grades.csv"

    zero = Bool(
        False, help="Give 0 points to those who submitted nothing; else leave it empty."
    ).tag(config=True)
    so_far = Bool(
        False,
        help="Write points so far if hand grading is not done; otherwise the cell is empty.",
    ).tag(config=True)
    people = Unicode(
        "", help="A list exported from the LMS, for its numbers, logins and column names."
    ).tag(config=True)
    titles = Dict(
        key_trait=Unicode(),
        value_trait=Unicode(),
        help="The assignments' names in the LMS, by their names here.",
    ).tag(config=True)

    def rows(self, roster: Roster, marks: list[Marks]) -> Iterable[Sequence[object]]:
        """Return the rows of the file, the heading first."""
        raise NotImplementedError

    def export(self, gradebook: Any) -> None:
        """Write the grades; the file appears whole or not at all.

        Raises:
            CourseError: what was asked for is not there, or grades of two keys would be mixed; in
                `nbgrader export` it is said, and nbgrader ends.
        """
        try:
            self._write_file(gradebook)
        except CourseError as error:
            if not isinstance(self.parent, NbGrader):
                raise
            self.parent.fail("%s", error)

    def _write_file(self, gradebook: Any) -> None:
        self.notes: list[str] = []
        folder = CourseDirectory(config=self.config)
        submitted = Path(folder.format_path(folder.submitted_directory, ".", "."))
        chosen = [str(name) for name in self.assignment]
        known = [assignment.name for assignment in gradebook.assignments]
        self._require_found(chosen, known)
        require_one_key(Course(Path(folder.root)), *(chosen or known))
        roster, marks = read_marks(gradebook, submitted, chosen, map(str, self.student))
        target = Path(self.to or self.default_name)
        write_whole(target, write_csv(self.rows(roster, marks)))
        self.log.info("Exporting grades to %s", target)
        for note in self.notes:
            self.log.warning("%s", note)

    def mark(self, mark: Mark) -> float | None:
        """Return the points to hand on, or None where there is no final mark."""
        if mark.status is Status.NOT_SUBMITTED:
            return 0.0 if self.zero else None
        if mark.status is Status.BY_HAND and not self.so_far:
            return None
        return mark.points

    def note_missing(self, marks: list[Marks]) -> None:
        """Note which students get no points, and why."""
        for assignment in marks:
            for status, words in WORDS.items():
                names = [s for s, mark in assignment.by_student.items() if mark.status is status]
                handed_on = {
                    Status.NOT_SUBMITTED: "0" if self.zero else "left empty",
                    Status.BY_HAND: "points so far" if self.so_far else "left empty",
                }.get(status, "left empty")
                if names:
                    shown = ", ".join(names[:5]) + (", ..." if len(names) > 5 else "")
                    self.notes.append(
                        f"{assignment.assignment}: {len(names)} {words} ({handed_on}): {shown}"
                    )

    def lms_list(self, kind: str) -> LmsList | None:
        """Return the list of the LMS, when one was given.

        Raises:
            CourseError: it cannot be read, or comes from the other system.
        """
        found = read_list(Path(self.people), read_zone(self.config)) if self.people else None
        if found is not None and found.kind != kind:
            raise CourseError(
                where=f"--people {self.people}",
                expected={
                    "canvas": "Canvas's gradebook (Grades → Export)",
                    "moodle": "Moodle's grading worksheet (Download grading worksheet)",
                }[kind],
                found=f"a list of {found.kind.capitalize()}",
                todo=f"give the other file, or write for the other system: --for {found.kind}",
            )
        return found

    def note_possible(self, marks: Marks, there: float | None, name: str, harm: str) -> None:
        """Note that the LMS reckons with other points than this course."""
        if there is not None and there != marks.maximum:
            here = write_number(marks.maximum)
            self.notes.append(
                f"{marks.assignment}: {name} in the LMS is {write_number(there)}, here it is "
                f"{here}. Set it to {here} there first: {harm}"
            )

    def _require_found(self, chosen: list[str], found: list[str]) -> None:
        missing = [name for name in chosen if name not in found]
        if missing or not found:
            raise CourseError(
                where=f"the export of {', '.join(missing) or 'grades'}",
                expected="an assignment that the gradebook knows",
                found="known: " + (", ".join(found) or "none"),
                todo="check the name; or make the assignment first: course generate NAME",
            )


WORDS = {
    Status.BY_HAND: "to grade by hand",
    Status.NOT_GRADED: "handed in, not graded",
    Status.NOT_SUBMITTED: "not submitted",
}
