"""The command `course`, the set-up script and the doctor: what they say when something is wrong."""

from __future__ import annotations

import importlib.util
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from course.desk import steps
from course.desk.cli import main
from course.desk.commands import doctor
from course.desk.simulated.mishaps import apply_mishap
from course.desk.simulated.students import fresh_folder, load_cases
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
    assert_tells(text, "assignment 'vote'", "one of: argument, timeline, votes")


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


def test_the_loop_in_single_commands(
    course_copy: Course, capsys: pytest.CaptureFixture[str]
) -> None:
    """generate, release, collect, grade, report, feedback, export, each by its own word."""
    made = said(capsys, "generate", code=0)
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
    assert "0 graded, 1 unchanged" in said(capsys, "grade", "votes", code=0)
    assert "votes-16" in said(capsys, "report", "votes", code=0)
    assert "1 pages in feedback/" in said(capsys, "feedback", "votes", code=0)
    by_mail = course_copy.folder("submitted", "bea", "votes")
    by_mail.mkdir(parents=True)
    shutil.copy(course_copy.root / "release/votes/votes.ipynb", by_mail)
    said(capsys, "grade", "votes", code=0)
    assert "bea: not submitted through the exchange" in said(capsys, "feedback", "votes", code=1)
    assert (course_copy.root / "feedback/bea/votes/votes.html").is_file()
    assert "grades.csv" in said(capsys, "export", code=0)
    assert "ana" in (course_copy.root / "grades.csv").read_text("utf-8")


def test_finding_the_course_works_from_any_folder_inside(course_copy: Course) -> None:
    """The command may be run anywhere below the course folder."""
    assert find_course(course_copy.root / "source" / "votes") == course_copy.root


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


def test_ci_runs_the_tests() -> None:
    """.ci/run can be executed and ends with `make test`."""
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & stat.S_IXUSR
    assert script.read_text("utf-8").rstrip().endswith("exec make test")


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
