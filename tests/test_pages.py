"""Every address, in four languages, for four kinds of people, over one of each thing: never broken, always a whole page.

Whoever adds an address adds its row: an example of its arguments, and what each kind of person gets.
"""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import translation

from portal import tokens
from portal.models import Body, Invitation
from portal.notifications import OrganizationVerified, notify
from portal.operations import files, organizations, publication
from resources.models import DocumentFile
from tests import factories
from tests.pages import check_html
from tests.routes import routes

pytestmark = pytest.mark.django_db

PEOPLE = ["anonymous", "newcomer", "lead", "coordinator"]
LANGUAGES = ["ar", "en", "fr", "es"]

# What anonymous people, a newcomer without organization, the lead of a verified one, and a coordinator get.
ALL = (200, 200, 200, 200)
SIGNED_IN = (302, 200, 200, 200)
BUTTON = (302, 405, 405, 405)
COORDINATED = (302, 403, 403, 200)
ENTRANCE = (200, 302, 302, 302)
UNDER_WAY = (302, 302, 302, 302)
PROVEN = (302, 200, 200, 302)
MISSING = (302, 404, 404, 404)
TOKEN = (404, 404, 404, 404)

ROWS = {
    "health-live": (None, ALL),
    "health-ready": (None, ALL),
    "metrics": (None, ALL),
    "home": (None, ALL),
    "search": (None, ALL),
    "objectives": (None, ALL),
    "objective": (lambda made: made.objective.number, ALL),
    "processes": (None, ALL),
    "process": (lambda made: made.process.address_key, ALL),
    "working-groups": (None, ALL),
    "working-group": (lambda made: made.group.address_key, ALL),
    "organizations": (None, ALL),
    "organizations-known": (None, ALL),
    "organization": (lambda made: made.organization.slug, ALL),
    "organization-register": (None, SIGNED_IN),
    "organization-edit": (lambda made: made.organization.key, (302, 403, 200, 403)),
    "invite": (lambda made: made.organization.key, (302, 403, 200, 403)),
    "organization-claim": (lambda made: made.known.key, SIGNED_IN),
    "organization-refuse": (lambda made: made.claim.organization.key, (302, 403, 403, 200)),
    "organization-verify": (lambda made: made.organization.key, BUTTON),
    "organization-suspend": (lambda made: made.organization.key, BUTTON),
    "my-organization": (lambda made: made.organization.key, (302, 404, 200, 404)),
    "invitation": (lambda made: made.letter, (302, 302, 302, 302)),
    "invitation-open": (None, ALL),
    "invitation-accept": (None, BUTTON),
    "account": (None, SIGNED_IN),
    "stop-messages": (lambda made: "nothing", TOKEN),
    "stop-messages-open": (None, TOKEN),
    "choices": (lambda made: "nothing", TOKEN),
    "choices-open": (None, UNDER_WAY),
    "account-messages": (None, SIGNED_IN),
    "inbox": (None, SIGNED_IN),
    "inbox-read-all": (None, BUTTON),
    "inbox-read": (lambda made: uuid4(), BUTTON),
    "messages-again": (lambda made: "nothing", TOKEN),
    "messages-again-open": (None, TOKEN),
    "outbox": (None, COORDINATED),
    "outbox-retry": (lambda made: uuid4(), BUTTON),
    "outbox-cancel": (lambda made: uuid4(), BUTTON),
    "suppression-lift": (lambda made: uuid4(), BUTTON),
    "desk": (None, COORDINATED),
    "desk-organizations": (None, COORDINATED),
    "notices": (None, COORDINATED),
    "notice": (lambda made: made.notice.key, COORDINATED),
    "resources:documents": (None, ALL),
    "resources:document": (lambda made: made.document.address_key, ALL),
    "resources:document-text": (lambda made: [made.document.address_key, "en"], ALL),
    "resources:document-tell": (lambda made: made.document.key, COORDINATED),
    "resources:document-new": (None, COORDINATED),
    "resources:document-edit": (lambda made: made.document.key, COORDINATED),
    "resources:document-publish": (lambda made: made.document.key, (302, 403, 403, 302)),
    "resources:document-withdraw": (lambda made: made.document.key, COORDINATED),
    "resources:file": (lambda made: [made.document.key, "en"], ALL),
    "resources:pages": (None, ALL),
    "resources:page": (lambda made: made.page.address_key, ALL),
    "resources:campaigns": (None, ALL),
    "resources:campaign": (lambda made: made.campaign.address_key, ALL),
    "resources:practices": (None, ALL),
    "resources:practice": (lambda made: made.practice.address_key, ALL),
    "consultations:consultations": (None, ALL),
    "consultations:consultation": (lambda made: made.consultation.address_key, ALL),
    "consultations:register": (lambda made: made.consultation.key, SIGNED_IN),
    "consultations:registration": (lambda made: made.registration.key, (302, 404, 200, 200)),
    "consultations:calendar": (lambda made: made.consultation.address_key, ALL),
    "consultations:consultation-new": (None, COORDINATED),
    "consultations:consultation-edit": (lambda made: made.consultation.key, COORDINATED),
    "consultations:consultation-announce": (lambda made: made.consultation.key, BUTTON),
    "consultations:consultation-open": (lambda made: made.consultation.key, BUTTON),
    "consultations:consultation-close": (lambda made: made.consultation.key, BUTTON),
    "consultations:consultation-archive": (lambda made: made.consultation.key, BUTTON),
    "consultations:meeting-new": (lambda made: made.consultation.key, COORDINATED),
    "consultations:meeting-edit": (lambda made: made.meeting.key, COORDINATED),
    "consultations:meeting-cancel": (lambda made: made.meeting.key, BUTTON),
    "consultations:meeting-remove": (lambda made: made.meeting.key, BUTTON),
    "consultations:registrations": (lambda made: made.consultation.key, COORDINATED),
    "consultations:registrations-file": (lambda made: made.consultation.key, COORDINATED),
    "consultations:delegates": (lambda made: made.registration.key, (302, 404, 200, 403)),
    "consultations:registration-cancel": (lambda made: made.registration.key, (302, 404, 200, 200)),
    "consultations:registration-calendar": (lambda made: made.registration.key, (302, 404, 200, 200)),
    "consultations:registration-confirm": (lambda made: made.registration.key, BUTTON),
    "consultations:registration-decline": (lambda made: made.registration.key, (302, 404, 403, 200)),
    "consultations:calls": (None, ALL),
    "consultations:call": (lambda made: made.call.address_key, ALL),
    "consultations:commitments": (None, ALL),
    "consultations:commitment": (lambda made: made.commitment.address_key, ALL),
    "consultations:accreditation-tracks": (None, ALL),
    "consultations:accreditation-track": (lambda made: made.track.address_key, ALL),
    "account_login": (None, ENTRANCE),
    "account_signup": (None, ENTRANCE),
    "account_request_login_code": (None, ENTRANCE),
    "account_inactive": (None, ALL),
    "account_reset_password": (None, ALL),
    "account_password_reset_completed": (None, ALL),
    "account_confirm_login_code": (None, UNDER_WAY),
    "account_confirm_password_reset_code": (None, UNDER_WAY),
    "account_complete_password_reset": (None, UNDER_WAY),
    "account_email_verification_sent": (None, UNDER_WAY),
    "account_logout": (None, SIGNED_IN),
    "account_email": (None, SIGNED_IN),
    "account_change_password": (None, UNDER_WAY),
    "account_set_password": (None, SIGNED_IN),
    "account_reauthenticate": (None, (302, 403, 403, 302)),
    "mfa_index": (None, SIGNED_IN),
    "mfa_authenticate": (None, UNDER_WAY),
    "mfa_reauthenticate": (None, (302, 403, 403, 200)),
    "mfa_activate_totp": (None, PROVEN),
    "mfa_deactivate_totp": (None, (302, 404, 404, 302)),
    "mfa_view_recovery_codes": (None, MISSING),
    "mfa_generate_recovery_codes": (None, PROVEN),
    "mfa_download_recovery_codes": (None, MISSING),
    "mfa_list_webauthn": (None, SIGNED_IN),
    "mfa_add_webauthn": (None, PROVEN),
    "mfa_reauthenticate_webauthn": (None, (302, 403, 403, 302)),
    "mfa_remove_webauthn": (lambda made: 1, (302, 404, 404, 302)),
    "mfa_edit_webauthn": (lambda made: 1, (302, 404, 404, 302)),
    "mfa_login_webauthn": (None, UNDER_WAY),
}
NAMELESS = {"", "robots.txt"}


