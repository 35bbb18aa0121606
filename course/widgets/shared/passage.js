// A text of an exercise as it stands in a panel.

import { html } from "./elements.js";

/** @import { Item } from "./types.d.ts" */

/** Show a text: in the module's words with a quoted phrase, or the original. */
export function writePassage(/** @type {Item} */ { text, quote, original }, inOriginal = false) {
  if (original && inOriginal) return [html("blockquote", {}, original)];
  const quoted = quote ? [html("p", { class: "note" }, "In the column’s words: ", html("q", {}, quote))] : [];
  return [html("p", {}, text), ...quoted];
}
