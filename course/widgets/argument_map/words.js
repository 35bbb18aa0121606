// Cards and links of an argument map in words.

/** @import { Branch, Card, Link, Relation } from "./types.d.ts" */

export const RELATIONS = /** @type {Relation[]} */ (["supports", "challenges"]);
export const RELATION_CHOICES = RELATIONS.map((value) => ({ value, label: String(value) }));

/** Say a link. @param {Link} link */
export const sayLink = ({ from, to, relation }) => `${from} ${relation} ${to}`;

/** Tell whether a link begins or ends at a card. @param {string} name @param {Link[]} links */
export const isLinked = (name, links) => links.some(({ from, to }) => from === name || to === name);

/** Break a text into lines of at most `most` letters. @param {string} text @param {number} most */
export function wrapWords(text, most) {
  const [first, ...words] = text.split(/\s+/);
  const lines = [first];
  for (const word of words) {
    const line = lines[lines.length - 1];
    if (line && line.length + 1 + word.length > most) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines;
}

/** Return what stands on a card: its short name, or the beginning of its text. @param {Card} item */
export function labelCard({ card, text }) {
  if (card) return card;
  const [first, ...more] = wrapWords(text, 44);
  return more.length ? `${first} …` : first;
}

/**
 * Return a card's links by what they are to it, such as "supported by", without empty groups.
 * @param {string} name @param {Link[]} links @returns {[string, Link[]][]}
 */
export function groupLinks(name, links) {
  const groups = RELATIONS.flatMap((relation) => {
    const kind = links.filter((link) => link.relation === relation);
    const being = relation === "supports" ? "supported by" : "challenged by";
    return /** @type {[string, Link[]][]} */ ([
      [relation, kind.filter(({ from }) => from === name)],
      [being, kind.filter(({ to }) => to === name)],
    ]);
  });
  return groups.filter(([, group]) => group.length);
}

/** Say what a card's links are, for somebody who does not see the lines. */
export function describeCard(/** @type {string} */ name, /** @type {Link[]} */ links) {
  const parts = groupLinks(name, links).map(
    ([words, group]) => `${words} ${group.map(({ from, to }) => (from === name ? to : from)).join(", ")}`,
  );
  return `; ${parts.join("; ") || "not linked"}`;
}

/**
 * Return links as trees: what bears on a card stands below it; a card's own branch stands once.
 * @param {string[]} names @param {Link[]} links
 */
export function growTrees(names, links) {
  const listBearing = (/** @type {string} */ name) =>
    names.flatMap((from) => links.filter((link) => link.to === name && link.from === from));
  const opened = new Set();
  const seen = new Set();
  /** @type {(name: string) => { above: boolean, branches: Branch[] }} */
  function grow(name) {
    const found = listBearing(name);
    if (opened.has(name)) return { above: found.length > 0, branches: [] };
    opened.add(name);
    for (const link of found) seen.add(link);
    return { above: false, branches: found.map((link) => ({ link, ...grow(link.from) })) };
  }
  const tops = names.filter((name) => isLinked(name, links) && !links.some(({ from }) => from === name));
  const trees = tops.map((name) => ({ name, ...grow(name) }));
  // What is left goes round in circles: begin anywhere.
  for (const link of links) {
    if (!seen.has(link)) trees.push({ name: link.to, ...grow(link.to) });
  }
  return trees;
}
