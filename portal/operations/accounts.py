"""People's own settings."""

from django.db import transaction

from portal.models import Recipient
from portal.operations import log


@transaction.atomic
def change_settings(user, *, name, language, time_zone, by):
    """Change how a person is called and in which language and zone we speak to that person."""
    user.name, user.language, user.time_zone = name, language, time_zone
    user.save(update_fields=["name", "language", "time_zone"])
    Recipient.objects.keep_for_person(user)
    log.record("settings changed", user, by=by)
    return user
