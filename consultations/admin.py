"""What of the work stands in the administration: words and facts, no registration and no delegate."""

from django.contrib import admin

from consultations.models import AccreditationTrack, Call, Commitment, Consultation, Submission, Theme
from portal.administration import RecordAdmin, site

admin.register(Call, Theme, Commitment, AccreditationTrack, Submission, site=site)(RecordAdmin)


@admin.register(Consultation, site=site)
class ConsultationAdmin(RecordAdmin):
    changeable = ("place", *RecordAdmin.changeable)
    list_filter = ("status", "access", "kind")
