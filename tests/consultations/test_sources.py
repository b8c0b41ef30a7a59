"""Where a paper comes from: counted for everybody, opened as far as each consent goes, and gone once it is withdrawn."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations import provenance
from consultations.models import Source, Voice
from consultations.operations import contributions, inputs, sources, voices
from portal.errors import Refused
from portal.models import Reader, Role
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer():
    return factories.coordinator()


@pytest.fixture
def process():
    return factories.process()


@pytest.fixture
def section(writer, process):
    return factories.paper(by=writer, process=process).sections.get()


def call(process, **fields):
    return factories.open_call(process=process, **({"shows": "public", "status": "closed"} | fields))


def given(asked, *, region="africa", consent="named", said="Lights at sea", **fields):
    """An input to a call from an organization of its own, at work in a region."""
    organization = factories.organization(**fields)
    organization.regions.add(factories.region(region))
    return factories.contribution(asked, organization, said=said, consent=consent).answers.get()


def drawn(section, reader=None):
    return provenance.of([section], reader or Reader.nobody())[section.pk]


def shown(paper, by):
    """The paper, published in its first version."""
    return factories.published(paper).get_absolute_url()


def text_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def address(name, thing):
    return reverse(f"consultations:{name}", args=[thing.key])


def test_a_section_says_how_many_inputs_of_how_many_organizations_stand_behind_it(section, process):
    asked = call(process)
    rows = [given(asked), given(asked, region="europe"), given(asked)]
    other = factories.contribution(call(process), rows[0].contribution.organization).answers.get()
    sources.add_inputs(section, inputs=[*rows, other], by=None)
    sources.add_inputs(section, inputs=rows[:1], by=None)
    assert drawn(section).sentence == "Drawn from 4 inputs of 3 organizations in 2 regions"


def test_readers_open_what_each_consent_allows_and_a_withdrawn_input_is_gone(
    client, section, process, writer
):
    asked = call(process)
    rows = {
        name: given(asked, name=name, consent=consent, said=f"Words of {name}")
        for name, consent in (("Loud House", "named"), ("Quiet House", "kind"), ("Silent House", "never"))
    }
    sources.add_inputs(section, inputs=list(rows.values()), by=writer)
    place = shown(section.paper, writer)
    text = text_of(client, place)
    assert "Drawn from 3 inputs of 3 organizations in 1 region" in text
    assert [name in text for name in rows] == [True, False, False]
    assert "1 input is counted and not shown" in text
    assert "Words of" not in text
    client.force_login(factories.role(Role.Kind.RAPPORTEUR, asked))
    assert "Words of Silent House" in text_of(client, place)
    client.logout()
    contributions.withdraw(rows["Loud House"].contribution, by=None)
    text = text_of(client, place)
    assert "Drawn from 2 inputs of 2 organizations in 1 region" in text
    assert "Loud House" not in text


def test_of_a_closed_room_nobody_learns_how_much_was_said_there(section, process):
    room = factories.open_consultation(access="invited", attribution="confidential", process=process)
    for asked in (
        call(process, access="invited", shows="nobody"),
        call(process, consultation=room, shows="nobody"),
    ):
        sources.add_inputs(section, inputs=[given(asked)], by=None)
    sources.add_inputs(section, inputs=[given(call(process))], by=None)
    assert drawn(section, Reader.of(factories.lead())).inputs == 1
    assert drawn(section, Reader.of(factories.coordinator())).inputs == 3


def test_what_a_suspended_organization_gave_counts_no_more(section, process):
    row = given(call(process))
    sources.add_inputs(section, inputs=[row], by=None)
    row.contribution.organization.status = "suspended"
    row.contribution.organization.save()
    assert not drawn(section).is_there


def test_the_giver_learns_the_section_and_the_name_only_of_a_paper_that_she_sees(client, writer, process):
    paper = factories.paper(
        "Doors", sections=["## One\n\nA.", "## Two\n\nB."], by=writer, process=process, access="public"
    )
    lead = factories.lead()
    row = factories.contribution(call(process), lead.organization).answers.get()
    inputs.set_aside([row], reason="Not now", by=writer)
    sources.add_inputs(paper.sections.get(position=1), inputs=[row], by=writer)
    client.force_login(lead)
    place = row.contribution.get_absolute_url()
    assert "Used in a text that is being written" in text_of(client, place)
    assert "Doors" not in text_of(client, place)
    shown(paper, writer)
    assert "Used in section 2 of: Doors" in text_of(client, place)
    with pytest.raises(Refused):
        inputs.set_aside([row], reason="No", by=writer)
    client.force_login(writer)
    room = reverse("consultations:reading", args=[row.contribution.call.key])
    assert len(client.get(f"{room}?fate=used").context["rows"]) == 1
    paper.sections.filter(position=1).update(removed_at=timezone.now())
    assert len(client.get(f"{room}?fate=used").context["rows"]) == 0
    assert len(client.get(f"{room}?fate=read").context["rows"]) == 1


# Adding


def test_all_inputs_under_a_theme_are_added_at_once(client, writer, section, process):
    asked = call(process)
    rows = [given(asked) for _number in range(3)]
    theme = inputs.tag(rows, title="Lights", by=writer)
    contributions.withdraw(rows[0].contribution, by=None)
    client.force_login(writer)
    assert client.post(address("source-theme", section), {"theme-theme": theme.pk}).status_code == 302
    assert {source.input for source in Source.objects.all()} == set(rows[1:])
    assert client.post(address("source-theme", section), {"theme-theme": ""}).status_code == 422


def test_single_inputs_are_found_by_their_words_in_any_spelling(client, writer, section, process):
    asked = call(process)
    row = given(asked, said="Élan à la frontière")
    arabic = given(asked, said="إلى أين؟")
    client.force_login(writer)

    def found(words):
        return client.get(address("section-sources", section), {"q": words}).context["inputs"]

    assert (found("elan FRONTIERE"), found("الي"), found("nothing"), found(" ")) == ([row], [arabic], [], [])
    sent = {"inputs-inputs": [str(row.key)]}
    assert client.post(address("source-inputs", section), sent).status_code == 302
    assert section.sources.get().input == row
    assert found("elan") == []
    for wrong in ({}, {"inputs-inputs": ["x"]}):
        assert client.post(address("source-inputs", section), wrong).status_code == 422


def test_a_drafter_is_offered_only_what_she_sees(client, section, process):
    hidden = given(call(process, shows="nobody"), said="Kept among readers")
    seen = given(call(process), said="Kept for everybody")
    client.force_login(factories.role(Role.Kind.DRAFTER, section.paper))
    answer = client.get(address("section-sources", section), {"q": "kept"})
    assert answer.context["inputs"] == [seen]
    sent = {"inputs-inputs": [str(hidden.key)]}
    assert client.post(address("source-inputs", section), sent).status_code == 422


def voice(process, *purposes):
    lead = factories.lead()
    made = Voice.objects.create(
        organization=lead.organization,
        process=process,
        language="en",
        text="I crossed.",
        alias="Amal",
        given_by=lead,
    )
    for purpose in purposes:
        made.consents.create(
            purpose=purpose,
            text_version=1,
            language="en",
            agreed_on=timezone.localdate(),
            ends_on=timezone.localdate() + timedelta(days=9),
        )
    return made


def test_a_voice_stands_behind_a_section_within_its_consent_and_purpose(client, writer, section, process):
    made = voice(process, "quotation", "briefing-note")
    client.force_login(writer)
    sent = {"voice-voice": made.pk, "voice-purpose": "quotation"}
    assert client.post(address("source-voice", section), sent).status_code == 302
    place = shown(section.paper, writer)
    client.logout()
    assert ("Amal" in text_of(client, place), "I crossed" in text_of(client, place)) == (True, False)
    client.force_login(made.given_by)
    assert "Used in section 1 of" in text_of(client, made.get_absolute_url())
    client.logout()
    for purpose in ("briefing-note", "publication"):
        with pytest.raises(Refused):
            sources.add_voice(section, voice=made, purpose=purpose, by=writer)
    yesterday = timezone.localdate() - timedelta(days=1)
    made.consents.filter(purpose="quotation").update(agreed_on=yesterday, ends_on=yesterday)
    assert "Amal" not in text_of(client, place)


def test_a_briefing_note_takes_voices_given_for_it_and_loses_those_that_are_withdrawn(writer, process):
    note = factories.paper(by=writer, process=process, kind="briefing-note").sections.get()
    made = voice(process, "briefing-note", "quotation")
    sources.add_voice(note, voice=made, purpose="briefing-note", by=writer)
    voices.withdraw(made, purposes=["quotation"], by=writer)
    assert note.sources.count() == 1
    voices.withdraw(made, purposes=["briefing-note"], by=writer)
    assert note.sources.count() == 0


def test_documents_and_consultations_stand_behind_a_section_for_whom_they_are_shown_to(
    client, writer, section
):
    document = factories.document("Report", access="members")
    room = factories.open_consultation("Round")
    client.force_login(writer)
    client.post(address("source-document", section), {"document-document": document.pk})
    client.post(address("source-consultation", section), {"consultation-consultation": room.pk})
    assert drawn(section).sentence == "Drawn from other sources"
    place = shown(section.paper, writer)
    client.logout()
    assert [word in text_of(client, place) for word in ("Report", "Round")] == [False, True]
    client.force_login(factories.lead())
    assert [word in text_of(client, place) for word in ("Report", "Round")] == [True, True]


def test_a_source_is_taken_away_by_those_who_write(client, writer, section, process):
    row = given(call(process))
    sources.add_inputs(section, inputs=[row], by=writer)
    source = section.sources.get()
    giver = factories.user()
    row.contribution.organization.membership_set.create(user=giver, role="lead")
    client.force_login(giver)
    assert client.post(address("source-remove", source)).status_code == 404
    client.force_login(writer)
    assert client.post(address("source-remove", source)).status_code == 302
    assert section.sources.count() == 0


def test_nothing_is_added_to_a_section_that_was_taken_out(section, process):
    section.removed_at = timezone.now()
    section.save()
    with pytest.raises(Refused):
        sources.add_inputs(section, inputs=[given(call(process))], by=None)


def test_nothing_is_added_where_everything_was_withdrawn_meanwhile(section, process):
    row = given(call(process))
    contributions.withdraw(row.contribution, by=None)
    with pytest.raises(Refused):
        sources.add_inputs(section, inputs=[row], by=None)


# What is not taken up


def test_coverage_names_what_no_section_takes_up(client, writer, section, process):
    objective, cited_objective = factories.objective(7), factories.objective(8)
    asked = call(process, objectives=[objective])
    used, unused, merged, aside = (given(asked, said=f"Words {number}") for number in range(4))
    cited, missing = (
        inputs.tag([row], title=title, by=writer) for row, title in ((used, "A"), (unused, "B"))
    )
    inputs.merge(merged, into=unused, by=writer)
    inputs.set_aside([aside], reason="Other call", by=writer)
    sources.add_inputs(section, inputs=[used], by=writer)
    section.objectives.add(cited_objective)
    section.paper.objectives.add(cited_objective)
    client.force_login(writer)
    context = client.get(address("paper-coverage", section.paper)).context
    assert context["coverage"].themes == [(missing, False), (cited, True)]
    assert context["coverage"].objectives == [(objective, False), (cited_objective, True)]
    assert list(context["page"]) == [unused]
    assert context["coverage"].missing == 2


def test_the_pages_of_sources_cost_the_same_for_one_input_and_ten(cost, client, writer, process):
    few, many = (factories.paper(by=writer, process=process).sections.get() for _time in range(2))
    asked = call(process)
    rows = [given(asked, said=f"Lights {number}") for number in range(11)]
    sources.add_inputs(few, inputs=rows[:1], by=writer)
    sources.add_inputs(many, inputs=rows[1:], by=writer)
    for name, of in (
        ("section-sources", lambda row: row),
        ("section", lambda row: row),
        ("paper-draft", lambda row: row.paper),
    ):
        one, ten = (cost(address(name, of(row)), writer) for row in (few, many))
        assert one == ten
    one, ten = (cost(shown(row.paper, writer)) for row in (few, many))
    assert one == ten
