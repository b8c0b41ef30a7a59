"""Addresses of what is published, below library/."""

from django.urls import path

from resources.views import attachments, campaigns, drafts, library, pages, practices, publishing, sections

app_name = "resources"

urlpatterns = [
    path("", library.documents, name="documents"),
    path("pages/", pages.pages, name="pages"),
    *pages.editor.urls("pages"),
    path("pages/<uuid:key>/up/", pages.move, {"act": "up"}, name="page-up"),
    path("pages/<uuid:key>/down/", pages.move, {"act": "down"}, name="page-down"),
    path("pages/<uuid:key>/sections/new/", sections.new, name="section-new"),
    path("pages/sections/<uuid:key>/edit/", sections.edit, name="section-edit"),
    path("pages/sections/<uuid:key>/up/", sections.move, {"act": "up"}, name="section-up"),
    path("pages/sections/<uuid:key>/down/", sections.move, {"act": "down"}, name="section-down"),
    path("pages/sections/<uuid:key>/take-out/", sections.move, {"act": "take-out"}, name="section-take-out"),
    path("pages/sections/<uuid:key>/put-back/", sections.move, {"act": "put-back"}, name="section-put-back"),
    path("pages/<uuid:key>/files/new/", attachments.new, name="attachment-new"),
    path("pages/files/<uuid:key>/", attachments.attachment, name="attachment"),
    path("pages/files/<uuid:key>/remove/", attachments.remove, name="attachment-remove"),
    path("pages/<key:key>/", pages.page, name="page"),
    path("campaigns/", campaigns.campaigns, name="campaigns"),
    path("campaigns/<key:key>/", campaigns.campaign, name="campaign"),
    path("practices/", practices.practices, name="practices"),
    path("practices/<key:key>/", practices.practice, name="practice"),
    path("new/", drafts.new, name="document-new"),
    path("<uuid:key>/edit/", drafts.edit, name="document-edit"),
    path("<uuid:key>/publish/", publishing.publish, name="document-publish"),
    path("<uuid:key>/tell/", publishing.tell, name="document-tell"),
    path("<uuid:key>/withdraw/", publishing.withdraw, name="document-withdraw"),
    path("<uuid:key>/files/<slug:language>/", library.file, name="file"),
    path("<uuid:key>/covers/<slug:language>/", library.cover, name="cover"),
    path("<key:key>/", library.document, name="document"),
    path("<key:key>/<slug:language>/", library.document, name="document-text"),
]
