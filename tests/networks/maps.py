"""Small random maps for the laws: bends, loops, double streets, one-way streets, gates, islands."""

from hypothesis import strategies as st

from tests.networks.reference import ways_of

KINDS = (
    {"highway": "residential"},
    {"highway": "residential", "oneway": "yes"},
    {"highway": "footway", "surface": "asphalt"},
    {"highway": "footway"},
    {"highway": "cycleway"},
    {"highway": "steps"},
    {"highway": "motorway"},
    {"highway": "primary", "oneway": "yes", "cycleway": "opposite_lane"},
)
GATES = (
    {"barrier": "gate"},
    {"barrier": "gate", "locked": "yes"},
    {"barrier": "kissing_gate"},
    {"barrier": "stile"},
)


@st.composite
def street_maps(draw):
    """A map of up to 14 places and 12 ways, on whole metres (so that sums are exact)."""
    count = draw(st.integers(3, 14))
    squares = st.tuples(st.integers(0, 12), st.integers(0, 12))
    chosen = draw(st.lists(squares, min_size=count, max_size=count, unique=True))
    place = [(k, column * 40.0, row * 30.0) for k, (column, row) in enumerate(chosen)]
    row = st.lists(st.integers(0, count - 1), min_size=2, max_size=6)
    lines = draw(st.lists(st.tuples(st.sampled_from(KINDS), row), min_size=1, max_size=12))
    lines.append(({"highway": "residential"}, [0, 1, 2]))
    gates = draw(st.dictionaries(st.integers(0, count - 1), st.sampled_from(GATES), max_size=3))
    return ways_of([(tags, [place[k] for k in line]) for tags, line in lines], points=gates)
