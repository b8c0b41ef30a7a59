"""Fills in the forms of the pages and has each refused: what comes back must hold every word that was typed."""

from dataclasses import dataclass
from html import escape
from random import Random
from unittest.mock import patch

from django.db import transaction

from portal.errors import Refused
from portal.forms.base import CreatingForm, OperationForm
from tests.filling import Forms
from tests.safety.exits import PAGES

# Who may most, first; where the table lets none of them act, the last one tries.
ABLE = ("coordinator", "confirmed", "guest", "token-holder", "lead")
SHOWN_AGAIN = {409, 422}
SAMPLE = 40  # of more than a hundred pages; the drill tries all


@dataclass
class Refusal:
    """A form that was refused: where, the status of the answer, the fields whose words it has lost."""

    name: str
    address: str
    status: int
    lost: list

    @property
    def keeps_all(self):
        return self.status in SHOWN_AGAIN and not self.lost


def try_all(where, client_of, seed):
    """Every form that takes words, of all pages or of a sample, filled in and refused: [Refusal]."""
    pages = list(pages_with_forms(where))
    if seed is not None:
        pages = Random(seed).sample(pages, SAMPLE)
    clients, found = {}, []
    with patch.object(OperationForm, "run", refuse), patch.object(CreatingForm, "run", refuse):
        for name, address, role in pages:
            client = clients.setdefault(role, client_of(role))
            page = client.get(address).content.decode()
            found += [sent(client, name, form.action or address, form) for form in Forms(page).forms]
    return found


def refuse(*_given, **_values):
    raise Refused("Not at this moment.")


def pages_with_forms(where):
    """One address of each page with a form, and somebody who may send it: (name, address, role)."""
    seen = set()
    for name, thing, address in where:
        row = PAGES[name]
        if name in seen or not row.posted or row.is_button:
            continue
        able = (
            role for role in ABLE if row.lets_in("sent", thing, role) and row.lets_in("read", thing, role)
        )
        if role := next(able, None):
            seen.add(name)
            yield name, address, role


def sent(client, name, address, form):
    """What comes of sending a form; nothing that it does stays."""
    point = transaction.savepoint()
    answer = client.post(address, form.sent)
    text = answer.content.decode()
    transaction.savepoint_rollback(point)
    lost = [field for field, words in form.written.items() if escape(words) not in text]
    return Refusal(name, address, answer.status_code, lost)
