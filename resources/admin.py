"""What of the library stands in the administration."""

from django.contrib import admin

from portal.administration import RecordAdmin, site
from resources.models import Campaign, Document, Practice, ResourcePage

admin.register(Document, Campaign, Practice, site=site)(RecordAdmin)


@admin.register(ResourcePage, site=site)
class ResourcePageAdmin(RecordAdmin):
    changeable = ("process", "position", *RecordAdmin.changeable)
