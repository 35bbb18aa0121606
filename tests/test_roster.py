"""`course roster`: the class is read from a file as it comes out of a school or an LMS."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from course.desk import cli
from course.desk.classlist.classfile import ClassList, read_class_list
from course.desk.classlist.enrollment import Entry, read_roster, update_for
from course.desk.classlist.headings import ROSTER
from course.desk.classlist.lmslists import read_list
from course.desk.deadlines.extensions import read_extensions, set_extension
from course.errors import CourseError
from course.grader.coursedir import Course

PLAIN = (
    "id,first_name,last_name,email,lms_user_id\n"
    "ana-quispe,Ana,Quispe,ana@example.org,101\n"
    "luis-campos,Luis,Campos,luis@example.org,102\n"
)
STUDENTS = {
    "ana-quispe": {
        "first_name": "Ana",
        "last_name": "Quispe",
        "email": "ana@example.org",
        "lms_user_id": "101",
    },
    "luis-campos": {
        "first_name": "Luis",
        "last_name": "Campos",
        "email": "luis@example.org",
        "lms_user_id": "102",
    },
}


def _file(folder: Path, text: str | bytes) -> Path:
    path = folder / "class.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


# --- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        PLAIN.replace(",", ";"),
        PLAIN.replace(",", "\t"),
        PLAIN.replace("\n", "\r\n"),
        "\ufeff" + PLAIN,
        PLAIN.encode("utf-16"),
        PLAIN.replace("\nluis", "\n\n , ,\nluis"),
        PLAIN.replace("Quispe,", '"Quispe",'),
        PLAIN.replace("id,first_name,last_name,email,", "Student ID,First Name,Surname,E-mail,"),
        PLAIN.replace("first_name", " First_Name "),
    ],
)
def test_a_list_is_read_however_it_was_saved(tmp_path: Path, text: str | bytes) -> None:
    """Separators, line ends, marks, empty lines, quotes and spellings of headings do not matter."""
    found = read_class_list(_file(tmp_path, text))
    assert found.students == STUDENTS
    assert found.ignored == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16"])
def test_names_keep_their_letters(tmp_path: Path, encoding: str) -> None:
    """An old encoding costs no accent."""
    text = "id;first_name;last_name\nnunez;Íñigo;Núñez Güell\n"
    found = read_class_list(_file(tmp_path, text.encode(encoding)))
    assert found.students == {"nunez": {"first_name": "Íñigo", "last_name": "Núñez Güell"}}


def test_a_gradebook_of_canvas_is_read(tmp_path: Path) -> None:
    """Its ID is the number in the LMS; the login is the id; names stand as Last, First."""
    text = (
        "Student,ID,SIS User ID,SIS Login ID,Section,Votes (7)\n"
        "    Points Possible,,,,,30\n"
        '"Quispe, Ana",101,S-1,ana-quispe,A,27\n'
        '"Campos, Luis",102,S-2,luis-campos,A,\n'
        '"Student, Test",103,,0f3ac,A,\n'
    )
    found = read_class_list(_file(tmp_path, text))
    wanted = {
        name: {k: v for k, v in values.items() if k != "email"} for name, values in STUDENTS.items()
    }
    assert found.students == {who: said | {"group": "A"} for who, said in wanted.items()}
    assert found.ignored == ("SIS User ID", "Votes (7)")


def test_a_list_of_moodle_is_read(tmp_path: Path) -> None:
    """The user name is the id, also where there is an ID number."""
    text = (
        '"First name","Last name",Username,"ID number","Email address",Groups\n'
        "Ana,Quispe,ana-quispe,77,ana@example.org,A\n"
    )
    found = read_class_list(_file(tmp_path, text))
    values = {k: v for k, v in STUDENTS["ana-quispe"].items() if k != "lms_user_id"}
    assert found.students == {"ana-quispe": values | {"group": "A"}}
    assert found.ignored == ("ID number",)


PARTICIPANTS = (
    '"First name","Last name","Email address"\n'
    "Ana,Quispe,ana.quispe@uni.example\nLuis,Campos,luis@uni.example\n"
)


@pytest.mark.parametrize(
    ("by", "ids"),
    [
        ("email", ["ana.quispe@uni.example", "luis@uni.example"]),
        ("account", ["ana.quispe", "luis"]),
        ("First name", ["Ana", "Luis"]),
    ],
)
def test_moodles_participants_are_taken_by_the_column_that_is_named(
    tmp_path: Path, by: str, ids: list[str]
) -> None:
    """Names and addresses only: the instructor says which of them is the id."""
    for text in (
        PARTICIPANTS,
        PARTICIPANTS.replace('"First name","Last name"', '"First name","Full name"'),
    ):
        found = read_class_list(_file(tmp_path, text), by)
        assert list(found.students) == ids
        assert [student["email"] for student in found.students.values()] == [
            "ana.quispe@uni.example",
            "luis@uni.example",
        ]
    full = '"Full name","Email address"\nAna Quispe,ana.quispe@uni.example\n'
    (student,) = read_class_list(_file(tmp_path, full), "account").students.values()
    assert (student["first_name"], student["last_name"]) == (None, "Ana Quispe")


@pytest.mark.parametrize(
    ("text", "by", "asked"),
    [
        (PARTICIPANTS, "", "--id email (ana.quispe@uni.example), --id account (ana.quispe)"),
        (PARTICIPANTS, "Matricula", "expected: a column Matricula"),
        ('Student,ID,Section,Votes (7)\n"Quispe, Ana",101,A,\n', "", '--id "COLUMN"'),
        ("id,first_name\nana,Ana\n", "account", "expected: a column account"),
    ],
)
def test_a_list_without_ids_is_asked_about(tmp_path: Path, text: str, by: str, asked: str) -> None:
    """Nothing is guessed, and each answer is shown with what it would give."""
    with pytest.raises(CourseError) as error:
        read_class_list(_file(tmp_path, text), by)
    assert asked in str(error.value)


def test_all_faults_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    """Missing, double and impossible ids, odd addresses, too many cells, too long texts."""
    text = (
        "id,first_name,last_name,email\n"
        "ana,Ana,Quispe,ana@example.org\n"
        ",Bea,Rojas,bea@example.org\n"
        "ana,Ana,Again,\n"
        "carlos ruiz,Carlos,Ruiz,\n"
        "../dora,Dora,Diaz,dora\n"
        "elena,Elena,Torres, Maria,elena@example.org\n"
        f"fina,{'F' * 129},Flores,\n"
    )
    with pytest.raises(CourseError) as error:
        read_class_list(_file(tmp_path, text))
    message = str(error.value)
    for words in (
        "8 faults",
        "line 3: no id",
        "line 4: the id 'ana' is already in line 2",
        "line 5: the id 'carlos ruiz' holds a space",
        "line 6: the id '../dora' may hold letters",
        "line 6: 'dora' is not an e-mail address",
        "line 7: 5 cells, but 4 columns",
        "line 7: 'Maria' is not an e-mail address",
        "line 8: first_name has 129 characters",
        "nothing was changed",
    ):
        assert words in message


def test_lines_are_counted_as_an_editor_does(tmp_path: Path) -> None:
    """Also behind a cell with a line break, and where lines are empty."""
    text = 'id,last_name\n\nana,"Quispe\nRojas"\nana,Campos\n'
    with pytest.raises(CourseError, match="line 5: the id 'ana' is already in line 3"):
        read_class_list(_file(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "an empty file"),
        ("id,email\n", "no line below"),
        ("name,mail\nAna,ana@example.org\n", "the columns name, mail"),
        (b"PK\x03\x04rest", "save it as CSV"),
        ('id,email\nana,"ana@example.org\n', "line 2"),
    ],
)
def test_a_file_that_is_no_class_list_is_told(
    tmp_path: Path, text: str | bytes, reason: str
) -> None:
    """What it is and what is wanted."""
    with pytest.raises(CourseError, match=reason):
        read_class_list(_file(tmp_path, text))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """With its path."""
    with pytest.raises(CourseError, match=r"class.csv"):
        read_class_list(tmp_path / "class.csv")


# --- the gradebook --------------------------------------------------------------------------------


def test_a_list_is_compared_with_the_roster() -> None:
    """New, changed, the same, missing; a column that the list lacks is no change."""
    roster = [
        Entry("ana", {"first_name": "Ana", "email": "old@example.org"}, 1),
        Entry("bea", {"first_name": "Bea", "email": "bea@example.org"}, 0),
        Entry("carla", {"first_name": "Carla", "email": None}, 2),
    ]
    students: dict[str, dict[str, str | None]] = {
        "ana": {"email": "ana@example.org"},
        "bea": {"email": "bea@example.org"},
        "dora": {"email": None},
    }
    update = update_for(roster, ClassList(students, ("email",), ()))
    assert update.new == ["dora"]
    assert update.changed == {"ana": {"email": ("old@example.org", "ana@example.org")}}
    assert update.same == 1
    assert [entry.student for entry in update.missing] == ["carla"]


def _said(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    assert cli.main(["roster", *words]) == code
    said = capsys.readouterr()
    return " ".join((said.out if code == 0 else said.err).split())


def test_import_enters_and_updates_and_says_so(
    course_copy: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """A second file changes what it has columns for; who is missing from it stays."""
    assert "No student yet" in _said(capsys)
    path = _file(course_copy.root, PLAIN)
    assert "Nothing was written." in _said(capsys, "import", str(path), "--dry-run")
    assert read_roster(course_copy) == []
    assert "2 new, 0 changed, 0 as they were, 0 not in the file" in _said(
        capsys, "import", str(path)
    )
    entered = {e.student: e.values for e in read_roster(course_copy)}
    assert entered == {who: said | {"group": None} for who, said in STUDENTS.items()}
    assert "Quispe │ Ana │ ana@example.org │ 101 │ 0" in _said(capsys)
    path.write_text("id,email,Shoe\nana-quispe,,7\nbea,bea@example.org,8\n")
    text = _said(capsys, "import", str(path))
    assert "Columns that are not used: Shoe" in text
    assert "1 new, 1 changed, 0 as they were, 1 not in the file" in text
    assert "changed: ana-quispe: email ana@example.org → –" in text
    assert "not in the file: luis-campos" in text
    roster = {e.student: e.values for e in read_roster(course_copy)}
    assert roster["ana-quispe"] == STUDENTS["ana-quispe"] | {"email": None, "group": None}
    assert roster["luis-campos"] == STUDENTS["luis-campos"] | {"group": None}


def test_a_field_that_the_gradebook_lacks_is_kept_beside_it(
    course_copy: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """Groups stand in roster.csv: shown, changed, emptied and kept like the other fields."""
    path = _file(course_copy.root, "id,Groups\nana-quispe,A\nbea,=B1\n")
    _said(capsys, "import", str(path))
    assert read_roster(course_copy)[0].values["group"] == "A"
    assert "┃ group ┃" in _said(capsys)
    assert "bea,'=B1" in (course_copy.root / "roster.csv").read_text()
    text = _said(capsys, "import", str(path))
    assert "0 new, 0 changed, 2 as they were" in text
    path.write_text("id,email\nana-quispe,ana@example.org\n")
    _said(capsys, "import", str(path))
    path.write_text("id,Section\nbea,C\nana-quispe,\n")
    assert "changed: bea: group =B1 → C" in _said(capsys, "import", str(path))
    assert [e.values["group"] for e in read_roster(course_copy)] == [None, "C"]
    (course_copy.root / "roster.csv").write_text("name\nbea\n")
    assert "a column 'id'" in _said(capsys, code=1)


def test_the_other_fields_are_those_of_the_gradebook() -> None:
    """What nbgrader's Student lacks must be marked as kept beside it."""
    from nbgrader.api import Student

    assert {field.name: hasattr(Student, field.name) for field in ROSTER} == {
        field.name: not field.beside for field in ROSTER
    }


