"""Every address, in four languages, for four kinds of people, over one of each thing: never broken, always a whole page.

Each is asked by one of these people and read in one of the languages, by others in others on another day; in the drill
by all, in all of them (tests/drills/test_pages.py).

Whoever adds an address adds its row: an example of its arguments, and what each kind of person gets.
"""

from datetime import date
from http import HTTPStatus
from itertools import product
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from consultations import signing
from consultations.models import Circular, RegistrationLink, SignOnLink
from consultations.notifications import AnnouncementSent
from consultations.operations import (
    feeds,
    guests,
    inputs,
    materials,
    meeting_notes,
    postcards,
    priorities,
    sources,
    voices,
)
from portal import tokens
from portal.models import Body, Invitation, JoinRequest
from portal.notifications import OrganizationVerified, notify
from portal.operations import files, organizations, publication
from resources.models import DocumentFile
from resources.operations import campaigns
from tests import factories, samples, sessions
from tests.pages import check_html
from tests.routes import routes

pytestmark = [pytest.mark.long, pytest.mark.django_db]

PEOPLE = ["anonymous", "newcomer", "lead", "coordinator"]
LANGUAGES = ["ar", "en", "fr", "es"]

# What anonymous people, a newcomer without organization, the lead of a verified one, and a coordinator get.
ALL = (200, 200, 200, 200)
SIGNED_IN = (302, 200, 200, 200)
BUTTON = (302, 405, 405, 405)
COORDINATED = (302, 403, 403, 200)
ENTRANCE = (200, 302, 302, 302)
UNDER_WAY = (302, 302, 302, 302)
MISSING = (302, 404, 404, 404)
TOKEN = (404, 404, 404, 404)

