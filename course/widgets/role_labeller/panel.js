// The role labeller: each paragraph gets one label; what is labelled can be put out of sight.

import { makeTickBox } from "../shared/choice_list.js";
import { makeChoiceRows } from "../shared/choice_rows.js";
import { findFocus, html } from "../shared/elements.js";
import { openPanel } from "../shared/panel_frame.js";

/** @import { ChoiceView } from "../shared/types.d.ts" */

/**
 * Make the box "Only those not yet labeled". A row that is labelled while the box is ticked goes
 * out of sight when the focus has left it; under a pointer that is at work in the list nothing moves.
 * @param {{ node: HTMLElement, isDone: () => boolean }[]} rows
 * @param {HTMLElement} list @param {AbortSignal} signal
 */
function makeFilter(rows, list, signal) {
  const { box, node } = makeTickBox("Only those not yet labeled", apply);
  const nothing = html("p", { class: "note", hidden: true }, "Nothing is left: all have a label.");
  let byPointer = false;

  function apply() {
    const focused = findFocus(list);
    for (const { node, isDone } of rows) {
      node.hidden = box.checked && isDone() && !node.contains(focused);
    }
    nothing.hidden = rows.some(({ node }) => !node.hidden);
  }
  function leave(/** @type {FocusEvent} */ { relatedTarget }) {
    if (!byPointer) setTimeout(apply);
    else if (!list.contains(/** @type {Node | null} */ (relatedTarget))) {
      // Not before the click is over: it would miss what it was meant for.
      window.addEventListener("pointerup", () => setTimeout(apply), { once: true });
    }
  }
  function note(/** @type {Event} */ { type }) {
    byPointer = type === "pointerdown";
  }
  for (const event of ["pointerdown", "keydown"]) {
    document.addEventListener(event, note, { capture: true, signal });
  }
  list.addEventListener("focusout", leave);
  return { node, nothing };
}

function render(/** @type {ChoiceView} */ { model, el }) {
  const { title, items } = model.get("content");
  const { root, signal, close } = openPanel({ model, el }, "role-labeller", title);
  const { rows, list, bar } = makeChoiceRows(model, "labelled", signal);
  const filter = makeFilter(rows, list, signal);
  if (items.some(({ original }) => original)) list.classList.add("with-originals");
  root.append(filter.node, list, filter.nothing, bar);
  return close;
}

export default { render };
