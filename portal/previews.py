"""A page as somebody else would see it once its thing is open.

What it takes, the open thing and a person of that kind, is made in a transaction that ends undone: what is shown is
the very page that such a reader will get, by every rule there is, and nothing of it stays.
"""

import uuid
from copy import copy
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError, transaction
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from portal.errors import Refused
from portal.middleware import as_policy
from portal.models import Membership, Organization, Reader, User
from portal.models.moments import Timed

NOBODY, MEMBER, GUEST = "nobody", "member", "guest"
ROLES = {
    NOBODY: pgettext_lazy("whose view is shown", "Not signed in"),
    MEMBER: pgettext_lazy("whose view is shown", "Member organization"),
    GUEST: pgettext_lazy("whose view is shown", "Invited guest"),
}
# Buttons of the page would act for the coordinator who looks at it: the browser sends no form from here.
POLICY = as_policy(settings.SECURE_CSP | {"sandbox": ["allow-same-origin", "allow-top-navigation"]})


@dataclass(frozen=True)
class Preview:
    """What the bar above a previewed page says: whose view it is, of what, which others there are, and where all
    languages of the thing stand side by side."""

    thing: object
    role: str
    roles: tuple
    languages: str

    @property
    def choices(self):
        return [(role, ROLES[role]) for role in self.roles]


@dataclass(frozen=True)
class Previewed:
    """A kind of thing that can be previewed: its page, the state in which readers see it, the name of the page of all
    its languages, who its readers are."""

    page: object
    status: str
    languages: str
    roles: tuple = (NOBODY, MEMBER)
    invite: object = None  # makes an organization a guest of the thing

    def answer(self, request, thing):
        """The page as the role that the address names sees it; what it does not see, the answer says."""
        wanted = request.GET.get("as")
        role = wanted if wanted in self.roles else NOBODY
        with transaction.atomic():
            if thing.status not in thing.SHOWN:
                self._open(thing)
            asked = copy(request)
            asked.user = self._person(thing, role)
            asked.reader = Reader.of(asked.user)
            asked.preview = Preview(thing, role, self.roles, reverse(self.languages, args=[thing.key]))
            try:
                response = self.page(asked, thing.address_key)
            except Http404:
                response = render(asked, "portal/preview_nothing.html")
            transaction.set_rollback(True)
        response.headers["Content-Security-Policy"] = POLICY
        return response

    def _open(self, thing):
        """Let the thing be in the state in which readers see it; who is changing it just now goes first."""
        values = {"status": self.status} | ({"publish_at": None} if isinstance(thing, Timed) else {})
        try:
            type(thing)._base_manager.filter(pk=thing.pk).update(**values)
        except OperationalError:
            raise Refused(_("Somebody is changing this just now. Please try again.")) from None

    def _person(self, thing, role):
        """Somebody of this role: of a verified organization that leads to nothing else."""
        if role == NOBODY:
            return AnonymousUser()
        kinds = Organization.Constituency
        constituency = kinds.STATE if role == GUEST else kinds.CIVIL_SOCIETY
        home = Organization(status=Organization.Status.VERIFIED, constituency=constituency)
        home.original_language = get_language()
        home.languages = [home.original_language]
        setattr(home, f"name_{home.original_language}", str(ROLES[role]))
        home.save()
        person = User.objects.create_user(f"{uuid.uuid4()}@preview.invalid", name=str(ROLES[role]))
        Membership.objects.create(organization=home, user=person, role=Membership.Role.LEAD)
        if role == GUEST:
            self.invite(thing, home)
        return person
