"""Whole answers kept for the signed-out: what may be kept, in which form, for how long, for whom, and how much (D11)."""

import gzip
import re
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from types import SimpleNamespace

import brotli
import pytest
from django.db import connection, models, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal import generation, public_pages
from portal.models import PublicChange
from portal.public_pages import PUBLIC, PublicPages
from tests import factories, test_pages

READ = re.compile(r'(?:FROM|JOIN)\s+"?((?:portal|resources|consultations)_\w+)"?', re.I)
NOON = datetime(2031, 5, 6, 12, 1, tzinfo=UTC)
# Moments of what has happened, and those that no page for the signed-out shows.
PAST = {
    "at",
    "begun_at",
    "consent_at",
    "expires_at",
    "keep_until",
    "last_login",
    "not_before",
    "offer_ends_at",
    "remind_at",
    "since",
    "until",
}


@pytest.fixture
def keeping(settings, monkeypatch):
    """The cache is on, and begins empty; neither a slow machine nor a quarter of an hour ends what it keeps."""
    monkeypatch.setattr(generation, "SECONDS", 3600)
    monkeypatch.setattr(public_pages, "DAYS_TURN", timedelta(days=366))
    settings.KEEP_PAGES = True
    public_pages.forget()
    yield
    public_pages.forget()


@pytest.fixture
def made(db):
    return test_pages.world()


def ask(address, **headers):
    return Client().get(address, headers={name.replace("_", "-"): value for name, value in headers.items()})


def body(response):
    """What a browser makes of it."""
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}
    return unpack[response.get("Content-Encoding", "")](response.content)


def test_every_page_of_the_table_may_be_kept_and_reads_only_what_is_watched(keeping, made, settings):
    watched = {model._meta.db_table for model in generation.watched_models()}
    for name in PUBLIC:
        example, _people = test_pages.ROWS[name]
        address = test_pages.address_of(name, example, made)
        settings.KEEP_PAGES = False
        plain = ask(address)
        assert (name, plain.status_code, plain["Cache-Control"]) == (name, HTTPStatus.OK, "no-store, private")
        settings.KEEP_PAGES = True
        with CaptureQueriesContext(connection) as queries:
            first = ask(address)
        read = {(table, query["sql"]) for query in queries for table in READ.findall(query["sql"])}
        assert [(name, *each) for each in read if each[0] not in watched | {"portal_publicchange"}] == []
        assert (name, first["Cache-Control"], first["Vary"]) == (name, public_pages.KEPT, public_pages.VARY)
        filters = plain.context.get("filters") if plain.context else None
        assert (name, set(filters.fields if filters else ()) - set(PUBLIC[name])) == (name, set())
        assert b"csrfmiddlewaretoken" not in first.content
        assert dict(first.cookies) == {}
        assert first.content == plain.content


@pytest.mark.django_db
def test_a_kept_page_costs_no_query_and_is_the_same_in_every_encoding(keeping):
    address = reverse("home")
    first = ask(address)
    with CaptureQueriesContext(connection) as queries:
        kept = {
            how: ask(address, accept_encoding=how) for how in ("br, gzip", "gzip", "br;q=0, gzip", "zstd")
        }
        nothing_new = ask(address, if_none_match=first["ETag"])
        head = Client().head(address)
    assert len(queries) == 0
    assert [kept[how].get("Content-Encoding") for how in kept] == ["br", "gzip", "gzip", None]
    assert {body(response) for response in kept.values()} == {first.content}
    assert {response["ETag"] for response in kept.values()} == {first["ETag"]}
    assert (nothing_new.status_code, nothing_new.content) == (HTTPStatus.NOT_MODIFIED, b"")
    assert (head.status_code, head.content, head["ETag"]) == (HTTPStatus.OK, b"", first["ETag"])
    assert kept["gzip"]["X-Request-ID"] != first["X-Request-ID"]
    assert kept["gzip"]["Content-Security-Policy"] == first["Content-Security-Policy"]


