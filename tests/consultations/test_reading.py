"""The reading room: inputs are filtered, sorted, merged and used; whoever gave them sees what became of each."""

import csv
import io

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from consultations import likeness
from consultations.models import Input, MeetingNote, Theme
from consultations.operations import answers, consultations, contributions, inputs, meeting_notes
from portal import workbooks
from portal.errors import Refused
from portal.models import LogEntry, Reader
from portal.operations import limits
from tests import factories, sessions

pytestmark = pytest.mark.django_db

LONG = "The boats that leave at night are followed by nobody, and the families learn of it weeks later."


def given(call, said, **fields):
    return factories.contribution(call, said=said, **fields).answers.get()


def room(call, **query):
    return reverse("consultations:reading", args=[call.key], query=query)


def seen(client, address):
    return [row.text for row, _similar in client.get(address).context["rows"]]


def test_inputs_are_narrowed_by_objective_region_language_theme_state_and_mark(client):
    sea, land = factories.objective(8), factories.objective(9)
    africa = factories.region("africa", title_en="Africa")
    call = factories.open_call(questions=())
    factories.question(call, "At sea?", kind="paragraph", objective=sea)
    north = factories.organization(country=factories.country(regions=[africa]))
    one = given(call, "Lights", organization_=north, language="fr")
    other = factories.question(call, "On land?", kind="paragraph", objective=land)
    two = factories.contribution(call, said="").answers.create(question=other, text="Roads")
    theme = inputs.tag([two], title="Safe ways", by=None)
    by = factories.role("rapporteur", call)
    inputs.note([one], needs_follow_up=True, by=by)
    client.force_login(by)
    for query, texts in (
        ({}, ["Lights", "Roads"]),
        ({"objective": 8}, ["Lights"]),
        ({"region": "africa"}, ["Lights"]),
        ({"language": "en"}, ["Roads"]),
        ({"theme": theme.key}, ["Roads"]),
        ({"fate": "received"}, ["Lights"]),
        ({"fate": "read"}, ["Roads"]),
        ({"flag": "follow-up"}, ["Lights"]),
        ({"flag": "untagged"}, ["Lights"]),
        ({"question": other.key}, ["Roads"]),
        ({"objective": 8, "language": "en"}, []),
        ({"theme": "nothing", "fate": "x"}, ["Lights", "Roads"]),
    ):
        assert seen(client, room(call, **query)) == texts, query


def test_those_who_do_not_read_for_a_call_find_no_room(client):
    call = factories.open_call()
    row = given(call, "Lights")
    for person in (factories.lead(), factories.role("rapporteur", factories.open_call())):
        client.force_login(person)
        assert client.get(room(call)).status_code == 403
        assert client.get(row.get_absolute_url()).status_code == 404
        assert client.post(reverse("consultations:input-tag", args=[row.key]), {"x": "1"}).status_code == 404


def test_what_is_ticked_is_read_marked_and_put_under_a_new_theme_at_once(client):
    objective = factories.objective(8)
    call = factories.open_call(questions=())
    factories.question(call, kind="paragraph", objective=objective)
    rows = [given(call, f"Input {number}") for number in range(3)]
    client.force_login(factories.coordinator())
    ticked = {"input": [str(row.key) for row in rows[:2]]}
    assert client.post(room(call), ticked | {"read": "1"}).status_code == 302
    assert client.post(room(call), ticked | {"follow": "1"}).status_code == 302
    assert client.post(room(call), ticked).status_code == 422
    assert client.post(room(call), ticked | {"title": "Lights at sea"}).status_code == 302
    assert client.post(room(call), ticked | {"title": "Lights at sea"}).status_code == 302
    theme = Theme.objects.get()
    assert (theme.title_en, theme.status, list(theme.objectives.all())) == (
        "Lights at sea",
        "draft",
        [objective],
    )
    assert [row.text for row in theme.inputs.order_by("pk")] == ["Input 0", "Input 1"]
    states = [(bool(row.read_at), row.needs_follow_up) for row in Input.objects.order_by("pk")]
    assert states == [(True, True), (True, True), (False, False)]
    assert client.post(room(call), {"read": "1"}).status_code == 302  # nothing is ticked: said in words


