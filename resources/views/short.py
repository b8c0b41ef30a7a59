"""Short addresses of documents, which stand in print: the same for good, whatever becomes of titles."""

import re
import uuid

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from resources.models import Document

WHOLE = 32  # hexadecimal digits of a key
HEXADECIMAL = re.compile(f"[0-9a-f]{{{Document.SHORT}}}")


@login_not_required
@require_safe
def short(request, key):
    """Lead from the first digits of a document's key to the document, in the reader's language."""
    digits = key.replace("-", "")[: Document.SHORT]
    if not HEXADECIMAL.fullmatch(digits):
        raise Http404
    first, last = (uuid.UUID(digits + end * (WHOLE - len(digits))) for end in "0f")
    rows = Document.objects.visible_to(request.reader, even_withdrawn=True).filter(key__range=(first, last))
    found = list(rows[:2])
    if len(found) != 1:
        raise Http404
    return redirect(found[0])
