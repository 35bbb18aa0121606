// The votes panels: what a report of the count says, what a split of votes implies.

import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseEnd } from "../../course/widgets/count_replay/bars.js";
import { scaleChart } from "../../course/widgets/count_replay/chart.js";
import * as words from "../../course/widgets/count_replay/words.js";
import { placeNames } from "../../course/widgets/denominator_explorer/names.js";
import {
  balanceVotes,
  listObstacles,
  readCount,
  roundDragged,
} from "../../course/widgets/runoff_laboratory/balance.js";
import { writeCount } from "../../course/widgets/shared/numbers.js";

/** @type {import("../../course/widgets/count_replay/types.d.ts").Report} */
const REPORT = {
  ...{ report: 1, date: "10 April 2006", time: "", base: "valid", note: "", source: "" },
  ...{ sheets_percent: 90, sheets_precision: "exact", gap_votes_stated: null },
  ...{ humala_percent: 30, garcia_percent: 24.3, flores_percent: 24.4 },
  ...{ humala_votes: null, garcia_votes: 1000, flores_votes: 3500 },
};
const NUMBERS = {
  ...{ garcia_first: 100, humala_first: 120, garcia_runoff: 180, humala_runoff: 160 },
  ...{ eliminated: 90, eliminated_candidates: 18, no_valid_vote: 40 },
};

test("a count has separators and a true minus sign", () => {
  assert.equal(writeCount(-1234567.4), "−1,234,567");
});

test("what a report does not state is said to be missing, never guessed", () => {
  const silent = { ...REPORT, sheets_percent: null, garcia_percent: null, garcia_votes: null };
  assert.equal(words.sayWhen(silent), "10 April 2006");
  assert.equal(words.saySheets(silent), "not stated");
  assert.equal(words.readLead(silent, 1000), null);
  assert.equal(words.estimateBallotsOut(silent, 1000), null);
  assert.match(words.sayEstimate(silent, 1000), /cannot be estimated/);
  assert.match(words.sayBoth({ report: silent, lead: null, out: null }), /does not give .* cannot be estimated/);
});

test("a lead is stated, else of the printed votes, else of the shares of valid votes", () => {
  assert.deepEqual(words.readLead({ ...REPORT, gap_votes_stated: 7 }, 10_000), { votes: 7, how: "stated" });
  assert.deepEqual(words.readLead(REPORT, 10_000), { votes: -2500, how: "printed" });
  const shares = { ...REPORT, flores_votes: null };
  assert.deepEqual(words.readLead(shares, 10_000), { votes: -9, how: "worked out" });
  assert.equal(words.readLead({ ...shares, base: "not stated" }, 10_000), null);
  assert.equal(words.estimateBallotsOut(REPORT, 12_345), 1235);
});

test("a scale ends at the next of 1, 2 or 5 times a power of ten", () => {
  assert.deepEqual([1, 3, 5, 64_999, 100_000, 478_466].map(chooseEnd), [1, 5, 5, 100_000, 100_000, 500_000]);
  assert.equal(chooseEnd(0), 1);
});

test("the chart has a place for each report and finds it again, and no count lies below its floor", () => {
  const { x, y, find } = scaleChart(52, 548);
  for (const report of [1, 17, 52]) assert.equal(find(x(report)), report);
  assert.equal(find(-20), 1);
  assert.equal(y(0), y(1000));
  assert.ok(y(10_179_484) < y(1_000_000));
});

test("a split that meets every total has no obstacle", () => {
  const balance = balanceVotes(NUMBERS, { garcia: 60, humala: 30 });
  assert.deepEqual(balance.garcia, { own: 100, given: 60, fresh: 20, total: 180 });
  assert.equal(balance.away, 0);
  assert.deepEqual(listObstacles(NUMBERS, balance), []);
});

test("each reason why a split cannot have been is named, and no number that the question asks for", () => {
  const listFor = (/** @type {number} */ garcia, /** @type {number} */ humala) =>
    listObstacles(NUMBERS, balanceVotes(NUMBERS, { garcia, humala }));
  assert.deepEqual(listFor(90, 0), ["García would end beyond his runoff total."]);
  assert.deepEqual(listFor(45, 45), ["Humala would end beyond his runoff total."]);
  assert.match(listFor(0, 0).join(), /^More new voters/);
  assert.doesNotMatch(listFor(90, 60).join(), /\d/);
});

test("a count is read as people write it, and what is none is none", () => {
  const texts = ["3250000", "3,250,000", " 3 250 000 ", "3\u202f250\u00a0000", "0"];
  assert.deepEqual(
    texts.map((text) => readCount(text, 5_531_269)),
    [3250000, 3250000, 3250000, 3250000, 0],
  );
  for (const text of ["", "-5", "2.5", "99999999", "many"]) assert.equal(readCount(text, 5_531_269), null);
});

test("a hand that drags reaches each thousand and both ends", () => {
  assert.deepEqual(
    [0, 499, 2_765_635, 5_531_100].map((votes) => roundDragged(votes, 5_531_269)),
    [0, 0, 2_766_000, 5_531_269],
  );
});

test("names stand under their pieces, apart from each other and inside the edges", () => {
  const pieces = [2, 50, 96, 98].map((middle, place) => ({ name: "abc".repeat(place ? 2 : 1), middle: middle * 5 }));
  const placed = placeNames(pieces, 500);
  assert.equal(placed[1].x, 250 - placed[1].long / 2);
  for (const [place, { x, long }] of placed.entries()) {
    assert.ok(x >= 0 && x + long <= 500);
    assert.ok(place === 0 || x >= placed[place - 1].x + placed[place - 1].long);
  }
});
