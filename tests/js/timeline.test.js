// The timeline: where events stand, how dates are written, what is said of an event.

import assert from "node:assert/strict";
import { test } from "node:test";
import { listTicks, readDay, writeDate } from "../../course/widgets/timeline_explorer/dates.js";
import { layOutTimeline, timeEvent } from "../../course/widgets/timeline_explorer/layout.js";
import { drawMark } from "../../course/widgets/timeline_explorer/shapes.js";
import { listFacts, sayEvent, sayWhen } from "../../course/widgets/timeline_explorer/words.js";
import { makeDice } from "./dice.js";

/** @typedef {import("../../course/widgets/timeline_explorer/types.d.ts").PlainEvent} PlainEvent */

const LETTER_PX = 6;

/** Return an event of one day. @param {Partial<PlainEvent>} [more] */
function makeEvent(more = {}) {
  const first = more.first ?? "1904-12-06";
  return timeEvent({
    ...{ id: "E1", title: "A message", category: "words", first, last: first, precision: "day" },
    ...{ from: null, until: first, end_precision: null, countries: [], invoked: "yes" },
    ...{ thin: false, description: "", invocation_evidence: "", other_category: "" },
    ...{ contested: "", note: "", source: "A book" },
    ...more,
  });
}

/** Return events at random, in order of time. @param {number} seed @param {number} count */
function inventEvents(seed, count) {
  const dice = makeDice(seed);
  const events = Array.from({ length: count }, (_, place) => {
    const first = `${dice.roll(1823, 2012)}-0${dice.roll(1, 9)}-10`;
    const long = dice.roll(0, 4) === 0;
    const until = `${Number(first.slice(0, 4)) + dice.roll(1, 10)}-05-05`;
    const title = "A title of many words".repeat(2).slice(0, dice.roll(10, 40));
    const about = { id: `E${place}`, title, category: `lane ${dice.roll(1, 5)}`, first };
    return makeEvent({ ...about, ...(long ? { from: until, until, end_precision: "day" } : {}) });
  });
  return events.sort((one, other) => one.begin - other.begin);
}

test("no two marks of a row overlap, and every event stands once in its lane", () => {
  for (const scale of [0.01, 0.1, 2]) {
    const events = inventEvents(5, 150);
    const categories = [...new Set(events.map(({ category }) => category))];
    const ends = {
      left: events[0].begin * scale - 20,
      right: events[events.length - 1].end * scale + 20,
    };
    const laid = layOutTimeline(events, categories, scale, ends, (text) => text.length * LETTER_PX, 0);
    assert.deepEqual(laid.marks.map(({ event }) => event.id).sort(), events.map(({ id }) => id).sort());
    for (const { category, rows, top, height } of laid.lanes) {
      for (const row of rows) {
        for (const [place, mark] of row.entries()) {
          assert.equal(mark.event.category, category);
          assert.ok(mark.y >= top && mark.y < top + height);
          if (place) assert.ok(row[place - 1].right < mark.left);
        }
      }
    }
  }
});

test("a label stays within the room between its neighbours", () => {
  const events = inventEvents(3, 80);
  const ends = { left: events[0].begin - 20, right: events[events.length - 1].end + 20 };
  const categories = [...new Set(events.map(({ category }) => category))];
  const laid = layOutTimeline(
    events,
    categories,
    0.05,
    { left: ends.left * 0.05, right: ends.right * 0.05 },
    (text) => text.length * LETTER_PX,
    0,
  );
  for (const row of laid.lanes.flatMap(({ rows }) => rows)) {
    for (const [place, { label, left, right, bar }] of row.entries()) {
      if (!label) continue;
      const before = row[place - 1]?.right ?? Number.NEGATIVE_INFINITY;
      const after = row[place + 1]?.left ?? Number.POSITIVE_INFINITY;
      if (label.before) assert.ok(label.limit > before && label.start < left);
      else assert.ok(label.start >= (bar ? left : right) && label.limit < after);
    }
  }
});

test("rows do not depend on the part in view, and lanes without an event take no room", () => {
  const events = inventEvents(9, 40).filter(({ category }) => category !== "lane 2");
  const lay = () =>
    layOutTimeline(
      events,
      ["lane 1", "lane 2", "lane 3", "lane 4", "lane 5"],
      0.1,
      { left: 0, right: 9000 },
      () => 50,
      17,
    );
  assert.deepEqual(lay(), lay());
  assert.ok(lay().lanes.every(({ category }) => category !== "lane 2"));
  assert.deepEqual(layOutTimeline([], ["lane 1"], 1, { left: 0, right: 9 }, () => 1, 0).lanes, []);
});

test("a date is written as far as it is known", () => {
  const day = readDay("1904-12-06");
  assert.equal(writeDate(day, "day"), "6 December 1904");
  assert.equal(writeDate(day, "month"), "December 1904");
  assert.equal(writeDate(day, "year"), "1904");
});

test("the marks of an axis leave room for their words", () => {
  for (const scale of [0.005, 0.02, 0.1, 0.5, 2, 10]) {
    const from = readDay("1823-12-02");
    const ticks = listTicks(from, from + 900 / scale, scale);
    assert.ok(ticks.length >= 2, `scale ${scale}`);
    for (const [place, { day }] of ticks.entries()) {
      if (place) assert.ok((day - ticks[place - 1].day) * scale >= 55, `scale ${scale}`);
    }
  }
  const words = listTicks(readDay("1904-12-01"), readDay("1905-01-20"), 14).map(({ text }) => text);
  assert.deepEqual(
    words,
    ["1 Dec 1904", "8 Dec 1904", "15 Dec 1904", "22 Dec 1904"].concat("1 Jan 1905", "8 Jan 1905", "15 Jan 1905"),
  );
});

test("an event is said with its doubt", () => {
  const month = makeEvent({
    first: "1905-02-01",
    last: "1905-02-28",
    until: "1905-02-28",
    precision: "month",
  });
  assert.equal(
    sayEvent(month),
    "February 1905 (date known to the month only): A message. words; doctrine invoked: yes",
  );
  const long = makeEvent({ from: "1906-01-01", until: "1906-12-31", end_precision: "year" });
  assert.equal(sayWhen(long), "6 December 1904 to 1906");
  assert.deepEqual(Object.fromEntries(listFacts(long)), {
    When: "6 December 1904 to 1906 – end known to the year only",
    Category: "words",
    "Doctrine invoked": "yes",
    Source: "A book",
  });
});

test("a mark shows what is certain apart from what is not", () => {
  const place = { left: 0, right: 100, bar: true, y: 0, label: null };
  const sure = makeEvent({ from: "1905-12-06", until: "1905-12-06", end_precision: "day" });
  assert.deepEqual(drawMark({ ...place, event: sure }, 1).asks, []);
  const loose = makeEvent({
    last: "1904-12-20",
    from: "1905-02-10",
    until: "1905-03-15",
    end_precision: "month",
  });
  const drawn = drawMark({ ...place, left: loose.begin, right: loose.end, event: loose }, 1);
  assert.equal(drawn.asks.length, 2);
  assert.ok(drawn.core && drawn.loose);
});
