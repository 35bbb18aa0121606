"""The argument widgets in a real JupyterLab: by mouse, by touch and by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from course.text.column import OWN, read_paragraphs
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

IMPORT = "from course.widgets.argument import ArgumentMap, Matching\n"
MAP = f"{IMPORT}map_ = ArgumentMap()\nmap_"
PARAPHRASE = read_paragraphs(OWN)
# Links that no reading of the column would draw, with a circle and a pair linked twice.
LINKS = [
    ("P17", "P03", "supports"),
    ("P17", "P03", "challenges"),
    ("P01", "P17", "supports"),
    ("P02", "P01", "challenges"),
    ("P01", "P02", "supports"),
    ("P09", "P17", "supports"),
    ("P09", "P15", "supports"),
]
# A page on which all three widgets are in sight whole: axe sees no contrast beyond its edge.
WHOLE = 4500
SAVED = re.compile(r"^Saved at \d\d:\d\d$")


def link(source: str, target: str, relation: str = "supports") -> dict[str, str]:
    """Return a link as a map's value holds it."""
    return {"from": source, "to": target, "relation": relation}


def set_links(links: list[tuple[str, str, str]]) -> str:
    """Return a cell that sets these links."""
    return f"map_.value = {{'links': {links!r}}}"


def show(page: Page, lab: JupyterLab, notebook: str, *cells: str) -> Path:
    """Run a new notebook of these cells and return its folder."""
    lab.write_notebook(notebook, *cells)
    open_notebook(page, lab, notebook)
    run_all_cells(page)
    page.locator(".backyard").first.wait_for()
    return (lab.root / notebook).parent


@pytest.fixture
def opened(jupyterlab: JupyterLab, page: Page, tmp_path: Path) -> Callable[..., Path]:
    """Run a notebook of the given cells in a folder of the test's own; returns that folder."""
    return lambda *cells: show(page, jupyterlab, f"{tmp_path.name}/argument.ipynb", *cells)


@pytest.fixture(scope="module")
def shared_page(browser: Browser, jupyterlab: JupyterLab) -> Iterator[Page]:
    """One page with the three widgets, links set, for the tests that keep no answer."""
    with fresh_page(browser, jupyterlab, TALL) as page:
        questionless = [
            MAP.replace("()", "(None)") + f"\n{set_links(LINKS)}\nmap_",
        ]
        show(page, jupyterlab, "shared/argument.ipynb", *questionless)
        expect(page.locator(".backyard")).to_have_count(1)
        yield page


def card(page: Page, name: str) -> Locator:
    """Return the card of a paragraph."""
    return page.locator(".map-card", has=page.locator(f"b:text-is('{name}')"))


def saved(page: Page, within: float = 5_000) -> None:
    """Wait until the widget says that the answer is on the disk; `within`: milliseconds."""
    expect(page.locator(".kept").first).to_have_text(SAVED, timeout=within)


def drawn(page: Page) -> set[str]:
    """Return the links that the picture shows, as in "P02 supports P01"."""
    return set(page.locator(".board svg title").all_text_contents())


def listed(page: Page) -> list[str]:
    """Return the links that the list shows."""
    labels = page.locator(".links .remove").evaluate_all(
        "all => all.map(one => one.getAttribute('aria-label'))"
    )
    return [label.removeprefix("Remove: ") for label in labels]


def begin(page: Page) -> None:
    """Put the focus before the first widget, as somebody who works without a mouse."""
    page.locator(".jp-Notebook .jp-InputPrompt").first.click()


# --- axe, sizes, zoom --------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
def test_axe_finds_no_fault(
    opened: Callable[..., Path], page: Page, jupyterlab: JupyterLab, theme: str
) -> None:
    """No violation in either theme: as opened, at work, with answers, with all unfolded."""
    page.set_viewport_size({"width": 1280, "height": WHOLE})
    jupyterlab.set_theme(theme)
    try:
        opened(MAP)
        light = page.locator("body").get_attribute("data-jp-theme-light")
        assert light == str(theme.endswith("Light")).lower()
        assert violations(page) == []
        for source, target in (("P16", "P14"), ("P17", "P16")):
            card(page, source).click()
            card(page, target).click()
        page.get_by_role("radio", name="challenges").check()
        card(page, "P02").click()
        expect(page.get_by_text("saved at")).to_have_count(3)
        assert violations(page) == []
    finally:
        jupyterlab.set_theme("JupyterLab Light")


