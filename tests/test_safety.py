"""What a submission shows is harmless, and what is harmless is shown as it was."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import nbformat
import nbgrader.server_extensions.formgrader.handlers as formgrader
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given, settings
from hypothesis import strategies as st
from nbconvert.exporters import HTMLExporter
from nbconvert.filters.markdown_mistune import MarkdownWithMath, markdown2html_mistune
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell
from nbgrader.utils import compute_checksum, determine_grade

from course import column, data
from course.grader.harmless.cleaning import ALL_CODE, CODE, MARKDOWN, TAGS, SafeOutputs, safe_text
from course.grader.harmless.safehtml import safe_html
from course.grader.harmless.safemarkdown import (
    EFFORT,
    as_written,
    bad_address,
    reading_effort,
    safe_markdown,
)
from tests.notebooks import make_png, source

PNG = make_png()
SCRIPT = "<script>alert(1)</script>"

# --- looking at a page ----------------------------------------------------------------------------


def harm(page: str) -> list[str]:
    """Return what acts on a page, read by the rules that browsers follow."""
    found = []
    for tag in BeautifulSoup(f"<div>{page}</div>", "html.parser").find_all(True):
        name = tag.name.lower()
        if name in {"script", "iframe", "object", "embed", "form", "base", "meta", "link", "svg"}:
            found.append(name)
        for attribute, value in tag.attrs.items():
            text = re.sub(r"[\x00-\x20]", "", str(value)).lower()
            if attribute.lower().startswith("on") or attribute.lower() == "srcdoc":
                found.append(f"{name} {attribute}")
            if attribute.lower() in {"href", "src", "action", "formaction", "xlink:href"}:
                picture = name == "img" and text.startswith("data:image/png;base64,")
                if re.match(r"(?:javascript|vbscript|data|file):", text) and not picture:
                    found.append(f"{name} {attribute}={text[:30]}")
            if attribute.lower() == "style" and re.search(r"url|expression|position", text):
                found.append(f"{name} style")
    return found


def formula_commands(page: str) -> list[str]:
    """Return dangerous commands in the text that MathJax looks through."""
    soup = BeautifulSoup(f"<div>{page}</div>", "html.parser")
    for tag in soup.find_all(["pre", "code", "script", "style"]):
        tag.decompose()
    text = soup.get_text()
    return re.findall(r"\\(?:href|require|unicode|style|class|cssId|html\w*)\b", text)


def _exporter(template: str) -> Any:
    """Return nbconvert's exporter, with nbgrader's templates at hand."""
    folder = Path(formgrader.template_path)
    styles = folder.parent / "static/node_modules/bootstrap/dist/css"
    return HTMLExporter(
        template_name=template,
        extra_template_basedirs=[str(folder)],
        extra_template_paths=[str(styles)],
    )


def pages(notebook: Any) -> dict[str, str]:
    """Render a notebook as nbconvert, the formgrader and the feedback step do."""
    common = {
        "nbgrader": {"notebook": "votes", "score": 0, "max_score": 1, "late_penalty": 0},
        "notebook_id": "votes",
        "index": 0,
        "total": 1,
        "base_url": "",
    }
    made = {}
    for template in ("lab", "formgrade", "feedback"):
        made[template], _ = _exporter(template).from_notebook_node(notebook, dict(common))
    return made


def acted(notebook: Any, empty: Any) -> list[str]:
    """Return what acts on a notebook's pages beyond what acts on those of an empty notebook."""
    usual = {template: Counter(harm(page)) for template, page in pages(empty).items()}
    return [
        f"{template}: {item}"
        for template, page in pages(notebook).items()
        for item in (Counter(harm(page)) - usual[template]).elements()
    ]


def clean(notebook: Any) -> Any:
    """Return a notebook as the step leaves it."""
    return SafeOutputs().preprocess(notebook, {})[0]


# --- Markdown -------------------------------------------------------------------------------------

