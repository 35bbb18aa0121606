/* Made by "make js" with esbuild 0.28.2 from sha256:59ef2a2ad8d76825455780a9464bf182e3c6a15d0aa0941ac8afb4c8a2202934 */

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
var makeSpokenLine = () => html("p", { class: "backyard-unseen", role: "status" });

// shared/controls.js
function makeButton(text, act, settings = {}) {
  return html("button", { type: "button", onclick: act, ...settings }, text);
}
function markIdle(button, idle) {
  button.setAttribute("aria-disabled", String(idle));
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
function listenTo(model, handlers, signal) {
  for (const [event, handler] of Object.entries(handlers)) {
    model.on(event, handler);
    signal.addEventListener("abort", () => model.off(event, handler));
  }
}

// shared/answer_bar.js
var SLOW_MS = 2e3;
var PATIENCE_MS = 8e3;
var LINE_MS = [300, 1e3, 2500];
var RESTING = "resting";
var OLD_LINE = "Now run this cell again, so that the notebook carries this answer, too.";
var STATES = [
  { state: "good", begins: /^(saved at|your (saved )?answer was found|✓)/i, stressed: /^✓[^:]*:?/ },
  { state: "wait", begins: /^[◐○△]/, stressed: /^[^:]*:?/ },
  { state: "bad", begins: /^not saved|cannot be (read|used)|damaged/i, stressed: /^not saved( yet)?[.:]/i }
];
function showsLine(node, line) {
  const area = node.closest(".jp-OutputArea");
  if (!line || !area) return true;
  const outputs = [...area.querySelectorAll(".jp-OutputArea-output")];
  return outputs.some((output) => output.textContent?.trim() === line);
}
function writeStatus(status) {
  const short = status.replace(/^(saved at \d\d:\d\d):\d\d/, "$1");
  return short.charAt(0).toUpperCase() + short.slice(1);
}
function makeAnswerBar(model, signal, what, buttons = []) {
  const kept = html("p", { class: "kept", role: "status" });
  const again = makeButton("Try again", () => send(latest), { class: "main", hidden: true });
  what.classList.add("what");
  const group = { class: "answer-bar flow", role: "group", "aria-label": "Your answer" };
  const node = html("div", { ...group, hidden: !model.get("question") }, what, kept, again, buttons);
  const view = makeId("view");
  let pending = (
    /** @type {string | null} */
    null
  );
  let latest = (
    /** @type {unknown} */
    null
  );
  let sent = 0;
  function say(text) {
    const { state, stressed } = STATES.find(({ begins }) => begins.test(text)) ?? { state: "", stressed: /^/ };
    const [begin] = stressed.exec(text) ?? [""];
    node.dataset.state = state;
    kept.setAttribute("role", state === "bad" ? "alert" : "status");
    again.hidden = state !== "bad" || !sent || buttons.length > 0;
    if (kept.textContent === text) return;
    kept.replaceChildren(...begin ? [html("b", {}, begin)] : [], text.slice(begin.length));
  }
  function showStatus() {
    if (pending === null) say(writeStatus(model.get("status")));
  }
  function hearReply({ reply, line }) {
    if (pending === null || reply !== pending) return;
    pending = null;
    showStatus();
    lookForLine(line, sent, LINE_MS);
  }
  function lookForLine(line, number, [wait, ...more]) {
    setTimeout(() => {
      if (number !== sent || pending !== null || showsLine(node, line)) return;
      if (more.length) lookForLine(line, number, more);
      else say(`${writeStatus(model.get("status"))}. ${OLD_LINE}`);
    }, wait);
  }
  function rest() {
    pending = RESTING;
    say("");
  }
  function send(value) {
    sent += 1;
    latest = value;
    const number = `${view}-${sent}`;
    pending = number;
    say("");
    model.send({ answer: value, number });
    setTimeout(() => pending === number && say("Saving …"), SLOW_MS);
    setTimeout(() => {
      if (pending !== number) return;
      pending = null;
      say("Not saved yet: the kernel does not reply. If it is not busy, run the cell again.");
    }, PATIENCE_MS);
  }
  listenTo(model, { "change:status": showStatus, "msg:custom": hearReply }, signal);
  showStatus();
  return { node, rest, send, say, isWaiting: () => pending !== null, hasFailed: () => node.dataset.state === "bad" };
}
function holdDraft(model, signal, show, what, buttons) {
  const bar = makeAnswerBar(model, signal, what, buttons);
  const before = (
    /** @type {Answer[]} */
    []
  );
  const value = () => own ?? model.get("value");
  let own = (
    /** @type {Answer | null} */
    null
  );
  let timer = 0;
  function settle() {
    if (bar.isWaiting()) return;
    own = null;
    show();
  }
  listenTo(model, { "change:value": settle, "msg:custom": settle }, signal);
  function send() {
    window.clearTimeout(timer);
    timer = 0;
    bar.send(own);
  }
  function put(next, restMs = 0) {
    own = next;
    window.clearTimeout(timer);
    if (restMs) {
      bar.rest();
      timer = window.setTimeout(send, restMs);
    } else send();
    show();
  }
  function keep(next) {
    before.push(value());
    put(next);
  }
  function undo() {
    const last = before.pop();
    if (last) put(last);
    return Boolean(last);
  }
  signal.addEventListener("abort", () => timer && send());
  return { bar: bar.node, value, put, keep, undo, canUndo: () => before.length > 0 };
}

// event_sorter/drag.js
var THRESHOLD_PX = 4;
function findPlace(rows, dragged, y) {
  const others = rows.filter((row) => row !== dragged);
  return others.filter((row) => {
    const { top, height } = row.getBoundingClientRect();
    return top + height / 2 < y;
  }).length;
}
function letDrag(list, { grab, over, drop, cancel }) {
  let at = (
    /** @type {{ row: HTMLElement, pointer: number, y: number, moved: boolean } | null} */
    null
  );
  function heedEscape(event) {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    end(cancel);
  }
  function end(finish, pointer = at?.pointer) {
    if (at === null || pointer !== at.pointer) return;
    const { moved } = at;
    at = null;
    window.removeEventListener("keydown", heedEscape, true);
    if (moved) finish();
  }
  list.addEventListener("pointerdown", (event) => {
    const target = (
      /** @type {Element} */
      event.target
    );
    const [row, handle] = [target.closest("li"), target.closest(".grip")];
    if (!row || event.button !== 0 || !handle && target.closest("button")) return;
    if (event.pointerType === "touch" && !handle) return;
    getSelection()?.removeAllRanges();
    at = { row, pointer: event.pointerId, y: event.clientY, moved: false };
  });
  list.addEventListener("pointermove", (event) => {
    if (at === null || event.pointerId !== at.pointer) return;
    if (!at.moved && Math.abs(event.clientY - at.y) < THRESHOLD_PX) return;
    if (!at.moved) {
      at.moved = true;
      window.addEventListener("keydown", heedEscape, true);
      list.setPointerCapture(event.pointerId);
      grab(at.row);
    }
    event.preventDefault();
    over(findPlace([...list.children], at.row, event.clientY));
  });
  list.addEventListener("pointerup", ({ pointerId }) => end(drop, pointerId));
  list.addEventListener("pointercancel", ({ pointerId }) => end(cancel, pointerId));
}

// event_sorter/panel.js
var HELP = "Drag a row, or use its arrows. Keys: Space on ⠿ picks a row up, ↑ ↓ move it, Space puts it down.";
var STEPS = [
  { sign: "↑", name: "Move up", step: -1 },
  { sign: "↓", name: "Move down", step: 1 }
];
var KEYS = (
  /** @type {Record<string, number>} */
  { ArrowUp: -1, ArrowDown: 1, Home: -999, End: 999 }
);
function makeRow({ id, text }, act) {
  const place = html("span", { class: "place", "aria-hidden": "true" });
  const words = html("span", { class: "text", id: makeId("text") }, html("b", {}, id), ` ${text}`);
  const grip = makeButton("⠿", () => act.grip(id), { class: "grip", "aria-label": `Pick up ${id}: ${text}` });
  const steps = STEPS.map(
    ({ sign, name, step }) => makeButton(sign, () => act.move(id, step), { "aria-label": `${name}: ${id}`, "aria-describedby": words.id })
  );
  const node = html("li", { "data-id": id }, place, html("div", { class: "event" }, grip, words, ...steps));
  function show(index, from, held, last) {
    place.textContent = String(index + 1);
    for (const [at, end] of [0, last].entries()) markIdle(steps[at], index === end);
    grip.setAttribute("aria-pressed", String(held?.id === id));
    node.classList.toggle("held", held?.id === id);
    node.classList.toggle("line-above", held?.to === index && index < from);
    node.classList.toggle("line-below", held?.to === index && index > from);
  }
  return { node, show };
}
function arrangeRows(list, nodes) {
  const focused = findFocus(list);
  const kept = nodes.findIndex((node) => node.contains(focused));
  for (const node of nodes.slice(0, Math.max(kept, 0))) list.insertBefore(node, nodes[kept]);
  list.append(...nodes.slice(kept + 1));
}
function sortItems(items, answer, say, show) {
  const given = items.map(({ id }) => id);
  const last = given.length - 1;
  let held = (
    /** @type {Held | null} */
    null
  );
  const order = () => answer.value().length ? answer.value() : given;
  const sayPlace = (id) => `${id} is now ${order().indexOf(id) + 1} of ${given.length}.`;
  function place(id, to) {
    const others = order().filter((one) => one !== id);
    answer.keep([...others.slice(0, to), id, ...others.slice(to)]);
  }
  function move(id, step) {
    const to = order().indexOf(id) + step;
    if (to < 0 || to > last) return say(`${id} is already ${to < 0 ? "first" : "last"}.`);
    place(id, to);
    say(sayPlace(id));
  }
  function hold(id, to = order().indexOf(id)) {
    held = { id, to: Math.min(Math.max(to, 0), last) };
    show();
  }
  function letGo() {
    const was = held;
    held = null;
    show();
    return was;
  }
  function drop() {
    const was = letGo();
    if (!was) return;
    if (order()[was.to] !== was.id) place(was.id, was.to);
    say(`Put down. ${sayPlace(was.id)}`);
  }
  function cancel() {
    const was = letGo();
    if (was) say(`Put back. ${sayPlace(was.id)}`);
  }
  function grip(id) {
    if (held) return drop();
    hold(id);
    say(sayHeld());
  }
  function sayHeld() {
    if (!held) return "";
    const picked = `${held.id} is picked up: place ${order().indexOf(held.id) + 1} of ${given.length}.`;
    return order()[held.to] === held.id ? picked : `${picked} It would go to place ${held.to + 1}.`;
  }
  function undo() {
    say(answer.undo() ? "The last move is undone." : "There is nothing to undo.");
  }
  const look = () => ({ held, canUndo: answer.canUndo(), isAnswer: answer.value().length > 0 });
  return { order, look, move, hold, drop, cancel, grip, sayHeld, undo };
}
function heedKeys(sorter, event, say) {
  const { held } = sorter.look();
  if (!held || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") sorter.cancel();
  else if (event.key in KEYS) {
    sorter.hold(held.id, held.to + KEYS[event.key]);
    say(sorter.sayHeld());
  } else return;
  event.preventDefault();
}
function render({ model, el }) {
  const { title, items } = model.get("content");
  const { root, signal, close } = openPanel({ model, el }, "event-sorter", title);
  const told = makeSpokenLine();
  const what = html("p");
  const list = html("ol", { class: "sorter" });
  const answer = holdDraft(model, signal, show, what);
  const say = (text) => told.replaceChildren(text);
  const sorter = sortItems(items, answer, say, show);
  const rows = new Map(items.map((item) => [item.id, makeRow(item, sorter)]));
  const keep = makeButton("Keep this order", () => answer.keep(sorter.order()), { class: "main" });
  const undo = makeButton("Undo", sorter.undo);
  const back = makeButton("Back to the order as given", () => answer.keep([]));
  function writeWhat() {
    const { held, isAnswer } = sorter.look();
    if (held) return [`${sorter.sayHeld()} It is saved once you put it down; Esc puts it back.`];
    if (isAnswer) return ["Your answer: ", html("b", {}, answer.value().join(", "))];
    return ["This is the order as it was given. It is ", html("b", {}, "not your answer yet"), "."];
  }
  function show() {
    const [order, { held, canUndo, isAnswer }] = [sorter.order(), sorter.look()];
    const shown = order.flatMap((id) => rows.get(id) ?? []);
    const nodes = shown.map(({ node }) => node);
    arrangeRows(list, nodes);
    const from = order.indexOf(held?.id ?? "");
    for (const [place, row] of shown.entries()) row.show(place, from, held, order.length - 1);
    root.classList.toggle("holding", held !== null);
    what.replaceChildren(...writeWhat());
    const focused = findFocus(answer.bar);
    for (
      const [button, shows] of
      /** @type {[HTMLElement, boolean][]} */
      [
        [keep, !isAnswer],
        [back, isAnswer]
      ]
    ) {
      button.hidden = !shows;
      if (!shows && button === focused) (isAnswer ? undo : keep).focus();
    }
    markIdle(undo, !canUndo);
  }
  letDrag(list, {
    grab: (row) => sorter.hold(row.dataset.id ?? ""),
    over: (place) => sorter.hold(sorter.look().held?.id ?? "", place),
    drop: sorter.drop,
    cancel: sorter.cancel
  });
  list.addEventListener("keydown", (event) => heedKeys(sorter, event, say));
  list.addEventListener("focusout", ({ relatedTarget }) => {
    const row = rows.get(sorter.look().held?.id ?? "")?.node;
    if (row && relatedTarget && !row.contains(
      /** @type {Node} */
      relatedTarget
    )) sorter.drop();
  });
  answer.bar.append(keep, undo, back);
  const [first, last] = ["Earliest", "Latest"].map((text) => html("p", { class: "note" }, html("b", {}, text)));
  root.append(html("p", { class: "note" }, HELP), first, list, last, told, answer.bar);
  show();
  return close;
}
var panel_default = { render };
export {
  panel_default as default
};
