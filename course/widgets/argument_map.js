// The argument map: cards, links drawn by choosing two cards, the list beside, undo, export.

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const MARGIN = 4; // room for the outline of a card at the edge, as in the style sheet
const HELP =
  "Choose a card, then the card that it supports or challenges: click, tap, or press Enter. " +
  "On a card, arrow keys move on, S and C choose the relation, Escape lets go.";

/** The cards as buttons that keep their place in the page while they move on the board. */
function cardsOf(items, act) {
  const cards = new Map();
  const nodes = items.map((item) => {
    const about = html("span", { class: "backyard-unseen" });
    const whole = html("span", { hidden: true, id: uniqueId("whole") }, item.text);
    const node = button("", () => act.choose(item.id));
    node.append(html("b", {}, item.id), ` ${cardWords(item)}`, about);
    node.className = "map-card";
    node.setAttribute("aria-describedby", whole.id);
    node.addEventListener("focus", () => act.look(item.id));
    node.addEventListener("pointerenter", () => act.look(item.id));
    cards.set(item.id, { node, about });
    return [node, whole];
  });

  function show(plan, links, source) {
    for (const { name, x, y } of plan.cards) {
      const { node, about } = cards.get(name);
      node.style.translate = `${x}px ${y}px`;
      node.setAttribute("aria-pressed", String(name === source));
      about.textContent = aboutCard(name, links);
    }
  }
  return { nodes: nodes.flat(), show, node: (name) => cards.get(name).node };
}

/** What a card's links are, for somebody who does not see the lines. */
function aboutCard(name, links) {
  const parts = Object.entries(RELATIONS).flatMap(([relation, { words, being }]) => {
    const of = links.filter((link) => link.relation === relation);
    const to = of.filter(({ from }) => from === name).map((link) => link.to);
    const by = of.filter((link) => link.to === name).map(({ from }) => from);
    return [to.length && `${words} ${to.join(", ")}`, by.length && `${being} by ${by.join(", ")}`];
  });
  return `; ${parts.filter(Boolean).join("; ") || "not linked"}`;
}

/** The card nearest to one in a direction, or null. */
function neighbour(plan, name, [right, down]) {
  const here = plan.cards.find((card) => card.name === name);
  let [best, least] = [null, Infinity];
  for (const card of plan.cards) {
    const [across, along] = [card.x - here.x, card.y - here.y];
    const forward = across * right + along * down;
    const aside = Math.abs(across * down) + Math.abs(along * right);
    if (forward > 1 && forward + 2 * aside < least) [best, least] = [card.name, forward + 2 * aside];
  }
  return best;
}

/** The board with cards and lines; it is drawn again only when links or width have changed. */
function boardOf(items, act) {
  const names = items.map(({ id }) => id);
  const cards = cardsOf(items, act);
  const label = html("p", { class: "tray note" }, "Not linked yet");
  const board = html("div", { class: "board" });
  const node = html("div", { class: "scroller" }, board);
  let width = 2 * CARD.width + SPACE.across;
  let drawn = "";
  let plan = null;
  let lines = [];
  let looked = null;
  board.append(label, ...cards.nodes);

  function picture(links) {
    const said = links.map(keyOf).join(", ") || "none";
    lines = plan.lines.map((line) => [line.link, lineNode(line, () => act.reveal(line.link))]);
    const drawing = svg(
      "svg",
      { role: "img", "aria-label": `Lines: ${said}.`, width: plan.width, height: plan.height },
      lines.map(([, one]) => one),
    );
    board.querySelector("svg")?.remove();
    board.prepend(drawing);
    look(looked);
  }
  function show(links, source) {
    const state = `${width} ${links.map(keyOf).join()}`;
    if (state !== drawn) {
      drawn = state;
      plan = layered(names, links, width);
      Object.assign(board.style, { width: `${plan.width}px`, height: `${plan.height}px` });
      label.hidden = plan.tray === null;
      label.style.translate = `0 ${plan.tray ?? 0}px`;
      picture(links);
    }
    cards.show(plan, links, source);
  }
  // Only when the width changes: to ask for it at each step would make the browser lay out twice.
  function measure() {
    width = Math.max(node.clientWidth - 2 * MARGIN, CARD.width);
  }
  function look(name) {
    looked = name;
    for (const [link, line] of lines) {
      line.classList.toggle("near", link.from === name || link.to === name);
    }
  }
  const move = (name, way) => {
    const next = neighbour(plan, name, way);
    if (next) cards.node(next).focus();
  };
  return { node, show, measure, look, move };
}

/** The full text of the card that one looks at. */
function readingPane(items) {
  const node = html("div", { class: "reading", role: "group", "aria-label": "Text of a card" });
  let shown = null;
  function show(name) {
    if (name === shown) return;
    shown = name;
    const item = items.find(({ id }) => id === name);
    node.replaceChildren(
      ...(item
        ? [html("p", {}, html("b", {}, item.id)), ...passage(item)]
        : [html("p", { class: "note" }, "The whole text of a card stands here.")]),
    );
    node.scrollTop = 0;
    // Only a text that scrolls takes a stop of the Tab key.
    if (node.scrollHeight > node.clientHeight) node.setAttribute("tabindex", "0");
    else node.removeAttribute("tabindex");
  }
  show("");
  return { node, show };
}

/** The choice of the relation of the next link. */
function relationChoice(changed) {
  const name = uniqueId("relation");
  const inputs = Object.keys(RELATIONS).map((value) => {
    const input = html("input", { type: "radio", name, value, checked: value === "supports" });
    input.addEventListener("change", changed);
    return input;
  });
  const node = html(
    "fieldset",
    { class: "relation" },
    html("legend", {}, "Relation of the next link"),
    inputs.map((input) => html("label", { class: "choice" }, input, input.value, swatchOf(input.value))),
  );
  const read = () => inputs.find(({ checked }) => checked).value;
  function choose(value) {
    for (const input of inputs) input.checked = input.value === value;
    changed();
  }
  return { node, read, choose };
}

