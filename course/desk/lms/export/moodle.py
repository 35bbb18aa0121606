"""The file that Moodle reads under Grades → Import → CSV file."""

from collections.abc import Callable, Iterable, Sequence

from traitlets import Enum

from course.desk.classlist.lmslists import LmsList
from course.desk.classlist.people import Person, Roster
from course.desk.csvtable import safe_text
from course.desk.lms.export.plugin import CourseExport, Marks
from course.desk.words import write_number
from course.errors import CourseError

NO_GRADE = "-"
# The heading of the column by which Moodle finds a student, and what stands in it.
KEYS: dict[str, tuple[str, Callable[[Person], str]]] = {
    "email": ("Email address", lambda person: person.email),
    "username": ("Username", lambda person: person.id),
    "idnumber": ("ID number", lambda person: person.number),
}


class MoodleExport(CourseExport):
    """Grades as Moodle's gradebook reads them: a row a student, a column an assignment.

    One column says who is meant, and it is filled in every row: Moodle would give the grades of a
    row with an empty one to the student of the row before. Where there is no mark stands "-", which
    Moodle takes for "no grade".

    With `people`, the grading worksheet of an assignment, it is that worksheet with the grades
    entered, which Moodle reads in the assignment itself (Upload grading worksheet).
    """

    default_name = "moodle.csv"

    identify = Enum(
        ["", *KEYS],
        default_value="",
        help="How Moodle finds a student; by default by email if all have one, else by username.",
    ).tag(config=True)

    def rows(self, roster: Roster, marks: list[Marks]) -> Iterable[Sequence[object]]:
        """Return the rows of the file, the heading first."""
        worksheet = self.lms_list("moodle")
        if worksheet is not None:
            yield from self._fill_worksheet(worksheet, roster, marks)
            return
        people = list(roster.people.values())
        key = self.identify or ("email" if all(p.email for p in people) else "username")
        heading, read = KEYS[key]
        titles = [str(self.titles.get(m.assignment, m.assignment)) for m in marks]
        yield (heading, "First name", "Last name", *map(safe_text, titles))
        for person in people:
            if read(person):
                points = (
                    write_number(self.mark(found.by_student[person.id]), NO_GRADE)
                    for found in marks
                )
                yield (*map(safe_text, (read(person), person.first, person.last)), *points)
        left_out = [person.id for person in people if not read(person)]
        if left_out:
            self.notes.append(f"left out, without {heading}: {', '.join(left_out)}")
        self.notes.append(f'in Moodle choose "Identify user by": {heading}')
        self.note_missing(marks)

    def _fill_worksheet(
        self, worksheet: LmsList, roster: Roster, marks: list[Marks]
    ) -> Iterable[Sequence[object]]:
        """Return the rows of a worksheet with the grades in their column; all else as it was."""
        if len(marks) != 1 or "Grade" not in worksheet.head:
            raise CourseError(
                where=f"the grading worksheet {self.people}",
                expected="one assignment, and the column Grade",
                found=f"{len(marks)} assignments; the columns {', '.join(worksheet.head)}",
                todo="name the assignment (--assignment NAME); download the worksheet again, in "
                "English",
            )
        (found,), column = marks, worksheet.head.index("Grade")
        harm = "Moodle skips what is above its own maximum without a word"
        self.note_possible(found, worksheet.possible.get(""), "Maximum Grade", harm)
        lines = {id(line): who for who, line in worksheet.by_student(roster).items()}
        yield worksheet.head
        for line in worksheet.people:
            student = lines.get(id(line))
            points = self.mark(found.by_student[student]) if student else None
            cells = list(line.cells)
            if points is not None:
                cells[column] = write_number(points)
            yield cells
        left_out = [who for who in roster.people if who not in lines.values()]
        if left_out:
            self.notes.append(f"left out, not in {self.people}: {', '.join(left_out)}")
        self.note_missing(marks)
