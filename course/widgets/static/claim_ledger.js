/* Made by "make js" with esbuild 0.28.2 from sha256:65762c74b5fd23ebda9baf3ed74c6204a4959f46e037f8197ec995bfa9fcc8eb */

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

// shared/controls.js
function makeButton(text, act, settings = {}) {
  return html("button", { type: "button", onclick: act, ...settings }, text);
}
function markIdle(button, idle) {
  button.setAttribute("aria-disabled", String(idle));
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

// shared/choices.js
var REST_MS = 300;
function splitLabel({ label }) {
  const [, name, meaning] = /^(.+?): (.+)$/.exec(label) ?? [label, label, ""];
  return { name, meaning };
}
function writeLabel(option) {
  const { name, meaning } = splitLabel(option);
  return [html("b", {}, name), meaning && " ", html("span", { class: "meaning" }, meaning)];
}
function writePassage({ text, quote, original }, inOriginal = false) {
  if (original && inOriginal) return [html("blockquote", {}, original)];
  const quoted = quote ? [html("p", { class: "note" }, "In the column’s words: ", html("q", {}, quote))] : [];
  return [html("p", {}, text), ...quoted];
}
function makeClear(act) {
  const node = makeButton("Clear", act, { class: "clear" });
  function show(id, isChosen) {
    node.textContent = `Clear ${id}`;
    markIdle(node, !isChosen);
  }
  return { node, show };
}
function makeOptions(options, choose, write = writeLabel) {
  const name = makeId("choice");
  const inputs = options.map(
    ({ value }) => html("input", { type: "radio", name, value, onchange: () => choose(String(value)) })
  );
  const labels = options.map(
    (option, place) => html("label", { class: "option" }, inputs[place], html("span", {}, ...write(option)))
  );
  function show(chosen) {
    for (const input of inputs) input.checked = input.value === chosen;
  }
  return { labels, show, focus: () => (inputs.find(({ checked }) => checked) ?? inputs[0]).focus() };
}

// shared/choice_pages.js
var KEYS = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1, Home: -Infinity, End: Infinity };
function makePageList(items, go) {
  const words = items.map(() => html("span", { class: "chosen wide" }));
  const buttons = items.map(({ id }, place) => {
    const node2 = makeButton("", () => go(place), { class: "page slim" });
    node2.append(html("b", {}, id), words[place]);
    return node2;
  });
  const node = html("ol", { class: "pages", "aria-label": "Texts and your choices" });
  node.append(...buttons.map((button) => html("li", {}, button)));
  node.addEventListener("keydown", (event) => {
    const step = KEYS[event.key];
    if (!step) return;
    event.preventDefault();
    const place = Math.min(Math.max(buttons.findIndex((one) => one.tabIndex === 0) + step, 0), items.length - 1);
    go(place);
    buttons[place].focus();
  });
  function show(current, names) {
    for (const [place, button] of buttons.entries()) {
      const name = names[place];
      words[place].textContent = name ?? "not yet";
      button.classList.toggle("done", name !== void 0);
      button.setAttribute("aria-label", `${items[place].id}: ${name ?? "not yet"}`);
      button.tabIndex = place === current ? 0 : -1;
      if (place === current) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
  }
  return { node, show };
}
function makeTextPane(items) {
  const size = ({ text, quote }) => text.length + (quote ? 60 : 0);
  const longest = items.reduce((best, item) => size(item) > size(best) ? item : best);
  const [head, body] = [html("p", { class: "text-head" }), html("div", { id: makeId("text") })];
  const ghost = html("div", { class: "ghost", "aria-hidden": "true" }, ...writePassage(longest));
  let inOriginal = false;
  let shown = 0;
  const swap = makeButton(
    "The column",
    () => {
      inOriginal = !inOriginal;
      swap.setAttribute("aria-pressed", String(inOriginal));
      show(shown);
    },
    { "aria-pressed": "false", hidden: !items.some(({ original }) => original) }
  );
  const controls = html("div", { class: "controls" }, head, swap);
  const node = html("div", {}, controls, html("div", { class: "text reserved" }, ghost, body));
  function show(place) {
    shown = place;
    const part = html("span", { class: "note" }, ` · ${place + 1} of ${items.length}`);
    head.replaceChildren(html("b", {}, items[place].id), part);
    body.replaceChildren(...writePassage(items[place], inOriginal));
  }
  return { node, show, id: body.id };
}
function makeBook(items, { ask, isAsked = false, makePane, turned, beside = "", above = "", below = "" }) {
  const list = makePageList(items, go);
  const text = makeTextPane(items);
  const holder = html("div");
  let place = 0;
  let pane = (
    /** @type {Pane | undefined} */
    void 0
  );
  function go(to) {
    if (to < 0 || to === place && pane) return;
    place = to;
    const { id } = items[place];
    pane = makePane(id);
    const legend = html("legend", { class: isAsked && "backyard-unseen" }, ask(id));
    holder.replaceChildren(html("fieldset", { "aria-describedby": text.id, role: "radiogroup" }, legend, pane.labels));
    text.show(place);
    turned(id);
  }
  function show(names, chosen) {
    list.show(place, names);
    pane?.show(chosen);
  }
  const right = html("div", {}, text.node, above, holder, below);
  const node = html("div", { class: "columns" }, html("div", {}, list.node, beside), right);
  return { node, holder, go, show, place: () => place, id: () => items[place].id, focus: () => pane?.focus() };
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

// claim_ledger/search.js
var SHOWN = 3;
var REST_MS2 = 150;
var ALL = "all tables";
function foldText(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[\s_-]+/g, " ").trim();
}
function findRows(rows, folded, asked, table) {
  const whole = foldText(asked);
  const words = whole.split(" ").filter(Boolean);
  const found = [...rows.keys()].filter(
    (at) => (table === ALL || rows[at][0].startsWith(`${table}:`)) && words.every((word) => folded[at].includes(word))
  );
  const rank = (at) => Number(foldText(rows[at][0]) !== whole);
  return found.sort((one, other) => rank(one) - rank(other) || one - other).map((at) => rows[at]);
}
function makeSearch(rows, choose) {
  const folded = rows.map((row) => foldText(row.join(" ")));
  const tables = [ALL, ...new Set(rows.map(([name]) => name.split(":")[0]))];
  const words = html("input", { type: "text", "aria-label": "Words or the name of a row", autocomplete: "off" });
  const table = makeDropDown(tables, () => look());
  table.setAttribute("aria-label", "In which table");
  const more = makeButton("Next rows", () => turn());
  const count = html("p", { class: "note", role: "status" });
  const list = html("ol", { class: "found", "aria-label": "Rows found" });
  let found = rows;
  let first = 0;
  let timer = 0;
  function show() {
    const some = found.slice(first, first + SHOWN);
    const entries = some.map(([name, text]) => {
      const act = makeButton("", () => choose(name), {
        class: "slim",
        "aria-label": `Enter ${name}: ${text.slice(0, 120)}`
      });
      act.append(html("b", {}, name), html("span", {}, ` ${text}`));
      return html("li", {}, act);
    });
    list.replaceChildren(...entries);
    count.textContent = found.length ? `${first + 1} to ${first + some.length} of ${found.length}` : "none found";
    markIdle(more, found.length <= SHOWN);
  }
  function look() {
    found = findRows(rows, folded, words.value, table.value);
    first = 0;
    show();
  }
  function turn() {
    if (found.length <= SHOWN) return;
    first = first + SHOWN < found.length ? first + SHOWN : 0;
    show();
  }
  words.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(look, REST_MS2);
  });
  words.addEventListener("keydown", ({ key }) => {
    if (key !== "Enter") return;
    window.clearTimeout(timer);
    look();
    if (found.length) choose(found[0][0]);
  });
  show();
  const controls = html("div", { class: "controls" }, html("span", {}, "Search"), words, table, more, count);
  return html("div", { class: "search", role: "group", "aria-label": "Search the tables" }, controls, list);
}

