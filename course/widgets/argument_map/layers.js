// Which row each card of an argument map belongs to: the first steps of its layout.

/** @import { Edge, Link } from "./types.d.ts" */

/** Return links as edges from a low row to a high one. @param {string[]} names @param {Link[]} links */
export function listEdges(names, links) {
  const rank = (/** @type {Link} */ { from, to, relation }) =>
    (names.indexOf(from) * names.length + names.indexOf(to)) * 2 + (relation === "supports" ? 0 : 1);
  const sorted = [...links].sort((one, two) => rank(one) - rank(two));
  const turned = new Set();
  const state = new Map();
  function walk(/** @type {string} */ name) {
    state.set(name, "open");
    for (const { from, to } of sorted) {
      if (from !== name) continue;
      if (state.get(to) === "open") turned.add(`${name} ${to}`);
      else if (!state.has(to)) walk(to);
    }
    state.set(name, "done");
  }
  for (const name of names) if (!state.has(name)) walk(name);
  return sorted.map((link) => {
    const [low, high] = turned.has(`${link.from} ${link.to}`) ? [link.to, link.from] : [link.from, link.to];
    return { link, low, high };
  });
}

/** Put cards in layers: one that bears on nothing stands on top, every other below all its targets. */
export function layerCards(/** @type {string[]} */ linked, /** @type {Edge[]} */ edges) {
  const depths = /** @type {Map<string, number>} */ (new Map());
  /** @returns {number} */
  function findDepth(/** @type {string} */ name) {
    const above = edges.filter(({ low }) => low === name);
    const depth = depths.get(name) ?? Math.max(-1, ...above.map(({ high }) => findDepth(high))) + 1;
    depths.set(name, depth);
    return depth;
  }
  const layers = /** @type {string[][]} */ ([]);
  for (const name of linked) {
    layers[findDepth(name)] ??= [];
    layers[findDepth(name)].push(name);
  }
  return layers;
}

/** Make fewer rows of many: neighbors with few cards share one, in the order of their layers. */
export function foldRows(/** @type {string[][]} */ rows, /** @type {number} */ most, /** @type {number} */ columns) {
  const folded = [...rows];
  while (folded.length > most) {
    const sizes = folded.slice(1).map((row, at) => row.length + folded[at].length);
    const at = sizes.lastIndexOf(Math.min(...sizes));
    if (sizes[at] > columns) return cutEvenly(rows.flat(), Math.ceil(rows.flat().length / most));
    folded.splice(at, 2, [...folded[at], ...folded[at + 1]]);
  }
  return folded;
}

const cutEvenly = (/** @type {string[]} */ names, /** @type {number} */ size) =>
  Array.from({ length: Math.ceil(names.length / size) }, (_, at) => names.slice(at * size, (at + 1) * size));

/**
 * Cut layers into rows that fit the width; cards with nothing below them go into the upper ones.
 * @param {string[][]} layers @param {Edge[]} edges @param {number} columns
 */
export function cutIntoRows(layers, edges, columns) {
  const countBelow = (/** @type {string} */ name) => edges.filter(({ high }) => high === name).length;
  return layers.flatMap((layer) => {
    const sorted = [...layer].sort((one, two) => countBelow(one) - countBelow(two));
    return cutEvenly(sorted, Math.ceil(sorted.length / Math.ceil(sorted.length / columns)));
  });
}