ROWS = {
    "health-live": (None, ALL),
    "health-ready": (None, ALL),
    "metrics": (None, ALL),
    "feed": (None, ALL),
    "objective-feed": (lambda made: made.objective.number, ALL),
    "process-feed": (lambda made: made.process.address_key, ALL),
    "meetings-calendar": (None, ALL),
    "objective-calendar": (lambda made: made.objective.number, ALL),
    "process-calendar": (lambda made: made.process.address_key, ALL),
    "process-file": (lambda made: made.process.address_key, ALL),
    "consultations-file": (lambda made: "csv", ALL),
    "library-file": (lambda made: "csv", ALL),
    "papers-file": (lambda made: "csv", ALL),
    "practices-file": (lambda made: "csv", ALL),
    "campaigns-file": (lambda made: "csv", ALL),
    "commitments-file": (lambda made: "csv", ALL),
    "submissions-file": (lambda made: "csv", ALL),
    "organizations-file": (lambda made: "csv", ALL),
    "objectives-file": (lambda made: "csv", ALL),
    "processes-file": (lambda made: "csv", ALL),
    "sitemap": (None, ALL),
    "sitemap-part": (lambda made: ["document", 1], ALL),
    "api:api-root": (None, ALL),
    "api:openapi-json": (None, ALL),
    "api:objectives": (None, ALL),
    "api:principles": (None, ALL),
    "api:regions": (None, ALL),
    "api:countries": (None, ALL),
    "api:processes": (None, ALL),
    "api:phases": (None, ALL),
    "api:consultations": (None, ALL),
    "api:meetings": (None, ALL),
    "api:calls": (None, ALL),
    "api:documents": (None, ALL),
    "api:papers": (None, ALL),
    "api:versions": (None, ALL),
    "api:endorsements": (None, ALL),
    "api:commitments": (None, ALL),
    "api:submissions": (None, ALL),
    "api:practices": (None, ALL),
    "api:campaigns": (None, ALL),
    "api:pages": (None, ALL),
    "api:page-sections": (None, ALL),
    "api:organizations": (None, ALL),
    "api:objective": (lambda made: made.objective.number, ALL),
    "api:principle": (lambda made: made.principle.number, ALL),
    "api:region": (lambda made: "nowhere", TOKEN),
    "api:country": (lambda made: "XX", TOKEN),
    "api:process": (lambda made: made.process.key, ALL),
    "api:phase": (lambda made: made.phase.key, ALL),
    "api:consultation": (lambda made: made.consultation.key, ALL),
    "api:meeting": (lambda made: made.meeting.key, ALL),
    "api:call": (lambda made: made.call.key, ALL),
    "api:document": (lambda made: made.document.key, ALL),
    "api:paper": (lambda made: made.paper.key, ALL),
    "api:version": (lambda made: made.version.key, ALL),
    "api:commitment": (lambda made: made.commitment.key, ALL),
    "api:submission": (lambda made: made.submission.key, ALL),
    "api:practice": (lambda made: made.practice.key, ALL),
    "api:campaign": (lambda made: made.campaign.key, ALL),
    "api:page": (lambda made: made.page.key, ALL),
    "api:page-section": (lambda made: made.page_section.key, ALL),
    "api:organization": (lambda made: made.organization.key, ALL),
    "api:endorsement": (lambda made: made.endorsement.key, ALL),
    "home": (None, ALL),
    "what-is-kept": (None, ALL),
    "privacy": (None, ALL),
    "accessibility": (None, ALL),
    "contact": (None, ALL),
    "interface": (None, ALL),
    "kept": (None, ALL),
    "manifest": (None, ALL),
    "worker": (None, ALL),
    "brand-sheet": (lambda made: "nothing", TOKEN),
    "brand-logo": (lambda made: "nothing", TOKEN),
    "search": (None, ALL),
    "suggestions": (None, ALL),
    "objectives": (None, ALL),
    "objective": (lambda made: made.objective.number, ALL),
    "principles": (None, ALL),
    "principle": (lambda made: made.principle.number, ALL),
    "glossary": (None, ALL),
    "processes": (None, ALL),
    "process-new": (None, COORDINATED),
    "process-edit": (lambda made: made.process.key, COORDINATED),
    "process-publish": (lambda made: made.process.key, BUTTON),
    "process-withdraw": (lambda made: made.process.key, BUTTON),
    "participation": (lambda made: made.process.key, COORDINATED),
    "report-ask": (lambda made: made.process.key, BUTTON),
    "report": (lambda made: made.figures.key, (302, 404, 404, 200)),
    "participation-file": (lambda made: made.process.key, COORDINATED),
    "participation-workbook": (lambda made: made.process.key, COORDINATED),
    "process-copy": (lambda made: made.process.key, COORDINATED),
    "phase-new": (lambda made: made.process.key, COORDINATED),
    "phase-edit": (lambda made: made.phase.key, COORDINATED),
    "phase-remove": (lambda made: made.phase.key, BUTTON),
    "process": (lambda made: made.process.address_key, ALL),
    "working-groups": (None, ALL),
    "working-group-new": (None, COORDINATED),
    "working-group-edit": (lambda made: made.group.key, COORDINATED),
    "working-group-publish": (lambda made: made.group.key, BUTTON),
    "working-group-withdraw": (lambda made: made.group.key, BUTTON),
    "group-join": (lambda made: made.group.key, (302, 403, 200, 403)),
    "group-answer": (lambda made: made.asked.key, (302, 404, 404, 200)),
    "group-take-back": (lambda made: made.asked.key, BUTTON),
    "group-leave": (lambda made: made.member.key, BUTTON),
    "group-appoint": (lambda made: made.member.key, BUTTON),
    "consultations:group-work": (lambda made: made.group.key, COORDINATED),
    "working-group": (lambda made: made.group.address_key, ALL),
    "organizations": (None, ALL),
    "organizations-known": (None, ALL),
    "organizations-coverage": (None, ALL),
    "organization": (lambda made: made.organization.slug, ALL),
    "organization-register": (None, SIGNED_IN),
    "organization-edit": (lambda made: made.organization.key, (302, 403, 200, 403)),
    "organization-listing": (lambda made: made.organization.key, (302, 403, 200, 403)),
    "invite": (lambda made: made.organization.key, (302, 403, 200, 403)),
    "organization-claim": (lambda made: made.known.key, SIGNED_IN),
    "organization-refuse": (lambda made: made.claim.organization.key, (302, 403, 403, 200)),
    "organization-verify": (lambda made: made.organization.key, BUTTON),
    "organization-suspend": (lambda made: made.organization.key, (302, 403, 403, 200)),
    "organization-lead": (lambda made: made.organization.key, (302, 403, 403, 200)),
    "my-organization": (lambda made: made.organization.key, (302, 404, 200, 404)),
    "invitation": (lambda made: made.letter, (302, 302, 302, 302)),
    "invitation-open": (None, ALL),
    "invitation-accept": (None, BUTTON),
    "account": (None, SIGNED_IN),
    "my-data": (None, SIGNED_IN),
    "my-data-file": (None, BUTTON),
    "sessions": (None, SIGNED_IN),
    "sessions-end": (None, BUTTON),
    "session-end": (lambda made: uuid4(), BUTTON),
    "my-data-erase": (None, SIGNED_IN),
    "proof": (None, (302, 200, 200, 302)),
    "proof-send": (None, BUTTON),
    "unsent": (None, UNDER_WAY),
    "stop-messages": (lambda made: "nothing", TOKEN),
    "stop-messages-open": (None, TOKEN),
    "choices": (lambda made: "nothing", TOKEN),
    "choices-open": (None, UNDER_WAY),
    "account-messages": (None, SIGNED_IN),
    "inbox": (None, SIGNED_IN),
    "code-again": (None, (405, 405, 405, 405)),
    "inbox-read-all": (None, BUTTON),
    "inbox-read": (lambda made: uuid4(), BUTTON),
    "messages-again": (lambda made: "nothing", TOKEN),
    "messages-again-open": (None, TOKEN),
    "installation": (None, (302, 403, 403, 403)),
    "security": (None, (302, 403, 403, 403)),
    "outbox": (None, COORDINATED),
    "outbox-retry": (lambda made: uuid4(), BUTTON),
    "outbox-cancel": (lambda made: uuid4(), BUTTON),
    "suppression-lift": (lambda made: uuid4(), BUTTON),
    "desk": (None, COORDINATED),
    "desk-organizations": (None, COORDINATED),
    "list-new": (None, COORDINATED),
    "list-take": (None, (302, 403, 403, 302)),
    "merger-choose": (lambda made: made.organization.key, COORDINATED),
    "merger": (lambda made: [made.organization.key, made.known.key], COORDINATED),
    "desk-organization": (lambda made: made.organization.key, COORDINATED),
    "translations": (None, COORDINATED),
    "translation": (lambda made: ["document", made.document.key, "es"], (*MISSING[:3], 200)),
    "translation-file": (lambda made: ["document", made.document.key, "es"], (*MISSING[:3], 200)),
    "translation-table": (lambda made: ["document", made.document.key, "es"], (*MISSING[:3], 200)),
    "translation-bring-back": (lambda made: ["document", made.document.key, "es"], BUTTON),
    "translation-give": (lambda made: ["document", made.document.key, "es"], (*MISSING[:3], 200)),
    "translation-take-back": (lambda made: ["document", made.document.key, "es"], BUTTON),
    "preview-consultation": (lambda made: made.consultation.key, COORDINATED),
    "preview-page": (lambda made: made.page.key, COORDINATED),
    "consultation-languages": (lambda made: made.consultation.key, COORDINATED),
    "page-languages": (lambda made: made.page.key, COORDINATED),
    "hand-over": (None, COORDINATED),
    "role-new": (None, (302, 403, 403, 403)),
    "role": (lambda made: made.role.key, (302, 404, 404, 200)),
    "role-take": (lambda made: made.role.key, BUTTON),
    "log": (None, COORDINATED),
    "thing-log": (lambda made: ["document", made.document.key], COORDINATED),
    "log-file": (None, COORDINATED),
    "log-workbook": (None, COORDINATED),
    "notices": (None, COORDINATED),
    "notice": (lambda made: made.notice.key, (302, 404, 404, 200)),
    "resources:documents": (None, ALL),
    "resources:document": (lambda made: made.document.address_key, ALL),
    "resources:document-text": (lambda made: [made.document.address_key, "en"], ALL),
    "resources:document-tell": (lambda made: made.document.key, COORDINATED),
    "resources:document-new": (None, COORDINATED),
    "resources:uploads": (None, COORDINATED),
    "resources:upload-titles": (None, COORDINATED),
    "resources:document-edit": (lambda made: made.document.key, COORDINATED),
    "resources:document-publish": (lambda made: made.document.key, (302, 403, 403, 302)),
    "resources:document-withdraw": (lambda made: made.document.key, COORDINATED),
    "short": (lambda made: made.document.key.hex[: made.document.SHORT], UNDER_WAY),
    "resources:file": (lambda made: [made.document.key, "en"], ALL),
    "resources:cover": (lambda made: [made.document.key, "en"], ALL),
    "resources:pages": (None, ALL),
    "resources:page": (lambda made: made.page.address_key, ALL),
    "resources:page-new": (None, COORDINATED),
    "resources:page-edit": (lambda made: made.page.key, COORDINATED),
    "resources:page-publish": (lambda made: made.page.key, BUTTON),
    "resources:page-withdraw": (lambda made: made.page.key, BUTTON),
    "resources:page-schedule": (lambda made: made.page.key, COORDINATED),
    "resources:page-unschedule": (lambda made: made.page.key, BUTTON),
    "resources:page-address": (lambda made: made.page.key, COORDINATED),
    "resources:page-up": (lambda made: made.page.key, BUTTON),
    "resources:page-down": (lambda made: made.page.key, BUTTON),
    "resources:section-new": (lambda made: made.page.key, COORDINATED),
    "resources:section-edit": (lambda made: made.page_section.key, COORDINATED),
    "resources:section-history": (lambda made: made.page_section.key, COORDINATED),
    "resources:section-take-back": (lambda made: made.section_edit.key, BUTTON),
    "resources:section-up": (lambda made: made.page_section.key, BUTTON),
    "resources:section-down": (lambda made: made.page_section.key, BUTTON),
    "resources:section-take-out": (lambda made: made.page_section.key, BUTTON),
    "resources:section-put-back": (lambda made: made.page_section.key, BUTTON),
    "resources:attachment-new": (lambda made: made.page.key, COORDINATED),
    "resources:attachment": (lambda made: made.attachment.key, ALL),
    "resources:attachment-remove": (lambda made: made.attachment.key, BUTTON),
    "resources:campaigns": (None, ALL),
    "resources:campaign": (lambda made: made.campaign.address_key, ALL),
    "resources:campaign-new": (None, COORDINATED),
    "resources:campaign-edit": (lambda made: made.campaign.key, COORDINATED),
    "resources:campaign-publish": (lambda made: made.campaign.key, BUTTON),
    "resources:campaign-withdraw": (lambda made: made.campaign.key, BUTTON),
    "resources:campaign-materials": (lambda made: made.campaign.key, COORDINATED),
    "resources:campaign-take-part": (lambda made: made.campaign.key, (302, 403, 200, 403)),
    "resources:campaign-file": (lambda made: made.campaign.key, COORDINATED),
    "resources:campaign-material": (lambda made: made.campaign_material.key, ALL),
    "resources:campaign-picture": (lambda made: [made.campaign.key, "en"], ALL),
    "resources:campaign-material-remove": (lambda made: made.campaign_material.key, BUTTON),
    "resources:participation": (lambda made: made.participation.key, (302, 403, 200, 403)),
    "resources:participation-withdraw": (lambda made: made.participation.key, BUTTON),
    "resources:practices": (None, ALL),
    "resources:practice": (lambda made: made.practice.address_key, ALL),
    "resources:practice-edit": (lambda made: made.practice.key, COORDINATED),
    "resources:practice-publish": (lambda made: made.practice.key, BUTTON),
    "resources:plan-answer-new": (lambda made: made.plan.key, (302, 403, 200, 403)),
    "resources:plan-answer": (lambda made: made.plan_answer.key, (302, 404, 200, 404)),
    "resources:practice-change": (lambda made: made.practice.key, BUTTON),
    "resources:practice-withdraw": (lambda made: made.practice.key, BUTTON),
    "resources:proposals": (None, SIGNED_IN),
    "resources:proposal-new": (None, (302, 403, 200, 403)),
    "resources:proposal": (lambda made: made.proposal.key, (302, 404, 200, 200)),
    "resources:proposal-edit": (lambda made: made.proposal.key, (302, 404, 200, 403)),
    **{
        f"resources:proposal-{act}": (lambda made: made.proposal.key, BUTTON)
        for act in ("send", "take-back", "discard", "say", "answer")
    },
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
    "consultations:meeting-repeat": (lambda made: made.meeting.key, COORDINATED),
    "consultations:meeting-groups": (lambda made: made.meeting.key, COORDINATED),
    "consultations:meeting-materials": (lambda made: made.meeting.key, COORDINATED),
    "consultations:material": (lambda made: made.material.key, ALL),
    "consultations:material-remove": (lambda made: made.material.key, BUTTON),
    "consultations:guests": (lambda made: made.consultation.key, COORDINATED),
    "consultations:guest": (lambda made: made.guest.key, (302, 404, 404, 200)),
    "consultations:guest-answer": (lambda made: made.guest.key, BUTTON),
    "consultations:guest-withdraw": (lambda made: made.guest.key, BUTTON),
    "consultations:guest-letter": (lambda made: made.guest_letter, UNDER_WAY),
    "consultations:guest-letter-open": (None, ALL),
    "consultations:guest-letter-answer": (None, (405, 405, 405, 405)),
    "consultations:invited": (None, SIGNED_IN),
    "consultations:own-calendar": (None, SIGNED_IN),
    "consultations:own-calendar-make": (None, BUTTON),
    "consultations:own-calendar-revoke": (None, BUTTON),
    "calendar-feed": (lambda made: made.feed, ALL),
    "consultations:meeting-cancel": (lambda made: made.meeting.key, BUTTON),
    "consultations:meeting-remove": (lambda made: made.meeting.key, BUTTON),
    "consultations:registrations": (lambda made: made.consultation.key, COORDINATED),
    "consultations:registrations-file": (lambda made: made.consultation.key, COORDINATED),
    "consultations:quotas": (lambda made: made.consultation.key, COORDINATED),
    "consultations:quota-edit": (lambda made: made.quota.key, COORDINATED),
    "consultations:quota-remove": (lambda made: made.quota.key, BUTTON),
    "consultations:registrations-workbook": (lambda made: made.consultation.key, COORDINATED),
    "consultations:registrations-many": (lambda made: made.consultation.key, BUTTON),
    "consultations:announcements": (None, ALL),
    "consultations:announcement": (lambda made: made.announcement.address_key, ALL),
    "consultations:announcement-new": (None, COORDINATED),
    **{
        f"consultations:announcement-{step}": (lambda made: made.unsent.key, (302, 404, 404, 200))
        for step in ("edit", "preview", "schedule", "send")
    },
    **{
        f"consultations:announcement-{step}": (lambda made: made.unsent.key, BUTTON)
        for step in ("try", "ask", "approve", "back", "unschedule", "withdraw", "stop", "resume")
    },
    "consultations:announcement-progress": (lambda made: made.announcement.key, COORDINATED),
    "consultations:announcement-correct": (lambda made: [made.announcement.key, "ar"], COORDINATED),
    "consultations:announcement-correction": (
        lambda made: made.announcement.corrections.get().key,
        (302, 404, 404, 200),
    ),
    **{
        f"consultations:announcement-correction-{step}": (
            lambda made: made.announcement.corrections.get().key,
            BUTTON,
        )
        for step in ("approve", "drop")
    },
    "consultations:circular": (lambda made: made.circular.key, (302, 404, 200, 200)),
    "consultations:attendance": (lambda made: made.meeting.key, COORDINATED),
    "consultations:door": (lambda made: made.meeting.key, COORDINATED),
    "consultations:arrive": (lambda made: made.meeting.key, (302, 404, 404, 404)),
    "consultations:arrival-letter": (lambda made: [made.meeting.key, "x"], UNDER_WAY),
    "consultations:delegates": (lambda made: made.registration.key, (302, 404, 200, 403)),
    "consultations:registration-cancel": (lambda made: made.registration.key, (302, 404, 200, 200)),
    "consultations:registration-calendar": (lambda made: made.registration.key, (302, 404, 200, 200)),
    "consultations:offer-answer": (lambda made: made.registration.key, BUTTON),
    "consultations:reminders": (lambda made: made.consultation.key, COORDINATED),
    "consultations:reminder-remove": (lambda made: made.consultation.key, BUTTON),
    "consultations:admissions": (lambda made: made.consultation.key, COORDINATED),
    "consultations:admission-withdraw": (lambda made: made.admission.key, BUTTON),
    "consultations:admission-letter": (lambda made: made.admission.token, UNDER_WAY),
    "consultations:admission": (None, (302, 200, 200, 200)),
    "consultations:delegation-link": (lambda made: made.registration.key, BUTTON),
    "consultations:delegation-close": (lambda made: made.registration.key, BUTTON),
    "consultations:delegation-letter": (lambda made: made.delegation, UNDER_WAY),
    "consultations:delegation": (None, ALL),
    "consultations:offer": (lambda made: made.offer, UNDER_WAY),
    "consultations:offer-open": (None, ALL),
    "consultations:offer-letter-answer": (None, (405, 405, 405, 405)),
    "consultations:sign-on": (lambda made: made.signed.paper.key, COORDINATED),
    "consultations:sign-on-extend": (lambda made: made.signed.paper.key, BUTTON),
    "consultations:sign-on-close": (lambda made: made.signed.paper.key, BUTTON),
    "consultations:paper-endorse": (lambda made: made.signed.paper.key, UNDER_WAY),
    "consultations:endorse": (lambda made: made.signed.key, SIGNED_IN),
    "consultations:endorse-letter": (lambda made: made.sign_on_letter, UNDER_WAY),
    "consultations:endorse-open": (None, UNDER_WAY),
    "consultations:endorsements": (None, SIGNED_IN),
    "consultations:endorsement": (lambda made: made.endorsement.key, (302, 404, 200, 404)),
    "consultations:endorsement-edit": (lambda made: made.endorsement.key, (302, 404, 200, 404)),
    "consultations:endorsement-withdraw": (lambda made: made.endorsement.key, (302, 404, 200, 404)),
    "consultations:signatures": (lambda made: made.signed.key, ALL),
    "consultations:signatures-file": (lambda made: made.signed.key, ALL),
    "consultations:signatures-workbook": (lambda made: made.signed.key, ALL),
    "consultations:signature-new": (lambda made: made.signed.key, ALL),
    "consultations:signature-sent": (lambda made: made.signed.key, ALL),
    "consultations:signature-letter": (lambda made: made.signer.token, UNDER_WAY),
    "consultations:signature": (None, ALL),
    "consultations:signature-answer": (None, (405, 405, 405, 405)),
    "consultations:signature-accept": (lambda made: made.signer.key, BUTTON),
    "consultations:signature-decline": (lambda made: made.signer.key, (302, 404, 404, 200)),
    "consultations:registration-confirm": (lambda made: made.registration.key, BUTTON),
    "consultations:registration-decline": (lambda made: made.registration.key, (302, 404, 403, 200)),
    "consultations:consultation-questions": (lambda made: made.consultation.key, COORDINATED),
    "consultations:consultation-question-new": (lambda made: made.consultation.key, COORDINATED),
    "consultations:call-questions": (lambda made: made.call.key, COORDINATED),
    "consultations:call-question-new": (lambda made: made.call.key, COORDINATED),
    "consultations:question-edit": (lambda made: made.question.key, COORDINATED),
    "consultations:question-up": (lambda made: made.question.key, BUTTON),
    "consultations:question-down": (lambda made: made.question.key, BUTTON),
    "consultations:question-remove": (lambda made: made.question.key, BUTTON),
    "consultations:question-again": (lambda made: made.question.key, BUTTON),
    "consultations:consent": (lambda made: made.consultation.key, COORDINATED),
    "consultations:consent-text": (lambda made: made.consent.key, ALL),
    "consultations:registration-answers": (lambda made: made.registration.key, (302, 404, 200, 403)),
    "consultations:registration-file": (lambda made: made.attached.key, (302, 404, 200, 200)),
    "consultations:calls": (None, ALL),
    "consultations:call": (lambda made: made.call.address_key, ALL),
    "consultations:call-new": (None, COORDINATED),
    "consultations:call-edit": (lambda made: made.call.key, COORDINATED),
    "consultations:call-publish": (lambda made: made.call.key, BUTTON),
    "consultations:call-withdraw": (lambda made: made.call.key, BUTTON),
    "consultations:call-open": (lambda made: made.call.key, BUTTON),
    "consultations:call-close": (lambda made: made.call.key, BUTTON),
    "consultations:contribution-new": (lambda made: made.open_call.key, ALL),
    "consultations:contribution-member": (lambda made: made.open_call.key, SIGNED_IN),
    "consultations:contribution-stranger": (lambda made: made.open_call.key, ALL),
    "consultations:contribution-resume": (None, ALL),
    "consultations:contribution": (lambda made: made.contribution.key, (404, 404, 200, 200)),
    "consultations:contribution-edit": (lambda made: made.contribution.key, (404, 404, 200, 403)),
    "consultations:round-pack": (lambda made: [made.open_call.key, "en"], ALL),
    "consultations:contribution-upload": (lambda made: made.contribution.key, (404, 404, 200, 403)),
    "consultations:contribution-send": (lambda made: made.contribution.key, (404, 404, 200, 403)),
    "consultations:contribution-consent": (lambda made: made.contribution.key, (404, 404, 200, 403)),
    "consultations:contribution-withdraw": (lambda made: made.contribution.key, (404, 404, 200, 403)),
    "consultations:contribution-discard": (lambda made: made.contribution.key, (404, 404, 200, 403)),
    "consultations:contribution-again": (lambda made: made.contribution.key, (405, 405, 405, 405)),
    "consultations:contribution-code": (lambda made: made.contribution.key, (405, 405, 405, 405)),
    "consultations:contributions-file": (lambda made: made.open_call.key, ALL),
    "consultations:contributions-workbook": (lambda made: made.open_call.key, ALL),
    "consultations:reading": (lambda made: made.open_call.key, COORDINATED),
    "consultations:heard": (lambda made: made.open_call.key, COORDINATED),
    "consultations:urgent": (lambda made: made.open_call.key, (302, 403, 200, 403)),
    "consultations:urgent-ask": (lambda made: made.open_call.key, COORDINATED),
    "consultations:urgent-result": (lambda made: made.open_call.key, COORDINATED),
    "consultations:briefing-new": (lambda made: made.open_call.key, COORDINATED),
    "consultations:rapporteurs": (lambda made: made.open_call.key, COORDINATED),
    "consultations:input": (lambda made: made.given.key, (302, 404, 404, 200)),
    **{
        f"consultations:input-{act}": (lambda made: made.given.key, BUTTON)
        for act in ("tag", "merge", "use", "aside", "note", "read", "untag", "part", "unuse", "take-up")
    },
    "consultations:theme-edit": (lambda made: made.theme.key, (302, 404, 404, 200)),
    "consultations:theme-publish": (lambda made: made.theme.key, BUTTON),
    "consultations:theme-withdraw": (lambda made: made.theme.key, BUTTON),
    "consultations:meeting-notes": (lambda made: made.meeting.key, COORDINATED),
    "consultations:meeting-note-remove": (lambda made: made.meeting_note.key, BUTTON),
    "consultations:input-file": (lambda made: made.given_file.key, (404, 404, 200, 200)),
    "consultations:comment-round-new": (lambda made: made.commented.key, (302, 404, 403, 200)),
    "consultations:paper-comments": (lambda made: made.commented.key, (302, 404, 403, 200)),
    "consultations:paper-comments-file": (lambda made: made.commented.key, (302, 404, 403, 200)),
    "consultations:paper-comments-workbook": (lambda made: made.commented.key, (302, 404, 403, 200)),
    "consultations:comment-round": (lambda made: made.round.key, (302, 404, 200, 200)),
    "consultations:comment-round-extend": (lambda made: made.round.key, (302, 404, 403, 200)),
    "consultations:comment-round-close": (lambda made: made.round.key, BUTTON),
    "consultations:comment-new": (
        lambda made: [made.round.key, made.comment.paragraph.key],
        (302, 404, 200, 200),
    ),
    "consultations:own-comments": (None, SIGNED_IN),
    "consultations:comment": (lambda made: made.comment.key, (302, 404, 200, 200)),
    "consultations:comment-edit": (lambda made: made.comment.key, (302, 404, 200, 403)),
    "consultations:comment-consent": (lambda made: made.comment.key, (302, 404, 200, 403)),
    "consultations:comment-withdraw": (lambda made: made.comment.key, (302, 404, 200, 403)),
    **{
        f"consultations:comment-{act}": (lambda made: made.comment.key, BUTTON)
        for act in ("accept", "adapt", "merge", "decline", "reopen")
    },
    "consultations:version-changes": (lambda made: made.round.version.key, (404, 404, 200, 200)),
    "consultations:voices": (None, SIGNED_IN),
    "consultations:voice-new": (None, (302, 403, 200, 403)),
    "consultations:voice": (lambda made: made.voice.key, (302, 404, 200, 200)),
    "consultations:voice-edit": (lambda made: made.voice.key, (302, 404, 200, 403)),
    "consultations:voice-consent": (lambda made: made.voice.key, (302, 404, 200, 403)),
    "consultations:voice-withdraw": (lambda made: made.voice.key, (302, 404, 200, 403)),
    "consultations:voice-use": (lambda made: made.voice.key, (302, 404, 403, 200)),
    "consultations:voice-use-remove": (lambda made: made.voice_use.key, BUTTON),
    "consultations:commitments": (None, ALL),
    "consultations:commitments-compared": (None, ALL),
    "consultations:commitment-new": (None, COORDINATED),
    "consultations:commitment-edit": (lambda made: made.commitment.key, COORDINATED),
    "consultations:commitment-publish": (lambda made: made.commitment.key, BUTTON),
    "consultations:commitment-withdraw": (lambda made: made.commitment.key, BUTTON),
    "consultations:commitment-report": (lambda made: made.commitment.key, (302, 403, 200, 200)),
    "consultations:report-accept": (lambda made: made.report.key, BUTTON),
    "consultations:report-decline": (lambda made: made.report.key, (302, 404, 403, 200)),
    "consultations:update-remove": (lambda made: made.update.key, BUTTON),
    "consultations:submissions": (None, ALL),
    "consultations:submission": (lambda made: made.submission.address_key, ALL),
    "consultations:submission-new": (None, COORDINATED),
    "consultations:submission-edit": (lambda made: made.submission.key, COORDINATED),
    "consultations:submission-publish": (lambda made: made.submission.key, BUTTON),
    "consultations:submission-withdraw": (lambda made: made.submission.key, BUTTON),
    "consultations:submission-receipt": (lambda made: made.submission.key, COORDINATED),
    "consultations:submission-outcome": (lambda made: made.submission.key, COORDINATED),
    "consultations:outcome-remove": (lambda made: made.outcome.key, BUTTON),
    "consultations:commitment": (lambda made: made.commitment.address_key, ALL),
    "consultations:accreditation-tracks": (None, ALL),
    "consultations:accreditation-guide": (None, ALL),
    "consultations:accreditation-track-new": (None, COORDINATED),
    "consultations:accreditation-track-edit": (lambda made: made.track.key, COORDINATED),
    "consultations:accreditation-track-publish": (lambda made: made.track.key, BUTTON),
    "consultations:accreditation-track-withdraw": (lambda made: made.track.key, BUTTON),
    "consultations:door-note": (lambda made: made.track.key, BUTTON),
    "consultations:door-note-remove": (lambda made: made.note.key, BUTTON),
    "consultations:accreditation-track": (lambda made: made.track.address_key, ALL),
    # Papers, as they are written and read
    "consultations:papers": (None, ALL),
    "consultations:paper-new": (None, COORDINATED),
    "consultations:paper-edit": (lambda made: made.paper.key, COORDINATED),
    "consultations:paper": (lambda made: made.paper.address_key, ALL),
    "consultations:version": (lambda made: made.version.key, ALL),
    "consultations:paper-draft": (lambda made: made.paper.key, (302, 404, 404, 200)),
    "consultations:paper-draft-file": (lambda made: made.paper.key, (302, 404, 404, 200)),
    "consultations:version-file": (lambda made: made.version.key, ALL),
    "consultations:paper-freeze": (lambda made: made.paper.key, COORDINATED),
    "consultations:paper-reopen": (lambda made: made.paper.key, BUTTON),
    "consultations:paper-publish": (lambda made: made.signed.paper.key, COORDINATED),
    "consultations:paper-unschedule": (lambda made: made.paper.key, BUTTON),
    "consultations:paper-correct": (lambda made: made.paper.key, COORDINATED),
    "consultations:paper-language": (lambda made: [made.paper.key, "ar"], BUTTON),
    "consultations:paper-withdraw": (lambda made: made.paper.key, COORDINATED),
    "consultations:paper-restore": (lambda made: made.paper.key, BUTTON),
    "consultations:postcards": (lambda made: made.paper.key, COORDINATED),
    "consultations:postcard-edit": (lambda made: made.postcard.key, COORDINATED),
    "consultations:postcard-remove": (lambda made: made.postcard.key, BUTTON),
    "consultations:print": (lambda made: made.print.key, ALL),
    "consultations:paper-translation-file": (lambda made: [made.paper.key, "ar"], (302, 404, 404, 200)),
    "consultations:paper-translation-table": (lambda made: [made.paper.key, "ar"], (302, 404, 404, 200)),
    "consultations:paper-translation-bring-back": (lambda made: [made.paper.key, "ar"], BUTTON),
    "consultations:paper-coverage": (lambda made: made.paper.key, (302, 404, 404, 200)),
    "consultations:section-new": (lambda made: made.paper.key, (302, 404, 404, 200)),
    "consultations:section-preview": (lambda made: made.paper.key, BUTTON),
    "consultations:section": (lambda made: made.section.key, (302, 404, 404, 200)),
    "consultations:section-about": (lambda made: made.section.key, BUTTON),
    "consultations:section-up": (lambda made: made.section.key, BUTTON),
    "consultations:section-down": (lambda made: made.section.key, BUTTON),
    "consultations:section-remove": (lambda made: made.section.key, (302, 404, 404, 200)),
    "consultations:section-put-back": (lambda made: made.section.key, BUTTON),
    "consultations:section-translate": (lambda made: [made.section.key, "ar"], (302, 404, 404, 200)),
    "consultations:section-translation-file": (lambda made: [made.section.key, "ar"], (302, 404, 404, 200)),
    "consultations:section-translation-table": (lambda made: [made.section.key, "ar"], (302, 404, 404, 200)),
    "consultations:section-translation-bring-back": (lambda made: [made.section.key, "ar"], BUTTON),
    "consultations:section-history": (lambda made: [made.section.key, "en"], (302, 404, 404, 200)),
    "consultations:section-take-back": (lambda made: made.section.edits.get().key, BUTTON),
    "consultations:section-sources": (lambda made: made.section.key, (302, 404, 404, 200)),
    **{
        f"consultations:source-{of}": (lambda made: made.section.key, BUTTON)
        for of in ("theme", "inputs", "voice", "document", "consultation")
    },
    "consultations:source-remove": (lambda made: made.source.key, BUTTON),
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
    "account_reauthenticate": (None, (302, 302, 302, 302)),
    "mfa_index": (None, SIGNED_IN),
    "mfa_authenticate": (None, UNDER_WAY),
    "mfa_reauthenticate": (None, (302, 302, 302, 200)),
    "mfa_activate_totp": (None, (302, 200, 200, 302)),
    "mfa_deactivate_totp": (None, (302, 404, 404, 200)),
    "mfa_view_recovery_codes": (None, MISSING),
    "mfa_generate_recovery_codes": (None, SIGNED_IN),
    "mfa_download_recovery_codes": (None, MISSING),
    "mfa_list_webauthn": (None, SIGNED_IN),
    "mfa_add_webauthn": (None, SIGNED_IN),
    "mfa_reauthenticate_webauthn": (None, (302, 302, 302, 302)),
    "mfa_remove_webauthn": (lambda made: 1, MISSING),
    "mfa_edit_webauthn": (lambda made: 1, MISSING),
    "mfa_login_webauthn": (None, UNDER_WAY),
}
LINKS = [name for name, (_example, statuses) in ROWS.items() if statuses == UNDER_WAY]
NAMELESS = {"", "robots.txt", ".well-known/security.txt"}


