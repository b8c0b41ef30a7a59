"""Who may do what, asked once in the view; what may be seen is `visible_to`, never here."""

from django.core.exceptions import PermissionDenied

from portal.models import GroupMember, Membership, Organization, Reader, Role


def require(allowed):
    """Raise PermissionDenied unless allowed."""
    if not allowed:
        raise PermissionDenied


def can_coordinate(user, thing=None):
    """A coordinator or administrator whose scope covers the thing (None: everything)."""
    return Reader.of(user).coordinates(thing)


def can_administer(user):
    """An administrator with a role that has not ended."""
    return Reader.of(user).holds(Role.Kind.ADMINISTRATOR)


def can_speak_for(user, organization):
    """The lead of an organization that is not suspended speaks for it."""
    return (
        user.is_authenticated
        and organization.status != Organization.Status.SUSPENDED
        and organization.membership_set.filter(user=user, role=Membership.Role.LEAD).exists()
    )


def can_register(user, organization):
    """The lead of a verified organization registers it for consultations."""
    return organization.status == Organization.Status.VERIFIED and can_speak_for(user, organization)


def can_list(user, organization):
    """The same lead decides whether the directory shows it, and what of it."""
    return can_register(user, organization)


def can_convene(user, group):
    """A convenor of a working group, or whoever coordinates it, answers those who ask and looks after its members."""
    convened = GroupMember.objects.of(user if user.is_authenticated else None)
    return (
        can_coordinate(user, group) or convened.filter(group=group, role=GroupMember.Role.CONVENOR).exists()
    )
