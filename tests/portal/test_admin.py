"""The administration: only for administrators, only what operations leave to it, nothing from other sites."""

import re
import time
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils import timezone
from modeltranslation.admin import TabbedTranslationAdmin, TranslationAdmin
from modeltranslation.translator import translator

from portal.administration import site
from portal.models import LogEntry, Membership, Organization, Role, SearchEntry, TextState
from portal.operations import log, texts
from tests import factories, sessions
from tests.portal.test_headers import check

pytestmark = pytest.mark.django_db
NEVER = {
    "AccountMail",
    "Actor",
    "Allowance",
    "CacheEntry",
    "Delegate",
    "FormReceipt",
    "Invitation",
    "Membership",
}
NEVER |= {"Recipient", "Registration", "StoredFile", "EmailAddress", "Authenticator", "Session", "Choice"}
FOREIGN = re.compile(r"""(?:src|href|action)=["'](?:https?:)?//""")


@pytest.fixture
def administrator(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    person = factories.administrator()
    sessions.sign_in(client, person)
    return person


def pages():
    """Every page of the administration that needs no row."""
    yield reverse("admin:index")
    for model in site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
    yield reverse("admin:portal_role_add")


def change(thing):
    return reverse(f"admin:{thing._meta.app_label}_{thing._meta.model_name}_change", args=[thing.pk])


def test_what_is_closed_or_secret_has_no_page_in_it():
    assert {model.__name__ for model in site._registry} & NEVER == set()


def test_translated_records_have_the_plain_form_for_each_language():
    """The tabbed one loads a library from another site."""
    translated = [
        admin for model, admin in site._registry.items() if model in translator.get_registered_models()
    ]
    assert len(translated) > 10
    assert [admin for admin in translated if not isinstance(admin, TranslationAdmin)] == []
    assert [admin for admin in site._registry.values() if isinstance(admin, TabbedTranslationAdmin)] == []


def test_every_page_stays_on_this_site(client, administrator):
    factories.process()
    for address in pages():
        response = client.get(address)
        assert response.status_code == HTTPStatus.OK, address
        assert FOREIGN.findall(response.content.decode()) == []
        assert "no-store" in response["Cache-Control"]
        check(response)


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_it_speaks_the_readers_language(client, administrator, language):
    page = client.get(reverse("admin:index").replace("/en/", f"/{language}/")).content.decode()
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page


def test_the_signed_out_are_sent_to_the_portals_own_page(client):
    for name in ("admin:index", "admin:login", "admin:portal_user_changelist"):
        response = client.get(reverse(name), follow=True)
        came_to, wanted = response.redirect_chain[-1][0].split("?next=")
        assert came_to == reverse("account_login")
        assert wanted == (reverse("admin:index") if name == "admin:login" else reverse(name))
    response = client.get(reverse("admin:login"), {"next": "https://evil.example/"})
    assert response["Location"] == f"{reverse('account_login')}?next={reverse('admin:index')}"
    response = client.post(reverse("admin:login"), {"username": "x@people.example", "password": "x"})
    assert response["Location"].startswith(reverse("account_login"))


def test_nobody_else_enters(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    ended = factories.administrator()
    ended.role_set.update(until=timezone.now() - timedelta(minutes=1))
    only_flags = factories.user(is_staff=True, is_superuser=True)
    for person in (
        factories.user(),
        factories.lead(),
        factories.coordinator(),
        factories.translator(),
        ended,
        only_flags,
    ):
        sessions.sign_in(client, person)
        for address in pages():
            response = client.get(address, follow=True)
            assert response.status_code == HTTPStatus.FORBIDDEN, address
            assert "portal/role" not in response.content.decode()


def test_an_administrator_without_a_second_factor_sets_one_up_first(client, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    person = factories.administrator()
    person.authenticator_set.all().delete()
    client.force_login(person)
    response = client.get(reverse("admin:index"))
    assert (response.status_code, response.get("Location")) == (HTTPStatus.FOUND, reverse("mfa_index"))


def test_signing_in_out_and_passwords_are_the_portals_own(client, administrator):
    assert client.get(reverse("admin:login"))["Location"] == reverse("admin:index")
    assert client.get(reverse("admin:password_change"))["Location"] == reverse("account_change_password")
    assert client.post(reverse("admin:logout"))["Location"] == reverse("account_logout")


# Words and facts


def values_of(response):
    form = response.context["adminform"].form
    values = {}
    for name in form.fields:
        value = form[name].value()
        values[name] = (
            ""
            if value is None
            else [getattr(one, "pk", one) for one in value]
            if isinstance(value, list)
            else value
        )
    return {name: value for name, value in values.items() if value is not False}


def save(client, thing, **changes):
    address = change(thing)
    values = values_of(client.get(address)) | changes
    response = client.post(address, values)
    errors = response.context["adminform"].form.errors if response.context else ""
    assert response.status_code == HTTPStatus.FOUND, errors
    thing.refresh_from_db()


def test_a_new_wording_of_the_original_makes_its_translation_stale(client, administrator):
    group = factories.working_group(title_en="Race", title_fr="Race et migration")
    texts.approve(group, "fr", by=administrator)
    save(client, group, title_en="Race and migration")
    assert group.title_en == "Race and migration"
    assert group.text_states.get(language="fr").state == TextState.State.STALE
    assert (
        SearchEntry.objects.get(object_id=group.pk, language="en", kind="working-group").title
        == "Race and migration"
    )
    assert LogEntry.objects.latest("pk").act == "changed in the administration"


def test_a_corrected_translation_stays_readable_and_a_new_one_waits_for_its_translator(client, administrator):
    group = factories.working_group(title_en="Race", title_fr="Rase")
    texts.approve(group, "fr", by=administrator)
    save(client, group, title_fr="Race", title_es="Raza")
    states = {state.language: state.state for state in group.text_states.filter(group="card")}
    assert states == {"fr": "approved", "es": "draft"}
    assert group.languages == ["en", "fr"]


def test_what_has_a_title_keeps_one(client, administrator):
    group = factories.working_group(title_en="Race")
    assert "This field is required." in client.post(change(group), {}).content.decode()


def test_facts_are_changed_and_the_state_is_not(client, administrator):
    objective = factories.objective(3)
    process = factories.process(status="draft", place="Geneva")
    save(
        client,
        process,
        place="Rabat",
        objectives=[objective.pk],
        status="published",
        access="members",
        version=9,
    )
    assert (process.place, process.status, process.access, process.version) == ("Rabat", "draft", "public", 1)
    assert list(process.objectives.all()) == [objective]


def test_a_name_changed_here_is_compared_with_the_others(client, administrator):
    factories.organization("Caritas")
    other = factories.organization("Harbour Light")
    save(client, other, name_en="Cаritas")
    assert other.held_because
    assert other.name_en == "Cаritas"
    assert other.status == Organization.Status.VERIFIED


def test_reference_facts_are_only_read(client, administrator):
    objective = factories.objective(3)
    page = client.get(change(objective)).content.decode()
    assert (
        re.findall(r'<(?:input|textarea|select)[^>]+name="(?!csrf)', page.split('id="content-main"')[1]) == []
    )
    assert client.post(change(objective), {"title_en": "Other"}).status_code == HTTPStatus.FORBIDDEN


def test_the_log_is_only_read(client, administrator):
    entry = log.record("process opened", factories.process(), by=administrator)
    page = client.get(change(entry))
    assert page.status_code == HTTPStatus.OK
    assert "process opened" in page.content.decode()
    for verb in ("add", "delete"):
        address = reverse(f"admin:portal_logentry_{verb}", args=[entry.pk] if verb == "delete" else [])
        assert client.post(address, {"post": "yes"}).status_code == HTTPStatus.FORBIDDEN
    assert client.post(change(entry), {"act": "nothing"}).status_code == HTTPStatus.FORBIDDEN
    actions = {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"}
    client.post(reverse("admin:portal_logentry_changelist"), actions)
    assert LogEntry.objects.filter(pk=entry.pk, act="process opened").exists()


def test_history_is_what_the_portals_log_says(client, administrator):
    process = factories.process()
    log.record("process opened", process, by=administrator)
    address = reverse("admin:portal_process_history", args=[process.pk])
    page = client.get(address).content.decode()
    assert "process opened" in page
    assert administrator.email not in page.split('id="content-main"')[1]
    assert client.get(reverse("admin:portal_process_history", args=[99999])).status_code == HTTPStatus.FOUND


# People


def test_looking_through_people_is_recorded(client, administrator):
    page = client.get(reverse("admin:portal_user_changelist")).content.decode()
    assert administrator.email in page
    assert LogEntry.objects.latest("pk").act == "list of people opened"


def test_accounts_are_closed_and_opened_but_never_ones_own(client, administrator):
    person = factories.user()

    def act(action, *people):
        rows = {"action": action, "_selected_action": [one.pk for one in people]}
        response = client.post(reverse("admin:portal_user_changelist"), rows, follow=True)
        for one in people:
            one.refresh_from_db()
        return response.content.decode()

    act("close", person)
    assert not person.is_active
    act("open_again", person)
    assert person.is_active
    assert "You cannot close the account that you are using." in act("close", person, administrator)
    assert (person.is_active, administrator.is_active) == (True, True)


def test_people_and_roles_open_only_after_a_new_proof(client, administrator):
    person, role = factories.with_second_factor(factories.user()), administrator.role_set.get()
    sessions.prove(client, at=time.time() - 3600)
    people, add = reverse("admin:portal_user_changelist"), reverse("admin:portal_role_add")
    for address in (people, add, change(role), reverse("admin:portal_role_delete", args=[role.pk])):
        for response in (client.get(address), client.post(address, {"post": "yes"})):
            assert response["Location"].startswith(f"{reverse('mfa_reauthenticate')}?next=")
    rows = {"action": "reset_second_factor", "_selected_action": [person.pk]}
    assert client.post(people, rows).status_code == HTTPStatus.FOUND
    assert person.authenticator_set.exists()
    assert LogEntry.objects.count() == 0


def test_a_lost_second_factor_is_taken_away_here(client, administrator):
    person = factories.with_second_factor(factories.user())
    rows = {"action": "reset_second_factor", "_selected_action": [person.pk]}
    client.post(reverse("admin:portal_user_changelist"), rows)
    assert not person.authenticator_set.exists()
    page = client.post(reverse("admin:portal_user_changelist"), rows, follow=True).content.decode()
    assert "This person has no second factor." in page
    rows["_selected_action"] = [person.pk, administrator.pk]
    page = client.post(reverse("admin:portal_user_changelist"), rows, follow=True).content.decode()
    assert "Another administrator has to do this for you." in page
    assert administrator.authenticator_set.exists()


def test_nothing_of_a_person_is_typed_here(client, administrator):
    person = factories.user(name="Amal")
    assert (
        client.post(change(person), {"is_staff": "on", "name": "Other"}).status_code == HTTPStatus.FORBIDDEN
    )
    person.refresh_from_db()
    assert (person.name, person.is_staff) == ("Amal", False)


# Roles


def give(client, **values):
    return client.post(reverse("admin:portal_role_add"), values, follow=True)


def test_a_role_is_given_for_one_thing_by_its_operation(client, administrator):
    from django.contrib.contenttypes.models import ContentType

    person, process = factories.user(), factories.process()
    kind = ContentType.objects.get_for_model(process)
    response = give(client, user=person.pk, kind="coordinator", content_type=kind.pk, object_id=process.pk)
    assert response.status_code == HTTPStatus.OK
    role = person.role_set.get()
    assert (role.scope, role.given_by) == (process, administrator)
    assert LogEntry.objects.latest("pk").act == "role given: coordinator"


def test_a_role_for_a_thing_that_is_not_there_is_refused_beside_the_field(client, administrator):
    from django.contrib.contenttypes.models import ContentType

    person = factories.user()
    kind = ContentType.objects.get_for_model(factories.process())
    response = give(client, user=person.pk, kind="coordinator", content_type=kind.pk, object_id=4711)
    assert response.context["adminform"].form.errors["object_id"] == ["There is no such thing."]
    assert not person.role_set.exists()


def test_what_the_operation_refuses_is_said_and_nothing_is_given(client, administrator):
    person = factories.user()
    yesterday = timezone.now() - timedelta(days=1)
    values = {"until_0": f"{yesterday:%Y-%m-%d}", "until_1": "10:00:00"}
    response = give(client, user=person.pk, kind="coordinator", **values)
    assert "This day is over." in response.content.decode()
    assert not person.role_set.exists()


def test_a_role_is_taken_and_the_last_administrator_stays(client, administrator):
    person = factories.coordinator()
    address = reverse("admin:portal_role_delete", args=[person.role_set.get().pk])
    client.post(address, {"post": "yes"})
    assert not person.role_set.exists()
    assert LogEntry.objects.latest("pk").act == "role taken: coordinator"

    own = administrator.role_set.get()
    response = client.post(reverse("admin:portal_role_delete", args=[own.pk]), {"post": "yes"}, follow=True)
    assert "last administrator" in response.content.decode()
    assert Role.objects.filter(pk=own.pk).exists()


def test_no_page_shows_a_mailbox_or_a_membership(client, administrator):
    lead = factories.lead(mailbox="box@mail.example")
    assert Membership.objects.filter(user=lead).exists()
    page = client.get(change(lead.organization)).content.decode()
    assert [word for word in ("box@mail.example", lead.email, lead.name) if word in page] == []
