"""The votes widgets in Python: answers are checked, kept and found again; figures get true data."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from course import data
from course.widgets.base import CourseWidget
from course.widgets.votes import CountReplay, DenominatorExplorer, RunoffLaboratory

ANSWERS = [
    (CountReplay, "votes-11", {"report": 3}),
    (RunoffLaboratory, "votes-12", {"fewest": 1000, "most": 2000}),
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a student's folder of the test's own."""
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def on_disk(folder: Path) -> dict[str, object]:
    """Return the values kept in the folder, by question; none if there is no file."""
    file = folder / "answers.json"
    if not file.exists():
        return {}
    answers = json.loads(file.read_text(encoding="utf-8"))["answers"]
    return {question: entry["value"] for question, entry in answers.items()}


class Browser:
    """Stands for the page: sends what a student does there and notes the replies."""

    def __init__(self, widget: CourseWidget, monkeypatch: pytest.MonkeyPatch) -> None:
        self.widget = widget
        self.replies: list[object] = []
        monkeypatch.setattr(widget, "send", lambda message: self.replies.append(message))

    def send(self, message: object) -> None:
        """Deliver a message as the front end does."""
        self.widget._handle_custom_msg(message, [])


@pytest.mark.parametrize(("kind", "question", "answer"), ANSWERS)
def test_a_new_widget_has_no_answer(
    folder: Path, kind: Callable[[], CourseWidget], question: str, answer: dict[str, object]
) -> None:
    """Unanswered is an empty dict, and showing a widget writes nothing."""
    widget = kind()
    assert widget.value == {}
    assert widget.status == ""
    assert widget.question == question
    assert on_disk(folder) == {}


@pytest.mark.parametrize(("kind", "question", "answer"), ANSWERS)
def test_an_answer_from_the_browser_is_kept_and_replied_to(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: Callable[[], CourseWidget],
    question: str,
    answer: dict[str, object],
) -> None:
    """What the page sends is on the disk before the status says saved."""
    widget = kind()
    browser = Browser(widget, monkeypatch)
    said: list[tuple[str, dict[str, object]]] = []
    widget.observe(lambda change: said.append((change["new"], on_disk(folder))), "status")
    browser.send({"answer": answer, "number": "view-1"})
    assert widget.value == answer
    assert [(status[:9], kept) for status, kept in said] == [("saved at ", {question: answer})]
    assert browser.replies == [{"reply": "view-1"}]


@pytest.mark.parametrize(("kind", "question", "answer"), ANSWERS)
def test_an_answer_in_code_is_kept_and_found_again(
    folder: Path, kind: Callable[[], CourseWidget], question: str, answer: dict[str, object]
) -> None:
    """`widget.value = …` counts as much as a click, and the next session finds it."""
    kind().value = answer
    assert on_disk(folder) == {question: answer}
    again = kind()
    assert again.value == answer
    assert again.status == "your saved answer was found"


def test_a_panel_says_what_it_is_where_it_cannot_act() -> None:
    """A feedback page shows no panel; it names it, and not where it lay in memory."""
    panel = CountReplay(question="votes-11")
    shown = panel._repr_mimebundle_()
    assert shown is not None
    assert shown[0]["text/plain"] == "[the panel of votes-11]"
    assert repr(DenominatorExplorer()) == "[a panel]"


def test_numbers_of_numpy_and_whole_floats_are_counts(folder: Path) -> None:
    """A number computed with pandas can be handed over as it is."""
    laboratory = RunoffLaboratory()
    laboratory.value = {"most": np.float64(7.0), "fewest": np.int64(5)}
    assert laboratory.value == {"fewest": 5, "most": 7}
    assert [type(number) for number in laboratory.value.values()] == [int, int]


def test_half_an_answer_is_kept_and_can_be_taken_back(folder: Path) -> None:
    """One of two numbers is kept as it is; `{}` takes the answer back."""
    laboratory = RunoffLaboratory()
    laboratory.value = {"most": 2000}
    assert on_disk(folder) == {"votes-12": {"most": 2000}}
    laboratory.value = {}
    assert RunoffLaboratory().value == {}
    replay = CountReplay()
    replay.value = {"report": 3}
    replay.value = {}
    assert on_disk(folder) == {"votes-11": {}, "votes-12": {}}


