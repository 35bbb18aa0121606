"""The layout of the argument map, computed in the browser: tidy for whatever links there are."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from course.widgets import base

NAMES = [f"P{number:02}" for number in range(1, 18)]
CARD = {"width": 132, "height": 64}
Plan = dict[str, Any]


@pytest.fixture(scope="module")
def blank(browser: Browser) -> Iterator[Page]:
    """An empty page that knows how to lay out a map."""
    page = browser.new_page()
    page.add_script_tag(content=Path(base.HERE, "argument_map/layout.js").read_text(encoding="utf-8"))
    yield page
    page.close()


def plan(page: Page, links: list[dict[str, str]], width: int = 540) -> Plan:
    """Return the layout of links in a width of pixels."""
    found: Plan = page.evaluate(
        "([names, links, width]) => layered(names, links, width)", [NAMES, links, width]
    )
    return found


def some_links(seed: int, circles: bool) -> list[dict[str, str]]:
    """Return 1 to 40 links at random; without circles each leads to an earlier paragraph."""
    draw = random.Random(seed)
    pairs = [(s, t) for s in NAMES for t in NAMES if (s != t if circles else s > t)]
    chosen = draw.sample(pairs, draw.randint(1, 40))
    return [
        {"from": s, "to": t, "relation": relation}
        for s, t in chosen
        for relation in draw.choice([["supports"], ["challenges"], ["supports", "challenges"]])
    ]


@pytest.mark.parametrize("circles", [False, True])
@pytest.mark.parametrize("width", [300, 540, 800])
def test_cards_stand_apart_and_lines_lead_from_card_to_card(
    blank: Page, width: int, circles: bool
) -> None:
    """Every card once, none upon another, no line through a card, each arrow at its target."""
    for seed in range(30):
        links = some_links(seed, circles)
        found = plan(blank, links, width)
        cards = {card["name"]: card for card in found["cards"]}
        assert sorted(card["name"] for card in found["cards"]) == NAMES
        boxes = list(cards.values())
        for place, one in enumerate(boxes):
            assert 0 <= one["x"] <= found["width"] - CARD["width"] + 0.01, seed
            for other in boxes[place + 1 :]:
                apart = (
                    abs(one["x"] - other["x"]) >= CARD["width"] + 9
                    or abs(one["y"] - other["y"]) >= CARD["height"] + 9
                )
                assert apart, (seed, one, other)
        assert len(found["lines"]) == len(links)
        for line in found["lines"]:
            check_line(line, cards)


def check_line(line: Plan, cards: dict[str, Any]) -> None:
    """A line begins at its source, ends at its target, and goes round the other cards."""
    source, target = cards[line["link"]["from"]], cards[line["link"]["to"]]
    for (x, y), card in ((line["points"][0], source), (line["points"][-1], target)):
        assert card["x"] <= x <= card["x"] + CARD["width"]
        assert y in (card["y"], card["y"] + CARD["height"])
    inner = line["points"][1:-1]
    for (x, y), (_, other_y) in zip(inner[::2], inner[1::2], strict=True):
        for card in cards.values():
            in_row = min(y, other_y) == card["y"]
            assert not (in_row and card["x"] < x < card["x"] + CARD["width"]), (line, card)


def test_a_card_stands_below_all_that_it_bears_on(blank: Page) -> None:
    """Without circles every arrow points up."""
    for seed in range(30):
        links = some_links(seed, circles=False)
        tops = {card["name"]: card["y"] for card in plan(blank, links)["cards"]}
        assert all(tops[link["from"]] > tops[link["to"]] for link in links), seed


def test_the_order_of_drawing_leaves_no_trace(blank: Page) -> None:
    """The same links give the same picture, in whatever order they were drawn."""
    for seed in range(10):
        links = some_links(seed, circles=True)
        shuffled = random.Random(seed).sample(links, len(links))
        assert plan(blank, links) == plan(blank, shuffled)


def test_cards_without_a_link_stand_below_in_order(blank: Page) -> None:
    """They wait row by row; with no link at all nothing stands above them."""
    found = plan(blank, [])
    assert found["tray"] == 0
    assert [card["name"] for card in found["cards"]] == NAMES
    linked = plan(blank, [{"from": "P17", "to": "P16", "relation": "supports"}])
    lowest = max(card["y"] for card in linked["cards"] if card["name"] in ("P16", "P17"))
    assert all(card["y"] > lowest for card in linked["cards"] if card["name"] not in ("P16", "P17"))
