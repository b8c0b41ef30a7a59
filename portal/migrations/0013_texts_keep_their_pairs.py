from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portal", "0012_search_rows_say_what_narrows_them")]

    operations = [
        migrations.AddField(
            model_name="textstate",
            name="pairs",
            field=models.JSONField(blank=True, default=list),
        ),
    ]
