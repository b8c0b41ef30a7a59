"""Resource pages: standing guidance, as a tree."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from portal import panels
from portal.offline import may_be_kept
from portal.operations import texts
from portal.permissions import can_coordinate, require
from portal.views.records import Editor
from resources import blocks
from resources.forms.pages import AddressForm, ResourcePageForm, ScheduleForm
from resources.models import Attachment, Document, PageSection, ResourcePage
from resources.operations import pages as acts
from resources.permissions import can_edit

MOST = 5

editor = Editor(
    name="page",
    model=ResourcePage,
    form=ResourcePageForm,
    heads=(_("Draft a resource page"), _("Edit the resource page")),
    listing="resources:pages",
    may_begin=can_coordinate,
    operations=acts,
)
MOVES = {
    "up": (acts.move_up, _("The page stands earlier now.")),
    "down": (acts.move_down, _("The page stands later now.")),
    "unschedule": (acts.unschedule, _("It is not published by itself any more.")),
}


@dataclass(eq=False)
class Branch:
    """A page of the tree with those below it."""

    page: ResourcePage
    above: "Branch | None" = None
    children: list = field(default_factory=list)


def branches(reader):
    """The whole tree in one query: {id: Branch}.

    A page whose parent one may not see stands at the root, as does one that would close a circle.
    """
    rows = ResourcePage.objects.visible_to(reader).published().order_by("position", "pk")
    tree = {row.pk: Branch(row) for row in rows}
    for branch in tree.values():
        above = tree.get(branch.page.parent_id)
        if above is not None and branch not in way_up(above):
            branch.above = above
            above.children.append(branch)
    return tree


def way_up(branch):
    """A branch and those above it, up to the root."""
    found = [branch]
    while found[-1].above is not None:
        found.append(found[-1].above)
    return found


@login_not_required
@require_safe
def pages(request):
    """The tree of all pages."""
    roots = [branch for branch in branches(request.reader).values() if branch.above is None]
    return render(
        request, "resources/pages.html", {"roots": roots, "can_draft": can_coordinate(request.user)}
    )


@login_not_required
@require_safe
@may_be_kept
def page(request, key):
    """One page: where it stands, what it says, what lies below it."""
    rows = ResourcePage.objects.visible_to(request.reader, even_withdrawn=True).as_rows()
    found = get_object_or_404(rows.at_address(key))
    may_edit = can_edit(request.user, found)
    if found.status == ResourcePage.Status.WITHDRAWN and not may_edit:
        return gone(request, found)
    if key != found.address_key:
        return redirect(found, permanent=True)
    here = branches(request.reader).get(found.pk, Branch(found))
    children = [branch.page for branch in here.children]
    shown = blocks.of(found, children, request.reader, get_language())
    before, after = neighbours(here)
    context = {
        "page": found,
        "crumbs": crumbs(here),
        "children": children,
        "blocks": shown,
        "lists_children": any(block.section.kind == PageSection.Kind.CHILDREN for block in shown),
        "attachments": list(
            Attachment.objects.visible_to(request.reader).filter(page=found).select_related("file").in_order()
        ),
        "before": before,
        "after": after,
        "beside": [branch.page for branch in here.above.children] if here.above else [],
        "body": texts.readable_body(found, get_language()),
        "documents": documents(request.reader, found),
        "panels": panels.of(found, request.reader, get_language()),
        "can_edit": may_edit,
    }
    if may_edit:
        context |= {"kinds": PageSection.Kind.choices, "taken_out": taken_out(request.reader, found)}
    return render(request, "resources/page.html", context)


def gone(request, page):
    """Say that a page was withdrawn to who could read it before."""
    return render(request, "resources/page_gone.html", {"page": page}, status=410)


def address(request, key):
    """Let other words stand in the address of a page."""
    found = get_object_or_404(ResourcePage.objects.visible_to(request.reader), key=key)
    require(can_edit(request.user, found))
    sent = (request.POST,) if request.method == "POST" else ()
    form = AddressForm(*sent, page=found)
    if not sent or not form.carry_out(acts.change_address, found, by=request.user):
        context = {"page": found, "form": form}
        return render(request, "resources/page_address.html", context, status=422 if sent else 200)
    messages.success(request, _("The page has its new address. The old one leads to it."))
    return redirect(form.result)


def schedule(request, key):
    """Choose the moment at which a page publishes itself."""
    found = get_object_or_404(ResourcePage.objects.visible_to(request.reader), key=key)
    require(can_edit(request.user, found))
    sent = (request.POST,) if request.method == "POST" else ()
    zone = found.time_zone if found.publish_at else request.user.time_zone or "UTC"
    form = ScheduleForm(*sent, zone=zone)
    if not sent or not form.carry_out(acts.schedule, found, by=request.user):
        context = {"page": found, "form": form}
        return render(request, "resources/page_schedule.html", context, status=422 if sent else 200)
    messages.success(request, _("It will be published at that moment."))
    return redirect(form.result)


@require_POST
def move(request, key, act):
    """Put a page one place earlier or later among those beside it, or let it publish itself no more."""
    found = get_object_or_404(ResourcePage.objects.visible_to(request.reader), key=key)
    require(can_edit(request.user, found))
    operation, said = MOVES[act]
    found = operation(found, by=request.user)
    messages.success(request, said)
    return redirect(found)


def neighbours(branch):
    """The pages before and after one, as somebody reads who takes all below the same root in their order."""
    order = list(walk(way_up(branch)[-1]))
    place = order.index(branch)
    before, after = order[place - 1 : place], order[place + 1 : place + 2]
    return tuple(found[0].page if found else None for found in (before, after))


def walk(branch):
    """A branch and all below it, each before those below it."""
    yield branch
    for child in branch.children:
        yield from walk(child)


def taken_out(reader, page):
    """The sections that were taken off a page, the last first."""
    rows = PageSection.objects.visible_to(reader).filter(page=page, removed_at__isnull=False)
    return rows.order_by("-removed_at", "-pk")


def crumbs(branch):
    """The pages above this one, from the root down: [(address, title)]."""
    above = way_up(branch)[:0:-1]
    return [(row.page.get_absolute_url(), row.page.text("title", get_language())) for row in above]


def documents(reader, page):
    """The newest documents on the page's objectives."""
    numbers = [objective.pk for objective in page.objectives.all()]
    if not numbers:
        return []
    rows = Document.objects.visible_to(reader).published().filter(objectives__in=numbers).distinct()
    return rows.as_rows().newest_first()[:MOST]
