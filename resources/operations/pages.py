"""Resource pages: drafted, put in their place in the tree, moved among those beside them."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.errors import Refused
from portal.operations import log, moments, places, publication, records
from resources.models import PageAddress, ResourcePage

DEPTH = 4  # levels of the tree: deeper, nobody finds a page again


@transaction.atomic
def create(model=ResourcePage, *, parent=None, by, **values):
    """Draft a page from its facts and its texts per language, after those that stand in the same place."""
    tree = _locked_tree()
    page = model(parent=parent)
    _refuse_wrong_place(page, tree)
    return records.create(model, parent=parent, position=_end_of(page, tree), by=by, **values)


@transaction.atomic
def edit(page, *, by, **values):
    """Change a page from the version that was shown; one that is put elsewhere stands last there."""
    tree = _locked_tree()
    page = tree[page.pk]
    before, page.parent = page.parent_id, values.get("parent", page.parent)
    if page.parent_id != before:
        _refuse_wrong_place(page, tree)
        values["position"] = _end_of(page, tree)
    return records.edit(page, by=by, **values)


@transaction.atomic
def publish(page, *, by):
    """Show a draft, or what was withdrawn, to its readers, at an address that stays its own."""
    ResourcePage.objects.filter(pk=page.pk).update(**moments.NONE)
    page = records.publish(page, by=by)
    if page.slug:
        _keep_address(page)
    return page


withdraw = records.withdraw


@transaction.atomic
def schedule(page, *, at, time_zone, by):
    """Have a page publish itself at a moment; until then nobody else sees that."""
    page = records.lock(page)
    if page.status == ResourcePage.Status.PUBLISHED:
        raise Refused(_("This page is published already."))
    moments.set_moment(page, at=at, time_zone=time_zone, by=by)
    return _wait(page, "publication of a page set for a moment", by=by)


@transaction.atomic
def unschedule(page, *, by):
    """Publish a page at no moment by itself."""
    page = records.lock(page)
    moments.set_none(page)
    return _wait(page, "publication of a page set for no moment", by=by)


def publish_due():
    """Publish the pages whose moment has come; return how many."""
    return moments.publish_due(ResourcePage, publish)


def _wait(page, what, *, by):
    page.changed_by = by
    page.save(update_fields=[*moments.NONE, "time_zone", "changed_by", "changed_at"])
    log.record(what, page, by=by)
    return page


@transaction.atomic
def change_address(page, *, word, version, by):
    """Let other words stand in the address of a published page; the old address leads to the new one."""
    page = records.lock(page)
    if version != page.version:
        raise Refused(_("Somebody else changed this page meanwhile. Look at it again."))
    if page.status != ResourcePage.Status.PUBLISHED or page.address_key != page.slug:
        raise Refused(_("Only a page that is published and not by invitation has an address in words."))
    _keep_address(page)
    page.slug, page.changed_by = page.slug_of(word), by
    page.version += 1
    _keep_address(page)
    page.save(update_fields=["slug", "version", "changed_by", "changed_at"])
    publication.changed(page)
    log.record("resourcepage address changed", page, by=by)
    return page


@transaction.atomic
def move_up(page, *, by):
    """Put a page before the one that stands before it."""
    return _step(page, -1, _("This page already stands first."), by=by)


@transaction.atomic
def move_down(page, *, by):
    """Put a page after the one that stands after it."""
    return _step(page, 1, _("This page already stands last."), by=by)


def _step(page, by_one, why_not, *, by):
    tree = _locked_tree()
    page = tree[page.pk]
    places.step(page, _beside(page, tree), by_one, why_not)
    log.record("resourcepage moved", page, by=by)
    return page


def _keep_address(page):
    """Keep the slug of a page for this page for good."""
    kept, _is_new = PageAddress.objects.get_or_create(slug=page.slug, defaults={"page": page})
    if kept.page_id != page.pk:
        raise Refused(_("This address is kept for another page. Choose other words."), "word")


def _locked_tree():
    """All pages by id, locked in one order: two moves at once could close a circle that neither sees."""
    rows = ResourcePage.objects.select_for_update(of=["self"], no_key=True).order_by("pk")
    return {row.pk: row for row in rows}


def _beside(page, tree):
    """The pages in the same place that readers may see some day, in their order."""
    rows = [row for row in tree.values() if row.parent_id == page.parent_id]
    standing = [row for row in rows if row == page or row.status != ResourcePage.Status.WITHDRAWN]
    return sorted(standing, key=lambda row: (row.position, row.pk))


def _end_of(page, tree):
    return 1 + max((row.position for row in _beside(page, tree) if row != page), default=-1)


def _refuse_wrong_place(page, tree):
    above, seen = page.parent_id, []
    while above is not None and above not in seen:
        if above == page.pk:
            raise Refused(_("A page cannot stand below itself or below a page that it contains."), "parent")
        seen.append(above)
        above = tree[above].parent_id
    if len(seen) + _height(page, tree) > DEPTH:
        raise Refused(_("This would be too deep in the tree. Choose a page further up."), "parent")


def _height(page, tree):
    """How many levels a page takes, with all that stands below it."""
    levels, found = 0, {page.pk}
    while found and levels <= DEPTH:
        levels += 1
        found = {row.pk for row in tree.values() if row.parent_id in found and row.parent_id is not None}
    return levels
