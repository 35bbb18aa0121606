// The argument map: cards, links drawn by choosing two cards, the list beside, undo, export.

import { makeButton, markIdle } from "../shared/buttons.js";
import { makeRadios } from "../shared/choice_list.js";
import { holdDraft } from "../shared/draft.js";
import { html } from "../shared/elements.js";
import { openPanel, redrawOnResize } from "../shared/panel_frame.js";
import { writePassage } from "../shared/passage.js";
import { makeBoard } from "./board.js";
import { makeExport } from "./exports.js";
import { drawSample } from "./lines.js";
import { makeAddingForm, makeLinkList } from "./list.js";
import { RELATION_CHOICES, sayLink } from "./words.js";

/** @import { View } from "../shared/types.d.ts" */
/** @import { Answer, Card, Content, Link, Point, Relation } from "./types.d.ts" */

/**
 * @typedef {ReturnType<typeof editLinks>} Editor
 * @typedef {ReturnType<typeof makeRelationChoice>} RelationChoice
 * @typedef {ReturnType<typeof chooseCards>} Choosing
 */

const WAYS = /** @type {Record<string, Point>} */ ({
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
});
const LETTERS = /** @type {Record<string, Relation>} */ ({ s: "supports", c: "challenges" });
const HELP =
  "Choose a card, then the card that it supports or challenges: click, tap, or press Enter. " +
  "On a card, arrow keys move to the next, S and C choose the relation, Escape lets go.";

/** Make the pane with the full text of the card that one looks at. @param {Card[]} items */
function makeReadingPane(items) {
  const node = html("div", { class: "reading", role: "group", "aria-label": "Text of a card" });
  let shown = "none";
  function show(/** @type {string} */ name) {
    if (name === shown) return;
    shown = name;
    const item = items.find(({ id }) => id === name);
    const nothing = html("p", { class: "note" }, "The whole text of a card appears here.");
    const head = html("p", {}, html("b", {}, name));
    node.replaceChildren(...(item ? [head, ...writePassage(item)] : [nothing]));
    node.scrollTop = 0;
    // Only a text that scrolls takes a stop of the Tab key.
    if (node.scrollHeight > node.clientHeight) node.setAttribute("tabindex", "0");
    else node.removeAttribute("tabindex");
  }
  show("");
  return { node, show };
}

/** Make the choice of the relation of the next link. @param {() => void} changed */
function makeRelationChoice(changed) {
  const radios = makeRadios("Relation of the next link", RELATION_CHOICES, changed);
  radios.node.className = "relation";
  for (const label of radios.node.querySelectorAll("label")) {
    label.append(drawSample(/** @type {Relation} */ (label.textContent)));
  }
  return radios;
}

/** Edit links: each act gives what to say, and undo takes the last one back. */
function editLinks(/** @type {{ value: () => Answer, put: (answer: Answer) => void }} */ answer) {
  const before = /** @type {Link[][]} */ ([]);
  const links = () => answer.value().links ?? [];
  const isSame = (/** @type {Link} */ one, /** @type {Link} */ other) => sayLink(one) === sayLink(other);
  const put = (/** @type {Link[]} */ next) => answer.put(next.length ? { links: next } : {});
  function change(/** @type {Link[]} */ next) {
    before.push(links());
    put(next);
  }
  function add(/** @type {Link} */ link) {
    if (link.from === link.to) return "A link needs two cards.";
    if (links().some((one) => isSame(one, link))) return `${sayLink(link)} already.`;
    change([...links(), link]);
    return `Added: ${sayLink(link)}.`;
  }
  function remove(/** @type {Link} */ link) {
    change(links().filter((one) => !isSame(one, link)));
    return `Removed: ${sayLink(link)}.`;
  }
  function turn(/** @type {Link} */ link, /** @type {Relation} */ relation) {
    const next = { ...link, relation };
    if (links().some((one) => isSame(one, next))) return `${sayLink(next)} already.`;
    change(links().map((one) => (isSame(one, link) ? next : one)));
    return `Changed: ${sayLink(next)}.`;
  }
  function undo() {
    const last = before.pop();
    if (!last) return "There is nothing to undo.";
    put(last);
    return "The last step is undone.";
  }
  return { links, add, remove, turn, undo, canUndo: () => before.length > 0 };
}

