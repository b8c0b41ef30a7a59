"""Receipts of creating forms: the same form sent twice has one effect and one answer (safety.md, D4)."""

import hashlib
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from portal import instances, prepared
from portal.errors import Refused
from portal.models import FormReceipt

# The row is locked in any case: made now, or earlier and left as it is.
TAKE = """
INSERT INTO portal_formreceipt (sender, route, key, request_hash, result, created_at)
VALUES (%(sender)s, %(route)s, %(key)s, %(request_hash)s, '', clock_timestamp())
ON CONFLICT (sender, route, key) DO UPDATE SET sender = excluded.sender RETURNING *
"""

KEEP = "UPDATE portal_formreceipt SET result = %(result)s WHERE id = %(receipt)s"


@dataclass(frozen=True)
class Replayed:
    """Stands for the thing that the first sending made."""

    address: str

    def get_absolute_url(self):
        return self.address


def take(request, key, request_hash):
    """Lock the receipt of this sender, route and key, made now or earlier; refuse another body under it.

    A second request waits until the first has ended, for as long as lock_timeout lets it.
    """
    if request.user.is_authenticated:
        sender = f"user:{request.user.pk}"
    else:
        sender = hashlib.sha256((request.session.session_key or "nobody").encode()).hexdigest()
    route = request.resolver_match.view_name
    values = {"sender": sender, "route": route, "key": key, "request_hash": request_hash}
    (receipt,) = instances.of(FormReceipt, TAKE, values)
    if receipt.request_hash != request_hash:
        raise Refused(
            _("This form was already sent with other answers. Please open it again to send something new.")
        )
    return receipt


def keep(receipt, result):
    """Keep the address that the form led to, so that a repeat leads there too."""
    receipt.result = result.get_absolute_url() if hasattr(result, "get_absolute_url") else "/"
    prepared.rows(KEEP, {"result": receipt.result, "receipt": receipt.pk})
