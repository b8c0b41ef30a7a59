"""Endorsements: one for each organization and version, changed and taken back, asked for again, counted and named."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from consultations import endorsing, permissions, signing
from consultations.models import Endorsement, Paper
from consultations.operations import endorsements, sign_on
from portal.errors import Refused
from portal.models import LogEntry, Notice, Organization, Reader
from portal.operations import delivery, organizations
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper():
    return factories.paper_to_endorse()


def give(paper, person=None, **values):
    person = person or factories.lead()
    said = {"answer": "yes", "shown": "public", "authority": "lead"} | values
    return endorsements.give(signing.current(paper), organization=person.organization, by=person, **said)


def change(endorsement, **values):
    names = ("answer", "reserved_on", "reservation", "shown", "authority")
    said = {name: getattr(endorsement, name) for name in names} | values
    return endorsements.change(endorsement, by=endorsement.given_by, **said)


def close(paper):
    sign_on.close(paper, by=None)
    return Paper.objects.get(pk=paper.pk)


def tally(paper, reader=None):
    return signing.tally(signing.current(paper), reader or Reader.nobody())


def names(paper, reader=None, language="en"):
    found = signing.names(signing.current(paper), reader or Reader.nobody(), language)
    return sorted(one.name for one in found)


def test_a_lead_endorses_for_her_organization(paper):
    person = factories.lead()
    made = give(paper, person, authority="board")
    assert (made.organization, made.given_by, made.authority) == (person.organization, person, "board")
    assert (made.version, made.stands) == (signing.current(paper), True)
    assert LogEntry.objects.filter(act="paper endorsed", object_id=made.pk).count() == 1
    assert str(made) == f"endorsement {made.key}"


def test_an_organization_endorses_a_version_once(paper):
    made = give(paper)
    with pytest.raises(Refused, match="already") as refusal:
        give(paper, made.given_by)
    assert refusal.value.field == "organization"
    with pytest.raises(IntegrityError, match="endorsement_is_one_per_organization"), transaction.atomic():
        factories.endorsement(paper, made.organization)


def test_what_was_taken_back_can_be_given_anew_while_it_is_open(paper):
    made = give(paper)
    endorsements.withdraw(made, by=made.given_by)
    assert tally(paper).total == 0
    give(paper, made.given_by)
    assert tally(paper).total == 1


def test_a_reservation_is_on_a_section_and_says_what_it_is(paper):
    section = paper.sections.first()
    made = give(paper, answer="reserved", reserved_on=section, reservation="Not this.", language="fr")
    assert (made.reserved_on, made.reservation, made.reservation_language) == (section, "Not this.", "fr")
    assert made.direction == "ltr"
    foreign = factories.paper().sections.first()
    for wrong, field in (
        ({"reserved_on": None, "reservation": "Not this."}, "reserved_on"),
        ({"reserved_on": foreign, "reservation": "Not this."}, "reserved_on"),
        ({"reserved_on": section, "reservation": ""}, "reservation"),
    ):
        with pytest.raises(Refused) as refusal:
            give(paper, answer="reserved", **wrong)
        assert refusal.value.field == field
    plain = give(paper, reserved_on=section, reservation="Not this.", language="fr")
    assert (plain.reserved_on, plain.reservation, plain.reservation_language) == (None, "", "")


def test_only_members_endorse(paper):
    for values in ({"constituency": "state"}, {"status": "pending"}):
        with pytest.raises(Refused, match="civil society"):
            give(paper, factories.lead(**values))


def test_the_deadline_is_the_databases(paper):
    now = timezone.now()
    rows = Paper.objects.filter(pk=paper.pk)
    rows.update(sign_on_opens_at=now + timedelta(days=1))
    with pytest.raises(Refused, match="not opened yet"):
        give(paper)
    rows.update(sign_on_opens_at=now - timedelta(days=2), sign_on_closes_at=now - timedelta(seconds=1))
    with pytest.raises(Refused, match="closed"):
        give(paper)
    with pytest.raises(Refused, match="closed"):
        give(close(paper))


def test_who_sees_the_name_changes_at_any_time_the_answer_while_it_is_open(paper):
    made = give(paper)
    assert change(made).changed_at is None
    section = paper.sections.first()
    made = change(made, answer="reserved", reserved_on=section, reservation="Not this.", language="en")
    assert (made.answer, made.changed_at is None) == ("reserved", False)
    close(paper)
    assert change(made, shown="withheld").shown == "withheld"
    assert change(made, shown="withheld", authority="members").authority == "members"
    with pytest.raises(Refused, match="answer stays") as refusal:
        change(made, answer="yes")
    assert refusal.value.field == "answer"


def test_it_is_taken_back_at_any_time_also_after_publication(paper):
    made = give(paper)
    factories.published(paper)
    endorsements.withdraw(made, by=made.given_by)
    assert (tally(paper).total, names(paper)) == (0, [])
    for act in (endorsements.withdraw, lambda row, by: change(row)):
        with pytest.raises(Refused, match="taken back"):
            act(made, by=made.given_by)


def test_an_earlier_version_is_not_endorsed_any_more(paper):
    earlier = signing.current(paper)
    factories.shown_version(close(paper), text="Open every door.")
    person = factories.lead()
    with pytest.raises(Refused, match="newer version"):
        endorsements.give(
            earlier,
            organization=person.organization,
            answer="yes",
            shown="public",
            authority="lead",
            by=person,
        )


# Asked again


def correct(paper, **values):
    """A published paper whose text is corrected, its endorsers asked again where its meaning changed."""
    factories.published(paper)
    version = factories.shown_version(paper, purpose="correction", text="Open every door.", **values)
    sign_on.ask_again(version, by=None)
    return Paper.objects.get(pk=paper.pk)


def test_another_wording_keeps_its_endorsements(paper):
    made = give(paper)
    paper = correct(paper, changes_meaning=False)
    assert (tally(paper).total, tally(paper).again) == (1, 0)
    assert not Notice.objects.filter(kind="endorsement-asked-again").exists()
    with pytest.raises(Refused, match="already"):
        give(paper, made.given_by)
    assert endorsing.asked(Reader.of(made.given_by), timezone.now()) == []


def test_another_meaning_asks_those_who_stood_behind_it_again(paper, mailoutbox):
    people = [factories.lead() for _ in range(3)]
    for person in people:
        give(paper, person, shown="withheld")
    newcomer = factories.lead()
    earlier = signing.current(paper)
    paper = correct(paper)
    delivery.drain()
    asked = [message for message in mailoutbox if "Endorse it again" in message.subject]
    assert sorted(message.to[0] for message in asked) == sorted(person.email for person in people)
    assert tally(paper).total == 0
    assert signing.tally(earlier, Reader.nobody()).total == 3

    waits = endorsing.asked(Reader.of(people[0]), timezone.now())
    assert [(row.paper, row.version, row.is_again) for row in waits] == [
        (paper, signing.current(paper), True)
    ]
    give(paper, people[0])
    assert (tally(paper).total, tally(paper).again) == (1, 1)
    assert endorsing.asked(Reader.of(people[0]), timezone.now()) == []
    # Whoever did not stand behind it before has to wait for the next sign-on.
    with pytest.raises(Refused, match="closed"):
        give(paper, newcomer)


def test_who_is_told_again_is_asked_once_more_before_the_message_leaves(paper, mailoutbox):
    person = factories.lead()
    give(paper, person)
    paper = correct(paper)
    give(paper, person)
    delivery.drain()
    assert [message for message in mailoutbox if "again" in message.subject] == []


def test_a_coordinator_sees_of_those_asked_again_no_list():
    """It would tell who had endorsed, withheld names too."""
    from portal import progress

    paper = factories.paper_to_endorse()
    give(paper, shown="withheld")
    correct(paper)
    assert progress.ledger(Notice.objects.get(kind="endorsement-asked-again")) is None
    assert "endorsement-asked-again" not in progress.listed()


# Who is named to whom


@pytest.fixture
def shown(paper):
    """One of each way of being shown."""
    return {
        way: give(paper, factories.lead(name=f"Named {way}"), shown=way)
        for way in ("public", "members", "withheld")
    }


def test_names_are_shown_as_each_organization_chose(paper, shown):
    member = Reader.of(factories.lead().organization.people.get())
    assert names(paper) == ["Named public"]
    assert names(paper, member) == ["Named members", "Named public"]
    assert (tally(paper).counted, tally(paper, member).counted) == (
        "3, of which 2 not named",
        "3, of which 1 not named",
    )


def test_coordinators_see_no_withheld_name_either(paper, shown):
    for person in (factories.coordinator(), factories.coordinator_of(paper)):
        seen = Endorsement.objects.visible_to(Reader.of(person))
        assert sorted(row.shown for row in seen) == ["members", "public"]
        assert names(paper, Reader.of(person)) == ["Named public"]
    own = Endorsement.objects.visible_to(Reader.of(shown["withheld"].given_by))
    assert sorted(row.shown for row in own) == ["members", "public", "withheld"]


def test_a_suspended_organization_does_not_count(paper, shown):
    organizations.suspend(shown["public"].organization, reason="ended", by=factories.coordinator())
    assert (tally(paper).total, names(paper)) == (2, [])


def test_a_name_that_is_withheld_leaves_no_trace_by_its_country(paper):
    give(paper, factories.lead(name="Here", country=factories.country("TN", "Tunisia")))
    give(paper, factories.lead(country=factories.country("FJ", "Fiji")), shown="withheld")
    part = signing.on_page(paper, Reader.nobody(), "en")
    assert [country.name for country in part.countries] == ["Tunisia"]
    assert (part.tally.said, part.more) == ("2 organizations signed. 1 of them is not named.", 0)


def test_the_part_of_the_page_says_what_one_can_do(paper):
    person, other = factories.lead(), factories.user()
    part = signing.on_page(paper, Reader.of(person), "en")
    assert (part.is_open, part.can_endorse, part.can_manage) == (True, True, False)
    give(paper, person)
    part = signing.on_page(paper, Reader.of(person), "en")
    assert (part.can_endorse, [row.organization for _of, row in part.mine]) == (False, [person.organization])
    assert signing.on_page(paper, Reader.of(other), "en").mine == []
    assert signing.on_page(factories.paper(), Reader.of(person), "en") is None
    coordinator = factories.coordinator()
    assert signing.on_page(factories.paper(), Reader.of(coordinator), "en") is None
    frozen = signing.on_page(factories.frozen_paper(), Reader.of(coordinator), "en")
    assert (frozen.version, frozen.can_manage) == (None, True)


def test_the_annex_names_a_circle_and_counts_all(paper, shown):
    section = paper.sections.first()
    give(paper, factories.lead(name="Reserved"), answer="reserved", reserved_on=section, reservation="No.")
    printed, counted = signing.annex(signing.current(paper), "public")
    assert sorted((one.name, one.reservation) for one in printed) == [
        ("Named public", ""),
        ("Reserved", "What we ask: No."),
    ]
    assert (counted.total, counted.unnamed, counted.reserved) == (4, 2, 1)
    printed, counted = signing.annex(signing.current(paper), "members", "fr")
    assert (len(printed), counted.unnamed) == (3, 1)


def test_names_are_in_the_readers_language_or_in_their_own(paper):
    person = factories.lead(name="Maison", original_language="fr")
    give(paper, person)
    Organization.objects.filter(pk=person.organization.pk).update(name_ar="الدار", languages=["fr", "ar"])
    (found,) = signing.names(signing.current(paper), Reader.nobody(), "ar")
    assert (found.name, found.language, found.direction) == ("الدار", "ar", "rtl")
    (found,) = signing.names(signing.current(paper), Reader.nobody(), "en")
    assert (found.name, found.language) == ("Maison", "fr")


# Who may


def test_who_may_endorse_and_change():
    person = factories.lead()
    own, colleague = person.organization, factories.user()
    factories.organization(lead=factories.user(), colleague=colleague)
    state = factories.lead(constituency="state")
    assert permissions.can_endorse_for(person, own)
    assert not permissions.can_endorse_for(state, state.organization)
    assert not permissions.can_endorse_for(colleague, colleague.membership_set.get().organization)
    made = give(factories.paper_to_endorse(), person)
    assert permissions.can_change_endorsement(person, made)
    assert not permissions.can_change_endorsement(factories.coordinator(), made)
    made = endorsements.withdraw(made, by=person)
    assert not permissions.can_change_endorsement(person, made)
    paper = factories.paper()
    assert permissions.can_run_sign_on(factories.coordinator_of(paper), paper)
    assert not permissions.can_run_sign_on(person, paper)
