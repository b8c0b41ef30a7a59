"""No shared cache gives anybody another's page (G24): a hundred readings here, ten thousand as a drill."""

import random

import pytest
from django.core.cache import caches

from portal import public_pages
from tests import shared_cache

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_kept")]


@pytest.fixture
def _kept(settings):
    settings.KEEP_PAGES = True
    settings.ALLOWED_HOSTS = ["testserver", "localhost"]
    yield
    public_pages.forget()


def test_nobody_gets_the_page_of_another():
    assert shared_cache.interleave(120, random.randrange(10**6), languages=("en", "ar")) == []


def test_the_test_finds_a_cache_that_overlooks_the_cookie(monkeypatch):
    monkeypatch.setattr(public_pages, "is_personal", lambda request: request.method != "GET")
    assert shared_cache.interleave(80, 7, languages=("en",)) != []


def test_what_stands_in_the_shared_server_are_plain_bytes_that_nothing_runs():
    pages = caches["pages"]
    server = pages._cache.get_client(None)
    pages.set("plain", b"\x80\x04bytes")
    assert server.get(pages.make_key("plain")) == pages.get("plain") == b"\x80\x04bytes"
    with pytest.raises(TypeError, match="only bytes and counts"):
        pages.set("other", ["a list"])
