"""Covers and words of documents: made by a worker of what is owed, shown and found under the document's own guard."""

import pytest
from django.urls import reverse

from portal.models import SearchEntry, StoredFile
from resources.models import Document, FileReading
from resources.operations import documents, readings
from tests import factories

pytestmark = pytest.mark.django_db


def published():
    by = factories.coordinator()
    made = documents.create(
        titles={"en": {"title": "Our common words", "summary": ""}}, uploads={"en": factories.pdf()}, by=by
    )
    return documents.publish(made, by=by)


def cover(document):
    return reverse("resources:cover", args=[document.key, "en"])


def ask(client, where):
    """The answer, read to its end."""
    response = client.get(where)
    response.body = b"".join(response) if response.streaming else response.content
    return response


def test_a_file_is_read_once_and_its_cover_shown(client):
    made = published()
    assert ask(client, cover(made)).status_code == 404
    assert (readings.make_due(), readings.make_due()) == (1, 0)
    response = ask(client, cover(made))
    assert response.body[8:12] == b"WEBP"
    assert (response.status_code, response.headers["Content-Type"]) == (200, "image/webp")
    assert response.headers["Cache-Control"] == "public, no-cache"
    assert client.get(cover(made), headers={"If-None-Match": response.headers["ETag"]}).status_code == 304
    assert f'src="{cover(made)}"' in client.get(made.get_absolute_url()).content.decode()


def test_the_cover_of_a_hidden_document_is_hidden(client):
    made = published()
    readings.make_due()
    Document.objects.filter(pk=made.pk).update(access="members")
    assert ask(client, cover(made)).status_code == 404
    client.force_login(factories.lead())
    response = ask(client, cover(made))
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store, private")


def test_the_words_of_a_file_are_found(monkeypatch):
    monkeypatch.setattr(readings.reading, "words_of", lambda content: "remittances everywhere")
    made = published()
    readings.make_due()
    entry = SearchEntry.objects.get(object_id=made.pk, kind="document", language="en")
    assert "remitt" in str(entry.words)


def test_a_file_that_is_replaced_takes_its_cover_along():
    made = published()
    readings.make_due()
    before = FileReading.objects.get().cover
    documents.put_file(made, "en", factories.pdf(pages=2), by=factories.coordinator())
    readings.make_due()
    assert not StoredFile.objects.filter(pk=before.pk).exists()
    assert FileReading.objects.get().file == made.files.get().file
