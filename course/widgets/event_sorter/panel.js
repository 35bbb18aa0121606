// The event sorter: a list that is put in order with buttons, keys or by dragging.

const SORTER_HELP =
  "Drag an event, or use its arrows. By keyboard: Alt with the up or down arrow moves the event " +
  "that has the focus; or press Enter on its handle ⠿, move with the arrows, and press Enter again.";
const STEPS = [
  ["↑", "Move up", (place) => place - 1],
  ["↓", "Move down", (place) => place + 1],
  ["⤒", "Move to the top", () => 0],
  ["⤓", "Move to the bottom", (_place, last) => last],
];

/** The row of an event: handle, place, text and the four buttons. */
function sorterRow(item, act) {
  const place = html("span", { class: "place", "aria-hidden": "true" });
  const text = html("span", { class: "text", id: uniqueId("text") }, html("b", {}, item.id), ` ${item.text}`);
  const grip = button("⠿", () => act.grip(item.id));
  grip.className = "grip";
  grip.setAttribute("aria-label", `Grab ${item.id}: ${item.text}`);
  grip.setAttribute("aria-pressed", "false");
  const steps = STEPS.map(([sign, name, to]) => {
    const node = button(sign, () => act.move(item.id, to));
    node.setAttribute("aria-label", `${name}: ${item.id}`);
    node.setAttribute("aria-describedby", text.id);
    node.title = name;
    return node;
  });
  const buttons = html("span", { class: "buttons" }, steps);
  const node = html("li", { "data-id": item.id }, grip, place, text, buttons);
  function show(index, last, grabbed) {
    place.textContent = `${index + 1}.`;
    STEPS.forEach(([, , to], step) => {
      const stays = Math.min(Math.max(to(index, last), 0), last) === index;
      steps[step].setAttribute("aria-disabled", String(stays));
    });
    grip.setAttribute("aria-pressed", String(grabbed));
    node.classList.toggle("grabbed", grabbed);
  }
  return { id: item.id, node, grip, show };
}

/** Put the rows into an order; the row with the focus stays in the page, so the focus stays too. */
function arrange(list, nodes) {
  const focused = list.getRootNode().activeElement?.closest?.("li");
  const kept = nodes.indexOf(focused);
  nodes.slice(0, Math.max(kept, 0)).forEach((node) => list.insertBefore(node, focused));
  nodes.slice(kept + 1).forEach((node) => list.append(node));
}

const moved = (order, id, to) => {
  const others = order.filter((one) => one !== id);
  return [...others.slice(0, to), id, ...others.slice(to)];
};

/** The order on the screen, what is grabbed, and what is said of it. */
function sorting(items, answer, say, show) {
  const given = items.map(({ id }) => id);
  const last = given.length - 1;
  let held = null; // { id, order }: what is grabbed and the order that it would give
  const settled = () => (answer.value().length ? answer.value() : given);
  const order = () => held?.order ?? settled();
  const placed = (id) => `${id} is now ${order().indexOf(id) + 1} of ${given.length}.`;

  function move(id, to) {
    const place = order().indexOf(id);
    const next = Math.min(Math.max(to(place, last), 0), last);
    if (next === place) return say(`${id} is already ${place === 0 ? "first" : "last"}.`);
    if (held?.id === id) hold(id, moved(order(), id, next));
    else answer.put(moved(order(), id, next));
    say(placed(id));
  }
  function hold(id, next = settled()) {
    held = { id, order: next };
    show();
  }
  function drop() {
    const { id, order: next } = held;
    held = null;
    if (next.join() === settled().join()) show();
    else answer.put(next);
    say(`Dropped. ${placed(id)}`);
  }
  function cancel() {
    const { id } = held;
    held = null;
    show();
    say(`Put back. ${placed(id)}`);
  }
  function grip(id) {
    if (held) return drop();
    hold(id);
    say(`${id} is grabbed. Arrows move it, Enter drops it, Escape puts it back.`);
  }
  const keep = () => answer.put(order());
  return { order, held: () => held?.id ?? null, move, hold, drop, cancel, grip, keep };
}

/** Alt with an arrow moves the row that has the focus; a grabbed row moves with arrows alone. */
function sorterKeys(sorter) {
  const ways = { ArrowUp: STEPS[0], ArrowDown: STEPS[1], Home: STEPS[2], End: STEPS[3] };
  return (event) => {
    const id = event.target.closest?.("li")?.dataset.id;
    if (!id || event.ctrlKey || event.metaKey) return;
    const grabbed = sorter.held() === id;
    if (event.key === "Escape" && grabbed) sorter.cancel();
    else if (event.key in ways && (grabbed || event.altKey)) sorter.move(id, ways[event.key][2]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
}

function render({ model, el }) {
  const { title, items } = model.get("content");
  const root = frame(el, "event-sorter", title);
  const kept = answerLine(model);
  const told = html("p", { class: "backyard-unseen", role: "status" });
  const hint = html("p", { class: "note" });
  const list = html("ol", { class: "sorter" });
  const answer = draft(model, kept, () => show());
  const sorter = sorting(items, answer, (text) => (told.textContent = text), () => show());
  const rows = new Map(items.map((item) => [item.id, sorterRow(item, sorter)]));

  function show() {
    const order = sorter.order();
    arrange(list, order.map((id) => rows.get(id).node));
    order.forEach((id, place) => rows.get(id).show(place, order.length - 1, sorter.held() === id));
    hint.hidden = answer.value().length > 0;
  }
  hint.textContent = "This is the order as given; it is not your answer yet.";
  dragging(list, () => [...list.children], {
    grab: (row) => sorter.hold(row.dataset.id),
    over: (place) => sorter.held() && sorter.move(sorter.held(), () => place),
    drop: () => sorter.held() && sorter.drop(),
    cancel: () => sorter.held() && sorter.cancel(),
  });
  list.addEventListener("keydown", sorterKeys(sorter));
  list.addEventListener("focusout", ({ relatedTarget }) => {
    const row = sorter.held() && rows.get(sorter.held()).node;
    if (row && relatedTarget && !row.contains(relatedTarget)) sorter.drop();
  });
  const keep = button("Keep this order", sorter.keep);
  keep.className = "main";
  const back = button("Back to the order as given", () => answer.put([]));
  root.append(
    html("p", { class: "note" }, SORTER_HELP),
    html("p", { class: "end" }, "Earliest"),
    list,
    html("p", { class: "end" }, "Latest"),
    html("div", { class: "buttons" }, keep, back),
    hint,
    told,
  );
  if (model.get("question")) root.append(kept.node);
  show();
  return () => [kept.stop, answer.stop].forEach((stop) => stop());
}

export default { render };
