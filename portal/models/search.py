"""The search index: one row per thing and language, found under the reader's own rights."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Func, Q

from portal import languages


def read_by(code):
    """Rows that the dictionaries of a language read: its own; English also those of languages that we do not speak."""
    others = [other for other in languages.CODES if other != code]
    return ~Q(language__in=others) if code == "en" else Q(language=code)


class TitleWords(Func):
    """The words of a row that stand in its title."""

    function, template = "ts_filter", """%(function)s(%(expressions)s, '{a}'::"char"[])"""


READ_BY = {code: read_by(code) for code in languages.CODES}


class Searched:
    """What the search finds: a kind of thing, found in each language by the row that `search_rows` says."""

    search_kind = None  # the word for it in the search index; None: not searched
    search_whole = None  # the name of what it is a part of, whose rows it follows

    def search_rows(self):
        """{language: {column: value}}, a title and an address at least; none where nobody may find it."""
        return {}

    def search_parts(self):
        """What is found only as long as this is: its rows follow those of this."""
        return ()


class SearchEntryQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """Public rows for everybody, members' rows for members; what is by invitation is not indexed."""
        return self.filter(access__in=self.model.access_of(reader))


class SearchEntry(models.Model):
    """The words of one thing in one language, folded for searching, with what a result row shows.

    What a search is narrowed by stands here too: `kind`, `language`, and the same in every language of a thing:
    `objectives` (their keys), `process`, `year`.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.BigIntegerField()
    thing = GenericForeignKey()
    language = models.CharField(max_length=12)
    access = models.CharField(max_length=8, default="public")
    kind = models.CharField(max_length=32)
    objectives = ArrayField(models.BigIntegerField(), default=list)
    process = models.ForeignKey("portal.Process", on_delete=models.SET_NULL, null=True, related_name="+")
    year = models.PositiveSmallIntegerField(null=True)
    title = models.CharField(max_length=300)
    excerpt = models.TextField(blank=True)
    address = models.CharField(max_length=300)
    folded_title = models.TextField(blank=True)
    words = SearchVectorField(null=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="searchentry_is_one_per_language", fields=["content_type", "object_id", "language"]
            ),
            models.CheckConstraint(
                name="searchentry_is_not_by_invitation", condition=Q(access__in=["public", "members"])
            ),
        ]
        indexes = [
            # A word that several languages share would else bring in the rows of all of them.
            *(
                GinIndex(words, condition=condition, name=f"searchentry_{name}_{code}")
                for code, condition in READ_BY.items()
                for name, words in {"words": "words", "title": TitleWords("words")}.items()
            ),
            GinIndex(fields=["folded_title"], name="searchentry_slips", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self):
        return f"{self.language}: {self.title}"

    @classmethod
    def access_of(cls, reader):
        """To whom a row may be open for this reader to find it."""
        return ["public", "members"] if reader.is_member or reader.coordinates_everything else ["public"]
