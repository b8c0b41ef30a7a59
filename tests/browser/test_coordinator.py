"""A new coordinator's whole road from the empty portal, on a wide screen and on a telephone; what it takes is counted."""

import re

import pytest

from consultations.models import Consultation
from consultations.operations import registrations
from portal import languages
from portal.models import Delivery
from portal.operations import reference
from resources.models import Document
from tests import factories
from tests.browser import road
from tests.browser.beside import browsers
from tests.browser.counting import SignedIn
from tests.browser.road import ORGANIZATIONS, OUTCOMES, ZONE
from tests.browser.test_accessibility import CHROMIUM, QUIET, ROOT, WIDE, session_of
from tests.browser.visitors import TELEPHONE
from tests.counted import COUNTED

pytestmark = [
    pytest.mark.long,
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: the desk was not walked"),
]
DEVICES = {"1280 pixels": {"viewport": WIDE}, "390 pixels": TELEPHONE}
ROW = re.compile(r"^\| ([^|]+) \| (\d+) \| (\d+) \|$", re.M)
MOMENTS = ("desk", "form", "question", "rounds", "registrations", "outcome", "announcement")
SHOWN = {
    "1280 pixels": {moment: moment for moment in MOMENTS},
    "390 pixels": {"rounds": "telephone"},
}


def told_in_the_walk_through():
    """What docs/coordinator.md says that each job takes: {job: (clicks, fields)}."""
    rows = ROW.findall((ROOT / "docs" / "coordinator.md").read_text())
    return {job: (int(clicks), int(fields)) for job, clicks, fields in rows}


def leads():
    """Those who have just registered their organizations, each with another language."""
    names = zip(ORGANIZATIONS, ("ar", "fr", "es"), strict=True)
    return [factories.lead(language=language, status="pending", name=name) for name, language in names]


def apply(people):
    """Each lead asks for a place in the one consultation that is open."""
    consultation = Consultation.objects.get()
    for person in people:
        delegate = {"name": person.name, "email": person.email, "language": person.language}
        registrations.register(
            consultation, organization=person.organization, delegates=[delegate], by=person
        )


@pytest.mark.one_a_day("width")
@pytest.mark.parametrize("width", DEVICES)
def test_from_the_empty_portal_to_an_outcome_of_which_everybody_is_told(
    live_server, settings, mailoutbox, record_property, width
):
    settings.ALLOWED_HOSTS = ["*"]
    reference.load(by=None)
    person = factories.coordinator(name="Mary Okoro", time_zone=ZONE)
    people = leads()
    with browsers() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        known = (person.email, session_of(person), person.language)
        coordinator = SignedIn(browser, live_server.url, *known, shown=SHOWN[width], **DEVICES[width])
        walks(coordinator, people)
        browser.close()
    for job, (clicks, fields) in coordinator.counts.items():
        record_property(COUNTED, f"{width}: {job}: {clicks} clicks, {fields} fields")
    record_property(COUNTED, f"{width}: {coordinator.clicks} clicks, {coordinator.fields} fields in all")
    assert coordinator.counts == told_in_the_walk_through()
    assert coordinator.troubles == []
    is_as_she_wanted(Consultation.objects.get())
    everybody_is_told(people, mailoutbox)


def walks(coordinator, people):
    coordinator.page.goto(f"/{coordinator.language}/desk/")
    coordinator.shows("desk")
    road.verifies(coordinator)
    road.builds(coordinator)
    apply(people)
    road.admits(coordinator)
    road.publishes(coordinator)
    road.announces(coordinator)


def is_as_she_wanted(consultation):
    """Two rounds in four languages, a question for some, a quota; all three are confirmed."""
    assert {*consultation.languages} == {*languages.CODES}
    assert [row.round_number for row in consultation.meetings.in_order()] == [1, 2]
    speaks, about_what = consultation.questions.order_by("number")
    assert (about_what.shown_if, about_what.shown_for) == (speaks, ["yes"])
    assert consultation.quotas.get().places == road.QUOTA
    assert {row.status for row in consultation.registrations.all()} == {"confirmed"}


def everybody_is_told(people, letters):
    """Of the outcome each lead once, in his or her own language; and each of what comes next."""
    assert {*Document.objects.get().languages} == {*languages.CODES}
    for person in people:
        told = [letter.subject for letter in letters if letter.to == [person.email]]
        assert [subject for subject in told if OUTCOMES[person.language] in subject] == told[-2:-1], told
    announced = Delivery.objects.filter(notice__kind="announcement-sent", state=Delivery.State.SENT)
    assert announced.count() == len(people)
