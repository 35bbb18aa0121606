"""The file that Canvas reads under Grades → Import."""

from collections.abc import Iterable, Sequence

from course.desk.classlist.lmslists import LmsList, LmsPerson
from course.desk.classlist.people import Person, Roster
from course.desk.csvtable import safe_text
from course.desk.lms.export.plugin import CourseExport, Marks
from course.desk.words import write_number

COLUMNS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
# Canvas writes it with these spaces, so that it stays on top when the rows are sorted.
POSSIBLE = "    Points Possible"


class CanvasExport(CourseExport):
    """Grades as Canvas's gradebook reads them: a row a student, a column an assignment.

    Canvas finds a student by ID, else by SIS User ID or SIS Login ID, else by name. With `people`
    (the gradebook exported from Canvas) these are Canvas's own, and so are the columns' titles,
    with the number by which Canvas knows its assignment. Without it, ID is the gradebook's
    `lms_user_id` and SIS Login ID the student's id, and Canvas offers to make a new assignment.
    """

    default_name = "canvas.csv"

    def rows(self, roster: Roster, marks: list[Marks]) -> Iterable[Sequence[object]]:
        """Return the rows of the file: the heading, the points possible, the students."""
        exported = self.lms_list("canvas")
        titles = [self._column_title(found.assignment, exported) for found in marks]
        lines = exported.by_student(roster) if exported else {}
        for found, title in zip(marks, titles, strict=True):
            there = exported.possible.get(title) if exported else None
            self.note_possible(found, there, "Points Possible", "the share would come out wrong")
        yield (*COLUMNS, *map(safe_text, titles))
        yield (POSSIBLE, "", "", "", "", *(write_number(found.maximum) for found in marks))
        left_out = []
        for student, person in roster.people.items():
            if exported and student not in lines:
                left_out.append(student)
                continue
            points = (write_number(self.mark(found.by_student[student]), "") for found in marks)
            yield (*_identity_cells(person, lines.get(student)), *points)
        if left_out:
            self.notes.append(
                f"{len(left_out)} left out, {self.people} has no line for them, or several: "
                + ", ".join(left_out)
            )
        self.note_missing(marks)

    def _column_title(self, assignment: str, exported: LmsList | None) -> str:
        """Return the heading of an assignment's column."""
        if assignment in self.titles:
            return str(self.titles[assignment])
        title = exported.find_title(assignment) if exported else None
        if title is None:
            self.notes.append(
                f"{assignment}: Canvas will ask whether this is a new assignment; to name an "
                f'existing one: --people FILE, or --title "{assignment}=NAME IN CANVAS (1234)"'
            )
        return title or assignment


def _identity_cells(person: Person, line: LmsPerson | None) -> tuple[str, ...]:
    """Return the cells by which Canvas finds a student."""
    name = f"{person.last}, {person.first}" if person.last and person.first else person.name
    number = person.number if person.number.isdigit() else ""
    return tuple(map(safe_text, line.cells if line else (name, number, "", person.id, "")))
