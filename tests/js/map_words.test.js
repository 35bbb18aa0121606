// Cards and links of an argument map in words.

import assert from "node:assert/strict";
import { test } from "node:test";
import { describeCard, growTrees, labelCard, wrapWords } from "../../course/widgets/argument_map/words.js";

/** @typedef {import("../../course/widgets/argument_map/types.d.ts").Link} Link */

/** Return links written as "A supports B". @param {string[]} texts @returns {Link[]} */
const readLinks = (...texts) =>
  texts.map((text) => {
    const [from, relation, to] = text.split(" ");
    return { from, to, relation: relation === "supports" ? "supports" : "challenges" };
  });

/**
 * Write trees as nested text. @param {ReturnType<typeof growTrees>} trees
 * @returns {string}
 */
const writeTrees = (trees) => {
  /** @type {(branch: import("../../course/widgets/argument_map/types.d.ts").Branch) => string} */
  const write = ({ link, above, branches }) =>
    `${link.from}${above ? "^" : ""}${branches.length ? `(${branches.map(write).join(" ")})` : ""}`;
  return trees.map(({ name, branches }) => `${name}(${branches.map(write).join(" ")})`).join(" ");
};

test("what bears on a card stands below it, and a card's own branch stands once", () => {
  const links = readLinks("C supports A", "B supports A", "D challenges B", "D supports C");
  assert.equal(writeTrees(growTrees(["A", "B", "C", "D"], links)), "A(B(D) C(D))");
  const shared = readLinks("B supports A", "C supports A", "D supports B", "D supports C", "E supports D");
  assert.equal(writeTrees(growTrees(["A", "B", "C", "D", "E"], shared)), "A(B(D(E)) C(D^))");
});

test("links that go round in circles are all in the list", () => {
  const links = readLinks("A supports B", "B supports C", "C challenges A");
  assert.equal(writeTrees(growTrees(["A", "B", "C"], links)), "B(A(C(B^)))");
});

test("a card says what it bears on and what bears on it", () => {
  const links = readLinks("A supports B", "C challenges A", "A supports C");
  assert.equal(describeCard("A", links), "; supports B, C; challenged by C");
  assert.equal(describeCard("D", links), "; not linked");
});

test("a card without a short name shows the beginning of its text", () => {
  const card = { id: "a", text: "one two three", card: "" };
  assert.equal(labelCard(card), "one two three");
  assert.equal(labelCard({ ...card, card: "Short" }), "Short");
  const long = `${"word ".repeat(12)}end`;
  assert.equal(labelCard({ ...card, text: long }), `${"word ".repeat(8)}word …`);
});

test("a text is broken at words; a word that is too long stands alone", () => {
  assert.deepEqual(wrapWords("aa bb cc", 5), ["aa bb", "cc"]);
  assert.deepEqual(wrapWords("a incomprehensible b", 5), ["a", "incomprehensible", "b"]);
});
