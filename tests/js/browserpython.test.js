// A browser's Python (Pyodide) keeps answers as any other does. Its core alone is here: no numpy, so
// what stands on tables and panels is not tried.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { loadPyodide } from "pyodide";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

// The package is read where it lies; nothing is written there.
const python = await loadPyodide();
python.mountNodeFS("/package", ROOT);
python.runPython(`
import sys
sys.dont_write_bytecode = True
sys.path.insert(0, "/package")
from pathlib import Path
from course.answers.carried import carried_by_file, make_bundle
from course.answers.store import AnswerStore
folder = Path("/home/pyodide/votes")
folder.mkdir()
store = AnswerStore(folder)
`);

test("every save in a row is kept, and no lock stays behind", () => {
  const said = python.runPython(`
results = [store.save("votes-11", {"report": n}) for n in range(1, 5)]
store.save("votes-12", {"most": 7})
[[r.saved for r in results], store.load("votes-11")["report"], sorted(p.name for p in folder.iterdir())]
`);
  assert.deepEqual(said.toJs(), [[true, true, true, true], 4, ["answers.json"]]);
});

test("a notebook that is downloaded carries its answer", () => {
  const said = python.runPython(`
import json
entry = store.save("votes-11", {"report": 9}).entry
output = {"output_type": "display_data", "data": make_bundle("votes-11", entry), "metadata": {}}
cell = {"cell_type": "code", "outputs": [output], "source": "replay", "metadata": {}}
file = Path("/home/pyodide/votes.ipynb")
file.write_text(json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
carried_by_file(file)["votes-11"]["value"]["report"]
`);
  assert.equal(said, 9);
});

test("nothing but the standard library is needed to keep an answer", () => {
  const outside = python.runPython(`
[n for n in sorted({m.split(".")[0] for m in sys.modules} - sys.stdlib_module_names)
 if not n.startswith("_")]
`);
  /** @type {string[]} */
  const names = outside.toJs();
  const own = ["course", "js", "pyodide", "pyodide_js"];
  assert.deepEqual(
    names.filter((name) => !own.includes(name)),
    [],
  );
});
