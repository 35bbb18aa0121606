// One text at a time against all options with what they mean; a list of the texts leads to each.

import { holdChoices, makeOptions, splitLabel, writePassage } from "./choices.js";
import { makeButton, markIdle } from "./controls.js";
import { html, makeId } from "./elements.js";
import { openPanel } from "./panel_frame.js";

/** @import { Book, ChoiceView, Item, Pages, Pane } from "./types.d.ts" */

/** How many texts a key goes. @type {Record<string, number>} */
const KEYS = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1, Home: -Infinity, End: Infinity };

/** Make the list of texts, one stop of the Tab key. @param {Item[]} items @param {(place: number) => void} go */
function makePageList(items, go) {
  const words = items.map(() => html("span", { class: "chosen wide" }));
  const buttons = items.map(({ id }, place) => {
    const node = makeButton("", () => go(place), { class: "page slim" });
    node.append(html("b", {}, id), words[place]);
    return node;
  });
  const node = html("ol", { class: "pages", "aria-label": "Texts and your choices" });
  node.append(...buttons.map((button) => html("li", {}, button)));
  node.addEventListener("keydown", (event) => {
    const step = KEYS[event.key];
    if (!step) return;
    event.preventDefault();
    const place = Math.min(Math.max(buttons.findIndex((one) => one.tabIndex === 0) + step, 0), items.length - 1);
    go(place);
    buttons[place].focus();
  });
  /** @param {number} current @param {(string | undefined)[]} names */
  function show(current, names) {
    for (const [place, button] of buttons.entries()) {
      const name = names[place];
      words[place].textContent = name ?? "not yet";
      button.classList.toggle("done", name !== undefined);
      button.setAttribute("aria-label", `${items[place].id}: ${name ?? "not yet"}`);
      button.tabIndex = place === current ? 0 : -1;
      if (place === current) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
  }
  return { node, show };
}

/** Make the text on show, with room for the longest, so that the options below stay where they are. */
function makeTextPane(/** @type {Item[]} */ items) {
  const size = (/** @type {Item} */ { text, quote }) => text.length + (quote ? 60 : 0);
  const longest = items.reduce((best, item) => (size(item) > size(best) ? item : best));
  const [head, body] = [html("p", { class: "text-head" }), html("div", { id: makeId("text") })];
  const ghost = html("div", { class: "ghost", "aria-hidden": "true" }, ...writePassage(longest));
  let inOriginal = false;
  let shown = 0;
  const swap = makeButton(
    "The column",
    () => {
      inOriginal = !inOriginal;
      swap.setAttribute("aria-pressed", String(inOriginal));
      show(shown);
    },
    { "aria-pressed": "false", hidden: !items.some(({ original }) => original) },
  );
  const controls = html("div", { class: "controls" }, head, swap);
  const node = html("div", {}, controls, html("div", { class: "text reserved" }, ghost, body));
  function show(/** @type {number} */ place) {
    shown = place;
    const part = html("span", { class: "note" }, ` · ${place + 1} of ${items.length}`);
    head.replaceChildren(html("b", {}, items[place].id), part);
    body.replaceChildren(...writePassage(items[place], inOriginal));
  }
  return { node, show, id: body.id };
}

/**
 * Make the list beside the text on show and what one chooses among for it; `go(place)` turns to another.
 * @param {Item[]} items @param {Book} book
 */
export function makeBook(items, { ask, isAsked = false, makePane, turned, beside = "", above = "", below = "" }) {
  const list = makePageList(items, go);
  const text = makeTextPane(items);
  const holder = html("div");
  let place = 0;
  let pane = /** @type {Pane | undefined} */ (undefined);

  function go(/** @type {number} */ to) {
    if (to < 0 || (to === place && pane)) return;
    place = to;
    const { id } = items[place];
    pane = makePane(id);
    const legend = html("legend", { class: isAsked && "backyard-unseen" }, ask(id));
    // New ones for each text: a screen reader then says which text they are for.
    holder.replaceChildren(html("fieldset", { "aria-describedby": text.id, role: "radiogroup" }, legend, pane.labels));
    text.show(place);
    turned(id);
  }
  function show(/** @type {(string | undefined)[]} */ names, /** @type {string | undefined} */ chosen) {
    list.show(place, names);
    pane?.show(chosen);
  }
  const right = html("div", {}, text.node, above, holder, below);
  const node = html("div", { class: "columns" }, html("div", {}, list.node, beside), right);
  return { node, holder, go, show, place: () => place, id: () => items[place].id, focus: () => pane?.focus() };
}

/** Show the panel; returns what closes it. @param {ChoiceView} view @param {string} kind @param {Pages} pages */
export function openChoicePages({ model, el }, kind, pages) {
  const { done, ask, nameOf = (option) => splitLabel(option).name, makePane = makeOptions, ...more } = pages;
  const { title, items, options } = model.get("content");
  const { root, signal, close } = openPanel({ model, el }, `choice-pages ${kind}`, title);
  const names = new Map(options.map((option) => [option.value, nameOf(option)]));
  const answer = holdChoices(model, done, signal, show);
  const book = makeBook(items, {
    ask: (id) => `${id} ${ask}`,
    makePane: (id) => makePane(options, (option) => answer.choose(id, option)),
    turned: answer.turn,
    beside: html("p", { class: "note" }, `A thick lower edge: ${done}.`),
    ...more,
  });
  const back = makeButton("Back", () => book.go(book.place() - 1));
  const next = makeButton(`Next not ${done}`, () => book.go(findNext()), { class: "main" });

  /** Find the next text without a choice, from the one on show on; this one if there is none. */
  function findNext() {
    const after = [...items.keys()].map((step) => (book.place() + 1 + step) % items.length);
    return after.find((one) => !answer.value()[items[one].id]) ?? book.place();
  }
  function show(/** @type {Record<string, string>} */ value) {
    const all = items.map(({ id }) => names.get(value[id]));
    book.show(all, value[book.id()]);
    markIdle(back, book.place() === 0);
    markIdle(next, findNext() === book.place());
  }
  book.holder.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    book.go(findNext());
    book.focus();
  });
  answer.buttons.append(back, next);
  root.append(book.node, answer.bar);
  book.go(0);
  return close;
}
