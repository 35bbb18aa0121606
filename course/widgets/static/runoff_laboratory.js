/* Made by "make js" with esbuild 0.28.2 from sha256:c88937ae7fae9f53004cda22c1322686a5ff5d70838a7193edf274976f4ed557 */

// shared/elements.js
var ids = 0;
function makeId(name) {
  ids += 1;
  return `backyard-${name}-${ids}-${Math.random().toString(36).slice(2, 8)}`;
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
var makeSpokenLine = () => html("p", { class: "backyard-unseen", role: "status" });

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
function makeTickBox(label, changed, settings = {}) {
  const box = html("input", { type: "checkbox", onchange: changed, ...settings });
  return { box, node: html("label", { class: "choice" }, box, label) };
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

// shared/fills.js
var MARKS = {
  plain: () => [],
  stripes: () => [svg("path", { d: "M0 8L8 0M-2 2L2 -2M6 10L10 6", class: "mark" })],
  dots: () => [svg("circle", { cx: 4, cy: 4, r: 1.5, class: "dot" })],
  crosses: () => [svg("path", { d: "M0 0L8 8M8 0L0 8", class: "mark" })]
};
var SWATCH = { width: 22, height: 14 };
function defineFills(prefix, fills) {
  const tile = { width: 8, height: 8, patternUnits: "userSpaceOnUse" };
  const patterns = fills.map(({ key, pattern }) => {
    const ground = svg("rect", { width: 8, height: 8, class: "ground" });
    return svg("pattern", { id: `${prefix}-${key}`, class: key, ...tile }, ground, MARKS[pattern]());
  });
  return svg("defs", {}, patterns);
}
function drawPiece(prefix, key, place) {
  return svg("rect", { ...place, fill: `url(#${prefix}-${key})`, class: "piece" });
}
function drawBar(prefix, fills, lengths, { y, height, scale }) {
  let x = 0;
  return fills.flatMap(({ key }) => {
    if (!(lengths[key] > 0)) return [];
    const place = { x: x * scale, y, width: lengths[key] * scale, height };
    x += lengths[key];
    return drawPiece(prefix, key, place);
  });
}
function makeLegend(prefix, fills) {
  const place = { x: 0.5, y: 0.5, width: SWATCH.width - 1, height: SWATCH.height - 1 };
  const items = fills.map(({ key, label }) => {
    const swatch = svg("svg", { ...SWATCH, "aria-hidden": "true" }, drawPiece(prefix, key, place));
    return html("li", {}, swatch, label);
  });
  return html("ul", { class: "legend" }, items);
}

// shared/numbers.js
function writeCount(number) {
  return Math.round(number).toLocaleString("en-US").replace("-", "−");
}

// shared/table_twin.js
function makeTable(caption, head, rows) {
  const heads = head.map((text) => html("th", { scope: "col" }, text));
  const body = html("tbody", {}, rows.map(makeTableRow));
  return html("table", {}, html("caption", {}, caption), html("thead", {}, html("tr", {}, heads)), body);
}
function makeTableRow([header, ...cells]) {
  const rest = cells.map((cell) => html("td", {}, cell));
  return html("tr", {}, html("th", { scope: "row" }, header), rest);
}
function makeCountTable(caption, head, rows, sums) {
  const table = makeTable(caption, head, rows);
  table.classList.add("numbers");
  for (const row of sums) table.tBodies[0].rows[row].classList.add("sum");
  return scrollSideways(table);
}
function scrollSideways(table) {
  const name = table.caption?.textContent ?? "";
  const stop = { role: "group", "aria-label": name, tabindex: "0" };
  const node = html("div", { class: "sideways" }, table);
  new ResizeObserver(() => {
    const scrolls = node.scrollWidth > node.clientWidth;
    for (const [attribute, setting] of Object.entries(stop)) {
      if (scrolls) node.setAttribute(attribute, setting);
      else node.removeAttribute(attribute);
    }
  }).observe(node);
  return node;
}

// runoff_laboratory/balance.js
var SIDES = [
  { key: "garcia", name: "García" },
  { key: "humala", name: "Humala" }
];
function balanceVotes(numbers, split) {
  const balanceSide = (key) => {
    const own = numbers[`${key}_first`];
    const total = numbers[`${key}_runoff`];
    return { own, given: split[key], fresh: total - own - split[key], total };
  };
  return {
    garcia: balanceSide("garcia"),
    humala: balanceSide("humala"),
    away: numbers.eliminated - split.garcia - split.humala
  };
}
function listObstacles(numbers, balance) {
  const reasons = SIDES.filter(({ key }) => balance[key].fresh < 0).map(
    ({ name }) => `${name} would end beyond his runoff total.`
  );
  if (balance.garcia.fresh + balance.humala.fresh > numbers.no_valid_vote) {
    reasons.push("More new voters would be needed than there were people without a valid vote in April.");
  }
  return reasons;
}
function readCount(text, highest) {
  const digits = text.trim().replace(/[,\s]/g, "");
  const number = /^\d+$/.test(digits) ? Number(digits) : Number.NaN;
  return number <= highest ? number : null;
}
var roundDragged = (votes, highest) => votes >= highest - 500 ? highest : Math.round(votes / 1e3) * 1e3;

// runoff_laboratory/pot.js
var STEPS = [1e6, 1e5, 1e4, 1e3, 100, 10, 1];
var FIRST_STEP = 1e4;
var KEYS = { ArrowRight: 1, ArrowUp: 1, PageUp: 10, ArrowLeft: -1, ArrowDown: -1, PageDown: -10 };
function makeHandle(highest, name, step, move) {
  const node = html("input", { type: "range", min: 0, max: highest, step: 1, "aria-label": name });
  node.addEventListener("input", () => move(roundDragged(Number(node.value), highest)));
  node.addEventListener("keydown", (event) => {
    const { key } = event;
    if (key === "Home" || key === "End") move(key === "Home" ? 0 : highest);
    else if (KEYS[key]) move(Number(node.value) + KEYS[key] * step());
    else return;
    event.preventDefault();
  });
  return node;
}
function makePot(numbers, lifted, changed) {
  const highest = numbers.eliminated;
  const middle = roundDragged(highest / 2, highest);
  const limit = (votes) => Math.min(Math.max(votes, 0), highest);
  let split = (
    /** @type {{ first: number, second: number } | null} */
    null
  );
  let refused = false;
  function put(first2, second2) {
    split = { first: limit(first2), second: limit(second2) };
    refused = false;
    changed();
  }
  const moveFirst = (votes) => put(votes, lifted() ? Math.max(split?.second ?? votes, votes) : votes);
  const moveSecond = (votes) => put(Math.min(split?.first ?? votes, votes), votes);
  const step = () => Number(steps.value);
  const count = writeCount(numbers.eliminated_candidates);
  const first = makeHandle(highest, `Split of the votes of the ${count}`, step, moveFirst);
  const second = makeHandle(highest, "End of those who gave no valid vote", step, moveSecond);
  const bar = html("div", { class: "pot" }, first, second);
  const field = html("input", { type: "text", inputmode: "numeric", autocomplete: "off", size: 11 });
  function enter() {
    if (!field.value.trim() && !split) return;
    const votes = readCount(field.value, highest);
    if (votes !== null) return moveFirst(votes);
    refused = true;
    changed();
  }
  field.addEventListener("change", enter);
  const steps = makeDropDown(STEPS.map((value) => ({ value, label: writeCount(value) })));
  steps.value = String(FIRST_STEP);
  const go = (way) => moveFirst((split?.first ?? middle) + way * step());
  const [fewer, more] = [makeButton("− Fewer", () => go(-1)), makeButton("+ More", () => go(1))];
  const stepping = html("div", { class: "controls stepping" }, labelControl("Step", steps), fewer, more);
  const fine = html("div", { class: "controls" }, labelControl("Votes to García", field), stepping);
  const ends = ["garcia", "away", "humala"].map((key) => html("b", { class: key }));
  const [toGarcia, away, toHumala] = ends.map(
    (end, place) => html("span", {}, `${["to García", "gave no valid vote", "to Humala"][place]} `, end)
  );
  const line = html("p", { class: "ends flow" }, toGarcia, away, toHumala);
  function read() {
    return split && { garcia: split.first, humala: highest - (lifted() ? split.second : split.first) };
  }
  function show() {
    const now = read();
    const [left, right] = now ? [now.garcia, highest - now.humala] : [middle, middle];
    bar.classList.toggle("none", !now);
    bar.style.setProperty("--left", `${100 * left / highest}%`);
    bar.style.setProperty("--right", `${100 * right / highest}%`);
    second.hidden = away.hidden = !lifted();
    [first.value, second.value] = [String(left), String(right)];
    const words = now ? [now.garcia, right - left, now.humala].map(writeCount) : ["–", "–", "–"];
    for (const [place, end] of ends.entries()) end.textContent = words[place];
    const said = now ? `${words[0]} to García, ${words[2]} to Humala` : "nothing is split yet";
    first.setAttribute("aria-valuetext", said);
    second.setAttribute("aria-valuetext", `${words[1]} gave no valid vote, ${words[2]} to Humala`);
    field.setAttribute("aria-invalid", String(refused));
    if (!refused) field.value = now ? words[0] : "";
    markIdle(fewer, now?.garcia === 0);
    markIdle(more, now?.garcia === highest);
  }
  return { nodes: [bar, line, fine], read, show, isRefused: () => refused };
}

// runoff_laboratory/vessels.js
var ROW = { height: 34, label: 18, gap: 12 };
var STEP = ROW.height + ROW.label + ROW.gap;
var LETTER_PX = 7.8;
var PIECES = [
  { key: "own", pattern: "plain", label: "own voters of April" },
  { key: "given", pattern: "stripes", label: "from the 18" },
  { key: "fresh", pattern: "dots", label: "new voters" },
  { key: "excess", pattern: "crosses", label: "too many" }
];
function measurePieces({ own, given, fresh }) {
  return { own, given: given + Math.min(fresh, 0), fresh: Math.max(fresh, 0), excess: Math.max(-fresh, 0) };
}
function drawVessels(prefix, numbers, balance, isTried, width) {
  const longest = Math.max(numbers.garcia_first, numbers.humala_first) + numbers.eliminated;
  const scale = width / longest;
  const all = SIDES.flatMap(({ key }) => PIECES.map((piece) => ({ ...piece, key: `${piece.key}-${key}` })));
  const bars = SIDES.map(({ key, name }, row) => {
    const { own, given, total } = balance[key];
    const y = row * STEP + ROW.label;
    const pieces = Object.entries(measurePieces(balance[key])).map(([piece, length]) => [`${piece}-${key}`, length]);
    const fills = all.filter((fill) => fill.key.endsWith(key));
    const bar = drawBar(prefix, fills, Object.fromEntries(pieces), { y, height: ROW.height, scale });
    const end = total * scale;
    const words2 = [
      { text: `April voters ${writeCount(own)}`, from: 0, to: own, kind: "on-own" },
      { text: `from the 18: ${writeCount(given)}`, from: own, to: Math.min(own + given, total), kind: "halo" },
      { text: isTried ? "new voters" : "room to be filled", from: own + given, to: total, kind: "halo" },
      { text: "too many", from: Math.max(total, own + given), to: longest, kind: "bad halo" }
    ];
    const shown = words2.filter(({ text, from, to }, place) => {
      const fits = (to - from) * scale > text.length * LETTER_PX + 12;
      return fits && (place < 1 || (place === 1 ? given > 0 : place === 2 || own + given > total));
    });
    const texts = shown.map(
      ({ text, from, kind }) => svg("text", { x: from * scale + 8, y: y + ROW.height / 2 + 4, class: kind }, text)
    );
    return svg(
      "g",
      {},
      svg("text", { x: 0, y: y - 5, class: "row" }, `${name} in June`),
      svg("text", { x: end, y: y - 6, class: "soft", "text-anchor": "end" }, sayTotal(total, end)),
      bar,
      svg("line", { x1: end, x2: end, y1: y - 4, y2: y + ROW.height + 4, class: "goal" }),
      texts
    );
  });
  const words = SIDES.map(({ key, name }) => {
    const { own, given, total } = balance[key];
    return `${name}: ${writeCount(own)} own voters, ${writeCount(given)} from the 18, runoff total ${writeCount(total)}.`;
  });
  const figure = { role: "img", "aria-label": `Two bars. ${words.join(" ")}`, width, height: 2 * STEP - ROW.gap + 6 };
  return svg("svg", figure, defineFills(prefix, [...PIECES, ...all]), bars);
}
function sayTotal(total, end) {
  return end > 330 ? `runoff total ${writeCount(total)}` : writeCount(total);
}

// runoff_laboratory/panel.js
var VERDICTS = {
  none: ["Not tried yet", "Move the split: the two bars fill up from the pot above."],
  possible: ["Possible", "Both runoff totals can be met: the dotted rest are new voters."],
  impossible: ["Not possible", ""]
};
var REMARKS = {
  none: "Only a possible split can be kept.",
  possible: "Is there a possible split with fewer, or with more? Only a possible split can be kept.",
  impossible: "This split is not possible, so it cannot be kept.",
  lifted: "Your answer is asked for with every voter of the 18 casting a valid vote: tick that again.",
  swapped: "The fewest is larger than the most: change one of them."
};
var SLOTS = [
  { key: "fewest", name: "Fewest" },
  { key: "most", name: "Most" }
];
function makeNumbers({ garcia, humala, away }, mayStayAway) {
  const kinds = [
    ["Own voters of April", "own"],
    ["From the 18", "given"],
    ["New voters", "fresh"],
    ["Runoff total (official)", "total"]
  ];
  const rows = kinds.map(([label, key]) => [
    label,
    ...[garcia[key], humala[key], garcia[key] + humala[key]].map(writeCount)
  ]);
  if (mayStayAway) rows.push(["Of the 18: no valid vote", "–", "–", writeCount(away)]);
  return makeCountTable("What the split implies", ["Votes", "García", "Humala", "Both"], rows, [3]);
}
function makeSlots(keep) {
  const slots = SLOTS.map(({ key, name }) => {
    const value = html("b");
    const words = html("span", {}, `${name} to García`, html("br"), value);
    const button = makeButton(`Keep this split as the ${key}`, () => keep(key));
    return { key, value, button, node: html("div", { class: "slot" }, words, button) };
  });
  const remark = html("p", { class: "note remark" });
  const nodes = slots.map(({ node: node2 }) => node2);
  const node = html("div", {}, html("div", { class: "slots" }, nodes), remark);
  function show(answer, state) {
    const { fewest, most } = answer;
    for (const { key, value, button } of slots) {
      value.textContent = answer[key] === void 0 ? "none yet" : writeCount(answer[key]);
      markIdle(button, state !== "possible");
    }
    const swapped = fewest !== void 0 && most !== void 0 && fewest > most;
    const kept = state === "impossible" && (fewest ?? most) !== void 0;
    remark.textContent = swapped ? REMARKS.swapped : REMARKS[state] + (kept ? " Your answer from before stays." : "");
  }
  return { node, show };
}
function render({ model, el }) {
  const numbers = model.get("content");
  const title = "Where can the votes of the eliminated have gone?";
  const { root, signal, close } = openPanel({ model, el }, "runoff-laboratory", title);
  const prefix = makeId("piece");
  const count = numbers.eliminated_candidates;
  const { box, node: choice } = makeTickBox(`every voter of the ${count} cast a valid vote`, show, { checked: true });
  const premise = "Assumed: García’s and Humala’s own voters stayed with them.";
  const lead = html("p", {}, html("b", {}, `${writeCount(numbers.eliminated)} votes`));
  lead.append(
    ` of the ${count} eliminated candidates`,
    html("span", { class: "wide" }, " · drag the split, or use the arrow keys")
  );
  const pot = makePot(numbers, () => !box.checked, show);
  const verdict = html("p", { class: "verdict", role: "status" });
  const drawing = html("div", { class: "figure" });
  const legend = makeLegend(prefix, PIECES.slice(0, 3));
  legend.append(html("li", {}, html("span", { class: "key goal" }), "runoff total, fixed"));
  const twin = html("div");
  let state = (
    /** @type {State} */
    "none"
  );
  let idle = true;
  const spoken = makeSpokenLine();
  const slots = makeSlots((key) => {
    const split = pot.read();
    if (!split || idle)
      spoken.textContent = REMARKS[state];
    else bar.send({ ...model.get("value"), [key]: split.garcia });
  });
  const bar = makeAnswerBar(model, signal, slots.node);
  function show() {
    const split = pot.read();
    const balance = balanceVotes(numbers, split ?? { garcia: 0, humala: 0 });
    const reasons = split ? listObstacles(numbers, balance) : [];
    const found = !split ? "none" : reasons.length ? "impossible" : "possible";
    state = found === "possible" && !box.checked ? "lifted" : found;
    idle = state !== "possible";
    pot.show();
    sayVerdict(found, reasons);
    drawing.replaceChildren(drawVessels(prefix, numbers, balance, split !== null, Math.max(drawing.clientWidth, 200)));
    twin.replaceChildren(makeNumbers(balance, !box.checked));
    slots.show(model.get("value"), state);
  }
  function sayVerdict(found, reasons) {
    const [chip, words] = VERDICTS[found];
    const said = pot.isRefused() ? ["No count", `Write a whole number from 0 to ${writeCount(numbers.eliminated)}. The split stays as it was.`] : [chip, reasons.join(" ") || words];
    verdict.dataset.state = pot.isRefused() ? "impossible" : found;
    if (verdict.textContent !== said.join("")) {
      verdict.replaceChildren(html("span", { class: "chip" }, said[0]), html("span", {}, said[1]));
    }
  }
  const table = html("details", {}, html("summary", {}, "The same as a table"), twin);
  root.append(html("div", { class: "premise note flow" }, premise, choice), lead, ...pot.nodes);
  root.append(verdict, drawing, legend, spoken, bar.node, table);
  show();
  listenTo(model, { "change:value": show }, signal);
  redrawOnResize(drawing, show, signal);
  return close;
}
var panel_default = { render };
export {
  panel_default as default
};
