"""Every way out of the database, one row each: who gets what there (design.md, Exits; safety.md, G10 and G11).

Whoever adds an address, a kind of notice or a command that writes data out adds its row here: a test fails until the
row is there, and others walk through it as every role, looking for what that role may not see.
"""

from dataclasses import dataclass, field

from portal.progress import SHELVES
from tests.safety.world import (
    CONFIRMED,
    DELEGATE,
    DESK,
    EVERYBODY,
    EVERYWHERE,
    GUEST,
    HERE,
    MEMBERS,
    MEMBERS_HERE,
    NOBODY,
    OF_ROOMS,
    PEOPLE,
    READING,
    SIGNED_IN,
    WAITLISTED,
)

OWN = frozenset({"lead", "colleague"})
ADMINISTRATOR = frozenset({"administrator"})

SIGN_IN, NOT_ALLOWED, NOT_FOUND, WRONG_METHOD, GONE, NOT_DONE = 302, 403, 404, 405, 410, 422


@dataclass(frozen=True)
class Page:
    """An address, by the name of the thing in it ("" where there is none): who is answered with `answer`.

    Of the others, those in `refused` see the thing but may not do this; to the rest it does not exist; and what
    is private asks the signed-out to sign in first. `posted` is the answer to an empty form, for whoever may send
    one: for those who are answered, or those in `acts`. None: the page takes no form. A page of no thing may show
    anything, and is read by everybody to whom anything is different, unless it `shows` only some sorts of things.
    A page that `is_blind` does not ask who reads: it answers everybody as it answers nobody.
    """

    seen: dict = field(default_factory=lambda: {"": EVERYBODY})
    refused: dict = field(default_factory=dict)
    private: bool = False
    answer: int = 200
    gone: dict = field(default_factory=dict)
    posted: int | None = None
    acts: dict = field(default_factory=dict)
    queries: tuple = ()
    shows: tuple = ()
    is_button: bool = False
    is_blind: bool = False

    @property
    def ways(self):
        """What is done there: it is "read", a form is "sent" to it, or both."""
        takes = {"read": not self.is_button, "sent": self.posted is not None}
        return [way for way in takes if takes[way]]

    def expected(self, thing, role):
        """The answer to reading."""
        if self.private and role not in SIGNED_IN:
            return SIGN_IN
        if self.is_button:
            return WRONG_METHOD
        return self.inside(thing, role, self.seen, self.answer)

    def expected_of_post(self, thing, role):
        """The answer to an empty form."""
        if self.private and role not in SIGNED_IN:
            return SIGN_IN
        return self.inside(thing, role, self.acts or self.seen, self.posted)

    def lets_in(self, way, thing, role):
        """Whether this role is answered, if only that the thing is gone, and not refused, when it has "read" or "sent"."""
        if way == "sent":
            return role in (self.acts or self.seen)[thing]
        return role in self.seen[thing] | self.gone.get(thing, NOBODY)

    def inside(self, thing, role, may, answer):
        if role in may[thing]:
            return answer
        if role in self.refused.get(thing, NOBODY) | self.seen[thing]:
            return NOT_ALLOWED
        return GONE if role in self.gone.get(thing, NOBODY) else NOT_FOUND


def lists(*sorts, **values):
    """A page for everybody that lists things of these sorts."""
    return Page(shows=sorts, **values)


def private(may=SIGNED_IN, **values):
    """A page of one's own, or of the desk."""
    return Page({"": may}, refused={"": SIGNED_IN}, private=True, **values)


def record(kind, *, here=False):
    """The page of a record, in each of its states."""
    members, coordinators = (MEMBERS_HERE, HERE) if here else (MEMBERS, EVERYWHERE)
    states = {"public": EVERYBODY, "members": members, "invited": coordinators, "draft": coordinators}
    return Page({f"{kind}-{state}": seen for state, seen in states.items()})


def public_list(*sorts, **values):
    """What programs list: only what is public, whoever asks."""
    return lists(*sorts, is_blind=True, **values)


def for_programs(table):
    """What programs read: only what is public, whoever asks."""
    return Page(
        {thing: seen if seen == EVERYBODY else NOBODY for thing, seen in table.items()}, is_blind=True
    )


def act(seen, may, **values):
    """A page, or only a button, on a thing that `seen` see and `may` act on."""
    may = {thing: may.get(thing, NOBODY) for thing in seen}
    return Page(may, refused=seen, private=True, **values)


def button(seen, may, *, done=302):
    """An address that takes nothing but a button: reading it is refused to everybody alike."""
    return Page(
        dict.fromkeys(seen, NOBODY),
        refused=seen,
        private=True,
        posted=done,
        acts=may,
        is_button=True,
    )


DOCUMENTS = {
    "document-public": EVERYBODY,
    "document-members": MEMBERS_HERE,
    "document-invited": HERE,
    "document-draft": HERE,
    "document-withdrawn": HERE,
}
CONSULTATIONS = {
    "consultation-public": EVERYBODY,
    "consultation-members": MEMBERS_HERE,
    "consultation-closed": CONFIRMED | HERE,
    "consultation-draft": HERE,
}
# What guests are invited to: they see the widened meetings, on the same addresses.
WIDENED = {"consultation-widened": MEMBERS_HERE | GUEST, "consultation-closed-widened": HERE | GUEST}
INVITED = {"guest-widened": HERE | GUEST, "guest-closed-widened": HERE | GUEST}
MATERIALS = {
    "material-first-consultation-widened": MEMBERS_HERE,
    "material-ahead-consultation-widened": MEMBERS_HERE | GUEST,
    "material-first-consultation-closed-widened": HERE,
    "material-ahead-consultation-closed-widened": HERE | GUEST,
}
MEETINGS = {name.replace("consultation", "meeting"): seen for name, seen in CONSULTATIONS.items()}
REGISTRATIONS = {
    "registration-confirmed": CONFIRMED | DELEGATE | HERE,
    "registration-waitlisted": WAITLISTED | HERE,
    "registration-closed": CONFIRMED | HERE,
    "registration-pending": OWN | HERE,
    "registration-declined": OWN | HERE,
    # A delegate learns that it is cancelled; what it was for is closed to the delegate again.
    "registration-cancelled": OWN | DELEGATE | HERE,
}
QUOTAS = {"quota-public": EVERYBODY, "quota-closed": CONFIRMED | HERE}
ORGANIZATIONS = {
    "organization-listed": EVERYBODY,
    "organization-known": EVERYBODY,
    "organization-from-list": DESK,
    "organization-pending": DESK | {"pending"},
    "organization-suspended": DESK,
    "organization-lead": DESK | {"lead", "colleague"},
}
LEADS = {
    "organization-listed": NOBODY,
    "organization-known": NOBODY,
    "organization-pending": {"pending"},
    "organization-suspended": NOBODY,
    "organization-lead": {"lead"},
}
# Who could read it before is told that it is gone.
WITHDRAWN = {"document-withdrawn": EVERYBODY - HERE}


def of(things, may):
    """The same audience for each thing."""
    return dict.fromkeys(things, may)


def some(things, *names):
    """Only these, where the others would show nothing new."""
    return {name: things[name] for name in names}


EDITED = some(DOCUMENTS, "document-public", "document-members")
DRAFTED = some(DOCUMENTS, "document-draft")
ONCE_READ = {"page-withdrawn": EVERYBODY - EVERYWHERE, "attachment-withdrawn": EVERYBODY - EVERYWHERE}
GUIDES = {"page-public": EVERYBODY, "page-draft": EVERYWHERE}
GUIDE_SECTIONS = {"page-section-public": EVERYBODY, "page-section-draft": EVERYWHERE}
ATTACHMENTS = {
    "attachment-public": EVERYBODY,
    "attachment-members": MEMBERS,
    "attachment-draft": EVERYWHERE,
    "attachment-withdrawn": EVERYWHERE,
}
SECTION_EDITS = {"section-edit-public": EVERYWHERE}
GONE_SECTIONS = {"page-section-gone": EVERYWHERE}
ADMINISTRATOR = frozenset({"administrator"})
ROLE = {"role-ending": EVERYWHERE | {"translator"}}
TOLD = {"notice-document": EVERYWHERE | HERE, "notice-closed": HERE}
RUN = some(CONSULTATIONS, "consultation-public", "consultation-closed")
SAT = some(MEETINGS, "meeting-public", "meeting-closed")
LED = {"organization-lead": frozenset({"lead"}), "organization-suspended": NOBODY}
KNOWN = {"organization-lead": DESK | {"lead", "colleague"}, "organization-suspended": DESK}
WAITS = some(ORGANIZATIONS, "organization-pending")
ANSWERED = some(REGISTRATIONS, "registration-confirmed", "registration-closed")

