"""What stands on a resource page, piece by piece: texts, and blocks that fill themselves."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal import clock
from portal.models import Belongs, Process, TextState, Translated, has_words
from resources.models.campaigns import Campaign
from resources.models.documents import Document
from resources.models.pages import ResourcePage


class PageSectionQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """Those of the pages that this reader may see; what was taken out, only their coordinators see."""
        shown = self.filter(page__in=ResourcePage.objects.visible_to(reader))
        if reader.coordinates_everything:
            return shown
        return shown.filter(Q(removed_at__isnull=True) | Q(page__in=reader.scope_ids(ResourcePage)))

    def standing(self):
        return self.filter(removed_at__isnull=True)

    def as_shown(self):
        """In their order, with all that is asked of a section on its page."""
        rows = self.select_related("changed_by").prefetch_related("bodies", "text_states", "objectives")
        return rows.order_by("position", "pk")


class PageSection(Belongs, Translated):
    """A piece of a resource page: a heading with a text, and of some kinds a list that fills itself.

    It is written in its page's original language and translated on its own: a change of its original makes its own
    translations stale and no others.
    """

    ABOVE = ("page",)

    class Kind(models.TextChoices):
        TEXT = "text", pgettext_lazy("section", "Text")
        DOCUMENTS = "documents", _("List of documents")
        OPEN = "open", _("What is open for input")
        CAMPAIGN = "campaign", pgettext_lazy("section", "Campaign")
        CHILDREN = "children", _("Pages below this one")

    WAITING = (TextState.State.MACHINE, TextState.State.DRAFT, TextState.State.STALE)

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    page = models.ForeignKey(ResourcePage, on_delete=models.CASCADE, related_name="sections")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.TEXT)
    position = models.PositiveIntegerField(default=0)
    title = models.CharField(_("heading"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    objectives = models.ManyToManyField("portal.Objective", blank=True, related_name="+")
    process = models.ForeignKey(Process, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    document_kind = models.CharField(max_length=20, choices=Document.Kind.choices, blank=True)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )

    objects = PageSectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="pagesection_has_heading", condition=has_words("title")),
            models.CheckConstraint(
                name="pagesection_only_lists_are_narrowed",
                condition=Q(kind__in=("documents", "open")) | Q(process__isnull=True),
            ),
            models.CheckConstraint(
                name="pagesection_only_documents_have_a_kind",
                condition=Q(kind="documents") | Q(document_kind=""),
            ),
            models.CheckConstraint(
                name="pagesection_of_a_campaign_names_it",
                condition=Q(kind="campaign", campaign__isnull=False)
                | (~Q(kind="campaign") & Q(campaign__isnull=True)),
            ),
        ]

    def __str__(self):
        return self.text("title", "en").text

    def get_absolute_url(self):
        return f"{self.page.get_absolute_url()}#{self.anchor}"

    def words(self, language):
        """Its heading and its Markdown in a language, without what may not be read."""
        heading, body = self.text("title", language), self.readable_bodies().get(language)
        found = [heading.text if heading.language == language else "", body.markdown if body else ""]
        return [text for text in found if text]

    @property
    def languages_waiting(self):
        """The languages whose translation waits for approval, or that of an earlier original."""
        return sorted({row.language for row in self.text_states.all() if row.state in self.WAITING})

    @property
    def anchor(self):
        """Its place on the page, the same in every language and after every change of its heading."""
        return f"s-{self.key.hex[:8]}"


class PageSectionEditQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """What sections said before is for those who coordinate their pages."""
        if reader.coordinates_everything:
            return self
        return self.filter(section__page__in=reader.scope_ids(ResourcePage))


class PageSectionEdit(models.Model):
    """What a section said in one language after somebody wrote it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    section = models.ForeignKey(PageSection, on_delete=models.CASCADE, related_name="edits")
    language = models.CharField(max_length=12)
    title = models.CharField(max_length=300, blank=True)
    markdown = models.TextField(blank=True)
    edited_at = models.DateTimeField(default=clock.now, editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = PageSectionEditQuerySet.as_manager()

    def __str__(self):
        return f"{self.section_id} in {self.language}, {self.edited_at:%Y-%m-%d %H:%M}"

    @property
    def text(self):
        """Heading and text, as one compares them."""
        return "\n\n".join(part for part in (self.title, self.markdown) if part)
