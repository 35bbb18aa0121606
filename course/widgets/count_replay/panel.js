// The reports of the first-round count, one after the other, as they came in.

import { makeAnswerBar } from "../shared/answer_bar.js";
import { labelControl, makeButton, markIdle } from "../shared/buttons.js";
import { makeDropDown } from "../shared/choice_list.js";
import { html } from "../shared/elements.js";
import { makeSpokenLine } from "../shared/messages.js";
import { writeCount } from "../shared/numbers.js";
import { listenTo, openPanel, redrawOnResize } from "../shared/panel_frame.js";
import { makeTable, scrollSideways } from "../shared/table_twin.js";
import { drawChart, LINES } from "./chart.js";
import * as words from "./words.js";

/** @import { View } from "../shared/types.d.ts" */
/** @import { Content, Report } from "./types.d.ts" */

const PLAY_MS = 900;
const AXES = "Percent of valid votes, reports in order. The left axis does not begin at 0.";

/** Show one report as a table. @param {Report} report @param {number} votesCast */
function makeReportTable(report, votesCast) {
  const lines = LINES.map(({ key, name }) => {
    const votes = report[`${key}_votes`];
    const count = votes === null ? "" : `; ${writeCount(votes)} votes`;
    return [name, words.writePercent(report[`${key}_percent`]) + count];
  });
  const rows = [
    ["Tally sheets processed", words.saySheets(report)],
    ...lines,
    ["Shares are percent of", words.sayBase(report)],
    ["García minus Flores, votes", words.sayGapInVotes(report)],
    ["García minus Flores, points", words.sayGapInPoints(report)],
    ["Ballots still out (estimate)", words.sayBallotsOut(report, votesCast)],
  ];
  const caption = `Report ${report.report}: ${words.sayWhen(report)}`;
  return scrollSideways(makeTable(caption, ["What", "In this report"], rows));
}

/** Show all reports as one table. @param {Content} content */
function makeTableOfAll({ reports, votes_cast: votesCast }) {
  const names = LINES.map(({ name }) => name);
  const table = makeTable(
    "All reports of the count",
    ["Report", "Date and time", "Sheets", ...names, "Percent of"].concat(
      "García minus Flores, votes",
      "Ballots still out (estimate)",
    ),
    reports.map((report) => [
      String(report.report),
      words.sayWhen(report),
      words.saySheets(report),
      ...LINES.map(({ key }) => words.writePercent(report[`${key}_percent`])),
      words.sayBase(report),
      words.sayGapInVotes(report),
      words.sayBallotsOut(report, votesCast),
    ]),
  );
  const summary = html("summary", {}, `All ${reports.length} reports as a table`);
  return html("details", {}, summary, scrollSideways(table));
}

/**
 * Make Play and Pause; nothing moves by itself where the system asks for less motion.
 * @param {(by: number) => void} step @param {() => boolean} atEnd
 * @param {(plays: boolean) => void} quiet @param {AbortSignal} signal
 */
function makePlayer(step, atEnd, quiet, signal) {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  let timer = /** @type {number | null} */ (null);
  const node = makeButton("Play", () => (timer === null ? start() : stop()));

  function start() {
    if (atEnd()) step(-Infinity);
    node.textContent = "Pause";
    quiet(true);
    timer = window.setInterval(() => (atEnd() ? stop() : step(1)), PLAY_MS);
  }
  function stop() {
    if (timer === null) return;
    clearInterval(timer);
    timer = null;
    node.textContent = "Play";
    quiet(false);
  }
  function heedCalm() {
    node.hidden = calm.matches;
    if (calm.matches) stop();
  }
  calm.addEventListener("change", heedCalm, { signal });
  heedCalm();
  signal.addEventListener("abort", stop);
  return { node, stop };
}

/**
 * Make the buttons and the list that choose a report; `go(position)` is called with what is chosen.
 * @param {Report[]} reports @param {(position: number) => void} go
 * @param {(plays: boolean) => void} quiet @param {AbortSignal} signal
 */
