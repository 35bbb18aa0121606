"""The record of a check: what it holds, that it comes back as it was, that nothing else does."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.grader.run.shell import CellShell
from course.scoring import Question, choice, label_set, mistake, number
from course.scoring.kind import Score
from course.scoring.results import MIME, CheckResult, read_result
from tests.scoring.kinds import EXAMPLES

ANSWERS = {"turnout": 0.887, "letter": "B", "set": {"A"}}


def made() -> CheckResult:
    """Return the result of a check with a general, a named and no mistake, and one part empty."""
    q = Question("votes-03", 2, answers=ANSWERS)
    q.part("turnout", number("percent"), weight=2)
    q.part("letter", choice(["A", "B"]))
    q.part("set", label_set(["A", "B"]))
    q.part("nothing", number())
    q.key("turnout", 88.7)
    q.key("letter", "A", mistakes={"B": "This is the other one."})
    q.key("set", {"A"}, note="Two are accepted.")
    q.key("nothing", 1, mistakes=[mistake(2, "Twice.")])
    return q.result()


def test_a_result_says_what_the_printed_lines_say(capsys: pytest.CaptureFixture[str]) -> None:
    """Part, weight, fraction, message, mistakes, how it was read, whether there was an answer."""
    turnout, letter, labels, nothing = made().parts
    assert (turnout.part, turnout.weight, turnout.fraction) == ("turnout", 2.0, 0.0)
    assert turnout.message.startswith("This looks like a fraction of one")
    assert [one.id for one in turnout.mistakes] == ["fraction-for-percent"]
    assert turnout.read_as == "0.887"
    assert [(one.text, one.given, one.general) for one in letter.mistakes] == [
        ("This is the other one.", '"B"', False)
    ]
    assert (labels.fraction, labels.message, labels.mistakes) == (
        *(1.0, "right. Two are accepted.", ()),
    )
    assert (nothing.answered, nothing.read_as, nothing.mistakes) == (False, "", ())
    assert made().earned == 0.4
    assert made().answered


def test_a_result_comes_back_from_a_notebook_as_it_was() -> None:
    """Through JSON and back."""
    assert read_result(json.loads(json.dumps(made().to_json()))) == made()


SPOILED: dict[str, Callable[[Any], Any]] = {
    "another version": lambda r: r | {"version": 2},
    "a version that only looks like it": lambda r: r | {"version": "1"},
    "no parts": lambda r: r | {"parts": []},
    "parts of another kind": lambda r: r | {"parts": 5},
    "a field more": lambda r: r | {"more": 1},
    "a field less": lambda r: {k: v for k, v in r.items() if k != "points"},
    "no name": lambda r: r | {"question": None},
    "points that are none": lambda r: r | {"points": float("nan")},
    "no points": lambda r: r | {"points": 0},
    "points as text": lambda r: r | {"points": "2"},
    "a list": lambda r: [r],
    "nothing": lambda r: None,
}
PARTS: dict[str, tuple[str, Any]] = {
    "a fraction above one": ("fraction", 1.5),
    "a fraction below nothing": ("fraction", -0.1),
    "a fraction that is true": ("fraction", True),
    "no weight": ("weight", 0),
    "a message that is none": ("message", ["x"]),
    "an answer that is perhaps": ("answered", 1),
    "mistakes of another kind": ("mistakes", "x"),
    "a mistake without a name": ("mistakes", [{"text": "x"}]),
    "a mistake with no fields": ("mistakes", [5]),
    "another name for a field": ("fractions", 1),
}


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED)
def test_what_is_no_result_is_not_read(spoil: Callable[[Any], Any]) -> None:
    """A record with anything amiss is none."""
    assert read_result(spoil(made().to_json())) is None


@pytest.mark.parametrize(("field", "value"), PARTS.values(), ids=PARTS)
def test_what_is_no_part_of_a_result_is_not_read(field: str, value: object) -> None:
    """The same for each of its parts."""
    record = copy.deepcopy(made().to_json())
    record["parts"][0][field] = value
    assert read_result(record) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@given(JSON, st.sampled_from(["version", "question", "points", "parts"]))
def test_reading_never_fails(value: object, field: str) -> None:
    """Whatever stands there: a result that says the same, or none."""
    for content in (value, made().to_json() | {field: value}):
        found = read_result(content)
        assert found is None or found.to_json() == content


def test_every_lost_point_has_a_name() -> None:
    """A score below all points names a mistake, or says that there is no answer."""
    for name, example in EXAMPLES.items():
        for answer in (None, 3, "x", [], {"a": 1}, lambda *_: None, lambda *_: 1):
            score = example.kind.score(answer, *example.key, **example.options)
            assert score.fraction == 1.0 or not score.answered or score.mistakes, (name, answer)


def test_what_an_answer_follows_from_is_told_and_kept() -> None:
    """A kind may say from which other answer this one follows."""

    class Following(type(number())):  # type: ignore[misc]
        def judge(self, *_: object) -> Score:
            return Score(1.0, follows="it follows from your share_cast")

    q = Question("votes-02", 1, answers={"share": 3})
    q.part("share", Following())
    q.key("share", 4)
    (part,) = q.result().parts
    assert part.message == "right. It follows from your share_cast."
    assert part.follows == "it follows from your share_cast"


def test_in_a_notebook_the_record_stands_beside_the_lines_and_shows_nothing() -> None:
    """One display a check, whose only text is empty; the points come after it."""
    program = (
        "import json\n"
        "from course.grader.run.shell import make_shell\n"
        "shell = make_shell()\n"
        "outputs = []\n"
        "shell.receiver = outputs.append\n"
        "shell.run_source('''from course.scoring import Question, number\n"
        "x = 2\n"
        'q = Question("a-01", 1)\n'
        'q.part("x", number())\n'
        'q.key("x", 1)\n'
        "q.grade()''')\n"
        "print(json.dumps(outputs))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    shown, printed, points = json.loads(done.stdout.splitlines()[-1])
    assert shown["output_type"] == "display_data"
    result = read_result(shown["data"].pop(MIME))
    assert result is not None
    assert result.question == "a-01"
    assert shown["data"] == {"text/plain": ""}
    assert printed["text"].startswith("a-01 · x: The answer is not right.")
    assert points["data"]["text/plain"] == "0.0"


def test_without_a_notebook_only_the_lines_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """A program that grades has no place for a record."""
    assert not CellShell.initialized()
    q = Question("a-01", 1, answers={"x": 1})
    q.part("x", number())
    q.key("x", 1)
    assert q.grade() == 1.0
    assert capsys.readouterr().out == "a-01 · x: right.\na-01: 1 of 1 points.\nRead as: x = 1\n"