QUESTIONS = {"question-public": EVERYBODY, "question-closed": CONFIRMED | HERE}
CALLED = {"call-public": EVERYBODY}

ROADS = {"process-public": EVERYBODY, "process-here": EVERYBODY}
RUN_ROADS = {"process-public": EVERYWHERE, "process-here": HERE}
PHASES = {"phase-public": EVERYBODY, "phase-draft": HERE}
GROUPS = {"working-group-public": EVERYBODY}
VERIFIED = frozenset({"guest", "lead", "colleague", "waitlisted", "confirmed"})
BELONGING = VERIFIED | {"pending"}
REQUEST = {"request": EVERYWHERE | CONFIRMED | {"lead"}}
MEMBER = {"member": EVERYWHERE | CONFIRMED}
REPORT = {"report": HERE | OWN}
SHARED = {"practice-shared": EVERYBODY}
UNSENT = {"announcement-draft": EVERYWHERE}
SENT = {
    "announcement-public": EVERYBODY,
    "announcement-members": MEMBERS,
    "announcement-invited": OWN | EVERYWHERE,
}
CAMPAIGNED = {"campaign-public": EVERYBODY, "campaign-members": MEMBERS}
HANDED_ON = {"campaign-material-public": EVERYBODY, "campaign-material-members": MEMBERS}
TAKING_PART = {
    "campaign-public": frozenset({"guest", "lead", "waitlisted", "confirmed"}),
    "campaign-members": frozenset({"lead", "waitlisted", "confirmed"}),
}
TOOK_PART = {
    "participation-public": EVERYBODY,
    "participation-members": PEOPLE | EVERYWHERE,
    "participation-withheld": OWN,
}
PART_TAKERS = {
    "participation-public": WAITLISTED,
    "participation-members": CONFIRMED,
    "participation-withheld": frozenset({"lead"}),
}
PLANNED = {"plan": EVERYBODY}
PROPOSED = {"proposal-draft": OWN, "proposal-waiting": OWN | EVERYWHERE}


ASKED = {"call-asked": EVERYBODY}
GIVEN = {
    "contribution-draft": OWN,
    "contribution-sent": CONFIRMED | READING,
    "contribution-withdrawn": WAITLISTED,
    "contribution-coded": READING,
    "contribution-shown": MEMBERS_HERE,
    "contribution-unnamed": MEMBERS_HERE,
    "contribution-kept": WAITLISTED | HERE,
}
INPUTS = {"input-sent": READING, "input-kept": HERE, "input-shown": HERE}
FILES = {"given-shown": MEMBERS_HERE, "given-unnamed": OWN | HERE}
VOICES = {"voice-standing": HERE | {"lead"}, "voice-over": frozenset({"lead"})}
USES = {"use-standing": frozenset({"lead"}) | HERE, "use-over": frozenset({"lead"})}


COMMENTED = {"paper-commented": MEMBERS_HERE}
ROUND = {"round": MEMBERS_HERE}
COMMENTS = {
    "comment-named": MEMBERS_HERE,
    "comment-unnamed": MEMBERS_HERE,
    "comment-kept": OWN | HERE,
    "comment-answered": MEMBERS_HERE,
    "comment-suspended": HERE,
}
SAID = {"comment-unnamed": WAITLISTED, "comment-kept": OWN, "comment-answered": OWN}
# Papers that can be endorsed, and their versions.
SIGNED = {"open-letter": EVERYBODY, "open-letter-members": MEMBERS_HERE}
SIGNED_VERSIONS = {"version-open-letter": EVERYBODY, "version-open-letter-members": MEMBERS_HERE}
LEADING = frozenset({"lead", "waitlisted", "confirmed"})
ENDORSED = {
    "endorsement-withheld": OWN,
    "endorsement-members": CONFIRMED,
    "endorsement-public": WAITLISTED,
}
ENDORSING = ENDORSED | {"endorsement-withheld": frozenset({"lead"})}
SIGNER = {"signer-waiting": HERE}


def given(may, **values):
    """A page of a contribution, for its own people; those without account come by a code, so nobody signs in first."""
    seen = {thing: GIVEN[thing] for thing in may}
    return Page(may, refused=seen, **values)


def given_button(may, done=302):
    """A button of a contribution."""
    seen = {thing: GIVEN[thing] for thing in may}
    return Page(dict.fromkeys(seen, NOBODY), refused=seen, posted=done, acts=may, is_button=True)


def made(kind):
    """A record of a process, as its coordinators change it."""
    return {f"{kind}-public": EVERYBODY, f"{kind}-draft": HERE}


WRITING = HERE | WAITLISTED
PAPERS = {
    "paper-public": EVERYBODY,
    "paper-members": MEMBERS_HERE | WAITLISTED,
    "paper-invited": WRITING,
    "paper-draft": WRITING,
}
WRITTEN = {**of(PAPERS, WRITING)}
TRANSLATED = {name: WRITING | (NOBODY if name == "paper-invited" else {"translator"}) for name in PAPERS}
# Whoever only writes a paper translates its sections, and does not put its title.
CARDS = {name: may - WAITLISTED for name, may in TRANSLATED.items()}
VERSIONS = {name.replace("paper", "version"): seen for name, seen in PAPERS.items() if name != "paper-draft"}


def of_section(papers):
    """The same audience for the section of each paper."""
    return {name.replace("paper", "section"): seen for name, seen in papers.items()}


SECTIONS, SECTIONS_TRANSLATED = of_section(WRITTEN), of_section(TRANSLATED)
# What is published of a paper with all that stands behind it; one that was withdrawn; one that can be frozen.
PUBLISHED = {"paper-endorsed": EVERYBODY, "paper-endorsed-members": MEMBERS_HERE | WAITLISTED}
CORRECTED = {"paper-corrected": EVERYBODY, "paper-corrected-members": MEMBERS_HERE}
TAKEN_BACK = {"paper-withdrawn": WRITING}
TO_FREEZE = {"paper-draft": WRITING}
POSTCARDS = {"postcard-endorsed": EVERYBODY, "postcard-draft": WRITING}
PRINTS = {
    "print-endorsed": EVERYBODY,
    "print-endorsed-names": PEOPLE | HERE,
    "print-endorsed-members": MEMBERS_HERE | WAITLISTED,
    "print-postcard": EVERYBODY,
    "print-picture": EVERYBODY,
    "print-replaced": NOBODY,
}
EDITS = {name.replace("section", "edit"): seen for name, seen in SECTIONS_TRANSLATED.items()}
SOURCES = {"source-public": WRITING, "source-draft": WRITING}

