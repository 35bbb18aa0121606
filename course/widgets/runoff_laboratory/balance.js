// What the two rounds' counts imply for a split of the eliminated candidates' votes.

/** @import { Balance, Finalist, Numbers, Split } from "./types.d.ts" */

/** @type {{ key: Finalist, name: string }[]} */
export const SIDES = [
  { key: "garcia", name: "García" },
  { key: "humala", name: "Humala" },
];

/**
 * Work out what a split implies: what it misses of a runoff total must have come from people
 * without a valid vote before.
 * @param {Numbers} numbers @param {Split} split @returns {Balance}
 */
export function balanceVotes(numbers, split) {
  const balanceSide = (/** @type {Finalist} */ key) => {
    const own = numbers[`${key}_first`];
    const total = numbers[`${key}_runoff`];
    return { own, given: split[key], fresh: total - own - split[key], total };
  };
  return {
    garcia: balanceSide("garcia"),
    humala: balanceSide("humala"),
    away: numbers.eliminated - split.garcia - split.humala,
  };
}

/**
 * Say why a split cannot have been, one sentence a reason; empty if it can. Without a number of what
 * is missing or over: to find it is what the question asks for.
 * @param {Numbers} numbers @param {Balance} balance
 */
export function listObstacles(numbers, balance) {
  const reasons = SIDES.filter(({ key }) => balance[key].fresh < 0).map(
    ({ name }) => `${name} would end beyond his runoff total.`,
  );
  if (balance.garcia.fresh + balance.humala.fresh > numbers.no_valid_vote) {
    reasons.push("More new voters would be needed than there were people without a valid vote in April.");
  }
  return reasons;
}

/** Read a count as people write it, with commas or spaces; null if it is none from 0 to `highest`. */
export function readCount(/** @type {string} */ text, /** @type {number} */ highest) {
  const digits = text.trim().replace(/[,\s]/g, "");
  const number = /^\d+$/.test(digits) ? Number(digits) : Number.NaN;
  return number <= highest ? number : null;
}

/** Round what a hand can drag to: the nearest thousand, and both ends. @param {number} votes @param {number} highest */
export const roundDragged = (votes, highest) => (votes >= highest - 500 ? highest : Math.round(votes / 1000) * 1000);
