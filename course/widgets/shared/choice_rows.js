// One choice for each of several texts, each in a row with its list of options.

import { makeDropDown } from "./choice_list.js";
import { holdDraft } from "./draft.js";
import { html, makeId } from "./elements.js";
import { showPassage } from "./passage.js";

/** @import { Choice, ChoiceView, Item } from "./types.d.ts" */

const NOTHING = "";

/**
 * Make a row; `choose(id, value)` is called with what is chosen in it.
 * @param {Item} item @param {Choice[]} options
 * @param {(id: string, value: string) => void} choose
 */
function makeRow(item, options, choose) {
  const text = html("div", { class: "passage", id: makeId("text") }, showPassage(item));
  const select = makeDropDown([{ value: NOTHING, label: "– not chosen yet –" }, ...options], () =>
    choose(item.id, select.value),
  );
  select.id = makeId("choice");
  select.setAttribute("aria-describedby", text.id);
  const mark = html("span", { class: "choice-mark", "aria-hidden": "true" });
  const name = html("label", { class: "choice-name", for: select.id }, item.id);
  const head = html("div", { class: "choice-head" }, name, mark);

  function show(/** @type {string} */ chosen = NOTHING) {
    select.value = chosen;
    mark.textContent = chosen === NOTHING ? "" : "●";
  }
  const node = html("li", { class: "choice-row" }, head, text, select);
  return { node, show, isDone: () => select.value !== NOTHING };
}

/** Show how many have their choice, as a bar and in words. @param {number} total @param {string} word */
function makeProgress(total, word) {
  const bar = html("progress", { max: total, value: 0, "aria-label": `${word} so far` });
  const words = html("span");
  function show(/** @type {number} */ done) {
    bar.value = done;
    words.textContent = `${done} of ${total} ${word}`;
  }
  return { node: html("p", { class: "choice-progress" }, bar, words), show };
}

/**
 * Make the rows of an exercise, and the answer bar with its progress.
 * @param {ChoiceView["model"]} model @param {string} word @param {AbortSignal} signal
 */
export function makeChoiceRows(model, word, signal) {
  const { items, options } = model.get("content");
  const rows = items.map((item) => makeRow(item, options, choose));
  const nodes = rows.map(({ node }) => node);
  const list = html("ul", { class: "choice-rows" }, nodes);
  const progress = makeProgress(items.length, word);
  const answer = holdDraft(model, signal, show, progress.node);

  function choose(/** @type {string} */ id, /** @type {string} */ chosen) {
    const { [id]: _, ...others } = answer.value();
    answer.put(chosen === NOTHING ? others : { ...others, [id]: chosen });
  }
  function show() {
    const value = answer.value();
    for (const [place, row] of rows.entries()) row.show(value[items[place].id]);
    progress.show(rows.filter((row) => row.isDone()).length);
  }
  show();
  return { rows, list, bar: answer.bar };
}
