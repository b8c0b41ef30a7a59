"""Who was erased, told so that a restored copy forgets the same people again, and nobody else learns who they were."""

import hashlib
import hmac

from django.db import models

from portal import clock


class Erasure(models.Model):
    """That somebody was erased: a digest under the random key of the account, which is gone with the account.

    Only who holds that account's row, as a restored backup does, can tell that it is the one: no address, no secret of
    this installation goes into it, so that a secret key that was changed since makes nobody come back.
    """

    digest = models.CharField(max_length=64, unique=True, editable=False)
    erased_at = models.DateTimeField(default=clock.now, editable=False)

    def __str__(self):
        return f"{self.digest} {self.erased_at.isoformat()}"

    @staticmethod
    def digest_of(user):
        return hmac.new(user.key.bytes, b"erasure", hashlib.sha256).hexdigest()
