// The timeline explorer: picture, what is in view, filter, details of an event, the same as a table.

const EXPLORER_HELP =
  "Choose an event to read about it. Drag to move; Ctrl with the wheel zooms. By keyboard, in the " +
  "picture: ← → from event to event, ↑ ↓ to another lane, + and − zoom, Page Up and Page Down move, " +
  "0 shows all.";
const QUIET_MS = 500; // a line that is read out waits until one has stopped moving

/** The event that a key leads to from the chosen one, among the events shown. */
function eventByKey(key, shown, lanes, chosen) {
  const at = shown.findIndex(({ id }) => id === chosen);
  if (at < 0) return shown[0];
  const steps = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: shown.length - 1 };
  if (key in steps) return shown[steps[key]];
  const here = shown[at];
  const lane = lanes.findIndex(({ category }) => category === here.category);
  const other = lanes[lane + (key === "ArrowUp" ? -1 : 1)];
  const away = (event) => Math.abs(event.begin - here.begin);
  return other?.marks
    .map(({ event }) => event)
    .reduce((best, event) => (away(event) < away(best) ? event : best));
}

/** Keys of the picture: arrows choose, + and − zoom, Page Up and Page Down move, 0 shows all. */
function explorerKeys(time, step, anchor) {
  const views = {
    "+": () => time.zoom(0.5, anchor()),
    "=": () => time.zoom(0.5, anchor()),
    "-": () => time.zoom(2, anchor()),
    "−": () => time.zoom(2, anchor()),
    0: time.all,
    PageUp: () => time.move(-0.5),
    PageDown: () => time.move(0.5),
  };
  const steps = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "Enter", " "];
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in views) views[event.key]();
    else if (steps.includes(event.key)) step(event.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

/**
 * The pane with what is known of the chosen event and buttons that lead to its neighbours, and a
 * brief line for the top of the picture, as the pane may be below the edge of the screen.
 */
function detailsPane(act) {
  const text = html("div", { class: "text" });
  const before = button("◀ Previous event", () => act.step("ArrowLeft"));
  const after = button("Next event ▶", () => act.step("ArrowRight"));
  const near = button("Zoom to this event", act.near);
  const node = html(
    "div",
    { class: "details", role: "group", "aria-label": "Details of the chosen event" },
    html("div", { class: "buttons" }, before, after, near),
    text,
  );
  const brief = html("p", { class: "brief", "aria-hidden": "true" });
  let drawn = "none";
  function show(event, first, last) {
    const idle = [[before, first], [after, last], [near, !event]];
    for (const [one, is] of idle) one.setAttribute("aria-disabled", String(is));
    if (drawn === event?.id) return;
    drawn = event?.id;
    const nothing = "What is known of an event, and its source, stands here once you choose it.";
    const words = event ? [html("b", {}, event.title), ` – ${whenInWords(event)}`] : [];
    brief.replaceChildren(...(event ? words : [html("span", { class: "note" }, "No event is chosen.")]));
    text.replaceChildren(...(event ? detailsOf(event) : [html("p", { class: "note" }, nothing)]));
  }
  return { node, brief, show };
}

/** The table, made when it is first asked for. */
function tablePart(events, choose) {
  const holder = html("div", { class: "same", hidden: true });
  const toggle = button("Show the same as a table", act);
  toggle.setAttribute("aria-expanded", "false");
  let made = null;
  let latest = events;
  function act() {
    holder.hidden = !holder.hidden;
    toggle.setAttribute("aria-expanded", String(!holder.hidden));
    if (!made) {
      made = eventTable(events, choose);
      holder.append(sideways(made.node));
    }
    show(latest);
  }
  function show(shown) {
    const same = latest === shown && made?.node.tBodies[0].rows.length === shown.length;
    latest = shown;
    if (made && !holder.hidden && !same) made.show(shown);
  }
  return { node: html("div", {}, toggle, holder), show };
}

/** What is in view, in words; read out once one has stopped moving. */
function statusLine(count) {
  const node = html("p", { class: "note seen" });
  const told = html("p", { class: "backyard-unseen", role: "status" });
  let timer = null;
  function show(view, shown, seen) {
    const [from, until] = [view.from, view.until].map((day) => {
      const [year, month] = calendar(day);
      return view.until - view.from > 3000 ? String(year) : `${MONTHS[month]} ${year}`;
    });
    const of = shown === count ? `${count} events` : `the ${shown} events that fit`;
    node.textContent = `${from} to ${until}: ${seen} of ${of}`;
    clearTimeout(timer);
    timer = setTimeout(() => (told.textContent = node.textContent), QUIET_MS);
  }
  return { node, told, show, stop: () => clearTimeout(timer) };
}

/** Call `act` at most once a frame, however often it is asked for. */
function oncePerFrame(act) {
  let asked = 0;
  const ask = () => (asked ||= requestAnimationFrame(() => ((asked = 0), act())));
  return { ask, stop: () => cancelAnimationFrame(asked) };
}

/** What is chosen among the events shown, and the day that zooming keeps in its place. */
function choiceAmong(events, time, picture, draw) {
  const state = { shown: events, chosen: null };
  const event = () => state.shown.find(({ id }) => id === state.chosen);
  function choose(id, focus) {
    const next = state.shown.find((one) => one.id === id);
    if (!next) return;
    state.chosen = id;
    time.reveal(next);
    draw();
    if (focus) picture.option(id).focus({ preventScroll: true });
  }
  function step(key) {
    const focus = picture.list.contains(picture.list.getRootNode().activeElement);
    const here = event() ?? state.shown[0];
    const still = key === "Enter" || key === " ";
    choose((still ? here : eventByKey(key, state.shown, picture.lanes(), state.chosen))?.id, focus);
  }
  function near() {
    const { begin, end } = event() ?? {};
    if (end) time.set(Math.max((end - begin) * 1.5, YEAR_DAYS), (begin + end) / 2);
  }
  function anchor() {
    const { begin, end } = event() ?? {};
    const at = (begin + Math.min(end, begin + time.span() / 2)) / 2;
    return at > time.view.from && at < time.view.until ? at : time.middle();
  }
  return { state, event, choose, step, near, anchor };
}

/** Clicks, keys, the focus, wheel and drag in the picture. */
function listenIn(picture, time, choice) {
  picture.list.addEventListener("keydown", explorerKeys(time, choice.step, choice.anchor));
  picture.list.addEventListener("focusin", ({ target }) => {
    const event = choice.state.shown.find(({ id }) => id === target.dataset.id);
    if (event) time.reveal(event);
  });
  picture.plot.addEventListener("click", ({ target }) => {
    const id = target.closest("[data-id]")?.dataset.id;
    if (id) choice.choose(id, true);
  });
  viewByPointer(picture.plot, time, (x) => picture.dayAt(x, time.view), picture.width);
}

function render({ model, el }) {
  const { title, events: plain } = model.get("content");
  const events = plain.map(timed);
  const categories = [...new Set(events.map(({ category }) => category))];
  const root = frame(el, "timeline-explorer", title);
  const drawing = oncePerFrame(draw);
  const time = viewOf(events, drawing.ask);
  const picture = pictureOf(events, categories, root);
  const choice = choiceAmong(events, time, picture, draw);
  const filter = filterOf(events, categories, picture.swatch, () => {
    choice.state.shown = filter.passing();
    drawing.ask();
  });
  const controls = viewControls(time, choice.anchor);
  const strip = stripOf(time);
  const status = statusLine(events.length);
  const pane = detailsPane(choice);
  const same = tablePart(events, (id) => choice.choose(id, true));

  function draw() {
    const { shown, chosen } = choice.state;
    const seen = picture.show(shown, time.view, time.bounds, chosen);
    const place = shown.findIndex(({ id }) => id === chosen);
    [controls, filter].forEach((part) => part.show());
    strip.show(shown);
    status.show(time.view, shown.length, seen);
    pane.show(choice.event(), place === 0 || !shown.length, place === shown.length - 1);
    same.show(shown);
  }
  listenIn(picture, time, choice);
  const help = html("p", { class: "note", id: uniqueId("help") }, EXPLORER_HELP);
  picture.list.setAttribute("aria-label", title);
  picture.list.setAttribute("aria-describedby", help.id);
  controls.node.append(status.node);
  root.append(filter.node, controls.node, pane.brief, picture.node, strip.node, help);
  root.append(status.told, pane.node, same.node);
  const stopWatching = redrawOnResize(root, () => {
    [picture, strip].forEach((part) => part.measure());
    draw();
  });
  return () => [stopWatching, drawing.stop, status.stop].forEach((stop) => stop());
}

export default { render };
