/* Made by "make js" with esbuild 0.28.2 from sha256:b92059b562dce9ba7f917e01aa55ac864afac29efaa731ed6588c96f0e6b2a3b */

// shared/elements.js
var ids = 0;
function makeId(name) {
  ids += 1;
  return `backyard-${name}-${ids}-${Math.random().toString(36).slice(2, 8)}`;
}
function findFocus(node) {
  return (
    /** @type {Document | ShadowRoot} */
    node.getRootNode().activeElement
  );
}
function fillElement(node, settings, children) {
  for (const [name, setting] of Object.entries(settings)) {
    if (typeof setting === "function") node.addEventListener(name.replace(/^on/, ""), setting);
    else if (setting !== null && setting !== void 0 && setting !== false) {
      node.setAttribute(name, setting === true ? "" : String(setting));
    }
  }
  node.append(...children.flat());
  return node;
}
function html(tag, settings = {}, ...children) {
  return fillElement(document.createElement(tag), settings, children);
}
function svg(tag, settings = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  return fillElement(node, settings, children);
}

// shared/buttons.js
function makeButton(text, act, settings = {}) {
  return html("button", { type: "button", onclick: act, ...settings }, text);
}
function markIdle(button, idle) {
  button.setAttribute("aria-disabled", String(idle));
}
function labelControl(text, control) {
  control.id = makeId("control");
  return html("div", { class: "field" }, html("label", { for: control.id }, text), control);
}

// shared/choice_list.js
function makeDropDown(choices, changed) {
  const options = choices.map(({ value, label }) => html("option", { value }, label));
  return html("select", { onchange: changed }, options);
}
function makeRadios(legend, choices, changed) {
  const name = makeId("radio");
  const inputs = choices.map(
    ({ value: value2 }, place) => html("input", { type: "radio", name, value: value2, checked: place === 0, onchange: changed })
  );
  const labels = choices.map(({ label }, place) => html("label", { class: "choice" }, inputs[place], label));
  const node = html("fieldset", {}, html("legend", {}, legend), labels);
  const value = () => choices[inputs.findIndex(({ checked }) => checked)].value;
  function choose(chosen) {
    inputs.forEach((input, place) => {
      input.checked = choices[place].value === chosen;
    });
    changed();
  }
  return { node, value, choose };
}

// shared/panel_frame.js
function writeTag(question) {
  if (question === null) return "nothing is graded";
  return question.replace(/^practice-/, "practice for ");
}
function openPanel({ model, el }, kind, title) {
  const id = makeId("title");
  const name = html("p", { class: "title", id }, title);
  const head = html("div", { class: "head" }, name, html("p", { class: "tag" }, writeTag(model.get("question"))));
  const root = html("div", { class: `backyard ${kind}`, role: "group", "aria-labelledby": id }, head);
  root.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
  });
  el.append(root);
  const closing = new AbortController();
  return { root, signal: closing.signal, close: () => closing.abort() };
}
function listenTo(model, handlers, signal) {
  for (const [event, handler] of Object.entries(handlers)) {
    model.on(event, handler);
    signal.addEventListener("abort", () => model.off(event, handler));
  }
}
function redrawOnResize(node, draw, signal) {
  let width = 0;
  const observer = new ResizeObserver(() => {
    if (!node.clientWidth || node.clientWidth === width) return;
    width = node.clientWidth;
    draw();
  });
  observer.observe(node);
  signal.addEventListener("abort", () => observer.disconnect());
}

