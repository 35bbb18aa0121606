"""Makes a student's Markdown harmless where it is not, and leaves it alone where it is.

A parser of Markdown takes time that grows with the length of a text times the marks in it, so each
text has a bound for that product, and is parsed twice at most: what does not come out harmless then
is shown as it was written. What comes out is also quick to make pages of.
"""

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

EFFORT = 20_000_000  # characters times marks of a text that is parsed: half a second at the worst
KEPT = 8_000  # characters of a text whose result is kept for the next time
LONGEST_ADDRESS = 2_000  # characters

_COMMANDS = (
    r"(?:href|url|require|unicode|style|class|cssId|css|html(?:Class|Data|Id|Style)?|data|bbox"
    r"|mmlToken|includegraphics|action|toggle|texttip|tooltip)"
)
# What MathJax takes for the beginning of a formula.
_FORMULA = re.compile(r"\$|\\[([]|\\begin|\\(?:eq)?ref")
_COMMAND = re.compile(rf"\\(?={_COMMANDS}(?![A-Za-z]))")
# What of the things that act can be made text in one pass, outside of code, and how it begins.
_CODE = (
    r"(?P<code>^ {0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n.*?^ {0,3}(?P=fence)"
    r"|(?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`))"
)
_BEGINS = {"html": r"<(?=[A-Za-z/!?])", "picture": r"!(?=\[)", "heading": r"(?<![^\n ])\#"}
_INSTEAD = {"<": "&lt;", "!": r"\!", "#": r"\#"}
_FOLDING = re.compile(r"\s*(?:<details>\s*<summary>(?:</?[bi]>|[^<])*</summary>|</details>)\s*")
_SCHEMES = {"http", "https", "mailto", "ftp", "tel"}
_ACTING = {"javascript", "vbscript", "data", "file", "blob", "filesystem", "view-source"}
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):")
_SUSPECT = re.compile(r"[<\[\\&$]|mermaid")
_HEADING = re.compile(r"#|^ {0,3}(?:=|-)", re.M)
# A line's end is one, and so is each space in a long row of them, which is read from each again.
_MARK = re.compile(r"[^\w \t]|_|(?<=[ \t]{9})[ \t]")


def safe_markdown(text: str, attachments: Collection[str] = (), taken: Collection[str] = ()) -> str:
    """Return a Markdown text in which nothing acts; one without danger comes back unchanged.

    HTML, and headings with names that are taken, become the text they were written as. Pictures
    from elsewhere become links, since a page that shows them tells their server who reads it. A
    text that still acts then, or takes long to read, is shown as it was written, all of it: one
    with links that do something else than to lead to a page, or with formulas that reach outside.

    Args:
        text: the text of a cell.
        attachments: names of the pictures that the cell carries.
        taken: names that no heading may give to its place on the page.
    """
    if len(text) > KEPT:
        return _make_safe(text, tuple(attachments), frozenset(taken))
    # The instructor's texts come back with every submission.
    return _safe_kept(text, tuple(attachments), frozenset(taken))


def _make_safe(text: str, attachments: tuple[str, ...], taken: frozenset[str]) -> str:
    """Return a Markdown text in which nothing acts."""
    if _is_written(text):
        return text
    if reading_effort(text) > EFFORT:
        return as_written(text)
    if not _SUSPECT.search(text) and not (taken and _HEADING.search(text)):
        return text
    found = _dangers(text, attachments, taken)
    if not found:
        return text
    plain = _with_beginnings_as_text(text, {danger.partition(" ")[0] for danger in found})
    # Looked at once more: making one thing text can make another thing act.
    if plain == text or _dangers(plain, attachments, taken):
        return as_written(text)
    return plain


_safe_kept = lru_cache(maxsize=512)(_make_safe)


def reading_effort(text: str) -> int:
    """Return a bound of the steps that reading a Markdown text takes: its length times its marks.

    As much is counted when a page is made of it.
    """
    return len(text) * (100 + sum(1 for _ in _MARK.finditer(text)))


