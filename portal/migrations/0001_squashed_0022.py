"""The tables of the kernel, and what the database does by itself: folds words for searching, guards the log, notes what changed."""

from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations, models
from portal.together import Together
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import portal.clock
import portal.models.files
import portal.models.records
import portal.models.search
import portal.tokens
import uuid

FOLDING = r"""
CREATE FUNCTION arabic_fold(t text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT regexp_replace(regexp_replace(regexp_replace(
    translate(regexp_replace(normalize(t, NFKC),
        '[\u064B-\u065F\u0670\u06D6-\u06ED\u0640\u200C-\u200F\u061C\u202A-\u202E\u2066-\u2069]', '', 'g'),
      'أإآٱىئؤیگک', 'اااايءءيكك'),
    '\m[وف](?=(ال|لل|بال)\w{4})', '', 'g'),
    'ات\M', 'ة', 'g'), 'ه\M', 'ة', 'g') $$;
CREATE TEXT SEARCH CONFIGURATION portal_fr (COPY = french);
ALTER TEXT SEARCH CONFIGURATION portal_fr
  ALTER MAPPING FOR hword, hword_part, word WITH unaccent, french_stem;
CREATE TEXT SEARCH CONFIGURATION portal_es (COPY = spanish);
ALTER TEXT SEARCH CONFIGURATION portal_es
  ALTER MAPPING FOR hword, hword_part, word WITH unaccent, spanish_stem;
CREATE TEXT SEARCH CONFIGURATION portal_en (COPY = english);
ALTER TEXT SEARCH CONFIGURATION portal_en
  ALTER MAPPING FOR hword, hword_part, word WITH unaccent, english_stem;
CREATE FUNCTION portal_config(language text) RETURNS regconfig LANGUAGE sql STABLE AS $$
  SELECT (CASE language WHEN 'ar' THEN 'arabic' WHEN 'fr' THEN 'portal_fr' WHEN 'es' THEN 'portal_es'
          ELSE 'portal_en' END)::regconfig $$;
CREATE FUNCTION portal_fold(t text) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT lower(unaccent(arabic_fold(coalesce(t, '')))) $$;
CREATE FUNCTION portal_words(language text, t text) RETURNS tsvector LANGUAGE sql STABLE AS $$
  SELECT to_tsvector(portal_config(language),
                     CASE language WHEN 'ar' THEN arabic_fold(coalesce(t, '')) ELSE coalesce(t, '') END) $$;
CREATE FUNCTION portal_query(language text, q text) RETURNS tsquery LANGUAGE sql STABLE AS $$
  SELECT websearch_to_tsquery(portal_config(language), CASE language WHEN 'ar' THEN arabic_fold(q) ELSE q END) $$;
"""
UNFOLDING = """
DROP FUNCTION portal_query(text, text);
DROP FUNCTION portal_words(text, text);
DROP FUNCTION portal_fold(text);
DROP FUNCTION portal_config(text);
DROP TEXT SEARCH CONFIGURATION portal_en;
DROP TEXT SEARCH CONFIGURATION portal_es;
DROP TEXT SEARCH CONFIGURATION portal_fr;
DROP FUNCTION arabic_fold(text);
"""

LOG = """
CREATE FUNCTION log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the log is append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER log_is_append_only BEFORE UPDATE OR DELETE ON portal_logentry
  FOR EACH ROW EXECUTE FUNCTION log_is_append_only();
"""
UNLOG = """
DROP TRIGGER log_is_append_only ON portal_logentry;
DROP FUNCTION log_is_append_only();
"""

