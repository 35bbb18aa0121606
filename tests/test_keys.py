"""What a key has to be: computed, no trouble to the notebook, worth nothing to a guesser."""

from __future__ import annotations

import ast
import csv
from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import combinations
from typing import Any

import matplotlib
import pytest

from bench.fairness import functions_to_try
from course.scoring.functions import FunctionKind
from course.scoring.maps import LabelMapKind
from course.scoring.numbers import NumberKind
from course.scoring.plain import plain
from course.scoring.plots import PlotKind
from tests.conftest import Keys
from tests.notebooks import ROOT, grade_cells, grade_id, is_grade_cell, names_set, read, source
from tests.test_questions import PARTS

matplotlib.use("agg")

ASSIGNMENTS = sorted(path.parent.name for path in (ROOT / "source").glob("*/*.ipynb"))
HIDDEN = "### BEGIN HIDDEN TESTS"
MOST_OF_A_FUNCTION = 0.10


def test_functions_that_do_not_read_every_argument_earn_next_to_nothing(
    keys: Keys,
) -> None:
    """Constants, copies of the example, and functions that ignore an argument: at most a tenth."""
    tried = 0
    for (question, part), (kind, args, options) in keys.items():
        if not isinstance(kind, FunctionKind):
            continue
        chosen = {k: v for k, v in options.items() if k != "note"}
        key = kind.read_key(*args, **chosen)
        for one in functions_to_try(kind, tuple(chosen["cases"]), chosen["right"]):
            tried += 1
            score = kind.score_read(kind.read(one), key)
            assert score.fraction <= MOST_OF_A_FUNCTION, (question, part, one, score.message)
    assert tried > 200


def test_no_right_answer_in_percent_is_asked_about_as_a_fraction(keys: Keys) -> None:
    """A check asks whether a number below one percent is a fraction: of no key it would be."""
    tried = 0
    for (question, part), (kind, args, _) in keys.items():
        if isinstance(kind, NumberKind | LabelMapKind) and args:
            tried += 1
            assert kind.remark(plain(args[0])) is None, (question, part)
    assert tried > 40


def blocks() -> list[Any]:
    """Return the hidden block of every check, as test parameters."""
    return [
        pytest.param(assignment, cell, id=grade_id(cell))
        for assignment in ASSIGNMENTS
        for cell in grade_cells(source(assignment))
    ]


@pytest.mark.parametrize(("assignment", "cell"), blocks())
def test_a_hidden_block_leaves_the_names_of_the_notebook_alone(assignment: str, cell: Any) -> None:
    """Where checks run among the student's own names, a key overwrites no answer and no table."""
    # A panel's answer is looked for under the name of its part, too.
    used = {part for question, part in PARTS if question.startswith(assignment)}
    for other in read(ROOT / "release" / assignment / f"{assignment}.ipynb").cells:
        if other.cell_type == "code" and not is_grade_cell(other):
            used |= names_set(other.source)
    hidden = cell.source.partition(HIDDEN)[2]
    assert names_set(hidden) & used == set()


def typed_numbers(code: str) -> list[float]:
    """Return the numbers that stand typed as a key or as a mistake."""
    found = []
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Call):
            continue
        called = (
            node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        )
        place = {"key": 1, "mistake": 0}.get(called)
        if place is not None and len(node.args) > place:
            value = node.args[place]
            if isinstance(value, ast.UnaryOp):
                value = value.operand
            if isinstance(value, ast.Constant) and isinstance(value.value, int | float):
                found.append(float(value.value))
    return [number for number in found if number]  # nothing is nothing in every table


@pytest.mark.parametrize(("assignment", "cell"), blocks())
def test_no_key_is_a_typed_number(assignment: str, cell: Any) -> None:
    """A key, and a named wrong number, is an expression over the tables of the course."""
    assert typed_numbers(cell.source) == []


# --- votes, worked out again ----------------------------------------------------------------------


