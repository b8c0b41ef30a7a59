"""What of the kernel stands in the administration (portal/administration.py says how)."""

from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from portal import proofs
from portal.administration import Guarded, RecordAdmin, Worded, site
from portal.errors import Refused
from portal.models import (
    Country,
    Delivery,
    LogEntry,
    Notice,
    Objective,
    Organization,
    Phase,
    Principle,
    Process,
    Region,
    Role,
    User,
    WorkingGroup,
)
from portal.operations import accounts, log, organizations, roles

admin.register(WorkingGroup, site=site)(RecordAdmin)


@admin.register(Process, site=site)
class ProcessAdmin(RecordAdmin):
    changeable = ("is_current", "place", "mode", *RecordAdmin.changeable)


@admin.register(Phase, site=site)
class PhaseAdmin(RecordAdmin):
    changeable = ("place", *RecordAdmin.changeable)
    readable = ("process", "deadline_at", "time_zone", *Worded.readable)


@admin.register(Organization, site=site)
class OrganizationAdmin(Worded):
    worded = ("name", "summary")
    changeable = (
        "acronym",
        "constituency",
        "sort",
        "is_migrant_led",
        "country",
        "regions",
        "website",
        "source_url",
    )
    readable = (
        "status",
        "version",
        "held_because",
        "original_language",
        "languages",
        "archive_id",
        "created_at",
    )
    list_display = ("__str__", "constituency", "status", "created_at")
    list_filter = ("status", "constituency")
    filter_horizontal = ("regions",)

    def save_words(self, stored, changed, *, by):
        """A new name is compared with the others again, as when the organization itself changes it."""
        original = changed.get(stored.original_language, {})
        if "name" in original:
            stored.save()
            organizations.edit(stored, name=original["name"], by=by)
            stored.refresh_from_db()
        super().save_words(stored, changed, by=by)


@admin.register(Objective, Principle, Region, Country, site=site)
class ReferenceAdmin(Guarded, TranslationAdmin):
    """Facts that ship with the project: a correction belongs into its reference files, with its source."""

    view_on_site = False

    def __init__(self, model, admin_site):
        self.fields = [field.name for field in model._meta.fields if field.name != "id"]
        self.readonly_fields = self.fields
        super().__init__(model, admin_site)


@admin.register(LogEntry, site=site)
class LogEntryAdmin(Guarded):
    """The log, newest first: acts and things, never words or names."""

    readonly_fields = fields = ("at", "act", "content_type", "object_id", "actor_key")
    list_display = ("at", "act", "content_type", "object_id", "actor_key")
    list_filter = ("content_type",)
    list_select_related = ("content_type",)
    search_fields = ("act", "actor_key")
    ordering = ("-at",)
    view_on_site = False


@admin.register(Notice, site=site)
class NoticeAdmin(Guarded):
    readonly_fields = fields = (
        "kind",
        "content_type",
        "object_id",
        "version",
        "language",
        "created_at",
        "expanded_at",
    )
    list_display = ("kind", "content_type", "object_id", "version", "created_at", "expanded_at")
    list_filter = ("kind",)
    list_select_related = ("content_type",)
    ordering = ("-pk",)
    view_on_site = False


@admin.register(Delivery, site=site)
class DeliveryAdmin(Guarded):
    """How far messages have come; to whom they go is not shown."""

    readonly_fields = fields = (
        "key",
        "notice",
        "state",
        "lang",
        "priority",
        "attempts",
        "not_before",
        "last_code",
        "finished_at",
    )
    list_display = ("key", "notice", "state", "attempts", "not_before", "last_code")
    list_filter = ("state",)
    list_select_related = ("notice",)
    ordering = ("-pk",)
    show_full_result_count = False
    view_on_site = False


