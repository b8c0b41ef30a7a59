"""Many PDFs at once: each a draft of its own, none twice, guessed titles and languages put right afterwards."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.files import Clean
from portal.models import LogEntry, StoredFile
from resources import guesses
from resources.models import Document, FileReading
from tests import factories

NEW = "resources:uploads"
TITLES = "resources:upload-titles"


def sent(*files, **more):
    return {"once": str(uuid4()), "kind": "statement", "access": "public", "file": files} | more


def again(files):
    """The same files, as a browser sends them once more."""
    for file in files:
        file.seek(0)
    return files


@pytest.mark.django_db
def test_each_file_is_drafted_and_none_twice(client):
    by = factories.coordinator()
    client.force_login(by)
    files = (
        factories.pdf("position_on-detention.pdf"),
        SimpleUploadedFile("x.pdf", b"<html>"),
        factories.pdf("copy.pdf"),
        factories.pdf("plan d’action.pdf", pages=2),
    )
    given = sent(*files)
    answer = client.post(reverse(NEW), given)
    page = answer.content.decode()
    assert answer.status_code == 422
    made = Document.objects.order_by("pk")
    assert [(row.title_en, row.kind, row.status) for row in made] == [
        ("Position on detention", "statement", "draft"),
        ("Plan d’action", "statement", "draft"),
    ]
    assert "The library has this file already:" in page
    assert page.count(f'href="{made[0].get_absolute_url()}"') == 2
    assert "This file calls itself a PDF, but it is not one." in page
    assert LogEntry.objects.filter(act="document drafted").count() == StoredFile.objects.count() == 2

    again(files)
    assert (
        client.post(reverse(NEW), given).content.decode().count("It is a draft now.") == 2
    )  # a double click
    again(files)
    told = client.post(reverse(NEW), sent(files[0]), headers={"HX-Request": "true"})  # a script, later
    assert told.content.decode().strip().startswith("<li")
    assert "The library has this file already:" in told.content.decode()
    assert client.post(reverse(NEW), sent() | {"other": again(files)[0]}).status_code == 422
    assert Document.objects.count() == StoredFile.objects.count() == FileReading.objects.count() == 2


@pytest.mark.django_db
def test_a_file_of_a_hidden_document_is_like_a_new_one(client):
    process = factories.process()
    client.force_login(factories.coordinator())
    client.post(reverse(NEW), sent(factories.pdf(), access="members"))
    hidden = Document.objects.get()
    client.force_login(factories.coordinator_of(process))
    answer = client.post(reverse(NEW), sent(factories.pdf(), process=process.pk))
    assert (answer.status_code, answer.url) == (302, reverse(TITLES))
    assert [row.process for row in Document.objects.exclude(pk=hidden.pk)] == [process]


@pytest.mark.django_db
def test_titles_and_languages_are_put_right_from_the_version_that_was_shown(client):
    client.force_login(factories.coordinator())
    client.post(reverse(NEW), sent(factories.pdf()))
    made = Document.objects.get()

    def save(**values):
        typed = {"title": "Paper", "language": "en", "version": made.version} | values
        return client.post(reverse(TITLES), {f"{made.key}-{name}": value for name, value in typed.items()})

    assert save(title="").status_code == 422
    assert save(title="ورقة موقف", language="ar").status_code == 302
    made.refresh_from_db()
    assert (made.title_ar, made.title_en, made.original_language) == ("ورقة موقف", None, "ar")
    assert (made.languages, made.document_languages) == (["ar"], ["ar"])
    assert (made.files.get().language, FileReading.objects.get().language) == ("ar", "ar")

    late = save(title="Something else", language="ar", version=made.version - 1)
    assert late.status_code == 409
    assert f'name="{made.key}-version" value="{made.version}"' in late.content.decode()
    assert "Saved now: <bdi>ورقة موقف</bdi>" in late.content.decode()
    assert save(title="Something else", language="ar").status_code == 302


@pytest.mark.django_db
def test_the_drafts_cost_the_same_for_one_and_for_ten(cost):
    by = factories.coordinator()

    def draft():
        made = factories.document(status="draft", created_by=by, document_languages=["en"])
        stored = StoredFile.objects.create(name="paper.pdf", media_type="application/pdf", size=2000)
        made.files.create(language="en", file=stored)

    draft()
    one = cost(reverse(TITLES), by)
    for _ in range(9):
        draft()
    assert one == cost(reverse(TITLES), by) <= 14


@pytest.mark.parametrize(
    ("told", "name", "title"),
    [
        ("Our common words", "x.pdf", "Our common words"),
        ("Microsoft Word - draft 3.docx", "position_paper-2026.pdf", "Position paper 2026"),
        ("Untitled", "plan.v2.FR.pdf", "Plan v2"),
        ("", "ورقة_موقف.pdf", "ورقة موقف"),
        ("---", "a.pdf", "A"),
    ],
)
def test_a_title_is_guessed_of_what_the_file_says_or_of_its_name(told, name, title):
    assert guesses.title(Clean(name, b"", "application/pdf", title=told)) == title


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("The rights of people on the move and what states owe to them", "en"),
        ("Les droits des personnes en déplacement et ce que leur doivent les États", "fr"),
        ("Los derechos de las personas en movimiento y lo que los Estados les deben", "es"),
        ("حقوق الناس المتنقلين وما تدين به لهم الدول GCM 2026", "ar"),
        ("2026 – 7", "es"),
    ],
)
def test_a_language_is_guessed_by_letters_and_small_words(words, language):
    assert guesses.language(words, "es") == language
