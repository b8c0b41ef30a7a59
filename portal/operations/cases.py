"""What must be known of a batch of deliveries before each is dealt with: of what it tells, and whether its reader may."""

import logging
import time
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import EmptyResultSet
from django.db import InterfaceError, OperationalError

from portal import clock
from portal.models import AccountMail, Digest, Notice, Reader, Recipient
from portal.notifications import Kind, registry
from portal.operations import leases

FRESH = 1.0  # seconds that a notice's thing is used as it was looked up; each message asks again whether it may leave
logger = logging.getLogger(__name__)


class Cases:
    """Looks up what a batch needs; what is told, once a second for each notice."""

    def __init__(self):
        self.told = {}

    def of(self, batch):
        """The Case of each delivery: {id: Case}."""
        self._look_up({lease.notice for lease in batch} - {None})
        for pk in {lease.notice for lease in batch} - {None}:
            self.told[pk].meet([lease.holder.id for lease in batch if lease.notice == pk])
        alone = [lease.id for lease in batch if lease.notice is None]
        mails = AccountMail.objects.filter(delivery__in=alone, expires_at__gt=clock.now()).select_related(
            "delivery"
        )
        mails = {mail.delivery_id: mail for mail in mails} if alone else {}
        return {lease.id: Case(lease, self.told.get(lease.notice), mails.get(lease.id)) for lease in batch}

    def _look_up(self, wanted):
        oldest = time.monotonic() - FRESH
        self.told = {pk: told for pk, told in self.told.items() if told.looked_up_at > oldest}
        if missing := wanted - self.told.keys():
            notices = Notice.objects.in_bulk(missing)
            self.told |= {pk: Told(notice) for pk, notice in notices.items()}


class Told:
    """One notice, with its thing as it stands now. A kind that fails breaks only its own messages."""

    def __init__(self, notice):
        self.notice, self.kind, self.thing = notice, registry.get(notice.kind), None
        self.asks_itself = self.is_public = self.is_neutral = self.is_broken = False
        self.objectives, self.readers = "{}", {}
        self.looked_up_at = time.monotonic()
        with self._breaking_alone():
            self._learn()

    def _learn(self):
        if self.kind is None:
            return
        self.thing = self.kind.model._base_manager.filter(pk=self.notice.object_id).first()
        if self.thing is None:
            return
        self.is_neutral = self.kind.is_neutral(self.thing)
        self.asks_itself = self.kind.sees.__func__ is not Kind.sees.__func__
        # What everybody may see, each reader may see: one question instead of one for each.
        self.is_public = not self.asks_itself and self.kind.sees(Reader.nobody(), self.thing)
        if self.kind.can_be_left and hasattr(self.thing, "objectives"):
            ids = self.thing.objectives.order_by().values_list("pk", flat=True)
            self.objectives = f"{{{','.join(map(str, ids))}}}"

    def meet(self, recipients):
        """Look up the readers of a batch, where each must be asked for alone."""
        if self.thing is None or (self.is_public and not self.kind.is_personal):
            return
        with self._breaking_alone():
            rows = Recipient.objects.filter(pk__in=recipients).select_related("user")
            self.readers = {reader.recipient.pk: reader for reader in Reader.of_recipients(rows)}

    @contextmanager
    def _breaking_alone(self):
        try:
            yield
        except (OperationalError, InterfaceError):
            raise  # the database is away: that is nobody's fault here
        except Exception:
            logger.exception("notice %s of kind %s cannot be judged", self.notice.pk, self.notice.kind)
            self.is_broken = True

    @cached_property
    def state(self):
        """What a rendered letter depends on, of the thing itself."""
        fields = self.thing._meta.concrete_fields
        return hash((self.is_neutral, repr([getattr(self.thing, field.attname) for field in fields])))

    @cached_property
    def public_question(self):
        return self._question(Reader.nobody())

    def question(self, recipient):
        """What must still hold when this recipient's message leaves."""
        if self.is_broken or self.thing is None:
            return leases.NOTHING
        if self.is_public:
            return self.public_question
        return self._question(None if self.asks_itself else self.readers[recipient])

    def _question(self, reader):
        sees, values = ("true", ()) if reader is None else self._seen_by(reader)
        name = self.kind.name if self.kind.can_be_left else ""
        digest = self.thing.pk if isinstance(self.thing, Digest) else None
        return leases.Question(name, self.objectives, sees, values, digest)

    def _seen_by(self, reader):
        rows = self.kind.model.objects.visible_to(reader).filter(pk=self.thing.pk).order_by().values("pk")
        try:
            sql, values = rows.query.sql_with_params()
        except EmptyResultSet:
            return "false", ()
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
        return self.told.readers[self.lease.holder.id].recipient

    @property
    def question(self):
        return self.told.question(self.lease.holder.id) if self.told else leases.NOTHING

    def why_not(self, holder):
        """Why this must not be sent to its reader, as it stands at this moment; empty if it may."""
        if self.told is None:
            return ("" if holder.address else "no address") if self.mail else "expired"
        if self.told.thing is None:
            return "gone"
        if not holder.is_active or not holder.address:
            return "no address"
        if not holder.is_reachable:
            return "suppressed"
        if holder.has_left:
            return "left"
        if not holder.sees or (self.told.asks_itself and not self._asked()):
            return "not entitled"
        return ""

    def _asked(self):
        return self.kind.sees(self.told.readers[self.lease.holder.id], self.told.thing)