/** Give a text to the person as a file. */
function download(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = html("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** The two ways to take the map elsewhere. */
function exports(title, items, links) {
  const area = html("textarea", { readonly: true, rows: 10, spellcheck: "false" });
  const field = labelled("The map as Argdown text", area);
  const toggle = button("Show as Argdown text", () => {
    field.hidden = !field.hidden;
    toggle.setAttribute("aria-expanded", String(!field.hidden));
    show();
  });
  field.hidden = true;
  toggle.setAttribute("aria-expanded", "false");
  const save = button("Save the picture (SVG)", () =>
    download("argument-map.svg", "image/svg+xml", svgText(title, items, links())),
  );
  const argdown = button("Save the Argdown text", () =>
    download("argument-map.argdown", "text/plain", argdownText(title, items, links())),
  );
  const show = () => {
    if (!field.hidden) area.value = argdownText(title, items, links());
  };
  const node = html(
    "div",
    { class: "exports" },
    html("div", { class: "buttons" }, save, argdown, toggle),
    field,
  );
  return { node, show };
}

const same = (one, other) => keyOf(one) === keyOf(other);

/** What can be done with links: each act gives what to say, and undo takes the last one back. */
function linkEditor(answer) {
  const before = [];
  const links = () => answer.value().links ?? [];
  const put = (next) => answer.put(next.length ? { links: next } : {});
  function change(next) {
    before.push(links());
    put(next);
  }
  function add(link) {
    if (link.from === link.to) return "A link needs two cards.";
    if (links().some((one) => same(one, link))) return `${keyOf(link)} already.`;
    change([...links(), link]);
    return `Added: ${keyOf(link)}.`;
  }
  function remove(link) {
    change(links().filter((one) => !same(one, link)));
    return `Removed: ${keyOf(link)}.`;
  }
  function turn(link, relation) {
    const next = { ...link, relation };
    if (links().some((one) => same(one, next))) return `${keyOf(next)} already.`;
    change(links().map((one) => (same(one, link) ? next : one)));
    return `Changed: ${keyOf(next)}.`;
  }
  function undo() {
    if (!before.length) return "There is nothing to undo.";
    put(before.pop());
    return "The last step is undone.";
  }
  return { links, add, remove, turn, undo, canUndo: () => before.length > 0 };
}

function render({ model, el }) {
  const { title, items } = model.get("content");
  const root = frame(el, "argument-map", title);
  const kept = answerLine(model);
  const prompt = html("p", { class: "prompt", role: "status" });
  const answer = draft(model, kept, () => show());
  const editor = linkEditor(answer);
  const names = items.map(({ id }) => id);
  let source = null;

  function ask(done = "") {
    const next = source
      ? `${source} is chosen. Now choose the card that it ${relation.read()}.`
      : "Choose the first card of a link.";
    prompt.textContent = `${done} ${next}`.trim();
  }
  function act(done) {
    source = null;
    show();
    ask(done);
  }
  function choose(name) {
    if (source === null) {
      source = name;
      show();
      ask();
    } else if (source === name) act("");
    else act(editor.add({ from: source, to: name, relation: relation.read() }));
  }
  function look(name) {
    pane.show(name);
    board.look(name);
  }
  function reveal(link) {
    const control = list.node.querySelector(`[data-key="remove ${CSS.escape(keyOf(link))}"]`);
    control?.focus();
  }
  function show() {
    const links = editor.links();
    board.show(links, source);
    list.show(names, links);
    taken.show();
    undo.setAttribute("aria-disabled", String(!editor.canUndo()));
  }
  function press(event) {
    const name = event.target.closest?.(".map-card")?.querySelector("b").textContent;
    const undoing = (event.ctrlKey || event.metaKey) && event.key === "z";
    if (undoing && !event.target.closest("textarea")) act(editor.undo());
    else if (event.ctrlKey || event.metaKey || event.altKey) return;
    else if (event.key === "Escape" && source !== null) act("");
    else if (name && event.key in WAYS) board.move(name, WAYS[event.key]);
    else if (name && /^[sc]$/i.test(event.key)) {
      relation.choose(event.key.toLowerCase() === "s" ? "supports" : "challenges");
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
  const relation = relationChoice(() => ask());
  const undo = button("Undo", () => act(editor.undo()));
  const board = boardOf(items, { choose, look, reveal });
  const pane = readingPane(items);
  const list = linkList(items, {
    change: (link, next) => act(editor.turn(link, next)),
    remove: (link) => act(editor.remove(link)),
  });
  const form = addingForm(names, (link) => act(editor.add(link)));
  const taken = exports(title, items, editor.links);
  root.addEventListener("keydown", press);
  const beside = html(
    "div",
    { class: "beside" },
    pane.node,
    html("p", { class: "title" }, "The same map as a list"),
    form.node,
    list.node,
  );
  root.append(
    html("p", { class: "note" }, HELP),
    html("div", { class: "controls" }, relation.node, undo, prompt),
  );
  if (model.get("question")) root.append(kept.node);
  root.append(html("div", { class: "side-by-side" }, board.node, beside), taken.node);
  show();
  ask();
  const stopWatching = redrawOnResize(board.node, () => {
    board.measure();
    show();
  });
  return () => [kept.stop, answer.stop, stopWatching].forEach((stop) => stop());
}

export default { render };
