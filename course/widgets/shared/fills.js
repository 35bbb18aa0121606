// Pieces of bars that are told apart by colour and by pattern; the colours are in the style sheets.

import { html, svg } from "./elements.js";

/** @import { Fill } from "./types.d.ts" */

const MARKS = {
  plain: () => [],
  stripes: () => [svg("path", { d: "M0 8L8 0M-2 2L2 -2M6 10L10 6", class: "mark" })],
  dots: () => [svg("circle", { cx: 4, cy: 4, r: 1.5, class: "dot" })],
  crosses: () => [svg("path", { d: "M0 0L8 8M8 0L0 8", class: "mark" })],
};
const SWATCH = { width: 22, height: 14 };

/** Define the fills of a figure. @param {string} prefix @param {readonly Fill[]} fills */
export function defineFills(prefix, fills) {
  const tile = { width: 8, height: 8, patternUnits: "userSpaceOnUse" };
  const patterns = fills.map(({ key, pattern }) => {
    const ground = svg("rect", { width: 8, height: 8, class: "ground" });
    return svg("pattern", { id: `${prefix}-${key}`, class: key, ...tile }, ground, MARKS[pattern]());
  });
  return svg("defs", {}, patterns);
}

/**
 * Draw a piece of a bar.
 * @param {string} prefix @param {string} key
 * @param {{ x: number, y: number, width: number, height: number }} place
 */
function drawPiece(prefix, key, place) {
  return svg("rect", { ...place, fill: `url(#${prefix}-${key})`, class: "piece" });
}

/**
 * Draw a bar of pieces side by side; pieces of no length are left out.
 * @param {string} prefix @param {readonly Fill[]} fills @param {Record<string, number>} lengths
 * @param {{ y: number, height: number, scale: number }} place
 */
export function drawBar(prefix, fills, lengths, { y, height, scale }) {
  let x = 0;
  return fills.flatMap(({ key }) => {
    if (!(lengths[key] > 0)) return [];
    const place = { x: x * scale, y, width: lengths[key] * scale, height };
    x += lengths[key];
    return drawPiece(prefix, key, place);
  });
}

/** Say what each fill means, beside a sample of it. @param {string} prefix @param {readonly Fill[]} fills */
export function makeLegend(prefix, fills) {
  const place = { x: 0.5, y: 0.5, width: SWATCH.width - 1, height: SWATCH.height - 1 };
  const items = fills.map(({ key, label }) => {
    const swatch = svg("svg", { ...SWATCH, "aria-hidden": "true" }, drawPiece(prefix, key, place));
    return html("li", {}, swatch, label);
  });
  return html("ul", { class: "legend" }, items);
}
