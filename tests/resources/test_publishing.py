"""Coordinators write documents, publish them in one action, and take them back with a reason."""

from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.errors import Refused
from portal.models import LogEntry, Notice, Reader, Recipient, StoredFile
from resources import audience, editions, permissions
from resources.forms.documents import DocumentForm
from resources.models import Document
from resources.operations import documents
from tests import factories

pytestmark = pytest.mark.django_db

NEW = "resources:document-new"


def answers(**changes):
    """What a coordinator types into the form of a new document."""
    ticked = {f"{name}_{code}": "on" for name in ("approved", "approved_body") for code in ("ar", "fr", "es")}
    return (
        {
            "once": str(uuid4()),
            "original_language": "en",
            "kind": "outcome",
            "access": "public",
            "title_en": "Our common words",
            "is_outcome": "on",
        }
        | ticked
        | changes
    )


def draft(*, by=None, **given):
    values = {
        "titles": {"en": {"title": "Our common words", "summary": "What we ask."}},
        "twins": {"en": "The whole text."},
        "is_outcome": True,
    }
    return documents.create(by=by or factories.coordinator(), **values | given)


def edit_answers(document, **changes):
    """What the form of a document shows, sent back with some changes."""
    asking = SimpleNamespace(reader=Reader.of(factories.coordinator()))
    form = DocumentForm(request=asking, record=Document.objects.get(pk=document.pk))
    shown = {name: value for name, value in form.initial.items() if value not in (None, False, "")}
    shown["process"] = document.process_id or ""
    return shown | {"changes_meaning": "yes"} | changes


def sent(document):
    return reverse("resources:document-publish", args=[document.key])


def publishing(document, **changes):
    document.refresh_from_db()
    return {"once": str(uuid4()), "version": document.version} | changes


# Drafting


def test_a_coordinator_drafts_a_document_language_by_language(client):
    person, objective, process = factories.coordinator(), factories.objective(15), factories.process()
    client.force_login(person)
    response = client.post(
        reverse(NEW),
        answers(
            process=process.pk,
            objectives=[objective.pk],
            begins_on="2026-05-04",
            summary_en="What we ask.",
            body_en="The *whole* text.",
            file_en=factories.pdf(pages=3),
            title_ar="كلماتنا",
            file_ar=factories.pdf("عربي.pdf"),
            title_fr="Nos mots",
            approved_fr="",
        ),
    )
    made = Document.objects.get()
    assert response.headers["Location"] == made.get_absolute_url()
    assert (made.status, made.title_en, made.begins_on, made.created_by) == (
        "draft",
        "Our common words",
        date(2026, 5, 4),
        person,
    )
    assert made.languages == ["ar", "en"]
    assert made.document_languages == ["ar", "en"]
    assert {(row.language, row.file.pages) for row in made.files.all()} == {("en", 3), ("ar", 1)}
    assert made.bodies.get(language="en").html == '<p dir="auto">The <em>whole</em> text.</p>\n'
    assert [row.number for row in made.objectives.all()] == [15]
    assert LogEntry.objects.filter(act="document drafted", object_id=made.pk).count() == 1


def test_the_original_may_be_in_any_of_our_languages(client):
    client.force_login(factories.coordinator())
    page = client.get(reverse(NEW), {"original": "ar"}).content.decode()
    assert '<input type="hidden" name="original_language" value="ar"' in page
    assert 'name="approved_ar"' not in page
    client.post(
        reverse(NEW), answers(original_language="ar", title_ar="كلماتنا", title_en="Words", approved_en="on")
    )
    made = Document.objects.get()
    assert (made.original_language, made.title_ar, made.languages) == ("ar", "كلماتنا", ["ar", "en"])


def test_a_double_click_drafts_one_document_and_keeps_one_file(client):
    client.force_login(factories.coordinator())
    typed = answers()
    first = client.post(reverse(NEW), typed | {"file_en": factories.pdf()})
    second = client.post(reverse(NEW), typed | {"file_en": factories.pdf()})
    assert first.headers["Location"] == second.headers["Location"]
    assert (Document.objects.count(), StoredFile.objects.count()) == (1, 1)


