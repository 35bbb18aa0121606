// What changes over the reports: ballots still out and García's lead over Flores, and the three shares.

import { svg } from "../shared/elements.js";
import { writeCount } from "../shared/numbers.js";
import { CANDIDATES, sayBoth, writePercent } from "./words.js";

/** @import { Report, Row } from "./types.d.ts" */

const CHART = { height: 200, left: 72, right: 14, top: 12, bottom: 24 };
const FLOOR = CHART.height - CHART.bottom;
/** The grid: each line ten times the one below. */
const [LOW, HIGH] = [3, 7.25];
const LINES = ["1,000", "10,000", "100,000", "1 million", "10 million"];
const DAY_PX = 64;
const LETTER_PX = 7.4;
const SHARES = { height: 200, left: 40, right: 60, low: 22, high: 32 }; // low and high in percent

/** Say how report numbers and counts become places. @param {number} reports @param {number} width */
export function scaleChart(reports, width) {
  const across = (width - CHART.left - CHART.right) / (reports - 1);
  const up = (FLOOR - CHART.top) / (HIGH - LOW);
  return {
    x: (/** @type {number} */ report) => CHART.left + (report - 1) * across,
    y: (/** @type {number} */ count) => FLOOR - (Math.log10(Math.max(count, 10 ** LOW)) - LOW) * up,
    find: (/** @type {number} */ x) => Math.min(Math.max(Math.round((x - CHART.left) / across) + 1, 1), reports),
  };
}

/** Draw the grid and the days. @param {Row[]} rows @param {ReturnType<typeof scaleChart>} scales @param {number} width */
function drawAxes(rows, { x, y }, width) {
  const parts = LINES.flatMap((text, power) => {
    const at = y(10 ** (LOW + power));
    const rule = { x1: CHART.left, x2: width - CHART.right, y1: at, y2: at, class: power ? "tick" : "axis" };
    return [
      svg("line", rule),
      svg("text", { x: CHART.left - 8, y: at + 4, class: "soft", "text-anchor": "end" }, text),
    ];
  });
  let free = -Infinity;
  for (const [index, { report }] of rows.entries()) {
    const at = x(report.report);
    if (at < free || (index > 0 && rows[index - 1].report.date === report.date)) continue;
    const text = report.date.split(" ").slice(0, 2).join(" ").replace("April", "Apr");
    parts.push(svg("line", { x1: at, x2: at, y1: FLOOR, y2: FLOOR + 4, class: "axis" }));
    parts.push(svg("text", { x: at, y: FLOOR + 17, class: "soft", "text-anchor": "middle" }, text));
    free = at + DAY_PX;
  }
  return parts;
}

/** Draw the mark of a lead, filled where it is stated. @param {Row} row @param {number} x @param {number} y */
function drawMark({ report, lead }, x, y) {
  if (lead === null) return [];
  const kind = `point ${lead.how === "worked out" ? "hollow" : "filled"}`;
  const about = { "data-report": report.report };
  if (lead.votes >= 0)
    return [svg("rect", { x: x - 3, y: y - 3, width: 6, height: 6, class: `${kind} garcia`, ...about })];
  return [svg("path", { d: `M${x} ${y - 4}l4.5 7.5h-9Z`, class: `${kind} flores`, ...about })];
}

/** Draw the flag at the report that is the answer. @param {number} x */
function drawFlag(x) {
  const pole = svg("line", { x1: x, x2: x, y1: CHART.top - 8, y2: FLOOR });
  return svg("g", { class: "flag" }, pole, svg("path", { d: `M${x} ${CHART.top - 8}h13l-4 5l4 5h-13Z` }));
}

/** Join places to a path; null breaks it. @param {([number, number] | null)[]} places */
const joinPlaces = (places) =>
  places.map((place, index) => place && `${places[index - 1] ? "L" : "M"}${place.join(" ")}`).join("");

/**
 * Draw both numbers up to a report; what comes later is not yet in.
 * @param {Row[]} rows @param {number} position @param {number | null} marked @param {number} width
 */
