"""An outcome is told to every member organization, each reader once, in the reader's own language."""

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from portal.models import Delivery, Notice, Recipient
from portal.operations import delivery
from portal.templatetags.portal import filesize
from resources.operations import documents
from tests import factories

pytestmark = pytest.mark.django_db


def draft(by, **given):
    values = {
        "titles": {
            "en": {"title": "Our common words", "summary": "What we ask."},
            "ar": {"title": "كلماتنا المشتركة", "summary": ""},
        },
        "twins": {"en": "The whole text.", "ar": "النص كله"},
        "uploads": {"en": factories.pdf(pages=3)},
        "is_outcome": True,
    }
    return documents.create(by=by, **values | given)


def publish(client, document, by):
    client.force_login(by)
    address = reverse("resources:document-publish", args=[document.key])
    response = client.post(
        address, {"version": document.version, "once": "1f3a6c70-0000-4000-8000-000000000001"}
    )
    document.refresh_from_db()
    return response


def readers():
    """Members who read Arabic, English and Spanish; beside them people who are not told."""
    told = {code: factories.lead(language=code) for code in ("ar", "en", "es")}
    factories.lead(language="fr", status="pending")
    factories.lead(language="fr", constituency="state")
    factories.user(language="fr")
    return told


def test_publishing_tells_each_member_once_in_his_or_her_own_language(client, mailoutbox):
    by, told = factories.coordinator(language="fr"), readers()
    made = draft(by)
    publish(client, made, by)
    assert {message.to[0]: message.subject for message in mailoutbox} == {
        told["ar"].email: f"{subject('ar')}كلماتنا المشتركة",
        told["en"].email: "Read now: Our common words",
        told["es"].email: f"{subject('es')}Our common words",
    }
    assert len(mailoutbox) == 3
    delivery.drain()
    delivery.drain()
    assert len(mailoutbox) == 3


def subject(language):
    with translation.override(language):
        return gettext("Read now: %(title)s") % {"title": ""}


def body(mailoutbox, person):
    return next(message.body for message in mailoutbox if message.to == [person.email])


def html(mailoutbox, person):
    message = next(message for message in mailoutbox if message.to == [person.email])
    return message.alternatives[0].content


def test_the_message_says_in_which_languages_it_can_be_read_and_how_large_it_is(client, mailoutbox):
    by, told = factories.coordinator(language="fr"), readers()
    made = draft(by)
    publish(client, made, by)
    english = body(mailoutbox, told["en"])
    assert "You can read it in English." in english
    assert f"English: PDF, {filesize(made.files.get().file.size)}" in english
    assert "Arabic: light page" in english
    assert f"http://testserver/en/library/{made.slug}/" in english
    assert "What we ask." in english
    assert f"http://testserver/ar/library/{made.slug}/" in body(mailoutbox, told["ar"])
    assert f"http://testserver/es/library/{made.slug}/" in body(mailoutbox, told["es"])
    assert 'dir="rtl"' in html(mailoutbox, told["ar"])
    assert 'lang="en" dir="ltr">Our common words' in html(mailoutbox, told["es"])


def test_a_reader_whose_language_is_missing_is_told_so_and_told_again_when_it_comes(
    client, mailoutbox, django_capture_on_commit_callbacks
):
    by, told = factories.coordinator(language="fr"), readers()
    made = draft(by)
    publish(client, made, by)
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        documents.put_twin(made, "es", "El texto entero", by=by)
    assert [message.to for message in mailoutbox] == [[told["es"].email]]
    assert f"http://testserver/es/library/{made.slug}/" in mailoutbox[0].body
    with django_capture_on_commit_callbacks(execute=True):
        documents.put_file(made, "es", factories.pdf(), by=by)
        documents.put_twin(made, "ar", "نص آخر", by=by)
    assert len(mailoutbox) == 1


def test_what_is_withdrawn_before_it_was_told_is_not_told(mailoutbox):
    by, _told = factories.coordinator(), readers()
    made = documents.publish(draft(by), by=by)
    documents.withdraw(made, reason="Wrong.", by=by)
    delivery.drain()
    assert mailoutbox == []
    assert set(Delivery.objects.values_list("state", flat=True)) <= {"cancelled"}


def test_a_shared_mailbox_is_told_beside_the_people(client, mailoutbox):
    by = factories.coordinator()
    person = factories.lead(language="ar", mailbox="office@harbour.example", mailbox_language="en")
    Recipient.objects.keep_for_mailbox(person.organization)
    publish(client, draft(by), by)
    assert sorted(message.to[0] for message in mailoutbox) == sorted([person.email, "office@harbour.example"])


def test_the_coordinator_is_led_to_the_progress_of_the_telling(client, mailoutbox):
    by, _told = factories.coordinator(), readers()
    response = publish(client, draft(by), by)
    notice = Notice.objects.get()
    assert response.headers["Location"] == reverse("notice", args=[notice.key])
    page = client.get(response.headers["Location"])
    assert page.status_code == 200
    assert "Our common words" in page.content.decode()
