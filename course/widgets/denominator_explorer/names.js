// Names under the pieces of a bar.

const LETTER_PX = 7;
const APART_PX = 10;

/**
 * Find places for names centered under pieces: none over the other, none beyond the edges.
 * @param {{ name: string, middle: number }[]} pieces @param {number} width
 */
export function placeNames(pieces, width) {
  let free = 0;
  const placed = pieces.map(({ name, middle }) => {
    const long = name.length * LETTER_PX;
    const x = Math.max(middle - long / 2, free);
    free = x + long + APART_PX;
    return { name, x, long };
  });
  let end = width;
  for (const one of placed.toReversed()) {
    one.x = Math.min(one.x, end - one.long);
    end = one.x - APART_PX;
  }
  return placed;
}
