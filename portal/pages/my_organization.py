"""My organization: what we can do now, what we did and what became of it, who we are."""

from django.db.models import Count, Prefetch, Q
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from consultations import endorsing
from consultations.models import Comment, Contribution, Endorsement, Meeting, Registration, Voice
from portal.models import Claim, Invitation, Membership, Organization, Suspension, ended_before
from portal.pages import agenda
from portal.permissions import can_register, can_speak_for
from resources import taking_part
from resources.models import Campaign, Document, Proposal

MOST = 100
MOST_OUTCOMES = 20
MOST_COMMENTS = 10
MOST_CLAIMS = 5
MOST_SHARED = 10


@require_safe
def my_organization(request, key=None):
    """One's own organization; who belongs to several chooses, who belongs to none may register one."""
    mine, now = list(request.reader.organizations.values()), timezone.now()
    asked = claims(request.reader, now)
    if key is None and len(mine) != 1:
        context = {"organizations": mine, "claims": asked, "suspensions": suspensions(request.reader)}
        return render(request, "portal/my_organizations.html", context)
    found = next((row for row in mine if key is None or row.key == key), None)
    if found is None:
        raise Http404
    held = registrations(request.reader, found)
    given = contributions(request.reader, found)
    endorsed = endorsements(request.reader, found)
    people = Membership.objects.filter(organization=found).select_related("user")
    colleagues = list(people.order_by("since", "pk"))
    context = {
        "organization": found,
        "has_others": len(mine) > 1,
        "claims": asked,
        "now": now,
        "registrations": held,
        "contributions": given,
        "comments": comments(request.reader, found),
        "endorsements": endorsed,
        "asked_again": asked_again(request.reader, found, endorsed, now),
        "shared": shared(request.reader, found),
        "campaigns": campaigns(request.reader, found, timezone.localdate()),
        "has_voices": Voice.objects.visible_to(request.reader).own(request.reader).exists(),
        "due": to_do(request.reader, held, given, endorsed, now),
        "outcomes": outcomes(request.reader, held),
        "colleagues": colleagues,
        "invitations": Invitation.objects.filter(organization=found, accepted_at=None, expires_at__gt=now),
        "is_led": is_led(found, colleagues),
        "is_lead": can_speak_for(request.user, found),
        "can_register": can_register(request.user, found),
    }
    return render(request, "portal/my_organization.html", context)


def is_led(organization, people):
    """Whether somebody speaks for it, as far as it may be spoken for."""
    leads = [row for row in people if row.role == Membership.Role.LEAD]
    return bool(leads) or organization.status != Organization.Status.VERIFIED


def claims(reader, now):
    """What this person said to speak for, and what was answered, unless it is her own by now."""
    rows = (
        Claim.objects.visible_to(reader).filter(user=reader.user).recent(now).select_related("organization")
    )
    rows = rows.exclude(organization__in=reader.organizations.keys())
    return list(rows.order_by("-made_at", "-pk")[:MOST_CLAIMS])


def suspensions(reader):
    """Why organizations of one's own are suspended; of others a coordinator reads at the desk."""
    rows = Suspension.objects.visible_to(reader).standing().filter(organization__people=reader.user)
    return rows.select_related("organization").order_by("-made_at", "-pk")


def registrations(reader, organization):
    """The organization's registrations, newest first, with their place in line."""
    rows = Registration.objects.visible_to(reader).filter(organization=organization)
    rows = rows.with_place_in_line().with_room_for(reader)
    meetings = Prefetch("consultation__meetings", Meeting.objects.visible_to(reader).in_order())
    rows = rows.select_related("consultation").prefetch_related(meetings)
    return list(rows.order_by("-created_at", "-pk")[:MOST])


def outcomes(reader, held):
    """What was published from the consultations that this organization took part in."""
    taken = [row.consultation_id for row in held if row.status == Registration.Status.CONFIRMED]
    rows = Document.objects.visible_to(reader).published().filter(origins__consultation__in=taken).distinct()
    return rows.as_rows().newest_first()[:MOST_OUTCOMES]


def contributions(reader, organization):
    """What the organization gave to calls, or entered for its members, with how many of its answers are used."""
    rows = Contribution.objects.visible_to(reader).own(reader)
    rows = rows.filter(Q(organization=organization) | Q(through=organization)).as_rows().with_call_for(reader)
    used = Count("answers", filter=Q(answers__uses__isnull=False), distinct=True)
    return list(rows.annotate(used_count=used).order_by("-created_at", "-pk")[:MOST])


def comments(reader, organization):
    """What the organization said of drafts last, with the answers: the newest first."""
    rows = Comment.objects.visible_to(reader).standing().filter(organization=organization).as_rows()
    return list(rows.order_by("-written_at", "-pk")[:MOST_COMMENTS])


def shared(reader, organization):
    """The practices and plans that it shares or wants to share, each by what was written last."""
    rows = Proposal.objects.visible_to(reader).filter(organization=organization).as_rows()
    return list(rows.order_by("-changed_at", "-pk")[:MOST_SHARED])


def campaigns(reader, organization, today):
    """Campaigns that are on and in which it has not said that it took part."""
    rows = Campaign.objects.visible_to(reader).published()
    rows = rows.filter(taking_part.can_join(organization, today)).exclude(ended_before(today))
    return list(rows.newest_first()[:MOST_SHARED])


def endorsements(reader, organization):
    """The papers that the organization endorsed, the newest first."""
    rows = Endorsement.objects.visible_to(reader).filter(organization=organization)
    rows = rows.select_related("version__paper", "organization")
    return list(rows.order_by("-given_at", "-pk")[:MOST])


def asked_again(reader, organization, endorsed, now):
    """What it endorsed before the meaning was changed, and is asked to say anew."""
    if not any(row.stands for row in endorsed):
        return []
    asked = endorsing.asked(reader, now)
    return [row for row in asked if row.is_again and row.organization == organization]


def to_do(reader, held, given, endorsed, now):
    """What is open and not yet taken up by this organization; a draft is not yet an answer."""
    taken = {("consultation", row.consultation_id) for row in held if row.status in Registration.HELD}
    taken |= {("call", row.call_id) for row in given if row.status != Contribution.Status.DRAFT}
    taken |= {("endorse", row.version.paper_id) for row in endorsed if row.stands}
    return [row for row in agenda.due(reader, now) if (row.kind, row.thing.pk) not in taken]
