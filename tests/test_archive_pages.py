"""The real facts of the archive, each found on its page, in English and where we have translated it in Arabic."""

import json
import re
from html import unescape
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from consultations.models import AccreditationTrack, Call, Commitment, Consultation, Theme
from portal import languages
from portal.models import Organization, Phase, Process, WorkingGroup
from portal.operations import reference
from portal.static_files import SHEET, bundle
from resources.models import Campaign, Document, Practice
from tests import archives, factories, samples

pytestmark = [pytest.mark.long, pytest.mark.django_db]


@pytest.fixture(scope="module", autouse=True)
def _archive(django_db_setup, django_db_blocker):
    with archives.standing(django_db_blocker, reference.load, archives.load_shipped):
        yield


@pytest.fixture(scope="module")
def arabic():
    """{id: {"title", "summary"}} of our Arabic texts."""
    return json.loads(archives.shipped("archive_texts.ar"))["records"]


def shown(client, thing, code="en"):
    """The page of a record, or any address, as a reader of a language sees it."""
    address = thing if isinstance(thing, str) else thing.get_absolute_url()
    answer = client.get(f"/{code}/{address.split('#')[0].lstrip('/').partition('/')[2]}", follow=True)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def known(model, archive_id):
    return model.objects.get(archive_id=archive_id)


def numbers_on(page):
    """The objectives that a page leads to."""
    return {number for number in range(1, 24) if f'/objectives/{number}/"' in page}


def test_the_two_phases_of_2021_stand_on_the_road_of_their_process(client, arabic):
    process = known(Process, "imrf-2022")
    page = shown(client, process)
    assert "Action Committee preparation for the IMRF, phase 1" in page
    assert "May 2021 to August 2021" in page
    assert "Action Committee preparation for the IMRF, phase 2" in page
    assert "September 2021 to December 2021" in page
    page = shown(client, process, "ar")
    for key in ("imrf-2022-ac-phase-1", "imrf-2022-ac-phase-2"):
        assert arabic[key]["title"] in page
        assert arabic[key]["summary"] in page


def test_the_forum_of_2022_keeps_the_dates_that_were_announced_first(client):
    page = shown(client, known(Process, "imrf-2022"))
    assert "17 to 20 May 2022" in page
    assert "10 May 2022 to 13 May 2022" in page
    assert 'href="https://indico.un.org/event/1000748/"' in page


def test_the_deadline_of_accreditation_is_said_on_its_own_clock(client):
    page = shown(client, known(Process, "imrf-2022"))
    assert "26 January 2022, 17:00 in New York" in page


def test_the_dialogue_with_member_states_shows_its_commitments_its_step_and_its_key_outcomes(client, arabic):
    dialogue = known(Consultation, "ac-ms-dialogue-2021")
    page, there = shown(client, dialogue), shown(client, dialogue, "ar")
    assert dialogue.title_en in page
    assert arabic["ac-ms-dialogue-2021"]["title"] in there
    for number in range(1, 7):
        made = known(Commitment, f"sc-2021-{number}")
        assert made.title_en in page
        assert arabic[made.archive_id]["title"] in there
    assert page.count("Shared commitment") == 5
    assert page.count("Step on participation") == 1
    assert "Key outcomes of the dialogue with Member States" in page
    assert arabic["doc-key-outcomes-dialogue"]["title"] in there


def test_the_step_on_participation_names_its_principle(client):
    page = shown(client, known(Commitment, "sc-2021-6"))
    assert "Full and meaningful civil society participation in the IMRF" in page
    assert "Whole-of-society" in page


def test_the_twelve_key_ways_show_twelve_themes_of_which_five_are_untitled_and_say_so(client, arabic):
    paper = known(Document, "doc-12-key-ways")
    page, there = shown(client, paper), shown(client, paper, "ar")
    assert paper.title_en in page
    assert arabic["doc-12-key-ways"]["title"] in there
    themes = list(Theme.objects.filter(document=paper))
    assert len(themes) == 12
    assert all(str(theme.key) in page for theme in themes)
    titled = [theme for theme in themes if theme.has_title]
    assert len(titled) == 7
    assert all(theme.title_en in page and arabic[theme.archive_id]["title"] in there for theme in titled)
    assert page.count("Title not known") == 5
    assert "Call for organisational sign-ons to the 12 Key Ways" in page


def test_the_working_group_on_race_and_migration_and_its_training_series_have_their_pages(client, arabic):
    group, training = known(WorkingGroup, "wg-race"), known(Consultation, "ac-training-race-2021")
    page = shown(client, group)
    assert "Action Committee Working Group on Race and Migration" in page
    assert "prepare training on racial injustice" in page
    assert numbers_on(page) == {17}
    assert arabic["wg-race"]["title"] in shown(client, group, "ar")
    page = shown(client, training)
    assert "Training series on racial injustice within civil society" in page
    assert "that the Working Group on Race and Migration began to prepare" in page
    assert "Training" in page
    assert arabic["ac-training-race-2021"]["summary"] in shown(client, training, "ar")
    assert training.title_en in shown(client, reverse("consultations:consultations") + "?kind=training")


