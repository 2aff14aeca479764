"""People and a round of a budget: an officer, two moderators, an assessor, a builder, three residents."""

import pytest


@pytest.fixture
def town(make_round, make_user, bob):
    from fairground.web.participation.actions import give_round_role
    from fairground.web.power.budgeting.actions.pots import add_pot

    class Town:
        round = make_round("ideas")
        officer = bob
        at = staticmethod(make_round.at)

    town = Town()
    for name, role in (("mo", "moderator"), ("mia", "moderator"), ("asif", "assessor"), ("bina", "builder")):
        setattr(town, name, make_user(name))
        give_round_role(town.round, getattr(town, name), role, by=bob)
    town.rita, town.raj, town.mallory = make_user("rita"), make_user("raj"), make_user("mallory")
    town.pot = add_pot(
        town.round, by=bob, name="Whole city", amount_pence=10_000_000, ceiling_pence=2_500_000, districts=[]
    )
    return town


@pytest.fixture
def idea(town):
    from fairground.web.power.budgeting.actions.ideas import send_idea

    def send(title="A bench by the canal", by=None, **more):
        return send_idea(town.round, by=by or town.rita, title=title, words=f"{title}, please.", **more)

    return send
