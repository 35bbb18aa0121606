"""The votes widgets in a real JupyterLab: by keyboard, by screen reader, after a reload."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from course import data
from tests.browser.lab import (
    TALL,
    JupyterLab,
    fresh_page,
    on_disk,
    open_notebook,
    run_all_cells,
    tab_to,
    violations,
)

EXPLORER = "from course.widgets.votes import DenominatorExplorer\nDenominatorExplorer()"
REPLAY = "from course.widgets.votes import CountReplay\nreplay = CountReplay()\nreplay"
LABORATORY = "from course.widgets.votes import RunoffLaboratory\nlab = RunoffLaboratory()\nlab"
ALL = (EXPLORER, REPLAY, LABORATORY)


def show(page: Page, lab: JupyterLab, notebook: str, *cells: str) -> Path:
    """Run a new notebook of these cells and return its folder."""
    lab.write_notebook(notebook, *cells)
    open_notebook(page, lab, notebook)
    run_all_cells(page)
    page.locator(".backyard svg").first.wait_for()
    return (lab.root / notebook).parent


@pytest.fixture
def opened(jupyterlab: JupyterLab, page: Page, tmp_path: Path) -> Callable[..., Path]:
    """Run a notebook of the given cells in a folder of the test's own; returns that folder."""
    return lambda *cells: show(page, jupyterlab, f"{tmp_path.name}/votes.ipynb", *cells)


@pytest.fixture(scope="module")
def shared_page(browser: Browser, jupyterlab: JupyterLab) -> Iterator[Page]:
    """One page with the three widgets for the tests that keep no answer."""
    with fresh_page(browser, jupyterlab, TALL) as page:
        show(page, jupyterlab, "shared/votes.ipynb", *ALL)
        expect(page.locator(".backyard")).to_have_count(len(ALL))
        yield page


@pytest.fixture
def widgets(shared_page: Page, jupyterlab: JupyterLab) -> Iterator[Page]:
    """The shared page with every widget as it was when it opened."""
    explorer, laboratory = map(shared_page.locator, (".denominator-explorer", ".runoff-laboratory"))
    for choice in explorer.get_by_role("combobox").all():
        choice.select_option(index=0)
    explorer.get_by_label("to one scale of votes").check()
    shared_page.get_by_label("Report", exact=True).select_option(index=0)
    laboratory.get_by_role("checkbox").check()
    laboratory.get_by_role("spinbutton").first.fill("1")
    yield shared_page
    assert not (jupyterlab.root / "shared" / "answers.json").exists(), "this test kept an answer"


def table_of(place: Page | Locator) -> dict[str, list[str]]:
    """Return the first table's cells by row header."""
    rows = place.locator("table").first.locator("tbody tr").all()
    return {row.locator("th").inner_text(): row.locator("td").all_inner_texts() for row in rows}


CONTRASTS = """() => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (node) => {
    const colour = getComputedStyle(node).backgroundColor;
    return colour === "rgba(0, 0, 0, 0)" ? ground(node.parentElement) : colour;
  };
  return [...document.querySelectorAll(".backyard [role=img] text")].map((text) => {
    const both = [light(getComputedStyle(text).fill), light(ground(text))];
    return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
  });
}"""
READABLE = 4.5  # contrast of text, WCAG 2.2, 1.4.3


def contrasts_in_figures(page: Page) -> list[float]:
    """Return the contrast of each text in a figure, which axe cannot tell (1 to 21)."""
    return [float(ratio) for ratio in page.evaluate(CONTRASTS)]


# --- axe ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_no_fault(
    opened: Callable[..., Path], page: Page, jupyterlab: JupyterLab, theme: str
) -> None:
    """No violation in either theme: as opened, all unfolded, with an answer, with a wrong entry."""
    page.set_viewport_size({"width": 1280, "height": TALL})
    jupyterlab.set_theme(theme)
    try:
        opened(*ALL)
        light = page.locator("body").get_attribute("data-jp-theme-light")
        assert light == str(theme.endswith("Light")).lower()
        assert violations(page) == []
        assert min(contrasts_in_figures(page)) >= READABLE
        page.get_by_label("each stretched to its own whole").check()
        page.locator("summary").click()
        page.get_by_role("button", name="Last").click()
        page.get_by_role("button", name="Mark this report").click()
        expect(page.get_by_text("saved at")).to_be_visible()
        page.get_by_role("checkbox").uncheck()
        page.get_by_role("spinbutton").first.fill("")
        assert violations(page) == []
    finally:
        jupyterlab.set_theme("JupyterLab Light")


