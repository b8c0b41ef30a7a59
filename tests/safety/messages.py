"""Tells everything of which the table of exits knows, and says who may find which secret in what arrived."""

import uuid
from datetime import timedelta

from django.core import mail
from django.utils import timezone

from consultations.models import Reminder
from portal.models import Delivery, Digest, InboxEntry, Notice, Recipient
from portal.notifications import notify, registry
from portal.operations import delivery
from tests.safety.exits import MESSAGES


def tell(world, kinds=MESSAGES):
    """One notice for each of these kinds and its things; return the messages that left, by the kind they are of."""
    # What was told while the world was built is told below, each by its own kind.
    Notice.objects.filter(expanded_at__isnull=True).delete()
    add_reminders(world)
    add_digest(world)
    sent = {}
    for kind in kinds:
        mail.outbox.clear()
        for thing in MESSAGES[kind]:
            notify(registry[kind], world.things[thing], by=None)
        delivery.drain()
        sent[kind] = list(mail.outbox)
    keep(world)
    return sent


def add_reminders(world):
    for name in ("public", "members", "closed"):
        values = {
            "consultation": world.things[f"consultation-{name}"],
            "due_at": timezone.now() + timedelta(days=1),
        }
        world.add(f"deadline-{name}", Reminder.objects.create(about="deadline", **values))
        world.add(f"naming-{name}", Reminder.objects.create(about="naming", **values))
        values["meeting"] = world.things[f"meeting-{name}"]
        world.add(f"near-{name}", Reminder.objects.create(about="meeting", **values))


def add_digest(world):
    """A summary for the lead: of what members may see, and of something that has been closed to them since."""
    reader = world.people["lead"].recipient
    now = timezone.now()
    made = world.add("digest", Digest.objects.create(recipient=reader, channel="daily", created_at=now))
    for thing in ("document-members", "document-invited"):
        notice = Notice.objects.create(
            kind="document-published", thing=world.things[thing], version=7, created_at=now, expanded_at=now
        )
        key = uuid.uuid4()
        Delivery.objects.create(
            key=key,
            notice=notice,
            recipient=reader,
            channel="daily",
            message_id=f"<{key}@portal.example>",
            not_before=now,
            created_at=now,
            digest=made,
        )


def keep(world):
    """What the telling has left behind that pages show."""
    for name in ("document-members", "registration-closed"):
        thing = world.things[name]
        told = Notice.objects.filter(
            object_id=thing.pk, content_type__model=type(thing).__name__.lower()
        ).latest("pk")
        world.add(f"notice-{name.partition('-')[2] if 'closed' in name else 'document'}", told)
    world.add("entry", InboxEntry.objects.filter(recipient__user=world.people["lead"]).latest("pk"))
    bounced = Recipient.objects.get(user=world.people["waitlisted"])
    Recipient.objects.filter(pk=bounced.pk).update(suppressed_at=timezone.now(), suppressed_because="550")
    world.add("recipient", bounced)
    world.add("delivery", Delivery.objects.filter(notice__isnull=False).latest("pk"))


def audience(world):
    """Who reads at each address: {address: (role, what else that reader may see, by the beginning of its name)}."""
    readers = {person.email: (role, (f"{role}.email",)) for role, person in world.people.items()}
    for role in ("pending", "guest", "waitlisted", "confirmed", "lead"):
        of = world.things[f"organization-{role}"]
        readers[of.mailbox] = (role, (f"organization-{role}.mailbox",))
    for name, thing in world.things.items():
        if name.startswith("delegate-"):
            # A delegate without an account sees what the registration gives, and of the people only itself.
            registered = name.replace("delegate", "registration")
            opened = "consultation-public" if name == "delegate-confirmed" else "nothing"
            readers[thing.email] = ("", (f"{registered}.delegate", opened, "organization-confirmed.name"))
        if name.startswith("former-"):
            # Of an open room one learns whose delegate one was; of a closed one nothing.
            opened = (
                ("consultation-public", "organization-confirmed.name") if name == "former-confirmed" else ()
            )
            readers[thing.recipient.address] = ("", opened)
        if name.startswith("signer-"):
            # Whoever signs from outside reads what the message is about, and nothing of others.
            readers[thing.recipient.address] = ("", (f"{name}.address",))
    letter = world.things["invitation"]
    readers[letter.email] = ("", ("invitation.email", "organization-lead.name"))
    return readers
