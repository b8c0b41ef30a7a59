"""Two records of one organization become one: the old address leads to the other."""

import django.db.models.deletion
from django.db import migrations, models

import portal.models.records


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0017_mailing_lists_are_taken_in"),
    ]

    operations = [
        migrations.CreateModel(
            name="Merger",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("former_id", models.BigIntegerField(unique=True)),
                ("key", models.UUIDField(unique=True)),
                ("slug", models.CharField(blank=True, max_length=120, null=True, unique=True)),
                ("merged_at", models.DateTimeField()),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mergers",
                        to="portal.organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "merger",
                "verbose_name_plural": "mergers",
            },
            bases=(portal.models.records.Belongs, models.Model),
        ),
    ]
