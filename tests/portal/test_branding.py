"""Whoever runs the portal gives it a name, a logo and colours, as long as everybody can read it in them."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from portal import branding, colours
from portal import settings as settings_module

PLUM, NIGHT = "#6b2d5c #e3a8d4", "#3d1734 #2a1024"


def test_own_colours_bring_their_shades_along():
    found = colours.own(brand=PLUM, masthead=NIGHT, mark="#f0c04a")
    assert found["brand"] == ("#6b2d5c", "#e3a8d4") == found["heat-4"]
    assert found["gold"] == ("#f0c04a", "#f0c04a")
    assert colours.faint(colours.tokens() | found) == {}
    assert "--brand: light-dark(#6b2d5c, #e3a8d4);" in colours.sheet(found)
    assert colours.own() == {}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"brand": "#9fd8cf"}, "brand on paper by day"),
        ({"masthead": "#cccccc"}, "on-deep on brand-deep by night"),
        ({"brand": "teal"}, "A colour is written as #0b5d57"),
        ({"mark": "#000000 #111111 #222222"}, "A colour is written as #0b5d57"),
    ],
)
def test_a_colour_that_somebody_could_not_read_stops_the_start(given, said):
    with pytest.raises(RuntimeError, match=re.escape(said)):
        colours.own(**given)


@pytest.mark.django_db
def test_pages_and_messages_bear_the_name_the_logo_and_the_colours_that_are_set(client, settings, tmp_path):
    picture = tmp_path / "logo.svg"
    picture.write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    settings.SITE_NAMES = {"en": "Harbour Forum", "ar": "منتدى المرفأ"}
    settings.SITE_COLOURS, settings.SITE_LOGO = colours.own(brand=PLUM), str(picture)

    for language, name in settings.SITE_NAMES.items():
        with translation.override(language):
            page = client.get(reverse("contact")).content.decode()
            assert branding.name() == name
        assert f"· {name}</title>" in page
        assert "Civil Society Portal" not in page

    sheet = client.get(branding.sheet_address())
    assert sheet.content.decode() == colours.sheet(settings.SITE_COLOURS)
    logo = client.get(branding.logo_address())
    assert (logo.content, logo["Content-Type"]) == (picture.read_bytes(), "image/svg+xml")
    for kept, address in ((sheet, branding.sheet_address()), (logo, branding.logo_address())):
        assert kept["Cache-Control"] == "public, max-age=31536000, immutable"
        assert f'"{address}"' in page
    assert client.get(reverse("brand-logo", args=["other"])).status_code == 404
    assert branding.colour("brand") == "#6b2d5c"


def test_only_a_picture_is_a_logo():
    with pytest.raises(RuntimeError, match=r"SITE_LOGO is a picture"):
        branding.logo("/logo.html")


def test_a_name_for_all_languages_is_overridden_for_one(monkeypatch):
    monkeypatch.setenv("SITE_NAME", "Forum")
    monkeypatch.setenv("SITE_NAME_FR", "Le forum")
    assert settings_module.site_names() == {"ar": "Forum", "en": "Forum", "fr": "Le forum", "es": "Forum"}


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["privacy", "accessibility", "contact"])
def test_what_the_portal_says_of_itself_names_whom_one_writes_to(client, settings, page):
    settings.CONTACT_EMAIL, settings.KEEP_INBOX_DAYS = "people@portal.example", 123
    said = client.get(reverse(page)).content.decode()
    assert 'href="mailto:people@portal.example"' in said
    assert ("123 days" in said) == (page == "privacy")
