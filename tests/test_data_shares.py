"""Printed shares recompute, doubts stay visible, and no table gives an answer away."""

import re
from itertools import pairwise

import pytest

from course import data
from tests.tables import BALLOTS, LEADERS, cells, notes

COUNT_TABLES = (
    "first_round",
    "runoff",
    "totals",
    "first_round_departments",
    "runoff_departments",
    "electoral_roll",
    "trade",
)
# Reports whose stated gap is not the difference of the votes printed beside it.
GAP_EXCEPTIONS = {50}
# Reports whose printed shares are not all the rounded shares of one number of valid votes.
SHARE_EXCEPTIONS = {42, 50}


def half_unit(printed: str) -> float:
    """Return how far a true share can be from a printed one: half a unit of its last digit."""
    return 0.5 / 10.0 ** len(printed.partition(".")[2])


def interval(votes: str, printed: str) -> tuple[float, float]:
    """Return the totals of valid votes that give this printed share for these votes."""
    share, slack = float(printed), half_unit(printed)
    return int(votes) * 100 / (share + slack), int(votes) * 100 / (share - slack)


def test_shares_of_the_last_report_recompute_from_the_result() -> None:
    """The last report's votes are the result; its shares are theirs of the valid votes."""
    last = cells("count_reports")[-1]
    votes = data.first_round().set_index("candidate")["votes"]
    valid = int(data.totals()["valid_votes"][0])
    assert last["base"] == "valid"
    for name, candidate in LEADERS.items():
        assert int(last[f"{name}_votes"]) == votes[candidate]
        printed = last[f"{name}_percent"]
        share = 100 * votes[candidate] / valid
        assert share == pytest.approx(float(printed), abs=half_unit(printed))


def test_votes_and_shares_of_a_report_imply_one_total() -> None:
    """Some number of valid votes gives every share of a report as printed, but for known slips."""
    checked, slips = [], set()
    for row in cells("count_reports"):
        pairs = [
            (row[f"{name}_votes"], row[f"{name}_percent"])
            for name in LEADERS
            if row[f"{name}_votes"] and row[f"{name}_percent"]
        ]
        if pairs:
            lows, highs = zip(*(interval(*pair) for pair in pairs), strict=True)
            checked.append(int(row["report"]))
            if max(lows) > min(highs):
                slips.add(int(row["report"]))
                assert re.search("do not fit|looks cut off", row["note"])
    assert checked == [29, 30, 36, 42, 48, 49, 50, 52]
    assert slips == SHARE_EXCEPTIONS


def test_stated_gaps_are_differences_of_votes_but_for_known_slips() -> None:
    """Where a report prints both votes and gap they agree, except where the note says not."""
    slips = set()
    for row in cells("count_reports"):
        if row["garcia_votes"] and row["flores_votes"] and row["gap_votes_stated"]:
            gap = int(row["garcia_votes"]) - int(row["flores_votes"])
            if gap != int(row["gap_votes_stated"]):
                slips.add(int(row["report"]))
                assert "is not the difference of the votes" in row["note"]
    assert slips == GAP_EXCEPTIONS


def test_stated_gaps_fit_the_shares() -> None:
    """A gap stated in votes fits the gap in shares, of about as many votes as sheets counted.

    Tally sheets are not of one size and some gaps are printed as "about", hence the margin.
    """
    valid = int(data.totals()["valid_votes"][0])
    checked = 0
    for row in cells("count_reports"):
        printed = row["garcia_percent"], row["flores_percent"]
        if row["gap_votes_stated"] and row["sheets_percent"] and all(printed):
            points = float(printed[0]) - float(printed[1])
            slack = sum(half_unit(share) for share in printed)
            counted = valid * float(row["sheets_percent"]) / 100
            gap = 100 * int(row["gap_votes_stated"]) / counted
            assert 0.85 * (points - slack) <= gap <= 1.15 * (points + slack), row["report"]
            checked += 1
    assert checked == 20


def test_reports_are_in_order() -> None:
    """Reports are numbered from 1; dates never go back, nor do exactly printed sheets."""
    rows = cells("count_reports")
    assert [int(row["report"]) for row in rows] == list(range(1, 53))
    assert all(before["date"] <= after["date"] for before, after in pairwise(rows))
    sheets = [
        float(row["sheets_percent"])
        for row in rows
        if row["sheets_precision"] == "exact" and row["base"] == "valid"
    ]
    assert sheets == sorted(sheets)
    assert len(sheets) == 40


def test_poll_shares_are_possible() -> None:
    """The shares of a poll sum to at most 100, and pairs of valid votes to 100."""
    names = ["humala", "flores", "garcia", "paniagua", "chavez", "lay"]
    assert (data.polls()[names].sum(axis=1) <= 100).all()
    pairs = data.runoff_polls()
    both = pairs["percent_1"] + pairs["percent_2"]
    assert (both[pairs["base"] == "valid"].round(1) == 100).all()
    assert (both[pairs["base"] == "total"].dropna() < 100).all()


