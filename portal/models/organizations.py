"""Organizations, and who claims to speak for them."""

import uuid
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import CharField, Count, Exists, F, Func, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal import languages, names, ordering
from portal.models.records import Belongs, Moves
from portal.models.search import Searched
from portal.models.texts import Translated, shown

TOLD = timedelta(days=90)  # for so long a person finds on her page why something was refused


class Shown(models.TextChoices):
    """What an organization may show of itself beside its name, one consent each."""

    ACRONYM = "acronym", _("Acronym")
    SUMMARY = "summary", _("What it does")
    CONSTITUENCY = "constituency", _("Constituency")
    SORT = "sort", _("Kind of organization")
    IS_MIGRANT_LED = "is_migrant_led", _("Whether migrants lead it")
    COUNTRY = "country", _("Country")
    REGIONS = "regions", _("Regions")
    SPOKEN = "spoken", _("Working languages")
    WEBSITE = "website", _("Website")
    OBJECTIVES = "objectives", _("Objectives it works on")


# What the directory is narrowed by: how it is looked up, and how its values are counted.
NARROWED_BY = {
    Shown.COUNTRY: ("country__iso2__in", F("country__iso2")),
    Shown.REGIONS: ("regions__code__in", F("regions__code")),
    Shown.OBJECTIVES: ("objectives__number__in", F("objectives__number")),
    Shown.SPOKEN: ("spoken__overlap", Func(F("spoken"), function="unnest")),
    Shown.SORT: ("sort__in", F("sort")),
}


def _sourced():
    """Shown by its sourced facts: known from public pages, and still nobody's, though somebody may have claimed it."""
    claimed = Exists(Claim.objects.open().filter(organization=OuterRef("pk")))
    return Q(status=Organization.Status.KNOWN, is_from_list=False) | (
        Q(status=Organization.Status.PENDING) & claimed
    )


class OrganizationQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """Verified ones that chose the directory, archive ones by their facts, one's own, or all of them."""
        if reader.coordinates_something:
            return self
        listed = Q(status=Organization.Status.VERIFIED, in_directory=True)
        return self.filter(listed | _sourced() | Q(pk__in=[*reader.organizations]))

    def directory(self):
        """Those that chose to be listed."""
        return self.filter(status=Organization.Status.VERIFIED, in_directory=True)

    def showing(self, fact):
        """Listed ones that show this of themselves: by what it does not show, nobody finds an organization."""
        return self.directory().filter(directory_fields__contains=[fact])

    def matching(self, wanted):
        """Listed ones that show all of this of themselves: {fact: value}."""
        rows = self.directory()
        for fact, value in wanted.items():
            lookup, _values = NARROWED_BY[fact]
            rows = rows.showing(fact).filter(**{lookup: [value]})
        return rows

    def counted(self, wanted):
        """{(fact, value): how many show it}, each fact among those that answer the others; one query."""
        first, *others = (
            self.matching({other: value for other, value in wanted.items() if other != fact})
            .showing(fact)
            .order_by()
            .values_list(Value(fact.value), Cast(values, CharField()))
            .annotate(amount=Count("pk", distinct=True))
            for fact, (_lookup, values) in NARROWED_BY.items()
        )
        return {(fact, value): amount for fact, value, amount in first.union(*others, all=True)}

    def by_name(self, language):
        """In the order in which this language sorts the names that its readers are shown."""
        return self.order_by(ordering.by(shown("name", language), language), "pk")

    def known(self):
        """Those that the archive names: no members, no mail, claimable; somebody's claim changes nothing yet."""
        return self.filter(_sourced())

    def named(self, words, reader):
        """Those whose name holds these words, or whose acronym they are, as far as this reader may see it."""
        return self.spelled(words.strip(), names.fold(words), reader)

    def spelled(self, words, folded, reader):
        """The same of words that are folded already."""
        acronym = Q(acronym__iexact=words)
        if not reader.coordinates_something:
            own = Q(pk__in=[*reader.organizations])
            shown = Q(in_directory=True, directory_fields__contains=[Shown.ACRONYM])
            acronym &= own | shown | _sourced()
        named = Q(folded_name__contains=folded) | acronym
        for code in languages.CODES:
            named |= Q(**{f"name_{code}__icontains": words})
        return self.filter(named)

    def alike(self, name):
        """Those of which a name, in any language, or the acronym would be taken for this one (safety.md, D15)."""
        return self.filter(looks__overlap=sorted(names.looks(name)))

    def waiting(self):
        """Those that a coordinator should answer, with `waits_since`: registered, or claimed, at that moment."""
        claimed = Claim.objects.open().filter(organization=OuterRef("pk")).values("made_at")
        rows = self.filter(status=Organization.Status.PENDING)
        return rows.annotate(waits_since=Coalesce(Subquery(claimed), "created_at"))

    def members(self):
        """Verified civil society organizations: who is told, and who may see members' things."""
        return self.filter(
            status=Organization.Status.VERIFIED, constituency=Organization.Constituency.CIVIL_SOCIETY
        )

    def led_by_nobody(self):
        """Verified ones whose lead has left, while others of their people are here."""
        people = Organization.people.through.objects.filter(organization=OuterRef("pk"))
        rows = self.filter(Exists(people), ~Exists(people.filter(role="lead")))
        return rows.filter(status=Organization.Status.VERIFIED)

    def led_by_nobody_but(self, user):
        """Those that nobody leads once this person has gone."""
        leads = Organization.people.through.objects.filter(role="lead")
        own, others = leads.filter(user=user), leads.exclude(user=user)
        return self.filter(pk__in=own.values("organization")).exclude(pk__in=others.values("organization"))

    def as_rows(self):
        return self.select_related("country").prefetch_related("regions", "objectives")


