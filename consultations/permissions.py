"""Who may do what with consultations and registrations; what may be seen is `visible_to`, never here."""

from consultations.models import Comment, Guest, Meeting, Paper, Registration
from portal.models import Organization, Process, Reader, Role
from portal.permissions import can_coordinate, can_register, can_speak_for


def can_draft(user):
    """Whoever coordinates everything or a process begins consultations."""
    reader = Reader.of(user)
    return reader.coordinates_everything or bool(reader.scope_ids(Process))


def can_edit(user, consultation):
    """Whoever coordinates the consultation, its process or everything changes it and moves it on."""
    return can_coordinate(user, consultation)


def can_answer(user, consultation):
    """The same people see who registered, and confirm or decline."""
    return can_coordinate(user, consultation)


def can_register_for(reader, consultation, organization):
    """The lead of a verified organization that may take part registers it."""
    return organization.pk in reader.led_ids & reader.verified_ids and consultation.admits(organization)


def can_change(user, registration):
    """The lead of the registered organization names its delegates, swaps them, and cancels, while it counts."""
    return registration.is_held and can_speak_for(user, registration.organization)


def can_cancel(user, registration):
    """The lead gives the places back; so does a coordinator, for an organization that cannot be reached."""
    return registration.is_held and (
        can_speak_for(user, registration.organization) or can_coordinate(user, registration.consultation)
    )


def can_take_offer(user, registration):
    """The lead takes the places that are offered, or gives them back."""
    return registration.status == Registration.Status.OFFERED and can_speak_for(
        user, registration.organization
    )


def can_answer_as_guest(user, guest):
    """The lead of an invited organization answers for it; a person answers for the own address."""
    if guest.status == Guest.Status.WITHDRAWN:
        return False
    if guest.organization is not None:
        return can_speak_for(user, guest.organization)
    return Guest.objects.of(Reader.of(user)).filter(pk=guest.pk).exists()


def can_join(user, consultation):
    """People of confirmed organizations, their delegates and guests who accepted have an address to join at."""
    meetings = Meeting.objects.filter(consultation=consultation)
    if meetings.joined_by(Reader.of(user)).exists():
        return True
    rows = Registration.objects.filter(consultation=consultation)
    return rows.confirmed_for(Reader.of(user)).exists()


def can_run_rounds(user, paper):
    """Whoever coordinates a paper opens rounds of comments on it, extends them and closes them."""
    return can_coordinate(user, paper)


def can_comment(user):
    """The people of verified civil society organizations, leads and colleagues, comment for them."""
    return Reader.of(user).is_member


def can_change_comment(user, comment):
    """The same people change what their own organization said, and take it back."""
    own = Reader.of(user).organizations.get(comment.organization_id)
    return own is not None and own.is_member and comment.status != Comment.Status.WITHDRAWN


def can_report(user, commitment):
    """The people of a verified organization that made a commitment report on it; a coordinator looks at it first."""
    return commitment.organization_id in Reader.of(user).verified_ids


def can_withdraw_voice(user, voice):
    """Those who write it down; where its organization may not act any more, who coordinates everything."""
    is_orphaned = voice.organization.status != Organization.Status.VERIFIED
    return can_write_down(user, voice) or (is_orphaned and can_coordinate(user))


def can_write_down(user, voice):
    """The leads of its organization, and whoever wrote it down, change a voice and record what the person decides."""
    reader = Reader.of(user)
    return voice.organization_id in reader.led_ids or (
        voice.given_by_id == user.pk and voice.organization_id in reader.organizations
    )


def can_use(user, voice):
    """Coordinators within its scope use a voice; for what, the person has said."""
    return not voice.is_withdrawn and can_coordinate(user, voice)


def can_write(user, contribution):
    """The people of whoever gives a contribution, and of the network that entered it, write in it together."""
    ours = Reader.of(user).verified_ids
    return contribution.organization_id in ours or contribution.through_id in ours


def can_decide(user, contribution):
    """The lead sends it, says how it may be quoted, and withdraws it; of a network, until the member takes it over."""
    led = Reader.of(user).led_ids
    return contribution.organization_id in led or contribution.through_id in led


def can_read_for(user, call):
    """Coordinators, and rapporteurs chosen for it, read what was given to a call, and sort it."""
    return Reader.of(user).reports_on(call)


def can_run_sign_on(user, paper):
    """Whoever coordinates a paper opens it for endorsement, extends and closes, and looks at signatures from outside."""
    return can_coordinate(user, paper)


def can_endorse_for(user, organization):
    """The lead of a member endorses papers for it."""
    return organization.is_member and can_register(user, organization)


def can_change_endorsement(user, endorsement):
    """The lead of the organization that gave it, as long as it was not taken back."""
    return endorsement.stands and can_speak_for(user, endorsement.organization)


def can_write_paper(user, paper):
    """Its coordinators, its drafters and the people of its drafting group write a paper together."""
    return Paper.objects.written_by(Reader.of(user)).filter(pk=paper.pk).exists()


def can_translate_paper(user, paper):
    """They, and translators within their scope, translate it."""
    return Paper.objects.translated_by(Reader.of(user)).filter(pk=paper.pk).exists()


def can_approve_translation(user, paper, language):
    """Coordinators of a paper approve its translations; so do its translators, and those of the language."""
    reader, kind = Reader.of(user), Role.Kind.TRANSLATOR
    own = paper.pk in reader.scope_ids(Paper, kind=kind)
    above = paper.process_id in reader.scope_ids(Process, kind=kind)
    speaks = any(
        role.kind == kind and not role.content_type_id and role.language in ("", language)
        for role in reader.roles
    )
    return reader.coordinates(paper) or own or above or (speaks and paper.access != Paper.Access.INVITED)


def can_translate_into(user, paper, language):
    """Whoever writes it, and whoever approves what is written in the language, translates a paper into it."""
    return can_write_paper(user, paper) or can_approve_translation(user, paper, language)
