"""The argument map in a browser: by mouse, by touch and by keyboard alone."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Locator, Page, expect

from course.text.column import OWN, read_paragraphs
from course.widgets.argument import ArgumentMap
from tests.browser import panels
from tests.browser.lab import on_disk

PARAPHRASE = read_paragraphs(OWN)
HEIGHT = 560
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
# All 17 cards in four rows; no reading of the column either.
TARGETS = [*[1] * 4, *[2, 3, 4, 5, 2, 3], *[6, 7, 8, 9, 10, 11]]
MANY = [(f"P{n:02}", f"P{to:02}", "supports") for n, to in enumerate(TARGETS, 2)]
LINK = """([source, target]) => {
  const find = (name) => [...document.querySelectorAll(".map-card")]
    .find((card) => card.querySelector("b").textContent === name);
  find(source).click();
  find(target).click();
  return document.querySelector(".backyard").getBoundingClientRect().height;
}"""
PLACES = """(root) => Object.fromEntries([...root.querySelectorAll(".map-card")].map((card) =>
  [card.querySelector("b").textContent, [card.style.translate, card.style.height].join()]))"""


def link(source: str, target: str, relation: str = "supports") -> dict[str, str]:
    """Return a link as a map's value holds it."""
    return {"from": source, "to": target, "relation": relation}


def open_map(page: Page, links: list[tuple[str, str, str]] | None = None) -> Locator:
    """Open a map, with links set in code if there are any."""
    widget = ArgumentMap()
    if links:
        widget.value = {"links": links}
    return panels.open_panel(page, widget)


@pytest.fixture
def root(bare_page: Page) -> Locator:
    """An empty map."""
    return open_map(bare_page)


def card(root: Locator, name: str) -> Locator:
    """Return the card of a paragraph."""
    return root.locator(".map-card", has=root.page.locator(f"b:text-is('{name}')"))


def saved(root: Locator) -> None:
    """Wait until the panel says that the answer is on the disk."""
    expect(root.locator(".kept")).to_contain_text("Saved at")


def drawn(root: Locator) -> set[str]:
    """Return the links that the picture shows, as in "P02 supports P01"."""
    return set(root.locator(".board svg title").all_text_contents())


def listed(root: Locator) -> list[str]:
    """Return the links that the list shows."""
    labels = root.locator(".links .remove").evaluate_all(
        "all => all.map(one => one.getAttribute('aria-label'))"
    )
    return [label.removeprefix("Remove: ") for label in labels]


def test_links_are_drawn_by_mouse_undone_and_removed(root: Locator, tmp_path: Path) -> None:
    """Choose a card, a relation, a card; undo; the strip of a card removes its links."""
    prompt = root.locator(".prompt")
    card(root, "P17").click()
    expect(prompt).to_contain_text("P17 is chosen. Now choose the card that it supports")
    root.get_by_role("radio", name="challenges").check()
    expect(prompt).to_contain_text("the card that it challenges")
    card(root, "P15").click()
    root.get_by_role("radio", name="supports").check()
    card(root, "P16").click()
    card(root, "P15").click()
    saved(root)
    both = [link("P17", "P15", "challenges"), link("P16", "P15")]
    assert on_disk(tmp_path) == {"argument-06": {"links": both}}
    assert drawn(root) == set(listed(root)) == {"P17 challenges P15", "P16 supports P15"}
    expect(root.locator(".link.near")).to_have_count(2)  # the pointer is on P15
    expect(root.locator(".what")).to_have_text(
        "2 links · 3 of 17 cards linked. A card need not be linked."
    )
    root.get_by_role("button", name="Undo").click()
    expect(root.locator(".board svg title")).to_have_count(1)
    card(root, "P17").click()
    root.get_by_role("button", name="Remove: P17 challenges P15").click()
    expect(root.locator(".board svg title")).to_have_count(0)
    saved(root)
    assert on_disk(tmp_path) == {"argument-06": {}}


def test_links_are_drawn_by_keyboard_alone(root: Locator, tmp_path: Path) -> None:
    """One stop of Tab; Enter, C, arrows, Delete, Escape and Ctrl+Z on the cards."""
    page, prompt = root.page, root.locator(".prompt")
    expect(root.locator(".map-card[tabindex='0']")).to_have_count(1)
    card(root, "P01").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("c")
    page.keyboard.press("ArrowRight")
    expect(card(root, "P02")).to_be_focused()
    page.keyboard.press("Space")
    expect(prompt).to_have_text("Added: P01 challenges P02.")
    expect(card(root, "P02")).to_be_focused()
    assert "solid 3px" in card(root, "P02").evaluate("node => getComputedStyle(node).outline")
    saved(root)
    assert on_disk(tmp_path) == {"argument-06": {"links": [link("P01", "P02", "challenges")]}}
    page.keyboard.press("s")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(prompt).to_have_text("Choose a card, then the card that it supports or challenges.")
    page.keyboard.press("Enter")
    card(root, "P09").press("Enter")
    expect(prompt).to_have_text("Added: P02 supports P09.")
    page.keyboard.press("Control+z")
    expect(prompt).to_have_text("The last step is undone.")
    card(root, "P02").press("Delete")
    expect(root.get_by_role("button", name="Remove: P01 challenges P02")).to_be_focused()
    assert drawn(root) == {"P01 challenges P02"}