def test_inputs_that_resemble_each_other_are_hinted_at_and_merged():
    call = factories.open_call()
    first = given(call, LONG)
    near = given(call, LONG.replace("weeks", "months"))
    far = given(call, "Wages are not paid to domestic workers.")
    elsewhere = given(factories.open_call(), LONG)
    withdrawn = factories.contribution(call, said=LONG)
    contributions.withdraw(withdrawn, by=None)
    alike = likeness.of([first, far, elsewhere])
    assert {pk: [other for other, _share in found] for pk, found in alike.items()} == {
        first.pk: [near.pk],
        far.pk: [],
        elsewhere.pk: [],
    }
    theme = inputs.tag([near], title="Who is told", by=None)
    inputs.merge(near, into=first, by=None)
    assert list(theme.inputs.order_by("pk")) == [first, near]
    near.refresh_from_db()
    assert near.fate == "merged"
    with pytest.raises(Refused, match="itself merged"):
        inputs.merge(far, into=near, by=None)
    with pytest.raises(Refused, match="different calls"):
        inputs.merge(elsewhere, into=first, by=None)
    # What was merged goes along, so that no chain forms.
    inputs.merge(first, into=far, by=None)
    assert set(far.merged.all()) == {first, near}
    with pytest.raises(IntegrityError, match="input_merges_into_another"), transaction.atomic():
        Input.objects.filter(pk=far.pk).update(merged_into=far)


def test_whoever_gave_an_input_sees_its_fate_and_not_the_notes_among_readers(client):
    lead, by = factories.lead(), factories.coordinator()
    call = factories.open_call("Lives at sea")
    row = given(call, LONG, organization_=lead.organization)
    page = row.contribution.get_absolute_url()
    client.force_login(lead)

    def shown(*words):
        text = client.get(page).content.decode()
        return [word in text for word in words]

    assert shown("Received") == [True]
    inputs.note([row], needs_follow_up=True, note="Ask them for figures", by=by)
    inputs.mark_read([row], by=by)
    assert shown("Received", ">Read<", "Ask them for figures", "follow-up") == [False, True, False, False]
    inputs.set_aside([row], reason="It is about another objective", by=by)
    assert shown("Not used", "It is about another objective") == [True, True]

    draft, note = factories.document("Secret draft", status="draft"), factories.document("Briefing")
    inputs.use([row], document=draft, by=by)
    assert shown("Secret draft", "Used in a text that is being written") == [False, True]
    inputs.use([row], document=note, section="section 4", by=by)
    assert shown("Used in: Briefing", "section 4", "another objective") == [True, True, False]
    with pytest.raises(Refused, match="take that back first"):
        inputs.set_aside([row], reason="No", by=by)


def test_an_input_whose_words_change_is_to_be_read_again():
    lead = factories.lead()
    row = given(factories.open_call(), LONG, organization_=lead.organization)
    inputs.mark_read([row], by=None)
    contributions.save(row.contribution, answers={row.question_id: "Other words"}, by=lead)
    row.refresh_from_db()
    assert (row.text, row.fate) == ("Other words", "received")


def test_what_is_withdrawn_is_not_sorted_and_not_in_the_room_any_more(client):
    call = factories.open_call()
    row = given(call, LONG)
    contributions.withdraw(row.contribution, by=None)
    client.force_login(factories.coordinator())
    assert seen(client, room(call)) == []
    assert client.get(row.get_absolute_url()).status_code == 404
    with pytest.raises(Refused, match="withdrawn"):
        inputs.mark_read([row], by=None)


def test_every_form_beside_an_input_says_what_is_wrong_and_keeps_what_was_typed(client):
    call = factories.open_call()
    row = given(call, LONG)
    client.force_login(factories.coordinator())
    document = factories.document()
    for act, bad, good in (
        ("tag", {"tag-title": ""}, {"tag-title": "Who is told"}),
        ("use", {"use-section": "4"}, {"use-document": document.pk, "use-section": "4"}),
        ("note", {"note-note": "x" * 2001}, {"note-note": "Ask them"}),
        ("merge", {"merge-into": "0"}, None),
    ):
        address = reverse(f"consultations:input-{act}", args=[row.key])
        assert client.post(address, bad).status_code == 422, act
        if good:
            assert client.post(address, good).status_code == 302, act
    use = row.uses.get()
    undo = {"unuse": use.key, "untag": row.themes.get().key}
    for act, which in undo.items():
        address = reverse(f"consultations:input-{act}", args=[row.key])
        assert client.post(address, {"which": "nothing"}).status_code == 404
        assert client.post(address, {"which": str(which)}).status_code == 302
    aside = reverse("consultations:input-aside", args=[row.key])
    assert client.post(aside, {"aside-reason": "Too late"}).status_code == 302
    assert client.post(reverse("consultations:input-take-up", args=[row.key])).status_code == 302
    row.refresh_from_db()
    assert (row.uses.count(), row.themes.count(), row.fate, row.note) == (0, 0, "read", "Ask them")


