/* Made by "make js" with esbuild 0.28.2 from sha256:3039f14fb4e2fcb215e7b8c19ff6d7a916483b89e126f27ba723d95ee3e02576 */

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

// shared/choice_list.js
function makeDropDown(choices, changed) {
  const options = choices.map(({ value, label }) => html("option", { value }, label));
  return html("select", { onchange: changed }, options);
}
function makeTickBox(label, changed, settings = {}) {
  const box = html("input", { type: "checkbox", onchange: changed, ...settings });
  return { box, node: html("label", { class: "choice" }, box, label) };
}

// shared/buttons.js
function makeButton(text, act, settings = {}) {
  return html("button", { type: "button", onclick: act, ...settings }, text);
}

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
  const group = { class: "answer-bar", role: "group", "aria-label": "Your answer" };
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
  return { node, send, say, isWaiting: () => pending !== null, hasFailed: () => node.dataset.state === "bad" };
}

// shared/draft.js
function holdDraft(model, signal, show, what, buttons) {
  const bar = makeAnswerBar(model, signal, what, buttons);
  let own = (
    /** @type {Answer | null} */
    null
  );
  function settle() {
    if (bar.isWaiting()) return;
    own = null;
    show();
  }
  listenTo(model, { "change:value": settle, "msg:custom": settle }, signal);
  function put(next) {
    own = next;
    bar.send(next);
    show();
  }
  return { bar: bar.node, value: () => own ?? model.get("value"), put };
}

// shared/passage.js
function showPassage({ text, quote, original }) {
  const own = html("div", {}, html("p", {}, text));
  if (quote) {
    own.append(html("p", { class: "note" }, "In the column’s words: ", html("q", {}, quote)));
  }
  return original ? [own, html("blockquote", {}, html("p", {}, original))] : [own];
}

// shared/choice_rows.js
var NOTHING = "";
function makeRow(item, options, choose) {
  const text = html("div", { class: "passage", id: makeId("text") }, showPassage(item));
  const select = makeDropDown(
    [{ value: NOTHING, label: "– not chosen yet –" }, ...options],
    () => choose(item.id, select.value)
  );
  select.id = makeId("choice");
  select.setAttribute("aria-describedby", text.id);
  const mark = html("span", { class: "choice-mark", "aria-hidden": "true" });
  const name = html("label", { class: "choice-name", for: select.id }, item.id);
  const head = html("div", { class: "choice-head" }, name, mark);
  function show(chosen = NOTHING) {
    select.value = chosen;
    mark.textContent = chosen === NOTHING ? "" : "●";
  }
  const node = html("li", { class: "choice-row" }, head, text, select);
  return { node, show, isDone: () => select.value !== NOTHING };
}
function makeProgress(total, word) {
  const bar = html("progress", { max: total, value: 0, "aria-label": `${word} so far` });
  const words = html("span");
  function show(done) {
    bar.value = done;
    words.textContent = `${done} of ${total} ${word}`;
  }
  return { node: html("p", { class: "choice-progress" }, bar, words), show };
}
function makeChoiceRows(model, word, signal) {
  const { items, options } = model.get("content");
  const rows = items.map((item) => makeRow(item, options, choose));
  const nodes = rows.map(({ node }) => node);
  const list = html("ul", { class: "choice-rows" }, nodes);
  const progress = makeProgress(items.length, word);
  const answer = holdDraft(model, signal, show, progress.node);
  function choose(id, chosen) {
    const { [id]: _, ...others } = answer.value();
    answer.put(chosen === NOTHING ? others : { ...others, [id]: chosen });
  }
  function show() {
    const value = answer.value();
    for (const [place, row] of rows.entries()) row.show(value[items[place].id]);
    progress.show(rows.filter((row) => row.isDone()).length);
  }
  show();
  return { rows, list, bar: answer.bar };
}

// role_labeller/panel.js
function makeFilter(rows, list, signal) {
  const { box, node } = makeTickBox("Only those not yet labeled", apply);
  const nothing = html("p", { class: "note", hidden: true }, "Nothing is left: all have a label.");
  let byPointer = false;
  function apply() {
    const focused = findFocus(list);
    for (const { node: node2, isDone } of rows) {
      node2.hidden = box.checked && isDone() && !node2.contains(focused);
    }
    nothing.hidden = rows.some(({ node: node2 }) => !node2.hidden);
  }
  function leave({ relatedTarget }) {
    if (!byPointer) setTimeout(apply);
    else if (!list.contains(
      /** @type {Node | null} */
      relatedTarget
    )) {
      window.addEventListener("pointerup", () => setTimeout(apply), { once: true });
    }
  }
  function note({ type }) {
    byPointer = type === "pointerdown";
  }
  for (const event of ["pointerdown", "keydown"]) {
    document.addEventListener(event, note, { capture: true, signal });
  }
  list.addEventListener("focusout", leave);
  return { node, nothing };
}
function render({ model, el }) {
  const { title, items } = model.get("content");
  const { root, signal, close } = openPanel({ model, el }, "role-labeller", title);
  const { rows, list, bar } = makeChoiceRows(model, "labelled", signal);
  const filter = makeFilter(rows, list, signal);
  if (items.some(({ original }) => original)) list.classList.add("with-originals");
  root.append(filter.node, list, filter.nothing, bar);
  return close;
}
var panel_default = { render };
export {
  panel_default as default
};
