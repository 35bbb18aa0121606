"""Practice: right once, wrong in each way that it names; what is kept, and what it gives away."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib.dates import date2num
from matplotlib.figure import Figure

from course import register
from course.answers.store import AnswerStore
from course.practice import practice
from course.practice.exercise import PANEL, Exercise, find_exercise
from course.practice.judging import Verdict, judge
from course.practice.kept import PREFIX, Practiced, keep_try, read_handed_in, read_practiced
from course.scoring.arrows import LinksKind
from course.scoring.maps import LabelMapKind
from course.widgets.argument import Matching
from scripts.estimate_time import count_notebook, write_times
from tests.conftest import Keys
from tests.notebooks import ROOT, grade_id, read, run_cell, source
from tests.test_questions import Recorded, Recorder, mistaken, named_mistakes, plot_of

# A new assignment may come without practice; one that has some has it for every question.
ASSIGNMENTS = sorted(
    path.parent.name
    for path in (ROOT / "source").glob("*/*.ipynb")
    if (ROOT / "course/practice" / f"{path.stem}.py").is_file()
)
QUESTIONS = [
    grade_id(cell)
    for assignment in ASSIGNMENTS
    for cell in source(assignment).cells
    if cell.metadata.get("nbgrader", {}).get("grade")
]
# A question that is met in steps has one for each: "timeline-01", "timeline-01b".
PRACTICES = [*QUESTIONS, "timeline-01b"]


def open_key(exercise: Exercise) -> tuple[dict[str, Recorded], dict[str, str]]:
    """Return the keys of a practice question by part, and under which name each is answered."""
    question = Recorder(exercise.question, answers={})
    exercise.build(question)
    return question.recorded, {n: ".".join(p.path) for n, p in question._parts.items()}


def timeline_of(key: Recorded, lengths: dict[str, float]) -> Any:
    """Return a chart of horizontal bars that begin where a key wants it, lengths in days."""
    ax = Figure().subplots()
    starts = date2num(np.array([*key.options["starts"].values()], "datetime64[D]"))
    ax.barh([*lengths], [*lengths.values()], left=starts)
    ax.xaxis_date()
    ax.set(title="title", xlabel="time", ylabel="keeper")
    return ax


def right_answer(key: Recorded) -> Any:
    """Return an answer that a key accepts."""
    if "right" in key.options:
        return key.options["right"]
    if "starts" in key.options:
        return timeline_of(key, key.options["values"])
    if "values" in key.options:
        return plot_of(key.options["values"], key.kind.kinds[0])
    (right,) = key.args
    if isinstance(key.kind, LinksKind):
        both = {"supports": right, "challenges": key.options.get("challenges", {})}
        return {
            "links": [
                {"from": a, "to": b, "relation": relation}
                for relation, arrows in both.items()
                for a, b in arrows
            ]
        }
    if isinstance(key.kind, LabelMapKind):
        return {k: v[0] if isinstance(v, list) else v for k, v in right.items()}
    return sorted(right) if isinstance(right, set) else right


def mistake_in(right: Any, key: Recorded, value: Any) -> Any:
    """Return an answer in which a named mistake stands in place of what is right."""
    if "starts" in key.options:
        return timeline_of(key, {**key.options["values"], "Ana": value})
    return mistaken(value, right, key)


def nested(answers: dict[str, Any]) -> dict[str, Any]:
    """Return answers under the notebook's names: "panel.entry" is an entry of what it holds."""
    held: dict[str, Any] = {}
    for name, value in answers.items():
        panel, _, entry = name.partition(".")
        held[panel] = {**held.get(panel, {}), entry: value} if entry else value
    return held


