"""All tables of the work at once, for whoever starts anew: a tenth of the time of the steps that it replaces.

It leaves the very columns, constraints and indexes that they leave. The steps stay for portals that have taken only
some of them.
"""

import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.contrib.postgres.indexes
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import consultations.models.consultations
import portal.clock
import portal.models.records
import portal.tokens
from portal.together import Together


class Migration(migrations.Migration):
    replaces = [
        ("consultations", "0001_initial"),
        ("consultations", "0002_guests_and_materials"),
        ("consultations", "0003_doors_and_submissions"),
        ("consultations", "0004_questions"),
        ("consultations", "0005_question_versions"),
        ("consultations", "0006_former_delegates"),
        ("consultations", "0007_quotas_and_offers"),
        ("consultations", "0008_delegations_and_attendance"),
        ("consultations", "0009_calls_and_contributions"),
        ("consultations", "0010_voices"),
        ("consultations", "0011_asking_again_and_priorities"),
    ]

    initial = True

    dependencies = [
        ("portal", "0006_plainer_inbox"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("resources", "0002_page_process"),
    ]

    operations = [
        Together(
            [
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
                            models.CharField(
                                blank=True, editable=False, max_length=120, null=True, unique=True
                            ),
                        ),
                        ("title", models.CharField(blank=True, max_length=300, verbose_name="title")),
                        (
                            "title_ar",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="title"),
                        ),
                        (
                            "title_en",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="title"),
                        ),
                        (
                            "title_fr",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="title"),
                        ),
                        (
                            "title_es",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="title"),
                        ),
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
                                choices=[
                                    ("draft", "Draft"),
                                    ("published", "Published"),
                                    ("withdrawn", "Withdrawn"),
                                ],
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
                        (
                            "date_note",
                            models.CharField(blank=True, max_length=400, verbose_name="note on the date"),
                        ),
                        ("source_url", models.URLField(blank=True, max_length=2000, verbose_name="source")),
                        (
                            "also",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.URLField(max_length=2000),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "archive_id",
                            models.CharField(
                                blank=True, editable=False, max_length=120, null=True, unique=True
                            ),
                        ),
                        ("archive_values", models.JSONField(blank=True, default=dict, editable=False)),
                        ("source_notes", models.JSONField(blank=True, default=dict)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("changed_at", models.DateTimeField(auto_now=True)),
                        ("deadline_at", models.DateTimeField(blank=True, null=True, verbose_name="deadline")),
                        (
                            "deadline_is_day",
                            models.BooleanField(
                                default=False, verbose_name="the deadline is a day without an hour"
                            ),
                        ),
                        (
                            "time_zone",
                            models.CharField(default="UTC", max_length=64, verbose_name="time zone"),
                        ),
                        (
                            "requires",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=200),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "constituencies",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("civil-society", "Civil society"),
                                        ("state", "State"),
                                        ("local-authority", "Local authority"),
                                        ("international-organization", "International organization"),
                                        ("private-sector", "Private sector"),
                                        ("youth", "Youth body"),
                                        ("other", "Other"),
                                    ],
                                    max_length=32,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "needs_status",
                            models.CharField(
                                blank=True, choices=[("yes", "Yes"), ("no", "No")], max_length=3
                            ),
                        ),
                        (
                            "needs_earlier",
                            models.CharField(
                                blank=True, choices=[("yes", "Yes"), ("no", "No")], max_length=3
                            ),
                        ),
                        (
                            "leads_to",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("attend", "Attend on the spot"),
                                        ("online", "Attend online"),
                                        ("speak", "Speak"),
                                        ("side-event", "Hold a side event"),
                                        ("write", "Hand in a text"),
                                    ],
                                    max_length=12,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "exposure",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("body", "The body that runs this door reads what you hand in."),
                                    (
                                        "states",
                                        "The body that runs this door reads what you hand in, and shows it to States.",
                                    ),
                                    ("public", "What you hand in, or a part of it, is published."),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "door_url",
                            models.URLField(
                                blank=True, max_length=2000, verbose_name="address where one applies"
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
                            models.ManyToManyField(
                                blank=True, to="portal.objective", verbose_name="objectives"
                            ),
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
                    bases=(portal.models.records.Moves, portal.models.records.Belongs, models.Model),
                ),
                migrations.CreateModel(
                    name="CalendarFeed",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "nonce",
                            models.CharField(default=portal.tokens.nonce, editable=False, max_length=64),
                        ),
                        ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                        (
                            "organizations",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(),
                                blank=True,
                                default=list,
                                editable=False,
                                size=None,
                            ),
                        ),
                        ("made_at", models.DateTimeField(default=portal.clock.now, editable=False)),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="calendar_feed",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "calendar address",
                        "verbose_name_plural": "calendar addresses",
                    },
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
                            models.CharField(
                                blank=True, editable=False, max_length=120, null=True, unique=True
                            ),
                        ),
                        ("title", models.CharField(blank=True, max_length=300, verbose_name="title")),
                        (
                            "title_ar",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="title"),
                        ),
                        (
                            "title_en",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="title"),
                        ),
                        (
                            "title_fr",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="title"),
                        ),
                        (
                            "title_es",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="title"),
                        ),
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
                        (
                            "date_note",
                            models.CharField(blank=True, max_length=400, verbose_name="note on the date"),
                        ),
                        ("source_url", models.URLField(blank=True, max_length=2000, verbose_name="source")),
                        (
                            "also",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.URLField(max_length=2000),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "archive_id",
                            models.CharField(
                                blank=True, editable=False, max_length=120, null=True, unique=True
                            ),
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
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("published", "Announced"),
                                    ("open", "Open"),
                                    ("closed", "Closed"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="draft",
                                max_length=12,
                                verbose_name="state",
                            ),
                        ),
                        ("kind_word", models.CharField(blank=True, max_length=60)),
                        (
                            "answer_languages",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=12),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("opens_at", models.DateTimeField(blank=True, null=True, verbose_name="opens")),
                        ("closes_at", models.DateTimeField(blank=True, null=True, verbose_name="deadline")),
                        (
                            "time_zone",
                            models.CharField(default="UTC", max_length=64, verbose_name="time zone"),
                        ),
                        (
                            "answerers",
                            models.CharField(
                                choices=[
                                    ("members", "Members only: verified organizations of civil society"),
                                    ("verified", "Every verified organization"),
                                    ("participants", "Organizations confirmed for the consultation"),
                                ],
                                default="members",
                                max_length=12,
                                verbose_name="who may answer",
                            ),
                        ),
                        (
                            "takes_strangers",
                            models.BooleanField(
                                default=False, verbose_name="people without account may answer"
                            ),
                        ),
                        (
                            "takes_networks",
                            models.BooleanField(
                                default=False, verbose_name="networks may answer for their members"
                            ),
                        ),
                        (
                            "shows",
                            models.CharField(
                                choices=[
                                    (
                                        "nobody",
                                        "Nobody but the organization itself, coordinators and rapporteurs",
                                    ),
                                    ("members", "Members, once the call is closed"),
                                    ("public", "Everybody, once the call is closed"),
                                ],
                                default="nobody",
                                max_length=8,
                                verbose_name="who reads the contributions",
                            ),
                        ),
                        ("told_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "urgent_most",
                            models.PositiveSmallIntegerField(blank=True, editable=False, null=True),
                        ),
                        ("urgent_until", models.DateTimeField(blank=True, editable=False, null=True)),
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
                            models.ManyToManyField(
                                blank=True, to="portal.objective", verbose_name="objectives"
                            ),
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
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("opens_at__isnull", True),
                                    ("closes_at__isnull", True),
                                    ("closes_at__gt", models.F("opens_at")),
                                    _connector="OR",
                                ),
                                name="call_closes_after_it_opens",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "open"), _negated=True),
                                    ("closes_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="call_open_has_deadline",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("urgent_most__isnull", True), ("urgent_until__isnull", True)),
                                    models.Q(("urgent_most__gte", 1), ("urgent_until__isnull", False)),
                                    _connector="OR",
                                ),
                                name="call_urgent_has_deadline",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("takes_strangers", False), ("access", "public"), _connector="OR"
                                ),
                                name="call_of_strangers_is_public",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answerers", "participants"), _negated=True),
                                    ("consultation__isnull", False),
                                    _connector="OR",
                                ),
                                name="call_of_participants_has_consultation",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("access", "public"),
                                    models.Q(("access", "members"), ("shows__in", ["nobody", "members"])),
                                    ("shows", "nobody"),
                                    _connector="OR",
                                ),
                                name="call_shows_no_wider_than_itself",
                            ),
                        ],
                    },
                    bases=(portal.models.records.Moves, portal.models.records.Belongs, models.Model),
                ),
                migrations.CreateModel(
                    name="CallInvitation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("invited_at", models.DateTimeField(default=portal.clock.now, editable=False)),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="invitations",
                                to="consultations.call",
                            ),
                        ),
                        (
                            "invited_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("organizations", models.ManyToManyField(related_name="+", to="portal.organization")),
                    ],
                    bases=(portal.models.records.Belongs, models.Model),
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
                            models.CharField(
                                blank=True, editable=False, max_length=120, null=True, unique=True
                            ),
                        ),
                        ("title", models.CharField(blank=True, max_length=300, verbose_name="title")),
                        (
                            "title_ar",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="title"),
                        ),
                        (
                            "title_en",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="title"),
                        ),
                        (
                            "title_fr",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="title"),
                        ),
                        (
                            "title_es",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="title"),
                        ),
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
                                choices=[
                                    ("draft", "Draft"),
                                    ("published", "Published"),
                                    ("withdrawn", "Withdrawn"),
                                ],
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
                        (
                            "date_note",
                            models.CharField(blank=True, max_length=400, verbose_name="note on the date"),
                        ),
                        ("source_url", models.URLField(blank=True, max_length=2000, verbose_name="source")),
                        (
                            "also",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.URLField(max_length=2000),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "archive_id",
                            models.CharField(
                                blank=True, editable=False, max_length=120, null=True, unique=True
                            ),
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
                            "country",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="portal.country",
                                verbose_name="State",
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
                            models.ManyToManyField(
                                blank=True, to="portal.objective", verbose_name="objectives"
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="commitments",
                                to="portal.organization",
                            ),
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
                    bases=(portal.models.records.Moves, portal.models.records.Belongs, models.Model),
                ),
                migrations.CreateModel(
                    name="CommitmentReport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("on", models.DateField()),
                        ("what", models.TextField()),
                        ("evidence_url", models.URLField(blank=True, max_length=500)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waits for a coordinator"),
                                    ("accepted", "Accepted"),
                                    ("declined", "Declined"),
                                ],
                                default="waiting",
                                max_length=8,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        ("reason", models.TextField(blank=True)),
                        ("given_at", models.DateTimeField(auto_now_add=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "commitment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reports",
                                to="consultations.commitment",
                            ),
                        ),
                        (
                            "given_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="portal.organization",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "report",
                        "verbose_name_plural": "reports",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "declined"), _negated=True),
                                    ("reason__gt", ""),
                                    _connector="OR",
                                ),
                                name="commitmentreport_declined_says_why",
                            )
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
                        (
                            "key",
                            models.UUIDField(
                                db_default=django.contrib.postgres.functions.RandomUUID(),
                                editable=False,
                                unique=True,
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
                            models.CharField(
                                blank=True, editable=False, max_length=120, null=True, unique=True
                            ),
                        ),
                        ("title", models.CharField(blank=True, max_length=300, verbose_name="title")),
                        (
                            "title_ar",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="title"),
                        ),
                        (
                            "title_en",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="title"),
                        ),
                        (
                            "title_fr",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="title"),
                        ),
                        (
                            "title_es",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="title"),
                        ),
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
                        (
                            "date_note",
                            models.CharField(blank=True, max_length=400, verbose_name="note on the date"),
                        ),
                        ("source_url", models.URLField(blank=True, max_length=2000, verbose_name="source")),
                        (
                            "also",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.URLField(max_length=2000),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "archive_id",
                            models.CharField(
                                blank=True, editable=False, max_length=120, null=True, unique=True
                            ),
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
                            models.PositiveSmallIntegerField(
                                default=3, verbose_name="places for one organization"
                            ),
                        ),
                        (
                            "offer_hours",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="hours for which a free place is offered"
                            ),
                        ),
                        (
                            "opens_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="registration opens"),
                        ),
                        (
                            "closes_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="registration closes"),
                        ),
                        (
                            "time_zone",
                            models.CharField(default="UTC", max_length=64, verbose_name="time zone"),
                        ),
                        (
                            "remind_before_deadline",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(),
                                blank=True,
                                default=consultations.models.consultations.three_days,
                                size=None,
                            ),
                        ),
                        (
                            "remind_before_meeting",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(),
                                blank=True,
                                default=consultations.models.consultations.one_day,
                                size=None,
                            ),
                        ),
                        (
                            "remind_to_name",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(),
                                blank=True,
                                default=consultations.models.consultations.three_days,
                                size=None,
                            ),
                        ),
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
                            models.ManyToManyField(
                                blank=True, to="portal.objective", verbose_name="objectives"
                            ),
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
                                    models.Q(
                                        ("status", "open"), ("takes_registrations", True), _negated=True
                                    ),
                                    ("closes_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="consultation_open_has_deadline",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("places_per_organization__gte", 1)),
                                name="consultation_admits_at_least_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("offer_hours__isnull", True), ("offer_hours__gte", 1), _connector="OR"
                                ),
                                name="consultation_offers_for_an_hour_at_least",
                            ),
                        ],
                    },
                    bases=(portal.models.records.Moves, portal.models.records.Belongs, models.Model),
                ),
                migrations.CreateModel(
                    name="ConsentText",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("version", models.PositiveSmallIntegerField()),
                        ("original_language", models.CharField(default="en", max_length=12)),
                        ("words", models.TextField(blank=True, verbose_name="what one agrees to")),
                        (
                            "words_ar",
                            models.TextField(blank=True, null=True, verbose_name="what one agrees to"),
                        ),
                        (
                            "words_en",
                            models.TextField(blank=True, null=True, verbose_name="what one agrees to"),
                        ),
                        (
                            "words_fr",
                            models.TextField(blank=True, null=True, verbose_name="what one agrees to"),
                        ),
                        (
                            "words_es",
                            models.TextField(blank=True, null=True, verbose_name="what one agrees to"),
                        ),
                        ("written_at", models.DateTimeField(default=portal.clock.now, editable=False)),
                        (
                            "written_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="consent_texts",
                                to="consultations.consultation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "consent text",
                        "verbose_name_plural": "consent texts",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("consultation", "version"), name="consenttext_version"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("words_en__gt", ""), ("words_en__isnull", False)),
                                    models.Q(("words_fr__gt", ""), ("words_fr__isnull", False)),
                                    models.Q(("words_es__gt", ""), ("words_es__isnull", False)),
                                    models.Q(("words_ar__gt", ""), ("words_ar__isnull", False)),
                                    _connector="OR",
                                ),
                                name="consenttext_has_words",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contribution",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "giver_name",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="name of the organization"
                            ),
                        ),
                        (
                            "giver_sort",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("ngo", "Non-governmental organization"),
                                    ("network", "Network"),
                                    ("faith-based", "Faith-based organization"),
                                    ("diaspora", "Diaspora organization"),
                                    ("migrant-led", "Migrant-led organization"),
                                    ("trade-union", "Trade union"),
                                    ("academic", "Academic institution"),
                                    ("youth", "Youth organization"),
                                    ("media", "Media"),
                                    ("service-provider", "Service provider"),
                                    ("other", "Other"),
                                ],
                                max_length=20,
                                verbose_name="kind of organization",
                            ),
                        ),
                        (
                            "giver_is_migrant_led",
                            models.BooleanField(default=False, verbose_name="led by migrants"),
                        ),
                        (
                            "resume_hash",
                            models.CharField(
                                blank=True, editable=False, max_length=64, null=True, unique=True
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[("draft", "Draft"), ("sent", "Sent"), ("withdrawn", "Withdrawn")],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        ("language", models.CharField(max_length=12, verbose_name="language")),
                        (
                            "consent",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("named", "With the organization’s name"),
                                    ("kind", "Without its name: by kind of organization and region only"),
                                    (
                                        "never",
                                        "Never quoted, nor shown to others: read by coordinators and rapporteurs only",
                                    ),
                                ],
                                max_length=6,
                                verbose_name="how it may be quoted",
                            ),
                        ),
                        ("consent_version", models.PositiveSmallIntegerField(default=0, editable=False)),
                        ("consent_language", models.CharField(blank=True, editable=False, max_length=12)),
                        ("consent_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("changed_at", models.DateTimeField(auto_now=True)),
                        ("sent_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contributions",
                                to="consultations.call",
                            ),
                        ),
                        (
                            "giver_country",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="portal.country",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contributions",
                                to="portal.organization",
                            ),
                        ),
                        (
                            "through",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contributions_entered",
                                to="portal.organization",
                            ),
                        ),
                        (
                            "written_by",
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
                        "verbose_name": "contribution",
                        "verbose_name_plural": "contributions",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("call", "organization"), name="contribution_is_one_per_organization"
                            ),
                            models.UniqueConstraint(
                                models.F("call"),
                                models.F("through"),
                                django.db.models.functions.text.Lower("giver_name"),
                                condition=models.Q(
                                    ("organization__isnull", True), ("through__isnull", False)
                                ),
                                name="contribution_is_one_per_member_of_network",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("giver_name", ""), ("organization__isnull", False)),
                                    models.Q(
                                        ("giver_country__isnull", False),
                                        ("giver_name__gt", ""),
                                        ("organization__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="contribution_is_given_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("organization__isnull", False), ("resume_hash__isnull", True)),
                                    models.Q(
                                        ("organization__isnull", True),
                                        ("resume_hash__isnull", True),
                                        ("through__isnull", False),
                                    ),
                                    models.Q(
                                        ("organization__isnull", True),
                                        ("resume_hash__isnull", False),
                                        ("through__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="contribution_has_a_way_back",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("through__isnull", True),
                                    ("organization__isnull", True),
                                    models.Q(("through", models.F("organization")), _negated=True),
                                    _connector="OR",
                                ),
                                name="contribution_is_not_through_itself",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "sent"), _negated=True),
                                    models.Q(
                                        ("consent__gt", ""),
                                        ("consent_at__isnull", False),
                                        ("sent_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="contribution_sent_has_consent",
                            ),
                        ],
                    },
                    bases=(portal.models.records.Moves, portal.models.records.Belongs, models.Model),
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
                    name="DoorNote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("not-begun", "Not begun"),
                                    ("handed-in", "Handed in"),
                                    ("granted", "Granted"),
                                    ("refused", "Refused"),
                                ],
                                default="not-begun",
                                max_length=10,
                            ),
                        ),
                        ("on", models.DateField()),
                        ("words", models.TextField(blank=True)),
                        ("written_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="door_notes",
                                to="portal.organization",
                            ),
                        ),
                        (
                            "track",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notes",
                                to="consultations.accreditationtrack",
                            ),
                        ),
                        (
                            "written_by",
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
                        "verbose_name": "own note",
                        "verbose_name_plural": "own notes",
                    },
                ),
                migrations.CreateModel(
                    name="GroupConsultation",
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
                                related_name="group_links",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="consultation_links",
                                to="portal.workinggroup",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("group", "consultation"), name="groupconsultation_is_linked_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GroupDocument",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="group_links",
                                to="resources.document",
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="document_links",
                                to="portal.workinggroup",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("group", "document"), name="groupdocument_is_linked_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="KeptFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("sent_at", models.DateTimeField(default=portal.clock.now, editable=False)),
                        (
                            "file",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="portal.storedfile",
                            ),
                        ),
                        (
                            "sent_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "file of an unsent form",
                        "verbose_name_plural": "files of unsent forms",
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
                        (
                            "title_ar",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="title"),
                        ),
                        (
                            "title_en",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="title"),
                        ),
                        (
                            "title_fr",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="title"),
                        ),
                        (
                            "title_es",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="title"),
                        ),
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
                        (
                            "time_zone",
                            models.CharField(default="UTC", max_length=64, verbose_name="time zone"),
                        ),
                        (
                            "join_url",
                            models.URLField(blank=True, max_length=500, verbose_name="join address"),
                        ),
                        ("people", models.JSONField(blank=True, default=dict)),
                        ("sequence", models.PositiveIntegerField(default=0, editable=False)),
                        ("cancelled_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("changed_at", models.DateTimeField(auto_now=True)),
                        (
                            "breakout_of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="breakouts",
                                to="consultations.meeting",
                            ),
                        ),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="meetings",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "objectives",
                            models.ManyToManyField(
                                blank=True, to="portal.objective", verbose_name="objectives"
                            ),
                        ),
                        (
                            "repeats",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="repetitions",
                                to="consultations.meeting",
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
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("repeats", models.F("pk")), _negated=True),
                                    ("repeats__isnull", True),
                                    _connector="OR",
                                ),
                                name="meeting_repeats_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("breakout_of", models.F("pk")), _negated=True),
                                    ("breakout_of__isnull", True),
                                    _connector="OR",
                                ),
                                name="meeting_breaks_out_of_another",
                            ),
                        ],
                    },
                    bases=(portal.models.records.Belongs, models.Model),
                ),
                migrations.CreateModel(
                    name="Material",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("title", models.CharField(blank=True, max_length=200, verbose_name="title")),
                        ("language", models.CharField(blank=True, max_length=12)),
                        ("is_afterwards", models.BooleanField(default=False)),
                        ("added_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="resources.document",
                            ),
                        ),
                        (
                            "file",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="portal.storedfile",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="materials",
                                to="consultations.meeting",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "material",
                        "verbose_name_plural": "materials",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("document__isnull", True), ("file__isnull", False)),
                                    models.Q(("document__isnull", False), ("file__isnull", True)),
                                    _connector="OR",
                                ),
                                name="material_is_a_file_or_a_document",
                            ),
                            models.UniqueConstraint(
                                fields=("meeting", "document"), name="material_is_linked_once"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Guest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("is_for_all", models.BooleanField(default=False)),
                        ("name", models.CharField(blank=True, max_length=150, verbose_name="full name")),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("invited", "Not yet answered"),
                                    ("accepted", "Accepted"),
                                    ("declined", "Declined"),
                                    ("withdrawn", "Taken back"),
                                ],
                                default="invited",
                                max_length=10,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "nonce",
                            models.CharField(default=portal.tokens.nonce, editable=False, max_length=64),
                        ),
                        ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                        ("invited_at", models.DateTimeField(default=portal.clock.now, editable=False)),
                        ("accepted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("status_at", models.DateTimeField(default=portal.clock.now, editable=False)),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="guests",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "invited_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="portal.organization",
                            ),
                        ),
                        (
                            "recipient",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="guests",
                                to="portal.recipient",
                            ),
                        ),
                        (
                            "meetings",
                            models.ManyToManyField(
                                blank=True, related_name="guests", to="consultations.meeting"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "guest",
                        "verbose_name_plural": "guests",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("organization__isnull", False), ("recipient__isnull", True)),
                                    models.Q(("organization__isnull", True), ("recipient__isnull", False)),
                                    _connector="OR",
                                ),
                                name="guest_is_an_organization_or_an_address",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("status", "withdrawn"), _negated=True),
                                fields=("consultation", "organization"),
                                name="guest_organization_is_invited_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("status", "withdrawn"), _negated=True),
                                fields=("consultation", "recipient"),
                                name="guest_address_is_invited_once",
                            ),
                        ],
                    },
                    bases=(portal.models.records.Moves, portal.models.records.Belongs, models.Model),
                ),
                migrations.CreateModel(
                    name="DoorCode",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("nonce", models.CharField(editable=False, max_length=64)),
                        ("ends_at", models.DateTimeField()),
                        (
                            "made_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "meeting",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="door_code",
                                to="consultations.meeting",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Question",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("number", models.PositiveSmallIntegerField()),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("line", "One line of text"),
                                    ("paragraph", "Several lines of text"),
                                    ("choice", "One of several choices"),
                                    ("choices", "Any of several choices"),
                                    ("yes-no", "Yes or no"),
                                    ("file", "A file"),
                                ],
                                default="line",
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("original_language", models.CharField(default="en", max_length=12)),
                        ("prompt", models.CharField(blank=True, max_length=500, verbose_name="question")),
                        (
                            "prompt_ar",
                            models.CharField(blank=True, max_length=500, null=True, verbose_name="question"),
                        ),
                        (
                            "prompt_en",
                            models.CharField(blank=True, max_length=500, null=True, verbose_name="question"),
                        ),
                        (
                            "prompt_fr",
                            models.CharField(blank=True, max_length=500, null=True, verbose_name="question"),
                        ),
                        (
                            "prompt_es",
                            models.CharField(blank=True, max_length=500, null=True, verbose_name="question"),
                        ),
                        ("help", models.TextField(blank=True, verbose_name="help")),
                        ("help_ar", models.TextField(blank=True, null=True, verbose_name="help")),
                        ("help_en", models.TextField(blank=True, null=True, verbose_name="help")),
                        ("help_fr", models.TextField(blank=True, null=True, verbose_name="help")),
                        ("help_es", models.TextField(blank=True, null=True, verbose_name="help")),
                        ("is_required", models.BooleanField(default=False, verbose_name="required")),
                        (
                            "max_length",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="characters at most"
                            ),
                        ),
                        (
                            "shown_for",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=12),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("retired_at", models.DateTimeField(blank=True, null=True)),
                        ("changed_at", models.DateTimeField(auto_now=True)),
                        (
                            "call",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="questions",
                                to="consultations.call",
                            ),
                        ),
                        (
                            "changed_by",
                            models.ForeignKey(
                                blank=True,
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
                                related_name="questions",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "objective",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="questions",
                                to="portal.objective",
                            ),
                        ),
                        (
                            "shown_if",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="dependants",
                                to="consultations.question",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "question",
                        "verbose_name_plural": "questions",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("call__isnull", True), ("consultation__isnull", False)),
                                    models.Q(("call__isnull", False), ("consultation__isnull", True)),
                                    _connector="OR",
                                ),
                                name="question_is_of_a_consultation_or_a_call",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("shown_for", []), ("shown_if__isnull", True)),
                                    models.Q(
                                        ("shown_if__isnull", False),
                                        models.Q(("shown_for", []), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="question_depends_on_an_answer",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("shown_if__isnull", True),
                                    models.Q(("shown_if", models.F("pk")), _negated=True),
                                    _connector="OR",
                                ),
                                name="question_depends_on_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("prompt_en__gt", ""), ("prompt_en__isnull", False)),
                                    models.Q(("prompt_fr__gt", ""), ("prompt_fr__isnull", False)),
                                    models.Q(("prompt_es__gt", ""), ("prompt_es__isnull", False)),
                                    models.Q(("prompt_ar__gt", ""), ("prompt_ar__isnull", False)),
                                    _connector="OR",
                                ),
                                name="question_has_prompt",
                            ),
                            models.UniqueConstraint(
                                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                                fields=("consultation", "number"),
                                name="question_number_in_consultation",
                            ),
                            models.UniqueConstraint(
                                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                                fields=("call", "number"),
                                name="question_number_in_call",
                            ),
                        ],
                    },
                    bases=(portal.models.records.Belongs, models.Model),
                ),
                migrations.CreateModel(
                    name="Option",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=12)),
                        ("number", models.PositiveSmallIntegerField()),
                        ("label", models.CharField(blank=True, max_length=200, verbose_name="label")),
                        (
                            "label_ar",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="label"),
                        ),
                        (
                            "label_en",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="label"),
                        ),
                        (
                            "label_fr",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="label"),
                        ),
                        (
                            "label_es",
                            models.CharField(blank=True, max_length=200, null=True, verbose_name="label"),
                        ),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="options",
                                to="consultations.question",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "option",
                        "verbose_name_plural": "options",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("question", "key"), name="option_key_in_question"
                            ),
                            models.UniqueConstraint(
                                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                                fields=("question", "number"),
                                name="option_number_in_question",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("label_en__gt", ""), ("label_en__isnull", False)),
                                    models.Q(("label_fr__gt", ""), ("label_fr__isnull", False)),
                                    models.Q(("label_es__gt", ""), ("label_es__isnull", False)),
                                    models.Q(("label_ar__gt", ""), ("label_ar__isnull", False)),
                                    _connector="OR",
                                ),
                                name="option_has_label",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Quota",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("title", models.CharField(max_length=120, verbose_name="title")),
                        ("title_ar", models.CharField(max_length=120, null=True, verbose_name="title")),
                        ("title_en", models.CharField(max_length=120, null=True, verbose_name="title")),
                        ("title_fr", models.CharField(max_length=120, null=True, verbose_name="title")),
                        ("title_es", models.CharField(max_length=120, null=True, verbose_name="title")),
                        ("places", models.PositiveIntegerField(verbose_name="places")),
                        (
                            "constituency",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("civil-society", "Civil society"),
                                    ("state", "State"),
                                    ("local-authority", "Local authority"),
                                    ("international-organization", "International organization"),
                                    ("private-sector", "Private sector"),
                                    ("youth", "Youth body"),
                                    ("other", "Other"),
                                ],
                                max_length=32,
                                verbose_name="constituency",
                            ),
                        ),
                        (
                            "is_migrant_led",
                            models.BooleanField(default=False, verbose_name="led by migrants"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        ("held_count", models.PositiveIntegerField(default=0, editable=False)),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="quotas",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "regions",
                            models.ManyToManyField(blank=True, to="portal.region", verbose_name="regions"),
                        ),
                    ],
                    options={
                        "verbose_name": "quota",
                        "verbose_name_plural": "quotas",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("held_count__lte", models.F("places"))),
                                name="quota_held_within_places",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("places__gte", 1)), name="quota_has_a_place"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("title_en__gt", ""),
                                    ("title_fr__gt", ""),
                                    ("title_es__gt", ""),
                                    ("title_ar__gt", ""),
                                    _connector="OR",
                                ),
                                name="quota_has_a_title",
                            ),
                        ],
                    },
                    bases=(portal.models.records.Belongs, models.Model),
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
                                    ("offered", "Places are offered"),
                                    ("declined", "Declined"),
                                    ("cancelled", "Cancelled"),
                                    ("lapsed", "The offer ran out"),
                                ],
                                default="pending",
                                max_length=10,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        ("seq", models.PositiveIntegerField(editable=False)),
                        ("delegates_count", models.PositiveSmallIntegerField(editable=False)),
                        ("least", models.PositiveSmallIntegerField(editable=False, null=True)),
                        ("asked_for", models.PositiveSmallIntegerField(editable=False, null=True)),
                        ("passed_over_at", models.DateTimeField(editable=False, null=True)),
                        ("offer_ends_at", models.DateTimeField(editable=False, null=True)),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("consent_version", models.PositiveSmallIntegerField(default=0, editable=False)),
                        ("consent_language", models.CharField(blank=True, editable=False, max_length=12)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "status_at",
                            models.DateTimeField(default=django.utils.timezone.now, editable=False),
                        ),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "consent_text",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="consultations.consenttext",
                            ),
                        ),
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
                            "passed_over_for",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="consultations.quota",
                            ),
                        ),
                        (
                            "quotas",
                            models.ManyToManyField(
                                blank=True,
                                editable=False,
                                related_name="registrations",
                                to="consultations.quota",
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
                                condition=models.Q(
                                    ("status__in", ["pending", "confirmed", "waitlisted", "offered"])
                                ),
                                fields=("consultation", "organization"),
                                name="registration_is_one_per_organization",
                            ),
                            models.UniqueConstraint(
                                fields=("consultation", "seq"), name="registration_seq_is_unique"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("delegates_count__gte", 1)),
                                name="registration_has_delegates",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("least__isnull", True),
                                    models.Q(("least__gte", 1), ("least__lte", models.F("delegates_count"))),
                                    _connector="OR",
                                ),
                                name="registration_comes_with_one_at_least",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("offer_ends_at__isnull", False), ("status", "offered")),
                                    models.Q(
                                        models.Q(("status", "offered"), _negated=True),
                                        ("offer_ends_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="registration_offered_until",
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
                    bases=(portal.models.records.Moves, portal.models.records.Belongs, models.Model),
                ),
                migrations.CreateModel(
                    name="FormerDelegate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("removed_at", models.DateTimeField(default=portal.clock.now, editable=False)),
                        (
                            "recipient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="portal.recipient",
                            ),
                        ),
                        (
                            "registration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="former_delegates",
                                to="consultations.registration",
                            ),
                        ),
                    ],
                    bases=(portal.models.records.Belongs, models.Model),
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
                                choices=[
                                    ("ar", "Arabic"),
                                    ("en", "English"),
                                    ("fr", "French"),
                                    ("es", "Spanish"),
                                ],
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
                        (
                            "other_needs",
                            models.CharField(blank=True, max_length=500, verbose_name="other needs"),
                        ),
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
                    bases=(portal.models.records.Belongs, models.Model),
                ),
                migrations.CreateModel(
                    name="Circular",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("subject", models.CharField(max_length=150, verbose_name="subject")),
                        ("words", models.TextField(verbose_name="message")),
                        ("sent_at", models.DateTimeField(default=portal.clock.now, editable=False)),
                        (
                            "sent_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="circulars",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "registrations",
                            models.ManyToManyField(related_name="circulars", to="consultations.registration"),
                        ),
                    ],
                    options={
                        "verbose_name": "message",
                        "verbose_name_plural": "messages",
                    },
                    bases=(portal.models.records.Belongs, models.Model),
                ),
                migrations.CreateModel(
                    name="Attendance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "way",
                            models.CharField(
                                choices=[("list", "From the list"), ("code", "By the code at the door")],
                                max_length=4,
                            ),
                        ),
                        ("taken_at", models.DateTimeField(default=portal.clock.now, editable=False)),
                        ("keep_until", models.DateTimeField(editable=False, null=True)),
                        (
                            "taken_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "delegate",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="attendances",
                                to="consultations.delegate",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attendances",
                                to="consultations.meeting",
                            ),
                        ),
                        (
                            "registration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attendances",
                                to="consultations.registration",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "attendance",
                        "verbose_name_plural": "attendance",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("meeting", "delegate"), name="attendance_is_taken_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Admission",
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
                                    ("open", "Not yet used"),
                                    ("used", "Registered"),
                                    ("withdrawn", "Taken back"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        ("nonce", models.CharField(editable=False, max_length=64)),
                        ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                        ("ends_at", models.DateTimeField(verbose_name="valid until")),
                        ("invited_at", models.DateTimeField(default=portal.clock.now, editable=False)),
                        ("status_at", models.DateTimeField(default=portal.clock.now, editable=False)),
                        (
                            "invited_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="portal.organization",
                            ),
                        ),
                        (
                            "recipient",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="portal.recipient",
                            ),
                        ),
                        (
                            "consultation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="admissions",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "registration",
                            models.OneToOneField(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="admission",
                                to="consultations.registration",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "admission",
                        "verbose_name_plural": "admissions",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("organization__isnull", False),
                                    ("recipient__isnull", False),
                                    _connector="OR",
                                ),
                                name="admission_is_of_an_organization_or_an_address",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("registration__isnull", False), ("status", "used")),
                                    models.Q(
                                        models.Q(("status", "used"), _negated=True),
                                        ("registration__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="admission_used_is_a_registration",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("status", "open")),
                                fields=("consultation", "organization"),
                                name="admission_of_an_organization_is_open_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("status", "open")),
                                fields=("consultation", "recipient"),
                                name="admission_of_an_address_is_open_once",
                            ),
                        ],
                    },
                    bases=(portal.models.records.Moves, portal.models.records.Belongs, models.Model),
                ),
                migrations.CreateModel(
                    name="RegistrationAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("text", models.TextField(blank=True)),
                        (
                            "chosen",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=12),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("language", models.CharField(blank=True, max_length=12)),
                        (
                            "file",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="portal.storedfile",
                            ),
                        ),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, to="consultations.question"
                            ),
                        ),
                        (
                            "registration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answers",
                                to="consultations.registration",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "answer",
                        "verbose_name_plural": "answers",
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("chosen", []), ("file__isnull", True), ("text__gt", "")),
                                    models.Q(
                                        ("file__isnull", True),
                                        ("text", ""),
                                        models.Q(("chosen", []), _negated=True),
                                    ),
                                    models.Q(("chosen", []), ("file__isnull", False), ("text", "")),
                                    _connector="OR",
                                ),
                                name="registrationanswer_says_one_thing",
                            ),
                            models.UniqueConstraint(
                                fields=("registration", "question"),
                                name="registrationanswer_is_one_per_question",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RegistrationLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("offer", "To take or give back what is offered"),
                                    ("delegates", "For delegates to name themselves"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("nonce", models.CharField(editable=False, max_length=64)),
                        ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                        ("made_at", models.DateTimeField(default=portal.clock.now, editable=False)),
                        (
                            "made_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "registration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="links",
                                to="consultations.registration",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("registration", "purpose"), name="registrationlink_is_one_per_purpose"
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
                                choices=[
                                    ("opening", "Registration opens"),
                                    ("deadline", "Registration closes"),
                                    ("meeting", "A meeting"),
                                    ("naming", "Places without names"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("due_at", models.DateTimeField()),
                        ("is_set", models.BooleanField(default=False)),
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
                                        models.Q(("about", "meeting"), _negated=True),
                                        ("meeting__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="reminder_is_of_a_meeting_or_of_registration",
                            ),
                        ],
                    },
                    bases=(portal.models.records.Belongs, models.Model),
                ),
                migrations.CreateModel(
                    name="Submission",
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
                            models.CharField(
                                blank=True, editable=False, max_length=120, null=True, unique=True
                            ),
                        ),
                        ("title", models.CharField(blank=True, max_length=300, verbose_name="title")),
                        (
                            "title_ar",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="title"),
                        ),
                        (
                            "title_en",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="title"),
                        ),
                        (
                            "title_fr",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="title"),
                        ),
                        (
                            "title_es",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="title"),
                        ),
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
                                choices=[
                                    ("draft", "Draft"),
                                    ("published", "Published"),
                                    ("withdrawn", "Withdrawn"),
                                ],
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
                        (
                            "date_note",
                            models.CharField(blank=True, max_length=400, verbose_name="note on the date"),
                        ),
                        ("source_url", models.URLField(blank=True, max_length=2000, verbose_name="source")),
                        (
                            "also",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.URLField(max_length=2000),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "archive_id",
                            models.CharField(
                                blank=True, editable=False, max_length=120, null=True, unique=True
                            ),
                        ),
                        ("archive_values", models.JSONField(blank=True, default=dict, editable=False)),
                        ("source_notes", models.JSONField(blank=True, default=dict)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("changed_at", models.DateTimeField(auto_now=True)),
                        ("addressee", models.CharField(max_length=200, verbose_name="addressee")),
                        (
                            "door_words",
                            models.CharField(blank=True, max_length=200, verbose_name="by which door"),
                        ),
                        ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="due")),
                        (
                            "time_zone",
                            models.CharField(default="UTC", max_length=64, verbose_name="time zone"),
                        ),
                        (
                            "handed_over_on",
                            models.DateField(blank=True, null=True, verbose_name="handed over on"),
                        ),
                        (
                            "receipt_words",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="reference of the receipt"
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
                            "consultation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="submissions",
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
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="submissions",
                                to="resources.document",
                            ),
                        ),
                        (
                            "door",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="submissions",
                                to="consultations.accreditationtrack",
                            ),
                        ),
                        (
                            "objectives",
                            models.ManyToManyField(
                                blank=True, to="portal.objective", verbose_name="objectives"
                            ),
                        ),
                        (
                            "process",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="submissions",
                                to="portal.process",
                            ),
                        ),
                        (
                            "receipt_file",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="portal.storedfile",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "submission",
                        "verbose_name_plural": "submissions",
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
                                name="consultations_submission_has_title",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("begins_on__isnull", True),
                                    ("ends_on__isnull", True),
                                    ("ends_on__gte", models.F("begins_on")),
                                    _connector="OR",
                                ),
                                name="consultations_submission_ends_after_it_begins",
                            ),
                        ],
                    },
                    bases=(portal.models.records.Moves, portal.models.records.Belongs, models.Model),
                ),
                migrations.CreateModel(
                    name="SubmissionOutcome",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "key",
                            models.UUIDField(
                                db_default=django.contrib.postgres.functions.RandomUUID(),
                                editable=False,
                                unique=True,
                            ),
                        ),
                        ("on", models.DateField()),
                        ("what", models.TextField()),
                        ("evidence_url", models.URLField(blank=True, max_length=500)),
                        (
                            "submission",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="outcomes",
                                to="consultations.submission",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("submission", "on", "what"), name="submissionoutcome_is_said_once"
                            )
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
                            models.CharField(
                                blank=True, editable=False, max_length=120, null=True, unique=True
                            ),
                        ),
                        ("title", models.CharField(blank=True, max_length=300, verbose_name="title")),
                        (
                            "title_ar",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="title"),
                        ),
                        (
                            "title_en",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="title"),
                        ),
                        (
                            "title_fr",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="title"),
                        ),
                        (
                            "title_es",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="title"),
                        ),
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
                                choices=[
                                    ("draft", "Draft"),
                                    ("published", "Published"),
                                    ("withdrawn", "Withdrawn"),
                                ],
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
                        (
                            "date_note",
                            models.CharField(blank=True, max_length=400, verbose_name="note on the date"),
                        ),
                        ("source_url", models.URLField(blank=True, max_length=2000, verbose_name="source")),
                        (
                            "also",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.URLField(max_length=2000),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "archive_id",
                            models.CharField(
                                blank=True, editable=False, max_length=120, null=True, unique=True
                            ),
                        ),
                        ("archive_values", models.JSONField(blank=True, default=dict, editable=False)),
                        ("source_notes", models.JSONField(blank=True, default=dict)),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        ("changed_at", models.DateTimeField(auto_now=True)),
                        ("number", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("evidence", models.CharField(blank=True, max_length=40)),
                        (
                            "call",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="themes",
                                to="consultations.call",
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
                            models.ManyToManyField(
                                blank=True, to="portal.objective", verbose_name="objectives"
                            ),
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
                    bases=(portal.models.records.Moves, portal.models.records.Belongs, models.Model),
                ),
                migrations.CreateModel(
                    name="Priority",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("place", models.PositiveSmallIntegerField()),
                        ("marked_at", models.DateTimeField(default=portal.clock.now, editable=False)),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="priorities",
                                to="consultations.call",
                            ),
                        ),
                        (
                            "marked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="priorities",
                                to="portal.organization",
                            ),
                        ),
                        (
                            "theme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="priorities",
                                to="consultations.theme",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organization", "theme"), name="priority_is_marked_once"
                            ),
                            models.UniqueConstraint(
                                fields=("call", "organization", "place"), name="priority_has_a_place"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("place__range", (1, 12))), name="priority_is_one_of_few"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MeetingNote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("language", models.CharField(max_length=12)),
                        ("text", models.TextField()),
                        ("speaker", models.CharField(blank=True, max_length=200, verbose_name="who said it")),
                        ("is_attributed", models.BooleanField(default=False, editable=False)),
                        ("written_at", models.DateTimeField(default=portal.clock.now, editable=False)),
                        (
                            "meeting",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notes",
                                to="consultations.meeting",
                            ),
                        ),
                        (
                            "objective",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="portal.objective",
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "themes",
                            models.ManyToManyField(
                                blank=True, related_name="notes", to="consultations.theme"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("speaker", ""), ("is_attributed", True), _connector="OR"),
                                name="meetingnote_names_a_speaker_only_where_attributed",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Input",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("text", models.TextField(blank=True)),
                        (
                            "chosen",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=12),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("language", models.CharField(blank=True, max_length=12)),
                        ("read_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("needs_follow_up", models.BooleanField(default=False)),
                        ("note", models.TextField(blank=True)),
                        ("not_used_because", models.CharField(blank=True, max_length=500)),
                        ("decided_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "contribution",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answers",
                                to="consultations.contribution",
                            ),
                        ),
                        (
                            "file",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="portal.storedfile",
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="merged",
                                to="consultations.input",
                            ),
                        ),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, to="consultations.question"
                            ),
                        ),
                        (
                            "themes",
                            models.ManyToManyField(
                                blank=True, related_name="inputs", to="consultations.theme"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "input",
                        "verbose_name_plural": "inputs",
                        "abstract": False,
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                django.contrib.postgres.indexes.OpClass(
                                    django.db.models.functions.text.Left("text", 1000), name="gin_trgm_ops"
                                ),
                                name="input_alike",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("chosen", []), ("file__isnull", True), ("text__gt", "")),
                                    models.Q(
                                        ("file__isnull", True),
                                        ("text", ""),
                                        models.Q(("chosen", []), _negated=True),
                                    ),
                                    models.Q(("chosen", []), ("file__isnull", False), ("text", "")),
                                    _connector="OR",
                                ),
                                name="input_says_one_thing",
                            ),
                            models.UniqueConstraint(
                                fields=("contribution", "question"), name="input_is_one_per_question"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("merged_into__isnull", True),
                                    models.Q(("merged_into", models.F("pk")), _negated=True),
                                    _connector="OR",
                                ),
                                name="input_merges_into_another",
                            ),
                        ],
                    },
                    bases=(portal.models.records.Belongs, models.Model),
                ),
                migrations.CreateModel(
                    name="Use",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("section", models.CharField(blank=True, max_length=200, verbose_name="section")),
                        ("used_at", models.DateTimeField(default=portal.clock.now, editable=False)),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="input_uses",
                                to="resources.document",
                            ),
                        ),
                        (
                            "input",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="uses",
                                to="consultations.input",
                            ),
                        ),
                        (
                            "used_by",
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
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("input", "document", "section"), name="use_is_said_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Voice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("language", models.CharField(max_length=12, verbose_name="language")),
                        ("text", models.TextField(blank=True, verbose_name="what the person tells")),
                        ("alias", models.CharField(blank=True, max_length=80, verbose_name="alias")),
                        ("place", models.CharField(blank=True, max_length=120, verbose_name="place")),
                        (
                            "wants_place",
                            models.BooleanField(
                                default=False, verbose_name="the person wants the place to be named"
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        ("given_at", models.DateTimeField(default=portal.clock.now, editable=False)),
                        ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "country",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="portal.country",
                            ),
                        ),
                        (
                            "given_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "objectives",
                            models.ManyToManyField(blank=True, related_name="+", to="portal.objective"),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="voices",
                                to="portal.organization",
                            ),
                        ),
                        (
                            "process",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="voices",
                                to="portal.process",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "voice",
                        "verbose_name_plural": "voices",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("place", ""), ("wants_place", True), _connector="OR"),
                                name="voice_place_is_wanted",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("text__gt", ""), ("withdrawn_at__isnull", True)),
                                    models.Q(
                                        ("alias", ""),
                                        ("country__isnull", True),
                                        ("place", ""),
                                        ("text", ""),
                                        ("withdrawn_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="voice_withdrawn_is_empty",
                            ),
                        ],
                    },
                    bases=(portal.models.records.Belongs, models.Model),
                ),
                migrations.CreateModel(
                    name="VoiceConsent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("briefing-note", "In a briefing note"),
                                    ("quotation", "A sentence or two quoted in a document"),
                                    ("publication", "Published as a whole"),
                                    ("campaign", "In a campaign"),
                                ],
                                max_length=14,
                                verbose_name="purpose",
                            ),
                        ),
                        ("text_version", models.PositiveSmallIntegerField(editable=False)),
                        (
                            "language",
                            models.CharField(
                                max_length=12, verbose_name="language in which the person agreed"
                            ),
                        ),
                        ("agreed_on", models.DateField(verbose_name="day on which the person agreed")),
                        ("ends_on", models.DateField(verbose_name="until")),
                        ("recorded_at", models.DateTimeField(default=portal.clock.now, editable=False)),
                        ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "voice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="consents",
                                to="consultations.voice",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at__isnull", True)),
                                fields=("voice", "purpose"),
                                name="voiceconsent_is_one_per_purpose",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gte", models.F("agreed_on"))),
                                name="voiceconsent_ends_after_it_began",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VoiceUse",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("briefing-note", "In a briefing note"),
                                    ("quotation", "A sentence or two quoted in a document"),
                                    ("publication", "Published as a whole"),
                                    ("campaign", "In a campaign"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("begins", models.PositiveIntegerField()),
                        ("ends", models.PositiveIntegerField()),
                        ("used_at", models.DateTimeField(default=portal.clock.now, editable=False)),
                        (
                            "campaign",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="voice_uses",
                                to="resources.campaign",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="voice_uses",
                                to="resources.document",
                            ),
                        ),
                        (
                            "used_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "voice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="uses",
                                to="consultations.voice",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("campaign__isnull", True), ("document__isnull", False)),
                                    models.Q(("campaign__isnull", False), ("document__isnull", True)),
                                    _connector="OR",
                                ),
                                name="voiceuse_is_in_one_place",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("campaign__isnull", False), ("purpose", "campaign")),
                                    models.Q(
                                        models.Q(("purpose", "campaign"), _negated=True),
                                        ("campaign__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="voiceuse_of_campaign_is_in_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends__gt", models.F("begins"))),
                                name="voiceuse_has_words",
                            ),
                            models.UniqueConstraint(
                                fields=("voice", "purpose", "document", "campaign", "begins", "ends"),
                                name="voiceuse_is_made_once",
                                nulls_distinct=False,
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