def test_every_control_is_large_enough_for_a_finger(shared_page: Page) -> None:
    """24 pixels at least each way; a box or a dot counts with its label, a sign with its ring."""
    sizes = shared_page.locator(
        ".backyard :is(button, select, textarea, .choice, .hit)"
    ).evaluate_all(
        "all => all.map(node => [node.outerHTML.slice(0, 80), node.getBoundingClientRect()])"
        ".map(([text, { width, height }]) => [text, Math.min(width, height)])"
        ".filter(([, size]) => size > 0)"
    )
    assert len(sizes) > 60
    assert [text for text, size in sizes if size < 24] == []


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (640, 360), (420, 800)])
def test_nothing_is_cut_off_at_a_small_size(shared_page: Page, width: int, height: int) -> None:
    """1280 by 720, the same at 200 % (half as many pixels), and a phone: only the board scrolls."""
    shared_page.keyboard.press("Control+B")  # the file browser takes half of a narrow window
    try:
        shared_page.set_viewport_size({"width": width, "height": height})
        shared_page.wait_for_function(
            f"document.querySelector('.argument-map').clientWidth < {width}"
        )
        for root in shared_page.locator(".backyard").all():
            shared_page.wait_for_function(
                "root => root.scrollWidth <= root.clientWidth", arg=root.element_handle()
            )
        board, scroller = shared_page.locator(".board"), shared_page.locator(".scroller")
        assert board.evaluate("node => node.clientWidth") <= scroller.evaluate(
            "node => node.clientWidth"
        )
        cut = shared_page.locator(".map-card").evaluate_all(
            "all => all.filter(node => node.scrollHeight > node.clientHeight + 1)"
            ".map(node => node.innerText)"
        )
        assert cut == []
    finally:
        shared_page.set_viewport_size({"width": 1280, "height": TALL})
        shared_page.keyboard.press("Control+B")


def test_the_focus_is_visible(shared_page: Page) -> None:
    """Cards and lists reached by Tab have an outline that is at least three pixels wide."""
    begin(shared_page)
    for control in (card(shared_page, "P01"),):
        tab_to(shared_page, control)
        assert "solid 3px" in control.evaluate("node => getComputedStyle(node).outline")


# --- the map -----------------------------------------------------------------------------------


def test_links_are_drawn_by_mouse_undone_and_removed(
    opened: Callable[..., Path], page: Page
) -> None:
    """Choose a card, a relation, a card; undo; a sign leads to its entry, which removes it."""
    folder = opened(MAP)
    card(page, "P17").click()
    expect(page.locator(".prompt")).to_have_text(
        "P17 is chosen. Now choose the card that it supports."
    )
    page.get_by_role("radio", name="challenges").check()
    expect(page.locator(".prompt")).to_contain_text("the card that it challenges")
    card(page, "P15").click()
    page.get_by_role("radio", name="supports").check()
    card(page, "P16").click()
    card(page, "P15").click()
    saved(page)
    both = [link("P17", "P15", "challenges"), link("P16", "P15")]
    assert on_disk(folder) == {"argument-06": {"links": both}}
    assert drawn(page) == set(listed(page)) == {"P17 challenges P15", "P16 supports P15"}
    expect(page.locator(".link.near")).to_have_count(2)  # the pointer is on P15

    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".board svg title")).to_have_count(1)
    saved(page)
    assert on_disk(folder) == {"argument-06": {"links": both[:1]}}
    page.locator(".board .hit").click()
    remove = page.get_by_role("button", name="Remove: P17 challenges P15")
    expect(remove).to_be_focused()
    remove.click()
    expect(page.locator(".links")).to_contain_text("Not linked yet: P01, P02")
    saved(page)
    assert on_disk(folder) == {"argument-06": {}}


def test_links_are_drawn_by_keyboard_alone(
    opened: Callable[..., Path], page: Page, jupyterlab: JupyterLab
) -> None:
    """Tab, Enter, C, arrows, Escape and Ctrl+Z on the cards; a reload finds the map again."""
    folder = opened(MAP, "'second cell'")
    begin(page)
    tab_to(page, card(page, "P01"))
    page.keyboard.press("Enter")
    page.keyboard.press("c")
    page.keyboard.press("ArrowRight")
    expect(card(page, "P02")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator(".prompt")).to_contain_text("Added: P01 challenges P02.")
    expect(card(page, "P02")).to_be_focused()
    saved(page)
    assert on_disk(folder) == {"argument-06": {"links": [link("P01", "P02", "challenges")]}}

    page.keyboard.press("s")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator(".prompt")).to_have_text("Choose the first card of a link.")
    page.keyboard.press("Enter")
    tab_to(page, card(page, "P09"))
    page.keyboard.press("Enter")
    expect(page.locator(".prompt")).to_contain_text("Added: P02 supports P09.")
    page.keyboard.press("Control+z")
    expect(page.locator(".prompt")).to_contain_text("The last step is undone.")
    saved(page)
    assert on_disk(folder) == {"argument-06": {"links": [link("P01", "P02", "challenges")]}}
    expect(page.locator(".jp-Notebook .jp-Cell")).to_have_count(2)

    jupyterlab.stop_kernel(f"{folder.name}/argument.ipynb")
    open_notebook(page, jupyterlab, f"{folder.name}/argument.ipynb")
    run_all_cells(page)
    expect(page.locator(".kept")).to_have_text("Your saved answer was found")
    assert drawn(page) == {"P01 challenges P02"}


