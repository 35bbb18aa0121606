// The last part of every graded panel: what is kept, whether it is on the disk, the button that keeps;
// and an answer between the hand and the disk: shown at once, kept by Python, taken back if refused.

import { makeButton } from "./controls.js";
import { html, makeId } from "./elements.js";
import { listenTo } from "./panel_frame.js";

/** @import { Model } from "./types.d.ts" */

const SLOW_MS = 2000;
const PATIENCE_MS = 8000;
const LINE_MS = [300, 1000, 2500];
/** In place of the number of an answer: one is on the screen that is not sent yet. */
const RESTING = "resting";
const OLD_LINE = "Now run this cell again, so that the notebook carries this answer, too.";
/** What a text begins with that says how it stands with the answer, and what part of it is stressed. */
const STATES = [
  { state: "good", begins: /^(saved at|your (saved )?answer was found|✓)/i, stressed: /^✓[^:]*:?/ },
  { state: "wait", begins: /^[◐○△]/, stressed: /^[^:]*:?/ },
  { state: "bad", begins: /^not saved|cannot be (read|used)|damaged/i, stressed: /^not saved( yet)?[.:]/i },
];

/** Tell whether the output below the panel shows a line; true where there is no such output. */
function showsLine(/** @type {Element} */ node, /** @type {string | undefined} */ line) {
  const area = node.closest(".jp-OutputArea");
  if (!line || !area) return true;
  const outputs = [...area.querySelectorAll(".jp-OutputArea-output")];
  return outputs.some((output) => output.textContent?.trim() === line);
}

/** Write what Python reports as a sentence, a time without its seconds. @param {string} status */
function writeStatus(status) {
  const short = status.replace(/^(saved at \d\d:\d\d):\d\d/, "$1");
  return short.charAt(0).toUpperCase() + short.slice(1);
}

/**
 * Make the bar, and with it the way of an answer to the disk: `send(value)` hands it to Python, the
 * bar says what became of it. "Saved" appears only when Python has said that it is on the disk.
 * A panel whose answers are kept as they are given has no buttons of its own: it gets "Try again".
 * @param {Model} model @param {AbortSignal} signal
 * @param {HTMLElement} what says what is kept, or how much of it @param {HTMLElement[]} buttons
 */
export function makeAnswerBar(model, signal, what, buttons = []) {
  const kept = html("p", { class: "kept", role: "status" });
  const again = makeButton("Try again", () => send(latest), { class: "main", hidden: true });
  what.classList.add("what");
  const group = { class: "answer-bar flow", role: "group", "aria-label": "Your answer" };
  const node = html("div", { ...group, hidden: !model.get("question") }, what, kept, again, buttons);
  const view = makeId("view");
  let pending = /** @type {string | null} */ (null);
  let latest = /** @type {unknown} */ (null);
  let sent = 0;

  function say(/** @type {string} */ text) {
    const { state, stressed } = STATES.find(({ begins }) => begins.test(text)) ?? { state: "", stressed: /^/ };
    const [begin] = stressed.exec(text) ?? [""];
    node.dataset.state = state;
    kept.setAttribute("role", state === "bad" ? "alert" : "status");
    again.hidden = state !== "bad" || !sent || buttons.length > 0;
    if (kept.textContent === text) return;
    kept.replaceChildren(...(begin ? [html("b", {}, begin)] : []), text.slice(begin.length));
  }
  function showStatus() {
    if (pending === null) say(writeStatus(model.get("status")));
  }
  function hearReply(/** @type {{ reply?: string, line?: string }} */ { reply, line }) {
    if (pending === null || reply !== pending) return;
    pending = null;
    showStatus();
    lookForLine(line, sent, LINE_MS);
  }
  /**
   * After the page was loaded again, Jupyter changes no output of a cell that has not run since.
   * @param {string | undefined} line @param {number} number @param {number[]} waits
   */
  function lookForLine(line, number, [wait, ...more]) {
    setTimeout(() => {
      if (number !== sent || pending !== null || showsLine(node, line)) return;
      if (more.length) lookForLine(line, number, more);
      else say(`${writeStatus(model.get("status"))}. ${OLD_LINE}`);
    }, wait);
  }
  /** Wait for an answer that is not sent yet: what Python still reports is of an earlier one. */
  function rest() {
    pending = RESTING;
    say("");
  }
  function send(/** @type {unknown} */ value) {
    sent += 1;
    latest = value;
    const number = `${view}-${sent}`;
    pending = number;
    say(""); // the old "Saved" says nothing of this answer
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

/**
 * Hold the value on the screen. `put(next)` shows it and sends it, `put(next, ms)` sends the last one
 * when the hand has rested so long; until that has its reply, what Python reports of earlier ones
 * does not undo it. `show` draws what `value()` gives. `keep(next)` puts it so that `undo()` can take
 * it back, and tells whether there was anything to take back.
 * @template Answer
 * @param {Model<unknown, Answer>} model
 * @param {AbortSignal} signal @param {() => void} show
 * @param {HTMLElement} what says in the answer bar what is kept @param {HTMLElement[]} [buttons]
 */
export function holdDraft(model, signal, show, what, buttons) {
  const bar = makeAnswerBar(model, signal, what, buttons);
  const before = /** @type {Answer[]} */ ([]);
  const value = () => own ?? model.get("value");
  let own = /** @type {Answer | null} */ (null);
  let timer = 0;
  function settle() {
    if (bar.isWaiting()) return;
    own = null;
    show();
  }
  // After the bar's own listeners: whether a reply is still awaited is known by then.
  listenTo(model, { "change:value": settle, "msg:custom": settle }, signal);
  function send() {
    window.clearTimeout(timer);
    timer = 0;
    bar.send(own);
  }
  function put(/** @type {Answer} */ next, restMs = 0) {
    own = next;
    window.clearTimeout(timer);
    if (restMs) {
      bar.rest();
      timer = window.setTimeout(send, restMs);
    } else send();
    show();
  }
  function keep(/** @type {Answer} */ next) {
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