def test_the_call_for_feedback_to_the_sub_group_has_its_page(client, arabic):
    call = known(Call, "call-gfmd-subgroup-2021")
    page = shown(client, call)
    assert "Feedback on the review forum's thematic priorities and processes" in page
    assert "Call for feedback" in page
    assert "GFMD sub-group" in page
    assert "GFMD under the United Arab Emirates chair" in page
    assert arabic["call-gfmd-subgroup-2021"]["title"] in shown(client, call, "ar")
    assert "GFMD sub-group on the contribution to the IMRF" in shown(
        client, known(WorkingGroup, "wg-gfmd-imrf-subgroup")
    )


def test_the_preparatory_consultation_of_november_2021_says_that_its_sources_disagree(client, arabic):
    consultation = known(Consultation, "gfmd-cs-prep-2021")
    page = shown(client, consultation)
    assert "GFMD global civil society preparatory consultation" in page
    assert "18 November 2021" in page
    assert "Sources disagree or both were on one day." in page
    assert numbers_on(page) == set(range(1, 24))
    assert arabic["gfmd-cs-prep-2021"]["title"] in shown(client, consultation, "ar")


def test_the_friends_of_the_forum_roundtable_shows_its_two_objectives_and_its_whole(client, arabic):
    roundtable = known(Consultation, "gfmd-fof-2021-rt3")
    page = shown(client, roundtable)
    assert "GFMD Friends of the Forum 2021, roundtable 3" in page
    assert numbers_on(page) == {15, 19}
    assert "GFMD Friends of the Forum, November 2021" in page
    assert "Portugal" in page
    assert "ICMC" in page
    assert arabic["gfmd-fof-2021-rt3"]["title"] in shown(client, roundtable, "ar")
    assert roundtable.title_en in shown(client, roundtable.part_of)
    assert roundtable.title_en in shown(client, roundtable.process)


def test_the_open_letter_on_the_high_level_political_forum_stands_in_the_library(client, arabic):
    letter = known(Document, "doc-open-letter-hlpf-2021")
    page = shown(client, letter)
    assert "Open letter on the Ministerial Declaration of the 2021 High-level Political Forum" in page
    assert "July 2021" in page
    assert "The forum was in July 2021; the day of the letter was not found." in page
    assert "Open letter" in page
    assert arabic["doc-open-letter-hlpf-2021"]["title"] in shown(client, letter, "ar")
    assert letter.title_en in shown(client, reverse("resources:documents") + "?kind=open-letter&objective=23")


def test_the_virtual_dialogue_shows_its_two_rounds_its_briefing_notes_and_its_postcards(client, arabic):
    dialogue = known(Consultation, "icmc-virtual-dialogue-2021")
    page, there = shown(client, dialogue), shown(client, dialogue, "ar")
    assert "Virtual dialogue in four languages, with two civil society rounds" in page
    assert "<dt>Rounds</dt><dd>2</dd>" in page
    assert "Interpretation" in page
    for key in ("doc-briefing-notes-2021", "doc-postcards-2021"):
        assert known(Document, key).title_en in page
        assert arabic[key]["title"] in there
        assert dialogue.title_en in shown(client, known(Document, key))


def test_the_campaign_shows_its_hashtag_and_its_years(client, arabic):
    campaign = known(Campaign, "camp-itac")
    page = shown(client, campaign)
    assert "It Takes a Community" in page
    assert "#ItTakesACommunity" in page
    assert "18 December 2020 to 2023" in page
    assert arabic["camp-itac"]["summary"] in shown(client, campaign, "ar")


def test_casa_monarca_is_known_by_its_sourced_facts_and_called_a_member_of_nothing(client, arabic):
    organization = known(Organization, "org-casa-monarca")
    page, there = shown(client, organization), shown(client, organization, "ar")
    assert "Casa Monarca" in page
    assert "Migrant aid association in northern Mexico, ICMC partner" in page
    assert 'href="http://icmc.net/2021/civil-society-coordination/index.html"' in page
    assert "being named makes it a member of nothing" in page
    assert arabic["org-casa-monarca"]["summary"] in there
    assert '<meta name="robots" content="noindex">' in page
    assert "Casa Monarca" in shown(client, reverse("organizations-known"))
    assert "Casa Monarca" not in shown(client, reverse("organizations"))


def test_a_name_in_spanish_only_falls_back_and_says_so(client):
    page = shown(client, known(Organization, "org-rroom"), "ar")
    assert '<bdi lang="es">Red Regional de Organizaciones Civiles para las Migraciones</bdi>' in page


def test_an_italian_title_is_kept_beside_the_others_with_its_code():
    letter = known(Document, "doc-open-letter-pga-2022")
    assert letter.other_titles == {"it": "Lettera aperta sulla riduzione dello spazio per la società civile"}


