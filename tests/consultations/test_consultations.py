"""The list of consultations and the page of one: what is open, by which rules, who sees what."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from consultations.models import Call, Commitment, Consultation, DocumentOrigin, Meeting, Theme
from portal.models import Reader
from tests import factories

pytestmark = pytest.mark.django_db

LIST = "consultations:consultations"


def page_of(client, thing, person=None, language="en"):
    if person:
        client.force_login(person)
    response = client.get(thing.get_absolute_url().replace("/en/", f"/{language}/", 1))
    assert response.status_code == 200
    return response.content.decode()


def titles(client, **asked):
    """Titles of the list in order, by stage."""
    page = client.get(reverse(LIST), asked).context["page"]
    return [(row.stage, row.title_en) for row in page]


def record(model, **fields):
    fields = {"title_en": "Something", "languages": ["en"], "status": "published"} | fields
    objectives = fields.pop("objectives", ())
    made = model(**fields)
    if made.title_en:
        made.make_slug()
    made.save()
    made.objectives.set(objectives)
    return made


def test_the_list_says_what_is_open_what_is_ahead_and_what_is_behind_us(client):
    today = timezone.localdate()
    factories.open_consultation("Closes later", days=20)
    factories.open_consultation("Closes soon", days=2)
    factories.consultation("Announced", status="announced")
    factories.consultation("Far ahead", status="announced", begins_on=today + timedelta(days=90))
    factories.open_consultation(
        "Opens tomorrow", opens_at=timezone.now() + timedelta(days=1), begins_on=today + timedelta(days=30)
    )
    factories.open_consultation("Closed, not yet held", status="closed", begins_on=today + timedelta(days=60))
    factories.consultation("Held", status="archived", begins_on=date(2021, 7, 1), begins_precision="month")
    factories.consultation("Held before", status="closed", begins_on=date(2020, 1, 1))
    factories.consultation("Without a date", status="archived")
    factories.consultation("Draft", status="draft")
    factories.consultation("Members only", status="announced", access="members")
    assert titles(client) == [
        ("open", "Closes soon"),
        ("open", "Closes later"),
        ("ahead", "Opens tomorrow"),
        ("ahead", "Closed, not yet held"),
        ("ahead", "Far ahead"),
        ("ahead", "Announced"),
        ("past", "Held"),
        ("past", "Held before"),
        ("past", "Without a date"),
    ]
    client.force_login(factories.lead())
    assert ("ahead", "Members only") in titles(client)


def test_this_month_is_not_yet_behind_us(client):
    first = timezone.localdate().replace(day=1)
    factories.consultation(
        "Some day this month", status="announced", begins_on=first, begins_precision="month"
    )
    factories.consultation(
        "This year", status="announced", begins_on=first.replace(month=1), begins_precision="year"
    )
    assert {stage for stage, _title in titles(client)} == {"ahead"}


def test_filters_narrow_and_nonsense_narrows_nothing(client):
    process, objective = factories.process("Review"), factories.objective(15)
    factories.open_consultation(
        "Wanted",
        process=process,
        kind="dialogue",
        interpretation=["ar", "sw"],
        objectives=[objective],
        begins_on=date(2021, 5, 1),
    )
    factories.open_consultation("Other", kind="training", interpretation=["en"], begins_on=date(2020, 5, 1))
    for asked in (
        {"process": process.address_key},
        {"kind": "dialogue"},
        {"objective": "15"},
        {"year": "2021"},
        {"language": "sw"},
        {"kind": "dialogue", "language": "ar", "year": "2021"},
    ):
        assert [title for _stage, title in titles(client, **asked)] == ["Wanted"]
    for asked in (
        {"kind": "nonsense"},
        {"year": "' OR 1"},
        {"process": "x"},
        {"objective": "99"},
        {"page": "z"},
    ):
        assert len(titles(client, **asked)) == 2
    page = client.get(reverse(LIST), {"kind": "dialogue", "year": "2020"}).content.decode()
    assert "No consultation is all of this at once" in page


def test_a_filter_offers_only_what_this_reader_would_find(client):
    hidden = factories.process("Secret process", status="draft")
    factories.open_consultation(
        "Hidden", access="members", kind="hearing", interpretation=["sw"], process=hidden
    )
    factories.open_consultation("Shown", kind="dialogue", interpretation=["ar"])
    form = client.get(reverse(LIST)).context["filters"]
    assert [value for value, _label in form.fields["kind"].choices] == ["", "dialogue"]
    assert [value for value, _label in form.fields["language"].choices] == ["", "ar"]
    assert [value for value, _label in form.fields["process"].choices] == [""]


def test_the_list_costs_the_same_for_one_and_for_twenty_and_is_paged(cost, client):
    process, objective = factories.process(), factories.objective(1)

    def add():
        made = factories.open_consultation(process=process, objectives=[objective])
        made.moved_dates.create(field="closes_at", was_start="2026-01-01T10:00:00+00:00")
        factories.consultation(
            status="archived", process=process, objectives=[objective], begins_on=date(2021, 1, 1)
        )

    add()
    one = cost(reverse(LIST))
    for _ in range(19):
        add()
    assert one == cost(reverse(LIST)) <= 16
    assert len(client.get(reverse(LIST), {"page": 2}).context["page"].object_list) == 10


def test_a_page_says_when_in_two_named_zones_by_which_rules_and_for_whom(client):
    thing = factories.open_consultation(
        title_en="Services without fear",
        places=120,
        attribution="not-attributed",
        title_ar="خدمات بلا خوف",
        interpretation=["ar", "en"],
        summary_en="Three rounds.",
    )
    Consultation.objects.filter(pk=thing.pk).update(confirmed_count=106)
    page = page_of(client, thing)
    for text in (
        "Services without fear",
        "Registration is open",
        "in Tunis",
        "UTC",
        "14 of 120 places are left.",
        "a smaller organization never overtakes",
        "never say who said it",
        "Any organization that a coordinator has verified",
        "Arabic and English",
        "First round",
        reverse("consultations:register", args=[thing.key]),
    ):
        assert text in page, text
    arabic = page_of(client, thing, language="ar")
    assert "خدمات بلا خوف" in arabic
    assert 'dir="rtl"' in arabic


def test_a_deadline_that_moved_keeps_its_earlier_value_and_the_reason(client):
    thing = factories.open_consultation(days=10)
    thing.moved_dates.create(
        field="closes_at",
        was_start="2026-02-03T10:00:00+00:00",
        reason="More time for translations",
        moved_at=timezone.now(),
    )
    page = page_of(client, thing)
    assert "<s>" in page
    assert "3 February 2026" in page
    assert "More time for translations" in page


def test_a_page_gathers_what_belongs_to_it_and_nothing_that_its_reader_may_not_see(client):
    thing, objective = factories.open_consultation(), factories.objective(17)
    whole = factories.consultation("The whole forum", status="archived")
    Consultation.objects.filter(pk=thing.pk).update(part_of=whole)
    for access, word in (("public", "shown"), ("members", "hidden")):
        document = factories.document(f"Note {word}", access=access)
        DocumentOrigin.objects.create(document=document, consultation=thing)
        record(Theme, title_en=f"Theme {word}", consultation=thing, access=access, objectives=[objective])
        made = record(Commitment, title_en=f"Promise {word}", consultation=thing, access=access)
        made.updates.create(
            on=date(2023, 7, 4), what=f"Report {word}", evidence_url="https://evidence.example/x"
        )
        record(Call, title_en=f"Call {word}", consultation=thing, access=access)
    factories.consultation("Roundtable shown", status="archived", part_of=thing, kind="roundtable")
    page = page_of(client, thing)
    for kind in ("Note", "Theme", "Promise", "Report", "Call", "Roundtable"):
        assert f"{kind} shown" in page
        assert f"{kind} hidden" not in page
    assert "The whole forum" in page
    assert f'href="{objective.get_absolute_url()}"' in page
    member = page_of(client, thing, factories.lead())
    for kind in ("Note", "Theme", "Promise", "Call"):
        assert f"{kind} hidden" in member


def test_a_theme_without_title_says_so_with_how_far_it_is_attested(client):
    thing = factories.consultation("Twelve themes", status="archived")
    record(
        Theme,
        title_en="",
        archive_id="t1",
        consultation=thing,
        evidence="unknown",
        summary_en="Title not found in stored pages.",
    )
    page = page_of(client, thing)
    assert "Title not known" in page
    assert "Not found in any page that was kept." in page


def test_people_rounds_place_and_notes_of_a_source_stand_on_the_page(client):
    thing = factories.consultation(
        "Old dialogue",
        status="archived",
        begins_on=date(2021, 7, 1),
        begins_precision="month",
        place="Quito",
        rounds_count=2,
        people={"moderators": ["IOM", "UNODC"], "chairs": ["Portugal"]},
        date_note="The day was not found.",
        source_url="https://source.example/page",
        source_notes={"breakout_topics": "Detention and return"},
        mode="unknown",
        mode_word="KUDO",
    )
    page = page_of(client, thing)
    for text in (
        "July 2021",
        "Quito",
        "UNODC",
        "Portugal",
        "The day was not found.",
        "source.example",
        "KUDO",
    ):
        assert text in page
    assert "Detention and return" not in page
    assert "Detention and return" in page_of(client, thing, factories.coordinator())


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"status": "announced"}, "Registration is not open yet"),
        ({"opens_at": timezone.now() + timedelta(days=3)}, "Registration opens in"),
        ({"status": "closed"}, "Registration is closed."),
        ({"days": -1, "opens_at": None}, "Registration is closed."),
    ],
)
def test_outside_its_window_no_button_leads_to_registration(client, fields, shown):
    thing = factories.open_consultation(**fields)
    page = page_of(client, thing)
    assert shown in page
    assert reverse("consultations:register", args=[thing.key]) not in page


def test_a_draft_shows_when_registration_will_open_and_only_members_are_promised_news(client):
    coordinator, soon = factories.coordinator(), timezone.now() + timedelta(days=3)
    fields = {"status": "draft", "access": "members"}
    assert "Registration opens in" in page_of(
        client, factories.open_consultation(**fields, opens_at=soon), coordinator
    )
    assert "Members are told when it opens." in page_of(
        client, factories.open_consultation(**fields), coordinator
    )
    invited = page_of(client, factories.open_consultation(status="draft", access="invited"), coordinator)
    assert "Registration is not open yet." in invited
    assert "Members are told" not in invited


def test_the_page_shows_how_ones_own_registration_stands(client):
    person, thing = factories.lead(), factories.open_consultation(places=1)
    factories.registration(thing)
    factories.registration(thing, status="waitlisted")
    made = factories.registration(thing, person.organization, status="waitlisted")
    page = page_of(client, thing, person)
    assert "Place 2 on the waiting list" in page
    assert made.get_absolute_url() in page
    assert reverse("consultations:register", args=[thing.key]) not in page
    factories.organization("Second Light", lead=person)
    assert reverse("consultations:register", args=[thing.key]) in page_of(client, thing, person)


def test_the_page_costs_the_same_for_one_of_each_and_for_ten(cost, client):
    process, objective = factories.process(), factories.objective(1)
    thing = factories.open_consultation(process=process, objectives=[objective])
    person = factories.lead()

    def add(number):
        meeting = Meeting.objects.create(
            consultation=thing,
            title_en="Round",
            languages=["en"],
            starts_at=timezone.now() + timedelta(days=number),
        )
        meeting.moved_dates.create(
            field="starts_at", was_start="2026-01-01T10:00:00+00:00", moved_at=timezone.now()
        )
        factories.registration(thing, status="waitlisted")
        factories.organization(lead=person)
        DocumentOrigin.objects.create(document=factories.document(objectives=[objective]), consultation=thing)
        record(Theme, consultation=thing, objectives=[objective])
        record(Commitment, consultation=thing).updates.create(on=date(2023, 1, 1), what="Moved")
        record(Call, consultation=thing)
        factories.consultation(status="archived", part_of=thing, objectives=[objective])

    address = thing.get_absolute_url()
    add(1)
    one = cost(address), cost(address, user=person)
    for number in range(2, 11):
        add(number)
    assert one == (cost(address), cost(address, user=person))
    assert max(one) <= 40


@pytest.fixture
def room():
    """A consultation, and everybody who may or may not see it."""
    process = factories.process()
    thing = factories.open_consultation(process=process)
    holder, sent = factories.lead(), factories.user()
    waiting, cancelled = factories.lead(), factories.lead()
    made = factories.registration(thing, holder.organization)
    made.delegate_set.update(email=sent.email)
    factories.registration(thing, waiting.organization, status="waitlisted")
    factories.registration(thing, cancelled.organization, status="cancelled")
    return thing, {
        "visitor": None,
        "person": factories.user(),
        "member": factories.lead(),
        "guest": factories.lead(constituency="state"),
        "pending": factories.lead(status="pending"),
        "suspended": factories.lead(status="suspended"),
        "holder": holder,
        "delegate": sent,
        "waiting": waiting,
        "cancelled": cancelled,
        "coordinator": factories.coordinator(),
        "of the process": factories.coordinator_of(process),
        "of the consultation": factories.coordinator_of(thing),
        "of another": factories.coordinator_of(factories.open_consultation()),
        "translator": factories.translator(),
    }


def expected(people, status, access):
    """The names of those who see a consultation in this state."""
    seen = {"coordinator", "of the process", "of the consultation"}
    if status == "draft":
        return seen
    if access == "public":
        return people.keys()
    return (
        seen | {"holder", "delegate", "waiting"} | ({"member", "cancelled"} if access == "members" else set())
    )


def test_who_sees_a_consultation_in_each_state_and_access(room):
    thing, people = room
    readers = {name: reader_of(person) for name, person in people.items()}
    rows, meetings = Consultation.objects.filter(pk=thing.pk), Meeting.objects.filter(consultation=thing)
    ways = {
        "row": lambda reader: rows.visible_to(reader).exists(),
        "meetings": lambda reader: meetings.visible_to(reader).exists(),
        "short": lambda reader: Consultation.objects.find_visible_to(reader, key=thing.key),
    }
    for status, access in product(Consultation.Status.values, ["public", "members", "invited"]):
        rows.update(status=status, access=access)
        for way, sees in ways.items():
            seen = {name for name, reader in readers.items() if sees(reader)}
            assert seen == expected(people, status, access), (way, status, access)


@pytest.mark.parametrize("make", [Reader.nobody, lambda: reader_of(factories.lead())])
def test_seeing_a_consultation_for_another_reason_takes_nothing_from_what_is_open(make):
    """The short guard of registering (`find_visible_to`) asks what is open alone, and is right only while this holds."""
    reader = make()
    seen = Consultation.seen_by(reader)
    assert (seen.connector, seen.negated) == (Q.OR, False)
    assert Consultation.open_to(reader) in seen.children


def reader_of(person):
    return Reader.of(person) if person else Reader.nobody()


def test_what_one_may_not_see_answers_like_what_does_not_exist(client):
    from uuid import uuid4

    hidden = factories.open_consultation("Hidden room", access="invited")
    for person in (None, factories.lead()):
        if person:
            client.force_login(person)
        for name in ("consultation", "calendar"):
            there, nowhere = (
                client.get(reverse(f"consultations:{name}", args=[key])) for key in (hidden.key, uuid4())
            )
            assert there.status_code == nowhere.status_code == 404
            masked = [answer.content.decode() for answer in (there, nowhere)]
            masked[0] = masked[0].replace(str(hidden.key), "KEY")
            masked[1] = masked[1].replace(nowhere.request["PATH_INFO"].split("/")[3], "KEY")
            assert masked[0] == masked[1]
    assert "Hidden room" not in client.get(reverse(LIST)).content.decode()


def test_of_a_closed_room_nobody_learns_how_many_there_are(client):
    person, thing = factories.lead(), factories.open_consultation(access="invited", places=7919)
    factories.registration(thing, person.organization)
    page = page_of(client, thing, person)
    assert "7919" not in page
    assert "please keep it so" in page


def test_an_address_by_key_leads_to_the_one_with_the_slug(client):
    thing = factories.open_consultation("Services")
    response = client.get(reverse("consultations:consultation", args=[thing.key]))
    assert response.status_code == 301
    assert response.headers["Location"] == thing.get_absolute_url()
