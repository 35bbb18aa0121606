"""A notebook handed in alone carries the answers of its widgets."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbclient import NotebookClient

from course.answers.carried import MIME, carried_answers, carried_output, make_bundle, merge_answers
from course.answers.store import AnswerStore
from course.desk import steps
from course.desk.report.grades import read_report
from course.desk.simulated.students import load_cases
from course.grader.coursedir import Course
from course.grader.intake.notebookfile import _kernel_and_language, read_notebook
from course.grader.intake.repair import take_carried
from course.grader.run.autograde import grade_class, grade_one
from course.grader.run.execute import put_in_place
from tests.notebooks import ROOT

OLD, NEW = "2026-03-01T09:00:00Z", "2026-03-01T09:05:00Z"
# The student of tests/submissions/votes/widgets-only.
ONLY = next(case for case in load_cases(ROOT, "votes") if case.name == "widgets-only")


def entry(value: Any, saved: str = OLD) -> dict[str, Any]:
    """Return an answer with its time."""
    return {"value": value, "saved": saved}


def output(question: str, value: Any, saved: str = OLD) -> dict[str, Any]:
    """Return the output that a widget puts below itself."""
    data = make_bundle(question, entry(value, saved))
    return {"output_type": "display_data", "metadata": {}, "data": data}


def cell(*outputs: Any) -> dict[str, Any]:
    """Return a code cell with outputs."""
    return {"cell_type": "code", "source": "", "metadata": {}, "outputs": list(outputs)}


def answers_file(**answers: Any) -> bytes:
    """Return the content of answers.json; "votes_11" stands for votes-11."""
    named = {name.replace("_", "-"): value for name, value in answers.items()}
    return json.dumps({"format": 1, "answers": named}).encode()


def values(file: bytes | None) -> dict[str, Any]:
    """Return the values in an answers.json."""
    assert file is not None
    return {name: found["value"] for name, found in json.loads(file)["answers"].items()}


# --- the widget's output --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def saved_notebook(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """A notebook after its cells ran in a kernel: a panel is shown, then answered twice."""
    folder = tmp_path_factory.mktemp("student")
    cells = (
        "from course.widgets.votes import CountReplay\npanel = CountReplay()\npanel",
        'panel.value = {"report": 3}',
        'panel.value = {"report": 4}',
        "CountReplay()",
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
    NotebookClient(notebook, resources={"metadata": {"path": str(folder)}}).execute()
    nbformat.validate(notebook)
    return folder, notebook


def test_the_output_of_a_panel_follows_its_answer(saved_notebook: tuple[Path, Any]) -> None:
    """The cell that shows a panel holds the last answer, as answers.json does, time and all."""
    folder, notebook = saved_notebook
    on_disk = json.loads((folder / "answers.json").read_text("utf-8"))["answers"]
    assert carried_answers(notebook.cells[:1]) == on_disk == {"votes-11": on_disk["votes-11"]}
    assert on_disk["votes-11"]["value"] == {"report": 4}


def test_the_output_is_one_short_line_below_the_panel(saved_notebook: tuple[Path, Any]) -> None:
    """First the panel, then a line that says which answer was kept and when, not the answer."""
    _, notebook = saved_notebook
    panel, line = notebook.cells[0].outputs
    assert "application/vnd.jupyter.widget-view+json" in panel["data"]
    text = line["data"]["text/plain"]
    assert text.startswith("Answer to votes-11 kept at ")
    assert len(text) < 60
    assert set(line["data"]) == {MIME, "text/plain"}
    assert [c.outputs for c in notebook.cells[1:3]] == [[], []]


def test_a_later_session_carries_the_answer_on(saved_notebook: tuple[Path, Any]) -> None:
    """Who runs the cell again without answering hands in the answer of before, with its time."""
    _, notebook = saved_notebook
    assert carried_answers(notebook.cells[3:]) == carried_answers(notebook.cells[:1])


def test_a_panel_without_an_answer_says_so_and_carries_none() -> None:
    """The line of an untouched panel holds no answer."""
    assert make_bundle("votes-11", None) == {"text/plain": "No answer to votes-11 kept yet."}


def test_an_answer_that_the_disk_refused_is_carried_all_the_same(tmp_path: Path) -> None:
    """Where answers.json cannot be written, the line asks to save the notebook, which has it."""
    result = AnswerStore(tmp_path / "gone").save("votes-11", {"report": 3})
    assert not result.saved
    assert result.entry is not None
    made = make_bundle("votes-11", result.entry, on_disk=result.saved)
    assert "is in this notebook only: save the notebook" in made["text/plain"]
    assert made[MIME]["value"] == {"report": 3}


@pytest.mark.parametrize("kind", ["autograde", "validate"])
def test_nothing_leaves_a_run_of_nbgrader(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """While nbgrader runs a notebook, an answer is not handed on to any output."""
    monkeypatch.setenv("NBGRADER_EXECUTION", kind)
    assert AnswerStore(tmp_path).save("votes-11", {"report": 3}).entry is None


def test_nothing_leaves_the_instructors_source(tmp_path: Path) -> None:
    """Inside source/ no output carries an answer, which could reach a release."""
    (tmp_path / "nbgrader_config.py").touch()
    store = AnswerStore(tmp_path / "source" / "votes")
    assert store.keeps_nothing
    assert store.save("votes-11", {"report": 3}).entry is None


# --- reading outputs that anybody may have written ------------------------------------------------

DEEP: Any = []
for _ in range(3000):
    DEEP = [DEEP]


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"format": "1"},
        {"question": "../../key"},
        {"question": "votes-11\n"},
        {"question": ["votes-11"]},
        {"question": "v" * 65},
        {"saved": "tomorrow"},
        {"saved": "9999-99-99T99:99:99Z"},
        {"saved": 3},
        {"value": "report 3"},
        {"value": 3},
        {"value": {"report": float("nan")}},
        {"value": {"report": "9" * 200_001}},
        {"value": DEEP},
        {"value": None},
    ],
)
def test_an_output_that_is_no_answer_is_left_out(change: dict[str, Any]) -> None:
    """Other formats, names, times and values than a widget's own are not taken."""
    made = output("votes-11", {"report": 3})
    assert carried_output(made) is not None
    made["data"][MIME].update(change)
    assert carried_output(made) is None


