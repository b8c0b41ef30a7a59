"""One person in every table that is about people, with a word of her own wherever the data map says that it is hers."""

import secrets
from dataclasses import dataclass, field
from uuid import uuid4

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry as AdminLogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import CharField, JSONField, TextField, UUIDField
from django.test import Client
from django.utils import timezone

from consultations.models import (
    Attendance,
    CalendarFeed,
    FormerDelegate,
    Guest,
    KeptFile,
    OutsideSigner,
    RegistrationAnswer,
)
from portal import tokens
from portal.data_map import OWN, SECRETS, kept
from portal.files import Clean
from portal.models import (
    AccountMail,
    Actor,
    Choice,
    Delivery,
    Digest,
    FormReceipt,
    InboxEntry,
    Invitation,
    JoinRequest,
    Notice,
    Role,
    User,
)
from portal.operations import files, log
from resources.models import PlanAnswer
from tests import factories, sessions

# Whose rows stay: the number in the log, and letters that an organization's standing hangs on. Only their links go.
KEYED = ("portal.Delivery.key", "portal.Delivery.message_id")
NOT_PLANTED = {Actor, User}
SHORTEST = 8  # letters of a planted word: what has room for fewer is no word


@dataclass
class Person:
    """Somebody who is everywhere, and the words by which she would be found: {word: where it stands}."""

    user: User
    words: dict = field(default_factory=dict)
    blobs: list = field(default_factory=list)

    def word(self, where):
        said = f"zq{secrets.token_hex(3)}"
        self.words[said] = where
        return said


def everywhere():
    """A person with a row in each table that has people, each field of her own planted as the map tells."""
    person = Person(factories.administrator(email="nadia@people.example"))
    other = factories.administrator()
    address = f"{person.word('address')}@people.example"
    person.user.email = address
    person.user.name = person.word("name")
    person.user.save()
    person.user.emailaddress_set.update(email=address)
    person.user.recipient.address = address
    person.user.recipient.save()
    _belong(person, other)
    for _ in range(2):
        _take_part(person)
    # Before she had an account she signed with the same address.
    factories.signature(factories.paper_to_endorse(), email=address)
    _be_written_to(person)
    _sign_in(person)
    _plant(person)
    return person


def about():
    """The models whose rows are about people."""
    return [model for model, own in kept().items() if own.about]


def traces(person):
    """Where any word of the person stands in any table: the whole database as text, row by row."""
    pattern, found = "|".join(person.words), []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" t WHERE lower(t::text) ~ %s', [pattern])
            found += [(table, row) for (row,) in cursor.fetchall()]
    return found


def _belong(person, other):
    user = person.user
    organization = factories.organization(lead=user, mailbox=user.email)
    Role.objects.create(user=user, kind=Role.Kind.TRANSLATOR, language="fr", given_by=other)
    factories.assignment(factories.document(), user=user, given_by=other, words=person.word("assignment"))
    group = factories.working_group()
    factories.group_member(group, user, organization_=organization)
    JoinRequest.objects.create(group=group, user=user, words="please", organization=organization)
    factories.claim(user, name=None).words = ""
    user.claims.update(words="mine")
    for by, email in ((other, user.email), (user, "friend@people.example")):
        nonce = tokens.nonce()
        Invitation.objects.create(
            organization=factories.organization(),
            email=email,
            invited_by=by,
            nonce=nonce,
            token_hash=tokens.digest(nonce),
            expires_at=timezone.now(),
            recipient=user.recipient if by == other else None,
        )
    factories.contribution(organization_=organization, status="draft", said=person.word("draft"))
    CalendarFeed.objects.create(user=user, token_hash=tokens.nonce())
    PlanAnswer.objects.create(
        practice=factories.practice(), organization=organization, by=user, words="we would"
    )
    log.record("settings changed", user, by=user)
    AdminLogEntry.objects.create(
        user=user, action_flag=2, object_id=user.pk, object_repr="x", change_message="x"
    )


