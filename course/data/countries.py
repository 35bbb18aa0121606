"""The countries of the tables: names by three-letter codes."""

import tomllib
from pathlib import Path

COUNTRIES = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
