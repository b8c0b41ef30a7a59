"""A role has an address, and a version for each day on which it was to end.

Roles that there are get keys of their own, each its own, before these must differ.
"""

import uuid

from django.contrib.postgres.functions import RandomUUID
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portal", "0020_people_are_erased")]

    operations = [
        migrations.AddField(
            model_name="role",
            name="key",
            field=models.UUIDField(db_default=RandomUUID(), editable=False, unique=True),
        ),
        migrations.AlterField(
            model_name="role",
            name="key",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AddField(
            model_name="role",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
    ]