PAGES = {
    # Of the site
    "home": Page(),
    "what-is-kept": lists("what-is-kept"),
    "privacy": lists("privacy"),
    "accessibility": lists("accessibility"),
    "contact": lists("contact"),
    "interface": lists("interface"),
    "kept": lists("kept"),
    "manifest": lists("manifest"),
    "worker": lists("worker"),
    "brand-sheet": Page({"": NOBODY}),
    "brand-logo": Page({"": NOBODY}),
    "search": Page(
        queries=(
            "q=Zebra",
            "q=Zebre",
            "q=Harbour",
            "q=Zebra&kind=document",
            "q=Zebra&language=en",
            "q=Zebra&page=2",
            "q=s3cr",
        )
    ),
    "suggestions": Page(queries=("q=Zebra", "q=Harbour", "q=s3cr")),
    "objectives": lists("objective"),
    "objective": Page(),
    "principles": lists("document", "commitment"),
    "principle": lists("document", answer=NOT_FOUND),  # the world of the tests has none
    "glossary": lists("glossary", queries=("q=Zebra",)),
    "processes": lists("process"),
    "process": Page({**record("process").seen, "process-here": EVERYBODY}),
    "process-new": private(EVERYWHERE, posted=NOT_DONE),
    "process-edit": act(ROADS, RUN_ROADS, posted=NOT_DONE),
    "process-publish": button(ROADS, RUN_ROADS),
    "process-withdraw": button(ROADS, RUN_ROADS),
    "participation": act(ROADS, RUN_ROADS),
    "report-ask": button(ROADS, RUN_ROADS),
    "report": Page({"report-here": HERE}, private=True),
    "participation-file": act(ROADS, RUN_ROADS),
    "participation-workbook": act(ROADS, RUN_ROADS),
    "process-copy": act(ROADS, of(ROADS, EVERYWHERE), posted=NOT_DONE),
    "phase-new": act(ROADS, RUN_ROADS, posted=NOT_DONE),
    "phase-edit": act(PHASES, of(PHASES, HERE), posted=NOT_DONE),
    "phase-remove": button(PHASES, of(PHASES, HERE)),
    "working-groups": lists("workinggroup"),
    "working-group": record("working-group"),
    "working-group-new": private(EVERYWHERE, posted=NOT_DONE),
    "working-group-edit": act(GROUPS, of(GROUPS, EVERYWHERE), posted=NOT_DONE),
    "working-group-publish": button(GROUPS, of(GROUPS, EVERYWHERE)),
    "working-group-withdraw": button(GROUPS, of(GROUPS, EVERYWHERE)),
    "group-join": act(GROUPS, of(GROUPS, VERIFIED), posted=NOT_DONE),
    "group-answer": act(REQUEST, of(REQUEST, EVERYWHERE | CONFIRMED), posted=NOT_DONE),
    "group-take-back": button(REQUEST, of(REQUEST, frozenset({"lead"}))),
    "group-leave": button(MEMBER, MEMBER),
    "group-appoint": button(MEMBER, of(MEMBER, EVERYWHERE)),
    "consultations:group-work": act(GROUPS, of(GROUPS, EVERYWHERE), posted=NOT_DONE),
    "organizations": lists("organization"),
    "organizations-known": lists("organization"),
    "organizations-coverage": lists("organization", "registration", "contribution"),
    "organization": Page(ORGANIZATIONS),
    "consultations-file": lists("consultation", "process"),
    "library-file": lists("document", "process", queries=("language=en", "q=Zebra")),
    "papers-file": lists("paper", "process"),
    "practices-file": lists("practice", "organization"),
    "campaigns-file": lists("campaign", "process"),
    "commitments-file": lists("commitment", "process"),
    "submissions-file": lists("submission", "process"),
    "organizations-file": lists("organization"),
    "objectives-file": lists("objective"),
    "processes-file": lists("process"),
    "health-live": lists("health"),
    "health-ready": lists("health"),
    "metrics": lists("health"),
    # For programs
    "feed": public_list("document", "consultation"),
    "objective-feed": lists("document", "consultation"),
    "process-feed": for_programs(record("process").seen),
    "meetings-calendar": lists("meeting"),
    "objective-calendar": lists("meeting"),
    "process-calendar": for_programs(record("process").seen),
    "process-file": for_programs(record("process").seen),
    "sitemap": public_list("document"),
    "sitemap-part": public_list("document", answer=NOT_FOUND),  # there is no seventh part
    "api:api-root": public_list("health"),
    "api:openapi-json": public_list("health"),
    "api:objectives": public_list("health"),
    "api:objective": public_list("health"),
    "api:principles": public_list("health"),
    "api:principle": public_list("health", answer=NOT_FOUND),  # the world of the tests has no principle 7
    "api:regions": public_list("health"),
    "api:region": public_list("health", answer=NOT_FOUND),  # nor a region
    "api:countries": public_list("health"),
    "api:country": public_list("health", answer=NOT_FOUND),  # nor Switzerland
    "api:processes": public_list("process", queries=("limit=1",)),
    "api:process": for_programs(record("process").seen),
    "api:phases": public_list("phase"),
    "api:phase": for_programs(PHASES),
    "api:consultations": public_list("consultation", queries=("objective=7", "kind=dialogue", "limit=1")),
    "api:consultation": for_programs(CONSULTATIONS | WIDENED),
    "api:meetings": public_list("meeting", queries=("objective=7", "limit=1")),
    "api:meeting": for_programs(MEETINGS),
    "api:calls": public_list("call", queries=("kind=input",)),
    "api:call": for_programs(record("call", here=True).seen | ASKED),
    "api:documents": public_list("document", queries=("language=en", "objective=7", "kind=other", "limit=1")),
    "api:document": for_programs(DOCUMENTS),
    "api:papers": public_list("paper", queries=("state=published",)),
    "api:paper": for_programs(PAPERS | PUBLISHED | CORRECTED | TAKEN_BACK),
    "api:versions": public_list("paperversion"),
    "api:version": for_programs(VERSIONS),
    "api:endorsements": public_list("endorsement"),
    "api:endorsement": for_programs(ENDORSED | {"endorsement-public": EVERYBODY}),
    "api:commitments": public_list("commitment", queries=("objective=7",)),
    "api:commitment": for_programs(record("commitment", here=True).seen),
    "api:submissions": public_list("submission", queries=("objective=7",)),
    "api:submission": for_programs(record("submission", here=True).seen),
    "api:practices": public_list("practice", queries=("kind=practice",)),
    "api:practice": for_programs(record("practice").seen),
    "api:campaigns": public_list("campaign"),
    "api:campaign": for_programs(record("campaign").seen),
    "api:pages": public_list("resourcepage"),
    "api:page": for_programs(record("page").seen),
    "api:page-sections": public_list("pagesection"),
    "api:page-section": for_programs(GUIDE_SECTIONS),
    "api:organizations": public_list("organization"),
    "api:organization": for_programs(
        some(ORGANIZATIONS, "organization-listed") | {"organization-known": NOBODY}
    ),
    # Of one's own
    "account": private(posted=NOT_DONE, shows=("user",)),
    "my-data": private(shows=("user",)),
    "my-data-erase": private(posted=NOT_DONE, shows=("user", "organization")),
    "my-data-file": button({"": SIGNED_IN}, {"": SIGNED_IN}, done=200),
    "sessions": private(),
    "sessions-end": button({"": SIGNED_IN}, {"": SIGNED_IN}),
    "session-end": button({"session": NOBODY}, {"session": frozenset({"lead"})}),
    "proof-send": button({"": SIGNED_IN}, {"": SIGNED_IN}),
    "unsent": private(answer=302, posted=302, shows=("user",)),
    "my-organization": Page(
        {
            "": SIGNED_IN,
            "organization-lead": PEOPLE & {"lead", "colleague"},
            "organization-suspended": NOBODY,
        },
        private=True,
    ),
    "organization-register": private(posted=NOT_DONE, shows=("organization",)),
    "organization-edit": act(KNOWN, LED, posted=NOT_DONE),
    "organization-listing": act(KNOWN, LED, posted=NOT_DONE),
    "organization-claim": Page({"organization-known": SIGNED_IN}, private=True, posted=NOT_DONE),
    "invite": act(KNOWN, LED, posted=NOT_DONE),
    "invitation": Page(answer=302),
    "invitation-open": Page({"": frozenset({"token-holder"})}),
    "invitation-accept": button({"": NOBODY}, {"": NOBODY}),
    "stop-messages": Page({"": NOBODY}, posted=NOT_FOUND),
    "stop-messages-open": Page({"": NOBODY}, posted=NOT_FOUND),
    "choices": Page({"": NOBODY}),
    "choices-open": Page(answer=302, posted=302),
    "account-messages": private(posted=NOT_DONE, shows=("recipient",)),
    "messages-again": Page({"": NOBODY}, posted=NOT_FOUND),
    "messages-again-open": Page({"": NOBODY}, posted=NOT_FOUND),
    "inbox": private(),
    "inbox-read": button({"entry": NOBODY}, {"entry": frozenset({"lead"})}),
    "code-again": Page(posted=302, is_button=True),
    "inbox-read-all": button({"": SIGNED_IN}, {"": SIGNED_IN}),
    # Of the desk
    "desk": private(DESK),
    "desk-organizations": private(
        EVERYWHERE, queries=("status=verified", "status=suspended", "status=listed"), shows=("organization",)
    ),
    "list-new": private(EVERYWHERE, posted=NOT_DONE),
    "list-take": private(EVERYWHERE, answer=302, posted=NOT_DONE),
    "merger-choose": act(KNOWN, of(KNOWN, EVERYWHERE)),
    # Into one that nobody knows: who may ask is then told that it does not exist.
    "merger": act(KNOWN, of(KNOWN, EVERYWHERE), answer=NOT_FOUND, posted=NOT_FOUND),
    "desk-organization": act(KNOWN, of(KNOWN, EVERYWHERE)),
    "thing-log": act(DOCUMENTS, of(DOCUMENTS, HERE)),
    "preview-consultation": act(RUN, of(RUN, HERE), queries=("as=member", "as=guest")),
    "preview-page": act(GUIDES, of(GUIDES, EVERYWHERE), queries=("as=member",)),
    "consultation-languages": act(RUN, of(RUN, HERE)),
    "page-languages": act(GUIDES, of(GUIDES, EVERYWHERE)),
    "hand-over": private(EVERYWHERE),
    "role-new": private(ADMINISTRATOR, posted=NOT_DONE),
    "role": Page(ROLE, private=True, posted=NOT_DONE, acts=of(ROLE, ADMINISTRATOR)),
    "role-take": button(ROLE, of(ROLE, ADMINISTRATOR)),
    "log": private(
        EVERYWHERE, queries=("act=organization+verified", "since=2026-01-01&until=2030-01-01", "before=9")
    ),
    "log-file": private(EVERYWHERE),
    "log-workbook": private(EVERYWHERE),
    "organization-verify": button(KNOWN, of(KNOWN, EVERYWHERE)),
    "organization-refuse": act(WAITS, of(WAITS, EVERYWHERE), posted=NOT_DONE),
    "organization-suspend": act(KNOWN, of(KNOWN, EVERYWHERE), posted=NOT_DONE),
    "installation": private(ADMINISTRATOR, posted=NOT_DONE),
    "security": private(ADMINISTRATOR),
    "organization-lead": act(KNOWN, of(KNOWN, EVERYWHERE), posted=NOT_DONE),
    "outbox": private(DESK, queries=tuple(f"state={shelf}" for shelf in SHELVES)),
    "outbox-retry": button({"delivery": EVERYWHERE}, {"delivery": EVERYWHERE}),
    "outbox-cancel": button({"delivery": EVERYWHERE}, {"delivery": EVERYWHERE}),
    "suppression-lift": button({"recipient": EVERYWHERE | WAITLISTED}, {"recipient": EVERYWHERE}),
    # Into English, in which these are written: there is nothing to translate for anybody.
    "translation": Page(dict.fromkeys(DOCUMENTS, NOBODY), private=True, posted=NOT_DONE),
    "translation-file": Page(dict.fromkeys(DOCUMENTS, NOBODY), private=True),
    "translation-table": Page(dict.fromkeys(DOCUMENTS, NOBODY), private=True),
    "translation-bring-back": Page(
        dict.fromkeys(DOCUMENTS, NOBODY), private=True, posted=NOT_DONE, is_button=True
    ),
    "translation-give": Page(dict.fromkeys(DOCUMENTS, NOBODY), private=True, posted=NOT_DONE),
    "translation-take-back": Page(
        dict.fromkeys(DOCUMENTS, NOBODY), private=True, posted=NOT_DONE, is_button=True
    ),
    "translations": private(DESK | {"translator"}, queries=("language=fr", "source=paper-section")),
    "notices": private(DESK),
    "notice": act(TOLD, TOLD),
    # Of the library
    "resources:documents": lists(
        "document", queries=("language=en", "objective=7", "kind=other", "sort=title", "page=2")
    ),
    "resources:document": Page(DOCUMENTS | {"document-themes": EVERYBODY}, gone=WITHDRAWN),
    "resources:document-text": Page(DOCUMENTS, gone=WITHDRAWN),
    "short": Page(DOCUMENTS | {"document-withdrawn": EVERYBODY} | record("campaign").seen, answer=302),
    "resources:file": Page(DOCUMENTS, gone=WITHDRAWN),
    "resources:cover": Page(DOCUMENTS),
    "resources:document-new": private(DESK, posted=NOT_DONE),
    "resources:uploads": private(DESK, posted=NOT_DONE),
    "resources:upload-titles": private(DESK, posted=302),
    "resources:document-edit": act(EDITED, of(EDITED, HERE), posted=NOT_DONE),
    "resources:document-publish": act(DRAFTED, DRAFTED, posted=NOT_DONE),
    "resources:document-tell": act(EDITED, of(EDITED, HERE), posted=302),
    "resources:document-withdraw": act(EDITED, of(EDITED, HERE), posted=NOT_DONE),
    "resources:pages": lists("resourcepage"),
    "resources:page": Page(record("page").seen | {"page-withdrawn": EVERYWHERE}, gone=ONCE_READ),
    "resources:page-new": private(EVERYWHERE, posted=NOT_DONE),
    "resources:page-edit": act(GUIDES, of(GUIDES, EVERYWHERE), posted=NOT_DONE),
    "resources:page-publish": button(GUIDES, of(GUIDES, EVERYWHERE)),
    "resources:page-withdraw": button(GUIDES, of(GUIDES, EVERYWHERE)),
    "resources:page-schedule": act(GUIDES, of(GUIDES, EVERYWHERE), posted=NOT_DONE),
    "resources:page-unschedule": button(GUIDES, of(GUIDES, EVERYWHERE)),
    "resources:page-address": act(GUIDES, of(GUIDES, EVERYWHERE), posted=NOT_DONE),
    "resources:page-up": button(GUIDES, of(GUIDES, EVERYWHERE)),
    "resources:page-down": button(GUIDES, of(GUIDES, EVERYWHERE)),
    "resources:section-new": act(GUIDES, of(GUIDES, EVERYWHERE), posted=NOT_DONE),
    "resources:section-edit": act(
        GUIDE_SECTIONS | GONE_SECTIONS, of([*GUIDE_SECTIONS, *GONE_SECTIONS], EVERYWHERE), posted=NOT_DONE
    ),
    "resources:section-history": act(GUIDE_SECTIONS, of(GUIDE_SECTIONS, EVERYWHERE)),
    "resources:section-take-back": button(SECTION_EDITS, SECTION_EDITS),
    "resources:section-up": button(GUIDE_SECTIONS, of(GUIDE_SECTIONS, EVERYWHERE)),
    "resources:section-down": button(GUIDE_SECTIONS, of(GUIDE_SECTIONS, EVERYWHERE)),
    "resources:section-take-out": button(GUIDE_SECTIONS, of(GUIDE_SECTIONS, EVERYWHERE)),
    "resources:section-put-back": button(GONE_SECTIONS, GONE_SECTIONS),
    "resources:attachment-new": act(GUIDES, of(GUIDES, EVERYWHERE), posted=NOT_DONE),
    "resources:attachment": Page(ATTACHMENTS, gone=ONCE_READ),
    "resources:attachment-remove": button(ATTACHMENTS, of(ATTACHMENTS, EVERYWHERE)),
    "resources:campaigns": lists("campaign"),
    "resources:campaign": record("campaign"),
    "resources:campaign-new": private(EVERYWHERE, posted=NOT_DONE),
    "resources:campaign-edit": act(CAMPAIGNED, of(CAMPAIGNED, EVERYWHERE), posted=NOT_DONE),
    "resources:campaign-publish": button(CAMPAIGNED, of(CAMPAIGNED, EVERYWHERE)),
    "resources:campaign-withdraw": button(CAMPAIGNED, of(CAMPAIGNED, EVERYWHERE)),
    "resources:campaign-materials": act(CAMPAIGNED, of(CAMPAIGNED, EVERYWHERE), posted=NOT_DONE),
    "resources:campaign-material": Page(HANDED_ON),
    "resources:campaign-picture": Page(record("campaign").seen),
    "resources:campaign-material-remove": button(HANDED_ON, of(HANDED_ON, EVERYWHERE)),
    "resources:campaign-file": act(CAMPAIGNED, of(CAMPAIGNED, EVERYWHERE)),
    "resources:campaign-take-part": act(CAMPAIGNED, TAKING_PART, posted=NOT_DONE),
    "resources:participation": act(TOOK_PART, PART_TAKERS, posted=NOT_DONE),
    "resources:participation-withdraw": button(TOOK_PART, PART_TAKERS),
    "resources:practices": lists("practice"),
    "resources:practice": Page(record("practice").seen | SHARED),
    "resources:practice-edit": act(SHARED, of(SHARED, EVERYWHERE), posted=NOT_DONE),
    "resources:practice-publish": button(SHARED, of(SHARED, EVERYWHERE)),
    "resources:plan-answer-new": act(PLANNED, of(PLANNED, PEOPLE - OWN), posted=NOT_DONE),
    "resources:plan-answer": Page({"plan-answer": frozenset({"lead"}) | CONFIRMED}, private=True),
    "resources:practice-change": button(SHARED, of(SHARED, OWN)),
    "resources:practice-withdraw": button(SHARED, of(SHARED, OWN | EVERYWHERE)),
    "resources:proposals": private(shows=("proposal",)),
    "resources:proposal-new": private(VERIFIED, posted=NOT_DONE),
    "resources:proposal": Page(PROPOSED, private=True),
    "resources:proposal-edit": act(PROPOSED, of(PROPOSED, OWN), posted=NOT_DONE),
    "resources:proposal-send": button(PROPOSED, of(PROPOSED, OWN)),
    "resources:proposal-take-back": button(PROPOSED, of(PROPOSED, OWN)),
    "resources:proposal-discard": button(PROPOSED, of(PROPOSED, OWN)),
    "resources:proposal-say": button(PROPOSED, PROPOSED, done=NOT_DONE),
    "resources:proposal-answer": button(
        PROPOSED, {"proposal-draft": NOBODY, "proposal-waiting": EVERYWHERE}, done=NOT_DONE
    ),
    # Of the work
    "consultations:consultations": lists("consultation"),
    "consultations:consultation": Page(CONSULTATIONS | WIDENED),
    "consultations:calendar": Page(CONSULTATIONS | WIDENED),
    "consultations:calls": lists("call"),
    "consultations:call": Page(
        {**record("call", here=True).seen, "call-asked": EVERYBODY, "call-over": EVERYBODY},
    ),
    "consultations:call-new": private(DESK, posted=NOT_DONE),
    "consultations:call-edit": act(made("call"), of(made("call"), HERE), posted=NOT_DONE),
    "consultations:call-publish": button(made("call"), of(made("call"), HERE)),
    "consultations:call-withdraw": button(made("call"), of(made("call"), HERE)),
    "consultations:call-open": button(made("call"), of(made("call"), HERE)),
    "consultations:call-close": button(made("call"), of(made("call"), HERE)),
    # Papers, as they are written and read
    "consultations:papers": lists("paper", queries=("status=draft", "kind=statement")),
    "consultations:paper-new": private(DESK, posted=NOT_DONE),
    "consultations:paper-edit": act(PAPERS, of(PAPERS, HERE), posted=NOT_DONE),
    "consultations:paper": Page(
        PAPERS | PUBLISHED | CORRECTED | TAKEN_BACK, gone={"paper-withdrawn": EVERYBODY - WRITING}
    ),
    "consultations:version": Page(VERSIONS),
    "consultations:paper-draft": Page(TRANSLATED, private=True, queries=("language=en",)),
    "consultations:paper-draft-file": Page(TRANSLATED, private=True, queries=("language=en",)),
    "consultations:version-file": Page(VERSIONS),
    "consultations:paper-translation-file": Page(CARDS, private=True),
    "consultations:paper-translation-table": Page(CARDS, private=True),
    "consultations:paper-translation-bring-back": button(CARDS, CARDS, done=NOT_DONE),
    "consultations:paper-coverage": Page(WRITTEN, refused=TRANSLATED, private=True),
    "consultations:section-new": Page(WRITTEN, private=True, posted=NOT_DONE),
    "consultations:section-preview": button(WRITTEN, WRITTEN, done=200),
    "consultations:section": Page(SECTIONS, private=True, posted=NOT_DONE),
    "consultations:section-about": button(SECTIONS, SECTIONS),
    "consultations:section-up": button(SECTIONS, SECTIONS),
    "consultations:section-down": button(SECTIONS, SECTIONS),
    "consultations:section-remove": Page(SECTIONS, private=True, posted=302),
    "consultations:section-put-back": button(SECTIONS, SECTIONS),
    "consultations:section-translate": Page(SECTIONS_TRANSLATED, private=True, posted=NOT_DONE),
    "consultations:section-translation-file": Page(SECTIONS_TRANSLATED, private=True),
    "consultations:section-translation-table": Page(SECTIONS_TRANSLATED, private=True),
    "consultations:section-translation-bring-back": button(
        SECTIONS_TRANSLATED, SECTIONS_TRANSLATED, done=NOT_DONE
    ),
    "consultations:section-history": Page(SECTIONS_TRANSLATED, private=True),
    "consultations:section-take-back": button(EDITS, dict.fromkeys(EDITS, WRITING)),
    "consultations:section-sources": Page(SECTIONS, private=True, queries=("q=s3cr",)),
    "consultations:source-theme": button(SECTIONS, SECTIONS, done=NOT_DONE),
    "consultations:source-inputs": button(SECTIONS, SECTIONS, done=NOT_DONE),
    "consultations:source-voice": button(SECTIONS, SECTIONS, done=NOT_DONE),
    "consultations:source-document": button(SECTIONS, SECTIONS, done=NOT_DONE),
    "consultations:source-consultation": button(SECTIONS, SECTIONS, done=NOT_DONE),
    "consultations:source-remove": button(SOURCES, SOURCES),
    # Papers, as they come before their readers
    "consultations:paper-freeze": act(TO_FREEZE, of(TO_FREEZE, HERE), posted=302),
    "consultations:paper-reopen": button(SIGNED, of(SIGNED, HERE)),
    "consultations:paper-publish": act(SIGNED, of(SIGNED, HERE), posted=NOT_DONE),
    "consultations:paper-unschedule": button(SIGNED, of(SIGNED, HERE)),
    "consultations:paper-correct": act(PUBLISHED, of(PUBLISHED, HERE), posted=NOT_DONE),
    "consultations:paper-language": button(PUBLISHED, of(PUBLISHED, HERE)),
    "consultations:paper-withdraw": act(PUBLISHED, of(PUBLISHED, HERE), posted=NOT_DONE),
    "consultations:paper-restore": button(TAKEN_BACK, of(TAKEN_BACK, HERE)),
    "consultations:postcards": act(
        PUBLISHED | TO_FREEZE, of(PUBLISHED | TO_FREEZE, WRITING), posted=NOT_DONE
    ),
    "consultations:postcard-edit": act(POSTCARDS, of(POSTCARDS, WRITING), posted=NOT_DONE),
    "consultations:postcard-remove": button(POSTCARDS, of(POSTCARDS, WRITING)),
    "consultations:print": Page(PRINTS, gone={"print-replaced": EVERYBODY}),
    "consultations:contribution-new": Page(ASKED, posted=NOT_DONE, acts=of(ASKED, PEOPLE)),
    "consultations:contribution-member": Page(ASKED, private=True, posted=NOT_DONE, acts=of(ASKED, NOBODY)),
    "consultations:contribution-stranger": Page(ASKED, posted=NOT_DONE, acts=of(ASKED, NOBODY)),
    "consultations:contribution-resume": Page(posted=NOT_DONE),
    "consultations:contribution": Page(GIVEN),
    "consultations:contribution-edit": given(
        {"contribution-draft": OWN, "contribution-sent": CONFIRMED, "contribution-coded": NOBODY}, posted=302
    ),
    "consultations:round-pack": Page(ASKED),
    "consultations:contribution-upload": given(
        {"contribution-draft": OWN, "contribution-sent": CONFIRMED, "contribution-coded": NOBODY},
        posted=NOT_DONE,
    ),
    "consultations:contribution-send": given(
        {"contribution-draft": frozenset({"lead"}), "contribution-sent": CONFIRMED}, posted=NOT_DONE
    ),
    "consultations:contribution-consent": given(
        {"contribution-sent": CONFIRMED, "contribution-unnamed": frozenset({"lead"})}, posted=NOT_DONE
    ),
    "consultations:contribution-withdraw": given(
        {"contribution-sent": CONFIRMED, "contribution-coded": NOBODY}, posted=302
    ),
    "consultations:contribution-discard": given(
        {"contribution-draft": frozenset({"lead"}), "contribution-withdrawn": WAITLISTED}, posted=302
    ),
    "consultations:contribution-again": given_button({"contribution-withdrawn": WAITLISTED}),
    "consultations:contribution-code": given_button({"contribution-coded": NOBODY}),
    "consultations:contributions-file": Page(of(("call-asked", "call-over"), EVERYBODY)),
    "consultations:contributions-workbook": Page(of(("call-asked", "call-over"), EVERYBODY)),
    "consultations:input-file": Page(FILES),
    "consultations:reading": Page(
        {"call-asked": READING, "call-over": HERE},
        refused=of(("call-asked", "call-over"), EVERYBODY),
        private=True,
        posted=NOT_DONE,
        queries=("fate=received", "flag=untagged", "language=en"),
    ),
    "consultations:heard": Page(
        {"call-asked": READING},
        refused=ASKED,
        private=True,
        posted=302,
        acts=of(ASKED, HERE),
        queries=("led=migrants",),
    ),
    "consultations:urgent": Page(
        of(ASKED, frozenset({"lead", "waitlisted", "confirmed"})),
        refused=ASKED,
        private=True,
        posted=NOT_DONE,
    ),
    "consultations:urgent-ask": act(ASKED, of(ASKED, HERE), posted=NOT_DONE),
    "consultations:urgent-result": Page(of(ASKED, READING), refused=ASKED, private=True),
    "consultations:briefing-new": act(ASKED, of(ASKED, HERE), posted=NOT_DONE),
    "consultations:rapporteurs": act(ASKED, of(ASKED, HERE), posted=NOT_DONE),
    "consultations:input": Page(INPUTS, private=True),
    "consultations:input-tag": button(INPUTS, INPUTS, done=NOT_DONE),
    "consultations:input-merge": button(INPUTS, INPUTS, done=NOT_DONE),
    "consultations:input-use": button(INPUTS, INPUTS, done=NOT_DONE),
    "consultations:input-aside": button(INPUTS, INPUTS, done=NOT_DONE),
    "consultations:input-note": button(INPUTS, INPUTS),
    "consultations:input-read": button(INPUTS, INPUTS),
    "consultations:input-part": button(INPUTS, INPUTS),
    "consultations:input-take-up": button(INPUTS, INPUTS),
    "consultations:input-untag": button(INPUTS, INPUTS, done=NOT_FOUND),
    "consultations:input-unuse": button(INPUTS, INPUTS, done=NOT_FOUND),
    "consultations:theme-edit": act({"theme-asked": READING}, {"theme-asked": HERE}, posted=NOT_DONE),
    "consultations:theme-publish": button({"theme-asked": READING}, {"theme-asked": HERE}),
    "consultations:theme-withdraw": button({"theme-asked": READING}, {"theme-asked": HERE}),
    "consultations:meeting-notes": act(SAT, of(SAT, HERE), posted=NOT_DONE),
    "consultations:meeting-note-remove": button({"meeting-note": HERE}, {"meeting-note": HERE}),
    "consultations:commitments": lists("commitment"),
    "consultations:commitments-compared": lists("commitment", queries=("by=whom", "objective=7")),
    "consultations:commitment": record("commitment", here=True),
    "consultations:commitment-new": private(DESK, posted=NOT_DONE),
    "consultations:commitment-edit": act(made("commitment"), of(made("commitment"), HERE), posted=NOT_DONE),
    "consultations:commitment-publish": button(made("commitment"), of(made("commitment"), HERE)),
    "consultations:commitment-withdraw": button(made("commitment"), of(made("commitment"), HERE)),
    "consultations:commitment-report": act(
        some(made("commitment"), "commitment-public"), {"commitment-public": HERE | OWN}, posted=NOT_DONE
    ),
    "consultations:report-accept": button(REPORT, of(REPORT, HERE)),
    "consultations:report-decline": act(REPORT, of(REPORT, HERE), posted=NOT_DONE),
    "consultations:update-remove": button({"update": EVERYBODY}, {"update": HERE}),
    "consultations:submissions": lists("submission", queries=("stage=due", "stage=answered")),
    "consultations:submission": record("submission", here=True),
    "consultations:submission-new": private(DESK, posted=NOT_DONE),
    "consultations:submission-edit": act(made("submission"), of(made("submission"), HERE), posted=NOT_DONE),
    "consultations:submission-publish": button(made("submission"), of(made("submission"), HERE)),
    "consultations:submission-withdraw": button(made("submission"), of(made("submission"), HERE)),
    "consultations:submission-receipt": act(
        some(made("submission"), "submission-public"), {"submission-public": HERE}
    ),
    "consultations:submission-outcome": act(
        some(made("submission"), "submission-public"), {"submission-public": HERE}, posted=NOT_DONE
    ),
    "consultations:outcome-remove": button({"outcome": EVERYBODY}, {"outcome": HERE}),
    "consultations:accreditation-tracks": lists("accreditationtrack"),
    "consultations:accreditation-guide": lists(
        "accreditationtrack", queries=("has_status=yes", "wants=speak&process=x")
    ),
    "consultations:accreditation-track": record("accreditation-track", here=True),
    "consultations:accreditation-track-new": private(DESK, posted=NOT_DONE),
    "consultations:accreditation-track-edit": act(
        made("accreditation-track"), of(made("accreditation-track"), HERE), posted=NOT_DONE
    ),
    "consultations:accreditation-track-publish": button(
        made("accreditation-track"), of(made("accreditation-track"), HERE)
    ),
    "consultations:accreditation-track-withdraw": button(
        made("accreditation-track"), of(made("accreditation-track"), HERE)
    ),
    "consultations:door-note": button(
        some(made("accreditation-track"), "accreditation-track-public"),
        {"accreditation-track-public": BELONGING},
        done=NOT_DONE,
    ),
    "consultations:door-note-remove": button({"note": OWN}, {"note": OWN}),
    "consultations:voices": private(),
    "consultations:voice-new": private(VERIFIED, posted=NOT_DONE),
    "consultations:voice": Page(VOICES, private=True),
    "consultations:voice-edit": act(VOICES, of(VOICES, frozenset({"lead"})), posted=NOT_DONE),
    "consultations:voice-consent": act(VOICES, of(VOICES, frozenset({"lead"})), posted=NOT_DONE),
    "consultations:voice-withdraw": act(VOICES, of(VOICES, frozenset({"lead"})), posted=NOT_DONE),
    "consultations:voice-use": act(VOICES, {"voice-standing": HERE, "voice-over": NOBODY}, posted=NOT_DONE),
    "consultations:voice-use-remove": button(USES, USES),
    "consultations:consultation-new": private(DESK, posted=NOT_DONE),
    "consultations:consultation-edit": act(RUN, of(RUN, HERE), posted=NOT_DONE),
    "consultations:consultation-announce": button(RUN, of(RUN, HERE)),
    "consultations:consultation-open": button(RUN, of(RUN, HERE)),
    "consultations:consultation-close": button(RUN, of(RUN, HERE)),
    "consultations:consultation-archive": button(RUN, of(RUN, HERE)),
    "consultations:consultation-questions": act(RUN, of(RUN, HERE)),
    "consultations:consultation-question-new": act(RUN, of(RUN, HERE), posted=NOT_DONE),
    "consultations:call-questions": act(CALLED, of(CALLED, HERE)),
    "consultations:call-question-new": act(CALLED, of(CALLED, HERE), posted=NOT_DONE),
    "consultations:question-edit": act(QUESTIONS, of(QUESTIONS, HERE), posted=NOT_DONE),
    "consultations:question-up": button(QUESTIONS, of(QUESTIONS, HERE)),
    "consultations:question-down": button(QUESTIONS, of(QUESTIONS, HERE)),
    "consultations:question-remove": button(QUESTIONS, of(QUESTIONS, HERE)),
    "consultations:question-again": button(QUESTIONS, of(QUESTIONS, HERE)),
    "consultations:consent": act(RUN, of(RUN, HERE), posted=NOT_DONE),
    "consultations:consent-text": Page({"consent-public": EVERYBODY, "consent-closed": CONFIRMED | HERE}),
    "consultations:meeting-new": act(RUN, of(RUN, HERE), posted=NOT_DONE),
    "consultations:meeting-edit": act(SAT, of(SAT, HERE), posted=NOT_DONE),
    "consultations:meeting-repeat": act(SAT, of(SAT, HERE), posted=NOT_DONE),
    "consultations:meeting-groups": act(SAT, of(SAT, HERE), posted=NOT_DONE),
    "consultations:meeting-materials": act(SAT, of(SAT, HERE), posted=NOT_DONE),
    "consultations:material": Page(MATERIALS),
    "consultations:material-remove": button(MATERIALS, of(MATERIALS, HERE)),
    "consultations:guests": act(RUN, of(RUN, HERE), posted=NOT_DONE),
    "consultations:guest-withdraw": button(INVITED, of(INVITED, HERE)),
    "consultations:invited": private(shows=OF_ROOMS),
    "consultations:guest": Page(INVITED, private=True),
    "consultations:guest-answer": button(INVITED, of(INVITED, GUEST)),
    "consultations:guest-letter": Page(answer=302),
    "consultations:guest-letter-open": Page({"": NOBODY}),
    "consultations:guest-letter-answer": Page({"": NOBODY}, posted=NOT_FOUND, is_button=True),
    "consultations:own-calendar": private(shows=OF_ROOMS),
    "consultations:own-calendar-make": button({"": SIGNED_IN}, {"": SIGNED_IN}),
    "consultations:own-calendar-revoke": button({"": SIGNED_IN}, {"": SIGNED_IN}),
    "calendar-feed": Page({"": NOBODY}),
    "consultations:meeting-cancel": button(SAT, of(SAT, HERE)),
    "consultations:meeting-remove": button(SAT, of(SAT, HERE)),
    "consultations:register": Page(
        CONSULTATIONS,
        private=True,
        posted=NOT_DONE,
        acts={
            "consultation-public": frozenset({"guest", "lead", "waitlisted", "confirmed"}),
            "consultation-members": frozenset({"lead", "waitlisted", "confirmed"}),
            "consultation-closed": CONFIRMED,
            "consultation-draft": NOBODY,
        },
    ),
    "consultations:registrations": act(RUN, of(RUN, HERE)),
    "consultations:registrations-file": act(RUN, of(RUN, HERE)),
    "consultations:registrations-workbook": act(RUN, of(RUN, HERE)),
    "consultations:registrations-many": button(RUN, of(RUN, HERE)),
    "consultations:circular": Page(
        {"circular-public": OWN | WAITLISTED | HERE, "circular-closed": CONFIRMED | HERE}, private=True
    ),
    "consultations:announcements": lists("announcement", queries=("page=2",)),
    "consultations:announcement": Page(SENT | UNSENT),
    "consultations:announcement-new": private(EVERYWHERE, posted=NOT_DONE),
    "consultations:announcement-edit": act(UNSENT, of(UNSENT, EVERYWHERE), posted=NOT_DONE),
    "consultations:announcement-preview": act(
        SENT | UNSENT, of(SENT | UNSENT, EVERYWHERE), queries=("in=ar",)
    ),
    "consultations:announcement-try": button(UNSENT, of(UNSENT, EVERYWHERE)),
    **{
        f"consultations:announcement-{step}": button(UNSENT, of(UNSENT, EVERYWHERE))
        for step in ("ask", "approve", "back", "unschedule")
    },
    "consultations:announcement-schedule": act(UNSENT, of(UNSENT, EVERYWHERE), posted=NOT_DONE),
    "consultations:announcement-send": act(UNSENT, of(UNSENT, EVERYWHERE), posted=NOT_DONE),
    "consultations:announcement-withdraw": button(SENT, of(SENT, EVERYWHERE)),
    "consultations:announcement-progress": act(SENT, of(SENT, EVERYWHERE)),
    "consultations:announcement-stop": button(SENT, of(SENT, EVERYWHERE)),
    "consultations:announcement-resume": button(SENT, of(SENT, EVERYWHERE)),
    "consultations:announcement-correct": act(SENT, of(SENT, EVERYWHERE), posted=NOT_DONE),
    "consultations:announcement-correction": Page({"announcement-correction": EVERYWHERE}, private=True),
    **{
        f"consultations:announcement-correction-{step}": button(
            {"announcement-correction": EVERYWHERE}, of(("announcement-correction",), EVERYWHERE)
        )
        for step in ("approve", "drop")
    },
    "consultations:attendance": act(SAT, of(SAT, HERE), posted=302),
    "consultations:door": act(SAT, of(SAT, HERE), posted=302),
    "consultations:arrive": Page(
        {"meeting-public": DELEGATE, "meeting-closed": NOBODY}, private=True, posted=NOT_DONE
    ),
    "consultations:arrival-letter": Page(dict.fromkeys(SAT, EVERYBODY), answer=302),
    "consultations:quotas": act(RUN, of(RUN, HERE), posted=NOT_DONE),
    "consultations:reminders": act(RUN, of(RUN, HERE), posted=NOT_DONE),
    "consultations:reminder-remove": button(RUN, of(RUN, HERE)),
    "consultations:admissions": act(RUN, of(RUN, HERE), posted=NOT_DONE),
    "consultations:admission-withdraw": button({"admission": CONFIRMED | HERE}, {"admission": HERE}),
    "consultations:admission-letter": Page(answer=302),
    "consultations:admission": Page({"": NOBODY}, private=True, posted=NOT_FOUND),
    "consultations:quota-edit": act(QUOTAS, of(QUOTAS, HERE), posted=NOT_DONE),
    "consultations:quota-remove": button(QUOTAS, of(QUOTAS, HERE), done=200),
    "consultations:registration": Page(REGISTRATIONS, private=True),
    # Of a room that is closed to them again there are no meetings, and a calendar without any is not there.
    "consultations:registration-calendar": Page(
        REGISTRATIONS | {"registration-cancelled": HERE}, private=True
    ),
    "consultations:delegates": act(ANSWERED, of(ANSWERED, CONFIRMED), posted=NOT_DONE),
    "consultations:registration-answers": act(ANSWERED, of(ANSWERED, CONFIRMED), posted=NOT_DONE),
    "consultations:registration-file": Page({"letter": CONFIRMED | HERE}, private=True),
    "consultations:registration-cancel": act(ANSWERED, of(ANSWERED, CONFIRMED | HERE), posted=302),
    "consultations:offer-answer": button(
        {"registration-offered": HERE | OWN}, {"registration-offered": frozenset({"lead"})}
    ),
    "consultations:delegation-link": button(ANSWERED, of(ANSWERED, CONFIRMED)),
    "consultations:delegation-close": button(ANSWERED, of(ANSWERED, CONFIRMED)),
    "consultations:delegation-letter": Page(answer=302),
    "consultations:delegation": Page({"": NOBODY}, posted=NOT_FOUND),
    "consultations:offer": Page(answer=302),
    "consultations:comment-round-new": act(COMMENTED, of(COMMENTED, HERE), posted=NOT_DONE),
    "consultations:paper-comments": act(COMMENTED, of(COMMENTED, HERE)),
    "consultations:paper-comments-file": act(COMMENTED, of(COMMENTED, HERE)),
    "consultations:paper-comments-workbook": act(COMMENTED, of(COMMENTED, HERE)),
    "consultations:comment-round": Page(ROUND, private=True),
    "consultations:comment-round-extend": act(ROUND, of(ROUND, HERE), posted=NOT_DONE),
    "consultations:comment-round-close": button(ROUND, of(ROUND, HERE)),
    "consultations:comment-new": Page(ROUND, private=True, posted=NOT_DONE, acts=of(ROUND, PEOPLE)),
    "consultations:own-comments": private(shows=("comment",)),
    "consultations:comment": Page(COMMENTS, private=True),
    # What is answered is not changed, and its page says so.
    "consultations:comment-edit": act(
        some(COMMENTS, "comment-unnamed", "comment-kept"), SAID, posted=NOT_DONE
    ),
    "consultations:comment-consent": act(COMMENTS, SAID, posted=NOT_DONE),
    "consultations:comment-withdraw": act(COMMENTS, SAID, posted=302),
    "consultations:comment-accept": button(COMMENTS, of(COMMENTS, HERE), done=NOT_DONE),
    "consultations:comment-adapt": button(COMMENTS, of(COMMENTS, HERE), done=NOT_DONE),
    "consultations:comment-merge": button(COMMENTS, of(COMMENTS, HERE), done=NOT_DONE),
    "consultations:comment-decline": button(COMMENTS, of(COMMENTS, HERE), done=NOT_DONE),
    "consultations:comment-reopen": button(COMMENTS, of(COMMENTS, HERE)),
    "consultations:version-changes": Page({"version-commented": MEMBERS_HERE}),
    "consultations:offer-open": Page({"": NOBODY}),
    "consultations:offer-letter-answer": Page({"": NOBODY}, posted=NOT_FOUND, is_button=True),
    "consultations:registration-confirm": button(ANSWERED, of(ANSWERED, HERE)),
    "consultations:registration-decline": act(ANSWERED, of(ANSWERED, HERE), posted=NOT_DONE),
    # Of sign-on
    "consultations:sign-on": act(SIGNED, of(SIGNED, HERE), posted=NOT_DONE),
    "consultations:sign-on-extend": button(SIGNED, of(SIGNED, HERE), done=NOT_DONE),
    "consultations:sign-on-close": button(SIGNED, of(SIGNED, HERE)),
    "consultations:paper-endorse": Page(SIGNED, private=True, answer=302),
    "consultations:endorse": Page(
        SIGNED_VERSIONS, private=True, posted=NOT_DONE, acts=of(SIGNED_VERSIONS, LEADING)
    ),
    "consultations:endorse-letter": Page(answer=302),
    "consultations:endorse-open": Page({"": NOBODY}, private=True),
    "consultations:endorsements": private(shows=("endorsement", "paper")),
    "consultations:endorsement": Page(ENDORSED, private=True),
    "consultations:endorsement-edit": act(ENDORSED, ENDORSING, posted=NOT_DONE),
    "consultations:endorsement-withdraw": act(ENDORSED, ENDORSING, posted=302),
    "consultations:signatures": Page(SIGNED_VERSIONS),
    "consultations:signatures-file": Page(SIGNED_VERSIONS),
    "consultations:signatures-workbook": Page(SIGNED_VERSIONS),
    "consultations:signature-new": Page({"version-open-letter": EVERYBODY}, posted=NOT_DONE),
    "consultations:signature-sent": Page({"version-open-letter": EVERYBODY}),
    "consultations:signature-letter": Page(answer=302),
    "consultations:signature": Page({"": NOBODY}),
    "consultations:signature-answer": Page({"": NOBODY}, posted=NOT_FOUND, is_button=True),
    "consultations:signature-accept": button(SIGNER, SIGNER),
    "consultations:signature-decline": act(SIGNER, SIGNER, posted=302),
}

