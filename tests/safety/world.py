"""A small world with a secret in every confidential field, and one person of every role to look for them."""

import secrets
import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations import signing
from consultations.models import (
    AccreditationTrack,
    AnnouncementTrial,
    Call,
    CallInvitation,
    Circular,
    Comment,
    Commitment,
    ConsentText,
    Consultation,
    FormerDelegate,
    Guest,
    Material,
    Meeting,
    MeetingNote,
    Priority,
    RegistrationLink,
    Submission,
    Theme,
    Voice,
)
from consultations.notifications import AnnouncementSent
from consultations.operations import drafting, lines, postcards, prints, publishing, sources
from portal import tokens
from portal.models import Body, Invitation, JoinRequest, Membership, Organization, Recipient, TextState
from portal.notifications import notify
from portal.operations import files, log, publication
from resources.models import DocumentFile
from resources.operations import campaigns
from tests import factories, sessions

# Who asks. Of the coordinators, one coordinates everything, one the process here, one another process.
ROLES = (
    "anonymous",
    "token-holder",
    "newcomer",
    "pending",
    "suspended",
    "guest",
    "delegate",
    "translator",
    "rapporteur",
    "coordinator-elsewhere",
    "colleague",
    "lead",
    "waitlisted",
    "confirmed",
    "coordinator-here",
    "coordinator",
    "administrator",
)
EVERYBODY = frozenset(ROLES)
NOBODY = frozenset()
SIGNED_IN = EVERYBODY - {"anonymous", "token-holder"}
EVERYWHERE = frozenset({"coordinator", "administrator"})
HERE = EVERYWHERE | {"coordinator-here"}
DESK = HERE | {"coordinator-elsewhere"}
PEOPLE = frozenset({"colleague", "lead", "waitlisted", "confirmed"})
MEMBERS = PEOPLE | EVERYWHERE
MEMBERS_HERE = PEOPLE | HERE
# Those who stand alike before most things; a tie to a sort of thing, even one too weak to see it, sets apart.
STANDINGS = (
    EVERYBODY - SIGNED_IN,
    SIGNED_IN - PEOPLE - DESK,
    PEOPLE,
    DESK - HERE,
    HERE,
)
OF_ROOMS = (
    "consultation",
    "meeting",
    "material",
    "registration",
    "answer",
    "question",
    "consenttext",
    "guest",
    "quota",
    "circular",
    "admission",
    "meetingnote",
)
OF_CAMPAIGNS = ("campaign", "campaignmaterial", "participation")
OF_SHARING = ("practice", "proposal", "proposalmessage", "plananswer")
OF_COMMENTS = ("commentround", "comment")
OF_GROUPS = ("workinggroup", "joinrequest", "groupmember")
OF_SIGNING = ("endorsement", "outsidesigner")
OF_PAPERS = ("paper", "paperversion", "section", "sectionedit", "source", "postcard", "print")
OF_CALLS = ("call", "callinvitation", "contribution", "input", "theme", "voice", "voiceuse")
TIES = {
    "announcement": frozenset({"lead", "colleague"}),
    "organization": frozenset({"pending", "suspended", "guest", "lead", "colleague"}),
    "suspension": frozenset({"suspended"}),
    "merger": frozenset({"lead", "colleague"}),
    "role": frozenset({"translator"}),
    **dict.fromkeys(("commitment", "accreditationtrack"), frozenset({"lead", "colleague"})),
    **dict.fromkeys(OF_CAMPAIGNS, frozenset({"guest", "lead", "waitlisted", "confirmed"})),
    **dict.fromkeys(OF_SHARING, frozenset({"lead", "colleague", "confirmed"})),
    **dict.fromkeys(OF_COMMENTS, frozenset({"lead", "colleague", "waitlisted"})),
    **dict.fromkeys(OF_ROOMS, frozenset({"guest", "delegate", "lead", "waitlisted", "confirmed"})),
    **dict.fromkeys(OF_GROUPS, frozenset({"lead", "waitlisted", "confirmed"})),
    **dict.fromkeys(OF_SIGNING, frozenset({"lead", "colleague", "waitlisted", "confirmed"})),
    # Translators of a language, and the drafter in the group that writes one of them.
    **dict.fromkeys(OF_PAPERS, frozenset({"translator", "waitlisted", "lead", "colleague", "confirmed"})),
    **dict.fromkeys(OF_CALLS, frozenset({"rapporteur", "lead", "colleague", "waitlisted", "confirmed"})),
}
CONFIRMED = frozenset({"confirmed"})
DELEGATE = frozenset({"delegate"})
WAITLISTED = frozenset({"waitlisted"})
GUEST = frozenset({"guest"})
READING = HERE | {"rapporteur"}


@dataclass(frozen=True)
class Secret:
    """Where a word is planted, who must find it somewhere, and who may."""

    name: str
    must: frozenset
    may: frozenset


@dataclass
class World:
    """What there is, by name; who asks, by role; which secret who is entitled to."""

    things: dict = field(default_factory=dict)
    people: dict = field(default_factory=dict)
    secrets: dict = field(default_factory=dict)
    tokens: dict = field(default_factory=dict)

    def secret(self, name, entitled, *, may=NOBODY):
        """A unique word, planted under a name, for these roles to find somewhere, and no others but those who may."""
        word = f"s3cr{secrets.token_hex(8)}"
        self.secrets[word] = Secret(name, entitled, entitled | may)
        return word

    def add(self, name, thing):
        self.things[name] = thing
        return thing

    def client(self, role, **options):
        """The browser of a role: signed in, or with the link of a message followed."""
        client = Client(raise_request_exception=False, **options)
        if role == "token-holder":
            client.get(reverse("invitation", args=[self.tokens["invitation"]]))
        elif role != "anonymous":
            sessions.sign_in(client, self.people[role])
        return client


def build():
    world = World()
    add_people(world)
    add_records(world)
    add_documents(world)
    add_assignments(world)
    add_consultations(world)
    add_registrations(world)
    add_questions(world)
    add_invitation(world)
    add_groups(world)
    add_guests(world)
    add_contributions(world)
    add_comments(world)
    add_voices(world)
    add_signatures(world)
    add_papers(world)
    add_prints(world)
    return world


# Kinds of record whose coordinators are those of their process.
OF_PROCESS = {"accreditation-track", "call", "commitment", "phase", "submission"}