@pytest.mark.parametrize(
    "found", [None, 3, [], {}, {"data": []}, {"data": {MIME: []}}, {"data": {MIME: "x"}}]
)
def test_an_output_of_another_shape_is_left_out(found: Any) -> None:
    """Whatever stands in the place of an output does no harm."""
    assert carried_output(found) is None
    assert carried_answers([cell(found), {"outputs": found}, {}]) == {}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
FIELDS = st.fixed_dictionaries(
    {}, optional={"format": JSON, "question": JSON, "saved": JSON, "value": JSON}
)


@given(FIELDS)
def test_no_content_of_an_output_makes_reading_fail(content: Any) -> None:
    """Any JSON in place of an answer is taken whole or left out, never an error."""
    found = carried_output({"data": {MIME: content}})
    assert found is None or found["data"][MIME]["question"] == content["question"]


def test_what_else_an_output_holds_does_not_come_along() -> None:
    """Pages, scripts and other fields beside an answer are left out."""
    made = output("votes-11", {"report": 3})
    made["data"]["text/html"] = "<script>"
    made["data"][MIME]["key"] = "x"
    made["metadata"] = {"x": 1}
    clean = carried_output(made)
    assert clean is not None
    assert clean["metadata"] == {}
    assert clean["data"] == {
        MIME: {"format": 1, "question": "votes-11", "value": {"report": 3}, "saved": OLD}
    }


def test_a_flood_of_outputs_is_read_up_to_a_bound() -> None:
    """Of thousands of answers, or of megabytes of them, the first ones are read."""
    many = [output(f"q-{n}", {"n": n}) for n in range(5000)]
    assert len(carried_answers([cell(*many)])) == 200
    heavy = [output(f"q-{n}", {"n": "9" * 150_000}) for n in range(50)]
    assert len(carried_answers([cell(*heavy)])) == 6


def test_the_reader_of_notebooks_keeps_only_such_outputs() -> None:
    """Reading a submission leaves all outputs out but those that carry an answer."""
    stream = {"output_type": "stream", "name": "stdout", "text": "x" * 100}
    content = {"nbformat": 4, "metadata": {}, "cells": [cell(stream, output("q-1", {"n": 1}))]}
    notebook = read_notebook("votes.ipynb", json.dumps(content).encode())
    assert [list(o.data) for o in notebook.cells[0].outputs] == [[MIME]]
    nbformat.validate(notebook)


# --- the newer of the two -------------------------------------------------------------------------


