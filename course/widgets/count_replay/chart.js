// The line chart of the count replay: three shares of valid votes, report after report.

const LINES = [
  { key: "humala", name: "Humala", mark: "circle" },
  { key: "garcia", name: "García", mark: "square" },
  { key: "flores", name: "Flores", mark: "triangle" },
];
const CHART = { height: 290, left: 46, right: 64, top: 14, bottom: 28 };

function percent(number) {
  return number === null ? "not stated" : `${number} %`;
}

/** How report numbers and shares become places in the chart. */
function scales(reports, width) {
  const shares = reports
    .filter((report) => report.base === "valid")
    .flatMap((report) => LINES.map(({ key }) => report[`${key}_percent`]))
    .filter((share) => share !== null);
  const low = Math.floor(Math.min(...shares)) - 1;
  const high = Math.ceil(Math.max(...shares)) + 1;
  const across = (width - CHART.left - CHART.right) / (reports.length - 1);
  const up = (CHART.height - CHART.top - CHART.bottom) / (high - low);
  return {
    low,
    high,
    x: (number) => CHART.left + (number - 1) * across,
    y: (share) => CHART.height - CHART.bottom - (share - low) * up,
  };
}

function grid(reports, { low, high, x, y }, width) {
  const parts = [];
  for (let share = low; share <= high; share += 2) {
    parts.push(
      rule(y(share), width, "tick"),
      svg("text", { x: CHART.left - 6, y: y(share) + 4, "text-anchor": "end" }, `${share} %`),
    );
  }
  const floor = CHART.height - CHART.bottom;
  let free = -Infinity;
  reports.forEach((report, index) => {
    if (index > 0 && reports[index - 1].date === report.date) return;
    const place = x(report.report);
    parts.push(svg("line", { x1: place, x2: place, y1: floor, y2: floor + 5, class: "axis" }));
    if (place < free) return;
    const text = report.date.split(" ").slice(0, 2).join(" ").replace("April", "Apr");
    parts.push(svg("text", { x: place, y: floor + 19, "text-anchor": "middle" }, text));
    free = place + 54;
  });
  parts.push(rule(floor, width, "axis"));
  return parts;
}

function rule(y, width, name) {
  return svg("line", { x1: CHART.left, x2: width - CHART.right, y1: y, y2: y, class: name });
}

function marker(shape, x, y) {
  if (shape === "circle") return svg("circle", { cx: x, cy: y, r: 4 });
  if (shape === "square") return svg("rect", { x: x - 4, y: y - 4, width: 8, height: 8 });
  return svg("path", { d: `M${x} ${y - 5}L${x + 5} ${y + 4}L${x - 5} ${y + 4}Z` });
}

/** One candidate's line up to the report shown; a report without the share breaks it. */
function line({ key, name, mark }, shown, { x, y }) {
  let path = "";
  let pen = "M";
  let last = null;
  for (const report of shown) {
    const share = report.base === "valid" ? report[`${key}_percent`] : null;
    if (share === null) {
      pen = "M";
      continue;
    }
    last = [x(report.report), y(share)];
    path += `${pen}${last[0]} ${last[1]}`;
    if (pen === "M") path += "h0.01"; // a lone report still leaves a dot
    pen = "L";
  }
  if (last === null) return { node: svg("g"), label: null };
  const node = svg("g", { class: key }, svg("path", { d: path }), marker(mark, ...last));
  return { node, label: { key, name, x: last[0] + 9, y: last[1] + 4 } };
}

/** Names at the ends of the lines, pushed apart where they would overlap. */
function names(labels) {
  const ordered = labels.filter((label) => label !== null).sort((one, two) => one.y - two.y);
  ordered.forEach((label, index) => {
    if (index > 0) label.y = Math.max(label.y, ordered[index - 1].y + 15);
  });
  return ordered.map(({ key, name, x, y }) => svg("text", { x, y, class: `name ${key}` }, name));
}

function flag(number, { x }) {
  const place = x(number);
  return svg(
    "g",
    { class: "flag" },
    svg("line", { x1: place, x2: place, y1: CHART.top + 4, y2: CHART.height - CHART.bottom }),
    svg("path", { d: `M${place} ${CHART.top + 4}h14l-4 6l4 6h-14Z` }),
  );
}

function chart(reports, position, marked, width) {
  const place = scales(reports, width);
  const report = reports[position];
  const shown = reports.slice(0, position + 1);
  const drawn = LINES.map((one) => line(one, shown, place));
  const now = place.x(report.report);
  const shares = LINES.map(({ key, name }) => `${name} ${percent(report[`${key}_percent`])}`);
  const undrawn = report.base === "valid" ? "" : " (percent of what is not stated, so not drawn)";
  const answer = marked ? ` Your answer, report ${marked}, is flagged.` : "";
  const name =
    `Line chart of the shares of valid votes in reports 1 to ${report.report}. ` +
    `Report ${report.report}: ${shares.join(", ")}${undrawn}.${answer}`;
  return svg(
    "svg",
    { role: "img", "aria-label": name, width, height: CHART.height },
    grid(reports, place, width),
    svg("line", { x1: now, x2: now, y1: CHART.top, y2: CHART.height - CHART.bottom, class: "now" }),
    marked ? flag(marked, place) : [],
    drawn.map(({ node }) => node),
    names(drawn.map(({ label }) => label)),
  );
}

