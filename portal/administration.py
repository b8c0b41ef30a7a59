"""The administration: Django's own, for who holds the role of administrator, through the portal's sign-in.

What operations decide (states, versions, the log, notices, deliveries) is only read here. What is closed (delegates,
registrations, memberships, mailboxes, tokens) has no page here at all. Coordinators have pages of their own.
"""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from portal import languages
from portal.models import LogEntry, TextState
from portal.operations import log, publication, texts
from portal.permissions import can_administer

LATEST = 100


class Administration(admin.AdminSite):
    """Django's administration behind the role, which may have ended although the flag still stands."""

    site_header = site_title = index_title = _("Administration")

    def has_permission(self, request):
        return request.user.is_active and request.user.is_staff and can_administer(request.user)

    @method_decorator(login_not_required)
    def login(self, request, extra_context=None):
        """Send the signed-out to the portal's own page and back; who may not enter is told so."""
        if not request.user.is_authenticated:
            wanted = request.GET.get("next", "")
            ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
            return redirect_to_login(wanted if ours else reverse("admin:index"), reverse("account_login"))
        if not self.has_permission(request):
            raise PermissionDenied
        return redirect("admin:index")

    def logout(self, request, extra_context=None):
        return redirect("account_logout")

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")


site = Administration()


class Guarded(admin.ModelAdmin):
    """Rows that are read here. Whoever asks was let in as administrator; nothing else gives a right."""

    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def has_module_permission(self, request):
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request, obj=None):
        return self.admin_site.has_permission(request)

    def has_change_permission(self, request, obj=None):
        return False

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def view_on_site(self, obj):
        return obj.get_absolute_url()

    def log_addition(self, *_what):
        """Django would keep the row's words in a log of its own; the portal's operations write theirs."""

    log_change = log_deletions = log_addition

    def history_view(self, request, object_id, extra_context=None):
        """What the portal's own log says of this row."""
        thing = self.get_object(request, object_id)
        if thing is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        content_type = ContentType.objects.get_for_model(thing)
        entries = LogEntry.objects.filter(content_type=content_type, object_id=thing.pk)
        context = self.admin_site.each_context(request) | {
            "title": _("History"),
            "entries": entries.order_by("-at")[:LATEST],
            "object": thing,
            "opts": self.opts,
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/object_history.html", context)


class Worded(Guarded, TranslationAdmin):
    """Texts of a record in every language; which of them may be read, and the state, is decided elsewhere."""

    worded = ("title", "summary")
    changeable = ()
    readable = (
        "status",
        "access",
        "version",
        "original_language",
        "languages",
        "archive_id",
        "created_at",
        "changed_at",
    )
    list_display = ("__str__", "status", "access", "changed_at")
    list_filter = ("status", "access")
    ordering = ("-changed_at", "-pk")

    def __init__(self, *args, **kwargs):
        self.fields = [*self.worded, *self.changeable, *self.readable]
        self.readonly_fields = self.readable
        super().__init__(*args, **kwargs)

    def has_change_permission(self, request, obj=None):
        return self.admin_site.has_permission(request)

    def get_form(self, request, obj=None, **kwargs):
        """What has a title in its own language keeps one."""
        form, name = super().get_form(request, obj, **kwargs), f"{self.worded[0]}_{obj.original_language}"
        if name in form.base_fields:
            form.base_fields[name].required = bool(getattr(obj, name))
        return form

    def get_search_fields(self, request):
        return [f"{self.worded[0]}_{code}" for code in languages.CODES]

    def save_model(self, request, obj, form, change):
        """Hand what was changed to the operations: a new meaning makes translations stale, a name is compared."""
        stored = self.model.objects.get(pk=obj.pk)
        changed = {}
        for field in form.changed_data:
            name, _line, code = field.rpartition("_")
            if name in self.worded:
                changed.setdefault(code, {})[name] = form.cleaned_data[field]
            elif not self.model._meta.get_field(field).many_to_many:
                setattr(stored, field, form.cleaned_data[field])
        with transaction.atomic():
            self.save_words(stored, changed, by=request.user)
            log.record("changed in the administration", obj, by=request.user)

    def save_words(self, stored, changed, *, by):
        """A correction of a text that may be read stays readable; any other is a draft for its translator."""
        stored.save()
        states = stored.text_states.filter(group=texts.CARD, state__in=TextState.READABLE)
        readable = set(states.values_list("language", flat=True))
        for code, values in changed.items():
            texts.save_texts(stored, {code: values}, approve=code in readable, by=by)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        publication.changed(self.model.objects.get(pk=form.instance.pk))


class RecordAdmin(Worded):
    """A public record, as far as it is facts and words."""

    changeable = ("objectives", "date_note", "source_url")
    filter_horizontal = ("objectives",)
