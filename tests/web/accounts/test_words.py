"""django-allauth speaks our plain words: in its pages, in what it says of a mistake, and in its letters."""

import gettext
from pathlib import Path

import allauth
import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from fairground.web import accounts

WORDS = Path(accounts.__file__).parent / "locale" / "en_GB" / "LC_MESSAGES"
THEIRS = Path(allauth.__file__).parent / "locale" / "de" / "LC_MESSAGES" / "django.po"
PAGES = (
    "2fa/",
    "2fa/webauthn/",
    "2fa/webauthn/add/",
    "2fa/recovery-codes/generate/",
    "email/",
    "logout/",
    "inactive/",
)
JARGON = (
    "two-factor",
    "authenticat",
    "passwordless",
    "biometric",
    "security key",
    "verification",
    "primary",
    "generate",
)


def read(path, how):
    with path.open("rb") as file:
        return how(file)


def said(catalogue):
    return {plural(one.id): plural(one.string) for one in catalogue if one.id}


def plural(words):
    return words if isinstance(words, str) else tuple(words)


def test_what_is_compiled_is_what_is_written():
    assert said(read(WORDS / "django.mo", read_mo)) == said(read(WORDS / "django.po", read_po))
    assert gettext.GNUTranslations((WORDS / "django.mo").open("rb")).gettext("Sign In") == "Sign in"


def test_each_is_still_said_by_allauth():
    assert set(said(read(WORDS / "django.po", read_po))) - set(said(read(THEIRS, read_po))) == set()


def test_no_more_is_filled_in_than_allauth_gives():
    for theirs, ours in said(read(WORDS / "django.po", read_po)).items():
        for one, other in zip(
            *((each,) if isinstance(each, str) else each for each in (theirs, ours)), strict=True
        ):
            assert {part.split(")")[0] for part in other.split("%(")[1:]} <= {
                part.split(")")[0] for part in one.split("%(")[1:]
            }


@pytest.mark.django_db
@pytest.mark.parametrize("address", PAGES)
def test_no_page_of_an_account_speaks_jargon(client, alice, address):
    client.force_login(alice)
    page = client.get(f"/account/{address}", follow=True).content.decode()
    shown = page[page.index("<main") : page.index("</main>")].split("<script")[0]
    words = " ".join(part.partition(">")[2] for part in shown.split("<")).lower()
    assert [word for word in JARGON if word in words] == []


@pytest.mark.django_db
def test_the_letter_with_the_code_is_short_and_plain(client, alice, mailoutbox):
    client.post("/account/login/code/", {"email": alice.email})
    letter = mailoutbox[0]
    assert letter.subject == "Fairground: your code to sign in"
    assert letter.body.startswith("Hello,")
    assert "Give the code to nobody." in letter.body