def test_every_figure_has_words_and_every_table_a_caption(widgets: Page) -> None:
    """A drawing says its numbers in a text alternative; a table names itself and its rows."""
    figures = widgets.locator(".backyard [role=img]").all()
    assert len(figures) == 3
    for figure in figures:
        assert re.search(r"\d", figure.get_attribute("aria-label") or "")
    for table in widgets.locator(".backyard table").all():
        assert table.locator("caption").count() == 1
        assert table.locator("tbody tr").count() == table.locator("tbody th[scope=row]").count()


def test_a_narrow_window_cuts_nothing_off(widgets: Page) -> None:
    """Nothing stands out of a widget to the right, and the text of a figure keeps its size."""
    widgets.keyboard.press("Control+B")  # the file browser takes half of a narrow window
    for width in (1280, 600, 420):
        widgets.set_viewport_size({"width": width, "height": TALL})
        widgets.wait_for_function(f"document.querySelector('.backyard').clientWidth < {width}")
        for root in widgets.locator(".count-replay").all():
            expect(root.get_by_role("img").first).to_be_visible()
            widgets.wait_for_function(
                "root => root.scrollWidth <= root.clientWidth", arg=root.element_handle()
            )
            text = root.locator("[role=img] text")
            assert text.first.evaluate("node => getComputedStyle(node).fontSize") == "12px"
            edges = text.evaluate_all("all => all.map(one => one.getBoundingClientRect().right)")
            box = root.bounding_box()
            assert box is not None
            assert max(edges) <= box["x"] + box["width"] + 1
        assert violations(widgets) == []
    widgets.set_viewport_size({"width": 1280, "height": TALL})
    widgets.keyboard.press("Control+B")


# --- keyboard and keeping ----------------------------------------------------------------------


def test_a_report_is_marked_by_keyboard_and_found_after_a_reload(
    opened: Callable[..., Path], page: Page, jupyterlab: JupyterLab
) -> None:
    """Tab and Enter alone: step on twice, mark, read "saved"; after a reload the mark is there."""
    folder = opened(REPLAY)
    page.locator(".jp-Notebook .jp-InputPrompt").first.click()
    following = page.get_by_role("button", name="Next")
    tab_to(page, following)
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    expect(page.locator("caption", has_text="Report 3:")).to_be_visible()
    tab_to(page, page.get_by_role("button", name="Mark this report as my answer"))
    page.keyboard.press("Enter")
    expect(page.locator(".kept")).to_have_text(re.compile(r"^Saved at \d\d:\d\d$"))
    assert on_disk(folder) == {"votes-11": {"report": 3}}
    expect(page.get_by_text("Your answer: report 3 (")).to_be_visible()

    jupyterlab.stop_kernel(f"{folder.name}/votes.ipynb")
    open_notebook(page, jupyterlab, f"{folder.name}/votes.ipynb")
    run_all_cells(page)
    expect(page.get_by_text("Your answer: report 3 (")).to_be_visible()
    expect(page.locator(".kept")).to_have_text("Your saved answer was found")
    expect(page.locator("caption", has_text="Report 3:")).to_be_visible()


