"""Before what is sensitive, whoever has neither password nor second factor proves it once more by an e-mailed code."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import translation

from portal.models import Delivery, LogEntry
from portal.operations import account_mail, proofs
from tests import factories, sessions
from tests.pages import check_page

CODE = re.compile(r"^\d{8}$", re.M)
LANGUAGES = ["ar", "en", "es", "fr"]
pytestmark = pytest.mark.django_db


def ask_for_code(client, mailoutbox, wanted="account_email"):
    """Go to something sensitive, ask for a code, and read it in the mailbox."""
    asked = client.get(reverse(wanted), follow=True)
    client.post(reverse("proof-send") + "?" + asked.request["QUERY_STRING"])
    return asked.request["QUERY_STRING"], CODE.search(mailoutbox[-1].body).group()


def answer(client, query, code):
    return client.post(f"{reverse('proof')}?{query}", {"code": code})


def stale(client, person):
    """A session that was opened an hour ago."""
    client.force_login(person)
    sessions.prove(client, at=time.time() - 3600)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_way_through_the_step_and_back_in_every_language(client, language, mailoutbox):
    person = factories.user(language=language)
    with translation.override(language):
        stale(client, person)
        wanted = reverse("account_email")
        first = client.get(f"{wanted}?from=here", follow=True)
        assert first.request["PATH_INFO"] == reverse("proof")
        check_page(first, language)
        query = first.request["QUERY_STRING"]
        second = client.post(f"{reverse('proof-send')}?{query}", follow=True)
        check_page(second, language)
        assert person.email in second.content.decode()
        (message,) = mailoutbox
        assert (message.to, message.extra_headers["Content-Language"]) == ([person.email], language)
        done = answer(client, query, CODE.search(message.body).group())
        assert done["Location"] == f"{wanted}?from=here"
        check_page(client.get(done["Location"]), language)


def test_the_code_is_written_in_the_language_of_the_person_not_of_the_page(client, mailoutbox):
    stale(client, factories.user(language="ar"))
    with translation.override("fr"):
        client.post(reverse("proof-send"))
    (message,) = mailoutbox
    assert message.extra_headers["Content-Language"] == "ar"
    assert 'dir="rtl"' in message.alternatives[0][0]


def test_looking_at_the_step_sends_nothing(client, mailoutbox):
    stale(client, factories.user())
    client.get(reverse("proof"))
    client.get(reverse("account_email"), follow=True)
    assert mailoutbox == []


def test_a_wrong_code_is_refused_and_the_right_one_still_counts(client, mailoutbox):
    stale(client, factories.user())
    query, code = ask_for_code(client, mailoutbox)
    wrong = answer(client, query, "00000000" if code != "00000000" else "11111111")
    assert wrong.status_code == 422
    assert 'aria-invalid="true"' in wrong.content.decode()
    assert client.get(reverse("account_email")).status_code == 302
    assert answer(client, query, code).status_code == 302
    assert client.get(reverse("account_email")).status_code == 200


def test_a_code_in_arabic_digits_or_with_spaces_is_the_same_code(client, mailoutbox):
    for spelled in ("".join, lambda signs: " ".join(signs)):
        stale(client, factories.user(language="ar"))
        query, code = ask_for_code(client, mailoutbox)
        arabic = spelled([chr(ord("٠") + int(digit)) for digit in code])
        assert answer(client, query, arabic).status_code == 302


def test_a_code_that_is_over_is_refused(client, mailoutbox):
    stale(client, factories.user())
    query, code = ask_for_code(client, mailoutbox)
    session = client.session
    assert timedelta(0) < timedelta(seconds=session["proof"]["until"] - time.time()) <= proofs.KEPT
    session["proof"] |= {"until": time.time() - 1}
    session.save()
    assert answer(client, query, code).status_code == 422
    assert client.get(reverse("account_email")).status_code == 302


def test_a_code_counts_once(client, mailoutbox):
    stale(client, factories.user())
    query, code = ask_for_code(client, mailoutbox)
    answer(client, query, code)
    assert answer(client, query, code).status_code == 422


def test_a_newer_code_replaces_the_one_before(client, mailoutbox):
    stale(client, factories.user())
    query, first = ask_for_code(client, mailoutbox)
    _query, second = ask_for_code(client, mailoutbox)
    assert first == second or answer(client, query, first).status_code == 422
    assert answer(client, query, second).status_code == 302


def test_a_code_counts_for_the_session_that_asked_alone(client, mailoutbox):
    person, other = factories.user(), Client()
    stale(client, person)
    stale(other, person)
    query, code = ask_for_code(client, mailoutbox)
    assert answer(other, query, code).status_code == 422
    assert other.get(reverse("account_email")).status_code == 302
    answer(client, query, code)
    assert other.get(reverse("account_email")).status_code == 302


def test_a_code_ends_with_the_address_it_was_sent_to(client, mailoutbox):
    person = factories.user()
    stale(client, person)
    query, code = ask_for_code(client, mailoutbox)
    type(person).objects.filter(pk=person.pk).update(email="other@people.example")
    assert answer(client, query, code).status_code == 422


def test_a_code_of_another_purpose_is_refused_in_both_directions(client, mailoutbox):
    person, visitor = factories.user(), Client()
    stale(client, person)
    query, proof = ask_for_code(client, mailoutbox)
    visitor.post(reverse("account_request_login_code"), {"email": person.email})
    to_sign_in = next(
        value["state"]["stages"]["login_by_code"]["data"]["code"]
        for value in visitor.session.values()
        if isinstance(value, dict) and "state" in value
    )
    visitor.post(reverse("account_confirm_login_code"), {"code": proof})
    assert "_auth_user_id" not in visitor.session
    assert answer(client, query, to_sign_in).status_code == 422


def test_nothing_kept_of_a_code_tells_it(client, mailoutbox):
    stale(client, factories.user())
    _query, code = ask_for_code(client, mailoutbox)
    assert code not in str(dict(client.session.items()))


def test_after_five_wrong_codes_the_right_one_is_refused_too(client, mailoutbox):
    stale(client, factories.user())
    query, code = ask_for_code(client, mailoutbox)
    wrong = "00000000" if code != "00000000" else "11111111"
    assert {answer(client, query, wrong).status_code for _try in range(5)} == {422}
    assert answer(client, query, code).status_code == 422
    query, code = ask_for_code(client, mailoutbox)
    assert answer(client, query, code).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_guessing_at_the_same_moment_gives_no_more_tries(mailoutbox):
    person = factories.user()
    sent = proofs.send_code(person)
    tried = []

    def guess(number):
        try:
            proofs.check_code(person, sent, code=f"{number:08}", by=person)
        except Exception as refusal:
            tried.append(str(refusal))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(guess, range(40)))
    assert len(tried) == 40
    assert sum("Too many" not in said for said in tried) == 5


def test_codes_are_not_sent_without_end(client, mailoutbox):
    stale(client, factories.user())
    for _time in range(11):
        page = client.post(reverse("proof-send"), follow=True)
    assert len(mailoutbox) == 10
    assert "several codes in a short time" in page.content.decode()


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"]
)
def test_the_step_leads_nowhere_else(client, mailoutbox, elsewhere):
    stale(client, factories.user())
    client.post(reverse("proof-send"))
    code = CODE.search(mailoutbox[-1].body).group()
    done = client.post(f"{reverse('proof')}?next={elsewhere}", {"code": code})
    assert done["Location"] == reverse("account")


def test_it_is_noted_who_proved_it(client, mailoutbox):
    person = factories.user()
    stale(client, person)
    answer(client, *ask_for_code(client, mailoutbox))
    assert list(LogEntry.objects.filter(act="proved again").values_list("object_id", flat=True)) == [
        person.pk
    ]


def test_the_session_has_another_key_afterwards(client, mailoutbox):
    stale(client, factories.user())
    query, code = ask_for_code(client, mailoutbox)
    before = client.session.session_key
    answer(client, query, code)
    assert client.session.session_key != before
    assert client.get(reverse("account")).status_code == 200


# Who is asked, and for what

SENSITIVE = ["account_email", "account_set_password", "mfa_activate_totp", "mfa_add_webauthn"]
SENSITIVE += ["mfa_generate_recovery_codes"]


@pytest.mark.parametrize("name", SENSITIVE)
def test_acts_on_ones_account_ask_first_and_open_then(client, name):
    stale(client, factories.user())
    refused = client.get(reverse(name))
    assert refused["Location"].startswith(reverse("proof"))
    sessions.prove(client)
    assert client.get(reverse(name)).status_code == 200


def test_sending_the_form_of_another_address_asks_too_and_comes_back_to_the_form(client, mailoutbox):
    person = factories.user()
    stale(client, person)
    page = reverse("account_email")
    sent = {"email": "new@people.example", "action_add": ""}
    refused = client.post(page, sent, HTTP_REFERER=f"http://testserver{page}")
    assert (
        refused["Location"] == f"{reverse('proof')}?next=http%3A%2F%2Ftestserver%2Fen%2Faccounts%2Femail%2F"
    )
    # What was typed is kept nowhere: it may be a password.
    assert "new@people.example" not in str(dict(client.session.items()))
    assert mailoutbox == []


def test_who_signed_in_by_code_just_now_is_not_asked_again(client, mailoutbox):
    person = factories.user()
    client.post(reverse("account_request_login_code"), {"email": person.email})
    code = CODE.search(mailoutbox[0].body).group()
    client.post(reverse("account_confirm_login_code"), {"code": code})
    assert client.get(reverse("account_email")).status_code == 200


def test_whoever_has_a_second_factor_or_a_password_proves_it_with_that(client, mailoutbox):
    with_factor = factories.with_second_factor(factories.user())
    with_password = factories.user(password="a long and quiet river bank")
    for person, step in ((with_factor, "mfa_reauthenticate"), (with_password, "account_reauthenticate")):
        stale(client, person)
        for address in (reverse("account_email"), f"{reverse('proof')}?next={reverse('account_email')}"):
            response = client.get(address)
            assert response["Location"].startswith(reverse(step))
        assert client.post(reverse("proof-send"))["Location"].startswith(reverse(step))
    assert mailoutbox == []


def test_a_code_by_mail_does_not_count_once_there_is_a_second_factor(client):
    """Also not the one that signed in: a session from before the factor was added proves nothing."""
    person = factories.user()
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "code", "at": time.time()}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    assert client.get(reverse("account_email")).status_code == 200
    factories.with_second_factor(person)
    assert client.get(reverse("account_email"))["Location"].startswith(reverse("mfa_reauthenticate"))


def test_a_list_of_people_is_taken_as_a_file_only_after_a_new_proof(client):
    consultation = factories.open_consultation()
    factories.registration(consultation)
    stale(client, factories.coordinator())
    wanted = reverse("consultations:registrations-file", args=[consultation.key])
    refused = client.get(wanted)
    back = reverse("consultations:registrations", args=[consultation.key]).replace("/", "%2F")
    assert refused["Location"] == f"{reverse('mfa_reauthenticate')}?next={back}"
    assert not LogEntry.objects.filter(act="registrations exported").exists()
    sessions.prove(client)
    assert client.get(wanted).status_code == 200


def test_who_may_not_see_the_list_is_not_asked_but_refused(client):
    consultation = factories.open_consultation()
    stale(client, factories.lead())
    wanted = reverse("consultations:registrations-file", args=[consultation.key])
    assert client.get(wanted).status_code == 403


def test_a_coordinator_without_a_second_factor_comes_through_the_step_to_set_one_up(
    client, settings, mailoutbox
):
    settings.SECOND_FACTOR_REQUIRED = True
    person = factories.coordinator(second_factor=False)
    stale(client, person)
    assert client.get(reverse("desk"))["Location"] == reverse("mfa_index")
    answered = answer(client, *ask_for_code(client, mailoutbox, "mfa_activate_totp"))
    assert answered["Location"] == reverse("mfa_activate_totp")
    assert client.get(answered["Location"]).status_code == 200
    assert not Authenticator.objects.filter(user=person).exists()


def test_the_signed_out_are_asked_to_sign_in(client):
    for name in ("proof", "account_email"):
        assert client.get(reverse(name))["Location"].startswith(reverse("account_login"))


def test_the_message_goes_before_all_others(client):
    stale(client, factories.user())
    client.post(reverse("proof-send"))
    row = Delivery.objects.get()
    assert (row.priority, row.state, row.notice) == (0, Delivery.State.SENT, None)
    assert account_mail.KEPT >= proofs.KEPT
