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

function render({ model, el }) {
  const { title, events: plain } = model.get("content");
  const events = plain.map(timed);
  const categories = [...new Set(events.map(({ category }) => category))];
  const root = frame(el, "timeline-explorer", title);
  const time = viewOf(events, () => drawing.ask());
  const picture = pictureOf(events, categories, root);
  const swatch = (key) => picture.swatch(key);
  const filter = filterOf(events, categories, swatch, () => ((shown = filter.passing()), drawing.ask()));
  let shown = events;
  let chosen = null;
  const chosenEvent = () => shown.find(({ id }) => id === chosen);
  const anchor = () => {
    const event = chosenEvent();
    const at = event && (event.begin + Math.min(event.end, event.begin + time.span() / 2)) / 2;
    return at > time.view.from && at < time.view.until ? at : time.middle();
  };
  const controls = viewControls(time, anchor);
  const strip = stripOf(time);
  const status = statusLine(events.length);
  const pane = detailsPane({ step, near });
  const same = tablePart(events, (id) => choose(events.find((event) => event.id === id), true));
  const drawing = oncePerFrame(draw);

  function draw() {
    const seen = picture.show(shown, time.view, time.bounds, chosen);
    const place = shown.findIndex(({ id }) => id === chosen);
    [controls, filter].forEach((part) => part.show());
    strip.show(shown);
    status.show(time.view, shown.length, seen);
    pane.show(chosenEvent(), place === 0 || !shown.length, place === shown.length - 1);
    same.show(shown);
  }
  function choose(event, focus) {
    if (!event) return;
    chosen = event.id;
    time.reveal(event);
    draw();
    if (focus) picture.option(chosen).focus({ preventScroll: true });
  }
  function step(key) {
    if (key === "Enter" || key === " ") choose(chosenEvent() ?? shown[0], true);
    else choose(eventByKey(key, shown, picture.lanes(), chosen), picture.list.contains(root.getRootNode().activeElement));
  }
  function near() {
    const event = chosenEvent();
    if (event) time.set(Math.max((event.end - event.begin) * 1.5, YEAR_DAYS), (event.begin + event.end) / 2);
  }
  picture.list.addEventListener("keydown", explorerKeys(time, step, anchor));
  picture.list.addEventListener("focusin", ({ target }) => {
    time.reveal(events.find(({ id }) => id === target.dataset.id));
  });
  picture.plot.addEventListener("click", ({ target }) => {
    const id = target.closest("[data-id]")?.dataset.id;
    if (id) choose(events.find((event) => event.id === id), true);
  });
  viewByPointer(picture.plot, time, (x) => picture.dayAt(x, time.view), picture.width);
  const help = html("p", { class: "note", id: uniqueId("help") }, EXPLORER_HELP);
  picture.list.setAttribute("aria-describedby", help.id);
  picture.list.setAttribute("aria-label", title);
  controls.node.append(status.node);
  root.append(filter.node, controls.node, pane.brief, picture.node, strip.node, help, status.told);
  root.append(pane.node, same.node);
  const stopWatching = redrawOnResize(root, () => {
    [picture, strip].forEach((part) => part.measure());
    draw();
  });
  return () => [stopWatching, drawing.stop, status.stop].forEach((stop) => stop());
}

export default { render };
