"""Answering in registering: each kind of question, what depends on an answer, files, changes, who reads what."""

import pytest
from django.urls import reverse

from consultations.models import KeptFile, Question, Registration, RegistrationAnswer
from consultations.operations import answers as acts
from portal.errors import Refused
from portal.models import StoredFile
from tests import factories
from tests.consultations.test_registration_pages import address, answers

pytestmark = pytest.mark.django_db


def asks_all():
    """A consultation that asks in every way; the port only of those who come by boat."""
    consultation = factories.open_consultation()
    ask = {
        "motto": factories.question(consultation, "Your motto?", is_required=True),
        "story": factories.question(consultation, "Your story?", kind="paragraph", max_length=20),
        "how": factories.question(
            consultation, "How do you travel?", kind="choice", options=["Train", "Boat"], is_required=True
        ),
        "days": factories.question(consultation, "When?", kind="choices", options=["Monday", "Tuesday"]),
    }
    ask["port"] = factories.question(
        consultation, "Which port?", is_required=True, shown_if=ask["how"], shown_for=["2"]
    )
    ask["stays"] = factories.question(consultation, "Do you stay?", kind="yes-no", is_required=True)
    ask["letter"] = factories.question(consultation, "A letter", kind="file")
    return consultation, ask


def sent(ask, **values):
    """What the browser sends: {field name: value}."""
    values = {"motto": "Peace", "how": "1", "stays": "no"} | values
    return {ask[name].field_name: value for name, value in values.items() if value is not None}


def said(registration):
    rows = registration.answers.order_by("question__number")
    return {row.question.prompt_en: row.said("en") for row in rows}


def register(client, consultation, ask, *, person=None, extra=None, **values):
    person = person or factories.lead()
    client.force_login(person)
    return client.post(address(consultation), answers(person, **sent(ask, **values)) | (extra or {}))


def test_every_kind_of_question_is_answered_in_registering(client):
    consultation, ask = asks_all()
    values = {"story": "Two\r\nlines", "how": "2", "port": "Bizerte", "days": ["2", "1"], "stays": "yes"}
    response = register(client, consultation, ask, letter=factories.pdf("letter.pdf"), **values)
    assert response.status_code == 302
    assert said(Registration.objects.get()) == {
        "Your motto?": "Peace",
        "Your story?": "Two\nlines",
        "How do you travel?": "Boat",
        "When?": "Monday, Tuesday",
        "Which port?": "Bizerte",
        "Do you stay?": "Yes",
        "A letter": "letter.pdf",
    }
    assert not KeptFile.objects.exists()
    page = client.get(response.url).content.decode()
    for text in ("How do you travel?", "Boat", "Two<br>lines", "letter.pdf"):
        assert text in page


def test_what_does_not_apply_is_neither_asked_for_nor_kept(client):
    consultation, ask = asks_all()
    response = register(client, consultation, ask, how="1", port="Bizerte, typed before")
    assert response.status_code == 302
    assert said(Registration.objects.get()) == {
        "Your motto?": "Peace",
        "How do you travel?": "Train",
        "Do you stay?": "No",
    }


def test_what_applies_and_must_be_answered_is_asked_for_beside_its_field(client):
    consultation, ask = asks_all()
    response = register(
        client, consultation, ask, how="2", motto="", stays=None, story="A longer story than is asked for"
    )
    page = response.content.decode()
    assert response.status_code == 422
    for name in ("motto", "port", "stays", "story"):
        assert f'id="id_{ask[name].field_name}_error"' in page
    assert "A longer story than is asked for" in page
    assert not Registration.objects.exists()


@pytest.mark.parametrize(("name", "value"), [("how", "3"), ("days", ["1", "9"]), ("stays", "maybe")])
def test_only_what_is_offered_can_be_chosen(client, name, value):
    consultation, ask = asks_all()
    response = register(client, consultation, ask, **{name: value})
    assert response.status_code == 422
    assert f'id="id_{ask[name].field_name}_error"' in response.content.decode()


