// Buttons, controls under a label that can be seen, and choices among a few values.

import { html, makeId } from "./elements.js";

/** @import { Child, Choice, Settings } from "./types.d.ts" */

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
 * Make a button that shows and hides a part of the page; `write(latest)` fills the part while it is
 * on the page, `show(latest)` says what with.
 * @template Value
 * @param {string} text @param {HTMLElement} part @param {Value} latest @param {(latest: Value) => void} write
 */
export function makeDisclosure(text, part, latest, write) {
  part.hidden = true;
  const act = () => {
    part.hidden = !part.hidden;
    node.setAttribute("aria-expanded", String(!part.hidden));
    show(latest);
  };
  const node = makeButton(text, act, { "aria-expanded": "false" });
  function show(/** @type {Value} */ next) {
    latest = next;
    if (!part.hidden) write(next);
  }
  return { node, show };
}

/**
 * Make a drop-down list; a text alone is both value and label.
 * @param {(Choice | string)[]} choices @param {() => void} [changed]
 */
export function makeDropDown(choices, changed) {
  const options = choices.map((one) =>
    typeof one === "string" ? html("option", {}, one) : html("option", { value: one.value }, one.label),
  );
  return html("select", { onchange: changed }, options);
}

/**
 * Make radio buttons under a legend; the first is chosen.
 * @template {string} Value
 * @param {string} legend @param {Choice<Value>[]} choices @param {() => void} changed
 */
export function makeRadios(legend, choices, changed) {
  const name = makeId("radio");
  const inputs = choices.map(({ value }, place) =>
    html("input", { type: "radio", name, value, checked: place === 0, onchange: changed }),
  );
  const labels = choices.map(({ label }, place) => html("label", { class: "choice" }, inputs[place], label));
  const node = html("fieldset", {}, html("legend", {}, legend), labels);
  const value = () => choices[inputs.findIndex(({ checked }) => checked)].value;
  function choose(/** @type {Value} */ chosen) {
    inputs[choices.findIndex(({ value }) => value === chosen)].checked = true;
    changed();
  }
  return { node, value, choose };
}

/** Make a box to tick in its label. @param {Child} label @param {() => void} changed @param {Settings} [settings] */
export function makeTickBox(label, changed, settings = {}) {
  const box = html("input", { type: "checkbox", onchange: changed, ...settings });
  return { box, node: html("label", { class: "choice" }, box, label) };
}