def test_the_first_and_the_last_of_the_allowed_counts_are_answers(folder: Path) -> None:
    """Limits belong to what is allowed."""
    replay, laboratory = CountReplay(), RunoffLaboratory()
    for report in (1, 52):
        replay.value = {"report": report}
    highest = laboratory.content["eliminated"]
    laboratory.value = {"fewest": 0, "most": highest}
    assert on_disk(folder) == {"votes-11": {"report": 52}, "votes-12": laboratory.value}


def test_opening_a_widget_does_not_write(folder: Path) -> None:
    """An answer that is found is not written once more: the file is the same file."""
    CountReplay().value = {"report": 3}
    before = (folder / "answers.json").stat()
    CountReplay()
    after = (folder / "answers.json").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


WRONG = [
    (
        CountReplay,
        None,
        r'votes-11: value: expected a dict such as \{"report": 3\}, found NoneType',
    ),
    (CountReplay, 3, "expected a dict .* found int"),
    (CountReplay, {"report": 0}, "expected report as a whole number from 1 to 52, found 0"),
    (CountReplay, {"report": 53}, "from 1 to 52, found 53"),
    (CountReplay, {"report": "3"}, "from 1 to 52, found '3'"),
    (CountReplay, {"report": True}, "from 1 to 52, found True"),
    (CountReplay, {"report": 2.5}, "from 1 to 52, found 2.5"),
    (CountReplay, {"report": [3]}, r"from 1 to 52, found \[3\]"),
    (CountReplay, {"reprot": 3}, r'expected names as in \{"report": 3\}, found \'reprot\''),
    (CountReplay, {"report": {3}}, "expected plain data"),
    (RunoffLaboratory, {"fewest": -1}, "votes-12: value: expected fewest as .*found -1"),
    (RunoffLaboratory, {"fewest": 1, "most": 10**9}, "expected most as .*found 1,000,000,000"),
    (RunoffLaboratory, {"report": 3}, "found 'report'"),
    (DenominatorExplorer, {"report": 3}, "this widget takes no answer"),
]


@pytest.mark.parametrize(("kind", "value", "message"), WRONG)
def test_a_value_of_the_wrong_form_is_an_error_in_code(
    folder: Path, kind: Callable[[], CourseWidget], value: object, message: str
) -> None:
    """The error names question, what was expected and what was found; the old answer stays."""
    widget = kind()
    with pytest.raises(ValueError, match=message):
        widget.value = value
    assert widget.value == {}
    assert on_disk(folder) == {}


