/* Made by "make js" with esbuild 0.28.2 from sha256:24bc9fafc8b91cf79436d4b8e603cb0f585ac75ee7ac91cc7ee6251a42895087 */

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
function setIfChanged(node, settings) {
  for (const [name, setting] of Object.entries(settings)) {
    if (node.getAttribute(name) !== String(setting)) node.setAttribute(name, String(setting));
  }
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
function makeDisclosure(text, part, toggled) {
  part.hidden = true;
  const act = () => {
    part.hidden = !part.hidden;
    node.setAttribute("aria-expanded", String(!part.hidden));
    toggled();
  };
  const node = makeButton(text, act, { "aria-expanded": "false" });
  return node;
}

// shared/messages.js
var makeSpokenLine = () => html("p", { class: "backyard-unseen", role: "status" });

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

// timeline_explorer/dates.js
var DAY_MS = 864e5;
var MONTHS = [
  ...["January", "February", "March", "April", "May", "June", "July"],
  ...["August", "September", "October", "November", "December"]
];
var STEPS = [
  ...[100, 50, 20, 10, 5, 2, 1].map((years) => ({ months: 12 * years, days: [1], px: 58 })),
  ...[6, 3, 1].map((months) => ({ months, days: [1], px: 84 })),
  ...[
    [1, 16],
    [1, 8, 15, 22]
  ].map((days) => ({ months: 1, days, px: 100 }))
];
var readDay = (text) => Date.parse(`${text}T00:00Z`) / DAY_MS;
function splitDay(day) {
  const date = new Date(Math.floor(day) * DAY_MS);
  return [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
}
function writeDate(day, precision) {
  const [year, month, date] = splitDay(day);
  if (precision === "year") return String(year);
  return precision === "month" ? `${MONTHS[month]} ${year}` : `${date} ${MONTHS[month]} ${year}`;
}
function listTicks(from, until, scale) {
  const isWide = ({ months, days, px }) => months * 30.4 * scale / days.length >= px;
  const step = STEPS.findLast(isWide) ?? STEPS[0];
  const [year, month] = splitDay(from);
  const begin = year * 12 + month - (year * 12 + month) % step.months;
  const ticks = [];
  for (let at = begin; ; at += step.months) {
    for (const date of step.days) {
      const day = Date.UTC(Math.floor(at / 12), at % 12, date) / DAY_MS;
      if (day > until) return ticks;
      if (day >= from) ticks.push({ day, text: writeTick(day, step) });
    }
  }
}
function writeTick(day, { months, days }) {
  const [year, month, date] = splitDay(day);
  if (months >= 12) return String(year);
  const short = `${MONTHS[month].slice(0, 3)} ${year}`;
  return days.length > 1 ? `${date} ${short}` : short;
}

// shared/choice_list.js
function makeDropDown(choices, changed) {
  const options = choices.map(({ value, label }) => html("option", { value }, label));
  return html("select", { onchange: changed }, options);
}
function makeTickBox(label, changed, settings = {}) {
  const box = html("input", { type: "checkbox", onchange: changed, ...settings });
  return { box, node: html("label", { class: "choice" }, box, label) };
}
function makeTickBoxes(legend, choices, changed) {
  const all = choices.map(({ value, label }) => makeTickBox(label, changed, { value, checked: true }));
  const labels = all.map(({ node: node2 }) => node2);
  const list = html("div", { class: "choices" }, labels);
  const node = html("fieldset", { class: "boxes" }, html("legend", {}, legend), list);
  const chosen = () => all.flatMap(({ box }) => box.checked ? [box.value] : []);
  function setAll(checked) {
    for (const { box } of all) box.checked = checked;
  }
  return { node, chosen, setAll, isWhole: () => all.every(({ box }) => box.checked) };
}

// timeline_explorer/layout.js
var ROW_PX = 24;
var POINT_PX = 6;
var LANE_PX = 6;
var SPACE_PX = 3;
var LEAST_PX = { sure: 10, unsure: 17, label: 72 };
var BAR_PX = 40;
var ROWS_AT_MOST = 21;
function timeEvent(event) {
  const [first, last, until] = [event.first, event.last, event.until].map(readDay);
  const from = event.from === null ? null : readDay(event.from);
  return {
    ...event,
    begin: first,
    end: (from === null ? last : until) + 1,
    interval: from !== null,
    core: [last, (from ?? first) + 1],
    unsure: { begin: first !== last, end: from !== null && from !== until }
  };
}
function placeMark(event, scale) {
  const [left, right] = [event.begin * scale, event.end * scale];
  const sure = !event.unsure.begin && !event.unsure.end;
  const bar = event.interval || !sure && right - left > BAR_PX;
  const least = sure ? LEAST_PX.sure : LEAST_PX.unsure;
  const isPoint = sure && !bar;
  const more = isPoint ? 2 * POINT_PX - (right - left) : Math.max(least - (right - left), 0);
  return { event, left: left - more / 2, right: right + more / 2, bar, y: 0, label: null };
}
function countRows(marks) {
  const ends = (
    /** @type {number[]} */
    []
  );
  for (const { left, right } of marks) {
    const free = ends.findIndex((end) => end + SPACE_PX <= left);
    ends[free < 0 ? ends.length : free] = right;
  }
  return Math.max(ends.length, 1);
}
function spreadMarks(marks, count) {
  const rows = Array.from({ length: count }, () => (
    /** @type {Mark[]} */
    []
  ));
  const end = (row) => row.at(-1)?.right ?? Number.NEGATIVE_INFINITY;
  for (const mark of marks) {
    const free = rows.filter((row) => end(row) + SPACE_PX <= mark.left);
    free.reduce((best, row) => end(row) < end(best) ? row : best).push(mark);
  }
  return rows;
}
function labelRow(row, bounds, measure) {
  let taken = bounds.left;
  for (const [place, mark] of row.entries()) {
    const next = place + 1 < row.length ? row[place + 1].left - SPACE_PX : bounds.right;
    const start = mark.bar ? mark.left : mark.right + 3;
    const wanted = measure(mark.event.title);
    const least = Math.min(wanted, LEAST_PX.label);
    const [before, after] = [mark.left - 3 - taken, next - start];
    const left = !mark.bar && before >= least ? { start: mark.left - 3, limit: taken, before: true } : null;
    const right = after >= least ? { start, limit: next, before: false } : null;
    mark.label = after < wanted && before >= wanted && left || right || left;
    const end = mark.label && !mark.label.before ? Math.min(start + wanted, next) : mark.right;
    taken = Math.max(mark.right, end) + 3 * SPACE_PX;
  }
}
function makeLane(category, marks, count, bounds, measure) {
  const rows = spreadMarks(marks, count);
  for (const row of rows) labelRow(row, bounds, measure);
  const hidden = marks.filter(({ label }) => label === null).length;
  return { category, marks, rows, hidden, top: 0, height: 0 };
}
function layOutTimeline(events, categories, scale, bounds, measure, heading) {
  const lanes = categories.flatMap((category) => {
    const found = events.filter((event) => event.category === category);
    const marks = found.map((event) => placeMark(event, scale));
    marks.sort((one, other) => one.left - other.left);
    return found.length ? [makeLane(category, marks, countRows(marks), bounds, measure)] : [];
  });
  let rows = lanes.reduce((sum, lane) => sum + lane.rows.length, 0);
  for (; lanes.length && rows < ROWS_AT_MOST; rows += 1) {
    const worst = lanes.reduce((best, lane) => lane.hidden > best.hidden ? lane : best);
    if (!worst.hidden) break;
    const { category, marks } = worst;
    const more = worst.rows.length + 1;
    lanes[lanes.indexOf(worst)] = makeLane(category, marks, more, bounds, measure);
  }
  return stackLanes(lanes, heading);
}
function stackLanes(lanes, heading) {
  let top = 0;
  for (const lane of lanes) {
    lane.top = top;
    lane.height = heading + lane.rows.length * ROW_PX + LANE_PX;
    for (const [index, row] of lane.rows.entries()) {
      for (const mark of row) mark.y = top + heading + LANE_PX / 2 + index * ROW_PX;
    }
    top += lane.height;
  }
  return { lanes, marks: lanes.flatMap(({ marks }) => marks), height: top };
}

// timeline_explorer/shapes.js
var BAR_PX2 = 7;
var NARROW_PX = 30;
var drawBox = (x, y, width, height, round) => `M${x + round} ${y}h${width - 2 * round}a${round} ${round} 0 0 1 ${round} ${round}v${height - 2 * round}a${round} ${round} 0 0 1 ${-round} ${round}h${2 * round - width}a${round} ${round} 0 0 1 ${-round} ${-round}v${2 * round - height}a${round} ${round} 0 0 1 ${round} ${-round}z`;
var findBarTop = ({ label }) => label ? ROW_PX - 8.5 : (ROW_PX - BAR_PX2) / 2;
function drawMark(mark, scale) {
  const { event, left, right, bar } = mark;
  const { core, interval, unsure } = event;
  const width = right - left;
  const asked = unsure.begin || unsure.end;
  const high = bar ? BAR_PX2 : 2 * POINT_PX;
  const y = bar ? findBarTop(mark) : ROW_PX / 2 - POINT_PX;
  if (!asked) {
    const whole = bar ? drawBox(0, y, width, high, 2) : drawBox(0, y, high, high, POINT_PX);
    return { core: whole, loose: "", asks: [] };
  }
  const loose = drawBox(0, y, width, high, bar ? 1 : 3);
  if (!interval || width < NARROW_PX) return { core: "", loose, asks: [width / 2] };
  let [begin, end] = core.map((day) => Math.min(Math.max(day * scale - left, 0), width));
  if (unsure.begin) begin = Math.max(begin, 9);
  if (unsure.end) end = Math.min(end, width - 9);
  const asks = [...unsure.begin ? [begin / 2] : [], ...unsure.end ? [(end + width) / 2] : []];
  return { core: end - begin >= 3 ? drawBox(begin, y, end - begin, high, 0) : "", loose, asks };
}
function drawRing(mark) {
  const width = mark.right - mark.left + 8;
  if (!mark.bar) return drawBox(-4, ROW_PX / 2 - 10, width, 20, 6);
  return drawBox(-4, findBarTop(mark) - 3, width, BAR_PX2 + 6, 4);
}

// timeline_explorer/words.js
function sayWhen(event) {
  const begin = writeDate(event.begin, event.precision);
  if (!event.interval) return begin;
  const end = writeDate(event.end - 1, event.end_precision);
  return begin === end ? begin : `${begin} to ${end}`;
}
function sayDoubt({ unsure, interval, precision, end_precision: endPrecision }) {
  const parts = [
    unsure.begin && `${interval ? "begin" : "date"} known to the ${precision} only`,
    unsure.end && `end known to the ${endPrecision} only`
  ];
  return parts.filter(Boolean).join(", ");
}
function sayWhenAndDoubt(event) {
  const doubt = sayDoubt(event);
  return doubt ? `${sayWhen(event)} (${doubt})` : sayWhen(event);
}
var sayCountries = ({ countries }) => countries.map(([, name]) => name).join(", ");
function sayEvent(event) {
  const { title, category, invoked } = event;
  return `${sayWhenAndDoubt(event)}: ${title}. ${category}; doctrine invoked: ${invoked}`;
}
function listFacts(event) {
  const [doubt, other] = [sayDoubt(event), event.other_category];
  const evidence = event.invocation_evidence ? ` – ${event.invocation_evidence}` : "";
  const facts = [
    ["When", doubt ? `${sayWhen(event)} – ${doubt}` : sayWhen(event)],
    ["Category", other ? `${event.category} (also read as ${other})` : event.category],
    ["Countries", sayCountries(event)],
    ["Doctrine invoked", `${event.invoked}${evidence}`],
    ["In dispute", event.contested.replaceAll("_", " ").replaceAll(";", ",")],
    ["Support", event.thin ? "thin: this row rests on thin sources" : ""],
    ["Note", event.note],
    ["Source", event.source]
  ];
  return facts.filter(([, words]) => words);
}

// timeline_explorer/options.js
var LABEL_FONT = "12.5px";
var INVOCATION = [
  { key: "yes", pattern: "plain", label: "yes" },
  { key: "disputed", pattern: "stripes", label: "disputed" },
  { key: "no", pattern: "plain", label: "no" },
  { key: "unstated", pattern: "dots", label: "not stated" }
];
var findFill = ({ invoked }) => INVOCATION.find(({ key }) => key === invoked) ?? INVOCATION[INVOCATION.length - 1];
function makeRuler(root) {
  const context = html("canvas").getContext("2d");
  const known = (
    /** @type {Map<string, number>} */
    /* @__PURE__ */ new Map()
  );
  function measure(text) {
    if (!context) return 0;
    if (!known.size) context.font = `${LABEL_FONT} ${getComputedStyle(root).fontFamily}`;
    const width = known.get(text) ?? context.measureText(text).width;
    known.set(text, width);
    return width;
  }
  function cut(text, room) {
    const whole = measure(text);
    if (whole <= room) return text;
    let length = Math.floor(text.length * room / whole);
    const short = () => `${text.slice(0, length).trimEnd()}…`;
    while (length > 1 && measure(short()) > room) length -= 1;
    return short();
  }
  return { measure, cut };
}
function writeLabel({ label, bar, event }, from, ruler) {
  if (!label) return { x: 0, text: "" };
  if (label.before) {
    return { x: label.start, text: ruler.cut(event.title, label.start - label.limit) };
  }
  const x = bar ? Math.max(label.start, from + 4) : label.start;
  return { x, text: label.limit - x < 24 ? "" : ruler.cut(event.title, label.limit - x) };
}
function makeOption(event, prefix, ruler, size) {
  const { key, pattern } = findFill(event);
  const fill = pattern === "plain" ? {} : { fill: `url(#${prefix}-${key})` };
  const hit = svg("path", { class: "hit" });
  const ring = svg("path", { class: "ring" });
  const loose = svg("path", { class: "loose", ...fill });
  const core = svg("path", { class: "core", ...fill });
  const asks = svg("text", { class: "asks", "text-anchor": "middle" });
  const label = svg("text", { class: "label" });
  const node = svg(
    "g",
    {
      ...{ role: "option", id: makeId("event"), class: `event is-${key}`, tabindex: "-1" },
      ...{ "aria-label": sayEvent(event), "aria-setsize": size, "aria-selected": "false" },
      "data-id": event.id
    },
    svg("title", {}, `${sayWhen(event)}: ${event.title}`),
    ...[hit, ring, loose, core, asks, label]
  );
  function write(where, text) {
    if (where.textContent !== text) where.textContent = text;
  }
  function show(mark, scale, from) {
    const drawn = drawMark(mark, scale);
    const width = mark.right - mark.left;
    const wide = Math.max(width, 24);
    setIfChanged(node, { transform: `translate(${(mark.left - from).toFixed(1)} ${mark.y})` });
    setIfChanged(hit, { d: `M${(width - wide) / 2} 0h${wide}v${ROW_PX}h${-wide}z` });
    setIfChanged(ring, { d: drawRing(mark) });
    setIfChanged(core, { d: drawn.core });
    setIfChanged(loose, { d: drawn.loose });
    setIfChanged(asks, {
      x: drawn.asks.map((x2) => x2.toFixed(1)).join(" "),
      y: mark.bar ? findBarTop(mark) + BAR_PX2 : ROW_PX / 2 + 4
    });
    write(asks, "?".repeat(drawn.asks.length));
    const { x, text } = writeLabel(mark, from, ruler);
    setIfChanged(label, {
      x: (x - mark.left).toFixed(1),
      y: mark.bar ? 13 : ROW_PX / 2 + 4.5,
      "text-anchor": mark.label?.before ? "end" : "start"
    });
    write(label, text);
  }
  return { node, show };
}
function makeOptions(all, prefix, ruler) {
  const options = new Map(all.map((event) => [event.id, makeOption(event, prefix, ruler, all.length)]));
  function show(events, placed, { chosen, stop, scale, from }) {
    for (const [place, { id }] of events.entries()) {
      const node = options.get(id)?.node;
      if (node) setIfChanged(node, { "aria-posinset": place + 1 });
    }
    for (const [id, { node, show: showMark }] of options) {
      const mark = placed.get(id);
      node.classList.toggle("away", !mark);
      setIfChanged(node, {
        "aria-setsize": events.length,
        "aria-selected": String(id === chosen),
        tabindex: id === stop ? "0" : "-1"
      });
      if (mark) showMark(mark, scale, from);
    }
  }
  const nodes = [...options.values()].map(({ node }) => node);
  return { nodes, show, node: (id) => options.get(id)?.node };
}

// timeline_explorer/filter.js
var ANY = "";
function makeCategoryFilter(categories, changed) {
  const choices = categories.map((value) => ({ value, label: value }));
  const boxes = makeTickBoxes("Show events of these categories", choices, act);
  const summary = html("summary");
  function setAll(checked) {
    boxes.setAll(checked);
    act();
  }
  function act() {
    say();
    changed();
  }
  function say() {
    summary.textContent = `Categories: ${boxes.chosen().length} of ${categories.length}`;
  }
  const buttons = [makeButton("All", () => setAll(true)), makeButton("None", () => setAll(false))];
  const row = html("div", { class: "buttons" }, buttons);
  const folded = html("div", { class: "folded" }, boxes.node, row);
  say();
  return { ...boxes, node: html("details", { class: "categories" }, summary, folded), setAll };
}
function listCountries(events) {
  const names = new Map(events.flatMap(({ countries }) => countries));
  const choices = [...names].map(([value, label]) => ({ value, label }));
  return choices.sort((one, other) => one.label.localeCompare(other.label));
}
function makeFilter(events, categories, swatch, changed) {
  const category = makeCategoryFilter(categories, changed);
  const countries = [{ value: ANY, label: "All countries" }, ...listCountries(events)];
  const country = makeDropDown(countries, changed);
  const fills = INVOCATION.filter((fill) => events.some((event) => findFill(event) === fill));
  const kinds = fills.map(({ key, label }) => ({ value: key, label: [swatch(key), label] }));
  const invoked = makeTickBoxes("Doctrine invoked", kinds, changed);
  const reset = makeButton("Show all", () => {
    invoked.setAll(true);
    country.value = ANY;
    category.setAll(true);
  });
  const fields = [invoked.node, labelControl("Country", country), category.node, reset];
  function listPassing() {
    const [lanes, keys] = [category.chosen(), invoked.chosen()];
    return events.filter(
      (event) => lanes.includes(event.category) && keys.includes(findFill(event).key) && (country.value === ANY || event.countries.some(([code]) => code === country.value))
    );
  }
  function show() {
    markIdle(reset, category.isWhole() && invoked.isWhole() && country.value === ANY);
  }
  return { node: html("div", { class: "controls filter" }, fields), listPassing, show };
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
function drawSwatch(prefix, key) {
  const place = { x: 0.5, y: 0.5, width: SWATCH.width - 1, height: SWATCH.height - 1 };
  return svg("svg", { ...SWATCH, "aria-hidden": "true" }, drawPiece(prefix, key, place));
}

// timeline_explorer/picture.js
var AXIS_PX = 24;
var NAMES_PX = 168;
var HEADING_PX = 17;
var WIDE_PX = 640;
function drawAxis({ from, until }, width, height) {
  const scale = width / (until - from);
  const ticks = listTicks(from, until, scale).flatMap(({ day, text }) => {
    const x = (day - from) * scale;
    const half = text.length * 3.8;
    const place = Math.min(Math.max(x, half), width - half);
    const words = Math.abs(place - x) > 14 ? "" : text;
    return [
      svg("path", { class: "tick", d: `M${x.toFixed(1)} ${AXIS_PX - 4}V${height}` }),
      svg("text", { x: place.toFixed(1), y: 15, "text-anchor": "middle" }, words)
    ];
  });
  return [svg("path", { class: "axis", d: `M0 ${AXIS_PX - 0.5}H${width}` }), ...ticks];
}
function drawBands(lanes, width) {
  const tinted = lanes.filter((_, index) => index % 2 === 0);
  return tinted.map(({ top, height }) => svg("rect", { class: "band", x: 0, y: top + AXIS_PX, width, height }));
}
function drawNames(lanes, beside) {
  return lanes.map(({ category, top, marks }) => {
    const number = svg("tspan", { class: "count", dx: 5 }, String(marks.length));
    const place = { x: 4, y: top + AXIS_PX + (beside ? 17 : 14) };
    return svg("text", { class: "lane", ...place }, category, number);
  });
}
function makeLayers(prefix, events) {
  const makeUnread = (name) => svg("g", { "aria-hidden": "true", class: name });
  const [bands, names, axis] = ["bands", "names", "axis-marks"].map(makeUnread);
  const list = svg("g", { role: "listbox", class: "events", transform: `translate(0 ${AXIS_PX})` }, events);
  const line = svg("path", { class: "now", "aria-hidden": "true" });
  const ground = svg("rect", { class: "hit", width: "100%", height: "100%" });
  const plot = svg("svg", { class: "plot" }, ground, axis, line, list);
  const node = svg("svg", { class: "picture" }, defineFills(prefix, INVOCATION), bands, plot, names);
  return { node, plot, bands, names, axis, line, list };
}
function drawLineTo(mark, from) {
  if (!mark) return "M0 0";
  const at = mark.bar ? mark.left : (mark.left + mark.right) / 2;
  return `M${(at - from).toFixed(1)} ${AXIS_PX}V${mark.y + AXIS_PX}`;
}
function makePicture(all, categories, root) {
  const prefix = makeId("fill");
  const ruler = makeRuler(root);
  const options = makeOptions(all, prefix, ruler);
  const { node, plot, list, ...layers } = makeLayers(prefix, options.nodes);
  let laid = (
    /** @type {ReturnType<typeof layOutTimeline>} */
    { lanes: [], marks: [], height: 0 }
  );
  let laidFor = "";
  let whole = WIDE_PX;
  const left = () => whole >= WIDE_PX ? NAMES_PX : 0;
  const width = () => Math.max(whole - left(), 100);
  function measure() {
    whole = node.clientWidth;
  }
  function lay(events, scale, bounds) {
    const key = `${scale} ${left()} ${events.map(({ id }) => id).join()}`;
    if (laidFor === key) return;
    laidFor = key;
    const ends = { left: bounds.from * scale, right: bounds.until * scale };
    const heading = left() ? 0 : HEADING_PX;
    laid = layOutTimeline(events, categories, scale, ends, ruler.measure, heading);
    layers.bands.replaceChildren(...drawBands(laid.lanes, whole));
    layers.names.replaceChildren(...drawNames(laid.lanes, left() > 0));
    const height = laid.height + AXIS_PX;
    setIfChanged(node, { height });
    setIfChanged(plot, { height, x: left(), width: width() });
  }
  function show(events, view, bounds, chosen) {
    const scale = width() / (view.until - view.from);
    const [from, until] = [view.from * scale, view.until * scale];
    lay(events, scale, bounds);
    layers.axis.replaceChildren(...drawAxis(view, width(), laid.height + AXIS_PX));
    const seen = laid.marks.filter((mark) => mark.right > from && mark.left < until);
    const kept = laid.marks.find(({ event }) => event.id === chosen);
    const placed = new Map([...seen, ...kept ? [kept] : []].map((mark) => [mark.event.id, mark]));
    const stop = kept ? kept.event.id : findFirst(seen)?.event.id;
    options.show(events, placed, { chosen, stop, scale, from });
    setIfChanged(layers.line, { d: drawLineTo(kept, from) });
    return seen.length;
  }
  const dayAt = (x, { from, until }) => from + (x - node.getBoundingClientRect().left - left()) / width() * (until - from);
  return {
    ...{ node, plot, list, measure, show, dayAt, width, option: options.node },
    swatch: (key) => drawSwatch(prefix, key),
    lanes: () => laid.lanes
  };
}
var findFirst = (marks) => marks.length ? marks.reduce((best, mark) => best.event.begin <= mark.event.begin ? best : mark) : void 0;

// timeline_explorer/view.js
var MONTH_DAYS = 31;
var YEAR_DAYS = 365.2425;
var STRIP_PX = 26;
var DRAG_PX = 4;
var LINE_PX = 33;
var DOUBLE_PX = 200;
var SPANS = [
  ...[100, 50, 20, 10, 5, 2].map((years) => ({ years, label: `${years} years` })),
  ...[
    { years: 1, label: "1 year" },
    { years: 0.5, label: "half a year" }
  ],
  { years: 0.25, label: "3 months" }
].map(({ years, label }) => ({ value: Math.round(years * YEAR_DAYS), label }));
function makeTimeView(events, changed) {
  const first = Math.min(...events.map(({ begin }) => begin));
  const last = Math.max(...events.map(({ end }) => end));
  const room = Math.max((last - first) * 0.02, MONTH_DAYS / 2 + 1);
  const bounds = { from: first - room, until: last + room };
  const whole = bounds.until - bounds.from;
  const view = { ...bounds };
  function set(span2, at, share = 0.5) {
    const days = Math.min(Math.max(span2, MONTH_DAYS), whole);
    const from = Math.min(Math.max(at - days * share, bounds.from), bounds.until - days);
    if (from === view.from && from + days === view.until) return;
    Object.assign(view, { from, until: from + days });
    changed();
  }
  const span = () => view.until - view.from;
  const middle = () => (view.from + view.until) / 2;
  const zoom = (factor, at = middle()) => set(span() * factor, at, (at - view.from) / span());
  const move = (share) => set(span(), middle() + share * span());
  const showAll = () => set(whole, first);
  function reveal({ begin, end }) {
    const edge = span() * 0.08;
    const seen = Math.min(end, view.until - edge / 4) - Math.max(begin, view.from + edge / 4);
    if (seen > 0) return;
    const [low, high] = [begin - edge, Math.min(end, begin + span() * 0.5) + edge];
    if (low < view.from) set(span(), low, 0);
    else if (high > view.until) set(span(), high, 1);
  }
  return { view, bounds, whole, set, span, middle, zoom, move, showAll, reveal };
}
function makeViewControls(time, anchor) {
  const spans = SPANS.filter(({ value }) => value < time.whole * 0.98 && value > MONTH_DAYS);
  const ends = [
    { value: MONTH_DAYS, label: "a month" },
    { value: "", label: "another span" }
  ];
  const choice = makeDropDown(
    [{ value: Math.ceil(time.whole), label: "all" }, ...spans, ...ends],
    () => time.set(Number(choice.value), anchor())
  );
  choice.options[choice.length - 1].hidden = true;
  const makeSign = (sign, name, act) => makeButton(sign, act, { "aria-label": name, title: name });
  const inward = makeSign("+", "Zoom in", () => time.zoom(0.5, anchor()));
  const outward = makeSign("−", "Zoom out", () => time.zoom(2, anchor()));
  const earlier = makeSign("◀", "Earlier", () => time.move(-0.5));
  const later = makeSign("▶", "Later", () => time.move(0.5));
  const all = makeButton("All", time.showAll);
  const buttons = html("div", { class: "buttons" }, outward, inward, earlier, later, all);
  function show() {
    const { view, bounds } = time;
    const isShown = ({ value }) => value !== "" && Math.abs(Number(value) - time.span()) < 1;
    choice.value = [...choice.options].find(isShown)?.value ?? "";
    markIdle(inward, time.span() <= MONTH_DAYS);
    for (const button of [outward, all]) markIdle(button, time.span() >= time.whole);
    markIdle(earlier, view.from <= bounds.from);
    markIdle(later, view.until >= bounds.until);
  }
  const span = labelControl("Span", choice);
  span.classList.add("inline");
  return { node: html("div", { class: "controls" }, buttons, span), show };
}
function heedPointer(plot, time, dayAt, width) {
  let drag = (
    /** @type {{ x: number, day: number, moved: boolean } | null} */
    null
  );
  const moveTo = (day) => time.set(time.span(), day);
  function turnWheel(event) {
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1;
    const [across, down] = [event.deltaX * unit, event.deltaY * unit];
    const aside = event.shiftKey ? down || across : across;
    if (event.ctrlKey || event.metaKey) time.zoom(2 ** (down / DOUBLE_PX), dayAt(event.clientX));
    else if (aside && (event.shiftKey || Math.abs(across) >= Math.abs(down))) {
      moveTo(time.middle() + aside * time.span() / width());
    } else return;
    event.preventDefault();
  }
  function end() {
    if (drag?.moved) ignoreClick(plot);
    drag = null;
  }
  plot.addEventListener("wheel", turnWheel, { passive: false });
  plot.addEventListener("pointerdown", (event) => {
    if (event.button === 0) drag = { x: event.clientX, day: time.middle(), moved: false };
  });
  plot.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const by = event.clientX - drag.x;
    if (!drag.moved && Math.abs(by) < DRAG_PX) return;
    if (!drag.moved) plot.setPointerCapture(event.pointerId);
    drag.moved = true;
    moveTo(drag.day - by * time.span() / width());
  });
  plot.addEventListener("pointerup", end);
  plot.addEventListener("pointercancel", end);
}
function ignoreClick(node) {
  const ignore = (event) => event.stopPropagation();
  node.addEventListener("click", ignore, true);
  setTimeout(() => node.removeEventListener("click", ignore, true));
}
function makeStrip(time) {
  const [marks, frame] = [svg("path", { class: "marks" }), svg("rect", { class: "window", rx: 3 })];
  const settings = { class: "strip", height: STRIP_PX, "aria-hidden": "true" };
  const node = svg("svg", settings, marks, frame);
  let scale = 1;
  function measure() {
    scale = node.clientWidth / time.whole;
  }
  function go({ clientX }) {
    const x = clientX - node.getBoundingClientRect().left;
    time.set(time.span(), time.bounds.from + x / scale);
  }
  node.addEventListener("pointerdown", (event) => {
    node.setPointerCapture(event.pointerId);
    go(event);
  });
  node.addEventListener("pointermove", (event) => {
    if (event.buttons) go(event);
  });
  function show(events) {
    const placeDay = (day) => (day - time.bounds.from) * scale;
    const lines = events.map(({ begin }) => `M${placeDay(begin).toFixed(1)} 7V${STRIP_PX - 7}`);
    setIfChanged(marks, { d: lines.join("") });
    const [x, width] = [placeDay(time.view.from), time.span() * scale];
    const size = { width: Math.max(width - 2, 6), height: STRIP_PX - 2 };
    setIfChanged(frame, { x: Math.max(x, 1).toFixed(1), y: 1, ...size });
  }
  return { node, measure, show };
}

// timeline_explorer/panel.js
var HELP = "Choose an event to read about it. Drag to move; Ctrl with the wheel zooms. By keyboard, in the picture: ← → from event to event, ↑ ↓ to another lane, + and − zoom, Page Up and Page Down move, 0 shows all.";
var QUIET_MS = 500;
var STEP_KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "Enter", " "];
function findByKey(key, shown, lanes, chosen) {
  const at = shown.findIndex(({ id }) => id === chosen);
  if (at < 0) return shown[0];
  const here = shown[at];
  if (key === "ArrowLeft") return shown[at - 1];
  if (key === "ArrowRight") return shown[at + 1];
  if (key === "Home") return shown[0];
  if (key === "End") return shown[shown.length - 1];
  if (key !== "ArrowUp" && key !== "ArrowDown") return here;
  const lane = lanes.findIndex(({ category }) => category === here.category);
  const other = lanes[lane + (key === "ArrowUp" ? -1 : 1)];
  const away = (event) => Math.abs(event.begin - here.begin);
  const events = other?.marks.map(({ event }) => event);
  return events?.reduce((best, event) => away(event) < away(best) ? event : best);
}
function heedKeys(event, time, choice) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "+" || event.key === "=") time.zoom(0.5, choice.anchor());
  else if (event.key === "-" || event.key === "−") time.zoom(2, choice.anchor());
  else if (event.key === "0") time.showAll();
  else if (event.key === "PageUp") time.move(-0.5);
  else if (event.key === "PageDown") time.move(0.5);
  else if (STEP_KEYS.includes(event.key)) choice.step(event.key);
  else return;
  event.preventDefault();
  event.stopPropagation();
}
function makeDetails(event) {
  const title = html("p", { class: "title" }, html("span", { class: "number" }, event.id));
  title.append(` ${event.title}`);
  const facts = listFacts(event).flatMap(([name, words]) => [html("dt", {}, name), html("dd", {}, words)]);
  const description = event.description ? [html("p", {}, event.description)] : [];
  return [title, ...description, html("dl", {}, facts)];
}
function makeDetailsPane(choice) {
  const text = html("div", { class: "text" });
  const before = makeButton("◀ Previous event", () => choice.step("ArrowLeft"));
  const after = makeButton("Next event ▶", () => choice.step("ArrowRight"));
  const near = makeButton("Zoom to this event", choice.zoomIn);
  const node = html(
    "div",
    { class: "details", role: "group", "aria-label": "Details of the chosen event" },
    html("div", { class: "buttons" }, before, after, near),
    text
  );
  const brief = html("p", { class: "brief", "aria-hidden": "true" });
  const nothing = "What is known of an event, and its source, appears here once you choose it.";
  let drawn = "none";
  function show(event, isFirst, isLast) {
    markIdle(before, isFirst);
    markIdle(after, isLast);
    markIdle(near, !event);
    if (drawn === event?.id) return;
    drawn = event?.id;
    if (event) {
      brief.replaceChildren(html("b", {}, event.title), ` – ${sayWhen(event)}`);
      text.replaceChildren(...makeDetails(event));
    } else {
      brief.replaceChildren(html("span", { class: "note" }, "No event is chosen."));
      text.replaceChildren(html("p", { class: "note" }, nothing));
    }
  }
  return { node, brief, show };
}
function makeEventTable(events, choose) {
  const holder = html("div", { class: "same" });
  const head = ["Event", "Date", "What", "Category", "Countries", "Doctrine invoked"];
  const table = makeTable("", head, []);
  const body = table.tBodies[0];
  const rows = (
    /** @type {Map<string, HTMLTableRowElement>} */
    /* @__PURE__ */ new Map()
  );
  let [latest, written] = [
    events,
    /** @type {TimedEvent[]} */
    []
  ];
  function makeRow(event) {
    const { id, title, category, invoked } = event;
    const what = makeButton(title, () => choose(id), { class: "as-text" });
    const cells = [id, sayWhenAndDoubt(event), what, category, sayCountries(event), invoked];
    const row = makeTableRow(cells);
    rows.set(id, row);
    return row;
  }
  function write() {
    if (holder.hidden || latest === written) return;
    written = latest;
    const count = `${latest.length} of ${events.length} events`;
    if (table.caption) table.caption.textContent = `${count}; press one to see it above`;
    body.replaceChildren(...latest.map((event) => rows.get(event.id) ?? makeRow(event)));
    if (!holder.firstChild) holder.append(scrollSideways(table));
  }
  function show(shown) {
    latest = shown;
    write();
  }
  const toggle = makeDisclosure("Show the same as a table", holder, write);
  return { node: html("div", {}, toggle, holder), show };
}
function makeStatus(count, signal) {
  const node = html("p", { class: "note seen" });
  const told = makeSpokenLine();
  let timer = 0;
  function show(view, shown, seen) {
    const [from, until] = [view.from, view.until].map((day) => {
      const [year, month] = splitDay(day);
      return view.until - view.from > 3e3 ? String(year) : `${MONTHS[month]} ${year}`;
    });
    const events = shown === count ? `${count} events` : `the ${shown} events that fit`;
    node.textContent = `${from} to ${until}: ${seen} of ${events}`;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => told.replaceChildren(node.textContent ?? ""), QUIET_MS);
  }
  signal.addEventListener("abort", () => window.clearTimeout(timer));
  return { node, told, show };
}
function oncePerFrame(act, signal) {
  let asked = 0;
  function run() {
    asked = 0;
    act();
  }
  signal.addEventListener("abort", () => cancelAnimationFrame(asked));
  return () => {
    asked ||= requestAnimationFrame(run);
  };
}
function chooseEvents(events, time, picture, draw) {
  const state = (
    /** @type {{ shown: TimedEvent[], chosen: string | null }} */
    { shown: events, chosen: null }
  );
  const event = () => state.shown.find(({ id }) => id === state.chosen);
  function choose(id, focus) {
    const next = state.shown.find((one) => one.id === id);
    if (!next) return;
    state.chosen = next.id;
    time.reveal(next);
    draw();
    if (focus) picture.option(next.id)?.focus({ preventScroll: true });
  }
  function step(key) {
    const focus = picture.list.contains(findFocus(picture.list));
    choose(findByKey(key, state.shown, picture.lanes(), state.chosen)?.id, focus);
  }
  function zoomIn() {
    const { begin, end } = event() ?? { begin: 0, end: 0 };
    if (end) time.set(Math.max((end - begin) * 1.5, YEAR_DAYS), (begin + end) / 2);
  }
  function anchor() {
    const { begin, end } = event() ?? { begin: Number.NaN, end: Number.NaN };
    const at = (begin + Math.min(end, begin + time.span() / 2)) / 2;
    return at > time.view.from && at < time.view.until ? at : time.middle();
  }
  return { state, event, choose, step, zoomIn, anchor };
}
function heedPicture(picture, time, choice) {
  const { list, plot } = picture;
  list.addEventListener("keydown", (event) => heedKeys(event, time, choice));
  list.addEventListener("focusin", ({ target }) => {
    const { id } = (
      /** @type {SVGElement} */
      target.dataset
    );
    const event = choice.state.shown.find((one) => one.id === id);
    if (event) time.reveal(event);
  });
  plot.addEventListener("click", ({ target }) => {
    const option = (
      /** @type {Element} */
      target.closest("[data-id]")
    );
    choice.choose(option?.getAttribute("data-id") ?? void 0, true);
  });
  heedPointer(plot, time, (x) => picture.dayAt(x, time.view), picture.width);
}
function render({ model, el }) {
  const { title, events: plain } = model.get("content");
  const events = plain.map(timeEvent);
  const categories = [...new Set(events.map(({ category }) => category))];
  const { root, signal, close } = openPanel({ model, el }, "timeline-explorer", title);
  const drawSoon = oncePerFrame(draw, signal);
  const time = makeTimeView(events, drawSoon);
  const picture = makePicture(events, categories, root);
  const choice = chooseEvents(events, time, picture, draw);
  const filter = makeFilter(events, categories, picture.swatch, () => {
    choice.state.shown = filter.listPassing();
    drawSoon();
  });
  const controls = makeViewControls(time, choice.anchor);
  const strip = makeStrip(time);
  const status = makeStatus(events.length, signal);
  const pane = makeDetailsPane(choice);
  const table = makeEventTable(events, (id) => choice.choose(id, true));
  function draw() {
    const { shown, chosen } = choice.state;
    const seen = picture.show(shown, time.view, time.bounds, chosen);
    const place = shown.findIndex(({ id }) => id === chosen);
    controls.show();
    filter.show();
    strip.show(shown);
    status.show(time.view, shown.length, seen);
    pane.show(choice.event(), place === 0 || !shown.length, place === shown.length - 1);
    table.show(shown);
  }
  heedPicture(picture, time, choice);
  const help = html("p", { class: "note", id: makeId("help") }, HELP);
  picture.list.setAttribute("aria-label", title);
  picture.list.setAttribute("aria-describedby", help.id);
  controls.node.append(status.node);
  root.append(filter.node, controls.node, pane.brief, picture.node, strip.node, help);
  root.append(status.told, pane.node, table.node);
  function redraw() {
    picture.measure();
    strip.measure();
    draw();
  }
  redrawOnResize(root, redraw, signal);
  return close;
}
var panel_default = { render };
export {
  panel_default as default
};
