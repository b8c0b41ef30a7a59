"""Files are read, organizations share, campaigns are joined, pages have sections: all tables of it at once."""

import datetime
import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import portal.clock
import portal.models.records
from portal import ordering
from portal.models.texts import shown
from portal.together import Together


def by_title(code):
    columns = ordering.by(shown("title", code), code).asc(), models.F("id").asc()
    return migrations.AddIndex("document", models.Index(*columns, name=f"document_by_title_{code}"))


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0010_public_changes"),
        ("resources", "0003_titles_have_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Attachment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        ("language", models.CharField(blank=True, max_length=12)),
                        ("added_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "verbose_name": "attachment",
                        "verbose_name_plural": "attachments",
                    },
                    bases=(portal.models.records.Belongs, models.Model),
                ),
                migrations.CreateModel(
                    name="CampaignMaterial",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        ("language", models.CharField(blank=True, max_length=12)),
                        ("is_share_picture", models.BooleanField(default=False)),
                        ("added_at", models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        "verbose_name": "material",
                        "verbose_name_plural": "materials",
                    },
                ),
                migrations.CreateModel(
                    name="FileReading",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("language", models.CharField(max_length=12)),
                        ("width", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("height", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("transcript", models.TextField(blank=True)),
                        ("not_before", models.DateTimeField()),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("made_at", models.DateTimeField(blank=True, null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="PageAddress",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("slug", models.CharField(max_length=120, unique=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="PageSection",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("text", "Text"),
                                    ("documents", "List of documents"),
                                    ("open", "What is open for input"),
                                    ("campaign", "Campaign"),
                                    ("children", "Pages below this one"),
                                ],
                                default="text",
                                max_length=10,
                            ),
                        ),
                        ("position", models.PositiveIntegerField(default=0)),
                        ("title", models.CharField(blank=True, max_length=300, verbose_name="heading")),
                        (
                            "title_ar",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="heading"),
                        ),
                        (
                            "title_en",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="heading"),
                        ),
                        (
                            "title_fr",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="heading"),
                        ),
                        (
                            "title_es",
                            models.CharField(blank=True, max_length=300, null=True, verbose_name="heading"),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "document_kind",
                            models.CharField(
                                blank=True,
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
                                max_length=20,
                            ),
                        ),
                        ("removed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("changed_at", models.DateTimeField(auto_now=True)),
                    ],
                    bases=(portal.models.records.Belongs, models.Model),
                ),
                migrations.CreateModel(
                    name="PageSectionEdit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("language", models.CharField(max_length=12)),
                        ("title", models.CharField(blank=True, max_length=300)),
                        ("markdown", models.TextField(blank=True)),
                        ("edited_at", models.DateTimeField(default=portal.clock.now, editable=False)),
                    ],
                ),
                migrations.CreateModel(
                    name="Participation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("line", models.CharField(blank=True, max_length=300)),
                        ("link", models.URLField(blank=True, max_length=500)),
                        (
                            "shown",
                            models.CharField(
                                choices=[
                                    ("public", "Everybody sees the name"),
                                    ("members", "Only members see the name"),
                                    ("withheld", "Nobody sees the name; it only counts"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        ("given_at", models.DateTimeField(default=portal.clock.now, editable=False)),
                        ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
                    ],
                    options={
                        "verbose_name": "participation",
                        "verbose_name_plural": "participations",
                    },
                ),
                migrations.CreateModel(
                    name="PlanAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("words", models.TextField()),
                        ("at", models.DateTimeField(default=portal.clock.now, editable=False)),
                    ],
                ),
                migrations.CreateModel(
                    name="Proposal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("began_from", models.PositiveIntegerField(editable=False, null=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("practice", "Practice"), ("plan", "Plan")],
                                default="practice",
                                max_length=10,
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
                            ),
                        ),
                        ("original_language", models.CharField(default="en", max_length=12)),
                        ("texts", models.JSONField(default=dict)),
                        ("begins_on", models.DateField(blank=True, null=True)),
                        (
                            "begins_precision",
                            models.CharField(
                                choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                                default="day",
                                max_length=5,
                            ),
                        ),
                        ("ends_on", models.DateField(blank=True, null=True)),
                        (
                            "ends_precision",
                            models.CharField(
                                choices=[("day", "Day"), ("month", "Month"), ("year", "Year")],
                                default="day",
                                max_length=5,
                            ),
                        ),
                        ("website", models.URLField(blank=True, max_length=500)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("waiting", "Waits for a moderator"),
                                    ("returned", "Asked to change it"),
                                    ("accepted", "Accepted"),
                                    ("declined", "Declined"),
                                ],
                                default="draft",
                                max_length=8,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        ("begun_at", models.DateTimeField(auto_now_add=True)),
                        ("changed_at", models.DateTimeField(auto_now=True)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "proposal",
                        "verbose_name_plural": "proposals",
                    },
                    bases=(portal.models.records.Moves, models.Model),
                ),
                migrations.CreateModel(
                    name="ProposalMessage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "step",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("draft", "Draft"),
                                    ("waiting", "Waits for a moderator"),
                                    ("returned", "Asked to change it"),
                                    ("accepted", "Accepted"),
                                    ("declined", "Declined"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("words", models.TextField(blank=True)),
                        ("is_from_moderators", models.BooleanField(default=False)),
                        ("at", models.DateTimeField(default=portal.clock.now, editable=False)),
                    ],
                ),
                migrations.AddField(
                    model_name="campaign",
                    name="share_texts",
                    field=models.JSONField(blank=True, default=dict),
                ),
                migrations.AddField(
                    model_name="document",
                    name="principles",
                    field=models.ManyToManyField(
                        blank=True, to="portal.principle", verbose_name="guiding principles"
                    ),
                ),
                migrations.AddField(
                    model_name="document",
                    name="regions",
                    field=models.ManyToManyField(blank=True, to="portal.region", verbose_name="regions"),
                ),
                migrations.AddField(
                    model_name="practice",
                    name="countries",
                    field=models.ManyToManyField(blank=True, related_name="+", to="portal.country"),
                ),
                migrations.AddField(
                    model_name="practice",
                    name="regions",
                    field=models.ManyToManyField(blank=True, related_name="+", to="portal.region"),
                ),
                migrations.AddField(
                    model_name="practice",
                    name="website",
                    field=models.URLField(blank=True, max_length=500, verbose_name="website"),
                ),
                migrations.AddField(
                    model_name="resourcepage",
                    name="publish_at",
                    field=models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="publish at"
                    ),
                ),
                migrations.AddField(
                    model_name="resourcepage",
                    name="time_zone",
                    field=models.CharField(default="UTC", editable=False, max_length=64),
                ),
                migrations.AddIndex(
                    model_name="document",
                    index=models.Index(
                        fields=["status", "access"],
                        include=("id", "kind", "process", "begins_on", "document_languages"),
                        name="document_counted",
                    ),
                ),
                migrations.AddIndex(
                    model_name="document",
                    index=models.Index(
                        models.OrderBy(
                            django.db.models.functions.comparison.Coalesce(
                                "begins_on", models.Value(datetime.date(1, 1, 1))
                            ),
                            descending=True,
                        ),
                        models.OrderBy(models.F("id"), descending=True),
                        name="document_by_newest",
                    ),
                ),
                migrations.AddIndex(
                    model_name="document",
                    index=models.Index(
                        models.OrderBy(models.F("changed_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="document_by_changed",
                    ),
                ),
                # Written out, the expression is 1,500 lines; whoever changes it makes these indexes anew.
                *(by_title(code) for code in ("ar", "en", "fr", "es")),
                migrations.AddConstraint(
                    model_name="resourcepage",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True),
                            models.Q(("parent", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="resourcepage_is_not_below_itself",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="resourcepage",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            ("publish_at__isnull", True),
                            _connector="OR",
                        ),
                        name="resourcepage_published_waits_for_no_moment",
                    ),
                ),
            ]
        ),
        # What ties the new tables to others needs that they are there.
        Together(
            [
                migrations.AddField(
                    model_name="attachment",
                    name="file",
                    field=models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.storedfile"
                    ),
                ),
                migrations.AddField(
                    model_name="attachment",
                    name="page",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="resources.resourcepage",
                    ),
                ),
                migrations.AddField(
                    model_name="campaignmaterial",
                    name="campaign",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="materials",
                        to="resources.campaign",
                    ),
                ),
                migrations.AddField(
                    model_name="campaignmaterial",
                    name="file",
                    field=models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="portal.storedfile"
                    ),
                ),
                migrations.AddField(
                    model_name="filereading",
                    name="cover",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="portal.storedfile",
                    ),
                ),
                migrations.AddField(
                    model_name="filereading",
                    name="file",
                    field=models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reading",
                        to="portal.storedfile",
                    ),
                ),
                migrations.AddField(
                    model_name="pageaddress",
                    name="page",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="addresses",
                        to="resources.resourcepage",
                    ),
                ),
                migrations.AddField(
                    model_name="pagesection",
                    name="campaign",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="resources.campaign",
                    ),
                ),
                migrations.AddField(
                    model_name="pagesection",
                    name="changed_by",
                    field=models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="pagesection",
                    name="objectives",
                    field=models.ManyToManyField(blank=True, related_name="+", to="portal.objective"),
                ),
                migrations.AddField(
                    model_name="pagesection",
                    name="page",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sections",
                        to="resources.resourcepage",
                    ),
                ),
                migrations.AddField(
                    model_name="pagesection",
                    name="process",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="portal.process",
                    ),
                ),
                migrations.AddField(
                    model_name="pagesectionedit",
                    name="edited_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="pagesectionedit",
                    name="section",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="edits",
                        to="resources.pagesection",
                    ),
                ),
                migrations.AddField(
                    model_name="participation",
                    name="campaign",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participations",
                        to="resources.campaign",
                    ),
                ),
                migrations.AddField(
                    model_name="participation",
                    name="given_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="participation",
                    name="organization",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participations",
                        to="portal.organization",
                    ),
                ),
                migrations.AddField(
                    model_name="plananswer",
                    name="by",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="plananswer",
                    name="organization",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="portal.organization",
                    ),
                ),
                migrations.AddField(
                    model_name="plananswer",
                    name="practice",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="resources.practice",
                    ),
                ),
                migrations.AddField(
                    model_name="proposal",
                    name="changed_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="proposal",
                    name="countries",
                    field=models.ManyToManyField(blank=True, related_name="+", to="portal.country"),
                ),
                migrations.AddField(
                    model_name="proposal",
                    name="objectives",
                    field=models.ManyToManyField(blank=True, related_name="+", to="portal.objective"),
                ),
                migrations.AddField(
                    model_name="proposal",
                    name="organization",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="portal.organization",
                    ),
                ),
                migrations.AddField(
                    model_name="proposal",
                    name="practice",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proposals",
                        to="resources.practice",
                    ),
                ),
                migrations.AddField(
                    model_name="proposal",
                    name="regions",
                    field=models.ManyToManyField(blank=True, related_name="+", to="portal.region"),
                ),
                migrations.AddField(
                    model_name="proposalmessage",
                    name="by",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="proposalmessage",
                    name="proposal",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="resources.proposal",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="campaignmaterial",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("is_share_picture", True)),
                        fields=("campaign", "language"),
                        name="campaignmaterial_is_one_picture_per_language",
                    ),
                ),
                migrations.AddIndex(
                    model_name="filereading",
                    index=models.Index(
                        condition=models.Q(("made_at__isnull", True)),
                        fields=["not_before"],
                        name="filereading_due",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="filereading",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("cover__isnull", True),
                            models.Q(("height__gt", 0), ("width__gt", 0)),
                            _connector="OR",
                        ),
                        name="filereading_cover_has_measures",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pagesection",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title_en__gt", ""), ("title_en__isnull", False)),
                            models.Q(("title_fr__gt", ""), ("title_fr__isnull", False)),
                            models.Q(("title_es__gt", ""), ("title_es__isnull", False)),
                            models.Q(("title_ar__gt", ""), ("title_ar__isnull", False)),
                            _connector="OR",
                        ),
                        name="pagesection_has_heading",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pagesection",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ("documents", "open")), ("process__isnull", True), _connector="OR"
                        ),
                        name="pagesection_only_lists_are_narrowed",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pagesection",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind", "documents"), ("document_kind", ""), _connector="OR"),
                        name="pagesection_only_documents_have_a_kind",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pagesection",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("campaign__isnull", False), ("kind", "campaign")),
                            models.Q(
                                models.Q(("kind", "campaign"), _negated=True), ("campaign__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="pagesection_of_a_campaign_names_it",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="participation",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("campaign", "organization"),
                        name="participation_is_one_per_organization",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="plananswer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("words__gt", "")), name="plananswer_has_words"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("status__in", ["draft", "returned", "waiting"])),
                        fields=("practice",),
                        name="proposal_changes_a_practice_alone",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("status", "draft"), ("sent_at__isnull", False), _connector="OR"),
                        name="proposal_sent_has_moment",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "accepted"), _negated=True),
                            ("practice__isnull", False),
                            _connector="OR",
                        ),
                        name="proposal_accepted_is_a_practice",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("begins_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("begins_on")),
                            _connector="OR",
                        ),
                        name="proposal_ends_after_it_begins",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposalmessage",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("step__in", ["draft", "waiting", "accepted"]), ("words__gt", ""), _connector="OR"
                        ),
                        name="proposalmessage_says_why",
                    ),
                ),
            ]
        ),
    ]