def organization(world, role, own, **fields):
    """An organization whose name its own people and all coordinators learn, its mailbox fewer."""
    name = f"organization-{role}"
    may = DESK | own | {"delegate", "token-holder"} if role in {"confirmed", "lead"} else DESK | own
    mailbox = world.secret(f"{name}.mailbox", EVERYWHERE, may=own)
    made = factories.organization(
        f"Harbour {world.secret(f'{name}.name', DESK | own)}",
        mailbox=f"{mailbox}@box.example",
        website=f"https://{world.secret(f'{name}.website', EVERYWHERE, may=own)}.example/",
        source_notes={"note": world.secret(f"{name}.source_notes", NOBODY, may=EVERYWHERE)},
        **fields,
    )
    world.secrets[made.name_en.split()[1]] = Secret(f"{name}.name", DESK | own, may)
    return world.add(name, made)


def person(world, role, of=None, kind="lead", seen_as=NOBODY):
    """A person whose address only the own organization and the coordinators learn."""
    may = EVERYWHERE | {role} | seen_as
    word = world.secret(f"{role}.email", {"administrator"}, may=may)
    made = factories.user(f"{word}@people.example", name=f"Person {role}")
    made.session_nonce = world.secret(f"{role}.session_nonce", NOBODY)
    made.save()
    world.people[role] = made
    if of is not None:
        Membership.objects.create(organization=of, user=made, role=kind)
    return made


def add_people(world):
    here = world.add("process-here", factories.process(title_en="Review here"))
    elsewhere = world.add("process-elsewhere", factories.process(title_en="Review elsewhere"))
    person(world, "newcomer")
    person(world, "delegate", seen_as=CONFIRMED | {"lead", "colleague"} | HERE)
    for role, values in (
        (
            "pending",
            {"status": "pending", "held_because": world.secret("held_because", NOBODY, may=EVERYWHERE)},
        ),
        ("suspended", {"status": "suspended"}),
        ("guest", {"constituency": Organization.Constituency.STATE}),
        ("waitlisted", {}),
        ("confirmed", {}),
    ):
        of = organization(world, role, NOBODY if role == "suspended" else frozenset({role}), **values)
        person(world, role, of)
    add_suspension(world)
    home = organization(world, "lead", frozenset({"lead", "colleague"}))
    person(world, "lead", home, seen_as={"colleague"})
    person(world, "colleague", home, "colleague", seen_as={"lead"})
    add_merger(world)
    # It is listed by its name alone: what it does not show leaves by no exit, not even by a search for it.
    unshown = {
        "acronym": world.secret("listed.acronym", NOBODY, may=EVERYWHERE),
        "summary_en": world.secret("listed.summary", NOBODY, may=EVERYWHERE),
        "website": f"https://{world.secret('listed.website', NOBODY, may=EVERYWHERE)}.example/",
    }
    world.add("organization-listed", factories.organization("Open House", in_directory=True, **unshown))
    world.add("organization-known", factories.organization("Known House", status="known"))
    add_list(world)
    world.add(
        "claim-refused", factories.claim(world.people["newcomer"], status="refused", name="Claimed House")
    )
    world.add("reset", log.record("second factor reset", world.people["lead"], by=None))
    world.people["translator"] = factories.translator()
    world.add("report-here", factories.report(here))
    ending = world.add("role-ending", world.people["translator"].role_set.get())
    ending.until = timezone.now() + timedelta(days=10)
    ending.save()
    world.people["coordinator"] = factories.coordinator()
    world.people["coordinator-here"] = factories.coordinator_of(here)
    world.people["coordinator-elsewhere"] = factories.coordinator_of(elsewhere)
    world.people["administrator"] = factories.administrator()
    world.add("session", sessions.elsewhere(world.people["lead"]))


def add_merger(world):
    """A second record of the lead's organization, which was merged into it."""
    made = world.things["organization-lead"].mergers.create(
        name=world.secret("merger.name", NOBODY, may=EVERYWHERE | {"lead", "colleague"}),
        former_id=10_000,
        key=uuid.uuid4(),
        merged_at=timezone.now(),
    )
    world.add("merger", made)


def add_list(world):
    """An organization that came with a mailing list: who is on it is known to coordinators alone."""
    name = world.secret("listed.name", EVERYWHERE, may=DESK)
    made = factories.organization(f"List {name}", status="known", is_from_list=True)
    address = f"{world.secret('listedaddress.address', EVERYWHERE)}@box.example"
    made.listed_addresses.create(address=address, language="fr", consent="given")
    world.add("organization-from-list", made)


def add_suspension(world):
    """Why the suspended organization is: said to its people and at the desk."""
    home = world.things["organization-suspended"]
    word = home.name_en.split()[1]
    known = world.secrets[word]
    world.secrets[word] = Secret(known.name, known.must, known.may | {"suspended"})
    made = home.suspensions.create(
        reason="unclear",
        words=world.secret("suspension.words", EVERYWHERE | {"suspended"}),
        made_at=timezone.now(),
    )
    world.add("suspension", made)


def translated(name, entitled):
    """Who may know a text that is translated: translators read what is not by invitation, before others do."""
    return entitled | (NOBODY if "invited" in name else {"translator"})


def record(world, name, make, entitled, **fields):
    """A record with a secret in its title and summary, and in what only its coordinators read of its source."""
    has_page = not name.startswith(("phase", "theme"))
    # The page of its document shows published themes alone.
    shown = NOBODY if name == "theme-draft" else entitled
    may = translated(name, entitled)
    words = {
        "title_en": f"Zebra {world.secret(f'{name}.title', shown, may=may)}",
        "summary_en": f"Zebra {world.secret(f'{name}.summary', entitled if has_page else NOBODY, may=may)}",
    }
    # The page of a paper does not show where its facts are from.
    shows_notes = has_page and not name.startswith("open-letter")
    notes = world.secret(
        f"{name}.source_notes", EVERYWHERE if shows_notes else NOBODY, may=(entitled & HERE) | EVERYWHERE
    )
    made = make(**words, **fields, source_notes={"note": notes})
    made.archive_values = {"value": world.secret(f"{name}.archive_values", NOBODY)}
    made.save()
    return world.add(name, made)


def long_text(world, thing, name, entitled, language="en"):
    word = world.secret(f"{name}.body.{language}", entitled)
    Body.objects.create(thing=thing, language=language, markdown=word, html=f"<p>{word}</p>")