// shared/answer_bar.js
var SLOW_MS = 2e3;
var PATIENCE_MS = 8e3;
var LINE_MS = [300, 1e3, 2500];
var OLD_LINE = "Now run this cell again, so that the notebook carries this answer, too.";
var STATES = [
  { state: "good", begins: /^(saved at|your (saved )?answer was found|✓)/i, stressed: /^✓[^:]*:?/ },
  { state: "wait", begins: /^[◐○△]/, stressed: /^[^:]*:?/ },
  { state: "bad", begins: /^not saved|cannot be (read|used)|damaged/i, stressed: /^not saved( yet)?[.:]/i }
];
function showsLine(node, line) {
  const area = node.closest(".jp-OutputArea");
  if (!line || !area) return true;
  const outputs = [...area.querySelectorAll(".jp-OutputArea-output")];
  return outputs.some((output) => output.textContent?.trim() === line);
}
function writeStatus(status) {
  const short = status.replace(/^(saved at \d\d:\d\d):\d\d/, "$1");
  return short.charAt(0).toUpperCase() + short.slice(1);
}
function makeAnswerBar(model, signal, what, buttons = []) {
  const kept = html("p", { class: "kept", role: "status" });
  const again = makeButton("Try again", () => send(latest), { class: "main", hidden: true });
  what.classList.add("what");
  const group = { class: "answer-bar", role: "group", "aria-label": "Your answer" };
  const node = html("div", { ...group, hidden: !model.get("question") }, what, kept, again, buttons);
  const view = makeId("view");
  let pending = (
    /** @type {string | null} */
    null
  );
  let latest = (
    /** @type {unknown} */
    null
  );
  let sent = 0;
  function say(text) {
    const { state, stressed } = STATES.find(({ begins }) => begins.test(text)) ?? { state: "", stressed: /^/ };
    const [begin] = stressed.exec(text) ?? [""];
    node.dataset.state = state;
    kept.setAttribute("role", state === "bad" ? "alert" : "status");
    again.hidden = state !== "bad" || !sent || buttons.length > 0;
    if (kept.textContent === text) return;
    kept.replaceChildren(...begin ? [html("b", {}, begin)] : [], text.slice(begin.length));
  }
  function showStatus() {
    if (pending === null) say(writeStatus(model.get("status")));
  }
  function hearReply({ reply, line }) {
    if (pending === null || reply !== pending) return;
    pending = null;
    showStatus();
    lookForLine(line, sent, LINE_MS);
  }
  function lookForLine(line, number, [wait, ...more]) {
    setTimeout(() => {
      if (number !== sent || pending !== null || showsLine(node, line)) return;
      if (more.length) lookForLine(line, number, more);
      else say(`${writeStatus(model.get("status"))}. ${OLD_LINE}`);
    }, wait);
  }
  function send(value) {
    sent += 1;
    latest = value;
    const number = `${view}-${sent}`;
    pending = number;
    say("");
    model.send({ answer: value, number });
    setTimeout(() => pending === number && say("Saving …"), SLOW_MS);
    setTimeout(() => {
      if (pending !== number) return;
      pending = null;
      say("Not saved yet: the kernel does not reply. If it is not busy, run the cell again.");
    }, PATIENCE_MS);
  }
  listenTo(model, { "change:status": showStatus, "msg:custom": hearReply }, signal);
  showStatus();
  return { node, send, say, isWaiting: () => pending !== null, hasFailed: () => node.dataset.state === "bad" };
}

// shared/draft.js
function holdDraft(model, signal, show, what, buttons) {
  const bar = makeAnswerBar(model, signal, what, buttons);
  let own = (
    /** @type {Answer | null} */
    null
  );
  let timer = 0;
  function settle() {
    if (timer || bar.isWaiting()) return;
    own = null;
    show();
  }
  listenTo(model, { "change:value": settle, "msg:custom": settle }, signal);
  function send() {
    window.clearTimeout(timer);
    timer = 0;
    bar.send(own);
  }
  function put(next, restMs = 0) {
    own = next;
    window.clearTimeout(timer);
    if (restMs) {
      bar.say("");
      timer = window.setTimeout(send, restMs);
    } else send();
    show();
  }
  signal.addEventListener("abort", () => timer && send());
  return { bar: bar.node, value: () => own ?? model.get("value"), put };
}

// shared/passage.js
function writePassage({ text, quote, original }, inOriginal = false) {
  if (original && inOriginal) return [html("blockquote", {}, original)];
  const quoted = quote ? [html("p", { class: "note" }, "In the column’s words: ", html("q", {}, quote))] : [];
  return [html("p", {}, text), ...quoted];
}

// argument_map/layers.js
function getOrMake(map, key, make) {
  const known = map.get(key);
  if (known !== void 0) return known;
  const made = make();
  map.set(key, made);
  return made;
}
function listEdges(names, links) {
  const rank = ({ from, to, relation }) => (names.indexOf(from) * names.length + names.indexOf(to)) * 2 + (relation === "supports" ? 0 : 1);
  const sorted = [...links].sort((one, two) => rank(one) - rank(two));
  const turned = /* @__PURE__ */ new Set();
  const state = /* @__PURE__ */ new Map();
  function walk(name) {
    state.set(name, "open");
    for (const { from, to } of sorted) {
      if (from !== name) continue;
      if (state.get(to) === "open") turned.add(`${name} ${to}`);
      else if (!state.has(to)) walk(to);
    }
    state.set(name, "done");
  }
  for (const name of names) if (!state.has(name)) walk(name);
  const edges = sorted.map((link) => {
    const back = turned.has(`${link.from} ${link.to}`);
    const [low, high] = back ? [link.to, link.from] : [link.from, link.to];
    return { link, back, low, high };
  });
  return edges.map((edge) => {
    const { low, high } = edge;
    const pair = edges.filter((other) => other.low === low && other.high === high);
    return { ...edge, twin: pair.length > 1 };
  });
}
function layerCards(linked, edges) {
  const depths = (
    /** @type {Map<string, number>} */
    /* @__PURE__ */ new Map()
  );
  const findDepth = (name) => getOrMake(depths, name, () => {
    const above = edges.filter(({ low }) => low === name).map(({ high }) => findDepth(high));
    return Math.max(-1, ...above) + 1;
  });
  const layers = (
    /** @type {string[][]} */
    []
  );
  for (const name of linked) {
    layers[findDepth(name)] ??= [];
    layers[findDepth(name)].push(name);
  }
  return layers;
}
function cutIntoRows(layers, edges, columns) {
  const countBelow = (name) => edges.filter(({ high }) => high === name).length;
  return layers.flatMap((layer) => {
    const sorted = [...layer].sort((one, two) => countBelow(one) - countBelow(two));
    const size = Math.ceil(sorted.length / Math.ceil(sorted.length / columns));
    const rows = [];
    for (let at = 0; at < sorted.length; at += size) rows.push(sorted.slice(at, at + size));
    return rows;
  });
}

