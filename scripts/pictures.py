"""Makes the pictures of README and docs from the screenshots that a browser test leaves.

python -m pytest tests/browser/test_whole_way.py
python scripts/pictures.py
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
STATIONS = ROOT / "screenshots" / "whole-way"
PICTURES = ROOT / "docs" / "pictures"
# The picture's name, and the station that it shows.
CHOSEN = {"overview": "ana-overview", "marking": "marked-by-hand", "feedback": "ana-feedback"}
COLOURS = 160
MOST_BYTES = 150_000


def main() -> int:
    """Make the pictures; return 1 if a screenshot is missing or a picture becomes too large."""
    for name, station in CHOSEN.items():
        found = sorted(STATIONS.glob(f"[0-9][0-9]-{station}.png"))
        if not found:
            print(
                f"{STATIONS}: expected a screenshot of '{station}', found none. "
                "Run first: python -m pytest tests/browser/test_whole_way.py",
                file=sys.stderr,
            )
            return 1
        target = PICTURES / f"{name}.png"
        with Image.open(found[0]) as shot:
            few = shot.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
            few.save(target, optimize=True)
        size = target.stat().st_size
        print(f"{target.relative_to(ROOT)}: {size:,} bytes")
        if size > MOST_BYTES:
            print(f"{target}: larger than {MOST_BYTES:,} bytes", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
