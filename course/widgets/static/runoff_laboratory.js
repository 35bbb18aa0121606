/* Made by "make js" with esbuild 0.28.2 from sha256:e560ece49994d91b692e541ccac8b5bc623e24ae0d5a62eb26a8c7737d914d59 */

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

// shared/choice_list.js
function makeTickBox(label, changed, settings = {}) {
  const box = html("input", { type: "checkbox", onchange: changed, ...settings });
  return { box, node: html("label", { class: "choice" }, box, label) };
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
function drawSwatch(prefix, key) {
  const place = { x: 0.5, y: 0.5, width: SWATCH.width - 1, height: SWATCH.height - 1 };
  return svg("svg", { ...SWATCH, "aria-hidden": "true" }, drawPiece(prefix, key, place));
}
function makeLegend(prefix, fills) {
  const items = fills.map(({ key, label }) => html("li", {}, drawSwatch(prefix, key), label));
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
  const reasons = [];
  if (balance.away < 0) {
    const more = writeCount(-balance.away);
    reasons.push(`${more} votes more are given out than the eliminated candidates had.`);
  }
  for (const { key, name } of SIDES) {
    const { fresh: fresh2 } = balance[key];
    if (fresh2 >= 0) continue;
    reasons.push(
      `${name} would have ${writeCount(-fresh2)} votes too many (he would need ${writeCount(fresh2)} new voters).`
    );
  }
  const fresh = balance.garcia.fresh + balance.humala.fresh;
  if (fresh > numbers.no_valid_vote) {
    reasons.push(
      `${writeCount(fresh)} new voters are needed, but only ${writeCount(numbers.no_valid_vote)} registered electors cast no valid vote in the first round.`
    );
  }
  return reasons;
}

// runoff_laboratory/panel.js
var ROW = { height: 34, label: 22, gap: 20 };
var STEP = ROW.height + ROW.label + ROW.gap;
var COARSE = 1e4;
var PIECES = [
  { key: "own", pattern: "plain", label: "own votes from the first round" },
  { key: "given", pattern: "stripes", label: "from eliminated candidates" },
  { key: "fresh", pattern: "dots", label: "from new voters" },
  { key: "excess", pattern: "crosses", label: "too many: beyond the runoff total (thick line)" }
];
var ASSUMPTIONS = [
  "Everyone who voted for García or Humala in the first round did so again.",
  "Everyone who voted for an eliminated candidate cast a valid vote in the runoff.",
  "All other votes came from new voters: people without a valid vote in the first round."
];
function makeNumbers({ garcia, humala, away }, mayStayAway) {
  const kinds = [
    ["Own votes from the first round", "own"],
    ["From eliminated candidates", "given"],
    ["From new voters", "fresh"],
    ["Runoff total (official)", "total"]
  ];
  const rows = kinds.map(([label, key]) => [
    label,
    ...[garcia[key], humala[key], garcia[key] + humala[key]].map(writeCount)
  ]);
  if (mayStayAway) rows.push(["Eliminated: no valid vote now", "–", "–", writeCount(away)]);
  const head = ["Votes", "García", "Humala", "Both"];
  return makeCountTable("What the split implies", head, rows, [3]);
}
function drawFigure(prefix, numbers, balance, width) {
  const longest = Math.max(numbers.garcia_first, numbers.humala_first) + numbers.eliminated;
  const scale = width / Math.max(longest, numbers.garcia_runoff, numbers.humala_runoff);
  const bars = SIDES.map(({ key, name: name2 }, row) => {
    const { own, given, fresh, total } = balance[key];
    const y = row * STEP + ROW.label;
    const lengths = {
      own,
      given: given + Math.min(fresh, 0),
      fresh: Math.max(fresh, 0),
      excess: Math.max(-fresh, 0)
    };
    const bar = drawBar(prefix, PIECES, lengths, { y, height: ROW.height, scale });
    const text = svg("text", { x: 0, y: y - 7 }, `${name2}: runoff total ${writeCount(total)}`);
    const [x1, x2] = [total * scale, total * scale];
    const goal = svg("line", { x1, x2, y1: y - 5, y2: y + ROW.height + 5, class: "goal" });
    return svg("g", {}, text, bar, goal);
  });
  const words = SIDES.map(({ key, name: name2 }) => {
    const { own, given, fresh, total } = balance[key];
    return `${name2}: ${writeCount(own)} own votes, ${writeCount(given)} from eliminated candidates, ${writeCount(fresh)} from new voters, ${writeCount(total)} in the runoff.`;
  });
  const name = `Bars. ${words.join(" ")}`;
  const size = { width, height: 2 * STEP };
  return svg("svg", { role: "img", "aria-label": name, ...size }, defineFills(prefix, PIECES), bars);
}
function makeVotesField(text, highest, start, changed) {
  const label = `${text}, in steps of ${writeCount(COARSE)}`;
  const range = { min: 0, max: highest };
  const exact = html("input", { ...range, type: "number", step: 1, value: start, oninput: act });
  const slider = html("input", {
    ...{ ...range, type: "range", step: COARSE, "aria-label": label },
    oninput: () => {
      exact.value = slider.value;
      act();
    }
  });
  function read() {
    const number = exact.value === "" ? Number.NaN : Number(exact.value);
    return Number.isInteger(number) && number >= 0 && number <= highest ? number : null;
  }
  function show() {
    const number = read();
    exact.setAttribute("aria-invalid", String(number === null));
    if (number === null) return;
    slider.value = String(number);
    slider.setAttribute("aria-valuetext", `${writeCount(number)} votes`);
  }
  function act() {
    show();
    changed();
  }
  show();
  const field = labelControl(text, exact);
  field.append(slider);
  return { field, read };
}
function makePremises(numbers, changed) {
  const text = "Assumption 2 holds (untick it to explore; your answer has to keep it)";
  const items = ASSUMPTIONS.map((assumption) => html("li", {}, assumption));
  const { box, node: choice } = makeTickBox(text, act, { checked: true });
  function act() {
    items[1].classList.toggle("lifted", !box.checked);
    changed();
  }
  const lead = `The ${numbers.eliminated_candidates} eliminated candidates had ${writeCount(numbers.eliminated)} votes together. Give some of them to García and see what follows if:`;
  const list = html("ol", { class: "assumptions" }, items);
  const node = html("div", {}, html("p", {}, lead), list, choice);
  return { node, areLifted: () => !box.checked };
}
function makeSplit(highest, lifted, changed) {
  const half = Math.round(highest / 2);
  const garcia = makeVotesField("Votes that went to García", highest, half, changed);
  const humala = makeVotesField("Votes that went to Humala", highest, highest - half, changed);
  function read() {
    humala.field.hidden = !lifted();
    const toGarcia = garcia.read();
    const toHumala = lifted() || toGarcia === null ? humala.read() : highest - toGarcia;
    return toGarcia === null || toHumala === null ? null : { garcia: toGarcia, humala: toHumala };
  }
  return { node: html("div", { class: "controls" }, garcia.field, humala.field), read };
}
function makeBalanceView(numbers, lifted) {
  const prefix = makeId("piece");
  const rest = html("p", { class: "note" });
  const verdict = html("p", { class: "verdict", role: "status" });
  const drawing = html("div", { class: "figure" });
  const below = html("div");
  function show(split) {
    verdict.classList.toggle("trouble", split === null);
    if (split === null) {
      verdict.textContent = sayWhatToEnter(numbers);
      return;
    }
    const balance = balanceVotes(numbers, split);
    const width = Math.max(drawing.clientWidth, 200);
    const figure = drawFigure(prefix, numbers, balance, width);
    drawing.replaceChildren(figure, makeLegend(prefix, PIECES));
    below.replaceChildren(makeNumbers(balance, lifted()));
    rest.textContent = lifted() ? `The rest, ${writeCount(balance.away)}, cast no valid vote in the runoff.` : `The rest, ${writeCount(split.humala)}, went to Humala.`;
    const reasons = listObstacles(numbers, balance);
    verdict.textContent = reasons.length ? `✗ Not possible: ${reasons.join(" ")}` : "✓ Possible: no number of voters is negative, and every total is met.";
  }
  return { nodes: [rest, verdict, drawing, below], drawing, show };
}
function sayWhatToEnter({ eliminated }) {
  return `Enter a whole number from 0 to ${eliminated}, without commas.`;
}
function makeKeeping(keep) {
  const buttons = [
    makeButton("Keep as the fewest", () => keep("fewest")),
    makeButton("Keep as the most", () => keep("most"))
  ];
  const line = html("p");
  function show({ fewest, most }, lifted) {
    const [least, largest] = [fewest, most].map((votes) => votes === void 0 ? "not kept yet" : writeCount(votes));
    line.textContent = `Your answer: fewest ${least}, most ${largest}.`;
    for (const node of buttons) markIdle(node, lifted);
  }
  return { line, buttons, show };
}
function render({ model, el }) {
  const numbers = model.get("content");
  const title = "Runoff laboratory: where can the votes have gone?";
  const { root, signal, close } = openPanel({ model, el }, "runoff-laboratory", title);
  function show() {
    view.show(split.read());
    answers.show(model.get("value"), premises.areLifted());
  }
  const premises = makePremises(numbers, show);
  const split = makeSplit(numbers.eliminated, premises.areLifted, show);
  const view = makeBalanceView(numbers, premises.areLifted);
  const answers = makeKeeping((name) => {
    const given = split.read();
    if (premises.areLifted()) kept.say("Not saved: your answer has to keep assumption 2.");
    else if (given === null) kept.say(`Not saved. ${sayWhatToEnter(numbers)}`);
    else kept.send({ ...model.get("value"), [name]: given.garcia });
  });
  const kept = makeAnswerBar(model, signal, answers.line, answers.buttons);
  root.append(premises.node, split.node, ...view.nodes, kept.node);
  show();
  listenTo(model, { "change:value": show }, signal);
  redrawOnResize(view.drawing, show, signal);
  return close;
}
var panel_default = { render };
export {
  panel_default as default
};
