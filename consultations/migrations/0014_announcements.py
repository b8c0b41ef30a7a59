import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import portal.clock
import portal.models.records


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0013_papers"),
        ("portal", "0011_notices_can_be_held"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Announcement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "original_language",
                    models.CharField(default="en", max_length=12, verbose_name="original language"),
                ),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12),
                        blank=True,
                        default=list,
                        editable=False,
                        size=None,
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "slug",
                    models.CharField(blank=True, editable=False, max_length=120, null=True, unique=True),
                ),
                ("title", models.CharField(blank=True, max_length=300, verbose_name="title")),
                ("title_ar", models.CharField(blank=True, max_length=300, null=True, verbose_name="title")),
                ("title_en", models.CharField(blank=True, max_length=300, null=True, verbose_name="title")),
                ("title_fr", models.CharField(blank=True, max_length=300, null=True, verbose_name="title")),
                ("title_es", models.CharField(blank=True, max_length=300, null=True, verbose_name="title")),
                ("summary", models.TextField(blank=True, verbose_name="summary")),
                ("summary_ar", models.TextField(blank=True, null=True, verbose_name="summary")),
                ("summary_en", models.TextField(blank=True, null=True, verbose_name="summary")),
                ("summary_fr", models.TextField(blank=True, null=True, verbose_name="summary")),
                ("summary_es", models.TextField(blank=True, null=True, verbose_name="summary")),
                ("other_titles", models.JSONField(blank=True, default=dict)),
                ("other_summaries", models.JSONField(blank=True, default=dict)),
                (
                    "access",
                    models.CharField(
                        choices=[
                            ("public", "Public"),
                            ("members", "Members only"),
                            ("invited", "By invitation"),
                        ],
                        default="public",
                        max_length=8,
                        verbose_name="access",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("begins_on", models.DateField(blank=True, null=True, verbose_name="begins on")),
                (
                    "begins_precision",
                    models.CharField(
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        default="day",
                        max_length=5,
                    ),
                ),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="ends on")),
                (
                    "ends_precision",
                    models.CharField(
                        choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                        default="day",
                        max_length=5,
                    ),
                ),
                ("date_note", models.CharField(blank=True, max_length=400, verbose_name="note on the date")),
                ("source_url", models.URLField(blank=True, max_length=2000, verbose_name="source")),
                (
                    "also",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.URLField(max_length=2000), blank=True, default=list, size=None
                    ),
                ),
                (
                    "archive_id",
                    models.CharField(blank=True, editable=False, max_length=120, null=True, unique=True),
                ),
                ("archive_values", models.JSONField(blank=True, default=dict, editable=False)),
                ("source_notes", models.JSONField(blank=True, default=dict)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("waiting", "Waits for approval"),
                            ("approved", "Approved"),
                            ("published", "Sent"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "to_constituencies",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), blank=True, default=list, size=None
                    ),
                ),
                (
                    "to_spoken",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12), blank=True, default=list, size=None
                    ),
                ),
                (
                    "registered",
                    models.CharField(
                        blank=True,
                        choices=[("with", "Those that did"), ("without", "Those that did not")],
                        max_length=8,
                    ),
                ),
                (
                    "endorsed",
                    models.CharField(
                        blank=True,
                        choices=[("with", "Those that did"), ("without", "Those that did not")],
                        max_length=8,
                    ),
                ),
                ("asked_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "publish_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="send at"),
                ),
                ("time_zone", models.CharField(default="UTC", editable=False, max_length=64)),
                ("sent_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "objectives",
                    models.ManyToManyField(blank=True, to="portal.objective", verbose_name="objectives"),
                ),
                (
                    "of_consultation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="consultations.consultation",
                    ),
                ),
                (
                    "of_paper",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="consultations.paper",
                    ),
                ),
                (
                    "organizations",
                    models.ManyToManyField(
                        blank=True, editable=False, related_name="+", to="portal.organization"
                    ),
                ),
                (
                    "to_group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.workinggroup",
                    ),
                ),
                (
                    "to_objectives",
                    models.ManyToManyField(blank=True, related_name="+", to="portal.objective"),
                ),
                ("to_regions", models.ManyToManyField(blank=True, related_name="+", to="portal.region")),
            ],
            options={
                "verbose_name": "announcement",
                "verbose_name_plural": "announcements",
                "abstract": False,
            },
            bases=(portal.models.records.Moves, portal.models.records.Belongs, models.Model),
        ),
        migrations.CreateModel(
            name="AnnouncementCorrection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("language", models.CharField(max_length=12)),
                ("was_subject", models.CharField(blank=True, max_length=300)),
                ("was_text", models.TextField(blank=True)),
                (
                    "readers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12), default=list, size=None
                    ),
                ),
                ("told", models.PositiveIntegerField(default=0)),
                ("corrected_at", models.DateTimeField(default=portal.clock.now, editable=False)),
                (
                    "announcement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="consultations.announcement",
                    ),
                ),
                (
                    "corrected_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "correction of an announcement",
                "verbose_name_plural": "corrections of announcements",
            },
            bases=(portal.models.records.Belongs, models.Model),
        ),
        migrations.CreateModel(
            name="AnnouncementTrial",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_at", models.DateTimeField(default=portal.clock.now, editable=False)),
                (
                    "announcement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="trials",
                        to="consultations.announcement",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "trial of an announcement",
                "verbose_name_plural": "trials of announcements",
            },
            bases=(portal.models.records.Belongs, models.Model),
        ),
        migrations.AddConstraint(
            model_name="announcement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("archive_id__isnull", False),
                    models.Q(("title_en__gt", ""), ("title_en__isnull", False)),
                    models.Q(("title_fr__gt", ""), ("title_fr__isnull", False)),
                    models.Q(("title_es__gt", ""), ("title_es__isnull", False)),
                    models.Q(("title_ar__gt", ""), ("title_ar__isnull", False)),
                    _connector="OR",
                ),
                name="consultations_announcement_has_title",
            ),
        ),
        migrations.AddConstraint(
            model_name="announcement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("begins_on__isnull", True),
                    ("ends_on__isnull", True),
                    ("ends_on__gte", models.F("begins_on")),
                    _connector="OR",
                ),
                name="consultations_announcement_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="announcement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("sent_at__isnull", False), ("status__in", ["published", "withdrawn"])),
                    models.Q(
                        models.Q(("status__in", ["published", "withdrawn"]), _negated=True),
                        ("sent_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="announcement_sent_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="announcement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["draft", "approved"]), ("publish_at__isnull", True), _connector="OR"
                ),
                name="announcement_sent_waits_for_no_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="announcement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("of_consultation__isnull", True), ("registered", "")),
                    models.Q(("of_consultation__isnull", False), models.Q(("registered", ""), _negated=True)),
                    _connector="OR",
                ),
                name="announcement_registered_says_for_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="announcement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("endorsed", ""), ("of_paper__isnull", True)),
                    models.Q(("of_paper__isnull", False), models.Q(("endorsed", ""), _negated=True)),
                    _connector="OR",
                ),
                name="announcement_endorsed_says_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="announcement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    models.Q(("approved_by", models.F("asked_by")), _negated=True),
                    _connector="OR",
                ),
                name="announcement_approved_by_another",
            ),
        ),
    ]
