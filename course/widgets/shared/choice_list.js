// Choices among a few values: a drop-down list, radio buttons, a box to tick.

import { html, makeId } from "./elements.js";

/** @import { Child, Choice, Settings } from "./types.d.ts" */

/** Make a drop-down list. @param {Choice[]} choices @param {() => void} [changed] */
export function makeDropDown(choices, changed) {
  const options = choices.map(({ value, label }) => html("option", { value }, label));
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
    inputs.forEach((input, place) => {
      input.checked = choices[place].value === chosen;
    });
    changed();
  }
  return { node, value, choose };
}

/** Make a box to tick in its label. @param {Child} label @param {() => void} changed @param {Settings} [settings] */
export function makeTickBox(label, changed, settings = {}) {
  const box = html("input", { type: "checkbox", onchange: changed, ...settings });
  return { box, node: html("label", { class: "choice" }, box, label) };
}
