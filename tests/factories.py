"""Plain functions that make rows for tests; each takes what matters and fills in the rest."""

from datetime import timedelta
from io import BytesIO
from itertools import count

import pikepdf
from allauth.mfa.models import Authenticator
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import DateField
from django.utils import timezone

from consultations.models import (
    AccreditationTrack,
    Admission,
    Announcement,
    Call,
    CommentRound,
    Commitment,
    Consultation,
    Contribution,
    Delegate,
    Endorsement,
    Input,
    Meeting,
    Option,
    OutsideSigner,
    Paper,
    PaperVersion,
    Question,
    Quota,
    Registration,
    Report,
    Submission,
    Theme,
)
from consultations.operations import comments, drafting, papers, sign_on, versions
from portal import names, tokens
from portal.files import Clean
from portal.models import (
    Assignment,
    Claim,
    Country,
    GroupMember,
    Membership,
    Objective,
    Organization,
    Phase,
    Principle,
    Process,
    Recipient,
    Region,
    Role,
    User,
    WorkingGroup,
)
from portal.operations import files, publication, texts
from resources.models import (
    Attachment,
    Campaign,
    Document,
    FileReading,
    PageSection,
    Participation,
    Practice,
    Proposal,
    ResourcePage,
)

numbers = count(1)


def user(email=None, *, language="en", name=None, role=None, **fields):
    number = next(numbers)
    made = User.objects.create_user(
        email or f"person{number}@people.example",
        name=name or f"Person {number}",
        language=language,
        **fields,
    )
    made.emailaddress_set.create(email=made.email, verified=True, primary=True)
    if role:
        Role.objects.create(user=made, kind=role)
    return made


def with_second_factor(person):
    """The person, with an authenticator app: coordinators and administrators sign in with one."""
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "only for tests"})
    return person


def coordinator(*, second_factor=True, **fields):
    person = user(role=Role.Kind.COORDINATOR, **fields)
    return with_second_factor(person) if second_factor else person


def coordinator_of(thing, **fields):
    """A coordinator of one thing and of what belongs to it."""
    person = user(**fields)
    kind = ContentType.objects.get_for_model(thing)
    Role.objects.create(user=person, kind=Role.Kind.COORDINATOR, content_type=kind, object_id=thing.pk)
    return with_second_factor(person)


def role(kind, thing, **fields):
    """A person with a kind of work on one thing, without a second factor."""
    person = user(**fields)
    of = ContentType.objects.get_for_model(thing)
    Role.objects.create(user=person, kind=kind, content_type=of, object_id=thing.pk)
    return person


def translator(**fields):
    return user(role=Role.Kind.TRANSLATOR, **fields)


def administrator(*, second_factor=True, **fields):
    person = user(role=Role.Kind.ADMINISTRATOR, is_staff=True, is_superuser=True, **fields)
    return with_second_factor(person) if second_factor else person


def organization(
    name=None, *, lead=None, colleague=None, status="verified", original_language="en", **fields
):
    number = next(numbers)
    made = Organization(
        status=status, original_language=original_language, languages=[original_language], **fields
    )
    setattr(made, f"name_{original_language}", name or f"Harbour Light {number}")
    made.save()
    if status == Organization.Status.VERIFIED and not made.slug:
        made.slug = f"harbour-light-{made.key.hex[:6]}"
        made.save(update_fields=["slug"])
    for person, role in ((lead, Membership.Role.LEAD), (colleague, Membership.Role.COLLEAGUE)):
        if person is not None:
            Membership.objects.create(organization=made, user=person, role=role)
    return made


def lead(*, language="en", status="verified", **organization_fields):
    """A person who leads an organization of this status; return the person, `.organization` beside."""
    person = user(language=language)
    person.organization = organization(lead=person, status=status, **organization_fields)
    return person


def claim(by=None, *, status="open", **organization_fields):
    """A claim on an organization known from public sources: it waits, or was refused."""
    waits = status == Claim.Status.OPEN
    made = organization(status="pending" if waits else "known", **organization_fields)
    answered = {} if waits else {"reason": Claim.Reason.NOT_CONFIRMED, "answered_at": timezone.now()}
    return Claim.objects.create(organization=made, user=by or user(), status=status, **answered)


