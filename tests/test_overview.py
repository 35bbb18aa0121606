"""The table at the end of a notebook: what it says of each question, and what it never says."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Timer
from typing import Any

import nbformat
import pytest
from nbgrader.utils import compute_checksum

import course
from course import register
from course.answers.store import AnswerStore
from course.cells.runs import Run
from course.cells.saved import read_notebook
from course.overview.check import check_answers
from course.overview.listing import Overview
from course.scoring import Question, number
from course.scoring.question import FormError
from tests.notebooks import ROOT, fetch_files, grade_cells, grade_id, read, run_all, run_cell

ASSIGNMENTS = sorted(path.parent.name for path in (ROOT / "source").glob("*/*.ipynb"))
RELEASED = [name for name in ASSIGNMENTS if (ROOT / "release" / name).exists()]


@pytest.fixture(autouse=True)
def fresh_kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing has run yet; the working directory is an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    register.questions.clear()
    register.panels.clear()
    yield
    register.questions.clear()


def notebook_of(name: str = "votes") -> Any:
    """Write the released notebook and its files into the working directory; return it."""
    fetch_files(name, Path())
    notebook = read(ROOT / "release" / name / f"{name}.ipynb")
    nbformat.write(notebook, Path(f"{name}.ipynb"))
    return notebook


def overview(name: str = "votes") -> Overview:
    """Return the table; it is there."""
    found = check_answers(name)
    assert found is not None
    return found


def asked(name: str, value: object = ...) -> None:
    """Let the check of a question with the part `share` run."""
    q = Question(name, points=2, answers={"share": value})
    q.part("share", number("percent", low=0, high=100))
    q.check()


def row_of(table: Overview, question: str) -> Any:
    """Return the row of a question."""
    return next(row for row in table.rows if row.question == question)


@pytest.mark.parametrize("assignment", RELEASED)
def test_every_question_of_an_untouched_release_is_listed_as_open(assignment: str) -> None:
    """After "Run all" on the release each question has a row, and none counts as answered."""
    notebook = notebook_of(assignment)
    namespace: dict[str, Any] = {"__name__": "__main__"}
    run_all(notebook, namespace)
    table = overview(assignment)
    tags = [cell.metadata.get("nbgrader", {}) for cell in notebook.cells]
    assert [row.question for row in table.rows] == [t.grade_id for t in tags if t.get("grade")]
    assert [row.points for row in table.rows] == [t.points for t in tags if t.get("grade")]
    for row in table.rows:
        assert not row.done, row
        assert row.title[:1].isupper() or row.title[:1] == '"', row
    last = run_cell(notebook.cells[-1].source, namespace).value
    assert [row.question for row in last.rows] == [row.question for row in table.rows]


def test_the_last_cell_of_each_release_makes_the_table_and_is_locked() -> None:
    """Students find it where they hand in, and cannot break it."""
    for assignment in RELEASED:
        cell = notebook_of(assignment).cells[-1]
        assert f'course.check_answers("{assignment}")' in cell.source
        assert cell.metadata.nbgrader.locked


def test_an_answer_of_the_right_form_is_filled_in_and_never_called_right() -> None:
    """The table speaks of the form alone: two answers of equal form look the same."""
    tables = []
    for value in (25.7, 31.0):
        asked("votes-02", value)
        tables.append(overview())
    assert tables[0] == tables[1]
    row = row_of(tables[0], "votes-02")
    assert (row.state, row.done) == ("● filled in", True)
    for text in (repr(tables[0]), tables[0]._repr_html_()):
        assert "right" not in text.replace("Filled in does not mean right", "")
        assert not set("✓✗") & set(text)


def test_a_wrong_form_is_told_as_the_check_tells_it() -> None:
    """The problem stands in the row, with the name of the part."""
    asked("votes-02", "25.7")
    row = row_of(overview(), "votes-02")
    assert row.state == "◐ 0 of 1 filled in"
    assert row.todo.startswith("share: ")
    assert "text" in row.cells()[-1]


def test_missing_parts_are_named() -> None:
    """One of two names filled: the other one is named."""
    q = Question("votes-03", points=2, answers={"turnout": 88.7, "blank": ...})
    q.part("turnout", number("percent"))
    q.part("blank", number("percent"))
    q.check()
    row = row_of(overview(), "votes-03")
    assert (row.state, row.todo) == ("◐ 1 of 2 filled in", "Fill in blank.")


def test_the_table_reads_answers_as_they_are_now() -> None:
    """An answer that changed after its check ran is looked at again."""
    answers: dict[str, object] = {"share": ...}
    q = Question("votes-02", points=3, answers=answers)
    q.part("share", number("percent"))
    q.check()
    answers["share"] = 25.7
    assert row_of(overview(), "votes-02").done


def test_a_question_whose_check_has_not_run_is_listed_with_what_to_do() -> None:
    """A skipped check hides no question."""
    notebook_of()
    row = row_of(overview(), "votes-07")
    assert row.state == "? not run"
    assert "Run All" in row.todo


def test_a_panels_answer_counts_as_kept_only_when_it_is_on_the_disk() -> None:
    """What answers.json holds is compared with what the panel shows."""

    class Panel:
        value = {"report": 3}  # noqa: RUF012 - stands for a widget's value

    panel = Panel()
    register.panels["votes-11"] = panel
    q = Question("votes-11", points=1, answers={"replay": panel.value})
    q.part("report", number("reports", whole=True), at="replay.report")
    q.check()
    notebook_of()
    assert row_of(overview(), "votes-11").unsaved
    assert AnswerStore().save("votes-11", {"report": 2}).saved
    assert row_of(overview(), "votes-11").unsaved
    assert AnswerStore().save("votes-11", {"report": 3}).saved
    assert not row_of(overview(), "votes-11").unsaved


def test_a_typed_answer_counts_as_kept_only_when_its_cell_is_saved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The cell that gave the name its value last has to stand in the notebook on the disk."""
    notebook = notebook_of()
    later = time.time() + 60
    ran = [Run(text, "", later) for text in ("share = ...", "share = 25.7", "print(share)")]
    monkeypatch.setattr("course.cells.runs.runs", ran)
    asked("votes-02", 25.7)
    row = row_of(overview(), "votes-02")
    assert row.unsaved
    assert "Ctrl + S" in row.todo
    assert "1 is not saved" in repr(overview())
    notebook.cells[3].source = "share = 25.7\n"
    nbformat.write(notebook, Path("votes.ipynb"))
    assert not row_of(overview(), "votes-02").unsaved


