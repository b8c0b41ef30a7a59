import django.contrib.postgres.indexes
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0013_texts_keep_their_pairs"),
    ]

    operations = [
        # Half of each page is left free: a claim writes its rows beside their old versions, and so no index.
        migrations.RunSQL(
            "ALTER TABLE portal_delivery SET (fillfactor = 50)",
            "ALTER TABLE portal_delivery RESET (fillfactor)",
        ),
        migrations.RemoveConstraint(
            model_name="delivery",
            name="delivery_has_its_own_message_id",
        ),
        migrations.RemoveIndex(
            model_name="delivery",
            name="delivery_due",
        ),
        migrations.RemoveIndex(
            model_name="delivery",
            name="delivery_finished",
        ),
        migrations.RemoveIndex(
            model_name="delivery",
            name="delivery_to_gather",
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("channel", "mail"), ("finished_at__isnull", True)),
                fields=["priority", "not_before", "id"],
                name="delivery_due",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=django.contrib.postgres.indexes.BrinIndex(fields=["finished_at"], name="delivery_finished"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(
                    ("digest__isnull", True),
                    ("finished_at__isnull", True),
                    models.Q(("channel", "mail"), _negated=True),
                ),
                fields=["recipient", "channel"],
                name="delivery_to_gather",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.Exact(
                    django.db.models.functions.text.StrIndex(
                        "message_id", django.db.models.functions.comparison.Cast("key", models.TextField())
                    ),
                    2,
                ),
                name="delivery_message_id_holds_its_key",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("finished_at__isnull", True), ("state__in", ["queued", "leased"])),
                    models.Q(
                        models.Q(("state__in", ["queued", "leased"]), _negated=True),
                        ("finished_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="delivery_waits_or_is_finished",
            ),
        ),
    ]