def add_groups(world):
    """A working group with a convenor and its requests, a pledge with its report, a receipt, a note on a door."""
    group = world.things["working-group-public"]
    group.takes_requests = True
    group.save()
    pair, home = frozenset({"lead", "colleague"}), world.things["organization-lead"]
    world.add("member", factories.group_member(group, world.people["confirmed"], role="convenor"))
    runs = EVERYWHERE | CONFIRMED
    for name, role, status, words in (
        ("request", "lead", "waiting", runs),
        ("request-answered", "waitlisted", "declined", NOBODY),
    ):
        made = JoinRequest.objects.create(
            group=group,
            user=world.people[role],
            organization=world.things[f"organization-{role}"],
            status=status,
            words=world.secret(f"{name}.words", words, may=runs | {role}),
            answer=world.secret(f"{name}.answer", NOBODY, may={role}),
            answered_at=None if status == "waiting" else timezone.now(),
        )
        world.add(name, made)
    word = world.things["organization-lead"].name_en.split()[1]
    known = world.secrets[word]
    world.secrets[word] = Secret(known.name, known.must, known.may | runs)
    add_reports(world, home, pair)
    add_proposals(world, home, pair)
    add_participations(world)
    add_announcements(world, home, pair)
    note = world.things["accreditation-track-public"].notes.create(
        organization=home,
        stage="refused",
        on=timezone.localdate(),
        words=world.secret("door-note.words", pair),
    )
    world.add("note", note)
    submission = world.things["submission-public"]
    submission.handed_over_on = timezone.localdate()
    inside, file_name = world.secret("receipt.file", HERE), world.secret("receipt.file_name", HERE)
    upload = SimpleUploadedFile(f"{file_name}.pdf", pdf(inside), "application/pdf")
    submission.receipt_file = files.store(upload, by=world.people["coordinator"])
    submission.save()
    world.add("outcome", submission.outcomes.create(on=timezone.localdate(), what="It is quoted"))


def add_reports(world, home, pair):
    """What the lead's organization reported on its pledge: it waits, and nobody else reads it."""
    commitment = world.things["commitment-public"]
    commitment.organization = home
    commitment.save()
    world.add("update", commitment.updates.create(on=timezone.localdate(), what="A first step"))
    report = commitment.reports.create(
        organization=home,
        on=timezone.localdate(),
        what=world.secret("report.what", pair | HERE),
    )
    world.add("report", report)


def add_announcements(world, home, pair):
    """What everybody, members, or one organization alone may read, one that is not sent, and what was corrected."""
    for name, seen, fields in (
        ("public", EVERYBODY, {}),
        ("members", MEMBERS, {"access": "members"}),
        ("invited", pair | EVERYWHERE, {"access": "invited"}),
        ("draft", EVERYWHERE, {"status": "draft"}),
    ):
        may = {"translator"} if name == "draft" else NOBODY
        title, text = (
            world.secret(f"announcement-{name}.{part}", seen, may=may) for part in ("title", "text")
        )
        made = factories.announcement(f"Zebra {title}", bodies={"en": text}, to=[home], **fields)
        world.add(f"announcement-{name}", made)
        if name != "draft":
            notify(AnnouncementSent, made, by=None)
    trial = AnnouncementTrial.objects.create(announcement=made, asked_by=world.people["coordinator"])
    world.add("announcement-trial", trial)
    was = world.secret("announcement-correction.was_text", EVERYWHERE)
    corrections = world.things["announcement-invited"].corrections
    world.add("announcement-correction", corrections.create(language="en", was_text=was))


def add_participations(world):
    """What a campaign gives to hand on, the picture of it, and who took part in it, each shown to others."""
    states = {"public": EVERYBODY, "members": MEMBERS, "invited": EVERYWHERE, "draft": EVERYWHERE}
    for state, entitled in states.items():
        drawn = world.secret(f"campaign-{state}.picture", entitled)
        factories.campaign_picture(world.things[f"campaign-{state}"], content=drawn.encode())
    for name, entitled in (("public", EVERYBODY), ("members", MEMBERS)):
        inside, title = (world.secret(f"campaign-{name}.{part}", entitled) for part in ("file", "material"))
        upload = SimpleUploadedFile("card.pdf", pdf(inside), "application/pdf")
        campaign, by = world.things[f"campaign-{name}"], world.people["coordinator"]
        world.add(f"campaign-material-{name}", campaigns.attach(campaign, upload=upload, title=title, by=by))
    for role, shown, sees, more in (
        ("lead", "withheld", frozenset({"lead"}), frozenset({"colleague"})),
        ("confirmed", "members", PEOPLE, EVERYWHERE),
        ("waitlisted", "public", EVERYBODY, NOBODY),
    ):
        home = world.things[f"organization-{role}"]
        line = world.secret(f"participation-{shown}.line", sees, may=sees | more)
        made = factories.participation(world.things["campaign-public"], home, shown=shown, line=line)
        world.add(f"participation-{shown}", made)
        if shown != "withheld":
            word = home.name_en.split()[1]
            known = world.secrets[word]
            world.secrets[word] = Secret(known.name, known.must, known.may | sees | more)


def add_proposals(world, home, pair):
    """What the lead's organization shares, what it wants to share, and what was said of that."""
    world.add("practice-shared", factories.practice("Zebra clinic", organization=home))
    plan = world.add("plan", factories.practice("Zebra plan", kind="plan", organization=home))
    answer = plan.answers.create(
        organization=world.things["organization-confirmed"],
        by=world.people["confirmed"],
        words=world.secret("plan-answer.words", CONFIRMED | {"lead"}),
    )
    world.add("plan-answer", answer)
    moderated = pair | EVERYWHERE
    for name, status, entitled in (("draft", "draft", pair), ("waiting", "waiting", moderated)):
        words = {
            part: world.secret(f"proposal-{name}.{part}", entitled)
            for part in ("title", "summary", "partners", "people", "outcome")
        }
        made = factories.proposal(home, status=status, texts={"en": words}, by=world.people["lead"])
        world.add(f"proposal-{name}", made)
    for name, is_from_moderators in (("answer", True), ("reply", False)):
        message = made.messages.create(
            words=world.secret(f"proposal-{name}.words", moderated),
            is_from_moderators=is_from_moderators,
            by=world.people["coordinator" if is_from_moderators else "lead"],
        )
        world.add(f"proposal-{name}", message)


