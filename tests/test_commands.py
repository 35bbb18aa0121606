"""The command `course`, the set-up script and the doctor: what they say when something is wrong."""

from __future__ import annotations

import errno
import importlib.util
import io
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
from argparse import Namespace
from pathlib import Path
from types import ModuleType

import pytest
from sqlalchemy.exc import DatabaseError

from course.desk import steps
from course.desk.cli import main
from course.desk.commands import doctor
from course.desk.simulated.students import apply_mishap, fresh_folder, load_cases
from course.errors import CourseError
from course.grader.coursedir import Course, find_course
from tests.notebooks import ROOT


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int) -> str:
    """Run `course` with arguments; return all that it says, on one line."""
    assert main(list(arguments)) == code
    captured = capsys.readouterr()
    return " ".join((captured.out + captured.err).split())


def assert_tells(text: str, *parts: str) -> None:
    """An error says where, what was expected, what was found and what to do."""
    for part in ("expected:", "found:", "do:", *parts):
        assert part in text, f"'{part}' is not in: {text}"


# --- the loop ------------------------------------------------------------------------------------


def test_an_unknown_assignment_is_named_with_the_known_ones(
    course_copy: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """`course release vote` says which assignments there are."""
    text = said(capsys, "release", "vote", code=1)
    assert_tells(text, "assignment 'vote'", "one of: argument, start, timeline, verdict, votes")
    text = said(capsys, "grade", "vote", code=1)
    assert_tells(text, "assignment 'vote'")
    assert "0/0" not in text  # no bar where nothing was done


def test_a_missing_exchange_is_named_with_the_way_to_make_it(
    course_copy: Course, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that BACKYARD_EXCHANGE names but that is not there is told, with the command."""
    missing = course_copy.root / "no-such-place"
    monkeypatch.setenv("BACKYARD_EXCHANGE", str(missing))
    text = said(capsys, "release", "votes", code=1)
    assert_tells(text, str(missing), "no such folder", "mkdir -p")


def test_collecting_before_releasing_says_so(
    course_copy: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """`course collect votes` in a new course names the step that comes first."""
    assert_tells(said(capsys, "collect", "votes", code=1), "course release votes")


def test_feedback_before_grading_says_so(
    course_copy: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """`course feedback votes` without grades names the step that comes first."""
    assert_tells(said(capsys, "feedback", "votes", code=1), "course grade votes")


def test_outside_a_course_the_command_says_where_to_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Run anywhere else, the command asks to change into the course folder."""
    monkeypatch.chdir(tmp_path)
    assert_tells(said(capsys, "generate", code=1), str(tmp_path), "nbgrader_config.py")


def test_settings_that_cannot_be_read_are_named(course_copy: Course) -> None:
    """A slip in nbgrader_config.py is told with the file's name and Python's reason."""
    with (course_copy.root / "nbgrader_config.py").open("a") as file:
        file.write("c.Execute.timeout = = 3\n")
    with pytest.raises(CourseError, match="SyntaxError") as error:
        Course(course_copy.root)
    assert_tells(str(error.value), "nbgrader_config.py")
    (course_copy.root / "nbgrader_config.py").write_text("")
    with pytest.raises(CourseError, match="empty or cut"):
        Course(course_copy.root).gradebook()


def test_the_loop_in_single_commands(
    course_copy: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """generate, release, collect, grade, report, feedback, export, each by its own word."""
    for name in ("argument", "timeline", "verdict"):  # two show that all are generated
        shutil.rmtree(course_copy.root / "source" / name)
    made = said(capsys, "generate", code=0)
    assert "release/start" in made
    assert "release/votes" in made
    assert "votes: the model answers earn 27 of 27 points; 3 more are given by hand" in made
    assert "released to exchange/backyard/outbound/votes" in said(
        capsys, "release", "votes", code=0
    )
    assert_tells(said(capsys, "release", "votes", code=1), "an earlier release", "--force")
    again = said(capsys, "release", "votes", "--force", "--unchecked", code=0)
    assert "released to" in again
    assert "model answers" not in again
    desk = course_copy.root / "desk"
    desk.mkdir()
    steps.fetch_assignment(course_copy, "votes", desk)
    steps.submit_assignment(course_copy, "votes", "ana", desk)
    assert "1 submissions" in said(capsys, "collect", "votes", code=0)
    assert "1 graded, 0 unchanged" in said(capsys, "grade", "votes", code=0)
    again = said(capsys, "grade", "votes", code=0)
    assert "0 graded, 1 unchanged" in again
    assert "grading" not in again, "a bar where nothing is done"
    assert "votes-16" in said(capsys, "report", "votes", code=0)
    assert "1 pages in feedback/" in said(capsys, "feedback", "votes", code=0)
    by_mail = course_copy.folder("submitted", "bea", "votes")
    by_mail.mkdir(parents=True)
    shutil.copy(course_copy.root / "release/votes/votes.ipynb", by_mail)
    said(capsys, "grade", "votes", code=0)
    text = said(capsys, "feedback", "votes", code=0)
    assert "2 pages in feedback/, 1 of them put into the exchange" in text
    assert "not through the exchange: bea feedback/votes-pages: 1 pages to send" in text
    assert (course_copy.root / "feedback/bea/votes/votes.html").is_file()
    assert "grades.csv" in said(capsys, "export", code=0)
    assert "ana" in (course_copy.root / "grades.csv").read_text("utf-8")


def test_finding_the_course_works_from_any_folder_inside(course_copy: Course) -> None:
    """The command may be run anywhere below the course folder."""
    assert find_course(course_copy.root / "source" / "votes") == course_copy.root


# --- what the system refuses ---------------------------------------------------------------------


def test_a_place_that_cannot_be_written_is_named(
    course_copy: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where a file stands in place of a folder, and in any other such case."""
    said(capsys, "generate", "votes", code=0)
    (course_copy.root / "file").write_text("in the way")
    for words in (("export",), ("report", "votes")):
        text = said(capsys, *words, "--to", str(course_copy.root / "file" / "x"), code=1)
        assert_tells(text, str(course_copy.root / "file" / "x"), "irectory")


def raised_in_gradebook(text: str) -> Exception:
    """Return what SQLAlchemy raises for an error of SQLite."""
    return DatabaseError("", None, sqlite3.OperationalError(text))


@pytest.mark.parametrize(
    ("error", "parts"),
    [
        (PermissionError(errno.EROFS, "Read-only file system", "/course/x"), ("/course/x", "--to")),
        (OSError(errno.ENOSPC, "No space left on device"), ("No space left", "make room")),
        (raised_in_gradebook("attempt to write a readonly database"), ("gradebook", "who may")),
        (raised_in_gradebook("database disk image is malformed"), ("gradebook", "from a copy")),
        (RuntimeError("it broke"), ("RuntimeError: it broke", "last lines of nbgrader.log")),
    ],
)
def test_whatever_is_refused_is_told_in_words(
    course_copy: Course,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    parts: tuple[str, ...],
) -> None:
    """No command ends with a traceback; what nobody has foreseen keeps its own in the log."""

    def refuse(options: Namespace) -> int:
        raise error

    monkeypatch.setattr("course.desk.commands.roster.roster", refuse)
    text = said(capsys, "roster", code=1)
    assert_tells(text, *parts)
    assert "Traceback" not in text
    if isinstance(error, RuntimeError):
        assert "it broke" in (course_copy.root / "nbgrader.log").read_text("utf-8")


def test_a_terminal_without_accents_stops_nothing(
    course_copy: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PYTHONIOENCODING=ascii: letters that it has not are question marks."""
    with course_copy.gradebook() as gradebook:
        gradebook.add_student("bea", first_name="Beatriz", last_name="Núñez")
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="ascii"))
    assert main(["roster"]) == 0
    sys.stdout.flush()
    assert b"N??ez" in written.getvalue()


@pytest.mark.parametrize("jobs", ["0", "-1", "two"])
def test_a_number_of_processes_is_one_or_more(
    course_copy: Course, capsys: pytest.CaptureFixture[str], jobs: str
) -> None:
    """`--jobs 0` is no way to say all cores."""
    with pytest.raises(SystemExit) as ended:
        main(["grade", "votes", f"--jobs={jobs}"])
    assert ended.value.code == 2
    assert f"{jobs} is no number of processes: 1 or more" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command", ["generate", "release", "grade", "report", "feedback", "regrade"]
)
def test_a_damaged_notebook_is_named_by_line(
    course_copy: Course, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    """Every command that needs it says where the JSON breaks."""
    notebook = course_copy.root / "source/votes/votes.ipynb"
    lines = notebook.read_text("utf-8").splitlines()
    lines[6] = lines[6] + " <<<<<<< HEAD"
    notebook.write_text("\n".join(lines), "utf-8")
    assert_tells(said(capsys, command, "votes", code=1), "source/votes/votes.ipynb", "in line 7")


# --- the demo ------------------------------------------------------------------------------------


def test_the_demo_replaces_no_folder_of_somebody_else(tmp_path: Path) -> None:
    """A folder with other files in it is left alone; one of an earlier demo is made anew."""
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("precious")
    with pytest.raises(CourseError) as error:
        fresh_folder(mine)
    assert_tells(str(error.value), "--folder")
    assert (mine / "thesis.txt").read_text() == "precious"
    fresh_folder(tmp_path / "demo")
    (tmp_path / "demo" / "old").write_text("old")
    fresh_folder(tmp_path / "demo")
    assert not (tmp_path / "demo" / "old").exists()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("student = ", "Invalid"),
        ("student = 'ana'", "story"),
        ("student = 'ana'\nstory = ''\nhobby = 1", "hobby"),
        ("student = 'ana'\nstory = ''\nstart = 'middle'", "middle"),
    ],
)
def test_a_case_that_cannot_be_read_is_named(tmp_path: Path, text: str, reason: str) -> None:
    """A slip in a case.toml is told with the file and the reason."""
    folder = tmp_path / "tests/submissions/votes/odd"
    folder.mkdir(parents=True)
    (folder / "case.toml").write_text(text)
    with pytest.raises(CourseError, match=reason) as error:
        load_cases(tmp_path, "votes")
    assert_tells(str(error.value), "case.toml")


