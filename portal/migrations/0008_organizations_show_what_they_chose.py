"""What an organization chose to show is one of the facts that can be shown."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0007_titles_have_words"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="organization",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "directory_fields__contained_by",
                        [
                            "acronym",
                            "summary",
                            "constituency",
                            "sort",
                            "is_migrant_led",
                            "country",
                            "regions",
                            "spoken",
                            "website",
                            "objectives",
                        ],
                    )
                ),
                name="organization_shows_what_can_be_shown",
            ),
        ),
    ]
