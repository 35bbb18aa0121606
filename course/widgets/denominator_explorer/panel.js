// One candidate's votes as a part of three wholes: valid votes, votes cast, registered electors.

import { labelControl } from "../shared/buttons.js";
import { makeDropDown, makeRadios } from "../shared/choice_list.js";
import { html, makeId, svg } from "../shared/elements.js";
import { defineFills, drawBar, makeLegend } from "../shared/fills.js";
import { writeCount } from "../shared/numbers.js";
import { openPanel, redrawOnResize } from "../shared/panel_frame.js";
import { makeCountTable } from "../shared/table_twin.js";

/** @import { Fill, View } from "../shared/types.d.ts" */
/** @import { Candidate, Content, Place, Whole } from "./types.d.ts" */

/** @type {Fill[]} */
const PARTS = [
  { key: "candidate", pattern: "plain", label: "the candidate's votes" },
  { key: "others", pattern: "plain", label: "all other valid votes" },
  { key: "blank", pattern: "dots", label: "blank votes" },
  { key: "null", pattern: "stripes", label: "null votes" },
  { key: "absent", pattern: "plain", label: "registered, did not vote" },
];
/** @type {{ label: string, total: Whole, parts: number }[]} */
const WHOLES = [
  { label: "Valid votes", total: "valid_votes", parts: 2 },
  { label: "Votes cast", total: "votes_cast", parts: 4 },
  { label: "Registered electors", total: "registered", parts: 5 },
];
const BAR = { height: 30, label: 22, gap: 16, axis: 30 };
const STEP = BAR.label + BAR.height + BAR.gap;
const BOTTOM = WHOLES.length * STEP - BAR.gap + 6;

/** Split a place's registered electors into parts. @param {Place} place @param {Candidate} candidate */
function splitElectors(place, candidate) {
  const votes = place.votes[candidate.column];
  return {
    candidate: votes,
    others: place.valid_votes - votes,
    blank: place.blank_votes,
    null: place.null_votes,
    absent: place.registered - place.votes_cast,
  };
}

/** Choose round steps for an axis of votes, so few that their labels do not touch. */
function chooseStep(/** @type {number} */ highest, /** @type {number} */ width) {
  const rough = highest / Math.min(4, Math.max(1, width / 100));
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 5].find((times) => times * power >= rough) ?? 10) * power;
}

/** Draw the axis, of votes or of percent. @param {number | null} highest @param {number} width */
function drawAxis(highest, width) {
  const step = highest === null ? 25 : chooseStep(highest, width);
  const end = highest ?? 100;
  const marks = [];
  for (let at = 0; at <= end; at += step) {
    const x = (at / end) * width;
    const anchor = at === 0 ? "start" : x > width - 36 ? "end" : "middle";
    const text = highest === null ? `${at} %` : writeCount(at);
    marks.push(
      svg("line", { x1: x, x2: x, y1: 0, y2: BOTTOM + 5, class: "tick" }),
      svg("text", { x, y: BOTTOM + 20, "text-anchor": anchor }, text),
    );
  }
  return marks;
}

/**
 * Draw three bars, to one scale of votes or each stretched to its whole.
 * @param {string} prefix @param {number} width
 * @param {Place} place @param {Candidate} candidate @param {boolean} stretched
 */
function drawFigure(prefix, width, place, candidate, stretched) {
  const parts = splitElectors(place, candidate);
  const bars = WHOLES.map((whole, row) => {
    const y = row * STEP + BAR.label;
    const scale = width / (stretched ? place[whole.total] : place.registered);
    const text = `${whole.label}: ${writeCount(place[whole.total])}`;
    const shown = PARTS.slice(0, whole.parts);
    const bar = drawBar(prefix, shown, parts, { y, height: BAR.height, scale });
    return svg("g", {}, svg("text", { x: 0, y: y - 6 }, text), bar);
  });
  const name =
    `Bars. ${candidate.name}, ${place.name}: ${writeCount(parts.candidate)} votes, drawn as a ` +
    `part of ${writeCount(place.valid_votes)} valid votes, of ${writeCount(place.votes_cast)} ` +
    `votes cast and of ${writeCount(place.registered)} registered electors.`;
  return svg(
    "svg",
    { role: "img", "aria-label": name, width, height: BOTTOM + BAR.axis },
    defineFills(prefix, PARTS),
    drawAxis(stretched ? null : place.registered, width),
    bars,
  );
}

/** Show the numbers as a table. @param {Place} place @param {Candidate} candidate */
function makeNumbers(place, candidate) {
  const parts = splitElectors(place, candidate);
  /** @type {[string, number][]} */
  const rows = [
    [`Votes for ${candidate.name}`, parts.candidate],
    ["All other valid votes", parts.others],
    ["Valid votes", place.valid_votes],
    ["Blank votes", parts.blank],
    ["Null votes", parts.null],
    ["Votes cast", place.votes_cast],
    ["Registered, did not vote", parts.absent],
    ["Registered electors", place.registered],
  ];
  const cells = rows.map(([label, number]) => [label, writeCount(number)]);
  const caption = `${candidate.name}, ${place.name}`;
  return makeCountTable(caption, ["What is counted", "Number"], cells, [2, 5, 7]);
}

/** Say what stays the same and what differs between the three bars. */
function sayLesson(/** @type {Place} */ place, /** @type {Candidate} */ candidate, /** @type {boolean} */ stretched) {
  const votes = `${writeCount(place.votes[candidate.column])} votes for ${candidate.name}`;
  return stretched
    ? `The same ${votes} fill another part of each bar: only the whole differs.`
    : `The ${votes} are equally long in all three bars: only the whole grows.`;
}

function render(/** @type {View<Content>} */ { model, el }) {
  const { candidates, places } = model.get("content");
  const { root, signal, close } = openPanel({ model, el }, "denominator-explorer", "One number of votes, three wholes");
  const prefix = makeId("part");
  const [candidate, place] = [candidates, places].map((all) =>
    makeDropDown(
      all.map(({ name }, value) => ({ value, label: name })),
      draw,
    ),
  );
  const scale = makeRadios(
    "Draw the three bars",
    [
      { value: "votes", label: "to one scale of votes" },
      { value: "whole", label: "each stretched to its own whole" },
    ],
    draw,
  );
  const drawing = html("div", { class: "figure" });
  const beside = html("div");
  const said = html("p", { role: "status" });

  function draw() {
    const [here, who] = [places[place.selectedIndex], candidates[candidate.selectedIndex]];
    const stretched = scale.value() === "whole";
    const figure = drawFigure(prefix, Math.max(drawing.clientWidth, 200), here, who, stretched);
    drawing.replaceChildren(figure, makeLegend(prefix, PARTS));
    beside.replaceChildren(makeNumbers(here, who));
    said.textContent = sayLesson(here, who, stretched);
  }
  const lists = [labelControl("Candidate", candidate), labelControl("Place", place)];
  root.append(
    html("div", { class: "controls" }, lists, scale.node),
    html("div", { class: "side-by-side" }, drawing, beside),
    said,
  );
  draw();
  redrawOnResize(drawing, draw, signal);
  return close;
}

export default { render };
