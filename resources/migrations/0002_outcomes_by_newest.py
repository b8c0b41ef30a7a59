from datetime import date

from django.db import migrations, models
from django.db.models.functions import Coalesce


class Migration(migrations.Migration):
    dependencies = [("resources", "0001_squashed_0006")]

    operations = [
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                Coalesce("begins_on", models.Value(date.min)).desc(),
                models.F("id").desc(),
                condition=models.Q(("is_outcome", True)),
                name="document_outcomes",
            ),
        ),
    ]
