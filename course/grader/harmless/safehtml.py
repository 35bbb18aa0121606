"""Makes HTML that a student's cell gave out harmless: tables and text stay, nothing acts."""

import re
from functools import lru_cache

import nh3

from course.grader.harmless.pictures import read_picture
from course.grader.harmless.safemarkdown import bad_address, safe_math

PICTURE = 1_000_000  # bytes of base64 that a picture inside HTML may have
MARKS = 20_000  # tags, and characters written as "&...;", that one output may have
NESTED = 4_000_000  # tags, times how many of them may be open at once
ESCAPED = 2_000_000_000  # characters written as "&...;", times all characters
COMPARED = 100_000_000  # pairs of words between two tags, or of attributes in one, all together
KEPT = 8_000  # characters of HTML whose result is kept for the next time

_TEXT = "h1 h2 h3 h4 h5 h6 p div span blockquote q pre code hr br ul ol li dl dt dd details summary"
_MARKED = "a abbr b cite del dfn em i ins kbd mark s samp small strong sub sup time u var img"
_TABLE = "table caption colgroup col thead tbody tfoot tr th td figure figcaption"
_TAGS = set(f"{_TEXT} {_MARKED} {_TABLE}".split())
_ATTRIBUTES = {
    "*": {"class", "style", "title", "lang", "dir"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "table": {"border"},
    "td": {"colspan", "rowspan", "align", "valign", "headers"},
    "th": {"colspan", "rowspan", "align", "valign", "scope", "headers"},
    "tr": {"align", "valign"},
    "col": {"span"},
    "colgroup": {"span"},
    "ol": {"start", "type"},
    "details": {"open"},
}
_NUMBERS = {"border", "colspan", "rowspan", "span", "start", "width", "height"}
# Names that pandas gives to the parts of its tables.
_CLASSES = re.compile(
    r"dataframe|data|blank|index_name|(?:row|col)_heading|(?:row|col|level)\d{1,4}|tex2jax_ignore"
)
# Properties that neither load anything nor leave the place of the output.
_PROPERTIES = {
    "background-color", "border", "border-bottom", "border-collapse", "border-left",
    "border-right", "border-spacing", "border-top", "color", "column-gap", "display", "flex",
    "flex-wrap", "float", "font-size", "font-style", "font-weight", "gap", "height",
    "line-height", "margin", "margin-bottom", "margin-left", "margin-right", "margin-top",
    "max-width", "min-width", "padding", "padding-bottom", "padding-left", "padding-right",
    "padding-top", "row-gap", "text-align", "text-decoration", "vertical-align", "white-space",
    "width",
}  # fmt: skip
_GAP = re.compile(r"[\s/]+")
# Words, numbers without a sign, colours: nothing that could hold an address or an escape.
_VALUE = re.compile(
    r"(?:(?:[a-zA-Z][a-zA-Z-]*|#[0-9a-fA-F]{3,8}|\d{0,4}\.?\d{1,4}(?:px|em|rem|ex|ch|pt|%|fr)?"
    r"|(?:rgb|rgba|hsl|hsla)\([0-9., %]{1,40}\))(?:[ ,]+|$)){1,6}"
)


def safe_html(text: str) -> str:
    """Return HTML without anything that acts, loads something or leaves its place on the page.

    Kept are text, tables, lists, a safe set of styles, links to pages, and pictures that are in
    the HTML itself as PNG, JPEG or GIF. HTML of very many or very deeply nested parts takes too
    long to read, here and in a browser; a line stands in its place.
    """
    return _safe_kept(text) if len(text) <= KEPT else _safe(text)


def _safe(text: str) -> str:
    # Before the parser sees it: some HTML of a megabyte takes it minutes.
    if not quick_to_read(text):
        return "<p>[left out: HTML of too many parts]</p>"
    clean = nh3.clean(
        text,
        tags=_TAGS,
        # Their content goes, too: as text, a script would fill the page.
        clean_content_tags={"script", "style", "iframe", "object", "svg", "math", "template"},
        attributes=_ATTRIBUTES,
        attribute_filter=_safe_attribute,
        strip_comments=True,
        link_rel="noopener noreferrer",
        url_schemes={"http", "https", "mailto", "data"},
    )
    return safe_math(clean)


_safe_kept = lru_cache(maxsize=256)(_safe)


def quick_to_read(text: str) -> bool:
    """Tell whether a parser of HTML reads a text in a time that grows like the text.

    It compares each tag with those that are open, each attribute of a tag with the others, and
    copies what is there at each escaped character.
    """
    tags, escaped = text.count("<"), text.count("&")
    return (
        tags <= MARKS
        and escaped <= MARKS
        and escaped * len(text) <= ESCAPED
        and tags * _count_depth(text) <= NESTED
        and count_pairs(text) <= COMPARED
    )


def count_pairs(text: str) -> int:
    """Return a bound of the pairs of attributes that a parser of HTML compares."""
    return sum(len(_GAP.findall(piece)) ** 2 for piece in text.split("<"))


def _count_depth(text: str) -> int:
    """Return how deep tags may lie in one another, counted without understanding them."""
    deepest = depth = 0
    for mark in re.finditer(r"<(/?)(?!(?:br|img|hr|col|wbr)\b)[a-zA-Z]", text):
        depth = max(0, depth + (-1 if mark[1] else 1))  # an end without a beginning ends nothing
        deepest = max(deepest, depth)
    return deepest


def _safe_attribute(tag: str, name: str, value: str) -> str | None:
    """Return the value that an attribute may have, or None when it may not be."""
    if name == "style":
        return _safe_style(value)
    if name == "class":
        return " ".join(word for word in value.split() if _CLASSES.fullmatch(word)) or None
    if name == "href":
        return None if bad_address(value) else value
    if name == "src":
        return _safe_source(value)
    if name in _NUMBERS:
        return value if re.fullmatch(r"\d{1,4}", value) else None
    return value[:1000]


def _safe_style(value: str) -> str | None:
    """Return those declarations of a style that are safe."""
    kept = []
    for declaration in value.split(";"):
        name, _, setting = declaration.partition(":")
        name, setting = name.strip().lower(), setting.strip()
        if name in _PROPERTIES and _VALUE.fullmatch(setting):
            kept.append(f"{name}: {setting}")
    return "; ".join(kept) or None


def _safe_source(value: str) -> str | None:
    """Return the address of a picture that is in the HTML itself, or None."""
    match = re.fullmatch(r"data:(image/(?:png|jpeg|gif));base64,(.*)", value.strip(), re.S)
    data = read_picture(match[1], match[2], PICTURE) if match else None
    return f"data:{match[1]};base64,{data}" if match and data else None