// claim_ledger/panel.js
var TEXT_AT_MOST = 190;
var NO_ROW = "none yet: press a row below, or type its name and press Enter";
function makeEntered(rows, remove) {
  const name = html("b");
  const text = html("span", { class: "note" });
  const act = makeButton("Take out", remove, { class: "slim" });
  const node = html("p", { class: "entered" }, "Evidence: ", name, " ", act, " ", text);
  function show(row) {
    name.textContent = row ?? NO_ROW;
    text.textContent = rows.get(row ?? "")?.slice(0, TEXT_AT_MOST) ?? "";
    node.classList.toggle("empty", !row);
    act.hidden = !row;
  }
  return { node, show };
}
function makeWhole(items, names) {
  const holder = html("div", { class: "whole" });
  function write({ verdicts, evidence }) {
    const rows = items.map(({ id, text }) => [
      id,
      text,
      names.get(verdicts?.[id] ?? "") ?? "not yet",
      evidence?.[id] ?? "none yet"
    ]);
    const table = makeTable("The ledger so far", ["Claim", "In neutral words", "Verdict", "Evidence"], rows);
    const lines = rows.map(([id, text, verdict, row]) => `${id} ${text} ${verdict}. Evidence: ${row}.`);
    holder.replaceChildren(scrollSideways(table), html("pre", {}, lines.join("\n")));
  }
  return { ...makeDisclosure("Table and text", holder, {}, write), holder };
}
function sayCounts(options, names, { verdicts = {} }) {
  const given = Object.values(verdicts);
  const counts = options.map(({ value }) => [given.filter((one) => one === value).length, names.get(value)]);
  return counts.filter(([number]) => number).map(([number, name]) => `${name} ${number}`).join(" · ");
}
function render({ model, el }) {
  const { title, items, options, rows } = model.get("content");
  const { root, signal, close } = openPanel({ model, el }, "choice-pages claim-ledger", title);
  const names = new Map(options.map((option) => [option.value, splitLabel(option).name]));
  const count = html("p");
  const answer = holdDraft(model, signal, show, count);
  const entered = makeEntered(new Map(rows), () => enter(void 0));
  const whole = makeWhole(items, names);
  const clear = makeClear(() => put("verdicts", void 0));
  const book = makeBook(items, {
    ask: (id) => `${id}: your verdict`,
    makePane: () => makeOptions(options, (verdict) => put("verdicts", verdict, REST_MS)),
    turned: show,
    below: [entered.node, makeSearch(rows, enter)]
  });
  const next = makeButton("Next claim", () => book.go((book.place() + 1) % items.length), { class: "main" });
  const isDone = (id) => Boolean(answer.value().verdicts?.[id] && answer.value().evidence?.[id]);
  function put(part, one, restMs = 0) {
    const { [book.id()]: _, ...others } = answer.value()[part] ?? {};
    const entries = one === void 0 ? others : { ...others, [book.id()]: one };
    const { [part]: __, ...rest } = answer.value();
    answer.put(Object.keys(entries).length ? { ...rest, [part]: entries } : rest, restMs);
  }
  function enter(row) {
    put("evidence", row);
  }
  function show() {
    const value = answer.value();
    const id = book.id();
    const said = (one) => names.get(value.verdicts?.[one] ?? "");
    const all = items.map(({ id: one }) => isDone(one) ? said(one) : said(one) && `${said(one)}, no row`);
    book.show(all, value.verdicts?.[id]);
    clear.show(id, value.verdicts?.[id] !== void 0);
    entered.show(value.evidence?.[id]);
    whole.show(value);
    markIdle(next, items.length < 2);
    const done = items.filter(({ id: one }) => isDone(one)).length;
    const counts = sayCounts(options, names, value);
    const rest = ` with verdict and row${counts && ` · ${counts}`}`;
    count.replaceChildren(html("b", {}, `${done} of ${items.length}`), rest);
  }
  answer.bar.append(clear.node, whole.node, next);
  root.append(book.node, answer.bar, whole.holder);
  book.go(0);
  return close;
}
var panel_default = { render };
export {
  panel_default as default
};
