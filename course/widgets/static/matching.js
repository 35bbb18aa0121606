/* Made by "make js" with esbuild 0.28.2 from sha256:2127c5ab5be0b1d90e4616a312b8e75b3cba7f9f099d6311f3aa9f16233907e0 */

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

// shared/choice_list.js
function makeDropDown(choices, changed) {
  const options = choices.map(({ value, label }) => html("option", { value }, label));
  return html("select", { onchange: changed }, options);
}

// shared/panel_frame.js
function openPanel(el, kind, title) {
  const id = makeId("title");
  const name = html("p", { class: "title", id }, title);
  const group = { class: `backyard ${kind}`, role: "group", "aria-labelledby": id };
  const root = html("div", group, name);
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

// shared/saved_line.js
var PATIENCE_MS = 8e3;
var LINE_MS = [300, 1e3, 2500];
var OLD_LINE = "Now run this cell again, so that the notebook carries this answer, too.";
function showsLine(node, line) {
  const area = node.closest(".jp-OutputArea");
  if (!line || !area) return true;
  const outputs = [...area.querySelectorAll(".jp-OutputArea-output")];
  return outputs.some((output) => output.textContent?.trim() === line);
}
function makeSavedLine(model, signal) {
  const node = html("p", { class: "kept", role: "status", hidden: !model.get("question") });
  const view = makeId("view");
  let pending = (
    /** @type {string | null} */
    null
  );
  let sent = 0;
  function say(text) {
    const said = text.replace(/^saved at/, "Saved at");
    node.classList.toggle("trouble", /^not saved/i.test(text));
    if (node.textContent !== said) node.textContent = said;
  }
  function showStatus() {
    if (pending === null) say(model.get("status"));
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
      else say(`${model.get("status")}. ${OLD_LINE}`);
    }, wait);
  }
  function send(value) {
    sent += 1;
    const number = `${view}-${sent}`;
    pending = number;
    say("saving …");
    model.send({ answer: value, number });
    setTimeout(() => {
      if (pending !== number) return;
      pending = null;
      say("Not saved yet: the kernel does not reply. If it is not busy, run the cell again.");
    }, PATIENCE_MS);
  }
  listenTo(model, { "change:status": showStatus, "msg:custom": hearReply }, signal);
  showStatus();
  return { node, send, say, isWaiting: () => pending !== null };
}

// shared/draft.js
function holdDraft(model, signal, show) {
  const kept = makeSavedLine(model, signal);
  let own = (
    /** @type {Answer | null} */
    null
  );
  function settle() {
    if (kept.isWaiting()) return;
    own = null;
    show();
  }
  listenTo(model, { "change:value": settle, "msg:custom": settle }, signal);
  function put(next) {
    own = next;
    kept.send(next);
    show();
  }
  return { kept: kept.node, value: () => own ?? model.get("value"), put };
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
  const answer = holdDraft(model, signal, show);
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
  return { rows, list, progress: progress.node, kept: answer.kept };
}

// matching/panel.js
function render({ model, el }) {
  const { root, signal, close } = openPanel(el, "matching", model.get("content").title);
  const { list, progress, kept } = makeChoiceRows(model, "chosen", signal);
  root.append(list, progress, kept);
  return close;
}
var panel_default = { render };
export {
  panel_default as default
};
