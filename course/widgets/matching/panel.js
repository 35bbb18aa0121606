// Matching: each item gets one of the options.

import { makeChoiceRows } from "../shared/choice_rows.js";
import { openPanel } from "../shared/panel_frame.js";

/** @import { ChoiceView } from "../shared/types.d.ts" */

function render(/** @type {ChoiceView} */ { model, el }) {
  const { root, signal, close } = openPanel(el, "matching", model.get("content").title);
  const { list, progress, kept } = makeChoiceRows(model, "chosen", signal);
  root.append(list, progress, kept);
  return close;
}

export default { render };
