"""Organizations without account sign open letters: by a link that only its button acts on, and a coordinator's word."""

from datetime import timedelta

import pytest
from django.utils import timezone

from consultations import signing, tasks
from consultations.models import OutsideSigner
from consultations.operations import outside_signers, sign_on
from portal.errors import Refused
from portal.models import Allowance, Reader, Recipient
from portal.operations import delivery
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    return factories.paper_to_endorse("Open the doors", kind="open-letter", takes_outsiders=True)


def sign(letter, name="Sea Rescue", email="office@searescue.example", **values):
    said = {"country": factories.country(), "language": "en", "shown": "public"} | values
    return outside_signers.sign(signing.current(letter), name=name, email=email, **said)


def confirmed(letter, *words, **values):
    return outside_signers.confirm(sign(letter, *words, **values))


def counted(letter, reader=None):
    tally = signing.tally(signing.current(letter), reader or Reader.nobody())
    return tally.total, tally.unnamed


def names(letter, reader=None):
    return [one.name for one in signing.names(signing.current(letter), reader or Reader.nobody(), "en")]


def test_it_is_asked_confirmed_and_accepted_before_it_counts(letter, mailoutbox):
    signer = sign(letter)
    delivery.drain()
    (message,) = mailoutbox
    assert message.to == ["office@searescue.example"]
    assert signer.token in message.body
    assert "Sea Rescue" not in message.subject + message.body
    assert str(signer) == f"signature {signer.key}"
    signer = outside_signers.confirm(OutsideSigner.held_by(signer.token))
    assert (signer.status, counted(letter)) == ("waiting", (0, 0))
    assert outside_signers.confirm(signer).status == "waiting"
    outside_signers.accept(signer, answer="Welcome.", by=factories.coordinator())
    assert (counted(letter), names(letter)) == ((1, 0), ["Sea Rescue"])
    mailoutbox.clear()
    delivery.drain()
    assert "Welcome." in mailoutbox[0].body


def test_only_open_letters_that_take_strangers_are_signed(letter):
    closed = factories.paper_to_endorse(kind="open-letter", takes_outsiders=False)
    inside = factories.paper_to_endorse(kind="open-letter", takes_outsiders=True, access="members")
    for paper in (closed, inside):
        with pytest.raises(Refused, match="cannot sign"):
            sign(paper)
    signer = sign(letter)
    sign_on.close(letter, by=None)
    with pytest.raises(Refused, match="closed"):
        outside_signers.confirm(signer)
    with pytest.raises(Refused, match="closed"):
        sign(letter, "Another")


def test_asked_again_from_one_address_there_is_one_with_a_new_link(letter):
    first = sign(letter)
    again = sign(letter, shown="members")
    assert (again.pk, again.shown, OutsideSigner.objects.count()) == (first.pk, "members", 1)
    assert OutsideSigner.held_by(first.token) is None


def test_one_address_is_written_to_three_times_an_hour(letter):
    for number in range(3):
        sign(letter, f"House {number}")
    with pytest.raises(Refused) as refusal:
        sign(letter, "House 4")
    assert refusal.value.field == "email"
    assert Allowance.objects.filter(name="stranger").count() == 1


def test_whoever_is_listed_is_asked_to_sign_in_of_the_others_nothing_is_told(letter):
    factories.organization("Open House", in_directory=True)
    factories.organization("Quiet House")
    with pytest.raises(Refused, match="sign in") as refusal:
        sign(letter, "OPEN HOUSE")
    assert refusal.value.field == "name"
    assert confirmed(letter, "Quiet House").held_because == "here"


def test_names_that_resemble_others_are_held(letter):
    assert confirmed(letter, "Cаritas").held_because == "mixed"
    first = confirmed(letter, "Sea Rescue")
    assert first.held_because == ""
    second = confirmed(letter, "Séa Rescue", email="other@elsewhere.example")
    assert second.held_because == "twice"
    coordinator = factories.coordinator()
    outside_signers.accept(first, by=coordinator)
    with pytest.raises(Refused, match="signed already"):
        outside_signers.accept(second, by=coordinator)
    assert (
        outside_signers.decline(second, answer="You have signed already.", by=coordinator).status
        == "declined"
    )


def test_a_name_that_only_looks_like_another_is_held_too(letter):
    factories.organization("Village Solidarity")
    here = confirmed(letter, "Vi11age Solidarity")
    assert (here.held_because, "looks like" in here.held_words) == ("here", True)
    assert confirmed(letter, "Modern House", email="a@x.example").held_because == ""
    twice = confirmed(letter, "Modem  House", email="b@x.example")
    assert (twice.held_because, "looks like" in twice.held_words) == ("twice", True)
    assert confirmed(letter, "Another House", email="c@x.example").held_words == ""


def test_who_declined_it_may_accept_it_and_the_other_way_round(letter, mailoutbox):
    coordinator = factories.coordinator()
    signer = outside_signers.accept(confirmed(letter), by=coordinator)
    delivery.drain()
    outside_signers.decline(signer, by=coordinator)
    assert counted(letter) == (0, 0)
    delivery.drain()
    assert "not accepted" in mailoutbox[-1].subject
    assert outside_signers.accept(signer, by=coordinator).decided_by == coordinator


def test_the_link_takes_it_back_at_any_time(letter):
    signer = outside_signers.accept(confirmed(letter), by=factories.coordinator())
    factories.published(letter)
    assert outside_signers.withdraw(signer).is_open is False
    assert (counted(letter), names(letter)) == ((0, 0), [])
    with pytest.raises(Refused):
        outside_signers.withdraw(signer)


def test_its_name_is_shown_as_it_chose(letter):
    coordinator, member = factories.coordinator(), Reader.of(factories.lead())
    for way in ("public", "members", "withheld"):
        outside_signers.accept(
            confirmed(letter, f"Named {way}", email=f"{way}@x.example", shown=way), by=coordinator
        )
    assert (counted(letter), names(letter)) == ((3, 2), ["Named public"])
    assert (counted(letter, member), names(letter, member)) == ((3, 1), ["Named public", "Named members"])
    rows = OutsideSigner.objects
    assert rows.visible_to(Reader.nobody()).count() == 1
    assert rows.visible_to(member).count() == 2
    assert rows.visible_to(Reader.of(coordinator)).coordinated_by(Reader.of(coordinator)).count() == 3
    here = Reader.of(factories.coordinator_of(letter))
    assert rows.visible_to(here).coordinated_by(here).count() == 3
    assert rows.coordinated_by(member).count() == 0


def test_a_person_with_an_account_is_written_to_as_that_person(letter):
    person = factories.user()
    assert sign(letter, email=person.email.upper()).recipient == person.recipient
    assert not Recipient.objects.filter(user=None).exists()


def test_what_nobody_confirmed_is_forgotten_after_a_week(letter):
    old, new, kept = (
        sign(letter),
        sign(letter, "B", email="b@x.example"),
        confirmed(letter, "C", email="c@x.example"),
    )
    week = timezone.now() - timedelta(days=8)
    OutsideSigner.objects.filter(pk__in=[old.pk, kept.pk]).update(asked_at=week)
    tasks.tidy()
    assert {row.pk for row in OutsideSigner.objects.all()} == {new.pk, kept.pk}