// argument_map/words.js
var RELATIONS = (
  /** @type {Relation[]} */
  ["supports", "challenges"]
);
var RELATION_CHOICES = RELATIONS.map((value) => ({ value, label: String(value) }));
var sayLink = ({ from, to, relation }) => `${from} ${relation} ${to}`;
var isLinked = (name, links) => links.some(({ from, to }) => from === name || to === name);
function wrapWords(text, most) {
  const [first, ...words] = text.split(/\s+/);
  const lines = [first];
  for (const word of words) {
    const line = lines[lines.length - 1];
    if (line && line.length + 1 + word.length > most) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines;
}
function labelCard({ card, text }) {
  if (card) return card;
  const [first, ...more] = wrapWords(text, 44);
  return more.length ? `${first} …` : first;
}
function describeCard(name, links) {
  const parts = RELATIONS.flatMap((relation) => {
    const kind = links.filter((link) => link.relation === relation);
    const to = kind.filter((link) => link.from === name).map((link) => link.to);
    const by = kind.filter((link) => link.to === name).map((link) => link.from);
    const being = relation === "supports" ? "supported" : "challenged";
    return [to.length && `${relation} ${to.join(", ")}`, by.length && `${being} by ${by.join(", ")}`];
  });
  return `; ${parts.filter(Boolean).join("; ") || "not linked"}`;
}
function growTrees(names, links) {
  const listBearing = (name) => names.flatMap((from) => links.filter((link) => link.to === name && link.from === from));
  const opened = /* @__PURE__ */ new Set();
  const seen = /* @__PURE__ */ new Set();
  function grow(name) {
    const found = listBearing(name);
    if (opened.has(name)) return { above: found.length > 0, branches: [] };
    opened.add(name);
    for (const link of found) seen.add(link);
    return { above: false, branches: found.map((link) => ({ link, ...grow(link.from) })) };
  }
  const tops = names.filter((name) => isLinked(name, links) && !links.some(({ from }) => from === name));
  const trees = tops.map((name) => ({ name, ...grow(name) }));
  for (const link of links) {
    if (!seen.has(link)) trees.push({ name: link.to, ...grow(link.to) });
  }
  return trees;
}

// argument_map/layout.js
var CARD = { width: 132, height: 64 };
var SPACE = { across: 14, down: 48, lane: 12, tray: 10, label: 30 };
var SWEEPS = 8;
function makePlace(name, row) {
  return { name, row, width: name === null ? 0 : CARD.width, x: 0, up: [], down: [] };
}
function addLanes(names, edges) {
  const rows = names.map((row, index) => row.map((name) => makePlace(name, index)));
  const cards = new Map(rows.flat().map((card) => [card.name, card]));
  const findCard = (name) => (
    /** @type {Place} */
    cards.get(name)
  );
  const lanes = (
    /** @type {Map<string, Place>} */
    /* @__PURE__ */ new Map()
  );
  const findLane = (edge, row) => {
    const shared = edge.link.relation === "supports" && !edge.back;
    return getOrMake(lanes, `${row} ${shared ? edge.high : sayLink(edge.link)}`, () => {
      rows[row].push(makePlace(null, row));
      return rows[row][rows[row].length - 1];
    });
  };
  const ways = edges.map((edge) => {
    const [low, high] = [findCard(edge.low), findCard(edge.high)];
    const way = [low];
    for (let row = low.row - 1; row > high.row; row -= 1) way.push(findLane(edge, row));
    way.push(high);
    for (const [step, place] of way.slice(1).entries()) {
      if (place.down.includes(way[step])) continue;
      place.down.push(way[step]);
      way[step].up.push(place);
    }
    return way;
  });
  return { rows, cards, findCard, ways };
}
function findMiddle(place, near) {
  return near.length ? near.reduce((sum, { x }) => sum + x, 0) / near.length : place.x;
}
var spaceBetween = (one, two) => one.name && two.name ? SPACE.across : SPACE.lane;
function spaceRow(row) {
  let right = 0;
  return row.map((place, index) => {
    const left = index ? right + spaceBetween(row[index - 1], place) : 0;
    right = left + place.width;
    return left + place.width / 2;
  });
}
var measureRow = (row) => (spaceRow(row).at(-1) ?? 0) + (row.at(-1)?.width ?? 0) / 2;
function packRows(rows, width) {
  for (const row of rows) {
    const start = (width - measureRow(row)) / 2;
    for (const [index, x] of spaceRow(row).entries()) row[index].x = start + x;
  }
}
function countCrossings(rows) {
  let found = 0;
  for (const row of rows.slice(1)) {
    const lines = row.flatMap((place) => place.up.map((other) => [place.x, other.x]));
    for (const [at, one] of lines.entries()) {
      for (const two of lines.slice(at + 1)) {
        if ((one[0] - two[0]) * (one[1] - two[1]) < 0) found += 1;
      }
    }
  }
  return found;
}
var sweepRows = (rows, sweep) => sweep % 2 ? [...rows].reverse() : rows;
function orderRows(rows, width) {
  packRows(rows, width);
  let best = rows.map((row) => [...row]);
  let fewest = countCrossings(rows);
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep += 1) {
    const side = sweep % 2 ? "down" : "up";
    for (const row of sweepRows(rows, sweep)) {
      const wishes = new Map(row.map((place) => [place, findMiddle(place, place[side])]));
      row.sort((one, two) => (wishes.get(one) ?? 0) - (wishes.get(two) ?? 0));
      packRows([row], width);
    }
    const now = countCrossings(rows);
    if (now < fewest) {
      fewest = now;
      best = rows.map((row) => [...row]);
    }
  }
  for (const [index, row] of best.entries()) rows[index].splice(0, row.length, ...row);
  packRows(rows, width);
}
function settleRow(row, wishes, width) {
  const offsets = spaceRow(row);
  const blocks = (
    /** @type {{ sum: number, weight: number, size: number }[]} */
    []
  );
  for (const [index2, wish] of wishes.entries()) {
    const weight = row[index2].name ? 1 : 3;
    const last = { sum: (wish - offsets[index2]) * weight, weight, size: 1 };
    for (; ; ) {
      const before = blocks.at(-1);
      if (!before || before.sum / before.weight <= last.sum / last.weight) break;
      last.sum += before.sum;
      last.weight += before.weight;
      last.size += before.size;
      blocks.pop();
    }
    blocks.push(last);
  }
  const most = Math.max(width - measureRow(row), 0);
  let index = 0;
  for (const { sum, weight, size } of blocks) {
    const start = Math.min(Math.max(sum / weight, 0), most);
    for (const end = index + size; index < end; index += 1) row[index].x = start + offsets[index];
  }
}
function settleRows(rows, width) {
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    for (const row of sweepRows(rows, sweep)) {
      const wishes = row.map((place) => findMiddle(place, [...place.up, ...place.down]));
      settleRow(row, wishes, width);
    }
  }
}
function findPort(card, side, other) {
  const others = [...card[side]].sort((one, two) => one.x - two.x);
  const step = Math.min(24, (card.width - 28) / Math.max(1, others.length - 1));
  return card.x + (others.indexOf(other) - (others.length - 1) / 2) * step;
}
var topOf = ({ row }) => row * (CARD.height + SPACE.down);
function drawLine(edge, way) {
  const bottomOf = (place) => topOf(place) + CARD.height;
  const lanes = way.slice(1, -1);
  const [low, high] = [way[0], way[way.length - 1]];
  const aside = edge.twin ? edge.link.relation === "supports" ? -10 : 10 : 0;
  const points = [
    [findPort(low, "up", way[1]) + aside, topOf(low)],
    ...lanes.flatMap(
      (lane) => (
        /** @type {Point[]} */
        [
          [lane.x, bottomOf(lane)],
          [lane.x, topOf(lane)]
        ]
      )
    ),
    [findPort(high, "down", way[way.length - 2]) + aside, bottomOf(high)]
  ];
  return edge.back ? points.reverse() : points;
}
function fitRows(linked, edges, columns, width) {
  const layers = layerCards(linked, edges);
  const tryColumns = (size) => {
    const found = addLanes(cutIntoRows(layers, edges, size), edges);
    return { ...found, room: Math.max(width, ...found.rows.map(measureRow)) };
  };
  let best = tryColumns(columns);
  for (let size = columns - 1; size > 0 && best.room > width; size -= 1) {
    const found = tryColumns(size);
    if (found.room < best.room) best = found;
  }
  return best;
}
function layOutMap(names, links, width) {
  const edges = listEdges(names, links);
  const linked = names.filter((name) => isLinked(name, links));
  const most = Math.floor((width + SPACE.across) / (CARD.width + SPACE.across));
  const columns = Math.max(2, most);
  const { rows, findCard, ways, room } = fitRows(linked, edges, columns, width);
  orderRows(rows, room);
  settleRows(rows, room);
  const placed = linked.map((name) => {
    const card = findCard(name);
    return { name, x: card.x - CARD.width / 2, y: topOf(card) };
  });
  const lines = edges.map(({ link, twin }, index) => {
    return { link, twin, points: drawLine(edges[index], ways[index]) };
  });
  const bottom = Math.max(0, ...placed.map(({ y }) => y + CARD.height));
  const rest = names.filter((name) => !isLinked(name, links));
  const tray = fillTray(rest, columns, bottom);
  const cards = [...placed, ...tray.cards];
  const height = Math.max(0, ...cards.map(({ y }) => y + CARD.height));
  return { cards, lines, tray: tray.top, width: room, height };
}
function fillTray(names, columns, bottom) {
  if (!names.length) return { cards: [], top: null };
  const top = bottom ? bottom + 14 : 0;
  const cards = names.map((name, index) => ({
    name,
    x: index % columns * (CARD.width + SPACE.across),
    y: top + SPACE.label + Math.floor(index / columns) * (CARD.height + SPACE.tray)
  }));
  return { cards, top };
}

