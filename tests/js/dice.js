// Chance that comes out the same each time.

/** Make dice from a seed. @param {number} seed */
export function makeDice(seed) {
  let state = seed * 7919 + 1;
  /** Return a whole number from `low` to `high`. @param {number} low @param {number} high */
  function roll(low, high) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return low + Math.floor((state / 2_147_483_648) * (high - low + 1));
  }
  /** Return things in another order. @template Thing @param {Thing[]} things */
  function shuffle(things) {
    const left = [...things];
    return things.map(() => left.splice(roll(0, left.length - 1), 1)[0]);
  }
  return { roll, shuffle };
}
