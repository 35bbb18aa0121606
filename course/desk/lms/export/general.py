"""The general CSV file: a line for each student and assignment."""

from collections.abc import Iterable, Sequence

from traitlets import Bool

from course.desk.classlist.people import Roster
from course.desk.csvtable import safe_text
from course.desk.lms.export.plugin import CourseExport, Marks
from course.desk.words import write_number

COLUMNS = (
    *("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email"),
    *("raw_score", "late_submission_penalty", "score", "max_score", "status", "to_grade_by_hand"),
)


class CsvExport(CourseExport):
    """Grades as CSV, with the columns of nbgrader's own export, and status.

    `score` is what counts: `raw_score` less the penalty. It is empty where nothing was graded, and
    0 only where 0 points were earned. With hand grades missing it holds the points so far; the
    column `status` then says "to grade by hand", and `to_grade_by_hand` how many questions.
    """

    questions = Bool(False, help="Add a column for each question.").tag(config=True)

    def rows(self, roster: Roster, marks: list[Marks]) -> Iterable[Sequence[object]]:
        """Return the rows of the file, the heading first."""
        names = [name for found in marks for name in found.questions] if self.questions else []
        yield (*COLUMNS, *names)
        for found in marks:
            for student, mark in found.by_student.items():
                person = roster.people[student]
                texts = (student, person.last, person.first, person.email)
                graded = mark.raw is not None
                score = mark.points if graded else self.mark(mark)
                yield (
                    safe_text(found.assignment),
                    found.duedate or "",
                    mark.timestamp or "",
                    *map(safe_text, texts),
                    write_number(mark.raw, ""),
                    write_number(mark.penalty if graded else None, ""),
                    write_number(score, ""),
                    write_number(found.maximum),
                    mark.status.value,
                    mark.waiting if graded else "",
                    *(write_number(mark.questions.get(name), "") for name in names),
                )