# Pages of the library that signs people in: what the signed-out and the signed-in get, and for an empty form. They
# show nobody but oneself.
FOREIGN = {
    "account_login": (200, 302, 200, 302),
    "account_logout": (302, 200, 302, 302),
    "account_inactive": (200, 200, 405, 405),
    "account_signup": (200, 302, 200, 302),
    "account_reauthenticate": (302, 302, 302, 302),
    "account_email": (302, 200, 302, 302),
    "account_email_verification_sent": (302, 302, 302, 302),
    "account_change_password": (302, 302, 302, 302),
    "account_set_password": (302, 200, 302, 200),
    "account_reset_password": (200, 200, 200, 200),
    "account_confirm_login_code": (302, 302, 302, 302),
    "account_confirm_password_reset_code": (302, 302, 302, 302),
    "account_complete_password_reset": (302, 302, 302, 302),
    "account_password_reset_completed": (200, 200, 405, 405),
    "account_request_login_code": (200, 302, 200, 302),
    "mfa_index": (302, 200, 302, 405),
    "mfa_authenticate": (302, 302, 302, 302),
    "mfa_reauthenticate": (302, 302, 302, 302),
    "mfa_activate_totp": (302, 200, 302, 200),
    "mfa_deactivate_totp": (302, 404, 302, 404),
    "mfa_view_recovery_codes": (302, 404, 302, 405),
    "mfa_generate_recovery_codes": (302, 200, 302, 200),
    "mfa_download_recovery_codes": (302, 404, 302, 404),
    "mfa_list_webauthn": (302, 200, 302, 405),
    "mfa_add_webauthn": (302, 200, 302, 200),
    "mfa_reauthenticate_webauthn": (302, 302, 302, 302),
    "mfa_login_webauthn": (302, 302, 302, 302),
}
# They need a passkey of one's own; tests/test_pages.py opens them.
# Whom the page of a new proof asks depends on what else one has to prove oneself: tests/portal/test_proofs.py.
UNWALKED = {
    "mfa_edit_webauthn": (302, 404, 302, 404),
    "mfa_remove_webauthn": (302, 404, 302, 404),
    "proof": (302, 200, 302, 422),
}
# Named nowhere, seen by everybody: the bare address, the word for robots, whom one tells of a weakness.
UNNAMED = {"": 302, "robots.txt": 200, ".well-known/security.txt": 200}

