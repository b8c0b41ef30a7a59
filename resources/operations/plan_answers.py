"""Answers to plans: a member would be a partner, and the organization's lead is told."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.errors import Refused
from portal.notifications import notify
from portal.operations import limits, log, records
from resources.models import PlanAnswer, Practice
from resources.notifications import PlanAnswered

# What one person may write to the organizations behind plans.
WRITTEN = (limits.Rate(5, timedelta(hours=1)), limits.Rate(15, timedelta(days=1)))


@transaction.atomic
def send(practice, *, organization, words, by):
    """Write to the organization that looks for partners; its leads are told, and see no address."""
    practice = records.lock(practice)
    if not Practice.objects.looking_for_partners().filter(pk=practice.pk).exists():
        raise Refused(_("This plan does not look for partners here any more."))
    if practice.organization_id == organization.pk:
        raise Refused(_("This is the plan of your own organization."), "organization")
    if not limits.take("plan-answer", str(by.pk), WRITTEN):
        raise Refused(_("You have sent many messages in a short time. Please go on tomorrow."))
    made = PlanAnswer.objects.create(practice=practice, organization=organization, words=words, by=by)
    log.record("plan answered", made, by=by)
    notify(PlanAnswered, made, by=by)
    return made