def add_records(world):
    here, objective = world.things["process-here"], factories.objective(7)
    makers = {
        "process": factories.process,
        "working-group": factories.working_group,
        "page": factories.resource_page,
        "campaign": factories.campaign,
        "practice": factories.practice,
        "call": factories._maker(Call, status="published", process=here),
        "commitment": factories._maker(Commitment, status="published", process=here),
        "accreditation-track": factories._maker(AccreditationTrack, status="published", process=here),
        "submission": factories._maker(
            Submission, status="published", process=here, addressee="The secretariat"
        ),
        "phase": factories._maker(factories.Phase, status="published", process=here),
        "theme": factories._maker(
            Theme,
            status="published",
            document=world.add("document-themes", factories.document("Zebra report", process=here)),
        ),
    }
    for kind, make in makers.items():
        members, coordinators = (MEMBERS_HERE, HERE) if kind in OF_PROCESS else (MEMBERS, EVERYWHERE)
        world.add(f"{kind}-public", make(title_en=f"Zebra {kind}", objectives=[objective]))
        record(world, f"{kind}-members", make, members, access="members", objectives=[objective])
        record(world, f"{kind}-invited", make, coordinators, access="invited", objectives=[objective])
        record(world, f"{kind}-draft", make, coordinators, status="draft", objectives=[objective])
    add_page_sections(world)


def add_page_sections(world):
    """A section of each page, and one that was taken off, which only coordinators read."""
    for state, seen in (("public", EVERYBODY), ("members", MEMBERS), ("draft", EVERYWHERE)):
        text = world.secret(f"page-section-{state}.text", seen)
        page = world.things[f"page-{state}"]
        world.add(f"page-section-{state}", factories.page_section(page, text=text))
        title = world.secret(f"attachment-{state}.title", seen)
        world.add(f"attachment-{state}", factories.attachment(page, title=title))
    gone = world.add("page-withdrawn", factories.resource_page("Zebra guidance", status="withdrawn"))
    title = world.secret("attachment-withdrawn.title", EVERYWHERE)
    world.add("attachment-withdrawn", factories.attachment(gone, title=title))
    words = world.secret("section-edit-public.markdown", EVERYWHERE)
    section = world.things["page-section-public"]
    world.add("section-edit-public", section.edits.create(language="en", title="Before", markdown=words))
    title = world.secret("page-section-gone.title", EVERYWHERE)
    gone = factories.page_section(world.things["page-public"], title, removed_at=timezone.now())
    world.add("page-section-gone", gone)


def pdf(word):
    """A PDF that says a word on its page, and another in its metadata."""
    content = BytesIO()
    with pikepdf.new() as made:
        page = made.add_blank_page()
        page.Contents = made.make_stream(f"BT (Zebra {word}) Tj ET".encode())
        made.docinfo["/Author"] = "somebody"
        made.save(content)
    return content.getvalue()


def add_documents(world):
    here, coordinator = world.things["process-here"], world.people["coordinator"]
    for name, entitled, fields in (
        ("document-public", EVERYBODY, {}),
        ("document-members", MEMBERS_HERE, {"access": "members"}),
        ("document-invited", HERE, {"access": "invited"}),
        ("document-draft", HERE, {"status": "draft"}),
        ("document-withdrawn", HERE, {"status": "withdrawn", "published_at": timezone.now()}),
    ):
        made = record(world, name, factories.document, entitled, process=here, **fields)
        if name == "document-withdrawn":
            # What was withdrawn, and why, is told to all who could read it.
            word = made.title_en.split()[1]
            world.secrets[word] = Secret(f"{name}.title", EVERYBODY, EVERYBODY)
        long_text(world, made, name, entitled)
        inside, file_name = (
            world.secret(f"{name}.file", entitled),
            world.secret(f"{name}.file_name", entitled),
        )
        upload = SimpleUploadedFile(f"{file_name}.pdf", pdf(inside), "application/pdf")
        stored = files.store(upload, by=coordinator)
        DocumentFile.objects.create(document=made, language="en", file=stored)
        factories.read(stored)
    public = world.things["document-public"]
    public.title_fr = f"Zèbre {world.secret('unapproved title', HERE)}"
    public.save()
    TextState.objects.create(thing=public, group="card", language="fr", state=TextState.State.DRAFT)
    long_text(world, public, "document-public", HERE, language="fr")
    TextState.objects.create(thing=public, group="body", language="fr", state=TextState.State.DRAFT)
    publication.changed(public)


def add_assignments(world):
    """What the translator is to translate, and what was taken back, with a word that reads nobody else."""
    given = {"user": world.people["translator"], "language": "fr"}
    world.add("assignment", factories.assignment(world.things["document-public"], **given))
    over = {"status": "taken-back", "words": world.secret("assignment.words", NOBODY, may={"translator"})}
    world.add("assignment-over", factories.assignment(world.things["document-public"], **given, **over))


def add_consultations(world):
    here, soon = world.things["process-here"], timezone.now() + timedelta(days=30)
    for name, entitled, joins, fields in (
        ("consultation-public", EVERYBODY, CONFIRMED | DELEGATE, {}),
        ("consultation-members", MEMBERS_HERE, NOBODY, {"access": "members"}),
        (
            "consultation-closed",
            CONFIRMED | HERE,
            CONFIRMED,
            {"access": "invited", "attribution": "confidential"},
        ),
        ("consultation-draft", HERE, NOBODY, {"status": Consultation.Status.DRAFT}),
    ):
        made = record(
            world,
            name,
            factories.open_consultation,
            entitled,
            process=here,
            meeting=False,
            places=9,
            **fields,
        )
        meeting = Meeting.objects.create(
            consultation=made,
            title_en=f"Round {world.secret(f'{name}.meeting', entitled, may=translated(name, entitled))}",
            languages=["en"],
            starts_at=soon,
            ends_at=soon + timedelta(hours=2),
            time_zone="Africa/Tunis",
            join_url=f"https://meet.example/{world.secret(f'{name}.join_url', joins, may=HERE)}",
        )
        world.add(name.replace("consultation", "meeting"), meeting)


