"""The bundle of a round on the site, as a sceptic downloads it: right as sent, refused if it is forged."""

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.utils import timezone

from fairground.cli.budgeting import verify
from fairground.power.budgeting import Ballot, bundle, sealed, specification
from fairground.web.ballots.actions import Voter, cast, freeze_paper
from fairground.web.ballots.models import LogHead
from fairground.web.results.actions import count, publish
from tests.web.ballots.papers import specification as asked
from tests.web.ballots.papers import ticks

pytestmark = pytest.mark.django_db


@pytest.fixture
def downloaded(make_round, bob, client):
    """Return a function that holds a vote to the end and downloads its bundle as anyone may."""

    def hold(title="Our streets"):
        now = timezone.now()
        paper = freeze_paper(
            round=make_round("ballot"), specification=asked(title=title), by=bob,
            opens_at=now - timedelta(days=3), closes_at=now - timedelta(hours=1),
        )  # fmt: skip
        for n in range(8):
            marks = ticks(city=["bench"] if n < 5 else ["park", "bench"])
            cast(paper=paper, voter=Voter(f"{n:064x}", "letter"), marks=marks, key=f"k{n}",
                 at=now - timedelta(days=2))  # fmt: skip
        publish(outcome=count(paper=paper, by=bob), by=bob)
        return json.loads(client.get(f"/power/budgeting/{paper.round.slug}/result/bundle.json").content)

    return hold


@pytest.fixture
def told(tmp_path):
    """Return a function that makes the digest right again, as a forger would, and asks the command."""

    def ask(record, *options):
        record = {name: value for name, value in record.items() if name != "digest"}
        path = tmp_path / "bundle.json"
        path.write_text(json.dumps(record | {"digest": sealed(record)}), "utf-8")
        done = CliRunner().invoke(verify, [str(path), *options])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.output

    return ask


def test_the_bundle_as_downloaded_is_right(downloaded, told):
    made = downloaded()
    status, words = told(made, "--published", made["specification_sha256"])
    assert status == 0, words
    assert "both signatures are good" in words


def forged_signature(record, _other):
    record["log"]["signature"] = "5a" * 64


def stripped_signature(record, _other):
    record["log"]["signature"] = ""


def stripped_log(record, _other):
    record["log"] = {}


def log_said_to_be_open(record, _other):
    record["log"]["closed"] = False


def signature_of_another_round(record, other):
    record["log"]["signature"] = other["log"]["signature"]


def log_of_another_round(record, other):
    record["log"] = other["log"]


def log_and_key_of_another_round(record, other):
    record["log"] = other["log"]
    record["specification"]["voting"] = other["specification"]["voting"]
    record["specification_sha256"] = sealed(record["specification"])


def changed_ballot(record, _other):
    record["pots"][0]["ballots"][1]["voters"] += 5


def swapped_winner(record, _other):
    record["pots"][0]["winners"] = ["park"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("forge", "named"),
    [
        (forged_signature, "signature of the closed log"),
        (stripped_signature, "signature of the closed log: the bundle says none"),
        (stripped_log, "signature of the closed log: the bundle says none"),
        (signature_of_another_round, "signature of the closed log"),
        (log_of_another_round, "key of the log"),
        (log_said_to_be_open, "end of the log"),
        (log_and_key_of_another_round, "paper of the log"),
        (changed_ballot, "these are not the ballots that were signed"),
        (swapped_winner, "named but not found: park; found but not named: bench"),
    ],
)
def test_a_forged_bundle_is_refused_in_plain_words(forge, named, downloaded, told):
    record = downloaded()
    forge(record, downloaded("Another round"))
    status, words = told(record)
    assert status == 1
    assert "was changed or was never right" in words
    assert named in words


def test_other_ballots_counted_rightly_and_made_into_a_whole_new_bundle_are_refused(downloaded, told):
    record = downloaded()
    frozen = specification(record["specification"])
    status, words = told(json.loads(bundle(frozen, [Ballot((0,), voters=8)], log=record["log"])))
    assert status == 1
    assert "signature of the ballots counted" in words


def test_a_bundle_that_drops_its_key_too_is_not_the_vote_that_was_published(downloaded, told):
    record = downloaded()
    published = record["specification_sha256"]
    del record["specification"]["voting"]
    record |= {"log": {}, "specification_sha256": sealed(record["specification"])}
    assert "Nobody signed a log of ballots" in told(record)[1]
    status, words = told(record, "--published", published)
    assert status == 1
    assert "published when voting opened" in words


def test_the_signature_of_the_ballots_is_on_no_page_before_they_are_published(make_round, bob, client):
    now = timezone.now()
    paper = freeze_paper(
        round=make_round("ballot"), specification=asked(), by=bob,
        opens_at=now - timedelta(days=3), closes_at=now - timedelta(hours=1),
    )  # fmt: skip
    cast(paper=paper, voter=Voter("0" * 64, "letter"), marks=ticks(city=["bench"]), key="k",
         at=now - timedelta(days=2))  # fmt: skip
    count(paper=paper, by=bob)
    signature = LogHead.objects.get(paper=paper).ballots_signature
    assert len(signature) == 128
    votes, result = f"/ballots/{paper.round.slug}/", f"/power/budgeting/{paper.round.slug}/result/"
    for address in (votes, f"{votes}log/", f"{votes}log.json", result, f"{result}result.json"):
        page = client.get(address)
        assert page.status_code == 200
        assert signature not in page.content.decode()
