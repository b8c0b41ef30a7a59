"""Resource pages as a tree, campaigns, practices and plans."""

import pytest
from django.urls import reverse

from portal.operations import texts
from resources.models import ResourcePage
from tests import factories

pytestmark = pytest.mark.django_db

THINGS = {
    "page": factories.resource_page,
    "campaign": factories.campaign,
    "practice": factories.practice,
}
LISTS = {"page": "pages", "campaign": "campaigns", "practice": "practices"}


def test_the_tree_shows_every_page_below_its_own(client):
    first = factories.resource_page("Second part", position=2)
    top = factories.resource_page("First part", position=1)
    below = factories.resource_page("Below the first", parent=top)
    factories.resource_page("Deepest", parent=below)
    page = client.get(reverse("resources:pages")).content.decode()
    order = [page.index(title) for title in ("First part", "Below the first", "Deepest", "Second part")]
    assert order == sorted(order)
    assert page.count('<ul role="list">') >= 3
    assert first.get_absolute_url() in page


def test_a_page_below_a_hidden_one_stands_at_the_root_and_does_not_betray_it(client):
    hidden = factories.resource_page("Hidden part", status="draft")
    seen = factories.resource_page("Seen part", parent=hidden)
    for address in (reverse("resources:pages"), seen.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "Seen part" in page
        assert "Hidden part" not in page


def test_a_page_says_where_it_stands_what_it_says_and_what_lies_below(client):
    by = factories.coordinator()
    top = factories.resource_page("How to take part")
    here = factories.resource_page("Register", parent=top, objectives=[factories.objective(15)])
    factories.resource_page("Speak", parent=top)
    factories.resource_page("Delegates", parent=here)
    factories.document("Paper on fifteen", objectives=[factories.objective(15)])
    factories.document("Paper on three", objectives=[factories.objective(3)])
    texts.save_body(here, "en", "Bring *two* people.", by=by)
    page = client.get(here.get_absolute_url()).content.decode()
    for text in ("How to take part", "Speak", "Delegates", "Bring <em>two</em> people.", "Paper on fifteen"):
        assert text in page
    assert "Paper on three" not in page
    assert f'<a href="{top.get_absolute_url()}">' in page


def test_a_page_falls_back_to_its_original_and_says_so(client):
    here = factories.resource_page("Register")
    texts.save_body(here, "en", "Bring two people.", by=factories.coordinator())
    page = client.get(f"/ar/library/pages/{here.slug}/").content.decode()
    assert '<div class="prose" lang="en" dir="ltr">' in page
    assert 'class="mark"' in page


def test_the_menu_says_where_one_is_once(client):
    page = client.get(reverse("resources:pages")).content.decode()
    assert page.count('aria-current="page"') == 1
    assert f'<a href="{reverse("resources:pages")}" aria-current="page">' in page


def test_an_empty_tree_says_so(client):
    assert "There are no resource pages yet." in client.get(reverse("resources:pages")).content.decode()


def test_a_circle_of_pages_does_not_stop_the_tree(client):
    first, second = factories.resource_page("First"), factories.resource_page("Second")
    ResourcePage.objects.filter(pk=first.pk).update(parent=second)
    ResourcePage.objects.filter(pk=second.pk).update(parent=first)
    for address in (reverse("resources:pages"), first.get_absolute_url()):
        page = client.get(address)
        assert page.status_code == 200
    assert "Second" in client.get(reverse("resources:pages")).content.decode()


def test_a_campaign_shows_its_hashtag_its_dates_and_its_process(client):
    made = factories.campaign(
        "It takes a community",
        summary_en="Balanced stories.",
        hashtag="#ItTakesACommunity",
        begins_on="2020-12-18",
        ends_on="2023-01-01",
        ends_precision="year",
        process=factories.process("Review forum"),
        source_url="https://source.example/about",
    )
    page = client.get(made.get_absolute_url()).content.decode()
    for text in (
        "#ItTakesACommunity",
        "Balanced stories.",
        "18 December 2020",
        "2023",
        "Review forum",
        "source.example",
    ):
        assert text in page
    assert "#ItTakesACommunity" in client.get(reverse("resources:campaigns")).content.decode()


def test_a_title_that_exists_in_another_language_only_keeps_its_language(client):
    made = factories.campaign(title_es="Resistir, reclamar y reconocer", original_language="es")
    page = client.get(made.get_absolute_url()).content.decode()
    assert '<span lang="es" dir="ltr">Resistir, reclamar y reconocer</span>' in page


def test_a_practice_names_who_shares_it_as_far_as_its_reader_may_know(client):
    on = {"objectives": [factories.objective(15)]}
    listed_one = factories.organization("Listed Light", in_directory=True)
    listed = factories.practice("Open clinic", organization=listed_one, **on)
    quiet = factories.practice("Quiet clinic", organization=factories.organization("Quiet Light"), **on)
    worded = factories.practice("Tracing", organization_words="Centre for Tracing")
    page = client.get(reverse("resources:practices")).content.decode()
    for text in ("Open clinic", "Quiet clinic", "Listed Light", "Centre for Tracing"):
        assert text in page
    assert "Quiet Light" not in page
    on_objective = client.get(reverse("objective", args=[15])).content.decode()
    assert "Listed Light" in on_objective
    assert "Quiet Light" not in on_objective
    assert "Listed Light" in client.get(listed.get_absolute_url()).content.decode()
    assert "Quiet Light" not in client.get(quiet.get_absolute_url()).content.decode()
    assert "Centre for Tracing" in client.get(worded.get_absolute_url()).content.decode()


def test_practices_and_plans_are_told_apart(client):
    factories.practice("Done before", kind="practice")
    factories.practice("Seeks partners", kind="plan")
    address = reverse("resources:practices")
    plans = client.get(address, {"kind": "plan"}).content.decode()
    assert "Seeks partners" in plans
    assert "Done before" not in plans
    assert "Done before" in client.get(address, {"kind": "nothing"}).content.decode()


@pytest.mark.parametrize("name", THINGS)
def test_what_is_hidden_answers_like_what_does_not_exist(client, name):
    make = THINGS[name]
    drafted, members, shown = make(status="draft"), make(access="members"), make()
    statuses = [client.get(row.get_absolute_url()).status_code for row in (drafted, members, shown)]
    assert statuses == [404, 404, 200]
    assert client.get(reverse(f"resources:{name}", args=["nothing"])).status_code == 404
    client.force_login(factories.lead())
    statuses = [client.get(row.get_absolute_url()).status_code for row in (drafted, members, shown)]
    assert statuses == [404, 200, 200]
    client.force_login(factories.coordinator())
    page = client.get(drafted.get_absolute_url())
    assert page.status_code == 200
    assert "only coordinators see this page" in page.content.decode().lower()


@pytest.mark.parametrize("name", THINGS)
def test_source_notes_are_for_coordinators(client, name):
    made = THINGS[name](source_notes={"seen": "on one page only"})
    assert "on one page only" not in client.get(made.get_absolute_url()).content.decode()
    client.force_login(factories.coordinator())
    assert "on one page only" in client.get(made.get_absolute_url()).content.decode()


@pytest.mark.parametrize("name", THINGS)
def test_a_list_and_a_page_cost_the_same_for_one_thing_and_for_ten(cost, name):
    objective, process = factories.objective(15), factories.process()
    top = factories.resource_page()

    def add():
        more = {"page": {"parent": top}, "campaign": {"process": process}, "practice": {}}[name]
        if name == "practice":
            more = {"organization": factories.organization(in_directory=True)}
        factories.document(objectives=[objective])
        return THINGS[name](objectives=[objective], **more)

    made = add()
    addresses = reverse(f"resources:{LISTS[name]}"), made.get_absolute_url()
    one = [cost(address) for address in addresses]
    for _ in range(9):
        add()
    many = [cost(address) for address in addresses]
    assert one == many
    assert many[0] <= {"practice": 9}.get(name, 5)  # its filters, its places
    assert many[1] <= {"campaign": 15}.get(name, 10)  # what to hand on, its pictures, who took part
