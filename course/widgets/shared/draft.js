// An answer between the hand and the disk: shown at once, kept by Python, and taken back if Python
// refuses it.

/**
 * The value on the screen. `put(next)` shows it and sends it; until the last one sent has its
 * reply, what Python reports of earlier ones does not undo it. `show` draws what `value()` gives.
 */
function draft(model, kept, show) {
  let own = null;
  const value = () => own ?? model.get("value");
  const settle = () => {
    if (kept.waiting()) return;
    own = null;
    show();
  };
  const stop = listen(model, { "change:value": settle, "msg:custom": settle });
  function put(next) {
    own = next;
    kept.send(next);
    show();
  }
  return { value, put, stop };
}
