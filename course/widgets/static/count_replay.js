/* Made by "make js" with esbuild 0.28.2 from sha256:94521543453ff7e2c2655dac310318a6d5c47994ac9547d564be8f56d9b240a1 */

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

// shared/fills.js
var MARKS = {
  plain: () => [],
  stripes: () => [svg("path", { d: "M0 8L8 0M-2 2L2 -2M6 10L10 6", class: "mark" })],
  dots: () => [svg("circle", { cx: 4, cy: 4, r: 1.5, class: "dot" })],
  crosses: () => [svg("path", { d: "M0 0L8 8M8 0L0 8", class: "mark" })]
};
function defineFills(prefix, fills) {
  const tile = { width: 8, height: 8, patternUnits: "userSpaceOnUse" };
  const patterns = fills.map(({ key, pattern }) => {
    const ground = svg("rect", { width: 8, height: 8, class: "ground" });
    return svg("pattern", { id: `${prefix}-${key}`, class: key, ...tile }, ground, MARKS[pattern]());
  });
  return svg("defs", {}, patterns);
}

// count_replay/words.js
var CANDIDATES = [
  { key: "humala", name: "Humala" },
  { key: "garcia", name: "García" },
  { key: "flores", name: "Flores" }
];
var HOW = {
  stated: "as the report states",
  printed: "by the votes it prints",
  "worked out": "worked out from the shares"
};
var writePercent = (share) => share === null ? "not stated" : `${share} %`;
var sayWhen = ({ date, time }) => time ? `${date}, ${time}` : date;
function saySheets({ sheets_percent: share, sheets_precision: precision }) {
  if (share === null) return "not stated";
  return precision === "exact" ? `${share} %` : `${share} % (${precision})`;
}
var sayBase = ({ base }) => base === "valid" ? "valid votes" : base;
function readLead(report, validVotes) {
  const { garcia_votes: one, flores_votes: two, sheets_percent: sheets, base } = report;
  if (report.gap_votes_stated !== null) return { votes: report.gap_votes_stated, how: "stated" };
  if (one !== null && two !== null) return { votes: one - two, how: "printed" };
  const [garcia, flores] = [report.garcia_percent, report.flores_percent];
  if (garcia === null || flores === null || sheets === null || base !== "valid") return null;
  const votes = Math.round((garcia - flores) / 100 * (sheets / 100) * validVotes);
  return { votes, how: "worked out" };
}
function estimateBallotsOut({ sheets_percent: share }, votesCast) {
  return share === null ? null : Math.round((100 - share) / 100 * votesCast);
}
function listRows({ reports, votes_cast: cast, valid_votes: valid }) {
  return reports.map((report) => ({ report, lead: readLead(report, valid), out: estimateBallotsOut(report, cast) }));
}
var nameLeader = (lead) => lead && lead.votes < 0 ? ["Flores", "García"] : ["García", "Flores"];
var sayHow = ({ how }) => HOW[how];
function sayBoth({ lead, out }) {
  const ahead = lead ? `${nameLeader(lead)[0]} is ahead by ${writeCount(Math.abs(lead.votes))} votes, ${sayHow(lead)}` : "The report does not give the lead in votes";
  return `${ahead}; ${out === null ? "the ballots still out cannot be estimated" : `${writeCount(out)} ballots are still out`}.`;
}
function sayEstimate({ sheets_percent: sheets }, votesCast) {
  if (sheets === null) return "Without the percent of tally sheets, the ballots still out cannot be estimated.";
  const share = Number((100 - sheets).toFixed(3));
  const whole = writeCount(votesCast);
  return `Ballots still out: ${share} % of the ${whole} votes cast in all, as if every tally sheet held equally many.`;
}