def objective(number=None, **fields):
    number = number or next(n for n in range(1, 24) if not Objective.objects.filter(number=n).exists())
    texts = {"title_en": f"Objective title {number}", "label_en": f"Label {number}"}
    made, _made = Objective.objects.get_or_create(number=number, defaults=texts | fields)
    return made


def principle(number=1):
    return Principle.objects.get_or_create(number=number, letter="a", title_en=f"Principle {number}")[0]


def region(code="africa", **fields):
    return Region.objects.get_or_create(code=code, defaults={"title_en": code, "commission": "X"} | fields)[0]


def country(iso2="TN", name="Tunisia", *, regions=(), **fields):
    values = {"iso3": f"{iso2}X", "m49": f"{Country.objects.count() + 1:03}", "name_en": name} | fields
    made, _made = Country.objects.get_or_create(iso2=iso2, defaults=values)
    made.regions.add(*regions)
    return made


def report(process, *, language="en"):
    """A report of a process as it stands once the worker has made it."""
    made = files.store(pdf(), by=None)
    return Report.objects.create(process=process, language=language, made_at=timezone.now(), file=made)


def _record(model, title, texts, objectives, fields):
    """A record whose texts per language are approved: title_ar="…" and the like."""
    number = next(numbers)
    original = fields.pop("original_language", "en")
    if not any(name.startswith("title_") for name in texts):
        texts = {f"title_{original}": title or f"{model.__name__} {number}"} | texts
    codes = {name.split("_")[1] for name, value in texts.items() if name.startswith("title_") and value}
    if original not in codes:
        original = sorted(codes)[0]
    made = model(original_language=original, languages=sorted(codes), **texts, **fields)
    made.clean_fields(
        exclude={field.name for field in model._meta.fields if not isinstance(field, DateField)}
    )
    if made.status != "draft":
        made.make_slug()
    made.save()
    made.objectives.set(objectives)
    publication.changed(made)
    return made


def _split(fields):
    texts = {name: fields.pop(name) for name in list(fields) if name.startswith(("title_", "summary_"))}
    return texts, fields.pop("objectives", ())


def _maker(model, **defaults):
    def make(title=None, **fields):
        fields = defaults | fields
        texts, objectives = _split(fields)
        return _record(model, title, texts, objectives, fields)

    return make


process = _maker(Process, status="published")
phase = _maker(Phase, status="published")
working_group = _maker(WorkingGroup, status="published")
campaign = _maker(Campaign, status="published")
practice = _maker(Practice, status="published")
resource_page = _maker(ResourcePage, status="published")
consultation = _maker(Consultation)
call = _maker(Call, status="published")
theme = _maker(Theme, status="published")
commitment = _maker(Commitment, status="published")
accreditation_track = _maker(AccreditationTrack, status="published")
submission = _maker(Submission, status="published", addressee="The secretariat of the forum")


def announcement(title=None, *, to=(), bodies=None, status="published", **fields):
    """An announcement to these organizations, in each language with its text."""
    if status in ("published", "withdrawn"):
        fields.setdefault("sent_at", timezone.now())
    made = _maker(Announcement, status=status)(title, **fields)
    for language, markdown in (bodies or {made.original_language: "All **doors** are open."}).items():
        texts.save_body(made, language, markdown, approve=True, by=None)
    made.organizations.set(to)
    return made


def proposal(organization_, title="Open clinic", *, status="waiting", by=None, texts=None, **fields):
    """What an organization wants to share, as it stands in the database."""
    made = Proposal.objects.create(
        organization=organization_,
        status=status,
        texts=texts or {"en": {"title": title, "summary": "A clinic without papers."}},
        sent_at=None if status == Proposal.Status.DRAFT else timezone.now(),
        changed_by=by,
        **fields,
    )
    if status != Proposal.Status.DRAFT:
        made.messages.create(step="waiting", by=by)
    return made


