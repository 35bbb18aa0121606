// The lines of an argument map: a way with an arrow at its end, and a sign for its relation.

import { svg } from "../shared/elements.js";

/** @import { Line, Point, Relation } from "./types.d.ts" */

// For a picture that is saved; on the page the style sheet goes before them.
const PENS = {
  supports: { colour: "#0063a3", dashes: null },
  challenges: { colour: "#b34700", dashes: "6 3" },
};
const ARROW = 8;
const CORNER = 5;

/** Tell how far back from its end a line's arrow begins, and on which side. @param {Point[]} points */
function findArrow(points) {
  const [[, beforeY], [x, y]] = points.slice(-2);
  return { x, y, back: y > beforeY ? -ARROW : ARROW };
}

/** Draw a way, its corners rounded, up to its arrow. @param {Point[]} points */
function drawWay(points) {
  const { x: endX, y: endY, back } = findArrow(points);
  const stops = /** @type {Point[]} */ ([...points.slice(0, -1), [endX, endY + back]]);
  return stops.reduce((way, [x, y], at) => {
    if (at === 0) return `M${x} ${y}`;
    if (at === stops.length - 1) return `${way}L${x} ${y}`;
    const cut = (/** @type {Point} */ [otherX, otherY]) => {
      const long = Math.hypot(otherX - x, otherY - y) || 1;
      const part = Math.min(CORNER, long / 2) / long;
      return `${(x + (otherX - x) * part).toFixed(1)} ${(y + (otherY - y) * part).toFixed(1)}`;
    };
    return `${way}L${cut(stops[at - 1])}Q${x} ${y} ${cut(stops[at + 1])}`;
  }, "");
}

/** Draw a sign: a plus in a circle for support, a minus in a square for a challenge. */
function drawSign(/** @type {Relation} */ relation, /** @type {Point} */ [x, y]) {
  const { colour } = PENS[relation];
  const fill = { fill: "#fff", stroke: colour, "stroke-width": 1.6 };
  const bar = `M${x - 4} ${y}H${x + 4}`;
  if (relation === "challenges") {
    const box = svg("rect", { x: x - 7.5, y: y - 7.5, width: 15, height: 15, ...fill });
    return [box, svg("path", { d: bar, class: "stroke", ...fill })];
  }
  const plus = svg("path", { d: `${bar}M${x} ${y - 4}V${y + 4}`, class: "stroke", ...fill });
  return [svg("circle", { cx: x, cy: y, r: 8, ...fill }), plus];
}

/**
 * Draw a line from its parts.
 * @param {Relation} relation @param {string} way @param {string} arrow @param {SVGElement[]} signs
 */
function drawParts(relation, way, arrow, signs) {
  const { colour, dashes } = PENS[relation];
  const pen = { fill: "none", stroke: colour, "stroke-width": 1.6, "stroke-dasharray": dashes };
  return svg(
    "g",
    { class: `link ${relation}` },
    svg("path", { d: way, class: "way", ...pen }),
    svg("path", { d: arrow, class: "arrow", fill: colour }),
    svg("g", { class: "sign" }, signs),
  );
}

/** Draw a line with arrow and sign. @param {Line} line */
export function drawLine(line, /** @type {SVGElement[]} */ ...more) {
  const { link, points, sign } = line;
  const { x, y, back } = findArrow(points);
  const arrow = `M${x} ${y}L${x - 4.5} ${y + back}H${x + 4.5}Z`;
  const signs = drawSign(link.relation, sign);
  return drawParts(link.relation, drawWay(points), arrow, [...signs, ...more]);
}

/** Draw a sample of a kind of line. @param {Relation} relation */
export function drawSample(relation) {
  const line = drawParts(relation, "M0 11H42", "M50 11L41 6V16Z", drawSign(relation, [19, 11]));
  return svg("svg", { width: 50, height: 22, "aria-hidden": "true" }, line);
}
