// The event sorter: a line in time that is put in order with buttons, keys or by dragging.

import { holdDraft } from "../shared/answer_bar.js";
import { makeButton, markIdle } from "../shared/controls.js";
import { findFocus, html, makeId, makeSpokenLine } from "../shared/elements.js";
import { openPanel } from "../shared/panel_frame.js";
import { letDrag } from "./drag.js";

/** @import { Draft, Item, View } from "../shared/types.d.ts" */

/**
 * @typedef {ReturnType<typeof sortItems>} Sorter
 * @typedef {{ id: string, to: number }} Held what is picked up, and the place where it would go
 */

const HELP = "Drag a row, or use its arrows. Keys: Space on ⠿ picks a row up, ↑ ↓ move it, Space puts it down.";
const STEPS = [
  { sign: "↑", name: "Move up", step: -1 },
  { sign: "↓", name: "Move down", step: 1 },
];
const KEYS = /** @type {Record<string, number>} */ ({ ArrowUp: -1, ArrowDown: 1, Home: -999, End: 999 });

/** Make the row of an event: its place on the rail, handle, text and arrows. @param {Item} item @param {Sorter} act */
function makeRow({ id, text }, act) {
  const place = html("span", { class: "place", "aria-hidden": "true" });
  const words = html("span", { class: "text", id: makeId("text") }, html("b", {}, id), ` ${text}`);
  const grip = makeButton("⠿", () => act.grip(id), { class: "grip", "aria-label": `Pick up ${id}: ${text}` });
  const steps = STEPS.map(({ sign, name, step }) =>
    makeButton(sign, () => act.move(id, step), { "aria-label": `${name}: ${id}`, "aria-describedby": words.id }),
  );
  const node = html("li", { "data-id": id }, place, html("div", { class: "event" }, grip, words, ...steps));
  /** @param {number} index @param {number} from where the held row is @param {Held | null} held @param {number} last */
  function show(index, from, held, last) {
    place.textContent = String(index + 1);
    for (const [at, end] of [0, last].entries()) markIdle(steps[at], index === end);
    grip.setAttribute("aria-pressed", String(held?.id === id));
    node.classList.toggle("held", held?.id === id);
    node.classList.toggle("line-above", held?.to === index && index < from);
    node.classList.toggle("line-below", held?.to === index && index > from);
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
 * Hold the order and what is picked up; others make room only at the drop.
 * @param {Item[]} items @param {Draft<string[]>} answer
 * @param {(text: string) => void} say @param {() => void} show
 */
function sortItems(items, answer, say, show) {
  const given = items.map(({ id }) => id);
  const last = given.length - 1;
  let held = /** @type {Held | null} */ (null);
  const order = () => (answer.value().length ? answer.value() : given);
  const sayPlace = (/** @type {string} */ id) => `${id} is now ${order().indexOf(id) + 1} of ${given.length}.`;

  function place(/** @type {string} */ id, /** @type {number} */ to) {
    const others = order().filter((one) => one !== id);
    answer.keep([...others.slice(0, to), id, ...others.slice(to)]);
  }
  function move(/** @type {string} */ id, /** @type {number} */ step) {
    const to = order().indexOf(id) + step;
    if (to < 0 || to > last) return say(`${id} is already ${to < 0 ? "first" : "last"}.`);
    place(id, to);
    say(sayPlace(id));
  }
  /** Pick a row up, or choose the place where it would go. */
  function hold(/** @type {string} */ id, to = order().indexOf(id)) {
    held = { id, to: Math.min(Math.max(to, 0), last) };
    show();
  }
  function letGo() {
    const was = held;
    held = null;
    show();
    return was;
  }
  function drop() {
    const was = letGo();
    if (!was) return;
    if (order()[was.to] !== was.id) place(was.id, was.to);
    say(`Put down. ${sayPlace(was.id)}`);
  }
  function cancel() {
    const was = letGo();
    if (was) say(`Put back. ${sayPlace(was.id)}`);
  }
  function grip(/** @type {string} */ id) {
    if (held) return drop();
    hold(id);
    say(sayHeld());
  }
  function sayHeld() {
    if (!held) return "";
    const picked = `${held.id} is picked up: place ${order().indexOf(held.id) + 1} of ${given.length}.`;
    return order()[held.to] === held.id ? picked : `${picked} It would go to place ${held.to + 1}.`;
  }
  function undo() {
    say(answer.undo() ? "The last move is undone." : "There is nothing to undo.");
  }
  const look = () => ({ held, canUndo: answer.canUndo(), isAnswer: answer.value().length > 0 });
  return { order, look, move, hold, drop, cancel, grip, sayHeld, undo };
}

/** Heed the keys of the row that is picked up. @param {Sorter} sorter @param {KeyboardEvent} event */
function heedKeys(sorter, event, /** @type {(text: string) => void} */ say) {
  const { held } = sorter.look();
  if (!held || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") sorter.cancel();
  else if (event.key in KEYS) {
    sorter.hold(held.id, held.to + KEYS[event.key]);
    say(sorter.sayHeld());
  } else return;
  event.preventDefault();
}

function render(/** @type {View<{ title: string, items: Item[] }, string[]>} */ { model, el }) {
  const { title, items } = model.get("content");
  const { root, signal, close } = openPanel({ model, el }, "event-sorter", title);
  const told = makeSpokenLine();
  const what = html("p");
  const list = html("ol", { class: "sorter" });
  const answer = holdDraft(model, signal, show, what);
  const say = (/** @type {string} */ text) => told.replaceChildren(text);
  const sorter = sortItems(items, answer, say, show);
  const rows = new Map(items.map((item) => [item.id, makeRow(item, sorter)]));
  const keep = makeButton("Keep this order", () => answer.keep(sorter.order()), { class: "main" });
  const undo = makeButton("Undo", sorter.undo);
  const back = makeButton("Back to the order as given", () => answer.keep([]));

  function writeWhat() {
    const { held, isAnswer } = sorter.look();
    if (held) return [`${sorter.sayHeld()} It is saved once you put it down; Esc puts it back.`];
    if (isAnswer) return ["Your answer: ", html("b", {}, answer.value().join(", "))];
    return ["This is the order as it was given. It is ", html("b", {}, "not your answer yet"), "."];
  }
  function show() {
    const [order, { held, canUndo, isAnswer }] = [sorter.order(), sorter.look()];
    const shown = order.flatMap((id) => rows.get(id) ?? []);
    const nodes = shown.map(({ node }) => node);
    arrangeRows(list, nodes);
    const from = order.indexOf(held?.id ?? "");
    for (const [place, row] of shown.entries()) row.show(place, from, held, order.length - 1);
    root.classList.toggle("holding", held !== null);
    what.replaceChildren(...writeWhat());
    // Not before the focus has gone on: hidden, a button would throw it out of the panel.
    const focused = findFocus(answer.bar);
    for (const [button, shows] of /** @type {[HTMLElement, boolean][]} */ ([
      [keep, !isAnswer],
      [back, isAnswer],
    ])) {
      button.hidden = !shows;
      if (!shows && button === focused) (isAnswer ? undo : keep).focus();
    }
    markIdle(undo, !canUndo);
  }
  letDrag(list, {
    grab: (row) => sorter.hold(row.dataset.id ?? ""),
    over: (place) => sorter.hold(sorter.look().held?.id ?? "", place),
    drop: sorter.drop,
    cancel: sorter.cancel,
  });
  list.addEventListener("keydown", (event) => heedKeys(sorter, event, say));
  list.addEventListener("focusout", ({ relatedTarget }) => {
    const row = rows.get(sorter.look().held?.id ?? "")?.node;
    if (row && relatedTarget && !row.contains(/** @type {Node} */ (relatedTarget))) sorter.drop();
  });
  answer.bar.append(keep, undo, back);
  const [first, last] = ["Earliest", "Latest"].map((text) => html("p", { class: "note" }, html("b", {}, text)));
  root.append(html("p", { class: "note" }, HELP), first, list, last, told, answer.bar);
  show();
  return close;
}

export default { render };
