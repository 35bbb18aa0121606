"""Makes a student's Markdown harmless where it is not, and leaves it alone where it is."""

from __future__ import annotations

import html
import re
from collections.abc import Collection
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

import mistune
from bs4 import BeautifulSoup
from bs4.element import NavigableString
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

__all__ = ["bad_address", "safe_markdown", "safe_math"]

LONGEST = 100_000  # characters of a text that are looked at closely
EFFORT = 4_000_000  # characters that may be parsed to mend one text
KEPT = 8_000  # characters of a text whose result is kept for the next time
CANDIDATES = 400  # places of one text that may be mended
MARKS = 4_000  # characters with a meaning in Markdown that one text may hold

_COMMANDS = (
    r"(?:href|url|require|unicode|style|class|cssId|css|html(?:Class|Data|Id|Style)?|data|bbox"
    r"|mmlToken|includegraphics|action|toggle|texttip|tooltip)"
)
# What MathJax takes for the beginning of a formula.
_FORMULA = re.compile(r"\$|\\[([]|\\begin|\\(?:eq)?ref")
_COMMAND = re.compile(rf"\\(?={_COMMANDS}(?![A-Za-z]))")
_COMMAND_IN_SOURCE = rf"(?:\\|&#0*92;?|&\#[xX]0*5[cC];?|&bsol;)(?={_COMMANDS}(?![A-Za-z]))"
# The places where something that acts may begin, and what each of them becomes.
_PLACES = re.compile(
    rf"(?P<tag><(?=[A-Za-z/!?]))|(?P<image>!(?=\[))|(?P<link>\[)|(?P<formula>{_COMMAND_IN_SOURCE})"
    r"|(?P<drawing>(?<=[`~])[ \t]*(?=mermaid))|(?P<heading>(?<![^\n ])\#)"
)
_SCHEMES = {"http", "https", "mailto", "ftp", "tel"}
_ACTING = {"javascript", "vbscript", "data", "file", "blob", "filesystem", "view-source"}
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):")
_SUSPECT = re.compile(r"[<\[\\&$]|mermaid")
_HEADING = re.compile(r"#|^ {0,3}(?:=|-)", re.M)
_SPECIAL = re.compile(r"[\[\]<>*_`~$\\&!#|]")


def safe_markdown(text: str, attachments: Collection[str] = (), taken: Collection[str] = ()) -> str:
    """Return a Markdown text in which nothing acts; one without danger comes back unchanged.

    What would act is shown as the text it was written as: HTML, links and pictures to addresses
    that do something, commands of formulas that reach outside the formula. Pictures from elsewhere
    become links, since a page that shows them tells their server who reads it.

    Args:
        text: the text of a cell.
        attachments: names of the pictures that the cell carries.
        taken: names that no heading may give to its place on the page.
    """
    if len(text) > KEPT:
        return _safe(text, tuple(attachments), frozenset(taken))
    # The instructor's texts come back with every submission.
    return _safe_kept(text, tuple(attachments), frozenset(taken))


def _safe(text: str, attachments: tuple[str, ...], taken: frozenset[str]) -> str:
    """Return a Markdown text in which nothing acts."""
    if _is_verbatim(text):
        return text
    if len(text) > LONGEST or len(_SPECIAL.findall(text)) > MARKS:
        return _verbatim(text)
    if not _SUSPECT.search(text) and not (taken and _HEADING.search(text)):
        return text
    look = _Look(attachments, taken)
    found = look.dangers(text)
    if not found:
        return text
    mended = look.mend(text, found)
    return _verbatim(text) if mended is None else mended


_safe_kept = lru_cache(maxsize=512)(_safe)


def safe_math(text: str) -> str:
    """Return a text whose formulas, if any, hold no command that reaches outside of them."""
    return _COMMAND.sub(r"\\ ", text) if _FORMULA.search(text) else text


def bad_address(address: str, *, loaded: bool = False) -> bool:
    """Tell whether an address does something else than to lead to a page.

    Args:
        address: as it stands in a text or an attribute.
        loaded: it is fetched when the page is shown, as that of a picture, not on a click.
    """
    plain = _decoded(address, percent=False)
    scheme = _SCHEME.match(plain)
    if scheme and (scheme[1] not in _SCHEMES or loaded):
        return True
    through = _SCHEME.match(_decoded(address, percent=True))
    if through and not scheme:
        return through[1] in _ACTING or loaded
    path = _decoded(address, percent=True).replace("\\", "/")
    if not scheme and path.startswith("/"):
        return True
    return loaded and ".." in re.split(r"[/?#]", path)


