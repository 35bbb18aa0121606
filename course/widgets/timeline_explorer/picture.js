// The picture of a timeline: axis, lanes, and the events in them.

import { makeId, setIfChanged, svg } from "../shared/elements.js";
import { defineFills, drawSwatch } from "../shared/fills.js";
import { listTicks } from "./dates.js";
import { layOutTimeline } from "./layout.js";
import { INVOCATION, makeOptions, makeRuler } from "./options.js";

/** @import { Lane, Mark, Stretch, TimedEvent } from "./types.d.ts" */

const AXIS_PX = 24;
const NAMES_PX = 168; // the column of the lanes' names, where the widget is wide enough
const HEADING_PX = 17; // a lane's name above its rows, where it is not
const WIDE_PX = 640;

/** Draw the axis with its lines through all lanes. */
function drawAxis(/** @type {Stretch} */ { from, until }, /** @type {number} */ width, /** @type {number} */ height) {
  const scale = width / (until - from);
  const ticks = listTicks(from, until, scale).flatMap(({ day, text }) => {
    const x = (day - from) * scale;
    // At the very ends words move a little to be whole, or are left out.
    const half = text.length * 3.8;
    const place = Math.min(Math.max(x, half), width - half);
    const words = Math.abs(place - x) > 14 ? "" : text;
    return [
      svg("path", { class: "tick", d: `M${x.toFixed(1)} ${AXIS_PX - 4}V${height}` }),
      svg("text", { x: place.toFixed(1), y: 15, "text-anchor": "middle" }, words),
    ];
  });
  return [svg("path", { class: "axis", d: `M0 ${AXIS_PX - 0.5}H${width}` }), ...ticks];
}

/** Tint every other lane. @param {Lane[]} lanes @param {number} width */
function drawBands(lanes, width) {
  const tinted = lanes.filter((_, index) => index % 2 === 0);
  return tinted.map(({ top, height }) => svg("rect", { class: "band", x: 0, y: top + AXIS_PX, width, height }));
}

/** Name the lanes, each with its number of events. @param {Lane[]} lanes @param {boolean} beside */
function drawNames(lanes, beside) {
  return lanes.map(({ category, top, marks }) => {
    const number = svg("tspan", { class: "count", dx: 5 }, String(marks.length));
    const place = { x: 4, y: top + AXIS_PX + (beside ? 17 : 14) };
    return svg("text", { class: "lane", ...place }, category, number);
  });
}

/** Make the parts of the picture from back to front. @param {string} prefix @param {SVGElement[]} events */
function makeLayers(prefix, events) {
  const makeUnread = (/** @type {string} */ name) => svg("g", { "aria-hidden": "true", class: name });
  const [bands, names, axis] = ["bands", "names", "axis-marks"].map(makeUnread);
  const list = svg("g", { role: "listbox", class: "events", transform: `translate(0 ${AXIS_PX})` }, events);
  const line = svg("path", { class: "now", "aria-hidden": "true" });
  // Wheel and drag reach the plot where it is empty, too.
  const ground = svg("rect", { class: "hit", width: "100%", height: "100%" });
  const plot = svg("svg", { class: "plot" }, ground, axis, line, list);
  const node = svg("svg", { class: "picture" }, defineFills(prefix, INVOCATION), bands, plot, names);
  return { node, plot, bands, names, axis, line, list };
}

/** Draw a line down from the axis to where a mark stands, or where a bar begins. */
function drawLineTo(/** @type {Mark | undefined} */ mark, /** @type {number} */ from) {
  if (!mark) return "M0 0";
  const at = mark.bar ? mark.left : (mark.left + mark.right) / 2;
  return `M${(at - from).toFixed(1)} ${AXIS_PX}V${mark.y + AXIS_PX}`;
}

/**
 * Make the picture. `show(events, view, bounds, chosen)` draws events in a view in days and returns
 * how many are in it; `bounds` are the ends of the whole timeline.
 * @param {TimedEvent[]} all @param {string[]} categories @param {HTMLElement} root
 */
export function makePicture(all, categories, root) {
  const prefix = makeId("fill");
  const ruler = makeRuler(root);
  const options = makeOptions(all, prefix, ruler);
  const { node, plot, list, ...layers } = makeLayers(prefix, options.nodes);
  let laid = /** @type {ReturnType<typeof layOutTimeline>} */ ({ lanes: [], marks: [], height: 0 });
  let laidFor = "";
  let whole = WIDE_PX;
  const left = () => (whole >= WIDE_PX ? NAMES_PX : 0);
  const width = () => Math.max(whole - left(), 100);
  /** Look how wide the picture is: not while it is drawn, the browser would lay it out twice. */
  function measure() {
    whole = node.clientWidth;
  }
  /** @param {TimedEvent[]} events @param {number} scale @param {Stretch} bounds */
  function lay(events, scale, bounds) {
    const key = `${scale} ${left()} ${events.map(({ id }) => id).join()}`;
    if (laidFor === key) return;
    laidFor = key;
    const ends = { left: bounds.from * scale, right: bounds.until * scale };
    const heading = left() ? 0 : HEADING_PX;
    laid = layOutTimeline(events, categories, scale, ends, ruler.measure, heading);
    layers.bands.replaceChildren(...drawBands(laid.lanes, whole));
    layers.names.replaceChildren(...drawNames(laid.lanes, left() > 0));
    const height = laid.height + AXIS_PX;
    setIfChanged(node, { height });
    setIfChanged(plot, { height, x: left(), width: width() });
  }
  /** @param {TimedEvent[]} events @param {Stretch} view @param {Stretch} bounds @param {string | null} chosen */
  function show(events, view, bounds, chosen) {
    const scale = width() / (view.until - view.from);
    const [from, until] = [view.from * scale, view.until * scale];
    lay(events, scale, bounds);
    layers.axis.replaceChildren(...drawAxis(view, width(), laid.height + AXIS_PX));
    const seen = laid.marks.filter((mark) => mark.right > from && mark.left < until);
    // The chosen event stays in the page even out of view: it would lose the focus otherwise.
    const kept = laid.marks.find(({ event }) => event.id === chosen);
    const placed = new Map([...seen, ...(kept ? [kept] : [])].map((mark) => [mark.event.id, mark]));
    const stop = kept ? kept.event.id : findFirst(seen)?.event.id;
    options.show(events, placed, { chosen, stop, scale, from });
    setIfChanged(layers.line, { d: drawLineTo(kept, from) });
    return seen.length;
  }
  const dayAt = (/** @type {number} */ x, /** @type {Stretch} */ { from, until }) =>
    from + ((x - node.getBoundingClientRect().left - left()) / width()) * (until - from);
  return {
    ...{ node, plot, list, measure, show, dayAt, width, option: options.node },
    swatch: (/** @type {string} */ key) => drawSwatch(prefix, key),
    lanes: () => laid.lanes,
  };
}

/** Find the mark of the earliest event. @param {Mark[]} marks */
const findFirst = (marks) =>
  marks.length ? marks.reduce((best, mark) => (best.event.begin <= mark.event.begin ? best : mark)) : undefined;