def add_registrations(world):
    """One in each state; of those confirmed one has a delegate with an account, one is for the closed room."""
    pair = frozenset({"lead", "colleague"})
    for name, place, role, status, own in (
        ("registration-confirmed", "consultation-public", "confirmed", "confirmed", CONFIRMED),
        ("registration-waitlisted", "consultation-public", "waitlisted", "waitlisted", WAITLISTED),
        ("registration-closed", "consultation-closed", "confirmed", "confirmed", CONFIRMED),
        ("registration-pending", "consultation-members", "lead", "pending", pair),
        ("registration-declined", "consultation-public", "lead", "declined", pair),
        ("registration-cancelled", "consultation-closed", "lead", "cancelled", pair),
    ):
        made = factories.registration(
            world.things[place], world.things[f"organization-{role}"], status=status, delegates=1
        )
        delegate = made.delegate_set.get()
        for part in ("name", "other_needs"):
            setattr(delegate, part, world.secret(f"{name}.delegate.{part}", own | HERE))
        delegate.email = f"{world.secret(f'{name}.delegate.email', own | HERE)}@sent.example"
        delegate.recipient = Recipient.objects.create(address=delegate.email)
        delegate.save()
        world.add(name, made)
        world.add(name.replace("registration", "delegate"), delegate)
        gone = Recipient.objects.create(address=f"gone-from-{name}@sent.example")
        former = FormerDelegate.objects.create(registration=made, recipient=gone)
        world.add(name.replace("registration", "former"), former)
    for name, entitled in (("public", EVERYBODY), ("closed", CONFIRMED | HERE)):
        word = world.secret(f"quota-{name}.name", entitled)
        quota = factories.quota(world.things[f"consultation-{name}"], word, constituency="state")
        world.add(f"quota-{name}", quota)
    sent = world.people["delegate"]
    world.things["registration-cancelled"].confirmed_at = timezone.now()
    world.things["registration-cancelled"].save()
    for name in ("registration-confirmed", "registration-cancelled"):
        world.things[name].delegate_set.create(name="Sent one", email=sent.email, recipient=sent.recipient)
    add_offers(world)


def add_offers(world):
    """A place that is held for the lead's organization, and one that it did not take in time."""
    home = world.things["organization-lead"]
    offered = factories.registration(world.things["consultation-public"], home, status="offered")
    RegistrationLink.make(offered, RegistrationLink.Purpose.OFFER, by=None)
    world.add("registration-offered", offered)
    lapsed = factories.registration(world.things["consultation-members"], home, status="lapsed")
    world.add("registration-lapsed", lapsed)
    # Each has a place more than names.
    for name in ("registration-confirmed", "registration-closed"):
        registered = world.things[name]
        more = registered.delegate_set.count() + 1 - registered.delegates_count
        lines.hold(registered, more)
        registered.delegates_count += more
        registered.save()
    room = world.things["consultation-closed"]
    world.add("admission", factories.admission(room, world.things["organization-confirmed"]))
    for name, to, told in (
        ("public", ("registration-waitlisted", "registration-offered"), WAITLISTED | {"lead", "colleague"}),
        ("closed", ("registration-closed",), CONFIRMED),
    ):
        made = Circular.objects.create(
            consultation=world.things[f"consultation-{name}"],
            subject=world.secret(f"circular-{name}.subject", told | HERE),
            words=world.secret(f"circular-{name}.words", told | HERE),
        )
        made.registrations.set([world.things[one] for one in to])
        world.add(f"circular-{name}", made)


def add_questions(world):
    """What is asked in an open room and a closed one, what each answered, a letter, and what one agrees to."""
    asked = {}
    for room, seen in (("consultation-public", EVERYBODY), ("consultation-closed", CONFIRMED | HERE)):
        word = "" if seen == EVERYBODY else world.secret(f"{room}.question", seen)
        asked[room] = factories.question(world.things[room], f"Your story {word}?", kind="paragraph")
        world.add(room.replace("consultation", "question"), asked[room])
        text = ConsentText.objects.create(
            consultation=world.things[room], version=1, words_en=world.secret(f"{room}.consent", seen)
        )
        world.add(room.replace("consultation", "consent"), text)
    pair = frozenset({"lead", "colleague"})
    for name, room, own, walked in (
        ("registration-confirmed", "consultation-public", CONFIRMED, CONFIRMED),
        ("registration-waitlisted", "consultation-public", WAITLISTED, WAITLISTED),
        ("registration-closed", "consultation-closed", CONFIRMED, CONFIRMED),
        ("registration-declined", "consultation-public", pair, NOBODY),
        ("registration-cancelled", "consultation-closed", pair, NOBODY),
    ):
        words = world.secret(f"{name}.answer", walked | HERE, may=own)
        world.things[name].answers.create(question=asked[room], text=words, language="en")
    add_letter(world, world.things["registration-confirmed"])


def add_letter(world, registration):
    """A file that answers a question: its organization's and the coordinators', not the delegates'."""
    question = factories.question(registration.consultation, "A letter", kind="file")
    inside, name = (world.secret(f"letter.{part}", CONFIRMED | HERE) for part in ("file", "file_name"))
    upload = SimpleUploadedFile(f"{name}.pdf", pdf(inside), "application/pdf")
    stored = files.store(upload, by=world.people["confirmed"])
    world.add("letter", registration.answers.create(question=question, file=stored))


def add_comments(world):
    """A paper in its second round: what was said of it with each consent, answered in the first one, and by an impostor."""
    paper = factories.paper(
        "Zebra paper", process=world.things["process-here"], by=world.people["coordinator"]
    )
    before = factories.comment_round(paper)
    before.closed_at = timezone.now()
    before.save()
    world.add("paper-commented", paper)
    world.add("round", factories.comment_round(paper))
    world.add("version-commented", world.things["round"].version)
    world.add("paragraph", paper.sections.get().paragraphs.get(position=1))
    own = frozenset({"lead", "colleague"})
    for name, at, organization_, consent, read_by in (
        ("named", before, "listed", "named", MEMBERS_HERE),
        ("unnamed", world.things["round"], "waitlisted", "kind", MEMBERS_HERE),
        ("kept", world.things["round"], "lead", "never", own | HERE),
        ("answered", before, "lead", "kind", MEMBERS_HERE),
        ("suspended", world.things["round"], "suspended", "named", HERE),
    ):
        made = Comment(
            round=at,
            paragraph=world.things["paragraph"],
            organization=world.things[f"organization-{organization_}"],
            kind="proposal",
            language="en",
            text=world.secret(f"comment-{name}.text", read_by),
            proposed=world.secret(f"comment-{name}.proposed", read_by),
            consent=consent,
            written_at=timezone.now(),
        )
        if at == before:
            made.status, made.decided_at = "declined", timezone.now()
            made.answer = world.secret(f"comment-{name}.answer", read_by)
        made.save()
        world.add(f"comment-{name}", made)