// count_replay/bars.js
var HEIGHT = 28;
var WIDE = { left: 208, right: 156, above: 0, step: 38 };
var NARROW = { left: 0, right: 116, above: 18, step: 52 };
var AXIS = 16;
function chooseEnd(longest) {
  const power = 10 ** Math.floor(Math.log10(Math.max(longest, 1)));
  return ([1, 2, 5].find((times) => times * power >= longest) ?? 10) * power;
}
function drawBars(row, prefix, width) {
  const { lead, out } = row;
  const isWide = width >= 560;
  const { left, right, above, step } = isWide ? WIDE : NARROW;
  const votes = Math.abs(lead?.votes ?? 0);
  const end = chooseEnd(Math.max(votes, out ?? 2 * votes));
  const scale = (width - left - right) / end;
  const floor = above + step + HEIGHT;
  const [leader, behind] = nameLeader(lead);
  const who = leader === "García" ? "garcia" : "flores";
  function drawName(y, name, more) {
    const below = more && isWide ? svg("text", { x: 0, y: y + 26, class: "soft" }, more) : [];
    const text = isWide || !more ? name : `${name} ${more}`;
    return [svg("text", { x: 0, y: isWide ? y + (more ? 12 : 19) : y - 5, class: "row" }, text), below];
  }
  function drawNumber(y, length, how, about) {
    const text = svg("text", { x: left + length * scale + 9, y: y + 20 });
    text.append(svg("tspan", { class: "big" }, writeCount(length)), svg("tspan", { dx: 6, class: "soft" }, how));
    return [svg("rect", { x: left, y, width: length * scale, height: HEIGHT, ...about }), text];
  }
  const drawSilence = (y, words) => [svg("text", { x: left, y: y + 19, class: "soft" }, words)];
  const [top, low] = [above, above + step];
  const at = left + votes * scale;
  const ahead = lead ? drawNumber(top, votes, isWide ? `votes, ${sayHow(lead)}` : lead.how, { class: `lead ${who}` }) : drawSilence(top, "not given by this report");
  const waiting = out === null ? drawSilence(low, "Cannot be estimated from this report") : drawNumber(low, out, isWide ? "estimate" : "", { class: "out", fill: `url(#${prefix}-out)` });
  const carried = svg("line", { x1: at, x2: at, y1: top + HEIGHT, y2: floor + 5, class: `carried ${who}` });
  const scaleEnd = left + end * scale;
  const axis = [
    svg("path", { d: `M${left} ${floor + 6}v3h${end * scale}v-3`, class: "axis" }),
    svg("text", { x: left, y: floor + AXIS + 6, class: "soft" }, "0"),
    svg("text", { x: scaleEnd, y: floor + AXIS + 6, class: "soft", "text-anchor": "end" }, writeCount(end))
  ];
  return svg(
    "svg",
    { role: "img", "aria-label": `Two bars on one scale. ${sayBoth(row)}`, width, height: floor + AXIS + 8 },
    svg("g", { class: `trailing-${who === "garcia" ? "flores" : "garcia"}` }, [
      defineFills(prefix, [{ key: "out", pattern: "stripes", label: "" }]),
      ...drawName(top, `${leader} ahead of ${behind} by`, "").flat(),
      ...drawName(low, "Ballots still out", `(all could be for ${behind})`).flat(),
      ...waiting
    ]),
    ahead,
    lead && out !== null ? carried : [],
    axis
  );
}

