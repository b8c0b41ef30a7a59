"""What has an end is told of so long before it, once for each end that was set."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef

from portal import clock
from portal.models import Notice
from portal.notifications import notify


def remind(kind, rows, *, end, ahead):
    """Tell whose end comes within a time; what was given for less than that ends without having been told of."""
    now = clock.now()
    due = rows.filter(**{f"{end}__gt": now, f"{end}__lte": now + ahead}, given_at__lt=F(end) - ahead)
    told = Notice.objects.filter(
        kind=kind.name,
        content_type=ContentType.objects.get_for_model(rows.model),
        object_id=OuterRef("pk"),
        version=OuterRef("version"),
    )
    for row in due.exclude(Exists(told)).order_by("pk"):
        notify(kind, row, by=None)
