"""What one agrees to in registering: the consultation's own words, version by version, or the portal's."""

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from consultations.models import ConsentText, Registration
from consultations.operations import consents
from portal.errors import Refused
from tests import factories
from tests.consultations.test_registration_pages import address, answers

pytestmark = pytest.mark.django_db

PORTALS = "are used only to prepare these meetings"


def write(consultation, words="You agree to be filmed.", *, version=0, **others):
    return consents.write(
        consultation, version=version, words={"en": words, **others}, by=factories.coordinator()
    )


def register(client, consultation, person, **sent):
    client.force_login(person)
    return client.post(address(consultation), answers(person) | sent)


def test_without_own_words_one_agrees_to_the_portals(client):
    person, consultation = factories.lead(), factories.open_consultation()
    client.force_login(person)
    assert PORTALS in client.get(address(consultation)).content.decode()
    register(client, consultation, person)
    made = Registration.objects.get()
    assert (made.consent_text, made.consent_version, made.consent_language) == (None, 1, "en")


def test_a_registration_keeps_which_version_was_agreed_to_in_which_language(client):
    consultation = factories.open_consultation()
    first = write(consultation, ar="توافق على التصوير.")
    person = factories.lead(language="ar")
    client.force_login(person)
    page = client.get(address(consultation).replace("/en/", "/ar/")).content.decode()
    assert "توافق على التصوير." in page
    assert PORTALS not in page
    client.post(
        address(consultation).replace("/en/", "/ar/"), answers(person) | {"agreed_to": str(first.key)}
    )
    made = Registration.objects.get()
    assert (made.consent_text, made.consent_version, made.consent_language) == (first, 1, "ar")

    second = write(consultation, "You agree to be heard.", version=1)
    page = client.get(made.get_absolute_url()).content.decode()
    assert first.get_absolute_url() in page
    earlier, now = (client.get(f"/ar/consent-texts/{text.key}/").content.decode() for text in (first, second))
    with translation.override("ar"):
        said = gettext("This is an earlier version: whoever registers now agrees to another.")
    assert ("توافق على التصوير." in earlier, said in earlier, said in now) == (True, True, False)


def test_a_text_that_was_not_translated_is_agreed_to_in_its_own_language(client):
    consultation, person = factories.open_consultation(), factories.lead(language="ar")
    text = write(consultation)
    client.force_login(person)
    page = client.get(address(consultation).replace("/en/", "/ar/")).content.decode()
    assert '<div lang="en" dir="ltr"><p>You agree to be filmed.</p></div>' in page
    client.post(address(consultation).replace("/en/", "/ar/"), answers(person) | {"agreed_to": str(text.key)})
    assert Registration.objects.get().consent_language == "en"


def test_a_text_that_was_written_anew_meanwhile_is_shown_before_it_is_agreed_to(client):
    consultation, person = factories.open_consultation(), factories.lead()
    first = write(consultation)
    second = write(consultation, "You agree to be heard.", version=1)
    response = register(client, consultation, person, agreed_to=str(first.key))
    page = response.content.decode()
    assert response.status_code == 422
    assert "You agree to be heard." in page
    assert "written anew" in page
    assert f'value="{second.key}"' in page
    assert 'name="consent" required' in page
    assert "checked" not in page[page.index('name="consent"') : page.index('name="consent"') + 100]
    assert register(client, consultation, person, agreed_to=str(second.key)).status_code == 302
    assert Registration.objects.get().consent_text == second


def test_a_change_is_a_new_version_from_the_one_that_was_shown():
    consultation = factories.consultation()
    write(consultation)
    for version in (0, 2):
        with pytest.raises(Refused, match="just changed"):
            write(consultation, "Other words", version=version)
    with pytest.raises(Refused, match="Nothing has changed"):
        write(consultation, version=1)
    write(consultation, "Other words", version=1)
    rows = ConsentText.objects.filter(consultation=consultation).newest_first()
    assert [(row.version, row.words_en) for row in rows] == [
        (2, "Other words"),
        (1, "You agree to be filmed."),
    ]


def test_a_coordinator_writes_it_language_by_language_and_sees_who_agreed_to_what(client):
    consultation = factories.open_consultation()
    factories.registration(consultation)
    client.force_login(factories.coordinator_of(consultation))
    page = reverse("consultations:consent", args=[consultation.key])
    assert PORTALS in client.get(page).content.decode()
    response = client.post(page, {"words_fr": "Vous acceptez d’être filmé.", "version": "0"})
    assert response.status_code == 422
    assert "Vous acceptez d’être filmé." in response.content.decode()
    sent = {"words_en": "You agree to be filmed.", "words_fr": "Vous acceptez.", "version": "0"}
    shown = client.post(page, sent, follow=True).content.decode()
    text = ConsentText.objects.get()
    assert (text.version, text.words_fr, text.words_ar) == (1, "Vous acceptez.", None)
    for words in ("Version 1", "0 organizations agreed to it", "1 organization agreed to it"):
        assert words in shown
    assert client.post(page, sent | {"words_en": "Others", "version": "0"}).status_code == 422
    assert ConsentText.objects.count() == 1


def test_only_coordinators_of_the_consultation_write_it(client):
    consultation = factories.open_consultation()
    page = reverse("consultations:consent", args=[consultation.key])
    hidden = reverse("consultations:consent", args=[factories.open_consultation(access="members").key])
    client.force_login(factories.user())
    assert (client.get(page).status_code, client.get(hidden).status_code) == (403, 404)
    text = write(factories.open_consultation(access="members"))
    assert client.get(text.get_absolute_url()).status_code == 404


def test_the_page_costs_the_same_for_one_version_and_ten(cost):
    consultation, person = factories.open_consultation(), factories.coordinator()
    page = reverse("consultations:consent", args=[consultation.key])
    write(consultation)
    one = cost(page, person)
    for version in range(1, 10):
        write(consultation, f"Words {version}", version=version)
    assert cost(page, person) == one
