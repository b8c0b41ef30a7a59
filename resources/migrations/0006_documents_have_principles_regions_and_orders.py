"""Principles and regions of documents, and an index for each order in which the library is read."""

from datetime import date

from django.db import migrations, models
from django.db.models import F, Value
from django.db.models.functions import Coalesce

from portal import ordering
from portal.models.texts import shown


def index(name, *columns):
    return migrations.AddIndex("document", models.Index(*columns, name=f"document_by_{name}"))


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0007_titles_have_words"),
        ("resources", "0005_pages_are_not_below_themselves"),
    ]

    operations = [
        migrations.AddField(
            "document",
            "principles",
            models.ManyToManyField(blank=True, to="portal.principle", verbose_name="guiding principles"),
        ),
        migrations.AddField(
            "document",
            "regions",
            models.ManyToManyField(blank=True, to="portal.region", verbose_name="regions"),
        ),
        index("newest", Coalesce("begins_on", Value(date.min)).desc(), F("id").desc()),
        index("changed", F("changed_at").desc(), F("id").desc()),
        # Written out, the expression is 1,500 lines; whoever changes it makes these indexes anew.
        *(
            index(f"title_{code}", ordering.by(shown("title", code), code).asc(), F("id").asc())
            for code in ("ar", "en", "fr", "es")
        ),
    ]
