// The lines of an argument map: a way with an arrow at its end, and a sign for its relation.

import { svg } from "../shared/elements.js";
import { sayLink } from "./words.js";

/** @import { Line, Point, Relation } from "./types.d.ts" */

// For a picture that is saved; on the page the style sheet goes before them.
const PENS = {
  supports: { colour: "#0063a3", dashes: null },
  challenges: { colour: "#b34700", dashes: "7 5" },
};
const ARROW = 9;

/** Tell how far back from its end a line's arrow begins, and on which side. @param {Point[]} points */
function findArrow(points) {
  const [[, beforeY], [x, y]] = points.slice(-2);
  return { x, y, back: y > beforeY ? -ARROW : ARROW };
}

/** Draw a way: straight beside cards, a curve from row to row, up to its arrow. @param {Point[]} points */
function drawWay(points) {
  const { x: endX, y: endY, back } = findArrow(points);
  const stops = /** @type {Point[]} */ ([...points.slice(0, -1), [endX, endY + back]]);
  return stops.reduce((way, [x, y], index) => {
    if (index === 0) return `M${x} ${y}`;
    if (index % 2 === 0) return `${way}L${x} ${y}`;
    const [fromX, fromY] = stops[index - 1];
    const half = (fromY + y) / 2;
    return `${way}C${fromX} ${half} ${x} ${half} ${x} ${y}`;
  }, "");
}

/** Place a line's sign on its first curve, near its source; a twin's in the middle. @returns {Point} */
function placeSign(/** @type {Line} */ { points, twin }) {
  const [[x1, y1], [x2, y2]] = points;
  const t = twin ? 0.5 : 0.36;
  const share = 3 * t * t - 2 * t * t * t;
  const along = 1.5 * t * (1 - t) + t * t * t;
  return [x1 + (x2 - x1) * share, y1 + (y2 - y1) * along];
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
  const pen = { fill: "none", stroke: colour, "stroke-width": 2, "stroke-dasharray": dashes };
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
  const { link, points } = line;
  const { x, y, back } = findArrow(points);
  const arrow = `M${x} ${y}L${x - 5} ${y + back}H${x + 5}Z`;
  const signs = drawSign(link.relation, placeSign(line));
  return drawParts(link.relation, drawWay(points), arrow, [...signs, ...more]);
}

/** Draw a line with a sign that can be pointed at. @param {Line} line */
export function drawLiveLine(line, /** @type {() => void} */ pointed) {
  const [cx, cy] = placeSign(line);
  const hit = svg("circle", { cx, cy, r: 13, class: "hit", onclick: pointed });
  return drawLine(line, hit, svg("title", {}, sayLink(line.link)));
}

/** Draw a sample of a kind of line. @param {Relation} relation */
export function drawSample(relation) {
  const line = drawParts(relation, "M0 11H42", "M50 11L41 6V16Z", drawSign(relation, [19, 11]));
  return svg("svg", { width: 50, height: 22, "aria-hidden": "true" }, line);
}
