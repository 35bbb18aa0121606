// Where the votes of the eliminated candidates can have gone between the two rounds.

import { makeAnswerBar } from "../shared/answer_bar.js";
import { makeButton, makeTickBox, markIdle } from "../shared/controls.js";
import { html, makeId, makeSpokenLine } from "../shared/elements.js";
import { makeLegend } from "../shared/fills.js";
import { writeCount } from "../shared/numbers.js";
import { listenTo, openPanel, redrawOnResize } from "../shared/panel_frame.js";
import { makeCountTable } from "../shared/table_twin.js";
import { balanceVotes, listObstacles } from "./balance.js";
import { makePot } from "./pot.js";
import { drawVessels, PIECES } from "./vessels.js";

/** @import { View } from "../shared/types.d.ts" */
/** @import { Answer, Balance, Numbers, Side, State } from "./types.d.ts" */

/** What the verdict says in each state but "impossible", which has its own reasons. */
const VERDICTS = {
  none: ["Not tried yet", "Move the split: the two bars fill up from the pot above."],
  possible: ["Possible", "Both runoff totals can be met: the dotted rest are new voters."],
  impossible: ["Not possible", ""],
};
const REMARKS = {
  none: "Only a possible split can be kept.",
  possible: "Is there a possible split with fewer, or with more? Only a possible split can be kept.",
  impossible: "This split is not possible, so it cannot be kept.",
  lifted: "Your answer is asked for with every voter of the 18 casting a valid vote: tick that again.",
  swapped: "The fewest is larger than the most: change one of them.",
};
/** @type {{ key: keyof Answer, name: string }[]} */
const SLOTS = [
  { key: "fewest", name: "Fewest" },
  { key: "most", name: "Most" },
];

/** Show a balance as a table. @param {Balance} balance @param {boolean} mayStayAway */
function makeNumbers({ garcia, humala, away }, mayStayAway) {
  /** @type {[string, keyof Side][]} */
  const kinds = [
    ["Own voters of April", "own"],
    ["From the 18", "given"],
    ["New voters", "fresh"],
    ["Runoff total (official)", "total"],
  ];
  const rows = kinds.map(([label, key]) => [
    label,
    ...[garcia[key], humala[key], garcia[key] + humala[key]].map(writeCount),
  ]);
  if (mayStayAway) rows.push(["Of the 18: no valid vote", "–", "–", writeCount(away)]);
  return makeCountTable("What the split implies", ["Votes", "García", "Humala", "Both"], rows, [3]);
}

/** Make the two slots of the answer, each with its button, and the line that says what can be kept. */
function makeSlots(/** @type {(key: keyof Answer) => void} */ keep) {
  const slots = SLOTS.map(({ key, name }) => {
    const value = html("b");
    const words = html("span", {}, `${name} to García`, html("br"), value);
    const button = makeButton(`Keep this split as the ${key}`, () => keep(key));
    return { key, value, button, node: html("div", { class: "slot" }, words, button) };
  });
  const remark = html("p", { class: "note remark" });
  const nodes = slots.map(({ node }) => node);
  const node = html("div", {}, html("div", { class: "slots" }, nodes), remark);
  function show(/** @type {Answer} */ answer, /** @type {State} */ state) {
    const { fewest, most } = answer;
    for (const { key, value, button } of slots) {
      value.textContent = answer[key] === undefined ? "none yet" : writeCount(answer[key]);
      markIdle(button, state !== "possible");
    }
    const swapped = fewest !== undefined && most !== undefined && fewest > most;
    const kept = state === "impossible" && (fewest ?? most) !== undefined;
    remark.textContent = swapped ? REMARKS.swapped : REMARKS[state] + (kept ? " Your answer from before stays." : "");
  }
  return { node, show };
}

function render(/** @type {View<Numbers, Answer>} */ { model, el }) {
  const numbers = model.get("content");
  const title = "Where can the votes of the eliminated have gone?";
  const { root, signal, close } = openPanel({ model, el }, "runoff-laboratory", title);
  const prefix = makeId("piece");
  const count = numbers.eliminated_candidates;
  const { box, node: choice } = makeTickBox(`every voter of the ${count} cast a valid vote`, show, { checked: true });
  const premise = "Assumed: García’s and Humala’s own voters stayed with them.";
  const lead = html("p", {}, html("b", {}, `${writeCount(numbers.eliminated)} votes`));
  lead.append(
    ` of the ${count} eliminated candidates`,
    html("span", { class: "wide" }, " · drag the split, or use the arrow keys"),
  );
  const pot = makePot(numbers, () => !box.checked, show);
  const verdict = html("p", { class: "verdict", role: "status" });
  const drawing = html("div", { class: "figure" });
  const legend = makeLegend(prefix, PIECES.slice(0, 3));
  legend.append(html("li", {}, html("span", { class: "key goal" }), "runoff total, fixed"));
  const twin = html("div");
  let state = /** @type {State} */ ("none");
  let idle = true;

  const spoken = makeSpokenLine();
  const slots = makeSlots((key) => {
    const split = pot.read();
    if (!split || idle)
      spoken.textContent = REMARKS[state]; // as it stands above, for those who cannot see it
    else bar.send({ ...model.get("value"), [key]: split.garcia });
  });
  const bar = makeAnswerBar(model, signal, slots.node);

  function show() {
    const split = pot.read();
    const balance = balanceVotes(numbers, split ?? { garcia: 0, humala: 0 });
    const reasons = split ? listObstacles(numbers, balance) : [];
    const found = !split ? "none" : reasons.length ? "impossible" : "possible";
    state = found === "possible" && !box.checked ? "lifted" : found;
    idle = state !== "possible";
    pot.show();
    sayVerdict(found, reasons);
    drawing.replaceChildren(drawVessels(prefix, numbers, balance, split !== null, Math.max(drawing.clientWidth, 200)));
    twin.replaceChildren(makeNumbers(balance, !box.checked));
    slots.show(model.get("value"), state);
  }
  function sayVerdict(/** @type {"none" | "possible" | "impossible"} */ found, /** @type {string[]} */ reasons) {
    const [chip, words] = VERDICTS[found];
    const said = pot.isRefused()
      ? ["No count", `Write a whole number from 0 to ${writeCount(numbers.eliminated)}. The split stays as it was.`]
      : [chip, reasons.join(" ") || words];
    verdict.dataset.state = pot.isRefused() ? "impossible" : found;
    if (verdict.textContent !== said.join("")) {
      verdict.replaceChildren(html("span", { class: "chip" }, said[0]), html("span", {}, said[1]));
    }
  }
  const table = html("details", {}, html("summary", {}, "The same as a table"), twin);
  root.append(html("div", { class: "premise note flow" }, premise, choice), lead, ...pot.nodes);
  root.append(verdict, drawing, legend, spoken, bar.node, table);
  show();
  listenTo(model, { "change:value": show }, signal);
  redrawOnResize(drawing, show, signal);
  return close;
}

export default { render };
