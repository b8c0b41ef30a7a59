"""Who stands behind sample papers: member organizations, and others that signed an open letter."""

from consultations.operations import endorsements, outside_signers, publishing, sample_people, sign_on
from portal.models import Country


def collect(workshop, *, closes_at):
    """Freeze the text and ask for endorsement: until the deadline of the story, or it is over already."""
    publishing.freeze(workshop.paper, by=workshop.by)
    window = workshop.told.get("sign_on", {})
    sign_on.open(
        workshop.paper,
        closes_at=closes_at,
        time_zone=window.get("time_zone", "UTC"),
        by=workshop.by,
    )
    version = publishing.final(workshop.paper)
    for facts in workshop.told["endorsements"]:
        _endorse(workshop, version, facts)
    for number, facts in enumerate(workshop.told.get("signers", ()), 1):
        _sign_from_outside(workshop, version, number, facts)


def _endorse(workshop, version, facts):
    organization = workshop.shelf.rows[facts["from"]]
    if not organization.is_member:
        return
    answer = {"answer": "yes"}
    if "reservation" in facts:
        section = workshop.sections[facts["reserved_on"] - 1]
        answer = {
            "answer": "reserved",
            "reserved_on": section,
            "reservation": facts["reservation"],
            "language": facts["language"],
        }
    endorsements.give(
        version,
        organization=organization,
        shown=facts["shown"],
        authority=facts["authority"],
        by=sample_people.lead_of(organization),
        **answer,
    )


def _sign_from_outside(workshop, version, number, facts):
    signer = outside_signers.sign(
        version,
        name=facts["name"],
        country=Country.objects.get(iso2=facts["country"]),
        email=f"office{number}@{workshop.name}.sample.example",
        language=facts["language"],
        shown=facts["shown"],
        by=workshop.by,
    )
    signer = outside_signers.confirm(signer, by=workshop.by)
    if facts.get("is_accepted"):
        outside_signers.accept(signer, by=workshop.by)
