"""Short addresses of documents and campaigns, which stand in print: the same for good, whatever becomes of titles."""

import re
import uuid

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from resources.models import Campaign, Document
from resources.models.short import Short

WHOLE = 32  # hexadecimal digits of a key
HEXADECIMAL = re.compile(f"[0-9a-f]{{{Short.SHORT}}}")


@login_not_required
@require_safe
def short(request, key):
    """Lead from the first digits of a thing's key to the thing, in the reader's language."""
    digits = key.replace("-", "")[: Short.SHORT]
    if not HEXADECIMAL.fullmatch(digits):
        raise Http404
    seen = (
        Document.objects.visible_to(request.reader, even_withdrawn=True),
        Campaign.objects.visible_to(request.reader),
    )
    ends = [uuid.UUID(digits + end * (WHOLE - len(digits))) for end in "0f"]
    found = [row for rows in seen for row in rows.filter(key__range=ends)[:2]]
    if len(found) != 1:
        raise Http404
    return redirect(found[0])
