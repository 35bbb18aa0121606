// The timeline explorer: picture, what is in view, filter, details of an event, the same as a table.

import { makeButton, makeDisclosure, markIdle } from "../shared/buttons.js";
import { findFocus, html, makeId } from "../shared/elements.js";
import { makeSpokenLine } from "../shared/messages.js";
import { openPanel, redrawOnResize } from "../shared/panel_frame.js";
import { makeTable, makeTableRow, scrollSideways } from "../shared/table_twin.js";
import { MONTHS, splitDay } from "./dates.js";
import { makeFilter } from "./filter.js";
import { timeEvent } from "./layout.js";
import { makePicture } from "./picture.js";
import { heedPointer, makeStrip, makeTimeView, makeViewControls, YEAR_DAYS } from "./view.js";
import { listFacts, sayCountries, sayWhen, sayWhenAndDoubt } from "./words.js";

/** @import { View } from "../shared/types.d.ts" */
/** @import { Lane, PlainEvent, Stretch, TimedEvent } from "./types.d.ts" */
/** @import { TimeView } from "./view.js" */

/**
 * @typedef {ReturnType<typeof makePicture>} Picture
 * @typedef {ReturnType<typeof chooseEvents>} Choice
 */

const HELP =
  "Choose an event to read about it. Drag to move; Ctrl with the wheel zooms. By keyboard, in the " +
  "picture: ← → from event to event, ↑ ↓ to another lane, + and − zoom, Page Up and Page Down move, " +
  "0 shows all.";
const QUIET_MS = 500; // a line that is read out waits until one has stopped moving
const STEP_KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "Enter", " "];

/**
 * Find the event that a key leads to from the chosen one, among the events shown.
 * @param {string} key @param {TimedEvent[]} shown @param {Lane[]} lanes
 * @param {string | null} chosen @returns {TimedEvent | undefined}
 */
function findByKey(key, shown, lanes, chosen) {
  const at = shown.findIndex(({ id }) => id === chosen);
  if (at < 0) return shown[0];
  const here = shown[at];
  if (key === "ArrowLeft") return shown[at - 1];
  if (key === "ArrowRight") return shown[at + 1];
  if (key === "Home") return shown[0];
  if (key === "End") return shown[shown.length - 1];
  if (key !== "ArrowUp" && key !== "ArrowDown") return here;
  const lane = lanes.findIndex(({ category }) => category === here.category);
  const other = lanes[lane + (key === "ArrowUp" ? -1 : 1)];
  const away = (/** @type {TimedEvent} */ event) => Math.abs(event.begin - here.begin);
  const events = other?.marks.map(({ event }) => event);
  return events?.reduce((best, event) => (away(event) < away(best) ? event : best));
}

/** Heed the keys of the picture: arrows choose, + and − zoom, Page Up and Page Down move, 0 shows all. */
function heedKeys(/** @type {KeyboardEvent} */ event, /** @type {TimeView} */ time, /** @type {Choice} */ choice) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "+" || event.key === "=") time.zoom(0.5, choice.anchor());
  else if (event.key === "-" || event.key === "−") time.zoom(2, choice.anchor());
  else if (event.key === "0") time.showAll();
  else if (event.key === "PageUp") time.move(-0.5);
  else if (event.key === "PageDown") time.move(0.5);
  else if (STEP_KEYS.includes(event.key)) choice.step(event.key);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** Show what is known of an event. @param {TimedEvent} event */
function makeDetails(event) {
  const title = html("p", { class: "title" }, html("span", { class: "number" }, event.id));
  title.append(` ${event.title}`);
  const facts = listFacts(event).flatMap(([name, words]) => [html("dt", {}, name), html("dd", {}, words)]);
  const description = event.description ? [html("p", {}, event.description)] : [];
  return [title, ...description, html("dl", {}, facts)];
}

/**
 * Make the pane with what is known of the chosen event and buttons that lead to its neighbours, and
 * a brief line for the top of the picture, as the pane may be below the edge of the screen.
 * @param {Choice} choice
 */
