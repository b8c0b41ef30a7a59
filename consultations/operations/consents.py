"""What one agrees to in registering is written anew; what was agreed to before stays readable."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from consultations.models import ConsentText
from portal.errors import Refused
from portal.operations import log, records


@transaction.atomic
def write(consultation, *, version, words, by):
    """Write what one agrees to from now on, {language: words}, after the version that was shown (0: none)."""
    consultation = records.lock(consultation)
    last = ConsentText.objects.filter(consultation=consultation).newest_first().first()
    if version != (last.version if last else 0):
        raise Refused(_("Somebody has just changed this. Please look at it again and retry."))
    if last and all((getattr(last, f"words_{code}") or "") == text for code, text in words.items()):
        raise Refused(_("Nothing has changed: no new version is needed."))
    text = ConsentText(
        consultation=consultation,
        version=version + 1,
        original_language=consultation.original_language,
        written_by=by,
    )
    for code, passage in words.items():
        text.set_text("words", code, passage)
    text.save()
    log.record("consent text written", consultation, by=by)
    return text
