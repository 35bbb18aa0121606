// The search over all rows of the tables: some at a time, each a button that enters it.

import { makeButton, makeDropDown, markIdle } from "../shared/controls.js";
import { html } from "../shared/elements.js";

/** @import { Row } from "./types.d.ts" */

const SHOWN = 3;
const REST_MS = 150; // of the hand, before a word is looked for
const ALL = "all tables";

/** Write a text so that case, accents and marks between words do not matter. @param {string} text */
function foldText(text) {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[\s_-]+/g, " ")
    .trim();
}

/** Find the rows that hold all words; one whose name was typed comes first. @param {Row[]} rows @param {string[]} folded */
function findRows(rows, folded, /** @type {string} */ asked, /** @type {string} */ table) {
  const whole = foldText(asked);
  const words = whole.split(" ").filter(Boolean);
  const found = [...rows.keys()].filter(
    (at) => (table === ALL || rows[at][0].startsWith(`${table}:`)) && words.every((word) => folded[at].includes(word)),
  );
  const rank = (/** @type {number} */ at) => Number(foldText(rows[at][0]) !== whole);
  return found.sort((one, other) => rank(one) - rank(other) || one - other).map((at) => rows[at]);
}

/**
 * Make the search; `choose(name)` is told which row was pressed.
 * @param {Row[]} rows @param {(name: string) => void} choose
 */
export function makeSearch(rows, choose) {
  const folded = rows.map((row) => foldText(row.join(" ")));
  const tables = [ALL, ...new Set(rows.map(([name]) => name.split(":")[0]))];
  const words = html("input", { type: "text", "aria-label": "Words or the name of a row", autocomplete: "off" });
  const table = makeDropDown(tables, () => look());
  table.setAttribute("aria-label", "In which table");
  const more = makeButton("Next rows", () => turn());
  const count = html("p", { class: "note", role: "status" });
  const list = html("ol", { class: "found", "aria-label": "Rows found" });
  let found = rows;
  let first = 0;
  let timer = 0;
  function show() {
    const some = found.slice(first, first + SHOWN);
    const entries = some.map(([name, text]) => {
      const act = makeButton("", () => choose(name), {
        class: "slim",
        "aria-label": `Enter ${name}: ${text.slice(0, 120)}`,
      });
      act.append(html("b", {}, name), html("span", {}, ` ${text}`));
      return html("li", {}, act);
    });
    list.replaceChildren(...entries);
    count.textContent = found.length ? `${first + 1} to ${first + some.length} of ${found.length}` : "none found";
    markIdle(more, found.length <= SHOWN);
  }
  function look() {
    found = findRows(rows, folded, words.value, table.value);
    first = 0;
    show();
  }
  function turn() {
    if (found.length <= SHOWN) return;
    first = first + SHOWN < found.length ? first + SHOWN : 0;
    show();
  }
  words.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(look, REST_MS);
  });
  words.addEventListener("keydown", ({ key }) => {
    if (key !== "Enter") return;
    window.clearTimeout(timer);
    look();
    if (found.length) choose(found[0][0]);
  });
  show();
  const controls = html("div", { class: "controls" }, html("span", {}, "Search"), words, table, more, count);
  return html("div", { class: "search", role: "group", "aria-label": "Search the tables" }, controls, list);
}
