// The event sorter: a list that is put in order with buttons, keys or by dragging.

import { makeButton, markIdle } from "../shared/buttons.js";
import { holdDraft } from "../shared/draft.js";
import { findFocus, html, makeId } from "../shared/elements.js";
import { makeSpokenLine } from "../shared/messages.js";
import { openPanel } from "../shared/panel_frame.js";
import { letDrag } from "./drag.js";

/** @import { Item, View } from "../shared/types.d.ts" */

/**
 * @typedef {(place: number, last: number) => number} Step
 * @typedef {ReturnType<typeof sortItems>} Sorter
 */

const HELP =
  "Drag an event, or use its arrows. By keyboard: Alt with the up or down arrow moves the event " +
  "that has the focus; or press Enter on its handle ⠿, move with the arrows, and press Enter again.";
/** @type {{ key: string, sign: string, name: string, step: Step }[]} */
const STEPS = [
  { key: "ArrowUp", sign: "↑", name: "Move up", step: (place) => place - 1 },
  { key: "ArrowDown", sign: "↓", name: "Move down", step: (place) => place + 1 },
  { key: "Home", sign: "⤒", name: "Move to the top", step: () => 0 },
  { key: "End", sign: "⤓", name: "Move to the bottom", step: (_place, last) => last },
];

/** Keep a place in the list. @param {number} place @param {number} last */
const keepInList = (place, last) => Math.min(Math.max(place, 0), last);

/** Make the row of an event: handle, place, text and four buttons. @param {Item} item @param {Sorter} act */
function makeRow({ id, text }, act) {
  const place = html("span", { class: "place", "aria-hidden": "true" });
  const words = html("span", { class: "text", id: makeId("text") }, html("b", {}, id), ` ${text}`);
  const name = `Grab ${id}: ${text}`;
  const grip = makeButton("⠿", () => act.grip(id), { class: "grip", "aria-label": name });
  const steps = STEPS.map(({ sign, name, step }) => {
    const about = { "aria-label": `${name}: ${id}`, "aria-describedby": words.id, title: name };
    return makeButton(sign, () => act.move(id, step), about);
  });
  const buttons = html("span", { class: "buttons" }, steps);
  const node = html("li", { "data-id": id }, grip, place, words, buttons);
  /** @param {number} index @param {number} last @param {boolean} grabbed */
  function show(index, last, grabbed) {
    place.textContent = `${index + 1}.`;
    for (const [at, { step }] of STEPS.entries()) {
      markIdle(steps[at], keepInList(step(index, last), last) === index);
    }
    grip.setAttribute("aria-pressed", String(grabbed));
    node.classList.toggle("grabbed", grabbed);
  }
  return { node, show };
}

/** Put rows into an order; the row with the focus stays in the page, so the focus stays too. */
function arrangeRows(/** @type {Element} */ list, /** @type {Element[]} */ nodes) {
  const focused = findFocus(list);
  const kept = nodes.findIndex((node) => node.contains(focused));
  for (const node of nodes.slice(0, Math.max(kept, 0))) list.insertBefore(node, nodes[kept]);
  list.append(...nodes.slice(kept + 1));
}

/**
 * Hold the order on the screen, and what is grabbed.
 * @param {Item[]} items @param {{ value: () => string[], put: (order: string[]) => void }} answer
 * @param {(text: string) => void} say @param {() => void} show
 */
