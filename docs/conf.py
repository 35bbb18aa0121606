"""How Sphinx makes the site of these pages: `make docs` writes it to docs/_build/html."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from docs.generate import write_pages

project = "Backyard"
author = "the Backyard project"
copyright = "the Backyard project; texts CC BY 4.0, code BSD 3-Clause"

extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist"]
# A link to a heading of another page (page.md#some-heading) is checked against the headings.
myst_heading_anchors = 4
source_suffix = {".md": "markdown"}
# What is in questions/ becomes a part of the generated pages.
exclude_patterns = ["_build", "questions"]
# A reference that leads nowhere is a warning, and warnings are errors in `make docs`.
nitpicky = True

html_theme = "furo"
html_title = "Backyard"
html_show_sphinx = False
html_static_path = ["_static"]
html_css_files = ["backyard.css"]

# The generated pages are there before Sphinx looks for what to read.
write_pages()