function makeSteps(reports, go, quiet, signal) {
  const last = reports.length - 1;
  let position = 0;
  const choices = reports.map((report, value) => {
    const label = [report.report, words.sayWhen(report), words.saySheets(report)].join(" · ");
    return { value, label };
  });
  const list = makeDropDown(choices, () => move(Number(list.value)));
  const step = (/** @type {number} */ by) => go(Math.max(position + by, 0));
  const play = makePlayer(step, () => position === last, quiet, signal);
  function move(/** @type {number} */ to) {
    play.stop();
    go(Math.min(Math.max(to, 0), last));
  }
  const back = [makeButton("First", () => move(0)), makeButton("Previous", () => move(position - 1))];
  const onward = [makeButton("Next", () => move(position + 1)), makeButton("Last", () => move(last))];

  function show(/** @type {number} */ to) {
    position = to;
    list.value = String(to);
    for (const node of back) markIdle(node, to === 0);
    for (const node of onward) markIdle(node, to === last);
  }
  const buttons = html("div", { class: "buttons" }, back, play.node, onward);
  const node = html("div", { class: "controls" }, buttons, labelControl("Report", list));
  return { node, show, stop: play.stop };
}

/** Make the figure with its bound and note, and the report's numbers as a table beside it. */
function makeReportView(/** @type {Content} */ { reports, votes_cast: votesCast }, /** @type {AbortSignal} */ signal) {
  const drawing = html("div");
  const bound = html("p");
  const note = html("p", { class: "note" });
  const beside = html("div");
  const axes = html("p", { class: "note" }, AXES);
  const figure = html("div", { class: "figure" }, drawing, axes, bound, note);
  let shown = /** @type {[position: number, marked: number | null]} */ ([0, null]);

  function draw() {
    drawing.replaceChildren(drawChart(reports, ...shown, Math.max(drawing.clientWidth, 200)));
  }
  function show(/** @type {number} */ position, /** @type {number | null} */ marked) {
    const report = reports[position];
    shown = [position, marked];
    draw();
    bound.textContent = words.sayBound(report, votesCast);
    note.textContent = report.note && `Note: ${report.note}`;
    beside.replaceChildren(makeReportTable(report, votesCast));
  }
  redrawOnResize(drawing, draw, signal);
  return { node: html("div", { class: "side-by-side" }, figure, beside), show };
}

/** Make the button that marks a report, and the line that says which one is marked. */
function makeMarking(/** @type {Report[]} */ reports, /** @type {() => void} */ mark) {
  const answer = makeButton("Mark this report as my answer", mark, { class: "main" });
  const line = html("p");
  function show(/** @type {number | null} */ marked) {
    line.textContent = marked
      ? `Your answer: report ${marked} (${words.sayWhen(reports[marked - 1])}).`
      : "No report is marked yet.";
  }
  return { node: line, button: answer, show };
}

function render(/** @type {View<Content, { report?: number }>} */ { model, el }) {
  const content = model.get("content");
  const { reports } = content;
  const title = `The count as it came in: ${reports.length} reports`;
  const { root, signal, close } = openPanel({ model, el }, "count-replay", title);
  const spoken = makeSpokenLine();
  const marked = () => model.get("value").report ?? null;
  let position = (marked() ?? 1) - 1;
  // While it plays, a screen reader would be interrupted by every report.
  let playing = false;

  function announce() {
    const when = words.sayWhen(reports[position]);
    spoken.textContent = `Report ${position + 1} of ${reports.length}, ${when}`;
  }
  function go(/** @type {number} */ to) {
    position = to;
    show();
    if (!playing) announce();
  }
  function quiet(/** @type {boolean} */ plays) {
    playing = plays;
    announce();
  }
  function show() {
    steps.show(position);
    view.show(position, marked());
    marking.show(marked());
  }
  const steps = makeSteps(reports, go, quiet, signal);
  const view = makeReportView(content, signal);
  const marking = makeMarking(reports, () => {
    steps.stop();
    kept.send({ report: position + 1 });
  });
  const kept = makeAnswerBar(model, signal, marking.node, [marking.button]);
  root.append(steps.node, view.node, spoken, kept.node, makeTableOfAll(content));
  show();
  listenTo(model, { "change:value": show }, signal);
  return close;
}

export default { render };
