// Bundles the modules of each panel of course/widgets/ into one file, which the wheel carries:
//
//     node scripts/bundle.mjs [folder]        (by default course/widgets/static)
//
// The first line of a bundle says what it was made from, so that tests/test_bundles.py can tell
// without node whether it is still in step.

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, version } from "esbuild";

const SCRIPT = fileURLToPath(import.meta.url);
const PANELS = join(dirname(dirname(SCRIPT)), "course", "widgets");
const SHARED = "shared";

/** Return a hash of all that goes into a panel. @param {string} panel */
function hashInputs(panel) {
  const hash = createHash("sha256").update(readFileSync(SCRIPT));
  for (const folder of [SHARED, panel]) {
    for (const name of readdirSync(join(PANELS, folder)).sort()) {
      if (!name.endsWith(".js")) continue;
      hash.update(`${folder}/${name}\n`).update(readFileSync(join(PANELS, folder, name)));
    }
  }
  return hash.digest("hex");
}

/** Bundle a panel into a folder. @param {string} panel @param {string} folder */
async function bundlePanel(panel, folder) {
  const made = `/* Made by "make js" with esbuild ${version} from sha256:${hashInputs(panel)} */`;
  await build({
    entryPoints: { [panel]: join(PANELS, panel, "panel.js") },
    outdir: folder,
    absWorkingDir: PANELS, // paths in the bundle are the same on every machine
    bundle: true,
    format: "esm",
    target: "es2022",
    charset: "utf8",
    banner: { js: made },
  });
}

const folder = process.argv[2] ?? join(PANELS, "static");
for (const panel of readdirSync(PANELS)) {
  if (existsSync(join(PANELS, panel, "panel.js"))) await bundlePanel(panel, folder);
}
