"""Who is told beside the people of an organization: delegates and guests, each with the moment since when."""

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Least

from consultations.models import Registration
from portal.models import Organization, Recipient
from portal.notifications import people_of


def with_delegates(people, delegates):
    """These people and mailboxes, and the delegates, each with the moment since which it may know."""
    belongs = people.filter(pk=OuterRef("pk")).values("entitled_at")[:1]
    named = delegates.filter(recipient=OuterRef("pk")).order_by("named_at").values("named_at")[:1]
    either = Q(pk__in=people.values("pk")) | Q(pk__in=delegates.values("recipient"))
    return Recipient.objects.filter(either).annotate(entitled_at=Least(Subquery(belongs), Subquery(named)))


def together(*audiences):
    """All of these audiences, each reader once, with the earliest moment since which it may know."""
    either = Q(*(Q(pk__in=audience.values("pk")) for audience in audiences), _connector=Q.OR)
    since = (audience.filter(pk=OuterRef("pk")).values("entitled_at")[:1] for audience in audiences)
    return Recipient.objects.filter(either).annotate(entitled_at=Least(*map(Subquery, since)))


def guests_among(guests):
    """The people and mailboxes of these guests, each since it is one or since it was invited."""
    invited = guests.filter(recipient=OuterRef("pk")).order_by("invited_at").values("invited_at")[:1]
    addresses = Recipient.objects.filter(pk__in=guests.values("recipient"))
    of_organizations = people_of(Organization.objects.filter(pk__in=guests.values("organization")))
    return together(of_organizations, addresses.annotate(entitled_at=Subquery(invited)))


def holders(consultation, *statuses):
    """The organizations whose registration stands so."""
    rows = Registration.objects.filter(consultation=consultation, status__in=statuses)
    return Organization.objects.filter(registrations__in=rows)
