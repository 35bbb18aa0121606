// The argument map as an indented list: its text alternative, where it can be edited too.

/** Links as a tree: what bears on a card stands below it; a card's own branch stands once. */
function treeOf(names, links) {
  const bearing = (name) =>
    names.flatMap((from) => links.filter((link) => link.to === name && link.from === from));
  const opened = new Set();
  const seen = new Set();
  const branch = (name) => {
    if (opened.has(name)) return { links: [], above: bearing(name).length > 0 };
    opened.add(name);
    const found = bearing(name);
    found.forEach((link) => seen.add(link));
    return { links: found.map((link) => ({ link, ...branch(link.from) })), above: false };
  };
  const starts = names.filter(
    (name) => links.some(({ to }) => to === name) && !links.some(({ from }) => from === name),
  );
  const roots = starts.map((name) => ({ name, ...branch(name) }));
  // What is left goes round in circles: begin anywhere.
  for (const link of links) {
    if (!seen.has(link)) roots.push({ name: link.to, ...branch(link.to) });
  }
  return roots;
}

/** The list; `act` has `change(link, relation)` and `remove(link)`. */
function linkList(items, act) {
  const words = new Map(items.map((item) => [item.id, cardWords(item)]));
  const node = html("div", { class: "links" });
  let drawn = null;

  function entry({ link, links, above }) {
    const key = keyOf(link);
    const relation = choiceOf(Object.keys(RELATIONS).map((one) => [one, one]));
    relation.value = link.relation;
    relation.setAttribute("aria-label", `Relation of ${link.from} to ${link.to}`);
    relation.dataset.key = `relation ${link.from} ${link.to}`;
    relation.addEventListener("change", () => act.change(link, relation.value));
    const remove = button("×", () => act.remove(link));
    remove.className = "remove";
    remove.setAttribute("aria-label", `Remove: ${key}`);
    remove.dataset.key = `remove ${key}`;
    const line = html(
      "div",
      { class: `line ${link.relation}` },
      html("b", {}, link.from),
      relation,
      html("b", {}, link.to),
      remove,
      html("span", { class: "note" }, words.get(link.from)),
    );
    const more = above ? html("p", { class: "note" }, `What bears on ${link.from} stands above.`) : [];
    return html("li", {}, line, more, branches(links));
  }
  function branches(links) {
    return links.length ? html("ul", {}, links.map(entry)) : [];
  }
  function root({ name, links }) {
    const line = html("div", { class: "line" }, html("b", {}, name), " ", words.get(name));
    return html("li", {}, line, branches(links));
  }
  function show(names, links) {
    const state = links.map(keyOf).join();
    if (state === drawn) return;
    drawn = state;
    keepFocus(node, () => {
      const alone = names.filter((name) => !links.some(({ from, to }) => [from, to].includes(name)));
      const tree = treeOf(names, links).map(root);
      const rest = alone.length ? `Not linked yet: ${alone.join(", ")}.` : "Every card is linked.";
      node.replaceChildren(
        ...(tree.length ? [html("ul", { class: "tree" }, tree)] : []),
        html("p", { class: "note" }, rest),
      );
    });
  }
  function reveal(link) {
    node.querySelector(`[data-key="remove ${CSS.escape(keyOf(link))}"]`)?.focus();
  }
  return { node, show, reveal };
}

/** Redraw, and give the focus back to the control that had it, or to the one in its place. */
function keepFocus(node, redraw) {
  const focused = node.getRootNode().activeElement;
  const had = focused && node.contains(focused) ? focused : null;
  const removers = [...node.querySelectorAll(".remove")];
  const place = had ? removers.findIndex((one) => had.closest(".line")?.contains(one)) : -1;
  redraw();
  if (!had) return;
  const same = [...node.querySelectorAll("[data-key]")].find(
    (one) => one.dataset.key === had.dataset.key,
  );
  const left = [...node.querySelectorAll(".remove")];
  (same ?? left[Math.min(place, left.length - 1)])?.focus();
}

/** Native controls that add a link: what, how, to what. */
function addingForm(names, add) {
  const pairs = names.map((name) => [name, name]);
  const [from, to] = [choiceOf(pairs), choiceOf(pairs)];
  to.selectedIndex = 1;
  const relation = choiceOf(Object.keys(RELATIONS).map((one) => [one, one]));
  const act = () => add({ from: from.value, to: to.value, relation: relation.value });
  return html(
    "div",
    { class: "controls adding" },
    labelled("From", from),
    labelled("Relation", relation),
    labelled("To", to),
    button("Add link", act),
  );
}
