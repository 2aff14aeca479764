"""A plain table as a file that every office opens: CSV, or an OpenDocument spreadsheet (.ods).

OASIS OpenDocument 1.3, part 3, section 9; the package as in `document_file`. No cell is ever a formula: in
CSV a cell that a spreadsheet would run is led by an apostrophe; in .ods every cell is text or a number.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from fairground.formulas import guarded
from fairground.report.document_file import HEAD, NOT_XML

MIME = "application/vnd.oasis.opendocument.spreadsheet"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = (
    f'xmlns:office="{OFFICE}office:1.0" xmlns:table="{OFFICE}table:1.0" xmlns:text="{OFFICE}text:1.0" '
    'office:version="1.3"'
)
MANIFEST = f"""{HEAD}<manifest:manifest xmlns:manifest="{OFFICE}manifest:1.0" manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MIME}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
"""
DAY = (1980, 1, 1, 0, 0, 0)  # of each part: the same table gives the same bytes
Cell = str | int

__all__ = ["table_csv", "table_ods"]


def table_csv(heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """Return a table as CSV in UTF-8, with a mark at the beginning so that Excel reads it so."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerows([guarded(cell) for cell in row] for row in (heads, *rows))
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def table_ods(heads: Sequence[str], rows: Sequence[Sequence[Cell]], *, title: str) -> bytes:
    """Return a table as an OpenDocument spreadsheet with one sheet of this name."""
    body = "".join(_row(row) for row in (heads, *rows))
    name = quoteattr(NOT_XML.sub("", title)[:31] or "Table")
    content = (
        f"{HEAD}<office:document-content {SPACES}><office:body><office:spreadsheet>"
        f"<table:table table:name={name}>{body}</table:table>"
        "</office:spreadsheet></office:body></office:document-content>\n"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for part, words in (
            ("mimetype", MIME),
            ("META-INF/manifest.xml", MANIFEST),
            ("content.xml", content),
        ):
            member = zipfile.ZipInfo(part, DAY)
            member.compress_type = zipfile.ZIP_STORED if part == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(member, words.encode())
    return out.getvalue()


def _row(cells: Sequence[Cell]) -> str:
    return f"<table:table-row>{''.join(map(_cell, cells))}</table:table-row>"


def _cell(cell: Cell) -> str:
    if isinstance(cell, int):
        kind = f'office:value-type="float" office:value="{cell}"'
        return f"<table:table-cell {kind}><text:p>{cell}</text:p></table:table-cell>"
    lines = "".join(f"<text:p>{escape(NOT_XML.sub('', line))}</text:p>" for line in cell.splitlines() or [""])
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'
