"""Pictures of campaigns: drawn by a worker in each language of their readers, under the campaign's own guard."""

import io
import re
import time
from datetime import date

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from PIL import Image

from consultations import printed
from portal.models import StoredFile
from portal.operations import owed, publication, texts
from resources.models import Campaign, CampaignPicture
from resources.operations import campaigns, pictures
from tests import factories, sessions

pytestmark = pytest.mark.django_db


def bilingual(**fields):
    campaign = factories.campaign(title_en="It takes a community", **fields)
    return texts.save_texts(campaign, {"ar": {"title": "يد واحدة"}}, approve=True)


def draw():
    return pictures.make_due(printed.campaign_picture)


def address(campaign, language="en"):
    return reverse("resources:campaign-picture", args=[campaign.key, language])


def ask(client, where):
    """The answer, read to its end."""
    response = client.get(where)
    response.body = b"".join(response) if response.streaming else response.content
    return response


def page(client, campaign, language="en"):
    with translation.override(language):
        return client.get(campaign.get_absolute_url(), follow=True).text


def path(thing):
    """Its address without the language that it begins with."""
    return thing.get_absolute_url().removeprefix("/en")


def shared(client, campaign, language="en"):
    """The path of the picture that stands for a campaign where its page is shared."""
    found = re.search(r'"og:image" content="http://testserver/..(.*?)"', page(client, campaign, language))
    return found and found[1]


def offered(client, campaign, language="en"):
    """The languages whose drawn pictures one can load from the page."""
    return re.findall(r'/pictures/(..)/" download', page(client, campaign, language))


def png(colour="red"):
    content = io.BytesIO()
    Image.new("RGB", (120, 63), colour).save(content, "PNG")
    return SimpleUploadedFile("own.png", content.getvalue(), "image/png")


def test_a_campaign_has_a_picture_in_each_language_of_its_readers(client):
    campaign = bilingual(hashtag="#يد_واحدة", objectives=[factories.objective(8)], begins_on=date(2027, 5, 1))
    texts.save_texts(campaign, {"fr": {"title": "Pas encore approuvé"}})
    assert (draw(), draw()) == (2, 0)
    drawn = {code: ask(client, address(campaign, code)) for code in ("en", "ar", "fr")}
    assert [answer.status_code for answer in drawn.values()] == [200, 200, 404]
    assert [Image.open(io.BytesIO(drawn[code].body)).size for code in ("en", "ar")] == [(1200, 630)] * 2
    assert drawn["en"].body != drawn["ar"].body
    assert drawn["en"]["Cache-Control"] == "public, no-cache"
    again = client.get(address(campaign), headers={"If-None-Match": drawn["en"]["ETag"]})
    assert again.status_code == 304
    for code, shown in (("en", "en"), ("ar", "ar"), ("fr", "en")):
        assert shared(client, campaign, code) == path(campaign.pictures.get(language=shown))
        assert offered(client, campaign, code) == ["ar", "en"]


def test_approving_a_language_has_its_picture_drawn(client):
    campaign = factories.campaign(title_en="It takes a community")
    texts.save_texts(campaign, {"fr": {"title": "Ensemble"}})
    assert draw() == 1
    texts.approve(campaign, "fr", by=factories.coordinator())
    assert draw() == 1
    assert ask(client, address(campaign, "fr")).status_code == 200


def test_other_words_are_never_shown_with_an_earlier_picture(client):
    campaign = bilingual()
    draw()
    before = {row.language: row.file for row in campaign.pictures.all()}
    texts.save_texts(campaign, {"en": {"title": "It takes us all"}}, changes_meaning=False)
    assert ask(client, address(campaign)).status_code == 404
    assert not StoredFile.objects.filter(pk=before["en"].pk).exists()
    assert (shared(client, campaign), offered(client, campaign)) == (None, ["ar"])
    assert draw() == 1
    assert campaign.pictures.get(language="ar").file == before["ar"]
    texts.save_texts(campaign, {"en": {"summary": "A summary stands on no picture."}}, changes_meaning=False)
    assert draw() == 0


def test_a_picture_of_words_that_changed_meanwhile_is_not_kept():
    campaign = factories.campaign(title_en="Before")

    def slowly(row):
        if campaign.title_en == "Before":
            texts.save_texts(campaign, {"en": {"title": "After"}})
        return printed.campaign_picture(row)

    before = StoredFile.objects.count()
    assert pictures.make_due(slowly) == 2
    assert StoredFile.objects.count() == before + 1
    assert CampaignPicture.objects.get(campaign=campaign).file.name == "After.png"


def test_the_picture_of_a_hidden_campaign_is_hidden(client):
    campaign = bilingual()
    draw()
    campaigns.withdraw(campaign, by=factories.coordinator())
    assert ask(client, address(campaign)).status_code == 404
    assert client.get(campaign.get_short_url(), follow=True).status_code == 404
    Campaign.objects.filter(pk=campaign.pk).update(status="published", access="members")
    assert ask(client, address(campaign)).status_code == 404
    client.force_login(factories.lead())
    response = ask(client, address(campaign))
    assert (response.status_code, response["Cache-Control"]) == (200, "no-store, private")


