"""Nothing that was handed in is lost: what students do to their files costs them no point."""

from __future__ import annotations

import copy
import os
import shutil
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbgrader.utils import compute_checksum

from course.desk.commands.grade import use_notebook
from course.errors import CourseError
from course.grader.book.state import GradingState, Outcome
from course.grader.coursedir import Course
from course.grader.intake.bounds import IntakeBounds
from course.grader.intake.elsewhere import TYPED
from course.grader.intake.others import say_others
from course.grader.intake.submission import Intake, read_files
from course.grader.run.autograde import grade_one
from course.grader.run.drawing import DrawnFigures
from tests.notebooks import grade_id
from tests.smallclass import hand_in, make_small_class

RIGHT, BLANK = "ana-quispe", "maria-cruz"
Edit = Callable[[Any], None]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course of `votes` in which nobody has handed in."""
    return make_small_class(tmp_path_factory.mktemp("handed-in") / "course", (), graded=False)


@pytest.fixture
def graded(course: Course) -> Callable[..., tuple[Outcome, dict[str, Any]]]:
    """Hand a student's work in, changed, and grade it; return the outcome and the rows."""

    def grade(edit: Edit, student: str = RIGHT) -> tuple[Outcome, dict[str, Any]]:
        folder = course.folder("submitted", student, "votes")
        for path in folder.glob("*"):
            path.unlink()
        if folder.is_dir():
            folder.rmdir()
        hand_in(course, student)
        change(folder / "votes.ipynb", edit)
        outcome = grade_one(course, "votes", student, force=True)
        with course.gradebook() as gradebook:
            notebook = gradebook.find_submission_notebook("votes", "votes", student)
            rows = {g.name: (g.auto_score, g.needs_manual_grade) for g in notebook.grades}
        return outcome, rows

    return grade


def change(path: Path, edit: Edit) -> None:
    """Change a notebook's file."""
    notebook = nbformat.read(path, as_version=4)
    edit(notebook)
    for number, cell in enumerate(notebook.cells):
        cell.id = f"c{number}"
    nbformat.write(notebook, path)


def released(course: Course) -> Any:
    """Return the notebook as it is handed out."""
    return nbformat.read(course.root / "release/votes/votes.ipynb", as_version=4)


def find(notebook: Any, name: str) -> Any:
    """Return the first cell of a name."""
    return next(cell for cell in notebook.cells if grade_id(cell) == name)


def full(rows: dict[str, tuple[float | None, bool]]) -> float:
    """Return the points that the computer gave."""
    return sum(score for score, _ in rows.values() if score is not None)


WHOLE = 27.0  # of `votes`, without the question that a person grades


# --- copies ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("marked", [True, False])
@pytest.mark.parametrize("place", ["before", "behind", "end"])
def test_a_copy_with_the_text_handed_out_sets_no_answer_back(
    course: Course, graded: Any, marked: bool, place: str
) -> None:
    """Wherever it stands, and whether or not it kept its metadata, it is not run."""

    def paste(notebook: Any) -> None:
        for name, note in (("votes-02-answer", ""), ("votes-10-answer", "# later\n")):
            cell = copy.deepcopy(find(released(course), name))
            cell.source = f"{note}{cell.source}"
            if not marked:
                cell.metadata = {}
            at = notebook.cells.index(find(notebook, name))
            here = {"before": at, "behind": at + 1, "end": len(notebook.cells)}[place]
            notebook.cells.insert(here, cell)

    outcome, rows = graded(paste)
    assert outcome.fault is None
    assert full(rows) == WHOLE


@pytest.mark.parametrize("first", [True, False])
def test_a_doubled_notebook_counts_its_answers_once(
    course: Course, graded: Any, first: bool
) -> None:
    """A whole untouched copy of the notebook before or behind the answers takes nothing away."""

    def double(notebook: Any) -> None:
        more = released(course).cells
        notebook.cells = [*more, *notebook.cells] if first else [*notebook.cells, *more]

    assert full(graded(double)[1]) == WHOLE


def test_of_two_answers_the_last_one_counts(graded: Any) -> None:
    """Two answered copies: the later one, even where the check stands between them."""

    def answer_again(notebook: Any) -> None:
        again = copy.deepcopy(find(notebook, "votes-01-answer"))
        find(notebook, "votes-01-answer").source = "humala_votes = 5"
        notebook.cells.append(again)

    assert graded(answer_again)[1]["votes-01"][0] == 1


