"""Every part of the files of a draw is changed in turn: `verify` finds each change that makes it untrue.

What may be changed without being found is named below, because the lottery is then still what the file says.
"""

import copy
import json

import pytest

from fairground.errors import BadInput, FairgroundError
from fairground.evidence import Quality, Source
from fairground.power.juries import RULES, Pool, Quotas, Target, Volunteer, entropy
from fairground.questions.power import juries, jury_checks
from fairground.questions.power.jury_draws import opened, prepare
from fairground.questions.power.lottery_file import read_lottery
from fairground.questions.power.volunteers import PoolRead
from fairground.report import say

OWN = Source.own_file("pool.csv", "0" * 64)
HOMES = {1: "mill", 2: "mill"}
PEOPLE = tuple(Volunteer(f"p{n}", (("old", "young")[n % 3 == 0],), HOMES.get(n, "")) for n in range(9))
TARGETS = (Target("age", "young", 1, 2), Target("age", "old", 1, 2))
STILL_TRUE = {
    ("public_values", "#"): "no file can say what was read out in the hall: whoever was there compares it",
    ("note",): "the label comes from the rule",
    ("levels", "#", 3, "#", 1): "other prices can prove as much",
    ("bound", 2): "only Goldilocks has a tangent",
}
LONG = {"max-entropy": ("before", "exactly")}  # each look draws all juries again; these parts only it holds


def made(rule):
    read = PoolRead(Pool(("age",), PEOPLE), OWN, Quality(9, 9), ())
    return juries.select(read, TARGETS, OWN, 3, rule=rule, values=["7"], secret="s", juries=20)[1]


def leaves(part, path=()):
    """Return where every number and text of a file is."""
    if isinstance(part, dict | list):
        for key, inner in part.items() if isinstance(part, dict) else enumerate(part):
            yield from leaves(inner, (*path, key))
    else:
        yield path, part


def kind(path):
    """Return a place with # for which of many alike: the third person's home is (people, #, 2)."""
    if path[0] == "bound":
        return path
    return tuple("#" if at == 1 or (at == 3 and isinstance(key, int)) else key for at, key in enumerate(path))


def changed(held, path, value):
    new = copy.deepcopy(held)
    inner = new
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return json.dumps(new)


def agrees(text):
    try:
        return jury_checks.look(read_lottery(text, "lottery.json"), OWN).value.agree
    except FairgroundError:
        return False


def unseen(text, parts=None, times=2):
    """Return the places that could be changed without being found, looking at `times` of each kind."""
    held, tried, found = json.loads(text), {}, set()
    for path, value in leaves(held):
        place = kind(path)
        tried[place] = tried.get(place, 0) + 1
        if tried[place] > times or (parts and path[0] not in parts):
            continue
        others = [value + "x"] if isinstance(value, str) else [value + 1, value * 0.9 - 0.01]
        found |= {place for other in others if agrees(changed(held, path, other))}
    return found


@pytest.mark.parametrize("rule", [rule.id for rule in RULES])
def test_no_part_of_a_file_is_changed_without_being_found(rule, monkeypatch):
    monkeypatch.setattr(entropy, "ROUNDS", 6)
    both = made(rule)
    assert agrees(both.council)
    assert agrees(both.public)
    assert unseen(both.council, LONG.get(rule), 1) <= set(STILL_TRUE)
    assert unseen(both.public) <= {("public_values", "#"), ("note",)}


@pytest.mark.parametrize("part", ["before", "exactly"])
def test_what_was_known_before_the_draw_must_be_there(part):
    held = json.loads(made("uniform").council)
    del held[part]
    assert not agrees(json.dumps(held))


def test_goldilocks_that_does_not_weigh_the_low_end_is_refused():
    held = json.loads(made("minimax").council)
    above, _, _, _ = held["bound"]
    forged = {**held, "rule": "goldilocks", "bound": [above, above, 1.0, 0.0]}
    with pytest.raises(BadInput, match="weighs the low end in another way"):
        read_lottery(json.dumps(forged), "lottery.json")


