from django.db import migrations, models

import portal.clock


class Migration(migrations.Migration):
    dependencies = [("portal", "0019_installations_and_sessions")]

    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("erased_at", models.DateTimeField(default=portal.clock.now, editable=False)),
            ],
        ),
    ]
