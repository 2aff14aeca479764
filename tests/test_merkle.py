"""A list that can only grow: its root, proofs of inclusion, proofs that nothing was taken out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairground.errors import BadInput
from fairground.merkle import EMPTY, Log, is_extension, is_included, leaf_hash, node_hash

# The entries and roots of the Certificate Transparency project's test data for RFC 6962
# (github.com/google/certificate-transparency, cpp/merkletree/merkle_tree_test.cc).
ENTRIES = [
    bytes.fromhex(e)
    for e in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
entries = st.lists(st.binary(max_size=4), min_size=1, max_size=40)


def log_of(found):
    return Log(tuple(leaf_hash(entry) for entry in found))


def split(count):
    """The largest power of two below `count` (RFC 6962, section 2.1)."""
    k = 1
    while 2 * k < count:
        k *= 2
    return k


def plain_root(hashes):
    """The definition of section 2.1, word by word."""
    if len(hashes) == 1:
        return hashes[0]
    k = split(len(hashes))
    return node_hash(plain_root(hashes[:k]), plain_root(hashes[k:]))


def plain_path(m, hashes):
    """The definition of section 2.1.1, word by word."""
    if len(hashes) == 1:
        return []
    k = split(len(hashes))
    if m < k:
        return [*plain_path(m, hashes[:k]), plain_root(hashes[k:])]
    return [*plain_path(m - k, hashes[k:]), plain_root(hashes[:k])]


def plain_subproof(m, hashes, whole):
    """The definition of section 2.1.2, word by word."""
    if m == len(hashes):
        return [] if whole else [plain_root(hashes)]
    k = split(len(hashes))
    if m <= k:
        return [*plain_subproof(m, hashes[:k], whole), plain_root(hashes[k:])]
    return [*plain_subproof(m - k, hashes[k:], False), plain_root(hashes[:k])]


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_the_certificate_transparency_project(size):
    assert log_of(ENTRIES[:size]).root.hex() == ROOTS[size - 1]


def test_the_empty_list_has_the_hash_of_nothing():
    assert Log(()).root == EMPTY
    assert EMPTY.hex().startswith("e3b0c44298fc1c14")


def test_the_example_of_the_standard_with_seven_entries():
    """RFC 6962, section 2.1.3: the paths of d0, d3, d4, d6 and the proofs from 3, 4 and 6 of 7 entries."""
    a, b, c, d, e, f, j = (leaf_hash(entry) for entry in ENTRIES[:7])
    g, h, i = node_hash(a, b), node_hash(c, d), node_hash(e, f)
    k, right = node_hash(g, h), node_hash(i, j)
    seven = Log((a, b, c, d, e, f, j))
    assert seven.inclusion(0) == (b, h, right)
    assert seven.inclusion(3) == (c, g, right)
    assert seven.inclusion(4) == (f, j, k)
    assert seven.inclusion(6) == (i, k)
    assert seven.consistency(3) == (c, d, g, right)
    assert seven.consistency(4) == (right,)
    assert seven.consistency(6) == (i, j, k)


@given(entries, st.data())
def test_the_fast_log_agrees_with_the_definitions(found, data):
    log = log_of(found)
    position = data.draw(st.integers(0, log.size - 1))
    earlier = data.draw(st.integers(1, log.size))
    assert log.root == plain_root(list(log.leaves))
    assert list(log.inclusion(position)) == plain_path(position, list(log.leaves))
    assert list(log.consistency(earlier)) == plain_subproof(earlier, list(log.leaves), True)


@given(entries, st.lists(st.binary(max_size=2), max_size=20))
def test_a_list_that_was_extended_is_the_longer_list_to_the_last_node(found, more):
    added = log_of(more).leaves if more else ()
    longer = log_of(found).extended(added)
    assert longer == log_of(found + more)
    assert longer._rows == log_of(found + more)._rows


def test_every_entry_of_every_small_list_is_proved_included_and_every_list_extends_those_before():
    for size in range(1, 33):
        log = log_of([bytes([n]) for n in range(size)])
        for n in range(size):
            proof = log.inclusion(n)
            assert is_included(log.leaves[n], position=n, size=size, proof=proof, root=log.root)
            before, proof = Log(log.leaves[: n + 1]), log.consistency(n + 1)
            assert is_extension(
                earlier=n + 1, earlier_root=before.root, size=size, root=log.root, proof=proof
            )


@given(entries, st.data())
def test_no_other_leaf_position_size_or_proof_is_accepted(found, data):
    log = log_of([bytes([n]) + entry for n, entry in enumerate(found)])
    position = data.draw(st.integers(0, log.size - 1))
    right = {
        "position": position,
        "size": log.size,
        "proof": log.inclusion(position),
        "root": log.root,
    }
    leaf = log.leaves[position]
    assert not is_included(leaf_hash(b"forged"), **right)
    assert not is_included(leaf, **{**right, "root": leaf_hash(b"forged")})
    assert not is_included(leaf, **{**right, "proof": (*right["proof"], EMPTY)})
    assert not is_included(leaf, **{**right, "position": -1})
    assert not is_included(leaf, **{**right, "position": log.size})
    for n in range(len(right["proof"])):
        bent = (*right["proof"][:n], EMPTY, *right["proof"][n + 1 :])
        assert not is_included(leaf, **{**right, "proof": bent})
        assert not is_included(leaf, **{**right, "proof": right["proof"][:n]})
    other = data.draw(st.integers(0, log.size - 1))
    assert is_included(leaf, **{**right, "position": other}) == (other == position)


@given(entries, st.data())
def test_a_list_that_was_changed_is_never_an_extension(found, data):
    log = log_of([bytes([n]) + entry for n, entry in enumerate(found)])
    earlier = data.draw(st.integers(1, log.size))
    changed = data.draw(st.integers(0, earlier - 1))
    leaves = list(log.leaves[:earlier])
    leaves[changed] = leaf_hash(b"what it was before")
    facts = {"size": log.size, "root": log.root, "proof": log.consistency(earlier)}
    assert not is_extension(earlier=earlier, earlier_root=Log(tuple(leaves)).root, **facts)
    assert not is_extension(earlier=0, earlier_root=EMPTY, **facts)
    facts["proof"] = (*facts["proof"], EMPTY)
    assert not is_extension(earlier=earlier, earlier_root=Log(log.leaves[:earlier]).root, **facts)


def test_faults_are_named():
    with pytest.raises(BadInput, match=r"Leaf 1 is not a SHA-256 hash.*'00'.*32 bytes"):
        Log((EMPTY, b"\0"))
    with pytest.raises(BadInput, match=r"position.*'3'.*0 to 0"):
        Log((EMPTY,)).inclusion(3)
    with pytest.raises(BadInput, match=r"earlier.*'0'.*1 to 1"):
        Log((EMPTY,)).consistency(0)
