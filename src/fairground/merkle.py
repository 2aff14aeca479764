"""A list that can only grow, and short proofs that an entry is in it and that nothing was taken out.

Merkle trees as in Certificate Transparency: RFC 6962 section 2.1 (leaf, node and tree hashes with SHA-256)
and RFC 9162 sections 2.1.3.2 and 2.1.4.2 (how proofs are checked). Entries and hashes are bytes; positions
count from zero. An odd node at the end of a row is carried up unchanged, which gives the trees of the RFC.

>>> log = Log(tuple(leaf_hash(entry) for entry in (b"one", b"two", b"three")))
>>> proof = log.inclusion(2)
>>> is_included(leaf_hash(b"three"), position=2, size=3, proof=proof, root=log.root)
True
>>> is_included(leaf_hash(b"four"), position=2, size=3, proof=proof, root=log.root)
False
"""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from fairground.errors import BadInput

__all__ = ["Log", "is_extension", "is_included", "leaf_hash", "node_hash"]

EMPTY = sha256(b"").digest()
LENGTH = 32
Proof = tuple[bytes, ...]


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of an entry: SHA-256 of a zero byte and the entry (RFC 6962, section 2.1).

    >>> leaf_hash(b"").hex()[:8]
    '6e340b9c'
    """
    return sha256(b"\0" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two hashes side by side: SHA-256 of a one byte and both (RFC 6962, section 2.1).

    >>> node_hash(leaf_hash(b""), leaf_hash(b"\\0")).hex()[:8]
    'fac54203'
    """
    return sha256(b"\1" + left + right).digest()


@dataclass(frozen=True)
class Log:
    """The leaf hashes of a list, in order, and what can be proved about them.

    Parameters
    ----------
    leaves : hashes of 32 bytes, from `leaf_hash`.

    Raises
    ------
    BadInput : a leaf that is not 32 bytes; names its position.
    """

    leaves: tuple[bytes, ...]
    _rows: tuple[tuple[bytes, ...], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for position, leaf in enumerate(self.leaves):
            _check_leaf(leaf, position)
        object.__setattr__(self, "_rows", _rows(self.leaves))

    @property
    def size(self) -> int:
        """How many entries the list has."""
        return len(self.leaves)

    @property
    def root(self) -> bytes:
        """The hash of the whole list: it changes if any entry or their order changes."""
        return self._rows[-1][0] if self.leaves else EMPTY

    def extended(self, more: tuple[bytes, ...]) -> Log:
        """Return the list with more leaves at its end, hashing only what is new.

        >>> Log((leaf_hash(b"a"),)).extended((leaf_hash(b"b"),)) == Log((leaf_hash(b"a"), leaf_hash(b"b")))
        True
        """
        longer = object.__new__(Log)
        for position, leaf in enumerate(more, self.size):
            _check_leaf(leaf, position)
        object.__setattr__(longer, "leaves", self.leaves + more)
        object.__setattr__(longer, "_rows", _rows(longer.leaves, self._rows))
        return longer

    def inclusion(self, position: int) -> Proof:
        """Return the hashes that lead from the entry at `position` to the root (RFC 6962, 2.1.1).

        Raises
        ------
        BadInput : there is no entry at that position.
        """
        if not 0 <= position < self.size:
            raise BadInput("No entry has that position", "position", position, f"0 to {self.size - 1}")
        return self._path(position, row=0)

    def consistency(self, earlier: int) -> Proof:
        """Return the hashes that prove that the first `earlier` entries are still those they were.

        The proof of RFC 6962, section 2.1.2, for the tree of `earlier` entries and this one.

        Raises
        ------
        BadInput : `earlier` is not between 1 and the size.
        """
        if not 1 <= earlier <= self.size:
            raise BadInput("The earlier list had another size", "earlier", earlier, f"1 to {self.size}")
        if earlier == self.size:
            return ()
        position, row = earlier - 1, 0
        while position % 2:
            position, row = position // 2, row + 1
        seed = (self._rows[row][position],) if position else ()
        return seed + self._path(position, row=row)

    def _path(self, position: int, *, row: int) -> Proof:
        found = []
        for nodes in self._rows[row:-1]:
            beside = position ^ 1
            if beside < len(nodes):
                found.append(nodes[beside])
            position //= 2
        return tuple(found)


def _check_leaf(leaf: bytes, position: int) -> None:
    if len(leaf) != LENGTH:
        raise BadInput(f"Leaf {position} is not a SHA-256 hash", "leaves", leaf.hex(), "32 bytes")


def _rows(
    leaves: tuple[bytes, ...], before: tuple[tuple[bytes, ...], ...] = ((),)
) -> tuple[tuple[bytes, ...], ...]:
    """Return the tree row by row from the leaves up.

    A node over a whole pair never changes when leaves are added, so the rows of a shorter list are taken over
    as far as they stand on whole pairs: as many nodes as half the whole nodes of the row below.
    """
    rows, whole = [leaves], len(before[0])
    while len(rows[-1]) > 1:
        below, whole = rows[-1], whole // 2
        kept = before[len(rows)][:whole] if len(rows) < len(before) else ()
        start = 2 * len(kept)
        fresh = zip(below[start::2], below[start + 1 :: 2], strict=False)
        above = [*kept, *(node_hash(left, right) for left, right in fresh)]
        rows.append((*above, below[-1]) if len(below) % 2 else tuple(above))
    return tuple(rows)


def is_included(leaf: bytes, *, position: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Return whether `proof` shows that `leaf` is at `position` of the list of `size` entries with `root`.

    The check of RFC 9162, section 2.1.3.2. Whoever runs it needs nothing else of the list.

    >>> is_included(leaf_hash(b"only"), position=0, size=1, proof=(), root=leaf_hash(b"only"))
    True
    """
    if not 0 <= position < size:
        return False
    number, last, reached = position, size - 1, leaf
    for hashed in proof:
        if last == 0:
            return False
        if number % 2 or number == last:
            reached = node_hash(hashed, reached)
            while number and not number % 2:
                number, last = number // 2, last // 2
        else:
            reached = node_hash(reached, hashed)
        number, last = number // 2, last // 2
    return last == 0 and hmac.compare_digest(reached, root)


def is_extension(
    *, earlier: int, earlier_root: bytes, size: int, root: bytes, proof: Sequence[bytes]
) -> bool:
    """Return whether `proof` shows that a list of `size` entries begins with an earlier list.

    The check of RFC 9162, section 2.1.4.2: nothing was taken out, changed or put in another order.

    >>> before, after = Log((leaf_hash(b"a"),)), Log((leaf_hash(b"a"), leaf_hash(b"b")))
    >>> is_extension(earlier=1, earlier_root=before.root, size=2, root=after.root, proof=after.consistency(1))
    True
    """
    if not 1 <= earlier <= size:
        return False
    if earlier == size:
        return not proof and hmac.compare_digest(earlier_root, root)
    power_of_two = earlier & (earlier - 1) == 0
    hashes = [earlier_root, *proof] if power_of_two else list(proof)
    if not hashes or not proof:
        return False
    number, last = earlier - 1, size - 1
    while number % 2:
        number, last = number // 2, last // 2
    old = new = hashes[0]
    for hashed in hashes[1:]:
        if last == 0:
            return False
        if number % 2 or number == last:
            old, new = node_hash(hashed, old), node_hash(hashed, new)
            while number and not number % 2:
                number, last = number // 2, last // 2
        else:
            new = node_hash(new, hashed)
        number, last = number // 2, last // 2
    return last == 0 and hmac.compare_digest(old, earlier_root) and hmac.compare_digest(new, root)
