"""For every kind of notice, a thing that is told of and somebody who is told: what tests of all kinds walk through.

Whoever adds a kind adds its line: EXAMPLES[name](reader) makes the thing; the reader is a lead of a verified
organization and must be among the recipients. A kind for others than leads makes its own and returns (thing, address).
"""

import uuid
from datetime import timedelta

from django.utils import timezone

from consultations.models import (
    AnnouncementTrial,
    CallInvitation,
    Circular,
    FormerDelegate,
    Guest,
    Meeting,
    RegistrationLink,
    Reminder,
)
from portal import tokens
from portal.models import Delivery, Digest, Invitation, JoinRequest, Notice, Recipient, Role
from portal.notifications import notify
from portal.operations import log
from resources.notifications import DocumentPublished
from tests import factories

TITLES = {
    "title_en": "Return with dignity",
    "title_fr": "Le retour dans la dignité",
    "title_es": "Un retorno digno",
    "title_ar": "العودة بكرامة",
}

# What people write to readers of each language.
NOTES = {
    "en": "All doors now.",
    "fr": "Toutes les portes.",
    "es": "Todas las puertas.",
    "ar": "كل الأبواب الآن.",
}


def verified_organization(reader):
    return reader.organization


def invitation(reader):
    nonce = tokens.nonce()
    address = f"invited{next(factories.numbers)}@people.example"
    recipient = Recipient.objects.create(address=address, language=reader.language)
    letter = Invitation.objects.create(
        organization=factories.organization(),
        email=recipient.address,
        language=reader.language,
        nonce=nonce,
        token_hash=tokens.digest(tokens.make(Invitation.PURPOSE, nonce)),
        invited_by=factories.user(),
        expires_at=timezone.now() + timedelta(days=14),
        recipient=recipient,
    )
    return letter, recipient.address


def second_factor_reset(reader):
    return log.record("second factor reset", reader, by=None)


def role_ending(reader):
    ends = timezone.now() + timedelta(days=10)
    return Role.objects.create(user=reader, kind=Role.Kind.DRAFTER, until=ends)


def assignment(status):
    """A text that the reader, who translates, is to put into French."""

    def made(reader):
        Role.objects.create(user=reader, kind=Role.Kind.TRANSLATOR)
        words = NOTES[reader.language] if status == "taken-back" else ""
        return factories.assignment(document(reader), user=reader, language="fr", status=status, words=words)

    return made


def refused_claim(reader):
    return factories.claim(reader, status="refused")


def suspension(reader):
    made = factories.organization(status="suspended", lead=reader)
    return made.suspensions.create(reason="unclear", made_at=timezone.now())


def merger(reader):
    made = factories.organization(lead=reader)
    values = {"former_id": made.pk + 1000, "key": uuid.uuid4(), "merged_at": timezone.now()}
    return made.mergers.create(name="Harbour Light 2", **values)


def document(_reader):
    return factories.document(**TITLES)


def consultation(_reader):
    return factories.open_consultation(**TITLES)


def registration(status):
    """One of the reader's own organization, in this state."""

    def made(reader):
        return factories.registration(consultation(reader), reader.organization, status=status)

    return made


def circular(reader):
    to = registration("confirmed")(reader)
    made = Circular.objects.create(consultation=to.consultation, subject="The room", words="Another one.")
    made.registrations.add(to)
    return made


def announcement(reader):
    return factories.announcement(**TITLES, to=[reader.organization], bodies=NOTES, access="invited")


def announcement_trial(reader):
    return AnnouncementTrial.objects.create(announcement=announcement(reader), asked_by=reader)


def admission(reader):
    return factories.admission(factories.open_consultation(access="invited", **TITLES), reader.organization)


def offered(reader):
    made = registration("offered")(reader)
    RegistrationLink.make(made, RegistrationLink.Purpose.OFFER, by=None)
    return made


def delegate(reader):
    made = registration("confirmed")(reader)
    sent = made.delegate_set.get()
    sent.email = reader.email
    sent.recipient = reader.recipient
    sent.save()
    return sent


