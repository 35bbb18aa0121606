"""The timeline widgets in Python: answers are checked, kept and found again; no key is in them."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from course import data
from course.text.documents import documents, list_sentences
from course.widgets.timeline import CloseReading, EventSorter, TimelineExplorer
from tests.test_widgets_argument import on_disk

ITEMS = {"C": "A bridge is opened", "A": "A school burns", "B": "A market moves"}
GIVEN = ["C", "A", "B"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a student's folder of the test's own."""
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def sorter() -> EventSorter:
    """Return a small exercise of putting in order."""
    return EventSorter("timeline-02", ITEMS)


def table(**columns: object) -> pd.DataFrame:
    """Return a table of one event with the columns that are needed, and others."""
    row = {"event": "X1", "date": "1905-02", "title": "A lamp is lit", "category": "light"}
    return pd.DataFrame([{**row, **columns}])


# --- the sorter ----------------------------------------------------------------------------------


def test_an_order_in_code_is_kept_found_again_and_taken_back(folder: Path) -> None:
    """`sorter.value = […]` counts as much as a click; `[]` takes the answer back."""
    widget = sorter()
    assert (widget.value, widget.status, widget.question) == ([], "", "timeline-02")
    assert on_disk(folder) == {}
    widget.value = ("A", "B", "C")
    assert widget.value == ["A", "B", "C"]
    assert widget.status.startswith("saved at ")
    assert on_disk(folder) == {"timeline-02": ["A", "B", "C"]}
    again = sorter()
    assert (again.value, again.status) == (["A", "B", "C"], "your saved answer was found")
    again.value = []
    assert on_disk(folder) == {"timeline-02": []}
    assert (sorter().value, sorter().status) == ([], "")


def test_the_order_as_given_is_an_answer_only_when_it_is_kept(folder: Path) -> None:
    """What is offered first is no answer by itself, but may be one."""
    widget = sorter()
    widget.value = GIVEN
    assert on_disk(folder) == {"timeline-02": GIVEN}
    assert json.loads(widget.example()) == GIVEN


