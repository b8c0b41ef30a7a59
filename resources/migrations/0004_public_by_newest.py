from datetime import date

from django.db import migrations, models
from django.db.models.functions import Coalesce


class Migration(migrations.Migration):
    dependencies = [("resources", "0003_campaign_pictures")]

    operations = [
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                Coalesce("begins_on", models.Value(date.min)).desc(),
                models.F("id").desc(),
                models.F("begins_on"),
                condition=models.Q(("access", "public"), ("status", "published")),
                name="document_public_by_newest",
            ),
        ),
    ]