function makeDetailsPane(choice) {
  const text = html("div", { class: "text" });
  const before = makeButton("◀ Previous event", () => choice.step("ArrowLeft"));
  const after = makeButton("Next event ▶", () => choice.step("ArrowRight"));
  const near = makeButton("Zoom to this event", choice.zoomIn);
  const node = html(
    "div",
    { class: "details", role: "group", "aria-label": "Details of the chosen event" },
    html("div", { class: "buttons" }, before, after, near),
    text,
  );
  const brief = html("p", { class: "brief", "aria-hidden": "true" });
  const nothing = "What is known of an event, and its source, appears here once you choose it.";
  /** @type {string | undefined} */
  let drawn = "none";
  /** @param {TimedEvent | undefined} event @param {boolean} isFirst @param {boolean} isLast */
  function show(event, isFirst, isLast) {
    markIdle(before, isFirst);
    markIdle(after, isLast);
    markIdle(near, !event);
    if (drawn === event?.id) return;
    drawn = event?.id;
    if (event) {
      brief.replaceChildren(html("b", {}, event.title), ` – ${sayWhen(event)}`);
      text.replaceChildren(...makeDetails(event));
    } else {
      brief.replaceChildren(html("span", { class: "note" }, "No event is chosen."));
      text.replaceChildren(html("p", { class: "note" }, nothing));
    }
  }
  return { node, brief, show };
}

/** Make the same as a table, when it is first asked for; rows are made once. */
function makeEventTable(/** @type {TimedEvent[]} */ events, /** @type {(id: string) => void} */ choose) {
  const holder = html("div", { class: "same" });
  const head = ["Event", "Date", "What", "Category", "Countries", "Doctrine invoked"];
  const table = makeTable("", head, []);
  const body = table.tBodies[0];
  const rows = /** @type {Map<string, HTMLTableRowElement>} */ (new Map());
  let [latest, written] = [events, /** @type {TimedEvent[]} */ ([])];
  function makeRow(/** @type {TimedEvent} */ event) {
    const { id, title, category, invoked } = event;
    const what = makeButton(title, () => choose(id), { class: "as-text" });
    const cells = [id, sayWhenAndDoubt(event), what, category, sayCountries(event), invoked];
    const row = makeTableRow(cells);
    rows.set(id, row);
    return row;
  }
  function write() {
    if (holder.hidden || latest === written) return;
    written = latest;
    const count = `${latest.length} of ${events.length} events`;
    if (table.caption) table.caption.textContent = `${count}; press one to see it above`;
    body.replaceChildren(...latest.map((event) => rows.get(event.id) ?? makeRow(event)));
    if (!holder.firstChild) holder.append(scrollSideways(table));
  }
  function show(/** @type {TimedEvent[]} */ shown) {
    latest = shown;
    write();
  }
  const toggle = makeDisclosure("Show the same as a table", holder, write);
  return { node: html("div", {}, toggle, holder), show };
}

/** Say in words what is in view; read out once one has stopped moving. */
function makeStatus(/** @type {number} */ count, /** @type {AbortSignal} */ signal) {
  const node = html("p", { class: "note seen" });
  const told = makeSpokenLine();
  let timer = 0;
  /** @param {Stretch} view @param {number} shown @param {number} seen */
  function show(view, shown, seen) {
    const [from, until] = [view.from, view.until].map((day) => {
      const [year, month] = splitDay(day);
      return view.until - view.from > 3000 ? String(year) : `${MONTHS[month]} ${year}`;
    });
    const events = shown === count ? `${count} events` : `the ${shown} events that fit`;
    node.textContent = `${from} to ${until}: ${seen} of ${events}`;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => told.replaceChildren(node.textContent ?? ""), QUIET_MS);
  }
  signal.addEventListener("abort", () => window.clearTimeout(timer));
  return { node, told, show };
}

/** Call `act` at most once a frame, however often it is asked for. */
function oncePerFrame(/** @type {() => void} */ act, /** @type {AbortSignal} */ signal) {
  let asked = 0;
  function run() {
    asked = 0;
    act();
  }
  signal.addEventListener("abort", () => cancelAnimationFrame(asked));
  return () => {
    asked ||= requestAnimationFrame(run);
  };
}

