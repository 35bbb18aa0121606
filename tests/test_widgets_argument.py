"""The argument widgets in Python: answers are checked, kept and found again; no key is in them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from course.answers.store import JsonValue
from course.text.column import OWN, read_paragraphs
from course.widgets.argument import ROLES, ArgumentMap, Matching, RoleLabeller
from course.widgets.base import CourseWidget

PARAGRAPHS = [f"P{number:02}" for number in range(1, 18)]
STATEMENTS = {"a": "It rained on 3 May.", "b": "Rain is lovely."}
KINDS = {"fact": "Fact: can be checked", "value": "Value: says what is good"}
SUPPORTS = {"from": "P16", "to": "P14", "relation": "supports"}
CHALLENGES = {"from": "P16", "to": "P14", "relation": "challenges"}


def matching() -> Matching:
    """Return a small exercise of matching."""
    return Matching("argument-10", STATEMENTS, KINDS)


CASES: list[tuple[Callable[[], CourseWidget], str, dict[str, JsonValue]]] = [
    (RoleLabeller, "argument-03", {"P02": "credit", "P09": "credit"}),
    (ArgumentMap, "argument-06", {"links": [SUPPORTS, CHALLENGES]}),
    (matching, "argument-10", {"a": "value"}),
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


@pytest.mark.parametrize(("make", "question", "answer"), CASES)
def test_an_answer_in_code_is_kept_found_again_and_taken_back(
    folder: Path, make: Callable[[], CourseWidget], question: str, answer: dict[str, JsonValue]
) -> None:
    """`widget.value = …` counts as much as a click; `{}` takes the answer back."""
    widget = make()
    assert (widget.value, widget.status, widget.question) == ({}, "", question)
    assert on_disk(folder) == {}
    widget.value = answer
    assert widget.status.startswith("saved at ")
    assert on_disk(folder) == {question: answer}
    again = make()
    assert (again.value, again.status) == (answer, "your saved answer was found")
    again.value = {}
    assert on_disk(folder) == {question: {}}


@pytest.mark.parametrize(("make", "question", "answer"), CASES)
def test_an_answer_from_the_browser_is_kept_and_replied_to(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    make: Callable[[], CourseWidget],
    question: str,
    answer: dict[str, JsonValue],
) -> None:
    """What the page sends is on the disk before the reply; what is no answer is refused."""
    widget = make()
    replies: list[object] = []
    monkeypatch.setattr(widget, "send", lambda message: replies.append((message, on_disk(folder))))
    widget._handle_custom_msg({"answer": answer, "number": 1}, [])
    widget._handle_custom_msg({"answer": {"nonsense": 1}, "number": 2}, [])
    assert replies == [({"reply": n}, {question: answer}) for n in (1, 2)]
    assert widget.status.startswith(f"Not saved. {question}: value: expected ")


def test_a_year_may_be_a_number(folder: Path) -> None:
    """A label made of digits is accepted without its quotation marks."""
    matching = Matching("argument-10", {"a": "text"}, {"1823": "early", "1904": "late"})
    matching.value = {"a": 1904}
    assert matching.value == {"a": "1904"}


@pytest.mark.parametrize(("make", "question", "answer"), CASES)
def test_the_example_in_an_error_is_an_answer(
    folder: Path, make: Callable[[], CourseWidget], question: str, answer: dict[str, JsonValue]
) -> None:
    """What an error shows as the form to follow is accepted when it is followed."""
    widget = make()
    widget.value = json.loads(widget.example())
    assert on_disk(folder) == {question: json.loads(widget.example())}


WRONG: list[tuple[Callable[[], CourseWidget], object, str]] = [
    (RoleLabeller, None, r'argument-03: value: expected a dict such as \{"P01": "credit"\}'),
    (RoleLabeller, {"P18": "reason"}, r"expected names as in .*P17\), found 'P18'"),
    (RoleLabeller, {"P05": "opinion"}, "expected P05 as one of main_claim, .*, found 'opinion'"),
    (RoleLabeller, {"P05": None}, "expected P05 as one of .* found None"),
    (RoleLabeller, {"P05": ["reason"]}, r"found \['reason'\]"),
    (RoleLabeller, {5: "reason"}, "expected names in quotes, found the name 5"),
    (matching, {"a": "poll"}, "argument-10: value: expected a as one of fact, value, found 'poll'"),
    (matching, {"c": "fact"}, r"\(of a, b\), found 'c'"),
    (ArgumentMap, [SUPPORTS], r"argument-06: value: expected a dict such as \{\"links\": .*list"),
    (ArgumentMap, {"link": []}, "expected a list under the name links .* found 'link'"),
    (ArgumentMap, {"links": SUPPORTS}, "expected a list under the name links"),
    (ArgumentMap, {"links": ["P16"]}, "expected links as in .* found 'P16'"),
    (ArgumentMap, {"links": [{"from": "P16"}]}, "expected links as in"),
    (ArgumentMap, {"links": [{**SUPPORTS, "why": "x"}]}, "expected links as in"),
    (ArgumentMap, {"links": [("P16", "P18")]}, "expected \"to\" as one of P01, .* found 'P18'"),
    (ArgumentMap, {"links": [("P16", "P14", "proves")]}, 'expected "relation" as one of supports'),
    (ArgumentMap, {"links": [("P16", ["P14"])]}, r'expected "to" .* found \[\'P14\'\]'),
    (ArgumentMap, {"links": [("P16", "P16")]}, "between two cards, found P16 supports P16"),
    (ArgumentMap, {"links": [SUPPORTS, SUPPORTS]}, "found P16 supports P14 twice"),
]


@pytest.mark.parametrize(("make", "value", "message"), WRONG)
def test_a_value_of_the_wrong_form_is_an_error_in_code(
    folder: Path, make: Callable[[], CourseWidget], value: object, message: str
) -> None:
    """The error says in one line what was expected and what was found; the old answer stays."""
    widget = make()
    with pytest.raises(ValueError, match=message) as caught:
        widget.value = value
    assert caught.value._render_traceback_() == [str(caught.value)]  # type: ignore[attr-defined]
    assert widget.refused == value
    assert widget.value == {}
    assert on_disk(folder) == {}


def test_links_may_be_tuples_in_code(folder: Path) -> None:
    """Two ends, or two ends and a relation; what is kept has one form."""
    map_ = ArgumentMap()
    map_.value = {"links": [("P16", "P14"), ("P16", "P14", "challenges")]}
    assert map_.value == {"links": [SUPPORTS, CHALLENGES]}
    map_.value = {"links": []}
    assert map_.value == {}


def test_labels_are_kept_in_the_order_of_the_paragraphs(folder: Path) -> None:
    """The order in which a student works leaves no trace in the answer."""
    labeller = RoleLabeller()
    labeller.value = {"P09": "reason", "P02": "credit"}
    assert list(labeller.value) == ["P02", "P09"]


def test_the_column_is_shown_in_the_modules_words(folder: Path) -> None:
    """17 paragraphs in order, with paraphrase and phrase; a card has a name that fits on it."""
    for widget in (RoleLabeller(), ArgumentMap()):
        shown = widget.content["items"]
        assert [item["id"] for item in shown] == PARAGRAPHS
        assert [(item["text"], item["quote"]) for item in shown] == read_paragraphs(OWN)
    cards = [item["card"] for item in ArgumentMap().content["items"]]
    assert all(0 < len(card) <= 42 for card in cards)


def test_the_original_is_shown_where_the_instructor_has_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The text of `data/column.txt` stands beside the paraphrase, paragraph by paragraph."""
    texts = [f"Invented sentence {number}." for number in range(17)]
    monkeypatch.setattr("course.text.column._read_originals", lambda count: texts)
    for widget in (RoleLabeller(), ArgumentMap()):
        assert [item["original"] for item in widget.content["items"]] == texts


