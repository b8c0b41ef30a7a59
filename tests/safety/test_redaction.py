"""The log says what went wrong and in which request, never who, from where, or with which token (D20, G29)."""

import io
import logging
import logging.config
from http import HTTPStatus

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from portal import tokens
from portal.models import User
from portal.redaction import Redaction, redact, request_id
from tests import factories

# The same in each process of the suite, since the names of the tests hold them.
TOKEN = tokens.make("invitation", "0" * 64)
KEY = "7d0c9f0e-5b1a-4c1e-9d53-2f3a8f0c4b6d"


@pytest.mark.parametrize(
    ("line", "clean"),
    [
        ("Not Found: /en/consultations/", "Not Found: /en/consultations/"),
        (f"Not Found: /en/documents/{KEY}/", f"Not Found: /en/documents/{KEY}/"),
        (f"Not Found: /fr/invitation/{TOKEN}/", "Not Found: /fr/invitation/[token]/"),
        ("GET /en/search/?q=Amal+Haddad&page=2 200", "GET /en/search/?[left out] 200"),
        ("bounced: amal.haddad@mail.example (550)", "bounced: [address] (550)"),
        ("to=<امل@بريد.example>", "to=<[address]>"),
        ("next=/x%3Femail%3Damal%40mail.example", "next=/[address]"),
        ("Cookie: session=abc; csrf=def", "Cookie [left out]"),
        ("{'Set-Cookie': '__Host-session=abc; Path=/'}", "{'Set-Cookie [left out]"),
        ("Authorization: Bearer x", "Authorization [left out]"),
        ("lost __Host-session=k3y9 of somebody", "lost __Host-session=[left out] of somebody"),
        ("session key 0k3jr84hf7d6s5a4q3w2e1r0t9y8u7i6", "session key [token]"),
        ("Invalid request from ip=203.0.113.9: x", "Invalid request from ip=[network address]: x"),
        ("peer 2001:db8::1 left", "peer [network address] left"),
        ("at 12:30:05 the beat rang", "at 12:30:05 the beat rang"),
        (
            "portal.operations.delivery_of_messages_to_everybody",
            "portal.operations.delivery_of_messages_to_everybody",
        ),
        ("DETAIL:  Failing row contains (7, Amal Haddad).", "DETAIL: [left out]"),
    ],
)
def test_a_line_keeps_what_helps_and_loses_what_tells_who(line, clean):
    assert redact(line) == clean


@pytest.fixture
def written():
    """What the portal's own console handler writes, with its filter and format."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(Redaction())
    handler.setFormatter(logging.Formatter(settings.LOGGING["formatters"]["line"]["format"]))
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream.getvalue
    root.removeHandler(handler)


def test_every_handler_of_the_settings_has_the_filter():
    handlers = settings.LOGGING["handlers"].values()
    assert [handler.get("filters") for handler in handlers] == [["redaction"]] * len(handlers)
    assert settings.LOGGING["filters"]["redaction"]["()"] == "portal.redaction.Redaction"
    assert [logger for logger in settings.LOGGING["loggers"].values() if "handlers" in logger] == []
    assert settings.ADMINS == []


def test_arguments_and_traces_are_cleaned_too(written):
    try:
        raise ValueError("amal@mail.example is taken")
    except ValueError:
        logging.getLogger("library").exception(
            "for %s from %s", "amal@mail.example", "192.0.2.7", stack_info=True
        )
    text = written()
    assert "amal" not in text
    assert "192.0.2.7" not in text
    assert "for [address] from [network address]" in text
    assert "ValueError: [address] is taken" in text
    assert "test_redaction.py" in text


@pytest.mark.django_db
def test_a_row_that_the_database_refuses_is_not_shown(written):
    factories.user("amal@mail.example", name="Amal Haddad")
    for values in (
        {"email": "AMAL@mail.example"},
        {"email": "b@mail.example", "language": "xx", "name": "Huda Nasser"},
    ):
        try:
            with transaction.atomic():
                User.objects.create(**values)
        except IntegrityError:
            logging.getLogger("library").exception("refused")
    text = written()
    assert text.count("refused") == 2
    assert "user_language_is_spoken" in text
    assert [word for word in ("amal", "Amal", "AMAL", "Huda", "b@mail") if word in text] == []


@pytest.mark.django_db
def test_a_request_that_breaks_is_found_by_its_id_alone(written, monkeypatch):
    from portal.pages import home

    def broken(*_args, **_kwargs):
        raise RuntimeError("for amal@mail.example")

    monkeypatch.setattr(home, "render", broken)
    client = Client(raise_request_exception=False)
    response = client.get(reverse("home") + "?who=amal", headers={"Cookie": "session=abc"})
    assert response.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    text = written()
    assert f" {response['X-Request-ID']} Internal Server Error" in text
    assert "RuntimeError: for [address]" in text
    assert "amal" not in text


@pytest.mark.django_db
def test_a_token_in_an_address_stays_out_of_the_log(written):
    for address in (
        f"/en/invitation/{TOKEN}/nothing/",
        f"/en/nothing/{TOKEN}/",
        f"/en/nothing/?token={TOKEN}",
    ):
        assert Client().get(address).status_code == HTTPStatus.NOT_FOUND
    text = written()
    assert text.count("Not Found") == 3
    assert TOKEN not in text


@pytest.mark.django_db
def test_a_line_bears_the_id_of_its_request_and_outside_of_any_none(written):
    response = Client().get("/en/nothing/")
    logging.getLogger("portal").warning("between two requests")
    lines = written().splitlines()
    assert f" {response['X-Request-ID']} Not Found" in lines[0]
    assert lines[1].endswith("portal - between two requests")
    assert request_id.get() == "-"
