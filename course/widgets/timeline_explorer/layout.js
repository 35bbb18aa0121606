// Where the events of a timeline stand: lanes by category, rows within a lane, labels where all of
// a title fits. Nothing here touches the page.

import { readDay } from "./dates.js";

/** @import { Frame, Lane, Mark, PlainEvent, Stretch, TimedEvent } from "./types.d.ts" */

export const POINT_PX = 4.2; // half the width of a point
export const BAR_PX = 8;
const SPACE_PX = 1.5; // between two marks of a row
const GAP_PX = 3; // between a mark and its label
const LABEL_PX = 13; // the height of a label
const REACH_PX = 22;
const LANE_PX = { least: 17, more: 5 };

/** Return an event with its days as numbers. @param {PlainEvent} event @returns {TimedEvent} */
export function timeEvent(event) {
  const { first, last, from, until } = event;
  return {
    ...event,
    begin: readDay(first),
    end: readDay(until) + 1,
    interval: from !== null,
    unsure: { begin: first !== last, end: from !== null && from !== until },
  };
}

/**
 * Place an event's mark from left to right: a point, or a bar where that would be longer.
 * @param {TimedEvent} event @param {Stretch} view @param {Frame} frame @returns {Mark}
 */
function placeMark(event, view, { left, right }) {
  const placeDay = (/** @type {number} */ day) =>
    left + ((Math.min(Math.max(day, view.from), view.until) - view.from) * (right - left)) / (view.until - view.from);
  const [begin, end] = [placeDay(event.begin), placeDay(event.end)];
  const bar = end - begin > 2 * POINT_PX;
  const middle = (begin + end) / 2;
  const ends = bar ? { left: begin, right: end } : { left: middle - POINT_PX, right: middle + POINT_PX };
  return { event, ...ends, bar, y: 0, label: null };
}

/** Give each mark, sorted by its left, the first row that is free, or a row of its own. */
function packRows(/** @type {Mark[]} */ marks, /** @type {boolean} */ alone) {
  if (alone) return marks.map((_, place) => place);
  const ends = /** @type {number[]} */ ([]);
  return marks.map(({ left, right }) => {
    const free = ends.findIndex((end) => end + SPACE_PX <= left);
    const row = free < 0 ? ends.length : free;
    ends[row] = right;
    return row;
  });
}

/** Put a label beside each mark of a lane that has room for the whole of it. */
function labelMarks(/** @type {Mark[]} */ marks, /** @type {Frame} */ { left, right, measure }) {
  const taken = marks.map((mark) => ({ mark, begin: mark.left, end: mark.right, y: mark.y, high: BAR_PX }));
  for (const mark of marks) {
    const width = measure(mark.event.title);
    const isFree = (/** @type {number} */ x) =>
      x >= left &&
      x + width <= right &&
      taken.every(
        (other) =>
          other.mark === mark ||
          other.begin - GAP_PX >= x + width ||
          other.end + GAP_PX <= x ||
          Math.abs(other.y - mark.y) >= (LABEL_PX + other.high) / 2,
      );
    const x = [mark.right + GAP_PX, mark.left - GAP_PX - width].find(isFree);
    if (x === undefined) continue;
    mark.label = x;
    taken.push({ mark, begin: x, end: x + width, y: mark.y, high: LABEL_PX });
  }
}

/**
 * Lay out events in lanes below each other; a category without events has no lane.
 * @param {TimedEvent[]} events @param {string[]} categories @param {Stretch} view @param {Frame} frame
 */
export function layOutTimeline(events, categories, view, frame) {
  const lanes = /** @type {Lane[]} */ ([]);
  let top = 0;
  for (const category of categories) {
    const found = events.filter((event) => event.category === category);
    if (!found.length) continue;
    const marks = found.map((event) => placeMark(event, view, frame));
    marks.sort((one, other) => one.left - other.left);
    const rows = packRows(marks, frame.alone);
    for (const [place, mark] of marks.entries()) {
      mark.y = top + frame.heading + LANE_PX.least / 2 + rows[place] * frame.rowPx;
    }
    labelMarks(marks, frame);
    const height = frame.heading + LANE_PX.more + Math.max(12, (Math.max(...rows) + 1) * frame.rowPx);
    lanes.push({ category, marks, top, height });
    top += height;
  }
  return { lanes, marks: lanes.flatMap(({ marks }) => marks), height: top };
}

/** Return the mark that is nearest to a point, within the reach of a finger. */
export function findNearest(/** @type {Mark[]} */ marks, /** @type {number} */ x, /** @type {number} */ y) {
  const away = (/** @type {Mark} */ { left, right, y: middle }) =>
    Math.hypot(Math.max(left - x, x - right, 0), middle - y);
  const near = marks.filter((mark) => away(mark) <= REACH_PX);
  return near.sort((one, other) => away(one) - away(other))[0];
}
