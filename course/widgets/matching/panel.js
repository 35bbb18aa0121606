// Matching: each item gets one of the options.

import { makeChoiceRows } from "../shared/choice_rows.js";
import { openPanel } from "../shared/panel_frame.js";

/** @import { ChoiceView } from "../shared/types.d.ts" */

function render(/** @type {ChoiceView} */ { model, el }) {
  const { root, signal, close } = openPanel({ model, el }, "matching", model.get("content").title);
  const { list, bar } = makeChoiceRows(model, "chosen", signal);
  root.append(list, bar);
  return close;
}

export default { render };
