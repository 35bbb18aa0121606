// The reports of the first-round count, one after the other: the lead, and the ballots still out.

import { makeAnswerBar } from "../shared/answer_bar.js";
import { makeButton, markIdle } from "../shared/controls.js";
import { html, makeId, makeSpokenLine } from "../shared/elements.js";
import { writeCount } from "../shared/numbers.js";
import { listenTo, openPanel, redrawOnResize } from "../shared/panel_frame.js";
import { makeCountTable, makeTable, scrollSideways } from "../shared/table_twin.js";
import { drawBars } from "./bars.js";
import { drawChart, drawShares, scaleChart } from "./chart.js";
import * as words from "./words.js";

/** @import { View } from "../shared/types.d.ts" */
/** @import { Content, Report, Row } from "./types.d.ts" */

const PLAY_MS = 900;
const PAGE = 10;
const LEGEND = "The same two numbers, report by report. Each line up is ten times as many.";

/** Show what a report prints. @param {Report} report */
function makeReportTable(report) {
  const rows = words.CANDIDATES.map(({ key, name }) => {
    const votes = report[`${key}_votes`];
    return [name, votes === null ? "not stated" : writeCount(votes), words.writePercent(report[`${key}_percent`])];
  });
  const shares = report.base === "valid" ? "of valid" : "of (not stated)";
  return makeCountTable(`Report ${report.report}, as printed`, ["candidate", "votes", shares], rows, []);
}

/** Show all reports as one table. @param {Row[]} rows */
function makeTableOfAll(rows) {
  const names = words.CANDIDATES.map(({ name }) => name);
  const head = ["Report", "Date and time", "Sheets", ...names, "Percent of"].concat([
    "García minus Flores, votes",
    "How it is known",
    "Ballots still out (estimate)",
  ]);
  const cells = rows.map(({ report, lead, out }) => [
    String(report.report),
    words.sayWhen(report),
    words.saySheets(report),
    ...words.CANDIDATES.map(({ key }) => words.writePercent(report[`${key}_percent`])),
    words.sayBase(report),
    lead ? writeCount(lead.votes) : "not given",
    lead?.how ?? "",
    out === null ? "cannot be estimated" : writeCount(out),
  ]);
  return scrollSideways(makeTable("All reports of the count", head, cells));
}

/** Make the twin of the pictures, written when it is first opened. @param {Row[]} rows */
function makeTwin(rows) {
  const summary = html("summary", {}, `All ${rows.length} reports as a table · the three shares as a chart`);
  const node = html("details", {}, summary);
  function fill() {
    const reports = rows.map(({ report }) => report);
    const shares = drawShares(reports, Math.min(node.clientWidth, 640));
    node.append(shares, makeTableOfAll(rows));
  }
  node.addEventListener("toggle", fill, { once: true });
  return node;
}

/**
 * Make Play and Pause; nothing moves by itself where the system asks for less motion.
 * @param {(by: number) => void} step @param {() => boolean} atEnd
 * @param {(plays: boolean) => void} quiet @param {AbortSignal} signal
 */
