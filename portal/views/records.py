"""How coordinators make records and change them: the same four pages for every kind of record."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from portal.operations import records
from portal.permissions import can_coordinate, require

TEMPLATE = "portal/record_edit.html"


def shown_version(request, name="version"):
    """Which version the page of a button showed; none that ever was, if it does not say."""
    shown = request.POST.get(name, "")
    return int(shown) if shown.isascii() and shown.isdecimal() and len(shown) < 10 else -1


@dataclass(frozen=True)
class Editor:
    """The pages of one kind of record: a new one, an edited one, published, withdrawn."""

    name: str  # of its addresses: name-new, name-edit, name-publish, name-withdraw
    model: type
    form: type
    heads: tuple  # of the pages of a new one and of an edited one
    listing: str  # the name of the address that a new one's page leads back to
    may_begin: Callable
    operations: object = records
    lede: str = _("Only coordinators see a draft. You publish it on its own page.")

    def urls(self, folder):
        """The addresses of these pages; they stand before those that take a slug."""
        return [
            path(f"{folder}/new/", self.new, name=f"{self.name}-new"),
            path(f"{folder}/<uuid:key>/edit/", self.edit, name=f"{self.name}-edit"),
            path(f"{folder}/<uuid:key>/publish/", self.publish, name=f"{self.name}-publish"),
            path(f"{folder}/<uuid:key>/withdraw/", self.withdraw, name=f"{self.name}-withdraw"),
        ]

    def new(self, request):
        """Draft one."""
        require(self.may_begin(request.user))
        sent = (request.POST, request.FILES) if request.method == "POST" else ()
        form = self.form(*sent, request=request, original=request.GET.get("original"))
        if not sent or not form.carry_out(self.create, by=request.user):
            return self.page(request, form, status=422 if sent else 200)
        messages.success(request, _("The draft is saved. Only coordinators see it."))
        return redirect(form.result)

    def create(self, **values):
        """Hand the facts to the operation of this kind."""
        return self.operations.create(self.model, **values)

    def edit(self, request, key):
        """Change one; what somebody saved meanwhile is not overwritten: both texts are shown."""
        found = self.found(request, key)
        require(can_coordinate(request.user, found))
        sent = (request.POST, request.FILES) if request.method == "POST" else ()
        form = self.form(*sent, request=request, record=found)
        if not sent or not form.carry_out(self.operations.edit, found, by=request.user):
            return self.page(request, form, found=self.found(request, key), status=422 if sent else 200)
        messages.success(request, _("The changes are saved."))
        return redirect(form.result)

    def page(self, request, form, *, found=None, status):
        """The form; if the row is not the one that was edited, beside what is saved now."""
        context = {
            "form": form,
            "record": found,
            "head": self.heads[1] if found else self.heads[0],
            "lede": self.lede,
            "listing": self.listing,
        }
        if found and form.is_bound and form.cleaned_data.get("version") not in (None, found.version):
            context["differences"], status = form.differences(found), 409
        return render(request, TEMPLATE, context, status=status)

    def publish(self, request, key):
        """Show it to its readers."""
        return self.move(request, key, self.operations.publish, _("It is published."))

    def withdraw(self, request, key):
        """Take it away from its readers."""
        return self.move(
            request, key, self.operations.withdraw, _("It is withdrawn. Only coordinators see it.")
        )

    def move(self, request, key, operation, said):
        """Carry out a step that takes no more than a button."""
        return _move(request, self.model, key, operation, said)

    def found(self, request, key):
        rows = self.model.objects.visible_to(request.reader).as_rows()
        return get_object_or_404(rows.prefetch_related("text_states", "bodies"), key=key)


@require_POST
def _move(request, model, key, operation, said):
    found = get_object_or_404(model.objects.visible_to(request.reader), key=key)
    require(can_coordinate(request.user, found))
    found = operation(found, by=request.user)
    messages.success(request, said)
    return redirect(found)
