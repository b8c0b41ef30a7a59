"""What of the kernel is translated."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal import translating
from portal.models import Phase, Process, WorkingGroup

SHOWN_OR_BEGUN = ~Q(status="withdrawn")

translating.register(translating.Source("process", _("Process"), Process, where=SHOWN_OR_BEGUN))
translating.register(
    translating.Source("phase", _("Phase"), Phase, due=("deadline_at",), where=SHOWN_OR_BEGUN)
)
translating.register(
    translating.Source("working-group", _("Working group"), WorkingGroup, where=SHOWN_OR_BEGUN)
)
