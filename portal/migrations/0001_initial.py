import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
import portal.models.files
import portal.models.records
import portal.tokens
import uuid
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        # Accents folded, trigrams for typing slips, exclusion constraints.
        UnaccentExtension(),
        TrigramExtension(),
        BtreeGistExtension(),
        migrations.CreateModel(
            name="Alarm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        choices=[
                            ("refused", "The mail server refuses our messages"),
                            ("unreachable", "The mail server cannot be reached"),
                            ("late", "Messages are late"),
                        ],
                        max_length=20,
                        unique=True,
                    ),
                ),
                ("since", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                ("until", models.DateTimeField(blank=True, null=True)),
                ("answer", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="CacheEntry",
            fields=[
                ("key", models.CharField(max_length=250, primary_key=True, serialize=False)),
                ("value", models.JSONField(null=True)),
                ("ends_at", models.DateTimeField(blank=True, db_index=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Region",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "title_sources",
                    models.JSONField(
                        default=dict,
                        help_text="Per language: whether the wording was verified, and on which page.",
                    ),
                ),
                ("given", models.JSONField(default=dict, editable=False)),
                ("code", models.CharField(max_length=32, unique=True)),
                ("title", models.CharField(max_length=120)),
                ("title_ar", models.CharField(max_length=120, null=True)),
                ("title_en", models.CharField(max_length=120, null=True)),
                ("title_fr", models.CharField(max_length=120, null=True)),
                ("title_es", models.CharField(max_length=120, null=True)),
                ("commission", models.CharField(max_length=12)),
                ("commission_name", models.CharField(blank=True, max_length=200)),
                ("reviews", models.JSONField(default=dict)),
            ],
            options={
                "verbose_name": "region",
                "verbose_name_plural": "regions",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Country",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("iso2", models.CharField(max_length=2, unique=True)),
                ("iso3", models.CharField(max_length=3, unique=True)),
                ("m49", models.CharField(max_length=3, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("name_ar", models.CharField(max_length=120, null=True)),
                ("name_en", models.CharField(max_length=120, null=True)),
                ("name_fr", models.CharField(max_length=120, null=True)),
                ("name_es", models.CharField(max_length=120, null=True)),
                ("subregion", models.CharField(blank=True, max_length=80)),
                ("given", models.JSONField(default=dict, editable=False)),
                ("regions", models.ManyToManyField(to="portal.region")),
            ],
            options={
                "verbose_name": "country",
                "verbose_name_plural": "countries",
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail address")),
                ("name", models.CharField(blank=True, max_length=150, verbose_name="name")),
                (
                    "language",
                    models.CharField(
                        choices=[("ar", "Arabic"), ("en", "English"), ("fr", "French"), ("es", "Spanish")],
                        default="en",
                        max_length=8,
                        verbose_name="language",
                    ),
                ),
                ("time_zone", models.CharField(default="UTC", max_length=64, verbose_name="time zone")),
                ("is_staff", models.BooleanField(default=False, verbose_name="may open the administration")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("joined_at", models.DateTimeField(auto_now_add=True)),
                ("session_nonce", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "people",
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"), name="user_email_is_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["ar", "en", "fr", "es"])),
                        name="user_language_is_spoken",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("lead", "Lead"), ("colleague", "Colleague")],
                        default="colleague",
                        max_length=10,
                    ),
                ),
                ("since", models.DateTimeField(auto_now_add=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Objective",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "title_sources",
                    models.JSONField(
                        default=dict,
                        help_text="Per language: whether the wording was verified, and on which page.",
                    ),
                ),
                ("given", models.JSONField(default=dict, editable=False)),
                ("number", models.PositiveSmallIntegerField(unique=True)),
                ("title", models.CharField(max_length=300)),
                ("title_ar", models.CharField(max_length=300, null=True)),
                ("title_en", models.CharField(max_length=300, null=True)),
                ("title_fr", models.CharField(max_length=300, null=True)),
                ("title_es", models.CharField(max_length=300, null=True)),
                ("label", models.CharField(max_length=120)),
                ("label_ar", models.CharField(max_length=120, null=True)),
                ("label_en", models.CharField(max_length=120, null=True)),
                ("label_fr", models.CharField(max_length=120, null=True)),
                ("label_es", models.CharField(max_length=120, null=True)),
                ("label_sources", models.JSONField(default=dict)),
                ("roundtable", models.PositiveSmallIntegerField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "objective",
                "verbose_name_plural": "objectives",
                "ordering": ["number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number__range", (1, 23))), name="objective_is_1_to_23"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Organization",
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
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_ar", models.CharField(max_length=200, null=True, verbose_name="name")),
                ("name_en", models.CharField(max_length=200, null=True, verbose_name="name")),
                ("name_fr", models.CharField(max_length=200, null=True, verbose_name="name")),
                ("name_es", models.CharField(max_length=200, null=True, verbose_name="name")),
                ("folded_name", models.CharField(blank=True, db_index=True, editable=False, max_length=200)),
                ("other_names", models.JSONField(blank=True, default=dict)),
                ("other_summaries", models.JSONField(blank=True, default=dict)),
                ("acronym", models.CharField(blank=True, max_length=30, verbose_name="acronym")),
                ("summary", models.TextField(blank=True, verbose_name="what it does")),
                ("summary_ar", models.TextField(blank=True, null=True, verbose_name="what it does")),
                ("summary_en", models.TextField(blank=True, null=True, verbose_name="what it does")),
                ("summary_fr", models.TextField(blank=True, null=True, verbose_name="what it does")),
                ("summary_es", models.TextField(blank=True, null=True, verbose_name="what it does")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("known", "Known from public sources"),
                            ("pending", "Waiting for verification"),
                            ("verified", "Verified"),
                            ("suspended", "Suspended"),
                        ],
                        default="pending",
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("held_because", models.CharField(blank=True, editable=False, max_length=200)),
                (
                    "constituency",
                    models.CharField(
                        choices=[
                            ("civil-society", "Civil society"),
                            ("state", "State"),
                            ("local-authority", "Local authority"),
                            ("international-organization", "International organization"),
                            ("private-sector", "Private sector"),
                            ("youth", "Youth body"),
                            ("other", "Other"),
                        ],
                        default="civil-society",
                        max_length=32,
                        verbose_name="constituency",
                    ),
                ),
                (
                    "sort",
                    models.CharField(
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
                        default="ngo",
                        max_length=20,
                        verbose_name="kind of organization",
                    ),
                ),
                ("sort_word", models.CharField(blank=True, editable=False, max_length=60)),
                ("is_migrant_led", models.BooleanField(default=False, verbose_name="led by migrants")),
                (
                    "spoken",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12), blank=True, default=list, size=None
                    ),
                ),
                ("website", models.URLField(blank=True, verbose_name="website")),
                ("mailbox", models.EmailField(blank=True, max_length=254, verbose_name="shared mailbox")),
                (
                    "mailbox_language",
                    models.CharField(
                        choices=[("ar", "Arabic"), ("en", "English"), ("fr", "French"), ("es", "Spanish")],
                        default="en",
                        max_length=8,
                    ),
                ),
                ("in_directory", models.BooleanField(default=False, verbose_name="listed in the directory")),
                (
                    "directory_fields",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=32), blank=True, default=list, size=None
                    ),
                ),
                ("relation", models.TextField(blank=True)),
                ("source_url", models.URLField(blank=True, max_length=2000)),
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
                ("verified_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="portal.country",
                    ),
                ),
                ("objectives", models.ManyToManyField(blank=True, to="portal.objective")),
                ("people", models.ManyToManyField(through="portal.Membership", to=settings.AUTH_USER_MODEL)),
                ("regions", models.ManyToManyField(blank=True, to="portal.region")),
            ],
            options={
                "verbose_name": "organization",
                "verbose_name_plural": "organizations",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "known"), _negated=True), ("mailbox", ""), _connector="OR"
                        ),
                        name="organization_known_has_no_mailbox",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("in_directory", False), ("status", "verified"), _connector="OR"),
                        name="organization_in_directory_is_verified",
                    ),
                ],
            },
            bases=(portal.models.records.Moves, models.Model),
        ),
        migrations.CreateModel(
            name="Recipient",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("address", models.EmailField(blank=True, max_length=254, verbose_name="e-mail address")),
                (
                    "language",
                    models.CharField(
                        choices=[("ar", "Arabic"), ("en", "English"), ("fr", "French"), ("es", "Spanish")],
                        default="en",
                        max_length=8,
                    ),
                ),
                ("nonce", models.CharField(default=portal.tokens.nonce, editable=False, max_length=64)),
                (
                    "quiet_days",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                ("suppressed_at", models.DateTimeField(blank=True, null=True)),
                ("suppressed_because", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "organization",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mailbox_recipient",
                        to="portal.organization",
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recipient",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        django.db.models.functions.text.Lower("address"), name="recipient_by_address"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("user__isnull", True), ("organization__isnull", True), _connector="OR"
                        ),
                        name="recipient_is_of_one_or_neither",
                    ),
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("address"),
                        condition=models.Q(("organization__isnull", True), ("user__isnull", True)),
                        name="recipient_stranger_is_known_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Digest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("channel", models.CharField(max_length=8)),
                ("created_at", models.DateTimeField()),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="digests",
                        to="portal.recipient",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("kind", models.CharField(max_length=60)),
                ("object_id", models.BigIntegerField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("language", models.CharField(blank=True, max_length=8)),
                ("priority", models.PositiveSmallIntegerField(default=5)),
                ("created_at", models.DateTimeField()),
                ("cursor", models.BigIntegerField(default=0)),
                ("expanded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="contenttypes.contenttype"
                    ),
                ),
                (
                    "created_by",
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
                "indexes": [
                    models.Index(
                        condition=models.Q(("expanded_at__isnull", True)),
                        fields=["priority", "id"],
                        name="notice_unexpanded",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "content_type", "object_id", "version", "language"),
                        name="notice_is_told_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("mail", "E-mail"),
                            ("daily", "Summary of a day"),
                            ("weekly", "Summary of a week"),
                        ],
                        default="mail",
                        max_length=8,
                    ),
                ),
                ("message_id", models.CharField(max_length=120, unique=True)),
                ("lang", models.CharField(blank=True, max_length=8)),
                ("priority", models.PositiveSmallIntegerField(default=5)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting"),
                            ("leased", "Being sent"),
                            ("sent", "Sent"),
                            ("cancelled", "Cancelled"),
                            ("bounced", "Bounced"),
                            ("dead", "Given up"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("not_before", models.DateTimeField()),
                ("lease_owner", models.UUIDField(blank=True, null=True)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("last_code", models.CharField(blank=True, max_length=120)),
                ("provider_id", models.CharField(blank=True, max_length=200)),
                ("created_at", models.DateTimeField()),
                ("tried_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "digest",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="parts",
                        to="portal.digest",
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="portal.notice",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="portal.recipient",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("channel", "mail"), ("state__in", ["queued", "leased"])),
                        fields=["priority", "not_before", "id"],
                        name="delivery_due",
                    ),
                    models.Index(
                        condition=models.Q(("finished_at__isnull", False)),
                        fields=["finished_at"],
                        name="delivery_finished",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("digest__isnull", True),
                            ("state", "queued"),
                            models.Q(("channel", "mail"), _negated=True),
                        ),
                        fields=["recipient", "channel"],
                        name="delivery_to_gather",
                    ),
                    models.Index(
                        condition=models.Q(("provider_id", ""), _negated=True),
                        fields=["provider_id"],
                        name="delivery_at_service",
                    ),
                    models.Index(
                        condition=models.Q(("digest__isnull", False), ("state", "queued")),
                        fields=["digest"],
                        name="delivery_gathered",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("notice", "recipient", "channel"), name="delivery_is_one_per_recipient"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("lease_owner__isnull", False),
                                ("lease_until__isnull", False),
                                ("state", "leased"),
                            ),
                            models.Q(
                                models.Q(("state", "leased"), _negated=True),
                                ("lease_owner__isnull", True),
                                ("lease_until__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="delivery_lease_is_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MailEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("event_id", models.CharField(max_length=200, unique=True)),
                ("heard_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Principle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "title_sources",
                    models.JSONField(
                        default=dict,
                        help_text="Per language: whether the wording was verified, and on which page.",
                    ),
                ),
                ("given", models.JSONField(default=dict, editable=False)),
                ("number", models.PositiveSmallIntegerField(unique=True)),
                ("letter", models.CharField(max_length=1)),
                ("slug", models.CharField(blank=True, max_length=40)),
                ("title", models.CharField(max_length=200)),
                ("title_ar", models.CharField(max_length=200, null=True)),
                ("title_en", models.CharField(max_length=200, null=True)),
                ("title_fr", models.CharField(max_length=200, null=True)),
                ("title_es", models.CharField(max_length=200, null=True)),
            ],
            options={
                "verbose_name": "guiding principle",
                "verbose_name_plural": "guiding principles",
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=20, unique=True)),
                ("count", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Actor",
            fields=[
                (
                    "key",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "user",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Allowance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                ("subject", models.CharField(max_length=64)),
                (
                    "used_at",
                    django.contrib.postgres.fields.ArrayField(base_field=models.DateTimeField(), size=None),
                ),
                ("ends_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("name", "subject"), name="allowance_is_one_per_subject"),
                    models.CheckConstraint(
                        condition=models.Q(("used_at__len__gte", 1)), name="allowance_was_used"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Body",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("object_id", models.BigIntegerField()),
                ("language", models.CharField(max_length=12)),
                ("markdown", models.TextField(blank=True)),
                ("html", models.TextField(blank=True, editable=False)),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="contenttypes.contenttype"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("content_type", "object_id", "language"), name="body_is_one_per_language"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject", models.CharField(max_length=300)),
                ("body", models.TextField()),
                ("html", models.TextField(blank=True)),
                ("expires_at", models.DateTimeField()),
                (
                    "delivery",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="account_mail",
                        to="portal.delivery",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FormReceipt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sender", models.CharField(max_length=64)),
                ("route", models.CharField(max_length=80)),
                ("key", models.UUIDField()),
                ("request_hash", models.CharField(max_length=64)),
                ("result", models.CharField(blank=True, max_length=500)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sender", "route", "key"), name="formreceipt_is_used_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LogEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("act", models.CharField(max_length=80)),
                ("actor_key", models.UUIDField(blank=True, null=True)),
                ("object_id", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contenttypes.contenttype",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["content_type", "object_id"], name="portal_loge_content_ece1ef_idx"),
                    models.Index(fields=["-at"], name="portal_loge_at_3d77a3_idx"),
                ],
            },
        ),
        migrations.CreateModel(
            name="MovedDate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("object_id", models.BigIntegerField()),
                ("field", models.CharField(max_length=32)),
                ("was_start", models.CharField(max_length=40)),
                ("was_end", models.CharField(blank=True, max_length=40)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("source_url", models.URLField(blank=True, max_length=500)),
                ("moved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="contenttypes.contenttype"
                    ),
                ),
                (
                    "moved_by",
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
                        fields=("content_type", "object_id", "field", "was_start", "was_end"),
                        name="moveddate_is_said_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Process",
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
                ("place", models.CharField(blank=True, max_length=200, verbose_name="place")),
                ("mode", models.CharField(blank=True, max_length=100, verbose_name="mode")),
                ("is_current", models.BooleanField(default=False, verbose_name="the current one")),
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
            ],
            options={
                "verbose_name": "process",
                "verbose_name_plural": "processes",
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
                        name="portal_process_has_title",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("begins_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("begins_on")),
                            _connector="OR",
                        ),
                        name="portal_process_ends_after_it_begins",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)),
                        fields=("is_current",),
                        name="process_current_is_one",
                    ),
                ],
            },
            bases=(portal.models.records.Moves, models.Model),
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                (
                    "language",
                    models.CharField(
                        choices=[("ar", "Arabic"), ("en", "English"), ("fr", "French"), ("es", "Spanish")],
                        default="en",
                        max_length=8,
                    ),
                ),
                ("nonce", models.CharField(editable=False, max_length=64)),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("expires_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="portal.organization"),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="portal.recipient",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("accepted_at__isnull", True)),
                        fields=("organization", "email"),
                        name="invitation_is_open_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="InboxEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("created_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="portal.notice",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="portal.recipient",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["recipient", "-id"], name="inboxentry_newest")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("notice", "recipient"), name="inboxentry_is_one_per_recipient"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Choice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=60)),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("at-once", "At once"),
                            ("daily", "Together, once a day"),
                            ("weekly", "Together, once a week"),
                            ("never", "Not at all"),
                        ],
                        max_length=8,
                    ),
                ),
                ("chosen_at", models.DateTimeField(auto_now=True)),
                (
                    "objective",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="portal.objective",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="choices",
                        to="portal.recipient",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("recipient", "kind", "objective"),
                        name="choice_is_one_per_kind_and_objective",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Phase",
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
                ("place", models.CharField(blank=True, max_length=200, verbose_name="place")),
                ("deadline_at", models.DateTimeField(blank=True, null=True, verbose_name="deadline")),
                (
                    "deadline_is_day",
                    models.BooleanField(default=False, verbose_name="the deadline is a day without an hour"),
                ),
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
                    "objectives",
                    models.ManyToManyField(blank=True, to="portal.objective", verbose_name="objectives"),
                ),
                (
                    "process",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="phases",
                        to="portal.process",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="portal.region"
                    ),
                ),
            ],
            options={
                "verbose_name": "phase",
                "verbose_name_plural": "phases",
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
                        name="portal_phase_has_title",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("begins_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("begins_on")),
                            _connector="OR",
                        ),
                        name="portal_phase_ends_after_it_begins",
                    ),
                ],
            },
            bases=(portal.models.records.Moves, models.Model),
        ),
        migrations.CreateModel(
            name="Role",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("coordinator", "Coordinator"),
                            ("translator", "Translator"),
                            ("rapporteur", "Rapporteur"),
                            ("drafter", "Drafter"),
                            ("administrator", "Administrator"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        choices=[("ar", "Arabic"), ("en", "English"), ("fr", "French"), ("es", "Spanish")],
                        max_length=8,
                    ),
                ),
                ("object_id", models.BigIntegerField(blank=True, null=True)),
                ("until", models.DateTimeField(blank=True, null=True)),
                ("given_at", models.DateTimeField(auto_now_add=True)),
                (
                    "content_type",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="contenttypes.contenttype",
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "role",
                "verbose_name_plural": "roles",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("content_type__isnull", True), ("object_id__isnull", True)),
                            models.Q(
                                ("content_type__isnull", False),
                                ("language", ""),
                                ("object_id__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="role_scope_is_whole",
                    ),
                    models.UniqueConstraint(
                        fields=("user", "kind", "language", "content_type", "object_id"),
                        name="role_is_given_once",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("object_id", models.BigIntegerField()),
                ("language", models.CharField(max_length=12)),
                ("access", models.CharField(default="public", max_length=8)),
                ("kind", models.CharField(max_length=32)),
                ("title", models.CharField(max_length=300)),
                ("excerpt", models.TextField(blank=True)),
                ("address", models.CharField(max_length=300)),
                ("folded_title", models.TextField(blank=True)),
                ("words", django.contrib.postgres.search.SearchVectorField(null=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="contenttypes.contenttype"
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["words"], name="searchentry_words"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["folded_title"], name="searchentry_slips", opclasses=["gin_trgm_ops"]
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("content_type", "object_id", "language"),
                        name="searchentry_is_one_per_language",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("access__in", ["public", "members"])),
                        name="searchentry_is_not_by_invitation",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SourceLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("object_id", models.BigIntegerField()),
                ("word", models.CharField(max_length=60)),
                ("named_id", models.BigIntegerField()),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contenttypes.contenttype",
                    ),
                ),
                (
                    "named_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contenttypes.contenttype",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["named_type", "named_id"], name="sourcelink_named")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("content_type", "object_id", "word", "named_type", "named_id"),
                        name="sourcelink_is_said_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("blob", models.FileField(max_length=120, upload_to=portal.models.files.stored_path)),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.PositiveIntegerField()),
                ("pages", models.PositiveIntegerField(blank=True, null=True)),
                ("checksum", models.CharField(max_length=64)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TextState",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("object_id", models.BigIntegerField()),
                ("group", models.CharField(default="card", max_length=32)),
                ("language", models.CharField(max_length=12)),
                (
                    "state",
                    models.CharField(
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
                ("is_official", models.BooleanField(default=False)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
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
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="contenttypes.contenttype"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("content_type", "object_id", "group", "language"),
                        name="textstate_is_one_per_language",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkingGroup",
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
                    "organizations",
                    models.ManyToManyField(
                        blank=True, related_name="working_groups", to="portal.organization"
                    ),
                ),
            ],
            options={
                "verbose_name": "working group",
                "verbose_name_plural": "working groups",
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
                        name="portal_workinggroup_has_title",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("begins_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("begins_on")),
                            _connector="OR",
                        ),
                        name="portal_workinggroup_ends_after_it_begins",
                    ),
                ],
            },
            bases=(portal.models.records.Moves, models.Model),
        ),
        migrations.AddField(
            model_name="membership",
            name="organization",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="portal.organization"),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                fields=("organization", "user"), name="membership_is_one_per_person"
            ),
        ),
    ]
