"""At start, each app's notices, receivers, panels, facets and translated texts are found by name: the kernel imports no app."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps
from django.conf import settings
from django.db.models.signals import post_migrate

DISCOVERED = ("notifications", "receivers", "panels", "facets", "translatable")
HOUSE = ("portal", "resources", "consultations")


class PortalConfig(AppConfig):
    name = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from portal import branding, generation  # noqa: PLC0415 - it reads the models

        post_migrate.connect(generation.watch, sender=self)
        if settings.SITE_LOGO:
            branding.logo(settings.SITE_LOGO)  # what is no picture stops the start, not every page
        for app in apps.get_app_configs():
            if app.name in HOUSE:
                for module in DISCOVERED:
                    if find_spec(f"{app.name}.{module}"):
                        import_module(f"{app.name}.{module}")
