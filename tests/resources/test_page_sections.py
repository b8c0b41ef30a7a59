"""Resource pages in sections: written, translated side by side, moved, taken off; lists that fill themselves."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from portal.errors import Refused
from portal.models import LogEntry, SearchEntry, StoredFile
from resources.models import PageSection
from resources.operations import attachments, sections
from tests import factories

pytestmark = pytest.mark.django_db


def words(title="What to bring", text="Two people.", **others):
    titles = {"en": title} | {code: pair[0] for code, pair in others.items()}
    bodies = {"en": text} | {code: pair[1] for code, pair in others.items()}
    return {
        "titles": {code: {"title": title} for code, title in titles.items()},
        "bodies": bodies,
        "approved": set(others),
        "approved_bodies": set(others),
    }


def order(page):
    return [section.title_en for section in page.sections.standing().order_by("position", "pk")]


def shown(client, page, language="en"):
    return client.get(f"/{language}/library/pages/{page.address_key}/").content.decode()


def test_a_section_is_written_translated_and_grows_stale_on_its_own(client):
    by, page = factories.coordinator(), factories.resource_page()
    arabic = {"ar": ("ماذا تُحضر", "شخصان.")}
    first = sections.add(page, kind="text", by=by, **words(**arabic))
    sections.add(page, kind="text", by=by, **words("Where", "At the door.", ar=("أين", "عند الباب.")))
    assert "شخصان." in shown(client, page, "ar")
    found = SearchEntry.objects.get(language="en", object_id=page.pk, kind="page")
    assert "door" in found.words

    first.refresh_from_db()
    sections.edit(first, version=1, by=by, changes_meaning=False, **words(text="2 people.", **arabic))
    states = dict(first.text_states.values_list("group", "state"))
    assert states == {"card": "approved", "body": "approved"}
    first.refresh_from_db()
    sections.edit(first, version=2, by=by, **(words(text="Three people.") | {"approved_bodies": {"ar"}}))
    assert dict(first.text_states.values_list("group", "state")) == {"card": "approved", "body": "stale"}
    other = page.sections.exclude(pk=first.pk).get()
    assert set(other.text_states.values_list("state", flat=True)) == {"approved"}
    assert PageSection.objects.as_shown().get(pk=first.pk).languages_waiting == ["ar"]
    assert LogEntry.objects.filter(act__startswith="section").count() == 4


def test_a_draft_of_a_translation_is_not_shown_and_not_found(client):
    by, page = factories.coordinator(), factories.resource_page(title_en="Guide", title_fr="Guide")
    waiting = words(fr=("Quoi", "Deux personnes.")) | {"approved": (), "approved_bodies": ()}
    sections.add(page, kind="text", by=by, **waiting)
    assert "Deux personnes." not in shown(client, page, "fr")
    assert "personne" not in SearchEntry.objects.get(language="fr", object_id=page.pk, kind="page").words


def test_sections_move_are_taken_off_and_put_back():
    by, page = factories.coordinator(), factories.resource_page()
    first, second, third = (sections.add(page, kind="text", by=by, **words(name)) for name in "ABC")
    sections.move_down(first, by=by)
    sections.move_up(third, by=by)
    assert order(page) == ["B", "C", "A"]
    for operation, section, why in (
        (sections.move_up, second, "stands first"),
        (sections.move_down, first, "stands last"),
        (sections.put_back, first, "stands on its page already"),
    ):
        with pytest.raises(Refused, match=why):
            operation(section, by=by)
    sections.take_out(second, by=by)
    assert order(page) == ["C", "A"]
    assert "B" not in SearchEntry.objects.get(language="en", object_id=page.pk, kind="page").words
    with pytest.raises(Refused, match="off the page"):
        sections.move_up(second, by=by)
    sections.put_back(second, by=by)
    assert order(page) == ["C", "A", "B"]


def test_a_page_has_an_end(monkeypatch):
    by, page = factories.coordinator(), factories.resource_page()
    monkeypatch.setattr(sections, "MOST", 3)
    monkeypatch.setattr(sections, "MOST_LISTS", 1)
    gone = sections.add(page, kind="children", by=by, **words())
    with pytest.raises(Refused, match="full"):
        sections.add(page, kind="open", by=by, **words())
    sections.take_out(gone, by=by)
    for _ in range(3):
        sections.add(page, kind="text", by=by, **words())
    for act in (
        lambda: sections.add(page, kind="text", by=by, **words()),
        lambda: sections.put_back(gone, by=by),
    ):
        with pytest.raises(Refused, match="full"):
            act()


@pytest.mark.parametrize(
    ("fact", "values"),
    [
        ("has_heading", {"title_en": ""}),
        ("only_lists_are_narrowed", {"process": factories.process}),
        ("only_documents_have_a_kind", {"kind": "open", "document_kind": "report"}),
        ("of_a_campaign_names_it", {"kind": "campaign"}),
        ("of_a_campaign_names_it", {"campaign": factories.campaign}),
    ],
)
def test_the_database_keeps_each_kind_to_its_facts(fact, values):
    values = {name: value() if callable(value) else value for name, value in values.items()}
    with pytest.raises(IntegrityError, match=f"pagesection_{fact}"), transaction.atomic():
        PageSection.objects.create(page=factories.resource_page(), **({"title_en": "A"} | values))


def test_lists_fill_themselves_with_what_the_reader_may_see(client):
    here, seven = factories.process("Here"), factories.objective(7)
    page = factories.resource_page()
    below = factories.resource_page("Below", parent=page)
    fits = {"kind": "report", "process": here, "objectives": [seven]}
    factories.document("Fits", **fits)
    factories.document("Members fit", access="members", **fits)
    for name, other in (("kind", "summary"), ("process", None), ("objectives", [factories.objective(3)])):
        factories.document(f"Other {name}", **(fits | {name: other}))
    soon = timezone.now() + timedelta(days=9)
    factories.call("Answer now", status="open", closes_at=soon, process=here, objectives=[seven])
    factories.call("Answer elsewhere", status="open", closes_at=soon, objectives=[seven])
    factories.consultation("Join now", status="open", process=here, objectives=[seven])
    factories.consultation(
        "Join for members", status="open", access="members", process=here, objectives=[seven]
    )
    listed = factories.page_section(page, "Papers", kind="documents", process=here, document_kind="report")
    is_open = factories.page_section(page, "Now", kind="open", process=here)
    for section in (listed, is_open):
        section.objectives.set([seven])
    factories.page_section(page, "Below here", kind="children")
    factories.page_section(
        page, "Campaign", kind="campaign", campaign=factories.campaign("Names", hashtag="#Names")
    )
    html = shown(client, page)
    for text in ("Fits", "Answer now", "Join now", "#Names", f'href="#{listed.anchor}"'):
        assert text in html
    for text in ("Members fit", "Other ", "Answer elsewhere", "Join for members", "Below this page"):
        assert text not in html
    assert html.count(below.get_absolute_url()) == 2  # in the list, and as the next page
    client.force_login(factories.lead())
    html = shown(client, page)
    assert "Members fit" in html
    assert "Join for members" in html


def test_empty_lists_say_so_and_a_hidden_campaign_is_not_betrayed(client):
    page = factories.resource_page()
    for kind in ("documents", "open", "children"):
        factories.page_section(page, kind=kind)
    factories.page_section(page, kind="campaign", campaign=factories.campaign("Hidden names", status="draft"))
    html = shown(client, page)
    for text in ("no such document yet", "Nothing is open at this moment", "No page stands below"):
        assert text in html
    assert "Hidden names" not in html


def sent_of(client, address):
    form = client.get(address).context["form"]
    return {name: form[name].value() for name in form.fields if form[name].value()}


def test_a_coordinator_adds_edits_and_moves_sections_and_a_second_editor_gets_both_texts(client):
    client.force_login(factories.coordinator())
    page, campaign = factories.resource_page(status="draft"), factories.campaign()
    address = reverse("resources:section-new", args=[page.key])
    for kind, more in (
        ("text", {}),
        ("documents", {"document_kind": "report"}),
        ("campaign", {"campaign": campaign.pk}),
    ):
        sent = sent_of(client, f"{address}?kind={kind}") | {"title_en": kind} | more
        assert [client.post(address, sent).status_code for _ in "ab"] == [302, 302]
    assert order(page) == ["text", "documents", "campaign"]
    assert client.post(address, {"kind": "campaign", "title_en": "None"}).status_code == 422

    text = page.sections.get(kind="text")
    address = reverse("resources:section-edit", args=[text.key])
    sent = sent_of(client, address) | {"title_en": "Mine", "body_ar": "نص"}
    assert client.post(address, sent).status_code == 302
    second = client.post(address, sent | {"title_en": "Yours", "once": uuid.uuid4()})
    assert second.status_code == 409
    for word in ("Mine", "Yours"):
        assert word in second.content.decode()
    assert "changes_meaning" in client.get(address).context["form"].fields
    for name, left in (("down", 3), ("up", 3), ("take-out", 2), ("put-back", 3)):
        client.post(reverse(f"resources:section-{name}", args=[text.key]))
        assert len(order(page)) == left
    assert order(page)[-1] == "Mine"


def test_what_was_taken_off_is_offered_to_coordinators_alone(client):
    page = factories.resource_page()
    gone = factories.page_section(page, "Old advice", removed_at=timezone.now())
    address = reverse("resources:section-put-back", args=[gone.key])
    assert "Old advice" not in shown(client, page)
    client.force_login(factories.lead())
    assert client.post(address).status_code == 404
    client.force_login(factories.coordinator())
    assert address in shown(client, page)


def test_pages_of_a_toolkit_lead_to_those_before_and_after(client):
    top = factories.resource_page("Top")
    first, last = (
        factories.resource_page(name, parent=top, position=place) for place, name in enumerate("AC")
    )
    inner = factories.resource_page("B", parent=first)
    assert [
        (found["before"], found["after"])
        for page in (top, first, inner, last)
        for found in [client.get(page.get_absolute_url()).context]
    ] == [(None, first), (top, inner), (first, last), (inner, None)]


def test_a_page_costs_the_same_for_one_section_and_ten(cost):
    page = factories.resource_page()
    factories.page_section(page, text="One.")
    one = cost(page.get_absolute_url())
    for _ in range(9):
        factories.page_section(page, text="More.").objectives.set([factories.objective(7)])
    assert one == cost(page.get_absolute_url()) <= 12


def test_files_stand_on_a_page_with_their_size_and_go_with_their_bytes(client, monkeypatch):
    by, page = factories.coordinator(), factories.resource_page(access="members")
    client.force_login(by)
    address = reverse("resources:attachment-new", args=[page.key])
    client.post(address, {"upload": factories.pdf("form.pdf"), "title": "", "language": "fr"})
    made = page.attachments.get()
    assert (made.title, made.language) == ("form.pdf", "fr")
    assert f'href="{made.get_absolute_url()}" download' in shown(client, page)
    monkeypatch.setattr(attachments, "MOST", 1)
    assert client.post(address, {"upload": factories.pdf()}).status_code == 422
    client.logout()
    assert client.get(made.get_absolute_url()).status_code == 404
    attachments.detach(made, by=by)
    assert not StoredFile.objects.exists()
    with pytest.raises(Refused, match="already removed"):
        attachments.detach(made, by=by)


def test_the_history_of_a_section_shows_each_edit_and_gives_earlier_words_back(client):
    by, page = factories.coordinator(), factories.resource_page(status="draft")
    french = {"fr": ("Quoi", "Deux personnes.")}
    section = sections.add(page, kind="text", by=by, **words(**french))
    sections.edit(section, version=1, by=by, **words(text="Three people.", fr=("Quoi", "Trois personnes.")))
    assert list(section.edits.order_by("pk").values_list("language", "markdown")) == [
        ("en", "Two people."),
        ("fr", "Deux personnes."),
        ("en", "Three people."),
        ("fr", "Trois personnes."),
    ]
    client.force_login(by)
    address = reverse("resources:section-history", args=[section.key])
    history = client.get(address).content.decode()
    assert "Three" in history
    assert "<del>" in history
    assert "Nobody has written" in client.get(address, {"language": "es"}).content.decode()
    first = section.edits.get(markdown="Deux personnes.")
    restore = reverse("resources:section-take-back", args=[first.key])
    for version, said in (("1", "Trois personnes."), ("2", "Deux personnes.")):
        client.post(restore, {"version": version})
        assert section.bodies.get(language="fr").markdown == said
    assert dict(section.text_states.values_list("group", "state")) == {"card": "approved", "body": "draft"}
    sections.take_back(section.edits.get(markdown="Two people."), version=3, by=by)
    assert section.bodies.get(language="en").markdown == "Two people."


def test_programs_read_the_sections_of_public_pages_and_their_texts_that_may_be_read(client):
    by, page = factories.coordinator(), factories.resource_page(process=factories.process())
    arabic = words(ar=("ماذا تُحضر", "شخصان.")) | {"approved": {"ar"}, "approved_bodies": set()}
    first = sections.add(page, kind="text", by=by, **arabic)
    hidden = factories.process(status="draft")
    sections.add(page, kind="documents", process=hidden, document_kind="report", by=by, **words("To read"))
    sections.take_out(sections.add(page, kind="text", by=by, **words("Over")), by=by)
    factories.page_section(factories.resource_page(), "Elsewhere")
    factories.page_section(factories.resource_page(access="members"), "Within")
    found = client.get(reverse("api:page-sections"), {"page": page.key}).json()["items"]
    said = {row["title"]["en"]: (row["kind"], row["process"], row["document_kind"]) for row in found}
    assert said == {"What to bring": ("text", None, ""), "To read": ("documents", None, "report")}
    one = client.get(reverse("api:page-section", args=[first.key])).json()
    assert (one["title"], one["text"]) == (
        {"en": "What to bring", "ar": "ماذا تُحضر"},
        {"en": "Two people."},
    )
    assert one["addresses"]["ar"].endswith(f"/ar/library/pages/{page.slug}/#{first.anchor}")
