"""Papers: their text, versions, comments, endorsements and postcards."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import portal.clock
import portal.models.records
from portal.together import Together

FROZEN = """
CREATE FUNCTION versiontext_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR (OLD.version_id, OLD.language, OLD.title, OLD.summary, OLD.sections, OLD.checksum, OLD.made_at)
    IS DISTINCT FROM (NEW.version_id, NEW.language, NEW.title, NEW.summary, NEW.sections, NEW.checksum, NEW.made_at) THEN
    RAISE EXCEPTION 'the words of a version never change' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER versiontext_never_changes BEFORE UPDATE OR DELETE ON consultations_versiontext
  FOR EACH ROW EXECUTE FUNCTION versiontext_never_changes();
"""
UNFROZEN = """
DROP TRIGGER versiontext_never_changes ON consultations_versiontext;
DROP FUNCTION versiontext_never_changes();
"""


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("consultations", "0012_titles_have_words"),
        ("portal", "0007_titles_have_words"),
        ("resources", "0003_titles_have_words"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="Paper",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("position-paper", "Position paper"),
                                    ("open-letter", "Open letter"),
                                    ("briefing-note", "Briefing note"),
                                    ("statement", "Statement"),
                                    ("outcome", "Outcome document"),
                                    ("recommendations", "Recommendations"),
                                ],
                                default="position-paper",
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("draft", "Draft"),
                                    ("comments", "Open for comments"),
                                    ("frozen", "Frozen"),
                                    ("sign-on", "Open for endorsement"),
                                    ("published", "Published"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="draft",
                                max_length=12,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "process",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="portal.process",
                                verbose_name="process",
                            ),
                        ),
                        (
                            "consultation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="papers",
                                to="portal.workinggroup",
                                verbose_name="drafting group",
                            ),
                        ),
                        (
                            "document",
                            models.OneToOneField(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="paper",
                                to="resources.document",
                            ),
                        ),
                        (
                            "takes_outsiders",
                            models.BooleanField(
                                default=False, verbose_name="organizations without account may sign"
                            ),
                        ),
                        ("sign_on_opens_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "sign_on_closes_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="endorse by"
                            ),
                        ),
                        (
                            "time_zone",
                            models.CharField(default="UTC", max_length=64, verbose_name="time zone"),
                        ),
                        (
                            "publish_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="publish at"
                            ),
                        ),
                        ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("withdrawal_reason", models.CharField(blank=True, editable=False, max_length=300)),
                        ("licence", models.CharField(blank=True, max_length=40, verbose_name="licence")),
                        (
                            "objectives",
                            models.ManyToManyField(
                                blank=True, to="portal.objective", verbose_name="objectives"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "paper",
                        "verbose_name_plural": "papers",
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("archive_id__isnull", False),
                                    models.Q(("title_en__gt", ""), ("title_en__isnull", False)),
                                    models.Q(("title_fr__gt", ""), ("title_fr__isnull", False)),
                                    models.Q(("title_es__gt", ""), ("title_es__isnull", False)),
                                    models.Q(("title_ar__gt", ""), ("title_ar__isnull", False)),
                                    _connector="OR",
                                ),
                                name="consultations_paper_has_title",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("begins_on__isnull", True),
                                    ("ends_on__isnull", True),
                                    ("ends_on__gte", models.F("begins_on")),
                                    _connector="OR",
                                ),
                                name="consultations_paper_ends_after_it_begins",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "sign-on"), _negated=True),
                                    models.Q(
                                        ("sign_on_closes_at__gt", models.F("sign_on_opens_at")),
                                        ("sign_on_opens_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="paper_sign_on_has_window",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status__in", ["published", "withdrawn"]), _negated=True),
                                    ("published_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="paper_published_has_moment",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status__in", ["published", "withdrawn"]), _negated=True),
                                    ("document__isnull", False),
                                    _connector="OR",
                                ),
                                name="paper_published_stands_in_the_library",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("takes_outsiders", False), ("kind", "open-letter"), _connector="OR"
                                ),
                                name="paper_outsiders_sign_open_letters",
                            ),
                        ],
                        "indexes": [],
                    },
                    bases=(portal.models.records.Moves, portal.models.records.Belongs, models.Model),
                ),
                migrations.CreateModel(
                    name="Section",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sections",
                                to="consultations.paper",
                            ),
                        ),
                        ("position", models.PositiveIntegerField(default=0)),
                        ("removed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "objectives",
                            models.ManyToManyField(blank=True, related_name="+", to="portal.objective"),
                        ),
                        (
                            "themes",
                            models.ManyToManyField(
                                blank=True, related_name="sections", to="consultations.theme"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "section",
                        "verbose_name_plural": "sections",
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(portal.models.records.Belongs, models.Model),
                ),
                migrations.CreateModel(
                    name="Paragraph",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "section",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="paragraphs",
                                to="consultations.section",
                            ),
                        ),
                        ("position", models.PositiveIntegerField(default=0)),
                        ("is_heading", models.BooleanField(default=False)),
                        ("removed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        (
                            "became",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="consultations.paragraph",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "paragraph",
                        "verbose_name_plural": "paragraphs",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_heading", True), ("removed_at__isnull", True)),
                                fields=("section",),
                                name="paragraph_heading_is_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("became__isnull", True),
                                    models.Q(("became", models.F("pk")), _negated=True),
                                    _connector="OR",
                                ),
                                name="paragraph_becomes_another",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ParagraphText",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "paragraph",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="texts",
                                to="consultations.paragraph",
                            ),
                        ),
                        ("language", models.CharField(max_length=12)),
                        ("markdown", models.TextField()),
                        (
                            "state",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("missing", "Missing"),
                                    ("machine", "Machine draft"),
                                    ("draft", "Draft"),
                                    ("approved", "Approved"),
                                    ("stale", "Stale"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("source_digest", models.CharField(blank=True, max_length=64)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("approved_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("paragraph", "language"), name="paragraphtext_is_one_per_language"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("markdown__gt", "")), name="paragraphtext_has_words"
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="SectionEdit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "section",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="edits",
                                to="consultations.section",
                            ),
                        ),
                        ("language", models.CharField(max_length=12)),
                        ("number", models.PositiveIntegerField()),
                        ("text", models.JSONField(default=list)),
                        ("changes_meaning", models.BooleanField(default=True)),
                        ("note", models.CharField(blank=True, max_length=300)),
                        (
                            "edited_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("edited_at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("section", "language", "number"), name="sectionedit_is_one_per_number"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__gte", 1)), name="sectionedit_is_counted_from_one"
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Source",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "section",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sources",
                                to="consultations.section",
                            ),
                        ),
                        (
                            "input",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sources",
                                to="consultations.input",
                            ),
                        ),
                        (
                            "voice",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sources",
                                to="consultations.voice",
                            ),
                        ),
                        (
                            "purpose",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("briefing-note", "In a briefing note"),
                                    ("quotation", "A sentence or two quoted in a document"),
                                    ("publication", "Published as a whole"),
                                    ("campaign", "In a campaign"),
                                ],
                                max_length=14,
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sources",
                                to="resources.document",
                            ),
                        ),
                        (
                            "consultation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sources",
                                to="consultations.consultation",
                            ),
                        ),
                        (
                            "added_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("added_at", models.DateTimeField(default=portal.clock.now, editable=False)),
                    ],
                    options={
                        "verbose_name": "source",
                        "verbose_name_plural": "sources",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("consultation__isnull", True),
                                        ("document__isnull", True),
                                        ("input__isnull", False),
                                        ("voice__isnull", True),
                                    ),
                                    models.Q(
                                        ("consultation__isnull", True),
                                        ("document__isnull", True),
                                        ("input__isnull", True),
                                        ("voice__isnull", False),
                                    ),
                                    models.Q(
                                        ("consultation__isnull", True),
                                        ("document__isnull", False),
                                        ("input__isnull", True),
                                        ("voice__isnull", True),
                                    ),
                                    models.Q(
                                        ("consultation__isnull", False),
                                        ("document__isnull", True),
                                        ("input__isnull", True),
                                        ("voice__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="source_is_one_thing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("purpose", ""), ("voice__isnull", True)),
                                    models.Q(("purpose__gt", ""), ("voice__isnull", False)),
                                    _connector="OR",
                                ),
                                name="source_voice_has_purpose",
                            ),
                            models.UniqueConstraint(
                                fields=("section", "input", "voice", "document", "consultation"),
                                name="source_is_named_once",
                                nulls_distinct=False,
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="PaperVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="consultations.paper",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("comments", "For comments"),
                                    ("final", "Final text"),
                                    ("correction", "Correction"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("changes_meaning", models.BooleanField(default=True)),
                        ("change_note", models.JSONField(blank=True, default=dict)),
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
                        ("made_at", models.DateTimeField()),
                        ("shown_at", models.DateTimeField(blank=True, editable=False, null=True)),
                    ],
                    options={
                        "verbose_name": "version",
                        "verbose_name_plural": "versions",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("paper", "number"), name="paperversion_is_one_per_number"
                            )
                        ],
                        "indexes": [],
                    },
                    bases=(portal.models.records.Belongs, models.Model),
                ),
                migrations.CreateModel(
                    name="VersionText",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="texts",
                                to="consultations.paperversion",
                            ),
                        ),
                        ("language", models.CharField(max_length=12)),
                        ("title", models.CharField(max_length=300)),
                        ("summary", models.TextField(blank=True)),
                        ("sections", models.JSONField(default=list)),
                        ("checksum", models.CharField(max_length=64)),
                        ("html", models.JSONField(default=list, editable=False)),
                        ("made_at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("version", "language"), name="versiontext_is_one_per_language"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Postcard",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="postcards",
                                to="consultations.paper",
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
                        ("position", models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        "verbose_name": "postcard",
                        "verbose_name_plural": "postcards",
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=(portal.models.records.Belongs, models.Model),
                ),
                migrations.CreateModel(
                    name="PostcardText",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "postcard",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="texts",
                                to="consultations.postcard",
                            ),
                        ),
                        ("language", models.CharField(max_length=12)),
                        ("words", models.CharField(max_length=240)),
                        ("is_approved", models.BooleanField(default=False)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("postcard", "language"), name="postcardtext_is_one_per_language"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("words__gt", "")), name="postcardtext_has_words"
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Print",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="prints",
                                to="consultations.paperversion",
                            ),
                        ),
                        ("language", models.CharField(max_length=12)),
                        (
                            "form",
                            models.CharField(
                                choices=[
                                    ("pdf", "PDF"),
                                    ("postcards", "Postcards to print"),
                                    ("picture", "Picture to share"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "circle",
                            models.CharField(
                                choices=[("public", "Everybody"), ("members", "Members")],
                                default="public",
                                max_length=8,
                            ),
                        ),
                        (
                            "postcard",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="prints",
                                to="consultations.postcard",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="portal.storedfile",
                            ),
                        ),
                        ("not_before", models.DateTimeField()),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("made_at", models.DateTimeField(blank=True, null=True)),
                        ("replaced_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("made_at__isnull", True)),
                                fields=["not_before"],
                                name="print_due",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("replaced_at__isnull", True)),
                                fields=("version", "language", "form", "circle", "postcard"),
                                name="print_stands_once",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("form", "picture"), _negated=True),
                                    ("postcard__isnull", False),
                                    _connector="OR",
                                ),
                                name="print_picture_is_of_a_postcard",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CommentRound",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="comment_rounds",
                                to="consultations.paper",
                            ),
                        ),
                        (
                            "version",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comment_round",
                                to="consultations.paperversion",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("opens_at", models.DateTimeField(verbose_name="opens")),
                        ("closes_at", models.DateTimeField(verbose_name="comment by")),
                        (
                            "time_zone",
                            models.CharField(default="UTC", max_length=64, verbose_name="time zone"),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("remind_at", models.DateTimeField(blank=True, editable=False, null=True)),
                        ("reminded_at", models.DateTimeField(blank=True, editable=False, null=True)),
                    ],
                    options={
                        "verbose_name": "round of comments",
                        "verbose_name_plural": "rounds of comments",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("paper", "number"), name="commentround_is_one_per_number"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("closed_at__isnull", True)),
                                fields=("paper",),
                                name="commentround_is_open_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("closes_at__gt", models.F("opens_at"))),
                                name="commentround_closes_after_it_opens",
                            ),
                        ],
                        "indexes": [],
                    },
                    bases=(portal.models.records.Belongs, models.Model),
                ),
                migrations.CreateModel(
                    name="Comment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="comments",
                                to="consultations.commentround",
                            ),
                        ),
                        (
                            "paragraph",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comments",
                                to="consultations.paragraph",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comments",
                                to="portal.organization",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("comment", "Comment"), ("proposal", "Proposed words")],
                                max_length=8,
                                verbose_name="kind",
                            ),
                        ),
                        ("language", models.CharField(max_length=12, verbose_name="language")),
                        ("text", models.TextField(blank=True, verbose_name="comment")),
                        ("proposed", models.TextField(blank=True, verbose_name="proposed words")),
                        (
                            "consent",
                            models.CharField(
                                choices=[
                                    ("named", "With the organization’s name"),
                                    ("kind", "Without its name: by kind of organization and region only"),
                                    (
                                        "never",
                                        "Never quoted, nor shown to others: read by coordinators and rapporteurs only",
                                    ),
                                ],
                                max_length=6,
                                verbose_name="how it may be shown",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("open", "Waits for an answer"),
                                    ("accepted", "Accepted"),
                                    ("adapted", "Accepted with changes"),
                                    ("merged", "Merged with another"),
                                    ("declined", "Declined"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="open",
                                max_length=10,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        ("answer", models.TextField(blank=True, verbose_name="answer")),
                        ("answer_language", models.CharField(blank=True, editable=False, max_length=12)),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="merged",
                                to="consultations.comment",
                            ),
                        ),
                        (
                            "edit",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="origins",
                                to="consultations.sectionedit",
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
                        ("written_at", models.DateTimeField()),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, editable=False, null=True)),
                    ],
                    options={
                        "verbose_name": "comment",
                        "verbose_name_plural": "comments",
                        "indexes": [
                            models.Index(fields=["paragraph", "status"], name="comment_of_paragraph")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status", "withdrawn"),
                                    models.Q(("kind", "comment"), ("text__gt", "")),
                                    models.Q(("kind", "proposal"), ("proposed__gt", "")),
                                    _connector="OR",
                                ),
                                name="comment_says_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("status", "declined"), _negated=True),
                                    ("answer__gt", ""),
                                    _connector="OR",
                                ),
                                name="comment_declined_has_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("merged_into__isnull", True),
                                    models.Q(("merged_into", models.F("pk")), _negated=True),
                                    _connector="OR",
                                ),
                                name="comment_merges_into_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ["open", "withdrawn"]),
                                    ("decided_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="comment_decided_has_moment",
                            ),
                        ],
                    },
                    bases=(portal.models.records.Moves, portal.models.records.Belongs, models.Model),
                ),
                migrations.CreateModel(
                    name="Endorsement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="endorsements",
                                to="consultations.paperversion",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="endorsements",
                                to="portal.organization",
                            ),
                        ),
                        (
                            "answer",
                            models.CharField(
                                choices=[("yes", "Yes"), ("reserved", "Yes, with a reservation")],
                                default="yes",
                                max_length=8,
                                verbose_name="answer",
                            ),
                        ),
                        (
                            "reserved_on",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reservations",
                                to="consultations.section",
                            ),
                        ),
                        ("reservation", models.TextField(blank=True, verbose_name="reservation")),
                        ("reservation_language", models.CharField(blank=True, max_length=12)),
                        (
                            "shown",
                            models.CharField(
                                choices=[
                                    ("public", "Everybody sees the name"),
                                    ("members", "Only members see the name"),
                                    ("withheld", "Nobody sees the name; it only counts"),
                                ],
                                max_length=8,
                                verbose_name="who sees the name",
                            ),
                        ),
                        (
                            "authority",
                            models.CharField(
                                choices=[
                                    ("lead", "I may decide this for the organization"),
                                    ("board", "Our board or leadership decided it"),
                                    ("members", "Our members decided it"),
                                ],
                                max_length=8,
                                verbose_name="on whose authority",
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
                        ("given_at", models.DateTimeField()),
                        ("changed_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "endorsement",
                        "verbose_name_plural": "endorsements",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at__isnull", True)),
                                fields=("version", "organization"),
                                name="endorsement_is_one_per_organization",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("answer", "yes"), ("reservation", ""), ("reserved_on__isnull", True)
                                    ),
                                    models.Q(
                                        ("answer", "reserved"),
                                        ("reservation__gt", ""),
                                        ("reserved_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="endorsement_reserved_says_on_what",
                            ),
                        ],
                        "indexes": [],
                    },
                    bases=(portal.models.records.Belongs, models.Model),
                ),
                migrations.CreateModel(
                    name="OutsideSigner",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "paper_version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="outside_signers",
                                to="consultations.paperversion",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="name of the organization")),
                        ("folded_name", models.CharField(editable=False, max_length=200)),
                        (
                            "country",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="portal.country",
                            ),
                        ),
                        ("website", models.URLField(blank=True, max_length=300, verbose_name="website")),
                        (
                            "recipient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="signatures",
                                to="portal.recipient",
                            ),
                        ),
                        ("language", models.CharField(max_length=12, verbose_name="language")),
                        (
                            "shown",
                            models.CharField(
                                choices=[
                                    ("public", "Everybody sees the name"),
                                    ("members", "Only members see the name"),
                                    ("withheld", "Nobody sees the name; it only counts"),
                                ],
                                max_length=8,
                                verbose_name="who sees the name",
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("unconfirmed", "Waits for the link in its message to be opened"),
                                    ("waiting", "Waits for a coordinator"),
                                    ("accepted", "Accepted"),
                                    ("declined", "Not accepted"),
                                    ("withdrawn", "Withdrawn"),
                                ],
                                default="unconfirmed",
                                max_length=12,
                            ),
                        ),
                        ("nonce", models.CharField(editable=False, max_length=64)),
                        ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                        (
                            "held_because",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("mixed", "Its name mixes letters of several scripts."),
                                    ("here", "An organization that has an account here has this name."),
                                    (
                                        "twice",
                                        "An organization of this name has signed already, or waits too.",
                                    ),
                                ],
                                editable=False,
                                max_length=8,
                            ),
                        ),
                        (
                            "answer",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="a word to whoever signed"
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "decided_by",
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
                        "verbose_name": "signature from outside",
                        "verbose_name_plural": "signatures from outside",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("status", "accepted")),
                                fields=("paper_version", "folded_name"),
                                name="outsidesigner_signs_once",
                            )
                        ],
                        "indexes": [],
                    },
                    bases=(portal.models.records.Moves, portal.models.records.Belongs, models.Model),
                ),
                migrations.CreateModel(
                    name="SignOnLink",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("nonce", models.CharField(editable=False, max_length=64)),
                        ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                        ("made_at", models.DateTimeField(default=portal.clock.now, editable=False)),
                        (
                            "version",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sign_on_link",
                                to="consultations.paperversion",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="SignOnReminder",
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
                                    ("opening", "Endorsement opens"),
                                    ("deadline", "Endorsement closes"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("due_at", models.DateTimeField()),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        ("dropped_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sign_on_reminders",
                                to="consultations.paper",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("dropped_at__isnull", True), ("sent_at__isnull", True)),
                                fields=["due_at"],
                                name="signonreminder_owed",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("paper", "about", "due_at"), name="signonreminder_is_due_once"
                            )
                        ],
                    },
                    bases=(portal.models.records.Belongs, models.Model),
                ),
            ]
        ),
        migrations.RunSQL(FROZEN, UNFROZEN),
    ]
