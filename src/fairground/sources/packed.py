"""Many arrays in one file that opens in milliseconds: Arrow's own form, mapped into memory and not read.

Each array is one cell of a table with a single row, so that arrays may differ in length; words about them go
into the table's notes. Reference: Apache Arrow Columnar Format, https://arrow.apache.org/docs/format/Columnar.html.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from fairground.errors import DataProblem

__all__ = ["pack", "unpack"]

NOTES = b"fairground"


def pack(path: Path, arrays: Mapping[str, NDArray[Any] | list[bytes]], notes: Mapping[str, Any]) -> None:
    """Write arrays and notes to a file, whole or not at all.

    Raises
    ------
    OSError : the file cannot be written; what was there before is still there.
    """
    cells = {name: _cell(value) for name, value in arrays.items()}
    table = pa.table(cells).replace_schema_metadata({NOTES: json.dumps(notes, ensure_ascii=False).encode()})
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with pa.OSFile(str(part), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def unpack(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the arrays and notes of a file; arrays lie in the file and are read when they are used.

    Raises
    ------
    DataProblem : the file is cut short, or is not one that `pack` wrote.
    """
    try:
        reader = pa.ipc.open_file(pa.memory_map(str(path), "r"))
        batch = reader.get_batch(0)
        notes = json.loads((reader.schema.metadata or {})[NOTES])
        return {name: _array(batch.column(name)) for name in batch.schema.names}, notes
    except (pa.ArrowInvalid, KeyError, ValueError, IndexError, OSError) as fault:
        raise DataProblem(
            f"The prepared streets cannot be opened ({fault})",
            path.name,
            try_this="delete it and prepare again",
        ) from fault


def _cell(value: NDArray[Any] | list[bytes] | pa.Array) -> pa.Array:
    if isinstance(value, pa.Array):
        inner: pa.Array = value  # as `unpack` gave it
    elif isinstance(value, list):
        inner = pa.array(value, type=pa.large_binary())
    else:
        flat = np.ascontiguousarray(value).reshape(-1)
        inner = pa.array(flat.view(np.uint8) if flat.dtype == bool else flat)
    return pa.LargeListArray.from_arrays(pa.array([0, len(inner)], type=pa.int64()), inner)


def _array(column: pa.Array) -> Any:
    inner = column.values
    return inner if pa.types.is_large_binary(inner.type) else inner.to_numpy(zero_copy_only=True)
