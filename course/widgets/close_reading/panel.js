// Close reading: each question is answered by marking a sentence of one of several documents.

import { openChoicePages } from "../shared/choice_pages.js";
import { makeReader } from "./reader.js";

/** @import { ReadingView } from "./types.d.ts" */

function render(/** @type {ReadingView} */ view) {
  const reader = makeReader(view.model.get("content").documents);
  return openChoicePages(view, "close-reading", {
    done: "marked",
    ask: "· mark one sentence",
    isAsked: true,
    nameOf: (option) => option.value,
    ...reader,
  });
}

export default { render };