def rows_of(table: str) -> list[dict[str, str]]:
    """Return the rows of a table in data/, as they stand in the file."""
    with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def worked_out_again() -> dict[tuple[str, str], float]:
    """Return the numbers that the questions of votes ask for, from the files, in plain Python."""
    got = {row["candidate"]: int(row["votes"]) for row in rows_of("first_round")}
    june = {row["candidate"]: int(row["votes"]) for row in rows_of("runoff")}
    humala, garcia, flores = (got[n] for n in ("Ollanta Humala", "Alan García", "Lourdes Flores"))
    totals = next(row for row in rows_of("totals") if row["round"] == "first round")
    cast, roll = int(totals["votes_cast"]), int(totals["registered"])
    valid = sum(got.values())
    units = rows_of("first_round_departments")
    abroad = next(row for row in units if row["unit"] == "Extranjero")
    shares = [100 * int(row["ollanta_humala"]) / int(row["valid_votes"]) for row in units]
    (poll,) = (
        float(row["humala"])
        for row in rows_of("polls")
        if (row["pollster"], row["field_end"]) == ("Apoyo", "2005-10")
    )
    gained = june["Alan García"] - garcia
    rise = 100 * humala / cast - poll
    at_home = garcia - flores - int(abroad["alan_garcia"]) + int(abroad["lourdes_flores"])
    return {
        ("votes-01", "humala_votes"): humala,
        ("votes-02", "share_valid"): 100 * humala / valid,
        ("votes-02", "share_cast"): 100 * humala / cast,
        ("votes-02", "share_registered"): 100 * humala / roll,
        ("votes-03", "turnout"): 100 * cast / roll,
        ("votes-03", "blank_null_share"): 100 * (cast - valid) / cast,
        ("votes-04", "votes_missing"): valid // 2 + 1 - humala,
        ("votes-05", "margin_votes"): garcia - flores,
        ("votes-05", "margin_points"): 100 * (garcia - flores) / valid,
        ("votes-05", "margin_at_home"): at_home,
        ("votes-06", "rise_points"): rise,
        ("votes-06", "rise_percent"): 100 * rise / poll,
        ("votes-07", "ratio"): 24.675 / 27.804,  # as the question prints them
        ("votes-08", "mean_of_shares"): sum(shares) / len(shares),
        ("votes-08", "pooled_share"): 100 * humala / valid,
        ("votes-11", "report"): 48,  # read off the panel
        ("votes-12", "fewest"): gained - (sum(june.values()) - valid),
        ("votes-12", "most"): gained,
        ("votes-14", "enp_nation"): valid**2 / sum(votes**2 for votes in got.values()),
    }


def numbers_of(keys: Keys, assignment: str) -> dict[tuple[str, str], Any]:
    """Return the numbers that an assignment's keys ask for; of a part with several, all of them."""
    found: dict[tuple[str, str], Any] = {}
    for name, (kind, args, options) in keys.items():
        if name[0].startswith(assignment):
            if isinstance(kind, NumberKind) or (
                isinstance(kind, LabelMapKind) and isinstance(kind.values, NumberKind)
            ):
                found[name] = args[0]
            elif isinstance(kind, PlotKind):
                found[name] = options["values"]
    return found


def test_every_number_of_votes_is_what_the_files_say(keys: Keys) -> None:
    """A key that is worked out by another way, from the files themselves, is the same."""
    again = worked_out_again()
    numbers = numbers_of(keys, "votes")
    assert numbers.pop(("votes-09", "carried")) == carried_again()
    assert numbers.pop(("votes-15", "ax")) == pytest.approx(six_again())
    assert numbers.keys() == again.keys()
    for name, value in numbers.items():
        assert value == pytest.approx(again[name], rel=1e-12), name


def carried_again() -> dict[str, int]:
    """Return how many units inside Peru each of the three carried."""
    three = ("ollanta_humala", "alan_garcia", "lourdes_flores")
    rows = [row for row in rows_of("first_round_departments") if row["unit"] != "Extranjero"]
    first = [max(three, key=lambda name: int(row[name])) for row in rows]
    return {name: first.count(name) for name in three}


def six_again() -> dict[str, float]:
    """Return the shares of the six candidates with the most votes, the highest first."""
    got = {row["candidate"]: int(row["votes"]) for row in rows_of("first_round")}
    six = sorted(got, key=lambda name: -got[name])[:6]
    return {name: 100 * got[name] / sum(got.values()) for name in six}


# --- timeline and argument, worked out again ------------------------------------------------------

A_YEAR = 365.2425
BLOCS = ("South America", "Central America", "Caribbean")
FOUR = ("usa", "eu15", "china", "japan")


