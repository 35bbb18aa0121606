// What every widget of the course shares. The Python class puts this text before the widget's own
// module, so there is nothing to import and nothing to build.

let ids = 0;

/** An id that is unique on the page, for labels, captions and SVG patterns. */
function uniqueId(name) {
  ids += 1;
  return `backyard-${name}-${ids}-${Math.random().toString(36).slice(2, 8)}`;
}

function withContent(node, attributes, children) {
  for (const [name, setting] of Object.entries(attributes)) {
    if (setting !== null && setting !== undefined && setting !== false) {
      node.setAttribute(name, setting === true ? "" : setting);
    }
  }
  node.append(...children.flat());
  return node;
}

/** An HTML element; attributes that are null or false are left out. */
function html(tag, attributes = {}, ...children) {
  return withContent(document.createElement(tag), attributes, children);
}

/** An SVG element. */
function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  return withContent(node, attributes, children);
}

/** A count with thousands separators and a true minus sign: −1,234,567. */
function count(number) {
  return Math.round(number).toLocaleString("en-US").replace("-", "−");
}

/** A table of the numbers behind a figure; the first cell of each row is its header. */
function table(caption, head, rows) {
  return html(
    "table",
    {},
    html("caption", {}, caption),
    html("thead", {}, html("tr", {}, head.map((text) => html("th", { scope: "col" }, text)))),
    html("tbody", {}, rows.map(tableRow)),
  );
}

function tableRow([header, ...cells]) {
  return html(
    "tr",
    {},
    html("th", { scope: "row" }, header),
    cells.map((cell) => html("td", {}, cell)),
  );
}

/** A table that scrolls sideways where it is too wide; only then it takes a stop of the Tab key. */
function sideways(content) {
  const name = { role: "group", "aria-label": content.caption.textContent, tabindex: "0" };
  const node = html("div", { class: "sideways" }, content);
  new ResizeObserver(() => {
    const scrolls = node.scrollWidth > node.clientWidth;
    for (const [attribute, setting] of Object.entries(name)) {
      if (scrolls) node.setAttribute(attribute, setting);
      else node.removeAttribute(attribute);
    }
  }).observe(node);
  return node;
}

/** A control under its visible label. */
function labelled(text, control) {
  control.id = uniqueId("control");
  return html("div", { class: "field" }, html("label", { for: control.id }, text), control);
}

function button(text, act) {
  const node = html("button", { type: "button" }, text);
  node.addEventListener("click", act);
  return node;
}

/** A drop-down list of [value, text] pairs. */
function choiceOf(pairs) {
  return html("select", {}, pairs.map(([value, text]) => html("option", { value }, text)));
}

/** The widget's outer element: a named group that keeps its keys from the notebook's shortcuts. */
function frame(el, kind, title) {
  const id = uniqueId("title");
  const root = html(
    "div",
    {
      class: `backyard ${kind}`,
      role: "group",
      "aria-labelledby": id,
    },
    html("p", { class: "title", id }, title),
  );
  // JupyterLab would otherwise take Enter, arrows and letters as commands of the notebook; Ctrl+S
  // and the like still reach it.
  root.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
  });
  el.append(root);
  return root;
}

/** A piece of a bar; its fill tells it apart by colour and by pattern (see fills). */
function piece(prefix, key, x, y, width, height) {
  return svg("rect", { x, y, width, height, fill: `url(#${prefix}-${key})`, class: "piece" });
}

const MARKS = {
  plain: () => [],
  stripes: () => [svg("path", { d: "M0 8L8 0M-2 2L2 -2M6 10L10 6", class: "mark" })],
  dots: () => [svg("circle", { cx: 4, cy: 4, r: 1.5, class: "dot" })],
  crosses: () => [svg("path", { d: "M0 0L8 8M8 0L0 8", class: "mark" })],
};

/** The fills of a figure's pieces: [{ key, pattern }]; the colours stand in the style sheet. */
function fills(prefix, pieces) {
  return svg(
    "defs",
    {},
    pieces.map(({ key, pattern }) =>
      svg(
        "pattern",
        { id: `${prefix}-${key}`, width: 8, height: 8, patternUnits: "userSpaceOnUse", class: key },
        svg("rect", { width: 8, height: 8, class: "ground" }),
        MARKS[pattern](),
      ),
    ),
  );
}

/** What each fill means: [{ key, label }]. */
function legend(prefix, pieces) {
  return html(
    "ul",
    { class: "legend" },
    pieces.map(({ key, label }) => {
      const swatch = svg("svg", { width: 22, height: 14, "aria-hidden": "true" });
      swatch.append(piece(prefix, key, 0.5, 0.5, 21, 13));
      return html("li", {}, swatch, label);
    }),
  );
}

/** Draw again whenever the width changes, so that text in a figure keeps its size. */
function redrawOnResize(node, draw) {
  let width = 0;
  const observer = new ResizeObserver(() => {
    if (node.clientWidth && node.clientWidth !== width) {
      width = node.clientWidth;
      draw();
    }
  });
  observer.observe(node);
  return () => observer.disconnect();
}

/** Listen to changes of the model's traits; the returned function stops it. */
function listen(model, handlers) {
  for (const [event, handler] of Object.entries(handlers)) model.on(event, handler);
  return () => {
    for (const [event, handler] of Object.entries(handlers)) model.off(event, handler);
  };
}

const PATIENCE_MS = 8000;
const LINE_MS = [300, 1000, 2500];
const OLD_LINE = "Now run this cell again, so that the notebook carries this answer, too.";

/** Whether the output below the panel shows a line; true where there is no such output. */
function lineIsShown(node, line) {
  const area = node.closest(".jp-OutputArea");
  if (!line || !area) return true;
  const outputs = [...area.querySelectorAll(".jp-OutputArea-output")];
  return outputs.some((output) => output.textContent.trim() === line);
}

/**
 * The way of an answer: send(value) hands it to Python, the line says what became of it.
 * "saved" appears only when Python has said that the answer is on the disk.
 */
function answerLine(model) {
  const node = html("p", { class: "kept", role: "status" });
  const view = uniqueId("view");
  let pending = null;
  let sent = 0;

  function say(text) {
    const mark = text.startsWith("saved at") ? "✓ " : "";
    node.classList.toggle("trouble", /^not saved/i.test(text));
    if (node.textContent !== mark + text) node.textContent = mark + text;
  }
  const showStatus = () => pending === null && say(model.get("status"));
  const hear = (message) => {
    if (message.reply === pending) {
      pending = null;
      showStatus();
      lookForLine(message.line, sent, LINE_MS);
    }
  };
  // After the page was loaded again, Jupyter changes no output of a cell that has not run since.
  function lookForLine(line, number, [wait, ...more]) {
    setTimeout(() => {
      if (number !== sent || pending !== null || lineIsShown(node, line)) return;
      if (more.length) lookForLine(line, number, more);
      else say(`${model.get("status")}. ${OLD_LINE}`);
    }, wait);
  }
  const stop = listen(model, { "change:status": showStatus, "msg:custom": hear });

  function send(value) {
    sent += 1;
    const number = `${view}-${sent}`;
    pending = number;
    say("saving …");
    model.send({ answer: value, number });
    setTimeout(() => {
      if (pending === number) {
        pending = null;
        say("Not saved yet: the kernel does not reply. Is it busy? Else run the cell again.");
      }
    }, PATIENCE_MS);
  }
  showStatus();
  const waiting = () => pending !== null;
  return { node, send, say, waiting, stop };
}

