"""Compares a class list with the students of the gradebook, and enters it as nbgrader would."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from course.desk.classlist.beside import read_beside, write_beside
from course.desk.classlist.classfile import ClassList, say_alike
from course.desk.classlist.headings import BESIDE, FIELDS
from course.desk.csvtable import fold_id
from course.errors import CourseError
from course.grader.coursedir import Course


@dataclass(frozen=True)
class Entry:
    """A student of the gradebook."""

    student: str  # the id
    # the other fields, in nbgrader's names; None where nothing is known
    values: dict[str, str | None]
    submissions: int  # how many assignments have a submission


@dataclass
class Update:
    """What a class list would change."""

    new: list[str] = field(default_factory=list)  # students whom the gradebook does not know
    # by student, each field that changes with its old and new value
    changed: dict[str, dict[str, tuple[str | None, str | None]]] = field(default_factory=dict)
    same: int = 0  # how many stay as they are
    # students of the gradebook who are not in the list; they stay
    missing: list[Entry] = field(default_factory=list)


def read_roster(course: Course) -> list[Entry]:
    """Return the students of the gradebook, by id."""
    beside = read_beside(course.root)
    with course.gradebook() as gradebook:
        entries = [
            Entry(
                student.id,
                {
                    name: beside.get(student.id, {}).get(name)
                    if name in BESIDE
                    else getattr(student, name)
                    for name in FIELDS[1:]
                },
                len(student.submissions),
            )
            for student in gradebook.students
        ]
    return sorted(entries, key=lambda entry: entry.student)


def update_for(roster: list[Entry], found: ClassList) -> Update:
    """Compare a class list with the roster; columns that the list lacks stay as they are.

    Raises:
        CourseError: an id in the list is that of another student but for zeros or capitals.
    """
    known = {entry.student: entry.values for entry in roster}
    _refuse_alike(known, found)
    update = Update(missing=[e for e in roster if e.student not in found.students])
    for student, values in found.students.items():
        if student not in known:
            update.new.append(student)
            continue
        old = known[student]
        changes = {n: (old[n], new) for n, new in values.items() if old[n] != new}
        if changes:
            update.changed[student] = changes
        else:
            update.same += 1
    return update


def _refuse_alike(known: Iterable[str], found: ClassList) -> None:
    """Raise where a new id is that of a known student but for zeros in front, or capitals."""
    plain = {fold_id(student): student for student in known}
    for student in found.students:
        other = plain.get(fold_id(student), student)
        if other != student and student not in plain.values():
            raise CourseError(
                where=f"the id '{student}' in the class list",
                expected="an id that no other student has",
                found=f"the student '{other}' of the gradebook",
                todo=f"they differ by {say_alike(student)}",
            )


def enter_class(course: Course, found: ClassList) -> None:
    """Enter a class list in the gradebook, all or none of it; nobody is removed."""
    from nbgrader.api import Student

    with course.gradebook() as gradebook:
        known = {student.id: student for student in gradebook.students}
        try:
            for student, said in found.students.items():
                values = {name: value for name, value in said.items() if name not in BESIDE}
                if student not in known:
                    # Not nbgrader's add_student, which commits each student by itself.
                    gradebook.db.add(Student(id=student, **values))
                    continue
                for name, value in values.items():
                    setattr(known[student], name, value)
            gradebook.db.commit()
        except BaseException:
            gradebook.db.rollback()
            raise
    beside = {
        student: {name: said[name] for name in BESIDE if name in said}
        for student, said in found.students.items()
    }
    if any(beside.values()):
        write_beside(course.root, beside)
