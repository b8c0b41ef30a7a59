"""When a draft is open for comments."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.forms.base import CreatingForm, OperationForm
from portal.forms.fields import LineField
from portal.forms.moments import LocalMomentField, ZoneField, on_clock, shown_on_clock


class RoundForm(CreatingForm):
    """From when and until when organizations comment, on the clock of one place."""

    closes_at = LocalMomentField(label=_("Comment by"))
    opens_at = LocalMomentField(
        label=_("Opens"), required=False, help_text=_("Empty: as soon as you open it.")
    )
    time_zone = ZoneField(label=_("Time zone"))

    def __init__(self, *args, zone, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].offer(zone)
        self.fields["time_zone"].initial = zone

    def clean(self):
        """Moments of the clock that was chosen beside them."""
        given = super().clean()
        for name in ("opens_at", "closes_at"):
            try:
                given[name] = on_clock(given.get(name), given.get("time_zone"), is_end=name == "closes_at")
            except ValidationError as error:
                self.add_error(name, error)
        return given


class ExtendForm(OperationForm):
    """Until when more time is given, and why."""

    closes_at = LocalMomentField(label=_("Comment by"))
    reason = LineField(
        label=_("Why is there more time?"),
        max_length=300,
        required=False,
        help_text=_("Everybody sees it, beside the earlier date."),
    )

    def __init__(self, *args, comment_round, **kwargs):
        self.zone = comment_round.time_zone
        kwargs["initial"] = {"closes_at": shown_on_clock(comment_round.closes_at, self.zone)}
        super().__init__(*args, **kwargs)

    def clean_closes_at(self):
        return on_clock(self.cleaned_data["closes_at"], self.zone, is_end=True)