def test_an_emptied_copy_is_no_answer(graded: Any) -> None:
    """A copy whose text was deleted does not stand for the answer in words."""

    def empty(notebook: Any) -> None:
        again = copy.deepcopy(find(notebook, "votes-16"))
        again.source = " \n"
        notebook.cells.append(again)

    assert graded(empty)[1]["votes-16"] == (None, True)


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("base", ["", "||||||| base\n# both\n"])
def test_of_two_merged_versions_in_a_cell_the_answer_counts(
    course: Course, graded: Any, first: bool, base: str
) -> None:
    """Programs that merge leave both, or all three, between marks that Python cannot read."""

    def merge(notebook: Any) -> None:
        cell = find(notebook, "votes-02-answer")
        gap = find(released(course), "votes-02-answer").source
        sides = (cell.source, gap) if first else (gap, cell.source)
        cell.source = f"# mine\n<<<<<<< a\n{sides[0]}\n{base}=======\n{sides[1]}\n>>>>>>> b\n"

    assert full(graded(merge)[1]) == WHOLE


# --- answers in words -----------------------------------------------------------------------------


def write_elsewhere(notebook: Any) -> None:
    """Write the answer in words in a cell of one's own, below the one that is meant for it."""
    place = notebook.cells.index(find(notebook, "votes-16"))
    notebook.cells.insert(place + 1, nbformat.v4.new_markdown_cell("Of all ballots, a third."))


def write_as_code(notebook: Any) -> None:
    """Write it in a new cell, which is a code cell where nobody chooses otherwise."""
    words = "Of all ballots, a third were blank, so the share of valid votes is higher."
    notebook.cells.append(nbformat.v4.new_code_cell(words))


def lose_metadata(notebook: Any) -> None:
    """Save the notebook with a program that keeps no metadata."""
    for cell in notebook.cells:
        cell.metadata = {}


def delete_and_write(notebook: Any) -> None:
    """Delete the answer cell and write in a new one."""
    write_elsewhere(notebook)
    notebook.cells.remove(find(notebook, "votes-16"))


@pytest.mark.parametrize("edit", [write_elsewhere, write_as_code, delete_and_write])
def test_an_answer_in_words_elsewhere_waits_for_a_person(
    course: Course, graded: Any, edit: Edit
) -> None:
    """Its own cell is untouched or gone: no silent 0 while there is text of the student's."""

    def untouched(notebook: Any) -> None:
        find(notebook, "votes-16").source = find(released(course), "votes-16").source
        edit(notebook)

    outcome, rows = graded(untouched)
    assert rows["votes-16"] == (None, True)
    assert any("votes-16" in line and "by hand" in line for line in outcome.remarks)


def test_a_notebook_that_lost_its_metadata_keeps_its_answers(graded: Any) -> None:
    """Answers in code count, and the answer in words waits for a person."""
    _, rows = graded(lose_metadata)
    assert full(rows) == WHOLE
    assert rows["votes-16"] == (None, True)


def test_an_answer_in_words_that_is_not_there_earns_nothing(graded: Any) -> None:
    """Who writes nothing anywhere gives nobody work."""
    outcome, rows = graded(lambda notebook: None, BLANK)
    assert rows["votes-16"] == (0.0, False)
    assert not outcome.remarks


# --- answers typed in a check ---------------------------------------------------------------------


def type_in_check(notebook: Any, name: str, lines: str) -> None:
    """Type lines above a check, as programs let students do that know no locked cells."""
    cell = find(notebook, name)
    cell.source = f"{lines}\n{cell.source}"


@pytest.mark.parametrize("form", ["{}", "if True:\n{}"])
def test_an_answer_typed_in_its_check_is_read(course: Course, graded: Any, form: str) -> None:
    """It counts where the answer cell is as handed out, and is remarked on."""

    def move(notebook: Any) -> None:
        answer = find(notebook, "votes-02-answer")
        lines = textwrap.indent(answer.source, "    " * (form != "{}"))
        type_in_check(notebook, "votes-02", form.format(lines))
        answer.source = find(released(course), "votes-02-answer").source

    outcome, rows = graded(move)
    assert full(rows) == WHOLE
    assert f"votes-02: {TYPED}" in outcome.remarks