def day_number(day: str) -> int:
    """Return a day as a number of days."""
    return date.fromisoformat(day).toordinal()


def percent(some: Sequence[object], whole: Sequence[object]) -> float:
    """Return how many of a whole some are, in percent."""
    return 100 * len(some) / len(whole)


def events_again() -> dict[tuple[str, str], Any]:
    """Return what the questions on events ask for."""
    rows = {row["event"]: row for row in rows_of("events")}
    begun = day_number(rows["E01"]["date"])
    passed = (day_number("2006-04-13") - begun) / A_YEAR
    used_force = {"military intervention", "occupation", "covert action"}
    acts = [
        row
        for row in rows.values()
        if row["category"] in used_force and "USA" in row["countries"].split("; ")
    ]
    years = [int(row["date"][:4]) for row in acts]
    named = [row for row in acts if row["monroe_invoked"] == "yes"]
    wide = [row for row in acts if row["monroe_invoked"] != "no"]
    still = [row for row in wide if row["event"] not in {"E03", "E07", "E15", "E30"}]
    held = [row for row in rows.values() if row["category"] == "occupation"]
    days = {row["event"]: (day_number(row["date"]), day_number(row["end"])) for row in held}
    every = [day for first, last in days.values() for day in range(first, last + 1)]
    return {
        ("timeline-03", "years_passed"): passed,
        ("timeline-03", "error_percent"): 100 * (200 / passed - 1),
        ("timeline-05", "years_after"): (day_number(rows["E13"]["date"]) - begun) / A_YEAR,
        ("timeline-06", "share_named"): percent(named, acts),
        ("timeline-06", "share_wide"): percent(wide, acts),
        ("timeline-06", "share_recoded"): percent(still, acts),
        ("timeline-06", "share_with_crisis"): percent([*still, "E36"], [*acts, "E36"]),
        ("timeline-07", "rates"): {
            f"{first}-{last}": sum(years.count(y) for y in range(first, last + 1))
            / ((last + 1 - first) / 10)
            for first, last in (
                (1824, 1903),
                (1904, 1933),
                (1934, 1953),
                (1954, 1989),
                (1990, 2005),
            )
        },
        ("timeline-08", "days"): {name: last - first for name, (first, last) in days.items()},
        ("timeline-08", "years_with"): len({date.fromordinal(day).year for day in every}),
        ("timeline-08", "at_once"): max(Counter(every).values()),
        ("timeline-14", "ax"): {
            rows[name]["title"]: last - first for name, (first, last) in days.items()
        },
    }


def elections_again() -> dict[tuple[str, str], Any]:
    """Return what the questions on elections and on markets ask for."""
    rows = [{**row, "day": row["runoff"] or row["first_round"]} for row in rows_of("elections")]
    known = sorted((row for row in rows if row["day"] <= "2006-04-13"), key=lambda r: r["day"])

    def left(some: list[dict[str, str]]) -> float:
        return percent([row for row in some if row["bloc"] == "left"], some)

    since = [row for row in known if row["day"] >= "2002"]
    latest = {row["country"]: row for row in known}
    sold = {
        row["country"]: int(row["exports"])
        for row in rows_of("trade_by_country")
        if row["year"] == "2005"
    }
    declined = sum(sold[one] for one in ("ARG", "BRA", "PRY", "URY", "VEN"))  # E57
    stood = {(row["position"], row["country"]) for row in rows_of("iraq_coalition")}
    positions = Counter(position for position, _ in stood)
    return {
        ("timeline-10", "left_earlier"): left([row for row in known if row["day"] < "2002"]),
        ("timeline-10", "left_since"): left(since),
        ("timeline-10", "left_by_region"): {
            region: left([row for row in since if row["region"] == region]) for region in BLOCS
        },
        ("timeline-10", "countries_left"): sum(r["bloc"] == "left" for r in latest.values()),
        ("timeline-12", "declined_share"): 100 * 5 / 34,
        ("timeline-12", "declined_exports"): 100 * declined / sum(sold.values()),
        ("timeline-12", "countries"): {
            one: positions[one] for one in ("listed supporter", "opposed", "troops")
        },
    }