def test_a_pledge_shows_its_dated_report(client):
    page = shown(client, known(Commitment, "pledge-iom-identity"))
    assert "Achieve legal identity for all" in page
    assert "4 July 2023" in page


def test_a_practice_keeps_the_name_of_who_shared_it_as_the_source_says_it(client):
    assert "Centre for Indian Migrant Studies" in shown(client, known(Practice, "practice-cims"))


@pytest.mark.parametrize("code", languages.CODES)
def test_the_records_of_the_archive_have_their_pages_in_every_language(client, code, seed):
    """Each in one of the languages, on another day in another; in the drill in all of them."""
    models = (
        Process,
        Consultation,
        Document,
        Commitment,
        Call,
        AccreditationTrack,
        WorkingGroup,
        Campaign,
        Practice,
    )
    things = [thing for model in models for thing in model.objects.filter(archive_id__isnull=False)]
    organizations = list(Organization.objects.filter(archive_id__isnull=False))
    assert len(things) + len(organizations) == 158
    turn = languages.CODES.index(code)
    for thing in samples.part(things + organizations, seed, turn, len(languages.CODES)):
        title = thing.text("name" if isinstance(thing, Organization) else "title", code)
        assert title.text in shown(client, thing, code), thing.archive_id


def test_phases_and_themes_stand_on_the_pages_of_what_they_belong_to(client):
    phases = list(Phase.objects.filter(archive_id__isnull=False).select_related("process"))
    themes = list(Theme.objects.filter(archive_id__isnull=False).select_related("document"))
    pages = {row.process: shown(client, row.process) for row in phases}
    pages |= {row.document: shown(client, row.document) for row in themes}
    assert all(f'id="{phase.key}"' in pages[phase.process] for phase in phases)
    assert all(f'id="{theme.key}"' in pages[theme.document] for theme in themes)


def test_source_notes_are_shown_to_coordinators_and_to_nobody_else(client):
    paper, organization = known(Document, "doc-ten-acts"), known(Organization, "org-icmc")
    assert "languages_planned" not in shown(client, paper)
    assert "link_type" not in shown(client, organization)
    client.force_login(factories.coordinator())
    page = shown(client, paper)
    assert "languages_planned" in page
    assert "ar, zh" in page
    assert "co-convener" in shown(client, organization)
    assert "deadline" in shown(client, known(Phase, "imrf-2022-accreditation"))
    assert "objective_note" in shown(client, known(Document, "doc-12-key-ways"))


def test_what_the_sources_link_stands_on_the_pages_of_both(client):
    group = archives.record("working_group", title="Group on orchards")
    host = archives.record("organisation", title="Orchard Alliance")
    event = archives.record(
        "event", title="Orchard training", working_group=group["id"], hosted_by=host["id"]
    )
    hidden = archives.record("document", title="Withdrawn paper", campaign="camp-itac", related=group["id"])
    archives.load(group, host, event, hidden)
    Document.objects.filter(archive_id=hidden["id"]).update(status="withdrawn")
    page = shown(client, known(Consultation, event["id"]))
    assert "Group on orchards" in page
    assert "Orchard Alliance" in page
    assert "Orchard training" in shown(client, known(Organization, host["id"]))
    page = shown(client, known(WorkingGroup, group["id"]))
    assert "Orchard training" in page
    assert "Withdrawn paper" not in page


def travels(answer):
    """How many bytes an answer is on its way: its body, compressed as it was, and its headers."""
    return len(answer.content) + len(answer.serialize_headers())


STATIC_HEADERS = 1_000
ASSETS = re.compile(r'<(?:link rel="(?:stylesheet|icon|manifest)"[^>]* href|script src|img src)="([^"]+)"')


def first_visit(client, path):
    """(how many requests, how many bytes) a page takes with everything that it names."""
    page = client.get(path, headers={"Accept-Encoding": "gzip"})
    total, names = travels(page), ASSETS.findall(client.get(path).content.decode())
    for name in names:
        if not name.startswith("/static/"):
            total += travels(client.get(name))
            continue
        file = Path(finders.find(name.removeprefix("/static/")))
        content = bundle(file).encode() if name.endswith(SHEET) else file.read_bytes()
        total += len(brotli.compress(content)) + STATIC_HEADERS
    return 1 + len(names), total


def test_a_first_visit_weighs_little(client):
    """Bytes as they travel; tests/drills/test_weak_connection.py measures the same in a browser, and how long it takes."""
    paths = [
        reverse(name) for name in ("home", "objectives", "processes", "organizations", "resources:documents")
    ]
    paths += [
        reverse(f"consultations:{name}") for name in ("consultations", "papers", "calls", "commitments")
    ]
    paths += [reverse("objective", args=[number]) for number in (7, 23)]
    paths += [path.replace("/en/", "/ar/") for path in paths]
    weights = {path: first_visit(client, path) for path in paths}
    assert {path: weight for path, weight in weights.items() if weight[0] > 6 or weight[1] > 40_000} == {}
