"""Who may do what with what is published."""

from portal.models import Process, Reader
from portal.permissions import can_coordinate
from resources.models import Practice


def can_draft(user):
    """Whoever coordinates everything or a process drafts documents."""
    reader = Reader.of(user)
    return reader.coordinates_everything or bool(reader.scope_ids(Process))


def can_edit(user, document):
    """Whoever coordinates the document, its process or everything."""
    return can_coordinate(user, document)


def can_publish(user, document):
    """As for editing; one person decides, the log says who."""
    return can_edit(user, document)


def can_share(user):
    """The people of verified organizations share practices and plans."""
    return bool(Reader.of(user).verified_ids)


def can_write(user, proposal):
    """The people of a verified organization write together what it wants to share."""
    return proposal.organization_id in Reader.of(user).verified_ids


def can_answer_plan(user, practice):
    """The people of other verified organizations of civil society answer a plan that looks for partners."""
    reader = Reader.of(user)
    others = reader.verified_ids - {practice.organization_id}
    looking = Practice.objects.looking_for_partners().filter(pk=practice.pk)
    return reader.is_member and bool(others) and looking.exists()


def can_moderate(user):
    """Whoever coordinates everything looks at what organizations want to share."""
    return can_coordinate(user)


def can_take_part(user):
    """The leads of verified organizations say that theirs took part in a campaign."""
    reader = Reader.of(user)
    return bool(reader.led_ids & reader.verified_ids)


def can_change_part(user, participation):
    """The lead of the organization, as long as it was not taken back."""
    return participation.withdrawn_at is None and participation.organization_id in Reader.of(user).led_ids


def can_withdraw(user, practice):
    """The people of the organization that shares it, whatever became of the organization; and who coordinates it."""
    return practice.organization_id in Reader.of(user).organizations or can_coordinate(user, practice)
