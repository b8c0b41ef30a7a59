"""Voices: what a person tells of the own life, given through an organization, for the uses that she agreed to."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal import clock, languages
from portal.models import Belongs, Country, Objective, Organization, Process
from resources.models import Campaign, Document


class VoiceQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """To the leads of the organization and whoever wrote it down; to coordinators while a consent stands."""
        return self.filter(self._own(reader) | self._usable(reader) | self._orphaned(reader))

    def own(self, reader):
        """Those given through an organization of the reader's."""
        return self.filter(self._own(reader))

    def usable_by(self, reader):
        """Those that this reader, coordinating, may use for something that the person agreed to."""
        return self.filter(self._usable(reader))

    def _own(self, reader):
        if reader.user is None:
            return Q(pk__in=[])
        wrote = Q(given_by=reader.user, organization_id__in=reader.organizations.keys())
        return Q(organization_id__in=reader.led_ids) | wrote

    def _usable(self, reader):
        stands = VoiceConsent.objects.standing().filter(voice=OuterRef("pk"))
        within = Q() if reader.coordinates_everything else Q(process_id__in=reader.scope_ids(Process))
        return within & Q(Exists(stands), organization__status=Organization.Status.VERIFIED)

    def _orphaned(self, reader):
        """Those whose organization may not act any more: somebody must be able to withdraw for the person."""
        others = ~Q(organization__status=Organization.Status.VERIFIED)
        return others if reader.coordinates_everything else Q(pk__in=[])

    def newest_first(self):
        return self.order_by("-given_at", "-pk")


class Voice(Belongs, models.Model):
    """A person's account under an alias, with no place finer than a country unless the person wants it.

    It is never searched, told in messages or exported. Whoever shows it asks for a consent that stands at that
    moment; withdrawn altogether, its words are gone from here too.
    """

    ABOVE = ("process",)

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="voices")
    process = models.ForeignKey(
        Process, on_delete=models.PROTECT, null=True, blank=True, related_name="voices"
    )
    language = models.CharField(_("language"), max_length=12)
    text = models.TextField(_("what the person tells"), blank=True)
    alias = models.CharField(_("alias"), max_length=80, blank=True)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    place = models.CharField(_("place"), max_length=120, blank=True)
    wants_place = models.BooleanField(_("the person wants the place to be named"), default=False)
    objectives = models.ManyToManyField(Objective, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1, editable=False)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    given_at = models.DateTimeField(default=clock.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = VoiceQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("voice"), _("voices")
        constraints = [
            models.CheckConstraint(name="voice_place_is_wanted", condition=Q(place="") | Q(wants_place=True)),
            models.CheckConstraint(
                name="voice_withdrawn_is_empty",
                condition=Q(withdrawn_at__isnull=True, text__gt="")
                | Q(withdrawn_at__isnull=False, text="", alias="", place="", country__isnull=True),
            ),
        ]

    def __str__(self):
        return f"voice {self.key}"

    def get_absolute_url(self):
        return reverse("consultations:voice", args=[self.key])

    @property
    def direction(self):
        return languages.direction(self.language)

    @property
    def is_withdrawn(self):
        return self.withdrawn_at is not None


class VoiceConsentQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """As the voice that it is for."""
        return self.filter(voice__in=Voice.objects.visible_to(reader))

    def standing(self):
        """Not withdrawn, and not over by the date of the database."""
        return self.filter(withdrawn_at__isnull=True, ends_on__gte=clock.now().date())


class VoiceConsent(models.Model):
    """That the person agreed to one purpose: when, in which language she read which text, until when."""

    class Purpose(models.TextChoices):
        BRIEFING = "briefing-note", _("In a briefing note")
        QUOTATION = "quotation", _("A sentence or two quoted in a document")
        PUBLICATION = "publication", _("Published as a whole")
        CAMPAIGN = "campaign", _("In a campaign")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=14, choices=Purpose.choices)
    text_version = models.PositiveSmallIntegerField(editable=False)
    language = models.CharField(_("language in which the person agreed"), max_length=12)
    agreed_on = models.DateField(_("day on which the person agreed"))
    ends_on = models.DateField(_("until"))
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = VoiceConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="voiceconsent_is_one_per_purpose",
                fields=["voice", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="voiceconsent_ends_after_it_began", condition=Q(ends_on__gte=models.F("agreed_on"))
            ),
        ]

    def __str__(self):
        return f"{self.purpose} of {self.voice_id}"

    def stands(self, on):
        """Whether it counts on a day."""
        return self.withdrawn_at is None and self.ends_on >= on


class VoiceUseQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """Where the consent stands: to whoever may see the place; also to the voice's own people."""
        places = Q(document__in=Document.objects.visible_to(reader)) | Q(
            campaign__in=Campaign.objects.visible_to(reader)
        )
        consents = VoiceConsent.objects.standing().filter(
            voice=OuterRef("voice"), purpose=OuterRef("purpose")
        )
        own = Q(voice__in=Voice.objects.own(reader))
        speaks = Q(Exists(consents), voice__organization__status=Organization.Status.VERIFIED)
        return self.filter(speaks & places | own)

    def shown(self):
        """Those whose consent stands, of organizations that are no impostors: what pages may print."""
        consents = VoiceConsent.objects.standing().filter(
            voice=OuterRef("voice"), purpose=OuterRef("purpose")
        )
        return self.filter(Exists(consents), voice__organization__status=Organization.Status.VERIFIED)


class VoiceUse(models.Model):
    """A place where a voice is used, for one purpose. It holds no words: they are read from the voice each time."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="uses")
    purpose = models.CharField(max_length=14, choices=VoiceConsent.Purpose.choices)
    document = models.ForeignKey(
        Document, on_delete=models.CASCADE, null=True, blank=True, related_name="voice_uses"
    )
    campaign = models.ForeignKey(
        Campaign, on_delete=models.CASCADE, null=True, blank=True, related_name="voice_uses"
    )
    begins = models.PositiveIntegerField()
    ends = models.PositiveIntegerField()
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    used_at = models.DateTimeField(default=clock.now, editable=False)

    objects = VoiceUseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="voiceuse_is_in_one_place",
                condition=Q(document__isnull=False, campaign__isnull=True)
                | Q(document__isnull=True, campaign__isnull=False),
            ),
            models.CheckConstraint(
                name="voiceuse_of_campaign_is_in_one",
                condition=Q(purpose="campaign", campaign__isnull=False)
                | (~Q(purpose="campaign") & Q(campaign__isnull=True)),
            ),
            models.CheckConstraint(name="voiceuse_has_words", condition=Q(ends__gt=models.F("begins"))),
            models.UniqueConstraint(
                name="voiceuse_is_made_once",
                fields=["voice", "purpose", "document", "campaign", "begins", "ends"],
                nulls_distinct=False,
            ),
        ]

    def __str__(self):
        return f"{self.purpose} of {self.voice_id}"

    def get_absolute_url(self):
        return self.voice.get_absolute_url()

    @property
    def place(self):
        """The document or the campaign."""
        return self.document or self.campaign

    @property
    def words(self):
        """What of the voice stands there, as the voice is now."""
        return self.voice.text[self.begins : self.ends]