def world():
    """One of each thing that an address can lead to, and the people who ask."""
    objective, process = factories.objective(15), factories.process("Review forum", is_current=True)
    lead, coordinator = factories.lead(in_directory=True), factories.coordinator()
    consultation = factories.open_consultation(process=process, objectives=[objective])
    factories.organization(status="pending", lead=factories.user())
    known, newcomer = factories.organization(status="known"), factories.user()
    factories.claim(newcomer, status="refused")
    registration = factories.registration(consultation, lead.organization)
    return SimpleNamespace(
        people={"anonymous": None, "newcomer": newcomer, "lead": lead, "coordinator": coordinator},
        objective=objective,
        principle=factories.principle(),
        process=process,
        organization=lead.organization,
        known=known,
        claim=factories.claim(newcomer),
        consultation=consultation,
        registration=registration,
        announcement=announcement(lead, coordinator),
        unsent=factories.announcement("Doors close", status="draft"),
        circular=circular(registration),
        admission=factories.admission(consultation, recipient=lead.recipient),
        delegation=RegistrationLink.make(registration, RegistrationLink.Purpose.DELEGATES, by=lead).token,
        **asked(registration, lead),
        meeting=consultation.meetings.get(),
        quota=factories.quota(consultation, constituency="state"),
        offer=offer(consultation),
        document=document(coordinator, process=process, objectives=[objective]),
        page=(page := factories.resource_page()),
        attachment=factories.attachment(page),
        page_section=(section := factories.page_section(page, text="Bring *two* people.", kind="documents")),
        section_edit=section.edits.create(language="en", title="Before", markdown="Bring one."),
        **campaigned(process, lead, coordinator),
        practice=factories.practice(objectives=[objective], organization=lead.organization),
        proposal=factories.proposal(lead.organization),
        **planned(lead),
        call=factories.call(process=process, objectives=[objective]),
        track=factories.accreditation_track(process=process),
        phase=factories.phase(process=process),
        **commented(process, lead, coordinator),
        **groups_and_promises(process, lead, coordinator),
        notice=notify(OrganizationVerified, lead.organization, by=coordinator),
        role=coordinator.role_set.get(),
        figures=factories.report(process),
        letter=letter(lead),
        feed=feeds.make(by=lead).token,
        **told(process, lead, coordinator),
        **written(process, objective, coordinator),
        **around(consultation.meetings.get(), coordinator),
        **signed(process, lead),
    )


