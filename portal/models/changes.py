"""How often what everybody may read has changed."""

from django.db import connection, models

TOTAL = "SELECT coalesce(sum(amount), 0) FROM portal_publicchange"
FOLD = """
WITH gone AS (DELETE FROM portal_publicchange WHERE transaction > 0 RETURNING amount)
INSERT INTO portal_publicchange (transaction, amount) SELECT 0, sum(amount) FROM gone HAVING sum(amount) > 0
ON CONFLICT (transaction) DO UPDATE SET amount = portal_publicchange.amount + excluded.amount
"""


class PublicChangeQuerySet(models.QuerySet):
    def total(self):
        """The generation of what is public: it only grows, and only by what is committed."""
        with connection.cursor() as cursor:
            cursor.execute(TOTAL)
            return int(cursor.fetchone()[0])

    def fold(self):
        """Bring many rows down to one, in one statement: nobody ever reads another total."""
        with connection.cursor() as cursor:
            cursor.execute(FOLD)


class PublicChange(models.Model):
    """A transaction that changed something everybody may read; row 0 stands for all that were folded.

    Triggers write it (portal/generation.py). Each transaction has a row of its own, so that no writer waits for
    another; the sum over committed rows can neither miss one nor stand still, which a sequence or a largest number
    would: they are taken before the commit, in another order.
    """

    transaction = models.BigIntegerField(primary_key=True)
    amount = models.BigIntegerField(default=1)

    objects = PublicChangeQuerySet.as_manager()

    def __str__(self):
        return f"{self.transaction}: {self.amount}"
