"""Transactions that change what everybody may read leave a row, from which caches learn that they are out of date."""

from django.db import migrations, models

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
    dependencies = [("portal", "0009_files_are_known_by_checksum")]

    operations = [
        migrations.CreateModel(
            name="PublicChange",
            fields=[
                ("transaction", models.BigIntegerField(primary_key=True, serialize=False)),
                ("amount", models.BigIntegerField(default=1)),
            ],
        ),
        # The triggers that call it are made after every migration (portal/generation.py), and go with it.
        migrations.RunSQL(NOTE, "DROP FUNCTION portal_note_public_change() CASCADE"),
    ]
