from django.db import migrations

# Whoever changed a thing last is who set its moment, where the moment was set before that was kept apart.
KEEP = """
UPDATE consultations_announcement SET scheduled_by_id = changed_by_id WHERE publish_at IS NOT NULL;
UPDATE consultations_paper SET scheduled_by_id = changed_by_id WHERE publish_at IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("consultations", "0017_processes_have_reports")]

    operations = [migrations.RunSQL(KEEP, migrations.RunSQL.noop)]
