// Buttons, and controls under a label that can be seen.

import { html, makeId } from "./elements.js";

/** @import { Settings } from "./types.d.ts" */

/** Make a button. @param {string} text @param {() => void} act @param {Settings} [settings] */
export function makeButton(text, act, settings = {}) {
  return html("button", { type: "button", onclick: act, ...settings }, text);
}

/** Say of a button that it would do nothing now. Not by `disabled`: that would throw the focus out of the panel. */
export function markIdle(/** @type {Element} */ button, /** @type {boolean} */ idle) {
  button.setAttribute("aria-disabled", String(idle));
}

/** Put a control under its label. @param {string} text @param {HTMLElement} control */
export function labelControl(text, control) {
  control.id = makeId("control");
  return html("div", { class: "field" }, html("label", { for: control.id }, text), control);
}

/**
 * Make a button that shows and hides a part of the page.
 * @param {string} text @param {HTMLElement} part @param {() => void} toggled
 */
export function makeDisclosure(text, part, toggled) {
  part.hidden = true;
  const act = () => {
    part.hidden = !part.hidden;
    node.setAttribute("aria-expanded", String(!part.hidden));
    toggled();
  };
  const node = makeButton(text, act, { "aria-expanded": "false" });
  return node;
}