@pytest.mark.parametrize("question", PRACTICES)
def test_each_practice_is_right_once_and_wrong_in_each_named_way(question: str) -> None:
    """The open key's answer is right; each mistake that it names is told from it, with a hint."""
    exercise = find_exercise(question)
    keys, names = open_key(exercise)
    right = {names[part]: right_answer(key) for part, key in keys.items()}
    verdict = judge(exercise, nested(right))
    assert verdict.right, verdict
    assert repr(verdict).startswith("✓ Right")
    named = 0
    for part, key in keys.items():
        for value, message, _ in named_mistakes(key):
            named += 1
            wrong = mistake_in(right[names[part]], key, value)
            verdict = judge(exercise, nested({**right, names[part]: wrong}))
            assert not verdict.right
            assert repr(verdict).startswith("◐ Not yet")
            assert message in repr(verdict), (part, value, verdict)
            assert verdict.hint in verdict._repr_html_() or "&" in verdict._repr_html_()
    assert named >= 1, "a practice question names a mistake"


def test_each_question_and_each_of_its_steps_has_its_practice_before_it() -> None:
    """In all notebooks: since the check before, one practice, in cells that nbgrader ignores."""
    assert ASSIGNMENTS == ["argument", "start", "timeline", "verdict", "votes"]
    met: list[str] = []
    for assignment in ASSIGNMENTS:
        waiting: list[str] = []
        checks: Counter[str] = Counter()
        for cell in source(assignment).cells:
            if practiced := re.search(r'\bpractice\("([\w-]+)"\)', cell.source):
                assert "nbgrader" not in cell.metadata
                waiting.append(practiced[1])
            step = re.search(r'ask\("([\w-]+)"\)(?s:.*)q\.check\("', cell.source)
            graded = cell.metadata.get("nbgrader", {}).get("grade")
            if question := step[1] if step else grade_id(cell) if graded else "":
                assert waiting == [question + "bc"[checks[question] - 1 : checks[question]]]
                checks[question] += 1
                met, waiting = [*met, *waiting], []
    assert sorted(met) == sorted(PRACTICES)


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_each_practice_of_a_notebook_is_answered_wrong_then_right(
    assignment: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From top to bottom as handed out: no answer yet; then a hint; then right; both are kept."""
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"__name__": "__main__"}
    met = []
    for cell in read(ROOT / "release" / assignment / f"{assignment}.ipynb").cells:
        run = run_cell(cell.source, names) if cell.cell_type == "code" else None
        practiced = re.search(r'\bpractice\("([\w-]+)"\)', cell.source)
        if run is None or practiced is None:
            continue
        met.append(practiced[1])
        exercise = find_exercise(met[-1])
        panel = names["practice_panel"] if exercise.panel else None
        said = panel.status if panel else repr(run.value)
        assert said == "" if panel else said.startswith("○ No answer yet")
        assert met[-1] not in say_tries(tmp_path)
        for answers, sign in zip(wrong_and_right(exercise), "◐✓", strict=True):
            if panel:
                panel.value = answers[PANEL]
                said = panel.status
                assert "practice_" not in said  # a name that stands nowhere in the panel
            else:
                names.update(answers)
                said = repr(run_cell(cell.source, names).value)
            assert said.startswith(sign), (met[-1], said)
            assert (exercise.hint in said, exercise.right in said) == (sign == "◐", sign == "✓")
        assert say_tries(tmp_path)[met[-1]] == "right after 2 tries"
    assert sorted(met) == sorted(q for q in PRACTICES if q.startswith(f"{assignment}-"))


def say_tries(folder: Path) -> dict[str, str]:
    """Return what is kept of the tries, by practice."""
    file = folder / "answers.json"
    kept = json.loads(file.read_text("utf-8"))["answers"] if file.is_file() else {}
    return {n.removeprefix(PREFIX): str(read_practiced(e["value"])) for n, e in kept.items()}


def wrong_and_right(exercise: Exercise) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return answers with the first mistake that a practice names, and those that are right."""
    keys, names = open_key(exercise)
    right = {names[part]: right_answer(key) for part, key in keys.items()}
    part, key, value = next(
        (part, key, value) for part, key in keys.items() for value, *_ in named_mistakes(key)
    )
    return nested({**right, names[part]: mistake_in(right[names[part]], key, value)}), nested(right)


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_the_times_that_a_notebook_states_are_the_estimate(assignment: str) -> None:
    """Minutes of each part, and the whole: what the script counts from words, cells and steps."""
    notebook = read(ROOT / "source" / assignment / f"{assignment}.ipynb")
    stated = [cell.source for cell in notebook.cells]
    write_times(notebook, count_notebook(notebook))
    again = [cell.source for cell in notebook.cells]
    assert again == stated, "run scripts/estimate_time.py --write, then make release"
    assert "an estimate" in stated[0]


def test_no_practice_key_answers_a_graded_question(keys: Keys) -> None:
    """No part of a practice question has the key of a part of its question, whatever its name."""
    for question in QUESTIONS:
        graded = [key[0] for (asked, _), (_, key, _) in keys.items() if asked == question and key]
        for key in open_key(find_exercise(question))[0].values():
            if key.args:
                assert key.args[0] not in graded, (question, key.args[0])


def test_no_practice_name_is_one_that_is_graded(keys: Keys) -> None:
    """What is written for practice is never read as an answer."""
    for question in QUESTIONS:
        assert all(name.startswith("practice_") for name in open_key(find_exercise(question))[1])
    assert not [part for _, part in keys if part.startswith("practice_")]


def test_tries_are_kept_beside_the_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each other answer is a try, the same one again is none; after the right one none counts."""
    monkeypatch.chdir(tmp_path)
    store = AnswerStore()
    said = []
    for answer in ("4.83", "4.83", "'5,75'", "5.75", "1", "5.75"):
        run_cell(f"practice_share = {answer}", names := {"practice": practice})
        said.append(repr(run_cell('practice("votes-02").check()', names).value)[0])
        kept = read_practiced(store.load(PREFIX + "votes-02"))
    assert said == ["◐", "◐", "◐", "✓", "◐", "✓"]
    assert kept == Practiced(2, True)
    assert str(kept) == "right after 2 tries"
    assert store.load("votes-02") is None


def test_a_panel_says_at_once_whether_its_practice_is_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its line says not yet, the mistake and a hint, or right; nothing is kept as an answer."""
    monkeypatch.chdir(tmp_path)
    register.panels.clear()  # of tests before this one: ipywidgets lets none go
    panel = Matching.practice("argument-05")
    assert panel.question  # so that the panel shows its line
    said = []
    for z in ("linked", "independent", "one"):
        panel.value = {"x": "independent", "y": "linked", "z": z}
        said.append(panel.status)
    assert all(line.startswith("◐ Not yet: ") and "Hint: Cover one" in line for line in said[:2])
    assert "Does the year speak against the cinema?" in said[1]
    assert said[2].startswith("✓ Right")
    panel.value = {}
    assert panel.status == ""
    kept = read_handed_in(tmp_path)
    assert kept == {"argument-05": Practiced(3, True)}
    assert list(register.panels) == []


def test_a_choice_that_is_still_missing_is_no_try(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a panel is filled in, it says what is missing and counts nothing."""
    monkeypatch.chdir(tmp_path)
    panel = Matching.practice("argument-05")
    panel.value = {"x": "independent"}
    assert "no answer yet for" in panel.status
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("kept", [None, 3, [], {}, {"tries": "2"}, {"tries": True, "right": True}])
def test_what_cannot_be_read_is_nothing_practiced(kept: object) -> None:
    """A file that somebody changed by hand breaks nothing."""
    assert read_practiced(kept) is None


def test_nothing_is_said_or_kept_while_nbgrader_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Grading and Validate pass over practice: it judges nothing and writes nothing."""
    monkeypatch.chdir(tmp_path)
    for run in ("autograde", "validate"):
        monkeypatch.setenv("NBGRADER_EXECUTION", run)
        assert practice("votes-02").check() is None
        keep_try("votes-02", Verdict("", (), read_as="4"))
    assert not list(tmp_path.iterdir())


def test_an_answer_whose_cell_failed_is_not_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in graded questions: the kernel remembers what the cell no longer gives."""
    asked: list[object] = []

    def look(question: str, names: object) -> str:
        asked.append(names)
        return "Its cell stopped with an error."

    monkeypatch.setattr(register, "watchers", [look])
    verdict = judge(find_exercise("votes-01"))
    assert (verdict.headline, verdict.answered) == ("△ Not checked", False)
    assert verdict.lines == ("Its cell stopped with an error.",)
    assert asked == [["practice_votes"]]