// count_replay/chart.js
var CHART = { height: 200, left: 72, right: 14, top: 12, bottom: 24 };
var FLOOR = CHART.height - CHART.bottom;
var [LOW, HIGH] = [3, 7.25];
var LINES = ["1,000", "10,000", "100,000", "1 million", "10 million"];
var DAY_PX = 64;
var LETTER_PX = 7.4;
var SHARES = { height: 200, left: 40, right: 60, low: 22, high: 32 };
function scaleChart(reports, width) {
  const across = (width - CHART.left - CHART.right) / (reports - 1);
  const up = (FLOOR - CHART.top) / (HIGH - LOW);
  return {
    x: (report) => CHART.left + (report - 1) * across,
    y: (count) => FLOOR - (Math.log10(Math.max(count, 10 ** LOW)) - LOW) * up,
    find: (x) => Math.min(Math.max(Math.round((x - CHART.left) / across) + 1, 1), reports)
  };
}
function drawAxes(rows, { x, y }, width) {
  const parts = LINES.flatMap((text, power) => {
    const at = y(10 ** (LOW + power));
    const rule = { x1: CHART.left, x2: width - CHART.right, y1: at, y2: at, class: power ? "tick" : "axis" };
    return [
      svg("line", rule),
      svg("text", { x: CHART.left - 8, y: at + 4, class: "soft", "text-anchor": "end" }, text)
    ];
  });
  let free = -Infinity;
  for (const [index, { report }] of rows.entries()) {
    const at = x(report.report);
    if (at < free || index > 0 && rows[index - 1].report.date === report.date) continue;
    const text = report.date.split(" ").slice(0, 2).join(" ").replace("April", "Apr");
    parts.push(svg("line", { x1: at, x2: at, y1: FLOOR, y2: FLOOR + 4, class: "axis" }));
    parts.push(svg("text", { x: at, y: FLOOR + 17, class: "soft", "text-anchor": "middle" }, text));
    free = at + DAY_PX;
  }
  return parts;
}
function drawMark({ report, lead }, x, y) {
  if (lead === null) return [];
  const kind = `point ${lead.how === "worked out" ? "hollow" : "filled"}`;
  const about = { "data-report": report.report };
  if (lead.votes >= 0)
    return [svg("rect", { x: x - 3, y: y - 3, width: 6, height: 6, class: `${kind} garcia`, ...about })];
  return [svg("path", { d: `M${x} ${y - 4}l4.5 7.5h-9Z`, class: `${kind} flores`, ...about })];
}
function drawFlag(x) {
  const pole = svg("line", { x1: x, x2: x, y1: CHART.top - 8, y2: FLOOR });
  return svg("g", { class: "flag" }, pole, svg("path", { d: `M${x} ${CHART.top - 8}h13l-4 5l4 5h-13Z` }));
}
var joinPlaces = (places) => places.map((place, index) => place && `${places[index - 1] ? "L" : "M"}${place.join(" ")}`).join("");
function drawChart(rows, position, marked, width) {
  const scales = scaleChart(rows.length, width);
  const { x, y } = scales;
  const shown = rows.slice(0, position + 1);
  const now = x(position + 1);
  const right = width - CHART.right;
  const place = (read, among = shown) => among.flatMap((row) => {
    const count = read(row);
    return count === null || count === void 0 ? [] : [[x(row.report.report), y(count)]];
  });
  const readLead2 = ({ lead: lead2 }) => lead2 && lead2.votes > 0 ? lead2.votes : null;
  const both = shown.filter((row) => row.out !== null && readLead2(row) !== null);
  const [out, lead] = [place((row) => row.out), place(readLead2)];
  const between = [...place((row) => row.out, both), ...place(readLead2, both).toReversed()];
  const marks = shown.flatMap((row) => drawMark(row, x(row.report.report), y(Math.abs(row.lead?.votes ?? 0))));
  function nameLine(places, away, text, kind) {
    const at = places[Math.min(places.length - 1, 12)];
    if (!at) return [];
    const x2 = Math.min(at[0] + 6, right - text.length * LETTER_PX);
    return svg("text", { x: x2, y: at[1] + away, class: `name ${kind}` }, text);
  }
  const first = shown[0];
  const later = { x: now + 5, y: CHART.top, width: Math.max(right - now - 5, 0), height: FLOOR - CHART.top };
  const answer = marked ? ` Your answer, report ${marked}, is flagged.` : "";
  const name = `Lines over reports 1 to ${position + 1}. Ballots still out begin at ${writeCount(first.out ?? 0)}. Report ${position + 1}: ${sayBoth(rows[position])}${answer}`;
  return svg(
    "svg",
    { role: "img", "aria-label": name, width, height: CHART.height },
    drawAxes(rows, scales, width),
    svg("rect", { ...later, class: "raised" }),
    right - now > 80 ? svg("text", { x: right - 8, y: FLOOR - 8, class: "soft", "text-anchor": "end" }, "not yet in") : [],
    svg("path", { d: joinPlaces(between), class: "between" }),
    svg("line", { x1: now, x2: now, y1: CHART.top - 8, y2: FLOOR, class: "now" }),
    marked ? drawFlag(x(marked)) : [],
    svg("path", { d: joinPlaces(out), class: "waiting" }),
    svg("path", { d: joinPlaces(lead), class: "ahead carried garcia" }),
    marks,
    rows[position].out === null ? [] : svg("circle", { cx: now, cy: y(rows[position].out ?? 0), r: 4.5, class: "dot" }),
    nameLine(out, -9, "Ballots still out", ""),
    nameLine(lead, 21, "García’s lead over Flores", "garcia"),
    svg("text", { x: x(1) - 5, y: y(1e4) + 18, class: "name flores" }, "▲ Flores ahead")
  );
}
function drawShares(reports, width) {
  const right = width - SHARES.right;
  const x = (report) => SHARES.left + (report - 1) * (right - SHARES.left) / (reports.length - 1);
  const y = (share) => 8 + (SHARES.high - share) * (SHARES.height - 16) / (SHARES.high - SHARES.low);
  const parts = [];
  for (let share = SHARES.low; share <= SHARES.high; share += 2) {
    parts.push(
      svg("line", { x1: SHARES.left, x2: right, y1: y(share), y2: y(share), class: "tick" }),
      svg("text", { x: SHARES.left - 6, y: y(share) + 4, class: "soft", "text-anchor": "end" }, `${share} %`)
    );
  }
  const last = reports[reports.length - 1];
  for (const { key, name: name2 } of CANDIDATES) {
    const places = reports.map((report) => {
      const share = report.base === "valid" ? report[`${key}_percent`] : null;
      return share === null ? null : (
        /** @type {[number, number]} */
        [x(report.report), y(share)]
      );
    });
    const place = { x: right + 6, y: y(last[`${key}_percent`] ?? SHARES.low) + 4, class: `name ${key}` };
    parts.push(svg("path", { d: joinPlaces(places), class: `share ${key}` }), svg("text", place, name2));
  }
  const ends = CANDIDATES.map(({ key, name: name2 }) => `${name2} ${writePercent(last[`${key}_percent`])}`).join(", ");
  const name = `Lines of the three shares of valid votes. In the last report: ${ends}.`;
  return svg("svg", { role: "img", "aria-label": name, width, height: SHARES.height }, parts);
}

