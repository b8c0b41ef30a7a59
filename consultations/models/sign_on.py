"""Sign-on: the time in which organizations endorse a version; the link in its messages, and what falls due in it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.models.papers import Paper
from consultations.models.versions import PaperVersion
from portal import clock, tokens
from portal.models import Belongs


class SignOnLink(models.Model):
    """The link of the messages that ask to endorse a version: it leads to the form and gives no right.

    Only the hash of its token is kept; it is made from the nonce when a message is written.
    """

    PURPOSE = "sign-on"

    version = models.OneToOneField(PaperVersion, on_delete=models.CASCADE, related_name="sign_on_link")
    nonce = models.CharField(max_length=64, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(default=clock.now, editable=False)

    def __str__(self):
        return f"link of {self.version_id}"

    @classmethod
    def of(cls, version):
        """The link of a version, made when it is first needed."""
        nonce = tokens.nonce()
        values = {"nonce": nonce, "token_hash": tokens.digest(tokens.make(cls.PURPOSE, nonce))}
        return cls.objects.get_or_create(version=version, defaults=values)[0]

    @classmethod
    def held_by(cls, token):
        """The link that this token belongs to, or None."""
        rows = cls.objects.filter(token_hash=tokens.digest(token))
        return rows.select_related("version__paper").first()

    @property
    def token(self):
        return tokens.make(self.PURPOSE, self.nonce)


class SignOnReminderQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """As the paper that it reminds of."""
        return self.filter(paper__in=Paper.objects.visible_to(reader))

    def owed(self):
        """Neither sent nor dropped."""
        return self.filter(sent_at__isnull=True, dropped_at__isnull=True)


class SignOnReminder(Belongs, models.Model):
    """Something to be said at a moment: that a paper can be endorsed now, or that it soon cannot any more.

    A worker that stood still sends it late; what has meanwhile passed is dropped.
    """

    ABOVE = ("paper",)

    class About(models.TextChoices):
        OPENING = "opening", _("Endorsement opens")
        DEADLINE = "deadline", _("Endorsement closes")

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="sign_on_reminders")
    about = models.CharField(max_length=8, choices=About.choices)
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects = SignOnReminderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="signonreminder_is_due_once", fields=["paper", "about", "due_at"])
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="signonreminder_owed",
                condition=Q(sent_at__isnull=True, dropped_at__isnull=True),
            )
        ]

    def __str__(self):
        return f"{self.about} of {self.paper_id} at {self.due_at:%Y-%m-%d %H:%M}"
