from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portal", "0011_notices_can_be_held")]

    operations = [
        migrations.AddField(
            model_name="textstate",
            name="pairs",
            field=models.JSONField(blank=True, default=list),
        ),
    ]
