from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portal", "0008_organizations_show_what_they_chose")]

    operations = [
        migrations.AddIndex(
            model_name="storedfile",
            index=models.Index(fields=["checksum"], name="storedfile_checksum"),
        )
    ]
