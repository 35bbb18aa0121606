// Where the votes of the eliminated candidates can have gone between the two rounds.

import { makeAnswerBar } from "../shared/answer_bar.js";
import { labelControl, makeButton, markIdle } from "../shared/buttons.js";
import { makeTickBox } from "../shared/choice_list.js";
import { html, makeId, svg } from "../shared/elements.js";
import { defineFills, drawBar, makeLegend } from "../shared/fills.js";
import { writeCount } from "../shared/numbers.js";
import { listenTo, openPanel, redrawOnResize } from "../shared/panel_frame.js";
import { makeCountTable } from "../shared/table_twin.js";
import { balanceVotes, listObstacles, SIDES } from "./balance.js";

/** @import { Fill, View } from "../shared/types.d.ts" */
/** @import { Answer, Balance, Numbers, Side, Split } from "./types.d.ts" */

const ROW = { height: 34, label: 22, gap: 20 };
const STEP = ROW.height + ROW.label + ROW.gap;
const COARSE = 10000;
/** @type {Fill[]} */
const PIECES = [
  { key: "own", pattern: "plain", label: "own votes from the first round" },
  { key: "given", pattern: "stripes", label: "from eliminated candidates" },
  { key: "fresh", pattern: "dots", label: "from new voters" },
  { key: "excess", pattern: "crosses", label: "too many: beyond the runoff total (thick line)" },
];
const ASSUMPTIONS = [
  "Everyone who voted for García or Humala in the first round did so again.",
  "Everyone who voted for an eliminated candidate cast a valid vote in the runoff.",
  "All other votes came from new voters: people without a valid vote in the first round.",
];

/** Show a balance as a table. @param {Balance} balance @param {boolean} mayStayAway */
function makeNumbers({ garcia, humala, away }, mayStayAway) {
  /** @type {[string, keyof Side][]} */
  const kinds = [
    ["Own votes from the first round", "own"],
    ["From eliminated candidates", "given"],
    ["From new voters", "fresh"],
    ["Runoff total (official)", "total"],
  ];
  const rows = kinds.map(([label, key]) => [
    label,
    ...[garcia[key], humala[key], garcia[key] + humala[key]].map(writeCount),
  ]);
  if (mayStayAway) rows.push(["Eliminated: no valid vote now", "–", "–", writeCount(away)]);
  const head = ["Votes", "García", "Humala", "Both"];
  return makeCountTable("What the split implies", head, rows, [3]);
}

/**
 * Draw a bar for each finalist: pieces up to the runoff total, and what stands out beyond it.
 * @param {string} prefix @param {Numbers} numbers @param {Balance} balance @param {number} width
 */
function drawFigure(prefix, numbers, balance, width) {
  const longest = Math.max(numbers.garcia_first, numbers.humala_first) + numbers.eliminated;
  const scale = width / Math.max(longest, numbers.garcia_runoff, numbers.humala_runoff);
  const bars = SIDES.map(({ key, name }, row) => {
    const { own, given, fresh, total } = balance[key];
    const y = row * STEP + ROW.label;
    const lengths = {
      own,
      given: given + Math.min(fresh, 0),
      fresh: Math.max(fresh, 0),
      excess: Math.max(-fresh, 0),
    };
    const bar = drawBar(prefix, PIECES, lengths, { y, height: ROW.height, scale });
    const text = svg("text", { x: 0, y: y - 7 }, `${name}: runoff total ${writeCount(total)}`);
    const [x1, x2] = [total * scale, total * scale];
    const goal = svg("line", { x1, x2, y1: y - 5, y2: y + ROW.height + 5, class: "goal" });
    return svg("g", {}, text, bar, goal);
  });
  const words = SIDES.map(({ key, name }) => {
    const { own, given, fresh, total } = balance[key];
    return (
      `${name}: ${writeCount(own)} own votes, ${writeCount(given)} from eliminated candidates, ` +
      `${writeCount(fresh)} from new voters, ${writeCount(total)} in the runoff.`
    );
  });
  const name = `Bars. ${words.join(" ")}`;
  const size = { width, height: 2 * STEP };
  return svg("svg", { role: "img", "aria-label": name, ...size }, defineFills(prefix, PIECES), bars);
}

/**
 * Make a field for votes with a slider for coarse steps; `read` gives null while it is no count.
 * @param {string} text @param {number} highest @param {number} start @param {() => void} changed
 */
function makeVotesField(text, highest, start, changed) {
  const label = `${text}, in steps of ${writeCount(COARSE)}`;
  const range = { min: 0, max: highest };
  const exact = html("input", { ...range, type: "number", step: 1, value: start, oninput: act });
  const slider = html("input", {
    ...{ ...range, type: "range", step: COARSE, "aria-label": label },
    oninput: () => {
      exact.value = slider.value;
      act();
    },
  });
  function read() {
    const number = exact.value === "" ? Number.NaN : Number(exact.value);
    return Number.isInteger(number) && number >= 0 && number <= highest ? number : null;
  }
  function show() {
    const number = read();
    exact.setAttribute("aria-invalid", String(number === null));
    if (number === null) return;
    slider.value = String(number);
    slider.setAttribute("aria-valuetext", `${writeCount(number)} votes`);
  }
  function act() {
    show();
    changed();
  }
  show();
  const field = labelControl(text, exact);
  field.append(slider);
  return { field, read };
}

