// Where the events of a timeline stand: lanes by category, rows within a lane, labels in the gaps.
//
// Rows depend on the scale alone and not on the part in view, so that nothing jumps while one moves
// along the timeline. Nothing here touches the page.

import { readDay } from "./dates.js";

/** @import { Lane, Mark, PlainEvent, TimedEvent } from "./types.d.ts" */

/**
 * @typedef {{ left: number, right: number }} Bounds the ends of the timeline, in pixels from day 0
 * @typedef {(text: string) => number} MeasureText
 */

export const ROW_PX = 24; // high enough for a finger
export const POINT_PX = 6; // half the width of a point
const LANE_PX = 6; // between two lanes
const SPACE_PX = 3; // between two marks of a row
const LEAST_PX = { sure: 10, unsure: 17, label: 72 };
const BAR_PX = 40; // a date that may be anywhere in a stretch so long is drawn as a bar
const ROWS_AT_MOST = 21; // as far as marks allow; more than that only where they would overlap

/** Return an event with its days as numbers. @param {PlainEvent} event @returns {TimedEvent} */
export function timeEvent(event) {
  const [first, last, until] = [event.first, event.last, event.until].map(readDay);
  const from = event.from === null ? null : readDay(event.from);
  return {
    ...event,
    begin: first,
    end: (from === null ? last : until) + 1,
    interval: from !== null,
    core: [last, (from ?? first) + 1],
    unsure: { begin: first !== last, end: from !== null && from !== until },
  };
}

/** Place an event's mark from left to right. @param {TimedEvent} event @param {number} scale @returns {Mark} */
function placeMark(event, scale) {
  const [left, right] = [event.begin * scale, event.end * scale];
  const sure = !event.unsure.begin && !event.unsure.end;
  const bar = event.interval || (!sure && right - left > BAR_PX);
  const least = sure ? LEAST_PX.sure : LEAST_PX.unsure;
  const isPoint = sure && !bar;
  const more = isPoint ? 2 * POINT_PX - (right - left) : Math.max(least - (right - left), 0);
  return { event, left: left - more / 2, right: right + more / 2, bar, y: 0, label: null };
}

/** Count the fewest rows in which marks, sorted by their left, do not overlap. @param {Mark[]} marks */
function countRows(marks) {
  const ends = /** @type {number[]} */ ([]);
  for (const { left, right } of marks) {
    const free = ends.findIndex((end) => end + SPACE_PX <= left);
    ends[free < 0 ? ends.length : free] = right;
  }
  return Math.max(ends.length, 1);
}

/** Give each mark the free row that has been empty longest, which leaves most room for labels. */
function spreadMarks(/** @type {Mark[]} */ marks, /** @type {number} */ count) {
  const rows = Array.from({ length: count }, () => /** @type {Mark[]} */ ([]));
  const end = (/** @type {Mark[]} */ row) => row.at(-1)?.right ?? Number.NEGATIVE_INFINITY;
  for (const mark of marks) {
    const free = rows.filter((row) => end(row) + SPACE_PX <= mark.left);
    free.reduce((best, row) => (end(row) < end(best) ? row : best)).push(mark);
  }
  return rows;
}

/**
 * Put labels in a row where there is room: right of a point or above a bar, else left of a point;
 * cut short only where there is no room for the whole on either side.
 * @param {Mark[]} row @param {Bounds} bounds @param {MeasureText} measure
 */
function labelRow(row, bounds, measure) {
  let taken = bounds.left;
  for (const [place, mark] of row.entries()) {
    const next = place + 1 < row.length ? row[place + 1].left - SPACE_PX : bounds.right;
    const start = mark.bar ? mark.left : mark.right + 3;
    const wanted = measure(mark.event.title);
    const least = Math.min(wanted, LEAST_PX.label);
    const [before, after] = [mark.left - 3 - taken, next - start];
    const left = !mark.bar && before >= least ? { start: mark.left - 3, limit: taken, before: true } : null;
    const right = after >= least ? { start, limit: next, before: false } : null;
    mark.label = (after < wanted && before >= wanted && left) || right || left;
    const end = mark.label && !mark.label.before ? Math.min(start + wanted, next) : mark.right;
    taken = Math.max(mark.right, end) + 3 * SPACE_PX;
  }
}

/**
 * Make a lane with a number of rows.
 * @param {string} category @param {Mark[]} marks @param {number} count
 * @param {Bounds} bounds @param {MeasureText} measure @returns {Lane}
 */
function makeLane(category, marks, count, bounds, measure) {
  const rows = spreadMarks(marks, count);
  for (const row of rows) labelRow(row, bounds, measure);
  const hidden = marks.filter(({ label }) => label === null).length;
  return { category, marks, rows, hidden, top: 0, height: 0 };
}

/**
 * Lay out events at a scale; `heading` is the room for a lane's name above its rows.
 * @param {TimedEvent[]} events @param {string[]} categories @param {number} scale
 * @param {Bounds} bounds @param {MeasureText} measure @param {number} heading
 */
export function layOutTimeline(events, categories, scale, bounds, measure, heading) {
  const lanes = categories.flatMap((category) => {
    const found = events.filter((event) => event.category === category);
    const marks = found.map((event) => placeMark(event, scale));
    marks.sort((one, other) => one.left - other.left);
    return found.length ? [makeLane(category, marks, countRows(marks), bounds, measure)] : [];
  });
  let rows = lanes.reduce((sum, lane) => sum + lane.rows.length, 0);
  for (; lanes.length && rows < ROWS_AT_MOST; rows += 1) {
    const worst = lanes.reduce((best, lane) => (lane.hidden > best.hidden ? lane : best));
    if (!worst.hidden) break;
    const { category, marks } = worst;
    const more = worst.rows.length + 1;
    lanes[lanes.indexOf(worst)] = makeLane(category, marks, more, bounds, measure);
  }
  return stackLanes(lanes, heading);
}

/** Put lanes below each other; every mark gets its y. @param {Lane[]} lanes @param {number} heading */
function stackLanes(lanes, heading) {
  let top = 0;
  for (const lane of lanes) {
    lane.top = top;
    lane.height = heading + lane.rows.length * ROW_PX + LANE_PX;
    for (const [index, row] of lane.rows.entries()) {
      for (const mark of row) mark.y = top + heading + LANE_PX / 2 + index * ROW_PX;
    }
    top += lane.height;
  }
  return { lanes, marks: lanes.flatMap(({ marks }) => marks), height: top };
}
