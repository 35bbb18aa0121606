// Matching: each item gets one of the options.

function render({ model, el }) {
  const root = frame(el, "matching", model.get("content").title);
  const { list, progress, kept, stops } = choices(model, "chosen");
  root.append(list, progress, kept);
  return () => stops.forEach((stop) => stop());
}

export default { render };