/** Say what the laboratory supposes; the second assumption can be lifted. */
function makePremises(/** @type {Numbers} */ numbers, /** @type {() => void} */ changed) {
  const text = "Assumption 2 holds (untick it to explore; your answer has to keep it)";
  const items = ASSUMPTIONS.map((assumption) => html("li", {}, assumption));
  const { box, node: choice } = makeTickBox(text, act, { checked: true });
  function act() {
    items[1].classList.toggle("lifted", !box.checked);
    changed();
  }
  const lead =
    `The ${numbers.eliminated_candidates} eliminated candidates had ` +
    `${writeCount(numbers.eliminated)} votes together. Give some of them to García and see what ` +
    "follows if:";
  const list = html("ol", { class: "assumptions" }, items);
  const node = html("div", {}, html("p", {}, lead), list, choice);
  return { node, areLifted: () => !box.checked };
}

/**
 * Make the fields for a split; `read` gives null while an entry is no count.
 * @param {number} highest @param {() => boolean} lifted @param {() => void} changed
 */
function makeSplit(highest, lifted, changed) {
  const half = Math.round(highest / 2);
  const garcia = makeVotesField("Votes that went to García", highest, half, changed);
  const humala = makeVotesField("Votes that went to Humala", highest, highest - half, changed);

  /** @returns {Split | null} */
  function read() {
    humala.field.hidden = !lifted();
    const toGarcia = garcia.read();
    const toHumala = lifted() || toGarcia === null ? humala.read() : highest - toGarcia;
    return toGarcia === null || toHumala === null ? null : { garcia: toGarcia, humala: toHumala };
  }
  return { node: html("div", { class: "controls" }, garcia.field, humala.field), read };
}

/** Show what a split implies: a sentence, the figure, the table. */
function makeBalanceView(/** @type {Numbers} */ numbers, /** @type {() => boolean} */ lifted) {
  const prefix = makeId("piece");
  const rest = html("p", { class: "note" });
  const verdict = html("p", { class: "verdict", role: "status" });
  const drawing = html("div", { class: "figure" });
  const below = html("div");

  function show(/** @type {Split | null} */ split) {
    verdict.classList.toggle("trouble", split === null);
    if (split === null) {
      verdict.textContent = sayWhatToEnter(numbers);
      return;
    }
    const balance = balanceVotes(numbers, split);
    const width = Math.max(drawing.clientWidth, 200);
    const figure = drawFigure(prefix, numbers, balance, width);
    drawing.replaceChildren(figure, makeLegend(prefix, PIECES));
    below.replaceChildren(makeNumbers(balance, lifted()));
    rest.textContent = lifted()
      ? `The rest, ${writeCount(balance.away)}, cast no valid vote in the runoff.`
      : `The rest, ${writeCount(split.humala)}, went to Humala.`;
    const reasons = listObstacles(numbers, balance);
    verdict.textContent = reasons.length
      ? `✗ Not possible: ${reasons.join(" ")}`
      : "✓ Possible: no number of voters is negative, and every total is met.";
  }
  return { nodes: [rest, verdict, drawing, below], drawing, show };
}

/** Say what a field takes. @param {Numbers} numbers */
function sayWhatToEnter({ eliminated }) {
  return `Enter a whole number from 0 to ${eliminated}, without commas.`;
}

/** Make the two buttons that keep the number as an answer, and the line that shows what is kept. */
function makeKeeping(/** @type {(name: keyof Answer) => void} */ keep) {
  const buttons = [
    makeButton("Keep as the fewest", () => keep("fewest")),
    makeButton("Keep as the most", () => keep("most")),
  ];
  const line = html("p");
  function show(/** @type {Answer} */ { fewest, most }, /** @type {boolean} */ lifted) {
    const [least, largest] = [fewest, most].map((votes) => (votes === undefined ? "not kept yet" : writeCount(votes)));
    line.textContent = `Your answer: fewest ${least}, most ${largest}.`;
    for (const node of buttons) markIdle(node, lifted);
  }
  return { line, buttons, show };
}

function render(/** @type {View<Numbers, Answer>} */ { model, el }) {
  const numbers = model.get("content");
  const title = "Runoff laboratory: where can the votes have gone?";
  const { root, signal, close } = openPanel({ model, el }, "runoff-laboratory", title);

  function show() {
    view.show(split.read());
    answers.show(model.get("value"), premises.areLifted());
  }
  const premises = makePremises(numbers, show);
  const split = makeSplit(numbers.eliminated, premises.areLifted, show);
  const view = makeBalanceView(numbers, premises.areLifted);
  const answers = makeKeeping((name) => {
    const given = split.read();
    if (premises.areLifted()) kept.say("Not saved: your answer has to keep assumption 2.");
    else if (given === null) kept.say(`Not saved. ${sayWhatToEnter(numbers)}`);
    else kept.send({ ...model.get("value"), [name]: given.garcia });
  });
  const kept = makeAnswerBar(model, signal, answers.line, answers.buttons);
  root.append(premises.node, split.node, ...view.nodes, kept.node);
  show();
  listenTo(model, { "change:value": show }, signal);
  redrawOnResize(view.drawing, show, signal);
  return close;
}

export default { render };
