"""Small papers for tests, as JSON."""

from fairground.web.ballots.bridge import Marks

POTS = [
    {"id": "city", "name": "The whole town", "amount_pence": 1_000_000, "districts": []},
    {"id": "coast", "name": "Coast", "amount_pence": 300_000, "districts": ["Coast"]},
]
PROJECTS = [
    {
        "id": "park",
        "title": "Trees in the park",
        "cost_pence": 600_000,
        "pot": "city",
        "summary": "Forty trees.",
    },
    {
        "id": "bench",
        "title": "Benches",
        "cost_pence": 500_000,
        "pot": "city",
        "latitude": 54.61,
        "longitude": -1.07,
    },
    {
        "id": "bins",
        "title": "Beach bins",
        "cost_pence": 100_000,
        "pot": "coast",
        "latitude": 54.62,
        "longitude": -1.05,
    },
]
LETTERS = {"ways": ["letter", "roll", "booth"]}
ROLL = "number,name,address,postcode,district,born\n" + "".join(
    f"{n},Voter {n},{n} High Street,TS10 {n}AA,{'Coast' if n % 2 else ''},1980-01-0{n}\n" for n in range(1, 6)
)
KINDS = {
    "approval": {"type": "approval"},
    "k-approval": {"type": "k-approval", "max_projects": 1},
    "purse": {"type": "approval", "within_budget": True},
    "points": {"type": "points", "points": 10, "max_points": 6},
    "ranking": {"type": "ranking"},
}


def specification(kind="approval", eligibility=None, **more):
    return {
        "title": "Our streets",
        "pots": POTS,
        "projects": PROJECTS,
        "ballot": KINDS[kind],
        "rule": {"method": "equal-shares"},
        "eligibility": eligibility or LETTERS,
        **more,
    }


def ticks(**pots):
    return {pot: Marks(tuple(ids)) for pot, ids in pots.items()}
