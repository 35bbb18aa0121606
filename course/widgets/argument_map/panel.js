// The argument map: cards, links drawn by choosing two cards, the same as a list, undo, export.

import { holdDraft } from "../shared/answer_bar.js";
import { makeButton, makeRadios, markIdle } from "../shared/controls.js";
import { html } from "../shared/elements.js";
import { openPanel, redrawOnResize } from "../shared/panel_frame.js";
import { makeBoard } from "./board.js";
import { makeExport } from "./exports.js";
import { drawSample } from "./lines.js";
import { makeAddingForm, makeLinkList } from "./list.js";
import { groupLinks, isLinked, RELATION_CHOICES, sayLink } from "./words.js";

/** @import { Draft, View } from "../shared/types.d.ts" */
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
const WIDE_PX = 560; // below, the list is the first view
const STRIP_ROOM = 11; // of the one line with a card's links, in names of cards

/**
 * Make the strip with the whole text of a card and its links, with room for the longest text.
 * @param {Card[]} items @param {((link: Link) => void) | null} remove null where nothing can be edited
 */
function makeStrip(items, remove) {
  const longest = items.reduce((best, item) => (item.text.length > best.text.length ? item : best));
  const ghost = html("p", { class: "ghost", "aria-hidden": "true" }, `${longest.id} ${longest.text}`);
  const text = html("p", { class: "reading" });
  const links = html("div", { class: "card-links flow" });
  const node = html("div", { class: "strip", role: "group", "aria-label": "The card and its links" });
  node.append(html("div", { class: "reserved" }, ghost, text), links);
  function makeEntry(/** @type {Link} */ link, /** @type {string} */ words, /** @type {string} */ other) {
    const label = `Remove: ${sayLink(link)}`;
    const act = remove ? [makeButton("×", () => remove(link), { class: "remove", "aria-label": label })] : [];
    return html("span", { class: "card-link" }, words, other, ...act);
  }
  function show(/** @type {string} */ name, /** @type {Link[]} */ all) {
    const item = items.find(({ id }) => id === name);
    text.replaceChildren(item ? html("b", {}, name) : "The whole text of a card appears here.");
    if (item) text.append(` ${item.text}`);
    const entries = groupLinks(name, all).flatMap(([words, group]) =>
      group.map((link, at) => ({
        link,
        words: at ? "" : `${words} `,
        other: link.from === name ? link.to : link.from,
      })),
    );
    let room = STRIP_ROOM;
    const shown = entries.filter(({ words }) => {
      room -= words ? 3 : 1;
      return room >= 0;
    });
    const rest = entries.length - shown.length;
    links.replaceChildren(
      ...shown.map(({ link, words, other }) => makeEntry(link, words, other)),
      rest ? html("span", { class: "note" }, `and ${rest} more, in the list`) : "",
    );
  }
  return { node, show, focus: () => node.querySelector("button")?.focus() };
}

/** Make the choice of the relation of the next link. @param {() => void} changed */
function makeRelationChoice(changed) {
  const radios = makeRadios("Relation of the next link", RELATION_CHOICES, changed);
  radios.node.className = "relation flow";
  radios.node.querySelector("legend")?.classList.add("backyard-unseen");
  for (const label of radios.node.querySelectorAll("label")) {
    label.append(drawSample(/** @type {Relation} */ (label.textContent)));
  }
  return radios;
}

/**
 * Edit links: each act gives what to say, and undo takes the last one back.
 * @param {Draft<Answer>} answer
 * @param {boolean} fixed whether the map is there to be looked at alone
 */
