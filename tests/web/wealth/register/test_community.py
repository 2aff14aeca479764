"""What people add is shown once it is checked, told to its author, appealed to somebody else, and kept."""

import io
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from fairground.errors import BadInput
from fairground.web.accounts.actions import delete_account, export_account
from fairground.web.audit.models import AuditEvent
from fairground.web.wealth.register.actions import assets, contributions, taking_in
from fairground.web.wealth.register.models import Asset, AssetPhoto, Contribution
from tests.web.wealth.register.test_pages import HOME, REGISTER, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def library(take_in):
    take_in()
    return Asset.objects.get(council_id="A1")


@pytest.fixture
def told(town, library):
    return contributions.send(
        town.register, by=town.rita, kind="knowledge", asset=library, words="We learnt to read here."
    )


def test_what_somebody_knows_is_shown_only_once_it_is_checked_and_its_author_is_told(
    client, town, library, told, django_capture_on_commit_callbacks
):
    where = f"{HOME}assets/{library.pk}/"
    assert "We learnt to read here" not in page(client, where)
    with django_capture_on_commit_callbacks(execute=True):
        contributions.decide(told, by=town.mo, accepted=True, reason="It helps")
    assert "We learnt to read here" in page(client, where)
    (letter,) = mail.outbox
    assert letter.to == ["rita@example.org"]
    assert "It helps" in letter.body
    assert AuditEvent.objects.get(action="contribution.decide").facts["reason"] == "It helps"


def test_a_correction_stands_beside_what_the_list_says_and_changes_nothing_in_it(client, town, library):
    words = {"field": "name", "value": "The Reading Room", "words": "It says so over the door."}
    sent = contributions.send(town.register, by=town.rita, kind="correction", asset=library, **words)
    contributions.decide(sent, by=town.mo, accepted=True, reason="True")
    library.refresh_from_db()
    assert library.name == "Old Library"
    told = page(client, f"{HOME}assets/{library.pk}/")
    assert '<h1 class="govuk-heading-l">Old Library</h1>' in told
    assert "The Reading Room" in told


def test_nobody_decides_about_what_they_sent_and_somebody_else_decides_the_appeal(town, library):
    sent = contributions.send(town.register, by=town.mo, kind="knowledge", asset=library, words="Mine")
    with pytest.raises(PermissionDenied):
        contributions.decide(sent, by=town.mo, accepted=True, reason="Mine")
    contributions.decide(sent, by=town.mia, accepted=False, reason="No source")
    with pytest.raises(PermissionDenied):
        contributions.appeal(sent, by=town.rita, words="Not mine")
    contributions.appeal(sent, by=town.mo, words="Here it is")
    for wrong in (town.mia, town.mo, town.charlie, town.rita):
        with pytest.raises(PermissionDenied):
            contributions.decide_appeal(sent, by=wrong, granted=True, reason="Yes")
    contributions.decide_appeal(sent, by=town.bob, granted=True, reason="It has a source now")
    sent.refresh_from_db()
    assert (sent.standing, sent.appeal_granted) == ("accepted", True)
    with pytest.raises(BadInput, match="no appeal that waits"):
        contributions.decide_appeal(sent, by=town.bob, granted=False, reason="Again")


def test_a_step_that_makes_no_sense_is_refused_with_what_is_allowed(town, library, told):
    with pytest.raises(BadInput, match="Give the reason"):
        contributions.decide(told, by=town.mo, accepted=True, reason=" ")
    with pytest.raises(BadInput, match="nothing to appeal"):
        contributions.appeal(told, by=town.rita, words="Why?")
    words = {"field": "pk", "value": "1", "words": "x"}
    with pytest.raises(BadInput, match=r"Say what is wrong.*'pk'"):
        contributions.send(town.register, by=town.rita, kind="correction", asset=library, **words)


def test_one_person_cannot_flood_the_queue(town, library):
    for n in range(contributions.MOST_WAITING):
        contributions.send(town.register, by=town.rita, kind="knowledge", asset=library, words=str(n))
    with pytest.raises(BadInput, match="30 things waiting"):
        contributions.send(town.register, by=town.rita, kind="knowledge", asset=library, words="more")


def picture(size=(60, 40), **more):
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, "JPEG", **more)
    return out.getvalue()


def test_a_photograph_loses_where_it_was_taken_and_is_seen_by_others_only_once_it_is_checked(
    client, town, library
):
    place = Image.Exif()
    place[0x8825] = {1: "N", 2: (54.0, 36.0, 0.0)}
    client.force_login(town.rita)
    file = SimpleUploadedFile("a.jpg", picture(exif=place))
    where = client.post(
        f"{HOME}assets/{library.pk}/add/photo/", {"file": file, "words": "The front door"}
    ).url
    shown = AssetPhoto.objects.get()
    assert not Image.open(shown.file.path).getexif()
    address = f"{HOME}photos/{shown.pk}/"
    assert client.get(address).status_code == 200
    client.logout()
    assert client.get(address).status_code == 404
    sent = Contribution.objects.get()
    contributions.decide(sent, by=town.mo, accepted=True, reason="Fine")
    assert client.get(address).status_code == 200
    assert 'alt="The front door"' in page(client, f"{HOME}assets/{library.pk}/")
    assert str(sent.pk) in where
    contributions.remove_photo(shown, by=town.mo, reason="A face is in it")
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"GIF89a", "no photograph"),
        (b"x" * (5 * 1024 * 1024 + 1), "too large"),
        (picture()[:300], "not whole"),
    ],
    ids=["kind", "size", "half"],
)
def test_what_is_no_photograph_is_refused_and_not_kept(client, town, library, content, told):
    client.force_login(town.rita)
    answer = client.post(
        f"{HOME}assets/{library.pk}/add/photo/", {"file": SimpleUploadedFile("a.jpg", content), "words": "x"}
    )
    assert answer.status_code == 400
    assert told in answer.content.decode()
    assert not Contribution.objects.exists()