def test_the_form_says_for_whom_a_question_is_and_marks_what_leads_to_it(client):
    consultation, _ask = asks_all()
    client.force_login(factories.lead())
    page = client.get(address(consultation)).content.decode()
    assert "Only if you answered “Boat” to “<bdi>How do you travel?</bdi>”" in page
    assert page.count('data-asked="1"') == 1
    assert page.count('data-opens="1"') == 1
    boat = page[page.index('data-opens="1"') - 200 : page.index('data-opens="1"')]
    assert 'value="2"' in boat


def test_a_question_that_depends_on_one_for_some_is_shown_where_both_conditions_hold(client):
    consultation, ask = asks_all()
    factories.question(consultation, "Own boat?", kind="yes-no", shown_if=ask["how"], shown_for=["2"])
    own = Question.objects.of(consultation).last()
    factories.question(consultation, "Its name?", shown_if=own, shown_for=["yes"])
    client.force_login(factories.lead())
    page = client.get(address(consultation)).content.decode()
    assert 'data-asked="1 2"' in page


def test_a_question_falls_back_to_its_original_language_and_is_marked_so(client):
    consultation = factories.open_consultation()
    factories.question(consultation, "How?", kind="choices", options=["Train", "Boat"], prompt_ar="كيف؟")
    client.force_login(factories.lead(language="ar"))
    page = client.get(address(consultation).replace("/en/", "/ar/")).content.decode()
    assert "كيف؟" in page
    assert '<span lang="en" dir="ltr">Train</span>' in page


def test_a_file_is_sent_once_however_often_the_form_comes_back(client):
    consultation, ask = asks_all()
    person = factories.lead()
    response = register(
        client, consultation, ask, person=person, motto="", letter=factories.pdf("letter.pdf", pages=3)
    )
    page = response.content.decode()
    assert response.status_code == 422
    kept = KeptFile.objects.get()
    assert (kept.sent_by, kept.file.pages) == (person, 3)
    assert f'value="{kept.key}"' in page
    assert "letter.pdf" in page
    # One more delegate, without script: the file stays too.
    kept_field = {f"{ask['letter'].field_name}_kept": str(kept.key)}
    response = register(client, consultation, ask, person=person, extra=kept_field | {"add": "1"})
    assert f'value="{kept.key}"' in response.content.decode()
    response = register(client, consultation, ask, person=person, extra=kept_field)
    assert response.status_code == 302
    assert said(Registration.objects.get())["A letter"] == "letter.pdf"
    assert (KeptFile.objects.count(), StoredFile.objects.count()) == (0, 1)


def test_a_file_in_a_form_to_which_a_delegate_is_added_is_not_lost(client):
    consultation, ask = asks_all()
    response = register(client, consultation, ask, letter=factories.pdf(), extra={"add": "1"})
    assert response.status_code == 200
    assert f'value="{KeptFile.objects.get().key}"' in response.content.decode()
    assert 'value="Peace"' in response.content.decode()


def test_a_kept_file_is_its_senders_alone(client):
    consultation, ask = asks_all()
    theirs = acts.keep_file(factories.pdf(), by=factories.user())
    name = ask["letter"].field_name
    for key in (str(theirs.key), "no key at all"):
        response = register(client, consultation, ask, extra={f"{name}_kept": key})
        assert response.status_code == 422
        assert "Please choose it again." in response.content.decode()


def test_a_file_is_checked_by_what_it_holds(client):
    consultation, ask = asks_all()
    false = factories.pdf("letter.pdf")
    false.file.seek(0)
    false.file.write(b"GIF89a")
    response = register(client, consultation, ask, letter=false)
    assert response.status_code == 422
    assert "not one" in response.content.decode()
    assert not StoredFile.objects.exists()


