import django.contrib.postgres.fields
import django.db.models.deletion
import portal.models.records
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("portal", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
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
                            ("position-paper", "Position paper"),
                            ("outcome", "Outcome document"),
                            ("briefing-note", "Briefing note"),
                            ("open-letter", "Open letter"),
                            ("statement", "Statement"),
                            ("recommendations", "Recommendations"),
                            ("submission", "Submission"),
                            ("report", "Report"),
                            ("summary", "Summary"),
                            ("guidance", "Guidance"),
                            ("postcard", "Postcard"),
                            ("instrument", "Legal instrument"),
                            ("other", "Other"),
                        ],
                        default="other",
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("kind_word", models.CharField(blank=True, max_length=60)),
                ("symbol", models.CharField(blank=True, max_length=60, verbose_name="symbol")),
                ("pages", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "document_languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12), blank=True, default=list, size=None
                    ),
                ),
                (
                    "told_languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12),
                        blank=True,
                        default=list,
                        editable=False,
                        size=None,
                    ),
                ),
                ("has_endorsers", models.BooleanField(default=False)),
                ("is_outcome", models.BooleanField(default=False, editable=False)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("withdrawal_reason", models.CharField(blank=True, editable=False, max_length=300)),
                (
                    "about",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="follow_ups",
                        to="resources.document",
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="portal.process",
                        verbose_name="process",
                    ),
                ),
            ],
            options={
                "verbose_name": "document",
                "verbose_name_plural": "documents",
                "abstract": False,
                "indexes": [models.Index(fields=["status", "-begins_on"], name="document_newest")],
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
                        name="resources_document_has_title",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("begins_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("begins_on")),
                            _connector="OR",
                        ),
                        name="resources_document_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            ("published_at__isnull", False),
                            ("archive_id__isnull", False),
                            _connector="OR",
                        ),
                        name="document_published_has_moment",
                    ),
                ],
            },
            bases=(portal.models.records.Moves, models.Model),
        ),
        migrations.CreateModel(
            name="DocumentFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=12)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="resources.document",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="portal.storedfile"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("document", "language"), name="documentfile_is_one_per_language"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Practice",
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
                        choices=[("practice", "Practice"), ("plan", "Plan")],
                        default="practice",
                        max_length=10,
                    ),
                ),
                ("organization_words", models.CharField(blank=True, max_length=200)),
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
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="practices",
                        to="portal.organization",
                    ),
                ),
            ],
            options={
                "verbose_name": "practice",
                "verbose_name_plural": "practices",
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
                        name="resources_practice_has_title",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("begins_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("begins_on")),
                            _connector="OR",
                        ),
                        name="resources_practice_ends_after_it_begins",
                    ),
                ],
            },
            bases=(portal.models.records.Moves, models.Model),
        ),
        migrations.CreateModel(
            name="ResourcePage",
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
                ("position", models.PositiveIntegerField(default=0, verbose_name="position")),
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
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="resources.resourcepage",
                        verbose_name="above",
                    ),
                ),
            ],
            options={
                "verbose_name": "resource page",
                "verbose_name_plural": "resource pages",
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
                        name="resources_resourcepage_has_title",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("begins_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("begins_on")),
                            _connector="OR",
                        ),
                        name="resources_resourcepage_ends_after_it_begins",
                    ),
                ],
            },
            bases=(portal.models.records.Moves, models.Model),
        ),
        migrations.CreateModel(
            name="Campaign",
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
                ("hashtag", models.CharField(blank=True, max_length=60, verbose_name="hashtag")),
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
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="campaigns",
                        to="portal.process",
                    ),
                ),
            ],
            options={
                "verbose_name": "campaign",
                "verbose_name_plural": "campaigns",
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
                        name="resources_campaign_has_title",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("begins_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("begins_on")),
                            _connector="OR",
                        ),
                        name="resources_campaign_ends_after_it_begins",
                    ),
                ],
            },
            bases=(portal.models.records.Moves, models.Model),
        ),
    ]
