"""What must be known of a batch of deliveries before each is dealt with: of what it tells, and whether its reader may."""

import logging
from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import EmptyResultSet

from portal import clock
from portal.models import AccountMail, Choice, Notice, Reader, Recipient
from portal.notifications import Kind, registry
from portal.operations import choices

YES, NO = ("true", ()), ("false", ())
logger = logging.getLogger(__name__)


def of(batch):
    """The Case of each delivery: {id: Case}."""
    owed = {lease.id: lease.notice for lease in batch}
    alone = [pk for pk, notice in owed.items() if notice is None]
    mails = AccountMail.objects.filter(delivery__in=alone, expires_at__gt=clock.now()).select_related(
        "delivery"
    )
    mails = {mail.delivery_id: mail for mail in mails} if alone else {}
    told = {pk: Told(notice) for pk, notice in Notice.objects.in_bulk(set(owed.values()) - {None}).items()}
    for pk, one in told.items():
        one.learn([lease.recipient for lease in batch if lease.notice == pk])
    return {lease.id: Case(lease, told.get(lease.notice), mails.get(lease.id)) for lease in batch}


class Told:
    """One notice of a batch, with its thing as it stands now."""

    def __init__(self, notice):
        self.notice = notice
        self.kind = registry.get(notice.kind)
        self.thing = None
        self.readers, self.hows = {}, {}
        self.asks_itself, self.is_public, self.is_neutral, self.is_broken = False, False, False, False

    def learn(self, recipients):
        """Look up once for the batch what its deliveries need; a kind that fails breaks only its own."""
        try:
            self._learn(recipients)
        except Exception:
            logger.exception("notice %s of kind %s cannot be judged", self.notice.pk, self.notice.kind)
            self.is_broken = True

    def _learn(self, recipients):
        if self.kind is None:
            return
        self.thing = self.kind.model._base_manager.filter(pk=self.notice.object_id).first()
        if self.thing is None:
            return
        self.is_neutral = self.kind.is_neutral(self.thing)
        self.hows = choices.chosen(self.kind, self.thing, recipients)
        self.asks_itself = self.kind.sees.__func__ is not Kind.sees.__func__
        # What everybody may see, each reader may see: one question instead of one for each.
        self.is_public = not self.asks_itself and self.kind.sees(Reader.nobody(), self.thing)
        if not self.is_public or self.kind.is_personal:
            rows = Recipient.objects.filter(pk__in=recipients).select_related("user")
            self.readers = {reader.recipient.pk: reader for reader in Reader.of_recipients(rows)}

    @cached_property
    def state(self):
        """What a rendered letter depends on, of the thing itself."""
        fields = self.thing._meta.concrete_fields
        return hash((self.is_neutral, repr([getattr(self.thing, field.attname) for field in fields])))

    def question(self, recipient):
        """SQL and parameters that ask whether this recipient may see the thing."""
        if self.is_broken or self.asks_itself or self.thing is None:
            return YES
        reader = Reader.nobody() if self.is_public else self.readers[recipient]
        rows = self.kind.model.objects.visible_to(reader).filter(pk=self.thing.pk).order_by().values("pk")
        try:
            sql, values = rows.query.sql_with_params()
        except EmptyResultSet:
            return NO
        return f"EXISTS ({sql})", values


@dataclass
class Case:
    """One delivery of a batch: a notice to somebody, or a message about somebody's own account."""

    lease: object
    told: Told | None
    mail: AccountMail | None

    @property
    def kind(self):
        return self.told.kind if self.told else None

    @property
    def is_broken(self):
        return bool(self.told and self.told.is_broken)

    @property
    def recipient(self):
        return self.told.readers[self.lease.recipient].recipient

    @property
    def question(self):
        return self.told.question(self.lease.recipient) if self.told else YES

    def why_not(self, holder):
        """Why this must not be sent to its reader, as it stands at this moment; empty if it may."""
        if self.told is None:
            return ("" if holder.address else "no address") if self.mail else "expired"
        if self.kind is None or self.told.thing is None:
            return "gone"
        if not holder.is_active or not holder.is_reachable:
            return "suppressed" if holder.is_active and holder.address else "no address"
        left = holder.has_left or self.told.hows.get(self.lease.recipient) == Choice.How.NEVER
        if self.kind.can_be_left and left:
            return "left"
        if not holder.sees or (self.told.asks_itself and not self._asked()):
            return "not entitled"
        return ""

    def _asked(self):
        return self.kind.sees(self.told.readers[self.lease.recipient], self.told.thing)