def world():
    """One of each thing that an address can lead to, and the people who ask."""
    objective, process = factories.objective(15), factories.process("Review forum", is_current=True)
    lead, coordinator = factories.lead(in_directory=True), factories.coordinator()
    consultation = factories.open_consultation(process=process, objectives=[objective])
    factories.phase(process=process)
    factories.organization(status="pending", lead=factories.user())
    known, newcomer = factories.organization(status="known"), factories.user()
    factories.claim(newcomer, status="refused")
    return SimpleNamespace(
        people={"anonymous": None, "newcomer": newcomer, "lead": lead, "coordinator": coordinator},
        objective=objective,
        process=process,
        organization=lead.organization,
        known=known,
        claim=factories.claim(newcomer),
        consultation=consultation,
        registration=factories.registration(consultation, lead.organization),
        meeting=consultation.meetings.get(),
        document=document(coordinator, process=process, objectives=[objective]),
        group=factories.working_group(objectives=[objective]),
        page=factories.resource_page(),
        campaign=factories.campaign(process=process),
        practice=factories.practice(objectives=[objective]),
        call=factories.call(process=process, objectives=[objective]),
        commitment=factories.commitment(process=process, objectives=[objective]),
        track=factories.accreditation_track(process=process),
        notice=notify(OrganizationVerified, lead.organization, by=coordinator),
        letter=letter(lead),
    )


