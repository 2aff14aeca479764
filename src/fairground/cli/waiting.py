"""Tells a person that a long command is still at work, on the error output: what is piped stays clean."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import click


@contextmanager
def still_at_work(words: str, *, first: float = 5.0, every: float = 15.0) -> Iterator[None]:
    """Say words after the first seconds, then again and again, with the time so far, until the work is done.

    Parameters
    ----------
    first, every : seconds before the words are said for the first time, and between two times.
    """
    done, begun = threading.Event(), time.monotonic()

    def tell() -> None:
        wait = first
        while not done.wait(wait):
            click.echo(f"{words} {time.monotonic() - begun:.0f} seconds so far.", err=True)
            wait = every

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()
