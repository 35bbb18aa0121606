/* Made by "make js" with esbuild 0.28.2 from sha256:976ba42dfcb4453747ec697376ba55c181b458b8bed01919d286da9b149b96b6 */

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
function labelControl(text, control) {
  control.id = makeId("control");
  return html("div", { class: "field" }, html("label", { for: control.id }, text), control);
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
function holdChoices(model, word, signal, show) {
  const total = model.get("content").items.length;
  const progress = html("progress", { max: total, value: 0, "aria-label": `${word} so far` });
  const count = html("b");
  const rest = html("span");
  const answer = holdDraft(model, signal, update, html("p", {}, progress, " ", count, rest));
  const clear = makeClear(() => {
    const { [current]: chosen, ...others } = answer.value();
    if (chosen !== void 0) answer.put(others);
  });
  let current = model.get("content").items[0].id;
  const buttons = html("div", { class: "buttons" }, clear.node);
  answer.bar.append(buttons);
  function update() {
    const done = Object.keys(answer.value()).length;
    progress.value = done;
    count.textContent = `${done} of ${total}`;
    const isGraded = !model.get("question")?.startsWith("practice-");
    rest.textContent = done === total && isGraded ? ` ${word}. Points come with grading.` : ` ${word}`;
    clear.show(current, current in answer.value());
    show(answer.value());
  }
  function turn(id) {
    current = id;
    update();
  }
  const choose = (id, option) => answer.put({ ...answer.value(), [id]: option }, REST_MS);
  return { bar: answer.bar, buttons, value: answer.value, choose, turn };
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
function openChoicePages({ model, el }, kind, pages) {
  const { done, ask, nameOf = (option) => splitLabel(option).name, makePane = makeOptions, ...more } = pages;
  const { title, items, options } = model.get("content");
  const { root, signal, close } = openPanel({ model, el }, `choice-pages ${kind}`, title);
  const names = new Map(options.map((option) => [option.value, nameOf(option)]));
  const answer = holdChoices(model, done, signal, show);
  const book = makeBook(items, {
    ask: (id) => `${id} ${ask}`,
    makePane: (id) => makePane(options, (option) => answer.choose(id, option)),
    turned: answer.turn,
    beside: html("p", { class: "note" }, `A thick lower edge: ${done}.`),
    ...more
  });
  const back = makeButton("Back", () => book.go(book.place() - 1));
  const next = makeButton(`Next not ${done}`, () => book.go(findNext()), { class: "main" });
  function findNext() {
    const after = [...items.keys()].map((step) => (book.place() + 1 + step) % items.length);
    return after.find((one) => !answer.value()[items[one].id]) ?? book.place();
  }
  function show(value) {
    const all = items.map(({ id }) => names.get(value[id]));
    book.show(all, value[book.id()]);
    markIdle(back, book.place() === 0);
    markIdle(next, findNext() === book.place());
  }
  book.holder.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    book.go(findNext());
    book.focus();
  });
  answer.buttons.append(back, next);
  root.append(book.node, answer.bar);
  book.go(0);
  return close;
}

// close_reading/panel.js
function cutAtWords(text, words) {
  let pieces = [text];
  for (const word of words) {
    const place = pieces.findIndex((piece) => typeof piece === "string" && piece.includes(word));
    if (place < 0) continue;
    const [before, ...after] = (
      /** @type {string} */
      pieces[place].split(word)
    );
    const node = html("span", { class: "hard" }, word);
    pieces = pieces.toSpliced(place, 1, before, node, after.join(word));
  }
  return pieces;
}
function makeReader(excerpts) {
  const chooser = makeDropDown(
    excerpts.map(({ id, title }) => ({ value: id, label: `${id} · ${title}` })),
    () => open(chooser.value)
  );
  const words = html("div", { class: "controls" });
  const meaning = html("p", { class: "gloss", role: "status" });
  const about = html("p", { class: "note" });
  const source = html("details", {}, html("summary", {}, "Where this text is from"), about);
  const below = [words, html("div", { class: "controls" }, source, meaning)];
  const longest = excerpts.reduce((best, one) => one.sentences.length > best.sentences.length ? one : best);
  let current = excerpts[0];
  let fill = () => {
  };
  function open(id) {
    current = excerpts.find((one) => one.id === id) ?? current;
    chooser.value = current.id;
    meaning.textContent = "";
    const buttons = current.glosses.map(
      (gloss) => makeButton(gloss.word, () => meaning.replaceChildren(html("b", {}, gloss.word), `: ${gloss.meaning}`), {
        class: "slim"
      })
    );
    words.replaceChildren(html("span", { class: "note" }, "Hard words:"), ...buttons);
    about.replaceChildren(current.source, html("br"), "Other copies: ", current.copies);
    fill();
  }
  function makeSentences({ glosses, sentences: names, gaps }, sentences, choose) {
    const words2 = glosses.map(({ word }) => word);
    const own = sentences.filter(({ value }) => names.includes(value));
    const radios = makeOptions(own, choose, ({ value, label }) => [
      html("b", {}, value),
      " ",
      html("span", {}, ...cutAtWords(label, words2))
    ]);
    const lines = radios.labels.flatMap(
      (label, place) => gaps.includes(own[place].value) ? [html("p", { class: "note" }, "[...]"), label] : [label]
    );
    return { ...radios, node: html("div", {}, ...lines) };
  }
  function makePane(sentences, choose) {
    const ghost = makeSentences(longest, sentences, () => {
    }).node;
    ghost.classList.add("ghost");
    const body = html("div", { class: "reserved" });
    let radios = makeSentences(current, sentences, choose);
    let marked = (
      /** @type {string | undefined} */
      ""
    );
    fill = () => {
      radios = makeSentences(current, sentences, choose);
      body.replaceChildren(ghost, radios.node);
      radios.show(marked);
    };
    function show(chosen) {
      const first = marked === "";
      marked = chosen;
      if (first) open(excerpts.find(({ sentences: sentences2 }) => sentences2.includes(chosen ?? ""))?.id ?? current.id);
      else radios.show(chosen);
    }
    return { labels: [body], show, focus: () => radios.focus() };
  }
  return { above: labelControl("Text", chooser), below, makePane };
}
function render(view) {
  const reader = makeReader(view.model.get("content").documents);
  return openChoicePages(view, "close-reading", {
    done: "marked",
    ask: "· mark one sentence",
    isAsked: true,
    nameOf: (option) => option.value,
    ...reader
  });
}
var panel_default = { render };
export {
  panel_default as default
};
