// One text at a time against all options with what they mean; a list of the texts leads to each.

import { makeButton, markIdle } from "./buttons.js";
import { holdChoices, makeOptions, splitLabel } from "./choices.js";
import { html, makeId } from "./elements.js";
import { openPanel } from "./panel_frame.js";
import { writePassage } from "./passage.js";

/** @import { ChoiceView, Item, Pages } from "./types.d.ts" */

/** Make the list of texts, one stop of the Tab key. @param {Item[]} items @param {(place: number) => void} go */
export function makePageList(items, go) {
  const words = items.map(() => html("span", { class: "chosen" }));
  const buttons = items.map(({ id }, place) => {
    const node = makeButton("", () => go(place), { class: "page small" });
    node.append(html("b", {}, id), words[place]);
    return node;
  });
  const node = html("ol", { class: "pages", "aria-label": "Texts and your choices" });
  node.append(...buttons.map((button) => html("li", {}, button)));
  const steps = /** @type {Record<string, number>} */ ({
    ArrowUp: -1,
    ArrowLeft: -1,
    ArrowDown: 1,
    ArrowRight: 1,
    Home: -items.length,
    End: items.length,
  });
  node.addEventListener("keydown", (event) => {
    const step = steps[event.key];
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
export function makeTextPane(/** @type {Item[]} */ items) {
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
  const node = html(
    "div",
    {},
    html("div", { class: "controls" }, head, swap),
    html("div", { class: "text reserved" }, ghost, body),
  );
  function show(/** @type {number} */ place) {
    shown = place;
    const part = html("span", { class: "note" }, ` · ${place + 1} of ${items.length}`);
    head.replaceChildren(html("b", {}, items[place].id), part);
    body.replaceChildren(...writePassage(items[place], inOriginal));
  }
  return { node, show, id: body.id };
}

/** Show the panel; returns what closes it. @param {ChoiceView} view @param {string} kind @param {Pages} pages */
export function openChoicePages({ model, el }, kind, pages) {
  const { done, ask, isAsked = false, nameOf = (option) => splitLabel(option).name, makePane = makeOptions } = pages;
  const { title, items, options } = model.get("content");
  const { root, signal, close } = openPanel({ model, el }, kind, title);
  root.classList.add("choice-pages");
  const names = new Map(options.map((option) => [option.value, nameOf(option)]));
  const answer = holdChoices(model, done, signal, show);
  const list = makePageList(items, go);
  const text = makeTextPane(items);
  const holder = html("div");
  const back = makeButton("Back", () => go(place - 1));
  const next = makeButton(`Next not ${done}`, () => go(findNext()), { class: "main" });
  let place = 0;
  let radios = makePane(options, () => {});

  /** Find the next text without a choice, from the one on show on; this one if there is none. */
  function findNext() {
    const after = [...items.keys()].map((step) => (place + 1 + step) % items.length);
    return after.find((one) => !answer.value()[items[one].id]) ?? place;
  }
  function go(/** @type {number} */ to) {
    if (to < 0 || (to === place && holder.firstChild)) return;
    place = to;
    const { id } = items[place];
    radios = makePane(options, (option) => answer.choose(id, option));
    const legend = html("legend", { class: isAsked && "backyard-unseen" }, `${id} ${ask}`);
    // New ones for each text: a screen reader then says which text they are for.
    holder.replaceChildren(
      html("fieldset", { "aria-describedby": text.id, role: "radiogroup" }, legend, radios.labels),
    );
    text.show(place);
    answer.turn(id);
  }
  function show(/** @type {Record<string, string>} */ value) {
    list.show(
      place,
      items.map(({ id }) => names.get(value[id])),
    );
    radios.show(value[items[place].id]);
    markIdle(back, place === 0);
    markIdle(next, findNext() === place);
  }
  holder.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    go(findNext());
    radios.focus();
  });
  answer.buttons.append(back, next);
  const key = html("p", { class: "note" }, `A thick lower edge: ${done}.`);
  const columns = html(
    "div",
    { class: "columns" },
    html("div", {}, list.node, key),
    html("div", {}, text.node, pages.above ?? "", holder, pages.below ?? ""),
  );
  root.append(columns, answer.bar);
  go(0);
  return close;
}
