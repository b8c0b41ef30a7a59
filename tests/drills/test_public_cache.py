"""Ten thousand readings that meet in a shared cache (G24), and strangers' languages without end (G35)."""

import random

import psutil
import pytest
from django.test import Client
from django.urls import reverse

from portal import public_pages
from tests import factories, shared_cache
from tests.drills import figures

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.timeout(3600),
    pytest.mark.usefixtures("_kept"),
]
MEGABYTE = 1024 * 1024
CODES = 100_000


@pytest.fixture
def _kept(settings):
    settings.KEEP_PAGES = True
    settings.ALLOWED_HOSTS = ["testserver", "localhost"]
    yield
    public_pages.forget()


def test_nobody_gets_the_page_of_another_in_ten_thousand_readings():
    seed = random.randrange(10**6)
    strange = shared_cache.interleave(10_000, seed, languages=("en", "ar", "fr", "es"))
    figures.add("G24", f"10,000 readings through a shared cache, seed {seed}", foreign=len(strange))
    assert strange == []


@pytest.mark.usefixtures("forgetful")
def test_languages_without_end_leave_nothing_behind():
    factories.process("Review forum", is_current=True)
    client, process = Client(), psutil.Process()
    home = reverse("home")

    def visit(numbers):
        for number in numbers:
            wish = f"x{number:x}-{number}"
            client.get("/" if number % 2 else home, headers={"accept-language": f"{wish}, {wish}-a;q=0.5"})
            if number % 10 == 0:
                client.get(f"/{wish}/")

    visit(range(5_000))
    before = process.memory_info().rss
    visit(range(5_000, CODES + 5_000))
    grown = (process.memory_info().rss - before) / MEGABYTE
    figures.add("G35", f"{CODES:,} languages that nobody speaks", grown=f"{grown:.1f} MB")
    assert grown <= 10