function makePlayer(step, atEnd, quiet, signal) {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  let timer = /** @type {number | null} */ (null);
  const node = makeButton("Play", () => (timer === null ? start() : stop()), { class: "play" });

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
 * Make the buttons and the slider that choose a report; `go(position)` is called with what is chosen.
 * @param {Row[]} rows @param {(position: number) => void} go
 * @param {(plays: boolean) => void} quiet @param {AbortSignal} signal
 */
function makeSteps(rows, go, quiet, signal) {
  const last = rows.length - 1;
  let position = 0;
  const range = { type: "range", min: 1, max: rows.length, value: 1, "aria-label": "Report" };
  const slider = html("input", range);
  slider.addEventListener("input", () => move(Number(slider.value) - 1));
  slider.addEventListener("keydown", (event) => {
    if (event.key !== "PageUp" && event.key !== "PageDown") return;
    event.preventDefault();
    move(position + (event.key === "PageUp" ? PAGE : -PAGE));
  });
  const atEnd = () => position === last;
  const play = makePlayer((by) => go(Math.max(position + by, 0)), atEnd, quiet, signal);
  function move(/** @type {number} */ to) {
    play.stop();
    go(Math.min(Math.max(to, 0), last));
  }
  const first = makeButton("First", () => move(0), { class: "wide" });
  const back = makeButton("Back", () => move(position - 1));
  const next = makeButton("Next", () => move(position + 1));
  const end = makeButton("Last", () => move(last), { class: "wide" });

  function show(/** @type {number} */ to) {
    position = to;
    slider.value = String(to + 1);
    slider.setAttribute("aria-valuetext", `${to + 1} of ${rows.length}, ${words.sayWhen(rows[to].report)}`);
    for (const node of [first, back]) markIdle(node, to === 0);
    for (const node of [next, end]) markIdle(node, to === last);
  }
  const node = html("div", { class: "controls steps" }, first, back, slider, next, end, play.node);
  return { node, show, move, stop: play.stop };
}

/** Make the two pictures, the report as printed, and the line that names it. */
function makeReportView(/** @type {Content} */ content, /** @type {Row[]} */ rows, /** @type {AbortSignal} */ signal) {
  const line = html("p", { class: "report" });
  const [bars, chart] = [html("div", { class: "bars" }), html("div", { class: "chart" })];
  const printed = html("div");
  const estimate = html("p", { class: "note" });
  const note = html("p", { class: "note" });
  const more = html("details", {}, html("summary", {}, "Note and source"), note);
  const legend = html("p", { class: "note legend" }, html("span", { class: "key filled" }), "stated or printed");
  legend.append(html("span", { class: "key" }), "worked out from the shares");
  const left = html("div", { class: "figure" }, html("p", { class: "note" }, LEGEND), chart, legend);
  const split = html("div", { class: "split" }, left, html("div", {}, printed, estimate, more));
  const node = html("div", {}, line, bars, split);
  const prefix = makeId("bars");
  let shown = /** @type {[position: number, marked: number | null]} */ ([0, null]);

  function draw() {
    bars.replaceChildren(drawBars(rows[shown[0]], prefix, Math.max(bars.clientWidth, 200)));
    chart.replaceChildren(drawChart(rows, ...shown, Math.max(chart.clientWidth, 200)));
  }
  function show(/** @type {number} */ position, /** @type {number | null} */ marked) {
    const { report } = rows[position];
    shown = [position, marked];
    const sheets = report.sheets_percent === null ? "the report does not say how many tally sheets are in" : "";
    const name = html("b", {}, `Report ${report.report} of ${rows.length}`);
    line.replaceChildren(
      name,
      ` · ${words.sayWhen(report)} · ${sheets || `${words.saySheets(report)} of the tally sheets are in`}`,
    );
    printed.replaceChildren(makeReportTable(report));
    estimate.textContent = words.sayEstimate(report, content.votes_cast);
    note.textContent = [report.note, report.source && `Source: ${report.source}.`].filter(Boolean).join(" ");
    draw();
  }
  redrawOnResize(node, draw, signal);
  return { node, chart, show };
}

function render(/** @type {View<Content, { report?: number }>} */ { model, el }) {
  const content = model.get("content");
  const rows = words.listRows(content);
  const title = "Is García’s lead longer than what is still out?";
  const { root, signal, close } = openPanel({ model, el }, "count-replay", title);
  const spoken = makeSpokenLine();
  const marked = () => model.get("value").report ?? null;
  let position = (marked() ?? 1) - 1;
  // While it plays, a screen reader would be interrupted by every report.
  let playing = false;

  function announce() {
    spoken.textContent = `Report ${position + 1} of ${rows.length}, ${words.sayWhen(rows[position].report)}`;
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
  const what = html("p");
  const answer = makeButton("", () => {
    steps.stop();
    bar.send({ report: position + 1 });
    show();
  });
  const bar = makeAnswerBar(model, signal, what, [answer]);

  function showAnswer() {
    const kept = marked();
    const here = kept === position + 1;
    const when = kept ? ` (${words.sayWhen(rows[kept - 1].report)})` : "";
    what.replaceChildren("Your answer: ", html("b", {}, kept ? `report ${kept}` : "none yet"), when);
    const name = `report ${position + 1}`;
    if (here) answer.textContent = bar.hasFailed() ? "Try again" : `Your answer is ${name}`;
    else answer.textContent = kept ? `Change it to ${name}` : `Mark ${name} as my answer`;
    answer.classList.toggle("main", !kept || bar.hasFailed());
    markIdle(answer, here && !bar.hasFailed());
  }
  function show() {
    steps.show(position);
    view.show(position, marked());
    showAnswer();
  }
  const steps = makeSteps(rows, go, quiet, signal);
  const view = makeReportView(content, rows, signal);
  view.chart.addEventListener("pointerdown", ({ clientX }) => {
    const { left, width } = view.chart.getBoundingClientRect();
    steps.move(scaleChart(rows.length, width).find(clientX - left) - 1);
  });
  root.append(steps.node, view.node, spoken, bar.node, makeTwin(rows));
  show();
  listenTo(model, { "change:value": show, "change:status": showAnswer, "msg:custom": showAnswer }, signal);
  return close;
}

export default { render };