function editLinks(answer, fixed) {
  const links = () => answer.value().links ?? [];
  const isSame = (/** @type {Link} */ one, /** @type {Link} */ other) => sayLink(one) === sayLink(other);
  const change = (/** @type {Link[]} */ next) => answer.keep(next.length ? { links: next } : {});
  function add(/** @type {Link} */ link) {
    if (link.from === link.to) return "A link needs two cards.";
    if (links().some((one) => isSame(one, link)))
      return `${sayLink(link)} already. Choose another, or remove it below.`;
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
  const undo = () => (answer.undo() ? "The last step is undone." : "There is nothing to undo.");
  return { fixed, links, add, remove, turn, undo, canUndo: answer.canUndo };
}

/**
 * Heed the keys of the board: arrows move, S and C choose the relation, Delete leads to the links of
 * a card, Escape lets go, Ctrl+Z undoes.
 * @param {KeyboardEvent} event @param {Editor} editor @param {ReturnType<typeof makeBoard>} board
 * @param {RelationChoice} relation @param {Choosing} choosing @param {() => void} openLinks
 */
function heedKeys(event, editor, board, relation, choosing, openLinks) {
  const { key } = event;
  if (editor.fixed && !(key in WAYS)) return;
  const target = /** @type {Element} */ (event.target);
  const held = event.ctrlKey || event.metaKey;
  const name = target.closest(".map-card")?.querySelector("b")?.textContent;
  if (held && key === "z") choosing.act(editor.undo());
  else if (held || event.altKey) return;
  else if (key === "Escape" && choosing.chosen() !== null) choosing.act("");
  else if (name && key in WAYS) board.move(name, WAYS[key]);
  else if (name && key === "Delete") openLinks();
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
      ? `${source} is chosen. Now choose the card that it ${relation.value()}, or press Esc.`
      : "Choose a card, then the card that it supports or challenges.";
    prompt.textContent = editor.fixed ? "Choose a card to read it whole, with its links." : done || next;
  }
  function act(/** @type {string} */ done) {
    source = null;
    redraw();
    ask(done);
  }
  function choose(/** @type {string} */ name) {
    if (editor.fixed) return;
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

/** Make the map as a list, which can be edited where the map can. @param {Card[]} items @param {Editor} editor @param {Choosing} choosing */
function makeListView(items, editor, { act }) {
  if (editor.fixed) return makeLinkList(items, null);
  const list = makeLinkList(items, {
    change: (link, relation) => act(editor.turn(link, relation)),
    remove: (link) => act(editor.remove(link)),
  });
  const names = items.map(({ id }) => id);
  const form = makeAddingForm(names, (link) => act(editor.add(link)));
  return { node: html("div", { class: "list" }, form, list.node), show: list.show };
}

/** Make the switch between two views; the second is shown first where it is narrow. */
function makeSwitch(/** @type {[string, HTMLElement][]} */ views) {
  const buttons = views.map(([name], at) => makeButton(name, () => show(at)));
  function show(/** @type {number} */ shown) {
    for (const [at, [, node]] of views.entries()) {
      node.hidden = at !== shown;
      buttons[at].setAttribute("aria-pressed", String(at === shown));
    }
  }
  return { node: html("div", { class: "buttons switch", role: "group", "aria-label": "Show as" }, buttons), show };
}

function render(/** @type {View<Content, Answer>} */ { model, el }) {
  const { title, items } = model.get("content");
  const { root, signal, close } = openPanel({ model, el }, "argument-map", title);
  const count = html("p");
  const answer = holdDraft(model, signal, show, count);
  const editor = editLinks(answer, model.get("question") === null);
  const relation = makeRelationChoice(() => choosing.ask());
  const choosing = chooseCards(editor, relation, show);
  const strip = makeStrip(items, editor.fixed ? null : (link) => choosing.act(editor.remove(link)));
  let looked = "";
  const board = makeBoard(items, {
    choose: choosing.choose,
    look: (name) => {
      looked = name;
      showCard();
    },
    settle: show,
  });
  const list = makeListView(items, editor, choosing);
  const picture = html("div", { class: "view" }, board.node, strip.node);
  const views = makeSwitch([
    ["Picture", picture],
    ["List", list.node],
  ]);
  const undo = makeButton("Undo", () => choosing.act(editor.undo()));
  const tidy = makeButton("Tidy up", () => board.tidy(editor.links()));
  const save = makeExport(title, items, editor.links);

  function showCard() {
    const name = choosing.chosen() ?? looked;
    board.look(name);
    strip.show(name, editor.links());
  }
  function show() {
    const links = editor.links();
    board.show(links, choosing.chosen());
    list.show(links);
    showCard();
    markIdle(undo, !editor.canUndo());
    const linked = items.filter(({ id }) => isLinked(id, links)).length;
    const rest = ` · ${linked} of ${items.length} cards linked. A card need not be linked.`;
    count.replaceChildren(html("b", {}, `${links.length} ${links.length === 1 ? "link" : "links"}`), rest);
  }
  root.addEventListener("keydown", (event) => heedKeys(event, editor, board, relation, choosing, strip.focus));
  const editing = editor.fixed ? [] : [relation.node, undo];
  const controls = html("div", { class: "controls" }, ...editing, tidy, save, views.node);
  root.append(controls, choosing.prompt, picture, list.node, answer.bar);
  show();
  choosing.ask();
  let isOpen = false;
  function redraw() {
    const width = root.clientWidth - 24;
    if (!isOpen) views.show(width < WIDE_PX ? 1 : 0);
    isOpen = true;
    board.measure(width, editor.links());
    show();
  }
  redrawOnResize(root, redraw, signal);
  return close;
}

export default { render };
