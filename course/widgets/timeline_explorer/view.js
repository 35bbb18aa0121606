// The part of the time that is in view: zoom and moving by buttons, keys, wheel, dragging and on a
// strip that shows the whole.

const MONTH_DAYS = 31;
const YEAR_DAYS = 365.2425;
const STRIP_PX = 26;
const DRAG_PX = 4;
const LINE_PX = 33; // where a wheel counts in lines
const DOUBLE_PX = 200; // of the wheel, to double or halve the time in view
const SPANS = [
  ...[[100, "100 years"], [50, "50 years"], [20, "20 years"], [10, "10 years"], [5, "5 years"]],
  ...[[2, "2 years"], [1, "1 year"], [0.5, "half a year"], [0.25, "3 months"]],
].map(([years, text]) => [Math.round(years * YEAR_DAYS), text]);

/** All time that there are events in, with some room on both sides, and the part in view. */
function viewOf(events, changed) {
  const first = Math.min(...events.map(({ begin }) => begin));
  const last = Math.max(...events.map(({ end }) => end));
  const room = Math.max((last - first) * 0.02, MONTH_DAYS / 2 + 1);
  const bounds = { from: first - room, until: last + room };
  const whole = bounds.until - bounds.from;
  const view = { ...bounds };

  /** Show `span` days; the day `at` stands at the share `share` of the width. */
  function set(span, at, share = 0.5) {
    const days = Math.min(Math.max(span, MONTH_DAYS), whole);
    const from = Math.min(Math.max(at - days * share, bounds.from), bounds.until - days);
    if (from === view.from && from + days === view.until) return;
    Object.assign(view, { from, until: from + days });
    changed();
  }
  const span = () => view.until - view.from;
  const middle = () => (view.from + view.until) / 2;
  const zoom = (factor, at = middle()) => set(span() * factor, at, (at - view.from) / span());
  const move = (share) => set(span(), middle() + share * span());
  const all = () => set(whole, first);
  /** Move as little as it takes to have an event in view, not at the very edge. */
  function reveal({ begin, end }) {
    const edge = span() * 0.08;
    const seen = Math.min(end, view.until - edge / 4) - Math.max(begin, view.from + edge / 4);
    if (seen > 0) return;
    const [low, high] = [begin - edge, Math.min(end, begin + span() * 0.5) + edge];
    if (low < view.from) set(span(), low, 0);
    else if (high > view.until) set(span(), high, 1);
  }
  return { view, bounds, whole, set, span, middle, zoom, move, all, reveal };
}

/** Buttons and a list of spans; `anchor()` is the day that zooming keeps in place. */
function viewControls(time, anchor) {
  const spans = SPANS.filter(([days]) => days < time.whole * 0.98 && days > MONTH_DAYS);
  const choice = choiceOf([
    [Math.ceil(time.whole), "all"],
    ...spans,
    [MONTH_DAYS, "a month"],
    ["", "another span"],
  ]);
  choice.lastChild.hidden = true;
  choice.addEventListener("change", () => time.set(Number(choice.value), anchor()));
  const named = (sign, name, act) => {
    const node = button(sign, act);
    node.setAttribute("aria-label", name);
    node.title = name;
    return node;
  };
  const inward = named("+", "Zoom in", () => time.zoom(0.5, anchor()));
  const outward = named("−", "Zoom out", () => time.zoom(2, anchor()));
  const earlier = named("◀", "Earlier", () => time.move(-0.5));
  const later = named("▶", "Later", () => time.move(0.5));
  const all = button("All", time.all);
  const buttons = html("div", { class: "buttons" }, outward, inward, earlier, later, all);
  function show() {
    const { view, bounds } = time;
    const offered = [...choice.options].find(({ value }) => value && Math.abs(value - time.span()) < 1);
    choice.value = offered?.value ?? "";
    const idle = [
      [inward, time.span() <= MONTH_DAYS],
      [outward, time.span() >= time.whole],
      [all, time.span() >= time.whole],
      [earlier, view.from <= bounds.from],
      [later, view.until >= bounds.until],
    ];
    for (const [node, is] of idle) node.setAttribute("aria-disabled", String(is));
  }
  const span = labelled("Span", choice);
  span.classList.add("inline");
  return { node: html("div", { class: "controls" }, buttons, span), show };
}

/** Wheel with Ctrl (or two fingers) zooms at the pointer, sideways it moves; dragging moves. */
function viewByPointer(plot, time, dayAt, widthOf) {
  let drag = null;
  const perPx = () => time.span() / widthOf();
  plot.addEventListener(
    "wheel",
    (event) => {
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1;
      const [across, down] = [event.deltaX * unit, event.deltaY * unit];
      const aside = event.shiftKey ? down || across : across;
      if (event.ctrlKey || event.metaKey) time.zoom(2 ** (down / DOUBLE_PX), dayAt(event.clientX));
      else if (aside && (event.shiftKey || Math.abs(across) >= Math.abs(down))) {
        time.set(time.span(), time.middle() + aside * perPx());
      } else return;
      event.preventDefault();
    },
    { passive: false },
  );
  plot.addEventListener("pointerdown", (event) => {
    if (event.button === 0) drag = { x: event.clientX, day: time.middle(), moved: false };
  });
  plot.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const by = event.clientX - drag.x;
    if (!drag.moved && Math.abs(by) < DRAG_PX) return;
    if (!drag.moved) plot.setPointerCapture(event.pointerId);
    drag.moved = true;
    time.set(time.span(), drag.day - by * perPx());
  });
  for (const name of ["pointerup", "pointercancel"]) {
    plot.addEventListener(name, () => {
      const { moved } = drag ?? {};
      drag = null;
      if (moved) ignoreClick(plot);
    });
  }
}

/** Let the click that ends a drag, if there is one, choose nothing. */
function ignoreClick(node) {
  const ignore = (event) => event.stopPropagation();
  node.addEventListener("click", ignore, true);
  setTimeout(() => node.removeEventListener("click", ignore, true));
}

/** A strip of all events with a frame around the part in view; a press or drag moves it there. */
function stripOf(time) {
  const [marks, frameNode] = [svg("path", { class: "marks" }), svg("rect", { class: "window", rx: 3 })];
  const node = svg("svg", { class: "strip", height: STRIP_PX, "aria-hidden": "true" }, marks, frameNode);
  let scale = 1;
  const measure = () => (scale = node.clientWidth / time.whole);
  const go = ({ clientX }) =>
    time.set(time.span(), time.bounds.from + (clientX - node.getBoundingClientRect().left) / scale);
  node.addEventListener("pointerdown", (event) => {
    node.setPointerCapture(event.pointerId);
    go(event);
  });
  node.addEventListener("pointermove", (event) => event.buttons && go(event));
  function show(events) {
    const x = (day) => ((day - time.bounds.from) * scale).toFixed(1);
    put(marks, "d", events.map(({ begin }) => `M${x(begin)} 7V${STRIP_PX - 7}`).join(""));
    put(frameNode, "x", String(Math.max(x(time.view.from), 1)));
    put(frameNode, "y", "1");
    put(frameNode, "width", String(Math.max(time.span() * scale - 2, 6)));
    put(frameNode, "height", String(STRIP_PX - 2));
  }
  return { node, measure, show };
}
