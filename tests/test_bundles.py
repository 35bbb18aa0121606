"""The bundles of the panels: in step with their sources, complete, and shipped."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
WIDGETS = ROOT / "course" / "widgets"
BUNDLES = WIDGETS / "static"
SCRIPT = ROOT / "scripts" / "bundle.mjs"
PANELS = sorted(module.parent.name for module in WIDGETS.glob("*/panel.js"))


def hash_inputs(panel: str) -> str:
    """Return the hash that scripts/bundle.mjs makes of all that goes into a panel."""
    found = sha256(SCRIPT.read_bytes())
    for folder in ("shared", panel):
        for path in sorted((WIDGETS / folder).iterdir()):
            if path.suffix == ".js":
                found.update(f"{folder}/{path.name}\n".encode())
                found.update(path.read_bytes())
    return found.hexdigest()


def test_each_panel_has_its_bundle_and_there_is_no_other() -> None:
    """A folder with a panel.js gives one file."""
    assert sorted(path.name for path in BUNDLES.iterdir()) == [f"{panel}.js" for panel in PANELS]
    assert len(PANELS) == 10


@pytest.mark.parametrize("panel", PANELS)
def test_a_bundle_is_of_the_sources_as_they_are(panel: str) -> None:
    """Told by the hash in its first line, without node: run `make js` if this fails."""
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    esbuild = package["devDependencies"]["esbuild"]
    made = f'/* Made by "make js" with esbuild {esbuild} from sha256:{hash_inputs(panel)} */'
    with (BUNDLES / f"{panel}.js").open(encoding="utf-8") as bundle:
        assert bundle.readline().rstrip("\n") == made


@pytest.mark.skipif(
    not shutil.which("node") or not (ROOT / "node_modules" / "esbuild").exists(),
    reason="node or its packages are not installed (make js installs the packages)",
)
def test_bundling_again_gives_the_same_files(tmp_path: Path) -> None:
    """Nobody has edited a bundle by hand."""
    subprocess.run(["node", str(SCRIPT), str(tmp_path)], check=True, timeout=60)
    for path in BUNDLES.iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


@pytest.mark.parametrize("panel", PANELS)
def test_a_bundle_has_no_import_and_one_export(panel: str) -> None:
    """A panel works without a network, and leaves no name behind but what it exports."""
    text = (BUNDLES / f"{panel}.js").read_text(encoding="utf-8")
    assert not re.search(r"^\s*import\b|\bimport\(|\brequire\(", text, re.MULTILINE)
    assert re.findall(r"^export .*?;$", text, re.MULTILINE | re.DOTALL) == [
        "export {\n  panel_default as default\n};"
    ]


def test_colors_and_sizes_of_type_are_written_once() -> None:
    """Only tokens.css has them; the other style sheets name a token."""
    for path in sorted({*WIDGETS.glob("*/*.css")} - {WIDGETS / "shared" / "tokens.css"}):
        sheet = path.read_text(encoding="utf-8")
        found = re.findall(r"#[0-9a-f]{3,8}\b|\brgba?\(|font-size: (?!var\()", sheet)
        assert not found, f"{path.name}: {found}"


def test_the_lock_file_names_no_address_of_a_registry() -> None:
    """It serves wherever the packages come from."""
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