# Every kind of notice, with what the canary has told: an open room and a closed one where there are both.
MESSAGES = {
    "comments-opened": ("round",),
    "comments-missing": ("round",),
    "comment-answered": ("comment-answered",),
    "paper-sign-on-opened": ("open-letter", "open-letter-members"),
    "paper-sign-on-closing": ("open-letter-reminder",),
    "endorsement-asked-again": ("version-changed",),
    "signature-asked": ("signer-unconfirmed",),
    "signature-answered": ("signer-public",),
    "paper-corrected": ("version-corrected", "version-corrected-members"),
    "group-join-asked": ("request",),
    "group-join-answered": ("request-answered",),
    "registration-received": ("registration-pending",),
    "registration-confirmed": ("registration-confirmed", "registration-closed"),
    "registration-waitlisted": ("registration-waitlisted",),
    "registration-promoted": ("registration-confirmed", "registration-closed"),
    "circular-sent": ("circular-public", "circular-closed"),
    "announcement-sent": ("announcement-public", "announcement-members", "announcement-invited"),
    "announcement-tried": ("announcement-trial",),
    "admission-sent": ("admission",),
    "place-offered": ("registration-offered",),
    "offer-lapsed": ("registration-lapsed",),
    "registration-declined": ("registration-declined",),
    "registration-cancelled": ("registration-cancelled",),
    "delegates-to-name": ("naming-public", "naming-closed"),
    "delegate-named": ("delegate-confirmed", "delegate-closed"),
    "delegate-removed": ("former-confirmed", "former-closed"),
    "consultation-opened": ("consultation-public", "consultation-members", "consultation-closed"),
    "call-opened": ("call-asked",),
    "call-answer-missing": ("asked-again",),
    "urgent-asked": ("call-asked",),
    "contribution-received": ("contribution-sent",),
    "deadline-near": ("deadline-public", "deadline-members"),
    "consultation-moved": ("meeting-public", "meeting-closed", "meeting-widened"),
    "join-address-given": ("meeting-public", "meeting-closed", "meeting-widened"),
    "meeting-cancelled": ("meeting-public", "meeting-closed", "meeting-widened"),
    "meeting-near": ("near-public", "near-closed"),
    "guest-invited": ("guest-widened", "guest-closed-widened"),
    "guest-accepted": ("guest-widened", "guest-closed-widened"),
    "guest-withdrawn": ("guest-withdrawn",),
    "campaign-published": ("campaign-public", "campaign-members"),
    "plan-answered": ("plan-answer",),
    "proposal-answered": ("proposal-answer",),
    "proposal-replied": ("proposal-reply",),
    "document-published": ("document-public", "document-members"),
    "document-translated": ("document-public", "document-members"),
    "organization-verified": ("organization-lead",),
    "organization-refused": ("claim-refused",),
    "organization-suspended": ("suspension",),
    "organization-merged": ("merger",),
    "role-ending": ("role-ending",),
    "translation-assigned": ("assignment",),
    "translation-due": ("assignment",),
    "translation-taken-back": ("assignment-over",),
    "second-factor-reset": ("reset",),
    "colleague-invited": ("invitation",),
    "digest-gathered": ("digest",),
}