def test_what_is_refused_is_said_beside_its_field_and_nothing_typed_is_lost(client):
    client.force_login(factories.coordinator())
    fake = SimpleUploadedFile("paper.pdf", b"GIF89a")
    response = client.post(reverse(NEW), answers(title_fr="Nos mots", body_en="A long text.", file_fr=fake))
    page = response.content.decode()
    assert response.status_code == 422
    assert "This file calls itself a PDF, but it is not one." in page
    assert 'href="#id_file_fr"' in page
    assert "Please choose the files again" in page
    for typed in ("Our common words", "Nos mots", "A long text."):
        assert typed in page
    assert (Document.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_a_title_in_the_original_language_is_asked_for(client):
    client.force_login(factories.coordinator())
    response = client.post(reverse(NEW), answers(title_en="", title_fr="Nos mots"))
    assert response.status_code == 422
    assert 'href="#id_title_en"' in response.content.decode()
    assert not Document.objects.exists()


# Editing


def test_an_editor_changes_texts_facts_and_files(client):
    made = draft(uploads={"en": factories.pdf(pages=1)})
    client.force_login(factories.coordinator())
    address = reverse("resources:document-edit", args=[made.key])
    assert client.get(address).status_code == 200
    response = client.post(
        address,
        edit_answers(made, title_en="Other words", kind="report", file_en=factories.pdf("new.pdf", pages=4)),
    )
    assert response.status_code == 302
    made.refresh_from_db()
    assert (made.title_en, made.kind, made.version) == ("Other words", "report", 2)
    assert made.files.get().file.pages == 4
    assert StoredFile.objects.count() == 1


def test_a_second_editor_is_shown_both_texts_and_overwrites_nothing(client):
    first, second = factories.coordinator(name="First Editor"), factories.coordinator()
    made = draft(twins={"en": "One.\n\nTwo.\n\nThree."})
    mine = edit_answers(made, body_en="One.\n\nTwo, by the second.\n\nThree.", title_en="Second title")
    documents.edit(
        made,
        version=made.version,
        titles={"en": {"title": "First title", "summary": "What we ask."}},
        twins={"en": "One.\n\nTwo, by the first.\n\nThree."},
        by=first,
    )
    client.force_login(second)
    address = reverse("resources:document-edit", args=[made.key])
    response = client.post(address, mine)
    page = response.content.decode()
    assert response.status_code == 409
    for text in ("First title", "Second title", "Two, by the first.", "Two, by the second.", "First Editor"):
        assert text in page
    assert 'name="version" value="2"' in page
    made.refresh_from_db()
    assert made.title_en == "First title"

    assert client.post(address, mine | {"version": "2"}).status_code == 302
    made.refresh_from_db()
    assert (made.title_en, made.version) == ("Second title", 3)


def test_a_file_is_taken_out_of_a_draft_and_stays_once_published(client):
    made = draft(uploads={"en": factories.pdf(), "fr": factories.pdf()})
    client.force_login(factories.coordinator())
    address = reverse("resources:document-edit", args=[made.key])
    assert client.post(address, edit_answers(made, remove_fr="on")).status_code == 302
    made.refresh_from_db()
    assert ([row.language for row in made.files.all()], made.document_languages) == (["en"], ["en"])
    assert StoredFile.objects.count() == 1

    documents.publish(made, by=factories.coordinator())
    assert 'name="remove_en"' not in client.get(address).content.decode()
    with pytest.raises(Refused):
        documents.remove_file(made, "en", by=factories.coordinator())


def test_a_withdrawn_document_is_not_changed(client):
    made = documents.publish(draft(), by=factories.coordinator())
    documents.withdraw(made, reason="Wrong.", by=factories.coordinator())
    made.refresh_from_db()
    client.force_login(factories.coordinator())
    address = reverse("resources:document-edit", args=[made.key])
    response = client.post(address, edit_answers(made, title_en="Another"))
    assert response.status_code == 422
    assert "A withdrawn document cannot be changed." in response.content.decode()


def test_the_last_text_of_a_published_document_is_not_taken_from_its_readers(client):
    made = documents.publish(draft(), by=factories.coordinator())
    client.force_login(factories.coordinator())
    response = client.post(
        reverse("resources:document-edit", args=[made.key]), edit_answers(made, body_en="")
    )
    assert response.status_code == 422
    assert "Readers may rely on this text" in response.content.decode()
    assert made.bodies.get().markdown == "The whole text."


def test_editing_does_not_open_what_is_by_invitation(client):
    made = draft()
    Document.objects.filter(pk=made.pk).update(access="invited")
    made.refresh_from_db()
    client.force_login(factories.coordinator())
    address = reverse("resources:document-edit", args=[made.key])
    assert '<option value="invited" selected>' in client.get(address).content.decode()
    assert client.post(address, edit_answers(made)).status_code == 302
    made.refresh_from_db()
    assert made.access == "invited"


def test_all_files_that_are_no_pdf_are_named_at_once_and_none_is_kept(client):
    client.force_login(factories.coordinator())
    fakes = {f"file_{code}": SimpleUploadedFile("x.pdf", b"GIF89a") for code in ("en", "fr")}
    response = client.post(reverse(NEW), answers(file_ar=factories.pdf(), **fakes))
    page = response.content.decode()
    assert response.status_code == 422
    assert ['href="#id_file_en"' in page, 'href="#id_file_fr"' in page, 'href="#id_file_ar"' in page] == [
        True,
        True,
        False,
    ]
    assert StoredFile.objects.count() == 0


# Publishing


def test_the_page_says_what_will_happen_before_it_does(client):
    person = factories.lead(language="ar")
    factories.user(language="fr")
    factories.organization(lead=person)
    factories.lead(language="ar", constituency="state")
    factories.lead(language="fr", status="pending")
    house = factories.organization(
        mailbox="office@harbour.example", mailbox_language="es", lead=factories.user()
    )
    Recipient.objects.keep_for_mailbox(house)
    factories.organization("Nobody here")
    made = draft(objectives=[factories.objective(15)])
    told = audience.of(made, editions.of(made))
    assert {row.language: (row.count, row.can_read) for row in told.readers} == {
        "ar": (1, False),
        "en": (1, True),
        "fr": (0, False),
        "es": (1, False),
    }
    assert (told.organizations, told.reached, told.silent) == (4, 3, 1)

    client.force_login(factories.coordinator())
    page = client.get(sent(made)).content.decode()
    assert "Publish, and tell 3 organizations" in page
    assert "It stands on the page of objective 15." in page
    assert "Missing: Arabic, French and Spanish." in page
    assert "Nobody can be reached in 1 member organization" in page
    assert not Notice.objects.exists()


def test_one_action_publishes_and_writes_one_notice(client):
    made = draft(objectives=[factories.objective(15)])
    client.force_login(factories.coordinator())
    response = client.post(sent(made), publishing(made))
    made.refresh_from_db()
    notice = Notice.objects.get()
    assert response.headers["Location"] == reverse("notice", args=[notice.key])
    assert (notice.kind, notice.thing, notice.language) == ("document-published", made, "")
    assert made.status == "published"
    assert made.slug.startswith("our-common-words-")
    assert made.published_at is not None
    assert made.begins_on == made.published_at.date()
    client.logout()
    for address in (reverse("resources:documents"), reverse("objective", args=[15]), reverse("home")):
        assert "Our common words" in client.get(address).content.decode()
    assert LogEntry.objects.filter(act="document published", object_id=made.pk).count() == 1


def test_a_double_click_publishes_once_and_leads_to_the_same_place(client):
    made = draft()
    client.force_login(factories.coordinator())
    clicked = publishing(made)
    first, second = client.post(sent(made), clicked), client.post(sent(made), clicked)
    assert first.headers["Location"] == second.headers["Location"]
    assert Notice.objects.count() == 1


def test_a_second_publication_is_refused_in_words(client):
    made = draft()
    client.force_login(factories.coordinator())
    client.post(sent(made), publishing(made))
    response = client.post(sent(made), publishing(made))
    assert response.status_code == 422
    assert "cannot become" in response.content.decode()
    assert Notice.objects.count() == 1
    assert client.get(sent(made)).headers["Location"] == Document.objects.get().get_absolute_url()


def test_what_somebody_changed_meanwhile_is_not_published_unseen(client):
    made = draft()
    seen = publishing(made)
    documents.edit(
        made,
        version=1,
        titles={"en": {"title": "Words of another", "summary": ""}},
        by=factories.coordinator(),
    )
    client.force_login(factories.coordinator())
    response = client.post(sent(made), seen)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Somebody changed this document meanwhile." in page
    assert 'name="version" value="2"' in page
    made.refresh_from_db()
    assert made.status == "draft"


def test_an_empty_document_is_not_published(client):
    made = draft(twins=None)
    client.force_login(factories.coordinator())
    page = client.get(sent(made)).content.decode()
    assert "Add a file or a light text in at least one language before you publish it." in page
    assert '<button class="button">Publish' not in page
    assert client.post(sent(made), publishing(made)).status_code == 422
    made.refresh_from_db()
    assert made.status == "draft"


def test_what_is_no_outcome_is_published_without_telling_anybody(client):
    made = draft(is_outcome=False)
    client.force_login(factories.coordinator())
    assert "Nobody: this document is not marked as an outcome." in client.get(sent(made)).content.decode()
    response = client.post(sent(made), publishing(made))
    made.refresh_from_db()
    assert response.headers["Location"] == made.get_absolute_url()
    assert not Notice.objects.exists()


def test_members_are_told_later_of_what_was_published_quietly(client):
    made = draft(is_outcome=False)
    factories.lead()
    client.force_login(factories.coordinator())
    client.post(sent(made), publishing(made))
    address = reverse("resources:document-tell", args=[made.key])
    made.refresh_from_db()
    assert address in client.get(made.get_absolute_url()).content.decode()
    assert "Tell 1 organization<" in client.get(address).content.decode()
    clicked = {"once": str(uuid4())}
    first, second = client.post(address, clicked), client.post(address, clicked)
    notice = Notice.objects.get()
    assert first.headers["Location"] == second.headers["Location"] == reverse("notice", args=[notice.key])
    assert client.post(address, {"once": str(uuid4())}).status_code == 422
    assert client.get(address).headers["Location"] == made.get_absolute_url()
    assert Notice.objects.count() == 1


def test_a_language_that_comes_later_is_told_to_its_readers_once():
    by = factories.coordinator()
    made = documents.publish(draft(twins={"en": "Text", "fr": "Texte"}, by=by), by=by)
    documents.put_twin(made, "ar", "نص", approve=False, by=by)
    assert Notice.objects.filter(kind="document-translated").count() == 0
    documents.approve(made, "ar", by=by)
    documents.put_file(made, "es", factories.pdf(), by=by)
    documents.put_file(made, "es", factories.pdf(), by=by)
    documents.put_twin(made, "ar", "نص آخر", by=by)
    documents.put_file(made, "fr", factories.pdf(), by=by)
    told = Notice.objects.filter(kind="document-translated").order_by("pk")
    assert [notice.language for notice in told] == ["ar", "es"]


def test_editing_a_published_document_tells_of_a_new_language_only(client):
    by = factories.coordinator()
    made = documents.publish(draft(by=by), by=by)
    client.force_login(by)
    address = reverse("resources:document-edit", args=[made.key])
    assert client.post(address, edit_answers(made, body_ar="نص")).status_code == 302
    made.refresh_from_db()
    assert client.post(address, edit_answers(made, title_en="Corrected words")).status_code == 302
    made.refresh_from_db()
    assert client.post(address, edit_answers(made, body_ar="")).status_code == 302
    made.refresh_from_db()
    assert client.post(address, edit_answers(made, body_ar="نص")).status_code == 302
    assert [(row.kind, row.language) for row in Notice.objects.order_by("pk")] == [
        ("document-published", ""),
        ("document-translated", "ar"),
    ]


def test_an_archive_document_that_is_edited_tells_nobody_what_was_there_before():
    made = factories.document(archive_id="doc-1", is_outcome=True, document_languages=["ar", "en"])
    documents.edit(
        made, version=1, titles={"en": {"title": "Corrected", "summary": ""}}, by=factories.coordinator()
    )
    made.refresh_from_db()
    assert made.document_languages == ["ar", "en"]
    assert not Notice.objects.exists()


# Withdrawing


def test_a_document_is_withdrawn_with_a_reason_and_comes_back_unannounced(client):
    made = draft()
    client.force_login(factories.coordinator())
    client.post(sent(made), publishing(made))
    address = reverse("resources:document-withdraw", args=[made.key])
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "The figures were wrong."}).status_code == 302
    made.refresh_from_db()
    assert (made.status, made.withdrawal_reason) == ("withdrawn", "The figures were wrong.")
    assert "The figures were wrong." in client.get(made.get_absolute_url()).content.decode()

    response = client.post(sent(made), publishing(made))
    made.refresh_from_db()
    assert (made.status, made.withdrawal_reason, made.withdrawn_at) == ("published", "", None)
    assert response.headers["Location"] == made.get_absolute_url()
    assert Notice.objects.count() == 1


