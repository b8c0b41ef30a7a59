"""Addresses of what is published, below library/."""

from django.urls import path

from resources.views import campaigns, drafts, library, pages, practices, proposals, publishing

app_name = "resources"

urlpatterns = [
    path("", library.documents, name="documents"),
    path("pages/", pages.pages, name="pages"),
    *pages.editor.urls("pages"),
    path("pages/<uuid:key>/up/", pages.move, {"act": "up"}, name="page-up"),
    path("pages/<uuid:key>/down/", pages.move, {"act": "down"}, name="page-down"),
    path("pages/<key:key>/", pages.page, name="page"),
    path("campaigns/", campaigns.campaigns, name="campaigns"),
    *campaigns.editor.urls("campaigns"),
    path("campaigns/<uuid:key>/materials/", campaigns.materials, name="campaign-materials"),
    path("campaigns/<uuid:key>/take-part/", campaigns.take_part, name="campaign-take-part"),
    path("campaigns/<uuid:key>/participants.csv", campaigns.file, name="campaign-file"),
    path("campaign-materials/<uuid:key>/", campaigns.material, name="campaign-material"),
    path("campaign-materials/<uuid:key>/remove/", campaigns.material_remove, name="campaign-material-remove"),
    path("participations/<uuid:key>/", campaigns.part, name="participation"),
    path("participations/<uuid:key>/withdraw/", campaigns.part_withdraw, name="participation-withdraw"),
    path("campaigns/<key:key>/", campaigns.campaign, name="campaign"),
    path("practices/", practices.practices, name="practices"),
    path("practices/share/", proposals.new, name="proposal-new"),
    path("practices/<uuid:key>/change/", proposals.change, name="practice-change"),
    path("practices/<uuid:key>/withdraw/", proposals.withdraw, name="practice-withdraw"),
    path("practices/<key:key>/", practices.practice, name="practice"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/<uuid:key>/", proposals.proposal, name="proposal"),
    path("proposals/<uuid:key>/edit/", proposals.edit, name="proposal-edit"),
    path("proposals/<uuid:key>/send/", proposals.send, name="proposal-send"),
    path("proposals/<uuid:key>/take-back/", proposals.take_back, name="proposal-take-back"),
    path("proposals/<uuid:key>/discard/", proposals.discard, name="proposal-discard"),
    path("proposals/<uuid:key>/say/", proposals.say, name="proposal-say"),
    path("proposals/<uuid:key>/answer/", proposals.answer, name="proposal-answer"),
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
