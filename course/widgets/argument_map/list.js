// The argument map as an indented list: its text alternative, which can be edited where the map can.

import { labelControl, makeButton, makeDropDown } from "../shared/controls.js";
import { findFocus, html } from "../shared/elements.js";
import { growTrees, isLinked, labelCard, RELATION_CHOICES, sayLink } from "./words.js";

/** @import { Branch, Card, Link, Relation } from "./types.d.ts" */

/**
 * Make the list.
 * @param {Card[]} items
 * @param {{ change: (link: Link, relation: Relation) => void, remove: (link: Link) => void } | null} act
 */
export function makeLinkList(items, act) {
  const names = items.map(({ id }) => id);
  const words = new Map(items.map((item) => [item.id, labelCard(item)]));
  const node = html("div", { class: "links" });
  let drawn = "none";

  /** Make the controls of a link, or what they say where nothing can be edited. */
  function makeControls(/** @type {Link} */ link) {
    if (!act) return { relation: link.relation, remove: [] };
    const key = sayLink(link);
    const relation = makeDropDown(RELATION_CHOICES, () => act.change(link, /** @type {Relation} */ (relation.value)));
    relation.value = link.relation;
    relation.setAttribute("aria-label", `Relation of ${link.from} to ${link.to}`);
    relation.dataset.key = `relation ${link.from} ${link.to}`;
    const about = { class: "remove", "aria-label": `Remove: ${key}`, "data-key": `remove ${key}` };
    return { relation, remove: [makeButton("×", () => act.remove(link), about)] };
  }
  /** Make the entry of a link. @returns {HTMLElement} */
  function makeEntry(/** @type {Branch} */ { link, above, branches }) {
    const { relation, remove } = makeControls(link);
    const [from, to] = [link.from, link.to].map((name) => html("b", {}, name));
    const about = html("span", { class: "note" }, words.get(link.from) ?? "");
    const line = html("div", { class: `line flow ${link.relation}` }, from, relation, to, ...remove, about);
    const note = `What bears on ${link.from} is above.`;
    return html("li", {}, line, above ? html("p", { class: "note" }, note) : [], nest(branches));
  }
  const nest = (/** @type {Branch[]} */ branches) => (branches.length ? html("ul", {}, branches.map(makeEntry)) : []);
  function show(/** @type {Link[]} */ links) {
    const state = links.map(sayLink).join();
    if (state === drawn) return;
    drawn = state;
    const trees = growTrees(names, links).map(({ name, branches }) => {
      const line = html("div", { class: "line flow" }, html("b", {}, name), " ", words.get(name) ?? "");
      return html("li", {}, line, nest(branches));
    });
    const alone = names.filter((name) => !isLinked(name, links)).join(", ");
    const rest = alone ? `Not linked yet: ${alone}.` : "Every card is linked.";
    const nodes = trees.length ? [html("ul", { class: "tree" }, trees)] : [];
    keepFocus(node, () => node.replaceChildren(...nodes, html("p", { class: "note" }, rest)));
  }
  return { node, show };
}

/** Find the control with a key. @returns {HTMLElement | null} */
const findKey = (/** @type {Element} */ node, /** @type {string | undefined} */ key) =>
  key ? node.querySelector(`[data-key="${CSS.escape(key)}"]`) : null;

/** Redraw, and give the focus back to the control that had it, or to the one in its place. */
function keepFocus(/** @type {HTMLElement} */ node, /** @type {() => void} */ redraw) {
  const had = /** @type {HTMLElement | null} */ (findFocus(node));
  const listRemovers = () => /** @type {HTMLElement[]} */ ([...node.querySelectorAll(".remove")]);
  const place = listRemovers().findIndex((one) => had?.closest(".line")?.contains(one));
  const within = node.contains(had);
  redraw();
  if (!had || !within) return;
  const left = listRemovers();
  (findKey(node, had.dataset.key) ?? left[Math.min(place, left.length - 1)])?.focus();
}

/** Make native controls that add a link: what, how, to what. */
export function makeAddingForm(/** @type {string[]} */ names, /** @type {(link: Link) => void} */ add) {
  const [from, to] = [makeDropDown(names), makeDropDown(names)];
  to.selectedIndex = 1;
  const relation = makeDropDown(RELATION_CHOICES);
  function act() {
    const how = /** @type {Relation} */ (relation.value);
    add({ from: from.value, to: to.value, relation: how });
  }
  return html(
    "div",
    { class: "controls adding" },
    labelControl("From", from),
    labelControl("Relation", relation),
    labelControl("To", to),
    makeButton("Add link", act),
  );
}
