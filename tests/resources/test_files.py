"""Files of documents: handed out under the document's own guard, in parts where a weak line broke off."""

from uuid import uuid4

import pytest
from django.urls import reverse

from resources.models import Document
from resources.operations import documents
from tests import factories

pytestmark = pytest.mark.django_db


def published(**given):
    by = factories.coordinator()
    made = documents.create(
        titles={"en": {"title": "Our common words", "summary": ""}},
        uploads={"en": factories.pdf("Our words.pdf", pages=2), "ar": factories.pdf("كلماتنا.pdf")},
        by=by,
        **given,
    )
    return documents.publish(made, by=by)


def address(document, language="en"):
    return reverse("resources:file", args=[document.key, language])


def stored(document, language="en"):
    return document.files.get(language=language).file


def ask(client, where, **headers):
    """The answer, read to its end, with its bytes beside it."""
    response = client.get(where, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response.body = b"".join(response) if response.streaming else response.content
    return response


def test_a_file_is_handed_out_as_an_attachment_that_can_do_nothing(client):
    made = published()
    response = ask(client, address(made))
    with stored(made).blob.open("rb") as blob:
        assert response.body == blob.read()
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/pdf")
    assert response.headers["Content-Disposition"] == 'attachment; filename="Our words.pdf"'
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Length"] == str(stored(made).size)
    assert response.headers["Accept-Ranges"] == "bytes"
    assert response.headers["ETag"] == f'"{stored(made).checksum}"'
    assert "no-store" in response.headers["Cache-Control"]


def test_the_place_where_a_file_is_kept_is_no_address(client):
    """Not even for a coordinator: what is kept is handed out by the view of its thing alone (G17)."""
    made = published()
    name = stored(made).blob.name
    client.force_login(factories.coordinator())
    for where in (f"/{name}", f"/media/{name}", f"/static/{name}", f"/en/{name}", f"/static/../media/{name}"):
        assert client.get(where).status_code == 404
    assert ask(client, address(made)).status_code == 200


def test_a_name_in_arabic_arrives_whole(client):
    response = ask(client, address(published(), "ar"))
    named = "attachment; filename*=utf-8''%D9%83%D9%84%D9%85%D8%A7%D8%AA%D9%86%D8%A7.pdf"
    assert response.headers["Content-Disposition"] == named


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-9", 0, 9), ("bytes=100-", 100, None), ("bytes=-20", -20, None), ("bytes=5-5", 5, 5)],
)
def test_a_download_that_broke_off_is_taken_up_again(client, asked, first, last):
    made = published()
    whole = ask(client, address(made)).body
    start = first if first >= 0 else len(whole) + first
    end = len(whole) - 1 if last is None else last
    response = ask(client, address(made), range=asked)
    assert response.status_code == 206
    assert response.body == whole[start : end + 1]
    assert response.headers["Content-Range"] == f"bytes {start}-{end}/{len(whole)}"
    assert response.headers["Content-Length"] == str(end - start + 1)


def test_a_part_that_is_not_there_is_refused_and_nonsense_gives_the_whole(client):
    made = published()
    size = stored(made).size
    beyond = client.get(address(made), headers={"range": f"bytes={size}-"})
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (416, f"bytes */{size}")
    for asked in ("bytes=x-y", "bytes=-", "lines=1-2", "bytes=0-1,3-4", "bytes=9-3"):
        assert ask(client, address(made), range=asked).status_code == 200


def test_what_one_has_already_is_not_sent_again(client):
    made = published()
    etag = ask(client, address(made)).headers["ETag"]
    assert ask(client, address(made), if_none_match=etag).status_code == 304
    assert ask(client, address(made), if_none_match='"other"').status_code == 200
    part = {"range": "bytes=0-9", "if_range": etag}
    assert ask(client, address(made), **part).status_code == 206
    assert ask(client, address(made), **part | {"if_range": '"other"'}).status_code == 200


def test_the_address_stays_when_the_file_is_replaced(client):
    made = published()
    before = ask(client, address(made)).headers["ETag"]
    documents.put_file(made, "en", factories.pdf(pages=9), by=factories.coordinator())
    response = ask(client, address(made), if_none_match=before)
    assert (response.status_code, stored(made).pages) == (200, 9)


def test_only_reading_is_answered(client):
    made = published()
    head = client.head(address(made))
    for close in head._resource_closers:  # as the web server does; the test client reads nothing of a HEAD
        close()
    assert (head.status_code, head.headers["Content-Length"]) == (200, str(stored(made).size))
    for method in ("post", "put", "patch", "delete"):
        assert getattr(client, method)(address(made)).status_code == 405


def test_the_file_of_a_hidden_document_answers_like_one_that_does_not_exist(client):
    made = published()
    Document.objects.filter(pk=made.pk).update(access="members")
    key = uuid4()
    for language in ("en", "fr"):
        hidden = ask(client, address(made, language))
        nothing = ask(client, reverse("resources:file", args=[key, language]))
        assert hidden.status_code == nothing.status_code == 404
        assert hidden.body.replace(str(made.key).encode(), b"-") == nothing.body.replace(
            str(key).encode(), b"-"
        )
    client.force_login(factories.lead())
    assert ask(client, address(made)).status_code == 200
    assert ask(client, address(made, "fr")).status_code == 404


def test_the_file_of_a_draft_is_for_coordinators(client):
    made = published()
    Document.objects.filter(pk=made.pk).update(status="draft")
    assert ask(client, address(made)).status_code == 404
    client.force_login(factories.lead())
    assert ask(client, address(made)).status_code == 404
    client.force_login(factories.coordinator())
    assert ask(client, address(made)).status_code == 200


def test_the_file_of_a_withdrawn_document_is_gone_and_says_why(client):
    made = published()
    documents.withdraw(made, reason="The figures were wrong.", by=factories.coordinator())
    response = ask(client, address(made))
    assert response.status_code == 410
    assert "The figures were wrong." in response.content.decode()
    client.force_login(factories.coordinator())
    assert ask(client, address(made)).status_code == 200


def test_the_file_of_a_withdrawn_document_of_members_is_unknown_to_others(client):
    made = published(access="members")
    documents.withdraw(made, reason="The figures were wrong.", by=factories.coordinator())
    assert ask(client, address(made)).status_code == 404
    client.force_login(factories.lead())
    assert ask(client, address(made)).status_code == 410


def test_a_file_whose_bytes_are_lost_is_not_there(client):
    made = published()
    stored(made).blob.delete(save=False)
    assert ask(client, address(made)).status_code == 404
