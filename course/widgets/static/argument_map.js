/* Made by "make js" with esbuild 0.28.2 from sha256:09ac8af28bc38928b6da5d9da8f872562540ac3106578f3ebbbc25b0dfc9bf95 */

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

// shared/controls.js
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
function makeDropDown(choices, changed) {
  const options = choices.map(
    (one) => typeof one === "string" ? html("option", {}, one) : html("option", { value: one.value }, one.label)
  );
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
    inputs[choices.findIndex(({ value: value2 }) => value2 === chosen)].checked = true;
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
  const head = html("div", { class: "head flow" }, name, html("p", { class: "tag" }, writeTag(model.get("question"))));
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
var RESTING = "resting";
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
  const group = { class: "answer-bar flow", role: "group", "aria-label": "Your answer" };
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
  function rest() {
    pending = RESTING;
    say("");
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
  return { node, rest, send, say, isWaiting: () => pending !== null, hasFailed: () => node.dataset.state === "bad" };
}
function holdDraft(model, signal, show, what, buttons) {
  const bar = makeAnswerBar(model, signal, what, buttons);
  const before = (
    /** @type {Answer[]} */
    []
  );
  const value = () => own ?? model.get("value");
  let own = (
    /** @type {Answer | null} */
    null
  );
  let timer = 0;
  function settle() {
    if (bar.isWaiting()) return;
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
      bar.rest();
      timer = window.setTimeout(send, restMs);
    } else send();
    show();
  }
  function keep(next) {
    before.push(value());
    put(next);
  }
  function undo() {
    const last = before.pop();
    if (last) put(last);
    return Boolean(last);
  }
  signal.addEventListener("abort", () => timer && send());
  return { bar: bar.node, value, put, keep, undo, canUndo: () => before.length > 0 };
}