def _decoded(address: str, *, percent: bool) -> str:
    """Return an address as a browser may read it at last."""
    for _ in range(4):
        before = address
        address = html.unescape(address)
        address = unquote(address) if percent else address
        if address == before:
            break
    return re.sub(r"[\x00-\x20\x7f-\xa0\u2000-\u200f\u2028-\u202f\ufeff]", "", address).lower()


def _verbatim(text: str) -> str:
    """Return a text that shows a text as it was written, all of it."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    end = "" if text.endswith("\n") else "\n"
    return f"{fence}text\n{text}{end}{fence}"


def _is_verbatim(text: str) -> bool:
    """Tell whether a text is nothing but one shown as it was written."""
    whole = re.fullmatch(r"(`{3,})text\n(.*\n)\1", text, re.S)
    return whole is not None and whole[1] not in whole[2]


class _Renderer(IPythonRenderer):
    """Renders a page as nbconvert does, and notes what on it would act."""

    def __init__(self, attachments: Collection[str]) -> None:
        super().__init__(escape=False)
        self.known = attachments
        self.found: list[str] = []

    def block_html(self, html: str) -> str:
        """Note a piece of HTML."""
        self.found.append(f"html {html}")
        return ""

    inline_html = block_html

    def link(self, text: str, url: str, title: str | None = None) -> str:
        """Note a link that does something else than lead to a page."""
        if bad_address(url):
            self.found.append(f"link {url}")
        return str(super().link(text, url, title))

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """Note a picture that is not one of the submission's own."""
        if url.startswith("attachment:"):
            if url.removeprefix("attachment:") not in self.known:
                self.found.append(f"picture {url}")
        elif bad_address(url, loaded=True):
            self.found.append(f"picture {url}")
        return f"<i>{mistune.escape(text)}</i>"

    def block_mermaidjs(self, code: str) -> str:
        """Note a drawing: its text goes into the page as it stands."""
        self.found.append(f"drawing {code}")
        return ""


class _Look:
    """Looks for what would act in the texts of one cell."""

    def __init__(self, attachments: Collection[str], taken: Collection[str]) -> None:
        self.attachments, self.taken = attachments, taken

    def dangers(self, text: str) -> list[str]:
        """Return what would act if a text was shown, in the order of the page."""
        renderer = _Renderer(self.attachments)
        try:
            page, state = MarkdownWithMath(renderer=renderer).parse(text)
        except Exception as error:  # what cannot be rendered here cannot be shown there
            return [f"error {type(error).__name__}"]
        found = list(renderer.found)
        links = state.env.get("ref_links", {}).values()
        found += [f"address {link['url']}" for link in links if bad_address(str(link["url"]))]
        return found + self._on_page(str(page))

    def _on_page(self, page: str) -> list[str]:
        """Return formulas and headings of a page that reach outside themselves."""
        found = []
        if _COMMAND.search(html.unescape(page)):
            words = _text_outside_code(BeautifulSoup(f"<div>{page}</div>", "html.parser"))
            if _FORMULA.search(words):
                found = [f"formula {match.start()}" for match in _COMMAND.finditer(words)]
        ids = re.findall(r"""\sid=["']([^"']*)["']""", page) if self.taken else []
        return found + [f"heading {name}" for name in ids if html.unescape(name) in self.taken]

    def mend(self, text: str, found: list[str]) -> str | None:
        """Return a text with each place that acts made text, or None when that does not do."""
        position, tries = 0, 0
        while found:
            place = _PLACES.search(text, position)
            tries += 1
            if place is None or tries > CANDIDATES or tries * len(text) > EFFORT:
                return None
            new = _as_text(place)
            changed = text[: place.start()] + new + text[place.end() :]
            left = self.dangers(changed)
            if _fewer(left, found):
                text, found = changed, left
                position = place.start() + len(new)
            else:
                position = place.end() if place.end() > place.start() else place.start() + 1
        return text


def _as_text(place: re.Match[str]) -> str:
    """Return what stands for itself in the place of what acts."""
    if place["tag"] is not None:
        return "&lt;"
    if place["formula"] is not None:
        return f"{place[0]} "
    if place["drawing"] is not None:
        return "text "
    return f"\\{place[0]}"


def _fewer(left: list[str], found: list[str]) -> bool:
    """Tell whether what acts has become less: another list, and no longer one."""
    return (
        left != found and len(left) <= len(found) and not any(d.startswith("error") for d in left)
    )


def _text_outside_code(soup: Any) -> str:
    """Return the text of a page that MathJax looks through, pieces apart."""
    pieces = [
        str(piece)
        for piece in soup.find_all(string=True)
        if isinstance(piece, NavigableString) and not piece.find_parents(("pre", "code"))
    ]
    return "".join(pieces)
