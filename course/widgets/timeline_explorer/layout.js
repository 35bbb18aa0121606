// Where the events of a timeline stand: lanes by category, rows within a lane, labels in the gaps.
//
// Rows depend on the scale alone and not on the part in view, so that nothing jumps while one moves
// along the timeline. Nothing here touches the page.

const ROW_PX = 24; // high enough for a finger
const LANE_PX = 6; // between two lanes
const POINT_PX = 6; // half the width of a point
const SPACE_PX = 3; // between two marks of a row
const LEAST_PX = { sure: 10, unsure: 17, label: 72 };
const BAR_PX = 40; // a date that may be anywhere in a stretch so long is drawn as a bar
const ROWS_AT_MOST = 21; // as far as marks allow; more than that only where they would overlap

/** What the widget needs of an event in days; `end` is the day after the last one. */
function timed(event) {
  const [first, last] = [dayOf(event.first), dayOf(event.last)];
  const [from, until] = event.from ? [dayOf(event.from), dayOf(event.until)] : [first, last];
  return {
    ...event,
    begin: first,
    end: until + 1,
    interval: event.from !== null,
    core: [last, from + 1], // surely within it
    unsure: { begin: first !== last, end: event.from !== null && from !== until },
  };
}

/**
 * Left and right of a mark in pixels from day 0, and whether it is a bar: an interval, or a date
 * that may be any of many days.
 */
function extent(event, scale) {
  const [left, right] = [event.begin * scale, event.end * scale];
  const sure = !event.unsure.begin && !event.unsure.end;
  const bar = event.interval || (!sure && right - left > BAR_PX);
  const least = sure ? (bar ? LEAST_PX.sure : 2 * POINT_PX) : LEAST_PX.unsure;
  const more = sure && !bar ? 2 * POINT_PX - (right - left) : Math.max(least - (right - left), 0);
  return { left: left - more / 2, right: right + more / 2, bar };
}

/** The fewest rows in which marks, sorted by their left, do not overlap. */
function fewestRows(marks) {
  const ends = [];
  for (const { left, right } of marks) {
    const free = ends.findIndex((end) => end + SPACE_PX <= left);
    ends[free < 0 ? ends.length : free] = right;
  }
  return Math.max(ends.length, 1);
}

/** Give each mark the free row that has been empty longest, which leaves most room for labels. */
function spread(marks, count) {
  const rows = Array.from({ length: count }, () => []);
  const end = (row) => (row.length ? row.at(-1).right : -Infinity);
  for (const mark of marks) {
    const free = rows.filter((row) => end(row) + SPACE_PX <= mark.left);
    free.reduce((best, row) => (end(row) < end(best) ? row : best)).push(mark);
  }
  return rows;
}

/**
 * Labels of a row where there is room: right of a point or above a bar, else left of a point; cut
 * short only where there is no room for the whole on either side.
 */
function labelRow(row, bounds, widthOf) {
  let taken = bounds.left;
  row.forEach((mark, place) => {
    const next = place + 1 < row.length ? row[place + 1].left - SPACE_PX : bounds.right;
    const start = mark.bar ? mark.left : mark.right + 3;
    const wanted = widthOf(mark.event.title);
    const least = Math.min(wanted, LEAST_PX.label);
    const before = mark.left - 3 - taken;
    const right = next - start >= least && { start, limit: next, before: false };
    const left = !mark.bar && before >= least && { start: mark.left - 3, limit: taken, before: true };
    mark.label = (next - start < wanted && before >= wanted && left) || right || left || null;
    const after = mark.label && !mark.label.before ? Math.min(start + wanted, next) : mark.right;
    taken = Math.max(mark.right, after) + 3 * SPACE_PX;
  });
}

/** A lane with a number of rows; `hidden` is how many labels find no room. */
function laneOf(category, marks, count, bounds, widthOf) {
  const rows = spread(marks, count);
  rows.forEach((row) => labelRow(row, bounds, widthOf));
  const hidden = marks.filter(({ label }) => label === null).length;
  return { category, marks, rows, hidden };
}

/**
 * The lanes of the events at a scale. `bounds` are the ends of the timeline in pixels from day 0,
 * `widthOf(text)` measures a label, `heading` is the room for a lane's name above its rows.
 */
function layOut(events, categories, scale, bounds, widthOf, heading) {
  const lanes = categories
    .map((category) => events.filter((event) => event.category === category))
    .filter((found) => found.length)
    .map((found) => {
      const marks = found.map((event) => ({ event, ...extent(event, scale) }));
      marks.sort((one, other) => one.left - other.left);
      return laneOf(found[0].category, marks, fewestRows(marks), bounds, widthOf);
    });
  let rows = lanes.reduce((sum, lane) => sum + lane.rows.length, 0);
  for (; rows < ROWS_AT_MOST; rows += 1) {
    const worst = lanes.reduce((best, lane) => (lane.hidden > best.hidden ? lane : best), { hidden: 0 });
    if (!worst.hidden) break;
    const { category, marks } = worst;
    lanes[lanes.indexOf(worst)] = laneOf(category, marks, worst.rows.length + 1, bounds, widthOf);
  }
  return stacked(lanes, heading);
}

/** Lanes below each other; every mark gets its y. */
function stacked(lanes, heading) {
  let top = 0;
  for (const lane of lanes) {
    lane.top = top;
    lane.height = heading + lane.rows.length * ROW_PX + LANE_PX;
    lane.rows.forEach((row, index) => {
      for (const mark of row) mark.y = top + heading + LANE_PX / 2 + index * ROW_PX;
    });
    top += lane.height;
  }
  return { lanes, marks: lanes.flatMap(({ marks }) => marks), height: top };
}
