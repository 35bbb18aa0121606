/* Made by "make js" with esbuild 0.28.2 from sha256:366d7971d195d765c6e40e97aa742419249c42763b75518a20bcfc4714597dd5 */

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

// shared/controls.js
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

// denominator_explorer/names.js
var LETTER_PX = 7;
var APART_PX = 10;
function placeNames(pieces, width) {
  let free = 0;
  const placed = pieces.map(({ name, middle }) => {
    const long = name.length * LETTER_PX;
    const x = Math.max(middle - long / 2, free);
    free = x + long + APART_PX;
    return { name, x, long };
  });
  let end = width;
  for (const one of placed.toReversed()) {
    one.x = Math.min(one.x, end - one.long);
    end = one.x - APART_PX;
  }
  return placed;
}

// denominator_explorer/panel.js
var PARTS = [
  { key: "candidate", pattern: "plain", label: "" },
  { key: "others", pattern: "plain", label: "all other valid votes" },
  { key: "blank", pattern: "dots", label: "blank" },
  { key: "null", pattern: "stripes", label: "null" },
  { key: "absent", pattern: "plain", label: "did not vote" }
];
var WHOLES = [
  { label: "Valid votes", total: "valid_votes", parts: 2 },
  { label: "Votes cast", total: "votes_cast", parts: 4 },
  { label: "Registered electors", total: "registered", parts: 5 }
];
var BAR = { height: 34, label: 18, gap: 16 };
var STEP = BAR.label + BAR.height + BAR.gap;
var BOTTOM = WHOLES.length * STEP - BAR.gap + 1;
function splitElectors(place, candidate) {
  const votes = place.votes[candidate.column];
  return {
    candidate: votes,
    others: place.valid_votes - votes,
    blank: place.blank_votes,
    null: place.null_votes,
    absent: place.registered - place.votes_cast
  };
}
function drawNames(named, parts, width) {
  const whole = named.reduce((sum, { key }) => sum + parts[key], 0);
  let begin = 0;
  const pieces = named.map(({ key, label }) => {
    const long = parts[key] * width / whole;
    begin += long;
    return { name: label, middle: begin - long / 2 };
  });
  return placeNames(pieces, width).map(({ name, x }) => svg("text", { x, y: BOTTOM + 15, class: "soft" }, name));
}
function drawFigure(prefix, width, place, candidate, stretched, named) {
  const parts = splitElectors(place, candidate);
  const ends = WHOLES.map(({ total }) => parts.candidate * width / (stretched ? place[total] : place.registered));
  const bars = WHOLES.map((whole, row) => {
    const y = row * STEP + BAR.label;
    const total = place[whole.total];
    const scale = width / (stretched ? total : place.registered);
    const bar = drawBar(prefix, PARTS.slice(0, whole.parts), parts, { y, height: BAR.height, scale });
    const number = { x: total * scale, y: y - 6, "text-anchor": "end", class: "soft" };
    const from = { x1: ends[row - 1], y1: y - BAR.label - BAR.gap, x2: ends[row], y2: y, class: "carried" };
    return svg(
      "g",
      {},
      row ? svg("line", from) : [],
      svg("text", { x: 0, y: y - 5, class: "row halo" }, whole.label),
      svg("text", number, writeCount(total)),
      bar
    );
  });
  const name = `Bars. ${candidate.name}, ${place.name}: ${writeCount(parts.candidate)} votes, drawn as a part of ${writeCount(place.valid_votes)} valid votes, of ${writeCount(place.votes_cast)} votes cast and of ${writeCount(place.registered)} registered electors.`;
  const figure = { role: "img", "aria-label": name, width, height: BOTTOM + (named.length ? 20 : 6) };
  return svg("svg", figure, defineFills(prefix, PARTS), bars, drawNames(named, parts, width));
}
function makeNumbers(place, candidate) {
  const parts = splitElectors(place, candidate);
  const rows = [
    [`Votes for ${candidate.name}`, parts.candidate],
    ["All other valid votes", parts.others],
    ["Valid votes", place.valid_votes],
    ["Blank votes", parts.blank],
    ["Null votes", parts.null],
    ["Votes cast", place.votes_cast],
    ["Registered, did not vote", parts.absent],
    ["Registered electors", place.registered]
  ];
  const cells = rows.map(([label, number]) => [label, writeCount(number)]);
  const caption = `${candidate.name}, ${place.name}`;
  return makeCountTable(caption, ["What is counted", "Number"], cells, [2, 5, 7]);
}
function sayLesson(votes, stretched) {
  const number = html("b", {}, `${votes} votes`);
  return stretched ? ["The same ", number, " fill another part of each bar: only the whole differs."] : ["The ", number, " are equally long in all three bars. Only the whole grows, so the share shrinks."];
}
function render({ model, el }) {
  const { candidates, places, start } = model.get("content");
  const { root, signal, close } = openPanel({ model, el }, "denominator-explorer", "One number of votes, three wholes");
  const prefix = makeId("part");
  const [candidate, place] = [candidates, places].map((all) => {
    const names = all.map(({ name }) => name);
    return makeDropDown(names, draw);
  });
  candidate.selectedIndex = start;
  const scales = [
    { value: "votes", label: "to one scale" },
    { value: "whole", label: "each as 100 %" }
  ];
  const scale = makeRadios("Draw bars", scales, draw);
  scale.node.classList.add("controls");
  const drawing = html("div", { class: "figure" });
  const legend = html("div");
  const twin = html("div");
  const said = html("p", { role: "status" });
  function draw() {
    const [here, who] = [places[place.selectedIndex], candidates[candidate.selectedIndex]];
    const stretched = scale.value() === "whole";
    const named = PARTS.map((part) => part.label ? part : { ...part, label: who.name });
    const width = Math.max(drawing.clientWidth, 200);
    const isWide = width >= 560;
    drawing.replaceChildren(drawFigure(prefix, width, here, who, stretched, isWide ? named : []));
    legend.replaceChildren(...isWide ? [] : [makeLegend(prefix, named)]);
    twin.replaceChildren(makeNumbers(here, who));
    said.replaceChildren(...sayLesson(writeCount(here.votes[who.column]), stretched));
  }
  const lists = [labelControl("Candidate", candidate), labelControl("Place", place)];
  const table = html("details", {}, html("summary", {}, "The same as a table"), twin);
  root.append(html("div", { class: "controls" }, lists, scale.node), said, drawing, legend, table);
  draw();
  redrawOnResize(drawing, draw, signal);
  return close;
}
var panel_default = { render };
export {
  panel_default as default
};