def test_the_list_is_a_full_way_to_draw_by_keyboard(
    opened: Callable[..., Path], page: Page
) -> None:
    """Add, change and remove with native controls; the focus never falls out of the list."""
    folder = opened(MAP)
    begin(page)
    tab_to(page, page.get_by_label("From", exact=True))
    page.keyboard.type("P17")
    tab_to(page, page.get_by_label("To", exact=True))
    page.keyboard.type("P03")
    add = page.get_by_role("button", name="Add link")
    tab_to(page, add)
    page.keyboard.press("Enter")
    expect(page.locator(".prompt")).to_contain_text("Added: P17 supports P03.")
    page.keyboard.press("Enter")
    expect(page.locator(".prompt")).to_contain_text("P17 supports P03 already.")
    tab_to(page, page.get_by_label("To", exact=True), "Shift+Tab")
    page.keyboard.type("P04")
    tab_to(page, add)
    page.keyboard.press("Enter")
    relation = page.get_by_label("Relation of P17 to P03")
    tab_to(page, relation)
    page.keyboard.type("ch")
    expect(page.locator(".prompt")).to_contain_text("Changed: P17 challenges P03.")
    expect(relation).to_be_focused()
    expect(relation).to_have_value("challenges")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Remove: P17 supports P04")).to_be_focused()
    saved(page)
    assert on_disk(folder) == {"argument-06": {"links": [link("P17", "P04")]}}
    assert listed(page) == ["P17 supports P04"]


def test_links_are_drawn_by_touch(opened: Callable[..., Path], page: Page) -> None:
    """Two taps draw a link; a tap on a card shows its text."""
    folder = opened(MAP)
    finger = page.context.new_cdp_session(page)
    finger.send("Emulation.setTouchEmulationEnabled", {"enabled": True})

    def tap(place: Locator) -> None:
        place.scroll_into_view_if_needed()
        box = place.bounding_box()
        assert box is not None
        point = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
        finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
        finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    tap(card(page, "P08"))
    expect(page.locator(".prompt")).to_contain_text("P08 is chosen")
    expect(page.locator(".reading")).to_contain_text(PARAPHRASE[7][0])
    tap(page.locator(".relation .choice", has_text="challenges"))
    tap(card(page, "P11"))
    saved(page)
    assert on_disk(folder) == {"argument-06": {"links": [link("P08", "P11", "challenges")]}}


def test_links_drawn_faster_than_they_are_saved_are_all_kept(
    opened: Callable[..., Path], page: Page
) -> None:
    """Ten links at once, while the kernel is at work: each stays on the screen and is kept."""
    folder = opened(MAP, "import time\ntime.sleep(9)")
    page.locator(".jp-Notebook .jp-InputPrompt").nth(1).click()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#jp-main-statusbar")).to_contain_text("| Busy")
    for number in range(1, 11):
        card(page, f"P{number:02}").click()
        card(page, "P17").click()
        expect(page.locator(".board svg title")).to_have_count(number)
    expect(page.locator(".kept")).to_have_text("Saving …")
    page.evaluate(
        "window.fewest = 10; new MutationObserver(() => (window.fewest = Math.min(window.fewest,"
        " document.querySelectorAll('.board svg title').length)))"
        ".observe(document.querySelector('.board'), { childList: true })"
    )
    saved(page, 20_000)  # the cell sleeps for nine seconds
    assert page.evaluate("window.fewest") == 10, "what was drawn was gone for a moment"
    wanted = [link(f"P{number:02}", "P17") for number in range(1, 11)]
    assert on_disk(folder) == {"argument-06": {"links": wanted}}
    expect(page.locator(".board svg title")).to_have_count(10)


def test_what_the_disk_refuses_is_said(opened: Callable[..., Path], page: Page) -> None:
    """The link stays on the screen, and the line says that it is not saved and why."""
    folder = opened(MAP)
    (folder / "answers.json").mkdir()
    card(page, "P02").click()
    card(page, "P17").click()
    expect(page.locator(".kept")).to_contain_text("Not saved.")
    assert drawn(page) == {"P02 supports P17"}