def signed(process, lead):
    """An open letter that the lead's organization endorsed with a reservation, and another wants to sign."""
    paper = factories.paper_to_endorse(kind="open-letter", takes_outsiders=True, process=process)
    version = signing.current(paper)
    reserved = {"answer": "reserved", "reserved_on": paper.sections.first(), "reservation": "Not this."}
    return {
        "signed": version,
        "endorsement": factories.endorsement(paper, lead.organization, **reserved),
        "signer": factories.signature(paper, status="waiting"),
        "sign_on_letter": SignOnLink.of(version).token,
    }


def asked(registration, lead):
    """A question for those who chose something, a letter that answers another, what one agrees to."""
    consultation = registration.consultation
    how = factories.question(consultation, "How?", kind="choice", options=["By train", "By boat"])
    letter = factories.question(consultation, "A letter", kind="file")
    stored = files.store(factories.pdf("letter.pdf"), by=lead)
    registration.answers.create(question=how, chosen=["1"])
    return {
        "question": factories.question(consultation, "Which port?", shown_if=how, shown_for=["2"]),
        "attached": registration.answers.create(question=letter, file=stored),
        "consent": consultation.consent_texts.create(version=1, words_en="You agree."),
    }


def told(process, lead, coordinator):
    """A call that the lead's organization has answered, with a file, and a voice that stands in a document."""
    call = factories.open_call(process=process)
    written, _alike = (factories.contribution(call, said="Lights at sea for boats.") for _time in range(2))
    asked, stored = factories.question(call, kind="file"), files.store(factories.pdf("plan.pdf"), by=lead)
    contribution = factories.contribution(call, lead.organization, said="")
    given = written.answers.get(question__kind="paragraph")
    theme = inputs.tag([given], title="Lights", by=coordinator)
    shown = [factories.theme(call=call) for _time in range(2)]
    priorities.ask(call, themes=shown, most=1, until=call.closes_at, by=coordinator)
    priorities.mark(call, organization=lead.organization, themes=shown[:1], by=lead)
    inputs.use([given], document=factories.document(), section="1", by=coordinator)
    today = date.today()
    voice = voices.give(
        lead.organization,
        language="en",
        text="A voice.",
        alias="Amina",
        purposes=["quotation"],
        consent_language="en",
        text_version=1,
        agreed_on=today,
        ends_on=today,
        by=lead,
    )
    return {
        "open_call": call,
        "given": given,
        "theme": theme,
        "contribution": contribution,
        "given_file": contribution.answers.create(question=asked, file=stored),
        "voice": voice,
        "voice_use": voices.use(voice, purpose="quotation", document=factories.document(), by=coordinator),
    }


