// An answer between the hand and the disk: shown at once, kept by Python, and taken back if Python
// refuses it.

import { makeAnswerBar } from "./answer_bar.js";
import { listenTo } from "./panel_frame.js";

/** @import { Model } from "./types.d.ts" */

/**
 * Hold the value on the screen. `put(next)` shows it and sends it, `put(next, ms)` sends the last one
 * when the hand has rested so long; until that has its reply, what Python reports of earlier ones
 * does not undo it. `show` draws what `value()` gives.
 * @template Answer
 * @param {Model<unknown, Answer>} model
 * @param {AbortSignal} signal @param {() => void} show
 * @param {HTMLElement} what says in the answer bar what is kept @param {HTMLElement[]} [buttons]
 */
export function holdDraft(model, signal, show, what, buttons) {
  const bar = makeAnswerBar(model, signal, what, buttons);
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
  signal.addEventListener("abort", () => timer && send());
  return { bar: bar.node, value: () => own ?? model.get("value"), put };
}
