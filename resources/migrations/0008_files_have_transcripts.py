from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("resources", "0007_organizations_propose_practices")]

    operations = [migrations.RenameField(model_name="filereading", old_name="words", new_name="transcript")]