def written(process, objective, coordinator):
    """A published paper, whose section is drawn from an input."""
    paper = factories.paper(process=process, objectives=[objective], by=coordinator)
    paper = factories.published(paper)
    section, call = paper.sections.get(), factories.open_call(process=process)
    sources.add_inputs(section, inputs=[factories.contribution(call).answers.get()], by=coordinator)
    return {
        "paper": paper,
        "version": paper.versions.get(),
        "postcard": postcards.add(paper, words={"en": "Open the doors."}, approved={"en"}, by=coordinator),
        "print": printed(paper),
        "section": section,
        "source": section.sources.get(),
    }


def printed(paper):
    """The file that it is owed, as it was made."""
    row = paper.versions.get().prints.get(language="en", form="pdf")
    row.made_at, row.file = timezone.now(), files.store(factories.pdf(), by=None)
    row.save()
    return row


def around(meeting, coordinator):
    """A paper beside a widened meeting, and a guest invited to it with the letter that says so."""
    meeting.circle = meeting.Circle.WIDENED
    meeting.save()
    state = factories.organization(constituency="state", lead=factories.user())
    guest = guests.invite(meeting.consultation, organization=state, is_for_all=True, by=coordinator)
    return {
        "material": materials.attach(meeting, upload=factories.pdf(), by=coordinator),
        "guest": guest,
        "meeting_note": meeting_notes.write(meeting, text="We agree.", language="en", by=coordinator),
        "guest_letter": tokens.make(guest.PURPOSE, guest.nonce),
    }


