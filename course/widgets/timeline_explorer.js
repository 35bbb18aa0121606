// The timeline explorer.

function render({ model, el }) {
  const { title, events } = model.get("content");
  const rows = events.map((event) => [event.first, event.title, event.category]);
  frame(el, "timeline-explorer", title).append(sideways(table(title, ["Date", "Event", "Category"], rows)));
}

export default { render };
