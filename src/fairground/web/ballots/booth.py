"""How a browser keeps its place in the polling booth: a signed cookie with the pseudonym, and a throttle.

The cookie keeps voters out of the table of sessions, whose rows have times (decision 31). It is signed with
the site's key, holds no name, and goes with the browser's own "I have finished" button or after an hour.
"""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from fairground.errors import BadInput
from fairground.web.ballots.actions import Voter
from fairground.web.ballots.models import Paper

SALT = "fairground.ballots.booth"
HOUR = 3600
MOST_FAILURES = 10
WAIT = 600


def name_of(paper: Paper) -> str:
    """Return the name of the cookie of a paper."""
    return f"booth_{paper.pk}"


def voter_of(request: Any, paper: Paper) -> Voter | None:
    """Return the voter that this browser has shown to be, if any."""
    held = _held(request, paper)
    return Voter(held["pseudonym"], held["tier"], held["district"]) if held else None


def receipt_of(request: Any, paper: Paper) -> str:
    """Return the receipt of the ballot that was cast in this browser; only here are its marks shown.

    Whoever comes in with the letter of somebody else must not learn how they voted.
    """
    return str(_held(request, paper).get("receipt", ""))


def _held(request: Any, paper: Paper) -> dict[str, Any]:
    kept = request.COOKIES.get(name_of(paper), "")
    try:
        held: dict[str, Any] = signing.loads(kept, salt=SALT, max_age=HOUR)
    except signing.BadSignature:
        return {}
    return held if held.get("paper") == paper.digest else {}


def let_in(response: HttpResponse, paper: Paper, voter: Voter, *, receipt: str = "") -> HttpResponse:
    """Give the browser its cookie."""
    held = {**vars(voter), "paper": paper.digest, "receipt": receipt}
    response.set_cookie(
        name_of(paper),
        signing.dumps(held, salt=SALT),
        max_age=HOUR,
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
        path=_path(paper),
    )
    return response


def let_out(response: HttpResponse, paper: Paper) -> HttpResponse:
    """Take the cookie back, so that the next person at this browser finds nothing."""
    response.delete_cookie(name_of(paper), path=_path(paper), samesite="Lax")
    return response


def _path(paper: Paper) -> str:
    return f"/ballots/{paper.round.slug}/"


def form_key(voter: Voter) -> str:
    """Return a key for a form, which casts once and only for this voter."""
    token = secrets.token_urlsafe(18)
    return f"{token}.{_bound(token, voter)}"


def is_key_of(key: str, voter: Voter) -> bool:
    """Return whether a form was made for this voter, not for somebody else who used this browser before."""
    token, _, bound = key.partition(".")
    return constant_time_compare(bound, _bound(token, voter))


def _bound(token: str, voter: Voter) -> str:
    return salted_hmac(SALT, f"{token}|{voter.pseudonym}", algorithm="sha256").hexdigest()[:32]


def browser_token(request: Any, paper: Paper) -> str:
    """Return the token of a browser in an open vote, new where it has none."""
    kept = request.COOKIES.get(f"open_{paper.pk}", "")
    return kept if len(kept) == 43 else secrets.token_urlsafe(32)


def need_patience(request: Any, paper: Paper, *, about: str = "") -> None:
    """Refuse more guesses from an address (or at a line of the roll) that has just failed too often."""
    for key in _keys(request, paper, about):
        if (cache.get(key) or 0) >= MOST_FAILURES:
            raise BadInput("Too many wrong tries. Wait ten minutes, then try again")


def count_failure(request: Any, paper: Paper, *, about: str = "") -> None:
    """Remember a wrong guess for ten minutes; what is kept is a hash that cannot be read back."""
    for key in _keys(request, paper, about):
        if not cache.add(key, 1, WAIT):
            cache.incr(key)


def _keys(request: Any, paper: Paper, about: str) -> list[str]:
    told = [get_adapter(request).get_client_ip(request), *([f"line|{about}"] if about else [])]
    return [
        "booth:" + hashlib.sha256(f"{settings.SECRET_KEY}|{paper.pk}|{part}".encode()).hexdigest()[:40]
        for part in told
    ]