def test_kept_files_are_forgotten_after_a_day_and_are_not_many():
    person = factories.user()
    old = acts.keep_file(factories.pdf(), by=person)
    KeptFile.objects.update(sent_at="2026-01-01T00:00Z")
    fresh = acts.keep_file(factories.pdf(), by=person)
    acts.forget_kept()
    assert [row.pk for row in KeptFile.objects.all()] == [fresh.pk]
    assert not StoredFile.objects.filter(pk=old.file_id).exists()
    for _ in range(acts.MOST_KEPT - 1):
        KeptFile.objects.create(file=stored(), sent_by=person)
    with pytest.raises(Refused, match="many files"):
        acts.keep_file(factories.pdf(), by=person)


def stored():
    return StoredFile.objects.create(
        name="x.pdf", blob="files/x", media_type="application/pdf", size=1, checksum="x"
    )


def test_the_same_form_sent_twice_registers_once(client):
    consultation, ask = asks_all()
    person = factories.lead()
    client.force_login(person)
    body = answers(person, **sent(ask))
    letter = ask["letter"].field_name
    first = client.post(address(consultation), body | {letter: factories.pdf("letter.pdf")})
    again = client.post(address(consultation), body | {letter: factories.pdf("letter.pdf")})
    assert (first.status_code, again.status_code, again.url) == (302, 302, first.url)
    assert Registration.objects.count() == 1


def registered(ask, consultation, **values):
    """A registration that answered, made without the pages."""
    person = factories.lead()
    consultation.refresh_from_db()
    registration = factories.registration(consultation, person.organization)
    acts.save(
        registration,
        of=consultation,
        given={ask[name].pk: value for name, value in values.items()},
        language="fr",
        is_complete=False,
        by=person,
    )
    return person, registration


def change_address(registration):
    return reverse("consultations:registration-answers", args=[registration.key])


def test_answers_are_changed_while_registration_is_open(client):
    consultation, ask = asks_all()
    person, registration = registered(
        ask, consultation, motto="Paix", how=["2"], port="Bizerte", stays=["no"]
    )
    client.force_login(person)
    page = client.get(change_address(registration)).content.decode()
    for text in ('value="Paix"', 'value="Bizerte"', "Change the answers"):
        assert text in page
    values = sent(ask, motto="Paix", how="1", days=["2"]) | {"version": 1}
    response = client.post(change_address(registration), values)
    assert response.status_code == 302
    assert said(registration) == {
        "Your motto?": "Paix",
        "How do you travel?": "Train",
        "When?": "Tuesday",
        "Do you stay?": "No",
    }
    # What was written in French stays marked so; what is new is in the language of the page.
    languages = dict(registration.answers.values_list("question", "language"))
    assert (languages[ask["motto"].pk], languages[ask["how"].pk]) == ("fr", "en")
    registration.refresh_from_db()
    assert registration.version == 2


def test_a_file_is_replaced_or_taken_away(client):
    consultation, ask = asks_all()
    person, registration = registered(
        ask, consultation, motto="Paix", how=["1"], stays=["no"], letter=factories.pdf("old.pdf")
    )
    client.force_login(person)
    base = sent(ask) | {"version": 1}
    assert "old.pdf" in client.get(change_address(registration)).content.decode()
    client.post(change_address(registration), base)
    assert said(registration)["A letter"] == "old.pdf"
    client.post(
        change_address(registration),
        base | {"version": 2, ask["letter"].field_name: factories.pdf("new.pdf")},
    )
    assert said(registration)["A letter"] == "new.pdf"
    client.post(change_address(registration), base | {"version": 3, f"{ask['letter'].field_name}_gone": "on"})
    assert "A letter" not in said(registration)
    assert not StoredFile.objects.exists()


def test_answers_are_changed_from_the_version_that_was_shown(client):
    consultation, ask = asks_all()
    person, registration = registered(ask, consultation, motto="Paix")
    client.force_login(person)
    response = client.post(change_address(registration), sent(ask, motto="War") | {"version": 7})
    assert response.status_code == 422
    assert "Somebody has just changed this." in response.content.decode()
    assert said(registration) == {"Your motto?": "Paix"}


