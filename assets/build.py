"""Copies the built browser assets into the site, without the fonts and marks that are GOV.UK's own.

`govuk-frontend` is installed by npm and never changed in place. Its licence covers the code, not the font
GDS Transport: so the copy names our font stack instead, and the font files are never asked for.
"""

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILT = ROOT / "node_modules" / "govuk-frontend" / "dist" / "govuk"
FONTS = ROOT / "node_modules" / "@fontsource-variable"
MAPS = ROOT / "node_modules" / "maplibre-gl"
VENDOR = ROOT / "src" / "fairground" / "web" / "static" / "vendor"


def own_font(css: str) -> str:
    """Return the style sheet without GDS Transport: our own stack wherever it was named."""
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    css = css.replace("font-family:GDS Transport,arial,sans-serif", "font-family:var(--fairground-font)")
    css = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", css)
    if "GDS Transport" in css:
        sys.exit("govuk-frontend names its font in a new way: mend assets/build.py")
    return css


def maps() -> None:
    """Copy MapLibre (BSD 3-Clause) as it is built for a strict content security policy, with its licence.

    Its worker is a file of its own there, so that no page need allow scripts made on the fly.
    """
    for name in ("maplibre-gl-csp.js", "maplibre-gl-csp-worker.js", "maplibre-gl.css"):
        text = (MAPS / "dist" / name).read_text("utf-8")
        text = re.sub(r"//# sourceMappingURL=.*|/\*# sourceMappingURL=.*?\*/", "", text)
        (VENDOR / name).write_text(text, "utf-8")
    shutil.copy(MAPS / "LICENSE.txt", VENDOR / "maplibre-gl-LICENSE.txt")


def main() -> None:
    """Write the style sheet, the script, the map and our two fonts (SIL Open Font Licence)."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    css = (BUILT / "govuk-frontend.min.css").read_text("utf-8")
    (VENDOR / "govuk-frontend.min.css").write_text(own_font(css), "utf-8")
    script = (BUILT / "govuk-frontend.min.js").read_text("utf-8")
    script = re.sub(r"//# sourceMappingURL=.*", "", script)
    (VENDOR / "govuk-frontend.min.js").write_text(script, "utf-8")
    for name in ("atkinson-hyperlegible-next", "bricolage-grotesque"):
        shutil.copy(FONTS / name / "files" / f"{name}-latin-wght-normal.woff2", VENDOR / f"{name}.woff2")
    maps()


if __name__ == "__main__":
    main()
