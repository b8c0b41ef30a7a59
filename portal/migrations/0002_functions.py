"""What the database does by itself: folds words for searching, keeps the log append-only."""

from django.db import migrations

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


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_initial")]

    operations = [migrations.RunSQL(FOLDING, UNFOLDING), migrations.RunSQL(LOG, UNLOG)]
