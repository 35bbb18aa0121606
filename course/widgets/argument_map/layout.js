// Where cards and lines of an argument map stand: in rows, each card below what it bears on.
//
// A card keeps its place until the map is tidied: one that gets its first link takes the free place
// nearest to the other end. Where there are more levels than rows fit the screen, levels share rows. A line leaves its card at a point of its own, runs across only between
// rows, on a track of its own, and passes a row only in the gap between two columns. Nothing here
// touches the page.

import { cutIntoRows, foldRows, layerCards, listEdges } from "./layers.js";
import { isLinked } from "./words.js";

/** @import { Line, Link, Place, Places, Plan, Point } from "./types.d.ts" */

export const CARD = { width: 124, height: 42, low: 28 };
const GAP_PX = 12; // between columns
const STEP_PX = CARD.width + GAP_PX;
const CHANNEL_PX = { most: 44, less: 33, least: 30 }; // between rows
const ROWS_PX = 284; // what rows and channels may take, where that can be
const ZONE_PX = { sign: 19, arrow: 11 }; // of a channel, where no line runs across
const TRAY_PX = { label: 22, low: 25, between: 4 };
const LANES = [0, -4, 4]; // of a gap

/** Return how many cards fit side by side. @param {number} width */
export const countColumns = (width) => Math.max(1, Math.floor((width + GAP_PX) / STEP_PX));

/**
 * Return how many rows fit one screen, above the cards that wait; a narrow map may be as long as it is.
 * @param {number} waiting @param {number} columns
 */
function countRows(waiting, columns) {
  if (columns < 6) return Number.POSITIVE_INFINITY;
  return waiting + 1 > columns ? 4 : 5;
}

const mean = (/** @type {number[]} */ all) => all.reduce((sum, one) => sum + one, 0) / all.length;

/**
 * Place all linked cards anew, each row so that cards are near to what they are linked with.
 * @param {string[]} names @param {Link[]} links @param {number} columns @returns {Places}
 */
export function tidyPlaces(names, links, columns) {
  const linked = names.filter((name) => isLinked(name, links));
  const edges = listEdges(linked, links);
  const most = countRows(names.length - linked.length, columns);
  const rows = foldRows(cutIntoRows(layerCards(linked, edges), edges, columns), most, columns);
  const places = /** @type {Places} */ (new Map());
  /** Spread a row over the columns, as near to what its cards wish as their order allows. */
  function spread(/** @type {number} */ row, /** @type {(name: string, at: number) => number} */ wish) {
    const wishes = rows[row].map((name, at) => ({ name, column: Math.round(wish(name, at)) }));
    wishes.sort((one, other) => one.column - other.column);
    const rightward = [...wishes.keys()].map(() => 0);
    const leftward = [...rightward];
    for (const [at, { column }] of wishes.entries()) {
      rightward[at] = at ? Math.max(column, rightward[at - 1] + 1) : column;
    }
    for (const at of [...wishes.keys()].reverse()) {
      leftward[at] = Math.min(wishes[at].column, (leftward[at + 1] ?? columns) - 1);
    }
    for (const [at, { name }] of wishes.entries()) {
      const middle = Math.round((rightward[at] + leftward[at]) / 2);
      places.set(name, { row, column: Math.min(Math.max(middle, at), columns - wishes.length + at) });
    }
  }
  const nearTo = (/** @type {"low" | "high"} */ end) => (/** @type {string} */ name) => {
    const other = end === "low" ? "high" : "low";
    const near = edges.filter((edge) => edge[end] === name).map((edge) => places.get(edge[other])?.column ?? 0);
    return near.length ? mean(near) : (places.get(name)?.column ?? 0);
  };
  const order = [...rows.keys()];
  for (const row of order) spread(row, (_, at) => ((at + 0.5) * columns) / rows[row].length - 0.5);
  for (const row of order) spread(row, nearTo("low"));
  for (const row of [...order].reverse()) spread(row, nearTo("high"));
  for (const row of order) spread(row, nearTo("low"));
  const used = [...places.values()].map(({ column }) => column);
  const shift = Math.round((columns - 1 - Math.max(...used) - Math.min(...used)) / 2);
  for (const place of places.values()) place.column += shift;
  return places;
}

/**
 * Find the free place that is nearest to a column, in a row or the first one below it with room; where
 * no row below fits any more, above it.
 * @param {Places} places @param {Place} near @param {number} columns @param {number} most rows
 */
function findFree(places, { row, column }, columns, most) {
  const taken = new Set([...places.values()].map((place) => `${place.row} ${place.column}`));
  const byNearness = Array.from({ length: columns }, (_, one) => one);
  byNearness.sort((one, other) => Math.abs(one - column) - Math.abs(other - column));
  let at = Math.min(row, most - 1);
  let step = 1;
  for (;;) {
    const free = byNearness.find((one) => !taken.has(`${at} ${one}`));
    if (free !== undefined) return { row: at, column: free };
    if (at + step === most) [at, step] = [row, -1];
    at += step;
  }
}

