"""The site with its local mailbox, which is routed only where the portal starts its own servers."""

from django.urls import include, path

from portal import urls

urlpatterns = [path("mailbox/", include("portal.local.mailbox")), *urls.urlpatterns]
handler404 = urls.handler404
