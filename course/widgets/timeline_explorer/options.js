// The events in the picture: one option of a list box each, which can have the focus.

import { html, makeId, setIfChanged, svg } from "../shared/elements.js";
import { ROW_PX } from "./layout.js";
import { BAR_PX, drawMark, drawRing, findBarTop } from "./shapes.js";
import { sayEvent, sayWhen } from "./words.js";

/** @import { Fill } from "../shared/types.d.ts" */
/** @import { Mark, TimedEvent } from "./types.d.ts" */
/** @typedef {ReturnType<typeof makeRuler>} Ruler */

const LABEL_FONT = "12.5px";
/** @type {Fill[]} */
export const INVOCATION = [
  { key: "yes", pattern: "plain", label: "yes" },
  { key: "disputed", pattern: "stripes", label: "disputed" },
  { key: "no", pattern: "plain", label: "no" },
  { key: "unstated", pattern: "dots", label: "not stated" },
];

/** Return how an event is filled. @param {TimedEvent} event */
export const findFill = ({ invoked }) =>
  INVOCATION.find(({ key }) => key === invoked) ?? INVOCATION[INVOCATION.length - 1];

/** Make a ruler that measures labels in the font that they will have, each text once. */
export function makeRuler(/** @type {Element} */ root) {
  const context = html("canvas").getContext("2d");
  const known = /** @type {Map<string, number>} */ (new Map());
  function measure(/** @type {string} */ text) {
    if (!context) return 0;
    if (!known.size) context.font = `${LABEL_FONT} ${getComputedStyle(root).fontFamily}`;
    const width = known.get(text) ?? context.measureText(text).width;
    known.set(text, width);
    return width;
  }
  /** Return the text, or as much of it as fits. @param {string} text @param {number} room */
  function cut(text, room) {
    const whole = measure(text);
    if (whole <= room) return text;
    let length = Math.floor((text.length * room) / whole);
    const short = () => `${text.slice(0, length).trimEnd()}…`;
    while (length > 1 && measure(short()) > room) length -= 1;
    return short();
  }
  return { measure, cut };
}

/** Cut a label to the room that it has; `from` is the left end of the view. */
function writeLabel(/** @type {Mark} */ { label, bar, event }, /** @type {number} */ from, /** @type {Ruler} */ ruler) {
  if (!label) return { x: 0, text: "" };
  if (label.before) {
    return { x: label.start, text: ruler.cut(event.title, label.start - label.limit) };
  }
  const x = bar ? Math.max(label.start, from + 4) : label.start;
  return { x, text: label.limit - x < 24 ? "" : ruler.cut(event.title, label.limit - x) };
}

/**
 * Make the option of an event; its node stays the same while it is moved, so it can keep the focus.
 * @param {TimedEvent} event @param {string} prefix @param {Ruler} ruler @param {number} size
 */
function makeOption(event, prefix, ruler, size) {
  const { key, pattern } = findFill(event);
  // A plain colour is much faster to paint than a pattern of one colour.
  const fill = pattern === "plain" ? {} : { fill: `url(#${prefix}-${key})` };
  const hit = svg("path", { class: "hit" });
  const ring = svg("path", { class: "ring" });
  const loose = svg("path", { class: "loose", ...fill });
  const core = svg("path", { class: "core", ...fill });
  const asks = svg("text", { class: "asks", "text-anchor": "middle" });
  const label = svg("text", { class: "label" });
  const node = svg(
    "g",
    {
      ...{ role: "option", id: makeId("event"), class: `event is-${key}`, tabindex: "-1" },
      ...{ "aria-label": sayEvent(event), "aria-setsize": size, "aria-selected": "false" },
      "data-id": event.id,
    },
    svg("title", {}, `${sayWhen(event)}: ${event.title}`),
    ...[hit, ring, loose, core, asks, label],
  );
  /** Write a text only where it changes. @param {Element} where @param {string} text */
  function write(where, text) {
    if (where.textContent !== text) where.textContent = text;
  }
  /** Show a mark. @param {Mark} mark @param {number} scale @param {number} from */
  function show(mark, scale, from) {
    const drawn = drawMark(mark, scale);
    const width = mark.right - mark.left;
    const wide = Math.max(width, 24);
    setIfChanged(node, { transform: `translate(${(mark.left - from).toFixed(1)} ${mark.y})` });
    setIfChanged(hit, { d: `M${(width - wide) / 2} 0h${wide}v${ROW_PX}h${-wide}z` });
    setIfChanged(ring, { d: drawRing(mark) });
    setIfChanged(core, { d: drawn.core });
    setIfChanged(loose, { d: drawn.loose });
    setIfChanged(asks, {
      x: drawn.asks.map((x) => x.toFixed(1)).join(" "),
      y: mark.bar ? findBarTop(mark) + BAR_PX : ROW_PX / 2 + 4,
    });
    write(asks, "?".repeat(drawn.asks.length));
    const { x, text } = writeLabel(mark, from, ruler);
    setIfChanged(label, {
      x: (x - mark.left).toFixed(1),
      y: mark.bar ? 13 : ROW_PX / 2 + 4.5,
      "text-anchor": mark.label?.before ? "end" : "start",
    });
    write(label, text);
  }
  return { node, show };
}

/** Make the options of all events; those that are placed are shown, `stop` can be reached by Tab. */
export function makeOptions(/** @type {TimedEvent[]} */ all, /** @type {string} */ prefix, /** @type {Ruler} */ ruler) {
  const options = new Map(all.map((event) => [event.id, makeOption(event, prefix, ruler, all.length)]));
  /**
   * @typedef {{ chosen: string | null, stop: string | undefined, scale: number, from: number }} At
   * @param {TimedEvent[]} events @param {Map<string, Mark>} placed @param {At} at
   */
  function show(events, placed, { chosen, stop, scale, from }) {
    for (const [place, { id }] of events.entries()) {
      const node = options.get(id)?.node;
      if (node) setIfChanged(node, { "aria-posinset": place + 1 });
    }
    for (const [id, { node, show: showMark }] of options) {
      const mark = placed.get(id);
      node.classList.toggle("away", !mark);
      setIfChanged(node, {
        "aria-setsize": events.length,
        "aria-selected": String(id === chosen),
        tabindex: id === stop ? "0" : "-1",
      });
      if (mark) showMark(mark, scale, from);
    }
  }
  const nodes = [...options.values()].map(({ node }) => node);
  return { nodes, show, node: (/** @type {string} */ id) => options.get(id)?.node };
}