def test_an_unknown_mishap_is_named(tmp_path: Path) -> None:
    """A case may only ask for mishaps that exist."""
    with pytest.raises(CourseError) as error:
        apply_mishap("burn votes-01", tmp_path / "votes.ipynb")
    assert_tells(str(error.value), "delete", "burn")


# --- doctor ---------------------------------------------------------------------------------------


def test_the_doctor_finds_this_environment_well(course_copy: Course) -> None:
    """In a fresh copy of the course nothing has to be mended."""
    assert [f for f in doctor.list_findings() if f.mend] == []


def test_the_doctor_names_what_to_mend(
    course_copy: Course, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A missing exchange and a damaged table are found, each with its remedy."""
    tables = course_copy.root / "tables"
    shutil.copytree(ROOT / "data", tables)
    text = (tables / "totals.csv").read_text("utf-8")
    assert "12275385" in text
    (tables / "totals.csv").write_text(text.replace("12275385", "many"), "utf-8")
    monkeypatch.setenv("BACKYARD_DATA", str(tables))
    monkeypatch.setenv("BACKYARD_EXCHANGE", str(course_copy.root / "nowhere"))
    report = said(capsys, "doctor", code=1)
    assert "2 to fix." in report
    assert "FIX data tables" in report
    assert "'many'" in report
    assert "FIX exchange" in report
    assert "mkdir -p" in report


@pytest.mark.parametrize(
    ("version", "well"), [((3, 10), False), ((3, 11), True), ((3, 14), True), ((3, 15), False)]
)
def test_the_doctor_judges_python(version: tuple[int, int], well: bool) -> None:
    """Python 3.11 to 3.14 is well; another one is named with what to do."""
    finding = doctor.python_finding(version)
    assert (finding.mend is None) == well


# --- set-up ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bootstrap() -> ModuleType:
    """The set-up script, loaded as a module."""
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "scripts/bootstrap.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_an_old_python_is_told_before_anything_is_made(bootstrap: ModuleType) -> None:
    """Python 3.10 gets what was expected, what was found and what to do."""
    text = bootstrap.python_problem((3, 10))
    assert "3.11 to 3.14" in text
    assert "Python 3.10" in text
    assert "PYTHON=python3" in text
    for version in ((3, 11), (3, 12), (3, 13), (3, 14)):
        assert bootstrap.python_problem(version) is None


def test_a_fresh_environment_is_left_alone_and_a_stale_one_noticed(
    bootstrap: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stamp changes with the pinned packages, and nothing is done while it fits."""
    for name in bootstrap.INPUTS:
        shutil.copy(ROOT / name, tmp_path)
    venv = tmp_path / ".venv"
    (venv / "bin").mkdir(parents=True)
    (venv / "bin" / "python").touch()
    monkeypatch.setattr(bootstrap, "ROOT", str(tmp_path))
    monkeypatch.setattr(bootstrap, "VENV", str(venv))
    monkeypatch.setattr(bootstrap, "STAMP", str(venv / "stamp"))
    (venv / "stamp").write_text(bootstrap.wanted_stamp())
    ran: list[tuple[str, ...]] = []

    def record(*command: str) -> None:
        """Note a command instead of running it; leave the folder that it would make."""
        ran.append(command)
        venv.mkdir(exist_ok=True)

    monkeypatch.setattr(bootstrap, "run", record)
    assert bootstrap.main() == 0
    assert ran == []
    with (tmp_path / "requirements.txt").open("a") as file:
        file.write("# another pin\n")
    assert bootstrap.main() == 0
    assert any("venv" in command for command in ran)
    assert any("requirements.txt" in command for command in ran)


def test_a_stale_environment_is_remade_by_a_python_outside_of_it(bootstrap: ModuleType) -> None:
    """The Python that makes the environment anew does not lie in the one that is removed."""
    python = Path(bootstrap.base_python())
    assert python.exists()
    assert not python.is_relative_to(ROOT / ".venv")


def test_every_declared_package_is_pinned() -> None:
    """requirements.txt pins each package that pyproject.toml declares, within its bounds."""
    import tomllib

    from packaging.requirements import Requirement

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    pins = dict(
        re.split("[ ;]", line)[0].split("==")
        for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines()
        if "==" in line
    )
    for text in sum(project["optional-dependencies"].values(), project["dependencies"]):
        requirement = Requirement(text)
        if requirement.name == project["name"]:  # an extra that takes in others
            continue
        assert requirement.specifier.contains(pins[requirement.name.lower()]), requirement


def test_every_pinned_package_takes_the_oldest_python(bootstrap: ModuleType) -> None:
    """Also the first release of it, as long-lived systems have one of the first."""
    from importlib.metadata import PackageNotFoundError, metadata

    from packaging.specifiers import SpecifierSet

    oldest = ".".join(map(str, (*bootstrap.OLDEST, 0)))
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    refused, seen = [], 0
    for name in (line.split("==")[0] for line in lines if "==" in line):
        try:
            wanted = str(metadata(name).json.get("requires_python", ""))
        except PackageNotFoundError:  # of another system
            continue
        seen += 1
        refused += [f"{name}: {wanted}"] if not SpecifierSet(wanted).contains(oldest) else []
    assert refused == []
    assert seen > 100


def test_ci_runs_the_tests() -> None:
    """.ci/run can be executed and runs those of `make test`, and the long ones."""
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & stat.S_IXUSR
    assert script.read_text("utf-8").rstrip().endswith("make test\nexec make test-long")


def test_help_is_there_for_every_command() -> None:
    """`course --help` names each step of the loop."""
    run = subprocess.run(
        [sys.executable, "-m", "course.desk.cli", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    for word in ("generate", "release", "collect", "grade", "feedback", "report", "export", "demo"):
        assert word in run.stdout


def test_a_command_stopped_while_it_starts_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ctrl-C in the first second is no traceback."""

    def stop(options: Namespace) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("course.desk.cli._start_early", stop)
    assert "what was done so far is kept" in said(capsys, "regrade", "votes", code=130)