def test_a_document_that_comes_back_may_be_told_again(client):
    made = draft()
    client.force_login(factories.coordinator())
    client.post(sent(made), publishing(made))
    documents.withdraw(made, reason="Wrong.", by=factories.coordinator())
    client.post(sent(made), publishing(made, tells="on"))
    assert Notice.objects.filter(kind="document-published").count() == 2


def test_a_draft_is_not_withdrawn(client):
    made = draft()
    client.force_login(factories.coordinator())
    response = client.post(reverse("resources:document-withdraw", args=[made.key]), {"reason": "Wrong."})
    assert response.status_code == 422
    assert "cannot become" in response.content.decode()


# Who may


def people(process):
    return {
        "nobody": AnonymousUser(),
        "person": factories.user(),
        "lead": factories.lead(),
        "translator": factories.translator(),
        "coordinator": factories.coordinator(),
        "administrator": factories.administrator(),
        "coordinator of the process": factories.coordinator_of(process),
        "coordinator of another process": factories.coordinator_of(factories.process()),
        "coordinator of a consultation": factories.coordinator_of(factories.open_consultation()),
    }


def test_who_may_draft_edit_and_publish():
    process = factories.process()
    made = factories.document(status="draft", process=process)
    asked = (
        permissions.can_draft,
        lambda user: permissions.can_edit(user, made),
        lambda user: permissions.can_publish(user, made),
    )
    found = {name: tuple(may(user) for may in asked) for name, user in people(process).items()}
    assert found == {
        "nobody": (False, False, False),
        "person": (False, False, False),
        "lead": (False, False, False),
        "translator": (False, False, False),
        "coordinator": (True, True, True),
        "administrator": (True, True, True),
        "coordinator of the process": (True, True, True),
        "coordinator of another process": (True, False, False),
        "coordinator of a consultation": (False, False, False),
    }


