// Two vessels to one scale: each finalist's votes in the runoff, and what they are made of.

import { svg } from "../shared/elements.js";
import { defineFills, drawBar } from "../shared/fills.js";
import { writeCount } from "../shared/numbers.js";
import { SIDES } from "./balance.js";

/** @import { Fill } from "../shared/types.d.ts" */
/** @import { Balance, Numbers, Side } from "./types.d.ts" */

const ROW = { height: 34, label: 18, gap: 12 };
const STEP = ROW.height + ROW.label + ROW.gap;
const LETTER_PX = 7.8;
/** @type {Fill[]} */
export const PIECES = [
  { key: "own", pattern: "plain", label: "own voters of April" },
  { key: "given", pattern: "stripes", label: "from the 18" },
  { key: "fresh", pattern: "dots", label: "new voters" },
  { key: "excess", pattern: "crosses", label: "too many" },
];

/** Say how long each piece is; what goes beyond the total is too many. @param {Side} side */
function measurePieces({ own, given, fresh }) {
  return { own, given: given + Math.min(fresh, 0), fresh: Math.max(fresh, 0), excess: Math.max(-fresh, 0) };
}

/**
 * Draw both vessels; where nothing is split yet they show the room that is to be filled.
 * @param {string} prefix @param {Numbers} numbers @param {Balance} balance @param {boolean} isTried
 * @param {number} width
 */
export function drawVessels(prefix, numbers, balance, isTried, width) {
  const longest = Math.max(numbers.garcia_first, numbers.humala_first) + numbers.eliminated;
  const scale = width / longest;
  const all = SIDES.flatMap(({ key }) => PIECES.map((piece) => ({ ...piece, key: `${piece.key}-${key}` })));
  const bars = SIDES.map(({ key, name }, row) => {
    const { own, given, total } = balance[key];
    const y = row * STEP + ROW.label;
    const pieces = Object.entries(measurePieces(balance[key])).map(([piece, length]) => [`${piece}-${key}`, length]);
    const fills = all.filter((fill) => fill.key.endsWith(key));
    const bar = drawBar(prefix, fills, Object.fromEntries(pieces), { y, height: ROW.height, scale });
    const end = total * scale;
    const words = [
      { text: `April voters ${writeCount(own)}`, from: 0, to: own, kind: "on-own" },
      { text: `from the 18: ${writeCount(given)}`, from: own, to: Math.min(own + given, total), kind: "halo" },
      { text: isTried ? "new voters" : "room to be filled", from: own + given, to: total, kind: "halo" },
      { text: "too many", from: Math.max(total, own + given), to: longest, kind: "bad halo" },
    ];
    const shown = words.filter(({ text, from, to }, place) => {
      const fits = (to - from) * scale > text.length * LETTER_PX + 12;
      return fits && (place < 1 || (place === 1 ? given > 0 : place === 2 || own + given > total));
    });
    const texts = shown.map(({ text, from, kind }) =>
      svg("text", { x: from * scale + 8, y: y + ROW.height / 2 + 4, class: kind }, text),
    );
    return svg(
      "g",
      {},
      svg("text", { x: 0, y: y - 5, class: "row" }, `${name} in June`),
      svg("text", { x: end, y: y - 6, class: "soft", "text-anchor": "end" }, sayTotal(total, end)),
      bar,
      svg("line", { x1: end, x2: end, y1: y - 4, y2: y + ROW.height + 4, class: "goal" }),
      texts,
    );
  });
  const words = SIDES.map(({ key, name }) => {
    const { own, given, total } = balance[key];
    return `${name}: ${writeCount(own)} own voters, ${writeCount(given)} from the 18, runoff total ${writeCount(total)}.`;
  });
  const figure = { role: "img", "aria-label": `Two bars. ${words.join(" ")}`, width, height: 2 * STEP - ROW.gap + 6 };
  return svg("svg", figure, defineFills(prefix, [...PIECES, ...all]), bars);
}

/** Write a total where it fits left of its line. @param {number} total @param {number} end */
function sayTotal(total, end) {
  return end > 330 ? `runoff total ${writeCount(total)}` : writeCount(total);
}
