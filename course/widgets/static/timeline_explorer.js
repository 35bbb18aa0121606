/* Made by "make js" with esbuild 0.28.2 from sha256:e853db4c190181c7cc94e37d0ad6e1a0fac6be937806b94604ce4c4487af8337 */

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
function makeDisclosure(text, part, latest, write) {
  part.hidden = true;
  const act = () => {
    part.hidden = !part.hidden;
    node.setAttribute("aria-expanded", String(!part.hidden));
    show(latest);
  };
  const node = makeButton(text, act, { "aria-expanded": "false" });
  function show(next) {
    latest = next;
    if (!part.hidden) write(next);
  }
  return { node, show };
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
var YEAR_DAYS = 365.2425;
var TICK_PX = 64;
var TICK_YEARS = [100, 50, 20, 10, 5, 2, 1];
var DATE = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });
var readDay = (text) => Date.parse(`${text}T00:00Z`) / DAY_MS;
var beginYear = (year) => Date.UTC(year, 0) / DAY_MS;
function writeDate(day, precision) {
  const words = DATE.format(day * DAY_MS).split(" ");
  const known = { year: 1, month: 2 }[precision ?? ""] ?? 3;
  return words.slice(-known).join(" ");
}
function listTicks({ from, until }, width) {
  const scale = width / (until - from);
  const step = TICK_YEARS.findLast((years) => years * YEAR_DAYS * scale >= TICK_PX) ?? TICK_YEARS[0];
  const ticks = [];
  for (let year = Math.ceil((1970 + from / YEAR_DAYS) / step) * step; beginYear(year) <= until; year += step) {
    if (beginYear(year) >= from) ticks.push(year);
  }
  return ticks;
}

// timeline_explorer/layout.js
var POINT_PX = 4.2;
var BAR_PX = 8;
var SPACE_PX = 1.5;
var GAP_PX = 3;
var LABEL_PX = 13;
var REACH_PX = 22;
var LANE_PX = { least: 17, more: 5 };
function timeEvent(event) {
  const { first, last, from, until } = event;
  return {
    ...event,
    begin: readDay(first),
    end: readDay(until) + 1,
    interval: from !== null,
    unsure: { begin: first !== last, end: from !== null && from !== until }
  };
}
function placeMark(event, view, { left, right }) {
  const placeDay = (day) => left + (Math.min(Math.max(day, view.from), view.until) - view.from) * (right - left) / (view.until - view.from);
  const [begin, end] = [placeDay(event.begin), placeDay(event.end)];
  const bar = end - begin > 2 * POINT_PX;
  const middle = (begin + end) / 2;
  const ends = bar ? { left: begin, right: end } : { left: middle - POINT_PX, right: middle + POINT_PX };
  return { event, ...ends, bar, y: 0, label: null };
}
function packRows(marks, alone) {
  if (alone) return marks.map((_, place) => place);
  const ends = (
    /** @type {number[]} */
    []
  );
  return marks.map(({ left, right }) => {
    const free = ends.findIndex((end) => end + SPACE_PX <= left);
    const row = free < 0 ? ends.length : free;
    ends[row] = right;
    return row;
  });
}
function labelMarks(marks, { left, right, measure }) {
  const taken = marks.map((mark) => ({ mark, begin: mark.left, end: mark.right, y: mark.y, high: BAR_PX }));
  for (const mark of marks) {
    const width = measure(mark.event.title);
    const isFree = (x2) => x2 >= left && x2 + width <= right && taken.every(
      (other) => other.mark === mark || other.begin - GAP_PX >= x2 + width || other.end + GAP_PX <= x2 || Math.abs(other.y - mark.y) >= (LABEL_PX + other.high) / 2
    );
    const x = [mark.right + GAP_PX, mark.left - GAP_PX - width].find(isFree);
    if (x === void 0) continue;
    mark.label = x;
    taken.push({ mark, begin: x, end: x + width, y: mark.y, high: LABEL_PX });
  }
}
function layOutTimeline(events, categories, view, frame) {
  const lanes = (
    /** @type {Lane[]} */
    []
  );
  let top = 0;
  for (const category of categories) {
    const found = events.filter((event) => event.category === category);
    if (!found.length) continue;
    const marks = found.map((event) => placeMark(event, view, frame));
    marks.sort((one, other) => one.left - other.left);
    const rows = packRows(marks, frame.alone);
    for (const [place, mark] of marks.entries()) {
      mark.y = top + frame.heading + LANE_PX.least / 2 + rows[place] * frame.rowPx;
    }
    labelMarks(marks, frame);
    const height = frame.heading + LANE_PX.more + Math.max(12, (Math.max(...rows) + 1) * frame.rowPx);
    lanes.push({ category, marks, top, height });
    top += height;
  }
  return { lanes, marks: lanes.flatMap(({ marks }) => marks), height: top };
}
function findNearest(marks, x, y) {
  const away = ({ left, right, y: middle }) => Math.hypot(Math.max(left - x, x - right, 0), middle - y);
  const near = marks.filter((mark) => away(mark) <= REACH_PX);
  return near.sort((one, other) => away(one) - away(other))[0];
}