def test_a_written_answer_counts_once_it_is_saved() -> None:
    """The text cell is compared with the one that was handed out."""
    notebook = notebook_of()
    assert row_of(overview(), "votes-16").state == "○ empty"
    cell = next(cell for cell in notebook.cells if grade_id(cell) == "votes-16")
    cell.source = "In the first round he came first."
    nbformat.write(notebook, Path("votes.ipynb"))
    assert row_of(overview(), "votes-16").done


def test_a_notebook_that_lost_its_marks_lists_every_question() -> None:
    """Other programs drop what nbgrader wrote; the lines that ask are still there."""
    notebook = notebook_of()
    for cell in notebook.cells:
        cell.metadata = {}
    nbformat.write(notebook, Path("votes.ipynb"))
    table = overview()
    assert [row.question for row in table.rows] == [f"votes-{n:02d}" for n in range(1, 17)]
    assert sum(row.points or 0 for row in table.rows) == 30
    assert table.rows[-1].state == "○ empty"
    stub = next(cell for cell in notebook.cells if "Write your answer here" in cell.source)
    stub.source = "In the first round he came first."
    nbformat.write(notebook, Path("votes.ipynb"))
    assert overview().rows[-1].done


def test_a_renamed_notebook_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file under another name cannot be graded: the table says how it has to be called."""
    notebook_of()
    Path("votes.ipynb").rename("votes-Copy1.ipynb")
    monkeypatch.setenv("JPY_SESSION_NAME", "a/b/votes-Copy1.ipynb")
    table = overview()
    assert "Rename it to votes.ipynb" in table.remark
    assert len(table.rows) == 16


@pytest.mark.parametrize("text", ["", "{", "[]", '{"cells": [1]}', '{"cells": [{}]}'])
def test_a_damaged_file_stops_nothing(text: str) -> None:
    """What cannot be read is said; what has run is listed all the same."""
    Path("votes.ipynb").write_text(text)
    asked("votes-02", 25.7)
    table = overview()
    assert [row.question for row in table.rows] == ["votes-02"]
    assert "only what this kernel has run" in table.remark


@pytest.mark.parametrize("mode", ["autograde", "validate"])
def test_nothing_is_shown_where_nbgrader_runs_the_notebook(
    mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cell can neither fail under Validate nor cost a point in grading."""
    monkeypatch.setenv("NBGRADER_EXECUTION", mode)
    with pytest.raises(FormError) if mode == "validate" else pytest.MonkeyPatch.context():
        asked("votes-02", "x")
    assert course.check_answers("votes") is None


