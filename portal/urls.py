"""The site's table of contents."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from consultations.views import feeds
from portal import administration
from portal.pages import (
    about,
    coverage,
    cycles,
    desk,
    entrance,
    errors,
    groups,
    history,
    home,
    my_organization,
    objectives,
    offline,
    principles,
    processes,
    search,
)
from portal.pages.machines import api, atom, downloads, meetings, sitemap, whole
from portal.views import (
    accounts,
    branding,
    claims,
    health,
    inbox,
    lists,
    metrics,
    notices,
    organizations,
    outbox,
    proofs,
    translations,
    unsubscribe,
)
from portal.views import groups as group_acts
from resources.views import short

handler403 = errors.not_allowed
handler404 = errors.not_found
handler500 = errors.broken

pages = [
    path("", home.home, name="home"),
    path("privacy/", about.privacy, name="privacy"),
    path("privacy/what-is-kept/", about.what_is_kept, name="what-is-kept"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("contact/", about.contact, name="contact"),
    path("kept/", offline.kept, name="kept"),
    path("app.webmanifest", offline.manifest, name="manifest"),
    path("search/", search.search, name="search"),
    path("feed.atom", atom.everything, name="feed"),
    path("objectives/<int:number>/feed.atom", atom.of_objective, name="objective-feed"),
    path("processes/<key:key>/feed.atom", atom.of_process, name="process-feed"),
    path("meetings.ics", meetings.everything, name="meetings-calendar"),
    path("objectives/<int:number>/meetings.ics", meetings.of_objective, name="objective-calendar"),
    path("processes/<key:key>/meetings.ics", meetings.of_process, name="process-calendar"),
    path("processes/<key:key>/all.zip", whole.of_process, name="process-file"),
    *downloads.urlpatterns,
    path("objectives/", objectives.objectives, name="objectives"),
    path("objectives/<int:number>/", objectives.objective, name="objective"),
    path("principles/", principles.principles, name="principles"),
    path("principles/<int:number>/", principles.principle, name="principle"),
    path("processes/", processes.processes, name="processes"),
    *cycles.editor.urls("processes"),
    path("processes/<uuid:key>/copy/", cycles.copy, name="process-copy"),
    path("processes/<uuid:key>/phases/new/", cycles.phase_new, name="phase-new"),
    path("phases/<uuid:key>/edit/", cycles.phase_editor.edit, name="phase-edit"),
    path("phases/<uuid:key>/remove/", cycles.phase_remove, name="phase-remove"),
    path("processes/<key:key>/", processes.process, name="process"),
    path("working-groups/", groups.working_groups, name="working-groups"),
    *group_acts.editor.urls("working-groups"),
    path("working-groups/<uuid:key>/join/", group_acts.join, name="group-join"),
    path("group-requests/<uuid:key>/answer/", group_acts.answer, name="group-answer"),
    path("group-requests/<uuid:key>/take-back/", group_acts.take_back, name="group-take-back"),
    path("group-members/<uuid:key>/leave/", group_acts.leave, name="group-leave"),
    path("group-members/<uuid:key>/appoint/", group_acts.appoint, name="group-appoint"),
    path("working-groups/<key:key>/", groups.working_group, name="working-group"),
    path("organizations/", organizations.directory, name="organizations"),
    path("organizations/known/", organizations.known, name="organizations-known"),
    path("organizations/coverage/", coverage.coverage, name="organizations-coverage"),
    path("organizations/register/", organizations.register, name="organization-register"),
    path("organizations/<uuid:key>/edit/", organizations.edit, name="organization-edit"),
    path("organizations/<uuid:key>/listing/", organizations.listing, name="organization-listing"),
    path("organizations/<uuid:key>/invite/", organizations.invite, name="invite"),
    path("organizations/<uuid:key>/claim/", claims.claim, name="organization-claim"),
    path("organizations/<uuid:key>/verify/", organizations.verify, name="organization-verify"),
    path("organizations/<uuid:key>/refuse/", claims.refuse, name="organization-refuse"),
    path("organizations/<uuid:key>/suspend/", organizations.suspend, name="organization-suspend"),
    path("organizations/<key:key>/", organizations.organization, name="organization"),
    path("my-organization/", my_organization.my_organization, name="my-organization"),
    path("my-organization/<uuid:key>/", my_organization.my_organization, name="my-organization"),
    path("invitation/", organizations.invitation_open, name="invitation-open"),
    path("invitation/accept/", organizations.invitation_accept, name="invitation-accept"),
    path("invitation/<str:token>/", organizations.invitation, name="invitation"),
    path("account/", accounts.account, name="account"),
    path("account/data/", accounts.my_data, name="my-data"),
    path("account/data/file/", accounts.my_data_file, name="my-data-file"),
    path("account/code/", accounts.code_again, name="code-again"),
    path("account/proof/", proofs.proof, name="proof"),
    path("account/proof/send/", proofs.send, name="proof-send"),
    path("messages/stop/", unsubscribe.stop_open, name="stop-messages-open"),
    path("messages/stop/<str:token>/", unsubscribe.stop, name="stop-messages"),
    path("messages/choices/", unsubscribe.choose_open, name="choices-open"),
    path("messages/choices/<str:token>/", unsubscribe.choose, name="choices"),
    path("account/messages/", unsubscribe.own, name="account-messages"),
    path("messages/", inbox.inbox, name="inbox"),
    path("messages/read/", inbox.read_all, name="inbox-read-all"),
    path("messages/<uuid:key>/", inbox.read, name="inbox-read"),
    path("messages/again/", unsubscribe.again_open, name="messages-again-open"),
    path("messages/again/<str:token>/", unsubscribe.again, name="messages-again"),
    path("desk/", desk.desk, name="desk"),
    path("desk/organizations/", desk.organizations, name="desk-organizations"),
    path("desk/organizations/list/", lists.new, name="list-new"),
    path("desk/organizations/list/take/", lists.take, name="list-take"),
    path("desk/organizations/<uuid:key>/", desk.organization, name="desk-organization"),
    path("desk/log/", history.page, name="log"),
    path("desk/log/<slug:name>/<uuid:key>/", history.of_thing, name="thing-log"),
    path("desk/log.csv", history.sheet, name="log-file"),
    path("desk/log.xlsx", history.workbook, name="log-workbook"),
    path("desk/outbox/", outbox.outbox, name="outbox"),
    path("desk/outbox/<uuid:key>/retry/", outbox.retry, name="outbox-retry"),
    path("desk/outbox/<uuid:key>/cancel/", outbox.cancel, name="outbox-cancel"),
    path("desk/suppressed/<uuid:key>/lift/", outbox.lift, name="suppression-lift"),
    path("translations/", translations.desk, name="translations"),
    path(
        "translations/<slug:name>/<uuid:key>/<slug:language>/", translations.translation, name="translation"
    ),
    path("desk/notices/", notices.notices, name="notices"),
    path("desk/notices/<uuid:key>/", notices.notice, name="notice"),
    path("library/", include("resources.urls")),
    path("", include("consultations.urls")),
    path("accounts/", include("allauth.urls")),
    path("administration/", administration.site.urls),
]

urlpatterns = [
    path("", entrance.entrance),
    path("brand/<slug:digest>.css", branding.sheet, name="brand-sheet"),
    path("brand/<slug:digest>/logo", branding.logo, name="brand-logo"),
    path("service-worker.js", offline.worker, name="worker"),
    path("robots.txt", errors.robots),
    path(".well-known/security.txt", errors.security),
    path("calendar/<str:token>.ics", feeds.feed, name="calendar-feed"),
    path("d/<key:key>/", short.short, name="short"),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemaps/<slug:kind>-<int:number>.xml", sitemap.part, name="sitemap-part"),
    path("api/", include((api.urlpatterns, "api"))),
    path("metrics", metrics.metrics, name="metrics"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
]
if "WEBHOOK_SECRET" in settings.ANYMAIL:
    urlpatterns.append(path("mail-service/", include("portal.mail.webhooks")))
if settings.LOCAL_START:
    urlpatterns.append(path("mailbox/", include("portal.local.mailbox")))
urlpatterns += i18n_patterns(*pages, prefix_default_language=True)
