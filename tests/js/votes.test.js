// The votes panels: what a report of the count says, what a split of votes implies.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as words from "../../course/widgets/count_replay/words.js";
import { balanceVotes, listObstacles } from "../../course/widgets/runoff_laboratory/balance.js";
import { writeCount } from "../../course/widgets/shared/numbers.js";

/** @type {import("../../course/widgets/count_replay/types.d.ts").Report} */
const REPORT = {
  ...{ report: 1, date: "10 April 2006", time: "", base: "valid", note: "" },
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
  assert.equal(words.sayWhen(silent), "10 April 2006, hour not stated");
  assert.equal(words.saySheets(silent), "not stated");
  assert.equal(words.sayGapInPoints(silent), "not stated");
  assert.equal(words.sayGapInVotes(silent), "not stated");
  assert.equal(words.sayBallotsOut(silent, 1000), "cannot be estimated");
  assert.match(words.sayBound(silent, 1000), /does not state/);
});

test("gaps are in votes and in points, without stray digits", () => {
  assert.equal(words.sayGapInPoints(REPORT), "−0.1 points");
  assert.equal(words.sayGapInVotes(REPORT), "−2,500 (from the votes)");
  const both = words.sayGapInVotes({ ...REPORT, gap_votes_stated: -2400 });
  assert.equal(both, "−2,400 (as stated); −2,500 (from the votes)");
  assert.equal(words.sayBallotsOut(REPORT, 12_345), "1,235");
});

test("a split that meets every total has no obstacle", () => {
  const balance = balanceVotes(NUMBERS, { garcia: 60, humala: 30 });
  assert.deepEqual(balance.garcia, { own: 100, given: 60, fresh: 20, total: 180 });
  assert.equal(balance.away, 0);
  assert.deepEqual(listObstacles(NUMBERS, balance), []);
});

test("each reason why a split cannot have been is named", () => {
  const tooMany = listObstacles(NUMBERS, balanceVotes(NUMBERS, { garcia: 90, humala: 30 }));
  assert.equal(tooMany.length, 2);
  assert.match(tooMany[0], /^30 votes more are given out/);
  assert.match(tooMany[1], /^García would have 10 votes too many .*−10 new voters/);
  const tooFew = listObstacles(NUMBERS, balanceVotes(NUMBERS, { garcia: 0, humala: 0 }));
  assert.match(tooFew[0], /^120 new voters are needed, but only 40/);
});
