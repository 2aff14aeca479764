"""Works tiles out: here one after another, on several processes of this machine, or on a cluster (Dask).

A task is a whole tile for all needs by one way of travelling, so that passing it on costs little beside
working it out. Only a few tiles are on their way at any time: memory stays bounded however large the country.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from fairground.errors import BadInput, DataProblem

__all__: list[str] = []

Found = tuple[NDArray[np.float64], NDArray[np.float64]]
AHEAD = 2  # tiles on their way for each worker
MOST_WORKERS = 256


class Tile(Protocol):
    """Some places, their row numbers, and what is to be worked out of them."""

    @property
    def rows(self) -> NDArray[np.int64]:
        """The numbers of the places among all."""

    def work(self) -> Any:
        """Work it out."""


Runner = Callable[[Iterable[Any]], Iterator[tuple[NDArray[np.int64], Any]]]


def work(tile: Tile) -> Any:
    """Work one tile out; a function of this module, so that a worker finds it by name."""
    return tile.work()


def here(tiles: Iterable[Tile]) -> Iterator[tuple[NDArray[np.int64], Any]]:
    """Work tiles out one after another in this process."""
    for tile in tiles:
        yield tile.rows, tile.work()


@contextmanager
def runner(workers: int, cluster: str) -> Iterator[Runner]:
    """Open what works tiles out: this process, some processes of this machine, or a cluster by its address.

    Raises
    ------
    BadInput : a number of workers that is out of bounds. DataProblem : the cluster does not answer.
    """
    if not 1 <= workers <= MOST_WORKERS:
        raise BadInput("How many processes work", "workers", workers, f"1 to {MOST_WORKERS}")
    if workers == 1 and not cluster:
        yield here
        return
    dask: Any = import_module("distributed")
    if cluster:
        try:
            client = dask.Client(cluster, timeout=10, set_as_default=False)
        except (OSError, ValueError) as fault:
            told = f"The cluster does not answer ({fault})"
            raise DataProblem(told, field="cluster", value=cluster, try_this="tcp://HOST:8786") from fault
        with client:
            yield _on(client)
        return
    with (
        dask.LocalCluster(
            n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
        ) as local,
        dask.Client(local, set_as_default=False) as client,
    ):
        yield _on(client)


def _on(client: Any) -> Runner:
    """Return what works tiles out on a cluster, a few tiles ahead of what is asked for."""

    def run(tiles: Iterable[Tile]) -> Iterator[tuple[NDArray[np.int64], Any]]:
        most = AHEAD * max(1, len(client.scheduler_info()["workers"]))
        waiting: list[tuple[NDArray[np.int64], Any]] = []
        for tile in tiles:
            waiting.append((tile.rows, client.submit(work, tile, pure=False)))
            if len(waiting) >= most:
                rows, task = waiting.pop(0)
                yield rows, task.result()
        for rows, task in waiting:
            yield rows, task.result()

    return run