def commented(process, lead, coordinator):
    """A paper in its second round of comments: the lead's organization proposes words, another comments."""
    paper = factories.paper(process=process, by=coordinator)
    before = factories.comment_round(paper)
    factories.comment(before)
    before.closed_at = timezone.now()
    before.save()
    opened = factories.comment_round(paper)
    return {
        "commented": paper,
        "round": opened,
        "comment": factories.comment(opened, lead.organization, proposed="Open all doors."),
    }


def groups_and_promises(process, lead, coordinator):
    """A working group that others are in and ask to join, a pledge of the lead's organization, a submission."""
    group = factories.working_group("Safe return", takes_requests=True)
    other, who = factories.lead(), factories.lead()
    commitment = factories.commitment(process=process, organization=lead.organization, kind="pledge")
    submission = factories.submission(process=process, handed_over_on=date(2026, 1, 5))
    submission.receipt_file = files.store(factories.pdf("receipt.pdf"), by=coordinator)
    submission.save()
    track = factories.accreditation_track("Special door", process=process, requires=["A letter"])
    return {
        "group": group,
        "member": factories.group_member(group, other),
        "asked": JoinRequest.objects.create(group=group, user=who, organization=who.organization),
        "commitment": commitment,
        "update": commitment.updates.create(on=date(2026, 2, 1), what="A first step"),
        "report": commitment.reports.create(
            organization=lead.organization, on=date(2026, 3, 1), what="A second step"
        ),
        "submission": submission,
        "outcome": submission.outcomes.create(on=date(2026, 2, 2), what="It is quoted"),
        "note": track.notes.create(organization=lead.organization, stage="granted", on=date(2026, 1, 2)),
    }


