"""Contributions: a draft that waits, sent with a consent, changed and withdrawn with effect everywhere at once."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from consultations import resuming
from consultations.models import Call, Contribution, Input
from consultations.operations import calls, contributions, registrations
from consultations.permissions import can_decide
from portal.errors import Refused
from portal.models import Membership, Organization, Reader
from portal.operations import delivery
from tests import factories

pytestmark = pytest.mark.django_db
CONSENT = {"consent": "named", "consent_version": 1, "consent_language": "en"}


def begun(call=None, lead=None, language="en"):
    lead = lead or factories.lead()
    call = call or factories.open_call()
    return contributions.begin(call, organization=lead.organization, language=language, by=lead), lead


def answers(call, *texts):
    keys = call.questions.order_by("number").values_list("pk", flat=True)
    return dict(zip(keys, texts, strict=True))


def field(call, number=1):
    return call.questions.get(number=number).field_name


# Through the pages, without script


def test_a_lead_answers_by_plain_forms_saves_a_draft_and_sends_it(client, mailoutbox):
    call = factories.open_call("Lives at sea", questions=["What do you see?", "What helps?"])
    lead = factories.lead()
    client.force_login(lead)

    page = client.get(reverse("consultations:contribution-new", args=[call.key]))
    begin = {
        "language": "fr",
        "organization": lead.organization.pk,
        "once": page.context["form"]["once"].value(),
    }
    answer = client.post(page.request["PATH_INFO"], begin)
    made = Contribution.objects.get()
    edit = reverse("consultations:contribution-edit", args=[made.key])
    assert answer["Location"] == edit

    assert client.post(edit, {field(call): "On voit des bateaux."})["Location"] == edit
    assert [row.text for row in made.answers.all()] == ["On voit des bateaux."]
    assert "On voit des bateaux." in client.get(edit).content.decode()

    send = reverse("consultations:contribution-send", args=[made.key])
    go_on = {field(call): "On voit des bateaux.", field(call, 2): "Les phares.", "go_on": "1"}
    assert client.post(edit, go_on)["Location"] == send
    refused = client.post(send, {"sent": "1"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["consent"])
    assert client.post(send, {"consent": "kind"}).status_code == 302

    made.refresh_from_db()
    assert (made.status, made.consent, made.consent_language, made.language) == ("sent", "kind", "en", "fr")
    delivery.drain()
    assert [(m.to, m.subject) for m in mailoutbox] == [([lead.email], "Contribution received: Lives at sea")]
    assert "bateaux" not in mailoutbox[0].body


def test_the_same_form_sent_twice_after_a_broken_line_has_one_effect(client):
    call, lead = factories.open_call(), factories.lead()
    client.force_login(lead)
    address = reverse("consultations:contribution-new", args=[call.key])
    once = str(client.get(address).context["form"]["once"].value())
    values = {"language": "en", "organization": lead.organization.pk, "once": once}
    assert [client.post(address, values).status_code for _time in range(2)] == [302, 302]
    made = Contribution.objects.get()

    edit = reverse("consultations:contribution-edit", args=[made.key])
    typed = {field(call): "We see boats.", f"was_{field(call)}": ""}
    assert [client.post(edit, typed).status_code for _time in range(2)] == [302, 302]
    assert [row.text for row in made.answers.all()] == ["We see boats."]


def test_of_two_colleagues_at_one_question_the_second_sees_both_texts_and_decides(client):
    call = factories.open_call(questions=["First?", "Second?"])
    made, lead = begun(call)
    client.force_login(lead)
    edit = reverse("consultations:contribution-edit", args=[made.key])
    contributions.save(made, answers={call.questions.get(number=1).pk: "Hers"}, by=lead)

    typed = {field(call): "Mine", f"was_{field(call)}": "", field(call, 2): "Also mine"}
    answer = client.post(edit, typed)
    assert answer.status_code == 409
    assert [(bound.value(), saved.text) for bound, saved in answer.context["quarrels"]] == [("Mine", "Hers")]
    assert [row.text for row in made.answers.all()] == ["Hers"]

    again = typed | {f"was_{field(call)}": answer.context["form"][f"was_{field(call)}"].value()}
    assert client.post(edit, again).status_code == 302
    assert [row.text for row in made.answers.order_by("question__number")] == ["Mine", "Also mine"]


def test_a_mark_that_cannot_be_read_is_refused_with_its_form(client):
    made, lead = begun(call := factories.open_call())
    client.force_login(lead)
    typed = {field(call): "Mine", f"was_{field(call)}": "\0"}
    answer = client.post(reverse("consultations:contribution-edit", args=[made.key]), typed)
    assert (answer.status_code, answer.context["form"][field(call)].value()) == (422, "Mine")


def test_an_answer_to_another_question_than_the_colleagues_is_no_quarrel(client):
    call = factories.open_call(questions=["First?", "Second?"])
    made, lead = begun(call)
    client.force_login(lead)
    contributions.save(made, answers={call.questions.get(number=1).pk: "Hers"}, by=lead)
    typed = {field(call): "", f"was_{field(call)}": "", field(call, 2): "Mine"}
    answer = client.post(reverse("consultations:contribution-edit", args=[made.key]), typed)
    assert answer.status_code == 302
    assert [row.text for row in made.answers.order_by("question__number")] == ["Hers", "Mine"]


def test_a_question_that_depends_on_a_choice_must_be_answered_only_where_it_is_asked(client):
    call = factories.open_call(questions=())
    first = factories.question(call, "Do you work at sea?", kind="yes-no")
    factories.question(call, "On which?", shown_if=first, shown_for=["yes"], is_required=True)
    made, lead = begun(call)
    client.force_login(lead)
    edit = reverse("consultations:contribution-edit", args=[made.key])
    client.post(edit, {field(call): "yes"})
    assert [str(words) for _question, words in contributions.problems(made)] == [
        "This question must be answered."
    ]
    client.post(edit, {field(call): "yes", field(call, 2): "The northern"})
    assert contributions.problems(made) == []
    client.post(edit, {field(call): "no", field(call, 2): "The northern"})
    made = contributions.send(made, **CONSENT, by=lead)
    assert [row.chosen for row in made.answers.all()] == [["no"]]


def test_a_draft_takes_what_is_too_long_and_says_so_in_sending(client):
    call = factories.open_call(questions=())
    factories.question(call, kind="paragraph", max_length=10)
    made, lead = begun(call)
    client.force_login(lead)
    client.post(reverse("consultations:contribution-edit", args=[made.key]), {field(call): "x" * 12})
    page = client.post(reverse("consultations:contribution-send", args=[made.key]), {"consent": "named"})
    assert page.status_code == 422
    assert "2 characters too long" in page.content.decode()
    made.refresh_from_db()
    assert made.status == "draft"


def test_files_are_checked_kept_and_given_back_to_their_own_people_alone(client):
    call = factories.open_call(questions=())
    factories.question(call, kind="file")
    made, lead = begun(call)
    client.force_login(lead)
    edit = reverse("consultations:contribution-edit", args=[made.key])
    client.post(edit, {field(call): factories.pdf("plan.pdf")})
    given = made.answers.get()
    address = reverse("consultations:input-file", args=[given.key])
    assert b"".join(client.get(address).streaming_content).startswith(b"%PDF")
    client.post(edit, {"nothing": "else"})
    assert made.answers.get() == given
    client.force_login(factories.lead())
    assert client.get(address).status_code == 404


# Who may


def test_one_organization_gives_one_contribution_to_a_call():
    made, lead = begun()
    with pytest.raises(Refused, match="already"):
        begun(made.call, lead)
    fact = "contribution_is_one_per_organization"
    with pytest.raises(IntegrityError, match=fact), transaction.atomic():
        factories.contribution(made.call, lead.organization)


def test_a_colleague_writes_and_the_lead_sends(client):
    made, lead = begun()
    colleague = factories.user()
    Membership.objects.create(organization=lead.organization, user=colleague)
    client.force_login(colleague)
    edit = reverse("consultations:contribution-edit", args=[made.key])
    assert client.post(edit, {field(made.call): "Written by a colleague"}).status_code == 302
    send = reverse("consultations:contribution-send", args=[made.key])
    assert client.post(send, {"consent": "named"}).status_code == 403


def test_nothing_is_begun_saved_or_sent_when_the_call_is_closed_by_the_clock_of_the_database():
    made, lead = begun()
    contributions.save(made, answers=answers(made.call, "In time"), by=lead)
    Call.objects.filter(pk=made.call.pk).update(closes_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(Refused, match="closed"):
        contributions.save(made, answers=answers(made.call, "Too late"), by=lead)
    with pytest.raises(Refused, match="closed"):
        contributions.send(made, **CONSENT, by=lead)
    with pytest.raises(Refused, match="closed"):
        begun(made.call)


def test_those_who_are_not_asked_cannot_answer(client):
    call = factories.open_call()
    state = factories.lead(constituency="state")
    with pytest.raises(Refused, match="cannot answer"):
        begun(call, state)
    client.force_login(state)
    page = client.get(reverse("consultations:contribution-new", args=[call.key]))
    assert "cannot answer this call" in page.content.decode()


# Who reads


def seen_by(person):
    return list(Contribution.objects.visible_to(Reader.of(person) if person else Reader.nobody()))


def test_a_draft_is_seen_by_its_own_people_and_by_no_coordinator():
    made, lead = begun()
    assert seen_by(lead) == [made]
    assert [seen_by(who) for who in (factories.coordinator(), factories.lead(), None)] == [[], [], []]


@pytest.mark.parametrize(
    ("shows", "consent", "public", "member"),
    [
        ("nobody", "named", False, False),
        ("members", "named", False, True),
        ("members", "kind", False, True),
        ("public", "named", True, True),
        ("public", "never", False, False),
    ],
)
def test_others_read_what_is_sent_once_the_call_is_closed_and_as_its_organization_consents(
    shows, consent, public, member
):
    made = factories.contribution(factories.open_call(shows=shows), consent=consent)
    reads = factories.role("rapporteur", made.call)
    outsider = factories.role("rapporteur", factories.open_call())
    assert [bool(seen_by(who)) for who in (None, factories.lead(), reads, outsider)] == [
        False,
        False,
        True,
        False,
    ]
    Call.objects.filter(pk=made.call.pk).update(status="closed")
    assert [bool(seen_by(who)) for who in (None, factories.lead())] == [public, member]


def test_without_consent_to_the_name_the_page_says_kind_and_region_only(client):
    region = factories.region("africa", title_en="Africa")
    giver = factories.organization("Quiet House", sort="diaspora")
    giver.regions.set([region])
    call = factories.open_call(shows="public", status="closed")
    network = factories.organization("Loud Network", sort="network")
    made = factories.contribution(call, giver, consent="kind", through=network)
    for page in (client.get(made.get_absolute_url()), client.get(call.get_absolute_url())):
        text = page.content.decode()
        assert "Diaspora organization (Africa)" in text
        assert ("Quiet House" in text, "Loud Network" in text) == (False, False)


def test_a_consent_that_is_changed_counts_at_once_and_so_does_a_withdrawal(client):
    call = factories.open_call(shows="public", status="closed")
    lead = factories.lead()
    made = factories.contribution(call, lead.organization, said="The sea is wide.")
    page = made.get_absolute_url()
    assert "The sea is wide." in client.get(page).content.decode()
    contributions.choose_consent(made, **CONSENT | {"consent": "never"}, by=lead)
    assert client.get(page).status_code == 404
    contributions.choose_consent(made, **CONSENT, by=lead)
    assert client.get(page).status_code == 200
    Organization.objects.update(status="suspended")
    assert client.get(page).status_code == 404
    Organization.objects.update(status="verified")
    contributions.withdraw(made, by=lead)
    assert client.get(page).status_code == 404
    assert seen_by(factories.coordinator()) == []
    assert seen_by(lead) == [made]


def test_what_is_withdrawn_can_be_taken_up_again_while_the_call_is_open_or_deleted():
    lead = factories.lead()
    made = factories.contribution(organization_=lead.organization)
    made = contributions.withdraw(made, by=lead)
    made = contributions.take_up_again(made, by=lead)
    assert made.status == "draft"
    made = contributions.withdraw(contributions.send(made, **CONSENT, by=lead), by=lead)
    contributions.discard(made, by=lead)
    assert (Contribution.objects.count(), Input.objects.count()) == (0, 0)


# Without an account


def strangers_call(**fields):
    return factories.open_call(takes_strangers=True, **fields)


def give_without_account(client, call):
    country = factories.country()
    address = reverse("consultations:contribution-stranger", args=[call.key])
    values = {
        "giver_name": "Tide Watch",
        "giver_sort": "ngo",
        "giver_country": country.pk,
        "language": "en",
        "once": str(client.get(address).context["form"]["once"].value()),
    }
    page = client.post(address, values)
    return page, re.search(r"(?:[0-9A-Z]{5}-){5}[0-9A-Z]", page.content.decode())[0]


def test_people_without_account_answer_and_come_back_with_a_code_from_another_device(client):
    call = strangers_call()
    page, code = give_without_account(client, call)
    assert page.status_code == 200
    made = Contribution.objects.get()
    assert code not in str(vars(made))
    edit = reverse("consultations:contribution-edit", args=[made.key])
    assert client.post(edit, {field(call): "From the shore"}).status_code == 302

    client.cookies.clear()
    assert client.get(edit).status_code == 404
    resume = reverse("consultations:contribution-resume")
    assert client.post(resume, {"code": "0" * 26}).status_code == 422
    typed = code.lower().replace("-", " ").replace("0", "o")
    assert client.post(resume, {"code": typed})["Location"] == made.get_absolute_url()
    send = reverse("consultations:contribution-send", args=[made.key])
    assert client.post(send, {"consent": "kind"}).status_code == 302
    made.refresh_from_db()
    assert (made.status, made.organization, made.giver_name) == ("sent", None, "Tide Watch")
    withdraw = reverse("consultations:contribution-withdraw", args=[made.key])
    assert client.post(withdraw).status_code == 302
    made.refresh_from_db()
    assert made.status == "withdrawn"


def test_another_code_ends_the_one_before(client):
    _page, first = give_without_account(client, strangers_call())
    made = Contribution.objects.get()
    page = client.post(reverse("consultations:contribution-code", args=[made.key]))
    second = re.search(r"(?:[0-9A-Z]{5}-){5}[0-9A-Z]", page.content.decode())[0]
    assert second != first
    client.cookies.clear()
    resume = reverse("consultations:contribution-resume")
    assert [client.post(resume, {"code": code}).status_code for code in (first, second)] == [422, 302]


def test_only_a_few_codes_can_be_tried(client):
    _page, code = give_without_account(client, strangers_call())
    client.cookies.clear()
    resume = reverse("consultations:contribution-resume")
    tried = [client.post(resume, {"code": f"{number:026d}"}).status_code for number in range(10)]
    assert set(tried) == {422}
    assert client.post(resume, {"code": code}).status_code == 422


def test_codes_are_long_random_and_forgiving_in_how_they_are_typed():
    codes = {resuming.new_code() for _number in range(200)}
    assert len(codes) == 200
    code = next(iter(codes))
    assert len(resuming.SIGNS) ** resuming.CODE_LENGTH >= 2**128
    assert resuming.spelled(code.lower().replace("-", "")) == code
    assert resuming.spelled(f" {code.replace('1', 'l').replace('0', 'O')} ") == code
    assert [resuming.spelled(bad) for bad in ("", "x", code + "0", "é" * 26, "\x00" * 26)] == [""] * 5


def test_people_without_account_answer_only_where_the_call_lets_them(client):
    call = factories.open_call()
    with pytest.raises(Refused, match="account"):
        contributions.begin(call, language="en", giver_name="Tide Watch", by=None)
    page = client.get(reverse("consultations:contribution-new", args=[call.key]))
    assert "Sign in" in page.content.decode()


# For a member of a network


def test_a_network_answers_for_a_member_which_is_told_and_can_take_it_over(mailoutbox):
    call = factories.open_call(takes_networks=True)
    network, member = factories.lead(sort="network"), factories.lead()
    made = contributions.begin(
        call, organization=member.organization, through=network.organization, language="en", by=network
    )
    contributions.save(made, answers=answers(call, "Heard from the coast"), by=network)
    contributions.send(made, **CONSENT, by=network)
    delivery.drain()
    assert {m.to[0] for m in mailoutbox} == {network.email, member.email}
    assert str(network.organization) in mailoutbox[0].body
    assert (seen_by(network), seen_by(member)) == ([made], [made])

    made = contributions.save(made, answers=answers(call, "In our own words"), by=member)
    assert made.through is None
    assert (seen_by(network), seen_by(member)) == ([], [made])


@pytest.mark.parametrize("act", ["send", "choose_consent", "withdraw", "take_up_again"])
def test_what_a_member_decides_its_network_does_not_undo(act):
    call = factories.open_call(takes_networks=True)
    network, member = factories.lead(sort="network"), factories.lead()
    status = {"send": "draft", "take_up_again": "withdrawn"}.get(act, "sent")
    made = factories.contribution(call, member.organization, through=network.organization, status=status)
    values = CONSENT | {"consent": "never"} if act in ("send", "choose_consent") else {}
    made = getattr(contributions, act)(made, **values, by=member)
    assert (made.through, can_decide(network, made), can_decide(member, made)) == (None, False, True)
    assert seen_by(network) == []


def test_what_a_network_itself_decides_takes_nothing_over():
    network = factories.lead(sort="network")
    made = factories.contribution(through=network.organization)
    assert contributions.choose_consent(made, **CONSENT, by=network).through == network.organization


def test_only_a_network_answers_for_others_and_only_where_the_call_lets_it():
    member = factories.organization()
    network, other = factories.lead(sort="network"), factories.lead(sort="ngo")
    open_ = factories.open_call(takes_networks=True)
    for call, who in ((factories.open_call(), network), (open_, other)):
        with pytest.raises(Refused, match="for others"):
            contributions.begin(call, organization=member, through=who.organization, language="en", by=who)
    named = {"giver_name": "Tide Watch", "giver_country": factories.country()}
    begin = {"through": network.organization, "language": "en", "by": network}
    contributions.begin(open_, **begin, **named)
    with pytest.raises(Refused, match="already"):
        contributions.begin(open_, **begin, **named | {"giver_name": "TIDE watch"})


def test_the_page_of_a_call_costs_the_same_for_one_contribution_and_many(cost):
    call = factories.open_call(shows="public", status="closed")
    factories.contribution(call)
    one = cost(call.get_absolute_url())
    for _ in range(20):
        factories.contribution(call)
    assert cost(call.get_absolute_url()) == one


# Out of the room


@pytest.fixture
def shut_out(client):
    """A draft for a call in a closed room, whose organization has lost its place there."""
    room = factories.open_consultation(access="invited", attribution="confidential")
    lead = factories.lead()
    place = factories.registration(room, lead.organization)
    call = factories.open_call("Secret call", access="invited", consultation=room, answerers="participants")
    made = contributions.begin(call, organization=lead.organization, language="en", by=lead)
    registrations.cancel(place, by=lead)
    client.force_login(lead)
    return made, lead


@pytest.mark.parametrize("page", ["edit", "send", "upload"])
def test_whoever_is_out_of_a_room_reads_its_questions_no_more(client, shut_out, page):
    made, _lead = shut_out
    assert client.get(reverse(f"consultations:contribution-{page}", args=[made.key])).status_code == 404


def test_whoever_is_out_of_a_room_finds_the_own_draft_without_a_word_of_the_call(client, shut_out):
    made, lead = shut_out
    for address in (
        made.get_absolute_url(),
        reverse("consultations:contribution-discard", args=[made.key]),
        reverse("my-organization", args=[lead.organization.key]),
    ):
        page = client.get(address)
        assert page.status_code == 200
        assert "Secret call" not in page.content.decode()


def test_whoever_is_out_of_a_room_answers_into_it_no_more(shut_out):
    made, lead = shut_out
    with pytest.raises(Refused, match="cannot answer"):
        contributions.save(made, answers=answers(made.call, "Late words"), by=lead)
    with pytest.raises(Refused, match="cannot answer"):
        contributions.send(made, **CONSENT, by=lead)


def test_what_a_suspended_network_entered_for_nobody_known_is_shown_no_more():
    call = factories.open_call(shows="public", takes_networks=True)
    network = factories.organization(sort="network")
    factories.contribution(
        call, through=network, giver_name="A small group", giver_country=factories.country()
    )
    calls.close(call, by=None)
    shown = Contribution.objects.visible_to(Reader.nobody())
    assert shown.count() == 1
    Organization.objects.filter(pk=network.pk).update(status="suspended")
    assert shown.all().count() == 0


def test_a_suspended_network_is_named_to_nobody_but_those_it_wrote_for_and_those_who_read(client):
    call = factories.open_call(shows="public", takes_networks=True)
    member, network = factories.lead(), factories.organization("Loud Network", sort="network")
    made = factories.contribution(call, member.organization, consent="named", through=network)
    calls.close(call, by=None)

    def names(person):
        client.logout()
        if person is not None:
            client.force_login(person)
        pages = client.get(made.get_absolute_url()), client.get(call.get_absolute_url())
        return tuple("Loud Network" in page.content.decode() for page in pages)

    coordinator = factories.coordinator()
    assert [names(who) for who in (None, factories.lead())] == [(True, True), (True, True)]
    Organization.objects.filter(pk=network.pk).update(status="suspended")
    assert [names(who) for who in (None, factories.lead())] == [(False, False), (False, False)]
    assert [names(who)[0] for who in (member, coordinator)] == [True, True]


def test_an_answer_of_a_draft_has_an_end_by_whatever_way_it_comes():
    made, lead = begun()
    with pytest.raises(Refused, match="too long"):
        contributions.save(made, answers=answers(made.call, "x" * (contributions.LONGEST + 1)), by=lead)


def test_a_suspended_member_is_not_written_for():
    network = factories.lead(sort="network")
    made = factories.contribution(through=network.organization)
    Organization.objects.filter(pk=made.organization_id).update(status="suspended")
    with pytest.raises(Refused, match="cannot answer"):
        contributions.save(made, answers={}, by=network)


def test_what_is_refused_is_not_said_to_be_done(client):
    call, lead = factories.open_call(), factories.lead()
    made = factories.contribution(call, lead.organization)
    client.force_login(lead)
    page = client.post(reverse("consultations:contribution-discard", args=[made.key]), follow=True)
    assert [str(message) for message in page.context["messages"]] == ["Withdraw the contribution first."]