@admin.register(User, site=site)
class UserAdmin(Guarded):
    """People: found by address or name, closed, opened again, helped to a new second factor.

    Looking through them asks for a new proof, and is recorded.
    """

    readonly_fields = fields = (
        "name",
        "email",
        "language",
        "time_zone",
        "joined_at",
        "last_login",
        "is_staff",
        "is_active",
    )
    list_display = ("email", "name", "language", "has_second_factor", "is_staff", "is_active", "joined_at")
    list_filter = ("is_active", "is_staff", "language")
    search_fields = ("email", "name")
    ordering = ("-joined_at",)
    actions = ("close", "open_again", "reset_second_factor")
    view_on_site = False

    def get_queryset(self, request):
        factors = Authenticator.objects.filter(user=OuterRef("pk"))
        return super().get_queryset(request).annotate(protected=Exists(factors))

    @admin.display(description=_("second factor"), boolean=True)
    def has_second_factor(self, person):
        return person.protected

    def changelist_view(self, request, extra_context=None):
        proofs.require(request)
        log.record("list of people opened", request.user, by=request.user)
        return super().changelist_view(request, extra_context)

    @admin.action(description=_("Close the accounts"))
    def close(self, request, queryset):
        self._carry_out(request, queryset, accounts.set_open, is_open=False)

    @admin.action(description=_("Open the accounts again"))
    def open_again(self, request, queryset):
        self._carry_out(request, queryset, accounts.set_open, is_open=True)

    @admin.action(description=_("Take away a lost second factor"))
    def reset_second_factor(self, request, queryset):
        self._carry_out(request, queryset, accounts.reset_second_factor)

    def _carry_out(self, request, queryset, operation, **values):
        try:
            with transaction.atomic():
                for user in queryset.order_by("pk"):
                    operation(user, by=request.user, **values)
        except Refused as refusal:
            messages.error(request, str(refusal))


class RoleForm(forms.ModelForm):
    """A role for everything, for a language, or for one thing named by its kind and number."""

    class Meta:
        model = Role
        fields = ("user", "kind", "language", "content_type", "object_id", "until")

    def clean(self):
        cleaned = super().clean()
        kind, number = cleaned.get("content_type"), cleaned.get("object_id")
        cleaned["scope"] = kind.model_class().objects.filter(pk=number).first() if kind and number else None
        if (kind or number) and cleaned["scope"] is None:
            raise ValidationError({"object_id": _("There is no such thing.")})
        return cleaned


@admin.register(Role, site=site)
class RoleAdmin(Guarded):
    """Roles are given and taken, never changed, after a new proof: so the log tells every step."""

    form = RoleForm
    fields = RoleForm.Meta.fields
    list_display = ("user", "kind", "language", "content_type", "object_id", "until")
    list_filter = ("kind",)
    list_select_related = ("user", "content_type")
    raw_id_fields = ("user",)
    ordering = ("kind", "pk")
    actions = None
    view_on_site = False

    def has_add_permission(self, request):
        return self.admin_site.has_permission(request)

    def has_delete_permission(self, request, obj=None):
        return self.admin_site.has_permission(request)

    def formfield_for_foreignkey(self, field, request, **kwargs):
        if field.name == "content_type":
            scopes = ContentType.objects.filter(
                model__in=["process", "consultation", "document", "workinggroup"]
            )
            kwargs["queryset"] = scopes.filter(app_label__in=["portal", "resources", "consultations"])
        return super().formfield_for_foreignkey(field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        values = {name: form.cleaned_data[name] for name in ("kind", "language", "until", "scope")}
        obj.pk = roles.give(form.cleaned_data["user"], by=request.user, **values).pk

    def delete_model(self, request, obj):
        roles.take(obj, by=request.user)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        proofs.require(request)
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refusal:
            return self._refused(request, refusal)

    def delete_view(self, request, object_id, extra_context=None):
        proofs.require(request)
        try:
            return super().delete_view(request, object_id, extra_context)
        except Refused as refusal:
            return self._refused(request, refusal)

    def _refused(self, request, refusal):
        messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("admin:portal_role_changelist"))