def test_an_answer_typed_in_a_check_beside_another_is_named(graded: Any) -> None:
    """Where the answer cell holds an answer, that one counts and the other is named."""
    outcome, rows = graded(lambda nb: type_in_check(nb, "votes-01", "humala_votes = 1"))
    assert full(rows) == WHOLE
    assert any("votes-01" in line and "not read" in line for line in outcome.remarks)


def test_lines_of_a_check_that_answer_nothing_are_not_run(graded: Any) -> None:
    """An edited check is set back as before."""

    def edit(notebook: Any) -> None:
        find(notebook, "votes-01").source += "\nhelper = 1"

    outcome, rows = graded(edit)
    assert full(rows) == WHOLE
    assert outcome.remarks == ("votes-01: the text of its cell was edited; it was restored",)


# --- what was handed in beside the notebook ------------------------------------------------------


def test_panel_answers_that_may_be_lost_are_named(course: Course, graded: Any) -> None:
    """No answers.json or a damaged one, and cleared outputs: said once for all panels."""

    def answer_in_panels(notebook: Any) -> None:
        for name in ("votes-11-answer", "votes-12-answer"):
            find(notebook, name).source = find(released(course), name).source

    def run_panels(notebook: Any) -> None:
        answer_in_panels(notebook)
        for name in ("votes-11-panel", "votes-12-panel"):
            find(notebook, name).execution_count = 3

    (line,) = graded(answer_in_panels)[0].remarks
    assert line.startswith("votes-11, votes-12: answers.json did not come")
    assert graded(run_panels)[0].remarks == ()  # run, and not answered
    graded(answer_in_panels)
    file = course.folder("submitted", RIGHT, "votes") / "answers.json"
    for damage in (b"", b"[]", b'{\n<<<<<<< HEAD\n"format": 1', b'{"format": 9, "answers": {}}'):
        file.write_bytes(damage)
        (line,) = grade_one(course, "votes", RIGHT).remarks
        assert line.startswith("votes-11, votes-12: answers.json cannot be read, and")


def test_another_notebook_is_named_with_its_answers_and_can_be_used(
    course: Course, graded: Any
) -> None:
    """A second file that holds other answers is not graded silently, nor left out silently."""
    graded(lambda notebook: None)
    folder = course.folder("submitted", RIGHT, "votes")
    shutil.copy(folder / "votes.ipynb", folder / "votes (1).ipynb")
    outcome = grade_one(course, "votes", RIGHT)
    assert outcome.remarks == ()  # a copy of the same answers
    nbformat.write(released(course), folder / "votes.ipynb")
    outcome = grade_one(course, "votes", RIGHT)
    (line,) = outcome.remarks
    assert line.startswith("votes (1).ipynb lies beside votes.ipynb: 16 answers in it, 0 in")
    use_notebook(folder, ["votes.ipynb"], "votes (1).ipynb")
    outcome = grade_one(course, "votes", RIGHT)
    assert outcome.remarks == ()
    with course.gradebook() as gradebook:
        assert gradebook.find_submission("votes", RIGHT).score == WHOLE


@pytest.mark.parametrize("name", ["Votes final.ipynb", "mine.IPYNB", "old/votes.ipynb", "z1.ipynb"])
def test_another_notebook_is_known_by_its_cells(course: Course, graded: Any, name: str) -> None:
    """Whatever it is called, and in a folder below, too."""
    graded(lambda notebook: None)
    folder = course.folder("submitted", RIGHT, "votes")
    for number in range(5):  # others are looked at first
        shutil.copy(course.root / "release/votes/votes.ipynb", folder / f"a{number}.ipynb")
    (folder / name).parent.mkdir(exist_ok=True)
    os.replace(folder / "votes.ipynb", folder / name)
    nbformat.write(released(course), folder / "votes.ipynb")
    (line,) = say_others(read_files(folder, IntakeBounds(), []), RIGHT, "votes", ["votes.ipynb"])
    assert line.startswith(f"{name} lies beside votes.ipynb: 16 answers in it, 0 in")
    use_notebook(folder, ["votes.ipynb"], name)
    assert say_others(read_files(folder, IntakeBounds(), []), RIGHT, "votes", ["votes.ipynb"]) == []
    shutil.rmtree(folder)


