// The reports of the first-round count, one after the other, as they came in.

const PLAY_MS = 900;
const AXES = "Percent of valid votes, reports in order. The left axis does not begin at 0.";

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
  return html(
    "details",
    {},
    html("summary", {}, `All ${reports.length} reports as a table`),
    sideways(node),
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
  function heed() {
    node.hidden = calm.matches;
    if (calm.matches) stop();
  }
  calm.addEventListener("change", heed);
  heed();
  const end = () => {
    stop();
    calm.removeEventListener("change", heed);
  };
  return { node, stop, end };
}

/** The buttons and the list that choose a report; `go(position)` is called with what is chosen. */
function steps(reports, go, quiet) {
  const last = reports.length - 1;
  let position = 0;
  const list = choiceOf(
    reports.map((report, index) => [
      index,
      `${report.report} · ${when(report)} · ${sheets(report)}`,
    ]),
  );
  const play = player(
    (by) => go(Math.max(position + by, 0)),
    () => position === last,
    quiet,
  );
  const move = (to) => {
    play.stop();
    go(Math.min(Math.max(to, 0), last));
  };
  list.addEventListener("change", () => move(Number(list.value)));
  const back = [button("First", () => move(0)), button("Previous", () => move(position - 1))];
  const onward = [button("Next", () => move(position + 1)), button("Last", () => move(last))];

  function show(to) {
    position = to;
    list.value = String(to);
    // Not `disabled`: that would throw the focus out of the widget at the first and last report.
    for (const node of back) node.setAttribute("aria-disabled", String(to === 0));
    for (const node of onward) node.setAttribute("aria-disabled", String(to === last));
  }
  const buttons = html("div", { class: "buttons" }, back, play.node, onward);
  const node = html("div", { class: "controls" }, buttons, labelled("Report", list));
  return { node, show, stop: play.stop, end: play.end };
}

/** The figure with its bound and note, and the report's numbers as a table beside it. */
function reportView({ reports, votes_cast: votesCast }) {
  const drawing = html("div");
  const boundLine = html("p");
  const note = html("p", { class: "note" });
  const beside = html("div");
  const axes = html("p", { class: "note" }, AXES);
  const figure = html("div", { class: "figure" }, drawing, axes, boundLine, note);
  let shown = [0, null];

  function drawChart() {
    drawing.replaceChildren(chart(reports, ...shown, Math.max(drawing.clientWidth, 200)));
  }
  function show(position, marked) {
    const report = reports[position];
    shown = [position, marked];
    drawChart();
    boundLine.textContent = bound(report, votesCast);
    note.textContent = report.note && `Note: ${report.note}`;
    beside.replaceChildren(sideways(reportTable(report, votesCast)));
  }
  const node = html("div", { class: "side-by-side" }, figure, beside);
  return { node, show, stop: redrawOnResize(drawing, drawChart) };
}

/** The button that marks a report, and the line that says which one is marked. */
function marking(reports, mark) {
  const answer = button("Mark this report as my answer", mark);
  answer.classList.add("main");
  const line = html("p");
  const show = (marked) => {
    line.textContent = marked
      ? `Your answer: report ${marked} (${when(reports[marked - 1])}).`
      : "No report is marked yet.";
  };
  return { node: html("div", { class: "controls" }, answer, line), show };
}

function render({ model, el }) {
  const content = model.get("content");
  const { reports } = content;
  const root = frame(el, "count-replay", `The count as it came in: ${reports.length} reports`);
  const spoken = html("p", { class: "backyard-unseen", role: "status" });
  const kept = answerLine(model);
  const marked = () => model.get("value").report ?? null;
  let position = (marked() ?? 1) - 1;

  function go(to) {
    position = to;
    show();
    if (!playing) announce();
  }
  function announce() {
    spoken.textContent = `Report ${position + 1} of ${reports.length}, ${when(reports[position])}`;
  }
  function show() {
    choice.show(position);
    view.show(position, marked());
    mark.show(marked());
  }
  // While it plays, a screen reader would be interrupted by every report.
  let playing = false;
  const choice = steps(reports, go, (plays) => {
    playing = plays;
    announce();
  });
  const view = reportView(content);
  const mark = marking(reports, () => {
    choice.stop();
    kept.send({ report: position + 1 });
  });
  root.append(choice.node, view.node, spoken);
  if (model.get("question")) root.append(mark.node, kept.node);
  root.append(allReports(reports, content.votes_cast));
  show();
  const stopListening = listen(model, { "change:value": show });
  return () => [choice.end, view.stop, kept.stop, stopListening].forEach((stop) => stop());
}

export default { render };