// count_replay/panel.js
var PLAY_MS = 900;
var PAGE = 10;
var LEGEND = "The same two numbers, report by report. Each line up is ten times as many.";
function makeReportTable(report) {
  const rows = CANDIDATES.map(({ key, name }) => {
    const votes = report[`${key}_votes`];
    return [name, votes === null ? "not stated" : writeCount(votes), writePercent(report[`${key}_percent`])];
  });
  const shares = report.base === "valid" ? "of valid" : "of (not stated)";
  return makeCountTable(`Report ${report.report}, as printed`, ["candidate", "votes", shares], rows, []);
}
function makeTableOfAll(rows) {
  const names = CANDIDATES.map(({ name }) => name);
  const head = ["Report", "Date and time", "Sheets", ...names, "Percent of"].concat([
    "García minus Flores, votes",
    "How it is known",
    "Ballots still out (estimate)"
  ]);
  const cells = rows.map(({ report, lead, out }) => [
    String(report.report),
    sayWhen(report),
    saySheets(report),
    ...CANDIDATES.map(({ key }) => writePercent(report[`${key}_percent`])),
    sayBase(report),
    lead ? writeCount(lead.votes) : "not given",
    lead?.how ?? "",
    out === null ? "cannot be estimated" : writeCount(out)
  ]);
  return scrollSideways(makeTable("All reports of the count", head, cells));
}
function makeTwin(rows) {
  const summary = html("summary", {}, `All ${rows.length} reports as a table · the three shares as a chart`);
  const node = html("details", {}, summary);
  function fill() {
    const reports = rows.map(({ report }) => report);
    const shares = drawShares(reports, Math.min(node.clientWidth, 640));
    node.append(shares, makeTableOfAll(rows));
  }
  node.addEventListener("toggle", fill, { once: true });
  return node;
}
function makePlayer(step, atEnd, quiet, signal) {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  let timer = (
    /** @type {number | null} */
    null
  );
  const node = makeButton("Play", () => timer === null ? start() : stop(), { class: "play" });
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
function makeSteps(rows, go, quiet, signal) {
  const last = rows.length - 1;
  let position = 0;
  const range = { type: "range", min: 1, max: rows.length, value: 1, "aria-label": "Report" };
  const slider = html("input", range);
  slider.addEventListener("input", () => move(Number(slider.value) - 1));
  slider.addEventListener("keydown", (event) => {
    if (event.key !== "PageUp" && event.key !== "PageDown") return;
    event.preventDefault();
    move(position + (event.key === "PageUp" ? PAGE : -PAGE));
  });
  const atEnd = () => position === last;
  const play = makePlayer((by) => go(Math.max(position + by, 0)), atEnd, quiet, signal);
  function move(to) {
    play.stop();
    go(Math.min(Math.max(to, 0), last));
  }
  const first = makeButton("First", () => move(0), { class: "wide" });
  const back = makeButton("Back", () => move(position - 1));
  const next = makeButton("Next", () => move(position + 1));
  const end = makeButton("Last", () => move(last), { class: "wide" });
  function show(to) {
    position = to;
    slider.value = String(to + 1);
    slider.setAttribute("aria-valuetext", `${to + 1} of ${rows.length}, ${sayWhen(rows[to].report)}`);
    for (const node2 of [first, back]) markIdle(node2, to === 0);
    for (const node2 of [next, end]) markIdle(node2, to === last);
  }
  const node = html("div", { class: "controls steps" }, first, back, slider, next, end, play.node);
  return { node, show, move, stop: play.stop };
}
function makeReportView(content, rows, signal) {
  const line = html("p", { class: "report" });
  const [bars, chart] = [html("div", { class: "bars" }), html("div", { class: "chart" })];
  const printed = html("div");
  const estimate = html("p", { class: "note" });
  const note = html("p", { class: "note" });
  const more = html("details", {}, html("summary", {}, "Note and source"), note);
  const legend = html("p", { class: "note legend" }, html("span", { class: "key filled" }), "stated or printed");
  legend.append(html("span", { class: "key" }), "worked out from the shares");
  const left = html("div", { class: "figure" }, html("p", { class: "note" }, LEGEND), chart, legend);
  const split = html("div", { class: "split" }, left, html("div", {}, printed, estimate, more));
  const node = html("div", {}, line, bars, split);
  const prefix = makeId("bars");
  let shown = (
    /** @type {[position: number, marked: number | null]} */
    [0, null]
  );
  function draw() {
    bars.replaceChildren(drawBars(rows[shown[0]], prefix, Math.max(bars.clientWidth, 200)));
    chart.replaceChildren(drawChart(rows, ...shown, Math.max(chart.clientWidth, 200)));
  }
  function show(position, marked) {
    const { report } = rows[position];
    shown = [position, marked];
    const sheets = report.sheets_percent === null ? "the report does not say how many tally sheets are in" : "";
    const name = html("b", {}, `Report ${report.report} of ${rows.length}`);
    line.replaceChildren(
      name,
      ` · ${sayWhen(report)} · ${sheets || `${saySheets(report)} of the tally sheets are in`}`
    );
    printed.replaceChildren(makeReportTable(report));
    estimate.textContent = sayEstimate(report, content.votes_cast);
    note.textContent = [report.note, report.source && `Source: ${report.source}.`].filter(Boolean).join(" ");
    draw();
  }
  redrawOnResize(node, draw, signal);
  return { node, chart, show };
}
function render({ model, el }) {
  const content = model.get("content");
  const rows = listRows(content);
  const title = "Is García’s lead longer than what is still out?";
  const { root, signal, close } = openPanel({ model, el }, "count-replay", title);
  const spoken = makeSpokenLine();
  const marked = () => model.get("value").report ?? null;
  let position = (marked() ?? 1) - 1;
  let playing = false;
  function announce() {
    spoken.textContent = `Report ${position + 1} of ${rows.length}, ${sayWhen(rows[position].report)}`;
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
  const what = html("p");
  const answer = makeButton("", () => {
    steps.stop();
    bar.send({ report: position + 1 });
    show();
  });
  const bar = makeAnswerBar(model, signal, what, [answer]);
  function showAnswer() {
    const kept = marked();
    const here = kept === position + 1;
    const when = kept ? ` (${sayWhen(rows[kept - 1].report)})` : "";
    what.replaceChildren("Your answer: ", html("b", {}, kept ? `report ${kept}` : "none yet"), when);
    const name = `report ${position + 1}`;
    if (here) answer.textContent = bar.hasFailed() ? "Try again" : `Your answer is ${name}`;
    else answer.textContent = kept ? `Change it to ${name}` : `Mark ${name} as my answer`;
    answer.classList.toggle("main", !kept || bar.hasFailed());
    markIdle(answer, here && !bar.hasFailed());
  }
  function show() {
    steps.show(position);
    view.show(position, marked());
    showAnswer();
  }
  const steps = makeSteps(rows, go, quiet, signal);
  const view = makeReportView(content, rows, signal);
  view.chart.addEventListener("pointerdown", ({ clientX }) => {
    const { left, width } = view.chart.getBoundingClientRect();
    steps.move(scaleChart(rows.length, width).find(clientX - left) - 1);
  });
  root.append(steps.node, view.node, spoken, bar.node, makeTwin(rows));
  show();
  listenTo(model, { "change:value": show, "change:status": showAnswer, "msg:custom": showAnswer }, signal);
  return close;
}
var panel_default = { render };
export {
  panel_default as default
};
