// The role labeller: each paragraph gets one label; what is labelled can be put out of sight.

/**
 * The box "Only those not yet labelled". A row that is labelled while the box is ticked goes out of
 * sight when the focus has left it; under a pointer that is at work in the list nothing moves.
 */
function filterOf(rows, list) {
  const box = html("input", { type: "checkbox" });
  const nothing = html("p", { class: "note", hidden: true }, "Nothing is left: all have a label.");
  let byPointer = false;

  function apply() {
    const focused = list.getRootNode().activeElement;
    for (const { node, done } of rows) {
      node.hidden = box.checked && done() && !node.contains(focused);
    }
    nothing.hidden = rows.some(({ node }) => !node.hidden);
  }
  function left({ relatedTarget }) {
    if (!byPointer) setTimeout(apply);
    else if (!list.contains(relatedTarget)) {
      // Not before the click is over: it would miss what it was meant for.
      window.addEventListener("pointerup", () => setTimeout(apply), { once: true });
    }
  }
  const watch = { pointerdown: () => (byPointer = true), keydown: () => (byPointer = false) };
  for (const [event, note] of Object.entries(watch)) document.addEventListener(event, note, true);
  const stop = () => {
    for (const [event, note] of Object.entries(watch)) {
      document.removeEventListener(event, note, true);
    }
  };
  box.addEventListener("change", apply);
  list.addEventListener("focusout", left);
  const node = html("label", { class: "choice" }, box, "Only those not yet labelled");
  return { node, nothing, stop };
}

function render({ model, el }) {
  const root = frame(el, "role-labeller", model.get("content").title);
  const { rows, list, progress, kept, stops } = choices(model, "labelled");
  const filter = filterOf(rows, list);
  const originals = model.get("content").items.some(({ original }) => original);
  list.classList.toggle("with-originals", originals);
  root.append(html("div", { class: "controls" }, progress, filter.node), kept, list, filter.nothing);
  return () => [...stops, filter.stop].forEach((stop) => stop());
}

export default { render };
