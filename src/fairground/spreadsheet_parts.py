"""Looks through the parts of a spreadsheet before they are read, so that a tiny file cannot fill a machine.

A sheet may say that its last cell is at XFD1048576, that a row is repeated a million times, or that a million
cells all hold one long text; a reader that makes room for all of it stops the whole programme. Only parts
that are sound XML are kept (ECMA-376 part 2, OpenDocument 1.3 part 2), and a cell whose formula failed keeps
its mark as text, or it would read as empty.
"""

from __future__ import annotations

import re
from io import BytesIO
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile
from zlib import error as BrokenStream

from fairground.errors import DataProblem

__all__ = ["STARTS", "as_shown", "hidden_rows", "sound_parts"]

STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
OLD = STARTS[1]
LOCKED, OLD_TEXT = (name.encode("utf-16-le") for name in ("EncryptedPackage", "WordDocument"))
MOST_BYTES, MOST_CELLS, MOST_PARTS = 200_000_000, 6_000_000, 2_000
MOST_TEXT = 100_000_000  # characters that the cells of a sheet may hold together
ROWS, COLUMNS = 1_048_576, 16_384
SHARED = "xl/sharedstrings.xml"  # in small letters
REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})", re.ASCII)
# No tag holds a “<”, so each is looked at once; else a file could make a search take its length squared.
FAILED = re.compile(rb"""(<(?:\w+:)?c\s[^<>]*?\bt=)(["'])e\2""")
FAILED_OPEN = re.compile(rb"""<[^<>]*?="error\"""")

CELL = re.compile(
    rb"<((?:\w+:)?)c(\s[^<>]*)>((?:<\1f[^<>]*>[^<>]*</\1f>|<\1f[^<>]*/>)?)<\1v>(\d{1,15})</\1v>"
)
ODS_CELL = re.compile(
    rb"(<(?:\w+:)?table-cell\s[^<>]*?\boffice:)value-type=\"float\"([^<>]*>(?:<(?:\w+:)?p(?:\s[^<>]*)?>)0\d+</)"
)
VALUE = re.compile(rb"\soffice:value=\"[^<>\"]*\"")
ROW = re.compile(rb"<(?:\w+:)?(?:table-)?row\s[^<>]*>")
OUT_OF_SIGHT = re.compile(rb"""\s(?:hidden=["'](?:1|true)|(?:\w+:)?visibility=["'](?:collapse|filter))["']""")


class TooLarge(Exception):
    """Raised while a part is looked through, where its cells would need more room than is given."""


def sound_parts(content: bytes, file: str) -> bytes:
    """Return the spreadsheet with only those of its parts that are sound XML and within bounds.

    Raises
    ------
    DataProblem : an old .xls or a locked file; a broken file; one with more cells than there is room for.
    """
    if content.startswith(OLD):
        raise _old(content, file)
    out = BytesIO()
    try:
        with ZipFile(BytesIO(content)) as given, ZipFile(out, "w") as kept:
            parts = given.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
                raise TooLarge
            for part in parts:
                body = given.read(part)
                if part.filename == "mimetype" or _sound(body):
                    kept.writestr(part.filename, _marked(body))
            _refuse_long_texts(given)
    except TooLarge as fault:
        raise DataProblem(
            "The spreadsheet is too large", file,
            allowed=f"up to {MOST_CELLS:,} cells from the first to the last that is filled, and "
            f"{MOST_TEXT:,} letters",
        ) from fault  # fmt: skip
    except (BadZipFile, BrokenStream, RuntimeError, EOFError, OSError) as fault:
        raise DataProblem("The spreadsheet is broken", file, try_this="fetching it again") from fault
    return out.getvalue()


def _old(content: bytes, file: str) -> DataProblem:
    """Return what to say of a file in the old format of Office: the names of its parts tell what it is."""
    if LOCKED in content:
        what, how = "This spreadsheet is locked with a password", "without a password"
    elif OLD_TEXT in content:
        what, how = "This is a text document in an old format, not a spreadsheet", "with its table in a sheet"
    else:
        what, how = "This spreadsheet is an old .xls, of Excel 2003 or before", "anew"
    menu = "in Excel by File, Save As, Excel Workbook (.xlsx), or in LibreOffice as .ods"
    return DataProblem(what, file, try_this=f"opening it and saving it {how}, {menu}")


