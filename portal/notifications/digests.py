"""The summary of a day or a week."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from portal import items
from portal.models import Digest, Notice, Reader, Recipient
from portal.notifications.kinds import Kind, register, registry


@register
class DigestGathered(Kind):
    """The summary of a day or a week, for those who chose it: each kind's own subjects, the urgent ones first."""

    name, model = "digest-gathered", Digest
    label = _("Your summary")
    priority = 6
    action = _("Open your messages")
    why = _("you chose to be told of some things together")
    is_personal, is_listed, is_kept = True, False, False

    @staticmethod
    def recipients(digest):
        return Recipient.objects.filter(pk=digest.recipient_id)

    @classmethod
    def sees(cls, reader, digest):
        """As long as something in it may still be seen."""
        return digest.recipient_id == reader.recipient.pk and bool(cls.items(digest, reader))

    @staticmethod
    def context(digest, language, recipient=None):
        found = DigestGathered.items(digest, Reader.of_recipient(recipient))
        groups = {}
        for item in sorted(found, key=lambda item: (item.kind.priority, item.notice.pk)):
            groups.setdefault(item.kind.name, (item.kind.label, []))[1].append(
                (item.line, settings.SITE_URL + item.address)
            )
        return {"groups": list(groups.values()), "count": len(found)}

    @staticmethod
    def items(digest, reader):
        """What was gathered and may still be seen by its reader."""
        notices = Notice.objects.filter(deliveries__digest=digest).order_by("pk")
        return items.of(registry, notices, reader)