def test_nothing_moves_but_the_card_that_is_linked(root: Locator) -> None:
    """Nothing at all under a still mouse; then a card leaves the tray, and undo puts it back."""
    mouse = root.page.mouse
    before = root.evaluate(PLACES)
    card(root, "P17").click()
    card(root, "P15").click()
    assert drawn(root) == {"P17 supports P15"}  # it is shown, between cards that stay
    assert root.evaluate(PLACES) == before
    mouse.move(1, 1)
    first = root.evaluate(PLACES)
    assert first["P15"] != before["P15"]
    for source, target in (("P16", "P17"), ("P14", "P15"), ("P17", "P14"), ("P15", "P16")):
        linked = {end for line in drawn(root) for end in line.split(" supports ")}
        now = root.evaluate(PLACES)
        card(root, source).click()
        card(root, target).click()
        mouse.move(1, 1)
        after = root.evaluate(PLACES)
        assert all(after[name] == now[name] for name in linked)
    assert len(drawn(root)) == 5
    for _ in range(4):
        root.get_by_role("button", name="Undo").click()
    assert root.evaluate(PLACES) == first
    root.get_by_role("button", name="Tidy up").click()
    assert drawn(root) == {"P17 supports P15"}


def test_seventeen_cards_and_sixteen_links_fit(bare_page: Page) -> None:
    """The whole map is on one screen, with the text of a card and its links right below it."""
    root = open_map(bare_page, MANY)
    panels.settle(bare_page)
    expect(root.locator(".board svg title")).to_have_count(16)
    card(root, "P05").click()
    expect(root.locator(".reading")).to_contain_text(PARAPHRASE[4][0])
    expect(root.locator(".card-link").first).to_contain_text("supports P01")
    box = root.bounding_box()
    assert box
    assert box["height"] <= HEIGHT
    near = root.locator(".link.near .way").first
    far = root.locator(".board .link:not(.near)").first
    assert near.evaluate("node => getComputedStyle(node).strokeWidth") == "3px"
    assert far.evaluate("node => getComputedStyle(node).opacity") == "0.7"


def test_a_map_fits_while_it_grows(root: Locator) -> None:
    """From the first link to the last, what is linked and what waits are on one screen."""
    heights = [root.page.evaluate(LINK, [source, target]) for source, target, _ in MANY[::-1]]
    assert len(drawn(root)) == 16
    assert max(heights) <= HEIGHT
    root.get_by_role("button", name="Tidy up").click()
    box = root.bounding_box()
    assert box
    assert box["height"] <= HEIGHT


@pytest.mark.parametrize("kind", ["a chain of 17", "a star of 16"])
def test_a_map_of_any_form_fits_as_it_grows_and_tidied(root: Locator, kind: str) -> None:
    """Seventeen levels share five rows; a card with 16 links says in one line which it has."""
    ends = [1] * 16 if kind.startswith("a star") else range(1, 17)
    links = [(f"P{n:02}", f"P{to:02}") for n, to in enumerate(ends, 2)]
    heights = [root.page.evaluate(LINK, list(pair)) for pair in links]
    root.get_by_role("button", name="Tidy up").click()
    assert len(drawn(root)) == 16
    for number in (1, 9, 17):
        card(root, f"P{number:02}").focus()
        heights.append(root.evaluate("node => node.getBoundingClientRect().height"))
    assert max(heights) <= HEIGHT
    cards = root.locator(".map-card").evaluate_all(
        "all => all.map((one) => [one.clientHeight, one.scrollHeight, one.scrollWidth])"
    )
    assert all(high >= 22 and whole <= high and wide <= 124 for high, whole, wide in cards)


def test_the_list_is_a_full_way_to_draw_by_keyboard(root: Locator, tmp_path: Path) -> None:
    """Add, change and remove with native controls; the focus never falls out of the list."""
    page, prompt = root.page, root.locator(".prompt")
    root.get_by_role("button", name="List").press("Enter")
    expect(root.locator(".board")).to_be_hidden()
    root.get_by_label("From", exact=True).select_option("P17")
    root.get_by_label("To", exact=True).select_option("P03")
    root.get_by_role("button", name="Add link").press("Enter")
    expect(prompt).to_have_text("Added: P17 supports P03.")
    page.keyboard.press("Enter")
    expect(prompt).to_contain_text("P17 supports P03 already.")
    root.get_by_label("To", exact=True).select_option("P04")
    root.get_by_role("button", name="Add link").press("Enter")
    relation = root.get_by_label("Relation of P17 to P03")
    relation.focus()
    page.keyboard.type("ch")
    expect(prompt).to_have_text("Changed: P17 challenges P03.")
    expect(relation).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(root.get_by_role("button", name="Remove: P17 supports P04")).to_be_focused()
    saved(root)
    assert on_disk(tmp_path) == {"argument-06": {"links": [link("P17", "P04")]}}
    assert listed(root) == ["P17 supports P04"]