@pytest.mark.parametrize("name", ["VOTES.IPYNB", "votes.ipynb.txt", "votes.json"])
def test_what_grading_says_is_there_can_be_used(course: Course, name: str) -> None:
    """A notebook that a program gave another ending is no notebook before it is named."""
    folder = course.folder("submitted", BLANK, "votes")
    shutil.rmtree(folder, ignore_errors=True)
    hand_in(course, BLANK)
    os.replace(folder / "votes.ipynb", folder / name)
    use_notebook(folder, ["votes.ipynb"], name)
    assert (folder / "votes.ipynb").is_file()
    with pytest.raises(CourseError, match="one of the files"):
        use_notebook(folder, ["votes.ipynb"], "timestamp.txt")


def test_a_file_that_is_not_there_cannot_be_used(course: Course, graded: Any) -> None:
    """The error names the notebooks that are there, and nothing is renamed."""
    graded(lambda notebook: None)
    folder = course.folder("submitted", RIGHT, "votes")
    before = sorted(folder.iterdir())
    with pytest.raises(CourseError, match=r"votes\.ipynb"):
        use_notebook(folder, ["votes.ipynb"], "../votes.ipynb")
    assert sorted(folder.iterdir()) == before


def test_a_change_by_the_instructor_is_not_told_as_the_students(
    course: Course, graded: Any
) -> None:
    """Other points and another text of a check, after the assignment was handed out."""

    def older(notebook: Any) -> None:
        cell = find(notebook, "votes-03")
        cell.source += "\n# as it was handed out last week"
        cell.metadata.nbgrader.points = 7
        cell.metadata.nbgrader.checksum = compute_checksum(cell)

    outcome, rows = graded(older)
    assert outcome.remarks == ()
    assert full(rows) == WHOLE


# --- pictures in the notebook that is handed in ---------------------------------------------------

PIXEL = (  # a PNG of one pixel
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def figures(course: Course, path: Path) -> list[str]:
    """Return the HTML of the figures that a page of a graded notebook shows."""
    notebook = nbformat.read(path, as_version=4)
    DrawnFigures(config=course.config).preprocess(notebook, {})
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    shown = [output.get("data", {}).get("text/html", "") for output in outputs]
    return [html for html in shown if html.startswith("<img ")]


def test_no_picture_that_was_handed_in_stands_for_what_a_cell_draws(
    course: Course, graded: Any
) -> None:
    """Under the words of its chart a notebook may show another: who marks sees what is drawn."""
    place = course.folder("autograded", RIGHT, "votes") / "votes.ipynb"
    graded(lambda notebook: None)
    drawn = figures(course, place)
    assert len(drawn) == 2
    assert all(len(html) > 5000 for html in drawn)

    def show(notebook: Any) -> None:
        words = [html.split('"')[1] for html in drawn]
        data = [f'<img alt="{text}" src="data:image/png;base64,{PIXEL}">' for text in words]
        outputs = [nbformat.v4.new_output("display_data", {"text/html": html}) for html in data]
        find(notebook, "votes-01-answer").outputs = outputs

    _, rows = graded(show)
    assert full(rows) == WHOLE
    assert figures(course, place) == drawn


def test_a_file_where_a_folder_of_ours_stands_is_left_out() -> None:
    """Neither the student's folder answers.json/ nor a file named as the assignment's folder."""
    names = ("votes.ipynb", "answers.json/x", "extra", "extra2", "votes.ipynb.d/x")
    intake = Intake(dict.fromkeys(names, b""))
    intake.make_room(["votes.ipynb", "answers.json", "extra/notes.csv"])
    assert list(intake.files) == ["votes.ipynb", "extra2", "votes.ipynb.d/x"]
    assert [line.split(" is left out")[0] for line in intake.remarks] == ["answers.json/x", "extra"]


def test_a_result_that_cannot_be_kept_fails_alone(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the system says of one student's names does not end the grading of the class."""

    def refuse(*_: object) -> None:
        raise IsADirectoryError(21, "Is a directory", "x")

    monkeypatch.setattr(GradingState, "keep_pending", refuse)
    hand_in(course, "elena-torres")
    outcome = grade_one(course, "votes", "elena-torres")
    assert outcome.fault == "its files cannot be kept: Is a directory"