// argument_map/lines.js
var PENS = {
  supports: { colour: "#0063a3", dashes: null },
  challenges: { colour: "#b34700", dashes: "7 5" }
};
var ARROW = 9;
function findArrow(points) {
  const [[, beforeY], [x, y]] = points.slice(-2);
  return { x, y, back: y > beforeY ? -ARROW : ARROW };
}
function drawWay(points) {
  const { x: endX, y: endY, back } = findArrow(points);
  const stops = (
    /** @type {Point[]} */
    [...points.slice(0, -1), [endX, endY + back]]
  );
  return stops.reduce((way, [x, y], index) => {
    if (index === 0) return `M${x} ${y}`;
    if (index % 2 === 0) return `${way}L${x} ${y}`;
    const [fromX, fromY] = stops[index - 1];
    const half = (fromY + y) / 2;
    return `${way}C${fromX} ${half} ${x} ${half} ${x} ${y}`;
  }, "");
}
function placeSign({ points, twin }) {
  const [[x1, y1], [x2, y2]] = points;
  const t = twin ? 0.5 : 0.36;
  const share = 3 * t * t - 2 * t * t * t;
  const along = 1.5 * t * (1 - t) + t * t * t;
  return [x1 + (x2 - x1) * share, y1 + (y2 - y1) * along];
}
function drawSign(relation, [x, y]) {
  const { colour } = PENS[relation];
  const fill = { fill: "#fff", stroke: colour, "stroke-width": 1.6 };
  const bar = `M${x - 4} ${y}H${x + 4}`;
  if (relation === "challenges") {
    const box = svg("rect", { x: x - 7.5, y: y - 7.5, width: 15, height: 15, ...fill });
    return [box, svg("path", { d: bar, class: "stroke", ...fill })];
  }
  const plus = svg("path", { d: `${bar}M${x} ${y - 4}V${y + 4}`, class: "stroke", ...fill });
  return [svg("circle", { cx: x, cy: y, r: 8, ...fill }), plus];
}
function drawParts(relation, way, arrow, signs) {
  const { colour, dashes } = PENS[relation];
  const pen = { fill: "none", stroke: colour, "stroke-width": 2, "stroke-dasharray": dashes };
  return svg(
    "g",
    { class: `link ${relation}` },
    svg("path", { d: way, class: "way", ...pen }),
    svg("path", { d: arrow, class: "arrow", fill: colour }),
    svg("g", { class: "sign" }, signs)
  );
}
function drawLine2(line, ...more) {
  const { link, points } = line;
  const { x, y, back } = findArrow(points);
  const arrow = `M${x} ${y}L${x - 5} ${y + back}H${x + 5}Z`;
  const signs = drawSign(link.relation, placeSign(line));
  return drawParts(link.relation, drawWay(points), arrow, [...signs, ...more]);
}
function drawLiveLine(line, pointed) {
  const [cx, cy] = placeSign(line);
  const hit = svg("circle", { cx, cy, r: 13, class: "hit", onclick: pointed });
  return drawLine2(line, hit, svg("title", {}, sayLink(line.link)));
}
function drawSample(relation) {
  const line = drawParts(relation, "M0 11H42", "M50 11L41 6V16Z", drawSign(relation, [19, 11]));
  return svg("svg", { width: 50, height: 22, "aria-hidden": "true" }, line);
}

