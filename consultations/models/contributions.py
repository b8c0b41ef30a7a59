"""Contributions: what an organization says in answer to a call, and how it may be named."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations.models.calls import Call
from portal import languages
from portal.models import Belongs, Country, Moves, Organization


class ContributionQuerySet(models.QuerySet):
    def visible_to(self, reader, *, holding=()):
        """One's own; sent ones to whoever reads for the call, and after its close as each organization consents.

        People without account hold the digests of their codes instead.
        """
        own = self._own(reader) | Q(resume_hash__in=holding)
        return self.filter(own | self._read(reader) | self._shown(reader))

    def own(self, reader):
        """Those given by the reader's organizations, or entered by them for a member."""
        return self.filter(self._own(reader))

    def read_by(self, reader):
        """Those that this reader reads and sorts, as coordinator or chosen rapporteur."""
        return self.filter(self._read(reader))

    def shown_to(self, reader):
        """Those that the call shows to this reader, whoever gave them, and their organizations let be shown."""
        return self.filter(self._shown(reader))

    def sent(self):
        return self.filter(status=Contribution.Status.SENT)

    def with_call_for(self, reader):
        """Each with `shows_call`: whether this reader still sees the call, whose room may have closed its door."""
        return self.annotate(shows_call=Exists(Call.objects.visible_to(reader).filter(pk=OuterRef("call"))))

    def from_region(self, region):
        """Those of organizations at work in a region; of one that names none, in the regions of its country."""
        with_own = Organization.objects.filter(regions=region)
        by_country = Organization.objects.filter(regions__isnull=True, country__regions=region)
        return self.filter(
            Q(organization__in=with_own)
            | Q(organization__in=by_country)
            | Q(organization__isnull=True, giver_country__regions=region)
        )

    def as_rows(self):
        """What a row names: the call, and who gave it."""
        return self.select_related(
            "call", "organization__country", "through", "giver_country"
        ).prefetch_related(
            "organization__regions", "organization__country__regions", "giver_country__regions"
        )

    @staticmethod
    def _own(reader):
        ours = reader.organizations.keys()
        return Q(organization_id__in=ours) | Q(through_id__in=ours)

    @staticmethod
    def _read(reader):
        return Q(status=Contribution.Status.SENT, call__in=Call.objects.read_by(reader))

    @staticmethod
    def _shown(reader):
        shows = [Call.Shows.PUBLIC, Call.Shows.MEMBERS] if reader.is_member else [Call.Shows.PUBLIC]
        verified = Organization.Status.VERIFIED
        by_nobody_here = Q(organization__isnull=True) & (
            Q(through__isnull=True) | Q(through__status=verified)
        )
        stands = by_nobody_here | Q(organization__status=verified)
        return stands & Q(
            status=Contribution.Status.SENT,
            consent__in=[Contribution.Consent.NAMED, Contribution.Consent.KIND],
            call__status=Call.Status.CLOSED,
            call__shows__in=shows,
            call__in=Call.objects.visible_to(reader),
        )


class Contribution(Moves, Belongs, models.Model):
    """An organization's answer to a call: a draft that only its own people see, then sent, perhaps withdrawn.

    It belongs to whoever gave it: an organization, or people without account who come back with a code. A network
    may enter it for a member, and is named as such until the member takes it over.
    """

    ABOVE = ("call",)

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SENT = "sent", _("Sent")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    MOVES = {
        Status.DRAFT: {Status.SENT},
        Status.SENT: {Status.WITHDRAWN},
        Status.WITHDRAWN: {Status.DRAFT},
    }

    class Consent(models.TextChoices):
        NAMED = "named", _("With the organization’s name")
        KIND = "kind", _("Without its name: by kind of organization and region only")
        NEVER = "never", _("Never quoted, nor shown to others: read by coordinators and rapporteurs only")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="contributions")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="contributions"
    )
    through = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="contributions_entered"
    )
    # Of whoever has no organization here.
    giver_name = models.CharField(_("name of the organization"), max_length=200, blank=True)
    giver_sort = models.CharField(
        _("kind of organization"), max_length=20, choices=Organization.Sort.choices, blank=True
    )
    giver_country = models.ForeignKey(
        Country, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    giver_is_migrant_led = models.BooleanField(_("led by migrants"), default=False)
    resume_hash = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)

    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    version = models.PositiveIntegerField(default=1, editable=False)
    language = models.CharField(_("language"), max_length=12)
    consent = models.CharField(_("how it may be quoted"), max_length=6, choices=Consent.choices, blank=True)
    consent_version = models.PositiveSmallIntegerField(default=0, editable=False)
    consent_language = models.CharField(max_length=12, blank=True, editable=False)
    consent_at = models.DateTimeField(null=True, blank=True, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("contribution"), _("contributions")
        constraints = [
            models.UniqueConstraint(
                name="contribution_is_one_per_organization", fields=["call", "organization"]
            ),
            models.UniqueConstraint(
                "call",
                "through",
                Lower("giver_name"),
                name="contribution_is_one_per_member_of_network",
                condition=Q(organization__isnull=True, through__isnull=False),
            ),
            models.CheckConstraint(
                name="contribution_is_given_by_somebody",
                condition=Q(organization__isnull=False, giver_name="")
                | Q(organization__isnull=True, giver_name__gt="", giver_country__isnull=False),
            ),
            models.CheckConstraint(
                name="contribution_has_a_way_back",
                condition=Q(organization__isnull=False, resume_hash__isnull=True)
                | Q(organization__isnull=True, through__isnull=False, resume_hash__isnull=True)
                | Q(organization__isnull=True, through__isnull=True, resume_hash__isnull=False),
            ),
            models.CheckConstraint(
                name="contribution_is_not_through_itself",
                condition=Q(through__isnull=True)
                | Q(organization__isnull=True)
                | ~Q(through=F("organization")),
            ),
            models.CheckConstraint(
                name="contribution_sent_has_consent",
                condition=~Q(status="sent")
                | Q(consent__gt="", consent_at__isnull=False, sent_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"contribution {self.key}"

    def get_absolute_url(self):
        return reverse("consultations:contribution", args=[self.key])

    @property
    def direction(self):
        return languages.direction(self.language)

    @property
    def sort(self):
        """What kind of organization gave it, in words."""
        if self.organization is not None:
            return self.organization.get_sort_display()
        return self.get_giver_sort_display()

    @property
    def is_migrant_led(self):
        return self.organization.is_migrant_led if self.organization else self.giver_is_migrant_led

    @property
    def regions(self):
        """Where its organization is at work, as far as known."""
        if self.organization is None:
            return list(self.giver_country.regions.all()) if self.giver_country else []
        own = list(self.organization.regions.all())
        country = self.organization.country
        return own or (list(country.regions.all()) if country else [])

    def text(self, field, language):
        """The Text of the name of who gave it: for its own people, and for whoever may know."""
        if self.organization is not None:
            return self.organization.text(field, language)
        return languages.Text(self.giver_name, self.language)

    @property
    def may_be_named(self):
        return self.consent == self.Consent.NAMED

    @property
    def shown_network(self):
        """The network that entered it, as others read of it: no more once it is suspended."""
        verified = Organization.Status.VERIFIED
        return self.through if self.through and self.through.status == verified else None
