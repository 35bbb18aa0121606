"""How long argument map and timeline take from a choice to the picture, in a real browser.

    python -m bench.redraw [--links 40] [--events 500] [--times 60] [--slower 1]

Draws a map of 17 cards link by link up to the number asked for, then takes links away and puts
others in their place. For each step it measures the script (everything that the step sets off) and
the whole until the next picture is on the screen. Python is played by the page: it replies at once,
so that the redraws that a reply sets off are measured too.

Then draws a timeline of as many invented events over two centuries, a fifth of them intervals and
a fifth known to the month or year only, filters them and goes from event to event.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from playwright.sync_api import Page, sync_playwright

from course.data.countries import COUNTRIES
from course.widgets.argument import ArgumentMap
from course.widgets.base import CourseWidget
from course.widgets.timeline import TimelineExplorer
from tests.browser.lab import BROWSER_ARGUMENTS, browser_executable

__all__ = ["main", "measure_map", "measure_timeline"]

GOAL_MS = 100
VIEW = {"width": 1280, "height": 720}

# A page that plays Python: what the widget sends becomes the value, and is replied to.
OPEN = """async ([module, state]) => {
  const address = URL.createObjectURL(new Blob([module], { type: "text/javascript" }));
  const { default: widget } = await import(address);
  const handlers = {};
  const tell = (event, message) => (handlers[event] ?? []).forEach((hear) => hear(message));
  const model = {
    get: (name) => state[name],
    on: (event, hear) => (handlers[event] ??= []).push(hear),
    off: () => {},
    send: ({ answer, number }) => queueMicrotask(() => {
      state.value = answer;
      state.status = "saved at 12:00:00";
      tell("change:value");
      tell("change:status");
      tell("msg:custom", { reply: number });
    }),
  };
  widget.render({ model, el: document.body });
}"""

# Two frames: the first call runs before the picture is made, the second after it.
STEP = """([press, second]) => new Promise((done) => {
  const node = (text) => [...document.querySelectorAll(".map-card")]
    .find((card) => card.querySelector("b").textContent === text);
  const remove = (label) => document.querySelector(`.links [aria-label="Remove: ${label}"]`);
  const [one, other] = second ? [node(press), node(second)] : [null, remove(press)];
  one?.click();
  requestAnimationFrame(() => {
    const begin = performance.now();
    other.click();
    queueMicrotask(() => queueMicrotask(() => {
      const script = performance.now() - begin;
      requestAnimationFrame(() => setTimeout(() => done([script, performance.now() - begin])));
    }));
  });
})"""

# What is done to the timeline: (name, selector, what happens to it; a text is what is selected).
DEEDS = (
    ("next event", ".details .buttons :nth-child(2)", "click"),
    *[("one kind less, one more", ".filter [value=disputed]", "click")] * 2,
    ("fewer years", ".filter .field:nth-child(2) select", "1900–1933"),
    ("next event", ".details .buttons :nth-child(2)", "click"),
    ("a country", ".filter .field:nth-child(3) select", "PER"),
    ("all countries", ".filter .field:nth-child(3) select", "all"),
    ("all years", ".filter .field:nth-child(2) select", "all"),
)
DEED = """([selector, act]) => new Promise((done) => {
  const node = document.querySelector(selector);
  requestAnimationFrame(() => {
    const begin = performance.now();
    if (act === "click") node.click();
    else {
      node.value = act;
      node.dispatchEvent(new Event("change"));
    }
    const after = performance.now() - begin;
    requestAnimationFrame((frame) => {
      const script = after + performance.now() - Math.max(frame, begin + after);
      setTimeout(() => done([script, performance.now() - begin]));
    });
  });
})"""
CATEGORIES = 10


def steps(links: int, times: int, seed: int = 6) -> list[tuple[str, str | None]]:
    """Return what is done: (from, to) draws a link, ("A supports B", None) takes one away."""
    draw = random.Random(seed)
    names = [f"P{number:02}" for number in range(1, 18)]
    free = [(one, other) for one in names for other in names if one > other]
    draw.shuffle(free)
    drawn = free[:links]
    rest = free[links:]
    done: list[tuple[str, str | None]] = list(drawn)
    for _ in range(times // 2):
        old = drawn.pop(draw.randrange(len(drawn)))
        new = rest.pop()
        rest.insert(0, old)
        drawn.append(new)
        done += [(f"{old[0]} supports {old[1]}", None), new]
    return done


def open_widget(page: Page, widget: CourseWidget) -> None:
    """Show a widget on a page of its own."""
    state = {name: getattr(widget, name) for name in ("question", "value", "status", "content")}
    page.set_content("<!doctype html><html lang=en><title>Redraw</title><body></body></html>")
    page.add_style_tag(content=widget._css)
    page.evaluate(OPEN, [widget._esm, json.loads(json.dumps(state))])


def measure_map(page: Page, links: int, times: int) -> list[tuple[float, float]]:
    """Return script and whole, in milliseconds, of each step on a map of about `links` links."""
    open_widget(page, ArgumentMap())
    every = [page.evaluate(STEP, list(step)) for step in steps(links, times)]
    drawn = page.locator(".board svg title").count()
    if drawn != links:
        raise RuntimeError(f"expected a map of {links} links at the end, found {drawn}")
    return [(script, whole) for script, whole in every[links:]]


def invented_events(number: int, seed: int = 5) -> pd.DataFrame:
    """Return events from 1823 to 2022 with titles of 20 to 80 characters."""
    draw = random.Random(seed)
    rows = []
    for place in range(number):
        year = draw.randint(1823, 2012)
        date = f"{year}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        end = f"{year + draw.randint(1, 10)}-{draw.randint(1, 12):02}-05"
        rows.append(
            {
                "event": f"N{place:03}",
                "date": date[: draw.choice((4, 7, 10, 10, 10, 10, 10, 10, 10, 10))],
                "end": end if draw.random() < 0.2 else None,
                "title": ("Invented event of many words " * 3)[: draw.randint(20, 80)],
                "category": f"category {draw.randint(1, CATEGORIES)}",
                "countries": "; ".join(draw.sample(sorted(COUNTRIES), 3)),
                "monroe_invoked": draw.choice(("yes", "disputed", "no")),
                "description": "What happened is invented, too. " * 4,
                "source": "None",
            }
        )
    return pd.DataFrame(rows)


def measure_timeline(page: Page, events: int, times: int) -> dict[str, list[tuple[float, float]]]:
    """Return script and whole, in milliseconds, of each step on a timeline, by kind of step."""
    open_widget(page, TimelineExplorer(invented_events(events)))
    page.locator(".timeline-explorer .event").nth(events - 1).wait_for(state="attached")
    found: dict[str, list[tuple[float, float]]] = {}
    for place in range(times):
        name, selector, act = DEEDS[place % len(DEEDS)]
        found.setdefault(name, []).append(page.evaluate(DEED, [selector, act]))
    return found


def line(name: str, numbers: Sequence[float]) -> str:
    """Return a line of the report: median, 95th percentile and the longest, in milliseconds."""
    late = statistics.quantiles(numbers, n=20)[-1] if len(numbers) > 1 else numbers[0]
    return (
        f"{name:<30}{statistics.median(numbers):8.1f}{late:10.1f}{max(numbers):10.1f}"
        f"{sum(one > GOAL_MS for one in numbers):8d}"
    )


def report(script: str, whole: str, found: Sequence[tuple[float, float]]) -> None:
    """Print the head of a report and its first two lines."""
    print(f"{'milliseconds':<30}{'median':>8}{'95 %':>10}{'longest':>10}{'> 100':>8}")
    print(line(script, [one for one, _ in found]))
    print(line(whole, [other for _, other in found]))


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    about, how = (__doc__ or "").split("\n")[0], Path(__file__).stem
    parser = argparse.ArgumentParser(prog=f"python -m bench.{how}", description=about)
    parser.add_argument("--links", type=int, default=40)
    parser.add_argument("--events", type=int, default=500)
    parser.add_argument("--times", type=int, default=60)
    parser.add_argument("--slower", type=float, default=1, help="slow the browser's processor down")
    options = parser.parse_args(arguments)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_executable(), args=list(BROWSER_ARGUMENTS)
        )
        page = browser.new_page(viewport=VIEW)
        if options.slower > 1:
            processor = page.context.new_cdp_session(page)
            processor.send("Emulation.setCPUThrottlingRate", {"rate": options.slower})
        found = measure_map(page, options.links, options.times)
        print(f"17 cards, {options.links} links, {len(found)} steps, {browser.version}")
        report("script", "until the next picture", found)
        kinds = measure_timeline(page, options.events, options.times)
        every = [one for several in kinds.values() for one in several]
        print(f"\n{options.events} events, {len(every)} steps")
        report("script", "until the next picture", every)
        for name, several in kinds.items():
            print(line(f"  {name}", [whole for _, whole in several]))
        browser.close()


if __name__ == "__main__":
    main()