// argument_map/board.js
var MARGIN = 4;
function makeCard(item, act) {
  const about = html("span", { class: "backyard-unseen" });
  const whole = html("span", { hidden: true, id: makeId("whole") }, item.text);
  const node = makeButton("", () => act.choose(item.id), {
    class: "map-card",
    "aria-describedby": whole.id,
    onfocus: () => act.look(item.id),
    onpointerenter: () => act.look(item.id)
  });
  node.append(html("b", {}, item.id), ` ${labelCard(item)}`, about);
  return { node, whole, about };
}
function findNeighbour(plan, name, [right, down]) {
  const here = plan.cards.find((card) => card.name === name);
  if (!here) return null;
  const reachable = plan.cards.flatMap((card) => {
    const [across, along] = [card.x - here.x, card.y - here.y];
    const forward = across * right + along * down;
    const aside = Math.abs(across * down) + Math.abs(along * right);
    return forward > 1 ? [{ name: card.name, way: forward + 2 * aside }] : [];
  });
  return reachable.sort((one, other) => one.way - other.way)[0]?.name ?? null;
}
function makeBoard(items, act) {
  const names = items.map(({ id }) => id);
  const cards = new Map(items.map((item) => [item.id, makeCard(item, act)]));
  const label = html("p", { class: "tray note" }, "Not linked yet");
  const nodes = [...cards.values()].flatMap(({ node: node2, whole }) => [node2, whole]);
  const board = html("div", { class: "board" }, label, nodes);
  const node = html("div", { class: "scroller" }, board);
  let width = 2 * CARD.width + SPACE.across;
  let drawn = "";
  let plan = layOutMap(names, [], width);
  let lines = (
    /** @type {[Link, SVGElement][]} */
    []
  );
  let looked = "";
  function draw(links) {
    plan = layOutMap(names, links, width);
    lines = plan.lines.map((line) => [line.link, drawLiveLine(line, () => act.reveal(line.link))]);
    const name = `Lines: ${links.map(sayLink).join(", ") || "none"}.`;
    const size = { width: plan.width, height: plan.height };
    const all = lines.map(([, line]) => line);
    board.querySelector("svg")?.remove();
    board.prepend(svg("svg", { role: "img", "aria-label": name, ...size }, all));
    Object.assign(board.style, { width: `${plan.width}px`, height: `${plan.height}px` });
    label.hidden = plan.tray === null;
    label.style.translate = `0 ${plan.tray ?? 0}px`;
    look(looked);
  }
  function show(links, source) {
    const state = `${width} ${links.map(sayLink).join()}`;
    if (state !== drawn) draw(links);
    drawn = state;
    for (const { name, x, y } of plan.cards) {
      const card = cards.get(name);
      if (!card) continue;
      card.node.style.translate = `${x}px ${y}px`;
      card.node.setAttribute("aria-pressed", String(name === source));
      card.about.textContent = describeCard(name, links);
    }
  }
  function measure() {
    width = Math.max(node.clientWidth - 2 * MARGIN, CARD.width);
  }
  function look(name) {
    looked = name;
    for (const [{ from, to }, line] of lines) {
      line.classList.toggle("near", from === name || to === name);
    }
  }
  function move(name, direction) {
    const next = findNeighbour(plan, name, direction);
    if (next) cards.get(next)?.node.focus();
  }
  return { node, show, measure, look, move };
}