def trade_again() -> dict[tuple[str, str], Any]:
    """Return what the question on trade asks for."""
    sold = {
        (row["group"], int(row["year"])): {name: int(row[name]) for name in (*FOUR, "total")}
        for row in rows_of("trade")
        if row["direction"] == "exports"
    }
    then, between, now = (sold["Latin America", year] for year in (1990, 2000, 2005))
    mexico = sold["Mexico", 2005]

    def moved(earlier: dict[str, int]) -> dict[str, float]:
        return {
            name: 100
            * (now[name] * earlier["total"] - earlier[name] * now["total"])
            / (now["total"] * earlier["total"])
            for name in FOUR
        }

    return {
        ("timeline-13", "times"): {name: now[name] / then[name] for name in FOUR},
        ("timeline-13", "points_1990"): moved(then),
        ("timeline-13", "points_2000"): moved(between),
        ("timeline-13", "usa_without_mexico"): 100
        * (now["usa"] - mexico["usa"])
        / (now["total"] - mexico["total"]),
    }


def test_every_number_of_timeline_is_what_the_files_say(keys: Keys) -> None:
    """A key that is worked out by another way, from the files themselves, is the same."""
    again = events_again() | elections_again() | trade_again()
    numbers = numbers_of(keys, "timeline")
    assert numbers.keys() == again.keys()
    for name, value in numbers.items():
        assert value == pytest.approx(again[name], rel=1e-9), name


def test_the_order_and_the_pairs_of_timeline_are_those_of_the_dates(keys: Keys) -> None:
    """What came first is read again from the files."""
    rows = {row["event"]: row for row in rows_of("events")}
    offered = {
        "A": "E13",
        "B": "E09",
        "C": "E23",
        "D": "E01",
        "E": "E24",
        "F": "E11",
        "G": "E06",
        "H": "E14",
    }
    right = keys["timeline-02", "order"][1][0]
    days = [rows[offered[letter]]["date"] for letter in right]
    assert sorted(right) == list(offered)
    assert all(len(day) == 10 for day in days if day != rows["E14"]["date"])
    assert [day[:7] for day in days] == sorted(day[:7] for day in days)
    colombia = next(row["date"] for row in rows_of("iraq_coalition") if row["statement"] == "I01")
    pairs = {
        "A": (rows["E13"]["date"], rows["E14"]["date"]),
        "B": (rows["E41"]["end"], rows["E46"]["end"]),
        "C": (rows["E41"]["end"], rows["E45"]["date"]),
        "D": (rows["E52"]["date"], colombia),
        "E": (rows["E20"]["date"], rows["E21"]["date"]),
    }
    # Where one of the two begins as the other is written, the shorter one may mean either side.
    told = {
        letter: "cannot tell"
        if one.startswith(other) or other.startswith(one)
        else "first"
        if one < other
        else "second"
        for letter, (one, other) in pairs.items()
    }
    assert keys["timeline-01", "which_first"][1][0] == told


def test_the_counts_of_argument_are_what_the_other_letter_says(keys: Keys) -> None:
    """The numbers of question 12, counted by hand from the table that the notebook prints."""
    cell = next(cell for cell in source("argument").cells if grade_id(cell) == "argument-12-letter")
    table = cell.source.partition("pd.DataFrame(")[2].partition("],\n    columns")[0]
    rows = ast.literal_eval(table.strip() + "]")
    supported = [target for _, role, target in rows if role == "evidence"]
    claims = [name for name, role, _ in rows if role in ("main_claim", "reason")]
    numbers = numbers_of(keys, "argument")
    assert numbers["argument-12", "evidence_count"] == len(supported)
    assert numbers["argument-12", "bare_claims"] == len(set(claims) - set(supported))


def test_no_two_named_numbers_of_a_table_are_nearer_than_the_tolerance(keys: Keys) -> None:
    """Of several numbers, too, none is taken for the key or for a mistake that is another."""
    tried = 0
    for part, (kind, args, options) in keys.items():
        if not (isinstance(kind, LabelMapKind) and isinstance(kind.values, NumberKind)):
            continue
        told = {k: v for k, v in options.items() if k == "within"}
        for label, right in args[0].items():
            wrong = [v for (at, v) in options.get("mistakes", {}) if at == label]
            near = kind.values.read_key(right, **told).within
            for one, other in combinations([right, *wrong], 2):
                tried += 1
                assert abs(one - other) > near, (part, label, one, other)
    assert tried > 30
