"""Who took part in a process is reported on two pages, one file for each language."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import portal.clock
import portal.models.records


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0016_corrections_wait"),
        ("portal", "0021_roles_are_reached_and_reminded_of"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "language",
                    models.CharField(
                        choices=[("ar", "Arabic"), ("en", "English"), ("fr", "French"), ("es", "Spanish")],
                        max_length=8,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=portal.clock.now)),
                ("not_before", models.DateTimeField(default=portal.clock.now)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("made_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "before",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="portal.process",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="portal.storedfile",
                    ),
                ),
                (
                    "process",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reports",
                        to="portal.process",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("made_at", None)), fields=["not_before"], name="report_due"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("process", "language"), name="report_is_one_per_language")
                ],
            },
            bases=(portal.models.records.Belongs, models.Model),
        ),
    ]