def test_choices_are_counted(client):
    call = factories.open_call(questions=())
    asked = factories.question(call, "Who helps?", kind="choices", options=["Unions", "Towns"])
    for keys in (["1"], ["1", "2"]):
        factories.contribution(call, said="").answers.create(question=asked, chosen=keys)
    client.force_login(factories.coordinator())
    [(question, answered, counts)] = client.get(room(call)).context["chosen"]
    assert (question, answered, counts) == (asked, 2, [("Unions", 2), ("Towns", 1)])


def test_the_room_costs_the_same_for_one_input_and_many(cost):
    call, by = factories.open_call(), factories.coordinator()
    given(call, LONG)
    one = cost(room(call), by)
    for number in range(20):
        inputs.tag([given(call, f"{LONG} {number}")], title="Who is told", by=by)
    assert cost(room(call), by) == one


# As a file


def lines(client, call):
    text = client.get(reverse("consultations:contributions-file", args=[call.key])).content.decode(
        "utf-8-sig"
    )
    return list(csv.reader(io.StringIO(text)))


def test_the_file_gives_readers_all_and_others_what_each_consent_lets_out(client):
    call = factories.open_call(shows="public", status="closed")
    named = given(call, "Lights", organization_=factories.organization("Loud House"))
    given(call, "=HYPERLINK(1)", organization_=factories.organization("Quiet House"), consent="kind")
    given(call, "Never", organization_=factories.organization("Silent House"), consent="never")
    inputs.note([named], needs_follow_up=True, note="Ask them", by=None)
    rows = lines(client, call)
    assert [(row[2], row[3]) for row in rows[1:]] == [("Lights", "Loud House"), ("'=HYPERLINK(1)", "")]
    assert "Ask them" not in str(rows)
    sessions.sign_in(client, factories.role("rapporteur", call))
    rows = lines(client, call)
    assert {row[3] for row in rows[1:]} == {"Loud House", "Quiet House", "Silent House"}
    assert "Ask them" in str(rows)
    assert LogEntry.objects.filter(act="contributions exported").count() == 1


# Notes on meetings


def test_where_nothing_is_attributed_there_is_no_field_for_a_speaker(client):
    quiet = factories.open_consultation(attribution="not-attributed")
    loud = factories.open_consultation()
    client.force_login(factories.coordinator())
    names = [
        "speaker"
        in client.get(reverse("consultations:meeting-notes", args=[meeting.key])).context["form"].fields
        for meeting in (quiet.meetings.get(), loud.meetings.get())
    ]
    assert names == [False, True]
    with pytest.raises(Refused, match="nobody is named"):
        meeting_notes.write(quiet.meetings.get(), text="x", language="en", speaker="Amina", by=None)
    fact = "meetingnote_names_a_speaker_only_where_attributed"
    with pytest.raises(IntegrityError, match=fact), transaction.atomic():
        MeetingNote.objects.create(meeting=quiet.meetings.get(), text="x", language="en", speaker="Amina")


def test_who_spoke_is_forgotten_once_a_room_is_no_longer_attributed():
    room_, by = factories.open_consultation(), factories.coordinator()
    meeting_notes.write(room_.meetings.get(), text="We agree", language="en", speaker="Amina", by=by)
    consultations.edit(
        room_,
        version=room_.version,
        titles={"en": {"title": room_.title_en, "summary": ""}},
        attribution="not-attributed",
        by=by,
    )
    note = MeetingNote.objects.get()
    assert (note.text, note.speaker, note.is_attributed) == ("We agree", "", False)


