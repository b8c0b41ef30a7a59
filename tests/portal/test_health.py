"""Health: alive, ready, and what keeps a process from being ready."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from portal.models import Delivery, Recipient
from portal.views import health


@pytest.fixture(autouse=True)
def _tables_are_looked_at(monkeypatch):
    monkeypatch.setitem(health.TABLES, "are there", False)


def test_a_living_process_says_so_without_asking_the_database(client):
    answer = client.get("/health/live")
    assert (answer.status_code, answer.content) == (200, b"live\n")


@pytest.mark.django_db
def test_a_ready_process_tells_what_it_stands_on(client):
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.content.decode().splitlines()) == (
        200,
        ["ready", "database: ok", "mail: ok", "broker: ok", "cache: ok"],
    )
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_late_mail_is_told_and_keeps_nobody_out(client):
    recipient = Recipient.objects.create(address="late@one.example")
    now = timezone.now()
    Delivery.objects.create(
        recipient=recipient,
        key=(key := uuid4()),
        message_id=f"<{key}@portal>",
        not_before=now - timedelta(seconds=90),
        created_at=now,
    )
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.content.decode().splitlines()[2] in {"mail: waiting for 90 s", "mail: waiting for 91 s"}


@pytest.mark.django_db
def test_a_silent_valkey_is_told_and_keeps_nobody_out(client, settings, tmp_path):
    settings.BROKER_URL = settings.CACHE_URL = f"unix://{tmp_path}/nobody.sock"
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.content.decode().splitlines()[3:] == ["broker: silent", "cache: silent"]


@pytest.mark.django_db
def test_a_database_without_its_newest_tables_is_not_ready(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'consultations'")
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.content.decode().splitlines()[:2] == ["not ready", "database: 1 migrations missing"]


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_not_ready(client, monkeypatch):
    def silent(*_arguments, **_names):
        raise health.DatabaseError

    monkeypatch.setattr(connection, "cursor", silent)
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.content.decode().splitlines()[:2] == ["not ready", "database: silent"]
