"""A text is given to somebody who may translate it, reminded of, taken back, and over once it is translated."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal import tasks, translating
from portal.models import Assignment, Role
from portal.operations import assignments, texts, translations
from portal.side_by_side import of as sheet_of
from tests import factories, sessions

pytestmark = pytest.mark.django_db
SOON = timedelta(days=9)


def speaker_of(code, **fields):
    person = factories.user(**fields)
    Role.objects.create(user=person, kind="translator", language=code)
    return person


def given(document, person, **fields):
    return factories.assignment(document, user=person, **fields)


def at(name, document, language="fr"):
    return reverse(name, args=["document", document.key, language])


def titles(client, **asked):
    page = client.get(reverse("translations"), {"language": "fr"} | asked)
    return [str(row["title"]) for row in page.context["rows"]]


def test_a_text_is_given_by_a_day_to_one_who_may_translate_it_and_taken_back_with_a_word(client, mailoutbox):
    coordinator = factories.coordinator(name="Zoe")
    process = factories.process()
    document = factories.document("Open doors", process=process)
    french = speaker_of("fr", name="Amal", language="ar")
    of_process = factories.role(Role.Kind.TRANSLATOR, process, name="Bea")
    speaker_of("es"), factories.lead(), factories.role(Role.Kind.TRANSLATOR, factories.process())
    sessions.sign_in(client, coordinator)
    page = client.get(at("translation-give", document))
    people = page.context["form"].fields["person"].queryset
    assert [str(person) for person in people] == [str(person) for person in (french, of_process, coordinator)]

    day = timezone.localdate() + SOON
    sent = {"person": french.pk, "due_at": day.isoformat()}
    client.post(at("translation-give", document), sent)
    [message] = mailoutbox
    assert message.to == [french.email]
    assert "Open doors" in message.subject
    assert at("translation", document)[3:] in message.body

    again = client.post(at("translation-give", document), sent)
    assert again.status_code == 422
    assert "Somebody has this text already. Take it back first." in again.text
    page = client.get(at("translation-give", document))
    taken = {"assignment": page.context["assignment"].key, "words": "The text waits for its second reading."}
    assert client.post(at("translation-take-back", document), taken).status_code == 302
    assert mailoutbox[1].to == [french.email]
    assert taken["words"] in mailoutbox[1].body
    again = client.post(at("translation-take-back", document), taken)
    assert again.status_code == 422
    assert "Somebody has just changed this. Please look at it again and retry." in again.text
    assert list(Assignment.objects.values_list("status", "version")) == [("taken-back", 2)]

    sessions.sign_in(client, french)
    assert client.get(at("translation", document)).status_code == 200
    assert client.get(at("translation-give", document)).status_code == 403


def test_nobody_gets_what_he_may_not_translate_or_what_somebody_has(client):
    document, other = factories.document(), speaker_of("es")
    sessions.sign_in(client, factories.coordinator())
    sent = {"person": other.pk, "due_at": (timezone.localdate() + SOON).isoformat()}
    answer = client.post(at("translation-give", document), sent)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["person"]
    late = {"person": speaker_of("fr").pk, "due_at": "2020-01-31"}
    assert list(client.post(at("translation-give", document), late).context["form"].errors) == ["due_at"]
    given(document, other)
    with pytest.raises(IntegrityError, match="assignment_is_one_per_text_and_language"), transaction.atomic():
        given(document, speaker_of("fr"))


def test_the_desk_says_who_has_what_and_shows_ones_own(client):
    mine, theirs, free = (factories.document(name) for name in ("Mine", "Theirs", "Free"))
    amal = speaker_of("fr", name="Amal")
    given(mine, amal)
    given(theirs, speaker_of("fr", name="Bea"))
    section = factories.paper("Paper", sections=["## What we ask\n\nOpen the doors."]).sections.get()
    given(section, amal, source="paper-section")
    sessions.sign_in(client, amal)
    assert sorted(titles(client, given="me")) == ["Mine", "What we ask"]
    assert sorted(titles(client, given="nobody")) == [free.title_en, "Paper"]
    page = client.get(reverse("translations"), {"language": "fr"}).text
    assert "Given to <bdi>Amal</bdi>" in page
    assert "Given to <bdi>Bea</bdi>" in page
    place = reverse("consultations:section-translate", args=[section.key, "fr"])
    assert "Given to <bdi>Amal</bdi>" in client.get(place).text


def test_three_days_before_one_is_reminded_once_of_what_still_waits(
    mailoutbox, django_capture_on_commit_callbacks
):
    now = timezone.now()
    soon = {"given_at": now - timedelta(days=9), "due_at": now + timedelta(days=2)}
    waiting, done, given_late, far = (factories.document(name) for name in ("Waits", "Done", "Late", "Far"))
    amal = speaker_of("fr")
    for document in (waiting, done):
        given(document, amal, **soon)
    given(given_late, amal, due_at=soon["due_at"])
    given(far, amal)
    passages = {"title": "Fait"}
    translations.save(done, "fr", seen=sheet_of(done, "fr").digest, passages=passages, approve=True, by=amal)
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            tasks.mind_assignments()
    assert [(message.to, "Waits" in message.subject) for message in mailoutbox] == [([amal.email], True)]
    assert list(Assignment.objects.order_by("pk").values_list("status", flat=True)) == [
        "open",
        "over",
        "open",
        "open",
    ]
    Role.objects.all().delete()
    assignments.end_done()
    assert not Assignment.objects.open().exists()


def test_a_translation_that_goes_stale_is_nobodys_until_it_is_given_again():
    document = factories.document()
    texts.save_texts(document, {"fr": {"title": "Portes"}}, approve=True)
    given(document, speaker_of("fr"))
    assignments.end_done()
    texts.save_texts(document, {"en": {"title": "Other doors"}})
    assert translating.given(translating.of("document"), "fr", [document]) == {}


def test_who_has_texts_into_several_languages_is_looked_up_once():
    amal = speaker_of("fr")
    Role.objects.create(user=amal, kind="translator", language="es")
    for language in ("fr", "es"):
        given(factories.document(), amal, language=language)
    with CaptureQueriesContext(connection) as queries:
        assignments.end_done()
    assert sum('FROM "portal_role"' in query["sql"] for query in queries) == 1
    assert Assignment.objects.open().count() == 2


def test_giving_costs_the_same_for_one_translator_and_ten(cost):
    document, coordinator = factories.document(), factories.coordinator()
    address = at("translation-give", document)
    speaker_of("fr")
    one = cost(address, coordinator)
    for _ in range(9):
        speaker_of("fr")
    assert one == cost(address, coordinator) <= 20
