// The picture of a timeline: axis, lanes, and one option of a list box for each event.

const AXIS_PX = 24;
const NAMES_PX = 168; // the column of the lanes' names, where the widget is wide enough
const HEADING_PX = 17; // a lane's name above its rows, where it is not
const WIDE_PX = 640;
const BAR_HIGH_PX = 7;
const NARROW_PX = 30; // a bar in which ends in doubt are not told apart
const LABEL_FONT = "12.5px";
const INVOCATION = [
  { key: "yes", pattern: "plain", label: "yes" },
  { key: "disputed", pattern: "stripes", label: "disputed" },
  { key: "no", pattern: "plain", label: "no" },
  { key: "unstated", pattern: "dots", label: "not stated" },
];
const fillOf = ({ invoked }) => (INVOCATION.some(({ key }) => key === invoked) ? invoked : "unstated");

/** Measures labels in the font that they will have, each text once. */
function labelRuler(root) {
  const context = html("canvas").getContext("2d");
  const known = new Map();
  const measure = (text) => {
    if (!known.size) context.font = `${LABEL_FONT} ${getComputedStyle(root).fontFamily}`;
    if (!known.has(text)) known.set(text, context.measureText(text).width);
    return known.get(text);
  };
  /** The text, or as much of it as fits. */
  function cut(text, room) {
    const whole = measure(text);
    if (whole <= room) return text;
    let length = Math.floor((text.length * room) / whole);
    const short = () => `${text.slice(0, length).trimEnd()}…`;
    while (length > 1 && measure(short()) > room) length -= 1;
    return short();
  }
  return { measure, cut };
}

/** Set an attribute only where it changes: 500 events are drawn again at every step. */
function put(node, name, setting) {
  if (node.getAttribute(name) !== setting) node.setAttribute(name, setting);
}

const box = (x, y, width, height, round) =>
  `M${x + round} ${y}h${width - 2 * round}a${round} ${round} 0 0 1 ${round} ${round}` +
  `v${height - 2 * round}a${round} ${round} 0 0 1 ${-round} ${round}h${2 * round - width}` +
  `a${round} ${round} 0 0 1 ${-round} ${-round}v${2 * round - height}` +
  `a${round} ${round} 0 0 1 ${round} ${-round}z`;

/** A bar lies below its label, or in the middle of its row. */
const barTop = (label) => (label ? ROW_PX - 8.5 : (ROW_PX - BAR_HIGH_PX) / 2);

/** The shapes of a mark from its left: what is certain, what is not, where a question mark stands. */
function shapesOf({ event, left, right, bar, label }, scale) {
  const width = right - left;
  const middleY = ROW_PX / 2;
  const asked = event.unsure.begin || event.unsure.end;
  if (!bar) {
    const high = 2 * POINT_PX;
    if (!asked) return { core: box(0, middleY - POINT_PX, high, high, POINT_PX), loose: "", asks: [] };
    return { core: "", loose: box(0, middleY - POINT_PX, width, high, 3), asks: [width / 2] };
  }
  const [y, high] = [barTop(label), BAR_HIGH_PX];
  if (!asked) return { core: box(0, y, width, high, 2), loose: "", asks: [] };
  if (!event.interval || width < NARROW_PX) return { core: "", loose: box(0, y, width, high, 1), asks: [width / 2] };
  let [begin, end] = event.core.map((day) => Math.min(Math.max(day * scale - left, 0), width));
  if (event.unsure.begin) begin = Math.max(begin, 9);
  if (event.unsure.end) end = Math.min(end, width - 9);
  const asks = [event.unsure.begin && begin / 2, event.unsure.end && (end + width) / 2].filter(Boolean);
  const core = end - begin >= 3 ? box(begin, y, end - begin, high, 0) : "";
  return { core, loose: box(0, y, width, high, 1), asks };
}

