// The three candidates' shares of valid votes over the reports, as a chart of lines.

import { svg } from "../shared/elements.js";
import { writePercent } from "./words.js";

/** @import { Candidate, Report } from "./types.d.ts" */

/** @type {{ key: Candidate, name: string }[]} */
export const CANDIDATES = [
  { key: "humala", name: "Humala" },
  { key: "garcia", name: "García" },
  { key: "flores", name: "Flores" },
];
const SIZE = { height: 200, left: 40, right: 60 };
const [LOW, HIGH] = [22, 32];

/** Draw the shares; a report without a share of valid votes breaks a line. @param {Report[]} reports @param {number} width */
export function drawShares(reports, width) {
  const right = width - SIZE.right;
  const x = (/** @type {number} */ report) => SIZE.left + ((report - 1) * (right - SIZE.left)) / (reports.length - 1);
  const y = (/** @type {number} */ share) => 8 + ((HIGH - share) * (SIZE.height - 16)) / (HIGH - LOW);
  const parts = [];
  for (let share = LOW; share <= HIGH; share += 2) {
    parts.push(
      svg("line", { x1: SIZE.left, x2: right, y1: y(share), y2: y(share), class: "tick" }),
      svg("text", { x: SIZE.left - 6, y: y(share) + 4, class: "soft", "text-anchor": "end" }, `${share} %`),
    );
  }
  const last = reports[reports.length - 1];
  for (const { key, name } of CANDIDATES) {
    let pen = "M";
    const path = reports.map((report) => {
      const share = report.base === "valid" ? report[`${key}_percent`] : null;
      const step = share === null ? "" : `${pen}${x(report.report)} ${y(share)}`;
      pen = share === null ? "M" : "L";
      return step;
    });
    const place = { x: right + 6, y: y(last[`${key}_percent`] ?? LOW) + 4, class: `name ${key}` };
    parts.push(svg("path", { d: path.join(""), class: `share ${key}` }), svg("text", place, name));
  }
  const ends = CANDIDATES.map(({ key, name }) => `${name} ${writePercent(last[`${key}_percent`])}`).join(", ");
  const name = `Lines of the three shares of valid votes. In the last report: ${ends}.`;
  return svg("svg", { role: "img", "aria-label": name, width, height: SIZE.height }, parts);
}