/**
 * Heed the keys of the board: arrows move, S and C choose the relation, Escape lets go, Ctrl+Z
 * undoes.
 * @param {KeyboardEvent} event @param {Editor} editor @param {ReturnType<typeof makeBoard>} board
 * @param {RelationChoice} relation @param {Choosing} choosing
 */
function heedKeys(event, editor, board, relation, choosing) {
  const { key } = event;
  const target = /** @type {Element} */ (event.target);
  const held = event.ctrlKey || event.metaKey;
  const name = target.closest(".map-card")?.querySelector("b")?.textContent;
  if (held && key === "z") choosing.act(editor.undo());
  else if (held || event.altKey) return;
  else if (key === "Escape" && choosing.chosen() !== null) choosing.act("");
  else if (name && key in WAYS) board.move(name, WAYS[key]);
  else if (name && key.toLowerCase() in LETTERS) relation.choose(LETTERS[key.toLowerCase()]);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/**
 * Hold which card is chosen, and say what to do next; a second card makes a link.
 * @param {Editor} editor @param {RelationChoice} relation @param {() => void} redraw
 */
function chooseCards(editor, relation, redraw) {
  const prompt = html("p", { class: "prompt", role: "status" });
  let source = /** @type {string | null} */ (null);

  function ask(done = "") {
    const next = source
      ? `${source} is chosen. Now choose the card that it ${relation.value()}.`
      : "Choose the first card of a link.";
    prompt.textContent = `${done} ${next}`.trim();
  }
  function act(/** @type {string} */ done) {
    source = null;
    redraw();
    ask(done);
  }
  function choose(/** @type {string} */ name) {
    if (source === name) act("");
    else if (source !== null) act(editor.add({ from: source, to: name, relation: relation.value() }));
    else {
      source = name;
      redraw();
      ask();
    }
  }
  return { prompt, ask, act, choose, chosen: () => source };
}

/**
 * Make the board, and beside it the text of a card and the map as a list.
 * @param {Card[]} items @param {Editor} editor @param {Choosing} choosing
 */
function makeBoardAndList(items, editor, { choose, act }) {
  const pane = makeReadingPane(items);
  const list = makeLinkList(items, {
    change: (link, relation) => act(editor.turn(link, relation)),
    remove: (link) => act(editor.remove(link)),
  });
  function look(/** @type {string} */ name) {
    pane.show(name);
    board.look(name);
  }
  const board = makeBoard(items, { choose, look, reveal: list.reveal });
  const names = items.map(({ id }) => id);
  const form = makeAddingForm(names, (link) => act(editor.add(link)));
  const title = html("p", { class: "title" }, "The same map as a list");
  const beside = html("div", { class: "beside" }, pane.node, title, form, list.node);
  const node = html("div", { class: "side-by-side" }, board.node, beside);
  function show(/** @type {string | null} */ source) {
    board.show(editor.links(), source);
    list.show(editor.links());
  }
  return { node, board, show };
}

function render(/** @type {View<Content, Answer>} */ { model, el }) {
  const { title, items } = model.get("content");
  const { root, signal, close } = openPanel({ model, el }, "argument-map", title);
  const count = html("p");
  const answer = holdDraft(model, signal, show, count);
  const editor = editLinks(answer);
  const relation = makeRelationChoice(() => choosing.ask());
  const choosing = chooseCards(editor, relation, show);
  const map = makeBoardAndList(items, editor, choosing);
  const save = makeExport(title, items, editor.links);
  const undo = makeButton("Undo", () => choosing.act(editor.undo()));

  function show() {
    map.show(choosing.chosen());
    markIdle(undo, !editor.canUndo());
    const links = editor.links().length;
    count.textContent = `Your answer: ${links} ${links === 1 ? "link" : "links"}`;
  }
  root.addEventListener("keydown", (event) => heedKeys(event, editor, map.board, relation, choosing));
  const controls = html("div", { class: "controls" }, relation.node, undo, choosing.prompt);
  root.append(html("p", { class: "note" }, HELP), controls, map.node, save, answer.bar);
  show();
  choosing.ask();
  function redraw() {
    map.board.measure();
    show();
  }
  redrawOnResize(map.board.node, redraw, signal);
  return close;
}

export default { render };