def test_a_map_without_a_question_can_be_looked_at_and_not_edited(bare_page: Page) -> None:
    """No control edits, no key and no press of a card does; text and list are shown."""
    widget = ArgumentMap(None)
    widget.value = {"links": LINKS}
    root = panels.open_panel(bare_page, widget)
    before = drawn(root)
    for name in ("P09", "P14"):
        card(root, name).click()
    for key in ("c", "Delete", "Control+z", "Escape"):
        bare_page.keyboard.press(key)
    expect(root.locator(".prompt")).to_have_text("Choose a card to read it whole, with its links.")
    expect(root.locator(".reading")).to_contain_text(PARAPHRASE[13][0])
    bare_page.keyboard.press("ArrowUp")
    expect(card(root, "P14")).not_to_be_focused()
    card(root, "P09").click()
    expect(root.locator(".card-link")).to_have_text(["supports P17", "P15"])
    assert root.get_by_role("button").filter(has_not=bare_page.locator("b")).all_inner_texts() == [
        "Tidy up",
        "Save as SVG",
        "Picture",
        "List",
    ]
    root.get_by_role("button", name="List").click()
    expect(root.locator(".links")).to_contain_text("P09supportsP15")
    expect(root.locator("select, input, .remove, .answer-bar:visible")).to_have_count(0)
    assert drawn(root) == before
    assert widget.value["links"] == [link(*one) for one in LINKS]


def test_the_list_comes_first_where_it_is_narrow(bare_page: Page) -> None:
    """On a phone the list is the first view, and the picture fits its width."""
    bare_page.set_viewport_size({"width": 390, "height": 800})
    root = open_map(bare_page, LINKS)
    expect(root.locator(".board")).to_be_hidden()
    assert sorted(listed(root)) == sorted(" ".join((a, r, b)) for a, b, r in LINKS)
    root.get_by_role("button", name="Picture").click()
    panels.settle(bare_page)
    assert sorted(drawn(root)) == sorted(listed(root))
    assert bare_page.evaluate("document.scrollingElement.scrollWidth") <= 390


def test_links_are_drawn_by_touch(root: Locator, tmp_path: Path) -> None:
    """Two taps draw a link; a tap on a card shows its text."""
    finger = root.page.context.new_cdp_session(root.page)
    finger.send("Emulation.setTouchEmulationEnabled", {"enabled": True})

    def tap(place: Locator) -> None:
        box = place.bounding_box()
        assert box is not None
        point = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
        finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [point]})
        finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    tap(card(root, "P08"))
    expect(root.locator(".prompt")).to_contain_text("P08 is chosen")
    expect(root.locator(".reading")).to_contain_text(PARAPHRASE[7][0])
    tap(root.locator(".relation .choice", has_text="challenges"))
    tap(card(root, "P11"))
    saved(root)
    assert on_disk(tmp_path) == {"argument-06": {"links": [link("P08", "P11", "challenges")]}}


def test_relations_differ_in_more_than_color(bare_page: Page) -> None:
    """A challenge is dashed, its sign is a square with a minus, and a title says it in words."""
    root = open_map(bare_page, LINKS)
    for relation, dashes, shape in (("supports", "none", "circle"), ("challenges", "6px", "rect")):
        first = root.locator(f".board .link.{relation}").first
        style = first.locator(".way").evaluate("node => getComputedStyle(node).strokeDasharray")
        assert style.startswith(dashes)
        assert first.locator(f".sign {shape}").count() == 1
        assert relation in (first.locator("title").text_content() or "")


def test_cards_and_picture_say_in_words_what_they_show(bare_page: Page) -> None:
    """A card names its links; the picture lists them; the whole text describes the card."""
    root = open_map(bare_page, LINKS)
    name = " ".join((card(root, "P17").text_content() or "").split())
    assert name.startswith("P17 Note on the author")
    assert "; supports P03; supported by P01, P09; challenges P03" in name
    label = root.locator(".board svg").get_attribute("aria-label") or ""
    assert all(f"{one} {relation} {other}" in label for one, other, relation in LINKS)
    described = card(root, "P09").get_attribute("aria-describedby")
    assert root.locator(f"#{described}").text_content() == PARAPHRASE[8][0]


def test_the_picture_is_saved_as_svg(bare_page: Page) -> None:
    """A file of its own: every linked card, a line each, the links in words, nothing loaded."""
    root = open_map(bare_page, LINKS)
    with bare_page.expect_download() as waiting:
        root.get_by_role("button", name="Save as SVG").click()
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
