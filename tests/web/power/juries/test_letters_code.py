"""A jury that only letters open: no code, no way in; a wrong one is counted."""

import pytest

from fairground.errors import BadInput
from tests.web.power.juries.test_volunteering import answers, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def lettered(make_jury):
    return make_jury(letter_needed=True)


@pytest.fixture
def letter(lettered):
    from fairground.web.power.juries import sealing
    from fairground.web.power.juries.bridge import new_code, read_code
    from fairground.web.power.juries.models import Letter

    code = new_code()
    Letter.objects.create(jury=lettered, number=1, code_hash=sealing.digest(lettered, read_code(code)))
    return code


def test_nothing_tells_by_which_letter_somebody_came_who_withdrew(lettered, letter, volunteer):
    """The officer's list of addresses has the number of each letter."""
    from fairground.web.power.juries.actions.volunteers import withdraw

    person, _ = volunteer(lettered, 1, code=letter)
    withdraw(person)
    assert lettered.volunteers.get().letter is None


def test_nobody_volunteers_without_the_code_of_a_letter_but_an_officer_writes_them_down(
    lettered, volunteer, bob
):
    with pytest.raises(BadInput, match="Only people who got a letter"):
        volunteer(lettered, 1)
    volunteer(lettered, 1, by=bob, way="phone")


def test_the_code_of_a_letter_comes_by_a_form_and_never_by_an_address(client, lettered, letter):
    assert "data-fg-letter" in client.get(at(lettered)).content.decode()
    client.get(at(lettered) + f"?letter={letter}")
    assert letter not in client.get(at(lettered, "letter/")).content.decode(), "an address brings nothing"
    brought = client.post(at(lettered), {"letter": letter})
    assert brought["Location"] == at(lettered, "age/"), "a code that is right is not asked again"
    assert letter in client.get(at(lettered, "letter/")).content.decode()
    told = {"letter": {"code": letter.lower()}} | answers(lettered)
    for name, typed in told.items():
        assert client.post(at(lettered, f"{name}/"), typed).status_code == 302
    assert client.get(at(lettered, "check/")).status_code == 200
    assert "Thank you" in client.post(at(lettered, "check/"), follow=True).content.decode()
    assert lettered.volunteers.get().letter.number == 1


def test_a_code_that_a_square_brought_and_that_is_wrong_is_shown_and_counted(client, lettered, letter):
    from fairground.web.power.juries.bridge import new_code

    wrong = new_code()
    for _ in range(10):
        brought = client.post(at(lettered), {"letter": wrong})
        assert brought["Location"] == at(lettered, "letter/")
    assert wrong in client.get(at(lettered, "letter/")).content.decode()
    assert client.post(at(lettered), {"letter": letter})["Location"] == at(lettered, "letter/")
    assert client.get(at(lettered, "age/"))["Location"] == at(lettered, "letter/")


def test_guesses_of_letters_end_after_ten(client, lettered, letter):
    from fairground.web.power.juries.bridge import new_code

    for _ in range(10):
        page = client.post(at(lettered, "letter/"), {"code": new_code()})
        assert "No letter of this jury has this code" in page.content.decode()
    page = client.post(at(lettered, "letter/"), {"code": letter})
    assert "Too many wrong codes" in page.content.decode()


def test_five_people_of_a_home_may_volunteer_by_one_letter(lettered, letter, volunteer):
    for n in range(5):
        volunteer(lettered, n, code=letter)
    with pytest.raises(BadInput, match="5 people have volunteered"):
        volunteer(lettered, 9, code=letter)
