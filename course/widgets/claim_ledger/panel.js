// The claim ledger: claims, a verdict for each, the row that shows it; a search over all tables.

import { holdDraft } from "../shared/answer_bar.js";
import { makeBook } from "../shared/choice_pages.js";
import { makeClear, makeOptions, REST_MS, splitLabel } from "../shared/choices.js";
import { makeButton, makeDisclosure, markIdle } from "../shared/controls.js";
import { html } from "../shared/elements.js";
import { openPanel } from "../shared/panel_frame.js";
import { makeTable, scrollSideways } from "../shared/table_twin.js";
import { makeSearch } from "./search.js";

/** @import { Choice, Item, View } from "../shared/types.d.ts" */
/** @import { Answer, Content } from "./types.d.ts" */

const TEXT_AT_MOST = 190; // characters of a row: two lines
const NO_ROW = "none yet: press a row below, or type its name and press Enter";

/** Make the line with the row that is entered for the claim on show. @param {Map<string, string>} rows @param {() => void} remove */
function makeEntered(rows, remove) {
  const name = html("b");
  const text = html("span", { class: "note" });
  const act = makeButton("Take out", remove, { class: "slim" });
  const node = html("p", { class: "entered" }, "Evidence: ", name, " ", act, " ", text);
  function show(/** @type {string | undefined} */ row) {
    name.textContent = row ?? NO_ROW;
    text.textContent = rows.get(row ?? "")?.slice(0, TEXT_AT_MOST) ?? "";
    node.classList.toggle("empty", !row);
    act.hidden = !row;
  }
  return { node, show };
}

/** Make the whole as a table and as text, when it is asked for. @param {Item[]} items @param {Map<string, string>} names */
function makeWhole(items, names) {
  const holder = html("div", { class: "whole" });
  function write(/** @type {Answer} */ { verdicts, evidence }) {
    const rows = items.map(({ id, text }) => [
      id,
      text,
      names.get(verdicts?.[id] ?? "") ?? "not yet",
      evidence?.[id] ?? "none yet",
    ]);
    const table = makeTable("The ledger so far", ["Claim", "In neutral words", "Verdict", "Evidence"], rows);
    const lines = rows.map(([id, text, verdict, row]) => `${id} ${text} ${verdict}. Evidence: ${row}.`);
    holder.replaceChildren(scrollSideways(table), html("pre", {}, lines.join("\n")));
  }
  return { ...makeDisclosure("Table and text", holder, {}, write), holder };
}

/** Count the verdicts in words. @param {Choice<string>[]} options @param {Map<string, string>} names @param {Answer} value */
function sayCounts(options, names, { verdicts = {} }) {
  const given = Object.values(verdicts);
  const counts = options.map(({ value }) => [given.filter((one) => one === value).length, names.get(value)]);
  return counts
    .filter(([number]) => number)
    .map(([number, name]) => `${name} ${number}`)
    .join(" · ");
}

function render(/** @type {View<Content, Answer>} */ { model, el }) {
  const { title, items, options, rows } = model.get("content");
  const { root, signal, close } = openPanel({ model, el }, "choice-pages claim-ledger", title);
  const names = new Map(options.map((option) => [option.value, splitLabel(option).name]));
  const count = html("p");
  const answer = holdDraft(model, signal, show, count);
  const entered = makeEntered(new Map(rows), () => enter(undefined));
  const whole = makeWhole(items, names);
  const clear = makeClear(() => put("verdicts", undefined));
  const book = makeBook(items, {
    ask: (id) => `${id}: your verdict`,
    makePane: () => makeOptions(options, (verdict) => put("verdicts", verdict, REST_MS)),
    turned: show,
    below: [entered.node, makeSearch(rows, enter)],
  });
  const next = makeButton("Next claim", () => book.go((book.place() + 1) % items.length), { class: "main" });

  const isDone = (/** @type {string} */ id) => Boolean(answer.value().verdicts?.[id] && answer.value().evidence?.[id]);
  /** Put an entry of the claim on show. @param {"verdicts" | "evidence"} part @param {string | undefined} one */
  function put(part, one, restMs = 0) {
    const { [book.id()]: _, ...others } = answer.value()[part] ?? {};
    const entries = one === undefined ? others : { ...others, [book.id()]: one };
    const { [part]: __, ...rest } = answer.value();
    answer.put(Object.keys(entries).length ? { ...rest, [part]: entries } : rest, restMs);
  }
  function enter(/** @type {string | undefined} */ row) {
    put("evidence", row);
  }
  function show() {
    const value = answer.value();
    const id = book.id();
    const said = (/** @type {string} */ one) => names.get(value.verdicts?.[one] ?? "");
    const all = items.map(({ id: one }) => (isDone(one) ? said(one) : said(one) && `${said(one)}, no row`));
    book.show(all, value.verdicts?.[id]);
    clear.show(id, value.verdicts?.[id] !== undefined);
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

export default { render };