def former_delegate(reader):
    made = factories.registration(consultation(reader), status="confirmed")
    return FormerDelegate.objects.create(registration=made, recipient=reader.recipient)


def meeting(reader):
    return registration("confirmed")(reader).consultation.meetings.get()


def guest(status):
    """The reader's own address, invited to a widened meeting."""

    def made(reader):
        nonce = tokens.nonce()
        thing = consultation(reader)
        thing.meetings.update(circle=Meeting.Circle.WIDENED)
        return Guest.objects.create(
            consultation=thing,
            recipient=reader.recipient,
            status=status,
            is_for_all=True,
            nonce=nonce,
            token_hash=tokens.digest(tokens.make(Guest.PURPOSE, nonce)),
            accepted_at=timezone.now() if status == "accepted" else None,
        )

    return made


def moved_meeting(reader):
    made = meeting(reader)
    earlier, made.starts_at = made.starts_at, made.starts_at + timedelta(days=1)
    made.ends_at += timedelta(days=1)
    made.save()
    made.moved_dates.create(field="starts_at", was_start=earlier.isoformat(), moved_at=timezone.now())
    return made


def reminder(about):
    def made(reader):
        of = meeting(reader) if about == "meeting" else None
        about_what = of.consultation if of else consultation(reader)
        return Reminder.objects.create(
            consultation=about_what, meeting=of, about=about, due_at=timezone.now()
        )

    return made


def unnamed(reader):
    """A reminder to name those whom the reader's organization sends."""
    made = registration("confirmed")(reader)
    made.delegate_set.all().delete()
    return Reminder.objects.create(consultation=made.consultation, about="naming", due_at=timezone.now())


def digest(reader):
    """A summary with one document in it."""
    made = Digest.objects.create(recipient=reader.recipient, channel="daily", created_at=timezone.now())
    notice = notify(DocumentPublished, document(reader), by=None)
    key = uuid.uuid4()
    Delivery.objects.create(
        key=key,
        notice=notice,
        recipient=reader.recipient,
        channel="daily",
        message_id=f"<{key}@portal.example>",
        not_before=timezone.now(),
        created_at=timezone.now(),
        digest=made,
    )
    return made


def join_request(status):
    """Of the reader who is answered; of somebody else, to a group that the reader convenes, while it waits."""

    def made(reader):
        group = factories.working_group(takes_requests=True, **TITLES)
        who = reader
        if status == "waiting":
            factories.group_member(group, reader, role="convenor")
            who = factories.lead()
        return JoinRequest.objects.create(
            group=group,
            user=who,
            organization=who.organization,
            status=status,
            answered_at=None if status == "waiting" else timezone.now(),
        )

    return made


def campaign(_reader):
    return factories.campaign(hashtag="#ItTakesACommunity", begins_on=timezone.localdate(), **TITLES)


def plan_answer(reader):
    plan = factories.practice(kind="plan", organization=reader.organization, **TITLES)
    who = factories.lead()
    return plan.answers.create(organization=who.organization, by=who, words="We would.")


def proposal_message(is_from_moderators):
    """An answer to the reader's organization; or a reply of another to the reader, who moderates."""

    def made(reader):
        of = reader.organization if is_from_moderators else factories.organization()
        texts = {code: {"title": TITLES[f"title_{code}"], "summary": "…"} for code in NOTES}
        proposal = factories.proposal(of, texts=texts)
        if is_from_moderators:
            return proposal.messages.create(step="returned", words="Where?", is_from_moderators=True)
        moderator = factories.coordinator(language=reader.language)
        proposal.messages.create(words="Where?", is_from_moderators=True, by=moderator)
        return proposal.messages.create(words="In Tunis."), moderator.email

    return made


def call(_reader):
    return factories.open_call(**TITLES)


def call_asking_what_is_urgent(_reader):
    until = timezone.now() + timedelta(days=9)
    return factories.open_call(urgent_most=3, urgent_until=until, **TITLES)


def call_invitation(reader):
    made = CallInvitation.objects.create(call=call(reader))
    made.organizations.add(reader.organization)
    return made