// argument_map/layers.js
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
  return sorted.map((link) => {
    const [low, high] = turned.has(`${link.from} ${link.to}`) ? [link.to, link.from] : [link.from, link.to];
    return { link, low, high };
  });
}
function layerCards(linked, edges) {
  const depths = (
    /** @type {Map<string, number>} */
    /* @__PURE__ */ new Map()
  );
  function findDepth(name) {
    const above = edges.filter(({ low }) => low === name);
    const depth = depths.get(name) ?? Math.max(-1, ...above.map(({ high }) => findDepth(high))) + 1;
    depths.set(name, depth);
    return depth;
  }
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
function foldRows(rows, most, columns) {
  const folded = [...rows];
  while (folded.length > most) {
    const sizes = folded.slice(1).map((row, at2) => row.length + folded[at2].length);
    const at = sizes.lastIndexOf(Math.min(...sizes));
    if (sizes[at] > columns) return cutEvenly(rows.flat(), Math.ceil(rows.flat().length / most));
    folded.splice(at, 2, [...folded[at], ...folded[at + 1]]);
  }
  return folded;
}
var cutEvenly = (names, size) => Array.from({ length: Math.ceil(names.length / size) }, (_, at) => names.slice(at * size, (at + 1) * size));
function cutIntoRows(layers, edges, columns) {
  const countBelow = (name) => edges.filter(({ high }) => high === name).length;
  return layers.flatMap((layer) => {
    const sorted = [...layer].sort((one, two) => countBelow(one) - countBelow(two));
    return cutEvenly(sorted, Math.ceil(sorted.length / Math.ceil(sorted.length / columns)));
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
function groupLinks(name, links) {
  const groups = RELATIONS.flatMap((relation) => {
    const kind = links.filter((link) => link.relation === relation);
    const being = relation === "supports" ? "supported by" : "challenged by";
    return (
      /** @type {[string, Link[]][]} */
      [
        [relation, kind.filter(({ from }) => from === name)],
        [being, kind.filter(({ to }) => to === name)]
      ]
    );
  });
  return groups.filter(([, group]) => group.length);
}
function describeCard(name, links) {
  const parts = groupLinks(name, links).map(
    ([words, group]) => `${words} ${group.map(({ from, to }) => from === name ? to : from).join(", ")}`
  );
  return `; ${parts.join("; ") || "not linked"}`;
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
var CARD = { width: 124, height: 42, low: 28 };
var GAP_PX = 12;
var STEP_PX = CARD.width + GAP_PX;
var CHANNEL_PX = { most: 44, less: 33, least: 30 };
var ROWS_PX = 284;
var ZONE_PX = { sign: 19, arrow: 11 };
var TRAY_PX = { label: 22, low: 25, between: 4 };
var LANES = [0, -4, 4];
var countColumns = (width) => Math.max(1, Math.floor((width + GAP_PX) / STEP_PX));
function countRows(waiting, columns) {
  if (columns < 6) return Number.POSITIVE_INFINITY;
  return waiting + 1 > columns ? 4 : 5;
}
var mean = (all) => all.reduce((sum, one) => sum + one, 0) / all.length;
function tidyPlaces(names, links, columns) {
  const linked = names.filter((name) => isLinked(name, links));
  const edges = listEdges(linked, links);
  const most = countRows(names.length - linked.length, columns);
  const rows = foldRows(cutIntoRows(layerCards(linked, edges), edges, columns), most, columns);
  const places = (
    /** @type {Places} */
    /* @__PURE__ */ new Map()
  );
  function spread(row, wish) {
    const wishes = rows[row].map((name, at) => ({ name, column: Math.round(wish(name, at)) }));
    wishes.sort((one, other) => one.column - other.column);
    const rightward = [...wishes.keys()].map(() => 0);
    const leftward = [...rightward];
    for (const [at, { column }] of wishes.entries()) {
      rightward[at] = at ? Math.max(column, rightward[at - 1] + 1) : column;
    }
    for (const at of [...wishes.keys()].reverse()) {
      leftward[at] = Math.min(wishes[at].column, (leftward[at + 1] ?? columns) - 1);
    }
    for (const [at, { name }] of wishes.entries()) {
      const middle = Math.round((rightward[at] + leftward[at]) / 2);
      places.set(name, { row, column: Math.min(Math.max(middle, at), columns - wishes.length + at) });
    }
  }
  const nearTo = (end) => (name) => {
    const other = end === "low" ? "high" : "low";
    const near = edges.filter((edge) => edge[end] === name).map((edge) => places.get(edge[other])?.column ?? 0);
    return near.length ? mean(near) : places.get(name)?.column ?? 0;
  };
  const order = [...rows.keys()];
  for (const row of order) spread(row, (_, at) => (at + 0.5) * columns / rows[row].length - 0.5);
  for (const row of order) spread(row, nearTo("low"));
  for (const row of [...order].reverse()) spread(row, nearTo("high"));
  for (const row of order) spread(row, nearTo("low"));
  const used = [...places.values()].map(({ column }) => column);
  const shift = Math.round((columns - 1 - Math.max(...used) - Math.min(...used)) / 2);
  for (const place of places.values()) place.column += shift;
  return places;
}
function findFree(places, { row, column }, columns, most) {
  const taken = new Set([...places.values()].map((place) => `${place.row} ${place.column}`));
  const byNearness = Array.from({ length: columns }, (_, one) => one);
  byNearness.sort((one, other) => Math.abs(one - column) - Math.abs(other - column));
  let at = Math.min(row, most - 1);
  let step = 1;
  for (; ; ) {
    const free = byNearness.find((one) => !taken.has(`${at} ${one}`));
    if (free !== void 0) return { row: at, column: free };
    if (at + step === most) [at, step] = [row, -1];
    at += step;
  }
}
function keepPlaces(before, names, links, columns) {
  const places = (
    /** @type {Places} */
    new Map([...before].filter(([name]) => isLinked(name, links)))
  );
  const most = countRows(names.filter((name) => !isLinked(name, links)).length, columns);
  if (!places.size || [...places.values()].some(({ row }) => row >= most)) return tidyPlaces(names, links, columns);
  for (const { from, to } of links) {
    const [above, below] = [places.get(to), places.get(from)];
    if (!above) {
      const near = below ?? { row: 1, column: Math.floor(columns / 2) };
      places.set(to, findFree(places, { ...near, row: near.row ? near.row - 1 : 1 }, columns, most));
    }
    const { row, column } = (
      /** @type {Place} */
      places.get(to)
    );
    if (!below) places.set(from, findFree(places, { row: row + 1, column }, columns, most));
  }
  return places;
}
function aimLink(link, places) {
  const [from, to] = [link.from, link.to].map((name) => (
    /** @type {Place} */
    places.get(name)
  ));
  const isOnTop = from.row === 0 && to.row === 0;
  const leaves = to.row > from.row || isOnTop ? "bottom" : "top";
  const arrives = to.row < from.row || isOnTop ? "bottom" : "top";
  const out = from.row + (leaves === "bottom" ? 1 : 0);
  const into = to.row + (arrives === "bottom" ? 1 : 0);
  return { link, from, to, leaves, arrives, out, into, begin: 0, end: 0, lane: (
    /** @type {number | null} */
    null
  ) };
}
function setPorts(aims) {
  const ends = aims.flatMap((aim) => [
    { aim, end: "begin", edge: `${aim.link.from} ${aim.leaves}`, at: aim.from, other: aim.to, shift: 0 },
    // Apart from those of the card in the same column below, which leave in the middle, too.
    { aim, end: "end", edge: `${aim.link.to} ${aim.arrives}`, at: aim.to, other: aim.from, shift: 5 }
  ]);
  for (const edge of new Set(ends.map((end) => end.edge))) {
    const all = ends.filter((end) => end.edge === edge);
    all.sort((one, other) => one.other.column - other.other.column);
    for (const [place, { aim, end, at, shift }] of all.entries()) {
      const left = at.column * STEP_PX;
      const isStraight = all.length === 1 && all[0].other.column === at.column;
      const x = left + CARD.width * (place + 1) / (all.length + 1) + (isStraight ? 0 : shift);
      Object.assign(aim, { [end]: x });
    }
  }
}
function listStretches({ out, into, begin, end, lane }) {
  const stretch = (channel, ends) => ({ channel, ends, track: 0, of: 1 });
  if (lane !== null) return [stretch(out, [begin, lane]), stretch(into, [lane, end])];
  return Math.abs(begin - end) < 1 ? [] : [stretch(out, [begin, end])];
}
function setTracks(stretches) {
  for (const channel of new Set(stretches.map((one) => one.channel))) {
    const ends = (
      /** @type {number[]} */
      []
    );
    const all = stretches.filter((one) => one.channel === channel);
    all.sort((one, other) => Math.min(...one.ends) - Math.min(...other.ends));
    for (const stretch of all) {
      const free = ends.findIndex((end) => end + 8 < Math.min(...stretch.ends));
      stretch.track = free < 0 ? ends.length : free;
      ends[stretch.track] = Math.max(...stretch.ends);
    }
    for (const stretch of all) stretch.of = ends.length;
  }
}
function setLanes(aims, columns) {
  const used = (
    /** @type {{ x: number, top: number, bottom: number }[]} */
    []
  );
  const gaps = Array.from({ length: Math.max(columns - 1, 1) }, (_, gap) => (gap + 1) * STEP_PX - GAP_PX / 2);
  for (const aim of aims) {
    const { out, into, begin, end } = aim;
    if (out === into) continue;
    const [top, bottom] = [Math.min(out, into), Math.max(out, into)];
    const detour = (x) => Math.abs(x - begin) + Math.abs(x - end);
    const all = LANES.flatMap((lane) => gaps.map((gap) => gap + lane));
    all.sort((one, other) => detour(one) - detour(other));
    const isFree = (x) => used.every((other) => other.x !== x || other.bottom <= top || other.top >= bottom);
    aim.lane = all.find(isFree) ?? all[0];
    used.push({ x: aim.lane, top, bottom });
  }
}
function sizeRows(rows, isWhole, least) {
  const low = Math.max(CARD.low, least);
  if (!isWhole) return [low, rows < 4 ? CHANNEL_PX.most : rows === 4 ? CHANNEL_PX.less : CHANNEL_PX.least];
  const high = rows > 4 ? low : Math.max(CARD.height, least);
  const room = (ROWS_PX - rows * high) / Math.max(rows - 1, 1);
  return [high, Math.min(Math.max(room, CHANNEL_PX.least), CHANNEL_PX.most)];
}
function layOutMap(names, links, places, columns, isTidy = false, least = 0) {
  const rows = Math.max(-1, ...[...places.values()].map(({ row }) => row)) + 1;
  const alone = names.filter((name) => !places.has(name));
  const [high, channelPx] = sizeRows(rows, isTidy && !alone.length, least);
  const aims = links.map((link) => aimLink(link, places));
  const topOf = (row) => row * (high + channelPx);
  const linked = [...places].map(([name, { row, column }]) => ({ name, x: column * STEP_PX, y: topOf(row), high }));
  setPorts(aims);
  setLanes(aims, columns);
  const ways = aims.map((aim) => ({ ...aim, stretches: listStretches(aim) }));
  setTracks(ways.flatMap(({ stretches }) => stretches));
  const isDown = (channel) => aims.some((aim) => aim.leaves === "bottom" && aim.out === channel);
  function findHeight({ channel, track, of }) {
    const low = topOf(channel) - ZONE_PX.sign;
    const top = topOf(channel) - channelPx + (isDown(channel) ? ZONE_PX.sign : ZONE_PX.arrow);
    return of === 1 ? (low + top) / 2 : top + (low - top) * track / (of - 1);
  }
  function drawWay2({ link, from, to, leaves, arrives, begin, end, stretches }) {
    const y = topOf(from.row) + (leaves === "bottom" ? high : 0);
    const tip = topOf(to.row) + (arrives === "bottom" ? high : 0);
    const middle = stretches.flatMap((stretch) => {
      const height2 = findHeight(stretch);
      return stretch.ends.map((x) => (
        /** @type {Point} */
        [x, height2]
      ));
    });
    const sign = (
      /** @type {Point} */
      [begin, y + (leaves === "bottom" ? 9.5 : -9.5)]
    );
    return { link, sign, points: [[begin, y], ...middle, [end, tip]] };
  }
  const below = aims.some(({ out }) => out === rows) ? channelPx : 0;
  const tray = alone.length ? rows ? topOf(rows - 1) + high + below + 5 : 0 : null;
  const [trayHigh, above, skip] = rows ? [Math.max(TRAY_PX.low, least), 0, 1] : [Math.max(CARD.height, least), TRAY_PX.label, 0];
  const waiting = alone.map((name, at) => ({
    name,
    x: (at + skip) % columns * STEP_PX,
    y: (tray ?? 0) + above + Math.floor((at + skip) / columns) * (trayHigh + TRAY_PX.between),
    high: trayHigh
  }));
  const cards = [...linked, ...waiting].sort((one, other) => names.indexOf(one.name) - names.indexOf(other.name));
  const height = Math.max(...cards.map((card) => card.y + card.high)) + (alone.length ? 0 : below);
  return { cards, lines: ways.map(drawWay2), tray, width: columns * STEP_PX - GAP_PX, height };
}

// argument_map/lines.js
var PENS = {
  supports: { colour: "#0063a3", dashes: null },
  challenges: { colour: "#b34700", dashes: "6 3" }
};
var ARROW = 8;
var CORNER = 5;
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
  return stops.reduce((way, [x, y], at) => {
    if (at === 0) return `M${x} ${y}`;
    if (at === stops.length - 1) return `${way}L${x} ${y}`;
    const cut = ([otherX, otherY]) => {
      const long = Math.hypot(otherX - x, otherY - y) || 1;
      const part = Math.min(CORNER, long / 2) / long;
      return `${(x + (otherX - x) * part).toFixed(1)} ${(y + (otherY - y) * part).toFixed(1)}`;
    };
    return `${way}L${cut(stops[at - 1])}Q${x} ${y} ${cut(stops[at + 1])}`;
  }, "");
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
  const pen = { fill: "none", stroke: colour, "stroke-width": 1.6, "stroke-dasharray": dashes };
  return svg(
    "g",
    { class: `link ${relation}` },
    svg("path", { d: way, class: "way", ...pen }),
    svg("path", { d: arrow, class: "arrow", fill: colour }),
    svg("g", { class: "sign" }, signs)
  );
}
function drawLine(line, ...more) {
  const { link, points, sign } = line;
  const { x, y, back } = findArrow(points);
  const arrow = `M${x} ${y}L${x - 4.5} ${y + back}H${x + 4.5}Z`;
  const signs = drawSign(link.relation, sign);
  return drawParts(link.relation, drawWay(points), arrow, [...signs, ...more]);
}
function drawSample(relation) {
  const line = drawParts(relation, "M0 11H42", "M50 11L41 6V16Z", drawSign(relation, [19, 11]));
  return svg("svg", { width: 50, height: 22, "aria-hidden": "true" }, line);
}

// argument_map/board.js
var FINGER_PX = 44;
function makeCard(item, act) {
  const about = html("span", { class: "backyard-unseen" });
  const whole = html("span", { hidden: true, id: makeId("whole") }, item.text);
  const node = makeButton("", () => act.choose(item.id), {
    class: "map-card",
    "aria-describedby": whole.id,
    onfocus: () => act.look(item.id),
    onpointerenter: () => act.look(item.id)
  });
  node.append(html("span", { class: "label" }, html("b", {}, item.id), ` ${labelCard(item)}`), about);
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
function sketchLine({ cards }, link) {
  const [from, to] = [link.from, link.to].map((name) => cards.find((card) => card.name === name) ?? cards[0]);
  const up = to.y <= from.y;
  const [x, end] = [from.x + CARD.width / 2, to.x + CARD.width / 2];
  const y = up ? from.y : from.y + from.high;
  const turn = y + (up ? -20 : 20);
  const tip = to.y === from.y ? to.y : up ? to.y + to.high : to.y;
  const points = (
    /** @type {Point[]} */
    [
      [x, y],
      [x, turn],
      [end, turn],
      [end, tip]
    ]
  );
  return { link, sign: [x, y + (up ? -9.5 : 9.5)], points };
}
function makeBoard(items, act) {
  const names = items.map(({ id }) => id);
  const cards = new Map(items.map((item) => [item.id, makeCard(item, act)]));
  const label = html("p", { class: "tray note" }, "Not linked yet");
  const nodes = [...cards.values()].flatMap(({ node, whole }) => [node, whole]);
  const board = html("div", { class: "board" }, label, nodes);
  const known = (
    /** @type {Map<string, Places>} */
    /* @__PURE__ */ new Map()
  );
  let places = (
    /** @type {Places} */
    /* @__PURE__ */ new Map()
  );
  let columns = 1;
  let drawn = "none";
  let plan = layOutMap(names, [], places, columns);
  let lines = (
    /** @type {[Link, SVGElement][]} */
    []
  );
  let [looked, stop, still] = ["", names[0], false];
  function drawLines(all) {
    lines = all.map((line) => [line.link, drawLine(line, svg("title", {}, sayLink(line.link)))]);
    const name = `Lines: ${all.map(({ link }) => sayLink(link)).join(", ") || "none"}.`;
    const size = { width: plan.width, height: plan.height };
    const nodes2 = lines.map(([, line]) => line);
    board.querySelector("svg")?.remove();
    board.prepend(svg("svg", { role: "img", "aria-label": name, ...size }, nodes2));
    look(looked);
  }
  function draw(links, isTidy = false) {
    const least = matchMedia("(pointer: coarse)").matches ? FINGER_PX : 0;
    plan = layOutMap(names, links, places, columns, isTidy, least);
    drawLines(plan.lines);
    Object.assign(board.style, { width: `${plan.width}px`, height: `${plan.height}px` });
    label.hidden = plan.tray === null;
    label.style.translate = `0 ${plan.tray ?? 0}px`;
    for (const { name, x, y, high } of plan.cards) {
      const style = { translate: `${x}px ${y}px`, height: `${high}px` };
      const node = cards.get(name)?.node;
      Object.assign(node?.style ?? {}, style);
      node?.classList.toggle("low", high < CARD.height);
    }
  }
  function sketch(links) {
    const laid = new Map(plan.lines.map((line) => [sayLink(line.link), line]));
    drawLines(links.map((link) => laid.get(sayLink(link)) ?? sketchLine(plan, link)));
  }
  function show(links, source) {
    const state = links.map(sayLink).join();
    if (state !== drawn && still) sketch(links);
    else if (state !== drawn) {
      places = known.get(state) ?? keepPlaces(places, names, links, columns);
      known.set(state, places);
      draw(links);
      drawn = state;
    }
    for (const [name, { node, about }] of cards) {
      node.setAttribute("aria-pressed", String(name === source));
      node.tabIndex = name === stop ? 0 : -1;
      about.textContent = describeCard(name, links);
    }
  }
  function tidy(links) {
    known.clear();
    places = tidyPlaces(names, links, columns);
    drawn = links.map(sayLink).join();
    known.set(drawn, places);
    draw(links, true);
  }
  function measure(width, links) {
    const fit = countColumns(Math.max(width, CARD.width));
    if (fit === columns) return;
    columns = fit;
    tidy(links);
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
  function settle() {
    if (!still) return;
    still = false;
    act.settle();
  }
  board.addEventListener("pointerdown", ({ pointerType }) => {
    still = pointerType === "mouse";
  });
  board.addEventListener("keydown", settle);
  for (const { node } of cards.values()) node.addEventListener("pointerleave", settle);
  board.addEventListener("focusin", ({ target }) => {
    stop = names.find((name) => cards.get(name)?.node === target) ?? stop;
    for (const [name, { node }] of cards) node.tabIndex = name === stop ? 0 : -1;
  });
  return { node: board, show, measure, tidy, look, move };
}

// argument_map/exports.js
var COLUMNS = 6;
function writePicture(title, items, links) {
  const linked = items.filter(({ id }) => isLinked(id, links));
  const names = linked.map(({ id }) => id);
  const plan = layOutMap(names, links, tidyPlaces(names, links, COLUMNS), COLUMNS, true);
  const cards = plan.cards.flatMap(({ x, y, high }, place) => drawCard({ x, y, height: high }, linked[place]));
  const [width, height] = [plan.width + 24, plan.height + 24];
  const node = svg(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `-12 -12 ${width} ${height}`,
      width,
      height,
      "font-family": "Helvetica, Arial, sans-serif",
      "font-size": 11
    },
    svg("title", {}, title),
    svg("desc", {}, links.map((link) => `${sayLink(link)}.`).join(" ")),
    svg("rect", { x: -12, y: -12, width: "100%", height: "100%", fill: "#fff" }),
    plan.lines.map((line) => drawLine(line)),
    cards
  );
  return new XMLSerializer().serializeToString(node);
}
function drawCard(place, card) {
  const { x, y, height } = place;
  const lines = wrapWords(`${card.id} ${labelCard(card)}`, 20).slice(0, Math.floor(height / 13));
  const text = lines.map((line, row) => svg("tspan", { x: x + 6, y: y + 13 + row * 12 }, line));
  const box = { ...place, width: CARD.width, rx: 4, fill: "#fff", stroke: "#4d4d4d" };
  return [svg("rect", box), svg("text", { fill: "#1f1f1f" }, text)];
}
function makeExport(title, items, links) {
  return makeButton("Save as SVG", () => {
    const picture = new Blob([writePicture(title, items, links())], { type: "image/svg+xml" });
    const href = URL.createObjectURL(picture);
    html("a", { href, download: "argument-map.svg" }).click();
    setTimeout(() => URL.revokeObjectURL(href), 1e4);
  });
}

// argument_map/list.js
function makeLinkList(items, act) {
  const names = items.map(({ id }) => id);
  const words = new Map(items.map((item) => [item.id, labelCard(item)]));
  const node = html("div", { class: "links" });
  let drawn = "none";
  function makeControls(link) {
    if (!act) return { relation: link.relation, remove: [] };
    const key = sayLink(link);
    const relation = makeDropDown(RELATION_CHOICES, () => act.change(
      link,
      /** @type {Relation} */
      relation.value
    ));
    relation.value = link.relation;
    relation.setAttribute("aria-label", `Relation of ${link.from} to ${link.to}`);
    relation.dataset.key = `relation ${link.from} ${link.to}`;
    const about = { class: "remove", "aria-label": `Remove: ${key}`, "data-key": `remove ${key}` };
    return { relation, remove: [makeButton("×", () => act.remove(link), about)] };
  }
  function makeEntry({ link, above, branches }) {
    const { relation, remove } = makeControls(link);
    const [from, to] = [link.from, link.to].map((name) => html("b", {}, name));
    const about = html("span", { class: "note" }, words.get(link.from) ?? "");
    const line = html("div", { class: `line flow ${link.relation}` }, from, relation, to, ...remove, about);
    const note = `What bears on ${link.from} is above.`;
    return html("li", {}, line, above ? html("p", { class: "note" }, note) : [], nest(branches));
  }
  const nest = (branches) => branches.length ? html("ul", {}, branches.map(makeEntry)) : [];
  function show(links) {
    const state = links.map(sayLink).join();
    if (state === drawn) return;
    drawn = state;
    const trees = growTrees(names, links).map(({ name, branches }) => {
      const line = html("div", { class: "line flow" }, html("b", {}, name), " ", words.get(name) ?? "");
      return html("li", {}, line, nest(branches));
    });
    const alone = names.filter((name) => !isLinked(name, links)).join(", ");
    const rest = alone ? `Not linked yet: ${alone}.` : "Every card is linked.";
    const nodes = trees.length ? [html("ul", { class: "tree" }, trees)] : [];
    keepFocus(node, () => node.replaceChildren(...nodes, html("p", { class: "note" }, rest)));
  }
  return { node, show };
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
  const [from, to] = [makeDropDown(names), makeDropDown(names)];
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
var WIDE_PX = 560;
var STRIP_ROOM = 11;
function makeStrip(items, remove) {
  const longest = items.reduce((best, item) => item.text.length > best.text.length ? item : best);
  const ghost = html("p", { class: "ghost", "aria-hidden": "true" }, `${longest.id} ${longest.text}`);
  const text = html("p", { class: "reading" });
  const links = html("div", { class: "card-links flow" });
  const node = html("div", { class: "strip", role: "group", "aria-label": "The card and its links" });
  node.append(html("div", { class: "reserved" }, ghost, text), links);
  function makeEntry(link, words, other) {
    const label = `Remove: ${sayLink(link)}`;
    const act = remove ? [makeButton("×", () => remove(link), { class: "remove", "aria-label": label })] : [];
    return html("span", { class: "card-link" }, words, other, ...act);
  }
  function show(name, all) {
    const item = items.find(({ id }) => id === name);
    text.replaceChildren(item ? html("b", {}, name) : "The whole text of a card appears here.");
    if (item) text.append(` ${item.text}`);
    const entries = groupLinks(name, all).flatMap(
      ([words, group]) => group.map((link, at) => ({
        link,
        words: at ? "" : `${words} `,
        other: link.from === name ? link.to : link.from
      }))
    );
    let room = STRIP_ROOM;
    const shown = entries.filter(({ words }) => {
      room -= words ? 3 : 1;
      return room >= 0;
    });
    const rest = entries.length - shown.length;
    links.replaceChildren(
      ...shown.map(({ link, words, other }) => makeEntry(link, words, other)),
      rest ? html("span", { class: "note" }, `and ${rest} more, in the list`) : ""
    );
  }
  return { node, show, focus: () => node.querySelector("button")?.focus() };
}
function makeRelationChoice(changed) {
  const radios = makeRadios("Relation of the next link", RELATION_CHOICES, changed);
  radios.node.className = "relation flow";
  radios.node.querySelector("legend")?.classList.add("backyard-unseen");
  for (const label of radios.node.querySelectorAll("label")) {
    label.append(drawSample(
      /** @type {Relation} */
      label.textContent
    ));
  }
  return radios;
}
function editLinks(answer, fixed) {
  const links = () => answer.value().links ?? [];
  const isSame = (one, other) => sayLink(one) === sayLink(other);
  const change = (next) => answer.keep(next.length ? { links: next } : {});
  function add(link) {
    if (link.from === link.to) return "A link needs two cards.";
    if (links().some((one) => isSame(one, link)))
      return `${sayLink(link)} already. Choose another, or remove it below.`;
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
  const undo = () => answer.undo() ? "The last step is undone." : "There is nothing to undo.";
  return { fixed, links, add, remove, turn, undo, canUndo: answer.canUndo };
}
function heedKeys(event, editor, board, relation, choosing, openLinks) {
  const { key } = event;
  if (editor.fixed && !(key in WAYS)) return;
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
  else if (name && key === "Delete") openLinks();
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
    const next = source ? `${source} is chosen. Now choose the card that it ${relation.value()}, or press Esc.` : "Choose a card, then the card that it supports or challenges.";
    prompt.textContent = editor.fixed ? "Choose a card to read it whole, with its links." : done || next;
  }
  function act(done) {
    source = null;
    redraw();
    ask(done);
  }
  function choose(name) {
    if (editor.fixed) return;
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
function makeListView(items, editor, { act }) {
  if (editor.fixed) return makeLinkList(items, null);
  const list = makeLinkList(items, {
    change: (link, relation) => act(editor.turn(link, relation)),
    remove: (link) => act(editor.remove(link))
  });
  const names = items.map(({ id }) => id);
  const form = makeAddingForm(names, (link) => act(editor.add(link)));
  return { node: html("div", { class: "list" }, form, list.node), show: list.show };
}
function makeSwitch(views) {
  const buttons = views.map(([name], at) => makeButton(name, () => show(at)));
  function show(shown) {
    for (const [at, [, node]] of views.entries()) {
      node.hidden = at !== shown;
      buttons[at].setAttribute("aria-pressed", String(at === shown));
    }
  }
  return { node: html("div", { class: "buttons switch", role: "group", "aria-label": "Show as" }, buttons), show };
}
function render({ model, el }) {
  const { title, items } = model.get("content");
  const { root, signal, close } = openPanel({ model, el }, "argument-map", title);
  const count = html("p");
  const answer = holdDraft(model, signal, show, count);
  const editor = editLinks(answer, model.get("question") === null);
  const relation = makeRelationChoice(() => choosing.ask());
  const choosing = chooseCards(editor, relation, show);
  const strip = makeStrip(items, editor.fixed ? null : (link) => choosing.act(editor.remove(link)));
  let looked = "";
  const board = makeBoard(items, {
    choose: choosing.choose,
    look: (name) => {
      looked = name;
      showCard();
    },
    settle: show
  });
  const list = makeListView(items, editor, choosing);
  const picture = html("div", { class: "view" }, board.node, strip.node);
  const views = makeSwitch([
    ["Picture", picture],
    ["List", list.node]
  ]);
  const undo = makeButton("Undo", () => choosing.act(editor.undo()));
  const tidy = makeButton("Tidy up", () => board.tidy(editor.links()));
  const save = makeExport(title, items, editor.links);
  function showCard() {
    const name = choosing.chosen() ?? looked;
    board.look(name);
    strip.show(name, editor.links());
  }
  function show() {
    const links = editor.links();
    board.show(links, choosing.chosen());
    list.show(links);
    showCard();
    markIdle(undo, !editor.canUndo());
    const linked = items.filter(({ id }) => isLinked(id, links)).length;
    const rest = ` · ${linked} of ${items.length} cards linked. A card need not be linked.`;
    count.replaceChildren(html("b", {}, `${links.length} ${links.length === 1 ? "link" : "links"}`), rest);
  }
  root.addEventListener("keydown", (event) => heedKeys(event, editor, board, relation, choosing, strip.focus));
  const editing = editor.fixed ? [] : [relation.node, undo];
  const controls = html("div", { class: "controls" }, ...editing, tidy, save, views.node);
  root.append(controls, choosing.prompt, picture, list.node, answer.bar);
  show();
  choosing.ask();
  let isOpen = false;
  function redraw() {
    const width = root.clientWidth - 24;
    if (!isOpen) views.show(width < WIDE_PX ? 1 : 0);
    isOpen = true;
    board.measure(width, editor.links());
    show();
  }
  redrawOnResize(root, redraw, signal);
  return close;
}
var panel_default = { render };
export {
  panel_default as default
};
