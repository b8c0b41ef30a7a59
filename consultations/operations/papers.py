"""Papers as records: begun with their facts, changed from the version that was shown."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consultations.models import Paper
from portal.errors import Refused
from portal.operations import records


@transaction.atomic
def create(model=Paper, *, by, **facts):
    """Begin a paper from its facts and its titles per language; its text is added section by section."""
    _refuse_strangers_elsewhere(facts)
    return records.create(model, by=by, **facts)


@transaction.atomic
def edit(paper, *, by, **facts):
    """Change the facts and titles of a paper from the version that was shown."""
    _refuse_strangers_elsewhere(facts)
    return records.edit(paper, by=by, **facts)


def _refuse_strangers_elsewhere(facts):
    if facts.get("takes_outsiders") and facts.get("kind") != Paper.Kind.OPEN_LETTER:
        raise Refused(
            _("Only open letters can be signed by organizations without account."), "takes_outsiders"
        )