def hidden_rows(content: bytes) -> int:
    """Return how many rows of all sheets are hidden or filtered out; they are read like any other.

    Parameters
    ----------
    content : a spreadsheet that was read before, so that it is known to be sound.
    """
    with ZipFile(BytesIO(content)) as given:
        names = [n for n in given.namelist() if n == "content.xml" or n.startswith("xl/worksheets/")]
        rows = (row for name in names for row in ROW.findall(given.read(name)))
        return sum(not row.endswith(b"/>") and bool(OUT_OF_SIGHT.search(row)) for row in rows)


def as_shown(content: bytes) -> bytes:
    """Return a spreadsheet whose whole numbers are text where only the way they are shown has noughts (007).

    Parameters
    ----------
    content : a spreadsheet of sound parts. Formats of numbers: ECMA-376 part 1, 18.8.30.
    """
    with ZipFile(BytesIO(content)) as given:
        names = {name.casefold(): name for name in given.namelist()}
        styles = names.get("xl/styles.xml")
        widths = _nought_formats(given.read(styles)) if styles else {}
        sheets = [n for n in names.values() if n == "content.xml" or n.startswith("xl/worksheets/")]
        bodies = {name: given.read(name) for name in sheets}
        changed = {
            name: ODS_CELL.sub(_as_text, body) if name == "content.xml" else _padded(body, widths)
            for name, body in bodies.items()
            if name == "content.xml" or widths
        }
        if all(bodies[name] == body for name, body in changed.items()):
            return content
        out = BytesIO()
        with ZipFile(out, "w") as kept:
            for part in given.namelist():
                kept.writestr(part, changed[part] if part in changed else given.read(part))
    return out.getvalue()


def _as_text(cell: re.Match[bytes]) -> bytes:
    return VALUE.sub(b"", cell[1]) + b'value-type="string"' + VALUE.sub(b"", cell[2])


def _nought_formats(styles: bytes) -> dict[bytes, int]:
    """Return which styles of cells show numbers with noughts in front, and how many figures they show."""
    codes, found, inside = dict[str, int](), dict[bytes, int](), False

    def start(tag: str, given: dict[str, str]) -> None:
        nonlocal inside
        name = tag.rpartition(":")[2]
        code = given.get("formatCode", "")
        if name == "numFmt" and len(code) > 1 and not code.strip("0"):
            codes[given.get("numFmtId", "")] = len(code)
        inside = name == "cellXfs" or (inside and name not in ("cellStyles", "dxfs", "cellStyleXfs"))
        if name == "xf" and inside:
            found[str(len(found)).encode()] = codes.get(given.get("numFmtId", ""), 0)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    try:
        parser.Parse(styles, True)
    except expat.ExpatError:
        return {}
    return {style: width for style, width in found.items() if width}


def _padded(sheet: bytes, widths: dict[bytes, int]) -> bytes:
    def shown(cell: re.Match[bytes]) -> bytes:
        style = re.search(rb"\ss=\"(\d+)\"", cell[2])
        width = widths.get(style[1], 0) if style else 0
        if len(cell[4]) >= width or re.search(rb"\st=\"(?!n\")", cell[2]):
            return cell[0]
        given = re.sub(rb"\st=\"n\"", b"", cell[2])
        return b"<%bc%b t=\"str\">%b<%bv>%b</%bv>" % (
            cell[1], given, cell[3], cell[1], cell[4].zfill(width), cell[1],
        )  # fmt: skip

    return CELL.sub(shown, sheet)


def _sound(body: bytes) -> bool:
    """Say whether a part is sound XML without a document type; refuses one with too many cells."""
    parser = expat.ParserCreate()
    extent = Extent(parser)
    parser.StartElementHandler = extent.start
    parser.EndElementHandler = extent.end
    parser.StartDoctypeDeclHandler = extent.refuse
    try:
        parser.Parse(body, True)
    except expat.ExpatError:
        return False
    return True


def _refuse_long_texts(book: ZipFile) -> None:
    """Refuse a workbook in which many cells point at long texts of the table that all cells share."""
    names = {name.casefold(): name for name in book.namelist()}
    if SHARED not in names:
        return
    lengths = [len(text) for text in _texts(book.read(names[SHARED]), "si")]
    longest = max(lengths, default=0)
    for name in names.values():
        body = book.read(name) if name.casefold() != SHARED else b""
        if longest * body.count(b"</") > MOST_TEXT:  # as many cells at the most: then each is looked at
            used = (int(at) for at in _texts(body, "v", of="s") if at.isdigit())
            if sum(lengths[at] for at in used if at < len(lengths)) > MOST_TEXT:
                raise TooLarge


