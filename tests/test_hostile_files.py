"""Whatever a file holds, each reader reads it rightly or ends in words: soon, in little room, and briefly.

`make test` gives each reader small files of every kind. `make fuzz` gives the same of ten million bytes, each
to a process that is stopped after 20 processor seconds or half a gigabyte, and random bytes besides.
"""

import csv
import io
import os
import resource
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairground.errors import FairgroundError
from tests.hostile_readers import READERS
from tests.workbooks import ods, xlsx

SMALL, LARGE = 1_500, 10_000_000
LONGEST = 3_200  # characters of a message: a person reads it to its end
SECONDS, ROOM = 20, 500_000_000
CELLS = (
    "1e400", "1e-100000000", "1e100000000", "١٢٣", "１２", "²", "½", "−1", "∞", "inf", "nan", "-0", "-0.0",
    "-5", "1_0", "1/0", "0x10", "9" * 5_000, "x" * 40_000, "9" * 140_000, "2026-02-30", "a\0b", "\x07", "",
    "\u2028", '=cmd|"/C calc"!A0', " " * 99,
)  # fmt: skip


def texts(heads, row, size):
    """Yield texts of about a size that no reader hopes for."""
    columns = heads.count(",") + 1
    under = heads.encode() + b"\n"
    for name, part in {
        "letters": b"a", "commas": b",", "semicolons": b";", "quotes": b'"', "pairs": b'"a""', "NULs": b"\0",
        "line breaks": b"\n", "returns": b"\r", "empty rows": b"," * (columns - 1) + b"\n", "digits": b"9",
        "short rows": b"a\n", "good rows": row.encode() + b"\n", "no UTF-8": b"\xff\xfe\x80",
        "brackets": b"[", "braces": b'{"a":', "tags": b"<p>", "records": b"{},",
    }.items():  # fmt: skip
        many = part * (size // len(part))
        yield name, many
        yield f"{name} under headings", under + many
    yield "a quote that nothing closes", under + b'"' + b"a,b\n" * (size // 4)
    yield "half letters of UTF-16", b"\xff\xfe" + b"\x00\xd8" * (size // 2)
    yield "UTF-16 cut short", b"\xff\xfe" + f"{heads}\n{row}\n".encode("utf-16-le") + b"a"
    yield "UTF-16 the other way", b"\xfe\xff" + f"{heads}\n{row}\n".encode("utf-16-be")
    yield "halves of pairs", under + b"\xed\xa0\x80," * columns
    yield "many columns", ",".join(f"c{n}" for n in range(size // 6)).encode() + b"\n" + b"1," * (size // 6)
    yield "many columns more", under[:-1] + b",x" * (size // 4) + b"\n" + row.encode() + b",1" * (size // 4)
    yield "a list of records", b"[" + b'{"a":1},' * (size // 8) + b"{}]"
    yield "a record of many", b'{"a":[{' + b",".join(b'"c%d":1' % n for n in range(size // 10)) + b"}]}"
    yield "a number without end", b'{"format":' + b"9" * size + b"}"
    yield (
        "entities",
        (
            b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
            b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><l>&c;</l>'
        ),
    )


def cells(heads, row):
    """Yield the good row with each of its cells changed for one that is not what it should be."""
    good = next(csv.reader([row]))
    for cell in CELLS:
        places = range(len(good) if len(cell) < 1_000 else 1)  # what is long is long anywhere
        changed = [[*good[:at], cell, *good[at + 1 :]] for at in places]
        for rows in ([[cell] * len(good)], *([one] for one in changed)):
            out = io.StringIO()
            csv.writer(out, lineterminator="\n").writerows(rows)
            yield f"the cell {cell[:9]!a} at {len(rows)}", f"{heads}\n{out.getvalue()}".encode()


def packed(heads, row, size):
    """Yield packed files: broken, endless, with nothing in them, and tables as spreadsheets."""
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("xl/workbook.xml", "content.xml", "stops.txt", "Data/CSV/st.csv"):
            archive.writestr(zipfile.ZipInfo(name), b"a" * (20 * size), zipfile.ZIP_DEFLATED)
    yield "a packed file without end", bomb.getvalue()
    yield "a packed file cut short", bomb.getvalue()[:-30]
    yield "a packed file that is none", b"PK\x03\x04" + b"a" * size
    yield "an old spreadsheet", b"\xd0\xcf\x11\xe0" + bytes(size)
    table = [next(csv.reader([heads])), next(csv.reader([row]))]
    yield "a spreadsheet", xlsx({"S": table})
    yield "a wide spreadsheet", xlsx({"S": [table[0] + ["x"] * 2_000, table[1]]})
    yield "another spreadsheet", ods({"S": table})


def every(reader, size):
    """Yield all that a reader is given."""
    yield "nothing", b""
    yield from texts(reader.heads, reader.row, size)
    yield from packed(reader.heads, reader.row, size)


def told(reader, path, content):
    """Return what is wrong with how a reader takes a file; nothing where it reads it, or ends in words."""
    path.write_bytes(content)
    try:
        reader.read(path)
    except FairgroundError as fault:
        return "" if len(str(fault)) <= LONGEST else f"too many words: {len(str(fault)):,}"
    except Exception as fault:
        return f"{type(fault).__name__}: {str(fault)[:200]}"
    return ""


@pytest.mark.parametrize("reader", READERS, ids=[reader.id for reader in READERS])
def test_a_file_of_any_kind_is_read_or_refused_in_few_words(reader, tmp_path):
    path = tmp_path / f"sent{reader.ending}"
    given = [*every(reader, SMALL), *cells(reader.heads, reader.row)]
    wrong = {name: fault for name, content in given if (fault := told(reader, path, content))}
    assert not wrong
    if settings().max_examples >= 1_000:
        large = ((name, apart(reader, path, content)) for name, content in every(reader, LARGE))
        assert not {name: fault for name, fault in large if fault}


def test_a_row_that_is_right_is_read_by_nearly_every_reader_of_tables(tmp_path):
    """Else the test above would pass for readers that refuse everything."""
    read = []
    for reader in READERS:
        path = tmp_path / f"sent{reader.ending}"
        path.write_text(f"{reader.heads}\n{reader.row}\n", "utf-8")
        try:
            reader.read(path)
        except FairgroundError:
            continue
        read.append(reader.id)
    assert len(read) >= 25, read


@pytest.mark.parametrize("reader", READERS, ids=[reader.id for reader in READERS])
@settings(max_examples=3)
@given(content=st.binary(max_size=400))
def test_random_bytes_are_read_or_refused_in_words(reader, content, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / f"bytes{reader.ending}"
    assert not told(reader, path, content)


def apart(reader, path, content):
    """Return what `told` does, asked in a process that may use so much time and room and no more."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        fault = told(reader, path, content)
        used = 1024 * (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
        if not fault and used > ROOM:
            fault = f"{used:,} bytes"
        os.write(write, f"done {fault}".encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as answer:
        said = answer.read()
    os.waitpid(child, 0)
    return said.removeprefix("done ") if said else f"stopped after {SECONDS} processor seconds"