def safe_math(text: str) -> str:
    """Return a text whose formulas, if any, hold no command that reaches outside of them."""
    return _COMMAND.sub(r"\\ ", text) if _FORMULA.search(text) else text


def bad_address(address: str, *, loaded: bool = False) -> bool:
    """Tell whether an address does something else than to lead to a page.

    Args:
        address: as it stands in a text or an attribute.
        loaded: it is fetched when the page is shown, as that of a picture, not on a click.
    """
    if len(address) > LONGEST_ADDRESS:
        return True
    plain = _decode_address(address, percent=False)
    scheme = _SCHEME.match(plain)
    if scheme and (scheme[1] not in _SCHEMES or loaded):
        return True
    through = _SCHEME.match(_decode_address(address, percent=True))
    if through and not scheme:
        return through[1] in _ACTING or loaded
    path = _decode_address(address, percent=True).replace("\\", "/")
    if not scheme and path.startswith("/"):
        return True
    return loaded and ".." in re.split(r"[/?#]", path)


def _decode_address(address: str, *, percent: bool) -> str:
    """Return an address as a browser may read it at last."""
    # Written over and over again in escapes, an address would else pass as harmless.
    for _ in range(4):
        before = address
        address = html.unescape(address)
        address = unquote(address) if percent else address
        if address == before:
            break
    return re.sub(r"[\x00-\x20\x7f-\xa0\u2000-\u200f\u2028-\u202f\ufeff]", "", address).lower()


def as_written(text: str) -> str:
    """Return a Markdown text that shows a text as it was written, all of it."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    end = "" if text.endswith("\n") else "\n"
    return f"{fence}text\n{text}{end}{fence}"


def _is_written(text: str) -> bool:
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
        """Note a piece of HTML, but for the plain tags that fold a text."""
        if _FOLDING.fullmatch(html):
            return html
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


def _dangers(text: str, attachments: Collection[str], taken: Collection[str]) -> list[str]:
    """Return what would act if a text was shown: what it is, a space, more about it."""
    renderer = _Renderer(attachments)
    try:
        page, state = MarkdownWithMath(renderer=renderer).parse(text)
    except Exception as error:  # what cannot be rendered here cannot be shown there
        return [f"error {type(error).__name__}"]
    found = list(renderer.found)
    links = state.env.get("ref_links", {}).values()
    found += [f"address {link['url']}" for link in links if bad_address(str(link["url"]))]
    return found + _dangers_on_page(str(page), taken)


def _dangers_on_page(page: str, taken: Collection[str]) -> list[str]:
    """Return formulas and headings of a page that reach outside themselves."""
    found = []
    if _COMMAND.search(html.unescape(page)):
        words = _text_outside_code(BeautifulSoup(f"<div>{page}</div>", "html.parser"))
        if _FORMULA.search(words):
            found = [f"formula {match.start()}" for match in _COMMAND.finditer(words)]
    ids = re.findall(r"""\sid=["']([^"']*)["']""", page) if taken else []
    return found + [f"heading {name}" for name in ids if html.unescape(name) in taken]


def _with_beginnings_as_text(text: str, kinds: Collection[str]) -> str:
    """Return a text whose HTML, pictures or headings outside of code are text, as asked for."""
    begins = [_BEGINS[kind] for kind in kinds if kind in _BEGINS]
    if len(begins) < len(kinds):  # the others cannot be told from what is harmless
        return text
    places = re.compile(f"{_CODE}|{'|'.join(begins)}", re.M | re.S)
    return places.sub(lambda place: place[0] if place["code"] else _INSTEAD[place[0]], text)


def _text_outside_code(soup: Any) -> str:
    """Return the text of a page that MathJax looks through, pieces apart."""
    pieces = [
        str(piece)
        for piece in soup.find_all(string=True)
        if isinstance(piece, NavigableString) and not piece.find_parents(("pre", "code"))
    ]
    return "".join(pieces)
