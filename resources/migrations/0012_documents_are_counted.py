"""What the facets of the library are counted by, without the wide rows themselves."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("resources", "0011_sections_have_a_history")]

    operations = [
        migrations.AddIndex(
            "document",
            models.Index(
                fields=["status", "access"],
                include=["id", "kind", "process", "begins_on", "document_languages"],
                name="document_counted",
            ),
        )
    ]