function sortItems(items, answer, say, show) {
  const given = items.map(({ id }) => id);
  const last = given.length - 1;
  /** @type {{ id: string, order: string[] } | null} what is grabbed and the order it would give */
  let held = null;
  const settled = () => (answer.value().length ? answer.value() : given);
  const order = () => held?.order ?? settled();
  const sayPlace = (/** @type {string} */ id) => `${id} is now ${order().indexOf(id) + 1} of ${given.length}.`;

  function move(/** @type {string} */ id, /** @type {Step} */ step) {
    const place = order().indexOf(id);
    const next = keepInList(step(place, last), last);
    if (next === place) return say(`${id} is already ${place === 0 ? "first" : "last"}.`);
    const moved = order().filter((one) => one !== id);
    moved.splice(next, 0, id);
    if (held?.id === id) hold(id, moved);
    else answer.put(moved);
    say(sayPlace(id));
  }
  function hold(/** @type {string} */ id, moved = settled()) {
    held = { id, order: moved };
    show();
  }
  function drop() {
    if (!held) return;
    const { id, order: moved } = held;
    held = null;
    if (moved.join() === settled().join()) show();
    else answer.put(moved);
    say(`Dropped. ${sayPlace(id)}`);
  }
  function cancel() {
    if (!held) return;
    const { id } = held;
    held = null;
    show();
    say(`Put back. ${sayPlace(id)}`);
  }
  function grip(/** @type {string} */ id) {
    if (held) return drop();
    hold(id);
    say(`${id} is grabbed. Arrows move it, Enter drops it, Escape puts it back.`);
  }
  return { order, held: () => held?.id ?? null, move, hold, drop, cancel, grip };
}

/** Move with Alt and an arrow the row that has the focus; with an arrow alone the one grabbed. */
function heedKeys(/** @type {Sorter} */ sorter, /** @type {KeyboardEvent} */ event) {
  const row = /** @type {HTMLElement} */ (event.target).closest("li");
  const id = row?.dataset.id;
  if (!id || event.ctrlKey || event.metaKey) return;
  const grabbed = sorter.held() === id;
  const way = STEPS.find(({ key }) => key === event.key);
  if (event.key === "Escape" && grabbed) sorter.cancel();
  else if (way && (grabbed || event.altKey)) sorter.move(id, way.step);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function render(/** @type {View<{ title: string, items: Item[] }, string[]>} */ { model, el }) {
  const { title, items } = model.get("content");
  const { root, signal, close } = openPanel({ model, el }, "event-sorter", title);
  const told = makeSpokenLine();
  const hint = "This is the order as given; it is not your answer yet.";
  const asGiven = html("p");
  const list = html("ol", { class: "sorter" });
  const answer = holdDraft(model, signal, show, asGiven);
  const say = (/** @type {string} */ text) => {
    told.textContent = text;
  };
  const sorter = sortItems(items, answer, say, show);
  const rows = new Map(items.map((item) => [item.id, makeRow(item, sorter)]));

  function show() {
    const order = sorter.order();
    const shown = order.flatMap((id) => rows.get(id) ?? []);
    const nodes = shown.map(({ node }) => node);
    arrangeRows(list, nodes);
    for (const [place, row] of shown.entries()) {
      row.show(place, order.length - 1, sorter.held() === order[place]);
    }
    const chosen = answer.value().join(", ");
    asGiven.textContent = chosen ? `Your answer: ${chosen}` : hint;
  }
  letDrag(list, {
    grab: (row) => sorter.hold(row.dataset.id ?? ""),
    over: (place) => {
      const held = sorter.held();
      if (held) sorter.move(held, () => place);
    },
    drop: sorter.drop,
    cancel: sorter.cancel,
  });
  list.addEventListener("keydown", (event) => heedKeys(sorter, event));
  list.addEventListener("focusout", ({ relatedTarget }) => {
    const row = rows.get(sorter.held() ?? "")?.node;
    if (row && relatedTarget && !row.contains(/** @type {Node} */ (relatedTarget))) sorter.drop();
  });
  const keep = makeButton("Keep this order", () => answer.put(sorter.order()), { class: "main" });
  const back = makeButton("Back to the order as given", () => answer.put([]));
  root.append(
    html("p", { class: "note" }, HELP),
    html("p", { class: "end" }, "Earliest"),
    list,
    html("p", { class: "end" }, "Latest"),
    html("div", { class: "buttons" }, keep, back),
    ...[told, answer.bar],
  );
  show();
  return close;
}

export default { render };
