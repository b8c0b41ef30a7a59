"""Practices and plans as coordinators keep them: changed, translated, published again where nobody withdrew them."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.errors import Refused
from portal.operations import records
from resources.models import Practice

create, edit = records.create, records.edit


@transaction.atomic
def publish(practice, *, by):
    """Show a draft to its readers. What an organization withdrew comes back by a proposal of its own alone."""
    practice = records.lock(practice)
    if practice.status == Practice.Status.WITHDRAWN and practice.organization_id:
        raise Refused(_("The organization that shared this has to propose it anew."))
    return records.publish(practice, by=by)


withdraw = records.withdraw
