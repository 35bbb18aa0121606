// The numbers behind a figure as a table.

import { html } from "./elements.js";

/** @import { Child } from "./types.d.ts" */

/** Make a table; the first cell of each row is its header. */
export function makeTable(/** @type {string} */ caption, /** @type {string[]} */ head, /** @type {Child[][]} */ rows) {
  const heads = head.map((text) => html("th", { scope: "col" }, text));
  const body = html("tbody", {}, rows.map(makeTableRow));
  return html("table", {}, html("caption", {}, caption), html("thead", {}, html("tr", {}, heads)), body);
}

/** Make a row of such a table. @param {Child[]} row */
export function makeTableRow([header, ...cells]) {
  const rest = cells.map((cell) => html("td", {}, cell));
  return html("tr", {}, html("th", { scope: "row" }, header), rest);
}

/**
 * Make a table of counts, in columns of numbers; the rows named in `sums` are totals.
 * @param {string} caption @param {string[]} head @param {Child[][]} rows @param {number[]} sums
 */
export function makeCountTable(caption, head, rows, sums) {
  const table = makeTable(caption, head, rows);
  table.classList.add("numbers");
  for (const row of sums) table.tBodies[0].rows[row].classList.add("sum");
  return scrollSideways(table);
}

/** Let a table scroll where it is too wide; only then it takes a stop of the Tab key. */
export function scrollSideways(/** @type {HTMLTableElement} */ table) {
  const name = table.caption?.textContent ?? "";
  const stop = { role: "group", "aria-label": name, tabindex: "0" };
  const node = html("div", { class: "sideways" }, table);
  new ResizeObserver(() => {
    const scrolls = node.scrollWidth > node.clientWidth;
    for (const [attribute, setting] of Object.entries(stop)) {
      if (scrolls) node.setAttribute(attribute, setting);
      else node.removeAttribute(attribute);
    }
  }).observe(node);
  return node;
}