def _take_part(person):
    user, organization = person.user, person.user.organization_set.get()
    registration = factories.registration(organization_=organization, registered_by=user)
    delegate = registration.delegate_set.get()
    delegate.recipient, delegate.email, delegate.other_needs = user.recipient, user.email, "a chair"
    delegate.save()
    Attendance.objects.create(
        meeting=registration.consultation.meetings.get(),
        registration=registration,
        delegate=delegate,
        way="list",
        keep_until=timezone.now(),
    )
    FormerDelegate.objects.create(registration=factories.registration(), recipient=user.recipient)
    consultation = registration.consultation
    Guest.objects.create(consultation=consultation, recipient=user.recipient, token_hash=tokens.nonce())
    factories.admission(consultation, organization, recipient=user.recipient)
    factories.admission(factories.open_consultation(), recipient=user.recipient)
    signature = factories.signature(factories.paper_to_endorse())
    OutsideSigner.objects.filter(pk=signature.pk).update(recipient=user.recipient)
    KeptFile.objects.create(file=_file(person), sent_by=user)
    for kind, answer in (("line", {"text": person.word("answer")}), ("file", {"file": _file(person)})):
        asked = factories.question(consultation, kind=kind)
        RegistrationAnswer.objects.create(registration=registration, question=asked, language="en", **answer)


def _file(person):
    name, said = (person.word(f"file {what}") for what in ("name", "content"))
    stored = files.keep(Clean(f"{name}.pdf", said.encode(), "application/pdf"), by=person.user)
    person.blobs.append(stored.blob)
    return stored


def _be_written_to(person):
    recipient, now = person.user.recipient, timezone.now()
    kind = ContentType.objects.get_for_model(User)
    notice = Notice.objects.create(
        kind="x", content_type=kind, object_id=person.user.pk, created_at=now, created_by=person.user
    )
    Choice.objects.create(recipient=recipient, kind="paper-opened", how="daily")
    digest = Digest.objects.create(recipient=recipient, channel="daily", created_at=now)
    delivery = Delivery.objects.create(
        notice=notice,
        recipient=recipient,
        key=(key := uuid4()),
        message_id=f"<{key}@portal.example>",
        not_before=now,
        created_at=now,
        digest=digest,
    )
    person.words[str(key)] = "portal.Delivery.key"
    AccountMail.objects.create(delivery=delivery, subject="x", body="x", expires_at=now)
    InboxEntry.objects.create(notice=notice, recipient=recipient, created_at=now)
    EmailConfirmation.objects.create(email_address=EmailAddress.objects.get(user=person.user), key="x")


def _sign_in(person):
    client = Client()
    sessions.sign_in(client, person.user)
    on_the_way = Client()
    session = on_the_way.session
    session["account_login"] = {"email": person.user.email}
    session.save()
    FormReceipt.objects.create(
        sender=f"user:{person.user.pk}", route="x", key=uuid4(), request_hash=person.word("receipt")
    )
    Authenticator.objects.get_or_create(user=person.user, type="totp", defaults={"data": {}})


def _plant(person):
    """A word in each field of her own that can hold one, in every row that is about her."""
    for model in about():
        own = kept()[model]
        rows = model._base_manager.filter(own.own(person.user))
        assert rows, f"{model.__name__} is about people: give this person a row of it"
        for row in rows if model not in NOT_PLANTED else ():
            for name in own.fields(*OWN, SECRETS):
                _plant_one(person, model, row, name)


def _plant_one(person, model, row, name):
    spoken = model._meta.get_field(name)
    where = f"{model._meta.label}.{name}"
    if spoken.is_relation or spoken.choices or name in ("email", "address") or where in KEYED:
        return  # an address is a word of hers already, as is the key that stands in a Message-ID
    if isinstance(spoken, UUIDField):
        value = uuid4()
        person.words[str(value)] = where
    elif isinstance(spoken, JSONField):
        value = {"secret": person.word(where)}
    elif isinstance(spoken, CharField | TextField) and (spoken.max_length or SHORTEST) >= SHORTEST:
        value = person.word(where)
    else:
        return
    model._base_manager.filter(pk=row.pk).update(**{name: value})
