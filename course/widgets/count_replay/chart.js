// The line chart of the count replay: three shares of valid votes, report after report.

import { svg } from "../shared/elements.js";
import { writePercent } from "./words.js";

/** @import { Candidate, Report } from "./types.d.ts" */

/**
 * @typedef {ReturnType<typeof scaleChart>} Scales
 * @typedef {{ key: string, name: string, x: number, y: number }} Label
 */

/** @type {{ key: Candidate, name: string, mark: string }[]} */
export const LINES = [
  { key: "humala", name: "Humala", mark: "circle" },
  { key: "garcia", name: "García", mark: "square" },
  { key: "flores", name: "Flores", mark: "triangle" },
];
const CHART = { height: 290, left: 46, right: 64, top: 14, bottom: 28 };
const FLOOR = CHART.height - CHART.bottom;

/** Say how report numbers and shares become places. @param {Report[]} reports @param {number} width */
function scaleChart(reports, width) {
  const shares = reports
    .filter(({ base }) => base === "valid")
    .flatMap((report) => LINES.flatMap(({ key }) => report[`${key}_percent`] ?? []));
  const low = Math.floor(Math.min(...shares)) - 1;
  const high = Math.ceil(Math.max(...shares)) + 1;
  const right = width - CHART.right;
  const across = (right - CHART.left) / (reports.length - 1);
  const up = (FLOOR - CHART.top) / (high - low);
  return {
    low,
    high,
    right,
    x: (/** @type {number} */ number) => CHART.left + (number - 1) * across,
    y: (/** @type {number} */ share) => FLOOR - (share - low) * up,
  };
}

/** Draw the axes: shares, and the days of the reports. @param {Report[]} reports @param {Scales} scales */
function drawAxes(reports, { low, high, right, x, y }) {
  const drawRule = (/** @type {number} */ at, /** @type {string} */ name) =>
    svg("line", { x1: CHART.left, x2: right, y1: at, y2: at, class: name });
  const parts = /** @type {SVGElement[]} */ ([]);
  for (let share = low; share <= high; share += 2) {
    const place = { x: CHART.left - 6, y: y(share) + 4, "text-anchor": "end" };
    parts.push(drawRule(y(share), "tick"), svg("text", place, `${share} %`));
  }
  let free = -Infinity;
  reports.forEach(({ report, date }, index) => {
    if (index > 0 && reports[index - 1].date === date) return;
    const at = x(report);
    parts.push(svg("line", { x1: at, x2: at, y1: FLOOR, y2: FLOOR + 5, class: "axis" }));
    if (at < free) return;
    const text = date.split(" ").slice(0, 2).join(" ").replace("April", "Apr");
    parts.push(svg("text", { x: at, y: FLOOR + 19, "text-anchor": "middle" }, text));
    free = at + 54;
  });
  return [...parts, drawRule(FLOOR, "axis")];
}

/** Draw the mark at the end of a line. @param {string} shape @param {number} x @param {number} y */
function drawMark(shape, x, y) {
  if (shape === "circle") return svg("circle", { cx: x, cy: y, r: 4 });
  if (shape === "square") return svg("rect", { x: x - 4, y: y - 4, width: 8, height: 8 });
  return svg("path", { d: `M${x} ${y - 5}L${x + 5} ${y + 4}L${x - 5} ${y + 4}Z` });
}

/**
 * Draw one candidate's line up to the report shown; a report without the share breaks it.
 * @param {typeof LINES[number]} line @param {Report[]} shown @param {Scales} scales
 */
function drawLine({ key, name, mark }, shown, { x, y }) {
  let path = "";
  let pen = "M";
  let last = null;
  for (const report of shown) {
    const share = report.base === "valid" ? report[`${key}_percent`] : null;
    if (share === null) {
      pen = "M";
      continue;
    }
    last = { x: x(report.report), y: y(share) };
    path += `${pen}${last.x} ${last.y}`;
    if (pen === "M") path += "h0.01"; // a lone report still leaves a dot
    pen = "L";
  }
  if (last === null) return { node: svg("g"), labels: [] };
  const parts = [svg("path", { d: path }), drawMark(mark, last.x, last.y)];
  return {
    node: svg("g", { class: key }, parts),
    labels: [{ key, name, x: last.x + 9, y: last.y + 4 }],
  };
}

/** Name the ends of the lines, pushed apart where names would overlap. @param {Label[]} labels */
function drawNames(labels) {
  const ordered = [...labels].sort((one, two) => one.y - two.y);
  return ordered.map((label, index) => {
    if (index > 0) label.y = Math.max(label.y, ordered[index - 1].y + 15);
    return svg("text", { x: label.x, y: label.y, class: `name ${label.key}` }, label.name);
  });
}

/** Draw the flag at the report that is the answer. @param {number} x */
function drawFlag(x) {
  const top = CHART.top + 4;
  const pole = svg("line", { x1: x, x2: x, y1: top, y2: FLOOR });
  return svg("g", { class: "flag" }, pole, svg("path", { d: `M${x} ${top}h14l-4 6l4 6h-14Z` }));
}

/**
 * Draw the chart up to a report.
 * @param {Report[]} reports @param {number} position @param {number | null} marked
 * @param {number} width
 */
export function drawChart(reports, position, marked, width) {
  const scales = scaleChart(reports, width);
  const report = reports[position];
  const drawn = LINES.map((one) => drawLine(one, reports.slice(0, position + 1), scales));
  const now = scales.x(report.report);
  const shares = LINES.map(({ key, name }) => `${name} ${writePercent(report[`${key}_percent`])}`);
  const undrawn = report.base === "valid" ? "" : " (percent of what is not stated, so not drawn)";
  const answer = marked ? ` Your answer, report ${marked}, is flagged.` : "";
  const name =
    `Line chart of the shares of valid votes in reports 1 to ${report.report}. ` +
    `Report ${report.report}: ${shares.join(", ")}${undrawn}.${answer}`;
  return svg(
    "svg",
    { role: "img", "aria-label": name, width, height: CHART.height },
    drawAxes(reports, scales),
    svg("line", { x1: now, x2: now, y1: CHART.top, y2: FLOOR, class: "now" }),
    marked ? drawFlag(scales.x(marked)) : [],
    drawn.map(({ node }) => node),
    drawNames(drawn.flatMap(({ labels }) => labels)),
  );
}