// argument_map/exports.js
function writePicture(title, items, links) {
  const linked = items.filter(({ id }) => isLinked(id, links));
  const names = linked.map(({ id }) => id);
  const plan = layOutMap(names, links, 900);
  const cards = plan.cards.flatMap(({ x, y }, place) => drawCard(x, y, linked[place]));
  const [width, height] = [plan.width + 24, plan.height + 24];
  const node = svg(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `-12 -12 ${width} ${height}`,
      width,
      height,
      "font-family": "Helvetica, Arial, sans-serif",
      "font-size": 11.5
    },
    svg("title", {}, title),
    svg("desc", {}, links.map((link) => `${sayLink(link)}.`).join(" ")),
    svg("rect", { x: -12, y: -12, width: "100%", height: "100%", fill: "#fff" }),
    plan.lines.map((line) => drawLine2(line)),
    cards
  );
  return new XMLSerializer().serializeToString(node);
}
function drawCard(x, y, card) {
  const lines = wrapWords(`${card.id} ${labelCard(card)}`, 17).slice(0, 4);
  const text = lines.map((line, row) => svg("tspan", { x: x + 8, y: y + 17 + row * 14 }, line));
  const box = { x, y, ...CARD, rx: 4, fill: "#fff", stroke: "#4d4d4d" };
  return [svg("rect", box), svg("text", { fill: "#1f1f1f" }, text)];
}
function downloadText(name, type, text) {
  const href = URL.createObjectURL(new Blob([text], { type }));
  html("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 1e4);
}
function makeExport(title, items, links) {
  const save = () => downloadText("argument-map.svg", "image/svg+xml", writePicture(title, items, links()));
  return html("div", { class: "buttons" }, makeButton("Save the picture (SVG)", save));
}

// argument_map/list.js
function makeLinkList(items, act) {
  const names = items.map(({ id }) => id);
  const words = new Map(items.map((item) => [item.id, labelCard(item)]));
  const node = html("div", { class: "links" });
  let drawn = "none";
  function makeEntry({ link, above, branches }) {
    const key = sayLink(link);
    const relation = makeDropDown(RELATION_CHOICES, () => act.change(
      link,
      /** @type {Relation} */
      relation.value
    ));
    relation.value = link.relation;
    relation.setAttribute("aria-label", `Relation of ${link.from} to ${link.to}`);
    relation.dataset.key = `relation ${link.from} ${link.to}`;
    const remove = makeButton("×", () => act.remove(link), {
      class: "remove",
      "aria-label": `Remove: ${key}`,
      "data-key": `remove ${key}`
    });
    const [from, to] = [link.from, link.to].map((name) => html("b", {}, name));
    const about = html("span", { class: "note" }, words.get(link.from) ?? "");
    const line = html("div", { class: `line ${link.relation}` }, from, relation, to, remove, about);
    const note = `What bears on ${link.from} is above.`;
    return html("li", {}, line, above ? html("p", { class: "note" }, note) : [], nest(branches));
  }
  const nest = (branches) => branches.length ? html("ul", {}, branches.map(makeEntry)) : [];
  function show(links) {
    const state = links.map(sayLink).join();
    if (state === drawn) return;
    drawn = state;
    const trees = growTrees(names, links).map(({ name, branches }) => {
      const line = html("div", { class: "line" }, html("b", {}, name), " ", words.get(name) ?? "");
      return html("li", {}, line, nest(branches));
    });
    const alone = names.filter((name) => !isLinked(name, links)).join(", ");
    const rest = alone ? `Not linked yet: ${alone}.` : "Every card is linked.";
    const nodes = trees.length ? [html("ul", { class: "tree" }, trees)] : [];
    keepFocus(node, () => node.replaceChildren(...nodes, html("p", { class: "note" }, rest)));
  }
  function reveal(link) {
    findKey(node, `remove ${sayLink(link)}`)?.focus();
  }
  return { node, show, reveal };
}
var findKey = (node, key) => key ? node.querySelector(`[data-key="${CSS.escape(key)}"]`) : null;
function keepFocus(node, redraw) {
  const had = (
    /** @type {HTMLElement | null} */
    findFocus(node)
  );
  const listRemovers = () => (
    /** @type {HTMLElement[]} */
    [...node.querySelectorAll(".remove")]
  );
  const place = listRemovers().findIndex((one) => had?.closest(".line")?.contains(one));
  const within = node.contains(had);
  redraw();
  if (!had || !within) return;
  const left = listRemovers();
  (findKey(node, had.dataset.key) ?? left[Math.min(place, left.length - 1)])?.focus();
}
function makeAddingForm(names, add) {
  const choices = names.map((name) => ({ value: name, label: name }));
  const [from, to] = [makeDropDown(choices), makeDropDown(choices)];
  to.selectedIndex = 1;
  const relation = makeDropDown(RELATION_CHOICES);
  function act() {
    const how = (
      /** @type {Relation} */
      relation.value
    );
    add({ from: from.value, to: to.value, relation: how });
  }
  return html(
    "div",
    { class: "controls adding" },
    labelControl("From", from),
    labelControl("Relation", relation),
    labelControl("To", to),
    makeButton("Add link", act)
  );
}

// argument_map/panel.js
var WAYS = (
  /** @type {Record<string, Point>} */
  {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1]
  }
);
var LETTERS = (
  /** @type {Record<string, Relation>} */
  { s: "supports", c: "challenges" }
);
var HELP = "Choose a card, then the card that it supports or challenges: click, tap, or press Enter. On a card, arrow keys move to the next, S and C choose the relation, Escape lets go.";
function makeReadingPane(items) {
  const node = html("div", { class: "reading", role: "group", "aria-label": "Text of a card" });
  let shown = "none";
  function show(name) {
    if (name === shown) return;
    shown = name;
    const item = items.find(({ id }) => id === name);
    const nothing = html("p", { class: "note" }, "The whole text of a card appears here.");
    const head = html("p", {}, html("b", {}, name));
    node.replaceChildren(...item ? [head, ...writePassage(item)] : [nothing]);
    node.scrollTop = 0;
    if (node.scrollHeight > node.clientHeight) node.setAttribute("tabindex", "0");
    else node.removeAttribute("tabindex");
  }
  show("");
  return { node, show };
}
function makeRelationChoice(changed) {
  const radios = makeRadios("Relation of the next link", RELATION_CHOICES, changed);
  radios.node.className = "relation";
  for (const label of radios.node.querySelectorAll("label")) {
    label.append(drawSample(
      /** @type {Relation} */
      label.textContent
    ));
  }
  return radios;
}
function editLinks(answer) {
  const before = (
    /** @type {Link[][]} */
    []
  );
  const links = () => answer.value().links ?? [];
  const isSame = (one, other) => sayLink(one) === sayLink(other);
  const put = (next) => answer.put(next.length ? { links: next } : {});
  function change(next) {
    before.push(links());
    put(next);
  }
  function add(link) {
    if (link.from === link.to) return "A link needs two cards.";
    if (links().some((one) => isSame(one, link))) return `${sayLink(link)} already.`;
    change([...links(), link]);
    return `Added: ${sayLink(link)}.`;
  }
  function remove(link) {
    change(links().filter((one) => !isSame(one, link)));
    return `Removed: ${sayLink(link)}.`;
  }
  function turn(link, relation) {
    const next = { ...link, relation };
    if (links().some((one) => isSame(one, next))) return `${sayLink(next)} already.`;
    change(links().map((one) => isSame(one, link) ? next : one));
    return `Changed: ${sayLink(next)}.`;
  }
  function undo() {
    const last = before.pop();
    if (!last) return "There is nothing to undo.";
    put(last);
    return "The last step is undone.";
  }
  return { links, add, remove, turn, undo, canUndo: () => before.length > 0 };
}
function heedKeys(event, editor, board, relation, choosing) {
  const { key } = event;
  const target = (
    /** @type {Element} */
    event.target
  );
  const held = event.ctrlKey || event.metaKey;
  const name = target.closest(".map-card")?.querySelector("b")?.textContent;
  if (held && key === "z") choosing.act(editor.undo());
  else if (held || event.altKey) return;
  else if (key === "Escape" && choosing.chosen() !== null) choosing.act("");
  else if (name && key in WAYS) board.move(name, WAYS[key]);
  else if (name && key.toLowerCase() in LETTERS) relation.choose(LETTERS[key.toLowerCase()]);
  else return;
  event.preventDefault();
  event.stopPropagation();
}
function chooseCards(editor, relation, redraw) {
  const prompt = html("p", { class: "prompt", role: "status" });
  let source = (
    /** @type {string | null} */
    null
  );
  function ask(done = "") {
    const next = source ? `${source} is chosen. Now choose the card that it ${relation.value()}.` : "Choose the first card of a link.";
    prompt.textContent = `${done} ${next}`.trim();
  }
  function act(done) {
    source = null;
    redraw();
    ask(done);
  }
  function choose(name) {
    if (source === name) act("");
    else if (source !== null) act(editor.add({ from: source, to: name, relation: relation.value() }));
    else {
      source = name;
      redraw();
      ask();
    }
  }
  return { prompt, ask, act, choose, chosen: () => source };
}
function makeBoardAndList(items, editor, { choose, act }) {
  const pane = makeReadingPane(items);
  const list = makeLinkList(items, {
    change: (link, relation) => act(editor.turn(link, relation)),
    remove: (link) => act(editor.remove(link))
  });
  function look(name) {
    pane.show(name);
    board.look(name);
  }
  const board = makeBoard(items, { choose, look, reveal: list.reveal });
  const names = items.map(({ id }) => id);
  const form = makeAddingForm(names, (link) => act(editor.add(link)));
  const title = html("p", { class: "title" }, "The same map as a list");
  const beside = html("div", { class: "beside" }, pane.node, title, form, list.node);
  const node = html("div", { class: "side-by-side" }, board.node, beside);
  function show(source) {
    board.show(editor.links(), source);
    list.show(editor.links());
  }
  return { node, board, show };
}
function render({ model, el }) {
  const { title, items } = model.get("content");
  const { root, signal, close } = openPanel({ model, el }, "argument-map", title);
  const count = html("p");
  const answer = holdDraft(model, signal, show, count);
  const editor = editLinks(answer);
  const relation = makeRelationChoice(() => choosing.ask());
  const choosing = chooseCards(editor, relation, show);
  const map = makeBoardAndList(items, editor, choosing);
  const save = makeExport(title, items, editor.links);
  const undo = makeButton("Undo", () => choosing.act(editor.undo()));
  function show() {
    map.show(choosing.chosen());
    markIdle(undo, !editor.canUndo());
    const links = editor.links().length;
    count.textContent = `Your answer: ${links} ${links === 1 ? "link" : "links"}`;
  }
  root.addEventListener("keydown", (event) => heedKeys(event, editor, map.board, relation, choosing));
  const controls = html("div", { class: "controls" }, relation.node, undo, choosing.prompt);
  root.append(html("p", { class: "note" }, HELP), controls, map.node, save, answer.bar);
  show();
  choosing.ask();
  function redraw() {
    map.board.measure();
    show();
  }
  redrawOnResize(map.board.node, redraw, signal);
  return close;
}
var panel_default = { render };
export {
  panel_default as default
};