/**
 * Hold what is chosen among the events shown, and the day that zooming keeps in its place.
 * @param {TimedEvent[]} events @param {TimeView} time @param {Picture} picture
 * @param {() => void} draw
 */
function chooseEvents(events, time, picture, draw) {
  const state = /** @type {{ shown: TimedEvent[], chosen: string | null }} */ ({ shown: events, chosen: null });
  const event = () => state.shown.find(({ id }) => id === state.chosen);
  function choose(/** @type {string | undefined} */ id, /** @type {boolean} */ focus) {
    const next = state.shown.find((one) => one.id === id);
    if (!next) return;
    state.chosen = next.id;
    time.reveal(next);
    draw();
    if (focus) picture.option(next.id)?.focus({ preventScroll: true });
  }
  function step(/** @type {string} */ key) {
    const focus = picture.list.contains(findFocus(picture.list));
    choose(findByKey(key, state.shown, picture.lanes(), state.chosen)?.id, focus);
  }
  function zoomIn() {
    const { begin, end } = event() ?? { begin: 0, end: 0 };
    if (end) time.set(Math.max((end - begin) * 1.5, YEAR_DAYS), (begin + end) / 2);
  }
  function anchor() {
    const { begin, end } = event() ?? { begin: Number.NaN, end: Number.NaN };
    const at = (begin + Math.min(end, begin + time.span() / 2)) / 2;
    return at > time.view.from && at < time.view.until ? at : time.middle();
  }
  return { state, event, choose, step, zoomIn, anchor };
}

/** Heed clicks, keys, the focus, wheel and drag in the picture. */
function heedPicture(/** @type {Picture} */ picture, /** @type {TimeView} */ time, /** @type {Choice} */ choice) {
  const { list, plot } = picture;
  list.addEventListener("keydown", (event) => heedKeys(event, time, choice));
  list.addEventListener("focusin", ({ target }) => {
    const { id } = /** @type {SVGElement} */ (target).dataset;
    const event = choice.state.shown.find((one) => one.id === id);
    if (event) time.reveal(event);
  });
  plot.addEventListener("click", ({ target }) => {
    const option = /** @type {Element} */ (target).closest("[data-id]");
    choice.choose(option?.getAttribute("data-id") ?? undefined, true);
  });
  heedPointer(plot, time, (x) => picture.dayAt(x, time.view), picture.width);
}

function render(/** @type {View<{ title: string, events: PlainEvent[] }>} */ { model, el }) {
  const { title, events: plain } = model.get("content");
  const events = plain.map(timeEvent);
  const categories = [...new Set(events.map(({ category }) => category))];
  const { root, signal, close } = openPanel({ model, el }, "timeline-explorer", title);
  const drawSoon = oncePerFrame(draw, signal);
  const time = makeTimeView(events, drawSoon);
  const picture = makePicture(events, categories, root);
  const choice = chooseEvents(events, time, picture, draw);
  const filter = makeFilter(events, categories, picture.swatch, () => {
    choice.state.shown = filter.listPassing();
    drawSoon();
  });
  const controls = makeViewControls(time, choice.anchor);
  const strip = makeStrip(time);
  const status = makeStatus(events.length, signal);
  const pane = makeDetailsPane(choice);
  const table = makeEventTable(events, (id) => choice.choose(id, true));

  function draw() {
    const { shown, chosen } = choice.state;
    const seen = picture.show(shown, time.view, time.bounds, chosen);
    const place = shown.findIndex(({ id }) => id === chosen);
    controls.show();
    filter.show();
    strip.show(shown);
    status.show(time.view, shown.length, seen);
    pane.show(choice.event(), place === 0 || !shown.length, place === shown.length - 1);
    table.show(shown);
  }
  heedPicture(picture, time, choice);
  const help = html("p", { class: "note", id: makeId("help") }, HELP);
  picture.list.setAttribute("aria-label", title);
  picture.list.setAttribute("aria-describedby", help.id);
  controls.node.append(status.node);
  root.append(filter.node, controls.node, pane.brief, picture.node, strip.node, help);
  root.append(status.told, pane.node, table.node);
  function redraw() {
    picture.measure();
    strip.measure();
    draw();
  }
  redrawOnResize(root, redraw, signal);
  return close;
}

export default { render };