@pytest.mark.parametrize(
    "headers", [{"cookie": "anything=1"}, {"authorization": "Bearer x"}, {"hx_request": "true"}]
)
@pytest.mark.django_db
def test_who_brings_anything_of_their_own_gets_a_page_of_their_own(keeping, headers):
    for _ in range(2):
        response = ask(reverse("resources:documents"), **headers)
        assert (response["Cache-Control"], response.has_header("ETag")) == ("no-store, private", False)
        assert public_pages.plain.pages == {}
    ask(reverse("resources:documents"))
    assert ask(reverse("resources:documents"), **headers)["Cache-Control"] == "no-store, private"


@pytest.mark.django_db
def test_what_script_alone_asks_for_is_kept_all_the_same(keeping):
    factories.document("Harbour")
    address = reverse("suggestions") + "?q=harbour"
    first = ask(address, hx_request="true")
    with CaptureQueriesContext(connection) as queries:
        again = ask(address, hx_request="true")
    assert (first.content, first["Cache-Control"], len(queries)) == (again.content, public_pages.KEPT, 0)


@pytest.mark.django_db
def test_the_signed_in_never_get_a_kept_page_nor_leave_one(keeping):
    address, signed_in = reverse("home"), Client()
    signed_in.force_login(factories.coordinator())
    for _ in range(2):
        own, public = signed_in.get(address), ask(address)
        assert own["Cache-Control"] == "no-store, private"
        assert b"My account" in own.content
        assert b"My account" not in public.content


@pytest.mark.django_db
def test_an_address_that_asks_what_no_page_asks_is_made_anew_and_so_is_one_of_another_host(keeping):
    address = reverse("resources:documents")
    assert "no-store" in ask(f"{address}?utm_source=x")["Cache-Control"]
    assert (len(public_pages.plain.pages), len(public_pages.queried.pages)) == (0, 0)
    for _ in range(2):
        assert b"?kind=other" in ask(f"{address}?kind=other&language=en").content
    assert (len(public_pages.plain.pages), len(public_pages.queried.pages)) == (0, 1)
    ask(address)
    assert ask(address, host="evil.example").status_code == HTTPStatus.BAD_REQUEST
    assert list(public_pages.plain.pages) == [f"http://testserver{address}"]


@pytest.mark.django_db
def test_only_good_answers_to_readers_are_kept(keeping):
    draft = factories.document(status="draft")
    for address in (
        reverse("resources:document", args=[draft.key]),
        "/en/nothing/",
        reverse("account_login"),
        reverse("consultations:voices"),
        "/",
    ):
        assert "no-store" in ask(address)["Cache-Control"]
    with CaptureQueriesContext(connection) as queries:
        ask(reverse("health-live"))
    assert len(queries) == 0
    assert ask("/en/search/%3Fq=x").status_code == HTTPStatus.NOT_FOUND
    assert Client().post(reverse("home")).status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert public_pages.plain.pages == {}


@pytest.mark.django_db(transaction=True)
def test_a_page_shows_a_change_and_only_what_was_committed_raises_the_generation(keeping, monkeypatch):
    monkeypatch.setattr(generation, "SECONDS", 0)
    found = factories.document("Before")
    address = reverse("resources:documents")
    assert b"Before" in ask(address).content
    before = PublicChange.objects.total()
    with transaction.atomic():
        type(found).objects.filter(pk=found.pk).update(title_en="After")
        transaction.set_rollback(True)
    assert PublicChange.objects.total() == before
    type(found).objects.filter(pk=0).update(title_en="After")
    assert PublicChange.objects.total() == before
    with transaction.atomic():
        type(found).objects.filter(pk=found.pk).update(title_en="After")
        type(found).objects.filter(pk=found.pk).update(title_en="After all")
    assert PublicChange.objects.total() == before + 1
    assert b"After all" in ask(address).content
    PublicChange.objects.fold()
    PublicChange.objects.fold()
    assert (PublicChange.objects.total(), PublicChange.objects.count()) == (before + 1, 1)


