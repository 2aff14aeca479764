"""Chance that can be repeated: whole numbers from a seed, each equally likely, the same on every machine.

The seed is hashed with a counter (SHA-256); what comes out is cut into as many bits as are needed, and a
number that is too large is thrown away and drawn again, so that none is likelier than another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import accumulate

__all__ = ["Stream"]


class Stream:
    """Whole numbers that follow from a seed.

    >>> from fairground.power.juries.chance import Stream
    >>> one, again = Stream(b"seed"), Stream(b"seed")
    >>> [one.below(6) for _ in range(5)] == [again.below(6) for _ in range(5)]
    True
    """

    def __init__(self, seed: bytes) -> None:
        self.seed, self.turn, self.pool, self.bits = seed, 0, 0, 0

    def below(self, number: int) -> int:
        """Return one of 0 to `number` - 1, each equally likely."""
        width = (number - 1).bit_length()
        while True:
            while self.bits < width:
                block = hashlib.sha256(self.seed + self.turn.to_bytes(8, "big")).digest()
                self.pool = self.pool << 256 | int.from_bytes(block, "big")
                self.bits, self.turn = self.bits + 256, self.turn + 1
            self.bits -= width
            found = self.pool >> self.bits
            self.pool &= (1 << self.bits) - 1
            if found < number:
                return found

    def weighed(self, weights: Sequence[int]) -> int:
        """Return a place of `weights`, each as likely as its weight says.

        >>> from fairground.power.juries.chance import Stream
        >>> Stream(b"seed").weighed([0, 7, 0])
        1
        """
        lot = self.below(sum(weights))
        return next(at for at, up_to in enumerate(accumulate(weights)) if lot < up_to)

    def some(self, number: int, of: int) -> list[int]:
        """Return `number` different places of 0 to `of` - 1, every such set equally likely."""
        left = list(range(of))
        return [left.pop(self.below(len(left))) for _ in range(number)]
