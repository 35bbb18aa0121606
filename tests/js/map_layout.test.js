// The layout of the argument map: tidy for whatever links there are.

import assert from "node:assert/strict";
import { test } from "node:test";
import { CARD, keepPlaces, layOutMap, tidyPlaces } from "../../course/widgets/argument_map/layout.js";
import { makeDice } from "./dice.js";

/**
 * @typedef {import("../../course/widgets/argument_map/types.d.ts").Link} Link
 * @typedef {import("../../course/widgets/argument_map/types.d.ts").Line} Line
 * @typedef {import("../../course/widgets/argument_map/types.d.ts").Places} Places
 * @typedef {import("../../course/widgets/argument_map/types.d.ts").Plan} Plan
 */

const NAMES = Array.from({ length: 17 }, (_, place) => `P${String(place + 1).padStart(2, "0")}`);
const MOST_PX = 302; // of the 560 that a panel may take
/** @type {Link["relation"][][]} */
const RELATIONS = [["supports"], ["challenges"], ["supports", "challenges"]];

/** Return 1 to 40 links at random; without circles each leads to an earlier paragraph. */
function drawLinks(/** @type {number} */ seed, /** @type {boolean} */ circles) {
  const dice = makeDice(seed);
  const pairs = NAMES.flatMap((from) => NAMES.map((to) => ({ from, to })));
  const allowed = pairs.filter(({ from, to }) => (circles ? from !== to : from > to));
  const chosen = dice.shuffle(allowed).slice(0, dice.roll(1, 40));
  return chosen.flatMap((pair) => RELATIONS[dice.roll(0, 2)].map((relation) => ({ ...pair, relation })));
}

/** Lay out links as they are when the map is tidied. @param {Link[]} links @param {number} columns */
const layOut = (links, columns) => layOutMap(NAMES, links, tidyPlaces(NAMES, links, columns), columns, true);

/** Fail unless cards stand apart within the width. @param {Plan} plan @param {string} where */
function checkCards({ cards, width }, where) {
  assert.deepEqual(
    cards.map(({ name }) => name),
    NAMES,
    where,
  );
  for (const [place, one] of cards.entries()) {
    assert.ok(one.x >= 0 && one.x <= width - CARD.width + 0.01, where);
    for (const other of cards.slice(place + 1)) {
      const beside = Math.abs(one.x - other.x) >= CARD.width + 9;
      const below = Math.abs(one.y - other.y) >= Math.min(one.high, other.high) + 4;
      assert.ok(beside || below, `${where}: ${one.name} and ${other.name}`);
    }
  }
}

/**
 * Fail unless a line begins at its source, ends at its target, and goes round all cards.
 * @param {Line} line @param {Plan} plan @param {string} where
 */
function checkLine({ link, points }, { cards }, where) {
  for (const [end, name] of /** @type {const} */ ([
    [0, link.from],
    [-1, link.to],
  ])) {
    const card = cards.find((one) => one.name === name);
    const point = points.at(end);
    assert.ok(card && point);
    assert.ok(point[0] >= card.x && point[0] <= card.x + CARD.width, where);
    assert.ok([card.y, card.y + card.high].includes(point[1]), where);
  }
  for (const [at, [x, y]] of points.slice(1).entries()) {
    const [beforeX, beforeY] = points[at];
    assert.ok(Math.abs(x - beforeX) < 1 || y === beforeY, `${where}: a line that slants`);
    for (const card of cards) {
      const beside = Math.max(x, beforeX) <= card.x || Math.min(x, beforeX) >= card.x + CARD.width;
      const apart = Math.max(y, beforeY) <= card.y || Math.min(y, beforeY) >= card.y + card.high;
      assert.ok(beside || apart, `${where}: ${link.from} to ${link.to} through ${card.name}`);
    }
  }
}

for (const circles of [false, true]) {
  for (const columns of [1, 2, 4, 6]) {
    const kind = circles ? "with circles" : "without circles";
    test(`cards stand apart and lines go round them, ${columns} columns ${kind}`, () => {
      for (let seed = 0; seed < 20; seed += 1) {
        const links = drawLinks(seed, circles);
        const plan = layOut(links, columns);
        checkCards(plan, `seed ${seed}`);
        assert.equal(plan.lines.length, links.length);
        for (const line of plan.lines) checkLine(line, plan, `seed ${seed}`);
      }
    });
  }
}

test("without circles a card stands below all that it bears on", () => {
  for (let seed = 0; seed < 30; seed += 1) {
    const links = drawLinks(seed, false);
    const tops = new Map(layOut(links, 4).cards.map(({ name, y }) => [name, y]));
    for (const { from, to } of links) assert.ok((tops.get(from) ?? 0) > (tops.get(to) ?? 0));
  }
});

