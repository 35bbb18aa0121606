// The way to take a map elsewhere: as a picture.

import { makeButton } from "../shared/controls.js";
import { html, svg } from "../shared/elements.js";
import { CARD, layOutMap, tidyPlaces } from "./layout.js";
import { drawLine } from "./lines.js";
import { isLinked, labelCard, sayLink, wrapWords } from "./words.js";

/** @import { Card, Link } from "./types.d.ts" */

const COLUMNS = 6;

/** Write the map as the text of an SVG file that needs nothing else. */
function writePicture(/** @type {string} */ title, /** @type {Card[]} */ items, /** @type {Link[]} */ links) {
  const linked = items.filter(({ id }) => isLinked(id, links));
  const names = linked.map(({ id }) => id);
  const plan = layOutMap(names, links, tidyPlaces(names, links, COLUMNS), COLUMNS, true);
  const cards = plan.cards.flatMap(({ x, y, high }, place) => drawCard({ x, y, height: high }, linked[place]));
  const [width, height] = [plan.width + 24, plan.height + 24];
  const node = svg(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `-12 -12 ${width} ${height}`,
      width,
      height,
      "font-family": "Helvetica, Arial, sans-serif",
      "font-size": 11,
    },
    svg("title", {}, title),
    svg("desc", {}, links.map((link) => `${sayLink(link)}.`).join(" ")),
    svg("rect", { x: -12, y: -12, width: "100%", height: "100%", fill: "#fff" }),
    plan.lines.map((line) => drawLine(line)),
    cards,
  );
  return new XMLSerializer().serializeToString(node);
}

/** Draw a card. @param {{ x: number, y: number, height: number }} place @param {Card} card */
function drawCard(place, card) {
  const { x, y, height } = place;
  const lines = wrapWords(`${card.id} ${labelCard(card)}`, 20).slice(0, Math.floor(height / 13));
  const text = lines.map((line, row) => svg("tspan", { x: x + 6, y: y + 13 + row * 12 }, line));
  const box = { ...place, width: CARD.width, rx: 4, fill: "#fff", stroke: "#4d4d4d" };
  return [svg("rect", box), svg("text", { fill: "#1f1f1f" }, text)];
}

/**
 * Make the button that saves the map as a file.
 * @param {string} title @param {Card[]} items @param {() => Link[]} links
 */
export function makeExport(title, items, links) {
  return makeButton("Save as SVG", () => {
    const picture = new Blob([writePicture(title, items, links())], { type: "image/svg+xml" });
    const href = URL.createObjectURL(picture);
    html("a", { href, download: "argument-map.svg" }).click();
    setTimeout(() => URL.revokeObjectURL(href), 10_000);
  });
}
