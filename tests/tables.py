"""The tables of the tests, emptied after a test that commits."""

from django.db import connection

# What migrating filled, and every test finds.
KEPT = {"django_content_type", "auth_permission"}


def empty():
    """Delete what there is, past triggers: cutting off all tables takes a second, and most hold nothing."""
    names = connection.introspection.django_table_names(include_views=False)
    looks = (f"(SELECT '{name}' FROM \"{name}\" LIMIT 1)" for name in names if name not in KEPT)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(looks))
        deletes = [f'DELETE FROM "{name}"' for (name,) in cursor.fetchall()]
        cursor.execute(
            "; ".join(["BEGIN", "SET LOCAL session_replication_role = replica", *deletes, "COMMIT"])
        )