ORDINARY = [
    "Humala had **30.6 %** of the valid votes, *not* of all; see `valid_votes`.",
    "a < b and x & y, 3 <4, c<d, AT&T, &amp; and &copy;",
    "use `<b>` and `<script>alert(1)</script>` in code",
    "```html\n<script>alert(1)</script>\n[x](javascript:1)\n```",
    "    <div onclick='x'>\n",
    "| a | b |\n|---|---|\n| 1 | $x < y$ |",
    "$a<b$ and $$\\frac{1}{2} \\text{ percent}$$",
    "\\begin{align}a &< b\\\\ c &= d\\end{align}",
    "[a source](https://www.onpe.gob.pe/?a=1&b=2) and <https://example.org> and <me@example.org>",
    "[a table](data/votes.csv), [up](../data/votes.csv), [here](#part-1)",
    "[ref][1] and ![chart](chart.png)\n\n[1]: https://example.org 'title'",
    "C:\\style\\class, \\href without a formula",
    "- [ ] task\n- [x] done\n\n1. one\n2. two\n\n> quoted\n\n~~gone~~ <3 ---",
    "",
]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_markdown_stays_byte_for_byte(text: str) -> None:
    """An answer without anything dangerous does not change under the instructor's eyes."""
    assert safe_markdown(text) == text


def test_the_course_s_own_texts_stay_as_they_are() -> None:
    """No text of the assignments is taken for dangerous."""
    for assignment in ("start", "argument", "votes", "timeline", "verdict"):
        for cell in source(assignment).cells:
            if cell.cell_type == "markdown":
                assert safe_markdown(cell.source) == cell.source


DANGEROUS = [
    SCRIPT,
    "<details open ontoggle=alert(1)>\n<summary>x</summary>\n</details>",
    "<details>\n<summary><b onclick=alert(1)>x</b></summary>\n\ny\n\n</details>",
    "<details><summary>x</summary><script>alert(1)</script></details>",
    "<img src=x onerror=alert(1)>",
    "text <b onmouseover=alert(1)>bold</b>",
    "<!-- unseen -->",
    "<div\nonclick=alert(1)>\nx\n</div>",
    "<iframe srcdoc='<script>1</script>'></iframe>",
    "<scr<script>ipt>alert(1)</script>",
    "> <svg/onload=alert(1)>\n- <math><a xlink:href='javascript:1'>",
    "| a |\n|---|\n| <script>1</script> |",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](java&Tab;script:alert(1))",
    "[x](&#1;javascript:alert(1))",
    "[x](%6aavascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](vbscript:x 'title')",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "[y]\n\n[y]: <java&#x73;cript:alert(1)>",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "![x](https://example.org/who-reads.png)",
    "![x](//example.org/who-reads.png)",
    "![x](/logout)",
    "![x](..%2f..%2flogout)",
    "![x](attachment:not-there.png)",
    "[out](/logout)",
    "$\\href{javascript:alert(1)}{x}$",
    "$$\\require{html}\\style{position:fixed}{x}$$",
    "\\begin{equation}\\unicode{x41}\\class{a}{b}\\end{equation}",
    "&#36;\\\\href{javascript:1}{x}&#36;",
    "&#36;&#92;cssId{a}{x}&#36;",
    "```mermaid\n<img src=x onerror=alert(1)>\n```",
    "~~~ mermaid\n</pre><script>alert(1)</script>\n~~~",
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_dangerous_markdown_becomes_text_that_does_nothing(text: str) -> None:
    """Nothing acts on the page, every word is still on it, and a second time changes nothing."""
    safe = safe_markdown(text)
    page = markdown2html_mistune(safe)
    assert safe != text
    assert harm(page) == []
    assert formula_commands(page) == []
    assert "<img" not in page or "src=" not in page
    assert safe_markdown(safe) == safe


def test_only_what_acts_is_changed() -> None:
    """The answer round a piece of HTML stays, also code that shows the same piece."""
    text = "Use `<b>` not <b>this</b>, since **5 < 6**: [ok](https://a.org)\n```\n<i>\n```"
    assert safe_markdown(text) == (
        "Use `<b>` not &lt;b>this&lt;/b>, since **5 < 6**: [ok](https://a.org)\n```\n<i>\n```"
    )


def test_a_text_with_what_cannot_be_told_from_the_rest_is_shown_as_written() -> None:
    """A link that acts among others leaves the whole text as it was typed, every word of it."""
    text = "**No**: [ok](https://a.org) [no](javascript:1)"
    assert safe_markdown(text) == f"```text\n{text}\n```"


