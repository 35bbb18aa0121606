// The board of an argument map: its cards, and the lines between them.

import { makeButton } from "../shared/buttons.js";
import { html, makeId, svg } from "../shared/elements.js";
import { CARD, layOutMap, SPACE } from "./layout.js";
import { drawLiveLine } from "./lines.js";
import { describeCard, labelCard, sayLink } from "./words.js";

/** @import { Card, Link, Plan, Point } from "./types.d.ts" */

/**
 * @typedef {{ choose: (name: string) => void, look: (name: string) => void,
 *   reveal: (link: Link) => void }} Act
 */

const MARGIN = 4; // room for the outline of a card at the edge, as in the style sheet

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
  node.append(html("b", {}, item.id), ` ${labelCard(item)}`, about);
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

/** Make the board; it is drawn again only when links or width have changed. @param {Card[]} items @param {Act} act */
export function makeBoard(items, act) {
  const names = items.map(({ id }) => id);
  const cards = new Map(items.map((item) => [item.id, makeCard(item, act)]));
  const label = html("p", { class: "tray note" }, "Not linked yet");
  const nodes = [...cards.values()].flatMap(({ node, whole }) => [node, whole]);
  const board = html("div", { class: "board" }, label, nodes);
  const node = html("div", { class: "scroller" }, board);
  let width = 2 * CARD.width + SPACE.across;
  let drawn = "";
  let plan = layOutMap(names, [], width);
  let lines = /** @type {[Link, SVGElement][]} */ ([]);
  let looked = "";

  function draw(/** @type {Link[]} */ links) {
    plan = layOutMap(names, links, width);
    lines = plan.lines.map((line) => [line.link, drawLiveLine(line, () => act.reveal(line.link))]);
    const name = `Lines: ${links.map(sayLink).join(", ") || "none"}.`;
    const size = { width: plan.width, height: plan.height };
    const all = lines.map(([, line]) => line);
    board.querySelector("svg")?.remove();
    board.prepend(svg("svg", { role: "img", "aria-label": name, ...size }, all));
    Object.assign(board.style, { width: `${plan.width}px`, height: `${plan.height}px` });
    label.hidden = plan.tray === null;
    label.style.translate = `0 ${plan.tray ?? 0}px`;
    look(looked);
  }
  function show(/** @type {Link[]} */ links, /** @type {string | null} */ source) {
    const state = `${width} ${links.map(sayLink).join()}`;
    if (state !== drawn) draw(links);
    drawn = state;
    for (const { name, x, y } of plan.cards) {
      const card = cards.get(name);
      if (!card) continue;
      card.node.style.translate = `${x}px ${y}px`;
      card.node.setAttribute("aria-pressed", String(name === source));
      card.about.textContent = describeCard(name, links);
    }
  }
  // Only when the width changes: to ask for it at each step would make the browser lay out twice.
  function measure() {
    width = Math.max(node.clientWidth - 2 * MARGIN, CARD.width);
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
  return { node, show, measure, look, move };
}
