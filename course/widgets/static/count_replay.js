/* Made by "make js" with esbuild 0.28.2 from sha256:4b0db89403a1125622fe6e9e21f31a26296f446168f5f935eca2b2ed36d2395d */

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
function makeDropDown(choices, changed) {
  const options = choices.map(({ value, label }) => html("option", { value }, label));
  return html("select", { onchange: changed }, options);
}

// shared/messages.js
var makeSpokenLine = () => html("p", { class: "backyard-unseen", role: "status" });

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

// count_replay/words.js
var writePercent = (share) => share === null ? "not stated" : `${share} %`;
var sayWhen = ({ date, time }) => `${date}, ${time || "hour not stated"}`;
function saySheets({ sheets_percent: share, sheets_precision: precision }) {
  if (share === null) return "not stated";
  return precision === "exact" ? `${share} %` : `${share} % (${precision})`;
}
var sayBase = ({ base }) => base === "valid" ? "valid votes" : base;
function sayGapInVotes({ gap_votes_stated: stated, garcia_votes: one, flores_votes: two }) {
  const found = [];
  if (stated !== null) found.push(`${writeCount(stated)} (as stated)`);
  if (one !== null && two !== null) found.push(`${writeCount(one - two)} (from the votes)`);
  return found.join("; ") || "not stated";
}
function sayGapInPoints({ garcia_percent: one, flores_percent: two }) {
  if (one === null || two === null) return "not stated";
  return `${Number((one - two).toFixed(3))} points`.replace("-", "−");
}
function estimateBallotsOut({ sheets_percent: share }, votesCast) {
  return share === null ? null : Math.round((100 - share) / 100 * votesCast);
}
function sayBallotsOut(report, votesCast) {
  const out = estimateBallotsOut(report, votesCast);
  return out === null ? "cannot be estimated" : writeCount(out);
}
function sayBound(report, votesCast) {
  const out = estimateBallotsOut(report, votesCast);
  if (out === null) return "This report does not state how many tally sheets were processed.";
  const share = Number((100 - (report.sheets_percent ?? 0)).toFixed(3));
  return `If every ballot still out went to Flores, she would gain at most ${writeCount(out)} votes. (Estimate: ${share} % of the ${writeCount(votesCast)} votes cast in all, as if every tally sheet held the same number.)`;
}

