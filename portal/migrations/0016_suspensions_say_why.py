"""Why an organization is suspended, and until when."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

import portal.models.records


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0015_organizations_have_looks"),
    ]

    operations = [
        migrations.CreateModel(
            name="Suspension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("asked", "Somebody who speaks for your organization asked for it."),
                            ("ended", "As far as we know, your organization has ended its work."),
                            ("doubted", "We have come to doubt that you speak for this organization."),
                            (
                                "misused",
                                "What was done here in its name does not fit the rules of this portal.",
                            ),
                            ("unclear", "Something must be cleared up first. Please write to us."),
                        ],
                        max_length=16,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("made_at", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="suspensions",
                        to="portal.organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "suspension",
                "verbose_name_plural": "suspensions",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at__isnull", True)),
                        fields=("organization",),
                        name="suspension_stands_once",
                    )
                ],
            },
            bases=(portal.models.records.Belongs, models.Model),
        ),
    ]
