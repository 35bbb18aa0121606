"""Panels on a page of their own: a browser shows them, Python answers them, without Jupyter.

What a panel sends goes through the widget's own checks and to the disk, as in a notebook.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from playwright.sync_api import Locator, Page

from course.widgets.base import HERE, CourseWidget, read_bundle
from tests.notebooks import ROOT, read, run_cell

STATIC = HERE / "static"
NOTEBOOKS = ("start", "argument", "votes", "timeline", "verdict")
OPEN = """async ([module, state]) => {
  const address = URL.createObjectURL(new Blob([module], { type: "text/javascript" }));
  const { default: widget } = await import(address);
  const handlers = {};
  const tell = (event, message) => (handlers[event] ?? []).forEach((hear) => hear(message));
  const model = {
    get: (name) => state[name],
    on: (event, hear) => (handlers[event] ??= []).push(hear),
    off: () => {},
    send: async (message) => {
      const { reply, ...traits } = await window.tellPython(message);
      Object.assign(state, traits);
      for (const trait of Object.keys(traits)) tell(`change:${trait}`);
      tell("msg:custom", reply);
    },
  };
  widget.render({ model, el: document.body });
}"""
# As in JupyterLab, where nbgrader's extension brings rules for plain names such as these.
FOREIGN = ".row::before, .row::after { content: ' '; display: table }"
PAGE = (
    f"<!doctype html><html lang=en><title>Panel</title><style>{FOREIGN}</style>"
    "<body style='margin: 0'></body></html>"
)
# Two frames: what a change of the width sets off is drawn by then.
SETTLE = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
MEASURE = """(root) => {
  const all = [...root.querySelectorAll("*")];
  const shown = (node) => node.checkVisibility() && !node.closest(".backyard-unseen");
  const name = (node) => node.outerHTML.slice(0, 90);
  const controls = all.filter((node) => shown(node) && node.matches(
    "button, select, input, summary, [tabindex='0']:is([role=button], [role=option])"));
  const box = (node) => (node.closest("label") ?? node).getBoundingClientRect();
  return {
    height: root.getBoundingClientRect().height,
    sideways: document.scrollingElement.scrollWidth - innerWidth,
    inner: all.filter((node) => ["auto", "scroll"].includes(getComputedStyle(node).overflowY)
      && node.scrollHeight > node.clientHeight + 1).map(name),
    small: controls.filter((node) => Math.min(box(node).width, box(node).height) < 23.5).map(name),
    low: controls.filter((node) => box(node).height < 43.5).map(name),
    wordless: all.filter((node) => shown(node) && (node.matches("[role=img]")
      ? !node.ariaLabel?.trim() : node.matches("table:not(:has(> caption))"))).map(name),
    outside: all.filter((node) => shown(node) && node.matches("svg text")
      && !node.closest(".sideways")
      && node.getBoundingClientRect().right > root.getBoundingClientRect().right + 1).map(name),
    text: root.innerText,
    coarse: matchMedia("(pointer: coarse)").matches,
  };
}"""
# The contrast of each text in a picture, which axe cannot tell; a halo is ground.
CONTRASTS = """(root) => {
  const light = (color) => {
    const [r, g, b] = color.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (text) => {
    const pieces = [...text.ownerSVGElement.querySelectorAll(".piece")];
    const at = text.getBoundingClientRect();
    const haloed = getComputedStyle(text).paintOrder.startsWith("stroke");
    const under = haloed ? null : pieces.find((piece) => {
      const { left, right, top, bottom } = piece.getBoundingClientRect();
      return at.left >= left && at.right <= right && at.top >= top && at.bottom <= bottom;
    });
    if (!under) return getComputedStyle(root).backgroundColor;
    const pattern = root.querySelector(under.getAttribute("fill").slice(4, -1));
    return getComputedStyle(pattern.querySelector(".ground")).fill;
  };
  return [...root.querySelectorAll("[role=img] text")].map((text) => {
    const both = [light(getComputedStyle(text).fill), light(ground(text))];
    return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
  });
}"""
CONTROLS = ("button", "checkbox", "combobox", "radio", "slider", "spinbutton", "textbox")


def find_panels() -> dict[str, tuple[str, str]]:
    """Return the panels that notebooks hand out: by name the notebook and the code."""
    found: dict[str, tuple[str, str]] = {}
    for notebook in NOTEBOOKS:
        for cell in read_release(notebook):
            if re.match("# (Panel of|A panel to explore|Practice panel)", cell):
                calls = re.search(
                    r"([A-Z]\w+)(?:\.practice)?\(\s*(?:question=)?\"?([a-z]+-\d+)?", cell
                )
                assert calls, cell
                kind, question = calls.groups()
                practice = "practice " if "# Practice" in cell else ""
                found[f"{kind} {practice}{question or len(found)}"] = (notebook, cell)
    return found


@cache
def read_release(notebook: str) -> list[str]:
    """Return the code cells of a notebook as it is handed out."""
    cells = read(ROOT / "release" / notebook / f"{notebook}.ipynb").cells
    return [str(cell.source) for cell in cells if cell.cell_type == "code"]


def run_panel(notebook: str, code: str) -> CourseWidget:
    """Run the first code cell of a notebook and that of a panel; return the widget it shows."""
    names: dict[str, Any] = {}
    run_cell(read_release(notebook)[0], names)
    widget = run_cell(code, names).value
    assert isinstance(widget, CourseWidget)
    return widget


def open_panel(page: Page, widget: CourseWidget) -> Locator:
    """Show a widget on a page, let Python hear what it sends, and return its panel."""
    replies: list[object] = []
    object.__setattr__(widget, "send", replies.append)

    def hear(message: object) -> dict[str, object]:
        widget._handle_custom_msg(message, [])
        return {"value": widget.value, "status": widget.status, "reply": replies[-1]}

    state = {name: getattr(widget, name) for name in ("question", "value", "status", "content")}
    page.expose_function("tellPython", hear)
    page.set_content(PAGE)
    # Those of the other panels come after its own, as where a notebook shows several.
    for style in (widget._css, *(read_bundle(path.stem)[1] for path in STATIC.glob("*.js"))):
        page.add_style_tag(content=style)
    page.evaluate(OPEN, [widget._esm, json.loads(json.dumps(state))])
    return page.locator(".backyard")


@contextmanager
def touching(page: Page) -> Iterator[None]:
    """Let the page believe that a finger and no mouse is at work."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    try:
        yield
    finally:
        session.send("Emulation.setTouchEmulationEnabled", {"enabled": False})
        session.detach()


def settle(page: Page, width: int | None = None) -> None:
    """Give the page a width, and wait until what that sets off is drawn."""
    if width:
        page.set_viewport_size({"width": width, "height": 900})
    page.evaluate(SETTLE)


def name_controls(page: Page) -> list[str]:
    """Return the names of all controls as a screen reader has them, each after its group."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    by_id = {node["nodeId"]: node for node in nodes}

    def group_of(node: dict[str, Any]) -> str:
        above = by_id.get(node.get("parentId", ""))
        if above is None:
            return ""
        if not above["ignored"] and above["role"]["value"] in ("radiogroup", "row"):
            return str(above["name"]["value"])
        return group_of(above)

    return [
        f"{group_of(node)} > {node['role']['value']} {node['name']['value']}".strip()
        for node in nodes
        if not node["ignored"] and node["role"]["value"] in CONTROLS
    ]
