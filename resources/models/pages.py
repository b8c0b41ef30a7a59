"""Standing pages of guidance, in a tree."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.converters import by_address
from portal.models import Process, Record, RecordQuerySet, Timed


class ResourcePageQuerySet(RecordQuerySet):
    def at_address(self, key):
        """The page that an address means: by its UUID, or by a slug that it has or had."""
        found = Q(**by_address(key))
        had = PageAddress.objects.filter(slug=key).values("page")
        return self.filter(found | Q(pk__in=had))


class ResourcePage(Timed, Record):
    """A standing page of guidance, in a tree: engagement pages, how to take part, toolkits."""

    search_kind = "page"

    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("above"),
    )
    process = models.ForeignKey(
        Process,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("process"),
        related_name="pages",
    )
    position = models.PositiveIntegerField(_("position"), default=0)
    publish_at = models.DateTimeField(_("publish at"), null=True, blank=True, editable=False)
    time_zone = models.CharField(max_length=64, default="UTC", editable=False)

    objects = ResourcePageQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name, verbose_name_plural = _("resource page"), _("resource pages")
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                name="resourcepage_is_not_below_itself",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
            ),
            models.CheckConstraint(
                name="resourcepage_published_waits_for_no_moment",
                condition=~Q(status="published") | Q(publish_at__isnull=True),
            ),
        ]

    def get_absolute_url(self):
        return reverse("resources:page", args=[self.address_key])

    def search_text(self, language):
        """The headings and texts of its sections in a language, as far as they may be read."""
        sections = self.sections.standing().prefetch_related("bodies", "text_states")
        words = [word for section in sections for word in section.words(language)]
        return "\n".join(words)


class PageAddress(models.Model):
    """A slug that a page has or had: it leads there for good, and is never another page's."""

    page = models.ForeignKey(ResourcePage, on_delete=models.CASCADE, related_name="addresses")
    slug = models.CharField(max_length=120, unique=True)

    def __str__(self):
        return self.slug