def test_answers_stay_once_registration_is_closed(client):
    consultation, ask = asks_all()
    person, registration = registered(ask, consultation, motto="Paix")
    type(consultation).objects.filter(pk=consultation.pk).update(status="closed")
    client.force_login(person)
    assert client.get(change_address(registration)).status_code == 403
    with pytest.raises(Refused, match="no longer be changed"):
        acts.change(registration, version=1, answers={}, language="en", by=person)
    page = client.get(registration.get_absolute_url()).content.decode()
    assert "Paix" in page
    assert change_address(registration) not in page


def test_a_question_that_came_or_changed_meanwhile_is_asked_for_by_the_operation():
    consultation, ask = asks_all()
    person, registration = registered(ask, consultation, motto="Paix")
    given = {ask["motto"].pk: "Paix", ask["how"].pk: ["1"], ask["stays"].pk: ["no"]}
    acts.change(registration, version=1, answers=given, language="en", by=person)
    more = factories.question(consultation, "Anything else?", is_required=True)
    with pytest.raises(Refused, match="needs an answer") as refused:
        acts.change(registration, version=2, answers=given, language="en", by=person)
    assert refused.value.field == more.field_name
    # An option that was taken away while the form was open was not chosen.
    ask["days"].options.filter(key="1").delete()
    more.delete()
    acts.change(registration, version=2, answers=given | {ask["days"].pk: ["1"]}, language="en", by=person)
    assert "When?" not in said(registration)


def test_answers_to_a_retired_question_stay_when_others_change():
    consultation, ask = asks_all()
    person, registration = registered(ask, consultation, motto="Paix", story="Longue")
    Question.objects.filter(pk=ask["story"].pk).update(retired_at="2026-01-01T00:00Z")
    given = {ask["motto"].pk: "Peace", ask["how"].pk: ["1"], ask["stays"].pk: ["no"]}
    acts.change(registration, version=1, answers=given, language="en", by=person)
    assert said(registration)["Your story?"] == "Longue"


def test_who_reads_answers_and_their_files(client):
    consultation, ask = asks_all()
    person, registration = registered(ask, consultation, motto="S3cret", letter=factories.pdf("secret.pdf"))
    delegate = factories.user(email=registration.delegate_set.get().email)
    colleague = factories.user()
    person.organization.membership_set.create(user=colleague)
    file = registration.answers.get(file__isnull=False).get_absolute_url()
    may = [person, colleague, factories.coordinator(), factories.coordinator_of(consultation)]
    others = [factories.lead(), factories.coordinator_of(factories.process()), delegate]
    for reader in [*may, *others]:
        client.force_login(reader)
        page = client.get(registration.get_absolute_url())
        assert ("S3cret" in page.content.decode()) == (reader in may)
        response = client.get(file)
        assert response.status_code == (200 if reader in may else 404)
        list(response)  # to its end, so that it is closed as the test client closes answers
    client.logout()
    assert client.get(file).status_code == 302


def test_the_form_costs_the_same_for_one_question_and_twenty(cost):
    person, consultation = factories.lead(), factories.open_consultation()
    first = factories.question(consultation, kind="choice", options=["Train", "Boat"])
    factories.question(consultation, shown_if=first, shown_for=["1"])
    one = cost(address(consultation), person)
    for _ in range(20):
        factories.question(
            consultation, kind="choice", options=["Train", "Boat"], shown_if=first, shown_for=["1"]
        )
    assert cost(address(consultation), person) == one


def test_the_page_of_a_registration_costs_the_same_for_one_answer_and_twenty(cost):
    consultation, ask = asks_all()
    person, registration = registered(ask, consultation, motto="Paix", how=["1"])
    one = cost(registration.get_absolute_url(), person)
    for _ in range(20):
        more = factories.question(consultation, kind="choice", options=["Train", "Boat"])
        RegistrationAnswer.objects.create(registration=registration, question=more, chosen=["1"])
    assert cost(registration.get_absolute_url(), person) == one
