// The pot of votes, which is a slider: a bar that handles split, the exact number, and steps.

import { labelControl, makeButton, makeDropDown, markIdle } from "../shared/controls.js";
import { html } from "../shared/elements.js";
import { writeCount } from "../shared/numbers.js";
import { readCount, roundDragged } from "./balance.js";

/** @import { Numbers, Split } from "./types.d.ts" */

const STEPS = [1_000_000, 100_000, 10_000, 1000, 100, 10, 1];
const FIRST_STEP = 10_000;
/** How many steps a key goes. @type {Record<string, number>} */
const KEYS = { ArrowRight: 1, ArrowUp: 1, PageUp: 10, ArrowLeft: -1, ArrowDown: -1, PageDown: -10 };

/**
 * Make a handle of the pot; `move(votes)` is called with where it is to go.
 * @param {number} highest @param {string} name
 * @param {() => number} step @param {(votes: number) => void} move
 */
function makeHandle(highest, name, step, move) {
  const node = html("input", { type: "range", min: 0, max: highest, step: 1, "aria-label": name });
  node.addEventListener("input", () => move(roundDragged(Number(node.value), highest)));
  node.addEventListener("keydown", (event) => {
    const { key } = event;
    if (key === "Home" || key === "End") move(key === "Home" ? 0 : highest);
    else if (KEYS[key]) move(Number(node.value) + KEYS[key] * step());
    else return;
    event.preventDefault(); // the browser's own steps are of one vote, or of a tenth of all
  });
  return node;
}

/**
 * Make the pot: García's votes lie left of the first handle, Humala's right of the second, which is
 * there while some may have given no valid vote. `read()` gives null until something was tried.
 * @param {Numbers} numbers @param {() => boolean} lifted @param {() => void} changed
 */
export function makePot(numbers, lifted, changed) {
  const highest = numbers.eliminated;
  const middle = roundDragged(highest / 2, highest);
  const limit = (/** @type {number} */ votes) => Math.min(Math.max(votes, 0), highest);
  let split = /** @type {{ first: number, second: number } | null} */ (null);
  let refused = false;

  function put(/** @type {number} */ first, /** @type {number} */ second) {
    split = { first: limit(first), second: limit(second) };
    refused = false;
    changed();
  }
  const moveFirst = (/** @type {number} */ votes) =>
    put(votes, lifted() ? Math.max(split?.second ?? votes, votes) : votes);
  const moveSecond = (/** @type {number} */ votes) => put(Math.min(split?.first ?? votes, votes), votes);
  const step = () => Number(steps.value);
  const count = writeCount(numbers.eliminated_candidates);
  const first = makeHandle(highest, `Split of the votes of the ${count}`, step, moveFirst);
  const second = makeHandle(highest, "End of those who gave no valid vote", step, moveSecond);
  const bar = html("div", { class: "pot" }, first, second);

  const field = html("input", { type: "text", inputmode: "numeric", autocomplete: "off", size: 11 });
  function enter() {
    if (!field.value.trim() && !split) return;
    const votes = readCount(field.value, highest);
    if (votes !== null) return moveFirst(votes);
    refused = true;
    changed();
  }
  field.addEventListener("change", enter);
  const steps = makeDropDown(STEPS.map((value) => ({ value, label: writeCount(value) })));
  steps.value = String(FIRST_STEP);
  const go = (/** @type {number} */ way) => moveFirst((split?.first ?? middle) + way * step());
  const [fewer, more] = [makeButton("− Fewer", () => go(-1)), makeButton("+ More", () => go(1))];
  const stepping = html("div", { class: "controls stepping" }, labelControl("Step", steps), fewer, more);
  const fine = html("div", { class: "controls" }, labelControl("Votes to García", field), stepping);

  const ends = ["garcia", "away", "humala"].map((key) => html("b", { class: key }));
  const [toGarcia, away, toHumala] = ends.map((end, place) =>
    html("span", {}, `${["to García", "gave no valid vote", "to Humala"][place]} `, end),
  );
  const line = html("p", { class: "ends flow" }, toGarcia, away, toHumala);

  /** @returns {Split | null} */
  function read() {
    return split && { garcia: split.first, humala: highest - (lifted() ? split.second : split.first) };
  }
  function show() {
    const now = read();
    const [left, right] = now ? [now.garcia, highest - now.humala] : [middle, middle];
    bar.classList.toggle("none", !now);
    bar.style.setProperty("--left", `${(100 * left) / highest}%`);
    bar.style.setProperty("--right", `${(100 * right) / highest}%`);
    second.hidden = away.hidden = !lifted();
    [first.value, second.value] = [String(left), String(right)];
    const words = now ? [now.garcia, right - left, now.humala].map(writeCount) : ["–", "–", "–"];
    for (const [place, end] of ends.entries()) end.textContent = words[place];
    const said = now ? `${words[0]} to García, ${words[2]} to Humala` : "nothing is split yet";
    first.setAttribute("aria-valuetext", said);
    second.setAttribute("aria-valuetext", `${words[1]} gave no valid vote, ${words[2]} to Humala`);
    field.setAttribute("aria-invalid", String(refused));
    if (!refused) field.value = now ? words[0] : "";
    markIdle(fewer, now?.garcia === 0);
    markIdle(more, now?.garcia === highest);
  }
  return { nodes: [bar, line, fine], read, show, isRefused: () => refused };
}
