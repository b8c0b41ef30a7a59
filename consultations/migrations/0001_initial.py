import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import portal.clock
import portal.models.records
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("portal", "0001_initial"),
        ("resources", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccreditationTrack",
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
                    "status",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published"), ("withdrawn", "Withdrawn")],
                        default="draft",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
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
                ("deadline_at", models.DateTimeField(blank=True, null=True, verbose_name="deadline")),
                (
                    "deadline_is_day",
                    models.BooleanField(default=False, verbose_name="the deadline is a day without an hour"),
                ),
                ("time_zone", models.CharField(default="UTC", max_length=64, verbose_name="time zone")),
                (
                    "requires",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), blank=True, default=list, size=None
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
                    "process",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="accreditation_tracks",
                        to="portal.process",
                    ),
                ),
            ],
            options={
                "verbose_name": "accreditation track",
                "verbose_name_plural": "accreditation tracks",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("archive_id__isnull", False),
                            ("title_en__gt", ""),
                            ("title_fr__gt", ""),
                            ("title_es__gt", ""),
                            ("title_ar__gt", ""),
                            _connector="OR",
                        ),
                        name="consultations_accreditationtrack_has_title",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("begins_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("begins_on")),
                            _connector="OR",
                        ),
                        name="consultations_accreditationtrack_ends_after_it_begins",
                    ),
                ],
            },
            bases=(portal.models.records.Moves, models.Model),
        ),
        migrations.CreateModel(
            name="Consultation",
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
                            ("announced", "Announced"),
                            ("open", "Open"),
                            ("closed", "Closed"),
                            ("archived", "Archived"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("consultation", "Consultation"),
                            ("dialogue", "Dialogue"),
                            ("roundtable", "Roundtable"),
                            ("training", "Training"),
                            ("briefing", "Briefing"),
                            ("webinar", "Webinar"),
                            ("hearing", "Hearing"),
                            ("preparatory-meeting", "Preparatory meeting"),
                            ("forum", "Forum or summit"),
                            ("side-event", "Side event"),
                            ("other", "Other"),
                        ],
                        default="consultation",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("kind_word", models.CharField(blank=True, max_length=60)),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("online", "Online"),
                            ("in-person", "In person"),
                            ("hybrid", "Online and in person"),
                            ("written", "In writing, over some time"),
                            ("unknown", "Not known"),
                        ],
                        default="online",
                        max_length=10,
                        verbose_name="mode",
                    ),
                ),
                ("mode_word", models.CharField(blank=True, max_length=100)),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="place")),
                (
                    "attribution",
                    models.CharField(
                        choices=[
                            ("attributed", "Attributed"),
                            ("not-attributed", "Not attributed"),
                            ("confidential", "Confidential"),
                        ],
                        default="attributed",
                        max_length=16,
                        verbose_name="attribution",
                    ),
                ),
                (
                    "interpretation",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="interpretation languages",
                    ),
                ),
                ("round_number", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("rounds_count", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("people", models.JSONField(blank=True, default=dict)),
                (
                    "approval",
                    models.CharField(
                        choices=[
                            ("automatic", "At once, while places last"),
                            ("by-hand", "By a coordinator"),
                        ],
                        default="automatic",
                        max_length=10,
                        verbose_name="approval",
                    ),
                ),
                (
                    "takes_registrations",
                    models.BooleanField(default=False, verbose_name="takes registrations"),
                ),
                ("places", models.PositiveIntegerField(blank=True, null=True, verbose_name="places")),
                (
                    "places_per_organization",
                    models.PositiveSmallIntegerField(default=3, verbose_name="places for one organization"),
                ),
                ("opens_at", models.DateTimeField(blank=True, null=True, verbose_name="registration opens")),
                (
                    "closes_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="registration closes"),
                ),
                ("time_zone", models.CharField(default="UTC", max_length=64, verbose_name="time zone")),
                ("confirmed_count", models.PositiveIntegerField(default=0, editable=False)),
                ("next_seq", models.PositiveIntegerField(default=1, editable=False)),
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
                    "part_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="parts",
                        to="consultations.consultation",
                        verbose_name="part of",
                    ),
                ),
                (
                    "phase",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="consultations",
                        to="portal.phase",
                        verbose_name="phase",
                    ),
                ),
                (
                    "process",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultations",
                        to="portal.process",
                        verbose_name="process",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="portal.region",
                        verbose_name="region",
                    ),
                ),
            ],
            options={
                "verbose_name": "consultation",
                "verbose_name_plural": "consultations",
                "abstract": False,
                "indexes": [models.Index(fields=["status", "closes_at"], name="consultation_due")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("archive_id__isnull", False),
                            ("title_en__gt", ""),
                            ("title_fr__gt", ""),
                            ("title_es__gt", ""),
                            ("title_ar__gt", ""),
                            _connector="OR",
                        ),
                        name="consultations_consultation_has_title",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("begins_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("begins_on")),
                            _connector="OR",
                        ),
                        name="consultations_consultation_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("places__isnull", True),
                            ("confirmed_count__lte", models.F("places")),
                            _connector="OR",
                        ),
                        name="consultation_confirmed_within_places",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opens_at__isnull", True),
                            ("closes_at__isnull", True),
                            ("closes_at__gt", models.F("opens_at")),
                            _connector="OR",
                        ),
                        name="consultation_closes_after_it_opens",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("attribution", "confidential"), _negated=True),
                            ("access", "invited"),
                            _connector="OR",
                        ),
                        name="consultation_confidential_is_by_invitation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "open"), ("takes_registrations", True), _negated=True),
                            ("closes_at__isnull", False),
                            _connector="OR",
                        ),
                        name="consultation_open_has_deadline",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("places_per_organization__gte", 1)),
                        name="consultation_admits_at_least_one",
                    ),
                ],
            },
            bases=(portal.models.records.Moves, models.Model),
        ),
        migrations.CreateModel(
            name="Call",
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
                    "status",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published"), ("withdrawn", "Withdrawn")],
                        default="draft",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("input", "Call for input"),
                            ("survey", "Survey"),
                            ("feedback", "Call for feedback"),
                            ("practices", "Call for practices"),
                            ("endorsement", "Call for endorsements"),
                            ("other", "Other call"),
                        ],
                        default="input",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("kind_word", models.CharField(blank=True, max_length=60)),
                (
                    "answer_languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12), blank=True, default=list, size=None
                    ),
                ),
                ("closes_at", models.DateTimeField(blank=True, null=True, verbose_name="deadline")),
                ("time_zone", models.CharField(default="UTC", max_length=64, verbose_name="time zone")),
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
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="calls",
                        to="resources.document",
                    ),
                ),
                (
                    "objectives",
                    models.ManyToManyField(blank=True, to="portal.objective", verbose_name="objectives"),
                ),
                (
                    "process",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="portal.process",
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calls",
                        to="consultations.consultation",
                    ),
                ),
            ],
            options={
                "verbose_name": "call",
                "verbose_name_plural": "calls",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("archive_id__isnull", False),
                            ("title_en__gt", ""),
                            ("title_fr__gt", ""),
                            ("title_es__gt", ""),
                            ("title_ar__gt", ""),
                            _connector="OR",
                        ),
                        name="consultations_call_has_title",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("begins_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("begins_on")),
                            _connector="OR",
                        ),
                        name="consultations_call_ends_after_it_begins",
                    ),
                ],
            },
            bases=(portal.models.records.Moves, models.Model),
        ),
        migrations.CreateModel(
            name="Commitment",
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
                    "status",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published"), ("withdrawn", "Withdrawn")],
                        default="draft",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("ask", "Ask"),
                            ("shared", "Shared commitment"),
                            ("participation", "Step on participation"),
                            ("pledge", "Pledge"),
                            ("other", "Other"),
                        ],
                        default="shared",
                        max_length=14,
                        verbose_name="kind",
                    ),
                ),
                ("kind_word", models.CharField(blank=True, max_length=60)),
                ("made_by", models.CharField(blank=True, max_length=200, verbose_name="by whom")),
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
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="commitments",
                        to="resources.document",
                    ),
                ),
                (
                    "objectives",
                    models.ManyToManyField(blank=True, to="portal.objective", verbose_name="objectives"),
                ),
                ("principles", models.ManyToManyField(blank=True, to="portal.principle")),
                (
                    "process",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="portal.process",
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="commitments",
                        to="consultations.consultation",
                    ),
                ),
            ],
            options={
                "verbose_name": "commitment",
                "verbose_name_plural": "commitments",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("archive_id__isnull", False),
                            ("title_en__gt", ""),
                            ("title_fr__gt", ""),
                            ("title_es__gt", ""),
                            ("title_ar__gt", ""),
                            _connector="OR",
                        ),
                        name="consultations_commitment_has_title",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("begins_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("begins_on")),
                            _connector="OR",
                        ),
                        name="consultations_commitment_ends_after_it_begins",
                    ),
                ],
            },
            bases=(portal.models.records.Moves, models.Model),
        ),
        migrations.CreateModel(
            name="CommitmentUpdate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                ("what", models.TextField(blank=True)),
                ("evidence_url", models.URLField(blank=True, max_length=500)),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="updates",
                        to="consultations.commitment",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("commitment", "on", "what"), name="commitmentupdate_is_said_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Registration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "Waiting for a coordinator"),
                            ("confirmed", "Confirmed"),
                            ("waitlisted", "On the waiting list"),
                            ("declined", "Declined"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="pending",
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("seq", models.PositiveIntegerField(editable=False)),
                ("delegates_count", models.PositiveSmallIntegerField(editable=False)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("consent_version", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("consent_language", models.CharField(blank=True, editable=False, max_length=12)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("status_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registrations",
                        to="consultations.consultation",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="registrations",
                        to="portal.organization",
                    ),
                ),
                (
                    "registered_by",
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
                "verbose_name": "registration",
                "verbose_name_plural": "registrations",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["pending", "confirmed", "waitlisted"])),
                        fields=("consultation", "organization"),
                        name="registration_is_one_per_organization",
                    ),
                    models.UniqueConstraint(
                        fields=("consultation", "seq"), name="registration_seq_is_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("delegates_count__gte", 1)), name="registration_has_delegates"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "confirmed"), _negated=True),
                            ("confirmed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="registration_confirmed_has_moment",
                    ),
                ],
            },
            bases=(portal.models.records.Moves, models.Model),
        ),
        migrations.CreateModel(
            name="Delegate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=150, verbose_name="full name")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                (
                    "language",
                    models.CharField(
                        choices=[("ar", "Arabic"), ("en", "English"), ("fr", "French"), ("es", "Spanish")],
                        default="en",
                        max_length=8,
                        verbose_name="language of messages",
                    ),
                ),
                (
                    "interpretation",
                    models.CharField(blank=True, max_length=12, verbose_name="interpretation"),
                ),
                (
                    "needs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("captions", "Live captions"),
                                ("sign", "Sign language interpretation"),
                                ("phone", "Join by telephone"),
                                ("step-free", "Step-free access"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="access needs",
                    ),
                ),
                ("other_needs", models.CharField(blank=True, max_length=500, verbose_name="other needs")),
                ("named_at", models.DateTimeField(default=portal.clock.now, editable=False)),
                (
                    "recipient",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delegates",
                        to="portal.recipient",
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="consultations.registration"
                    ),
                ),
            ],
            options={
                "verbose_name": "delegate",
                "verbose_name_plural": "delegates",
                "constraints": [
                    models.UniqueConstraint(
                        models.F("registration"),
                        django.db.models.functions.text.Lower("email"),
                        name="delegate_is_named_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DocumentOrigin",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="document_links",
                        to="consultations.consultation",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="origins",
                        to="resources.document",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("document", "consultation"), name="documentorigin_is_said_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Meeting",
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
                ("title", models.CharField(blank=True, max_length=300, verbose_name="title")),
                ("title_ar", models.CharField(blank=True, max_length=300, null=True, verbose_name="title")),
                ("title_en", models.CharField(blank=True, max_length=300, null=True, verbose_name="title")),
                ("title_fr", models.CharField(blank=True, max_length=300, null=True, verbose_name="title")),
                ("title_es", models.CharField(blank=True, max_length=300, null=True, verbose_name="title")),
                ("round_number", models.PositiveSmallIntegerField(default=1, verbose_name="round")),
                (
                    "circle",
                    models.CharField(
                        choices=[
                            ("civil-society", "For civil society"),
                            ("widened", "For civil society and guests"),
                        ],
                        default="civil-society",
                        max_length=16,
                        verbose_name="circle",
                    ),
                ),
                ("starts_at", models.DateTimeField(blank=True, null=True, verbose_name="begins")),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="ends")),
                ("time_zone", models.CharField(default="UTC", max_length=64, verbose_name="time zone")),
                ("join_url", models.URLField(blank=True, max_length=500, verbose_name="join address")),
                ("people", models.JSONField(blank=True, default=dict)),
                ("sequence", models.PositiveIntegerField(default=0, editable=False)),
                ("cancelled_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="meetings",
                        to="consultations.consultation",
                    ),
                ),
            ],
            options={
                "verbose_name": "meeting",
                "verbose_name_plural": "meetings",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_at__isnull", True),
                            ("ends_at__isnull", True),
                            ("ends_at__gt", models.F("starts_at")),
                            _connector="OR",
                        ),
                        name="meeting_ends_after_it_begins",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "about",
                    models.CharField(
                        choices=[("opening", "Opening"), ("deadline", "Deadline"), ("meeting", "Meeting")],
                        max_length=10,
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("dropped_at", models.DateTimeField(blank=True, null=True)),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="consultations.consultation",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="consultations.meeting",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("dropped_at__isnull", True), ("sent_at__isnull", True)),
                        fields=["due_at"],
                        name="reminder_owed",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("consultation", "meeting", "about", "due_at"),
                        name="reminder_is_due_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("about", "meeting"), ("meeting__isnull", False)),
                            models.Q(
                                models.Q(("about", "meeting"), _negated=True), ("meeting__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="reminder_is_of_a_meeting_or_of_registration",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Theme",
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
                    "status",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published"), ("withdrawn", "Withdrawn")],
                        default="draft",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
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
                ("number", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("evidence", models.CharField(blank=True, max_length=40)),
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
                    "consultation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="themes",
                        to="consultations.consultation",
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
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="themes",
                        to="resources.document",
                    ),
                ),
                (
                    "objectives",
                    models.ManyToManyField(blank=True, to="portal.objective", verbose_name="objectives"),
                ),
            ],
            options={
                "verbose_name": "theme",
                "verbose_name_plural": "themes",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("archive_id__isnull", False),
                            ("title_en__gt", ""),
                            ("title_fr__gt", ""),
                            ("title_es__gt", ""),
                            ("title_ar__gt", ""),
                            _connector="OR",
                        ),
                        name="consultations_theme_has_title",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("begins_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("begins_on")),
                            _connector="OR",
                        ),
                        name="consultations_theme_ends_after_it_begins",
                    ),
                ],
            },
            bases=(portal.models.records.Moves, models.Model),
        ),
    ]