WHOLE_FILES = {
    "[": "[" * 200_000,
    "{": '{"format":' + "[" * 5000 + "]" * 5000 + "}",
    "empty": "",
    "two": "{}{}",
    "endless": '{"size": ' + "9" * 5000 + "}",
}


@pytest.mark.parametrize("values", [(), ("7",)])
@pytest.mark.parametrize("text", WHOLE_FILES.values(), ids=WHOLE_FILES)
def test_what_is_no_file_of_a_draw_is_refused_with_values_and_without(text, values):
    with pytest.raises(BadInput, match="cannot be read as JSON"):
        opened(text, "lottery.json", values)


def test_a_part_that_is_there_twice_is_refused():
    for text in (made("leximin").public, made("leximin").council):
        twice = text.rstrip().removesuffix("}").rstrip() + ', "public_values": ["8"]}'
        assert json.loads(twice)["public_values"] == ["8"]
        with pytest.raises(BadInput, match="there twice"):
            read_lottery(twice, "lottery.json")


STRANGE = [None, True, -1, 0.5, 1e308, 10**400, "", "x", [], {}, [[]], {"a": 1}, [0, 0, 0], "1" * 5000]


@pytest.mark.parametrize("kind_of_file", ["council", "public"])
def test_no_part_can_be_made_strange_so_that_another_jury_is_drawn_or_a_program_fails(kind_of_file):
    text = getattr(made("leximin"), kind_of_file)
    held, tried = json.loads(text), dict.fromkeys([("people",)], 0)
    before = jury_checks.again(read_lottery(text, "lottery.json"), OWN).value
    for path, value in leaves(held):
        place = tuple("#" if isinstance(key, int) else key for key in path)
        tried[place] = tried.get(place, 0) + 1
        for other in STRANGE if tried[place] == 1 else ():
            try:
                found = jury_checks.again(read_lottery(changed(held, path, other), "lottery.json"), OWN).value
            except FairgroundError:
                continue
            assert not found.agree or found.panel == before.panel or path[0] == "public_values", (path, other)
            assert other != value


@pytest.mark.parametrize("wrong", [["7", ""], [7], [None], "7", {"a": 1}])
def test_public_values_and_what_was_announced_are_lists_of_texts(wrong):
    held = json.loads(made("leximin").public)
    for name in ("public_values", "announced"):
        with pytest.raises(BadInput, match="list of texts"):
            read_lottery(json.dumps({**held, name: wrong}), "draw.json")


def test_from_where_the_number_was_to_come_is_told():
    sealed = prepare(
        Pool(("age",), PEOPLE), Quotas(3, TARGETS), secret="s", juries=20,
        announced=["the balls of Saturday"], known_from="9 pm",
    )  # fmt: skip
    for text in (sealed.council, sealed.public):
        for answer in (
            jury_checks.look(opened(text, "sealed.json"), OWN),
            jury_checks.again(opened(text, "sealed.json", ["7"]), OWN),
        ):
            said = " ".join(map(say, answer.steps))
            assert "was to come from: the balls of Saturday; 9 pm. That is a part of the seal." in said


def test_a_file_whose_seal_names_nothing_says_that_values_could_be_tried_until_they_suited():
    sealed = prepare(Pool(("age",), PEOPLE), Quotas(3, TARGETS), secret="s", juries=20, announced=["Lotto"])
    for text, tried in (
        (made("leximin").public, True),
        (made("leximin").council, True),
        (sealed.public, False),
    ):
        read = opened(text, "draw.json", () if tried else ["7"])
        for answer in (jury_checks.look(read, OWN), jury_checks.again(read, OWN)):
            said = " ".join(map(say, answer.steps))
            assert ("could try values until a jury suited them. Ask who chose “7”" in said) == tried
            assert "Compare it with the one that was published before the draw." in said
