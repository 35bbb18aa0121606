// Close reading: each question is answered by marking a sentence of one of several documents. One
// document at a time: its sentences as radio buttons, its hard words, where it is from.

import { openChoicePages } from "../shared/choice_pages.js";
import { makeOptions } from "../shared/choices.js";
import { labelControl, makeButton, makeDropDown } from "../shared/controls.js";
import { html } from "../shared/elements.js";

/** @import { Choice } from "../shared/types.d.ts" */
/** @import { Excerpt, ReadingView } from "./types.d.ts" */

/** Cut a text where hard words stand, each of them once. @param {string} text @param {string[]} words */
function cutAtWords(text, words) {
  /** @type {(string | Node)[]} */
  let pieces = [text];
  for (const word of words) {
    const place = pieces.findIndex((piece) => typeof piece === "string" && piece.includes(word));
    if (place < 0) continue;
    const [before, ...after] = /** @type {string} */ (pieces[place]).split(word);
    const node = html("span", { class: "hard" }, word);
    pieces = pieces.toSpliced(place, 1, before, node, after.join(word));
  }
  return pieces;
}

/** Make the reader: what stands above and below the sentences, and the sentences for each question. */
function makeReader(/** @type {Excerpt[]} */ excerpts) {
  const chooser = makeDropDown(
    excerpts.map(({ id, title }) => ({ value: id, label: `${id} · ${title}` })),
    () => open(chooser.value),
  );
  const words = html("div", { class: "controls" });
  const meaning = html("p", { class: "gloss", role: "status" });
  const about = html("p", { class: "note" });
  const source = html("details", {}, html("summary", {}, "Where this text is from"), about);
  const below = [words, html("div", { class: "controls" }, source, meaning)];
  const longest = excerpts.reduce((best, one) => (one.sentences.length > best.sentences.length ? one : best));
  let current = excerpts[0];
  let fill = () => {};

  function open(/** @type {string} */ id) {
    current = excerpts.find((one) => one.id === id) ?? current;
    chooser.value = current.id;
    meaning.textContent = "";
    const buttons = current.glosses.map((gloss) =>
      makeButton(gloss.word, () => meaning.replaceChildren(html("b", {}, gloss.word), `: ${gloss.meaning}`), {
        class: "slim",
      }),
    );
    words.replaceChildren(html("span", { class: "note" }, "Hard words:"), ...buttons);
    about.replaceChildren(current.source, html("br"), "Other copies: ", current.copies);
    fill();
  }
  /**
   * Make the sentences of a document as radio buttons.
   * @param {Excerpt} one @param {Choice<string>[]} sentences @param {(value: string) => void} choose
   */
  function makeSentences({ glosses, sentences: names, gaps }, sentences, choose) {
    const words = glosses.map(({ word }) => word);
    const own = sentences.filter(({ value }) => names.includes(value));
    const radios = makeOptions(own, choose, ({ value, label }) => [
      html("b", {}, value),
      " ",
      html("span", {}, ...cutAtWords(label, words)),
    ]);
    const lines = radios.labels.flatMap((label, place) =>
      gaps.includes(own[place].value) ? [html("p", { class: "note" }, "[...]"), label] : [label],
    );
    return { ...radios, node: html("div", {}, ...lines) };
  }
  /** Make the sentences to choose among for a question. @param {Choice<string>[]} sentences @param {(value: string) => void} choose */
  function makePane(sentences, choose) {
    const ghost = makeSentences(longest, sentences, () => {}).node;
    ghost.classList.add("ghost");
    const body = html("div", { class: "reserved" });
    let radios = makeSentences(current, sentences, choose);
    let marked = /** @type {string | undefined} */ ("");
    fill = () => {
      radios = makeSentences(current, sentences, choose);
      body.replaceChildren(ghost, radios.node);
      radios.show(marked);
    };
    /** The first time, turn to the document in which a sentence is marked. @param {string | undefined} chosen */
    function show(chosen) {
      const first = marked === "";
      marked = chosen;
      if (first) open(excerpts.find(({ sentences }) => sentences.includes(chosen ?? ""))?.id ?? current.id);
      else radios.show(chosen);
    }
    return { labels: [body], show, focus: () => radios.focus() };
  }
  return { above: labelControl("Text", chooser), below, makePane };
}

function render(/** @type {ReadingView} */ view) {
  const reader = makeReader(view.model.get("content").documents);
  return openChoicePages(view, "close-reading", {
    done: "marked",
    ask: "· mark one sentence",
    isAsked: true,
    nameOf: (option) => option.value,
    ...reader,
  });
}

export default { render };
