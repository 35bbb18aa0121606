// The board of an argument map: its cards, and the lines between them.

import { makeButton } from "../shared/controls.js";
import { html, makeId, svg } from "../shared/elements.js";
import { CARD, countColumns, keepPlaces, layOutMap, tidyPlaces } from "./layout.js";
import { drawLine } from "./lines.js";
import { describeCard, labelCard, sayLink } from "./words.js";

/** @import { Card, Line, Link, Places, Plan, Point } from "./types.d.ts" */

const FINGER_PX = 44;

/** @typedef {{ choose: (name: string) => void, look: (name: string) => void, settle: () => void }} Act */

/** Make a card, a button that keeps its place in the page while it moves on the board. */
function makeCard(/** @type {Card} */ item, /** @type {Act} */ act) {
  const about = html("span", { class: "backyard-unseen" });
  const whole = html("span", { hidden: true, id: makeId("whole") }, item.text);
  const node = makeButton("", () => act.choose(item.id), {
    class: "map-card",
    "aria-describedby": whole.id,
    onfocus: () => act.look(item.id),
    onpointerenter: () => act.look(item.id),
  });
  node.append(html("span", { class: "label" }, html("b", {}, item.id), ` ${labelCard(item)}`), about);
  return { node, whole, about };
}

/** Find the card nearest to one in a direction, or nothing. */
function findNeighbour(/** @type {Plan} */ plan, /** @type {string} */ name, /** @type {Point} */ [right, down]) {
  const here = plan.cards.find((card) => card.name === name);
  if (!here) return null;
  const reachable = plan.cards.flatMap((card) => {
    const [across, along] = [card.x - here.x, card.y - here.y];
    const forward = across * right + along * down;
    const aside = Math.abs(across * down) + Math.abs(along * right);
    return forward > 1 ? [{ name: card.name, way: forward + 2 * aside }] : [];
  });
  return reachable.sort((one, other) => one.way - other.way)[0]?.name ?? null;
}

/** Draw a link where its cards are now, round nothing. @param {Plan} plan @param {Link} link @returns {Line} */
function sketchLine({ cards }, link) {
  const [from, to] = [link.from, link.to].map((name) => cards.find((card) => card.name === name) ?? cards[0]);
  const up = to.y <= from.y;
  const [x, end] = [from.x + CARD.width / 2, to.x + CARD.width / 2];
  const y = up ? from.y : from.y + from.high;
  const turn = y + (up ? -20 : 20);
  const tip = to.y === from.y ? to.y : up ? to.y + to.high : to.y;
  const points = /** @type {Point[]} */ ([
    [x, y],
    [x, turn],
    [end, turn],
    [end, tip],
  ]);
  return { link, sign: [x, y + (up ? -9.5 : 9.5)], points };
}

/** Make the board; it is drawn again only when links or width have changed. @param {Card[]} items @param {Act} act */
export function makeBoard(items, act) {
  const names = items.map(({ id }) => id);
  const cards = new Map(items.map((item) => [item.id, makeCard(item, act)]));
  const label = html("p", { class: "tray note" }, "Not linked yet");
  const nodes = [...cards.values()].flatMap(({ node, whole }) => [node, whole]);
  const board = html("div", { class: "board" }, label, nodes);
  /** The places that cards have had, by the links that there were: undo finds its own again. */
  const known = /** @type {Map<string, Places>} */ (new Map());
  let places = /** @type {Places} */ (new Map());
  let columns = 1;
  let drawn = "none";
  let plan = layOutMap(names, [], places, columns);
  let lines = /** @type {[Link, SVGElement][]} */ ([]);
  let [looked, stop, still] = ["", names[0], false];

  /** Draw the lines between cards as they stand. */
  function drawLines(/** @type {Line[]} */ all) {
    lines = all.map((line) => [line.link, drawLine(line, svg("title", {}, sayLink(line.link)))]);
    const name = `Lines: ${all.map(({ link }) => sayLink(link)).join(", ") || "none"}.`;
    const size = { width: plan.width, height: plan.height };
    const nodes = lines.map(([, line]) => line);
    board.querySelector("svg")?.remove();
    board.prepend(svg("svg", { role: "img", "aria-label": name, ...size }, nodes));
    look(looked);
  }
  function draw(/** @type {Link[]} */ links, isTidy = false) {
    const least = matchMedia("(pointer: coarse)").matches ? FINGER_PX : 0;
    plan = layOutMap(names, links, places, columns, isTidy, least);
    drawLines(plan.lines);
    Object.assign(board.style, { width: `${plan.width}px`, height: `${plan.height}px` });
    label.hidden = plan.tray === null;
    label.style.translate = `0 ${plan.tray ?? 0}px`;
    for (const { name, x, y, high } of plan.cards) {
      const style = { translate: `${x}px ${y}px`, height: `${high}px` };
      const node = cards.get(name)?.node;
      Object.assign(node?.style ?? {}, style);
      node?.classList.toggle("low", high < CARD.height);
    }
  }
  /** Show the links that have come or gone between cards that stay where they are. */
  function sketch(/** @type {Link[]} */ links) {
    const laid = new Map(plan.lines.map((line) => [sayLink(line.link), line]));
    drawLines(links.map((link) => laid.get(sayLink(link)) ?? sketchLine(plan, link)));
  }
  function show(/** @type {Link[]} */ links, /** @type {string | null} */ source) {
    const state = links.map(sayLink).join();
    if (state !== drawn && still) sketch(links);
    else if (state !== drawn) {
      places = known.get(state) ?? keepPlaces(places, names, links, columns);
      known.set(state, places);
      draw(links);
      drawn = state;
    }
    for (const [name, { node, about }] of cards) {
      node.setAttribute("aria-pressed", String(name === source));
      node.tabIndex = name === stop ? 0 : -1;
      about.textContent = describeCard(name, links);
    }
  }
  /** Place all cards anew. @param {Link[]} links */
  function tidy(links) {
    known.clear();
    places = tidyPlaces(names, links, columns);
    drawn = links.map(sayLink).join();
    known.set(drawn, places);
    draw(links, true);
  }
  // Only when the width changes: to ask for it at each step would make the browser lay out twice.
  function measure(/** @type {number} */ width, /** @type {Link[]} */ links) {
    const fit = countColumns(Math.max(width, CARD.width));
    if (fit === columns) return;
    columns = fit;
    tidy(links);
  }
  function look(/** @type {string} */ name) {
    looked = name;
    for (const [{ from, to }, line] of lines) {
      line.classList.toggle("near", from === name || to === name);
    }
  }
  /** @param {string} name @param {Point} direction */
  function move(name, direction) {
    const next = findNeighbour(plan, name, direction);
    if (next) cards.get(next)?.node.focus();
  }
  // Under a mouse that rests on the card it has pressed nothing moves: cards go once it has left.
  function settle() {
    if (!still) return;
    still = false;
    act.settle();
  }
  board.addEventListener("pointerdown", ({ pointerType }) => {
    still = pointerType === "mouse";
  });
  board.addEventListener("keydown", settle);
  for (const { node } of cards.values()) node.addEventListener("pointerleave", settle);
  board.addEventListener("focusin", ({ target }) => {
    stop = names.find((name) => cards.get(name)?.node === target) ?? stop;
    for (const [name, { node }] of cards) node.tabIndex = name === stop ? 0 : -1;
  });
  return { node: board, show, measure, tidy, look, move };
}
