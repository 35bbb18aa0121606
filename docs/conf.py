"""How Sphinx makes the site of these pages: `make docs` writes it to docs/_build/html."""

project = "Backyard"
author = "the Backyard project"
copyright = "the Backyard project; texts CC BY 4.0, code BSD 3-Clause"

extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist"]
# A link to a heading of another page (page.md#some-heading) is checked against the headings.
myst_heading_anchors = 4
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
# A reference that leads nowhere is a warning, and warnings are errors in `make docs`.
nitpicky = True

html_theme = "furo"
html_title = "Backyard"
html_show_sphinx = False
html_static_path = ["_static"]
html_css_files = ["backyard.css"]