def document(by, **fields):
    """A document with a file and a light text."""
    made = factories.document(**fields)
    Body.objects.create(thing=made, language="en", markdown="The text.", html="<p>The text.</p>")
    stored = files.store(factories.pdf(), by=by)
    DocumentFile.objects.create(document=made, language="en", file=stored)
    publication.changed(made)
    return made


def letter(lead):
    """The token of an invitation that has not been used."""
    sent = organizations.invite(lead.organization, email="colleague@people.example", language="en", by=lead)
    return tokens.make(Invitation.PURPOSE, sent.nonce)


def address_of(name, example, made):
    arguments = example(made) if example else []
    return reverse(name, args=arguments if isinstance(arguments, list) else [arguments])


def problem_with(response, expected, language):
    """What is wrong with an answer, in a line; nothing if it is as it should be."""
    if response.status_code != expected:
        return f"{response.status_code} instead of {expected} {response.headers.get('Location', '')}"
    if response.streaming:
        # Read to its end, so that the file behind it is closed.
        return "" if b"".join(response.streaming_content) else "an empty file"
    if not response["Content-Type"].startswith("text/html") or not response.content:
        return ""
    try:
        check_html(response.content.decode(), language)
    except AssertionError as wrong:
        return str(wrong).splitlines()[0]
    return ""


def test_every_address_has_its_row():
    found = list(routes())
    assert {name for name, _pattern in found if name} == set(ROWS)
    assert {str(pattern.pattern) for name, pattern in found if not name} == NAMELESS


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_in_every_language_for_everybody(client, language, person):
    made, problems = world(), []
    who = made.people[person]
    client.raise_request_exception = False
    if who:
        client.force_login(who)
    with translation.override(language):
        addresses = {name: address_of(name, example, made) for name, (example, _statuses) in ROWS.items()}
    for name, address in addresses.items():
        expected = ROWS[name][1][PEOPLE.index(person)]
        if problem := problem_with(client.get(address), expected, language):
            problems.append(f"{name}: {problem}")
    assert not problems, "\n".join(problems)
