// An answer between the hand and the disk: shown at once, kept by Python, and taken back if Python
// refuses it.

import { listenTo } from "./panel_frame.js";
import { makeSavedLine } from "./saved_line.js";

/** @import { Model } from "./types.d.ts" */

/**
 * Hold the value on the screen. `put(next)` shows it and sends it; until the last one sent has its
 * reply, what Python reports of earlier ones does not undo it. `show` draws what `value()` gives.
 * @template Answer
 * @param {Model<unknown, Answer>} model
 * @param {AbortSignal} signal @param {() => void} show
 */
export function holdDraft(model, signal, show) {
  const kept = makeSavedLine(model, signal);
  let own = /** @type {Answer | null} */ (null);
  function settle() {
    if (kept.isWaiting()) return;
    own = null;
    show();
  }
  // After the saved line's own listeners: whether a reply is still awaited is known by then.
  listenTo(model, { "change:value": settle, "msg:custom": settle }, signal);
  function put(/** @type {Answer} */ next) {
    own = next;
    kept.send(next);
    show();
  }
  return { kept: kept.node, value: () => own ?? model.get("value"), put };
}
