"""The pages of comments: paragraph by paragraph for members, beside the working text for those who write it."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations.models import Comment, CommentRound
from consultations.operations import comment_answers, comment_rounds, drafting
from portal.models import Organization
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return factories.coordinator()


@pytest.fixture
def opened(editor):
    return factories.comment_round(factories.paper("Doors", by=editor), by=editor)


@pytest.fixture
def lead():
    return factories.lead()


def paragraph(opened, place=1):
    return opened.paper.sections.get().paragraphs.order_by("position")[place]


def writing(opened, place=1):
    return reverse("consultations:comment-new", args=[opened.key, paragraph(opened, place).key])


def sent(lead, **fields):
    values = {
        "kind": "comment",
        "text": "Say by when.",
        "proposed": "Open the doors.",
        "language": "en",
        "shown_in": "en",
        "consent": "named",
        "organization": lead.organization.pk,
        "once": "6f1f3a3e-0000-4000-8000-000000000001",
    }
    return values | fields


def read(client, person, address, **get):
    client.force_login(person)
    return client.get(address, get)


def test_a_member_comments_on_a_paragraph(client, opened, lead):
    client.force_login(lead)
    page = client.get(opened.get_absolute_url())
    assert writing(opened) in page.content.decode()
    form = client.get(writing(opened)).context["form"]
    assert form["proposed"].value() == "Open the doors."
    answer = client.post(writing(opened), sent(lead))
    made = Comment.objects.get()
    assert answer.status_code == 302
    assert (made.text, made.proposed, made.organization, made.written_by) == (
        "Say by when.",
        "",
        lead.organization,
        lead,
    )


def test_the_same_form_sent_twice_is_one_comment(client, opened, lead):
    client.force_login(lead)
    answers = [client.post(writing(opened), sent(lead)) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert [answer["Location"] for answer in answers] == [
        f"{opened.get_absolute_url()}#p-{paragraph(opened).key}"
    ] * 2
    assert Comment.objects.count() == 1


def test_the_consent_that_was_chosen_last_stands_in_the_next_form(client, opened, lead):
    client.force_login(lead)
    assert client.get(writing(opened)).context["form"]["consent"].value() is None
    factories.comment(opened, consent="named")
    factories.comment(opened, lead.organization, consent="kind")
    assert client.get(writing(opened)).context["form"]["consent"].value() == "kind"


def test_a_proposal_is_in_the_language_in_which_the_paragraph_was_shown(client, opened, lead):
    client.force_login(lead)
    client.post(writing(opened), sent(lead, kind="proposal", proposed="Open them.", language="fr"))
    made = Comment.objects.get()
    assert (made.language, made.proposed, made.text) == ("en", "Open them.", "Say by when.")


def test_after_the_deadline_all_that_was_typed_is_kept(client, opened, lead):
    CommentRound.objects.update(closes_at=timezone.now())
    client.force_login(lead)
    assert client.get(writing(opened)).context["form"] is None
    answer = client.post(writing(opened), sent(lead, kind="proposal", proposed="Open them."))
    assert answer.status_code == 422
    assert "This round of comments is closed." in answer.content.decode()
    assert "Open them.</textarea>" in answer.content.decode()
    assert "Say by when.</textarea>" in answer.content.decode()
    assert Comment.objects.count() == 0


def test_a_script_asks_for_the_form_alone(client, opened, lead):
    client.force_login(lead)
    piece = client.get(writing(opened), headers={"HX-Request": "true"})
    assert piece.content.decode().lstrip().startswith("<form")
    assert "HX-Request" in piece["Vary"]


def test_only_members_comment(client, opened, editor):
    client.force_login(editor)
    assert client.get(writing(opened)).context["form"] is None
    assert client.post(writing(opened), {}).status_code == 403
    outsider = factories.user()
    client.force_login(outsider)
    assert client.post(writing(opened), {}).status_code == 404


def test_a_paragraph_that_is_not_in_the_version_is_not_there(client, opened, lead):
    other = factories.comment_round()
    client.force_login(lead)
    address = reverse("consultations:comment-new", args=[opened.key, paragraph(other).key])
    assert client.get(address).status_code == 404


def test_a_round_shows_ones_own_comments_first_and_a_few_of_the_others(client, opened, lead):
    for number in range(5):
        factories.comment(opened, text=f"Of others {number}.")
    mine = factories.comment(opened, lead.organization, text="Ours.", consent="never")
    passage = read(client, lead, opened.get_absolute_url()).context["discussion"].sections[0][1][1]
    assert passage.own == [mine]
    assert ([row.text for row in passage.others], passage.count) == (
        ["Of others 0.", "Of others 1.", "Of others 2."],
        5,
    )
    whole = read(client, lead, writing(opened)).context["passage"]
    assert (whole.own, len(whole.others)) == ([mine], 5)


def test_names_are_shown_as_consent_allows(client, opened, lead, editor):
    region = factories.region("africa", title_en="Africa")
    shy = factories.organization("Quiet House", country=factories.country(regions=[region]))
    factories.comment(opened, shy, text="Unnamed.", consent="kind")
    factories.comment(opened, factories.organization("Loud House"), text="Named.")
    for address in (opened.get_absolute_url(), writing(opened)):
        page = read(client, lead, address).content.decode()
        assert "Unnamed." in page
        assert "Quiet House" not in page
        assert "Non-governmental organization (Africa)" in page
        assert "Loud House" in page
    page = read(client, editor, opened.get_absolute_url()).content.decode()
    assert "Quiet House" in page


def test_what_is_carried_stands_at_the_paragraph_it_became(client, opened, lead, editor):
    factories.comment(opened, text="On families.", place=2)
    factories.comment(opened, text="On doors.", place=1)
    section = opened.paper.sections.get()
    whole = "## What we ask\n\nOpen the doors.\n\nNobody separates families."
    drafting.edit(section, language="en", number=1, markdown=whole, by=editor)
    comment_rounds.close(opened, by=editor)
    again = factories.comment_round(opened.paper, by=editor)
    page = read(client, lead, again.get_absolute_url())
    passages = page.context["discussion"].sections[0][1]
    found = {row.markdown: [comment.text for comment in row.others] for row in passages}
    assert found["Open the doors."] == ["On doors."]
    assert [text for said in found.values() for text in said] == ["On doors.", "On families."]
    beside = read(client, editor, reverse("consultations:paper-comments", args=[opened.paper.key]))
    for shown in (page, beside):
        assert shown.content.decode().count("carried from round 1") == 2


def test_what_stood_at_a_section_that_is_gone_is_shown_at_the_end(client, opened, lead, editor):
    drafting.add_section(opened.paper, language="en", markdown="## Next\n\nMore.", by=editor)
    mine = factories.comment(opened, lead.organization)
    drafting.remove(opened.paper.sections.order_by("position").first(), by=editor)
    comment_rounds.close(opened, by=editor)
    again = factories.comment_round(opened.paper, by=editor)
    assert read(client, lead, again.get_absolute_url()).context["discussion"].gone == [mine]


def test_a_round_in_another_language_says_so(client, opened, lead):
    client.force_login(lead)
    page = client.get(opened.get_absolute_url().replace("/en/", "/fr/", 1)).content.decode()
    assert 'lang="en"' in page


def test_words_in_another_language_are_not_compared_with_those_that_stand_there(client, lead, editor):
    paper = factories.paper("Doors", title_en="Doors", title_ar="الأبواب", by=editor)
    section = paper.sections.get()
    words = {row.key: f"نص {row.position}" for row in section.paragraphs.standing()}
    drafting.translate(section, language="ar", number=0, paragraphs=words, approved=words.keys(), by=editor)
    opened = factories.comment_round(paper, by=editor)
    factories.comment(opened, proposed="نص آخر", language="ar")
    factories.comment(opened, proposed="Open them.")
    for address in (opened.get_absolute_url(), writing(opened)):
        page = read(client, lead, address).content.decode()
        assert (page.count("<del>"), page.count("نص آخر")) == (1, 1)


# One's own


def test_a_comment_is_changed_while_the_round_is_open(client, opened, lead):
    mine = factories.comment(opened, lead.organization, text="First.")
    address = reverse("consultations:comment-edit", args=[mine.key])
    form = read(client, lead, address).context["form"]
    assert (form["text"].value(), form["proposed"].value()) == ("First.", "Open the doors.")
    assert client.post(address, sent(lead, text="Second.", version=1)).status_code == 302
    mine.refresh_from_db()
    assert mine.text == "Second."
    answer = client.post(address, sent(lead, text="Third.", version=1))
    assert answer.status_code == 409
    assert "Both texts, where they differ" in answer.content.decode()
    assert client.post(address, sent(lead, text="Third.", version=2)).status_code == 302
    CommentRound.objects.update(closes_at=timezone.now())
    assert client.get(address).status_code == 302
    assert client.post(address, sent(lead, text="Late.", version=3)).status_code == 422


def test_consent_is_changed_and_a_comment_withdrawn_also_after_the_round(client, opened, lead, editor):
    mine = factories.comment(opened, lead.organization)
    comment_rounds.close(opened, by=editor)
    client.force_login(lead)
    address = reverse("consultations:comment-consent", args=[mine.key])
    assert client.get(address).status_code == 200
    assert client.post(address, {}).status_code == 422
    client.post(address, {"consent": "never"})
    mine.refresh_from_db()
    assert mine.consent == "never"
    address = reverse("consultations:comment-withdraw", args=[mine.key])
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 302
    mine.refresh_from_db()
    assert mine.status == "withdrawn"
    assert client.get(mine.get_absolute_url()).status_code == 200
    assert client.post(address).status_code == 403


def test_nobody_changes_what_another_organization_said(client, opened, lead, editor):
    other = factories.comment(opened)
    for person in (lead, editor):
        client.force_login(person)
        for name in ("edit", "consent", "withdraw"):
            address = reverse(f"consultations:comment-{name}", args=[other.key])
            assert client.get(address).status_code == client.post(address).status_code == 403


def test_an_organization_sees_what_became_of_its_comments(client, opened, lead, editor):
    mine = factories.comment(opened, lead.organization)
    comment_answers.decline(mine, version=1, answer="It is in section 2.", language="en", by=editor)
    page = read(client, lead, reverse("consultations:own-comments")).content.decode()
    assert "Declined" in page
    assert "It is in section 2." in page
    page = read(client, lead, mine.get_absolute_url()).content.decode()
    assert "It is in section 2." in page
    home = read(client, lead, reverse("my-organization")).content.decode()
    assert "Declined" in home


# Those who write


def decide(client, comment, act, **fields):
    values = {f"{act}-version": comment.version, f"{act}-number": 1, f"{act}-changes_meaning": "yes"}
    values |= {f"{act}-{name}": value for name, value in fields.items()}
    return client.post(reverse(f"consultations:comment-{act}", args=[comment.key]), values)


def test_drafters_see_what_waits_beside_the_text_and_narrow_it(client, opened, editor, lead):
    said = factories.comment(opened, lead.organization)
    other = factories.comment(opened, text="نعم", language="ar", place=2)
    proposal = factories.comment(opened, proposed="Open them.")
    done = factories.comment(opened)
    comment_answers.decline(done, version=1, answer="No.", language="en", by=editor)
    address = reverse("consultations:paper-comments", args=[opened.paper.key])

    def shown(**get):
        groups = read(client, editor, address, **get).context["groups"]
        return [(block.markdown, list(block.comments)) for block in groups]

    assert shown() == [("Open the doors.", [said, proposal]), ("Keep families together.", [other])]
    assert shown(kind="proposal") == [("Open the doors.", [proposal])]
    assert shown(language="ar") == [("Keep families together.", [other])]
    assert shown(organization=lead.organization.key) == [("Open the doors.", [said])]
    assert shown(status="declined") == [("Open the doors.", [done])]
    assert len(shown(status="all")[0][1]) == 3
    objective = factories.objective(3)
    opened.paper.sections.get().objectives.add(objective)
    assert len(shown(objective="3")) == 2


def test_a_drafter_accepts_words_and_whoever_made_them_is_told(client, opened, editor, lead, mailoutbox):
    said = factories.comment(opened, lead.organization, proposed="Open all doors.")
    client.force_login(editor)
    page = client.get(said.get_absolute_url())
    assert "<ins>" in page.content.decode()
    assert decide(client, said, "accept").status_code == 302
    assert "Open all doors." in drafting.working_text(opened.paper.sections.get(), "en")
    assert [(m.to, m.subject) for m in mailoutbox[-1:]] == [([lead.email], "Comment answered: Doors")]


def test_what_somebody_wrote_meanwhile_is_shown_before_words_land(client, opened, editor):
    said = factories.comment(opened, proposed="Open all doors.")
    section = opened.paper.sections.get()
    drafting.edit(section, language="en", number=1, markdown="## Ask\n\nOpen doors now.", by=editor)
    client.force_login(editor)
    answer = decide(client, said, "adapt", markdown="Open all doors now.", answer="Thank you.")
    assert answer.status_code == 422
    assert "Open all doors now.</textarea>" in answer.content.decode()
    form = answer.context["adapt_form"]
    assert form["number"].value() == 2
    assert decide(client, said, "adapt", number=2, markdown="Open all doors now.").status_code == 302
    said.refresh_from_db()
    assert said.status == "adapted"


def test_of_two_drafters_the_second_sees_what_the_first_decided(client, opened, editor):
    said = factories.comment(opened)
    comment_answers.decline(said, version=1, answer="No.", language="en", by=editor)
    client.force_login(factories.coordinator())
    answer = decide(client, said, "decline", answer="Also no.")
    assert answer.status_code == 422
    assert "Somebody has just changed this" in answer.content.decode()
    assert "Also no." in answer.content.decode()


def test_a_drafter_merges_and_declines_and_takes_it_back(client, opened, editor):
    said, into = factories.comment(opened), factories.comment(opened)
    client.force_login(editor)
    assert decide(client, said, "merge", into=into.pk).status_code == 302
    assert decide(client, into, "decline", answer="").status_code == 422
    assert decide(client, into, "decline", answer="No.").status_code == 302
    said.refresh_from_db()
    assert (said.status, said.merged_into) == ("merged", into)
    page = client.get(into.get_absolute_url())
    assert page.context["merged"] == [said]
    address = reverse("consultations:comment-reopen", args=[into.key])
    for stale in ({}, {"version": 1}):
        assert "Somebody has just changed this" in client.post(address, stale, follow=True).content.decode()
    into.refresh_from_db()
    assert into.status == "declined"
    client.post(address, {"version": into.version})
    into.refresh_from_db()
    assert into.status == "open"


def test_a_suspended_organization_is_named_nowhere_beside_the_text(client, opened, editor):
    impostor = factories.organization("False House")
    factories.comment(opened, impostor, text="Of an impostor.")
    said = factories.comment(opened)
    Organization.objects.filter(pk=impostor.pk).update(status="suspended")
    for address in (
        said.get_absolute_url(),
        reverse("consultations:paper-comments", args=[opened.paper.key]),
    ):
        page = read(client, editor, address).content.decode()
        assert "Of an impostor." in page
        assert "False House" not in page


def test_the_pages_of_a_paper_lead_to_its_rounds_and_to_what_waits(client, opened, lead, editor):
    factories.comment(opened)
    page = read(client, lead, opened.paper.get_absolute_url()).content.decode()
    assert opened.get_absolute_url() in page
    assert "Comment on the draft" in page
    draft = reverse("consultations:paper-draft", args=[opened.paper.key])
    assert "1 comment waits for an answer" in read(client, editor, draft).content.decode()
    assert read(client, factories.user(), opened.paper.get_absolute_url()).status_code == 404


def test_a_draft_that_is_open_for_comments_is_due_for_members(client, opened, lead):
    for address in (reverse("home"), reverse("my-organization")):
        page = read(client, lead, address).content.decode()
        assert opened.get_absolute_url() in page
        assert "Comments close in" in page
    client.logout()
    assert opened.get_absolute_url() not in client.get(reverse("home")).content.decode()


def test_words_that_stay_are_said(client, opened, editor):
    said = factories.comment(opened, proposed="Open all doors.")
    client.force_login(editor)
    decide(client, said, "accept")
    section = opened.paper.sections.get()
    drafting.edit(section, language="en", number=2, markdown="## Ask\n\nOpen every door.", by=editor)
    address = reverse("consultations:comment-reopen", args=[said.key])
    answer = client.post(address, {"version": said.version + 1}, follow=True)
    assert "stay in the text" in answer.content.decode()


def test_a_comment_whose_paragraph_is_gone_says_so(client, opened, editor):
    said = factories.comment(opened, proposed="Open all doors.")
    drafting.remove(opened.paper.sections.get(), by=editor)
    page = read(client, editor, said.get_absolute_url())
    assert "Its paragraph is not in the text any more." in page.content.decode()
    assert decide(client, said, "accept").status_code == 422
    groups = read(client, editor, reverse("consultations:paper-comments", args=[opened.paper.key]))
    assert groups.context["groups"][0].comments == [said]


def test_people_of_the_drafting_group_answer_and_other_members_do_not(client, opened, lead):
    said, drafter = factories.comment(opened), factories.role("drafter", opened.paper)
    address = reverse("consultations:paper-comments", args=[opened.paper.key])
    assert read(client, drafter, address).status_code == 200
    assert decide(client, said, "decline", answer="No.").status_code == 302
    assert read(client, lead, address).status_code == 403
    assert decide(client, said, "decline", answer="No.").status_code == 403


# Rounds


def test_a_coordinator_opens_extends_and_closes_a_round(client, editor):
    paper = factories.paper("Doors", by=editor)
    client.force_login(editor)
    address = reverse("consultations:comment-round-new", args=[paper.key])
    assert client.get(address).status_code == 200
    assert client.post(address, {}).status_code == 422
    soon = timezone.now() + timedelta(days=9)
    values = {"closes_at": soon.strftime("%Y-%m-%dT%H:%M"), "time_zone": "Asia/Amman"}
    assert client.post(address, values).status_code == 302
    made = CommentRound.objects.get()
    assert made.time_zone == "Asia/Amman"
    address = reverse("consultations:comment-round-extend", args=[made.key])
    assert client.get(address).status_code == 200
    assert client.post(address, {"closes_at": "2020-01-01T10:00"}).status_code == 422
    later = (soon + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    assert client.post(address, {"closes_at": later, "reason": "Translations"}).status_code == 302
    page = client.get(made.get_absolute_url()).content.decode()
    assert "Translations" in page
    assert client.post(reverse("consultations:comment-round-close", args=[made.key])).status_code == 302
    made.refresh_from_db()
    assert made.closed_at is not None


def test_a_clock_that_is_put_forward_is_refused_in_words(client, editor):
    paper = factories.paper("Doors", by=editor)
    client.force_login(editor)
    address = reverse("consultations:comment-round-new", args=[paper.key])
    answer = client.post(address, {"closes_at": "2030-03-31T02:30", "time_zone": "Europe/Berlin"})
    assert answer.status_code == 422
    assert "Clocks are put forward" in answer.content.decode()


def test_a_paper_that_is_not_ready_says_what_it_lacks(client, editor):
    paper = factories.paper("Doors", sections=(), by=editor)
    page = read(client, editor, reverse("consultations:comment-round-new", args=[paper.key]))
    assert "Write at least one section first." in page.content.decode()


def test_a_drafter_runs_no_round(client, opened):
    drafter = factories.role("drafter", opened.paper)
    client.force_login(drafter)
    for name, thing in (("new", opened.paper), ("extend", opened), ("close", opened)):
        address = reverse(f"consultations:comment-round-{name}", args=[thing.key])
        assert client.post(address, {}).status_code == 403


def test_a_comment_that_nobody_is_shown_is_not_named_in_a_mailbox_either(
    client, opened, editor, lead, mailoutbox
):
    kept = factories.comment(opened, lead.organization, consent="never")
    client.force_login(editor)
    decide(client, kept, "decline", answer="Not here.")
    (message,) = mailoutbox
    assert "Doors" not in message.subject + message.body
    assert "Not here." not in message.body


# Files


def test_the_comments_are_taken_away_as_a_sheet(client, opened, editor, lead):
    factories.comment(opened, lead.organization, text="=1+1", consent="never")
    client.force_login(editor)
    address = reverse("consultations:paper-comments-file", args=[opened.paper.key])
    assert client.get(address).status_code == 302  # a new proof is asked for first


def test_whoever_proved_it_gets_every_comment(opened, editor, lead):
    from django.test import Client

    from tests import sessions

    factories.comment(opened, lead.organization, text="=1+1", consent="never")
    client = Client()
    sessions.sign_in(client, editor)
    address = reverse("consultations:paper-comments-file", args=[opened.paper.key])
    rows = list(csv.reader(io.StringIO(client.get(address).content.decode("utf-8-sig"))))
    assert (rows[1][5], rows[1][7]) == ("'=1+1", str(lead.organization))
    book = client.get(reverse("consultations:paper-comments-workbook", args=[opened.paper.key]))
    assert book.content.startswith(b"PK")


# What it costs


def test_a_round_and_the_list_cost_the_same_for_one_comment_and_many(cost, opened, editor, lead):
    region = factories.region("africa")

    def one_more():
        country = factories.country(regions=[region])
        for consent in ("named", "kind"):
            factories.comment(opened, factories.organization(country=country), consent=consent)
        factories.comment(opened, lead.organization)

    addresses = [
        (opened.get_absolute_url(), lead),
        (writing(opened), lead),
        (reverse("consultations:own-comments"), lead),
        (reverse("consultations:paper-comments", args=[opened.paper.key]), editor),
    ]
    one_more()
    first = [cost(address, person) for address, person in addresses]
    for _time in range(9):
        one_more()
    assert [cost(address, person) for address, person in addresses] == first
    assert max(first) <= 32