def page_section(page, title="What to do", text="", **fields):
    """A section of a resource page, at its end, with a text in English."""
    fields = {"position": page.sections.count()} | fields
    section = PageSection.objects.create(page=page, title_en=title, languages=["en"], **fields)
    if text:
        texts.save_body(section, "en", text, by=None)
    return section


def attachment(page, **fields):
    """A file on a resource page."""
    stored = files.store(pdf(), by=None)
    return Attachment.objects.create(page=page, file=stored, **({"title": "A form"} | fields))


def participation(campaign_, organization_=None, *, shown="public", **fields):
    """An organization took part in a campaign."""
    return Participation.objects.create(
        campaign=campaign_, organization=organization_ or organization(), shown=shown, **fields
    )


def campaign_picture(campaign_, language="en", *, content=b"\x89PNG picture"):
    """The picture that a worker has drawn of a campaign, be it of a draft as it once did."""
    row, _is_new = campaign_.pictures.get_or_create(
        language=language, defaults={"not_before": timezone.now()}
    )
    row.file, row.made_at = files.keep(Clean("picture.png", content, "image/png"), by=None), timezone.now()
    row.save()
    return row


def group_member(group, user, *, organization_=None, role="member"):
    """A person in a working group, for her own organization."""
    of = organization_ or Organization.objects.filter(membership__user=user).first()
    return GroupMember.objects.create(group=group, user=user, organization=of, role=role)


def document(title=None, *, status="published", **fields):
    if status == "published":
        fields = {"published_at": timezone.now(), "begins_on": timezone.localdate()} | fields
    return _maker(Document, status=status)(title, **fields)


def assignment(thing, *, source="document", language="fr", **fields):
    """A text that is given to somebody to be translated."""
    given = {"due_at": timezone.now() + timedelta(days=9), "given_at": timezone.now()}
    return Assignment.objects.create(thing=thing, source=source, language=language, **given | fields)


def pdf(name="paper.pdf", *, pages=1):
    """An upload: a PDF with some blank pages."""
    content = BytesIO()
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page()
        made.save(content)
    return SimpleUploadedFile(name, content.getvalue(), "application/pdf")


def read(stored, language="en", *, transcript=""):
    """What a worker found in the file of a document: a cover, and words."""
    cover = files.keep(Clean("cover.webp", b"RIFF cover", "image/webp"), by=None)
    return FileReading.objects.create(
        file=stored,
        language=language,
        cover=cover,
        width=320,
        height=452,
        transcript=transcript,
        not_before=timezone.now(),
        made_at=timezone.now(),
    )


def open_consultation(title=None, *, places=50, days=10, meeting=True, **fields):
    """A consultation open for registration for some days, with one meeting after that."""
    now = timezone.now()
    values = {
        "status": Consultation.Status.OPEN,
        "takes_registrations": True,
        "places": places,
        "opens_at": now - timedelta(days=1),
        "closes_at": now + timedelta(days=days),
        "time_zone": "Africa/Tunis",
        "interpretation": ["ar", "en"],
    }
    made = _maker(Consultation)(title, **(values | fields))
    if meeting:
        Meeting.objects.create(
            consultation=made,
            title_en="First round",
            languages=["en"],
            starts_at=made.closes_at + timedelta(days=5),
            ends_at=made.closes_at + timedelta(days=5, hours=2),
            time_zone="Africa/Tunis",
            join_url="https://meet.example/secret-room",
        )
    return made


def quota(consultation, name=None, *, places=5, regions=(), **fields):
    """A quota as it stands in the database, made without its operation: nobody counts in it yet."""
    name = name or f"Quota {next(numbers)}"
    made = Quota.objects.create(consultation=consultation, title_en=name, places=places, **fields)
    made.regions.set(regions)
    return made


def admission(consultation, organization_=None, **fields):
    """An invitation to register, open for a week."""
    nonce = tokens.nonce()
    values = {
        "nonce": nonce,
        "token_hash": tokens.digest(tokens.make(Admission.PURPOSE, nonce)),
        "ends_at": timezone.now() + timedelta(days=7),
    }
    return Admission.objects.create(
        consultation=consultation, organization=organization_, **(values | fields)
    )


