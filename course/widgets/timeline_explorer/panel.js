// The timeline explorer: filter, picture, the chosen event right below it, the same as a table.

import { makeButton, makeDisclosure, markIdle } from "../shared/controls.js";
import { findFocus, html, makeSpokenLine } from "../shared/elements.js";
import { openPanel, redrawOnResize } from "../shared/panel_frame.js";
import { makeTable, makeTableRow, scrollSideways } from "../shared/table_twin.js";
import { makeFilter } from "./filter.js";
import { timeEvent } from "./layout.js";
import { makePicture } from "./picture.js";
import { listFacts, sayCountries, sayWhen, sayWhenAndDoubt } from "./words.js";

/** @import { View } from "../shared/types.d.ts" */
/** @import { Lane, PlainEvent, TimedEvent } from "./types.d.ts" */

/** @typedef {ReturnType<typeof makePicture>} Picture */

const NOTHING_CHOSEN =
  "Choose an event: press a mark, or press Tab, the arrow keys and Enter. What is known of it appears here.";

/**
 * Find the event that a key leads to, among the events shown.
 * @param {string} key @param {TimedEvent[]} shown @param {Lane[]} lanes @param {string | undefined} from
 */
function findByKey(key, shown, lanes, from) {
  const at = shown.findIndex(({ id }) => id === from);
  if (key === "ArrowLeft") return shown[at - 1];
  if (key === "ArrowRight") return shown[at + 1];
  if (key === "Home") return shown[0];
  if (key === "End") return shown.at(-1);
  const lane = lanes.findIndex(({ marks }) => marks.some(({ event }) => event.id === from));
  const here = lanes[lane]?.marks.find(({ event }) => event.id === from);
  const marks = lanes[lane + (key === "ArrowUp" ? -1 : 1)]?.marks;
  if (!here || !marks) return undefined;
  return marks.reduce((best, mark) => (Math.abs(mark.left - here.left) < Math.abs(best.left - here.left) ? mark : best))
    .event;
}

/** Write what is known of an event. @param {TimedEvent} event @param {boolean} away */
function writeEvent(event, away = false) {
  const thin = event.thin ? [" ", html("span", { class: "chip" }, "thin sources")] : [];
  const hidden = away ? [" · ", html("b", {}, "not shown by this filter")] : [];
  const place = [event.category, sayCountries(event), "doctrine named: "].filter(Boolean).join(" · ");
  return [
    html("p", { class: "event-title" }, html("span", { class: "number" }, event.id), html("b", {}, ` ${event.title}`)),
    html(
      "p",
      { class: "meta" },
      html("b", {}, sayWhenAndDoubt(event)),
      ` · ${place}`,
      html("b", {}, event.invoked),
      ...thin,
      ...hidden,
    ),
    html("p", { class: "description" }, event.description),
  ];
}

/** Make up an event as long as the longest: room is kept for it, so that nothing below ever moves. */
function makeLongest(/** @type {TimedEvent[]} */ events) {
  const pick = (/** @type {(event: TimedEvent) => string} */ say) =>
    events.reduce((best, event) => (say(event).length > say(best).length ? event : best));
  const line = pick((event) => sayWhenAndDoubt(event) + event.category + sayCountries(event));
  const [{ title }, { description }] = [pick((event) => event.title), pick((event) => event.description)];
  return { ...line, title, description, thin: false };
}

/**
 * Make the pane with what is known of the chosen event, and its neighbors in time.
 * @param {TimedEvent[]} events @param {(later: boolean) => void} step @param {() => void} showAll
 */
function makePane(events, step, showAll) {
  const ghost = html("div", { class: "ghost", "aria-hidden": "true" }, ...writeEvent(makeLongest(events)));
  const text = html("div");
  const before = makeButton("← Earlier", () => step(false));
  const after = makeButton("Later →", () => step(true));
  const buttons = html("div", { class: "buttons" }, before, after);
  const facts = html("dl");
  const none = /** @type {TimedEvent | undefined} */ (undefined);
  const more = makeDisclosure("Why, note and source", facts, none, (event) => {
    const known = event ? listFacts(event) : [];
    facts.replaceChildren(...known.flatMap(([name, about]) => [html("dt", {}, name), html("dd", {}, about)]));
  });
  const node = html("div", { class: "details", role: "group", "aria-label": "The chosen event" });
  node.append(buttons, html("div", { class: "about reserved" }, ghost, text));

  /** @param {TimedEvent | undefined} event @param {TimedEvent[]} shown @param {string} words of the filter */
  function writeText(event, shown, words) {
    if (!shown.length) {
      const all = makeButton(`Show all ${events.length}`, showAll);
      return [html("p", {}, html("b", {}, `0 of ${events.length} events`), ` · ${words} `, all)];
    }
    return event ? writeEvent(event, !shown.includes(event)) : [html("p", { class: "note" }, NOTHING_CHOSEN)];
  }
  /**
   * @param {TimedEvent | undefined} event @param {TimedEvent[]} shown @param {string} words of the filter
   * @param {boolean} isFirst @param {boolean} isLast
   */
  function show(event, shown, words, isFirst, isLast) {
    markIdle(before, isFirst);
    markIdle(after, isLast);
    markIdle(more.node, !event);
    more.show(event);
    text.replaceChildren(...writeText(event, shown, words));
  }
  return { node, more: more.node, facts, show };
}