def test_an_order_from_the_browser_is_kept_and_replied_to(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the page sends is on the disk before the reply; what is no order is refused."""
    widget = sorter()
    replies: list[object] = []
    monkeypatch.setattr(widget, "send", lambda message: replies.append((message, on_disk(folder))))
    widget._handle_custom_msg({"answer": ["B", "A", "C"], "number": 1}, [])
    widget._handle_custom_msg({"answer": ["B", "A"], "number": 2}, [])
    assert replies == [({"reply": n}, {"timeline-02": ["B", "A", "C"]}) for n in (1, 2)]
    assert widget.status.startswith("Not saved. timeline-02: value: expected each of C, A, B once")


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (None, r'timeline-02: value: expected a list such as \["C", "A", "B"\], found NoneType'),
        ({"A": 1}, r"found dict\. Use \[\] to take the answer back"),
        ("ABC", "expected a list such as .* found str"),
        (["A", "B"], "expected each of C, A, B once, found all but C"),
        (["A", "B", "C", "A"], "found A more than once"),
        (["A", "B", "D"], "found 'D'"),
        (["A", "B", ["C"]], r"found \['C'\]"),
        (["A", "B", float("nan")], "NaN or infinity"),
    ],
)
def test_what_is_no_order_is_refused_and_the_answer_stays(
    folder: Path, value: object, message: str
) -> None:
    """An error says where, what was expected and what was found."""
    widget = sorter()
    widget.value = ["B", "C", "A"]
    with pytest.raises(ValueError, match=message):
        widget.value = value
    assert widget.value == ["B", "C", "A"]
    assert on_disk(folder) == {"timeline-02": ["B", "C", "A"]}


def test_a_kept_order_of_other_items_is_not_used(folder: Path) -> None:
    """When the exercise has changed since, the widget says so and begins anew."""
    sorter().value = ["A", "B", "C"]
    other = EventSorter("timeline-02", {"A": "one", "Z": "two"})
    assert other.value == []
    assert other.status.startswith("The answer in answers.json cannot be used. timeline-02: value:")


def test_one_event_cannot_be_put_in_order() -> None:
    """An author's slip is an error when the widget is made."""
    with pytest.raises(ValueError, match="items: expected at least two"):
        EventSorter("timeline-02", {"A": "alone"})


# --- the explorer --------------------------------------------------------------------------------


def test_all_events_of_the_table_are_shown_with_what_is_known_of_them() -> None:
    """63 events by default, each with dates, countries by name, coding, evidence and source."""
    shown = {event["id"]: event for event in TimelineExplorer().content["events"]}
    rows = data.events().set_index("event")
    assert list(shown) == list(rows.index)
    for name, event in shown.items():
        assert event["title"] == rows.loc[name, "title"]
        assert event["source"] == rows.loc[name, "source"]
        assert event["invoked"] == rows.loc[name, "monroe_invoked"]
        assert event["precision"] == rows.loc[name, "date_precision"]
    assert ["HND", "Honduras"] in shown["E41"]["countries"]
    assert TimelineExplorer().content["title"] == "63 events, 1823 to 2019"


@pytest.mark.parametrize(
    ("date", "end", "days"),
    [
        ("1904-12-06", None, ("1904-12-06", "1904-12-06", None, "1904-12-06")),
        ("1904-02", None, ("1904-02-01", "1904-02-29", None, "1904-02-29")),
        ("1990", float("nan"), ("1990-01-01", "1990-12-31", None, "1990-12-31")),
        ("1904-02", "1905", ("1904-02-01", "1904-02-29", "1905-01-01", "1905-12-31")),
    ],
)
def test_an_uncertain_date_goes_to_the_page_as_the_days_it_allows(
    date: str, end: object, days: tuple[str | None, ...]
) -> None:
    """First and last day of begin and end; the end is None where there is no interval."""
    (event,) = TimelineExplorer(table(date=date, end=end)).content["events"]
    assert tuple(event[name] for name in ("first", "last", "from", "until")) == days


def test_part_of_the_table_and_tables_of_ones_own_are_shown() -> None:
    """Rows may be chosen and shuffled, columns beyond the needed four may be missing."""
    events = data.events()
    chosen = TimelineExplorer(events[events["category"] == "occupation"].sample(frac=1))
    assert chosen.content["title"] == "7 events, 1899 to 1934"
    firsts = [event["first"] for event in chosen.content["events"]]
    assert firsts == sorted(firsts)
    own = TimelineExplorer(table(countries="XYZ; PER"), title="My own")
    (event,) = own.content["events"]
    assert (own.content["title"], event["invoked"]) == ("My own", "not stated")
    assert event["countries"] == [["XYZ", "XYZ"], ["PER", "Peru"]]


@pytest.mark.parametrize(
    ("events", "message"),
    [
        (table().drop(columns="date"), "found none named date. Take rows of data.events"),
        (table().iloc[:0], "expected at least one event"),
        (pd.concat([table(), table()]), "expected each event once, found X1 more than once"),
        (table(date="6 December 1904"), "events: X1, date: expected a date such as"),
        (table(date=None), "events: X1, date: expected a date such as"),
        (table(end="1905-13"), "events: X1, end: "),
        (table(end="1904"), "events: X1: expected an end after 1905-02-01, found 1904"),
        (["E01"], "events: expected a table such as data.events"),
    ],
)
def test_a_table_without_sense_is_refused(events: object, message: str) -> None:
    """The error names the event, what was expected and what was found."""
    with pytest.raises(ValueError, match=message):
        TimelineExplorer(events)  # type: ignore[arg-type]


def test_the_explorer_takes_no_answer(folder: Path) -> None:
    """It is to look at; whoever sets an answer is told so, and nothing is written."""
    explorer = TimelineExplorer()
    with pytest.raises(ValueError, match="this widget takes no answer"):
        explorer.value = {"E01": 1}
    assert on_disk(folder) == {}


def test_content_is_plain_data_and_modules_load_nothing_from_elsewhere() -> None:
    """Widgets work without a network: no import, no address but that of the SVG namespace."""
    for widget in (sorter(), TimelineExplorer()):
        json.dumps(widget.content, allow_nan=False)
        text = (widget._esm + widget._css).replace("http://www.w3.org/2000/svg", "")
        assert "panel_default as default" in text
        for word in ("import {", "import *", "import(", "fetch(", "http", "@import", "url(h"):
            assert word not in text, word


def test_close_reading_shows_each_sentence_as_it_stands_in_its_document(folder: Path) -> None:
    """The panel holds the stored sentences and no others, with source, copies and glosses."""
    known = documents()
    widget = CloseReading("timeline-04", known, {"a": "Who?"})
    shown = {one["value"]: one["label"] for one in widget.content["options"]}
    assert shown == list_sentences(known)
    for one in widget.content["documents"]:
        assert one["sentences"] == list(known[one["id"]].sentences)
        assert known[one["id"]].copies == one["copies"]
        assert known[one["id"]].date in one["source"]
        assert known[one["id"]].glosses == {g["word"]: g["meaning"] for g in one["glosses"]}
    widget.value = {"a": "D13.2"}
    assert on_disk(folder) == {"timeline-04": {"a": "D13.2"}}


def test_close_reading_refuses_what_it_does_not_offer() -> None:
    """A sentence of another text, and a document that there is not, are named."""
    widget = CloseReading("timeline-04", ["D01", "D02"], {"a": "Who?"})
    with pytest.raises(
        ValueError, match=r"expected a as one of D01.1, D02.1, D02.2, found 'D10.5'"
    ):
        widget.value = {"a": "D10.5"}
    assert widget.value == {}
    with pytest.raises(ValueError, match="expected documents as one of D01, D02"):
        CloseReading("timeline-04", ["D99"], {"a": "Who?"})
