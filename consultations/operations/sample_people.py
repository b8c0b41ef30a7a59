"""The people and organizations of the samples: who signs in, who leads what, who is registered for what."""

from django.db.models import F

from consultations.models import Consultation, Delegate, Registration
from consultations.operations import registrations, sample_questions, sample_rows
from portal.models import Country, Membership, Organization, Recipient, Suspension, User
from portal.operations import organizations, roles, sources

COORDINATOR = "coordinator@sample.example"
SHOWN_IN_DIRECTORY = [
    "summary",
    "constituency",
    "sort",
    "is_migrant_led",
    "country",
    "regions",
    "spoken",
    "objectives",
]
FACTS = ("sort", "is_migrant_led", "constituency", "spoken", "objectives", "mailbox", "mailbox_language")


def role_of(person):
    """What somebody is on the portal, in a few words."""
    if "role" in person:
        sort = "call" if person.get("scope", "").startswith("call-") else "process"
        return f"{person['role']} of one {sort}" if "scope" in person else person["role"]
    if "leads" in person:
        return "lead of an organization"
    return "colleague in an organization" if "joins" in person else "visitor without organization"


def bring_people(shelf):
    """Make those who have no account yet, each with a proven address and no password."""
    for address, facts in shelf.story["people"].items():
        person = User.objects.filter(email=address).first()
        if person is None:
            person = User.objects.create_user(
                address, name=facts["name"], language=facts["language"], time_zone=facts["time_zone"]
            )
            person.emailaddress_set.create(email=address, verified=True, primary=True)
            shelf.new_people.append(address)
            shelf.changed.append(address)
        shelf.people[address] = person


def give_roles(shelf):
    """Give their work to those who were just made; what was taken from the others stays taken."""
    for address in shelf.new_people:
        facts, person = shelf.story["people"][address], shelf.people[address]
        if "joins" in facts:
            Membership.objects.get_or_create(organization=shelf.rows[facts["joins"]], user=person)
        if "role" in facts:
            scope = shelf.rows[facts["scope"]] if "scope" in facts else None
            roles.give(
                person, kind=facts["role"], scope=scope, language=facts.get("role_language", ""), by=None
            )


def bring_organizations(shelf):
    """Register what is missing by its lead, and have a coordinator verify or suspend it; mend what nobody changed."""
    leads = {facts["leads"]: address for address, facts in shelf.story["people"].items() if "leads" in facts}
    for name, facts in shelf.story["organizations"].items():
        organization = Organization.objects.filter(key=sample_rows.key_of(name)).first()
        words = {f"name_{code}": text for code, text in facts["names"].items()}
        words |= {f"summary_{code}": text for code, text in facts["summaries"].items()}
        if organization is None:
            organization = _register(name, facts, by=shelf.people[leads[name]])
            organization = _answer(organization, facts["status"], by=shelf.people[COORDINATOR])
            sources.make(organization, _columns(facts), words)
            shelf.changed.append(name)
        elif sources.mend(organization, _columns(facts), words)[0]:
            shelf.changed.append(name)
        Recipient.objects.keep_for_mailbox(organization)
        shelf.rows[name] = organization


def _register(name, facts, *, by):
    language = facts["original_language"]
    return organizations.register(
        key=sample_rows.key_of(name),
        name=facts["names"][language],
        language=language,
        country=Country.objects.get(iso2=facts["country"]),
        by=by,
    )


def _answer(organization, status, *, by):
    """Bring a newly registered organization to where the samples have it."""
    if status != Organization.Status.PENDING:
        organization = organizations.verify(organization, by=by)
    if status == Organization.Status.SUSPENDED:
        organization = organizations.suspend(organization, reason=Suspension.Reason.UNCLEAR, by=by)
    return organization


def _columns(facts):
    found = {name: facts[name] for name in FACTS if name in facts}
    if facts.get("in_directory"):
        found |= {"in_directory": True, "directory_fields": SHOWN_IN_DIRECTORY}
    return found


def bring_registrations(shelf):
    """Register organizations for sample consultations, each once; whoever left stays away."""
    for name, organization, count, *answer in shelf.story["registrations"]:
        consultation, row = shelf.rows[name], shelf.rows[organization]
        if _is_known(consultation, row) or not consultation.is_open(shelf.now):
            continue
        made = registrations.register(
            consultation,
            organization=row,
            delegates=_delegates(shelf, organization, count),
            answers=sample_questions.answers(shelf, name, organization),
            language=row.original_language,
            by=lead_of(row),
        )
        if answer:
            registrations.confirm(made, by=shelf.people[COORDINATOR])
        shelf.changed.append(f"{organization} in {name}")
    for name, organization, count in shelf.story["attended"]:
        if not _is_known(shelf.rows[name], shelf.rows[organization]):
            _attend(shelf, shelf.rows[name], shelf.rows[organization], _delegates(shelf, organization, count))


def _is_known(consultation, organization):
    return Registration.objects.filter(consultation=consultation, organization=organization).exists()


def lead_of(organization):
    """Whoever speaks for a sample organization; None where nobody does any more."""
    lead = organization.membership_set.filter(role=Membership.Role.LEAD).select_related("user").first()
    return lead.user if lead else None


def _delegates(shelf, organization, count):
    """The lead goes first, then colleagues; a third person has no account."""
    belongs = [
        address
        for address, facts in shelf.story["people"].items()
        if organization in (facts.get("leads"), facts.get("joins"))
    ]
    found = []
    for address in belongs[:count]:
        person = shelf.people[address]
        found.append({"name": person.name, "email": address, "language": person.language})
    for number in range(len(found), count):
        address = f"delegate{number + 1}@{organization}.sample.example"
        found.append(
            {"name": f"Delegate {number + 1} (sample)", "email": address, "language": found[0]["language"]}
        )
    return [delegate | {"interpretation": delegate["language"]} for delegate in found]


def _attend(shelf, consultation, organization, delegates):
    """A confirmed registration of a consultation that is over: the line is closed, so the row is made as it was."""
    consultation.refresh_from_db()
    registration = Registration.objects.create(
        consultation=consultation,
        organization=organization,
        status=Registration.Status.CONFIRMED,
        confirmed_at=consultation.closes_at,
        seq=consultation.next_seq,
        delegates_count=len(delegates),
        registered_by=lead_of(organization),
    )
    for values in delegates:
        recipient = Recipient.objects.at(values["email"]).first()
        Delegate.objects.create(registration=registration, recipient=recipient, **values)
    Consultation.objects.filter(pk=consultation.pk).update(
        next_seq=F("next_seq") + 1, confirmed_count=F("confirmed_count") + len(delegates)
    )
    shelf.changed.append(f"{organization.key} in {consultation.key}")
