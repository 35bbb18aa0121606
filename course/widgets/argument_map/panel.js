// The argument map: cards, links drawn by choosing two cards, the list beside, undo, export.

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const LETTERS = { s: "supports", S: "supports", c: "challenges", C: "challenges" };
const HELP =
  "Choose a card, then the card that it supports or challenges: click, tap, or press Enter. " +
  "On a card, arrow keys move on, S and C choose the relation, Escape lets go.";

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

/** The keys of the board: arrows move, S and C choose the relation, Escape lets go, Ctrl+Z undoes. */
function keys({ editor, board, relation, act, chosen }) {
  return (event) => {
    const held = event.ctrlKey || event.metaKey;
    const name = event.target.closest?.(".map-card")?.querySelector("b").textContent;
    if (held && event.key === "z" && !event.target.closest("textarea")) act(editor.undo());
    else if (held || event.altKey) return;
    else if (event.key === "Escape" && chosen() !== null) act("");
    else if (name && event.key in WAYS) board.move(name, WAYS[event.key]);
    else if (name && event.key in LETTERS) relation.choose(LETTERS[event.key]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

/** What is chosen, and what to do next in words; a second card makes a link. */
function choosing(editor, relation, redraw) {
  const prompt = html("p", { class: "prompt", role: "status" });
  let source = null;

  function ask(done = "") {
    const next = source
      ? `${source} is chosen. Now choose the card that it ${relation.read()}.`
      : "Choose the first card of a link.";
    prompt.textContent = `${done} ${next}`.trim();
  }
  function act(done) {
    source = null;
    redraw();
    ask(done);
  }
  function choose(name) {
    if (source === name) act("");
    else if (source !== null) act(editor.add({ from: source, to: name, relation: relation.read() }));
    else {
      source = name;
      redraw();
      ask();
    }
  }
  return { prompt, ask, act, choose, chosen: () => source };
}

/** The board, and beside it the text of a card and the map as a list. */
function boardAndList(items, editor, { choose, act }) {
  const pane = readingPane(items);
  const list = linkList(items, {
    change: (link, next) => act(editor.turn(link, next)),
    remove: (link) => act(editor.remove(link)),
  });
  const board = boardOf(items, {
    choose,
    look: (name) => {
      pane.show(name);
      board.look(name);
    },
    reveal: list.reveal,
  });
  const names = items.map(({ id }) => id);
  const form = addingForm(names, (link) => act(editor.add(link)));
  const title = html("p", { class: "title" }, "The same map as a list");
  const beside = html("div", { class: "beside" }, pane.node, title, form, list.node);
  const node = html("div", { class: "side-by-side" }, board.node, beside);
  const show = (source) => {
    board.show(editor.links(), source);
    list.show(names, editor.links());
  };
  return { node, board, show };
}

function render({ model, el }) {
  const { title, items } = model.get("content");
  const root = frame(el, "argument-map", title);
  const kept = answerLine(model);
  const answer = draft(model, kept, () => show());
  const editor = linkEditor(answer);
  const relation = relationChoice(() => choice.ask());
  const choice = choosing(editor, relation, () => show());
  const map = boardAndList(items, editor, choice);
  const taken = exports(title, items, editor.links);
  const undo = button("Undo", () => choice.act(editor.undo()));

  function show() {
    map.show(choice.chosen());
    taken.show();
    undo.setAttribute("aria-disabled", String(!editor.canUndo()));
  }
  root.addEventListener("keydown", keys({ editor, board: map.board, relation, ...choice }));
  root.append(
    html("p", { class: "note" }, HELP),
    html("div", { class: "controls" }, relation.node, undo, choice.prompt),
  );
  if (model.get("question")) root.append(kept.node);
  root.append(map.node, taken.node);
  show();
  choice.ask();
  const stopWatching = redrawOnResize(map.board.node, () => {
    map.board.measure();
    show();
  });
  return () => [kept.stop, answer.stop, stopWatching].forEach((stop) => stop());
}

export default { render };