/** An event in the picture; its node stays the same while it is moved, so it can keep the focus. */
function optionOf(event, prefix, ruler, size) {
  // A plain colour is much faster to paint than a pattern of one colour.
  const key = fillOf(event);
  const plain = INVOCATION.some((one) => one.key === key && one.pattern === "plain");
  const fill = plain ? {} : { fill: `url(#${prefix}-${key})` };
  const parts = {
    hit: svg("path", { class: "hit" }),
    ring: svg("path", { class: "ring" }),
    loose: svg("path", { class: "loose", ...fill }),
    core: svg("path", { class: "core", ...fill }),
    asks: svg("text", { class: "asks", "text-anchor": "middle" }),
    label: svg("text", { class: "label" }),
  };
  const node = svg(
    "g",
    {
      ...{ role: "option", id: uniqueId("event"), class: `event is-${key}`, tabindex: "-1" },
      ...{ "aria-label": eventInWords(event), "aria-setsize": size, "aria-selected": "false" },
    },
    svg("title", {}, `${whenInWords(event)}: ${event.title}`),
    Object.values(parts),
  );
  node.dataset.id = event.id;

  function write(mark, from) {
    const { label } = mark;
    const text = label ? textOf(mark, from) : "";
    const x = label ? Math.max(label.start, mark.bar ? from + 4 : -Infinity) : 0;
    put(parts.label, "x", (x - mark.left).toFixed(1));
    put(parts.label, "y", mark.bar ? "13" : String(ROW_PX / 2 + 4.5));
    put(parts.label, "text-anchor", label?.before ? "end" : "start");
    if (parts.label.textContent !== text) parts.label.textContent = text;
  }
  function textOf({ label, bar, event: { title } }, from) {
    if (label.before) return ruler.cut(title, label.start - label.limit);
    const start = bar ? Math.max(label.start, from + 4) : label.start;
    return label.limit - start < 24 ? "" : ruler.cut(title, label.limit - start);
  }
  /** Show a mark; `from` is the left end of the view in pixels from day 0. */
  function show(mark, scale, from) {
    const { core, loose, asks } = shapesOf(mark, scale);
    const wide = Math.max(mark.right - mark.left, 24);
    const aside = (mark.right - mark.left - wide) / 2;
    put(node, "transform", `translate(${(mark.left - from).toFixed(1)} ${mark.y})`);
    put(parts.hit, "d", `M${aside} 0h${wide}v${ROW_PX}h${-wide}z`);
    put(parts.ring, "d", ringOf(mark));
    put(parts.core, "d", core);
    put(parts.loose, "d", loose);
    put(parts.asks, "x", asks.map((x) => x.toFixed(1)).join(" "));
    put(parts.asks, "y", mark.bar ? String(barTop(mark.label) + BAR_HIGH_PX) : String(ROW_PX / 2 + 4));
    const said = "?".repeat(asks.length);
    if (parts.asks.textContent !== said) parts.asks.textContent = said;
    write(mark, from);
  }
  return { node, show };
}

function ringOf({ bar, left, right, label }) {
  const width = right - left + 8;
  return bar ? box(-4, barTop(label) - 3, width, BAR_HIGH_PX + 6, 4) : box(-4, ROW_PX / 2 - 10, width, 20, 6);
}

/** Axis with its lines through all lanes. */
function axisOf(view, height) {
  const ticks = ticksOf(view.from, view.until, view.scale).flatMap(({ day, text }) => {
    const x = ((day - view.from) * view.scale).toFixed(1);
    // At the very ends words move a little to be whole, or are left out.
    const half = text.length * 3.8;
    const place = Math.min(Math.max(x, half), view.width - half);
    const words = Math.abs(place - x) > 14 ? "" : text;
    return [
      svg("path", { class: "tick", d: `M${x} ${AXIS_PX - 4}V${height}` }),
      svg("text", { x: place.toFixed(1), y: 15, "text-anchor": "middle" }, words),
    ];
  });
  return [svg("path", { class: "axis", d: `M0 ${AXIS_PX - 0.5}H${view.width}` }), ...ticks];
}

/** A tint behind every other lane. */
function bandsOf(lanes, width) {
  return lanes
    .filter((_, index) => index % 2 === 0)
    .map(({ top, height }) => svg("rect", { class: "band", x: 0, y: top + AXIS_PX, width, height }));
}

/** Names of the lanes, each with its number of events. */
function namesOf(lanes, beside) {
  return lanes.map(({ category, top, marks }) => {
    const number = svg("tspan", { class: "count", dx: 5 }, String(marks.length));
    return svg("text", { class: "lane", x: 4, y: top + AXIS_PX + (beside ? 17 : 14) }, category, number);
  });
}

/** The options of all events; those that are placed are shown, `stop` can be reached by Tab. */
function optionsOf(all, prefix, ruler) {
  const options = new Map(all.map((event) => [event.id, optionOf(event, prefix, ruler, all.length)]));
  const nodes = [...options.values()].map(({ node }) => node);
  const list = svg("g", { role: "listbox", class: "events", transform: `translate(0 ${AXIS_PX})` }, nodes);

  function show(events, placed, { chosen, stop, scale, from }) {
    events.forEach(({ id }, place) => put(options.get(id).node, "aria-posinset", String(place + 1)));
    for (const [id, { node, show: draw }] of options) {
      node.classList.toggle("away", !placed.has(id));
      put(node, "aria-setsize", String(events.length));
      put(node, "aria-selected", String(id === chosen));
      put(node, "tabindex", id === stop ? "0" : "-1");
      if (placed.has(id)) draw(placed.get(id), scale, from);
    }
  }
  return { list, show, node: (id) => options.get(id).node };
}