NOTE = """
CREATE FUNCTION portal_note_public_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO portal_publicchange (transaction, amount) VALUES (pg_current_xact_id()::text::bigint, 1)
  ON CONFLICT (transaction) DO NOTHING;
  RETURN NULL;
END
$$;
"""


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("portal", "0001_initial"),
        ("portal", "0002_functions"),
        ("portal", "0003_claims"),
        ("portal", "0004_group_members"),
        ("portal", "0005_fewer_indexes_of_deliveries"),
        ("portal", "0006_plainer_inbox"),
        ("portal", "0007_titles_have_words"),
        ("portal", "0008_organizations_show_what_they_chose"),
        ("portal", "0009_files_are_known_by_checksum"),
        ("portal", "0010_public_changes"),
        ("portal", "0011_notices_can_be_held"),
        ("portal", "0012_search_rows_say_what_narrows_them"),
        ("portal", "0013_texts_keep_their_pairs"),
        ("portal", "0014_claims_write_no_index"),
        ("portal", "0015_organizations_have_looks"),
        ("portal", "0016_suspensions_say_why"),
        ("portal", "0017_mailing_lists_are_taken_in"),
        ("portal", "0018_merged_organizations_lead_on"),
        ("portal", "0019_installations_and_sessions"),
        ("portal", "0020_people_are_erased"),
        ("portal", "0021_roles_are_reached_and_reminded_of"),
        ("portal", "0022_texts_are_given_to_translators"),
    ]

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        BtreeGistExtension(),
        Together([
        migrations.CreateModel(
            name='Alarm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(choices=[('refused', 'The mail server refuses our messages'), ('unreachable', 'The mail server cannot be reached'), ('late', 'Messages are late')], max_length=20, unique=True)),
                ('since', models.DateTimeField()),
                ('seen_at', models.DateTimeField()),
                ('until', models.DateTimeField(blank=True, null=True)),
                ('answer', models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='Backup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField()),
                ('size', models.BigIntegerField()),
                ('files', models.PositiveIntegerField()),
                ('checksum', models.CharField(max_length=64)),
            ],
            options={
                'get_latest_by': 'made_at',
            },
        ),
        migrations.CreateModel(
            name='CacheEntry',
            fields=[
                ('key', models.CharField(max_length=250, primary_key=True, serialize=False)),
                ('value', models.JSONField(null=True)),
                ('ends_at', models.DateTimeField(blank=True, db_index=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Country',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('iso2', models.CharField(max_length=2, unique=True)),
                ('iso3', models.CharField(max_length=3, unique=True)),
                ('m49', models.CharField(max_length=3, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('name_ar', models.CharField(max_length=120, null=True)),
                ('name_en', models.CharField(max_length=120, null=True)),
                ('name_fr', models.CharField(max_length=120, null=True)),
                ('name_es', models.CharField(max_length=120, null=True)),
                ('subregion', models.CharField(blank=True, max_length=80)),
                ('given', models.JSONField(default=dict, editable=False)),
            ],
            options={
                'verbose_name': 'country',
                'verbose_name_plural': 'countries',
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('channel', models.CharField(choices=[('mail', 'E-mail'), ('daily', 'Summary of a day'), ('weekly', 'Summary of a week')], default='mail', max_length=8)),
                ('message_id', models.CharField(max_length=120)),
                ('lang', models.CharField(blank=True, max_length=8)),
                ('priority', models.PositiveSmallIntegerField(default=5)),
                ('state', models.CharField(choices=[('queued', 'Waiting'), ('leased', 'Being sent'), ('sent', 'Sent'), ('cancelled', 'Cancelled'), ('bounced', 'Bounced'), ('dead', 'Given up')], default='queued', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('not_before', models.DateTimeField()),
                ('lease_owner', models.UUIDField(blank=True, null=True)),
                ('lease_until', models.DateTimeField(blank=True, null=True)),
                ('last_code', models.CharField(blank=True, max_length=120)),
                ('provider_id', models.CharField(blank=True, max_length=200)),
                ('created_at', models.DateTimeField()),
                ('tried_at', models.DateTimeField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Digest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('channel', models.CharField(max_length=8)),
                ('created_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('erased_at', models.DateTimeField(default=portal.clock.now, editable=False)),
            ],
        ),
        migrations.CreateModel(
            name='MailEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event_id', models.CharField(max_length=200, unique=True)),
                ('heard_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Principle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title_sources', models.JSONField(default=dict, help_text='Per language: whether the wording was verified, and on which page.')),
                ('given', models.JSONField(default=dict, editable=False)),
                ('number', models.PositiveSmallIntegerField(unique=True)),
                ('letter', models.CharField(max_length=1)),
                ('slug', models.CharField(blank=True, max_length=40)),
                ('title', models.CharField(max_length=200)),
                ('title_ar', models.CharField(max_length=200, null=True)),
                ('title_en', models.CharField(max_length=200, null=True)),
                ('title_fr', models.CharField(max_length=200, null=True)),
                ('title_es', models.CharField(max_length=200, null=True)),
            ],
            options={
                'verbose_name': 'guiding principle',
                'verbose_name_plural': 'guiding principles',
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='PublicChange',
            fields=[
                ('transaction', models.BigIntegerField(primary_key=True, serialize=False)),
                ('amount', models.BigIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name='Region',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title_sources', models.JSONField(default=dict, help_text='Per language: whether the wording was verified, and on which page.')),
                ('given', models.JSONField(default=dict, editable=False)),
                ('code', models.CharField(max_length=32, unique=True)),
                ('title', models.CharField(max_length=120)),
                ('title_ar', models.CharField(max_length=120, null=True)),
                ('title_en', models.CharField(max_length=120, null=True)),
                ('title_fr', models.CharField(max_length=120, null=True)),
                ('title_es', models.CharField(max_length=120, null=True)),
                ('commission', models.CharField(max_length=12)),
                ('commission_name', models.CharField(blank=True, max_length=200)),
                ('reviews', models.JSONField(default=dict)),
            ],
            options={
                'verbose_name': 'region',
                'verbose_name_plural': 'regions',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=20, unique=True)),
                ('count', models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail address')),
                ('name', models.CharField(blank=True, max_length=150, verbose_name='name')),
                ('language', models.CharField(choices=[('ar', 'Arabic'), ('en', 'English'), ('fr', 'French'), ('es', 'Spanish')], default='en', max_length=8, verbose_name='language')),
                ('time_zone', models.CharField(default='UTC', max_length=64, verbose_name='time zone')),
                ('is_staff', models.BooleanField(default=False, verbose_name='may open the administration')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('joined_at', models.DateTimeField(auto_now_add=True)),
                ('session_nonce', models.CharField(blank=True, editable=False, max_length=64)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
            },
        ),
        migrations.CreateModel(
            name='Actor',
            fields=[
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('user', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Allowance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('subject', models.CharField(max_length=64)),
                ('used_at', django.contrib.postgres.fields.ArrayField(base_field=models.DateTimeField(), size=None)),
                ('ends_at', models.DateTimeField(db_index=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('name', 'subject'), name='allowance_is_one_per_subject'), models.CheckConstraint(condition=models.Q(('used_at__len__gte', 1)), name='allowance_was_used')],
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('source', models.CharField(max_length=40)),
                ('object_id', models.BigIntegerField()),
                ('language', models.CharField(choices=[('ar', 'Arabic'), ('en', 'English'), ('fr', 'French'), ('es', 'Spanish')], max_length=8)),
                ('due_at', models.DateTimeField()),
                ('status', models.CharField(choices=[('open', 'Given'), ('over', 'Done'), ('taken-back', 'Taken back')], default='open', max_length=12)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('given_at', models.DateTimeField()),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='contenttypes.contenttype')),
                ('given_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'text given to a translator',
                'verbose_name_plural': 'texts given to translators',
            },
            bases=(portal.models.records.Moves, models.Model),
        ),
        migrations.CreateModel(
            name='Body',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.BigIntegerField()),
                ('language', models.CharField(max_length=12)),
                ('markdown', models.TextField(blank=True)),
                ('html', models.TextField(blank=True, editable=False)),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='contenttypes.contenttype')),
            ],
        ),
        migrations.CreateModel(
            name='AccountMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=300)),
                ('body', models.TextField()),
                ('html', models.TextField(blank=True)),
                ('expires_at', models.DateTimeField()),
                ('delivery', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='account_mail', to='portal.delivery')),
            ],
        ),
        migrations.CreateModel(
            name='FormReceipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sender', models.CharField(max_length=64)),
                ('route', models.CharField(max_length=80)),
                ('key', models.UUIDField()),
                ('request_hash', models.CharField(max_length=64)),
                ('result', models.CharField(blank=True, max_length=500)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('sender', 'route', 'key'), name='formreceipt_is_used_once')],
            },
        ),
        migrations.CreateModel(
            name='Installation',
            fields=[
                ('id', models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('mark', models.CharField(blank=True, max_length=64)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('restored_at', models.DateTimeField(blank=True, null=True)),
                ('restored_from', models.DateTimeField(blank=True, null=True)),
                ('secret_mark', models.CharField(blank=True, max_length=64)),
                ('secret_since', models.DateTimeField(blank=True, null=True)),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='LogEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(max_length=80)),
                ('actor_key', models.UUIDField(blank=True, null=True)),
                ('object_id', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contenttypes.contenttype')),
            ],
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('lead', 'Lead'), ('colleague', 'Colleague')], default='colleague', max_length=10)),
                ('since', models.DateTimeField(auto_now_add=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='MovedDate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.BigIntegerField()),
                ('field', models.CharField(max_length=32)),
                ('was_start', models.CharField(max_length=40)),
                ('was_end', models.CharField(blank=True, max_length=40)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('source_url', models.URLField(blank=True, max_length=500)),
                ('moved_at', models.DateTimeField(blank=True, null=True)),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='contenttypes.contenttype')),
                ('moved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(max_length=60)),
                ('object_id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('language', models.CharField(blank=True, max_length=8)),
                ('priority', models.PositiveSmallIntegerField(default=5)),
                ('created_at', models.DateTimeField()),
                ('cursor', models.BigIntegerField(default=0)),
                ('expanded_at', models.DateTimeField(blank=True, null=True)),
                ('held_until', models.DateTimeField(blank=True, null=True)),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='contenttypes.contenttype')),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Objective',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title_sources', models.JSONField(default=dict, help_text='Per language: whether the wording was verified, and on which page.')),
                ('given', models.JSONField(default=dict, editable=False)),
                ('number', models.PositiveSmallIntegerField(unique=True)),
                ('title', models.CharField(max_length=300)),
                ('title_ar', models.CharField(max_length=300, null=True)),
                ('title_en', models.CharField(max_length=300, null=True)),
                ('title_fr', models.CharField(max_length=300, null=True)),
                ('title_es', models.CharField(max_length=300, null=True)),
                ('label', models.CharField(max_length=120)),
                ('label_ar', models.CharField(max_length=120, null=True)),
                ('label_en', models.CharField(max_length=120, null=True)),
                ('label_fr', models.CharField(max_length=120, null=True)),
                ('label_es', models.CharField(max_length=120, null=True)),
                ('label_sources', models.JSONField(default=dict)),
                ('roundtable', models.PositiveSmallIntegerField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'objective',
                'verbose_name_plural': 'objectives',
                'ordering': ['number'],
                'constraints': [models.CheckConstraint(condition=models.Q(('number__range', (1, 23))), name='objective_is_1_to_23')],
            },
            bases=(portal.models.search.Searched, models.Model),
        ),
        migrations.CreateModel(
            name='Organization',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('original_language', models.CharField(default='en', max_length=12, verbose_name='original language')),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), blank=True, default=list, editable=False, size=None)),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('slug', models.CharField(blank=True, editable=False, max_length=120, null=True, unique=True)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('name_ar', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('name_en', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('name_fr', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('name_es', models.CharField(max_length=200, null=True, verbose_name='name')),
                ('folded_name', models.CharField(blank=True, db_index=True, editable=False, max_length=200)),
                ('looks', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, editable=False, size=None)),
                ('other_names', models.JSONField(blank=True, default=dict)),
                ('other_summaries', models.JSONField(blank=True, default=dict)),
                ('acronym', models.CharField(blank=True, max_length=30, verbose_name='acronym')),
                ('summary', models.TextField(blank=True, verbose_name='what it does')),
                ('summary_ar', models.TextField(blank=True, null=True, verbose_name='what it does')),
                ('summary_en', models.TextField(blank=True, null=True, verbose_name='what it does')),
                ('summary_fr', models.TextField(blank=True, null=True, verbose_name='what it does')),
                ('summary_es', models.TextField(blank=True, null=True, verbose_name='what it does')),
                ('status', models.CharField(choices=[('known', 'Known from public sources'), ('pending', 'Waiting for verification'), ('verified', 'Verified'), ('suspended', 'Suspended')], default='pending', max_length=10)),
                ('is_from_list', models.BooleanField(default=False, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('held_because', models.CharField(blank=True, editable=False, max_length=200)),
                ('constituency', models.CharField(choices=[('civil-society', 'Civil society'), ('state', 'State'), ('local-authority', 'Local authority'), ('international-organization', 'International organization'), ('private-sector', 'Private sector'), ('youth', 'Youth body'), ('other', 'Other')], default='civil-society', max_length=32, verbose_name='constituency')),
                ('sort', models.CharField(choices=[('ngo', 'Non-governmental organization'), ('network', 'Network'), ('faith-based', 'Faith-based organization'), ('diaspora', 'Diaspora organization'), ('migrant-led', 'Migrant-led organization'), ('trade-union', 'Trade union'), ('academic', 'Academic institution'), ('youth', 'Youth organization'), ('media', 'Media'), ('service-provider', 'Service provider'), ('other', 'Other')], default='ngo', max_length=20, verbose_name='kind of organization')),
                ('sort_word', models.CharField(blank=True, editable=False, max_length=60)),
                ('is_migrant_led', models.BooleanField(default=False, verbose_name='led by migrants')),
                ('spoken', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), blank=True, default=list, size=None)),
                ('website', models.URLField(blank=True, verbose_name='website')),
                ('mailbox', models.EmailField(blank=True, max_length=254, verbose_name='shared mailbox')),
                ('mailbox_language', models.CharField(choices=[('ar', 'Arabic'), ('en', 'English'), ('fr', 'French'), ('es', 'Spanish')], default='en', max_length=8)),
                ('in_directory', models.BooleanField(default=False, verbose_name='listed in the directory')),
                ('directory_fields', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=32), blank=True, default=list, size=None)),
                ('relation', models.TextField(blank=True)),
                ('source_url', models.URLField(blank=True, max_length=2000)),
                ('also', django.contrib.postgres.fields.ArrayField(base_field=models.URLField(max_length=2000), blank=True, default=list, size=None)),
                ('archive_id', models.CharField(blank=True, editable=False, max_length=120, null=True, unique=True)),
                ('archive_values', models.JSONField(blank=True, default=dict, editable=False)),
                ('source_notes', models.JSONField(blank=True, default=dict)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('verified_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('country', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='portal.country')),
                ('objectives', models.ManyToManyField(blank=True, to='portal.objective')),
                ('people', models.ManyToManyField(through='portal.Membership', to=settings.AUTH_USER_MODEL)),
                ('regions', models.ManyToManyField(blank=True, to='portal.region')),
            ],
            options={
                'verbose_name': 'organization',
                'verbose_name_plural': 'organizations',
            },
            bases=(portal.models.records.Moves, portal.models.records.Belongs, portal.models.search.Searched, models.Model),
        ),
        migrations.CreateModel(
            name='Merger',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('former_id', models.BigIntegerField(unique=True)),
                ('key', models.UUIDField(unique=True)),
                ('slug', models.CharField(blank=True, max_length=120, null=True, unique=True)),
                ('merged_at', models.DateTimeField()),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='mergers', to='portal.organization')),
            ],
            options={
                'verbose_name': 'merger',
                'verbose_name_plural': 'mergers',
            },
            bases=(portal.models.records.Belongs, models.Model),
        ),
        migrations.CreateModel(
            name='ListedAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('language', models.CharField(choices=[('ar', 'Arabic'), ('en', 'English'), ('fr', 'French'), ('es', 'Spanish')], max_length=8)),
                ('consent', models.CharField(choices=[('given', 'Given'), ('unknown', 'Not known'), ('refused', 'Refused')], default='unknown', max_length=8)),
                ('added_at', models.DateTimeField(auto_now_add=True)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='listed_addresses', to='portal.organization')),
            ],
            options={
                'verbose_name': 'address of a mailing list',
                'verbose_name_plural': 'addresses of mailing lists',
            },
            bases=(portal.models.records.Belongs, models.Model),
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('words', models.TextField(blank=True)),
                ('status', models.CharField(choices=[('open', 'Waiting for a coordinator'), ('accepted', 'Accepted'), ('refused', 'Refused')], default='open', max_length=8)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('reason', models.CharField(blank=True, choices=[('not-confirmed', 'We could not confirm that you speak for this organization.'), ('too-little', 'We were told too little to decide. Please ask again and tell us more.'), ('already-here', 'This organization is already here. Please claim it, or ask its lead to invite you.'), ('not-meant', 'This portal is not made for organizations of this kind.')], max_length=16)),
                ('answer', models.TextField(blank=True)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='claims', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claims', to='portal.organization')),
            ],
            bases=(portal.models.records.Moves, portal.models.records.Belongs, models.Model),
        ),
        migrations.CreateModel(
            name='Process',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('original_language', models.CharField(default='en', max_length=12, verbose_name='original language')),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), blank=True, default=list, editable=False, size=None)),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('slug', models.CharField(blank=True, editable=False, max_length=120, null=True, unique=True)),
                ('title', models.CharField(blank=True, max_length=300, verbose_name='title')),
                ('title_ar', models.CharField(blank=True, max_length=300, null=True, verbose_name='title')),
                ('title_en', models.CharField(blank=True, max_length=300, null=True, verbose_name='title')),
                ('title_fr', models.CharField(blank=True, max_length=300, null=True, verbose_name='title')),
                ('title_es', models.CharField(blank=True, max_length=300, null=True, verbose_name='title')),
                ('summary', models.TextField(blank=True, verbose_name='summary')),
                ('summary_ar', models.TextField(blank=True, null=True, verbose_name='summary')),
                ('summary_en', models.TextField(blank=True, null=True, verbose_name='summary')),
                ('summary_fr', models.TextField(blank=True, null=True, verbose_name='summary')),
                ('summary_es', models.TextField(blank=True, null=True, verbose_name='summary')),
                ('other_titles', models.JSONField(blank=True, default=dict)),
                ('other_summaries', models.JSONField(blank=True, default=dict)),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('withdrawn', 'Withdrawn')], default='draft', max_length=12, verbose_name='state')),
                ('access', models.CharField(choices=[('public', 'Public'), ('members', 'Members only'), ('invited', 'By invitation')], default='public', max_length=8, verbose_name='access')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('begins_on', models.DateField(blank=True, null=True, verbose_name='begins on')),
                ('begins_precision', models.CharField(choices=[('day', 'Day'), ('month', 'Month'), ('year', 'Year')], default='day', max_length=5)),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='ends on')),
                ('ends_precision', models.CharField(choices=[('day', 'Day'), ('month', 'Month'), ('year', 'Year')], default='day', max_length=5)),
                ('date_note', models.CharField(blank=True, max_length=400, verbose_name='note on the date')),
                ('source_url', models.URLField(blank=True, max_length=2000, verbose_name='source')),
                ('also', django.contrib.postgres.fields.ArrayField(base_field=models.URLField(max_length=2000), blank=True, default=list, size=None)),
                ('archive_id', models.CharField(blank=True, editable=False, max_length=120, null=True, unique=True)),
                ('archive_values', models.JSONField(blank=True, default=dict, editable=False)),
                ('source_notes', models.JSONField(blank=True, default=dict)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='place')),
                ('mode', models.CharField(blank=True, max_length=100, verbose_name='mode')),
                ('is_current', models.BooleanField(default=False, verbose_name='the current one')),
                ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('objectives', models.ManyToManyField(blank=True, to='portal.objective', verbose_name='objectives')),
            ],
            options={
                'verbose_name': 'process',
                'verbose_name_plural': 'processes',
                'abstract': False,
            },
            bases=(portal.models.records.Moves, portal.models.records.Belongs, portal.models.search.Searched, models.Model),
        ),
        migrations.CreateModel(
            name='Recipient',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('address', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('language', models.CharField(choices=[('ar', 'Arabic'), ('en', 'English'), ('fr', 'French'), ('es', 'Spanish')], default='en', max_length=8)),
                ('nonce', models.CharField(default=portal.tokens.nonce, editable=False, max_length=64)),
                ('quiet_days', django.contrib.postgres.fields.ArrayField(base_field=models.SmallIntegerField(), blank=True, default=list, size=None)),
                ('suppressed_at', models.DateTimeField(blank=True, null=True)),
                ('suppressed_because', models.CharField(blank=True, max_length=200)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('organization', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='mailbox_recipient', to='portal.organization')),
                ('user', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='recipient', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('language', models.CharField(choices=[('ar', 'Arabic'), ('en', 'English'), ('fr', 'French'), ('es', 'Spanish')], default='en', max_length=8)),
                ('nonce', models.CharField(editable=False, max_length=64)),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='portal.organization')),
                ('recipient', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='portal.recipient')),
            ],
        ),
        migrations.CreateModel(
            name='InboxEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('notice', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='portal.notice')),
                ('recipient', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='portal.recipient')),
            ],
        ),
        migrations.CreateModel(
            name='Choice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=60)),
                ('how', models.CharField(choices=[('at-once', 'At once'), ('daily', 'Together, once a day'), ('weekly', 'Together, once a week'), ('never', 'Not at all')], max_length=8)),
                ('chosen_at', models.DateTimeField(auto_now=True)),
                ('objective', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='portal.objective')),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='choices', to='portal.recipient')),
            ],
        ),
        migrations.CreateModel(
            name='Phase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('original_language', models.CharField(default='en', max_length=12, verbose_name='original language')),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), blank=True, default=list, editable=False, size=None)),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('slug', models.CharField(blank=True, editable=False, max_length=120, null=True, unique=True)),
                ('title', models.CharField(blank=True, max_length=300, verbose_name='title')),
                ('title_ar', models.CharField(blank=True, max_length=300, null=True, verbose_name='title')),
                ('title_en', models.CharField(blank=True, max_length=300, null=True, verbose_name='title')),
                ('title_fr', models.CharField(blank=True, max_length=300, null=True, verbose_name='title')),
                ('title_es', models.CharField(blank=True, max_length=300, null=True, verbose_name='title')),
                ('summary', models.TextField(blank=True, verbose_name='summary')),
                ('summary_ar', models.TextField(blank=True, null=True, verbose_name='summary')),
                ('summary_en', models.TextField(blank=True, null=True, verbose_name='summary')),
                ('summary_fr', models.TextField(blank=True, null=True, verbose_name='summary')),
                ('summary_es', models.TextField(blank=True, null=True, verbose_name='summary')),
                ('other_titles', models.JSONField(blank=True, default=dict)),
                ('other_summaries', models.JSONField(blank=True, default=dict)),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('withdrawn', 'Withdrawn')], default='draft', max_length=12, verbose_name='state')),
                ('access', models.CharField(choices=[('public', 'Public'), ('members', 'Members only'), ('invited', 'By invitation')], default='public', max_length=8, verbose_name='access')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('begins_on', models.DateField(blank=True, null=True, verbose_name='begins on')),
                ('begins_precision', models.CharField(choices=[('day', 'Day'), ('month', 'Month'), ('year', 'Year')], default='day', max_length=5)),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='ends on')),
                ('ends_precision', models.CharField(choices=[('day', 'Day'), ('month', 'Month'), ('year', 'Year')], default='day', max_length=5)),
                ('date_note', models.CharField(blank=True, max_length=400, verbose_name='note on the date')),
                ('source_url', models.URLField(blank=True, max_length=2000, verbose_name='source')),
                ('also', django.contrib.postgres.fields.ArrayField(base_field=models.URLField(max_length=2000), blank=True, default=list, size=None)),
                ('archive_id', models.CharField(blank=True, editable=False, max_length=120, null=True, unique=True)),
                ('archive_values', models.JSONField(blank=True, default=dict, editable=False)),
                ('source_notes', models.JSONField(blank=True, default=dict)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='place')),
                ('deadline_at', models.DateTimeField(blank=True, null=True, verbose_name='deadline')),
                ('deadline_is_day', models.BooleanField(default=False, verbose_name='the deadline is a day without an hour')),
                ('time_zone', models.CharField(default='UTC', max_length=64, verbose_name='time zone')),
                ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('objectives', models.ManyToManyField(blank=True, to='portal.objective', verbose_name='objectives')),
                ('process', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='phases', to='portal.process')),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='portal.region')),
            ],
            options={
                'verbose_name': 'phase',
                'verbose_name_plural': 'phases',
                'abstract': False,
            },
            bases=(portal.models.records.Moves, portal.models.records.Belongs, portal.models.search.Searched, models.Model),
        ),
        migrations.CreateModel(
            name='Role',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('kind', models.CharField(choices=[('coordinator', 'Coordinator'), ('translator', 'Translator'), ('rapporteur', 'Rapporteur'), ('drafter', 'Drafter'), ('administrator', 'Administrator')], max_length=16)),
                ('language', models.CharField(blank=True, choices=[('ar', 'Arabic'), ('en', 'English'), ('fr', 'French'), ('es', 'Spanish')], max_length=8)),
                ('object_id', models.BigIntegerField(blank=True, null=True)),
                ('until', models.DateTimeField(blank=True, null=True)),
                ('given_at', models.DateTimeField(auto_now_add=True)),
                ('content_type', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='contenttypes.contenttype')),
                ('given_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'role',
                'verbose_name_plural': 'roles',
            },
        ),
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.BigIntegerField()),
                ('language', models.CharField(max_length=12)),
                ('access', models.CharField(default='public', max_length=8)),
                ('kind', models.CharField(max_length=32)),
                ('objectives', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('year', models.PositiveSmallIntegerField(null=True)),
                ('title', models.CharField(max_length=300)),
                ('excerpt', models.TextField(blank=True)),
                ('address', models.CharField(max_length=300)),
                ('folded_title', models.TextField(blank=True)),
                ('words', django.contrib.postgres.search.SearchVectorField(null=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='contenttypes.contenttype')),
                ('process', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='portal.process')),
            ],
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('session_data', models.TextField(verbose_name='session data')),
                ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                ('session_key', models.UUIDField(primary_key=True, serialize=False)),
                ('began_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'session',
                'verbose_name_plural': 'sessions',
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SourceLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.BigIntegerField()),
                ('word', models.CharField(max_length=60)),
                ('named_id', models.BigIntegerField()),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
                ('named_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contenttypes.contenttype')),
            ],
        ),
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('blob', models.FileField(max_length=120, upload_to=portal.models.files.stored_path)),
                ('media_type', models.CharField(max_length=100)),
                ('size', models.PositiveIntegerField()),
                ('pages', models.PositiveIntegerField(blank=True, null=True)),
                ('checksum', models.CharField(max_length=64)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Suspension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('reason', models.CharField(choices=[('asked', 'Somebody who speaks for your organization asked for it.'), ('ended', 'As far as we know, your organization has ended its work.'), ('doubted', 'We have come to doubt that you speak for this organization.'), ('misused', 'What was done here in its name does not fit the rules of this portal.'), ('unclear', 'Something must be cleared up first. Please write to us.')], max_length=16)),
                ('words', models.TextField(blank=True)),
                ('made_at', models.DateTimeField()),
                ('lifted_at', models.DateTimeField(blank=True, null=True)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='suspensions', to='portal.organization')),
            ],
            options={
                'verbose_name': 'suspension',
                'verbose_name_plural': 'suspensions',
            },
            bases=(portal.models.records.Belongs, models.Model),
        ),
        migrations.CreateModel(
            name='TextState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_id', models.BigIntegerField()),
                ('group', models.CharField(default='card', max_length=32)),
                ('language', models.CharField(max_length=12)),
                ('state', models.CharField(choices=[('missing', 'Missing'), ('machine', 'Machine draft'), ('draft', 'Draft'), ('approved', 'Approved'), ('stale', 'Stale')], max_length=12)),
                ('source_digest', models.CharField(blank=True, max_length=64)),
                ('is_official', models.BooleanField(default=False)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('pairs', models.JSONField(blank=True, default=list)),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('content_type', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='contenttypes.contenttype')),
            ],
        ),
        migrations.CreateModel(
            name='WorkingGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('original_language', models.CharField(default='en', max_length=12, verbose_name='original language')),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), blank=True, default=list, editable=False, size=None)),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('slug', models.CharField(blank=True, editable=False, max_length=120, null=True, unique=True)),
                ('title', models.CharField(blank=True, max_length=300, verbose_name='title')),
                ('title_ar', models.CharField(blank=True, max_length=300, null=True, verbose_name='title')),
                ('title_en', models.CharField(blank=True, max_length=300, null=True, verbose_name='title')),
                ('title_fr', models.CharField(blank=True, max_length=300, null=True, verbose_name='title')),
                ('title_es', models.CharField(blank=True, max_length=300, null=True, verbose_name='title')),
                ('summary', models.TextField(blank=True, verbose_name='summary')),
                ('summary_ar', models.TextField(blank=True, null=True, verbose_name='summary')),
                ('summary_en', models.TextField(blank=True, null=True, verbose_name='summary')),
                ('summary_fr', models.TextField(blank=True, null=True, verbose_name='summary')),
                ('summary_es', models.TextField(blank=True, null=True, verbose_name='summary')),
                ('other_titles', models.JSONField(blank=True, default=dict)),
                ('other_summaries', models.JSONField(blank=True, default=dict)),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published'), ('withdrawn', 'Withdrawn')], default='draft', max_length=12, verbose_name='state')),
                ('access', models.CharField(choices=[('public', 'Public'), ('members', 'Members only'), ('invited', 'By invitation')], default='public', max_length=8, verbose_name='access')),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('begins_on', models.DateField(blank=True, null=True, verbose_name='begins on')),
                ('begins_precision', models.CharField(choices=[('day', 'Day'), ('month', 'Month'), ('year', 'Year')], default='day', max_length=5)),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='ends on')),
                ('ends_precision', models.CharField(choices=[('day', 'Day'), ('month', 'Month'), ('year', 'Year')], default='day', max_length=5)),
                ('date_note', models.CharField(blank=True, max_length=400, verbose_name='note on the date')),
                ('source_url', models.URLField(blank=True, max_length=2000, verbose_name='source')),
                ('also', django.contrib.postgres.fields.ArrayField(base_field=models.URLField(max_length=2000), blank=True, default=list, size=None)),
                ('archive_id', models.CharField(blank=True, editable=False, max_length=120, null=True, unique=True)),
                ('archive_values', models.JSONField(blank=True, default=dict, editable=False)),
                ('source_notes', models.JSONField(blank=True, default=dict)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('takes_requests', models.BooleanField(default=False, verbose_name='one can ask to join')),
                ('lists_members', models.BooleanField(default=False, verbose_name='everybody sees its members')),
                ('changed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('objectives', models.ManyToManyField(blank=True, to='portal.objective', verbose_name='objectives')),
                ('organizations', models.ManyToManyField(blank=True, related_name='working_groups', to='portal.organization')),
            ],
            options={
                'verbose_name': 'working group',
                'verbose_name_plural': 'working groups',
                'abstract': False,
            },
            bases=(portal.models.records.Moves, portal.models.records.Belongs, portal.models.search.Searched, models.Model),
        ),
        migrations.CreateModel(
            name='JoinRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('words', models.TextField(blank=True)),
                ('status', models.CharField(choices=[('waiting', 'Waits for an answer'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('taken-back', 'Taken back')], default='waiting', max_length=10)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('answer', models.TextField(blank=True)),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='portal.organization')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requests', to='portal.workinggroup')),
            ],
            bases=(portal.models.records.Moves, portal.models.records.Belongs, models.Model),
        ),
        migrations.CreateModel(
            name='GroupMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('role', models.CharField(choices=[('convenor', 'Convenor'), ('member', 'Member')], default='member', max_length=10)),
                ('since', models.DateTimeField(auto_now_add=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organization', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='portal.organization')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='portal.workinggroup')),
            ],
        ),
        ]),
        Together([
        migrations.AddField(
            model_name='delivery',
            name='digest',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='parts', to='portal.digest'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='notice',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='portal.notice'),
        ),
        migrations.AddField(
            model_name='membership',
            name='organization',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='portal.organization'),
        ),
        migrations.AddField(
            model_name='digest',
            name='recipient',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='digests', to='portal.recipient'),
        ),
        migrations.AddField(
            model_name='delivery',
            name='recipient',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='portal.recipient'),
        ),
        migrations.AddField(
            model_name='country',
            name='regions',
            field=models.ManyToManyField(to='portal.region'),
        ),
        ]),
        Together([
        migrations.AddConstraint(
            model_name='user',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='user_email_is_unique'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('language__in', ['ar', 'en', 'fr', 'es'])), name='user_language_is_spoken'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'open')), fields=('content_type', 'object_id', 'language'), name='assignment_is_one_per_text_and_language'),
        ),
        migrations.AddConstraint(
            model_name='body',
            constraint=models.UniqueConstraint(fields=('content_type', 'object_id', 'language'), name='body_is_one_per_language'),
        ),
        migrations.AddConstraint(
            model_name='installation',
            constraint=models.CheckConstraint(condition=models.Q(('pk', 1)), name='installation_is_one'),
        ),
        migrations.AddIndex(
            model_name='logentry',
            index=models.Index(fields=['content_type', 'object_id'], name='portal_loge_content_ece1ef_idx'),
        ),
        migrations.AddIndex(
            model_name='logentry',
            index=models.Index(fields=['-at'], name='portal_loge_at_3d77a3_idx'),
        ),
        migrations.AddConstraint(
            model_name='moveddate',
            constraint=models.UniqueConstraint(fields=('content_type', 'object_id', 'field', 'was_start', 'was_end'), name='moveddate_is_said_once'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('expanded_at__isnull', True)), fields=['priority', 'id'], name='notice_unexpanded'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('held_until__isnull', False)), fields=['held_until'], name='notice_held'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(fields=('kind', 'content_type', 'object_id', 'version', 'language'), name='notice_is_told_once'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(fields=('organization', 'user'), name='membership_is_one_per_person'),
        ),
        migrations.AddConstraint(
            model_name='listedaddress',
            constraint=models.UniqueConstraint(fields=('organization', 'address'), name='listedaddress_is_kept_once'),
        ),
        migrations.AddConstraint(
            model_name='listedaddress',
            constraint=models.CheckConstraint(condition=models.Q(('consent', 'refused'), _negated=True), name='listedaddress_was_not_refused'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'open')), fields=('organization',), name='claim_is_open_once'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('status', 'open')), models.Q(models.Q(('status', 'open'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='claim_is_open_until_answered'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason__gt', ''), ('status', 'refused')), models.Q(models.Q(('status', 'refused'), _negated=True), ('reason', '')), _connector='OR'), name='claim_refused_says_why'),
        ),
        migrations.AddConstraint(
            model_name='process',
            constraint=models.CheckConstraint(condition=models.Q(('archive_id__isnull', False), models.Q(('title_en__gt', ''), ('title_en__isnull', False)), models.Q(('title_fr__gt', ''), ('title_fr__isnull', False)), models.Q(('title_es__gt', ''), ('title_es__isnull', False)), models.Q(('title_ar__gt', ''), ('title_ar__isnull', False)), _connector='OR'), name='portal_process_has_title'),
        ),
        migrations.AddConstraint(
            model_name='process',
            constraint=models.CheckConstraint(condition=models.Q(('begins_on__isnull', True), ('ends_on__isnull', True), ('ends_on__gte', models.F('begins_on')), _connector='OR'), name='portal_process_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='process',
            constraint=models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('is_current',), name='process_current_is_one'),
        ),
        migrations.AddIndex(
            model_name='recipient',
            index=models.Index(django.db.models.functions.text.Lower('address'), name='recipient_by_address'),
        ),
        migrations.AddConstraint(
            model_name='recipient',
            constraint=models.CheckConstraint(condition=models.Q(('user__isnull', True), ('organization__isnull', True), _connector='OR'), name='recipient_is_of_one_or_neither'),
        ),
        migrations.AddConstraint(
            model_name='recipient',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('address'), condition=models.Q(('organization__isnull', True), ('user__isnull', True)), name='recipient_stranger_is_known_once'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(condition=models.Q(('accepted_at__isnull', True)), fields=('organization', 'email'), name='invitation_is_open_once'),
        ),
        migrations.AddIndex(
            model_name='inboxentry',
            index=models.Index(fields=['recipient', '-id'], name='inboxentry_newest'),
        ),
        migrations.AddConstraint(
            model_name='inboxentry',
            constraint=models.UniqueConstraint(fields=('notice', 'recipient'), name='inboxentry_is_one_per_recipient'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('channel', 'mail'), ('finished_at__isnull', True)), fields=['priority', 'not_before', 'id'], name='delivery_due'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=django.contrib.postgres.indexes.BrinIndex(fields=['finished_at'], name='delivery_finished'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('digest__isnull', True), ('finished_at__isnull', True), models.Q(('channel', 'mail'), _negated=True)), fields=['recipient', 'channel'], name='delivery_to_gather'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('provider_id', ''), _negated=True), fields=['provider_id'], name='delivery_at_service'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('digest__isnull', False)), fields=['digest'], name='delivery_gathered'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('notice', 'recipient', 'channel'), name='delivery_is_one_per_recipient'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=django.db.models.lookups.Exact(django.db.models.functions.text.StrIndex('message_id', django.db.models.functions.comparison.Cast('key', models.TextField())), 2), name='delivery_message_id_holds_its_key'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', True), ('state__in', ['queued', 'leased'])), models.Q(models.Q(('state__in', ['queued', 'leased']), _negated=True), ('finished_at__isnull', False)), _connector='OR'), name='delivery_waits_or_is_finished'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('lease_owner__isnull', False), ('lease_until__isnull', False), ('state', 'leased')), models.Q(models.Q(('state', 'leased'), _negated=True), ('lease_owner__isnull', True), ('lease_until__isnull', True)), _connector='OR'), name='delivery_lease_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='choice',
            constraint=models.UniqueConstraint(fields=('recipient', 'kind', 'objective'), name='choice_is_one_per_kind_and_objective', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='phase',
            constraint=models.CheckConstraint(condition=models.Q(('archive_id__isnull', False), models.Q(('title_en__gt', ''), ('title_en__isnull', False)), models.Q(('title_fr__gt', ''), ('title_fr__isnull', False)), models.Q(('title_es__gt', ''), ('title_es__isnull', False)), models.Q(('title_ar__gt', ''), ('title_ar__isnull', False)), _connector='OR'), name='portal_phase_has_title'),
        ),
        migrations.AddConstraint(
            model_name='phase',
            constraint=models.CheckConstraint(condition=models.Q(('begins_on__isnull', True), ('ends_on__isnull', True), ('ends_on__gte', models.F('begins_on')), _connector='OR'), name='portal_phase_ends_after_it_begins'),
        ),
        migrations.AddIndex(
            model_name='organization',
            index=django.contrib.postgres.indexes.GinIndex(fields=['looks'], name='organization_looks'),
        ),
        migrations.AddConstraint(
            model_name='organization',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'known'), _negated=True), ('mailbox', ''), _connector='OR'), name='organization_known_has_no_mailbox'),
        ),
        migrations.AddConstraint(
            model_name='organization',
            constraint=models.CheckConstraint(condition=models.Q(('is_from_list', False), ('status', 'known'), _connector='OR'), name='organization_from_list_is_known'),
        ),
        migrations.AddConstraint(
            model_name='organization',
            constraint=models.CheckConstraint(condition=models.Q(('in_directory', False), ('status', 'verified'), _connector='OR'), name='organization_in_directory_is_verified'),
        ),
        migrations.AddConstraint(
            model_name='organization',
            constraint=models.CheckConstraint(condition=models.Q(('directory_fields__contained_by', ['acronym', 'summary', 'constituency', 'sort', 'is_migrant_led', 'country', 'regions', 'spoken', 'website', 'objectives'])), name='organization_shows_what_can_be_shown'),
        ),
        migrations.AddConstraint(
            model_name='role',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('content_type__isnull', True), ('object_id__isnull', True)), models.Q(('content_type__isnull', False), ('language', ''), ('object_id__isnull', False)), _connector='OR'), name='role_scope_is_whole'),
        ),
        migrations.AddConstraint(
            model_name='role',
            constraint=models.UniqueConstraint(fields=('user', 'kind', 'language', 'content_type', 'object_id'), name='role_is_given_once', nulls_distinct=False),
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=django.contrib.postgres.indexes.GinIndex(models.F('words'), condition=models.Q(('language', 'ar')), name='searchentry_words_ar'),
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=django.contrib.postgres.indexes.GinIndex(portal.models.search.TitleWords('words'), condition=models.Q(('language', 'ar')), name='searchentry_title_ar'),
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=django.contrib.postgres.indexes.GinIndex(models.F('words'), condition=models.Q(('language__in', ['ar', 'fr', 'es']), _negated=True), name='searchentry_words_en'),
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=django.contrib.postgres.indexes.GinIndex(portal.models.search.TitleWords('words'), condition=models.Q(('language__in', ['ar', 'fr', 'es']), _negated=True), name='searchentry_title_en'),
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=django.contrib.postgres.indexes.GinIndex(models.F('words'), condition=models.Q(('language', 'fr')), name='searchentry_words_fr'),
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=django.contrib.postgres.indexes.GinIndex(portal.models.search.TitleWords('words'), condition=models.Q(('language', 'fr')), name='searchentry_title_fr'),
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=django.contrib.postgres.indexes.GinIndex(models.F('words'), condition=models.Q(('language', 'es')), name='searchentry_words_es'),
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=django.contrib.postgres.indexes.GinIndex(portal.models.search.TitleWords('words'), condition=models.Q(('language', 'es')), name='searchentry_title_es'),
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=django.contrib.postgres.indexes.GinIndex(fields=['folded_title'], name='searchentry_slips', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddConstraint(
            model_name='searchentry',
            constraint=models.UniqueConstraint(fields=('content_type', 'object_id', 'language'), name='searchentry_is_one_per_language'),
        ),
        migrations.AddConstraint(
            model_name='searchentry',
            constraint=models.CheckConstraint(condition=models.Q(('access__in', ['public', 'members'])), name='searchentry_is_not_by_invitation'),
        ),
        migrations.AddIndex(
            model_name='sourcelink',
            index=models.Index(fields=['named_type', 'named_id'], name='sourcelink_named'),
        ),
        migrations.AddConstraint(
            model_name='sourcelink',
            constraint=models.UniqueConstraint(fields=('content_type', 'object_id', 'word', 'named_type', 'named_id'), name='sourcelink_is_said_once'),
        ),
        migrations.AddIndex(
            model_name='storedfile',
            index=models.Index(fields=['checksum'], name='storedfile_checksum'),
        ),
        migrations.AddConstraint(
            model_name='suspension',
            constraint=models.UniqueConstraint(condition=models.Q(('lifted_at__isnull', True)), fields=('organization',), name='suspension_stands_once'),
        ),
        migrations.AddConstraint(
            model_name='textstate',
            constraint=models.UniqueConstraint(fields=('content_type', 'object_id', 'group', 'language'), name='textstate_is_one_per_language'),
        ),
        migrations.AddConstraint(
            model_name='workinggroup',
            constraint=models.CheckConstraint(condition=models.Q(('archive_id__isnull', False), models.Q(('title_en__gt', ''), ('title_en__isnull', False)), models.Q(('title_fr__gt', ''), ('title_fr__isnull', False)), models.Q(('title_es__gt', ''), ('title_es__isnull', False)), models.Q(('title_ar__gt', ''), ('title_ar__isnull', False)), _connector='OR'), name='portal_workinggroup_has_title'),
        ),
        migrations.AddConstraint(
            model_name='workinggroup',
            constraint=models.CheckConstraint(condition=models.Q(('begins_on__isnull', True), ('ends_on__isnull', True), ('ends_on__gte', models.F('begins_on')), _connector='OR'), name='portal_workinggroup_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='joinrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('status', 'waiting')), fields=('group', 'user'), name='joinrequest_waits_once'),
        ),
        migrations.AddConstraint(
            model_name='joinrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('status', 'waiting')), models.Q(('answered_at__isnull', False), models.Q(('status', 'waiting'), _negated=True)), _connector='OR'), name='joinrequest_answered_has_moment'),
        ),
        migrations.AddConstraint(
            model_name='groupmember',
            constraint=models.UniqueConstraint(fields=('group', 'user'), name='groupmember_is_one_per_person'),
        ),
        ]),
        migrations.RunSQL(FOLDING, UNFOLDING),
        migrations.RunSQL(LOG, UNLOG),
        # The triggers that call it are made after every migration (portal/generation.py), and go with it.
        migrations.RunSQL(NOTE, "DROP FUNCTION portal_note_public_change() CASCADE"),
        # Half of each page is left free: a claim writes its rows beside their old versions, and so no index.
        migrations.RunSQL("ALTER TABLE portal_delivery SET (fillfactor = 50)", "ALTER TABLE portal_delivery RESET (fillfactor)"),
    ]