class Organization(Moves, Belongs, Searched, Translated):
    """An organization: registered by its lead and verified by a coordinator, or known from an archive."""

    class Status(models.TextChoices):
        KNOWN = "known", pgettext_lazy("organization", "Known from public sources")
        PENDING = "pending", pgettext_lazy("organization", "Waiting for verification")
        VERIFIED = "verified", pgettext_lazy("organization", "Verified")
        SUSPENDED = "suspended", pgettext_lazy("organization", "Suspended")

    MOVES = {
        Status.KNOWN: {Status.PENDING},
        Status.PENDING: {Status.VERIFIED, Status.SUSPENDED, Status.KNOWN},
        Status.VERIFIED: {Status.SUSPENDED},
        Status.SUSPENDED: {Status.VERIFIED},
    }

    class Constituency(models.TextChoices):
        CIVIL_SOCIETY = "civil-society", _("Civil society")
        STATE = "state", _("State")
        LOCAL_AUTHORITY = "local-authority", _("Local authority")
        INTERNATIONAL = "international-organization", _("International organization")
        PRIVATE_SECTOR = "private-sector", _("Private sector")
        YOUTH = "youth", _("Youth body")
        OTHER = "other", pgettext_lazy("kind of body", "Other")

    class Sort(models.TextChoices):
        NGO = "ngo", _("Non-governmental organization")
        NETWORK = "network", _("Network")
        FAITH = "faith-based", _("Faith-based organization")
        DIASPORA = "diaspora", _("Diaspora organization")
        MIGRANT_LED = "migrant-led", _("Migrant-led organization")
        TRADE_UNION = "trade-union", _("Trade union")
        ACADEMIC = "academic", _("Academic institution")
        YOUTH = "youth", _("Youth organization")
        MEDIA = "media", _("Media")
        SERVICE = "service-provider", _("Service provider")
        OTHER = "other", pgettext_lazy("organization", "Other")

    search_kind = "organization"

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.CharField(max_length=120, unique=True, null=True, blank=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    folded_name = models.CharField(max_length=200, blank=True, editable=False, db_index=True)
    looks = ArrayField(models.CharField(max_length=200), default=list, blank=True, editable=False)
    other_names = models.JSONField(default=dict, blank=True)
    other_summaries = models.JSONField(default=dict, blank=True)
    acronym = models.CharField(_("acronym"), max_length=30, blank=True)
    summary = models.TextField(_("what it does"), blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PENDING)
    is_from_list = models.BooleanField(default=False, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    held_because = models.CharField(max_length=200, blank=True, editable=False)
    constituency = models.CharField(
        _("constituency"), max_length=32, choices=Constituency.choices, default=Constituency.CIVIL_SOCIETY
    )
    sort = models.CharField(_("kind of organization"), max_length=20, choices=Sort.choices, default=Sort.NGO)
    sort_word = models.CharField(max_length=60, blank=True, editable=False)
    is_migrant_led = models.BooleanField(_("led by migrants"), default=False)
    country = models.ForeignKey("portal.Country", on_delete=models.PROTECT, null=True, blank=True)
    regions = models.ManyToManyField("portal.Region", blank=True)
    spoken = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    website = models.URLField(_("website"), blank=True)
    mailbox = models.EmailField(_("shared mailbox"), blank=True)
    mailbox_language = models.CharField(max_length=8, choices=settings.LANGUAGES, default="en")
    objectives = models.ManyToManyField("portal.Objective", blank=True)
    in_directory = models.BooleanField(_("listed in the directory"), default=False)
    directory_fields = ArrayField(models.CharField(max_length=32), default=list, blank=True)
    relation = models.TextField(blank=True)
    source_url = models.URLField(max_length=2000, blank=True)
    also = ArrayField(models.URLField(max_length=2000), default=list, blank=True)
    archive_id = models.CharField(max_length=120, unique=True, null=True, blank=True, editable=False)
    archive_values = models.JSONField(default=dict, blank=True, editable=False)
    source_notes = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    verified_at = models.DateTimeField(null=True, blank=True, editable=False)

    people = models.ManyToManyField(settings.AUTH_USER_MODEL, through="portal.Membership")

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("organization"), _("organizations")
        constraints = [
            models.CheckConstraint(
                name="organization_known_has_no_mailbox",
                condition=~Q(status="known") | Q(mailbox=""),
            ),
            models.CheckConstraint(
                name="organization_from_list_is_known",
                condition=Q(is_from_list=False) | Q(status="known"),
            ),
            models.CheckConstraint(
                name="organization_in_directory_is_verified",
                condition=Q(in_directory=False) | Q(status="verified"),
            ),
            models.CheckConstraint(
                name="organization_shows_what_can_be_shown",
                condition=Q(directory_fields__contained_by=Shown.values),
            ),
        ]
        indexes = [GinIndex(name="organization_looks", fields=["looks"])]

    def __str__(self):
        return self.text("name", "en").text or str(self.key)

    def save(self, *args, **kwargs):
        self.keep_looks()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "folded_name", "looks"}
        super().save(*args, **kwargs)

    def keep_looks(self):
        """Fold the names: what they are found and compared by must never drift from them (safety.md, D15)."""
        self.folded_name = names.fold(self.text("name", self.original_language).text)[:200]
        self.looks = sorted({look for name in self.called for look in names.looks(name)})

    def get_absolute_url(self):
        return reverse("organization", args=[self.slug or self.key])

    @property
    def called(self):
        """All that it is called: its name in each language, and its acronym."""
        named = [getattr(self, f"name_{code}") for code in languages.CODES]
        return [name for name in (*named, *self.other_names.values(), self.acronym) if name]

    @property
    def former_ids(self):
        """The ids of what was merged into it, by which the log knows it too."""
        return list(self.mergers.values_list("former_id", flat=True))

    @property
    def is_member(self):
        return self.status == self.Status.VERIFIED and self.constituency == self.Constituency.CIVIL_SOCIETY

    @property
    def shown(self):
        """What everybody may see of it beside its name: nothing else of a listed one leaves by any exit."""
        return frozenset(self.directory_fields if self.in_directory else ())

    def search_rows(self):
        """Found while it is listed, by its name and what else it shows."""
        if not self.in_directory:
            return {}
        same = {"address": self.slug or str(self.key)}
        if Shown.OBJECTIVES in self.shown:
            same["objectives"] = list(self.objectives.values_list("pk", flat=True))
        return {code: same | self._found_in(code) for code in self.languages}

    def _found_in(self, code):
        name, summary = self.text("name", code).text, self.text("summary", code)
        says = Shown.SUMMARY in self.shown and summary.language == code
        is_placed = Shown.COUNTRY in self.shown and self.country
        return {
            "title": f"{name} ({self.acronym})" if Shown.ACRONYM in self.shown and self.acronym else name,
            "excerpt": summary.text if says else "",
            "body": self.country.text("name", code).text if is_placed else "",
        }

    @property
    def listing(self):
        """What it chose to show, as one line: a form carries it to notice that somebody else chose meanwhile."""
        return " ".join(["listed" if self.in_directory else "unlisted", *sorted(self.directory_fields)])

    @property
    def is_sourced(self):
        """Whether nobody speaks for it yet: it stands here by what public pages say."""
        if self.status == self.Status.KNOWN:
            return not self.is_from_list
        return self.status == self.Status.PENDING and self.claims.open().exists()

    def is_home_of(self, email):
        """Whether an address is at the domain of its website, which speaks for whoever reads there."""
        site = (urlsplit(self.website).hostname or "").removeprefix("www.")
        domain = email.rpartition("@")[2].lower()
        return bool(site) and (domain == site or domain.endswith(f".{site}"))


class ClaimQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """One's own; those who verify organizations see all."""
        if reader.coordinates_everything:
            return self
        return self.filter(user=reader.user) if reader.user else self.none()

    def open(self):
        return self.filter(status=Claim.Status.OPEN)

    def recent(self, at):
        """What a person still wants to know of: open, or refused not long ago."""
        return self.filter(
            Q(status=Claim.Status.OPEN) | Q(status=Claim.Status.REFUSED, answered_at__gt=at - TOLD)
        )


class Claim(Moves, Belongs, models.Model):
    """Somebody says that she speaks for an organization: for a known one, until a coordinator answers.

    Of an organization that she registered herself, a row is made only where a coordinator refuses it.
    """

    ABOVE = ("organization",)

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("claim", "Waiting for a coordinator")
        ACCEPTED = "accepted", pgettext_lazy("claim", "Accepted")
        REFUSED = "refused", pgettext_lazy("claim", "Refused")

    MOVES = {Status.OPEN: {Status.ACCEPTED, Status.REFUSED}, Status.ACCEPTED: set(), Status.REFUSED: set()}

    class Reason(models.TextChoices):
        NOT_CONFIRMED = "not-confirmed", _("We could not confirm that you speak for this organization.")
        TOO_LITTLE = "too-little", _("We were told too little to decide. Please ask again and tell us more.")
        ALREADY_HERE = (
            "already-here",
            _("This organization is already here. Please claim it, or ask its lead to invite you."),
        )
        NOT_MEANT = "not-meant", _("This portal is not made for organizations of this kind.")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="claims")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="claims"
    )
    words = models.TextField(blank=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.OPEN)
    version = models.PositiveIntegerField(default=1, editable=False)
    reason = models.CharField(max_length=16, choices=Reason.choices, blank=True)
    answer = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="claim_is_open_once", fields=["organization"], condition=Q(status="open")
            ),
            models.CheckConstraint(
                name="claim_is_open_until_answered",
                condition=Q(status="open", answered_at__isnull=True)
                | (~Q(status="open") & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="claim_refused_says_why",
                condition=Q(status="refused", reason__gt="") | (~Q(status="refused") & Q(reason="")),
            ),
        ]

    def __str__(self):
        return f"{self.user} for {self.organization}"

    @property
    def is_at_home(self):
        """Whether the person writes from the domain of the organization's website."""
        return self.user is not None and self.organization.is_home_of(self.user.email)