def add_invitation(world):
    lead, home = world.people["lead"], world.things["organization-lead"]
    nonce = world.secret("invitation.nonce", NOBODY)
    world.tokens["invitation"] = tokens.make(Invitation.PURPOSE, nonce)
    email = f"{world.secret('invitation.email', {'lead'}, may=EVERYWHERE | {'colleague'})}@people.example"
    letter = Invitation.objects.create(
        organization=home,
        email=email,
        nonce=nonce,
        token_hash=tokens.digest(world.tokens["invitation"]),
        invited_by=lead,
        expires_at=timezone.now() + timedelta(days=7),
        recipient=Recipient.objects.create(address=email),
    )
    world.add("invitation", letter)


def add_guests(world):
    """A dialogue with a round behind it and a widened one ahead, and a closed room that a guest is invited to."""
    pair = frozenset({"lead", "colleague"})
    for name, entitled, joins, fields in (
        ("consultation-widened", MEMBERS_HERE, pair, {"access": "members"}),
        ("consultation-closed-widened", HERE, NOBODY, {"access": "invited"}),
    ):
        here = world.things["process-here"]
        make = factories.open_consultation
        made = record(world, name, make, entitled | GUEST, process=here, meeting=False, **fields)
        long_text(world, made, name, entitled)
        first = sitting(world, f"{name}.first", made, entitled, joins, round_number=1, days=-9)
        ahead = sitting(
            world, f"{name}.ahead", made, entitled | GUEST, joins | GUEST, round_number=3, circle="widened"
        )
        world.add(name.replace("consultation", "meeting"), ahead)
        for when, meeting in (("first", first), ("ahead", ahead)):
            world.add(f"material-{when}-{name}", meeting.materials.get())
        nonce = world.secret(f"{name}.guest.nonce", NOBODY)
        guest = Guest.objects.create(
            consultation=made,
            organization=world.things["organization-guest"],
            status="accepted",
            accepted_at=timezone.now(),
            nonce=nonce,
            token_hash=tokens.digest(tokens.make(Guest.PURPOSE, nonce)),
        )
        guest.meetings.add(ahead)
        world.add(name.replace("consultation", "guest"), guest)
    # A second guest, no longer invited, learns that and nothing else.
    world.add(
        "guest-withdrawn",
        Guest.objects.create(
            consultation=world.things["consultation-widened"],
            organization=world.things["organization-waitlisted"],
            status="withdrawn",
            token_hash=tokens.digest("withdrawn"),
        ),
    )
    registered = factories.registration(
        world.things["consultation-widened"], world.things["organization-lead"]
    )
    registered.delegate_set.update(
        name=world.secret("widened.delegate.name", NOBODY, may=pair | HERE),
        email=f"{world.secret('widened.delegate.email', NOBODY, may=pair | HERE)}@sent.example",
    )


def sitting(world, name, consultation, entitled, joins, *, days=30, **fields):
    """A meeting with its secrets: title, agenda, a file; one that is over is joined by nobody."""
    begins = timezone.now() + timedelta(days=days)
    join = world.secret(f"{name}.join_url", joins if days > 0 else NOBODY, may=joins | HERE)
    made = Meeting.objects.create(
        consultation=consultation,
        title_en=f"Round {world.secret(f'{name}.meeting', entitled, may=translated(name, entitled))}",
        languages=["en"],
        starts_at=begins,
        ends_at=begins + timedelta(hours=2),
        time_zone="Africa/Tunis",
        join_url=f"https://meet.example/{join}",
        **fields,
    )
    long_text(world, made, name, entitled)
    inside = world.secret(f"{name}.file", entitled)
    stored = files.store(
        SimpleUploadedFile("paper.pdf", pdf(inside), "application/pdf"), by=world.people["coordinator"]
    )
    Material.objects.create(meeting=made, file=stored, title=world.secret(f"{name}.material", entitled))
    return made


def add_contributions(world):
    """A call that is open and one that is closed, with contributions in each state and of each consent."""
    here, pair = world.things["process-here"], frozenset({"lead", "colleague"})
    asked = world.add("call-asked", factories.open_call("Asked", process=here, shows="members"))
    closed = world.add(
        "call-over", factories.open_call("Over", process=here, shows="members", status="closed")
    )
    world.people["rapporteur"] = factories.role("rapporteur", asked)
    for name, call, role, own, seen, values in (
        ("contribution-draft", asked, "lead", pair, pair, {"status": "draft"}),
        ("contribution-sent", asked, "confirmed", CONFIRMED, CONFIRMED | READING, {}),
        ("contribution-withdrawn", asked, "waitlisted", WAITLISTED, WAITLISTED, {"status": "withdrawn"}),
        ("contribution-shown", closed, "confirmed", CONFIRMED, MEMBERS_HERE, {}),
        ("contribution-unnamed", closed, "lead", pair, MEMBERS_HERE, {"consent": "kind"}),
        ("contribution-kept", closed, "waitlisted", WAITLISTED, WAITLISTED | HERE, {"consent": "never"}),
    ):
        home = world.things[f"organization-{role}"]
        words = world.secret(f"{name}.text", seen)
        made = world.add(name, factories.contribution(call, home, said=words, **values))
        given = made.answers.get()
        given.note = world.secret(f"{name}.note", NOBODY, may=READING if call is asked else HERE)
        given.not_used_because = world.secret(f"{name}.reason", NOBODY, may=own | HERE | READING)
        given.save()
        world.add(name.replace("contribution", "input"), given)
    for name in ("sent", "shown", "unnamed", "kept"):
        # All of them stand behind a text that everybody reads.
        given = world.things[f"input-{name}"]
        given.uses.create(document=world.things["document-public"], section="section 4")
    named = world.things["organization-confirmed"].name_en.split()[1]
    known = world.secrets[named]
    world.secrets[named] = Secret(known.name, known.must, known.may | MEMBERS_HERE | READING)
    giver = world.secret("contribution-coded.giver_name", READING)
    coded = factories.contribution(
        asked,
        said=world.secret("contribution-coded.text", READING),
        giver_name=giver,
        giver_country=factories.country(),
        resume_hash=world.secret("contribution-coded.resume_hash", NOBODY),
    )
    world.add("contribution-coded", coded)
    add_given_files(world, closed, pair)
    record(world, "theme-asked", factories.theme, READING, status="draft", call=asked)
    written = MeetingNote.objects.create(
        meeting=world.things["meeting-public"], language="en", text=world.secret("meeting-note.text", HERE)
    )
    world.add("meeting-note", written)
    asked.urgent_most, asked.urgent_until = 2, timezone.now() + timedelta(days=3)
    asked.save()
    offered = factories.theme("Zebra offered", call=asked)
    Priority.objects.create(
        call=asked, organization=world.things["organization-confirmed"], theme=offered, place=1
    )
    again = CallInvitation.objects.create(call=asked)
    again.organizations.add(world.things["organization-lead"])
    world.add("asked-again", again)


