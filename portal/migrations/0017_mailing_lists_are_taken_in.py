"""Organizations of a mailing list are known to coordinators alone, with the addresses where it reached them."""

import django.db.models.deletion
from django.db import migrations, models

import portal.models.records


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0016_suspensions_say_why"),
    ]

    operations = [
        migrations.CreateModel(
            name="ListedAddress",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.EmailField(max_length=254, verbose_name="e-mail address")),
                (
                    "language",
                    models.CharField(
                        choices=[("ar", "Arabic"), ("en", "English"), ("fr", "French"), ("es", "Spanish")],
                        max_length=8,
                    ),
                ),
                (
                    "consent",
                    models.CharField(
                        choices=[("given", "Given"), ("unknown", "Not known"), ("refused", "Refused")],
                        default="unknown",
                        max_length=8,
                    ),
                ),
                ("added_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "address of a mailing list",
                "verbose_name_plural": "addresses of mailing lists",
            },
            bases=(portal.models.records.Belongs, models.Model),
        ),
        migrations.AddField(
            model_name="organization",
            name="is_from_list",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddConstraint(
            model_name="organization",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_from_list", False), ("status", "known"), _connector="OR"),
                name="organization_from_list_is_known",
            ),
        ),
        migrations.AddField(
            model_name="listedaddress",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="listed_addresses",
                to="portal.organization",
            ),
        ),
        migrations.AddConstraint(
            model_name="listedaddress",
            constraint=models.UniqueConstraint(
                fields=("organization", "address"), name="listedaddress_is_kept_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="listedaddress",
            constraint=models.CheckConstraint(
                condition=models.Q(("consent", "refused"), _negated=True),
                name="listedaddress_was_not_refused",
            ),
        ),
    ]