def test_poll_dates_are_in_order() -> None:
    """Field work ends no earlier than it starts; before and after mean the 9 April."""
    for table in ("polls", "runoff_polls"):
        assert all(row["field_start"] <= row["field_end"] for row in cells(table))
    for row in cells("runoff_polls"):
        assert (row["field_end"] < "2006-04-09") == (row["when"] == "before first round")


def test_tables_of_counts_hold_no_computed_column() -> None:
    """No share, turnout, winner, margin or rank stands beside the counts."""
    word = re.compile(r"share|percent|pct|turnout|winner|leader|margin|gap|lead|rank|computed")
    for table in COUNT_TABLES:
        frame = getattr(data, table)()
        assert not [column for column in frame.columns if word.search(column)], table
        assert not [column for column in frame if frame[column].dtype.kind == "f"], table


def test_notes_state_no_answer() -> None:
    """No note holds the margin, the turnout or a national share of either round."""
    answers = set()
    totals = data.totals().set_index("round")
    for name in ("first round", "runoff"):
        total = totals.loc[name]
        votes = getattr(data, name.replace(" ", "_"))()["votes"]
        ranked = sorted(votes, reverse=True)[:3]
        gaps = {a - b for a in ranked for b in ranked if a > b}
        missed = abs(int(str(total["valid_votes"])) // 2 + 1 - ranked[0])
        gaps.add(missed)
        answers |= {f"{gap:,}" for gap in gaps} | {str(gap) for gap in gaps}
        bases = [total["valid_votes"], total["votes_cast"], total["registered"]]
        parts = [*ranked, total["votes_cast"], *total[BALLOTS]]
        answers |= {
            f"{100 * part / base:.{digits}f}"
            for part in parts
            for base in bases
            for digits in (2, 3)
            if part < base
        }
    assert len(answers) > 50
    for table, note in notes():
        numbers = set(re.findall(r"\d[\d,.]*\d", note))
        assert not numbers & answers, f"{table}: {note}"


def test_the_report_printed_twice_is_not_explained() -> None:
    """Two rows are the same report with other shares; neither says of what they are shares."""
    unexplained = [row for row in cells("count_reports") if row["base"] == "not stated"]
    assert [row["report"] for row in unexplained] == ["3", "4"]
    assert len({row["note"] for row in unexplained}) == 1
    assert not re.search("valid|cast|ratio", unexplained[0]["note"])
    ratios = {
        round(
            float(unexplained[1][f"{name}_percent"]) / float(unexplained[0][f"{name}_percent"]), 3
        )
        for name in LEADERS
    }
    assert len(ratios) == 1


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("runoff", "6,963,849"),
        ("runoff", "6'985,017"),
        ("runoff", "6,269,636"),
        ("count_reports", "AFP prints 95,119"),
        ("count_reports", "typing slip"),
        ("count_reports", "looks like a slip for 30.9"),
        ("count_reports", "repeats García's number of votes for Flores"),
        ("count_reports", "63,606, is not the difference"),
        ("count_reports", "63,600"),
        ("count_reports", "puts Flores's 26.7% at 70%"),
        ("count_reports", "times this report at 16:08"),
        ("count_reports", "misprint, La Libertad"),
        ("totals", "19 remained"),
        ("first_round", "One source only"),
        ("runoff_polls", "87% (Reuters)"),
        ("polls", "base is inferred"),
        ("polls", "Urgente24 has García 24.5 and Flores 24.2"),
        ("polls", "The base was inferred for the older polls"),
        ("elite_polls", "prints 82"),
        ("elite_polls", "Seen only in the column"),
        ("elite_polls", "below 20 percent"),
    ],
)
def test_disagreements_between_sources_stay_visible(table: str, words: str) -> None:
    """Each known disagreement or doubt stands in a note of the row that it concerns."""
    assert any(found == table and words in note for found, note in notes())


def test_answers_of_one_country_stand_with_their_question() -> None:
    """In 2006 Peru's 79 percent are about policy, Mexico's 96 about Bush."""
    alone = {row["item"]: row["percent"] for row in cells("elite_polls") if "only" in row["item"]}
    assert alone == {
        "US handling of relations with Latin America: fair or poor, Peru only": "79",
        "Bush: negative rating, Mexico only": "96",
    }


def test_candidates_with_one_source_say_so() -> None:
    """The 14 small candidates rest on one source, the six large ones have a second."""
    marked = [row["note"].startswith("One source only") for row in cells("first_round")]
    assert marked == [False] * 6 + [True] * 14


def test_no_share_is_missing_without_a_word() -> None:
    """A poll or report without figures says why in its note."""
    for row in cells("polls"):
        assert row["humala"] or "could be read" in row["note"]
    for row in cells("count_reports"):
        assert row["garcia_percent"] or "Gap only" in row["note"] or "not given" in row["note"]
    for row in cells("elite_polls"):
        assert row["percent"] or "the cell is empty" in row["note"]
