"""A question: reading the answers, the form check, the grade."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from ipywidgets import Widget
from matplotlib.figure import Figure

from course.scoring import FormError, Question, choice, label_map, number, plot, truth
from course.scoring.plain import plain

Answers = dict[str, object]
ROLES = ["reason", "evidence", "credit"]


@pytest.fixture(autouse=True)
def _interactive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)


def question(answers: Answers, points: float = 2, weight: float = 1.0) -> Question:
    """Return a question of two parts that reads `answers`."""
    q = Question("votes-03", points, answers=answers)
    q.part("turnout", number("percent", 0, 100), weight=weight)
    q.part("safe", truth())
    return q


def keyed(answers: Answers, **options: float) -> Question:
    """Return the question with its key."""
    q = question(answers, **options)
    q.key("turnout", 88.7, within=0.06)
    q.key("safe", True)
    return q


def hold(value: object, **names: object) -> Question:
    """Return a question whose one part is taken from an entry of a panel."""
    question = Question("votes-11", points=1, answers={"replay": value, **names})
    question.part("report", number(low=1, high=52, whole=True), at="replay.report")
    question.key("report", 48)
    return question


@pytest.mark.parametrize(
    ("question", "says"),
    [
        (hold({}), "There is no answer yet"),
        (hold({}, report=...), "There is no answer yet"),
        (hold({}, report=print), "There is no answer yet"),
        (hold({}, report=48), 'report holds one: write replay.value = {"report": report}'),
        (hold({"raport": 48}), 'There is no "report" in replay.value; it has "raport"'),
        (hold({48}), "A whole number is wanted; take it out of the set"),
    ],
)
def test_an_answer_in_another_place_is_no_missing_one(
    question: Question, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What stands under the part's name, or in another form, is named, at the check and after."""
    question.check()
    assert says in capsys.readouterr().out
    assert question.grade() == 0.0
    assert says in capsys.readouterr().out


def test_what_a_panel_holds_may_be_the_answer_itself() -> None:
    """A number in place of a dict with one entry can mean nothing else."""
    assert hold(48).grade() == 1.0


