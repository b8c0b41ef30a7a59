"""What the portal says of itself: what it keeps of people, for whom it works, whom one writes to."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal import data_map


@login_not_required
@require_safe
def privacy(request):
    """What is kept of whom, why, until when; the days are those that the upkeep carries out."""
    context = {
        "contact": settings.CONTACT_EMAIL,
        "signed_in_days": settings.SESSION_DAYS,
        "answers_days": settings.KEEP_ANSWERS_DAYS,
        "attendance_days": settings.KEEP_ATTENDANCE_DAYS,
        "voices_days": settings.KEEP_VOICES_DAYS,
        "deliveries_days": settings.KEEP_DELIVERIES_DAYS,
        "inbox_days": settings.KEEP_INBOX_DAYS,
    }
    return render(request, "portal/privacy.html", context)


@login_not_required
@require_safe
def what_is_kept(request):
    """What is kept of people, what for, until when: the data map in words."""
    return render(request, "portal/what_is_kept.html", {"rooms": data_map.rooms()})


@login_not_required
@require_safe
def accessibility(request):
    """What was done so that everybody can use the portal, what is still missing, whom to tell."""
    return render(request, "portal/accessibility.html", {"contact": settings.CONTACT_EMAIL})


@login_not_required
@require_safe
def contact(request):
    """Whom one writes to, about what, and what better not to send."""
    return render(request, "portal/contact.html", {"contact": settings.CONTACT_EMAIL})