ROUTES = ("resources:document-edit", "resources:document-publish", "resources:document-withdraw")


def test_who_reaches_the_pages_of_coordinators(client):
    process = factories.process()
    public = factories.document(process=process)
    hidden = factories.document(status="draft", process=process)
    found = {}
    for name, user in people(process).items():
        client.logout()
        if user.is_authenticated:
            client.force_login(user)
        addresses = [reverse(NEW)]
        addresses += [reverse(route, args=[row.key]) for row in (public, hidden) for route in ROUTES[:1]]
        found[name] = [client.get(address).status_code for address in addresses]
        posts = [reverse(route, args=[row.key]) for row in (public, hidden) for route in ROUTES[1:]]
        found[name] += sorted({client.post(address).status_code for address in posts})
    assert found == {
        "nobody": [302, 302, 302, 302],
        "person": [403, 403, 404, 403, 404],
        "lead": [403, 403, 404, 403, 404],
        "translator": [403, 403, 404, 403, 404],
        "coordinator": [200, 200, 200, 422],
        "administrator": [200, 200, 200, 422],
        "coordinator of the process": [200, 200, 200, 422],
        "coordinator of another process": [200, 403, 404, 403, 404],
        "coordinator of a consultation": [403, 403, 404, 403, 404],
    }


def test_a_coordinator_of_a_process_drafts_only_there(client):
    process, other = factories.process("Review forum"), factories.process("Another forum")
    client.force_login(factories.coordinator_of(process))
    page = client.get(reverse(NEW)).content.decode()
    assert "Review forum" in page
    assert "Another forum" not in page
    for wrong in ({}, {"process": ""}, {"process": other.pk}):
        assert client.post(reverse(NEW), answers(**wrong)).status_code == 422
    response = client.post(reverse(NEW), answers(process=process.pk, body_en="Text"))
    made = Document.objects.get()
    assert (response.headers["Location"], made.process) == (made.get_absolute_url(), process)
    response = client.post(
        reverse("resources:document-edit", args=[made.key]), edit_answers(made, process=other.pk)
    )
    assert response.status_code == 422
    assert client.post(sent(made), publishing(made)).status_code == 302
    made.refresh_from_db()
    assert made.status == "published"


def test_the_pages_of_a_document_ask_few_questions(cost):
    person = factories.coordinator()
    made = draft(by=person)
    assert cost(sent(made), user=person) <= 24
    assert cost(reverse("resources:document-edit", args=[made.key]), user=person) <= 18
    assert cost(reverse(NEW), user=person) <= 14
