"""The JSON interface answers as its own description says, whatever it is asked (schemathesis)."""

import pytest
import schemathesis
from django.db import connections
from hypothesis import HealthCheck, given
from hypothesis import settings as bounds
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from portal.operations import limits
from portal.operations.limits import Rate
from portal.wsgi import application as served
from tests.portal.test_api import MAKERS

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300)]
CHECKS = [
    not_a_server_error,
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
]


def application(environ, start):
    """The portal, asked from an address, as a server would say, and for plain answers: nobody here unpacks them."""
    return served(environ | {"REMOTE_ADDR": "127.0.0.1", "HTTP_ACCEPT_ENCODING": "identity"}, start)


@pytest.fixture
def description(monkeypatch, settings):
    """What the interface says of itself, over one of each thing."""
    monkeypatch.setattr(limits, "READING", Rate(10**6, limits.READING.within))
    # An answer that is read to its end would take the connection of the test with it.
    monkeypatch.setattr(connections["default"], "close", lambda: None)
    settings.ALLOWED_HOSTS = ["localhost"]
    for make in MAKERS.values():
        make()
    return schemathesis.openapi.from_wsgi("/api/openapi.json", application)


def ask(operation, mode, examples):
    """Ask an address questions that its description allows, or that it does not allow."""

    @bounds(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def check(case):
        case.validate_response(case.call(), checks=CHECKS)

    check()


@pytest.mark.parametrize(
    "mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["meant", "not meant"]
)
def test_no_question_breaks_it_or_is_answered_in_another_shape(description, mode, seed):
    """The first few questions that are drawn, in the drill more."""
    asked = [found.ok() for found in description.get_all_operations()]
    assert asked
    for operation in asked:
        if mode == GenerationMode.POSITIVE or operation.path_parameters or operation.query:
            ask(operation, mode, 12 if seed is None else 4)