def test_a_picture_from_elsewhere_becomes_a_link() -> None:
    """No server learns who reads a submission; the address can still be followed."""
    page = markdown2html_mistune(safe_markdown("![chart](https://example.org/a.png)"))
    assert "<img" not in page
    assert 'href="https://example.org/a.png"' in page


def test_a_heading_cannot_take_the_name_of_a_score_field() -> None:
    """The formgrader finds its fields by name; a heading with that name would stand before it."""
    safe = safe_markdown("# votes-16\n\ntext", taken={"votes-16"})
    assert 'id="votes-16"' not in markdown2html_mistune(safe)
    assert safe_markdown("# votes-17", taken={"votes-16"}) == "# votes-17"


@pytest.mark.parametrize(
    "text", ["x <b>" * 30_000, "[" * 50_000, "<" * 5_000, "> " * 3_000 + "<b>", "`" * 9_999 + "<b>"]
)
def test_a_text_that_takes_long_to_read_is_shown_as_it_was_written(text: str) -> None:
    """Huge or knotted texts end as plain text, in bounded time, and stay so."""
    safe = safe_markdown(text)
    assert harm(markdown2html_mistune(safe)) == []
    assert safe_markdown(safe) == safe


@pytest.mark.parametrize("begin", ["# a", "a", "- a", "[a](", "[a]:"])
def test_a_long_row_of_spaces_counts_as_so_many_marks(begin: str) -> None:
    """A parser reads such a row again from each of its spaces."""
    text = f"{begin}{' ' * 6_000}b <b>"
    assert safe_markdown(text) == as_written(text)


KNOTS = [
    "x <b>", "<div>\n\n", "$\\href{a}$ ", "[", "[a](", "<", "<!-- ", "> ", "`", "# a\n", "a\n=\n",
    "\\\\(", "\\begin{a}", "- a\n", "|1|2|\n", "*a**", "&#x41;", "![a](x) ", "# votes-16\n", "a ",
    "\n",
]  # fmt: skip


