// One candidate's votes as a part of three wholes: valid votes, votes cast, registered electors.

import { labelControl, makeDropDown, makeRadios } from "../shared/controls.js";
import { html, makeId, svg } from "../shared/elements.js";
import { defineFills, drawBar, makeLegend } from "../shared/fills.js";
import { writeCount } from "../shared/numbers.js";
import { openPanel, redrawOnResize } from "../shared/panel_frame.js";
import { makeCountTable } from "../shared/table_twin.js";
import { placeNames } from "./names.js";

/** @import { Fill, View } from "../shared/types.d.ts" */
/** @import { Candidate, Content, Place, Whole } from "./types.d.ts" */

/** @type {Fill[]} */
const PARTS = [
  { key: "candidate", pattern: "plain", label: "" },
  { key: "others", pattern: "plain", label: "all other valid votes" },
  { key: "blank", pattern: "dots", label: "blank" },
  { key: "null", pattern: "stripes", label: "null" },
  { key: "absent", pattern: "plain", label: "did not vote" },
];
/** @type {{ label: string, total: Whole, parts: number }[]} */
const WHOLES = [
  { label: "Valid votes", total: "valid_votes", parts: 2 },
  { label: "Votes cast", total: "votes_cast", parts: 4 },
  { label: "Registered electors", total: "registered", parts: 5 },
];
const BAR = { height: 34, label: 18, gap: 16 };
const STEP = BAR.label + BAR.height + BAR.gap;
const BOTTOM = WHOLES.length * STEP - BAR.gap + 1;

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

/**
 * Name the parts under the longest bar.
 * @param {Fill[]} named @param {Record<string, number>} parts @param {number} width
 */
function drawNames(named, parts, width) {
  const whole = named.reduce((sum, { key }) => sum + parts[key], 0);
  let begin = 0;
  const pieces = named.map(({ key, label }) => {
    const long = (parts[key] * width) / whole;
    begin += long;
    return { name: label, middle: begin - long / 2 };
  });
  return placeNames(pieces, width).map(({ name, x }) => svg("text", { x, y: BOTTOM + 15, class: "soft" }, name));
}

/**
 * Draw three bars, to one scale of votes or each stretched to its whole; the end of the candidate's
 * votes is carried from bar to bar.
 * @param {string} prefix @param {number} width
 * @param {Place} place @param {Candidate} candidate @param {boolean} stretched @param {Fill[]} named
 */
function drawFigure(prefix, width, place, candidate, stretched, named) {
  const parts = splitElectors(place, candidate);
  const ends = WHOLES.map(({ total }) => (parts.candidate * width) / (stretched ? place[total] : place.registered));
  const bars = WHOLES.map((whole, row) => {
    const y = row * STEP + BAR.label;
    const total = place[whole.total];
    const scale = width / (stretched ? total : place.registered);
    const bar = drawBar(prefix, PARTS.slice(0, whole.parts), parts, { y, height: BAR.height, scale });
    const number = { x: total * scale, y: y - 6, "text-anchor": "end", class: "soft" };
    const from = { x1: ends[row - 1], y1: y - BAR.label - BAR.gap, x2: ends[row], y2: y, class: "carried" };
    return svg(
      "g",
      {},
      row ? svg("line", from) : [],
      svg("text", { x: 0, y: y - 5, class: "row halo" }, whole.label),
      svg("text", number, writeCount(total)),
      bar,
    );
  });
  const name =
    `Bars. ${candidate.name}, ${place.name}: ${writeCount(parts.candidate)} votes, drawn as a ` +
    `part of ${writeCount(place.valid_votes)} valid votes, of ${writeCount(place.votes_cast)} ` +
    `votes cast and of ${writeCount(place.registered)} registered electors.`;
  const figure = { role: "img", "aria-label": name, width, height: BOTTOM + (named.length ? 20 : 6) };
  return svg("svg", figure, defineFills(prefix, PARTS), bars, drawNames(named, parts, width));
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

/** Say what stays the same and what differs between the three bars. @param {string} votes @param {boolean} stretched */
function sayLesson(votes, stretched) {
  const number = html("b", {}, `${votes} votes`);
  return stretched
    ? ["The same ", number, " fill another part of each bar: only the whole differs."]
    : ["The ", number, " are equally long in all three bars. Only the whole grows, so the share shrinks."];
}

function render(/** @type {View<Content>} */ { model, el }) {
  const { candidates, places, start } = model.get("content");
  const { root, signal, close } = openPanel({ model, el }, "denominator-explorer", "One number of votes, three wholes");
  const prefix = makeId("part");
  const [candidate, place] = [candidates, places].map((all) => {
    const names = all.map(({ name }) => name);
    return makeDropDown(names, draw);
  });
  candidate.selectedIndex = start;
  const scales = [
    { value: "votes", label: "to one scale" },
    { value: "whole", label: "each as 100 %" },
  ];
  const scale = makeRadios("Draw bars", scales, draw);
  scale.node.classList.add("controls");
  const drawing = html("div", { class: "figure" });
  const legend = html("div");
  const twin = html("div");
  const said = html("p", { role: "status" });

  function draw() {
    const [here, who] = [places[place.selectedIndex], candidates[candidate.selectedIndex]];
    const stretched = scale.value() === "whole";
    const named = PARTS.map((part) => (part.label ? part : { ...part, label: who.name }));
    const width = Math.max(drawing.clientWidth, 200);
    const isWide = width >= 560;
    drawing.replaceChildren(drawFigure(prefix, width, here, who, stretched, isWide ? named : []));
    legend.replaceChildren(...(isWide ? [] : [makeLegend(prefix, named)]));
    twin.replaceChildren(makeNumbers(here, who));
    said.replaceChildren(...sayLesson(writeCount(here.votes[who.column]), stretched));
  }
  const lists = [labelControl("Candidate", candidate), labelControl("Place", place)];
  const table = html("details", {}, html("summary", {}, "The same as a table"), twin);
  root.append(html("div", { class: "controls" }, lists, scale.node), said, drawing, legend, table);
  draw();
  redrawOnResize(drawing, draw, signal);
  return close;
}

export default { render };