def registration(
    consultation=None, organization_=None, *, status="confirmed", seq=None, delegates=1, **fields
):
    """A registration as it stands in the database, made without its operation."""
    consultation = consultation or open_consultation()
    if status == Registration.Status.CONFIRMED:
        fields.setdefault("confirmed_at", timezone.now())
    if status == Registration.Status.OFFERED:
        fields.setdefault("offer_ends_at", timezone.now() + timedelta(days=2))
    made = Registration.objects.create(
        consultation=consultation,
        organization=organization_ or organization(),
        status=status,
        seq=seq or consultation.next_seq,
        delegates_count=delegates,
        **fields,
    )
    held = delegates if made.is_seated else 0
    Consultation.objects.filter(pk=consultation.pk).update(
        next_seq=made.seq + 1, confirmed_count=consultation.confirmed_count + held
    )
    consultation.refresh_from_db()
    for number in range(delegates):
        Delegate.objects.create(
            registration=made, name=f"Delegate {number}", email=f"d{made.pk}-{number}@sent.example"
        )
    return made


def question(owner, prompt="What brings you here?", *, kind="line", options=(), **fields):
    """A question of a consultation or a call, the last so far; its options have the keys "1", "2", …"""
    name = "consultation" if isinstance(owner, Consultation) else "call"
    number = Question.objects.of(owner).count() + 1
    values = {"number": number, "kind": kind, "prompt_en": prompt} | {name: owner}
    made = Question.objects.create(**values | fields)
    for place, label in enumerate(options, 1):
        Option.objects.create(question=made, key=str(place), number=place, label_en=label)
    return made


def open_call(title=None, *, days=10, questions=("What do you see?",), **fields):
    """A call that takes contributions for some days, with questions of several lines."""
    now = timezone.now()
    values = {
        "status": Call.Status.OPEN,
        "closes_at": now + timedelta(days=days),
        "ends_on": (now + timedelta(days=days)).date(),
    }
    made = call(title, **(values | {"time_zone": "Africa/Tunis", "told_at": now} | fields))
    for prompt in questions:
        question(made, prompt, kind="paragraph")
    return made


def contribution(
    call=None, organization_=None, *, said="We see much.", status="sent", consent="named", **fields
):
    """A contribution as it stands in the database, with the same answer to every question."""
    call = call or open_call()
    if status == "sent":
        fields = {"sent_at": timezone.now(), "consent_at": timezone.now(), "consent": consent} | fields
    if "giver_name" not in fields:
        fields["organization"] = organization_ or organization()
    made = Contribution.objects.create(call=call, status=status, **({"language": "en"} | fields))
    for asked in call.questions.order_by("number") if said else ():
        Input.objects.create(contribution=made, question=asked, text=said, language=made.language)
    return made


def paper(
    title=None,
    *,
    sections=("## What we ask\n\nOpen the doors.\n\nKeep families together.",),
    by=None,
    **fields,
):
    """A draft with its sections, each as Markdown in its own language; facts and titles per language in `fields`."""
    by = by or coordinator()
    texts, objectives = _split(fields)
    original = fields.pop("original_language", "en")
    titles = {}
    for name, words in texts.items():
        field, _, language = name.rpartition("_")
        titles.setdefault(language, {"title": "", "summary": ""})[field] = words
    titles.setdefault(original, {"title": title or f"Doors that open {next(numbers)}", "summary": ""})
    approved = fields.pop("approved", tuple(titles.keys() - {original}))
    made = papers.create(
        original_language=original, titles=titles, approved=approved, objectives=objectives, by=by, **fields
    )
    for markdown in sections:
        drafting.add_section(made, language=original, markdown=markdown, by=by)
    return made


def final_version(paper, *, text=None, purpose="final", **values):
    """A final version of a paper as it stands, or with another text; nobody is shown it yet."""
    if text is not None:
        section = paper.sections.first()
        number = drafting.last_number(section, paper.original_language)
        was = Paper.objects.get(pk=paper.pk).status
        Paper.objects.filter(pk=paper.pk).update(status="draft")
        drafting.edit(
            section,
            language=paper.original_language,
            number=number,
            markdown=f"## What we ask\n\n{text}",
            by=None,
        )
        Paper.objects.filter(pk=paper.pk).update(status=was)
    return versions.make(paper, purpose=PaperVersion.Purpose(purpose), by=None, **values)