// count_replay/chart.js
var LINES = [
  { key: "humala", name: "Humala", mark: "circle" },
  { key: "garcia", name: "García", mark: "square" },
  { key: "flores", name: "Flores", mark: "triangle" }
];
var CHART = { height: 290, left: 46, right: 64, top: 14, bottom: 28 };
var FLOOR = CHART.height - CHART.bottom;
function scaleChart(reports, width) {
  const shares = reports.filter(({ base }) => base === "valid").flatMap((report) => LINES.flatMap(({ key }) => report[`${key}_percent`] ?? []));
  const low = Math.floor(Math.min(...shares)) - 1;
  const high = Math.ceil(Math.max(...shares)) + 1;
  const right = width - CHART.right;
  const across = (right - CHART.left) / (reports.length - 1);
  const up = (FLOOR - CHART.top) / (high - low);
  return {
    low,
    high,
    right,
    x: (number) => CHART.left + (number - 1) * across,
    y: (share) => FLOOR - (share - low) * up
  };
}
function drawAxes(reports, { low, high, right, x, y }) {
  const drawRule = (at, name) => svg("line", { x1: CHART.left, x2: right, y1: at, y2: at, class: name });
  const parts = (
    /** @type {SVGElement[]} */
    []
  );
  for (let share = low; share <= high; share += 2) {
    const place = { x: CHART.left - 6, y: y(share) + 4, "text-anchor": "end" };
    parts.push(drawRule(y(share), "tick"), svg("text", place, `${share} %`));
  }
  let free = -Infinity;
  reports.forEach(({ report, date }, index) => {
    if (index > 0 && reports[index - 1].date === date) return;
    const at = x(report);
    parts.push(svg("line", { x1: at, x2: at, y1: FLOOR, y2: FLOOR + 5, class: "axis" }));
    if (at < free) return;
    const text = date.split(" ").slice(0, 2).join(" ").replace("April", "Apr");
    parts.push(svg("text", { x: at, y: FLOOR + 19, "text-anchor": "middle" }, text));
    free = at + 54;
  });
  return [...parts, drawRule(FLOOR, "axis")];
}
function drawMark(shape, x, y) {
  if (shape === "circle") return svg("circle", { cx: x, cy: y, r: 4 });
  if (shape === "square") return svg("rect", { x: x - 4, y: y - 4, width: 8, height: 8 });
  return svg("path", { d: `M${x} ${y - 5}L${x + 5} ${y + 4}L${x - 5} ${y + 4}Z` });
}
function drawLine({ key, name, mark }, shown, { x, y }) {
  let path = "";
  let pen = "M";
  let last = null;
  for (const report of shown) {
    const share = report.base === "valid" ? report[`${key}_percent`] : null;
    if (share === null) {
      pen = "M";
      continue;
    }
    last = { x: x(report.report), y: y(share) };
    path += `${pen}${last.x} ${last.y}`;
    if (pen === "M") path += "h0.01";
    pen = "L";
  }
  if (last === null) return { node: svg("g"), labels: [] };
  const parts = [svg("path", { d: path }), drawMark(mark, last.x, last.y)];
  return {
    node: svg("g", { class: key }, parts),
    labels: [{ key, name, x: last.x + 9, y: last.y + 4 }]
  };
}
function drawNames(labels) {
  const ordered = [...labels].sort((one, two) => one.y - two.y);
  return ordered.map((label, index) => {
    if (index > 0) label.y = Math.max(label.y, ordered[index - 1].y + 15);
    return svg("text", { x: label.x, y: label.y, class: `name ${label.key}` }, label.name);
  });
}
function drawFlag(x) {
  const top = CHART.top + 4;
  const pole = svg("line", { x1: x, x2: x, y1: top, y2: FLOOR });
  return svg("g", { class: "flag" }, pole, svg("path", { d: `M${x} ${top}h14l-4 6l4 6h-14Z` }));
}
function drawChart(reports, position, marked, width) {
  const scales = scaleChart(reports, width);
  const report = reports[position];
  const drawn = LINES.map((one) => drawLine(one, reports.slice(0, position + 1), scales));
  const now = scales.x(report.report);
  const shares = LINES.map(({ key, name: name2 }) => `${name2} ${writePercent(report[`${key}_percent`])}`);
  const undrawn = report.base === "valid" ? "" : " (percent of what is not stated, so not drawn)";
  const answer = marked ? ` Your answer, report ${marked}, is flagged.` : "";
  const name = `Line chart of the shares of valid votes in reports 1 to ${report.report}. Report ${report.report}: ${shares.join(", ")}${undrawn}.${answer}`;
  return svg(
    "svg",
    { role: "img", "aria-label": name, width, height: CHART.height },
    drawAxes(reports, scales),
    svg("line", { x1: now, x2: now, y1: CHART.top, y2: FLOOR, class: "now" }),
    marked ? drawFlag(scales.x(marked)) : [],
    drawn.map(({ node }) => node),
    drawNames(drawn.flatMap(({ labels }) => labels))
  );
}

