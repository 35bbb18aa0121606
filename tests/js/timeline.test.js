// The timeline: where events stand, how dates are written, what is said of an event.

import assert from "node:assert/strict";
import { test } from "node:test";
import { listTicks, readDay, writeDate } from "../../course/widgets/timeline_explorer/dates.js";
import { findNearest, layOutTimeline, timeEvent } from "../../course/widgets/timeline_explorer/layout.js";
import { listFacts, sayEvent, sayWhen } from "../../course/widgets/timeline_explorer/words.js";
import { makeDice } from "./dice.js";

/** @typedef {import("../../course/widgets/timeline_explorer/types.d.ts").PlainEvent} PlainEvent */
/** @typedef {import("../../course/widgets/timeline_explorer/types.d.ts").TimedEvent} TimedEvent */

const FRAME = {
  left: 150,
  right: 800,
  heading: 0,
  rowPx: 10,
  alone: false,
  measure: (/** @type {string} */ text) => text.length * 6,
};

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

/** Lay out invented events over all their time. @param {TimedEvent[]} events */
function layOut(events, frame = FRAME) {
  const view = { from: events[0].begin - 400, until: Math.max(...events.map(({ end }) => end)) + 400 };
  return layOutTimeline(events, ["lane 1", "lane 2", "lane 3", "lane 4", "lane 5"], view, frame);
}

test("no two marks of a row overlap, and every event stands once in its lane", () => {
  const events = inventEvents(5, 150);
  const { lanes, marks } = layOut(events);
  assert.deepEqual(marks.map(({ event }) => event.id).sort(), events.map(({ id }) => id).sort());
  for (const { category, marks: some, top, height } of lanes) {
    for (const [place, mark] of some.entries()) {
      assert.equal(mark.event.category, category);
      assert.ok(mark.y >= top + 4 && mark.y <= top + height - 4);
      assert.ok(mark.left >= FRAME.left - 5 && mark.right <= FRAME.right + 5);
      for (const other of some.slice(0, place)) assert.ok(other.y !== mark.y || other.right < mark.left);
    }
  }
});

test("a label is there only where all of it fits, beside its mark and on nothing else", () => {
  const { marks } = layOut(inventEvents(3, 40));
  const labels = marks.flatMap(({ event, label, left, y }) => {
    if (label === null) return [];
    const end = label + FRAME.measure(event.title);
    assert.ok(label >= FRAME.left && end <= FRAME.right);
    return [{ id: event.id, left: label, right: end, y, before: label < left }];
  });
  assert.ok(labels.length > 3 && labels.some(({ before }) => before) && labels.some(({ before }) => !before));
  for (const one of labels) {
    for (const { event, left, right, y } of marks) {
      const apart = one.right <= left || right <= one.left || Math.abs(one.y - y) >= 10;
      assert.ok(event.id === one.id || apart, `${one.id} on ${event.id}`);
    }
    for (const other of labels) {
      const apart = one.right <= other.left || other.right <= one.left || Math.abs(one.y - other.y) >= 13;
      assert.ok(one === other || apart, `${one.id} on the label of ${other.id}`);
    }
  }
});

test("a lane without an event takes no room, and a heading takes its own", () => {
  const events = inventEvents(9, 40).filter(({ category }) => category !== "lane 2");
  const { lanes, height } = layOut(events);
  assert.ok(lanes.every(({ category }) => category !== "lane 2"));
  assert.equal(layOut(events, { ...FRAME, heading: 13 }).height, height + 4 * 13);
  assert.deepEqual(layOutTimeline([], ["lane 1"], { from: 0, until: 9 }, FRAME).lanes, []);
});

test("where each mark has a row of its own, every title that is not too long is there", () => {
  const { marks } = layOut(inventEvents(4, 16), { ...FRAME, alone: true, rowPx: 14 });
  assert.ok(marks.every(({ label }) => label !== null));
  assert.equal(new Set(marks.map(({ y }) => y)).size, 16);
});

test("a press chooses the nearest mark within the reach of a finger, none beyond", () => {
  const events = [makeEvent(), makeEvent({ id: "E2", first: "1904-12-20" })];
  const { marks } = layOutTimeline(
    events,
    ["words"],
    { from: events[0].begin - 4000, until: events[0].end + 4000 },
    FRAME,
  );
  const [one, two] = marks;
  assert.notEqual(one.y, two.y);
  assert.equal(findNearest(marks, one.left, one.y - 9)?.event.id, "E1");
  assert.equal(findNearest(marks, two.left, two.y + 9)?.event.id, "E2");
  assert.equal(findNearest(marks, one.left - 40, one.y), undefined);
});

test("a date is written as far as it is known", () => {
  const day = readDay("1904-12-06");
  assert.equal(writeDate(day, "day"), "6 December 1904");
  assert.equal(writeDate(day, "month"), "December 1904");
  assert.equal(writeDate(day, "year"), "1904");
});

test("the marks of an axis leave room for their words", () => {
  for (const [years, width] of [
    [196, 650],
    [196, 360],
    [34, 650],
    [2, 300],
  ]) {
    const [from, until] = [readDay("1823-12-02"), readDay(`${1823 + years}-12-02`)];
    const ticks = listTicks({ from, until }, width);
    assert.ok(ticks.length >= 2 && ticks.length <= width / 60, `${years} years: ${ticks}`);
    assert.ok(ticks.every((year) => year > 1823 && year <= 1823 + years));
  }
});

test("an event is said with its doubt", () => {
  const month = makeEvent({ first: "1905-02-01", last: "1905-02-28", until: "1905-02-28", precision: "month" });
  assert.equal(sayEvent(month), "February 1905 (date known to the month only): A message. words; doctrine named: yes");
  const long = makeEvent({ from: "1906-01-01", until: "1906-12-31", end_precision: "year" });
  assert.equal(sayWhen(long), "6 December 1904 to 1906");
  assert.match(sayEvent(long), /^6 December 1904 to 1906 \(end known to the year only\)/);
  const told = { invocation_evidence: "It was quoted.", contested: "begin;end_date" };
  assert.deepEqual(Object.fromEntries(listFacts(makeEvent(told))), {
    "Why “yes”": "It was quoted.",
    "In dispute": "begin,end date",
    Source: "A book",
  });
});