def test_a_faulty_list_changes_nothing(
    course_copy: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not even the lines that are right."""
    _said(capsys, "import", str(_file(course_copy.root, PLAIN)))
    before = read_roster(course_copy)
    path = _file(course_copy.root, "id,email\nbea,bea@example.org\nana-quispe,nothing\n")
    assert "line 3: 'nothing' is not an e-mail address" in _said(
        capsys, "import", str(path), code=1
    )
    assert "class.csv" in _said(capsys, "import", code=1)
    assert read_roster(course_copy) == before


def test_the_outcome_is_that_of_nbgraders_own_import(course_copy: Course, tmp_path: Path) -> None:
    """`nbgrader db student import` of the same files leaves the same students."""
    first = _file(tmp_path, PLAIN)
    second = tmp_path / "second.csv"
    second.write_text("id,email,first_name\nana-quispe,,Anita\nbea,bea@example.org,\n")
    for path in (first, second):
        assert cli.main(["roster", "import", str(path)]) == 0
    ours = read_roster(course_copy)
    (course_copy.root / "gradebook.db").unlink()
    for path in (first, second):
        tool = str(Path(sys.executable).parent / "nbgrader")
        command = [tool, "db", "student", "import", str(path)]
        subprocess.run(command, cwd=course_copy.root, check=True, capture_output=True)
    assert read_roster(course_copy) == ours


def test_names_hold_nothing_that_steers_a_terminal(
    course_copy: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """People choose their names in an LMS: what is not seen goes, and each line of it is told."""
    text = (
        'id,first_name,last_name\nana,"\x1b[31mA\nna",\u202eTorres\nbea, Bea ,R\u200co\n'
        "carla,Carla\u00a0María,Ruiz\n"
    )
    path = _file(course_copy.root, text)
    found = read_class_list(path)
    assert found.students["ana"] == {"first_name": "[31mA na", "last_name": "Torres"}
    assert found.students["bea"] == {"first_name": "Bea", "last_name": "R\u200co"}
    said = _said(capsys, "import", str(path))
    how = "held line breaks or characters that cannot be seen; taken as"
    assert f"line 2: first_name {how} '[31mA na'" in said
    assert f"line 2: last_name {how} 'Torres'" in said
    assert "line 4" not in said
    assert f"line 5: first_name {how} 'Carla María'" in said


@pytest.mark.parametrize("field", ["first_name", "last_name", "email", "lms_user_id"])
def test_a_tag_is_no_name(tmp_path: Path, field: str) -> None:
    """A list with one is refused with its line: somebody tries what a page makes of it."""
    live = "<img/src=x@onerror=a.b>"
    with pytest.raises(CourseError, match=f"line 2: {field} holds < or >"):
        read_class_list(_file(tmp_path, f"id,{field}\nana,{live}\n"))


def test_a_locked_gradebook_is_named(
    course_copy: Course,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Where another program writes for too long, it is said what to do."""
    read_roster(course_copy)  # so that there is a gradebook
    database = course_copy.root / "gradebook.db"
    monkeypatch.setenv("BACKYARD_DB", f"sqlite:///{database}?timeout=0.1")
    with contextlib.closing(sqlite3.connect(database)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert cli.main(["roster", "import", str(_file(tmp_path, "id\nana\n"))]) == 1
    assert "another program holds it" in capsys.readouterr().err
    assert cli.main(["roster", "import", str(_file(tmp_path, "id\nana\n"))]) == 0


@pytest.mark.parametrize(
    "student",
    [
        *("20061234.0", "1.23457E+11", "1,23457E+11", "20,061,234"),
        *("4-may", "may-04", "4-May-26", "04-May-2026", "2026-May-04", "May 4", "May 4, 2026"),
        *("4-mai", "04-abr", "4-févr", "août-26", "4. Mai", "04.Okt.26", "12-dic", "4-şub"),
        *("2026-05-04", "2026-05-04 00:00:00", "04.05.2026", "4-5-2026", "Mar-2004"),
        *("1.2E-02", "20.061.234", "123456789012345000", "#####", "#REF!", "#NAME?"),
    ],
)
def test_an_id_that_a_spreadsheet_mangled_is_refused(tmp_path: Path, student: str) -> None:
    """It would be a new student's, beside the one who is meant."""
    (tmp_path / "class.csv").write_text(f"id;name\n{student};Ana\n", "utf-8")
    with pytest.raises(CourseError, match=r"line 2.*spreadsheet.*--as-written") as caught:
        read_class_list(tmp_path / "class.csv")
    assert student in caught.value.found


def test_an_honest_id_that_looks_like_a_date_is_taken_as_written(
    course_copy: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the instructor says so; more time can then be given to its student, too."""
    path = str(_file(course_copy.root, "id\njan-12\nmay-4\n"))
    assert "2 new" in _said(capsys, "import", path, "--as-written")
    set_extension(course_copy.root, "votes", "may-4", timedelta(days=1))
    known = [entry.student for entry in read_roster(course_copy)]
    assert set(read_extensions(course_copy.root, "votes", known)) == {"may-4"}
    with pytest.raises(CourseError, match=r"'may-4' .*none; a spreadsheet makes this of an id"):
        read_extensions(course_copy.root, "votes", ["jan-12"])
    assert set(read_extensions(course_copy.root, "votes")) == {"may-4"}  # nbgrader's autograding


@pytest.mark.parametrize(
    "student",
    [
        *("ana-2021", "12e3", "4.5", "x.0", "4-mayor", "may2004", "garcia-04", "may_04", "may.04"),
        *("maya-04", "may-123", "julio-04", "abril-5", "2021-04-45", "1-2-3", "2021-0412", "4may"),
        "1234567890123450",
    ],
)
def test_an_id_that_only_looks_odd_is_taken(tmp_path: Path, student: str) -> None:
    """Ids are what a school makes of them."""
    (tmp_path / "class.csv").write_text(f"id\n{student}\n")
    assert set(read_class_list(tmp_path / "class.csv").students) == {student}


def test_a_number_that_a_spreadsheet_mangled_is_refused(tmp_path: Path) -> None:
    """Canvas's own: by it the downloads are matched, and lines without one would be passed over."""
    path = tmp_path / "gradebook.csv"
    path.write_text('Student,ID,SIS Login ID,Section\n"Q, Ana",1.01E+05,ana,S\n')
    with pytest.raises(CourseError, match=r"line 2: the number '1\.01E\+05'"):
        read_class_list(path)
    with pytest.raises(CourseError, match="line 2"):
        read_list(path, UTC)


def test_ids_that_differ_by_zeros_in_front_or_capitals_are_asked_about(tmp_path: Path) -> None:
    """In one list, and between a list and the roster."""
    (tmp_path / "class.csv").write_text("id\nana\nAna\n")
    with pytest.raises(CourseError, match=r"line 3.*line 2 but for capitals"):
        read_class_list(tmp_path / "class.csv")
    (tmp_path / "class.csv").write_text("id\n001234\n1234\n")
    with pytest.raises(CourseError, match=r"line 3.*line 2 but for zeros"):
        read_class_list(tmp_path / "class.csv")
    (tmp_path / "class.csv").write_text("id\n1234\n")
    roster = [
        Entry("001234", dict.fromkeys(("first_name", "last_name", "email", "lms_user_id")), 0)
    ]
    with pytest.raises(CourseError, match="'001234'"):
        update_for(roster, read_class_list(tmp_path / "class.csv"))
