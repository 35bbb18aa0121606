// Matching: each item gets one of the options; up to four of them are the columns of a table.

import { openChoicePages } from "../shared/choice_pages.js";
import { holdChoices, makeOptions, writeLabel, writePassage } from "../shared/choices.js";
import { html, makeId } from "../shared/elements.js";
import { openPanel } from "../shared/panel_frame.js";

/** @import { Choice, ChoiceView, Item } from "../shared/types.d.ts" */

const COLUMNS_AT_MOST = 4;

/**
 * Make a row: an item, and a radio button for each column.
 * @param {Item} item @param {Choice<string>[]} options @param {(value: string) => void} choose
 */
function makeRow(item, options, choose) {
  const radios = makeOptions(options, choose);
  const text = html("div", { class: "text", id: makeId("item") }, html("b", {}, item.id), " ", ...writePassage(item));
  const node = html("div", { class: "pair", role: "radiogroup", "aria-labelledby": text.id }, text, ...radios.labels);
  return { node, show: radios.show };
}

function render(/** @type {ChoiceView} */ { model, el }) {
  const { title, items, options } = model.get("content");
  if (options.length > COLUMNS_AT_MOST) {
    return openChoicePages({ model, el }, "matching", { done: "chosen", ask: "goes with …" });
  }
  const { root, signal, close } = openPanel({ model, el }, "matching", title);
  root.style.setProperty("--columns", String(options.length));
  const answer = holdChoices(model, "chosen", signal, show);
  const heads = options.map((option) => html("p", {}, ...writeLabel(option)));
  const rows = items.map((item) => {
    const row = makeRow(item, options, (option) => answer.choose(item.id, option));
    row.node.addEventListener("focusin", () => answer.turn(item.id));
    return row;
  });
  function show(/** @type {Record<string, string>} */ value) {
    for (const [place, row] of rows.entries()) row.show(value[items[place].id]);
  }
  root.append(html("div", { class: "pair heads" }, ...heads), ...rows.map(({ node }) => node), answer.bar);
  answer.turn(items[0].id);
  return close;
}

export default { render };
