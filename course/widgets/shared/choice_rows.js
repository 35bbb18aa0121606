// One choice for each of several texts: what the role labeller and the matching have in common.

const NOTHING = "";

/** A text with its list of options; `choose(id, value)` is called with what is chosen. */
function choiceRow(item, options, choose) {
  const pairs = options.map(({ value, label }) => [value, label]);
  const select = choiceOf([[NOTHING, "– not chosen yet –"], ...pairs]);
  select.id = uniqueId("choice");
  const text = html("div", { class: "passage", id: uniqueId("text") }, passage(item));
  select.setAttribute("aria-describedby", text.id);
  select.addEventListener("change", () => choose(item.id, select.value));
  const mark = html("span", { class: "choice-mark", "aria-hidden": "true" });
  const name = html("label", { class: "choice-name", for: select.id }, item.id);
  const node = html("li", { class: "choice-row" }, html("div", { class: "choice-head" }, name, mark), text, select);
  let value = NOTHING;

  function show(chosen) {
    value = chosen ?? NOTHING;
    select.value = value;
    mark.textContent = value === NOTHING ? "" : "✓";
  }
  return { node, select, show, done: () => value !== NOTHING };
}

/** What a text says: in the module's words, a quoted phrase, and the original where there is one. */
function passage({ text, quote, original }) {
  const own = html("div", {}, html("p", {}, text));
  if (quote) own.append(html("p", { class: "note" }, "In the column’s words: ", html("q", {}, quote)));
  return original ? [own, html("blockquote", {}, html("p", {}, original))] : [own];
}

/** How many have their choice, as a bar and in words. */
function progressOf(total, word) {
  const bar = html("progress", { max: total, value: 0, "aria-label": `${word} so far` });
  const words = html("span");
  const show = (done) => {
    bar.value = done;
    words.textContent = `${done} of ${total} ${word}`;
  };
  return { node: html("p", { class: "choice-progress" }, bar, words), show };
}

/** The rows of an exercise with its progress and the line that says what is saved. */
function choices(model, word) {
  const { items, options } = model.get("content");
  const kept = answerLine(model);
  const rows = items.map((item) => choiceRow(item, options, choose));
  const list = html("ul", { class: "choice-rows" }, rows.map(({ node }) => node));
  const progress = progressOf(items.length, word);
  const answer = draft(model, kept, show);

  function choose(id, chosen) {
    const { [id]: _, ...others } = answer.value();
    answer.put(chosen === NOTHING ? others : { ...others, [id]: chosen });
  }
  function show() {
    const value = answer.value();
    rows.forEach((row, place) => row.show(value[items[place].id]));
    progress.show(rows.filter((row) => row.done()).length);
  }
  if (!model.get("question")) kept.node.hidden = true;
  show();
  return { rows, list, progress: progress.node, kept: kept.node, stops: [kept.stop, answer.stop] };
}
