"""Campaigns: made by coordinators, told once, handed on in each language; who took part says so and takes it back."""

import csv
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.errors import Refused
from resources.forms.campaigns import HashtagField
from resources.models import Campaign, Participation
from resources.operations import campaigns
from tests import factories, sessions

pytestmark = pytest.mark.django_db


def test_a_campaign_is_made_told_once_and_read_in_each_language(client, mailoutbox):
    member = factories.lead(language="ar")
    sessions.sign_in(client, factories.coordinator())
    form = {
        "original_language": "en",
        "title_en": "It takes a community",
        "title_ar": "يد واحدة",
        "approved_ar": "on",
        "share_en": "Stand with us.",
        "share_ar": "قفوا معنا.",
        "hashtag": "يد_واحدة",
        "access": "public",
        "begins_precision": "day",
        "ends_precision": "day",
    }
    assert client.post(reverse("resources:campaign-new"), form | {"hashtag": "two words"}).status_code == 422
    client.post(reverse("resources:campaign-new"), form)
    made = Campaign.objects.get()
    assert (made.hashtag, made.status, mailoutbox) == ("#يد_واحدة", "draft", [])
    for act in ("publish", "withdraw", "publish"):
        client.post(reverse(f"resources:campaign-{act}", args=[made.key]))
    assert [(m.to, "يد واحدة" in m.subject) for m in mailoutbox] == [([member.email], True)]
    client.post(
        reverse("resources:campaign-materials", args=[made.key]),
        {"upload": factories.pdf(), "language": "ar"},
    )
    client.logout()
    made.refresh_from_db()
    page = client.get(f"/ar/library/campaigns/{made.slug}/").content.decode()
    assert [words in page for words in ("قفوا معنا.", "paper.pdf", "#يد_واحدة", "Stand")] == [True] * 3 + [
        False
    ]
    material = client.get(made.materials.get().get_absolute_url())
    assert material["Content-Type"] == "application/pdf"
    assert b"".join(material.streaming_content)[:5] == b"%PDF-"


@pytest.mark.parametrize(
    ("typed", "kept"), [("#Migration", "#Migration"), ("مُهاجرون", "#مُهاجرون"), ("123", None), ("a-b", None)]
)
def test_a_hashtag_is_one_word_of_any_script(typed, kept):
    field = HashtagField(max_length=60)
    if kept is None:
        with pytest.raises(Exception, match="one word"):
            field.clean(typed)
    else:
        assert field.clean(typed) == kept


def test_a_campaign_is_coming_on_and_over_by_its_dates():
    of = Campaign(begins_on=date(2026, 3, 1), ends_on=date(2026, 4, 1), ends_precision="month")
    days = (date(2026, 2, 28), date(2026, 3, 1), date(2026, 4, 20), date(2026, 5, 20))
    assert [of.stage(day) for day in days] == ["coming", "on", "on", "over"]
    assert Campaign().stage(days[0]) is None


def test_who_took_part_is_named_as_it_wants_until_it_takes_it_back(client, lead_and_campaign):
    lead, campaign = lead_and_campaign
    sessions.sign_in(client, lead)
    form = {
        "line": "=We marched",
        "link": "march.example",
        "shown": "members",
        "organization": lead.organization.pk,
    }
    address = reverse("resources:campaign-take-part", args=[campaign.key])
    client.post(address, form)
    made = Participation.objects.get()
    assert client.post(address, form).status_code == 422

    def sees(person):
        client.logout()
        if person:
            sessions.sign_in(client, person)
        page = client.get(campaign.get_absolute_url(), follow=True).content.decode()
        return "1 organization took part." in page, "Zebra House" in page and "=We marched" in page

    other = factories.lead()
    assert [sees(None), sees(other)] == [(True, False), (True, True)]
    coordinator = factories.coordinator()
    sessions.sign_in(client, coordinator)
    sheet = client.get(reverse("resources:campaign-file", args=[campaign.key])).content.decode("utf-8-sig")
    assert next(csv.reader(sheet.splitlines()[1:]))[:4] == [
        "Zebra House",
        "",
        "'=We marched",
        "https://march.example",
    ]
    campaigns.change_part(made, version=1, line="We marched", link="", shown="withheld", by=lead)
    assert [sees(None), sees(other), sees(coordinator)] == [(True, False)] * 3
    assert "Zebra" not in client.get(reverse("resources:campaign-file", args=[campaign.key])).content.decode()
    with pytest.raises(Refused):
        campaigns.change_part(made, version=1, line="", link="", shown="public", by=lead)

    sessions.sign_in(client, other)
    part = reverse("resources:participation", args=[made.key])
    assert (client.get(part).status_code, client.post(f"{part}withdraw/").status_code) == (404, 404)
    sessions.sign_in(client, lead)
    assert "We took part" not in client.get(reverse("my-organization")).content.decode()
    client.post(f"{part}withdraw/")
    assert sees(other) == (False, False)
    sessions.sign_in(client, lead)
    assert "We took part" in client.get(reverse("my-organization")).content.decode()


@pytest.fixture
def lead_and_campaign():
    return factories.lead(name="Zebra House"), factories.campaign(begins_on=timezone.localdate())


def test_nobody_takes_part_before_it_begins_or_unverified(lead_and_campaign):
    lead, campaign = lead_and_campaign
    coming = factories.campaign(begins_on=date(2999, 1, 1))
    pending = factories.lead(status="pending")
    for of, who in ((coming, lead), (campaign, pending), (factories.campaign(status="draft"), lead)):
        with pytest.raises(Refused):
            campaigns.take_part(of, organization=who.organization, shown="public", by=who)


def test_the_page_costs_the_same_for_one_who_took_part_and_for_ten(cost, lead_and_campaign):
    lead, campaign = lead_and_campaign
    factories.participation(campaign, lead.organization)
    one = cost(campaign.get_absolute_url(), lead)
    for _ in range(9):
        factories.participation(campaign)
    assert one == cost(campaign.get_absolute_url(), lead) <= 22