export function drawChart(rows, position, marked, width) {
  const scales = scaleChart(rows.length, width);
  const { x, y } = scales;
  const shown = rows.slice(0, position + 1);
  const now = x(position + 1);
  const right = width - CHART.right;
  /** @param {(row: Row) => number | null | undefined} read @returns {[number, number][]} */
  const place = (read, among = shown) =>
    among.flatMap((row) => {
      const count = read(row);
      return count === null || count === undefined ? [] : [[x(row.report.report), y(count)]];
    });
  const readLead = (/** @type {Row} */ { lead }) => (lead && lead.votes > 0 ? lead.votes : null);
  const both = shown.filter((row) => row.out !== null && readLead(row) !== null);
  const [out, lead] = [place((row) => row.out), place(readLead)];
  const between = [...place((row) => row.out, both), ...place(readLead, both).toReversed()];
  const marks = shown.flatMap((row) => drawMark(row, x(row.report.report), y(Math.abs(row.lead?.votes ?? 0))));
  /** @param {[number, number][]} places @param {number} away @param {string} text @param {string} kind */
  function nameLine(places, away, text, kind) {
    const at = places[Math.min(places.length - 1, 12)];
    if (!at) return [];
    const x = Math.min(at[0] + 6, right - text.length * LETTER_PX);
    return svg("text", { x, y: at[1] + away, class: `name ${kind}` }, text);
  }
  const first = shown[0];
  const later = { x: now + 5, y: CHART.top, width: Math.max(right - now - 5, 0), height: FLOOR - CHART.top };
  const answer = marked ? ` Your answer, report ${marked}, is flagged.` : "";
  const name =
    `Lines over reports 1 to ${position + 1}. Ballots still out begin at ${writeCount(first.out ?? 0)}. ` +
    `Report ${position + 1}: ${sayBoth(rows[position])}${answer}`;
  return svg(
    "svg",
    { role: "img", "aria-label": name, width, height: CHART.height },
    drawAxes(rows, scales, width),
    svg("rect", { ...later, class: "raised" }),
    right - now > 80
      ? svg("text", { x: right - 8, y: FLOOR - 8, class: "soft", "text-anchor": "end" }, "not yet in")
      : [],
    svg("path", { d: joinPlaces(between), class: "between" }),
    svg("line", { x1: now, x2: now, y1: CHART.top - 8, y2: FLOOR, class: "now" }),
    marked ? drawFlag(x(marked)) : [],
    svg("path", { d: joinPlaces(out), class: "waiting" }),
    svg("path", { d: joinPlaces(lead), class: "ahead carried garcia" }),
    marks,
    rows[position].out === null ? [] : svg("circle", { cx: now, cy: y(rows[position].out ?? 0), r: 4.5, class: "dot" }),
    nameLine(out, -9, "Ballots still out", ""),
    nameLine(lead, 21, "García’s lead over Flores", "garcia"),
    svg("text", { x: x(1) - 5, y: y(10000) + 18, class: "name flores" }, "▲ Flores ahead"),
  );
}

/** Draw the shares; a report without a share of valid votes breaks a line. @param {Report[]} reports @param {number} width */
export function drawShares(reports, width) {
  const right = width - SHARES.right;
  const x = (/** @type {number} */ report) =>
    SHARES.left + ((report - 1) * (right - SHARES.left)) / (reports.length - 1);
  const y = (/** @type {number} */ share) =>
    8 + ((SHARES.high - share) * (SHARES.height - 16)) / (SHARES.high - SHARES.low);
  const parts = [];
  for (let share = SHARES.low; share <= SHARES.high; share += 2) {
    parts.push(
      svg("line", { x1: SHARES.left, x2: right, y1: y(share), y2: y(share), class: "tick" }),
      svg("text", { x: SHARES.left - 6, y: y(share) + 4, class: "soft", "text-anchor": "end" }, `${share} %`),
    );
  }
  const last = reports[reports.length - 1];
  for (const { key, name } of CANDIDATES) {
    const places = reports.map((report) => {
      const share = report.base === "valid" ? report[`${key}_percent`] : null;
      return share === null ? null : /** @type {[number, number]} */ ([x(report.report), y(share)]);
    });
    const place = { x: right + 6, y: y(last[`${key}_percent`] ?? SHARES.low) + 4, class: `name ${key}` };
    parts.push(svg("path", { d: joinPlaces(places), class: `share ${key}` }), svg("text", place, name));
  }
  const ends = CANDIDATES.map(({ key, name }) => `${name} ${writePercent(last[`${key}_percent`])}`).join(", ");
  const name = `Lines of the three shares of valid votes. In the last report: ${ends}.`;
  return svg("svg", { role: "img", "aria-label": name, width, height: SHARES.height }, parts);
}