// count_replay/panel.js
var PLAY_MS = 900;
var AXES = "Percent of valid votes, reports in order. The left axis does not begin at 0.";
function makeReportTable(report, votesCast) {
  const lines = LINES.map(({ key, name }) => {
    const votes = report[`${key}_votes`];
    const count = votes === null ? "" : `; ${writeCount(votes)} votes`;
    return [name, writePercent(report[`${key}_percent`]) + count];
  });
  const rows = [
    ["Tally sheets processed", saySheets(report)],
    ...lines,
    ["Shares are percent of", sayBase(report)],
    ["García minus Flores, votes", sayGapInVotes(report)],
    ["García minus Flores, points", sayGapInPoints(report)],
    ["Ballots still out (estimate)", sayBallotsOut(report, votesCast)]
  ];
  const caption = `Report ${report.report}: ${sayWhen(report)}`;
  return scrollSideways(makeTable(caption, ["What", "In this report"], rows));
}
function makeTableOfAll({ reports, votes_cast: votesCast }) {
  const names = LINES.map(({ name }) => name);
  const table = makeTable(
    "All reports of the count",
    ["Report", "Date and time", "Sheets", ...names, "Percent of"].concat(
      "García minus Flores, votes",
      "Ballots still out (estimate)"
    ),
    reports.map((report) => [
      String(report.report),
      sayWhen(report),
      saySheets(report),
      ...LINES.map(({ key }) => writePercent(report[`${key}_percent`])),
      sayBase(report),
      sayGapInVotes(report),
      sayBallotsOut(report, votesCast)
    ])
  );
  const summary = html("summary", {}, `All ${reports.length} reports as a table`);
  return html("details", {}, summary, scrollSideways(table));
}
function makePlayer(step, atEnd, quiet, signal) {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  let timer = (
    /** @type {number | null} */
    null
  );
  const node = makeButton("Play", () => timer === null ? start() : stop());
  function start() {
    if (atEnd()) step(-Infinity);
    node.textContent = "Pause";
    quiet(true);
    timer = window.setInterval(() => atEnd() ? stop() : step(1), PLAY_MS);
  }
  function stop() {
    if (timer === null) return;
    clearInterval(timer);
    timer = null;
    node.textContent = "Play";
    quiet(false);
  }
  function heedCalm() {
    node.hidden = calm.matches;
    if (calm.matches) stop();
  }
  calm.addEventListener("change", heedCalm, { signal });
  heedCalm();
  signal.addEventListener("abort", stop);
  return { node, stop };
}
function makeSteps(reports, go, quiet, signal) {
  const last = reports.length - 1;
  let position = 0;
  const choices = reports.map((report, value) => {
    const label = [report.report, sayWhen(report), saySheets(report)].join(" · ");
    return { value, label };
  });
  const list = makeDropDown(choices, () => move(Number(list.value)));
  const step = (by) => go(Math.max(position + by, 0));
  const play = makePlayer(step, () => position === last, quiet, signal);
  function move(to) {
    play.stop();
    go(Math.min(Math.max(to, 0), last));
  }
  const back = [makeButton("First", () => move(0)), makeButton("Previous", () => move(position - 1))];
  const onward = [makeButton("Next", () => move(position + 1)), makeButton("Last", () => move(last))];
  function show(to) {
    position = to;
    list.value = String(to);
    for (const node2 of back) markIdle(node2, to === 0);
    for (const node2 of onward) markIdle(node2, to === last);
  }
  const buttons = html("div", { class: "buttons" }, back, play.node, onward);
  const node = html("div", { class: "controls" }, buttons, labelControl("Report", list));
  return { node, show, stop: play.stop };
}
function makeReportView({ reports, votes_cast: votesCast }, signal) {
  const drawing = html("div");
  const bound = html("p");
  const note = html("p", { class: "note" });
  const beside = html("div");
  const axes = html("p", { class: "note" }, AXES);
  const figure = html("div", { class: "figure" }, drawing, axes, bound, note);
  let shown = (
    /** @type {[position: number, marked: number | null]} */
    [0, null]
  );
  function draw() {
    drawing.replaceChildren(drawChart(reports, ...shown, Math.max(drawing.clientWidth, 200)));
  }
  function show(position, marked) {
    const report = reports[position];
    shown = [position, marked];
    draw();
    bound.textContent = sayBound(report, votesCast);
    note.textContent = report.note && `Note: ${report.note}`;
    beside.replaceChildren(makeReportTable(report, votesCast));
  }
  redrawOnResize(drawing, draw, signal);
  return { node: html("div", { class: "side-by-side" }, figure, beside), show };
}
function makeMarking(reports, mark) {
  const answer = makeButton("Mark this report as my answer", mark, { class: "main" });
  const line = html("p");
  function show(marked) {
    line.textContent = marked ? `Your answer: report ${marked} (${sayWhen(reports[marked - 1])}).` : "No report is marked yet.";
  }
  return { node: line, button: answer, show };
}
function render({ model, el }) {
  const content = model.get("content");
  const { reports } = content;
  const title = `The count as it came in: ${reports.length} reports`;
  const { root, signal, close } = openPanel({ model, el }, "count-replay", title);
  const spoken = makeSpokenLine();
  const marked = () => model.get("value").report ?? null;
  let position = (marked() ?? 1) - 1;
  let playing = false;
  function announce() {
    const when = sayWhen(reports[position]);
    spoken.textContent = `Report ${position + 1} of ${reports.length}, ${when}`;
  }
  function go(to) {
    position = to;
    show();
    if (!playing) announce();
  }
  function quiet(plays) {
    playing = plays;
    announce();
  }
  function show() {
    steps.show(position);
    view.show(position, marked());
    marking.show(marked());
  }
  const steps = makeSteps(reports, go, quiet, signal);
  const view = makeReportView(content, signal);
  const marking = makeMarking(reports, () => {
    steps.stop();
    kept.send({ report: position + 1 });
  });
  const kept = makeAnswerBar(model, signal, marking.node, [marking.button]);
  root.append(steps.node, view.node, spoken, kept.node, makeTableOfAll(content));
  show();
  listenTo(model, { "change:value": show }, signal);
  return close;
}
var panel_default = { render };
export {
  panel_default as default
};
