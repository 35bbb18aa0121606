// What a panel stands in: a named group that keeps its keys, and ends what it has begun.

import { html, makeId } from "./elements.js";

/** @import { Model, View } from "./types.d.ts" */

/** Say what a panel is for: its question, practice, or nothing that is graded. @param {string | null} question */
function writeTag(question) {
  if (question === null) return "nothing is graded";
  return question.replace(/^practice-/, "practice for ");
}

/**
 * Open a panel as a named group, its heading the question that the picture answers; `signal` tells
 * its parts that `close()` was called.
 * @param {View<any, any>} view @param {string} kind @param {string} title
 */
export function openPanel({ model, el }, kind, title) {
  const id = makeId("title");
  const name = html("p", { class: "title", id }, title);
  const head = html("div", { class: "head flow" }, name, html("p", { class: "tag" }, writeTag(model.get("question"))));
  const root = html("div", { class: `backyard ${kind}`, role: "group", "aria-labelledby": id }, head);
  // JupyterLab would otherwise take Enter, arrows and letters as commands of the notebook; Ctrl+S
  // and the like still reach it.
  root.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
  });
  el.append(root);
  const closing = new AbortController();
  return { root, signal: closing.signal, close: () => closing.abort() };
}

/**
 * Listen to changes of the model's traits until the panel is closed.
 * @param {Model} model
 * @param {Record<string, (message: any) => void>} handlers @param {AbortSignal} signal
 */
export function listenTo(model, handlers, signal) {
  for (const [event, handler] of Object.entries(handlers)) {
    model.on(event, handler);
    signal.addEventListener("abort", () => model.off(event, handler));
  }
}

/**
 * Draw again whenever the width changes, so that text in a figure keeps its size.
 * @param {Element} node @param {() => void} draw @param {AbortSignal} signal
 */
export function redrawOnResize(node, draw, signal) {
  let width = 0;
  const observer = new ResizeObserver(() => {
    if (!node.clientWidth || node.clientWidth === width) return;
    width = node.clientWidth;
    draw();
  });
  observer.observe(node);
  signal.addEventListener("abort", () => observer.disconnect());
}
