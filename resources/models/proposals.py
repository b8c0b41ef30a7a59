"""What organizations propose to share: written on the server, moderated in a conversation, shown once accepted."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal import clock, languages
from portal.models import Country, Moves, Objective, Organization, Record, Region
from resources.models.practices import Practice


class ProposalQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """The people of the organization; once it was sent, those who moderate."""
        own = Q(organization__in=reader.organizations.keys())
        moderated = ~Q(status=Proposal.Status.DRAFT) if reader.coordinates_everything else Q(pk__in=[])
        return self.filter(own | moderated)

    def waiting(self):
        return self.filter(status=Proposal.Status.WAITING)

    def begun(self):
        """Those that have not come to an end."""
        return self.filter(status__in=Proposal.BEGUN)

    def as_rows(self):
        return self.select_related("organization", "practice")


class Proposal(Moves, models.Model):
    """A practice or plan, or a change of one, as its organization writes it: drafted, sent, answered.

    `texts` is {language: {"title", "summary", "partners", "people", "outcome"}}. What is accepted is copied to the
    Practice, which readers see; nobody but the organization and the moderators sees a proposal.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("proposal", "Draft")
        WAITING = "waiting", pgettext_lazy("proposal", "Waits for a moderator")
        RETURNED = "returned", pgettext_lazy("proposal", "Asked to change it")
        ACCEPTED = "accepted", pgettext_lazy("proposal", "Accepted")
        DECLINED = "declined", pgettext_lazy("proposal", "Declined")

    MOVES = {
        Status.DRAFT: {Status.WAITING},
        Status.WAITING: {Status.DRAFT, Status.RETURNED, Status.ACCEPTED, Status.DECLINED},
        Status.RETURNED: {Status.WAITING},
        Status.ACCEPTED: set(),
        Status.DECLINED: set(),
    }
    WRITABLE = (Status.DRAFT, Status.RETURNED)
    BEGUN = (*WRITABLE, Status.WAITING)
    FIELDS = ("title", "summary", "partners", "people", "outcome")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="proposals")
    practice = models.ForeignKey(
        Practice, on_delete=models.CASCADE, null=True, blank=True, related_name="proposals"
    )  # which it changes, or became
    began_from = models.PositiveIntegerField(
        null=True, editable=False
    )  # the version of the practice that it changes
    kind = models.CharField(max_length=10, choices=Practice.Kind.choices, default=Practice.Kind.PRACTICE)
    access = models.CharField(max_length=8, choices=Record.Access.choices, default=Record.Access.PUBLIC)
    original_language = models.CharField(max_length=12, default="en")
    texts = models.JSONField(default=dict)
    objectives = models.ManyToManyField(Objective, blank=True, related_name="+")
    countries = models.ManyToManyField(Country, blank=True, related_name="+")
    regions = models.ManyToManyField(Region, blank=True, related_name="+")
    begins_on = models.DateField(null=True, blank=True)
    begins_precision = models.CharField(max_length=5, choices=Record.Precision.choices, default="day")
    ends_on = models.DateField(null=True, blank=True)
    ends_precision = models.CharField(max_length=5, choices=Record.Precision.choices, default="day")
    website = models.URLField(max_length=500, blank=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.DRAFT)
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    begun_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("proposal"), _("proposals")
        constraints = [
            models.UniqueConstraint(
                name="proposal_changes_a_practice_alone",
                fields=["practice"],
                condition=Q(status__in=["draft", "returned", "waiting"]),
            ),
            models.CheckConstraint(
                name="proposal_sent_has_moment", condition=Q(status="draft") | Q(sent_at__isnull=False)
            ),
            models.CheckConstraint(
                name="proposal_accepted_is_a_practice",
                condition=~Q(status="accepted") | Q(practice__isnull=False),
            ),
            models.CheckConstraint(
                name="proposal_ends_after_it_begins",
                condition=Q(begins_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=models.F("begins_on")),
            ),
        ]

    def __str__(self):
        return f"proposal {self.key}"

    def get_absolute_url(self):
        return reverse("resources:proposal", args=[self.key])

    @property
    def languages(self):
        """Those in which it has a text, in the order of the portal."""
        return [code for code in languages.CODES if self.texts.get(code)]

    @property
    def is_writable(self):
        return self.status in self.WRITABLE

    @property
    def is_begun(self):
        return self.status in self.BEGUN

    def text(self, field, language):
        """The Text of a field: in the language, else in the original, else in any."""
        found = {code: words.get(field, "") for code, words in self.texts.items()}
        return languages.best(found, language, self.original_language)


class ProposalMessageQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """As the proposal that it is about."""
        return self.filter(proposal__in=Proposal.objects.visible_to(reader))


class ProposalMessage(models.Model):
    """What was said of a proposal, by its organization or by who moderates; or the step that was taken with it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="messages")
    step = models.CharField(max_length=8, choices=Proposal.Status.choices, blank=True)
    words = models.TextField(blank=True)
    is_from_moderators = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)

    objects = ProposalMessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="proposalmessage_says_why",
                condition=Q(step__in=["draft", "waiting", "accepted"]) | Q(words__gt=""),
            )
        ]

    def __str__(self):
        return f"{self.step or 'said'} of {self.proposal_id}"

    def get_absolute_url(self):
        return self.proposal.get_absolute_url()