/** The parts of the picture from back to front. */
function layersOf(prefix, list) {
  const unread = (name) => svg("g", { "aria-hidden": "true", class: name });
  const [bands, names, axis] = [unread("bands"), unread("names"), unread("axis-marks")];
  const line = svg("path", { class: "now", "aria-hidden": "true" });
  // Wheel and drag reach the plot where it is empty, too.
  const ground = svg("rect", { class: "hit", width: "100%", height: "100%" });
  const plot = svg("svg", { class: "plot" }, ground, axis, line, list);
  const node = svg("svg", { class: "picture" }, fills(prefix, INVOCATION), bands, plot, names);
  return { node, plot, bands, names, axis, line };
}

/** A line down from the axis to where a mark stands, or where a bar begins. */
function lineTo(mark, from) {
  if (!mark) return "M0 0";
  const at = mark.bar ? mark.left : (mark.left + mark.right) / 2;
  return `M${(at - from).toFixed(1)} ${AXIS_PX}V${mark.y + AXIS_PX}`;
}

/** A box with the fill of a kind of invocation, for the filter, which is the legend too. */
function swatchOf(prefix, key) {
  const sample = svg("svg", { width: 22, height: 14, "aria-hidden": "true" });
  sample.append(piece(prefix, key, 0.5, 0.5, 21, 13));
  return sample;
}

/**
 * The picture. `show(events, view, bounds, chosen)` draws events in a view { from, until } in days
 * and returns how many are in it; `bounds` are the ends of the whole timeline.
 */
function pictureOf(all, categories, root) {
  const prefix = uniqueId("fill");
  const ruler = labelRuler(root);
  const options = optionsOf(all, prefix, ruler);
  const { node, plot, bands, names, axis, line } = layersOf(prefix, options.list);
  let laid = { key: "" };
  let whole = WIDE_PX;
  const left = () => (whole >= WIDE_PX ? NAMES_PX : 0);
  const width = () => Math.max(whole - left(), 100);
  /** Look how wide the picture is: not while it is drawn, the browser would lay it out twice. */
  const measure = () => (whole = node.clientWidth);

  function lay(events, scale, bounds) {
    const key = `${scale} ${left()} ${events.map(({ id }) => id).join()}`;
    if (laid.key === key) return;
    const heading = left() ? 0 : HEADING_PX;
    const ends = { left: bounds.from * scale, right: bounds.until * scale };
    laid = { key, ...layOut(events, categories, scale, ends, ruler.measure, heading) };
    bands.replaceChildren(...bandsOf(laid.lanes, whole));
    names.replaceChildren(...namesOf(laid.lanes, left() > 0));
    for (const one of [node, plot]) put(one, "height", String(laid.height + AXIS_PX));
    put(plot, "x", String(left()));
    put(plot, "width", String(width()));
  }
  function show(events, view, bounds, chosen) {
    const scale = width() / (view.until - view.from);
    const [from, until] = [view.from * scale, view.until * scale];
    lay(events, scale, bounds);
    axis.replaceChildren(...axisOf({ ...view, scale, width: width() }, laid.height + AXIS_PX));
    const seen = laid.marks.filter((mark) => mark.right > from && mark.left < until);
    // The chosen event stays in the page even out of view: it would lose the focus otherwise.
    const kept = laid.marks.find(({ event }) => event.id === chosen);
    const placed = new Map([...seen, ...(kept ? [kept] : [])].map((mark) => [mark.event.id, mark]));
    const stop = kept ? chosen : firstOf(seen)?.event.id;
    options.show(events, placed, { chosen, stop, scale, from });
    put(line, "d", lineTo(kept, from));
    return seen.length;
  }
  const firstOf = (marks) =>
    marks.reduce((best, mark) => (best && best.event.begin <= mark.event.begin ? best : mark), null);
  const dayAt = (x, view) =>
    view.from + ((x - node.getBoundingClientRect().left - left()) / width()) * (view.until - view.from);
  const swatch = (key) => swatchOf(prefix, key);
  const lanes = () => laid.lanes;
  return { node, plot, list: options.list, measure, show, dayAt, width, swatch, lanes, option: options.node };
}
