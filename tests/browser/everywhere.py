"""Every page of the table of pages (tests/test_pages.py), each with somebody to whom it is shown, who looks at it."""

from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests import factories, sessions
from tests.test_pages import LINKS, PEOPLE, ROWS, address_of, world

ADMINISTRATOR = "administrator"
# What is shown in the middle of something: a list that was read, a document that is not published yet.
MIDWAY = {"list-take", "resources:document-publish"}


def viewer(statuses):
    """Who looks at a page: the last of the people of the table to whom it is shown; what none of them is shown, an administrator."""
    shown = [person for person, status in zip(PEOPLE, statuses, strict=True) if status == 200]
    if shown:
        return shown[-1]
    return ADMINISTRATOR if statuses[-1] == 403 else None


def unseen():
    """The addresses that are more than a button, a letter's link or nothing, and at which nobody looks."""
    return [
        name
        for name, (_example, statuses) in ROWS.items()
        if viewer(statuses) is None and statuses[-1] not in (404, 405) and name not in {*LINKS, *MIDWAY}
    ]


def visits():
    """Who looks at what: [(the cookie of the session in which it is shown, paths)]; what is a file is left out."""
    made = world()
    people = made.people | {ADMINISTRATOR: factories.administrator()}
    for person, who in people.items():
        client = Client()
        if who:
            sessions.sign_in(client, who)
        for name in LINKS if person in PEOPLE else ():
            client.get(address_of(name, ROWS[name][0], made))
        paths = [
            address_of(name, example, made)
            for name, (example, statuses) in ROWS.items()
            if viewer(statuses) == person
        ]
        if person == "coordinator":
            draft = factories.document("Not yet told", status="draft", is_outcome=True)
            paths.append(reverse("resources:document-publish", args=[draft.key]))
        cookie = client.cookies.get(settings.SESSION_COOKIE_NAME)
        yield cookie and cookie.value, [path for path in paths if is_page(client.get(path))]


def is_page(answer):
    """Whether it is a page, and neither a file nor a part of a page; a file is read to its end, so that it is closed."""
    return answer.status_code == 200 and answer.getvalue().lstrip().startswith(b"<!doctype html>")
