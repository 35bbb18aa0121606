// Dragging a row of a list to another place, by mouse, pen or finger.

const THRESHOLD_PX = 4;

/** The place in the list that a height on the screen belongs to, among rows other than the dragged. */
function placeAt(rows, dragged, y) {
  const others = rows.filter((row) => row !== dragged);
  return others.filter((row) => {
    const { top, height } = row.getBoundingClientRect();
    return top + height / 2 < y;
  }).length;
}

/**
 * Let rows of a list be dragged. `grab(row)` begins, `over(place)` is called while the row moves,
 * `drop()` when it is let go, `cancel()` when the drag is broken off. Rows move in the page while
 * they are dragged, so the list and not the row holds the pointer.
 */
function dragging(list, rows, { grab, over, drop, cancel }) {
  let at = null;
  // Wherever the focus is: a hand that drags has left it somewhere else.
  function escape(event) {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    end(cancel)({});
  }
  const end = (finish) => (event) => {
    if (at === null || (event.pointerId ?? at.pointer) !== at.pointer) return;
    const { moved } = at;
    at = null;
    window.removeEventListener("keydown", escape, true);
    if (moved) finish();
  };
  function down(event) {
    const row = event.target.closest?.("li");
    const handle = event.target.closest?.(".grip");
    if (!row || event.button !== 0 || (!handle && event.target.closest("button"))) return;
    if (event.pointerType === "touch" && !handle) return; // a finger on the text scrolls the page
    at = { row, pointer: event.pointerId, y: event.clientY, moved: false };
  }
  function move(event) {
    if (at === null || event.pointerId !== at.pointer) return;
    if (!at.moved && Math.abs(event.clientY - at.y) < THRESHOLD_PX) return;
    if (!at.moved) {
      at.moved = true;
      window.addEventListener("keydown", escape, true);
      list.setPointerCapture(event.pointerId);
      grab(at.row);
    }
    event.preventDefault();
    over(placeAt(rows(), at.row, event.clientY));
  }
  list.addEventListener("pointerdown", down);
  list.addEventListener("pointermove", move);
  list.addEventListener("pointerup", end(drop));
  list.addEventListener("pointercancel", end(cancel));
}
