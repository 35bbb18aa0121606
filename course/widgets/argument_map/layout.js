// Where cards and lines of an argument map stand: in rows, each card below what it bears on.
//
// The classical steps of layered drawing: turn links that would close a circle, give each card a
// row, keep a lane free where a line passes a row, order each row so that few lines cross, then
// move everything as near to its neighbours as the row allows. Nothing here touches the page; the
// same links give the same drawing, in whatever order they were drawn.

import { cutIntoRows, getOrMake, layerCards, listEdges } from "./layers.js";
import { isLinked, sayLink } from "./words.js";

/** @import { Edge, Link, Place, Plan, Point } from "./types.d.ts" */

export const CARD = { width: 132, height: 64 };
export const SPACE = { across: 14, down: 48, lane: 12, tray: 10, label: 30 };
const SWEEPS = 8;

/** Make a place for a card or a lane. @returns {Place} */
function makePlace(/** @type {string | null} */ name, /** @type {number} */ row) {
  return { name, row, width: name === null ? 0 : CARD.width, x: 0, up: [], down: [] };
}

/**
 * Return rows of cards and lanes, and the way of each edge through them, from low to high. Lines
 * that support one card share their lanes; dashed lines do not, for dashes would not fit together.
 * @param {string[][]} names @param {Edge[]} edges
 */
function addLanes(names, edges) {
  const rows = names.map((row, index) => row.map((name) => makePlace(name, index)));
  const cards = new Map(rows.flat().map((card) => [card.name, card]));
  const findCard = (/** @type {string} */ name) => /** @type {Place} */ (cards.get(name));
  const lanes = /** @type {Map<string, Place>} */ (new Map());
  const findLane = (/** @type {Edge} */ edge, /** @type {number} */ row) => {
    const shared = edge.link.relation === "supports" && !edge.back;
    return getOrMake(lanes, `${row} ${shared ? edge.high : sayLink(edge.link)}`, () => {
      rows[row].push(makePlace(null, row));
      return rows[row][rows[row].length - 1];
    });
  };
  const ways = edges.map((edge) => {
    const [low, high] = [findCard(edge.low), findCard(edge.high)];
    const way = [low];
    for (let row = low.row - 1; row > high.row; row -= 1) way.push(findLane(edge, row));
    way.push(high);
    for (const [step, place] of way.slice(1).entries()) {
      if (place.down.includes(way[step])) continue;
      place.down.push(way[step]);
      way[step].up.push(place);
    }
    return way;
  });
  return { rows, cards, findCard, ways };
}

/** Return the middle of a place's neighbours, its own if it has none. @param {Place} place */
function findMiddle(place, /** @type {Place[]} */ near) {
  return near.length ? near.reduce((sum, { x }) => sum + x, 0) / near.length : place.x;
}

/** Return the space between neighbours in a row. @param {Place} one @param {Place} two */
const spaceBetween = (one, two) => (one.name && two.name ? SPACE.across : SPACE.lane);

/** Return where the middles of a row's places are if it begins at 0. @param {Place[]} row */
function spaceRow(row) {
  let right = 0;
  return row.map((place, index) => {
    const left = index ? right + spaceBetween(row[index - 1], place) : 0;
    right = left + place.width;
    return left + place.width / 2;
  });
}

/** Return the width that a row takes. @param {Place[]} row */
const measureRow = (row) => (spaceRow(row).at(-1) ?? 0) + (row.at(-1)?.width ?? 0) / 2;

/** Set rows side by side around the middle of the width. @param {Place[][]} rows @param {number} width */
function packRows(rows, width) {
  for (const row of rows) {
    const start = (width - measureRow(row)) / 2;
    for (const [index, x] of spaceRow(row).entries()) row[index].x = start + x;
  }
}

/** Count where lines cross between rows. @param {Place[][]} rows */
function countCrossings(rows) {
  let found = 0;
  for (const row of rows.slice(1)) {
    const lines = row.flatMap((place) => place.up.map((other) => [place.x, other.x]));
    for (const [at, one] of lines.entries()) {
      for (const two of lines.slice(at + 1)) {
        if ((one[0] - two[0]) * (one[1] - two[1]) < 0) found += 1;
      }
    }
  }
  return found;
}

/** Return rows in the order of a sweep: down, or up again. @param {Place[][]} rows @param {number} sweep */
const sweepRows = (rows, sweep) => (sweep % 2 ? [...rows].reverse() : rows);

/** Order each row by the middle of its neighbours, up and down in turn; the best order stays. */
function orderRows(/** @type {Place[][]} */ rows, /** @type {number} */ width) {
  packRows(rows, width);
  let best = rows.map((row) => [...row]);
  let fewest = countCrossings(rows);
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep += 1) {
    const side = sweep % 2 ? "down" : "up";
    for (const row of sweepRows(rows, sweep)) {
      const wishes = new Map(row.map((place) => [place, findMiddle(place, place[side])]));
      row.sort((one, two) => (wishes.get(one) ?? 0) - (wishes.get(two) ?? 0));
      packRows([row], width);
    }
    const now = countCrossings(rows);
    if (now < fewest) {
      fewest = now;
      best = rows.map((row) => [...row]);
    }
  }
  for (const [index, row] of best.entries()) rows[index].splice(0, row.length, ...row);
  packRows(rows, width);
}