def test_links_set_in_code_show_in_picture_and_list(
    opened: Callable[..., Path], page: Page
) -> None:
    """`map_.value = …` below moves the map above; a circle and a doubled pair are shown whole."""
    folder = opened(MAP, set_links(LINKS))
    saved(page)
    wanted = sorted(f"{source} {relation} {target}" for source, target, relation in LINKS)
    expect(page.locator(".board svg title")).to_have_count(len(LINKS))
    assert sorted(drawn(page)) == sorted(listed(page)) == wanted
    assert on_disk(folder) == {"argument-06": {"links": [link(*one) for one in LINKS]}}


def test_relations_differ_in_more_than_colour(shared_page: Page) -> None:
    """A challenge is dashed, its sign is a square with a minus, and a title says it in words."""
    for relation, dashes, shape in (("supports", "none", "circle"), ("challenges", "7px", "rect")):
        first = shared_page.locator(f".board .link.{relation}").first
        style = first.locator(".way").evaluate("node => getComputedStyle(node).strokeDasharray")
        assert style.startswith(dashes)
        assert first.locator(f".sign {shape}:not(.hit)").count() == 1
        assert relation in (first.locator("title").text_content() or "")


def test_cards_and_picture_say_in_words_what_they_show(shared_page: Page) -> None:
    """A card names its links; the picture lists them; the whole text describes the card."""
    name = " ".join((card(shared_page, "P17").text_content() or "").split())
    assert name.startswith("P17 Note on the author")
    assert (
        name.endswith("; supports P03; supported by P01, P09; challenges P03")
        or "challenges P03" in name
    )
    label = shared_page.locator(".board svg").get_attribute("aria-label") or ""
    assert all(f"{one} {relation} {other}" in label for one, other, relation in LINKS)
    described = card(shared_page, "P09").get_attribute("aria-describedby")
    assert shared_page.locator(f"#{described}").text_content() == PARAPHRASE[8][0]


def test_the_picture_is_saved_as_svg(shared_page: Page) -> None:
    """A file of its own: every linked card, a line each, the links in words, nothing loaded."""
    with shared_page.expect_download() as waiting:
        shared_page.get_by_role("button", name="Save the picture (SVG)").click()
    assert waiting.value.suggested_filename == "argument-map.svg"
    text = Path(waiting.value.path()).read_text(encoding="utf-8")
    picture = ElementTree.fromstring(text)
    namespace = {"svg": "http://www.w3.org/2000/svg"}
    cards = picture.findall("svg:text", namespace)
    assert len(cards) == len({end for one in LINKS for end in one[:2]})
    said = picture.findtext("svg:desc", "", namespace)
    assert sorted(said.split(". ")) == sorted(
        f"{one} {relation} {other}" + "." * (place == len(LINKS) - 1)
        for place, (one, other, relation) in enumerate(LINKS)
    )
    assert text.count("stroke-dasharray") == sum(one[2] == "challenges" for one in LINKS)
    assert "href" not in text


def test_the_card_that_one_looks_at_shows_its_text_and_its_lines(shared_page: Page) -> None:
    """Pointing or tabbing to a card shows the paragraph and lifts its links out."""
    card(shared_page, "P09").hover()
    expect(shared_page.locator(".reading")).to_contain_text(PARAPHRASE[8][0])
    expect(shared_page.locator(".link.near")).to_have_count(2)
    card(shared_page, "P04").focus()
    expect(shared_page.locator(".reading")).to_contain_text(PARAPHRASE[3][0])
    expect(shared_page.locator(".link.near")).to_have_count(0)


def test_practice_says_at_once_not_yet_and_then_right(
    opened: Callable[..., Path], page: Page
) -> None:
    """A panel for practice and a practice cell judge as soon as they are answered."""
    folder = opened(
        f"{IMPORT}panel = Matching.practice('argument-05')\npanel",
        "from course.practice import practice\npractice_share = 4.83\npractice('votes-02').check()",
    )
    line = page.locator(".backyard.matching .kept")
    for name, choice in (("x", "independent"), ("y", "linked"), ("z", "one")):
        row = page.get_by_role("radiogroup", name=re.compile(f"^{name} "))
        row.locator(f"[value={choice}]").check()
    expect(line).to_contain_text("✓ Right")
    box = page.locator(".backyard-practice")
    expect(box).to_contain_text("◐ Not yet: 4.83")
    box.get_by_text("A hint").click()
    expect(box).to_contain_text("100 * part / whole")
    assert violations(page, ".backyard-practice") == []
    assert set(on_disk(folder)) == {"practice-argument-05", "practice-votes-02"}