@pytest.mark.parametrize("size", [300, 3_000, 30_000, 300_000])
@pytest.mark.parametrize("knot", KNOTS)
def test_the_work_on_a_text_does_not_grow_faster_than_the_text(
    knot: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is parsed twice at most, and each time within the bound of length times marks.

    What comes out is within it too, or one block of code, so that its page is made as soon.
    """
    parsed: list[str] = []
    parse = MarkdownWithMath.parse

    def counted(self: Any, text: str, *rest: Any) -> Any:
        parsed.append(text)
        return parse(self, text, *rest)

    monkeypatch.setattr(MarkdownWithMath, "parse", counted)
    text = knot * (size // len(knot))
    safe = safe_markdown(text, taken={"votes-16"})
    assert len(parsed) <= 2
    assert all(reading_effort(one) <= 2 * EFFORT for one in parsed)
    assert reading_effort(safe) <= 2 * EFFORT or safe == as_written(text)


def test_all_texts_of_a_notebook_have_a_bound_together() -> None:
    """Past it, what would be read closely is shown as it was written; the first ones are read."""
    text = "word <b>" * 1_000
    assert EFFORT / 2 < reading_effort(text) < EFFORT
    cells = [new_markdown_cell(f"{number} {text}") for number in range(40)]
    safe = [cell.source for cell in clean(new_notebook(cells=cells)).cells]
    assert "&lt;b>" in safe[0]
    assert safe[39] == as_written(f"39 {text}")
    assert sum("&lt;b>" in one for one in safe) <= 2 * MARKDOWN / EFFORT


PIECES = [
    "<", ">", "script", "<script>", "</", "/>", "<!--", "-->", "[", "]", "(", ")", "![", "](",
    "javascript:", "data:", "vbscript:", "&#106;", "&colon;", "%3a", "onerror=x", "<img src=x ",
    "$", "$$", "\\", "\\href{", "\\\\(", "\\\\[", "\\begin{a}", "\\end{a}", "}", "{", "`", "```",
    "~~~", "mermaid", "\n", "\n\n", " ", "    ", "> ", "- ", "|", "|---|", "# ", ": ", "[a]: ",
    "a", "b", "*", "_", "'", '"', "&", ";", "&lt;", "&#60;", "http://x", "\t", "\0", "\x0c", "=",
]  # fmt: skip


@settings(max_examples=250, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text(max_size=60))
@example("```\n<script>")
@example("$$\n```\n$$<img src=x onerror=x>\n```")
def test_no_text_acts(text: str) -> None:
    """Whatever is written, nothing acts on its page, and a second time changes nothing."""
    safe = safe_markdown(text)
    page = markdown2html_mistune(safe)
    assert harm(page) == []
    assert safe_markdown(safe) == safe


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="abc def.,;:!?()'\"-+=%/0123456789\nñéí&*_~#|", max_size=200))
def test_text_without_marks_of_danger_stays(text: str) -> None:
    """Words, figures, emphasis, headings, tables and lists are never touched."""
    assert safe_markdown(text) == text


@pytest.mark.parametrize("address", ["https://a.org/?q=javascript:1", "mailto:a@b.c", "#x", "a/b"])
def test_addresses_of_pages_are_fine(address: str) -> None:
    """A link to a page, a part of the page or a file beside it is no danger."""
    assert not bad_address(address)


# --- HTML -----------------------------------------------------------------------------------------


def test_tables_and_paragraphs_of_the_column_stay() -> None:
    """What pandas and the course show looks the same: structure, text, styles."""
    shown = str(column.show([1, 2, 5, 13]).data)
    assert BeautifulSoup(safe_html(shown), "html.parser") == BeautifulSoup(shown, "html.parser")
    frame: Any = data.first_round()
    table = frame._repr_html_()
    safe = BeautifulSoup(safe_html(table), "html.parser")
    for tag in ("table", "tr", "th", "td"):
        before = BeautifulSoup(table, "html.parser").find_all(tag)
        assert [t.get_text() for t in safe.find_all(tag)] == [t.get_text() for t in before]
    assert safe.table is not None
    assert "dataframe" in safe.table["class"]


@pytest.mark.parametrize(
    "text",
    [
        '<div style="display: flex; flex-wrap: wrap; gap: 0 2em">x</div>',
        f'<img src="data:image/png;base64,{PNG}" alt="a chart">',
        '<blockquote style="flex: 1 1 18em; margin: 0"><p>x <q>y</q></p></blockquote>',
        '<p style="color: #a00; text-align: right">1 &lt; 2 &amp; 3</p>',
        "<details><summary>more</summary>text</details>",
    ],
)
def test_ordinary_html_stays(text: str) -> None:
    """Safe markup comes back as it was."""
    assert safe_html(text) == text


@pytest.mark.parametrize(
    "text",
    [
        SCRIPT,
        "<img src=x onerror=alert(1)>",
        '<a href="java\nscript:alert(1)">x</a>',
        '<a href="data:text/html,x">x</a>',
        "<svg onload=alert(1)><script>1</script></svg>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style>",
        '<p style="position: fixed; background: url(//x)">x</p>',
        '<p style="width: expression(alert(1)); margin-top: -99px">x</p>',
        "<form action=//x><button formaction='javascript:1'>x</button></form>",
        "<iframe src=//x></iframe><object data=x></object><embed src=x><base href=//x>",
        '<meta http-equiv=refresh content="0;url=//x"><link rel=stylesheet href=//x>',
        '<img src="https://example.org/who-reads.png"><img src="data:image/svg+xml;base64,PA==">',
        "<noscript><p title='</noscript><img src=x onerror=1>'></noscript>",
        "<div id=toc class='nbgrader_cell modal' data-link=x>x</div>",
        "<style>body{display:none}</style>",
    ],
)
def test_html_that_acts_is_taken_out(text: str) -> None:
    """Nothing is run, loaded, sent, covered or taken for a part of the page."""
    safe = safe_html(text)
    assert harm(safe) == []
    assert not re.search(r"https?:|//|expression|-99|\bid=|data-|modal|display", safe)


@pytest.mark.parametrize("text", ["<div>" * 19_999, "<b>x</b>" * 50_000, "<table><tr>" * 9_000])
def test_html_of_too_many_parts_is_left_out(text: str) -> None:
    """Nests and heaps of tags that take minutes to read are not read; a line says so."""
    assert safe_html(text) == "<p>[left out: HTML of too many parts]</p>"


@pytest.mark.parametrize(
    "text",
    [
        "&" * 20_001,
        "a & b " * 20_001,
        "<p " + " ".join(f"a{number}=1" for number in range(10_002)) + ">",
        "<p title='<' " + "a/" * 10_002 + ">",
        "<b>" * 2_001,
        "<div>" * 1_000 + "<p></p>" * 2_000,
        "</i>" * 9_000 + "<div>" * 9_000,
        f"<p {' '.join(f'a{number}' for number in range(8_000))}>" * 2,
    ],
)
def test_html_that_takes_longer_than_it_is_long_is_left_out(text: str) -> None:
    """A parser compares attributes, open tags and escapes with one another: they have bounds."""
    assert safe_html(text) == "<p>[left out: HTML of too many parts]</p>"


def test_addresses_have_a_length() -> None:
    """What is too long for an address is none: a browser may decode it again and again."""
    assert bad_address("https://a.org/" + "%2525" * 1_000)
    assert "href" not in safe_html(f"<a href='https://a.org/{'&amp;' * 3_000}'>x</a>")


def test_a_large_table_stays() -> None:
    """A table of 300 rows and 10 columns is no heap."""
    table = pd.DataFrame([[1] * 10] * 300).to_html()
    assert safe_html(table).count("<td>1</td>") == 3000


# --- outputs --------------------------------------------------------------------------------------


def output(**forms: Any) -> Any:
    """Return a display output with the given forms, "__" standing for "/"."""
    named = {key.replace("__", "/").replace("_", "+"): value for key, value in forms.items()}
    return new_output("display_data", data=named)


def test_a_page_of_a_hostile_notebook_does_nothing() -> None:
    """nbconvert, the formgrader and the feedback page show the notebook, and nothing acts."""
    hostile = {
        "text/html": f"<p>seen</p>{SCRIPT}<img src=x onerror=alert(1)>",
        "text/plain": SCRIPT,
    }
    scripted = {"application/javascript": "alert(1)", "text/plain": "x"}
    view = {"application/vnd.jupyter.widget-view+json": {"model_id": "</script><script>1"}}
    sized = new_output("display_data", data={"image/png": PNG})
    sized.metadata = {"image/png": {"width": "1 onload=alert(1)", "height": 5}}
    isolated = new_output("display_data", data={"text/html": "<p>x</p>"})
    isolated.metadata = {"text/html": {"isolated": True}}
    cell = new_code_cell("1")
    cell.outputs = [
        new_output("display_data", data=hostile),
        new_output("display_data", data=scripted),
        new_output("display_data", data=view),
        new_output("display_data", data={"image/svg+xml": f"<svg>{SCRIPT}</svg>"}),
        new_output("display_data", data={"image/png": f'"><script>{PNG}'}),
        new_output("display_data", data={"text/markdown": f"{SCRIPT}[x](javascript:1)"}),
        new_output("display_data", data={"text/latex": "$\\href{javascript:1}{x}$"}),
        new_output("stream", name="stdout", text=SCRIPT),
        new_output("error", ename=SCRIPT, evalue=SCRIPT, traceback=[SCRIPT]),
        sized,
        isolated,
    ]
    cell.execution_count = SCRIPT
    nb = new_notebook()
    nb.cells = [cell, *map(new_markdown_cell, DANGEROUS), new_raw_cell(SCRIPT)]
    nb.metadata.widgets = {"application/vnd.jupyter.widget-state+json": {"x": "</script>"}}
    nb.metadata.title = f"</title>{SCRIPT}"
    safe = clean(nb)
    empty = new_notebook(cells=[new_code_cell("1"), new_markdown_cell("x")])
    assert acted(safe, empty) == []
    nbformat.validate(safe)
    assert "seen" in str(safe)


@pytest.mark.parametrize("size", [(8_000, 8_000), (12_000, 12_000), (60_000, 60_000)])
def test_a_picture_that_no_browser_has_room_for_is_left_out(size: tuple[int, int]) -> None:
    """A few hundred bytes of PNG may stand for gigabytes on the page that shows them."""
    data = {"image/png": make_png(*size), "text/plain": "x"}
    cell = new_code_cell("1", outputs=[new_output("display_data", data=data)])
    (safe,) = clean(new_notebook(cells=[cell])).cells[0].outputs
    assert safe.data == {"text/plain": "x"}


def test_html_that_takes_long_has_a_bound_in_all_outputs_together() -> None:
    """Past it, it is left out; so are NULs in it, of which each takes long."""
    heavy = f"<p {' '.join(f'a{number}' for number in range(9_000))}>x"
    cells = [new_code_cell("1") for _ in range(12)]
    for cell in cells:
        cell.outputs = [new_output("display_data", data={"text/html": heavy})]
    cells[0].outputs = [new_output("display_data", data={"text/html": "a\0<b>b"})]
    safe = [cell.outputs[0].data for cell in clean(new_notebook(cells=cells)).cells]
    assert safe[0]["text/html"] == "a\ufffd<b>b</b>"
    assert 2 <= sum("text/html" in data for data in safe) <= 8


def test_ordinary_outputs_stay() -> None:
    """Text with colours, pictures with their size, tables and errors come back as they were."""
    shown = new_output("display_data", data={"image/png": PNG, "text/plain": "<Figure 1>"})
    shown.metadata = {"image/png": {"width": 640, "height": 480}}
    cell = new_code_cell("1")
    cell.execution_count = 3
    cell.outputs = [
        new_output("stream", name="stdout", text="30.62 % ¡sí!\n\ttab\r50%\n"),
        shown,
        new_output("execute_result", data={"text/plain": "1.5"}, execution_count=3),
        new_output("error", ename="KeyError", evalue="'x'", traceback=["\x1b[0;31mKeyError", "a"]),
    ]
    before = nbformat.from_dict(cell)
    safe = clean(new_notebook(cells=[cell])).cells[0]
    assert safe == before


def test_pieces_of_one_stream_are_put_together() -> None:
    """What a cell printed in many pieces counts as one output and keeps its order."""
    cell = new_code_cell("1")
    cell.outputs = [new_output("stream", name="stdout", text=f"{n}\n") for n in range(500)]
    cell.outputs.append(new_output("stream", name="stderr", text="warning"))
    safe = clean(new_notebook(cells=[cell])).cells[0]
    assert [o.name for o in safe.outputs] == ["stdout", "stderr"]
    assert safe.outputs[0].text.splitlines() == [str(n) for n in range(500)]


@pytest.mark.parametrize("escape", ["\x1b]0;title\x07", "\x1b[2J", "\x1b[1;1H", "\x07", "\x1bc"])
def test_a_terminal_is_not_steered(escape: str) -> None:
    """Of a terminal's escapes only colours are left."""
    assert safe_text(f"a{escape}b\x1b[31mred\x1b[0m", 100) == "ab\x1b[31mred\x1b[0m"


def test_a_title_for_a_terminal_does_not_swallow_the_text() -> None:
    """A string escape that links is taken away with its address."""
    assert safe_text("\x1b]8;;https://x\x1b\\here\x1b]8;;\x1b\\", 100) == "here"


def test_what_is_too_long_is_cut_with_a_line_that_says_so() -> None:
    """A hundred megabytes on one line, and thousands of outputs, end bounded."""
    cell = new_code_cell("1")
    cell.outputs = [new_output("stream", name="stdout", text="x" * 30_000_000)]
    cell.outputs += [output(text__html=f"<p>{'y' * 900_000}</p>") for _ in range(200)]
    safe = clean(new_notebook(cells=[cell, new_code_cell("2")])).cells[0]
    assert len(str(safe)) < 4_000_000
    assert "characters are shown" in safe.outputs[0].text
    assert "outputs are shown" in safe.outputs[-1].text


@pytest.mark.parametrize("before", [0, 300])
@pytest.mark.parametrize(
    ("last", "points"),
    [
        (new_output("error", ename="AssertionError", evalue="no", traceback=["x" * 500_000]), 0),
        (new_output("stream", name="stderr", text="x" * 500_000), 0),
        (new_output("execute_result", data={"text/plain": "1.5"}), 1.5),
    ],
)
def test_bounds_never_change_points(before: int, last: Any, points: float) -> None:
    """However much a grade cell gives out, the output that decides still decides."""
    cell = new_code_cell("1")
    cell.metadata.nbgrader = {"grade": True, "solution": False, "grade_id": "a", "points": 2}
    cell.outputs = [output(text__plain="z" * 50_000) for _ in range(before)] + [last]
    safe = clean(new_notebook(cells=[cell])).cells[0]
    assert determine_grade(safe)[0] == points


def test_damaged_outputs_are_no_fault() -> None:
    """Outputs of no known form, or with parts missing, become something that can be shown."""
    cell = new_code_cell("1")
    cell.outputs = [
        nbformat.from_dict(o)
        for o in (
            {"output_type": "stream"},
            {"output_type": "error"},
            {"output_type": "display_data", "data": None},
            {"output_type": "display_data", "data": {"image/png": 5, "text/plain": ["a", 1]}},
            {"output_type": "odd", "data": {"x/y": {}}},
            {"output_type": "execute_result", "data": {"text/plain": "\ud800"}},
        )
    ]
    nb = new_notebook()
    nb.cells = [cell]
    nbformat.validate(clean(nb))


def test_code_is_shown_as_far_as_it_is_soon_coloured() -> None:
    """A cell that is too long, and one long word, are cut with a sign; other code stays as it is.

    Pygments looks at the rest of a word from each of its letters: 20 KB of "a." took 17 seconds.
    """
    honest = "values = [" + "1.5, 'text', " * 400 + "]\nframe.groupby('a').mean().round(1)"
    sources = [honest, "a." * 10_000, "x = 1\n" * 5_000, *["y = 2\n" * 3_000] * 20]
    safe = clean(new_notebook(cells=[new_code_cell(source) for source in sources])).cells
    assert safe[0].source == honest
    assert safe[1].source == "a." * 100 + "…"
    assert safe[2].source.endswith(f"# [cut: {CODE} of 30000 characters are shown]")
    assert sum(len(cell.source) for cell in safe) < ALL_CODE + 100 * len(safe)
    assert all(len(word) <= 201 for cell in safe for word in re.findall(r"[\w.*…]+", cell.source))


def test_raw_cells_are_cut_like_code() -> None:
    """A page cleans them once more, which takes its time."""
    safe = clean(new_notebook(cells=[new_raw_cell("<b>" * 100_000)])).cells[0].source
    assert len(safe) < 3 * CODE


def test_all_html_of_a_notebook_has_a_bound_together() -> None:
    """What comes after so many tags is left out, with its text in its place; the first stay."""
    table = pd.DataFrame([[1] * 10] * 300).to_html()
    cells = [new_code_cell("1") for _ in range(30)]
    for cell in cells:
        cell.outputs = [output(text__html=table, text__plain="a table")]
    safe = [cell.outputs[0].data for cell in clean(new_notebook(cells=cells)).cells]
    shown = [data["text/html"] for data in safe if "text/html" in data]
    assert 10 <= len(shown) <= TAGS / table.count("<")
    assert all(data["text/plain"] == "a table" for data in safe)


def test_code_of_the_instructor_stays_as_it_is() -> None:
    """A locked cell has been set back to the instructor's text, which is not cut."""
    locked = new_code_cell("a." * 10_000)
    locked.metadata.nbgrader = {"grade_id": "a", "locked": True, "grade": False, "solution": False}
    assert clean(new_notebook(cells=[locked])).cells[0].source == "a." * 10_000


# --- cells of text --------------------------------------------------------------------------------


def test_the_instructor_s_cells_stay() -> None:
    """A locked cell, and an answer cell as it was handed out, keep their HTML."""
    locked = new_markdown_cell("<b>read</b>")
    locked.metadata.nbgrader = {"grade_id": "a", "locked": True, "grade": False, "solution": False}
    handed = new_markdown_cell("<i>write here</i>")
    handed.metadata.nbgrader = {"grade_id": "b", "grade": True, "solution": True, "points": 3}
    handed.metadata.nbgrader["checksum"] = compute_checksum(handed)
    answered = new_markdown_cell(handed.source)
    answered.metadata = nbformat.from_dict(handed.metadata)
    answered.source = "<i>mine</i>"
    safe = clean(new_notebook(cells=[locked, handed, answered]))
    assert [cell.source for cell in safe.cells] == [
        "<b>read</b>",
        "<i>write here</i>",
        "&lt;i>mine&lt;/i>",
    ]
