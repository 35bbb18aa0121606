// The board of an argument map: its cards, and the lines between them.

const MARGIN = 4; // room for the outline of a card at the edge, as in the style sheet

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