def test_something_missing_is_named_by_people_and_comes_on_the_register_once_it_is_checked(
    client, town, library
):
    client.force_login(town.rita)
    words = {"value": "The drinking fountain", "where": "Corner of the park", "words": "Given by the miners",
             "group": "", "latitude": "54.61", "longitude": "-1.06"}  # fmt: skip
    assert client.post(f"{REGISTER}missing/", {**words, "longitude": ""}).status_code == 400
    client.post(f"{REGISTER}missing/", words)
    sent = Contribution.objects.get()
    assert Asset.objects.filter(name="The drinking fountain").count() == 0
    contributions.decide(sent, by=town.mo, accepted=True, reason="It is there")
    made = Asset.objects.get(name="The drinking fountain")
    assert (made.state, made.origin, made.region_code) == ("suggested", "people", "E12000001")
    assert "we do not know its owner" in page(client, f"{HOME}assets/{made.pk}/")


def test_undoing_a_list_keeps_what_people_added(client, town, take_in, library, told):
    contributions.decide(told, by=town.mo, accepted=True, reason="It helps")
    taking_in.undo(library.first_import, by=town.bob, reason="Wrong list")
    shown = page(client, f"{HOME}assets/{library.pk}/")
    assert "was taken back on" in shown
    assert "We learnt to read here" in shown
    take_in()
    assert "was taken back on" not in page(client, f"{HOME}assets/{library.pk}/")
    assert "We learnt to read here" in page(client, f"{HOME}assets/{library.pk}/")


def test_what_somebody_sent_is_in_the_export_of_their_account_and_stays_when_they_leave(town, library, told):
    assert export_account(town.rita, by=town.rita)["contributions"][0]["words"] == "We learnt to read here."
    delete_account(town.rita, by=town.rita)
    told.refresh_from_db()
    assert told.words == "We learnt to read here."


def test_a_document_is_shown_by_its_address_which_no_script_can_be(client, town, library):
    with pytest.raises(BadInput, match="begins with https"):
        assets.add_document(library, by=town.bob, title="Lease", address="javascript:alert(1)")
    made = assets.add_document(
        library, by=town.bob, title="Lease of 2019", address="https://example.org/l.pdf"
    )
    assert "Lease of 2019" in page(client, f"{HOME}assets/{library.pk}/")
    assets.remove_document(made, by=town.bob)
    assert "https://example.org/l.pdf" not in page(client, f"{HOME}assets/{library.pk}/")


def test_a_refused_picture_is_deleted_a_month_later_unless_it_was_appealed(client, town, library):
    content = (picture(), "jpg")
    about = {"by": town.rita, "kind": "photo", "asset": library, "photo": content, "words": "x"}
    sent = [contributions.send(town.register, **about) for _ in range(2)]
    for one in sent:
        contributions.decide(one, by=town.mo, accepted=False, reason="Blurred")
    contributions.appeal(sent[1], by=town.rita, words="It is sharp")
    now = timezone.now()
    assert contributions.forget_refused(now - timedelta(days=30)) == 0
    assert contributions.forget_refused(now + timedelta(days=1)) == 1
    assert contributions.forget_refused(now + timedelta(days=1)) == 0
    first, second = (AssetPhoto.objects.get(contribution=one) for one in sent)
    assert (first.file.storage.exists(first.file.name), second.file.storage.exists(second.file.name)) == (
        False,
        True,
    )
    client.force_login(town.rita)
    assert client.get(f"{HOME}photos/{first.pk}/").status_code == 404


def test_a_name_with_line_breaks_stops_no_letter_and_breaks_no_feed(
    client, town, django_capture_on_commit_callbacks
):
    words = {"value": "Old\r\nBcc: x@example.org", "where": "The\nCross", "words": "We meet\nthere"}
    client.force_login(town.rita)
    assert client.post(f"{REGISTER}missing/", {**words, "words": "We\x0cmeet"}).status_code == 400
    client.post(f"{REGISTER}missing/", words)
    sent = Contribution.objects.get()
    client.force_login(town.mo)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{HOME}contributions/{sent.pk}/decide/", {"accepted": "yes", "reason": "Known"})
    assert mail.outbox[0].subject == "What you sent about Old Bcc: x@example.org is shown now"
    assert Asset.objects.get().name == "Old Bcc: x@example.org"