/**
 * Return the places of all linked cards: those that have one keep it.
 * @param {Places} before @param {string[]} names @param {Link[]} links @param {number} columns
 */
export function keepPlaces(before, names, links, columns) {
  const places = /** @type {Places} */ (new Map([...before].filter(([name]) => isLinked(name, links))));
  const most = countRows(names.filter((name) => !isLinked(name, links)).length, columns);
  if (!places.size || [...places.values()].some(({ row }) => row >= most)) return tidyPlaces(names, links, columns);
  for (const { from, to } of links) {
    const [above, below] = [places.get(to), places.get(from)];
    if (!above) {
      const near = below ?? { row: 1, column: Math.floor(columns / 2) };
      places.set(to, findFree(places, { ...near, row: near.row ? near.row - 1 : 1 }, columns, most));
    }
    const { row, column } = /** @type {Place} */ (places.get(to));
    if (!below) places.set(from, findFree(places, { row: row + 1, column }, columns, most));
  }
  return places;
}

/**
 * Return where a link leaves and arrives: upwards from top to bottom, else into the top of its
 * target; `out` and `into` are the channels, each counted as the row below it. `begin` and `end` are
 * the points on the edges of its cards, `lane` is where it passes rows: both are found later.
 * @param {Link} link @param {Places} places
 */
function aimLink(link, places) {
  const [from, to] = [link.from, link.to].map((name) => /** @type {Place} */ (places.get(name)));
  const isOnTop = from.row === 0 && to.row === 0; // nothing runs above the first row
  const leaves = to.row > from.row || isOnTop ? "bottom" : "top";
  const arrives = to.row < from.row || isOnTop ? "bottom" : "top";
  const out = from.row + (leaves === "bottom" ? 1 : 0);
  const into = to.row + (arrives === "bottom" ? 1 : 0);
  return { link, from, to, leaves, arrives, out, into, begin: 0, end: 0, lane: /** @type {number | null} */ (null) };
}

/** @typedef {ReturnType<typeof aimLink>} Aim */

/** Give each line its own points on the edges of its cards, in the order of the cards they lead to. */
function setPorts(/** @type {Aim[]} */ aims) {
  const ends = aims.flatMap((aim) => [
    { aim, end: "begin", edge: `${aim.link.from} ${aim.leaves}`, at: aim.from, other: aim.to, shift: 0 },
    // Apart from those of the card in the same column below, which leave in the middle, too.
    { aim, end: "end", edge: `${aim.link.to} ${aim.arrives}`, at: aim.to, other: aim.from, shift: 5 },
  ]);
  for (const edge of new Set(ends.map((end) => end.edge))) {
    const all = ends.filter((end) => end.edge === edge);
    all.sort((one, other) => one.other.column - other.other.column);
    for (const [place, { aim, end, at, shift }] of all.entries()) {
      const left = at.column * STEP_PX;
      const isStraight = all.length === 1 && all[0].other.column === at.column;
      const x = left + (CARD.width * (place + 1)) / (all.length + 1) + (isStraight ? 0 : shift);
      Object.assign(aim, { [end]: x });
    }
  }
}

/** @typedef {{ channel: number, ends: number[], track: number, of: number }} Stretch on one track of a channel */

/** List the stretches across of a line: one in its channel, or one on each side of its lane. */
function listStretches(/** @type {Aim} */ { out, into, begin, end, lane }) {
  const stretch = (/** @type {number} */ channel, /** @type {number[]} */ ends) => ({ channel, ends, track: 0, of: 1 });
  if (lane !== null) return [stretch(out, [begin, lane]), stretch(into, [lane, end])];
  return Math.abs(begin - end) < 1 ? [] : [stretch(out, [begin, end])];
}

/** Give each stretch across a channel the first track that is free there. */
function setTracks(/** @type {Stretch[]} */ stretches) {
  for (const channel of new Set(stretches.map((one) => one.channel))) {
    const ends = /** @type {number[]} */ ([]);
    const all = stretches.filter((one) => one.channel === channel);
    all.sort((one, other) => Math.min(...one.ends) - Math.min(...other.ends));
    for (const stretch of all) {
      const free = ends.findIndex((end) => end + 8 < Math.min(...stretch.ends));
      stretch.track = free < 0 ? ends.length : free;
      ends[stretch.track] = Math.max(...stretch.ends);
    }
    for (const stretch of all) stretch.of = ends.length;
  }
}