def test_other_assignments_are_left_out() -> None:
    """A kernel that ran two notebooks does not mix them."""
    asked("argument-02", 1)
    asked("votes-02", 1)
    assert [row.question for row in overview().rows] == ["votes-02"]


def test_the_table_says_what_was_practiced() -> None:
    """Beside each question stands how often its practice was tried; a try is no answer."""
    asked("votes-02", 30.6)
    AnswerStore().save("practice-votes-02", {"tries": 2, "right": True})
    (row,) = overview().rows
    assert row.practiced == "right after 2 tries"
    assert "right after 2 tries" in overview()._repr_html_()


def test_the_table_is_one_table_that_a_screen_reader_can_follow() -> None:
    """A caption, headings of columns and rows; what a student wrote cannot become markup."""
    notebook_of()
    asked("votes-02", "x")
    html = overview()._repr_html_()
    assert html.count("<table") == 1
    assert html.count("<caption") == 1
    assert html.count('scope="col"') == 6
    assert html.count('scope="row"') == 16
    monster = Overview("votes", (), remark="<script>")
    assert "<script>" not in monster._repr_html_()


def test_the_text_says_what_the_table_says() -> None:
    """Where HTML is not shown, each row stands in a line of its own."""
    notebook_of()
    lines = repr(overview()).splitlines()
    assert sum(bool(re.match(r"votes-\d\d ", line)) for line in lines) == 16


def test_checksums_are_those_of_nbgrader() -> None:
    """What counts as untouched here is what nbgrader takes for untouched."""
    for assignment in RELEASED:
        notebook = notebook_of(assignment)
        saved = read_notebook(Path(f"{assignment}.ipynb"))
        assert saved is not None
        for cell, other in zip(saved.cells, notebook.cells, strict=True):
            if grade_id(other):
                assert cell.untouched == (
                    other.metadata.nbgrader.get("checksum") == compute_checksum(other)
                    or "checksum" not in other.metadata.nbgrader
                )
                assert cell.untouched
        assert list(grade_cells(notebook))


def test_an_answer_in_a_check_cell_is_named() -> None:
    """Programs that know no locked cells let students write in checks, which are set back."""
    notebook = notebook_of()
    asked("votes-01", 5)
    assert row_of(overview(), "votes-01").todo == ""
    for cell in notebook.cells:
        if grade_id(cell) == "votes-01":
            cell.source = f"humala_votes = 5\n{cell.source}"
    nbformat.write(notebook, Path("votes.ipynb"))
    assert "check cell was changed" in row_of(overview(), "votes-01").todo


def test_a_panel_answer_that_the_saved_notebook_lacks_is_named() -> None:
    """After "Clear all outputs" the answer is in answers.json alone, which has to come along."""
    notebook = notebook_of("votes")
    namespace: dict[str, Any] = {"__name__": "__main__"}
    run_all(notebook, namespace)
    assert "answers.json" not in overview().remark
    namespace["replay"].value = {"report": 3}
    assert overview().remark.startswith(
        "votes-11: the answer given in the panel is in answers.json"
    )


def test_a_notebook_that_is_just_being_saved_is_waited_for(tmp_path: Path) -> None:
    """Jupyter saves over the file; whoever looks meanwhile finds half of it there."""
    path = tmp_path / "votes.ipynb"
    whole = (ROOT / "release/votes/votes.ipynb").read_text("utf-8")
    path.write_text(whole[: len(whole) // 2], encoding="utf-8")
    saving = Timer(0.15, path.write_text, (whole,), {"encoding": "utf-8"})
    saving.start()
    try:
        found = read_notebook(path)
    finally:
        saving.join()
    assert found is not None
    assert "votes-01" in found.questions()


def test_half_a_notebook_that_stays_so_is_none(tmp_path: Path) -> None:
    """Nobody is waited for without end."""
    path = tmp_path / "votes.ipynb"
    path.write_text('{"cells": [', encoding="utf-8")
    assert read_notebook(path) is None
