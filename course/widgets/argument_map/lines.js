// The lines of an argument map on the page, and the whole map as a picture and as text to keep.

const RELATIONS = {
  supports: { sign: "+", dashes: null, colour: "#0063a3", words: "supports", being: "supported" },
  challenges: {
    sign: "−",
    dashes: "7 5",
    colour: "#b34700",
    words: "challenges",
    being: "challenged",
  },
};

/** A line's way: straight beside cards, a curve from row to row, ending before its arrow. */
function wayOf(points) {
  const [lastX, lastY] = points.at(-1);
  const end = [lastX, lastY + (lastY > points.at(-2)[1] ? -ARROW : ARROW)];
  const stops = [...points.slice(0, -1), end];
  return stops.reduce((way, [x, y], index) => {
    if (index === 0) return `M${x} ${y}`;
    if (index % 2 === 0) return `${way}L${x} ${y}`;
    const [fromX, fromY] = stops[index - 1];
    const half = (fromY + y) / 2;
    return `${way}C${fromX} ${half} ${x} ${half} ${x} ${y}`;
  }, "");
}

function arrowOf(points) {
  const [x, y] = points.at(-1);
  const back = y > points.at(-2)[1] ? -ARROW : ARROW;
  return `M${x} ${y}L${x - 5} ${y + back}H${x + 5}Z`;
}

/** Where a line's sign stands: on its first curve, near its source; a twin's in the middle. */
function signPlace({ points, twin }) {
  const [[x1, y1], [x2, y2]] = points;
  const t = twin ? 0.5 : 0.36;
  const share = 3 * t * t - 2 * t * t * t;
  const along = 1.5 * t * (1 - t) + t * t * t;
  return [x1 + (x2 - x1) * share, y1 + (y2 - y1) * along];
}

/** A sign: a plus in a circle for support, a minus in a square for a challenge. */
function sign(relation, x, y, fill = {}) {
  const shape =
    relation === "supports"
      ? svg("circle", { cx: x, cy: y, r: 8, ...fill })
      : svg("rect", { x: x - 7.5, y: y - 7.5, width: 15, height: 15, ...fill });
  const bar = `M${x - 4} ${y}H${x + 4}`;
  const d = relation === "supports" ? `${bar}M${x} ${y - 4}V${y + 4}` : bar;
  return [shape, svg("path", { d, class: "stroke", ...fill })];
}

/** One line with arrow and sign; `pointed()` is called when the sign is pointed at. */
function lineNode(line, pointed) {
  const { link, points } = line;
  const [x, y] = signPlace(line);
  const hit = svg("circle", { cx: x, cy: y, r: 13, class: "hit" });
  const signs = svg("g", { class: "sign" }, sign(link.relation, x, y), hit);
  signs.append(svg("title", {}, `${link.from} ${link.relation} ${link.to}`));
  hit.addEventListener("click", pointed);
  return svg(
    "g",
    { class: `link ${link.relation}` },
    svg("path", { d: wayOf(points), class: "way" }),
    svg("path", { d: arrowOf(points), class: "arrow" }),
    signs,
  );
}

/** What a kind of line looks like. */
function swatchOf(relation) {
  const line = svg("path", { d: "M0 11H42", class: "way" });
  const arrow = svg("path", { d: "M50 11L41 6V16Z", class: "arrow" });
  const parts = svg("g", { class: `link ${relation}` }, line, arrow, sign(relation, 19, 11));
  return svg("svg", { width: 50, height: 22, "aria-hidden": "true" }, parts);
}

/** Words in lines of at most `most` letters. */
function wrapped(text, most) {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1);
    if (line && line.length + 1 + word.length > most) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines;
}

/** The map as the text of an SVG file that needs nothing else. */
function svgText(title, items, links) {
  const names = items.map(({ id }) => id);
  const used = names.filter((name) => links.some(({ from, to }) => from === name || to === name));
  const plan = layered(used, links, 900);
  const cardText = new Map(items.map((item) => [item.id, cardWords(item)]));
  const lines = plan.lines.flatMap((line) => {
    const { link, points } = line;
    const { colour, dashes } = RELATIONS[link.relation];
    const fill = { fill: "#fff", stroke: colour, "stroke-width": 1.6 };
    const way = { fill: "none", stroke: colour, "stroke-width": 2, "stroke-dasharray": dashes };
    return [
      svg("path", { d: wayOf(points), ...way }),
      svg("path", { d: arrowOf(points), fill: colour }),
      ...sign(link.relation, ...signPlace(line), fill),
    ];
  });
  const cards = plan.cards.flatMap(({ name, x, y }) => cardPicture(x, y, name, cardText.get(name)));
  const node = svg(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `-12 -12 ${plan.width + 24} ${plan.height + 24}`,
      width: plan.width + 24,
      height: plan.height + 24,
      "font-family": "Helvetica, Arial, sans-serif",
      "font-size": 11.5,
    },
    svg("title", {}, title),
    svg("desc", {}, links.map((link) => `${link.from} ${link.relation} ${link.to}.`).join(" ")),
    svg("rect", { x: -12, y: -12, width: "100%", height: "100%", fill: "#fff" }),
    lines,
    cards,
  );
  return new XMLSerializer().serializeToString(node);
}

function cardPicture(x, y, name, words) {
  const box = { x, y, width: CARD.width, height: CARD.height, rx: 4 };
  const lines = wrapped(`${name} ${words}`, 17).slice(0, 4);
  const text = lines.map((line, row) => svg("tspan", { x: x + 8, y: y + 17 + row * 14 }, line));
  return [
    svg("rect", { ...box, fill: "#fff", stroke: "#4d4d4d" }),
    svg("text", { fill: "#1f1f1f" }, text),
  ];
}

/** The map in Argdown: each linked text with what supports (+) and challenges (-) it. */
function argdownText(title, items, links) {
  const plain = (text) => text.replace(/[[\]<>{}#@*_]/g, "");
  const blocks = items
    .filter(({ id }) => links.some(({ from, to }) => from === id || to === id))
    .map(({ id, text }) => {
      const below = links
        .filter(({ to }) => to === id)
        .map(({ from, relation }) => `  ${relation === "supports" ? "+" : "-"} [${from}]`);
      return [`[${id}]: ${plain(text)}`, ...below].join("\n");
    });
  return [`===\ntitle: ${plain(title)}\n===`, ...blocks].join("\n\n") + "\n";
}

/** What stands on a card: its short name, or the beginning of its text. */
function cardWords({ card, text }) {
  if (card) return card;
  const [first, ...more] = wrapped(text, 44);
  return more.length ? `${first} …` : first;
}