def test_a_value_of_the_wrong_form_from_the_browser_is_said_in_the_widget(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The student reads why in the status line; the answer before it stays."""
    replay = CountReplay()
    browser = Browser(replay, monkeypatch)
    browser.send({"answer": {"report": 3}, "number": 1})
    browser.send({"answer": {"report": 99}, "number": 2})
    assert replay.status.startswith("Not saved. votes-11: value: expected report")
    assert browser.replies == [{"reply": 1}, {"reply": 2}]
    assert on_disk(folder) == {"votes-11": {"report": 3}}


@pytest.mark.parametrize("message", [None, "answer", {}, {"report": 3}, [1]])
def test_a_message_that_is_no_answer_changes_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, message: object
) -> None:
    """Whatever else arrives from a page is left alone."""
    replay = CountReplay()
    browser = Browser(replay, monkeypatch)
    browser.send(message)
    assert (replay.value, replay.status, browser.replies) == ({}, "", [])


def test_a_refused_answer_stays_in_the_widget_and_can_be_sent_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the disk refuses, nothing says saved; the same answer once more is tried once more."""
    replay = CountReplay()
    browser = Browser(replay, monkeypatch)
    (folder / "answers.json").mkdir()
    browser.send({"answer": {"report": 3}, "number": 1})
    assert replay.status.startswith("Not saved.")
    assert replay.value == {"report": 3}
    (folder / "answers.json").rmdir()
    browser.send({"answer": {"report": 3}, "number": 2})
    assert replay.status.startswith("saved at ")
    assert on_disk(folder) == {"votes-11": {"report": 3}}


def test_widgets_of_two_questions_do_not_erase_each_other(folder: Path) -> None:
    """Two widgets in two tabs, each begun before the other answered: both answers are there."""
    replay, laboratory = CountReplay(), RunoffLaboratory()
    replay.value = {"report": 3}
    laboratory.value = {"fewest": 1}
    replay.value = {"report": 4}
    assert on_disk(folder) == {"votes-11": {"report": 4}, "votes-12": {"fewest": 1}}


def test_a_widget_without_a_question_keeps_nothing(folder: Path) -> None:
    """For trying out: the value is there, the disk and the status stay empty."""
    replay = CountReplay(question=None)
    replay.value = {"report": 3}
    assert replay.value == {"report": 3}
    assert replay.status == ""
    assert on_disk(folder) == {}


def test_an_answer_edited_by_hand_into_nonsense_is_named(folder: Path) -> None:
    """The widget opens without it, says why, and leaves it on the disk."""
    text = '{"format": 1, "answers": {"votes-11": {"value": {"report": "x"}, "saved": ""}}}'
    (folder / "answers.json").write_text(text, encoding="utf-8")
    replay = CountReplay()
    assert replay.value == {}
    assert "The answer in answers.json cannot be used" in replay.status
    assert "found 'x'" in replay.status
    assert (folder / "answers.json").read_text(encoding="utf-8") == text


def test_a_damaged_file_is_named_when_the_widget_opens(folder: Path) -> None:
    """The student learns of it before answering, not after."""
    (folder / "answers.json").write_text("{")
    assert "is damaged" in CountReplay().status


def test_grading_finds_the_answer_and_says_nothing_alarming(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under nbgrader the kept answer is `value`, and an answer set in code counts too."""
    CountReplay().value = {"report": 3}
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    replay = CountReplay()
    assert replay.value == {"report": 3}
    replay.value = {"report": 4}
    assert replay.value == {"report": 4}
    assert "Not saved" not in replay.status
    assert on_disk(folder) == {"votes-11": {"report": 3}}


# --- what the figures are drawn from -----------------------------------------------------------


def test_the_explorer_has_every_candidate_and_place_and_their_counts_close() -> None:
    """20 candidates, nation and 26 units; in each the candidates sum to the valid votes."""
    content = DenominatorExplorer().content
    assert len(content["candidates"]) == 20
    assert len(content["places"]) == 27
    for place in content["places"]:
        assert sum(place["votes"].values()) == place["valid_votes"], place["name"]
        ballots = place["valid_votes"] + place["blank_votes"] + place["null_votes"]
        assert ballots == place["votes_cast"], place["name"]


def test_names_and_columns_of_candidates_belong_together() -> None:
    """The order of the ballot rank joins them; a shifted column would show another's votes."""
    units = data.first_round_departments()
    first = data.first_round().set_index("candidate")["votes"]
    for candidate in DenominatorExplorer().content["candidates"]:
        assert units[candidate["column"]].sum() == first[candidate["name"]], candidate["name"]


def test_the_replay_has_every_report_and_only_what_it_states() -> None:
    """52 reports in order; what a report leaves out is None, which the page shows as such."""
    content = CountReplay().content
    assert [report["report"] for report in content["reports"]] == list(range(1, 53))
    table = data.count_reports().set_index("report")
    for report in content["reports"]:
        row = table.loc[report["report"]]
        for name in ("sheets_percent", "humala_percent", "flores_votes", "gap_votes_stated"):
            known = None if pd.isna(row[name]) else row[name]
            assert report[name] == known, (report["report"], name)
    assert content["reports"][0]["date"] == "9 April 2006"


def test_the_laboratory_has_the_official_counts_and_no_bound() -> None:
    """The page gets counts of the two rounds; what follows from them is the student's to find."""
    content = RunoffLaboratory().content
    assert set(content) == {
        "garcia_first",
        "humala_first",
        "eliminated",
        "eliminated_candidates",
        "garcia_runoff",
        "humala_runoff",
        "no_valid_vote",
    }
    totals = data.totals().set_index("round")["valid_votes"]
    first = content["garcia_first"] + content["humala_first"] + content["eliminated"]
    assert first == totals["first round"]
    assert content["garcia_runoff"] + content["humala_runoff"] == totals["runoff"]
    assert content["eliminated_candidates"] == 18


def test_content_is_plain_data() -> None:
    """What is sent to the page is JSON; a numpy number or NaN would leave the figure empty."""
    for widget in (DenominatorExplorer(), CountReplay(), RunoffLaboratory()):
        json.dumps(widget.content, allow_nan=False)


def test_no_module_loads_anything_from_elsewhere() -> None:
    """The figures work without a network: no import, no address but that of the SVG namespace."""
    for widget in (DenominatorExplorer(), CountReplay(), RunoffLaboratory()):
        text = (widget._esm + widget._css).replace("http://www.w3.org/2000/svg", "")
        assert "panel_default as default" in text
        for word in (
            "import {",
            "import *",
            "import(",
            "fetch(",
            "http://",
            "https://",
            "@import",
            "url(http",
        ):
            assert word not in text, word