def published(paper, *, version=None):
    """A paper as it is published, in its newest final version or one made now, without its operation: nobody is told."""
    version = version or paper.versions.final().first() or final_version(paper)
    versions.show(version, by=None)
    facts = {"access": paper.access, "process": paper.process, "kind": paper.kind}
    paper = Paper.objects.get(pk=paper.pk)
    paper.document = paper.document or document(paper.text("title", "en").text, **facts)
    paper.status, paper.published_at = Paper.Status.PUBLISHED, timezone.now()
    paper.make_slug()
    paper.save()
    publication.changed(paper)
    return paper


def shown_version(paper, **values):
    """The same, shown to its readers."""
    return versions.show(final_version(paper, **values), by=None)


def frozen_paper(title=None, *, by=None, **fields):
    """A paper that is frozen, with a final version that nobody is shown yet."""
    made = paper(title, by=by, **fields)
    final_version(made)
    Paper.objects.filter(pk=made.pk).update(status="frozen")
    made.refresh_from_db()
    return made


def paper_to_endorse(title=None, *, days=30, by=None, **fields):
    """A paper that is open for endorsement for some days; the leads of all members were told."""
    closes_at = timezone.now() + timedelta(days=days)
    made = frozen_paper(title, by=by, **fields)
    return sign_on.open(made, closes_at=closes_at, time_zone="Africa/Tunis", by=by)


def endorsement(paper, organization_=None, *, shown="public", answer="yes", **fields):
    """An endorsement of a paper's newest version as it stands in the database, made without its operation."""
    return Endorsement.objects.create(
        version=paper.versions.final().first(),
        organization=organization_ or organization(),
        shown=shown,
        answer=answer,
        **({"authority": "lead", "given_at": timezone.now()} | fields),
    )


def signature(paper, name=None, *, email=None, language="en", status="accepted", **fields):
    """A signature from outside as it stands in the database, made without its operation."""
    number, now = next(numbers), timezone.now()
    recipient = Recipient.objects.create(
        address=email or f"office{number}@outside.example", language=language
    )
    name = name or f"Outside {number}"
    nonce = tokens.nonce()
    values = {"country": country(), "shown": "public", "asked_at": now, "language": language, "nonce": nonce}
    values["token_hash"] = tokens.digest(tokens.make(OutsideSigner.PURPOSE, nonce))
    if status != OutsideSigner.Status.UNCONFIRMED:
        values["confirmed_at"] = now
    return OutsideSigner.objects.create(
        paper_version=paper.versions.final().first(),
        name=name,
        folded_name=names.fold(name),
        recipient=recipient,
        status=status,
        **(values | fields),
    )


def comment_round(paper_=None, *, days=10, by=None, **fields):
    """A round of comments that is open for some days on a paper, made without its operation: nobody is told."""
    paper_ = paper_ or paper(by=by)
    version = versions.show(versions.make(paper_, purpose="comments", by=by), by=by)
    paper_.status = paper_.Status.COMMENTS
    paper_.save()
    values = {
        "opens_at": version.made_at,
        "closes_at": timezone.now() + timedelta(days=days),
        "time_zone": "Africa/Tunis",
        "number": paper_.comment_rounds.count() + 1,
    }
    return CommentRound.objects.create(paper=paper_, version=version, **(values | fields))


def comment(round_=None, organization_=None, *, text="Say why.", proposed="", place=1, **fields):
    """A comment on a paragraph of a round, by its place in the first section; with `proposed`, an amendment."""
    round_ = round_ or comment_round()
    section = round_.paper.sections.order_by("position").first()
    values = {
        "paragraph": section.paragraphs.order_by("position")[place],
        "organization": organization_ or organization(),
        "kind": "proposal" if proposed else "comment",
        "language": "en",
        "consent": "named",
        "by": None,
    }
    return comments.write(round_, text=text, proposed=proposed, **(values | fields))
