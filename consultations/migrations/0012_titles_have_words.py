"""The condition on titles of records, in the form that refuses a row of which all are missing."""

from django.conf import settings
from django.db import migrations, models

from portal.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0001_squashed_0011"),
        ("portal", "0007_titles_have_words"),
        ("resources", "0003_titles_have_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.RemoveConstraint(
                    model_name="accreditationtrack",
                    name="consultations_accreditationtrack_has_title",
                ),
                migrations.RemoveConstraint(
                    model_name="call",
                    name="consultations_call_has_title",
                ),
                migrations.RemoveConstraint(
                    model_name="commitment",
                    name="consultations_commitment_has_title",
                ),
                migrations.RemoveConstraint(
                    model_name="consultation",
                    name="consultations_consultation_has_title",
                ),
                migrations.RemoveConstraint(
                    model_name="quota",
                    name="quota_has_a_title",
                ),
                migrations.RemoveConstraint(
                    model_name="submission",
                    name="consultations_submission_has_title",
                ),
                migrations.RemoveConstraint(
                    model_name="theme",
                    name="consultations_theme_has_title",
                ),
                migrations.AddConstraint(
                    model_name="accreditationtrack",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("archive_id__isnull", False),
                            models.Q(("title_en__gt", ""), ("title_en__isnull", False)),
                            models.Q(("title_fr__gt", ""), ("title_fr__isnull", False)),
                            models.Q(("title_es__gt", ""), ("title_es__isnull", False)),
                            models.Q(("title_ar__gt", ""), ("title_ar__isnull", False)),
                            _connector="OR",
                        ),
                        name="consultations_accreditationtrack_has_title",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="call",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("archive_id__isnull", False),
                            models.Q(("title_en__gt", ""), ("title_en__isnull", False)),
                            models.Q(("title_fr__gt", ""), ("title_fr__isnull", False)),
                            models.Q(("title_es__gt", ""), ("title_es__isnull", False)),
                            models.Q(("title_ar__gt", ""), ("title_ar__isnull", False)),
                            _connector="OR",
                        ),
                        name="consultations_call_has_title",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="commitment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("archive_id__isnull", False),
                            models.Q(("title_en__gt", ""), ("title_en__isnull", False)),
                            models.Q(("title_fr__gt", ""), ("title_fr__isnull", False)),
                            models.Q(("title_es__gt", ""), ("title_es__isnull", False)),
                            models.Q(("title_ar__gt", ""), ("title_ar__isnull", False)),
                            _connector="OR",
                        ),
                        name="consultations_commitment_has_title",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="consultation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("archive_id__isnull", False),
                            models.Q(("title_en__gt", ""), ("title_en__isnull", False)),
                            models.Q(("title_fr__gt", ""), ("title_fr__isnull", False)),
                            models.Q(("title_es__gt", ""), ("title_es__isnull", False)),
                            models.Q(("title_ar__gt", ""), ("title_ar__isnull", False)),
                            _connector="OR",
                        ),
                        name="consultations_consultation_has_title",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="quota",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title_en__gt", ""), ("title_en__isnull", False)),
                            models.Q(("title_fr__gt", ""), ("title_fr__isnull", False)),
                            models.Q(("title_es__gt", ""), ("title_es__isnull", False)),
                            models.Q(("title_ar__gt", ""), ("title_ar__isnull", False)),
                            _connector="OR",
                        ),
                        name="quota_has_a_title",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="submission",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("archive_id__isnull", False),
                            models.Q(("title_en__gt", ""), ("title_en__isnull", False)),
                            models.Q(("title_fr__gt", ""), ("title_fr__isnull", False)),
                            models.Q(("title_es__gt", ""), ("title_es__isnull", False)),
                            models.Q(("title_ar__gt", ""), ("title_ar__isnull", False)),
                            _connector="OR",
                        ),
                        name="consultations_submission_has_title",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="theme",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("archive_id__isnull", False),
                            models.Q(("title_en__gt", ""), ("title_en__isnull", False)),
                            models.Q(("title_fr__gt", ""), ("title_fr__isnull", False)),
                            models.Q(("title_es__gt", ""), ("title_es__isnull", False)),
                            models.Q(("title_ar__gt", ""), ("title_ar__isnull", False)),
                            _connector="OR",
                        ),
                        name="consultations_theme_has_title",
                    ),
                ),
            ]
        ),
    ]
