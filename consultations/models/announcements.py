"""Announcements: what coordinators write to many organizations at once, in each language."""

import uuid
from dataclasses import dataclass

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.models.consultations import Consultation
from consultations.models.endorsements import Endorsement, Shown
from consultations.models.papers import Paper
from consultations.models.registrations import Registration
from portal import clock, languages
from portal.models import (
    Belongs,
    Body,
    Delivery,
    GroupMember,
    Notice,
    Objective,
    Organization,
    Record,
    RecordQuerySet,
    Region,
    TextState,
    Timed,
    WorkingGroup,
)


@dataclass(frozen=True)
class Words:
    """Subject and text of an announcement as one reader gets them: both in one language."""

    subject: str
    body: Body
    asked: str

    @property
    def language(self):
        return self.body.language

    @property
    def direction(self):
        return self.body.direction

    @property
    def is_fallback(self):
        return self.language != self.asked


class AnnouncementQuerySet(RecordQuerySet):
    def newest_sent_first(self):
        return self.order_by("-sent_at", "-pk")


class Announcement(Timed, Record):
    """What coordinators write to the organizations that some filters find: drafted, approved where that is asked, sent.

    Whom it is sent to is kept at that moment. It stands in the public archive if everybody may see it; who has been
    told may read it in any case, until it is withdrawn.
    """

    search_kind = "announcement"

    class Status(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("announcement", "Draft")
        WAITING = "waiting", pgettext_lazy("announcement", "Waits for approval")
        APPROVED = "approved", pgettext_lazy("announcement", "Approved")
        PUBLISHED = "published", pgettext_lazy("announcement", "Sent")
        WITHDRAWN = "withdrawn", pgettext_lazy("announcement", "Withdrawn")

    MOVES = {
        Status.DRAFT: {Status.WAITING, Status.PUBLISHED},
        Status.WAITING: {Status.DRAFT, Status.APPROVED},
        Status.APPROVED: {Status.DRAFT, Status.PUBLISHED},
        Status.PUBLISHED: {Status.WITHDRAWN},
        Status.WITHDRAWN: set(),
    }
    UNSENT = (Status.DRAFT, Status.WAITING, Status.APPROVED)

    class Side(models.TextChoices):
        WITH = "with", _("Those that did")
        WITHOUT = "without", _("Those that did not")

    status = models.CharField(_("state"), max_length=12, choices=Status.choices, default=Status.DRAFT)

    # Whom it is for, each filter narrowing the others; an empty one narrows nothing.
    to_constituencies = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    to_objectives = models.ManyToManyField(Objective, blank=True, related_name="+")
    to_regions = models.ManyToManyField(Region, blank=True, related_name="+")
    to_spoken = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    to_group = models.ForeignKey(
        WorkingGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    of_consultation = models.ForeignKey(
        Consultation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    registered = models.CharField(max_length=8, choices=Side.choices, blank=True)
    of_paper = models.ForeignKey(Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    endorsed = models.CharField(max_length=8, choices=Side.choices, blank=True)

    organizations = models.ManyToManyField(Organization, blank=True, related_name="+", editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    publish_at = models.DateTimeField(_("send at"), null=True, blank=True, editable=False)
    time_zone = models.CharField(max_length=64, default="UTC", editable=False)
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = AnnouncementQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name, verbose_name_plural = _("announcement"), _("announcements")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                name="announcement_sent_has_moment",
                condition=Q(status__in=["published", "withdrawn"], sent_at__isnull=False)
                | (~Q(status__in=["published", "withdrawn"]) & Q(sent_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="announcement_sent_waits_for_no_moment",
                condition=Q(status__in=["draft", "approved"]) | Q(publish_at__isnull=True),
            ),
            models.CheckConstraint(
                name="announcement_registered_says_for_what",
                condition=Q(of_consultation__isnull=True, registered="")
                | (Q(of_consultation__isnull=False) & ~Q(registered="")),
            ),
            models.CheckConstraint(
                name="announcement_endorsed_says_what",
                condition=Q(of_paper__isnull=True, endorsed="")
                | (Q(of_paper__isnull=False) & ~Q(endorsed="")),
            ),
            models.CheckConstraint(
                name="announcement_approved_by_another",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("asked_by")),
            ),
        ]

    def get_absolute_url(self):
        return reverse("consultations:announcement", args=[self.address_key])

    @classmethod
    def seen_by(cls, reader):
        """Also, once sent, by the people of the organizations that it was sent to."""
        written_to = cls.organizations.through.objects.filter(
            announcement=OuterRef("pk"), organization__in=reader.verified_ids
        )
        return super().seen_by(reader) | (Q(status__in=cls.SHOWN) & Exists(written_to))

    @property
    def is_unsent(self):
        return self.status in self.UNSENT

    @property
    def is_discreet(self):
        """Whether its messages say only that there is something to read: it, or what it is about, is by invitation."""
        about = (self, self.of_consultation, self.of_paper, self.to_group)
        return any(thing is not None and thing.access == self.Access.INVITED for thing in about)

    def make_slug(self):
        """None of the title where its messages must not tell it: they bear the address."""
        if not self.is_discreet:
            super().make_slug()

    @property
    def notice(self):
        """The one notice by which it is told; None before it is sent."""
        kind = ContentType.objects.get_for_model(Announcement)
        return Notice.objects.filter(content_type=kind, object_id=self.pk, kind="announcement-sent").first()

    def words(self, language):
        """What a reader of a language gets: what stands in it as a whole, else the original; None without a text.

        A translation of what the original does not say any more is none.
        """
        bodies = self.readable_bodies()
        stale = {row.language for row in self.text_states.all() if row.state == TextState.State.STALE}
        for code in (language, self.original_language):
            subject = self.text("title", code)
            if subject and subject.language == code and code in bodies and code not in stale:
                return Words(str(subject), bodies[code], language)
        return None

    def missing(self):
        """The languages in which it cannot be read as a whole."""
        found = {code: self.words(code) for code in languages.CODES}
        return [code for code, words in found.items() if words is None or words.is_fallback]

    def audience(self):
        """The verified organizations that the filters find at this moment."""
        rows = Organization.objects.filter(status=Organization.Status.VERIFIED)
        for condition in self._filters():
            rows = rows.filter(condition)
        return Organization.objects.filter(pk__in=rows.values("pk"))

    def _filters(self):
        """A condition on organizations for each filter that is not empty."""
        if self.to_constituencies:
            yield Q(constituency__in=self.to_constituencies)
        if objectives := list(self.to_objectives.all()):
            yield Q(objectives__in=objectives)
        if regions := list(self.to_regions.all()):
            yield Q(regions__in=regions)
        if self.to_spoken:
            yield Q(spoken__overlap=self.to_spoken)
        if self.to_group_id:
            people = GroupMember.objects.current().filter(group=self.to_group_id)
            yield Q(working_groups=self.to_group_id) | Q(pk__in=people.values("organization"))
        if self.of_consultation_id:
            held = Registration.objects.filter(status__in=Registration.HELD)
            yield self._did(self.registered, held.filter(consultation=self.of_consultation_id))
        if self.of_paper_id:
            # Who withholds its name from coordinators shall not be found by it here either.
            told = Endorsement.objects.standing().exclude(shown=Shown.WITHHELD)
            yield self._did(self.endorsed, told.filter(version__paper=self.of_paper_id))

    def _did(self, side, acts):
        did = Q(pk__in=acts.values("organization"))
        return did if side == self.Side.WITH else ~did


class OfAnnouncementQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """For who coordinates the announcement alone."""
        return self.filter(self.model.coordinated_by(reader))


class AnnouncementTrialQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """One's own alone, while one may see the announcement itself."""
        seen = Announcement.objects.visible_to(reader)
        return self.filter(asked_by=reader.user, announcement__in=seen) if reader.user else self.none()


class AnnouncementTrial(Belongs, models.Model):
    """An announcement sent to one coordinator alone, to see how it arrives."""

    ABOVE = ("announcement",)

    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="trials")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(default=clock.now, editable=False)

    objects = AnnouncementTrialQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("trial of an announcement"), _("trials of announcements")

    def __str__(self):
        return f"{self.announcement} at {self.asked_at}"

    def get_absolute_url(self):
        return self.announcement.get_absolute_url()


class AnnouncementCorrectionQuerySet(OfAnnouncementQuerySet):
    def waiting(self):
        """Those that a second person must approve before anybody reads them."""
        return self.filter(waits=True)


class AnnouncementCorrection(Belongs, models.Model):
    """Other words of an announcement in one language, after some were told already: which words these had read.

    Where a second person must approve it, it waits: nobody reads the new words, and nothing leaves, until then.
    """

    ABOVE = ("announcement",)

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    announcement = models.ForeignKey(Announcement, on_delete=models.CASCADE, related_name="corrections")
    language = models.CharField(max_length=12)
    was_subject = models.CharField(max_length=300, blank=True)
    was_text = models.TextField(blank=True)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    waits = models.BooleanField(default=False)
    # The languages of the readers who get this one: their own, and those that are missing.
    readers = ArrayField(models.CharField(max_length=12), default=list)
    told = models.PositiveIntegerField(default=0)
    # Those that had been told in the earlier words: by which messages is forgotten after some weeks.
    organizations = models.ManyToManyField(Organization, blank=True, related_name="+")
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    corrected_at = models.DateTimeField(default=clock.now, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = AnnouncementCorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction of an announcement")
        verbose_name_plural = _("corrections of announcements")
        constraints = [
            models.UniqueConstraint(
                name="announcementcorrection_one_of_a_language_waits",
                fields=["announcement", "language"],
                condition=Q(waits=True),
            ),
            models.CheckConstraint(
                name="announcementcorrection_approved_by_another",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("corrected_by")),
            ),
        ]

    def __str__(self):
        return f"{self.announcement} in {self.language}"

    def get_absolute_url(self):
        return reverse("consultations:announcement-correction", args=[self.key])

    def told_before(self):
        """The organizations of whose people or mailbox one was told in the earlier words, as deliveries know it."""
        told = Delivery.objects.filter(
            notice=self.announcement.notice,
            state=Delivery.State.SENT,
            lang__in=self.readers,
            finished_at__lte=self.corrected_at,
        )
        users, mailboxes = told.values("recipient__user"), told.values("recipient__organization")
        written_to = self.announcement.organizations
        return written_to.filter(Q(membership__user__in=users) | Q(pk__in=mailboxes)).distinct()