/** Make the same as a table, when it is first asked for; rows are made once. */
function makeEventTable(/** @type {TimedEvent[]} */ events, /** @type {(id: string) => void} */ choose) {
  const holder = html("div", { class: "same" });
  const table = makeTable("", ["Event", "Date", "What", "Category", "Countries", "Doctrine named"], []);
  const rows = /** @type {Map<string, HTMLTableRowElement>} */ (new Map());
  function makeRow(/** @type {TimedEvent} */ event) {
    const { id, title, category, invoked } = event;
    const what = makeButton(title, () => choose(id), { class: "as-text" });
    const row = makeTableRow([id, sayWhenAndDoubt(event), what, category, sayCountries(event), invoked]);
    rows.set(id, row);
    return row;
  }
  function write(/** @type {TimedEvent[]} */ shown) {
    if (table.caption) table.caption.textContent = `${shown.length} of ${events.length} events; press one to choose it`;
    table.tBodies[0].replaceChildren(...shown.map((event) => rows.get(event.id) ?? makeRow(event)));
    if (!holder.firstChild) holder.append(scrollSideways(table));
  }
  return { ...makeDisclosure(`All ${events.length} as a table`, holder, events, write), holder };
}

/**
 * Hold which events are shown, which one is chosen, and which one has the focus in the picture.
 * @param {TimedEvent[]} events @param {Picture} picture @param {() => void} show
 */
function chooseEvents(events, picture, show) {
  const state = {
    shown: events,
    chosen: /** @type {string | undefined} */ (undefined),
    stop: /** @type {string | undefined} */ (undefined),
  };
  function choose(/** @type {string | undefined} */ id) {
    state.chosen = id;
    state.stop = id ?? state.stop;
    show();
  }
  /** Find the neighbor in time of the chosen event; the first one where none is chosen. */
  function findNext(/** @type {boolean} */ later) {
    const at = events.findIndex(({ id }) => id === state.chosen);
    if (at < 0) return state.shown[0];
    const others = later ? events.slice(at + 1) : events.slice(0, at).reverse();
    return others.find((event) => state.shown.includes(event));
  }
  /** Heed the keys of the picture: arrows move the focus, Enter chooses, Escape lets go. */
  function heedKeys(/** @type {KeyboardEvent} */ event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { id } = /** @type {SVGElement} */ (findFocus(picture.list))?.dataset ?? {};
    if (event.key === "Enter" || event.key === " ") choose(id);
    else if (event.key === "Escape") choose(undefined);
    else if (/^(Arrow(Left|Right|Up|Down)|Home|End)$/.test(event.key)) {
      const next = findByKey(event.key, state.shown, picture.lanes(), id);
      if (next) picture.option(next.id)?.focus({ preventScroll: true });
    } else return;
    event.preventDefault();
  }
  return { state, choose, findNext, heedKeys };
}

function render(/** @type {View<{ title: string, events: PlainEvent[] }>} */ { model, el }) {
  const { title, events: plain } = model.get("content");
  const events = plain.map(timeEvent);
  const categories = [...new Set(events.map(({ category }) => category))];
  const { root, signal, close } = openPanel({ model, el }, "timeline-explorer", title);
  const picture = makePicture(events, categories, root);
  const { state, choose, findNext, heedKeys } = chooseEvents(events, picture, show);
  const filter = makeFilter(events, picture.swatch, draw);
  const pane = makePane(events, (later) => choose(findNext(later)?.id ?? state.chosen), filter.reset);
  const table = makeEventTable(events, choose);
  const told = makeSpokenLine();

  function show() {
    const chosen = events.find(({ id }) => id === state.chosen);
    const stop = state.shown.find(({ id }) => id === state.stop) ?? state.shown[0];
    picture.mark(state.chosen ?? null, stop?.id);
    pane.show(chosen, state.shown, filter.say(), !findNext(false), !findNext(true));
    told.textContent = chosen ? `${chosen.id} ${chosen.title.slice(0, 70)}, ${sayWhen(chosen)}` : "";
  }
  function draw() {
    state.shown = filter.listPassing();
    picture.draw(state.shown, filter.view());
    filter.show(state.shown.length);
    table.show(state.shown);
    show();
    told.textContent = `${state.shown.length} of ${events.length} events`;
  }
  picture.list.addEventListener("keydown", heedKeys);
  picture.list.addEventListener("focusin", ({ target }) => {
    state.stop = /** @type {SVGElement} */ (target).dataset.id;
    picture.mark(state.chosen ?? null, state.stop);
  });
  picture.chart.addEventListener("click", (event) => {
    const found = picture.findAt(event);
    if (!found) return;
    choose(found.event.id);
    picture.option(found.event.id)?.focus({ preventScroll: true });
    picture.point(undefined); // what the tip says stands below now
  });
  pane.node.append(html("div", { class: "more flow" }, pane.more, table.node), pane.facts, table.holder, told);
  root.append(filter.node, picture.node, pane.node);
  function redraw() {
    picture.measure();
    draw();
  }
  redrawOnResize(root, redraw, signal);
  return close;
}

export default { render };