def _texts(body: bytes, holder: str, *, of: str = "") -> list[str]:
    """Return the text inside each element of a name, or only inside cells of a type."""
    found: list[list[str]] = []
    inside, cell = False, ""

    def start(tag: str, given: dict[str, str]) -> None:
        nonlocal inside, cell
        name = tag.rpartition(":")[2]
        cell = given.get("t", "") if name == "c" else cell
        if name == holder and cell == of:
            inside = True
            found.append([])

    def end(tag: str) -> None:
        nonlocal inside
        inside = inside and tag.rpartition(":")[2] != holder

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = lambda told: found[-1].append(told) if inside else None
    try:
        parser.Parse(body, True)
    except expat.ExpatError:
        return []
    return ["".join(parts).strip() for parts in found]


def _marked(body: bytes) -> bytes:
    return FAILED_OPEN.sub(_named, FAILED.sub(rb"\1\2str\2", body))


def _named(tag: re.Match[bytes]) -> bytes:
    """Return an OpenDocument cell whose formula failed with a mark as its text."""
    before, kind, rest = tag[0].partition(b'office:value-type="string"')
    return before + kind + rest.replace(b'office:string-value=""', b'office:string-value="#N/A"', 1)


class Extent:
    """How far the filled cells of a sheet reach while it is looked through."""

    def __init__(self, parser: expat.XMLParserType) -> None:
        self.parser = parser
        self.times, self.text = 1, 0
        self.row = self.column = self.right = self.bottom = 0
        self.rows = self.columns = 1
        self.filled = False

    def start(self, tag: str, given: dict[str, str]) -> None:
        """Take note of a row, a cell or its value."""
        name = tag.rpartition(":")[2]
        if name == "c":
            self._place(given.get("r", ""))
        elif name == "row":
            row = given.get("r", "")
            self.row, self.column = _whole(row, ROWS) if row else self.row + 1, 0
        elif name in ("v", "is"):
            self._reach(self.column, self.row)
        elif name == "table":
            self.row = self.right = self.bottom = 0
        elif name == "table-row":
            self.rows, self.column, self.filled = _repeated(given, "rows", ROWS), 0, False
        elif name in ("table-cell", "covered-table-cell"):
            self.columns = _repeated(given, "columns", COLUMNS)
            self.column += self.columns
            self.times = self.columns * self.rows
            self.parser.CharacterDataHandler = self.repeat if self.times > 1 else None
            if any(key.endswith((":value-type", ":formula")) for key in given):
                self._fill()
        elif name == "p" and self.columns:
            self._fill()

    def end(self, tag: str) -> None:
        """Go below a row of an OpenDocument sheet."""
        if tag.rpartition(":")[2] == "table-row":
            self.row += self.rows
            if self.filled:
                self._reach(self.right, self.row)

    def repeat(self, told: str) -> None:
        """Count a text as often as its cell is repeated."""
        self.text += self.times * len(told)
        if self.text > MOST_TEXT:
            raise TooLarge

    def refuse(self, *told: object) -> None:
        """Refuse a document type: no spreadsheet has one, and it can make text of nothing."""
        raise TooLarge

    def _fill(self) -> None:
        self.filled = True
        self._reach(self.column, self.row + self.rows)

    def _place(self, reference: str) -> None:
        if not reference:
            self.column += 1
            return
        found = REFERENCE.fullmatch(reference)
        if found is None:
            raise TooLarge
        self.column = 0
        for letter in found[1]:
            self.column = 26 * self.column + ord(letter) - 64
        self.row = _whole(found[2], ROWS)

    def _reach(self, column: int, row: int) -> None:
        self.right, self.bottom = max(self.right, column), max(self.bottom, row)
        if self.right > COLUMNS or self.bottom > ROWS or self.right * self.bottom > MOST_CELLS:
            raise TooLarge


def _repeated(given: dict[str, str], what: str, most: int) -> int:
    ending = f":number-{what}-repeated"
    return next((_whole(told, most) for key, told in given.items() if key.endswith(ending)), 1)


def _whole(told: str, most: int) -> int:
    if not (told.isascii() and told.isdigit() and len(told) <= 7 and 0 < int(told) <= most):
        raise TooLarge
    return int(told)