def test_without_a_file_the_notebook_gives_all_answers() -> None:
    """A notebook alone: its answers become the file, and that is said once."""
    file, remarks = merge_answers(None, {"votes-11": entry({"report": 3})})
    assert values(file) == {"votes-11": {"report": 3}}
    assert remarks == []  # which is normal


@pytest.mark.parametrize(
    ("in_file", "in_notebook", "counts", "which"),
    [(OLD, NEW, 4, "notebook"), (NEW, OLD, 3, "file"), (OLD, OLD, 3, "file")],
)
def test_the_newer_answer_counts_and_the_difference_is_said(
    in_file: str, in_notebook: str, counts: int, which: str
) -> None:
    """Of two answers to a question the later one counts; of two at once that in the file."""
    file, remarks = merge_answers(
        answers_file(votes_11=entry({"report": 3}, in_file), votes_12=entry({"fewest": 1})),
        {"votes-11": entry({"report": 4}, in_notebook)},
    )
    assert values(file) == {"votes-11": {"report": counts}, "votes-12": {"fewest": 1}}
    [(question, text)] = remarks
    assert question == "votes-11"
    assert f"the {which}'s counts" in text


def test_equal_answers_change_nothing_and_say_nothing() -> None:
    """The usual case: both hold the same, the file stays as it is, byte by byte."""
    file = answers_file(votes_11=entry({"report": 3}))
    same, remarks = merge_answers(file, {"votes-11": entry({"report": 3}, NEW)})
    assert same is file
    assert remarks == []
    assert merge_answers(file, {}) == (file, [])


def test_an_answer_that_only_the_notebook_has_is_added() -> None:
    """A file of other questions gets the answer, and the remark names the question."""
    file, remarks = merge_answers(
        answers_file(votes_12=entry({"fewest": 1})), {"votes-11": entry({"report": 3})}
    )
    assert values(file) == {"votes-11": {"report": 3}, "votes-12": {"fewest": 1}}
    assert [question for question, _ in remarks] == ["votes-11"]