def stub(clock):
    """The middleware before a page that prints the minute."""

    def view(request):
        request.resolver_match = SimpleNamespace(view_name="home")
        return HttpResponse(f"{clock():%H:%M}")

    return PublicPages(view, clock=clock)


@pytest.mark.django_db
def test_a_page_ends_by_itself_at_the_next_moment_and_after_ten_minutes_at_most(keeping, monkeypatch):
    monkeypatch.setattr(public_pages, "DAYS_TURN", timedelta(minutes=15))
    now = NOON
    pages = stub(lambda: now)

    def shown():
        return body(pages(RequestFactory().get("/en/"))).decode()

    assert shown() == "12:01"
    now = NOON + timedelta(minutes=9, seconds=59)
    assert shown() == "12:01"
    now = NOON + timedelta(minutes=10)
    assert shown() == "12:11"
    now = NOON + timedelta(minutes=14)  # a day may have begun somewhere
    assert shown() == "12:15"

    factories.call(
        begins_on=None, opens_at=NOON + timedelta(minutes=17), closes_at=NOON + timedelta(minutes=18)
    )
    public_pages.forget()
    public_pages.valkey.asks_again_at = float("inf")
    seen = []
    for second in range(15 * 60, 19 * 60, 30):
        now = NOON + timedelta(seconds=second)
        seen.append(shown())
    assert seen == ["12:16"] * 4 + ["12:18"] * 2 + ["12:19"] * 2


@pytest.mark.django_db
def test_every_table_of_the_house_is_watched_but_the_private_ones():
    with connection.cursor() as cursor:
        cursor.execute(generation.WATCHED, [generation.TRIGGER])
        watched = {table for (table,) in cursor.fetchall()}
    assert watched == {model._meta.db_table for model in generation.watched_models()}
    assert {"resources_document", "resources_document_objectives", "portal_user"} <= watched
    assert not {"portal_delivery", "portal_logentry", "portal_session"} & watched


@pytest.mark.django_db
def test_every_moment_of_a_watched_table_is_one_at_which_pages_change_or_one_of_the_past():
    names = {
        field.name
        for model in generation.watched_models()
        for field in model._meta.local_fields
        if isinstance(field, models.DateTimeField)
    }
    past = {
        name
        for name in names
        if re.fullmatch(
            r"(\w*ed|\w*given|made|sent|status|taken|told|written|read|shown|passed_over|withdrawn)_at", name
        )
    }
    assert names - past - PAST == generation.MOMENTS


def test_a_shelf_holds_no_more_bytes_than_it_may_and_strangers_queries_push_out_only_each_other(
    keeping, settings
):
    settings.KEPT_PAGES_BYTES = 400_000
    page = public_pages.Page.of(HttpResponse(b"x" * 50), 1, timezone.now() + timedelta(minutes=5))
    public_pages.plain.put("home", page)
    for number in range(500):
        public_pages.keep(f"search?q={number}", page, timezone.now())
    assert 40 < len(public_pages.queried.pages) < 60
    assert public_pages.queried.size <= 100_000
    assert public_pages.queried.size == sum(
        row.size + len(key) for key, row in public_pages.queried.pages.items()
    )
    assert list(public_pages.plain.pages) == ["home"]


@pytest.mark.django_db
def test_another_process_reads_it_from_valkey_and_a_missing_valkey_is_left_alone(keeping, settings):
    address = reverse("home")
    first = ask(address)
    public_pages.forget()
    with CaptureQueriesContext(connection) as queries:
        assert body(ask(address, accept_encoding="br")) == first.content
    assert len(queries) == 2  # the generation and its next moment

    settings.CACHES = settings.CACHES | {
        "pages": settings.CACHES["pages"] | {"LOCATION": "unix:///nowhere/valkey.sock"}
    }
    public_pages.forget()
    assert ask(address).content == first.content
    assert public_pages.valkey.asks_again_at > 0
    with CaptureQueriesContext(connection) as queries:
        assert ask(address).content == first.content
    assert len(queries) == 0
