"""The pieces of HTML that a page is made of: outputs, Markdown and comments, none of which acts."""

import functools
import re
from collections.abc import Iterator
from html import escape
from typing import Any

from nbconvert.filters import markdown2html, strip_ansi
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from course.grader.harmless.safehtml import safe_html

PICTURE = "<!--picture-->"  # where the words for a picture are put in
_HEADING_TAG = re.compile(r"<(/?)h[1-6]\b[^>]*>", re.I)
_EMPTY_HEADING = re.compile(r"<th([^>]*)>\s*</th>")
_BORDER = re.compile(r'(<table[^>]*?) border="\d+"')
_ANCHOR = re.compile(r'<a class="anchor-link"[^>]*>.*?</a>', re.S)


def yield_outputs(cell: Any) -> Iterator[str]:
    """Yield the outputs of a cell as HTML; panels, which need a kernel, are left out."""
    for output in cell.get("outputs", []):
        if output.output_type == "stream":
            yield f"<pre>{escape(strip_ansi(output.text))}</pre>"
        elif output.output_type == "error":
            yield f"<pre>{escape(f'{output.ename}: {output.evalue}')}</pre>"
        else:
            data = output.get("data", {})
            # No SVG: it can carry a script.
            kind = next((k for k in ("image/png", "image/jpeg", "image/gif") if k in data), None)
            if kind:
                picture = "".join(data[kind].split())
                yield f'<p><img src="data:{kind};base64,{picture}" alt="{PICTURE}"></p>'
            elif "text/html" in data:
                yield f'<div class="wide" tabindex="0">{_clean_table(data["text/html"])}</div>'
            elif "text/plain" in data and not data["text/plain"].startswith("<function "):
                yield f"<pre>{escape(strip_ansi(data['text/plain']))}</pre>"


def _clean_table(html: str) -> str:
    """Return the HTML of a table with cells in place of headings that say nothing."""
    return _HEADING_TAG.sub(r"<\1p>", _BORDER.sub(r"\1", _EMPTY_HEADING.sub(r"<td\1></td>", html)))


@functools.lru_cache(maxsize=512)
def render_markdown(source: str) -> str:
    """Return Markdown as HTML. The texts of an assignment are the same on every page."""
    return _below_headings(_ANCHOR.sub("", markdown2html(source)))


def render_comment(source: str) -> str:
    """Return a comment of a grader as HTML: Markdown, in which a tag is text like any other."""
    # Comments are typed by hand, and a `<` in one is meant as a sign.
    renderer = IPythonRenderer(escape=True, exclude_anchor_links=True)
    return _below_headings(safe_html(MarkdownWithMath(renderer=renderer).render(source)))


def _below_headings(html: str) -> str:
    """Return HTML without headings of its own, which would disturb those of the page."""
    html = re.sub(r"<(/?)h[1-6]\b[^>]*>", lambda m: "</p>" if m[1] else '<p class="heading">', html)
    return _EMPTY_HEADING.sub(r"<td\1></td>", html)
