"""Search rows know by what they are narrowed; each language has an index of words, and one of those in titles."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models
from django.db.models import Q

from portal.models.search import TitleWords

READ_BY = {
    "ar": Q(language="ar"),
    "en": ~Q(language__in=["ar", "fr", "es"]),
    "fr": Q(language="fr"),
    "es": Q(language="es"),
}


class Migration(migrations.Migration):
    dependencies = [("portal", "0011_notices_can_be_held")]

    operations = [
        migrations.AddField("searchentry", "objectives", ArrayField(models.BigIntegerField(), default=list)),
        migrations.AddField(
            "searchentry",
            "process",
            models.ForeignKey("portal.process", models.SET_NULL, null=True, related_name="+"),
        ),
        migrations.AddField("searchentry", "year", models.PositiveSmallIntegerField(null=True)),
        migrations.RemoveIndex("searchentry", "searchentry_words"),
        *(
            migrations.AddIndex(
                "searchentry", GinIndex(words, condition=condition, name=f"searchentry_{name}_{code}")
            )
            for code, condition in READ_BY.items()
            for name, words in {"words": "words", "title": TitleWords("words")}.items()
        ),
    ]
