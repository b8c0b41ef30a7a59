"""The condition on titles of records, in the form that refuses a row of which all are missing."""

from django.conf import settings
from django.db import migrations, models

from portal.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0007_titles_have_words"),
        ("resources", "0002_page_process"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.RemoveConstraint(
                    model_name="campaign",
                    name="resources_campaign_has_title",
                ),
                migrations.RemoveConstraint(
                    model_name="document",
                    name="resources_document_has_title",
                ),
                migrations.RemoveConstraint(
                    model_name="practice",
                    name="resources_practice_has_title",
                ),
                migrations.RemoveConstraint(
                    model_name="resourcepage",
                    name="resources_resourcepage_has_title",
                ),
                migrations.AddConstraint(
                    model_name="campaign",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("archive_id__isnull", False),
                            models.Q(("title_en__gt", ""), ("title_en__isnull", False)),
                            models.Q(("title_fr__gt", ""), ("title_fr__isnull", False)),
                            models.Q(("title_es__gt", ""), ("title_es__isnull", False)),
                            models.Q(("title_ar__gt", ""), ("title_ar__isnull", False)),
                            _connector="OR",
                        ),
                        name="resources_campaign_has_title",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="document",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("archive_id__isnull", False),
                            models.Q(("title_en__gt", ""), ("title_en__isnull", False)),
                            models.Q(("title_fr__gt", ""), ("title_fr__isnull", False)),
                            models.Q(("title_es__gt", ""), ("title_es__isnull", False)),
                            models.Q(("title_ar__gt", ""), ("title_ar__isnull", False)),
                            _connector="OR",
                        ),
                        name="resources_document_has_title",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="practice",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("archive_id__isnull", False),
                            models.Q(("title_en__gt", ""), ("title_en__isnull", False)),
                            models.Q(("title_fr__gt", ""), ("title_fr__isnull", False)),
                            models.Q(("title_es__gt", ""), ("title_es__isnull", False)),
                            models.Q(("title_ar__gt", ""), ("title_ar__isnull", False)),
                            _connector="OR",
                        ),
                        name="resources_practice_has_title",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="resourcepage",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("archive_id__isnull", False),
                            models.Q(("title_en__gt", ""), ("title_en__isnull", False)),
                            models.Q(("title_fr__gt", ""), ("title_fr__isnull", False)),
                            models.Q(("title_es__gt", ""), ("title_es__isnull", False)),
                            models.Q(("title_ar__gt", ""), ("title_ar__isnull", False)),
                            _connector="OR",
                        ),
                        name="resources_resourcepage_has_title",
                    ),
                ),
            ]
        ),
    ]