test("a link moves no card but those that it links for the first time", () => {
  for (let seed = 0; seed < 20; seed += 1) {
    const links = drawLinks(seed, true);
    let places = /** @type {Places} */ (new Map());
    for (const count of links.keys()) {
      const some = links.slice(0, count + 1);
      const next = keepPlaces(places, NAMES, some, 6);
      for (const [name, place] of places) assert.deepEqual(next.get(name), place, `seed ${seed}: ${name}`);
      const plan = layOutMap(NAMES, some, next, 6);
      checkCards(plan, `seed ${seed}`);
      for (const line of plan.lines) checkLine(line, plan, `seed ${seed}`);
      places = next;
    }
  }
});

test("16 links of 17 cards in four rows fit, and every line has its own sign and its own ends", () => {
  const links = NAMES.slice(1).map((from, place) => {
    const to = NAMES[place < 4 ? 0 : 1 + ((place - 4) % 4) + (place < 12 ? 0 : 4)];
    return { from, to, relation: RELATIONS[place % 2][0] };
  });
  const plan = layOut(links, 6);
  assert.ok(plan.height <= 284, String(plan.height));
  const ends = plan.lines.flatMap(({ points }) => [points[0], points[points.length - 1]].map(String));
  assert.equal(new Set(ends).size, ends.length);
  for (const [place, { sign }] of plan.lines.entries()) {
    for (const other of plan.lines.slice(0, place)) {
      assert.ok(Math.hypot(sign[0] - other.sign[0], sign[1] - other.sign[1]) >= 16);
    }
    for (const { x, y, high } of plan.cards) {
      const beside = sign[0] + 8 <= x || sign[0] - 8 >= x + CARD.width;
      assert.ok(beside || sign[1] + 8 <= y || sign[1] - 8 >= y + high);
    }
  }
});

/** Draw links one after the other; return the plan after each. @param {Link[]} links @param {number} columns */
function growMap(links, columns) {
  let places = /** @type {Places} */ (new Map());
  return [...links.keys()].map((at) => {
    const some = links.slice(0, at + 1);
    places = keepPlaces(places, NAMES, some, columns);
    return layOutMap(NAMES, some, places, columns);
  });
}

test("no map is higher than its part of a screen: levels share rows, and every line goes round the cards", () => {
  const chain = NAMES.slice(1).map((from, place) => ({ from, to: NAMES[place], relation: RELATIONS[0][0] }));
  const maps = [chain, [...chain].reverse(), chain.slice(0, 5)];
  for (let seed = 0; seed < 20; seed += 1) maps.push(drawLinks(seed, seed % 2 === 1));
  for (const [at, links] of maps.entries()) {
    for (const columns of [6, 7]) {
      for (const plan of [layOut(links, columns), ...growMap(links, columns)]) {
        const where = `map ${at}, ${columns} columns`;
        assert.ok(plan.height <= MOST_PX, `${where}: ${plan.height}`);
        assert.ok(
          plan.cards.every(({ high }) => high >= 24),
          where,
        );
        checkCards(plan, where);
        for (const line of plan.lines) checkLine(line, plan, where);
      }
    }
  }
});

test("a finger has cards of its size, and none of them overlaps", () => {
  const links = drawLinks(3, false);
  const plan = layOutMap(NAMES, links, tidyPlaces(NAMES, links, 6), 6, true, 44);
  assert.ok(plan.cards.every(({ high }) => high >= 44));
  checkCards(plan, "for fingers");
});

test("a tidied map stands in the middle", () => {
  for (let seed = 0; seed < 20; seed += 1) {
    const columns = [...tidyPlaces(NAMES, drawLinks(seed, false).slice(0, 8), 6).values()].map(({ column }) => column);
    const [left, right] = [Math.min(...columns), 5 - Math.max(...columns)];
    assert.ok(left >= 0 && right >= 0 && Math.abs(left - right) <= 1, `seed ${seed}: ${left} and ${right}`);
  }
});

test("cards without a link wait below in order, at the very top where there is no link", () => {
  const empty = layOut([], 4);
  assert.ok(empty.tray !== null && empty.tray < 30);
  const plan = layOut([{ from: "P17", to: "P16", relation: "supports" }], 4);
  const linked = plan.cards.filter(({ name }) => ["P16", "P17"].includes(name));
  const lowest = Math.max(...linked.map(({ y }) => y));
  const others = plan.cards.filter((card) => !linked.includes(card));
  assert.ok(others.every(({ y }) => y > lowest));
});