def test_a_number_is_typed_and_kept_by_keyboard(opened: Callable[..., Path], page: Page) -> None:
    """Type a count, keep it as the fewest, change it by arrow, keep it as the most."""
    folder = opened(LABORATORY)
    page.locator(".jp-Notebook .jp-InputPrompt").first.click()
    number = page.get_by_role("spinbutton", name="Votes that went to García")
    tab_to(page, number)
    page.keyboard.press("Control+A")
    page.keyboard.type("1234")
    tab_to(page, page.get_by_role("button", name="Keep as the fewest"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your answer: fewest 1,234, most not kept yet.")).to_be_visible()
    tab_to(page, number, "Shift+Tab")
    page.keyboard.press("ArrowUp")
    tab_to(page, page.get_by_role("button", name="Keep as the most"))
    page.keyboard.press("Space")
    expect(page.get_by_text("Your answer: fewest 1,234, most 1,235.")).to_be_visible()
    expect(page.locator(".kept")).to_contain_text("Saved at")
    assert on_disk(folder) == {"votes-12": {"fewest": 1234, "most": 1235}}


def test_ctrl_s_in_a_widget_still_saves_the_notebook(
    opened: Callable[..., Path], page: Page
) -> None:
    """Commands with Ctrl reach JupyterLab from inside a widget."""
    folder = opened(EXPLORER)
    before = (folder / "votes.ipynb").read_bytes()
    page.get_by_role("combobox", name="Candidate").focus()
    page.keyboard.press("Control+S")
    expect(page.locator(".jp-mod-dirty")).to_have_count(0)
    assert (folder / "votes.ipynb").read_bytes() != before


def test_keys_pressed_in_a_widget_are_not_commands_of_the_notebook(
    opened: Callable[..., Path], page: Page
) -> None:
    """In a list or button the letters a, b, x and d, arrows and Enter leave the cells alone."""
    opened(EXPLORER, "'second cell'")
    page.locator(".jp-Notebook .jp-InputPrompt").first.click()
    candidate = page.get_by_role("combobox", name="Candidate")
    tab_to(page, candidate)
    for key in ("a", "b", "x", "d", "d", "m", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
    expect(candidate).to_be_focused()
    expect(page.locator(".jp-Notebook .jp-Cell")).to_have_count(2)
    expect(page.locator(".jp-Notebook .jp-MarkdownCell")).to_have_count(0)
    expect(page.locator(".jp-Notebook.jp-mod-editMode")).to_have_count(0)


def test_the_focus_is_visible(widgets: Page) -> None:
    """A control reached by Tab has an outline that is at least three pixels wide."""
    widgets.locator(".jp-Notebook .jp-InputPrompt").nth(1).click()
    following = widgets.get_by_role("button", name="Next")
    tab_to(widgets, following)
    outline = following.evaluate("node => getComputedStyle(node).outline")
    assert "solid 3px" in outline, outline


def test_an_answer_in_code_shows_in_the_widget_that_is_open(
    opened: Callable[..., Path], page: Page
) -> None:
    """`replay.value = …` in a later cell moves the mark of the widget above and is kept."""
    folder = opened(REPLAY, 'replay.value = {"report": 7}')
    expect(page.get_by_text("Your answer: report 7 (")).to_be_visible()
    expect(page.locator(".kept")).to_contain_text("Saved at")
    assert on_disk(folder) == {"votes-11": {"report": 7}}


def test_two_views_of_one_widget_stay_in_step(opened: Callable[..., Path], page: Page) -> None:
    """Shown twice, both views answer, both show the answer, and no id is used twice."""
    opened(LABORATORY, "lab")
    first, second = page.locator(".runoff-laboratory").all()
    first.get_by_role("spinbutton").first.fill("111")
    first.get_by_role("button", name="Keep as the fewest").click()
    expect(second.get_by_text("Your answer: fewest 111, most not kept yet.")).to_be_visible()
    second.get_by_role("spinbutton").first.fill("222")
    second.get_by_role("button", name="Keep as the most").click()
    for view in (first, second):
        expect(view.get_by_text("Your answer: fewest 111, most 222.")).to_be_visible()
        expect(view.locator(".kept")).to_contain_text("Saved at")
    ids = page.locator(".backyard [id]").evaluate_all("nodes => nodes.map(node => node.id)")
    assert len(ids) == len(set(ids))


def test_what_the_disk_refuses_is_said_in_the_widget(
    opened: Callable[..., Path], page: Page
) -> None:
    """No "saved" where nothing could be saved: the reason stands where the student looks."""
    folder = opened(REPLAY)
    (folder / "answers.json").mkdir()
    page.get_by_role("button", name="Mark this report").click()
    expect(page.locator(".kept")).to_contain_text("Not saved.")
    expect(page.locator(".kept")).to_contain_text("cannot be read")


def test_without_a_kernel_the_widget_does_not_say_saved(
    opened: Callable[..., Path], page: Page, jupyterlab: JupyterLab
) -> None:
    """The kernel is gone: the student is told that the answer is not saved and what to do."""
    folder = opened(REPLAY)
    jupyterlab.stop_kernel(f"{folder.name}/votes.ipynb")
    page.get_by_role("button", name="Mark this report").click()
    expect(page.locator(".kept")).to_have_text("Saving …")
    expect(page.locator(".kept")).to_contain_text("Not saved yet", timeout=20_000)
    assert not (folder / "answers.json").exists()


# --- what the widgets show ---------------------------------------------------------------------


def test_the_explorer_shows_each_place_and_candidate_in_votes(widgets: Page) -> None:
    """A chosen candidate and unit: the table has that row of the official count, and no share."""
    widgets.get_by_label("Candidate", exact=True).select_option(label="Lourdes Flores")
    widgets.get_by_label("Place", exact=True).select_option(label="Extranjero")
    units = data.first_round_departments().set_index("unit")
    row = units.loc["Extranjero"]
    shown = table_of(widgets.locator(".denominator-explorer"))
    assert shown["Votes for Lourdes Flores"] == [f"{row['lourdes_flores']:,}"]
    assert shown["Valid votes"] == [f"{row['valid_votes']:,}"]
    assert shown["Votes cast"] == [f"{row['votes_cast']:,}"]
    assert shown["Registered, did not vote"] == [f"{row['registered'] - row['votes_cast']:,}"]
    assert shown["Registered electors"] == [f"{row['registered']:,}"]
    assert "%" not in widgets.locator(".denominator-explorer").inner_text()
    assert widgets.get_by_label("Candidate", exact=True).locator("option").count() == 20
    assert widgets.get_by_label("Place", exact=True).locator("option").count() == 27


def test_the_explorers_bars_are_as_long_as_the_counts(widgets: Page) -> None:
    """One scale: equal votes, equal length. Stretched: each whole fills the width."""
    first = data.totals().set_index("round").loc["first round"]

    def lengths() -> list[list[float]]:
        return widgets.locator(".denominator-explorer [role=img] > g").evaluate_all(
            "groups => groups.map(group => [...group.querySelectorAll('rect')]"
            ".map(bar => Number(bar.getAttribute('width')))).filter(bars => bars.length)"
        )

    bars = lengths()
    width = sum(bars[2])
    assert bars[0][0] == bars[1][0] == bars[2][0]
    assert sum(bars[0]) == pytest.approx(width * first["valid_votes"] / first["registered"])
    assert sum(bars[1]) == pytest.approx(width * first["votes_cast"] / first["registered"])
    widgets.get_by_label("each stretched to its own whole").check()
    assert [sum(bar) for bar in lengths()] == pytest.approx([width] * 3)


def test_the_replay_states_gap_ballots_out_and_bound_and_no_verdict(widgets: Page) -> None:
    """Report 30, which prints votes: numbers as in the table, the rest left to the student."""
    widgets.get_by_label("Report", exact=True).select_option(index=29)
    report = data.count_reports().set_index("report").loc[30]
    totals: Any = data.totals().set_index("round")
    cast = int(totals.loc["first round", "votes_cast"])
    out = round((100 - report["sheets_percent"]) / 100 * cast)
    shown = table_of(widgets.locator(".count-replay .side-by-side"))
    assert shown["Tally sheets processed"] == [f"{report['sheets_percent']} %"]
    assert shown["García"] == [f"{report['garcia_percent']} %; {report['garcia_votes']:,} votes"]
    gap = report["garcia_votes"] - report["flores_votes"]
    stated = report["gap_votes_stated"]
    assert shown["García minus Flores, votes"] == [
        f"{stated:,} (as stated); {gap:,} (from the votes)"
    ]
    points = round(report["garcia_percent"] - report["flores_percent"], 3)
    assert shown["García minus Flores, points"] == [f"{points} points"]
    assert shown["Ballots still out (estimate)"] == [f"{out:,}"]
    expect(widgets.get_by_text(f"she would gain at most {out:,} votes")).to_be_visible()
    assert "safe" not in widgets.locator(".count-replay").inner_text().lower()


def test_a_report_that_leaves_things_out_is_shown_as_that(widgets: Page) -> None:
    """Report 34 states a gap alone: no invented share, no estimate from nothing."""
    widgets.get_by_label("Report", exact=True).select_option(index=33)
    shown = table_of(widgets.locator(".count-replay .side-by-side"))
    assert shown["Tally sheets processed"] == ["not stated"]
    assert shown["Flores"] == ["not stated"]
    assert shown["García minus Flores, points"] == ["not stated"]
    assert shown["Ballots still out (estimate)"] == ["cannot be estimated"]
    assert "NaN" not in widgets.locator(".count-replay").inner_text()
    assert "null" not in widgets.locator(".count-replay").inner_text()


def test_the_replays_lines_leave_out_reports_of_another_base(widgets: Page) -> None:
    """A line has one point for each report of valid votes that states the share, and no more."""
    widgets.get_by_role("button", name="Last").click()
    reports = data.count_reports()
    for name in ("humala", "garcia", "flores"):
        path = widgets.locator(f".backyard g.{name} path").first.get_attribute("d") or ""
        stated = reports[(reports["base"] == "valid") & reports[f"{name}_percent"].notna()]
        assert len(re.findall("[ML]", path)) == len(stated), name


def test_first_and_last_stop_at_the_ends(widgets: Page) -> None:
    """Beyond the ends nothing happens, the focus stays, and the buttons say that it is the end."""
    back = widgets.get_by_role("button", name="Previous")
    back.press("Enter")
    expect(back).to_have_attribute("aria-disabled", "true")
    expect(widgets.locator("caption", has_text="Report 1:")).to_be_visible()
    widgets.get_by_role("button", name="Last").click()
    widgets.get_by_role("button", name="Next").press("Enter")
    expect(widgets.locator("caption", has_text="Report 52:")).to_be_visible()
    expect(widgets.get_by_role("button", name="Next")).to_be_focused()


def test_play_steps_until_paused(widgets: Page) -> None:
    """Play moves on by itself; Pause holds it."""
    widgets.get_by_role("button", name="Play").click()
    expect(widgets.locator("caption", has_text="Report 3:")).to_be_visible()
    widgets.get_by_role("button", name="Pause").click()
    held = widgets.locator(".count-replay .side-by-side caption").inner_text()
    widgets.wait_for_timeout(2000)
    assert widgets.locator(".count-replay .side-by-side caption").inner_text() == held
    expect(widgets.get_by_role("button", name="Play")).to_be_visible()


def test_nothing_plays_where_less_motion_is_wanted(widgets: Page) -> None:
    """Somebody who asks the system for less motion gets no Play button; the steps are there."""
    widgets.emulate_media(reduced_motion="reduce")
    expect(widgets.get_by_role("button", name="Next")).to_be_visible()
    expect(widgets.get_by_role("button", name="Play")).to_have_count(0)
    widgets.emulate_media(reduced_motion="no-preference")
    expect(widgets.get_by_role("button", name="Play")).to_be_visible()


def test_the_laboratory_draws_what_a_split_implies(widgets: Page) -> None:
    """New voters are what the runoff total leaves; below zero the split is not possible."""
    first = data.first_round().set_index("candidate")["votes"]
    runoff = data.runoff().set_index("candidate")["votes"]
    eliminated = int(first.drop(["Alan García", "Ollanta Humala"]).sum())
    for given in (0, 3_500_000, eliminated):
        widgets.get_by_role("spinbutton").first.fill(str(given))
        fresh = [
            int(runoff["Alan García"] - first["Alan García"]) - given,
            int(runoff["Ollanta Humala"] - first["Ollanta Humala"]) - (eliminated - given),
        ]
        cells = [f"{votes:,}".replace("-", "−") for votes in (*fresh, sum(fresh))]
        assert table_of(widgets.locator(".runoff-laboratory"))["From new voters"] == cells
        words = "✓ Possible" if min(fresh) >= 0 else "✗ Not possible"
        expect(widgets.locator(".verdict")).to_contain_text(words)
        if min(fresh) < 0:
            expect(widgets.locator(".verdict")).to_contain_text(f"{-min(fresh):,} votes too many")


def test_the_laboratory_lets_voters_stay_away_but_not_vote_twice(widgets: Page) -> None:
    """The second assumption lifted: any two counts that are not more than there were."""
    widgets.get_by_role("checkbox").uncheck()
    garcia, humala = widgets.get_by_role("spinbutton").all()
    garcia.fill("3000000")
    humala.fill("1000000")
    away = int(data.first_round()["votes"][2:].sum()) - 4_000_000
    expect(widgets.get_by_text(f"The rest, {away:,}, cast no valid vote")).to_be_visible()
    expect(widgets.locator(".verdict")).to_contain_text("✓ Possible")
    humala.fill("4000000")
    expect(widgets.locator(".verdict")).to_contain_text(f"{3_000_000 - away:,} votes more")
    garcia.fill("0")
    humala.fill("0")
    expect(widgets.locator(".verdict")).to_contain_text("cast no valid vote in the first round")
    widgets.get_by_role("button", name="Keep as the most").press("Enter")
    expect(widgets.locator(".runoff-laboratory .kept")).to_contain_text("Not saved")


@pytest.mark.parametrize("typed", ["", "-5", "2.5", "99999999"])
def test_what_is_no_count_is_named_and_not_kept(widgets: Page, typed: str) -> None:
    """An entry that is no possible count: said in words, marked as wrong, not saved."""
    number = widgets.get_by_role("spinbutton").first
    number.fill(typed)
    expect(number).to_have_attribute("aria-invalid", "true")
    expect(widgets.locator(".verdict")).to_contain_text("Enter a whole number from 0 to")
    widgets.get_by_role("button", name="Keep as the most").press("Enter")
    expect(widgets.locator(".runoff-laboratory .kept")).to_contain_text("Not saved")


def test_the_slider_and_the_number_are_one(widgets: Page) -> None:
    """The slider moves by coarse steps and says its votes; the number follows."""
    slider = widgets.get_by_role("slider").first
    slider.focus()
    widgets.keyboard.press("Home")
    widgets.keyboard.press("ArrowRight")
    expect(widgets.get_by_role("spinbutton").first).to_have_value("10000")
    expect(slider).to_have_attribute("aria-valuetext", "10,000 votes")
