// The part of the time that is in view: zoom and moving by buttons, keys, wheel, dragging and on a
// strip that shows the whole.

import { labelControl, makeButton, markIdle } from "../shared/buttons.js";
import { makeDropDown } from "../shared/choice_list.js";
import { html, setIfChanged, svg } from "../shared/elements.js";

/** @import { TimedEvent } from "./types.d.ts" */
/** @typedef {ReturnType<typeof makeTimeView>} TimeView */

const MONTH_DAYS = 31;
export const YEAR_DAYS = 365.2425;
const STRIP_PX = 26;
const DRAG_PX = 4;
const LINE_PX = 33; // where a wheel counts in lines
const DOUBLE_PX = 200; // of the wheel, to double or halve the time in view
const SPANS = [
  ...[100, 50, 20, 10, 5, 2].map((years) => ({ years, label: `${years} years` })),
  ...[
    { years: 1, label: "1 year" },
    { years: 0.5, label: "half a year" },
  ],
  { years: 0.25, label: "3 months" },
].map(({ years, label }) => ({ value: Math.round(years * YEAR_DAYS), label }));

/** Hold all time that there are events in, with some room on both sides, and the part in view. */
export function makeTimeView(/** @type {TimedEvent[]} */ events, /** @type {() => void} */ changed) {
  const first = Math.min(...events.map(({ begin }) => begin));
  const last = Math.max(...events.map(({ end }) => end));
  const room = Math.max((last - first) * 0.02, MONTH_DAYS / 2 + 1);
  const bounds = { from: first - room, until: last + room };
  const whole = bounds.until - bounds.from;
  const view = { ...bounds };

  /** Show `span` days; the day `at` stands at the share `share` of the width. */
  function set(/** @type {number} */ span, /** @type {number} */ at, share = 0.5) {
    const days = Math.min(Math.max(span, MONTH_DAYS), whole);
    const from = Math.min(Math.max(at - days * share, bounds.from), bounds.until - days);
    if (from === view.from && from + days === view.until) return;
    Object.assign(view, { from, until: from + days });
    changed();
  }
  const span = () => view.until - view.from;
  const middle = () => (view.from + view.until) / 2;
  const zoom = (/** @type {number} */ factor, at = middle()) => set(span() * factor, at, (at - view.from) / span());
  const move = (/** @type {number} */ share) => set(span(), middle() + share * span());
  const showAll = () => set(whole, first);
  /** Move as little as it takes to have an event in view, not at the very edge. */
  function reveal(/** @type {TimedEvent} */ { begin, end }) {
    const edge = span() * 0.08;
    const seen = Math.min(end, view.until - edge / 4) - Math.max(begin, view.from + edge / 4);
    if (seen > 0) return;
    const [low, high] = [begin - edge, Math.min(end, begin + span() * 0.5) + edge];
    if (low < view.from) set(span(), low, 0);
    else if (high > view.until) set(span(), high, 1);
  }
  return { view, bounds, whole, set, span, middle, zoom, move, showAll, reveal };
}

/** Make buttons and a list of spans; `anchor()` is the day that zooming keeps in place. */
export function makeViewControls(/** @type {TimeView} */ time, /** @type {() => number} */ anchor) {
  const spans = SPANS.filter(({ value }) => value < time.whole * 0.98 && value > MONTH_DAYS);
  const ends = [
    { value: MONTH_DAYS, label: "a month" },
    { value: "", label: "another span" },
  ];
  const choice = makeDropDown([{ value: Math.ceil(time.whole), label: "all" }, ...spans, ...ends], () =>
    time.set(Number(choice.value), anchor()),
  );
  choice.options[choice.length - 1].hidden = true;
  /** @param {string} sign @param {string} name @param {() => void} act */
  const makeSign = (sign, name, act) => makeButton(sign, act, { "aria-label": name, title: name });
  const inward = makeSign("+", "Zoom in", () => time.zoom(0.5, anchor()));
  const outward = makeSign("−", "Zoom out", () => time.zoom(2, anchor()));
  const earlier = makeSign("◀", "Earlier", () => time.move(-0.5));
  const later = makeSign("▶", "Later", () => time.move(0.5));
  const all = makeButton("All", time.showAll);
  const buttons = html("div", { class: "buttons" }, outward, inward, earlier, later, all);
  function show() {
    const { view, bounds } = time;
    const isShown = (/** @type {HTMLOptionElement} */ { value }) =>
      value !== "" && Math.abs(Number(value) - time.span()) < 1;
    choice.value = [...choice.options].find(isShown)?.value ?? "";
    markIdle(inward, time.span() <= MONTH_DAYS);
    for (const button of [outward, all]) markIdle(button, time.span() >= time.whole);
    markIdle(earlier, view.from <= bounds.from);
    markIdle(later, view.until >= bounds.until);
  }
  const span = labelControl("Span", choice);
  span.classList.add("inline");
  return { node: html("div", { class: "controls" }, buttons, span), show };
}