def test_the_form_check_says_that_all_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    """One line, and nothing returned."""
    assert question({"turnout": 1, "safe": False}).check() is None
    assert capsys.readouterr().out == "● votes-03: filled in. Points come with grading.\n"


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (
            {"turnout": "88"},
            "◐ votes-03: 0 of 2 filled in. There is no answer yet under the name safe.",
        ),
        (
            {"safe": True},
            "◐ votes-03: 1 of 2 filled in. There is no answer yet under the name turnout.",
        ),
        ({}, "○ votes-03: empty. There is no answer yet under turnout, safe."),
        (
            {"turnout": 888, "safe": 3},
            "◐ votes-03: 0 of 2 filled in. turnout: The number is too large",
        ),
        (
            {"turnout": 0.887, "safe": True},
            "● votes-03: filled in. Points come with grading. turnout: 0.887",
        ),
    ],
)
def test_the_check_says_in_one_line_what_is_left_to_do(
    answers: Answers, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """How much is filled in comes first; "Run all" goes on."""
    assert question(answers).check() is None
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith(said)


def test_a_fraction_for_a_percent_is_asked_about() -> None:
    """The unit is form: nothing is said of the size otherwise, nor of other units."""
    found = [question({"turnout": turnout, "safe": True}).forms()[0] for turnout in (0.887, 88.7)]
    assert [bool(form.remark) for form in found] == [True, False]
    assert "multiply it by a hundred" in found[0].remark
    assert number("percentage points").remark(0.5) is None
    shares = label_map(["a", "b"], number("percent"))
    assert "0.3 is less than one percent" in str(shares.remark(plain({"a": 0.3, "b": 0.7})))
    assert shares.remark(plain({"a": 0.3, "b": 70})) is None
    twice = plain({"a": "0.3", "A": 0.3, "b": 0.7})  # the form of the last one is what counts
    assert shares.form(twice) is None
    assert "0.3 is less than one percent" in str(shares.remark(twice))


def test_a_name_that_does_not_exist_is_an_unanswered_part(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """NameError means: not answered."""
    q = Question("votes-01", 1)
    q.part("turnout_of_nobody", number())  # type: ignore[name-defined]
    q.check()
    assert "no answer yet under the name turnout_of_nobody" in capsys.readouterr().out


def test_validate_marks_the_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under nbgrader's Validate a form problem is an error that shows only its message."""
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    question({"turnout": 1, "safe": False}).check()
    with pytest.raises(
        FormError, match=r"votes-03: 1 of 2 filled in\. There is no answer yet under the name safe"
    ) as caught:
        question({"turnout": 1}).check()
    assert isinstance(caught.value, AssertionError)
    assert caught.value._render_traceback_() == [str(caught.value)]
    long = FormError("votes-03: " + "no answer yet, " * 20)
    lines = long._render_traceback_()
    assert len(lines) > 2
    assert max(map(len, lines)) <= 100


def test_autograding_says_nothing_about_the_form(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """There the grade follows at once and says it, once."""
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    question({"turnout": 1, "safe": False}).check()
    assert capsys.readouterr().out == ""
    question({}).check()
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("answers", "points"),
    [
        ({"turnout": 88.7, "safe": True}, 2.0),
        ({"turnout": 88.7}, 1.0),
        ({"safe": True}, 1.0),
        ({"turnout": 0.887, "safe": "True"}, 0.0),
        ({}, 0.0),
    ],
)
def test_the_grade_is_a_plain_float(answers: Answers, points: float) -> None:
    """nbgrader reads the repr of the last expression."""
    grade = keyed(answers).grade()
    assert type(grade) is float
    assert grade == points


def test_weights_divide_the_points() -> None:
    """A part of weight 3 beside one of weight 1 carries three quarters."""
    assert keyed({"turnout": 88.7}, weight=3.0).grade() == 1.5


def test_points_have_two_decimals_and_stay_within_the_points() -> None:
    """A third of one point is 0.33; all of an odd number of points is that number."""
    q = Question("votes-04", 1, answers={"m": {"a": 1}})
    q.part("m", label_map(["a", "b", "c"], number()))
    q.key("m", {"a": 1, "b": 2, "c": 3})
    assert q.grade() == 0.33
    assert keyed({"turnout": 88.7, "safe": True}, points=2.125).grade() <= 2.125


def test_the_grade_prints_a_line_a_part_and_the_sum(capsys: pytest.CaptureFixture[str]) -> None:
    """Right, partly right or why not, and the points."""
    q = keyed({"turnout": 0.887, "safe": True, "shares": {"a": 1}})
    q.part("shares", label_map(["a", "b"], number()))
    q.key("shares", {"a": 1, "b": 2})
    q.grade()
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("votes-03 · turnout: This looks like a fraction")
    assert lines[1] == "votes-03 · safe: right."
    assert lines[2].startswith("votes-03 · shares: partly right. 1 of 2 are right")
    assert lines[3] == "votes-03: 1 of 2 points."


class Panel(Widget):
    """A panel that holds a value."""

    def __init__(self, value: object) -> None:
        super().__init__()
        self.held = value

    @property
    def value(self) -> object:
        """What it holds."""
        return self.held


class Failing(Widget):
    """A panel whose value cannot be had."""

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self._error = error

    @property
    def value(self) -> object:
        """Raise."""
        raise self._error


def test_a_part_names_where_its_answer_stands() -> None:
    """A name, what a panel holds, or one entry of it; what is not there is no answer."""
    panel = Panel({"report": 3})
    for at, fraction in (("panel.report", 1.0), ("panel.other", 0.0), ("nothing", 0.0)):
        q = Question("votes-11", 1, answers={"panel": panel})
        q.part("report", number(), at=at)
        q.key("report", 3)
        assert q.grade() == fraction
    q = Question("votes-11", 1, answers={"panel": panel})
    q.part("panel", label_map(["report"], number()))
    q.key("panel", {"report": 3})
    assert q.grade() == 1.0


def test_a_key_may_follow_from_an_earlier_answer() -> None:
    """A value is given as plain Python, a function too; what is not there is None."""
    held = {"n": 4, "panel": Panel({"a": [1, "x"]}), "f": len}
    q = Question("votes-11", 1, answers=held)
    assert [q.earlier(name) for name in ("n", "panel", "z")] == [4, {"a": [1, "x"]}, None]
    assert q.earlier("f")([5, 6]) == 2
    assert q.earlier("f")(5) is None


@pytest.mark.parametrize("error", [RuntimeError, SystemExit, RecursionError, AttributeError])
def test_a_panel_that_fails_is_a_named_problem(
    error: type[BaseException], capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever stands in the way of reading an answer is said, not raised."""

    q = Question("votes-05", 1, answers={"panel": Failing(error("hidden"))})
    q.part("x", number(), at="panel.x")
    q.check()
    q.key("x", 1)
    assert q.grade() == 0.0
    said = f"x: The panel cannot be read: it stops with {error.__name__}."
    assert capsys.readouterr().out.splitlines() == [
        f"◐ votes-05: 0 of 1 filled in. {said}",
        f"votes-05 · {said}",
        "votes-05: 0 of 1 points.",
    ]


def test_the_interrupt_key_gets_through() -> None:
    """The student can always stop a cell."""
    q = Question("votes-05", 1, answers={"panel": Failing(KeyboardInterrupt())})
    q.part("x", number(), at="panel")
    with pytest.raises(KeyboardInterrupt):
        q.check()


def _without_key() -> None:
    question({}).grade()


def _unknown_part() -> None:
    question({}).key("turn_out", 1)


def _key_twice() -> None:
    keyed({}).key("safe", True)


def _part_twice() -> None:
    question({}).part("safe", truth())


def _bad_key() -> None:
    question({}).key("turnout", "88.7")


def _bad_option() -> None:
    question({}).key("turnout", 88.7, tolerance=1)


def _bad_weight() -> None:
    question({}, weight=0)


def _no_kind() -> None:
    Question("votes-03", 1).part("x", number)  # type: ignore[arg-type]


SLIPS = [
    _without_key,
    _unknown_part,
    _key_twice,
    _part_twice,
    _bad_key,
    _bad_option,
    _bad_weight,
    _no_kind,
]


@pytest.mark.parametrize("slip", SLIPS)
def test_an_author_s_slip_names_question_and_part(slip: Any) -> None:
    """A grade cell that cannot be right fails loudly, with the place."""
    with pytest.raises(ValueError, match=r"votes-03 · \w+: .{10}"):
        slip()


def test_a_question_without_parts_or_points_is_refused() -> None:
    """There is nothing to grade."""
    with pytest.raises(ValueError, match="no part"):
        Question("votes-03", 1).grade()
    with pytest.raises(ValueError, match="points"):
        Question("votes-03", 0)


def test_strange_text_can_be_printed() -> None:
    """A lone surrogate in an answer does not stop the output."""
    q = Question("votes-06", 1, answers={"m": {"\ud800": 1}})
    q.part("m", label_map(["a"], number()))
    q.check()


CELL = """
import sys, warnings
warnings.simplefilter("always")
from course.scoring import Question, case, function, number
class Noisy(float):
    def __eq__(self, other): print("eq", file=sys.stderr); warnings.warn("eq"); return True
    __hash__ = None
def noisy(x):
    print("called", file=sys.stderr); warnings.warn("called"); return x
turnout = Noisy(3)
q = Question("votes-03", 2)
q.part("turnout", number())
q.part("noisy", function(example=1, returns=number()))
q.part("missing", number())
q.check()
q.key("turnout", 3)
q.key("noisy", cases=[case(2, 2)])
q.key("missing", 3)
print(repr(q.grade()))
"""


@pytest.mark.parametrize("mode", ["", "autograde"])
def test_nothing_is_written_to_stderr(mode: str) -> None:
    """nbgrader gives no points to a cell that writes there, so a whole process is watched."""
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", CELL],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
        env={
            **os.environ,
            "PYTHONPATH": str(root),
            "NBGRADER_EXECUTION": mode,
            "PYTHONIOENCODING": "utf-8",
        },
    )
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] == "1.33"


@pytest.mark.parametrize(
    ("turnout", "line"),
    [
        (88.7, "votes-03 · turnout: right. More than one number is accepted."),
        (3, "votes-03 · turnout: The answer is not right."),
    ],
)
def test_a_note_is_told_to_whoever_earned_something(
    turnout: float, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A note such as "several answers are accepted" stands beside points, never without them."""
    q = question({"turnout": turnout, "safe": True})
    q.key("turnout", 88.7, within=0.06, note="more than one number is accepted")
    q.key("safe", True)
    q.grade()
    assert line in capsys.readouterr().out.splitlines()


def test_a_note_follows_the_message_of_a_partly_right_answer(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What is wrong comes first, then the note."""
    q = Question(
        "argument-03",
        2,
        answers={"roles": {"P01": "reason", "P02": "reason", "P03": "evidence", "P04": "reason"}},
    )
    q.part("roles", label_map(["P01", "P02", "P03", "P04"], ROLES))
    right = {"P01": ["reason", "credit"], "P02": "credit", "P03": "evidence", "P04": "reason"}
    q.key("roles", right, note="two are accepted")
    assert q.grade() == 1.5
    line, *_ = capsys.readouterr().out.splitlines()
    assert line.startswith("argument-03 · roles: partly right. 3 of 4 are right; ")
    assert line.endswith(". Two are accepted.")


def test_the_grade_cell_says_how_each_answer_was_read(capsys: pytest.CaptureFixture[str]) -> None:
    """A line a part, after the points; what is not answered has none."""
    q = Question(
        "votes-03", 2, answers={"turnout": 88.70624, "blank": ..., "roles": {"P01": "reason"}}
    )
    q.part("turnout", number("percent"))
    q.part("blank", number("percent"))
    q.part("roles", label_map(["P01"], ROLES))
    for name, key in (("turnout", 3), ("blank", 4), ("roles", {"P01": "credit"})):
        q.key(name, key)
    q.grade()
    *_, first, second = capsys.readouterr().out.splitlines()
    assert first == "Read as: turnout = 88.70624"
    assert second == "Read as: roles = {'P01': 'reason'}"


def test_a_long_answer_is_cut_and_stays_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """What a student made long or broke into lines cannot fill or fake the page."""
    q = Question("votes-03", 2, answers={"turnout": "a\nvotes-03: 2 of 2 points.\n" + "x" * 5000})
    q.part("turnout", number("percent"))
    q.key("turnout", 3)
    q.grade()
    *_, points, line = capsys.readouterr().out.splitlines()
    assert points == "votes-03: 0 of 2 points."
    assert line.startswith("Read as: turnout = 'a\\nvotes-03: 2 of 2 points.")
    assert len(line) < 700


def test_a_chart_is_said_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    """Beside the picture stands what it shows: title, names of the axes, marks and values."""
    ax = Figure().subplots()
    ax.bar(["valid", "cast"], [30.6, 25.7])
    ax.set(title="Shares", ylabel="percent")
    q = Question("votes-15", 2, answers={"ax": ax})
    q.part("ax", plot("bar"))
    q.check()
    said = capsys.readouterr().out
    assert "votes-15 · ax, in words: a chart with the title 'Shares';" in said
    assert "the x axis has no name; the y axis is called 'percent'" in said
    assert "bars: valid: 30.6, cast: 25.7." in said


def test_whatever_an_answer_holds_a_part_is_one_plain_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """No name of a column, of a type or of a bar begins a line or steers a terminal."""
    odd = "x\nvotes-03: 2 of 2 points.\u2028Read as: a = 1\x1b[31m\u202e"
    kind = type(odd, (), {})
    for value in (kind(), [kind()], {odd: 1}, pd.DataFrame({odd: [1]}), [odd], odd):
        for wanted, key in (
            (number(), 1),
            (choice(["A"]), "A"),
            (label_map(["A", "B"], ["C", "D"]), {}),
        ):
            q = Question("x-01", 1, answers={"a": value})
            q.part("a", wanted)
            q.key("a", {"A": "C", "B": "D"} if key == {} else key)
            q.grade()
            out = capsys.readouterr().out.removesuffix("\n")
            assert all(line.isprintable() for line in out.split("\n")), out
            assert [line[:4] for line in out.split("\n")] == ["x-01", "x-01", "Read"]
            assert out == "\n".join(out.splitlines())


def test_a_number_that_python_does_not_write_was_read(capsys: pytest.CaptureFixture[str]) -> None:
    """The feedback does not say that there is no answer."""
    q = Question("x-01", 1, answers={"a": 10**5000})
    q.part("a", number())
    q.key("a", 1)
    q.grade()
    assert "Read as: a = a whole number of more than" in capsys.readouterr().out
