"""Campaigns: public work for one message over some time, what it gives to hand on, and who took part."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal import clock, languages
from portal.models import Organization, Process, Record, StoredFile
from portal.models.records import VAGUE
from resources.models.short import Short


class Campaign(Short, Record):
    """Public work for one message over some time, with a hashtag."""

    search_kind = "campaign"

    class Stage(models.TextChoices):
        COMING = "coming", pgettext_lazy("campaign", "Coming")
        ON = "on", pgettext_lazy("campaign", "On now")
        OVER = "over", pgettext_lazy("campaign", "Over")

    process = models.ForeignKey(
        Process, on_delete=models.SET_NULL, null=True, blank=True, related_name="campaigns"
    )
    hashtag = models.CharField(_("hashtag"), max_length=60, blank=True)
    share_texts = models.JSONField(default=dict, blank=True)  # {language: what one writes beside the link}

    class Meta(Record.Meta):
        verbose_name, verbose_name_plural = _("campaign"), _("campaigns")

    def get_absolute_url(self):
        return reverse("resources:campaign", args=[self.address_key])

    def stage(self, on):
        """How it stands on a day; None where its dates do not say."""
        if self.begins_on and on < self.begins_on:
            return self.Stage.COMING
        if self.ends_on:
            last = self.ends_on + timedelta(days=VAGUE[self.ends_precision])
            return self.Stage.OVER if on > last else self.Stage.ON
        return None

    def share_text(self, language):
        """What one writes beside the link, in the best language that readers may read."""
        told = {code: words for code, words in self.share_texts.items() if code in self.languages}
        return languages.best(told, language, self.original_language)


class CampaignMaterialQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """As the campaign that it belongs to."""
        return self.filter(campaign__in=Campaign.objects.visible_to(reader))

    def in_order(self):
        return self.order_by("language", "pk")


class CampaignMaterial(models.Model):
    """A file to hand on in one language or in none; one picture in each may stand for the campaign where it is shared."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="materials")
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(max_length=12, blank=True)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    is_share_picture = models.BooleanField(default=False)
    added_at = models.DateTimeField(auto_now_add=True)

    objects = CampaignMaterialQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("material"), _("materials")
        constraints = [
            models.UniqueConstraint(
                name="campaignmaterial_is_one_picture_per_language",
                fields=["campaign", "language"],
                condition=Q(is_share_picture=True),
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("resources:campaign-material", args=[self.key])


class CampaignPictureQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """As the campaign that it stands for."""
        return self.filter(campaign__in=Campaign.objects.visible_to(reader))

    def made(self):
        return self.filter(file__isnull=False).select_related("campaign", "file")

    def due(self, at):
        """Those that a worker has to draw."""
        most = CampaignPicture.MOST_ATTEMPTS
        return self.filter(made_at__isnull=True, not_before__lte=at, attempts__lt=most)


class CampaignPicture(models.Model):
    """The picture that the portal draws of a campaign in one language, to stand for it where it is shared.

    The row says what a worker owes; when what it shows changes, its file is forgotten and drawn anew. `digest` is of
    what it shows.
    """

    MOST_ATTEMPTS = 5

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="pictures")
    language = models.CharField(max_length=12)
    digest = models.CharField(max_length=64)
    file = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    not_before = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(null=True, blank=True)

    objects = CampaignPictureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="campaignpicture_is_one_per_language", fields=["campaign", "language"]
            )
        ]
        indexes = [
            models.Index(fields=["not_before"], name="campaignpicture_due", condition=Q(made_at__isnull=True))
        ]

    def __str__(self):
        return f"picture ({self.language}) of {self.campaign_id}"

    def get_absolute_url(self):
        return reverse("resources:campaign-picture", args=[self.campaign.key, self.language])

    @property
    def title(self):
        """What stands on it, for those who do not see it."""
        return f"{self.campaign.text('title', self.language)} {self.campaign.hashtag}".strip()


class ParticipationQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """One's own; to who coordinates the campaign those that are not withheld; to others those named to them."""
        own = Q(organization__in=reader.organizations.keys())
        is_told = ~Q(shown=Participation.Shown.WITHHELD)
        if reader.coordinates_everything:
            return self.filter(own | is_told)
        coordinated = Q(campaign__in=reader.scope_ids(Campaign)) & is_told
        return self.filter(own | coordinated | self._named(reader))

    def named_to(self, reader):
        """Those that a list of names names to this reader: nobody's own or coordinators' rights count here."""
        return self.filter(self._named(reader))

    def standing(self):
        """Not withdrawn, of organizations that are verified."""
        return self.filter(withdrawn_at__isnull=True, organization__status=Organization.Status.VERIFIED)

    @staticmethod
    def _named(reader):
        shown = [Participation.Shown.PUBLIC]
        if reader.is_member:
            shown.append(Participation.Shown.MEMBERS)
        verified = Organization.Status.VERIFIED
        return Q(
            withdrawn_at__isnull=True,
            shown__in=shown,
            organization__status=verified,
            campaign__in=Campaign.objects.visible_to(reader),
        )


class Participation(models.Model):
    """An organization took part in a campaign, with a line and a link; named as far as it wants, until it withdraws."""

    class Shown(models.TextChoices):
        PUBLIC = "public", pgettext_lazy("participation", "Everybody sees the name")
        MEMBERS = "members", pgettext_lazy("participation", "Only members see the name")
        WITHHELD = "withheld", pgettext_lazy("participation", "Nobody sees the name; it only counts")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="participations")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="participations")
    line = models.CharField(max_length=300, blank=True)
    link = models.URLField(max_length=500, blank=True)
    shown = models.CharField(max_length=8, choices=Shown.choices)
    version = models.PositiveIntegerField(default=1, editable=False)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    given_at = models.DateTimeField(default=clock.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("participation"), _("participations")
        constraints = [
            models.UniqueConstraint(
                name="participation_is_one_per_organization",
                fields=["campaign", "organization"],
                condition=Q(withdrawn_at__isnull=True),
            )
        ]

    def __str__(self):
        return f"participation {self.key}"

    def get_absolute_url(self):
        return self.campaign.get_absolute_url()
