"""Kinds of notice: what may be told, to whom, in which words.

A new kind is a subclass of Kind, marked `@register`, in an app's own `notifications`, and three templates,
`templates/emails/<name>/{subject.txt,body.txt,body.html}`; the bodies extend `emails/base.txt` and `base.html`.

What every template reads: `subject` (bodies only), `name` (of the reader, or empty), `action_url` (absolute, in the
reader's language), `action` (the words of the button), `why`, `settings_url`, `leave_url` (each may be empty),
`thing`, `language`, and whatever `Kind.context` adds. Templates ending in .txt are rendered without escaping.
A message is rendered once for all readers of a language; only the name and the personal links differ, unless the
kind says `is_personal`.
"""

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.models import Belongs, Membership, Organization, Recipient

registry = {}


class Kind:
    """What may be told about things of one model, to whom, and in which words (templates/emails/<name>/)."""

    name = ""  # noun and participle: document-published
    model = None
    label = ""  # "An outcome document is published": how people choose it, and coordinators find it
    priority = 5  # 0 before all others, 9 for what goes to everybody
    action = pgettext_lazy("button", "Open")  # its words
    why = _("you have an account on this portal")  # ends the sentence "Why you receive this: …"
    can_be_left = True  # whether one may stop messages of this kind; it then bears List-Unsubscribe
    beside = ()  # rows that title() reads besides the thing, for select_related in lists
    is_personal = False  # whether context and attachments need the recipient: rendered for each one, slower
    is_listed = True  # among what people choose from, and coordinators watch
    is_kept = True  # in the inbox of each person who is told
    is_rationed = False  # whoever speaks for an organization causes it at will: strangers get a few at a time

    @staticmethod
    def organizations(thing):
        """The organizations that should learn of it: what coordinators watch. None where it concerns people only."""
        return Organization.objects.none()

    @classmethod
    def recipients(cls, thing):
        """The Recipients entitled to learn of it, as a queryset; by default, the people of `organizations`.

        An annotation `entitled_at` says since when each one is; who came after the notice is not told.
        """
        return people_of(cls.organizations(thing))

    @classmethod
    def rows(cls, reader):
        """The things of this kind that a reader may (still) see, as the inbox and summaries list them."""
        return cls.model.objects.visible_to(reader).select_related(*cls.beside)

    @classmethod
    def sees(cls, reader, thing):
        """Whether this reader may (still) see the thing; asked again before each message leaves."""
        return cls.model.objects.visible_to(reader).filter(pk=thing.pk).exists()

    @staticmethod
    def is_neutral(thing):
        """Whether the message says only that there is something, as for closed rooms (safety.md, D9).

        It then takes its words from templates/emails/neutral/ and carries no attachment.
        """
        return False

    @staticmethod
    def title(thing, language):
        """What the thing is called in the coordinators' lists; never in a message by itself."""
        for above in (thing, *(thing.belongs_to() if isinstance(thing, Belongs) else ())):
            for field in ("title", "name"):
                if hasattr(above, f"{field}_{language}"):
                    return above.text(field, language)
        return ""

    @staticmethod
    def address(thing):
        """The path that the button leads to, resolved under the reader's language."""
        return thing.get_absolute_url()

    @staticmethod
    def context(thing, language, recipient=None):
        """What the templates of this kind read besides; the recipient is given to personal kinds only."""
        return {}

    @staticmethod
    def attachments(thing, recipient=None):
        """Files that go with the message, made under the reader's language: [(name, bytes, media type)]."""
        return []


def register(kind):
    """Make a kind known by its name."""
    registry[kind.name] = kind
    return kind


def people_of(organizations):
    """The Recipients of the people of these organizations, and of their shared mailboxes, each once."""
    belongs = Membership.objects.filter(user=OuterRef("user"), organization__in=organizations)
    belongs = belongs.annotate(at=Greatest("since", "organization__verified_at")).order_by("at")
    since = Coalesce(Subquery(belongs.values("at")[:1]), Greatest("created_at", "organization__verified_at"))
    recipients = Recipient.objects.filter(Q(Exists(belongs)) | Q(organization__in=organizations))
    return recipients.annotate(entitled_at=since)
