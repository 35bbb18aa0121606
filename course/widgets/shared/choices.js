// One choice for each of several texts: what the labeller and the matching share.

import { holdDraft } from "./draft.js";
import { html, makeId } from "./elements.js";

/** @import { Choice, ChoiceView } from "./types.d.ts" */

const REST_MS = 300; // an arrow key passes over choices that are not meant

/** Part a label such as "Reason: a claim one can dispute" into its name and what it means. */
export function splitLabel(/** @type {Choice} */ { label }) {
  const [, name, meaning] = /^(.+?): (.+)$/.exec(label) ?? [label, label, ""];
  return { name, meaning };
}

/** Write a label, its name before what it means. @param {Choice} option */
export function writeLabel(option) {
  const { name, meaning } = splitLabel(option);
  return [html("b", {}, name), meaning && " ", html("span", { class: "meaning" }, meaning)];
}

/**
 * Hold the choices and count them in the answer bar; `show(value)` draws them.
 * @param {ChoiceView["model"]} model @param {string} word such as "labeled"
 * @param {AbortSignal} signal @param {(value: Record<string, string>) => void} show
 */
export function holdChoices(model, word, signal, show) {
  const total = model.get("content").items.length;
  const progress = html("progress", { max: total, value: 0, "aria-label": `${word} so far` });
  const count = html("b");
  const rest = html("span");
  const answer = holdDraft(model, signal, update, html("p", {}, progress, " ", count, rest));
  function update() {
    const done = Object.keys(answer.value()).length;
    progress.value = done;
    count.textContent = `${done} of ${total}`;
    rest.textContent = done === total ? ` ${word}. Points come with grading.` : ` ${word}`;
    show(answer.value());
  }
  const choose = (/** @type {string} */ id, /** @type {string} */ option) =>
    answer.put({ ...answer.value(), [id]: option }, REST_MS);
  return { bar: answer.bar, value: answer.value, choose, update };
}

/**
 * Make radio buttons for a text, none of them chosen at first.
 * @param {Choice[]} options @param {(value: string) => void} choose
 */
export function makeOptions(options, choose) {
  const name = makeId("choice");
  const inputs = options.map(({ value }) =>
    html("input", { type: "radio", name, value, onchange: () => choose(String(value)) }),
  );
  const labels = options.map((option, place) =>
    html("label", { class: "option" }, inputs[place], html("span", {}, ...writeLabel(option))),
  );
  function show(/** @type {string | undefined} */ chosen) {
    for (const input of inputs) input.checked = input.value === chosen;
  }
  return { labels, show, focus: () => (inputs.find(({ checked }) => checked) ?? inputs[0]).focus() };
}
