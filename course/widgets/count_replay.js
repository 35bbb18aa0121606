// The reports of the first-round count, one after the other, as they came in.

const PLAY_MS = 900;

/** A number of points without the digits that subtraction of decimals leaves behind. */
function points(number) {
  return `${Number(number.toFixed(3))} points`.replace("-", "−");
}

function when({ date, time }) {
  return time ? `${date}, ${time}` : `${date}, hour not stated`;
}

/** García minus Flores in votes, as stated and as the printed votes give it. */
function gapInVotes(report) {
  const found = [];
  if (report.gap_votes_stated !== null) found.push(`${count(report.gap_votes_stated)} (as stated)`);
  if (report.garcia_votes !== null && report.flores_votes !== null) {
    found.push(`${count(report.garcia_votes - report.flores_votes)} (from the votes)`);
  }
  return found.join("; ") || "not stated";
}

function gapInPoints({ garcia_percent: garcia, flores_percent: flores }) {
  return garcia === null || flores === null ? "not stated" : points(garcia - flores);
}

/** Ballots not yet counted, if all tally sheets held equally many; null if it cannot be said. */
function ballotsOut(report, votesCast) {
  if (report.sheets_percent === null) return null;
  return Math.round(((100 - report.sheets_percent) / 100) * votesCast);
}

function sheets(report) {
  if (report.sheets_percent === null) return "not stated";
  const exact = report.sheets_precision === "exact" ? "" : ` (${report.sheets_precision})`;
  return `${report.sheets_percent} %${exact}`;
}

function base({ base: stated }) {
  return stated === "valid" ? "valid votes" : stated;
}

/** The table of one report. */
function reportTable(report, votesCast) {
  const out = ballotsOut(report, votesCast);
  const votes = (key) =>
    report[`${key}_votes`] === null ? "" : `; ${count(report[`${key}_votes`])} votes`;
  const rows = [
    ["Tally sheets processed", sheets(report)],
    ...LINES.map(({ key, name }) => [name, percent(report[`${key}_percent`]) + votes(key)]),
    ["Shares are percent of", base(report)],
    ["García minus Flores, votes", gapInVotes(report)],
    ["García minus Flores, points", gapInPoints(report)],
    ["Ballots still out (estimate)", out === null ? "cannot be estimated" : count(out)],
  ];
  return table(`Report ${report.report}: ${when(report)}`, ["What", "In this report"], rows);
}

/** What the ballots still out could change at most; whether that is enough is the question. */
function bound(report, votesCast) {
  const out = ballotsOut(report, votesCast);
  if (out === null) return "This report does not state how many tally sheets were processed.";
  return (
    `If every ballot still out went to Flores, she would gain at most ${count(out)} votes. ` +
    `(Estimate: ${Number((100 - report.sheets_percent).toFixed(3))} % of the ${count(votesCast)} ` +
    "votes cast in all, as if every tally sheet held equally many.)"
  );
}

/** All reports as one table. */
function allReports(reports, votesCast) {
  const head = ["Report", "Date and time", "Sheets", "Humala", "García", "Flores", "Percent of"];
  const node = table(
    "All reports of the count",
    [...head, "García minus Flores, votes", "Ballots still out (estimate)"],
    reports.map((report) => {
      const out = ballotsOut(report, votesCast);
      return [
        String(report.report),
        when(report),
        sheets(report),
        ...LINES.map(({ key }) => percent(report[`${key}_percent`])),
        base(report),
        gapInVotes(report),
        out === null ? "cannot be estimated" : count(out),
      ];
    }),
  );
  const sideways = { class: "sideways", tabindex: "0", role: "group", "aria-label": "All reports" };
  return html(
    "details",
    {},
    html("summary", {}, `All ${reports.length} reports as a table`),
    html("div", sideways, node),
  );
}

/** Play and Pause; nothing moves by itself where the system asks for less motion. */
function player(step, atEnd, quiet) {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  let timer = null;
  const node = button("Play", () => (timer === null ? start() : stop()));

  function start() {
    if (atEnd()) step(-Infinity);
    node.textContent = "Pause";
    quiet(true);
    timer = setInterval(() => (atEnd() ? stop() : step(1)), PLAY_MS);
  }
  function stop() {
    if (timer === null) return;
    clearInterval(timer);
    timer = null;
    node.textContent = "Play";
    quiet(false);
  }
  return { node: calm.matches ? null : node, stop };
}

function render({ model, el }) {
  const { reports, votes_cast: votesCast } = model.get("content");
  const root = frame(el, "count-replay", `The count as it came in: ${reports.length} reports`);
  const drawing = html("div");
  const beside = html("div");
  const boundLine = html("p");
  const note = html("p", { class: "note" });
  const spoken = html("p", { class: "backyard-unseen", role: "status" });
  const markedLine = html("p", { class: "marked" });
  const kept = answerLine(model);
  const marked = () => model.get("value").report ?? null;
  const last = reports.length - 1;
  let position = (marked() ?? 1) - 1;
  let silent = false;

  function drawChart() {
    const width = Math.max(drawing.clientWidth, 280);
    drawing.replaceChildren(chart(reports, position, marked(), width));
  }
  function draw() {
    const report = reports[position];
    drawChart();
    beside.replaceChildren(reportTable(report, votesCast));
    note.textContent = report.note && `Note: ${report.note}`;
    boundLine.textContent = bound(report, votesCast);
    list.value = String(position);
    for (const [node, end] of ends) node.setAttribute("aria-disabled", String(position === end));
    markedLine.textContent = marked()
      ? `Your answer: report ${marked()} (${when(reports[marked() - 1])}).`
      : "No report is marked yet.";
  }
  function announce() {
    const report = reports[position];
    if (!silent) spoken.textContent = `Report ${report.report} of ${reports.length}, ${when(report)}`;
  }
  function go(to) {
    position = Math.min(Math.max(to, 0), last);
    draw();
    announce();
  }
  const moved = (to) => {
    play.stop();
    go(to);
  };

  const list = choiceOf(
    reports.map((report, index) => [
      index,
      `${report.report} · ${when(report)} · ${sheets(report)}`,
    ]),
  );
  list.addEventListener("change", () => moved(Number(list.value)));
  const play = player(
    (by) => go(position + by),
    () => position === last,
    (playing) => {
      silent = playing;
      announce();
    },
  );
  const first = button("First", () => moved(0));
  const previous = button("Previous", () => moved(position - 1));
  const next = button("Next", () => moved(position + 1));
  const final = button("Last", () => moved(last));
  const ends = [
    [first, 0],
    [previous, 0],
    [next, last],
    [final, last],
  ];
  const answer = button("Mark this report as my answer", () => {
    play.stop();
    kept.send({ report: reports[position].report });
  });
  answer.classList.add("main");

  root.append(
    html(
      "div",
      { class: "controls" },
      html("div", { class: "buttons" }, first, previous, play.node ?? [], next, final),
      labelled("Report", list),
    ),
    html("div", { class: "side-by-side" }, html("div", { class: "figure" }, drawing, boundLine, note), beside),
    spoken,
  );
  if (model.get("question")) {
    root.append(html("div", { class: "controls" }, answer, markedLine), kept.node);
  }
  root.append(allReports(reports, votesCast));
  draw();
  const stopListening = listen(model, { "change:value": draw });
  const stopWatching = redrawOnResize(drawing, drawChart);
  return () => {
    play.stop();
    kept.stop();
    stopListening();
    stopWatching();
  };
}

export default { render };