/** Move a row's places as near to `wishes` as order, spaces and width allow (least squares). */
function settleRow(/** @type {Place[]} */ row, /** @type {number[]} */ wishes, /** @type {number} */ width) {
  const offsets = spaceRow(row);
  const blocks = /** @type {{ sum: number, weight: number, size: number }[]} */ ([]);
  for (const [index, wish] of wishes.entries()) {
    const weight = row[index].name ? 1 : 3;
    const last = { sum: (wish - offsets[index]) * weight, weight, size: 1 };
    for (;;) {
      const before = blocks.at(-1);
      if (!before || before.sum / before.weight <= last.sum / last.weight) break;
      last.sum += before.sum;
      last.weight += before.weight;
      last.size += before.size;
      blocks.pop();
    }
    blocks.push(last);
  }
  const most = Math.max(width - measureRow(row), 0);
  let index = 0;
  for (const { sum, weight, size } of blocks) {
    const start = Math.min(Math.max(sum / weight, 0), most);
    for (const end = index + size; index < end; index += 1) row[index].x = start + offsets[index];
  }
}

/** Move all places near to their neighbours. @param {Place[][]} rows @param {number} width */
function settleRows(rows, width) {
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    for (const row of sweepRows(rows, sweep)) {
      const wishes = row.map((place) => findMiddle(place, [...place.up, ...place.down]));
      settleRow(row, wishes, width);
    }
  }
}

/** Find where a line leaves or reaches a card: lines stand side by side, in the order of what is at their other end. */
function findPort(/** @type {Place} */ card, /** @type {"up" | "down"} */ side, /** @type {Place} */ other) {
  const others = [...card[side]].sort((one, two) => one.x - two.x);
  const step = Math.min(24, (card.width - 28) / Math.max(1, others.length - 1));
  return card.x + (others.indexOf(other) - (others.length - 1) / 2) * step;
}

/** Return the top of a row. @param {Place} place */
const topOf = ({ row }) => row * (CARD.height + SPACE.down);

/** Draw an edge as points from its source to its target. @param {Edge} edge @param {Place[]} way */
function drawLine(edge, way) {
  const bottomOf = (/** @type {Place} */ place) => topOf(place) + CARD.height;
  const lanes = way.slice(1, -1);
  const [low, high] = [way[0], way[way.length - 1]];
  // Two links of one pair would lie upon each other.
  const aside = edge.twin ? (edge.link.relation === "supports" ? -10 : 10) : 0;
  /** @type {Point[]} */
  const points = [
    [findPort(low, "up", way[1]) + aside, topOf(low)],
    ...lanes.flatMap(
      (lane) =>
        /** @type {Point[]} */ ([
          [lane.x, bottomOf(lane)],
          [lane.x, topOf(lane)],
        ]),
    ),
    [findPort(high, "down", way[way.length - 2]) + aside, bottomOf(high)],
  ];
  return edge.back ? points.reverse() : points;
}

/**
 * Choose rows with their lanes: the longest that fit the width, or else the narrowest.
 * @param {string[]} linked @param {Edge[]} edges @param {number} columns @param {number} width
 */
function fitRows(linked, edges, columns, width) {
  const layers = layerCards(linked, edges);
  const tryColumns = (/** @type {number} */ size) => {
    const found = addLanes(cutIntoRows(layers, edges, size), edges);
    return { ...found, room: Math.max(width, ...found.rows.map(measureRow)) };
  };
  let best = tryColumns(columns);
  for (let size = columns - 1; size > 0 && best.room > width; size -= 1) {
    const found = tryColumns(size);
    if (found.room < best.room) best = found;
  }
  return best;
}

/**
 * Lay out a map in a width of pixels.
 * @param {string[]} names @param {Link[]} links @param {number} width
 * @returns {Plan}
 */
export function layOutMap(names, links, width) {
  const edges = listEdges(names, links);
  const linked = names.filter((name) => isLinked(name, links));
  const most = Math.floor((width + SPACE.across) / (CARD.width + SPACE.across));
  const columns = Math.max(2, most);
  const { rows, findCard, ways, room } = fitRows(linked, edges, columns, width);
  orderRows(rows, room);
  settleRows(rows, room);
  const placed = linked.map((name) => {
    const card = findCard(name);
    return { name, x: card.x - CARD.width / 2, y: topOf(card) };
  });
  const lines = edges.map(({ link, twin }, index) => {
    return { link, twin, points: drawLine(edges[index], ways[index]) };
  });
  const bottom = Math.max(0, ...placed.map(({ y }) => y + CARD.height));
  const rest = names.filter((name) => !isLinked(name, links));
  const tray = fillTray(rest, columns, bottom);
  const cards = [...placed, ...tray.cards];
  const height = Math.max(0, ...cards.map(({ y }) => y + CARD.height));
  return { cards, lines, tray: tray.top, width: room, height };
}

/** Put cards without a link below the map, row by row. */
function fillTray(/** @type {string[]} */ names, /** @type {number} */ columns, /** @type {number} */ bottom) {
  if (!names.length) return { cards: [], top: null };
  const top = bottom ? bottom + 14 : 0;
  const cards = names.map((name, index) => ({
    name,
    x: (index % columns) * (CARD.width + SPACE.across),
    y: top + SPACE.label + Math.floor(index / columns) * (CARD.height + SPACE.tray),
  }));
  return { cards, top };
}