def planned(lead):
    """A plan of others, which the lead would be a partner in."""
    plan = factories.practice(kind="plan", organization=factories.organization())
    answer = plan.answers.create(organization=lead.organization, by=lead, words="We would.")
    return {"plan": plan, "plan_answer": answer}


def campaigned(process, lead, coordinator):
    """A campaign with something to hand on, in which the lead's organization took part."""
    campaign = factories.campaign(process=process)
    return {
        "campaign": campaign,
        "campaign_picture": factories.campaign_picture(campaign),
        "campaign_material": campaigns.attach(campaign, upload=factories.pdf(), by=coordinator),
        "participation": factories.participation(campaign, lead.organization),
    }


def document(by, **fields):
    """A document with a file and a light text."""
    made = factories.document(**fields)
    Body.objects.create(thing=made, language="en", markdown="The text.", html="<p>The text.</p>")
    stored = files.store(factories.pdf(), by=by)
    DocumentFile.objects.create(document=made, language="en", file=stored)
    factories.read(stored)
    publication.changed(made)
    return made


def announcement(lead, coordinator):
    """One that was sent, and corrected in one language."""
    made = factories.announcement("Doors open", to=[lead.organization])
    notify(AnnouncementSent, made, by=coordinator)
    made.corrections.create(language="en", was_subject="Door", was_text="One door.", corrected_by=coordinator)
    return made