// timeline_explorer/words.js
function sayWhen(event) {
  const begin = writeDate(event.begin, event.precision);
  if (!event.interval) return begin;
  const end = writeDate(event.end - 1, event.end_precision);
  return begin === end ? begin : `${begin} to ${end}`;
}
function sayWhenAndDoubt(event) {
  const { unsure, interval, precision, end_precision: endPrecision } = event;
  const parts = [
    unsure.begin && `${interval ? "begin" : "date"} known to the ${precision} only`,
    unsure.end && `end known to the ${endPrecision} only`
  ];
  const doubt = parts.filter(Boolean).join(", ");
  return doubt ? `${sayWhen(event)} (${doubt})` : sayWhen(event);
}
var sayCountries = ({ countries }) => countries.map(([, name]) => name).join(", ");
function sayEvent(event) {
  const { title, category, invoked } = event;
  return `${sayWhenAndDoubt(event)}: ${title}. ${category}; doctrine named: ${invoked}`;
}
function listFacts(event) {
  const facts = [
    [`Why “${event.invoked}”`, event.invocation_evidence],
    ["Also read as", event.other_category],
    ["In dispute", event.contested.replaceAll("_", " ").replaceAll(";", ",")],
    ["Note", event.note],
    ["Source", event.source]
  ];
  return facts.filter(([, words]) => words);
}