def add_given_files(world, closed, pair):
    """A file in a contribution that may be named, and in one that may not: a file says who made it."""
    question = factories.question(closed, "Have you a paper?", kind="file")
    for name, seen in (("shown", MEMBERS_HERE), ("unnamed", pair | HERE)):
        inside = world.secret(f"contribution-{name}.file", seen)
        file_name = world.secret(f"contribution-{name}.file_name", seen)
        upload = SimpleUploadedFile(f"{file_name}.pdf", pdf(inside), "application/pdf")
        stored = files.store(upload, by=world.people["coordinator"])
        given = world.things[f"contribution-{name}"].answers.create(question=question, file=stored)
        world.add(f"given-{name}", given)


def add_voices(world):
    """One whose consent stands, one whose consent is over, each used in a document that everybody reads."""
    lead, today = world.people["lead"], timezone.localdate()
    for name, seen, shown, ends_on in (
        ("voice-standing", HERE | {"lead"}, EVERYBODY, today + timedelta(days=30)),
        ("voice-over", {"lead"}, {"lead"}, today - timedelta(days=1)),
    ):
        quoted = world.secret(f"{name}.quoted", frozenset(shown))
        rest = world.secret(f"{name}.rest", frozenset(seen))
        voice = Voice.objects.create(
            organization=world.things["organization-lead"],
            process=world.things["process-here"],
            language="en",
            text=f"{quoted} {rest}",
            alias=world.secret(f"{name}.alias", frozenset(shown)),
            given_by=lead,
        )
        voice.consents.create(
            purpose="quotation",
            text_version=1,
            language="en",
            agreed_on=today - timedelta(days=9),
            ends_on=ends_on,
        )
        use = voice.uses.create(
            purpose="quotation", document=world.things["document-public"], begins=0, ends=len(quoted)
        )
        world.add(name, voice)
        world.add(name.replace("voice", "use"), use)


def add_papers(world):
    """Papers in their states: what is written stands beside what is shown, and voices and inputs stand behind both."""
    here, by = world.things["process-here"], world.people["coordinator"]
    group = factories.working_group("Drafting house")
    factories.group_member(group, world.people["waitlisted"])
    writers = HERE | WAITLISTED
    for name, entitled, fields in (
        ("paper-public", EVERYBODY, {}),
        ("paper-members", MEMBERS_HERE | WAITLISTED, {"access": "members"}),
        ("paper-invited", writers, {"access": "invited"}),
        ("paper-draft", writers, {}),
    ):
        words = {
            f"title_{code}": f"Zebra {world.secret(f'{name}.title.{code}', NOBODY, may=entitled | {'translator'})}"
            for code in ("fr", "en")
        }
        shown = world.secret(f"{name}.shown", NOBODY if name == "paper-draft" else entitled, may=entitled)
        made = factories.paper(
            sections=[f"## Un\n\n{shown}"],
            original_language="fr",
            process=here,
            group=group,
            by=by,
            **words,
            **fields,
        )
        paper = world.add(name, made)
        world.add(name.replace("paper", "section"), paper.sections.get())
        if name != "paper-draft":
            publish_paper(world, name, paper, by)
        write_on(world, name, paper, writers, by)
    draw_from_all(world, by)


def publish_paper(world, name, paper, by):
    """Show the paper in the version that it has now."""
    found = factories.published(paper)
    world.add(name.replace("paper", "version"), found.versions.get())
    paper.refresh_from_db()


def write_on(world, name, paper, writers, by):
    """What is written since then, in the original and in English: its writers and translators read it."""
    section = paper.sections.get()
    may = writers | (NOBODY if name == "paper-invited" else {"translator"})
    words = {code: world.secret(f"{name}.written.{code}", writers, may=may) for code in ("fr", "en")}
    note = world.secret(f"{name}.note", writers, may=may)
    drafting.edit(section, language="fr", number=1, markdown=f"## Un\n\n{words['fr']}", by=by)
    rows = {row.key: words["en"] for row in section.paragraphs.standing()}
    drafting.translate(section, language="en", number=0, paragraphs=rows, note=note, by=by)
    world.add(name.replace("paper", "edit"), section.edits.filter(language="fr").order_by("number").first())


def draw_from_all(world, by):
    """Behind the public paper and the draft stand an input of each consent, a voice, a document of members."""
    for name in ("public", "draft"):
        section = world.things[f"section-{name}"]
        rows = [world.things[f"input-{given}"] for given in ("sent", "shown", "unnamed", "kept")]
        sources.add_inputs(section, inputs=rows, by=by)
        sources.add_voice(section, voice=world.things["voice-standing"], purpose="quotation", by=by)
        sources.add_document(section, document=world.things["document-members"], by=by)
        world.add(f"source-{name}", section.sources.get(input=rows[0]))


