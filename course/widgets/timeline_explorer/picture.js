// The picture of a timeline: an axis of years, lanes, and the events in them as options of a list box.

import { html, makeId, setIfChanged, svg } from "../shared/elements.js";
import { beginYear, listTicks, writeDate } from "./dates.js";
import { BAR_PX, findNearest, layOutTimeline, POINT_PX } from "./layout.js";
import { sayEvent, sayWhen } from "./words.js";

/** @import { Lane, Mark, Stretch, TimedEvent } from "./types.d.ts" */

const AXIS_PX = 20;
const WIDE_PX = 560; // as in the style sheet
const EDGE_PX = 12;
const FEW = 16; // events that can have a row each, so that there is room for their titles
const TIP_PX = 260; // as in the style sheet
export const NAMED = ["yes", "disputed", "no", "not stated"];

/** Return how an event is filled: "yes", "disputed", "no" or "not stated". @param {TimedEvent} event */
export const findFill = ({ invoked }) => (NAMED.includes(invoked) ? invoked : NAMED[3]);

/** Return the attributes of a shape that is filled in one of these ways. @param {string} prefix @param {string} key */
function fillShape(prefix, key) {
  return { class: `core is-${key.replace(" ", "-")}`, fill: key === "disputed" ? `url(#${prefix})` : null };
}

/** Draw a sample of a fill. @param {string} prefix @param {string} key */
function drawSwatch(prefix, key) {
  const circle = svg("circle", { cx: 6, cy: 6, r: 5.2, ...fillShape(prefix, key) });
  return svg("svg", { width: 12, height: 12, "aria-hidden": "true" }, circle);
}

/** Make a ruler that measures each text once, in a font of the panel's family. */
function makeRuler(/** @type {Element} */ root) {
  const context = html("canvas").getContext("2d");
  const known = /** @type {Map<string, number>} */ (new Map());
  return (/** @type {string} */ font) => (/** @type {string} */ text) => {
    const key = `${font} ${text}`;
    if (context) context.font = `${font} ${getComputedStyle(root).fontFamily}`;
    const width = known.get(key) ?? context?.measureText(text).width ?? 0;
    known.set(key, width);
    return width;
  };
}

/** Draw the axis with its lines through all lanes. @param {Stretch} view @param {(day: number) => number} placeDay */
function drawAxis(view, placeDay, /** @type {number} */ width, /** @type {number} */ height) {
  return listTicks(view, width).flatMap((year) => {
    const x = placeDay(beginYear(year)).toFixed(1);
    return [
      svg("path", { class: "tick", d: `M${x} ${AXIS_PX - 3}V${height}` }),
      svg("text", { x, y: 12, "text-anchor": "middle" }, String(year)),
    ];
  });
}

/** Name the lanes, each with its number of events, and tint every other one. */
function drawLanes(/** @type {Lane[]} */ lanes, /** @type {number} */ width, /** @type {boolean} */ beside) {
  return lanes.flatMap(({ category, top, height, marks }, place) => {
    const name = svg("text", { class: "lane", x: 4, y: AXIS_PX + top + (beside ? 13 : 11) }, category);
    name.append(svg("tspan", { class: "count", dx: 4 }, String(marks.length)));
    if (place % 2) return [name];
    return [svg("rect", { class: "raised", y: AXIS_PX + top, width, height }), name];
  });
}

/** Make the option of an event: it stays the same while its mark moves, so it can keep the focus. */
function makeOption(/** @type {TimedEvent} */ event, /** @type {string} */ prefix) {
  const doubt = event.unsure.begin || event.unsure.end ? " unsure" : "";
  const core = svg("rect", fillShape(prefix, findFill(event)));
  const hit = svg("rect", { class: "hit", y: -12, height: 24, fill: "none" });
  const option = { role: "option", id: makeId("event"), class: `event${doubt}`, "data-id": event.id };
  const node = svg("g", { ...option, "aria-label": sayEvent(event), "aria-selected": "false" }, hit, core);
  function show(/** @type {Mark} */ { left, right, bar, y }) {
    const [width, high, rx] = [right - left, bar ? BAR_PX : 2 * POINT_PX, bar ? 2 : POINT_PX];
    const wide = Math.max(width, 24);
    setIfChanged(node, { transform: `translate(${left.toFixed(1)} ${y})` });
    setIfChanged(core, { y: -high / 2, width: width.toFixed(1), height: high, rx });
    setIfChanged(hit, { x: ((width - wide) / 2).toFixed(1), width: wide.toFixed(1) });
  }
  return { node, show };
}

/**
 * Make the picture. `draw(events, view)` lays out events, `mark(id, stop)` shows which is chosen and
 * which one Tab leads to.
 * @param {TimedEvent[]} all @param {string[]} categories @param {HTMLElement} root
 */