def test_pictures_are_drawn_once_a_campaign_is_shown():
    campaign, by = bilingual(status="draft"), factories.coordinator()
    texts.save_texts(campaign, {"en": {"title": "Every word of a draft"}})
    assert (draw(), campaign.pictures.count()) == (0, 0)
    campaigns.publish(campaign, by=by)
    assert draw() == 2
    campaigns.withdraw(campaign, by=by)
    texts.save_texts(campaign, {"en": {"title": "Better words"}}, changes_meaning=False)
    assert (draw(), [row.language for row in campaign.pictures.all()]) == (0, ["ar"])
    campaigns.publish(campaign, by=by)
    assert draw() == 1


def test_a_picture_that_shows_another_objective_name_or_address_is_drawn_anew(settings):
    objective = factories.objective(8)
    factories.campaign(objectives=[objective], begins_on=date(2027, 5, 1))
    nameless = factories.campaign(objectives=[objective, factories.objective(9)])
    assert (draw(), draw()) == (2, 0)
    objective.label_en = "Save all lives"
    objective.save()
    assert (draw(), draw()) == (1, 0)
    settings.SITE_NAMES = {"en": "Another name"}
    assert (draw(), draw()) == (1, 0)
    settings.SITE_URL = "https://elsewhere.example"
    assert (draw(), draw()) == (2, 0)
    nameless.objectives.set([])
    publication.changed(nameless)
    assert draw() == 0


def test_all_campaigns_are_read_only_where_what_they_share_is_another(django_assert_num_queries):
    factories.campaign()
    assert (draw(), draw()) == (1, 0)
    with django_assert_num_queries(6):  # two of them begin and end the claim
        draw()


def test_writing_the_search_anew_brings_pictures_in_step(settings):
    campaign = factories.campaign()
    draw()
    settings.SITE_URL = "https://elsewhere.example"
    list(publication.rebuild())
    assert campaign.pictures.get().made_at is None


def test_an_own_picture_takes_the_place_of_the_one_that_is_drawn(client):
    campaign, by = bilingual(), factories.coordinator()
    draw()
    own = campaigns.attach(campaign, upload=png(), language="ar", is_share_picture=True, by=by)
    assert (shared(client, campaign, "ar"), offered(client, campaign)) == (path(own), ["en"])
    for_all = campaigns.attach(campaign, upload=png("blue"), is_share_picture=True, by=by)
    assert [shared(client, campaign, code) for code in ("ar", "en", "fr")] == [
        path(own),
        *[path(for_all)] * 2,
    ]
    assert offered(client, campaign) == []
    campaigns.detach(for_all, by=by)
    assert shared(client, campaign) == path(campaign.pictures.get(language="en"))


def test_a_coordinator_sees_what_is_drawn_beside_the_material(client):
    campaign, by = bilingual(), factories.coordinator()
    draw()
    campaigns.withdraw(campaign, by=by)
    sessions.sign_in(client, by)
    said = client.get(reverse("resources:campaign-materials", args=[campaign.key])).text
    assert [f'src="{address(campaign, code)}"' in said for code in ("en", "ar")] == [True, True]


def test_a_picture_that_fails_is_tried_again_some_times(caplog):
    factories.campaign()

    def fails(row):
        raise ValueError("no ink")

    for _ in range(CampaignPicture.MOST_ATTEMPTS + 1):
        pictures.make_due(fails)
        CampaignPicture.objects.update(not_before="2020-01-01T00:00Z")
    assert CampaignPicture.objects.get().attempts == CampaignPicture.MOST_ATTEMPTS
    assert "a campaign picture could not be made" in caplog.text


def test_a_turn_draws_few_pictures_and_ends_in_time(monkeypatch):
    monkeypatch.setattr(pictures, "MOST", 2)
    for _ in range(4):
        factories.campaign()
    assert draw() == 2
    monkeypatch.setattr(owed, "TURN", 0.3)
    assert pictures.make_due(lambda row: time.sleep(0.4) or printed.campaign_picture(row)) == 1
    assert CampaignPicture.objects.made().count() == 3


def test_the_time_limit_of_the_task_ends_the_turn_and_costs_no_attempt():
    factories.campaign()
    factories.campaign()
    asked = []

    def is_stopped(row):
        asked.append(row)
        raise SoftTimeLimitExceeded

    with pytest.raises(SoftTimeLimitExceeded):
        pictures.make_due(is_stopped)
    assert len(asked) == 1
    assert not CampaignPicture.objects.exclude(attempts=0).exists()


def test_a_picture_that_takes_the_time_of_the_task_alone_has_had_its_attempt(monkeypatch):
    monkeypatch.setattr(owed, "TURN", 0.1)
    factories.campaign()

    def is_stopped(row):
        time.sleep(0.2)
        raise SoftTimeLimitExceeded

    with pytest.raises(SoftTimeLimitExceeded):
        pictures.make_due(is_stopped)
    assert CampaignPicture.objects.filter(attempts=1).count() == 1


def test_the_short_address_leads_to_the_campaign(client):
    campaign = bilingual()
    answer = client.get(campaign.get_short_url(), headers={"Accept-Language": "ar"})
    assert (answer.status_code, answer["Location"].startswith("/ar/library/campaigns/")) == (302, True)
