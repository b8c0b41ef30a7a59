"""What leads are asked to endorse, and what their organizations have answered."""

from dataclasses import dataclass

from django.db.models import Q

from consultations.models import Endorsement, Paper, PaperVersion
from portal.models import Organization


def mine(version, reader, *, may_answer=True):
    """The members that this reader leads, each with its endorsement of a version or None."""
    led = [row for pk, row in reader.organizations.items() if pk in reader.led_ids and row.is_member]
    if not led:
        return []
    given = Endorsement.objects.behind(version).own(reader).filter(organization__in=led)
    by_organization = {row.organization_id: row for row in given}
    asked = set() if may_answer else _asked_again(version, led)
    return [
        (row, by_organization.get(row.pk))
        for row in led
        if may_answer or row.pk in by_organization or row.pk in asked
    ]


def _asked_again(version, organizations):
    """Of these, the ones that stood behind an earlier meaning and may say anew whether they stand behind this one."""
    if version.paper.status not in Paper.SHOWN:
        return set()
    rows = Endorsement.objects.before(version).filter(organization__in=organizations)
    return set(rows.values_list("organization", flat=True))


@dataclass(frozen=True)
class Asked:
    """A paper that an organization is asked to endorse, in which version, until when; or asked about again."""

    paper: Paper
    version: object
    organization: Organization
    is_again: bool


def asked(reader, at):
    """What the members that this reader leads are asked to endorse and have not answered, the nearest deadline first."""
    led = [row for pk, row in reader.organizations.items() if pk in reader.led_ids and row.is_member]
    given = Endorsement.objects.own(reader).standing().filter(organization__in=led)
    given = list(given.values_list("organization", "version", "version__paper"))
    if not led:
        return []
    endorsed = Q(pk__in={paper for *_rest, paper in given}, status__in=Paper.SHOWN)
    open_now = Q(pk__in=Paper.objects.taking_signatures(at).values("pk"))
    papers = Paper.objects.visible_to(reader).filter(endorsed | open_now).distinct()
    papers = papers.prefetch_related("moved_dates").order_by("sign_on_closes_at", "pk")
    shown = PaperVersion.objects.final().shown().filter(paper__in=papers)
    by_paper = {}
    for version in shown:
        by_paper.setdefault(version.paper_id, []).append(version)
    found = []
    for paper in papers:
        versions = by_paper.get(paper.pk, [])
        for organization in led if versions else ():
            own = {version for pk, version, of in given if (pk, of) == (organization.pk, paper.pk)}
            if own & _newest_meaning(versions) or not (own or paper.takes_signatures(at)):
                continue
            found.append(Asked(paper, versions[0], organization, is_again=bool(own)))
    return found


def _newest_meaning(versions):
    """Of versions, the newest first, those that mean what the newest one means: {pk}."""
    found = set()
    for version in versions:
        found.add(version.pk)
        if version.changes_meaning:
            break
    return found