def test_a_labeller_takes_other_labels_paragraphs_and_texts(folder: Path) -> None:
    """The same widget serves kinds of claim, a few paragraphs and passages of one's own."""
    kinds = RoleLabeller("argument-04", ["fact", "cause"], ["P03", "P01"], title="Kinds")
    kinds.value = {"P01": "cause"}
    assert [item["id"] for item in kinds.content["items"]] == ["P03", "P01"]
    assert kinds.content["options"][0] == {"value": "fact", "label": "fact"}
    passages = RoleLabeller("argument-02", KINDS, STATEMENTS)
    passages.value = {"b": "value"}
    assert on_disk(folder) == {"argument-04": {"P01": "cause"}, "argument-02": {"b": "value"}}
    assert passages.content["items"][0]["text"] == STATEMENTS["a"]


@pytest.mark.parametrize(
    "make",
    [
        lambda: RoleLabeller(options="reason"),
        lambda: RoleLabeller(options=["reason"]),
        lambda: RoleLabeller(items=["P18"]),
        lambda: RoleLabeller(items=[]),
        lambda: ArgumentMap(items=["P01"]),
        lambda: Matching("argument-10", {}, KINDS),
        lambda: Matching("argument-10", STATEMENTS, []),
    ],
)
def test_an_exercise_without_sense_is_refused(make: Callable[[], CourseWidget]) -> None:
    """An author's slip is an error when the widget is made."""
    with pytest.raises(ValueError, match="expected"):
        make()


def test_the_seven_roles_are_those_of_the_codebook() -> None:
    """Keys, notebooks and answers share these names."""
    assert list(ROLES) == [
        "main_claim",
        "reason",
        "evidence",
        "background",
        "concession",
        "forecast",
        "credit",
    ]


def test_content_is_plain_data_and_modules_load_nothing_from_elsewhere() -> None:
    """Widgets work without a network: no import, no address but that of the SVG namespace."""
    for widget in (RoleLabeller(), ArgumentMap(), matching()):
        json.dumps(widget.content, allow_nan=False)
        text = (widget._esm + widget._css).replace("http://www.w3.org/2000/svg", "")
        assert "panel_default as default" in text
        for word in ("import {", "import *", "import(", "fetch(", "http", "@import", "url(h"):
            assert word not in text, word