def contribution(reader):
    return factories.contribution(call(reader), reader.organization)


def paper(_reader):
    return opened()


def opened(**fields):
    """A paper that can be endorsed, of which nobody was told yet."""
    made = factories.paper_to_endorse(**TITLES, **fields)
    Notice.objects.filter(kind="paper-sign-on-opened", object_id=made.pk).delete()
    return made


def sign_on_reminder(reader):
    return paper(reader).sign_on_reminders.create(about="deadline", due_at=timezone.now())


def asked_again(reader):
    """A version whose meaning is another than that of the one that the reader's organization endorsed."""
    of = paper(reader)
    factories.endorsement(of, reader.organization)
    return factories.shown_version(of, text="Open every door.", change_note=NOTES)


def corrected(_reader):
    """A version by which the meaning of a published paper was corrected."""
    of = factories.published(factories.paper(**TITLES))
    return factories.shown_version(of, text="Open every door.", purpose="correction", change_note=NOTES)


def signature(status):
    """A signature under an open letter, at an address of nobody's."""

    def made(reader):
        letter = opened(kind="open-letter", takes_outsiders=True)
        signer = factories.signature(letter, language=reader.language, status=status)
        return signer, signer.recipient.address

    return made


def comment_round(_reader):
    return factories.comment_round(factories.paper(**TITLES))


def answered_comment(reader):
    made = factories.comment(comment_round(reader), reader.organization)
    made.status, made.answer, made.decided_at = "declined", NOTES[reader.language], timezone.now()
    made.save()
    return made


EXAMPLES = {
    "paper-sign-on-opened": paper,
    "paper-sign-on-closing": sign_on_reminder,
    "endorsement-asked-again": asked_again,
    "paper-corrected": corrected,
    "signature-asked": signature("unconfirmed"),
    "signature-answered": signature("accepted"),
    "comments-opened": comment_round,
    "comments-missing": comment_round,
    "comment-answered": answered_comment,
    "call-opened": call,
    "call-answer-missing": call_invitation,
    "urgent-asked": call_asking_what_is_urgent,
    "contribution-received": contribution,
    "group-join-asked": join_request("waiting"),
    "group-join-answered": join_request("accepted"),
    "digest-gathered": digest,
    "organization-verified": verified_organization,
    "organization-refused": refused_claim,
    "organization-suspended": suspension,
    "organization-merged": merger,
    "role-ending": role_ending,
    "translation-assigned": assignment("open"),
    "translation-due": assignment("open"),
    "translation-taken-back": assignment("taken-back"),
    "second-factor-reset": second_factor_reset,
    "colleague-invited": invitation,
    "document-published": document,
    "document-translated": document,
    "campaign-published": campaign,
    "plan-answered": plan_answer,
    "proposal-answered": proposal_message(is_from_moderators=True),
    "proposal-replied": proposal_message(is_from_moderators=False),
    "consultation-opened": consultation,
    "deadline-near": reminder("deadline"),
    "meeting-near": reminder("meeting"),
    "consultation-moved": moved_meeting,
    "meeting-cancelled": meeting,
    "join-address-given": meeting,
    "guest-invited": guest("invited"),
    "guest-accepted": guest("accepted"),
    "guest-withdrawn": guest("withdrawn"),
    "delegates-to-name": unnamed,
    "delegate-named": delegate,
    "circular-sent": circular,
    "announcement-sent": announcement,
    "announcement-tried": announcement_trial,
    "admission-sent": admission,
    "place-offered": offered,
    "offer-lapsed": registration("lapsed"),
    "delegate-removed": former_delegate,
    "registration-received": registration("pending"),
    "registration-confirmed": registration("confirmed"),
    "registration-promoted": registration("confirmed"),
    "registration-waitlisted": registration("waitlisted"),
    "registration-declined": registration("declined"),
    "registration-cancelled": registration("cancelled"),
}


def example(kind, reader):
    """The thing of a kind, and the address that is told of it."""
    made = EXAMPLES[kind.name](reader)
    return made if isinstance(made, tuple) else (made, reader.email)
