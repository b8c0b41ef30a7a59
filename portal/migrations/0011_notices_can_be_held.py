from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portal", "0010_public_changes")]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="held_until",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("held_until__isnull", False)), fields=["held_until"], name="notice_held"
            ),
        ),
    ]