def test_notes_are_read_by_those_who_report_on_the_consultation_and_by_nobody_else(client):
    room_ = factories.open_consultation()
    note = meeting_notes.write(room_.meetings.get(), text="We agree", language="en", by=None)
    address = reverse("consultations:meeting-notes", args=[room_.meetings.get().key])
    for person, status in (
        (factories.role("rapporteur", room_), 200),
        (factories.lead(), 403),
        (factories.role("rapporteur", factories.open_consultation()), 403),
    ):
        client.force_login(person)
        assert client.get(address).status_code == status
        assert bool(MeetingNote.objects.visible_to(Reader.of(person))) == (status == 200)
    assert client.post(reverse("consultations:meeting-note-remove", args=[note.key])).status_code == 404


def test_what_readers_note_stays_when_the_giver_changes_the_answer_meanwhile():
    call = factories.open_call()
    row = given(call, "Lights")
    contribution, lead = row.contribution, factories.user()
    before = contributions.standing(contribution)
    inputs.note([row], needs_follow_up=True, note="Ask them", by=factories.role("rapporteur", call))
    # As the operation has it that read the row before the note was written.
    answers._save_one(
        contribution, before[row.question_id], row.question, "More lights", language="en", by=lead
    )
    row.refresh_from_db()
    assert (row.text, row.note, row.needs_follow_up) == ("More lights", "Ask them", True)


def test_of_two_notes_at_the_same_moment_none_is_lost(client):
    call = factories.open_call()
    row, by = given(call, "Lights"), factories.role("rapporteur", call)
    client.force_login(by)
    shown = client.get(row.get_absolute_url()).context["note_form"]
    inputs.note([row], needs_follow_up=False, note="The first", by=by)
    sent = {"note-note": "The second", "note-shown": shown["shown"].value()}
    client.post(reverse("consultations:input-note", args=[row.key]), sent)
    row.refresh_from_db()
    assert row.note == "The first\n\nThe second"


def test_an_input_that_goes_on_with_a_withdrawn_one_shows_no_word_of_it(client):
    call = factories.open_call()
    row, other = given(call, "Lights"), given(call, "Withdrawn words")
    inputs.merge(row, into=other, by=None)
    contributions.withdraw(other.contribution, by=None)
    client.force_login(factories.role("rapporteur", call))
    page = client.get(row.get_absolute_url()).content.decode()
    assert "Withdrawn words" not in page
    with pytest.raises(Refused, match="withdrawn meanwhile"):
        inputs.merge(given(call, "Roads"), into=other, by=None)


def test_a_giver_who_may_not_read_a_document_learns_only_that_there_is_one(client):
    call = factories.open_call(answerers="verified")
    person = factories.lead(constituency="state")
    row = given(call, "Lights", organization_=person.organization)
    inputs.use([row], document=factories.document("For members", access="members"), by=None)
    client.force_login(person)
    page = client.get(row.contribution.get_absolute_url()).content.decode()
    assert "For members" not in page
    assert "Used in a text that is not shown to you" in page


def test_the_readers_file_is_taken_with_a_fresh_proof_and_comes_as_a_workbook_too(client):
    call = factories.open_call()
    given(call, "Lights")
    sessions.sign_in(client, factories.role("rapporteur", call))
    answer = client.get(reverse("consultations:contributions-workbook", args=[call.key]))
    assert answer["Content-Type"] == workbooks.MEDIA_TYPE
    client.logout()
    client.force_login(factories.role("rapporteur", call))
    assert client.get(reverse("consultations:contributions-file", args=[call.key])).status_code == 302


@pytest.mark.parametrize("name", ["contributions-file", "contributions-workbook"])
def test_nobody_takes_contributions_without_end(client, monkeypatch, name):
    monkeypatch.setattr(limits, "FILES", (limits.Rate(2, limits.HOUR),))
    address = reverse(f"consultations:{name}", args=[factories.open_call().key])
    assert [client.get(address).status_code for _ in range(3)] == [200, 200, 429]
    client.force_login(factories.lead())
    assert client.get(address).status_code == 200


def test_an_odd_address_dismisses_no_rapporteur_and_breaks_nothing(client):
    call = factories.open_call()
    client.force_login(factories.coordinator())
    address = reverse("consultations:rapporteurs", args=[call.key])
    assert client.post(address, {"remove": "\0"}).status_code in {302, 422}