// timeline_explorer/picture.js
var AXIS_PX = 20;
var WIDE_PX = 560;
var EDGE_PX = 12;
var FEW = 16;
var TIP_PX = 260;
var NAMED = ["yes", "disputed", "no", "not stated"];
var findFill = ({ invoked }) => NAMED.includes(invoked) ? invoked : NAMED[3];
function fillShape(prefix, key) {
  return { class: `core is-${key.replace(" ", "-")}`, fill: key === "disputed" ? `url(#${prefix})` : null };
}
function drawSwatch(prefix, key) {
  const circle = svg("circle", { cx: 6, cy: 6, r: 5.2, ...fillShape(prefix, key) });
  return svg("svg", { width: 12, height: 12, "aria-hidden": "true" }, circle);
}
function makeRuler(root) {
  const context = html("canvas").getContext("2d");
  const known = (
    /** @type {Map<string, number>} */
    /* @__PURE__ */ new Map()
  );
  return (font) => (text) => {
    const key = `${font} ${text}`;
    if (context) context.font = `${font} ${getComputedStyle(root).fontFamily}`;
    const width = known.get(key) ?? context?.measureText(text).width ?? 0;
    known.set(key, width);
    return width;
  };
}
function drawAxis(view, placeDay, width, height) {
  return listTicks(view, width).flatMap((year) => {
    const x = placeDay(beginYear(year)).toFixed(1);
    return [
      svg("path", { class: "tick", d: `M${x} ${AXIS_PX - 3}V${height}` }),
      svg("text", { x, y: 12, "text-anchor": "middle" }, String(year))
    ];
  });
}
function drawLanes(lanes, width, beside) {
  return lanes.flatMap(({ category, top, height, marks }, place) => {
    const name = svg("text", { class: "lane", x: 4, y: AXIS_PX + top + (beside ? 13 : 11) }, category);
    name.append(svg("tspan", { class: "count", dx: 4 }, String(marks.length)));
    if (place % 2) return [name];
    return [svg("rect", { class: "raised", y: AXIS_PX + top, width, height }), name];
  });
}
function makeOption(event, prefix) {
  const doubt = event.unsure.begin || event.unsure.end ? " unsure" : "";
  const core = svg("rect", fillShape(prefix, findFill(event)));
  const hit = svg("rect", { class: "hit", y: -12, height: 24, fill: "none" });
  const option = { role: "option", id: makeId("event"), class: `event${doubt}`, "data-id": event.id };
  const node = svg("g", { ...option, "aria-label": sayEvent(event), "aria-selected": "false" }, hit, core);
  function show({ left, right, bar, y }) {
    const [width, high, rx] = [right - left, bar ? BAR_PX : 2 * POINT_PX, bar ? 2 : POINT_PX];
    const wide = Math.max(width, 24);
    setIfChanged(node, { transform: `translate(${left.toFixed(1)} ${y})` });
    setIfChanged(core, { y: -high / 2, width: width.toFixed(1), height: high, rx });
    setIfChanged(hit, { x: ((width - wide) / 2).toFixed(1), width: wide.toFixed(1) });
  }
  return { node, show };
}
function makePicture(all, categories, root) {
  const prefix = makeId("disputed");
  const ruler = makeRuler(root);
  const options = new Map(all.map((event) => [event.id, makeOption(event, prefix)]));
  const [back, labels] = [0, 1].map(() => svg("g", { "aria-hidden": "true" }));
  const line = svg("path", { class: "now" });
  const ring = svg("rect", { class: "ring", height: 18, rx: 9, fill: "none" });
  const nodes = [...options.values()].map(({ node: node2 }) => node2);
  const list = svg("g", { role: "listbox", "pointer-events": "none" }, nodes);
  const stripes = { width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" };
  const paper = svg("rect", { class: "paper", width: 5, height: 5 });
  const stripe = svg("rect", { class: "stripe", width: 2.6, height: 5 });
  const pattern = svg("pattern", { id: prefix, ...stripes }, paper, stripe);
  const chart = svg("svg", {}, svg("defs", {}, pattern), back, line, labels, list, ring);
  const tip = html("div", { class: "tip", "aria-hidden": "true", hidden: true });
  const node = html("div", { class: "picture" }, chart, tip);
  let laid = (
    /** @type {ReturnType<typeof layOutTimeline>} */
    { lanes: [], marks: [], height: 0 }
  );
  let whole = 0;
  function draw(events, view) {
    const beside = whole >= WIDE_PX;
    const measureName = ruler("650 12px");
    const names = Math.max(...categories.map((name) => measureName(`${name} 00`)));
    const [left, right] = [beside ? names + EDGE_PX + 4 : EDGE_PX, whole - EDGE_PX];
    const alone = events.length <= FEW;
    const rows = { alone, rowPx: alone ? 14 : beside ? 10 : 12, heading: beside ? 0 : 13 };
    laid = layOutTimeline(events, categories, view, { left, right, ...rows, measure: ruler("11px") });
    for (const mark2 of laid.marks) mark2.y += AXIS_PX;
    const height = laid.height + AXIS_PX + 6;
    const placeDay = (day) => left + (day - view.from) * (right - left) / (view.until - view.from);
    setIfChanged(chart, { width: whole, height });
    const axis = drawAxis(view, placeDay, right - left, height - 6);
    back.replaceChildren(...drawLanes(laid.lanes, whole, beside), ...axis);
    const titles = laid.marks.filter(({ label }) => label !== null);
    labels.replaceChildren(
      ...titles.map(({ event, label, y }) => svg("text", { class: "label", x: label ?? 0, y: y + 4 }, event.title))
    );
    const placed = new Map(laid.marks.map((mark2) => [mark2.event.id, mark2]));
    for (const [id, option] of options) {
      const found = placed.get(id);
      option.node.toggleAttribute("hidden", !found);
      if (found) option.show(found);
    }
    const [first, last] = [view.from, view.until].map((day) => writeDate(Math.round(day), "year"));
    const count = `${events.length} of ${all.length} events on ${laid.lanes.length} lanes`;
    setIfChanged(list, { "aria-label": `${count}, ${first} to ${last}` });
  }
  const findMark = (id) => laid.marks.find(({ event }) => event.id === id);
  function mark(chosen, stop) {
    for (const [id, { node: option }] of options) {
      setIfChanged(option, { "aria-selected": String(id === chosen), tabindex: id === stop ? "0" : "-1" });
    }
    const found = findMark(chosen);
    line.toggleAttribute("hidden", !found);
    ring.toggleAttribute("hidden", !found);
    if (!found) return;
    const at = found.bar ? found.left : (found.left + found.right) / 2;
    setIfChanged(line, { d: `M${at.toFixed(1)} ${AXIS_PX}V${laid.height + AXIS_PX + 6}` });
    setIfChanged(ring, { x: found.left - 5, y: found.y - 9, width: found.right - found.left + 10 });
  }
  function point(found) {
    tip.hidden = !found;
    chart.classList.toggle("at-mark", Boolean(found));
    if (!found) return;
    tip.replaceChildren(html("b", {}, found.event.title), html("br"), sayWhen(found.event));
    const x = Math.max(Math.min((found.left + found.right) / 2, whole - TIP_PX / 2), TIP_PX / 2);
    Object.assign(tip.style, { left: `${x}px`, top: `${found.y + 12}px` });
  }
  function findAt({ clientX, clientY }) {
    const box = chart.getBoundingClientRect();
    return findNearest(laid.marks, clientX - box.left, clientY - box.top);
  }
  function measure() {
    whole = node.clientWidth;
  }
  chart.addEventListener("pointermove", (event) => point(findAt(event)));
  chart.addEventListener("pointerleave", () => point(void 0));
  list.addEventListener(
    "focusin",
    ({ target }) => point(findMark(
      /** @type {Element} */
      target.getAttribute("data-id")
    ))
  );
  list.addEventListener("focusout", () => point(void 0));
  return {
    ...{ node, chart, list, draw, mark, measure, findAt, point },
    option: (id) => options.get(id)?.node,
    swatch: (key) => drawSwatch(prefix, key),
    lanes: () => laid.lanes
  };
}

// timeline_explorer/filter.js
var ALL = "all";
var SPANS = [
  { label: "to 1900", years: [0, 1900] },
  { label: "1900–1933", years: [1900, 1934] },
  { label: "1934–1989", years: [1934, 1990] },
  { label: "from 1990", years: [1990, 9999] }
].map(({ label, years }) => ({ label, from: beginYear(years[0]), until: beginYear(years[1]) }));
var MARGIN = 0.015;
var LEAST_DAYS = 400;
var isWithin = ({ begin, end }, { from, until }) => begin < until && end > from;
function listCountries(events) {
  const names = new Map(events.flatMap(({ countries }) => countries));
  const choices = [...names].map(([value, label]) => ({ value, label }));
  return choices.sort((one, other) => one.label.localeCompare(other.label));
}
function makeFilter(events, swatch, changed) {
  const spans = SPANS.filter((span2) => events.some((event) => isWithin(event, span2)));
  const years = makeDropDown([ALL, ...spans.map(({ label }) => label)], changed);
  const country = makeDropDown([ALL, ...listCountries(events)], changed);
  const boxes = NAMED.flatMap((value) => {
    const count = events.filter((event) => findFill(event) === value).length;
    const words = html("span", {}, `${value} ${count}`);
    return count ? [{ value, ...makeTickBox([swatch(value), words], changed, { value, checked: true }) }] : [];
  });
  const legend = html("legend", {}, "Doctrine named");
  const kinds = html("fieldset", { class: "flow" }, legend, ...boxes.map(({ node }) => node));
  const seen = html("span", { class: "seen" });
  const fields = [kinds, labelControl("Years", years), labelControl("Country", country), seen];
  const span = () => spans.find(({ label }) => label === years.value);
  const keys = () => boxes.flatMap(({ box, value }) => box.checked ? [value] : []);
  function listPassing() {
    const [within, shown] = [span(), keys()];
    return events.filter(
      (event) => (!within || isWithin(event, within)) && shown.includes(findFill(event)) && (country.value === ALL || event.countries.some(([code]) => code === country.value))
    );
  }
  function view() {
    const ends = {
      from: Math.min(...events.map(({ begin }) => begin)),
      until: Math.max(...events.map(({ end }) => end))
    };
    const { from, until } = span() ?? ends;
    const [first, last] = [Math.max(from, ends.from), Math.min(until, ends.until)];
    const margin = Math.max((last - first) * MARGIN, (LEAST_DAYS - (last - first)) / 2);
    return { from: first - margin, until: last + margin };
  }
  function say() {
    const place = country.value === ALL ? "" : country.selectedOptions[0].label;
    const words = [place, span()?.label ?? "", `doctrine named: ${keys().join(", ") || "none of these"}`];
    return words.filter(Boolean).join(" · ");
  }
  function reset() {
    for (const { box } of boxes) box.checked = true;
    years.value = ALL;
    country.value = ALL;
    changed();
  }
  function show(count) {
    seen.textContent = `${count} of ${events.length} shown`;
  }
  return { node: html("div", { class: "filter flow" }, fields), listPassing, view, say, reset, show };
}

// timeline_explorer/panel.js
var NOTHING_CHOSEN = "Choose an event: press a mark, or press Tab, the arrow keys and Enter. What is known of it appears here.";
function findByKey(key, shown, lanes, from) {
  const at = shown.findIndex(({ id }) => id === from);
  if (key === "ArrowLeft") return shown[at - 1];
  if (key === "ArrowRight") return shown[at + 1];
  if (key === "Home") return shown[0];
  if (key === "End") return shown.at(-1);
  const lane = lanes.findIndex(({ marks: marks2 }) => marks2.some(({ event }) => event.id === from));
  const here = lanes[lane]?.marks.find(({ event }) => event.id === from);
  const marks = lanes[lane + (key === "ArrowUp" ? -1 : 1)]?.marks;
  if (!here || !marks) return void 0;
  return marks.reduce((best, mark) => Math.abs(mark.left - here.left) < Math.abs(best.left - here.left) ? mark : best).event;
}
function writeEvent(event, away = false) {
  const thin = event.thin ? [" ", html("span", { class: "chip" }, "thin sources")] : [];
  const hidden = away ? [" · ", html("b", {}, "not shown by this filter")] : [];
  const place = [event.category, sayCountries(event), "doctrine named: "].filter(Boolean).join(" · ");
  return [
    html("p", { class: "event-title" }, html("span", { class: "number" }, event.id), html("b", {}, ` ${event.title}`)),
    html(
      "p",
      { class: "meta" },
      html("b", {}, sayWhenAndDoubt(event)),
      ` · ${place}`,
      html("b", {}, event.invoked),
      ...thin,
      ...hidden
    ),
    html("p", { class: "description" }, event.description)
  ];
}
function makeLongest(events) {
  const pick = (say) => events.reduce((best, event) => say(event).length > say(best).length ? event : best);
  const line = pick((event) => sayWhenAndDoubt(event) + event.category + sayCountries(event));
  const [{ title }, { description }] = [pick((event) => event.title), pick((event) => event.description)];
  return { ...line, title, description, thin: false };
}
function makePane(events, step, showAll) {
  const ghost = html("div", { class: "ghost", "aria-hidden": "true" }, ...writeEvent(makeLongest(events)));
  const text = html("div");
  const before = makeButton("← Earlier", () => step(false));
  const after = makeButton("Later →", () => step(true));
  const buttons = html("div", { class: "buttons" }, before, after);
  const facts = html("dl");
  const none = (
    /** @type {TimedEvent | undefined} */
    void 0
  );
  const more = makeDisclosure("Why, note and source", facts, none, (event) => {
    const known = event ? listFacts(event) : [];
    facts.replaceChildren(...known.flatMap(([name, about]) => [html("dt", {}, name), html("dd", {}, about)]));
  });
  const node = html("div", { class: "details", role: "group", "aria-label": "The chosen event" });
  node.append(buttons, html("div", { class: "about reserved" }, ghost, text));
  function writeText(event, shown, words) {
    if (!shown.length) {
      const all = makeButton(`Show all ${events.length}`, showAll);
      return [html("p", {}, html("b", {}, `0 of ${events.length} events`), ` · ${words} `, all)];
    }
    return event ? writeEvent(event, !shown.includes(event)) : [html("p", { class: "note" }, NOTHING_CHOSEN)];
  }
  function show(event, shown, words, isFirst, isLast) {
    markIdle(before, isFirst);
    markIdle(after, isLast);
    markIdle(more.node, !event);
    more.show(event);
    text.replaceChildren(...writeText(event, shown, words));
  }
  return { node, more: more.node, facts, show };
}
function makeEventTable(events, choose) {
  const holder = html("div", { class: "same" });
  const table = makeTable("", ["Event", "Date", "What", "Category", "Countries", "Doctrine named"], []);
  const rows = (
    /** @type {Map<string, HTMLTableRowElement>} */
    /* @__PURE__ */ new Map()
  );
  function makeRow(event) {
    const { id, title, category, invoked } = event;
    const what = makeButton(title, () => choose(id), { class: "as-text" });
    const row = makeTableRow([id, sayWhenAndDoubt(event), what, category, sayCountries(event), invoked]);
    rows.set(id, row);
    return row;
  }
  function write(shown) {
    if (table.caption) table.caption.textContent = `${shown.length} of ${events.length} events; press one to choose it`;
    table.tBodies[0].replaceChildren(...shown.map((event) => rows.get(event.id) ?? makeRow(event)));
    if (!holder.firstChild) holder.append(scrollSideways(table));
  }
  return { ...makeDisclosure(`All ${events.length} as a table`, holder, events, write), holder };
}
function chooseEvents(events, picture, show) {
  const state = {
    shown: events,
    chosen: (
      /** @type {string | undefined} */
      void 0
    ),
    stop: (
      /** @type {string | undefined} */
      void 0
    )
  };
  function choose(id) {
    state.chosen = id;
    state.stop = id ?? state.stop;
    show();
  }
  function findNext(later) {
    const at = events.findIndex(({ id }) => id === state.chosen);
    if (at < 0) return state.shown[0];
    const others = later ? events.slice(at + 1) : events.slice(0, at).reverse();
    return others.find((event) => state.shown.includes(event));
  }
  function heedKeys(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { id } = (
      /** @type {SVGElement} */
      findFocus(picture.list)?.dataset ?? {}
    );
    if (event.key === "Enter" || event.key === " ") choose(id);
    else if (event.key === "Escape") choose(void 0);
    else if (/^(Arrow(Left|Right|Up|Down)|Home|End)$/.test(event.key)) {
      const next = findByKey(event.key, state.shown, picture.lanes(), id);
      if (next) picture.option(next.id)?.focus({ preventScroll: true });
    } else return;
    event.preventDefault();
  }
  return { state, choose, findNext, heedKeys };
}
function render({ model, el }) {
  const { title, events: plain } = model.get("content");
  const events = plain.map(timeEvent);
  const categories = [...new Set(events.map(({ category }) => category))];
  const { root, signal, close } = openPanel({ model, el }, "timeline-explorer", title);
  const picture = makePicture(events, categories, root);
  const { state, choose, findNext, heedKeys } = chooseEvents(events, picture, show);
  const filter = makeFilter(events, picture.swatch, draw);
  const pane = makePane(events, (later) => choose(findNext(later)?.id ?? state.chosen), filter.reset);
  const table = makeEventTable(events, choose);
  const told = makeSpokenLine();
  function show() {
    const chosen = events.find(({ id }) => id === state.chosen);
    const stop = state.shown.find(({ id }) => id === state.stop) ?? state.shown[0];
    picture.mark(state.chosen ?? null, stop?.id);
    pane.show(chosen, state.shown, filter.say(), !findNext(false), !findNext(true));
    told.textContent = chosen ? `${chosen.id} ${chosen.title.slice(0, 70)}, ${sayWhen(chosen)}` : "";
  }
  function draw() {
    state.shown = filter.listPassing();
    picture.draw(state.shown, filter.view());
    filter.show(state.shown.length);
    table.show(state.shown);
    show();
    told.textContent = `${state.shown.length} of ${events.length} events`;
  }
  picture.list.addEventListener("keydown", heedKeys);
  picture.list.addEventListener("focusin", ({ target }) => {
    state.stop = /** @type {SVGElement} */
    target.dataset.id;
    picture.mark(state.chosen ?? null, state.stop);
  });
  picture.chart.addEventListener("click", (event) => {
    const found = picture.findAt(event);
    if (!found) return;
    choose(found.event.id);
    picture.option(found.event.id)?.focus({ preventScroll: true });
    picture.point(void 0);
  });
  pane.node.append(html("div", { class: "more flow" }, pane.more, table.node), pane.facts, table.holder, told);
  root.append(filter.node, picture.node, pane.node);
  function redraw() {
    picture.measure();
    draw();
  }
  redrawOnResize(root, redraw, signal);
  return close;
}
var panel_default = { render };
export {
  panel_default as default
};
