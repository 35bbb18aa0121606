// The shapes of an event in the picture: what is certain, what is not, and the ring around both.

import { POINT_PX, ROW_PX } from "./layout.js";

/** @import { Mark } from "./types.d.ts" */

export const BAR_PX = 7;
const NARROW_PX = 30; // a bar in which ends in doubt are not told apart

/**
 * Draw a box with round corners as a path.
 * @param {number} x @param {number} y @param {number} width @param {number} height
 * @param {number} round
 */
const drawBox = (x, y, width, height, round) =>
  `M${x + round} ${y}h${width - 2 * round}a${round} ${round} 0 0 1 ${round} ${round}` +
  `v${height - 2 * round}a${round} ${round} 0 0 1 ${-round} ${round}h${2 * round - width}` +
  `a${round} ${round} 0 0 1 ${-round} ${-round}v${2 * round - height}` +
  `a${round} ${round} 0 0 1 ${round} ${-round}z`;

/** Find the top of a bar: below its label, or in the middle of its row. @param {Mark} mark */
export const findBarTop = ({ label }) => (label ? ROW_PX - 8.5 : (ROW_PX - BAR_PX) / 2);

/**
 * Draw a mark from its left: what is certain, what is not, where question marks stand.
 * @param {Mark} mark @param {number} scale @returns {{ core: string, loose: string, asks: number[] }}
 */
export function drawMark(mark, scale) {
  const { event, left, right, bar } = mark;
  const { core, interval, unsure } = event;
  const width = right - left;
  const asked = unsure.begin || unsure.end;
  const high = bar ? BAR_PX : 2 * POINT_PX;
  const y = bar ? findBarTop(mark) : ROW_PX / 2 - POINT_PX;
  if (!asked) {
    const whole = bar ? drawBox(0, y, width, high, 2) : drawBox(0, y, high, high, POINT_PX);
    return { core: whole, loose: "", asks: [] };
  }
  const loose = drawBox(0, y, width, high, bar ? 1 : 3);
  if (!interval || width < NARROW_PX) return { core: "", loose, asks: [width / 2] };
  let [begin, end] = core.map((day) => Math.min(Math.max(day * scale - left, 0), width));
  if (unsure.begin) begin = Math.max(begin, 9);
  if (unsure.end) end = Math.min(end, width - 9);
  const asks = [...(unsure.begin ? [begin / 2] : []), ...(unsure.end ? [(end + width) / 2] : [])];
  return { core: end - begin >= 3 ? drawBox(begin, y, end - begin, high, 0) : "", loose, asks };
}

/** Draw the ring around a mark. @param {Mark} mark */
export function drawRing(mark) {
  const width = mark.right - mark.left + 8;
  if (!mark.bar) return drawBox(-4, ROW_PX / 2 - 10, width, 20, 6);
  return drawBox(-4, findBarTop(mark) - 3, width, BAR_PX + 6, 4);
}
