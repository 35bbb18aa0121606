// What a report of the count says, in words.

import { writeCount } from "../shared/numbers.js";

/** @import { Report } from "./types.d.ts" */

/** Write a share. @param {number | null} share */
export const writePercent = (share) => (share === null ? "not stated" : `${share} %`);

/** Say when a report came in. @param {Report} report */
export const sayWhen = ({ date, time }) => `${date}, ${time || "hour not stated"}`;

/** Say how many tally sheets had been processed. @param {Report} report */
export function saySheets({ sheets_percent: share, sheets_precision: precision }) {
  if (share === null) return "not stated";
  return precision === "exact" ? `${share} %` : `${share} % (${precision})`;
}

/** Say what the shares are a percentage of. @param {Report} report */
export const sayBase = ({ base }) => (base === "valid" ? "valid votes" : base);

/** Say García minus Flores in votes, as stated and as the printed votes give it. @param {Report} report */
export function sayGapInVotes({ gap_votes_stated: stated, garcia_votes: one, flores_votes: two }) {
  const found = [];
  if (stated !== null) found.push(`${writeCount(stated)} (as stated)`);
  if (one !== null && two !== null) found.push(`${writeCount(one - two)} (from the votes)`);
  return found.join("; ") || "not stated";
}

/** Say García minus Flores in percentage points. @param {Report} report */
export function sayGapInPoints({ garcia_percent: one, flores_percent: two }) {
  if (one === null || two === null) return "not stated";
  // Without the digits that a subtraction of decimals leaves behind.
  return `${Number((one - two).toFixed(3))} points`.replace("-", "−");
}

/** Estimate the ballots not yet counted, as if all tally sheets held equally many; null if it cannot be said. */
export function estimateBallotsOut(/** @type {Report} */ { sheets_percent: share }, /** @type {number} */ votesCast) {
  return share === null ? null : Math.round(((100 - share) / 100) * votesCast);
}

/** Write that estimate. @param {Report} report @param {number} votesCast */
export function sayBallotsOut(report, votesCast) {
  const out = estimateBallotsOut(report, votesCast);
  return out === null ? "cannot be estimated" : writeCount(out);
}

/** Say what the ballots still out could change at most; whether that is enough is the question. */
export function sayBound(/** @type {Report} */ report, /** @type {number} */ votesCast) {
  const out = estimateBallotsOut(report, votesCast);
  if (out === null) return "This report does not state how many tally sheets were processed.";
  const share = Number((100 - (report.sheets_percent ?? 0)).toFixed(3));
  return (
    `If every ballot still out went to Flores, she would gain at most ${writeCount(out)} votes. ` +
    `(Estimate: ${share} % of the ${writeCount(votesCast)} ` +
    "votes cast in all, as if every tally sheet held the same number.)"
  );
}
