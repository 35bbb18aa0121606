// The role labeller: each paragraph gets one label, held against the whole codebook.

import { openChoicePages } from "../shared/choice_pages.js";

/** @import { ChoiceView } from "../shared/types.d.ts" */

const render = (/** @type {ChoiceView} */ view) =>
  openChoicePages(view, "role-labeller", { done: "labeled", ask: "is mainly …" });

export default { render };
