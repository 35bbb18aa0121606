// The line that says whether an answer is on the disk.

import { html, makeId } from "./elements.js";
import { listenTo } from "./panel_frame.js";

/** @import { Model } from "./types.d.ts" */

const PATIENCE_MS = 8000;
const LINE_MS = [300, 1000, 2500];
const OLD_LINE = "Now run this cell again, so that the notebook carries this answer, too.";

/** Tell whether the output below the panel shows a line; true where there is no such output. */
function showsLine(/** @type {Element} */ node, /** @type {string | undefined} */ line) {
  const area = node.closest(".jp-OutputArea");
  if (!line || !area) return true;
  const outputs = [...area.querySelectorAll(".jp-OutputArea-output")];
  return outputs.some((output) => output.textContent?.trim() === line);
}

/**
 * Make the way of an answer to the disk: `send(value)` hands it to Python, the line says what
 * became of it. "saved" appears only when Python has said that the answer is on the disk.
 * @param {Model} model @param {AbortSignal} signal
 */
export function makeSavedLine(model, signal) {
  const node = html("p", { class: "kept", role: "status", hidden: !model.get("question") });
  const view = makeId("view");
  let pending = /** @type {string | null} */ (null);
  let sent = 0;

  function say(/** @type {string} */ text) {
    const said = text.replace(/^saved at/, "Saved at");
    node.classList.toggle("trouble", /^not saved/i.test(text));
    if (node.textContent !== said) node.textContent = said;
  }
  function showStatus() {
    if (pending === null) say(model.get("status"));
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
      else say(`${model.get("status")}. ${OLD_LINE}`);
    }, wait);
  }
  function send(/** @type {unknown} */ value) {
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