@pytest.mark.parametrize(
    "damaged",
    [
        b"", b"{", b"[]", b"\xff", b'{"format": 2, "answers": {}}', b'{"format": 1}',
        b'{"format": 1, "answers": {"votes-11": 3}}', b"[" * 100_000, b"9" * 10_000,
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_gives_way_to_the_notebook(damaged: bytes) -> None:
    """A damaged answers.json costs nothing when the notebook carries the answers."""
    file, remarks = merge_answers(damaged, {"votes-11": entry({"report": 3})})
    assert values(file) == {"votes-11": {"report": 3}}
    assert "cannot be read" in remarks[0][1]


# --- graded ---------------------------------------------------------------------------------------

WRONG = {"votes-11": {"report": 1}, "votes-12": {"fewest": 1, "most": 2}}
STUDENTS = {  # what the notebook carries, and what answers.json holds
    "alone": ({q: entry(v) for q, v in ONLY.widgets.items()}, None),
    "file-only": ({}, {q: entry(v) for q, v in ONLY.widgets.items()}),
    "newer-in-notebook": (
        {q: entry(v, NEW) for q, v in ONLY.widgets.items()},
        {q: entry(v, OLD) for q, v in WRONG.items()},
    ),
    "newer-in-file": (
        {q: entry(v, OLD) for q, v in ONLY.widgets.items()},
        {q: entry(v, NEW) for q, v in WRONG.items()},
    ),
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Course]:
    """The students above, graded by `course grade` and by stock nbgrader."""
    courses = {}
    for way in ("ours", "stock"):
        root = tmp_path_factory.mktemp(way)
        shutil.copy(ROOT / "nbgrader_config.py", root)
        shutil.copytree(ROOT / "source" / "votes", root / "source" / "votes")
        course = courses[way] = Course(root)
        steps.generate_assignment(course, "votes")
        for student, (carried, kept) in STUDENTS.items():
            hand_in(course, student, carried, kept)
    list(grade_class(courses["ours"], "votes", jobs=1))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(courses["stock"].root)
        for student in STUDENTS:
            result = courses["stock"].api().autograde("votes", student)
            assert result["success"], result["log"]
    return courses


def hand_in(course: Course, student: str, carried: Any, kept: Any) -> None:
    """Put a submission into submitted/: the release, with answers of panels only."""
    folder = course.folder("submitted", student, "votes")
    shutil.copytree(course.root / "release" / "votes", folder)
    notebook = nbformat.read(folder / "votes.ipynb", as_version=4)
    code = [c for c in notebook.cells if c.cell_type == "code"]
    for place, (question, found) in enumerate(carried.items()):
        made = {**output(question, found["value"], found["saved"])}
        code[place].outputs.append(nbformat.from_dict(made))
    nbformat.write(notebook, folder / "votes.ipynb")
    if kept is not None:
        content = json.dumps({"format": 1, "answers": kept})
        (folder / "answers.json").write_text(content, encoding="utf-8")


@pytest.mark.parametrize("way", ["ours", "stock"])
def test_the_newer_answers_are_graded(graded: dict[str, Course], way: str) -> None:
    """The notebook alone earns what it earns with answers.json; of two answers the newer counts."""
    points = {
        found.student: {q.question: q.points for q in found.questions if q.question in WRONG}
        for found in read_report(graded[way], "votes").students
    }
    full = {question: ONLY.points[question] for question in WRONG}
    none = dict.fromkeys(WRONG, 0.0)
    assert points == {
        "alone": full, "file-only": full, "newer-in-notebook": full, "newer-in-file": none,
    }  # fmt: skip


@pytest.mark.parametrize("way", ["ours", "stock"])
def test_what_counted_lies_beside_the_graded_notebook(graded: dict[str, Course], way: str) -> None:
    """autograded/ holds the answers that were graded; what was handed in stays untouched."""
    for student, (_, kept) in STUDENTS.items():
        counted = graded[way].folder("autograded", student, "votes") / "answers.json"
        wanted = WRONG if student == "newer-in-file" else dict(ONLY.widgets)
        assert values(counted.read_bytes()) == wanted
        handed_in = graded[way].folder("submitted", student, "votes") / "answers.json"
        assert handed_in.exists() == (kept is not None)


def test_grading_says_where_the_two_differed(graded: dict[str, Course]) -> None:
    """The remarks of a submission name each question with two answers, and which one counted."""
    said = {s: grade_one(graded["ours"], "votes", s).remarks for s in STUDENTS}
    assert said["file-only"] == ()
    assert said["alone"] == ()
    for student, which in (("newer-in-notebook", "notebook"), ("newer-in-file", "file")):
        (remark,) = said[student]
        assert remark.startswith("votes-11, votes-12: ")
        assert f"the {which}'s counts" in remark


def test_the_graded_notebook_carries_nothing_on(graded: dict[str, Course]) -> None:
    """Neither outputs nor settings of the graded notebook hold the answers any more."""
    for course in graded.values():
        path = course.folder("autograded", "alone", "votes") / "votes.ipynb"
        text = path.read_text("utf-8")
        assert "backyard.answer" not in text
        assert "backyard_answers" not in text


def test_answers_to_no_question_are_left_and_not_remarked_on() -> None:
    """A notebook with hundreds of made-up answers fills no page of the instructor's."""
    made_up = [output(f"other-{number}", [1], "2099-01-01T00:00:00Z") for number in range(150)]
    notebook = nbformat.from_dict({"cells": [cell(*made_up, output("votes-11", {"report": 3}))]})
    found = take_carried(notebook, {"votes-11", "votes-12"})
    assert list(found) == ["votes-11"]
    assert notebook.cells[0].outputs == []


@pytest.mark.parametrize("key", ["backyard_answers", "widgets", "kernelspec"])
def test_a_notebooks_own_settings_carry_no_answer(key: str) -> None:
    """Only outputs carry answers: what a student writes into the settings is not taken over."""
    smuggled = {"votes-11": entry({"report": 3}, "2099-01-01T00:00:00Z")}
    assert _kernel_and_language({key: smuggled, "language_info": {"name": "python"}}) == {
        "language_info": {"name": "python"}
    }


@pytest.mark.parametrize("there", ["nothing", "file", "folder", "link", "link to a folder"])
def test_what_counts_takes_the_place_of_whatever_was_handed_in(there: str, tmp_path: Path) -> None:
    """A folder called answers.json stops no grading, and no link is followed."""
    path, other = tmp_path / "answers.json", tmp_path / "other"
    if there == "folder":
        path.mkdir()
        (path / "x").write_text("x")
    elif there == "file":
        path.write_text("x")
    elif there.startswith("link"):
        other.mkdir() if there.endswith("folder") else other.write_text("x")
        path.symlink_to(other)
    put_in_place(path, b"new")
    assert path.read_bytes() == b"new"
    assert not path.is_symlink()
    assert not other.is_file() or other.read_text() == "x"