/**
 * Move the view by pointer: the wheel with Ctrl (or two fingers) zooms, sideways it moves; dragging
 * moves.
 * @param {SVGElement} plot @param {TimeView} time
 * @param {(x: number) => number} dayAt @param {() => number} width
 */
export function heedPointer(plot, time, dayAt, width) {
  let drag = /** @type {{ x: number, day: number, moved: boolean } | null} */ (null);
  const moveTo = (/** @type {number} */ day) => time.set(time.span(), day);
  function turnWheel(/** @type {WheelEvent} */ event) {
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1;
    const [across, down] = [event.deltaX * unit, event.deltaY * unit];
    const aside = event.shiftKey ? down || across : across;
    if (event.ctrlKey || event.metaKey) time.zoom(2 ** (down / DOUBLE_PX), dayAt(event.clientX));
    else if (aside && (event.shiftKey || Math.abs(across) >= Math.abs(down))) {
      moveTo(time.middle() + (aside * time.span()) / width());
    } else return;
    event.preventDefault();
  }
  function end() {
    if (drag?.moved) ignoreClick(plot);
    drag = null;
  }
  plot.addEventListener("wheel", turnWheel, { passive: false });
  plot.addEventListener("pointerdown", (event) => {
    if (event.button === 0) drag = { x: event.clientX, day: time.middle(), moved: false };
  });
  plot.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const by = event.clientX - drag.x;
    if (!drag.moved && Math.abs(by) < DRAG_PX) return;
    if (!drag.moved) plot.setPointerCapture(event.pointerId);
    drag.moved = true;
    moveTo(drag.day - (by * time.span()) / width());
  });
  plot.addEventListener("pointerup", end);
  plot.addEventListener("pointercancel", end);
}

/** Let the click that ends a drag, if there is one, choose nothing. @param {Element} node */
function ignoreClick(node) {
  const ignore = (/** @type {Event} */ event) => event.stopPropagation();
  node.addEventListener("click", ignore, true);
  setTimeout(() => node.removeEventListener("click", ignore, true));
}

/** Make a strip of all events with a frame around the part in view; a press or drag moves it. */
export function makeStrip(/** @type {TimeView} */ time) {
  const [marks, frame] = [svg("path", { class: "marks" }), svg("rect", { class: "window", rx: 3 })];
  const settings = { class: "strip", height: STRIP_PX, "aria-hidden": "true" };
  const node = svg("svg", settings, marks, frame);
  let scale = 1;
  function measure() {
    scale = node.clientWidth / time.whole;
  }
  function go(/** @type {PointerEvent} */ { clientX }) {
    const x = clientX - node.getBoundingClientRect().left;
    time.set(time.span(), time.bounds.from + x / scale);
  }
  node.addEventListener("pointerdown", (event) => {
    node.setPointerCapture(event.pointerId);
    go(event);
  });
  node.addEventListener("pointermove", (event) => {
    if (event.buttons) go(event);
  });
  function show(/** @type {TimedEvent[]} */ events) {
    const placeDay = (/** @type {number} */ day) => (day - time.bounds.from) * scale;
    const lines = events.map(({ begin }) => `M${placeDay(begin).toFixed(1)} 7V${STRIP_PX - 7}`);
    setIfChanged(marks, { d: lines.join("") });
    const [x, width] = [placeDay(time.view.from), time.span() * scale];
    const size = { width: Math.max(width - 2, 6), height: STRIP_PX - 2 };
    setIfChanged(frame, { x: Math.max(x, 1).toFixed(1), y: 1, ...size });
  }
  return { node, measure, show };
}
