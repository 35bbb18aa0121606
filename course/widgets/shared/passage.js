// A text of an exercise as it stands in a panel.

import { html } from "./elements.js";

/** @import { Item } from "./types.d.ts" */

/** Show a text: in the module's words, a quoted phrase, and the original where there is one. @param {Item} item */
export function showPassage({ text, quote, original }) {
  const own = html("div", {}, html("p", {}, text));
  if (quote) {
    own.append(html("p", { class: "note" }, "In the column’s words: ", html("q", {}, quote)));
  }
  return original ? [own, html("blockquote", {}, html("p", {}, original))] : [own];
}
