"""Gives feedback pages back to students whom the exchange does not reach.

In: the pages in feedback/STUDENT/ASSIGNMENT, and downloaded/ASSIGNMENT, which says how the LMS
named each student's files. Out, in feedback/: the ZIP file that Moodle or Canvas takes, with the
grades beside; or a folder of pages with a list, and a table for a mail merge.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

import nbformat
from jinja2 import Environment
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from course.desk.classlist.lmslists import LmsPerson, read_list
from course.desk.classlist.people import Person, read_roster
from course.desk.csvtable import safe_text, write_csv
from course.desk.lms.export import export_grades
from course.desk.lms.export.plugin import Mark, Status, read_marks
from course.desk.lms.filenames import read_handle
from course.desk.lms.record import find_people, read_record
from course.desk.words import write_count, write_number
from course.grader.coursedir import Course
from course.wholefile import write_whole

Pages = Mapping[str, list[Path]]  # by student
UPLOAD = {
    "moodle": "Moodle: first Upload grading worksheet with the grades, then Upload multiple "
    "feedback files in a zip",
    "canvas": "Canvas: Upload Submissions in the assignment with the ZIP file, Grades → Import "
    "with the grades",
}
CARRIED = """# Feedback

Your feedback is below. Canvas gives a file back under the name of the one that you uploaded: keep
this one apart from your own notebook."""


def give_back(
    course: Course,
    assignment: str,
    kind: str | None = None,
    people: Path | None = None,
    titles: Mapping[str, str] | None = None,
) -> list[str]:
    """Write what an instructor uploads or sends, and return what to say of it, a line each.

    Args:
        course: the course; its pages have been made.
        assignment: its name.
        kind: "moodle", "canvas", "folder" for all pages in one, or None for those who cannot fetch
            theirs from the exchange.
        people: the LMS's list; else the one with which the download was collected.
        titles: the assignment's name in Canvas.
    """
    found = sorted(course.root.glob(f"feedback/*/{assignment}/*.html"))
    pages: dict[str, list[Path]] = {}
    for page in found:
        pages.setdefault(page.parent.parent.name, []).append(page)
    fetched = {s for s, p in pages.items() if (p[0].parent / "submission_secret.txt").is_file()}
    many = "" if len(fetched) == len(pages) else f"{len(fetched)} of them "
    there = f", {many}put into the exchange" if fetched or not pages else ""
    said = [f"{assignment}: {len(found)} pages in feedback/{there}"]
    place = course.root / "downloaded" / assignment
    parts = {who: dict(entry.get("parts") or {}) for who, entry in read_record(place).items()}
    rest = {s: p for s, p in pages.items() if kind == "folder" or s not in fetched}
    if kind in UPLOAD:
        people = people or find_people(place)
        files = _name_for_lms(course, kind, pages, parts, people)
        target = course.root / "feedback" / f"{assignment}-{kind}.zip"
        if files:
            pairs = (pair for named in files.values() for pair in named.items())
            write_whole(target, _make_zip(pairs))
            said += [f"feedback/{target.name}: the pages of {write_count(len(files), 'student')}"]
        else:
            target.unlink(missing_ok=True)
            said += [f"no submission came from {kind.capitalize()}, so there is no ZIP file for it"]
        grades = target.with_name(f"{assignment}-{kind}-grades.csv")
        how = {"people": str(people or ""), "titles": dict(titles or {})}
        notes = export_grades(course, kind, grades, assignment=[assignment], **how)
        said += [f"feedback/{grades.name}: the grades", *(f"  {note}" for note in notes)]
        said += [UPLOAD[kind]] if files else []
        rest = {s: p for s, p in rest.items() if s not in files}
    if rest:
        folder = course.root / "feedback" / f"{assignment}-pages"
        _write_folder(course, assignment, rest, folder)
        why = f"not from {kind.capitalize()}" if kind in UPLOAD else "not through the exchange"
        said += [f"{why}: {', '.join(rest)}"] if kind != "folder" else []
        said += [
            f"feedback/{folder.name}: {len(rest)} pages to send, with index.html (the list) and "
            "mail-merge.csv"
        ]
    return said + ([] if kind else _say_systems(assignment, parts, rest))


def _say_systems(assignment: str, parts: Mapping[str, dict[str, str]], rest: Pages) -> list[str]:
    """Name the LMS that takes the pages of students who submitted there."""
    kinds = [_find_kind(part) for s in rest for part in list(parts.get(s, {}).values())[:1]]
    return [
        f"{kinds.count(kind)} of them submitted in {kind.capitalize()}, which takes all pages at "
        f"once: course feedback {assignment} --for {kind}"
        for kind in sorted({*kinds} & UPLOAD.keys())
    ]


def _find_kind(part: str) -> str:
    return read_handle(PurePosixPath(part))[-1].kind


def _name_for_lms(
    course: Course,
    kind: str,
    pages: Pages,
    parts: Mapping[str, dict[str, str]],
    people: Path | None,
) -> dict[str, dict[str, bytes]]:
    """Return the files of the archive by student and name, for those whom the LMS knows."""
    lines: dict[str, LmsPerson] = {}
    if people is not None and (listed := read_list(people, course.zone)).kind == kind:
        with course.gradebook() as gradebook:
            lines = listed.by_student(read_roster(gradebook))
    write = _moodle_files if kind == "moodle" else _canvas_files
    named = {s: write(p, parts.get(s, {}), lines.get(s)) for s, p in pages.items()}
    return {student: files for student, files in named.items() if files}


def _moodle_files(
    pages: list[Path], parts: Mapping[str, str], line: LmsPerson | None
) -> dict[str, bytes]:
    """Return a student's pages by their names for Moodle: FULL NAME_NUMBER_assignsubmission_file_/.

    The number decides: that of the worksheet, else of the download. What stands before it must hold
    no underscore, at which Moodle would cut.
    """
    name, number = (line.name, line.number) if line else ("", "")
    for part in parts.values():
        handle = read_handle(PurePosixPath(part))[-1]
        if handle.kind == "moodle" and not number:
            name, number = handle.name, handle.number
    name = re.sub(r"[_/\\]+", " ", name)
    folder = f"{name}_{number}_assignsubmission_file_"
    return {f"{folder}/{page.name}": page.read_bytes() for page in pages} if number else {}


def _canvas_files(
    pages: list[Path], parts: Mapping[str, str], line: LmsPerson | None
) -> dict[str, bytes]:
    """Return a student's pages by their names for Canvas: those of the files that it gave out.

    Canvas finds user and file by the two numbers in the name, and gives the page to the student
    under the name of that file: a notebook has to be one.
    """
    files = {}
    for page in pages:
        part = parts.get(f"{page.stem}.ipynb", "")
        if part and _find_kind(part) == "canvas":
            packed = part.lower().endswith(".zip")
            files[part] = _make_zip([(page.name, page.read_bytes())]) if packed else _carry(page)
    return files


def _carry(page: Path) -> bytes:
    """Return a notebook that shows a page."""
    body = re.search(r"<body[^>]*>(.*)</body>", page.read_text(encoding="utf-8"), re.S)
    shown = new_output("display_data", data={"text/html": body[1] if body else ""})
    cells = [new_markdown_cell(CARRIED), new_code_cell(outputs=[shown])]
    return str(nbformat.writes(new_notebook(cells=cells))).encode()


def _make_zip(files: Iterable[tuple[str, bytes]]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return made.getvalue()


def _write_folder(course: Course, assignment: str, pages: Pages, folder: Path) -> None:
    """Write pages into one folder, with a list of them and a table for a mail merge."""
    folder.mkdir(exist_ok=True)
    with course.gradebook() as gradebook:
        roster, (marks,) = read_marks(gradebook, course.root / "submitted", [assignment])
    table: list[tuple[str, ...]] = [("id", "name", "email", "file", "points", "of", "status")]
    for student, found in pages.items():
        person = roster.people.get(student, Person(student))
        mark = marks.by_student.get(student, Mark(Status.NOT_SUBMITTED))
        points = write_number(mark.points if mark.status is Status.GRADED else None, "")
        for page in found:
            name = f"{student}-{page.name}"
            write_whole(folder / name, page.read_bytes())
            about = (student, person.name, person.email, name)
            table.append((*about, points, write_number(marks.maximum), mark.status.value))
    # The mark at the start is what mail programs and spreadsheets know UTF-8 by.
    write_whole(
        folder / "mail-merge.csv",
        "\ufeff" + write_csv([safe_text(cell) for cell in row] for row in table),
    )
    template = Environment(autoescape=True).from_string(LIST)
    listed = template.render(name=assignment, rows=table[1:])
    write_whole(folder / "index.html", listed + "\n")


LIST = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Feedback pages: {{ name }}</title></head>
<body><h1>Feedback pages: {{ name }}</h1>
<table><thead><tr><th>name</th><th>id</th><th>e-mail</th><th>points</th><th>status</th></tr></thead>
<tbody>
{% for id, who, email, file, points, of, status in rows -%}
<tr><td><a href="{{ file }}">{{ who }}</a></td><td>{{ id }}</td><td>{{ email }}</td>\
<td>{{ points }}</td><td>{{ status }}</td></tr>
{% endfor %}</tbody></table></body></html>
"""