/** Find the way between columns of each line that passes a row; two in the same rows take two lanes. */
function setLanes(/** @type {Aim[]} */ aims, /** @type {number} */ columns) {
  const used = /** @type {{ x: number, top: number, bottom: number }[]} */ ([]);
  const gaps = Array.from({ length: Math.max(columns - 1, 1) }, (_, gap) => (gap + 1) * STEP_PX - GAP_PX / 2);
  for (const aim of aims) {
    const { out, into, begin, end } = aim;
    if (out === into) continue;
    const [top, bottom] = [Math.min(out, into), Math.max(out, into)];
    const detour = (/** @type {number} */ x) => Math.abs(x - begin) + Math.abs(x - end);
    const all = LANES.flatMap((lane) => gaps.map((gap) => gap + lane));
    all.sort((one, other) => detour(one) - detour(other));
    const isFree = (/** @type {number} */ x) =>
      used.every((other) => other.x !== x || other.bottom <= top || other.top >= bottom);
    aim.lane = all.find(isFree) ?? all[0];
    used.push({ x: aim.lane, top, bottom });
  }
}

/**
 * Return the height of a card and of a channel. While a map grows they depend on its rows alone, so
 * that no card moves when another leaves the tray; a map that is whole and tidy takes the room.
 */
function sizeRows(/** @type {number} */ rows, /** @type {boolean} */ isWhole, /** @type {number} */ least) {
  const low = Math.max(CARD.low, least);
  if (!isWhole) return [low, rows < 4 ? CHANNEL_PX.most : rows === 4 ? CHANNEL_PX.less : CHANNEL_PX.least];
  const high = rows > 4 ? low : Math.max(CARD.height, least);
  const room = (ROWS_PX - rows * high) / Math.max(rows - 1, 1);
  return [high, Math.min(Math.max(room, CHANNEL_PX.least), CHANNEL_PX.most)];
}

/**
 * Lay out a map whose linked cards have their places; the others stand below it.
 * @param {string[]} names @param {Link[]} links @param {Places} places @param {number} columns
 * @param {boolean} [isTidy] that all places are new @param {number} [least] height of a card, for fingers
 * @returns {Plan}
 */
export function layOutMap(names, links, places, columns, isTidy = false, least = 0) {
  const rows = Math.max(-1, ...[...places.values()].map(({ row }) => row)) + 1;
  const alone = names.filter((name) => !places.has(name));
  const [high, channelPx] = sizeRows(rows, isTidy && !alone.length, least);
  const aims = links.map((link) => aimLink(link, places));
  const topOf = (/** @type {number} */ row) => row * (high + channelPx);
  const linked = [...places].map(([name, { row, column }]) => ({ name, x: column * STEP_PX, y: topOf(row), high }));
  setPorts(aims);
  setLanes(aims, columns);
  const ways = aims.map((aim) => ({ ...aim, stretches: listStretches(aim) }));
  setTracks(ways.flatMap(({ stretches }) => stretches));
  const isDown = (/** @type {number} */ channel) => aims.some((aim) => aim.leaves === "bottom" && aim.out === channel);

  /** Return the height of a stretch in its channel. @param {Stretch} stretch */
  function findHeight({ channel, track, of }) {
    const low = topOf(channel) - ZONE_PX.sign;
    const top = topOf(channel) - channelPx + (isDown(channel) ? ZONE_PX.sign : ZONE_PX.arrow);
    return of === 1 ? (low + top) / 2 : top + ((low - top) * track) / (of - 1);
  }
  /** @param {Aim & { stretches: Stretch[] }} way @returns {Line} */
  function drawWay({ link, from, to, leaves, arrives, begin, end, stretches }) {
    const y = topOf(from.row) + (leaves === "bottom" ? high : 0);
    const tip = topOf(to.row) + (arrives === "bottom" ? high : 0);
    const middle = stretches.flatMap((stretch) => {
      const height = findHeight(stretch);
      return stretch.ends.map((x) => /** @type {Point} */ ([x, height]));
    });
    const sign = /** @type {Point} */ ([begin, y + (leaves === "bottom" ? 9.5 : -9.5)]);
    return { link, sign, points: [[begin, y], ...middle, [end, tip]] };
  }
  const below = aims.some(({ out }) => out === rows) ? channelPx : 0; // of the only row
  const tray = alone.length ? (rows ? topOf(rows - 1) + high + below + 5 : 0) : null;
  // The words "Not linked yet" stand above, or in the first place where that saves a line.
  const [trayHigh, above, skip] = rows
    ? [Math.max(TRAY_PX.low, least), 0, 1]
    : [Math.max(CARD.height, least), TRAY_PX.label, 0];
  const waiting = alone.map((name, at) => ({
    name,
    x: ((at + skip) % columns) * STEP_PX,
    y: (tray ?? 0) + above + Math.floor((at + skip) / columns) * (trayHigh + TRAY_PX.between),
    high: trayHigh,
  }));
  const cards = [...linked, ...waiting].sort((one, other) => names.indexOf(one.name) - names.indexOf(other.name));
  const height = Math.max(...cards.map((card) => card.y + card.high)) + (alone.length ? 0 : below);
  return { cards, lines: ways.map(drawWay), tray, width: columns * STEP_PX - GAP_PX, height };
}