def add_signatures(world):
    """An open letter and a paper for members, endorsed in each way of being shown; signatures from outside in each state."""
    here, by = world.things["process-here"], world.people["coordinator"]
    letter = factories.paper_to_endorse(
        "Zebra letter", kind="open-letter", takes_outsiders=True, process=here, by=by
    )
    world.add("open-letter", letter)
    record(
        world,
        "open-letter-members",
        factories.paper_to_endorse,
        MEMBERS_HERE,
        access="members",
        process=here,
        by=by,
    )
    world.add("version-open-letter", signing.current(letter))
    world.add("version-open-letter-members", signing.current(world.things["open-letter-members"]))
    for role, shown, sees in (
        ("lead", "withheld", frozenset({"lead", "colleague"})),
        ("confirmed", "members", PEOPLE),
        ("waitlisted", "public", EVERYBODY),
    ):
        home = world.things[f"organization-{role}"]
        made = factories.endorsement(
            letter,
            home,
            shown=shown,
            answer="reserved",
            reserved_on=letter.sections.first(),
            reservation=world.secret(f"endorsement-{shown}.reservation", sees),
            reservation_language="en",
        )
        world.add(f"endorsement-{shown}", made)
        if shown != "withheld":
            word = home.name_en.split()[1]
            known = world.secrets[word]
            world.secrets[word] = Secret(known.name, known.must, known.may | sees)
    for name, status, shown, sees in (
        ("signer-unconfirmed", "unconfirmed", "public", NOBODY),
        ("signer-waiting", "waiting", "public", HERE),
        ("signer-public", "accepted", "public", EVERYBODY),
        ("signer-members", "accepted", "members", PEOPLE | HERE),
        ("signer-withheld", "accepted", "withheld", HERE),
    ):
        address = world.secret(
            f"{name}.address", HERE if status == "waiting" else NOBODY, may=EVERYWHERE | HERE
        )
        signer = factories.signature(
            letter,
            world.secret(f"{name}.name", sees),
            email=f"{address}@outside.example",
            status=status,
            shown=shown,
            nonce=world.secret(f"{name}.nonce", NOBODY),
        )
        signer.token_hash = tokens.digest(signer.token)
        signer.save()
        world.add(name, signer)
    changed = factories.paper_to_endorse("Zebra changed", process=here, by=by)
    factories.endorsement(changed, world.things["organization-confirmed"], shown="withheld")
    world.add("version-changed", factories.shown_version(changed, text="Open every door."))
    closing = timezone.now() + timedelta(days=1)
    waiting = world.things["open-letter-members"]  # which nobody has endorsed yet
    world.add("open-letter-reminder", waiting.sign_on_reminders.create(about="deadline", due_at=closing))


def add_prints(world):
    """Papers that were published with all that is printed of them, endorsed in each way of being shown; one withdrawn."""
    here, by = world.things["process-here"], world.people["coordinator"]
    group = world.things["paper-draft"].group
    for name, entitled, fields in (
        ("endorsed", EVERYBODY, {}),
        ("endorsed-members", MEMBERS_HERE | WAITLISTED, {"access": "members"}),
        ("withdrawn", HERE | WAITLISTED, {}),
    ):
        shown = world.secret(f"paper-{name}.shown", entitled)
        title = f"Zebra {world.secret(f'paper-{name}.title', entitled, may={'translator'})}"
        made = factories.paper_to_endorse(
            title, sections=[f"## One\n\n{shown}"], process=here, group=group, by=by, **fields
        )
        section = made.sections.get()
        sources.add_inputs(section, inputs=[world.things["input-unnamed"]], by=by)
        endorse_in_each_way(world, f"paper-{name}", made, entitled)
        postcard = postcards.add(made, words=words_of_card(world, name, entitled), approved={"en"}, by=by)
        world.add(f"postcard-{name}", postcard)
        paper = world.add(f"paper-{name}", publishing.publish(made, by=by))
        world.add(f"document-of-{name}", paper.document)
        write_beside(world, name, section, by)
    told = world.things["paper-withdrawn"]
    word = told.title_en.split()[1]
    # What was withdrawn, and why, is told to all who could read it.
    world.secrets[word] = Secret("paper-withdrawn.title", EVERYBODY, EVERYBODY)
    prints.make_due()
    draft = world.things["paper-draft"]
    words = {"fr": world.secret("postcard-draft.words", HERE | WAITLISTED)}
    world.add("postcard-draft", postcards.add(draft, words=words, by=by))
    print_anew(world)
    publishing.withdraw(told, reason="It was not ready.", by=by)
    told.refresh_from_db()
    correct(world, by)


def words_of_card(world, name, entitled):
    """What a postcard says: approved in English; in French those read it who write the paper."""
    return {
        "en": world.secret(f"postcard-{name}.en", NOBODY if name == "withdrawn" else entitled, may=entitled),
        "fr": world.secret(f"postcard-{name}.fr", NOBODY, may=HERE | WAITLISTED),
    }


def endorse_in_each_way(world, name, paper, entitled):
    """With a reservation each, which stands beside the name; the names are known from add_signatures."""
    for role, shown, sees in (
        ("lead", "withheld", NOBODY),
        ("confirmed", "members", PEOPLE),
        ("waitlisted", "public", entitled),
    ):
        may = {"withheld": frozenset({"lead", "colleague"}), "members": HERE, "public": NOBODY}[shown]
        word = world.secret(f"{name}.reservation.{shown}", sees, may=may)
        factories.endorsement(
            paper,
            world.things[f"organization-{role}"],
            shown=shown,
            answer="reserved",
            reserved_on=paper.sections.first(),
            reservation=word,
            reservation_language="en",
        )


def write_beside(world, name, section, by):
    """What is written since it was published is its writers' alone."""
    sees = NOBODY if name == "withdrawn" else HERE
    words = world.secret(f"paper-{name}.written", sees, may=HERE | WAITLISTED | {"translator"})
    drafting.edit(section, language="en", number=1, markdown=f"## One\n\n{words}", by=by)


def print_anew(world):
    """The files as they are now, and the address of one that another took the place of."""
    version = publishing.final(world.things["paper-endorsed"])
    world.add("print-replaced", version.prints.get(form="pdf", circle="public"))
    prints.renew(version, by=None)
    prints.make_due()
    standing = version.prints.filter(replaced_at__isnull=True)
    world.add("print-endorsed", standing.get(form="pdf", circle="public"))
    world.add("print-endorsed-names", standing.get(form="pdf", circle="members"))
    world.add("print-postcard", standing.get(form="postcards"))
    world.add("print-picture", standing.get(form="picture"))
    of_members = publishing.final(world.things["paper-endorsed-members"])
    world.add("print-endorsed-members", of_members.prints.get(form="pdf", circle="public"))


def correct(world, by):
    """A correction of a paper for everybody and of one for members: what changed is told."""
    for name, access, entitled in (("", "public", EVERYBODY), ("-members", "members", MEMBERS_HERE)):
        paper = factories.paper(
            f"Zebra {world.secret(f'paper-corrected{name}.title', NOBODY, may=entitled | {'translator'})}",
            process=world.things["process-here"],
            access=access,
            by=by,
        )
        paper = publishing.publish(publishing.freeze(paper, by=by), by=by)
        section = paper.sections.get()
        drafting.edit(section, language="en", number=1, markdown="## What we ask\n\nOpen all.", by=by)
        note = {"en": world.secret(f"paper-corrected{name}.note", entitled)}
        version = publishing.correct(paper, change_note=note, changes_meaning=True, by=by)
        world.add(f"version-corrected{name}", version)
        world.add(f"paper-corrected{name}", paper)
