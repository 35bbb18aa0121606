// The layout of the argument map: tidy for whatever links there are.

import assert from "node:assert/strict";
import { test } from "node:test";
import { CARD, layOutMap, SPACE } from "../../course/widgets/argument_map/layout.js";
import { makeDice } from "./dice.js";

/**
 * @typedef {import("../../course/widgets/argument_map/types.d.ts").Link} Link
 * @typedef {import("../../course/widgets/argument_map/types.d.ts").Line} Line
 * @typedef {import("../../course/widgets/argument_map/types.d.ts").Plan} Plan
 */

const NAMES = Array.from({ length: 17 }, (_, place) => `P${String(place + 1).padStart(2, "0")}`);
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

/** Fail unless cards stand apart within the width. @param {Plan} plan @param {string} where */
function checkCards({ cards, width }, where) {
  assert.deepEqual(cards.map(({ name }) => name).sort(), NAMES, where);
  for (const [place, one] of cards.entries()) {
    assert.ok(one.x >= 0 && one.x <= width - CARD.width + 0.01, where);
    for (const other of cards.slice(place + 1)) {
      const beside = Math.abs(one.x - other.x) >= CARD.width + 9;
      const below = Math.abs(one.y - other.y) >= CARD.height + 9;
      assert.ok(beside || below, `${where}: ${one.name} and ${other.name}`);
    }
  }
}

/**
 * Fail unless a line begins at its source, ends at its target, and goes round the other cards.
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
    assert.ok([card.y, card.y + CARD.height].includes(point[1]), where);
  }
  const inner = points.slice(1, -1);
  const tops = [link.from, link.to].map((name) => cards.find((one) => one.name === name)?.y ?? 0);
  const rows = Math.abs(tops[0] - tops[1]) / (CARD.height + SPACE.down);
  assert.equal(inner.length, 2 * (rows - 1), `${where}: a lane in each row that is passed`);
  for (let at = 0; at < inner.length; at += 2) {
    const [[x, y], [, otherY]] = [inner[at], inner[at + 1]];
    for (const card of cards) {
      const crosses = Math.min(y, otherY) === card.y && card.x < x && x < card.x + CARD.width;
      assert.ok(!crosses, `${where}: a line through ${card.name}`);
    }
  }
}

for (const circles of [false, true]) {
  for (const width of [300, 540, 800]) {
    const kind = circles ? "with circles" : "without circles";
    test(`cards stand apart and lines lead from card to card, ${width} px ${kind}`, () => {
      for (let seed = 0; seed < 30; seed += 1) {
        const links = drawLinks(seed, circles);
        const plan = layOutMap(NAMES, links, width);
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
    const tops = new Map(layOutMap(NAMES, links, 540).cards.map(({ name, y }) => [name, y]));
    for (const { from, to } of links) assert.ok((tops.get(from) ?? 0) > (tops.get(to) ?? 0));
  }
});

test("the same links give the same picture, in whatever order they were drawn", () => {
  for (let seed = 0; seed < 10; seed += 1) {
    const links = drawLinks(seed, true);
    const shuffled = makeDice(seed).shuffle(links);
    assert.deepEqual(layOutMap(NAMES, shuffled, 540), layOutMap(NAMES, links, 540));
  }
});

test("cards without a link wait below in order, at the very top where there is no link", () => {
  const empty = layOutMap(NAMES, [], 540);
  assert.equal(empty.tray, 0);
  assert.deepEqual(
    empty.cards.map(({ name }) => name),
    NAMES,
  );
  const plan = layOutMap(NAMES, [{ from: "P17", to: "P16", relation: "supports" }], 540);
  const linked = plan.cards.filter(({ name }) => ["P16", "P17"].includes(name));
  const lowest = Math.max(...linked.map(({ y }) => y));
  const others = plan.cards.filter((card) => !linked.includes(card));
  assert.ok(others.every(({ y }) => y > lowest));
});
