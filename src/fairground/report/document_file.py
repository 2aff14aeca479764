"""Words as an OpenDocument text (.odt) that any office program opens and can change.

OASIS OpenDocument 1.3 (https://docs.oasis-open.org/office/OpenDocument/v1.3/), part 2, section 3: a package
is a ZIP file whose first member, `mimetype`, is stored uncompressed. The same words give the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import date
from xml.sax.saxutils import escape, quoteattr

MIME = "application/vnd.oasis.opendocument.text"
KINDS = ("heading", "text", "bullet", "quiet")
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = (
    f'xmlns:office="{OFFICE}office:1.0" xmlns:text="{OFFICE}text:1.0" xmlns:style="{OFFICE}style:1.0" '
    f'xmlns:fo="{OFFICE}xsl-fo-compatible:1.0" xmlns:meta="{OFFICE}meta:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
FONT = "fo:font-family=\"'Atkinson Hyperlegible', Arial, sans-serif\""
MARGINS = " ".join(f'fo:margin-{side}="2.5cm"' for side in ("top", "bottom", "left", "right"))
STYLE = '<style:style style:name="{0}" style:family="paragraph"><style:text-properties {1}/></style:style>'
STYLES = (
    f"{HEAD}<office:document-styles {SPACES}><office:styles>"
    '<style:default-style style:family="paragraph">'
    '<style:paragraph-properties fo:margin-bottom="0.35cm" fo:line-height="130%"/>'
    f'<style:text-properties {FONT} fo:font-size="12pt" fo:language="en" fo:country="GB"/>'
    "</style:default-style>"
    + STYLE.format("heading", 'fo:font-size="16pt" fo:font-weight="bold"')
    + STYLE.format("text", 'fo:font-size="12pt"')
    + STYLE.format("bullet", 'fo:font-size="12pt"')
    + STYLE.format("quiet", 'fo:font-size="10pt"')
    + '</office:styles><office:automatic-styles><style:page-layout style:name="a4">'
    f'<style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm" {MARGINS}/>'
    "</style:page-layout></office:automatic-styles><office:master-styles>"
    '<style:master-page style:name="Standard" style:page-layout-name="a4"/>'
    "</office:master-styles></office:document-styles>\n"
)
MANIFEST = f"""{HEAD}<manifest:manifest xmlns:manifest="{OFFICE}manifest:1.0" manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MIME}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
"""


def as_odt(blocks: Iterable[tuple[str, str]], *, title: str, written: date) -> bytes:
    """Return a document.

    Parameters
    ----------
    blocks : what stands in it, each as its kind and its words: heading, text, bullet (neighbours make one
        list) or quiet (small print). A line break in the words stays one.
    title : the document's title, for its properties.
    written : the day in its properties; the same day and words give the same bytes.

    Raises
    ------
    ValueError : a kind of block that there is not.
    """
    parts = {
        "mimetype": MIME,
        "META-INF/manifest.xml": MANIFEST,
        "styles.xml": STYLES,
        "meta.xml": _meta(title, written),
        "content.xml": _content(list(blocks)),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, words in parts.items():
            member = zipfile.ZipInfo(name, (max(written.year, 1980), written.month, written.day, 0, 0, 0))
            member.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(member, words.encode())
    return out.getvalue()


def _content(blocks: list[tuple[str, str]]) -> str:
    body, inside = [], False
    for kind, words in blocks:
        if kind not in KINDS:
            raise ValueError(f"There is no block of the kind {kind!r}; there are {', '.join(KINDS)}")
        if (kind == "bullet") != inside:
            body.append("</text:list>" if inside else "<text:list>")
            inside = not inside
        body.append(_block(kind, words))
    body += ["</text:list>"] if inside else []
    return (
        f"{HEAD}<office:document-content {SPACES}><office:body><office:text>"
        f"{''.join(body)}</office:text></office:body></office:document-content>\n"
    )


def _block(kind: str, words: str) -> str:
    lines = "<text:line-break/>".join(_plain(line) for line in words.splitlines())
    if kind == "heading":
        return f'<text:h text:style-name="heading" text:outline-level="1">{lines}</text:h>'
    held = f'<text:p text:style-name="{kind}">{lines}</text:p>'
    return f"<text:list-item>{held}</text:list-item>" if kind == "bullet" else held


def _plain(line: str) -> str:
    """Return words for XML: what XML cannot hold is left out, and spaces in a row are kept."""
    held = escape(NOT_XML.sub("", line.replace("\t", "    ")))
    return re.sub(" {2,}", lambda run: f" <text:s text:c={quoteattr(str(len(run[0]) - 1))}/>", held)


def _meta(title: str, written: date) -> str:
    return (
        f"{HEAD}<office:document-meta {SPACES}><office:meta><meta:generator>Fairground</meta:generator>"
        f"<dc:title>{_plain(title)}</dc:title><dc:date>{written.isoformat()}T00:00:00</dc:date>"
        "<dc:language>en-GB</dc:language></office:meta></office:document-meta>\n"
    )
