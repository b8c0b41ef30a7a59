"""Names of organizations are compared by how they look; what is kept for that is worked out from the names."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models

from portal import names

LANGUAGES = ("ar", "en", "es", "fr")


def look(apps, _editor):
    """Without this, an organization that came earlier would have no look-alikes until somebody changes it."""
    rows = apps.get_model("portal", "Organization").objects.all()
    for row in rows.iterator():
        called = [getattr(row, f"name_{code}") or "" for code in LANGUAGES]
        called += [*row.other_names.values(), row.acronym]
        looks = sorted({look for name in called for look in names.looks(name)})
        rows.filter(pk=row.pk).update(looks=looks)


class Migration(migrations.Migration):
    dependencies = [("portal", "0014_claims_write_no_index")]

    operations = [
        migrations.AddField(
            model_name="organization",
            name="looks",
            field=ArrayField(
                base_field=models.CharField(max_length=200),
                blank=True,
                default=list,
                editable=False,
                size=None,
            ),
        ),
        migrations.RunPython(look, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="organization", index=GinIndex(fields=["looks"], name="organization_looks")
        ),
    ]
