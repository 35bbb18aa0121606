// Dragging a row of a list to another place, by mouse, pen or finger.

const THRESHOLD_PX = 4;

/** Return the place that a height on the screen belongs to, among rows other than the dragged. */
function findPlace(/** @type {Element[]} */ rows, /** @type {Element} */ dragged, /** @type {number} */ y) {
  const others = rows.filter((row) => row !== dragged);
  return others.filter((row) => {
    const { top, height } = row.getBoundingClientRect();
    return top + height / 2 < y;
  }).length;
}

/**
 * Let rows of a list be dragged. `grab(row)` begins, `over(place)` is called while the pointer moves,
 * `drop()` when it is let go, `cancel()` when the drag is broken off.
 * @param {HTMLElement} list
 * @param {{ grab: (row: HTMLElement) => void, over: (place: number) => void,
 *   drop: () => void, cancel: () => void }} act
 */
export function letDrag(list, { grab, over, drop, cancel }) {
  let at = /** @type {{ row: HTMLElement, pointer: number, y: number, moved: boolean } | null} */ (null);
  // Wherever the focus is: a hand that drags has left it somewhere else.
  function heedEscape(/** @type {KeyboardEvent} */ event) {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    end(cancel);
  }
  function end(/** @type {() => void} */ finish, pointer = at?.pointer) {
    if (at === null || pointer !== at.pointer) return;
    const { moved } = at;
    at = null;
    window.removeEventListener("keydown", heedEscape, true);
    if (moved) finish();
  }
  list.addEventListener("pointerdown", (event) => {
    const target = /** @type {Element} */ (event.target);
    const [row, handle] = [target.closest("li"), target.closest(".grip")];
    if (!row || event.button !== 0 || (!handle && target.closest("button"))) return;
    if (event.pointerType === "touch" && !handle) return; // a finger on the text scrolls the page
    getSelection()?.removeAllRanges(); // or the browser would drag the selected text
    at = { row, pointer: event.pointerId, y: event.clientY, moved: false };
  });
  list.addEventListener("pointermove", (event) => {
    if (at === null || event.pointerId !== at.pointer) return;
    if (!at.moved && Math.abs(event.clientY - at.y) < THRESHOLD_PX) return;
    if (!at.moved) {
      at.moved = true;
      window.addEventListener("keydown", heedEscape, true);
      list.setPointerCapture(event.pointerId);
      grab(at.row);
    }
    event.preventDefault();
    over(findPlace([...list.children], at.row, event.clientY));
  });
  list.addEventListener("pointerup", ({ pointerId }) => end(drop, pointerId));
  list.addEventListener("pointercancel", ({ pointerId }) => end(cancel, pointerId));
}