export function makePicture(all, categories, root) {
  const prefix = makeId("disputed");
  const ruler = makeRuler(root);
  const options = new Map(all.map((event) => [event.id, makeOption(event, prefix)]));
  const [back, labels] = [0, 1].map(() => svg("g", { "aria-hidden": "true" }));
  const line = svg("path", { class: "now" });
  const ring = svg("rect", { class: "ring", height: 18, rx: 9, fill: "none" });
  const nodes = [...options.values()].map(({ node }) => node);
  const list = svg("g", { role: "listbox", "pointer-events": "none" }, nodes);
  const stripes = { width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" };
  const paper = svg("rect", { class: "paper", width: 5, height: 5 });
  const stripe = svg("rect", { class: "stripe", width: 2.6, height: 5 });
  const pattern = svg("pattern", { id: prefix, ...stripes }, paper, stripe);
  const chart = svg("svg", {}, svg("defs", {}, pattern), back, line, labels, list, ring);
  const tip = html("div", { class: "tip", "aria-hidden": "true", hidden: true });
  const node = html("div", { class: "picture" }, chart, tip);
  let laid = /** @type {ReturnType<typeof layOutTimeline>} */ ({ lanes: [], marks: [], height: 0 });
  let whole = 0;

  function draw(/** @type {TimedEvent[]} */ events, /** @type {Stretch} */ view) {
    const beside = whole >= WIDE_PX;
    const measureName = ruler("650 12px");
    const names = Math.max(...categories.map((name) => measureName(`${name} 00`)));
    const [left, right] = [beside ? names + EDGE_PX + 4 : EDGE_PX, whole - EDGE_PX];
    const alone = events.length <= FEW;
    const rows = { alone, rowPx: alone ? 14 : beside ? 10 : 12, heading: beside ? 0 : 13 };
    laid = layOutTimeline(events, categories, view, { left, right, ...rows, measure: ruler("11px") });
    for (const mark of laid.marks) mark.y += AXIS_PX;
    const height = laid.height + AXIS_PX + 6;
    const placeDay = (/** @type {number} */ day) =>
      left + ((day - view.from) * (right - left)) / (view.until - view.from);
    setIfChanged(chart, { width: whole, height });
    const axis = drawAxis(view, placeDay, right - left, height - 6);
    back.replaceChildren(...drawLanes(laid.lanes, whole, beside), ...axis);
    const titles = laid.marks.filter(({ label }) => label !== null);
    labels.replaceChildren(
      ...titles.map(({ event, label, y }) => svg("text", { class: "label", x: label ?? 0, y: y + 4 }, event.title)),
    );
    const placed = new Map(laid.marks.map((mark) => [mark.event.id, mark]));
    for (const [id, option] of options) {
      const found = placed.get(id);
      option.node.toggleAttribute("hidden", !found);
      if (found) option.show(found);
    }
    const [first, last] = [view.from, view.until].map((day) => writeDate(Math.round(day), "year"));
    const count = `${events.length} of ${all.length} events on ${laid.lanes.length} lanes`;
    setIfChanged(list, { "aria-label": `${count}, ${first} to ${last}` });
  }
  const findMark = (/** @type {string | null} */ id) => laid.marks.find(({ event }) => event.id === id);

  function mark(/** @type {string | null} */ chosen, /** @type {string | undefined} */ stop) {
    for (const [id, { node: option }] of options) {
      setIfChanged(option, { "aria-selected": String(id === chosen), tabindex: id === stop ? "0" : "-1" });
    }
    const found = findMark(chosen);
    line.toggleAttribute("hidden", !found);
    ring.toggleAttribute("hidden", !found);
    if (!found) return;
    const at = found.bar ? found.left : (found.left + found.right) / 2;
    setIfChanged(line, { d: `M${at.toFixed(1)} ${AXIS_PX}V${laid.height + AXIS_PX + 6}` });
    setIfChanged(ring, { x: found.left - 5, y: found.y - 9, width: found.right - found.left + 10 });
  }
  function point(/** @type {Mark | undefined} */ found) {
    tip.hidden = !found;
    chart.classList.toggle("at-mark", Boolean(found));
    if (!found) return;
    tip.replaceChildren(html("b", {}, found.event.title), html("br"), sayWhen(found.event));
    const x = Math.max(Math.min((found.left + found.right) / 2, whole - TIP_PX / 2), TIP_PX / 2);
    Object.assign(tip.style, { left: `${x}px`, top: `${found.y + 12}px` });
  }
  function findAt(/** @type {MouseEvent} */ { clientX, clientY }) {
    const box = chart.getBoundingClientRect();
    return findNearest(laid.marks, clientX - box.left, clientY - box.top);
  }
  // Only when the width changes: to ask for it at each step would make the browser lay out twice.
  function measure() {
    whole = node.clientWidth;
  }
  chart.addEventListener("pointermove", (event) => point(findAt(event)));
  chart.addEventListener("pointerleave", () => point(undefined));
  list.addEventListener("focusin", ({ target }) =>
    point(findMark(/** @type {Element} */ (target).getAttribute("data-id"))),
  );
  list.addEventListener("focusout", () => point(undefined));
  return {
    ...{ node, chart, list, draw, mark, measure, findAt, point },
    option: (/** @type {string} */ id) => options.get(id)?.node,
    swatch: (/** @type {string} */ key) => drawSwatch(prefix, key),
    lanes: () => laid.lanes,
  };
}
