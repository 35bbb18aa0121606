// What a report of the count says: its numbers, and the words for them.

import { writeCount } from "../shared/numbers.js";

/** @import { Candidate, Content, Lead, Report, Row } from "./types.d.ts" */

/** @type {{ key: Candidate, name: string }[]} */
export const CANDIDATES = [
  { key: "humala", name: "Humala" },
  { key: "garcia", name: "García" },
  { key: "flores", name: "Flores" },
];

const HOW = {
  stated: "as the report states",
  printed: "by the votes it prints",
  "worked out": "worked out from the shares",
};

/** Write a share. @param {number | null} share */
export const writePercent = (share) => (share === null ? "not stated" : `${share} %`);

/** Say when a report came in, as far as it says so. @param {Report} report */
export const sayWhen = ({ date, time }) => (time ? `${date}, ${time}` : date);

/** Say how many tally sheets had been processed. @param {Report} report */
export function saySheets({ sheets_percent: share, sheets_precision: precision }) {
  if (share === null) return "not stated";
  return precision === "exact" ? `${share} %` : `${share} % (${precision})`;
}

/** Say what the shares are a percentage of. @param {Report} report */
export const sayBase = ({ base }) => (base === "valid" ? "valid votes" : base);

/**
 * Find García's lead over Flores in votes, below zero where she leads: stated, else from the printed
 * votes, else from the shares; null where the report gives none of these.
 * @param {Report} report @param {number} validVotes of the whole count @returns {Lead | null}
 */
export function readLead(report, validVotes) {
  const { garcia_votes: one, flores_votes: two, sheets_percent: sheets, base } = report;
  if (report.gap_votes_stated !== null) return { votes: report.gap_votes_stated, how: "stated" };
  if (one !== null && two !== null) return { votes: one - two, how: "printed" };
  const [garcia, flores] = [report.garcia_percent, report.flores_percent];
  if (garcia === null || flores === null || sheets === null || base !== "valid") return null;
  const votes = Math.round(((garcia - flores) / 100) * (sheets / 100) * validVotes);
  return { votes, how: "worked out" };
}

/** Estimate the ballots not yet counted, as if all tally sheets held equally many; null if it cannot be said. */
export function estimateBallotsOut(/** @type {Report} */ { sheets_percent: share }, /** @type {number} */ votesCast) {
  return share === null ? null : Math.round(((100 - share) / 100) * votesCast);
}

/** Put the two numbers that the panel compares beside each report. @param {Content} content @returns {Row[]} */
export function listRows({ reports, votes_cast: cast, valid_votes: valid }) {
  return reports.map((report) => ({ report, lead: readLead(report, valid), out: estimateBallotsOut(report, cast) }));
}

/** Name who leads and who is behind. @param {Lead | null} lead */
export const nameLeader = (lead) => (lead && lead.votes < 0 ? ["Flores", "García"] : ["García", "Flores"]);

/** Say how a lead is known. @param {Lead} lead */
export const sayHow = ({ how }) => HOW[how];

/** Say the lead, how it is known, and the ballots still out. @param {Row} row */
export function sayBoth({ lead, out }) {
  const ahead = lead
    ? `${nameLeader(lead)[0]} is ahead by ${writeCount(Math.abs(lead.votes))} votes, ${sayHow(lead)}`
    : "The report does not give the lead in votes";
  return `${ahead}; ${out === null ? "the ballots still out cannot be estimated" : `${writeCount(out)} ballots are still out`}.`;
}

/** Say what the estimate of the ballots out rests on. @param {Report} report @param {number} votesCast */
export function sayEstimate({ sheets_percent: sheets }, votesCast) {
  if (sheets === null) return "Without the percent of tally sheets, the ballots still out cannot be estimated.";
  const share = Number((100 - sheets).toFixed(3)); // without the digits that a subtraction leaves behind
  const whole = writeCount(votesCast);
  return `Ballots still out: ${share} % of the ${whole} votes cast in all, as if every tally sheet held equally many.`;
}
