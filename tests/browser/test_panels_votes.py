"""The panels of *votes*: what they draw, and what they keep."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from playwright.sync_api import Locator, Page, expect

from course import data
from course.widgets.votes import CountReplay, DenominatorExplorer, RunoffLaboratory
from tests.browser.lab import on_disk
from tests.browser.panels import open_panel

# Both bars of each report, and the last mark in the chart; `to` counts from 1.
WALK = """async (root) => {
  const slider = root.querySelector("[type=range]");
  const bar = (name) => root.querySelector(`.bars rect.${name}`);
  const width = (name) => Number(bar(name)?.getAttribute("width") ?? NaN);
  const found = [];
  for (let to = 1; to <= Number(slider.max); to += 1) {
    slider.value = to;
    slider.dispatchEvent(new Event("input"));
    const marks = [...root.querySelectorAll(".chart [data-report]")];
    found.push({
      lead: width("lead"), out: width("out"),
      name: root.querySelector(".bars [role=img]").ariaLabel,
      words: root.querySelector(".bars").textContent,
      cut: [...root.querySelectorAll(".bars text")].filter((text) =>
        text.getBoundingClientRect().right > root.getBoundingClientRect().right).length,
      late: marks.filter((mark) => Number(mark.dataset.report) > to).length,
      judged: getComputedStyle(bar("lead") ?? root).fill,
    });
  }
  return found;
}"""


def numbers_in(text: str) -> list[int]:
    """Return the counts in a text."""
    return [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", text)]


def table_of(root: Locator) -> dict[str, list[str]]:
    """Open the table below a panel, and return its cells by row header."""
    root.locator("details > summary").last.click()
    rows = root.locator("details table").last.locator("tbody tr")
    expect(rows.first).to_be_visible()  # it is filled when it opens
    return {r.locator("th").inner_text(): r.locator("td").all_inner_texts() for r in rows.all()}


# --- the count replay --------------------------------------------------------------------------


@pytest.fixture
def replay(bare_page: Page) -> Locator:
    """The replay in a folder of its own."""
    return open_panel(bare_page, CountReplay())


def test_two_bars_are_as_long_as_the_two_numbers(replay: Locator) -> None:
    """In each of the 52 reports: one scale, both numbers in the name, no later mark."""
    reports = data.count_reports()
    totals: Any = data.totals().set_index("round")
    cast = int(totals.loc["first round", "votes_cast"])
    walked = replay.evaluate(WALK)
    assert len(walked) == len(reports) == 52
    for found, report in zip(walked, reports.to_dict("records"), strict=True):
        assert (found["late"], found["cut"]) == (0, 0)
        stated, sheets = report["gap_votes_stated"], report["sheets_percent"]
        if not pd.isna(stated):
            assert int(stated) in numbers_in(found["name"])
            assert "as the report states" in found["name"]
        if pd.isna(sheets):
            assert "Cannot be estimated from this report" in found["words"]
            continue
        out = round((100 - sheets) / 100 * cast)
        assert any(abs(number - out) <= 1 for number in numbers_in(found["name"]))
        if "ahead by" in found["name"]:
            lead = numbers_in(found["name"])[0]
            assert found["lead"] * out == pytest.approx(found["out"] * lead, abs=1.0 * max(lead, 1))
    # A longer upper bar has the look of a shorter one: to find it is the question.
    looks = {one["judged"] for one in walked if "García ahead" in one["words"]}
    assert len(looks - {"rgb(0, 0, 0)"}) == 1


def test_a_lead_that_a_report_does_not_state_is_worked_out_and_said_so(replay: Locator) -> None:
    """From the printed votes, else from the shares; where Flores leads the bar is hers."""
    bars = replay.locator(".bars")
    expect(bars).to_contain_text("Flores ahead of García by")
    expect(bars).to_contain_text("worked out from the shares")
    expect(replay.locator(".chart path.flores.hollow")).to_have_count(1)
    replay.get_by_role("button", name="Last").click()
    final = data.count_reports().iloc[-1]
    gap = int(final["garcia_votes"] - final["flores_votes"])
    expect(bars).to_contain_text(f"{gap:,}")
    expect(bars).to_contain_text("by the votes it prints")
    assert "safe" not in replay.inner_text().lower()


def test_a_report_is_marked_in_two_presses_and_flagged(replay: Locator, tmp_path: Path) -> None:
    """Last, Mark; then the bar names it, another report can take its place, and the flag moves."""
    replay.get_by_role("button", name="Last").click()
    answer = replay.locator(".answer-bar button:visible")
    before = answer.bounding_box()
    replay.get_by_role("button", name="Mark report 52 as my answer").click()
    expect(replay.locator(".kept")).to_have_text(re.compile(r"^Saved at \d\d:\d\d$"))
    assert on_disk(tmp_path) == {"votes-11": {"report": 52}}
    expect(replay.locator(".answer-bar")).to_contain_text("Your answer: report 52 (4 May 2006)")
    after = answer.bounding_box()
    assert before
    assert after
    assert (after["x"], after["y"]) == pytest.approx((before["x"], before["y"]), abs=1)
    expect(replay.locator(".chart .flag")).to_have_count(1)
    replay.get_by_role("button", name="Back").click()
    replay.get_by_role("button", name="Change it to report 51").click()
    expect(replay.locator(".answer-bar")).to_contain_text("Your answer: report 51")
    assert on_disk(tmp_path) == {"votes-11": {"report": 51}}


def test_slider_buttons_keys_and_a_press_in_the_chart_go_to_reports(replay: Locator) -> None:
    """Arrows one, Page keys ten, the ends stop and say so, a press takes the nearest report."""
    line, slider = replay.locator(".report"), replay.get_by_role("slider")
    for key, report in (("ArrowRight", 2), ("PageUp", 12), ("PageDown", 2), ("End", 52)):
        slider.press(key)
        expect(line).to_contain_text(f"Report {report} of 52")
    assert slider.get_attribute("aria-valuetext") == "52 of 52, 4 May 2006"
    onward = replay.get_by_role("button", name="Next")
    onward.press("Enter")
    expect(onward).to_have_attribute("aria-disabled", "true")
    expect(onward).to_be_focused()
    expect(line).to_contain_text("Report 52 of 52")
    chart = replay.locator(".chart svg")
    box = chart.bounding_box()
    assert box
    chart.click(position={"x": 72 + (box["width"] - 86) * 41 / 51, "y": 100})
    expect(line).to_contain_text("Report 42 of 52 · 22 April 2006 · 96.73 % of the tally sheets")


def test_a_report_that_leaves_things_out_is_shown_as_that(replay: Locator) -> None:
    """Report 34 states a gap alone: no invented share, no estimate from nothing."""
    replay.get_by_role("slider").fill("34")
    expect(replay.locator(".report")).to_contain_text("the report does not say how many tally")
    printed = replay.locator(".split table tbody tr").all_inner_texts()
    assert [row.split("\t")[1:] for row in printed] == [["not stated", "not stated"]] * 3
    assert not re.search("NaN|null|undefined", replay.inner_text())


def test_the_table_of_the_replay_has_all_reports(replay: Locator) -> None:
    """52 rows with the lead, how it is known, and the ballots out; the shares as a chart, too."""
    rows = table_of(replay)
    assert len(rows) == 52
    assert rows["42"][-3:] == ["90,453", "stated", "478,466"]
    assert rows["34"][-1] == "cannot be estimated"
    expect(replay.locator("details svg path.share")).to_have_count(3)


def test_play_steps_until_paused(replay: Locator) -> None:
    """Play moves on by itself; Pause holds it; less motion wanted, there is no Play."""
    replay.get_by_role("button", name="Play").click()
    expect(replay.locator(".report")).to_contain_text("Report 3 of 52")
    replay.get_by_role("button", name="Pause").click()
    held = replay.locator(".report").inner_text()
    replay.page.wait_for_timeout(1200)
    assert replay.locator(".report").inner_text() == held
    replay.page.emulate_media(reduced_motion="reduce")
    expect(replay.get_by_role("button", name="Play")).to_have_count(0)
    expect(replay.get_by_role("button", name="Next")).to_be_visible()


# --- the runoff laboratory ---------------------------------------------------------------------


@pytest.fixture
def laboratory(bare_page: Page) -> Locator:
    """The laboratory in a folder of its own."""
    return open_panel(bare_page, RunoffLaboratory())


def enter(laboratory: Locator, text: str) -> None:
    """Type a number of votes to García and press Enter."""
    field = laboratory.get_by_role("textbox", name="Votes to García")
    field.fill(text)
    field.press("Enter")


def keep(laboratory: Locator, which: str) -> Locator:
    """Return the button that keeps the split."""
    return laboratory.get_by_role("button", name=f"Keep this split as the {which}")


def test_the_laboratory_opens_with_nothing_split(laboratory: Locator, tmp_path: Path) -> None:
    """No verdict, no value, nothing that can be kept; the slider is as wide as the panel."""
    expect(laboratory.locator(".verdict")).to_contain_text("Not tried yet")
    expect(laboratory.get_by_role("textbox")).to_have_value("")
    for which in ("fewest", "most"):
        expect(keep(laboratory, which)).to_have_attribute("aria-disabled", "true")
        keep(laboratory, which).press("Enter")
    box = laboratory.get_by_role("slider").bounding_box()
    assert box
    assert box["width"] >= 780
    assert not (tmp_path / "answers.json").exists()


def test_the_laboratory_draws_what_a_split_implies(laboratory: Locator) -> None:
    """New voters are what the runoff total leaves; below zero the split is not possible."""
    first = data.first_round().set_index("candidate")["votes"]
    runoff = data.runoff().set_index("candidate")["votes"]
    eliminated = int(first.drop(["Alan García", "Ollanta Humala"]).sum())
    laboratory.locator("summary").click()
    for given in (0, 3_500_000, eliminated):
        enter(laboratory, f"{given:,}")
        fresh = [
            int(runoff["Alan García"] - first["Alan García"]) - given,
            int(runoff["Ollanta Humala"] - first["Ollanta Humala"]) - (eliminated - given),
        ]
        cells = [f"{votes:,}".replace("-", "−") for votes in (*fresh, sum(fresh))]
        row = laboratory.locator("tr", has_text="New voters").locator("td")
        assert row.all_inner_texts() == cells
        verdict = laboratory.locator(".verdict")
        expect(verdict.locator(".chip")).to_have_text(
            "Possible" if min(fresh) >= 0 else "Not possible"
        )
        # What is missing or over is what the question asks for.
        assert not re.search(r"\d", verdict.inner_text())


def test_an_impossible_split_is_not_kept_and_an_earlier_answer_stays(
    laboratory: Locator, tmp_path: Path
) -> None:
    """The button says why in the bar; what was kept before stays, in the panel and on the disk."""
    enter(laboratory, "3250000")
    keep(laboratory, "fewest").click()
    expect(laboratory.locator(".kept")).to_contain_text("Saved at")
    enter(laboratory, "2,765,635")
    expect(laboratory.locator(".verdict")).to_have_text(
        "Not possibleHumala would end beyond his runoff total."
    )
    keep(laboratory, "most").press("Enter")
    bar = laboratory.locator(".answer-bar")
    expect(bar).to_contain_text("This split is not possible, so it cannot be kept.")
    expect(bar).to_contain_text("Your answer from before stays.")
    assert on_disk(tmp_path) == {"votes-12": {"fewest": 3_250_000}}
    enter(laboratory, "3 200 000")
    keep(laboratory, "most").click()
    expect(bar).to_contain_text("The fewest is larger than the most: change one of them.")


def test_the_answer_is_kept_under_the_second_assumption_only(laboratory: Locator) -> None:
    """Lifted, a second handle says how many gave no valid vote; nothing is kept then."""
    enter(laboratory, "2765635")
    laboratory.get_by_role("checkbox").uncheck()
    handles = laboratory.get_by_role("slider")
    expect(handles).to_have_count(2)
    for _ in range(3):
        handles.last.press("PageUp")
    expect(laboratory.locator(".ends")).to_contain_text("gave no valid vote 300,000")
    expect(laboratory.locator(".verdict .chip")).to_have_text("Possible")
    expect(keep(laboratory, "most")).to_have_attribute("aria-disabled", "true")
    expect(laboratory.locator(".answer-bar")).to_contain_text("tick that again")
    laboratory.get_by_role("checkbox").check()
    expect(laboratory.locator(".verdict .chip")).to_have_text("Not possible")


@pytest.mark.parametrize("typed", ["-5", "2.5", "99999999", "many"])
def test_what_is_no_count_is_named_and_changes_nothing(laboratory: Locator, typed: str) -> None:
    """An entry that is no possible count: said in words, marked, and the picture stays."""
    enter(laboratory, "3250000")
    enter(laboratory, typed)
    expect(laboratory.get_by_role("textbox")).to_have_attribute("aria-invalid", "true")
    expect(laboratory.locator(".verdict")).to_contain_text("Write a whole number from 0 to")
    expect(laboratory.locator(".ends")).to_contain_text("to García 3,250,000")


def test_any_split_is_reached_by_slider_buttons_and_keys(laboratory: Locator) -> None:
    """They share the step that is chosen; a hand that drags stops at thousands."""
    slider, line = laboratory.get_by_role("slider"), laboratory.locator(".ends")
    slider.press("Home")
    slider.press("ArrowRight")
    expect(line).to_contain_text("to García 10,000")
    expect(slider).to_have_attribute("aria-valuetext", "10,000 to García, 5,521,269 to Humala")
    for step, presses in (("1,000,000", 3), ("1,000", 2), ("1", 4)):
        laboratory.get_by_role("combobox", name="Step").select_option(step)
        for _ in range(presses):
            laboratory.get_by_role("button", name="More").click()
    expect(line).to_contain_text("to García 3,012,004")
    slider.fill("2765635")
    expect(line).to_contain_text("to García 2,766,000")
    slider.press("End")
    expect(line).to_contain_text("to García 5,531,269")
    expect(laboratory.get_by_role("button", name="More")).to_have_attribute("aria-disabled", "true")


# --- the denominator explorer ------------------------------------------------------------------


@pytest.fixture
def explorer(bare_page: Page) -> Locator:
    """The denominator explorer."""
    return open_panel(bare_page, DenominatorExplorer())


def test_the_explorer_shows_each_place_and_candidate_in_votes(explorer: Locator) -> None:
    """It opens with a candidate no question asks about; the numbers are official, no share."""
    expect(explorer.get_by_text("706,156 votes")).to_be_visible()
    explorer.get_by_label("Candidate", exact=True).select_option(label="Lourdes Flores")
    explorer.get_by_label("Place", exact=True).select_option(label="Extranjero")
    row = data.first_round_departments().set_index("unit").loc["Extranjero"]
    shown = table_of(explorer)
    assert shown["Votes for Lourdes Flores"] == [f"{row['lourdes_flores']:,}"]
    assert shown["Valid votes"] == [f"{row['valid_votes']:,}"]
    assert shown["Votes cast"] == [f"{row['votes_cast']:,}"]
    assert shown["Registered, did not vote"] == [f"{row['registered'] - row['votes_cast']:,}"]
    assert shown["Registered electors"] == [f"{row['registered']:,}"]
    assert re.findall(r"[\d.]+ ?%", explorer.inner_text()) == ["100 %"]
    for name, count in (("Candidate", 20), ("Place", 27)):
        options = explorer.get_by_label(name, exact=True).locator("option")
        assert options.count() == count


def test_the_explorers_bars_are_as_long_as_the_counts(explorer: Locator) -> None:
    """One scale: equal votes, equal length. As 100 %: each whole fills the width."""
    first = data.totals().set_index("round").loc["first round"]

    def lengths() -> list[list[float]]:
        found: list[list[float]] = explorer.locator("[role=img] > g").evaluate_all(
            "groups => groups.map(group => [...group.querySelectorAll('rect')]"
            ".map(bar => Number(bar.getAttribute('width'))))"
        )
        return found

    bars = lengths()
    width = sum(bars[2])
    assert bars[0][0] == bars[1][0] == bars[2][0]
    assert sum(bars[0]) == pytest.approx(width * first["valid_votes"] / first["registered"])
    assert sum(bars[1]) == pytest.approx(width * first["votes_cast"] / first["registered"])
    explorer.get_by_label("each as 100 %").check()
    assert [sum(bar) for bar in lengths()] == pytest.approx([width] * 3)
    box = explorer.bounding_box()
    assert box
    assert box["height"] <= 400
