"""The condition on titles of records, in the form that refuses a row of which all are missing."""

from django.db import migrations, models

from portal.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0006_plainer_inbox"),
    ]

    operations = [
        Together(
            [
                migrations.RemoveConstraint(
                    model_name="phase",
                    name="portal_phase_has_title",
                ),
                migrations.RemoveConstraint(
                    model_name="process",
                    name="portal_process_has_title",
                ),
                migrations.RemoveConstraint(
                    model_name="workinggroup",
                    name="portal_workinggroup_has_title",
                ),
                migrations.AddConstraint(
                    model_name="phase",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("archive_id__isnull", False),
                            models.Q(("title_en__gt", ""), ("title_en__isnull", False)),
                            models.Q(("title_fr__gt", ""), ("title_fr__isnull", False)),
                            models.Q(("title_es__gt", ""), ("title_es__isnull", False)),
                            models.Q(("title_ar__gt", ""), ("title_ar__isnull", False)),
                            _connector="OR",
                        ),
                        name="portal_phase_has_title",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="process",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("archive_id__isnull", False),
                            models.Q(("title_en__gt", ""), ("title_en__isnull", False)),
                            models.Q(("title_fr__gt", ""), ("title_fr__isnull", False)),
                            models.Q(("title_es__gt", ""), ("title_es__isnull", False)),
                            models.Q(("title_ar__gt", ""), ("title_ar__isnull", False)),
                            _connector="OR",
                        ),
                        name="portal_process_has_title",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="workinggroup",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("archive_id__isnull", False),
                            models.Q(("title_en__gt", ""), ("title_en__isnull", False)),
                            models.Q(("title_fr__gt", ""), ("title_fr__isnull", False)),
                            models.Q(("title_es__gt", ""), ("title_es__isnull", False)),
                            models.Q(("title_ar__gt", ""), ("title_ar__isnull", False)),
                            _connector="OR",
                        ),
                        name="portal_workinggroup_has_title",
                    ),
                ),
            ]
        ),
    ]
