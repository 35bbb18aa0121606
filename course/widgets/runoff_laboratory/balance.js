// What the two rounds' counts imply for a split of the eliminated candidates' votes.

import { writeCount } from "../shared/numbers.js";

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

/** Say why a split cannot have been, one sentence a reason; empty if it can. */
export function listObstacles(/** @type {Numbers} */ numbers, /** @type {Balance} */ balance) {
  const reasons = [];
  if (balance.away < 0) {
    const more = writeCount(-balance.away);
    reasons.push(`${more} votes more are given out than the eliminated candidates had.`);
  }
  for (const { key, name } of SIDES) {
    const { fresh } = balance[key];
    if (fresh >= 0) continue;
    reasons.push(
      `${name} would have ${writeCount(-fresh)} votes too many ` + `(he would need ${writeCount(fresh)} new voters).`,
    );
  }
  const fresh = balance.garcia.fresh + balance.humala.fresh;
  if (fresh > numbers.no_valid_vote) {
    reasons.push(
      `${writeCount(fresh)} new voters are needed, but only ${writeCount(numbers.no_valid_vote)} ` +
        "registered electors cast no valid vote in the first round.",
    );
  }
  return reasons;
}
