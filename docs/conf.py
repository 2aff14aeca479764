"""How the documentation is built: MyST Markdown, no network, warnings are errors."""

project = "Fairground"
author = "The Fairground contributors"
copyright = "The Fairground contributors"
extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build", "generate.py"]
html_theme = "furo"
html_title = "Fairground"
