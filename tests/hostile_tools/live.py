"""Finds script of a student's that a browser would run in a page."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

__all__ = ["MARK", "live_script", "rendered"]

# Every script of the corpus holds this word.
MARK = "hx_alert"
_ADDRESSES = ("href", "src", "action", "formaction", "data", "xlink:href", "srcdoc", "poster")
_SCRIPT_ADDRESS = re.compile(r"(javascript|vbscript|data):", re.I)
_DATA_TYPES = re.compile(r"json|text/plain|template", re.I)


class _Finder(HTMLParser):
    """Collects what would run."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._script: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at the attributes of an element."""
        for name, value in attrs:
            text = re.sub(r"[\s\0-\x1f]+", "", value or "")
            if MARK not in text:
                continue
            runs = name.startswith("on") or name == "srcdoc"
            runs = runs or (name in _ADDRESSES and bool(_SCRIPT_ADDRESS.match(text)))
            if runs or tag in ("iframe", "object", "embed", "base", "meta", "link"):
                self.found.append(f"<{tag} {name}={text[:60]!r}>")
        if tag == "script":
            self._script = dict(attrs).get("type") or "text/javascript"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at an element that is closed at once."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        if tag == "script":
            self._script = None

    def handle_data(self, data: str) -> None:
        """Look at the text of a script."""
        if self._script and MARK in data and not _DATA_TYPES.search(self._script):
            self.found.append(f"<script>{data.strip()[:60]!r}")


def live_script(page: str) -> list[str]:
    """Return what of the corpus's script would run in a page of HTML."""
    finder = _Finder()
    finder.feed(page)
    finder.close()
    return finder.found


def rendered(notebook: Path) -> str:
    """Return a notebook as the formgrader would show it: HTML with all outputs."""
    from nbconvert import HTMLExporter

    exporter: Any = HTMLExporter
    page, _ = exporter(template_name="classic").from_filename(str(notebook))
    return str(page)