def circular(registration):
    """A message to the people of one registration."""
    made = Circular.objects.create(
        consultation=registration.consultation, subject="The room", words="Another."
    )
    made.registrations.add(registration)
    return made


def offer(consultation):
    """The token of an offered place."""
    row = factories.registration(consultation, status="offered")
    return RegistrationLink.make(row, RegistrationLink.Purpose.OFFER, by=None).token


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


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield world()
        transaction.set_rollback(True)


@pytest.fixture
def problems(made):
    """Visit pages, [(name, person)], in a language, once these have followed every link: what is wrong with them."""
    clients = {person: Client(raise_request_exception=False) for person in PEOPLE}
    for person, who in made.people.items():
        if who:
            sessions.sign_in(clients[person], who)

    def found(visits, language):
        these = [one for one in PEOPLE if one in {person for _name, person in visits}]
        for name, person in [*product(LINKS, these), *visits]:
            example, statuses = ROWS[name]
            with translation.override(language):
                address = address_of(name, example, made)
            answer = clients[person].get(address)
            if problem := problem_with(answer, statuses[PEOPLE.index(person)], language):
                yield f"{name} for {person}: {problem}"

    return found


@pytest.mark.parametrize("person", PEOPLE)
def test_every_page_answers_everybody_as_its_row_says(problems, person, seed):
    names = samples.part(ROWS, seed, PEOPLE.index(person), len(PEOPLE))
    assert list(problems([(name, person) for name in names], "en")) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_whole_in_every_language(problems, language, seed):
    """Each for one of those who are shown it, in the next language for another."""
    visits, turn = [], LANGUAGES.index(language)
    for place, (name, (_example, statuses)) in samples.part(
        enumerate(ROWS.items()), seed, turn, len(LANGUAGES)
    ):
        if shown := [
            person for person, status in zip(PEOPLE, statuses, strict=True) if status == HTTPStatus.OK
        ]:
            visits.append((name, shown[(place // 4 + turn + (seed or 0)) % len(shown)]))
    assert list(problems(visits, language)) == []
