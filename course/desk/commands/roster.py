"""The command `course roster`."""

from argparse import Namespace

from rich.table import Table

from course.desk.classlist.classfile import ClassList, read_class_list
from course.desk.classlist.enrollment import Entry, Update, enter_class, read_roster, update_for
from course.desk.classlist.headings import ROSTER
from course.desk.commands.context import console, open_course
from course.errors import CourseError


def roster(options: Namespace) -> int:
    """Show the roster, or read it from a file.

    Raises:
        CourseError: no file is named, or it has faults; then nothing is changed.
    """
    course = open_course()
    if options.action is None:
        _show_roster(read_roster(course))
        return 0
    if options.file is None:
        raise CourseError(
            where="course roster import",
            expected="a CSV file with the class",
            found="none",
            todo="for example: course roster import class.csv",
        )
    found = read_class_list(options.file, options.by, as_written=options.as_written)
    update = update_for(read_roster(course), found)
    if not options.dry_run:
        enter_class(course, found)
    _say_update(found, update)
    if options.dry_run:
        console.print("Nothing was written.")
    return 0


def _show_roster(roster: list[Entry]) -> None:
    if not roster:
        console.print("No student yet: course roster import FILE")
        return
    table = Table(title=f"roster: {len(roster)} students", title_justify="left")
    shown = [f for f in ROSTER[1:] if not f.beside or any(e.values[f.name] for e in roster)]
    for field in (ROSTER[0], *shown):
        table.add_column(field.title, overflow="fold")
    table.add_column("handed in", justify="right")
    for entry in roster:
        row = (entry.values[field.name] or "" for field in shown)
        table.add_row(entry.student, *row, str(entry.submissions))
    console.print(table)


def _say_update(found: ClassList, update: Update) -> None:
    """Say what was cleaned, who is new, who changed, and who is not in the file."""
    lines = list(found.cleaned)
    if found.ignored:
        lines.append("Columns that are not used: " + ", ".join(found.ignored))
    lines.append(
        f"{len(update.new)} new, {len(update.changed)} changed, {update.same} as they were, "
        f"{len(update.missing)} not in the file."
    )
    lines += [f"  new: {student}" for student in update.new]
    for student, changes in update.changed.items():
        words = (f"{name} {old or '–'} → {new or '–'}" for name, (old, new) in changes.items())
        lines.append(f"  changed: {student}: " + "; ".join(words))
    for entry in update.missing:
        work = f" ({entry.submissions} handed in)" if entry.submissions else ""
        lines.append(f"  not in the file: {entry.student}{work}")
    if update.missing:
        lines.append(
            "Students who are not in the file stay. To remove one: nbgrader db student remove ID"
        )
    console.say(*lines)
