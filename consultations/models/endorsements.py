"""Endorsements: an organization's yes to one version of a paper, and signatures of organizations from outside."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.models.papers import Paper, Section
from consultations.models.versions import PaperVersion
from portal import languages, tokens
from portal.models import Belongs, Country, Moves, Organization, Recipient


class Shown(models.TextChoices):
    """To whom the name of who stands behind a paper is shown; it counts in any case."""

    PUBLIC = "public", pgettext_lazy("signature", "Everybody sees the name")
    MEMBERS = "members", pgettext_lazy("signature", "Only members see the name")
    WITHHELD = "withheld", pgettext_lazy("signature", "Nobody sees the name; it only counts")


class EndorsementQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """One's own; to coordinators of the paper those that are not withheld; to others those whose name is shown to
        them, while they stand.
        """
        own = Q(organization_id__in=reader.organizations.keys())
        is_told = ~Q(shown=Shown.WITHHELD)
        if reader.coordinates_everything:
            return self.filter(own | is_told)
        coordinated = Q(version__paper__in=Paper.objects.filter(Paper.coordinated_by(reader)))
        return self.filter(own | (coordinated & is_told) | self._named(reader))

    def own(self, reader):
        """Those of the organizations that the reader belongs to."""
        return self.filter(organization_id__in=reader.organizations.keys())

    def named_to(self, reader):
        """Those that a list of signatures names to this reader: nobody's own or coordinators' rights count here."""
        return self.filter(self._named(reader))

    def standing(self):
        """Not withdrawn, of organizations that are verified."""
        return self.filter(withdrawn_at__isnull=True, organization__status=Organization.Status.VERIFIED)

    def behind(self, version):
        """Those that stand behind a version: given to it, or to one that means the same."""
        return self.standing().filter(version__in=version.alike())

    def before(self, version):
        """Those that stand behind an earlier meaning of the paper: who gave them is asked again."""
        others = version.paper.versions.final().exclude(pk__in=version.alike())
        return self.standing().filter(version__in=others.filter(number__lt=version.number).values("pk"))

    @staticmethod
    def _named(reader):
        shown = [Shown.PUBLIC, Shown.MEMBERS] if reader.is_member else [Shown.PUBLIC]
        versions = PaperVersion.objects.visible_to(reader)
        verified = Organization.Status.VERIFIED
        return Q(
            withdrawn_at__isnull=True, shown__in=shown, organization__status=verified, version__in=versions
        )


class Endorsement(Belongs, models.Model):
    """An organization stands behind a version, perhaps with a reservation on a section, until it takes that back."""

    ABOVE = ("version",)

    class Answer(models.TextChoices):
        YES = "yes", pgettext_lazy("endorsement", "Yes")
        RESERVED = "reserved", pgettext_lazy("endorsement", "Yes, with a reservation")

    class Authority(models.TextChoices):
        LEAD = "lead", _("I may decide this for the organization")
        BOARD = "board", _("Our board or leadership decided it")
        MEMBERS = "members", _("Our members decided it")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(PaperVersion, on_delete=models.PROTECT, related_name="endorsements")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="endorsements")
    answer = models.CharField(_("answer"), max_length=8, choices=Answer.choices, default=Answer.YES)
    reserved_on = models.ForeignKey(
        Section, on_delete=models.PROTECT, null=True, blank=True, related_name="reservations"
    )
    reservation = models.TextField(_("reservation"), blank=True)
    reservation_language = models.CharField(max_length=12, blank=True)
    shown = models.CharField(_("who sees the name"), max_length=8, choices=Shown.choices)
    authority = models.CharField(_("on whose authority"), max_length=8, choices=Authority.choices)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    given_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = EndorsementQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("endorsement"), _("endorsements")
        constraints = [
            models.UniqueConstraint(
                name="endorsement_is_one_per_organization",
                fields=["version", "organization"],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="endorsement_reserved_says_on_what",
                condition=Q(answer="yes", reserved_on__isnull=True, reservation="")
                | Q(answer="reserved", reserved_on__isnull=False, reservation__gt=""),
            ),
        ]

    def __str__(self):
        return f"endorsement {self.key}"

    def get_absolute_url(self):
        return reverse("consultations:endorsement", args=[self.key])

    @property
    def direction(self):
        return languages.direction(self.reservation_language)

    @property
    def stands(self):
        """Whether it was not taken back."""
        return self.withdrawn_at is None


class OutsideSignerQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """To coordinators of the paper; to others those accepted whose name is shown to them."""
        if reader.coordinates_everything:
            return self
        coordinated = Q(paper_version__paper__in=Paper.objects.filter(Paper.coordinated_by(reader)))
        return self.filter(self._named(reader) | coordinated)

    def coordinated_by(self, reader):
        """Those that this reader accepts or declines."""
        if reader.coordinates_everything:
            return self
        return self.filter(paper_version__paper__in=Paper.objects.filter(Paper.coordinated_by(reader)))

    def named_to(self, reader):
        """Those that a list of signatures names to this reader."""
        return self.filter(self._named(reader))

    def standing(self):
        return self.filter(status=OutsideSigner.Status.ACCEPTED)

    def behind(self, version):
        """Those accepted that stand under a version, or under one that means the same."""
        return self.standing().filter(paper_version__in=version.alike())

    @staticmethod
    def _named(reader):
        shown = [Shown.PUBLIC, Shown.MEMBERS] if reader.is_member else [Shown.PUBLIC]
        versions = PaperVersion.objects.visible_to(reader)
        return Q(status=OutsideSigner.Status.ACCEPTED, shown__in=shown, paper_version__in=versions)


class OutsideSigner(Moves, Belongs, models.Model):
    """An organization without account that signs an open letter: its address confirmed, then looked at by a coordinator.

    The link in its message is made from the nonce; only the token's hash is kept. It confirms, and later takes back.
    """

    ABOVE = ("paper_version",)
    PURPOSE = "outside-signer"

    class Status(models.TextChoices):
        UNCONFIRMED = "unconfirmed", pgettext_lazy("signer", "Waits for the link in its message to be opened")
        WAITING = "waiting", pgettext_lazy("signer", "Waits for a coordinator")
        ACCEPTED = "accepted", pgettext_lazy("signer", "Accepted")
        DECLINED = "declined", pgettext_lazy("signer", "Not accepted")
        WITHDRAWN = "withdrawn", pgettext_lazy("signer", "Withdrawn")

    class Held(models.TextChoices):
        MIXED = "mixed", _("Its name mixes letters of several scripts.")
        HERE = "here", _("An organization that has an account here has this name.")
        TWICE = "twice", _("An organization of this name has signed already, or waits too.")

    MOVES = {
        Status.UNCONFIRMED: {Status.WAITING, Status.WITHDRAWN},
        Status.WAITING: {Status.ACCEPTED, Status.DECLINED, Status.WITHDRAWN},
        Status.ACCEPTED: {Status.DECLINED, Status.WITHDRAWN},
        Status.DECLINED: {Status.ACCEPTED, Status.WITHDRAWN},
        Status.WITHDRAWN: set(),
    }

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    paper_version = models.ForeignKey(PaperVersion, on_delete=models.PROTECT, related_name="outside_signers")
    name = models.CharField(_("name of the organization"), max_length=200)
    folded_name = models.CharField(max_length=200, editable=False)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+")
    website = models.URLField(_("website"), max_length=300, blank=True)
    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="signatures")
    language = models.CharField(_("language"), max_length=12)
    shown = models.CharField(_("who sees the name"), max_length=8, choices=Shown.choices)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.UNCONFIRMED)
    nonce = models.CharField(max_length=64, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    held_because = models.CharField(max_length=8, choices=Held.choices, blank=True, editable=False)
    answer = models.CharField(_("a word to whoever signed"), max_length=300, blank=True)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = OutsideSignerQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("signature from outside"), _("signatures from outside")
        constraints = [
            models.UniqueConstraint(
                name="outsidesigner_signs_once",
                fields=["paper_version", "folded_name"],
                # Of those that wait, some may bear one name: which signs, a coordinator says, and no stranger learns.
                condition=Q(status="accepted"),
            ),
        ]

    def __str__(self):
        return f"signature {self.key}"

    def get_absolute_url(self):
        return reverse("consultations:signature-sent", args=[self.paper_version.key])

    @classmethod
    def held_by(cls, token):
        """The signature whose message brought this token, or None."""
        rows = cls.objects.filter(token_hash=tokens.digest(token))
        return rows.select_related("paper_version__paper", "country").first()

    @property
    def token(self):
        return tokens.make(self.PURPOSE, self.nonce)

    @property
    def held_words(self):
        """Why a coordinator should look at its name, in a sentence; empty where there is no reason."""
        return {
            self.Held.MIXED: self.Held.MIXED.label,
            self.Held.HERE: _(
                "Its name is that of an organization that has an account here, or looks like it."
            ),
            self.Held.TWICE: _(
                "An organization of this name, or of one that looks like it, has signed already or waits too."
            ),
        }.get(self.held_because, "")

    @property
    def is_open(self):
        """Whether it was not taken back."""
        return self.status != self.Status.WITHDRAWN
