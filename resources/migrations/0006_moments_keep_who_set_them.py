from django.db import migrations

# Whoever changed a page last is who set its moment, where the moment was set before that was kept apart.
KEEP = "UPDATE resources_resourcepage SET scheduled_by_id = changed_by_id WHERE publish_at IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [("resources", "0005_pages_miss_their_moment")]

    operations = [migrations.RunSQL(KEEP, migrations.RunSQL.noop)]
