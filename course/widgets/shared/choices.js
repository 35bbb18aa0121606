// One choice for each of several texts: what the labeller and the matching share.

import { holdDraft } from "./answer_bar.js";
import { makeButton, markIdle } from "./controls.js";
import { html, makeId } from "./elements.js";

/** @import { Choice, ChoiceView, Item } from "./types.d.ts" */

export const REST_MS = 300; // an arrow key passes over choices that are not meant

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

/** Show a text: in the module's words with a quoted phrase, or the original. */
export function writePassage(/** @type {Item} */ { text, quote, original }, inOriginal = false) {
  if (original && inOriginal) return [html("blockquote", {}, original)];
  const quoted = quote ? [html("p", { class: "note" }, "In the column’s words: ", html("q", {}, quote))] : [];
  return [html("p", {}, text), ...quoted];
}

/** Make the button that takes a choice back: `show` says of which text, and whether it has one. */
export function makeClear(/** @type {() => void} */ act) {
  const node = makeButton("Clear", act, { class: "clear" });
  /** @param {string} id @param {boolean} isChosen */
  function show(id, isChosen) {
    node.textContent = `Clear ${id}`;
    markIdle(node, !isChosen);
  }
  return { node, show };
}

/**
 * Hold the choices and count them in the answer bar; `show(value)` draws them. There the choice for
 * the text that `turn` named last can be taken back.
 * @param {ChoiceView["model"]} model @param {string} word such as "labeled"
 * @param {AbortSignal} signal @param {(value: Record<string, string>) => void} show
 */
export function holdChoices(model, word, signal, show) {
  const total = model.get("content").items.length;
  const progress = html("progress", { max: total, value: 0, "aria-label": `${word} so far` });
  const count = html("b");
  const rest = html("span");
  const answer = holdDraft(model, signal, update, html("p", {}, progress, " ", count, rest));
  const clear = makeClear(() => {
    const { [current]: chosen, ...others } = answer.value();
    if (chosen !== undefined) answer.put(others);
  });
  let current = model.get("content").items[0].id;
  const buttons = html("div", { class: "buttons" }, clear.node);
  answer.bar.append(buttons);
  function update() {
    const done = Object.keys(answer.value()).length;
    progress.value = done;
    count.textContent = `${done} of ${total}`;
    const isGraded = !model.get("question")?.startsWith("practice-");
    rest.textContent = done === total && isGraded ? ` ${word}. Points come with grading.` : ` ${word}`;
    clear.show(current, current in answer.value());
    show(answer.value());
  }
  function turn(/** @type {string} */ id) {
    current = id;
    update();
  }
  const choose = (/** @type {string} */ id, /** @type {string} */ option) =>
    answer.put({ ...answer.value(), [id]: option }, REST_MS);
  return { bar: answer.bar, buttons, value: answer.value, choose, turn };
}

/**
 * Make radio buttons for a text, none of them chosen at first.
 * @template {Choice} Option
 * @param {Option[]} options @param {(value: string) => void} choose
 * @param {(option: Option) => (string | Node)[]} [write] says what each means
 */
export function makeOptions(options, choose, write = writeLabel) {
  const name = makeId("choice");
  const inputs = options.map(({ value }) =>
    html("input", { type: "radio", name, value, onchange: () => choose(String(value)) }),
  );
  const labels = options.map((option, place) =>
    html("label", { class: "option" }, inputs[place], html("span", {}, ...write(option))),
  );
  function show(/** @type {string | undefined} */ chosen) {
    for (const input of inputs) input.checked = input.value === chosen;
  }
  return { labels, show, focus: () => (inputs.find(({ checked }) => checked) ?? inputs[0]).focus() };
}
