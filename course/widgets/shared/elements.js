// Makes the elements of a page: HTML, SVG, and ids that no other element has.

/** @import { Child, Settings } from "./types.d.ts" */

let ids = 0;

/** Return an id that is unique on the page, for labels, captions and SVG patterns. */
export function makeId(/** @type {string} */ name) {
  ids += 1;
  return `backyard-${name}-${ids}-${Math.random().toString(36).slice(2, 8)}`;
}

/** Return the element that has the focus, where `node` stands. @param {Node} node */
export function findFocus(node) {
  return /** @type {Document | ShadowRoot} */ (node.getRootNode()).activeElement;
}

/**
 * Give an element its attributes and children: a function listens, null and false are left out.
 * @template {Element} E
 * @param {E} node @param {Settings} settings @param {Child[]} children
 */
function fillElement(node, settings, children) {
  for (const [name, setting] of Object.entries(settings)) {
    if (typeof setting === "function") node.addEventListener(name.replace(/^on/, ""), setting);
    else if (setting !== null && setting !== undefined && setting !== false) {
      node.setAttribute(name, setting === true ? "" : String(setting));
    }
  }
  node.append(...children.flat());
  return node;
}

/**
 * Make an HTML element.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag @param {Settings} [settings] @param {Child[]} children
 */
export function html(tag, settings = {}, ...children) {
  return fillElement(document.createElement(tag), settings, children);
}

/**
 * Make an SVG element.
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag @param {Settings} [settings] @param {Child[]} children
 */
export function svg(tag, settings = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  return fillElement(node, settings, children);
}

/** Set attributes only where they change: 500 events are drawn again at every step. */
export function setIfChanged(/** @type {Element} */ node, /** @type {Record<string, string | number>} */ settings) {
  for (const [name, setting] of Object.entries(settings)) {
    if (node.getAttribute(name) !== String(setting)) node.setAttribute(name, String(setting));
  }
}

/** Make a line that only screen readers read. */
export const makeSpokenLine = () => html("p", { class: "backyard-unseen", role: "status" });
