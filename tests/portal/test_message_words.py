"""No word of another language stands in a message, and no gap that was not filled: every message, four languages."""

import re

import pytest
from allauth.core import context as allauth
from django.utils import translation

from portal import languages
from portal.adapter import AccountAdapter
from portal.operations import delivery, suppression
from tests import factories
from tests.letters import ADDRESSEE, ALL, Visible, letter_of

pytestmark = pytest.mark.django_db
# What stands in every language as it was given: names, addresses, codes; and what no language translates.
GIVEN = re.compile(
    r"https?://\S+|\S+@\S+\.example|Harbour Light \d+|Delegate \d+|Person \d+|First round|The room|Another one|Amal العلي & Söhne|UTC|PDF"
    r"|#ItTakesACommunity|We would\.|Where\?|In Tunis\."
)
UNFILLED = re.compile(r"\{[{%]|[%}]\}|%\(|\bNone\b|\bgap[0-9a-f]{16}|&amp;|<[a-z/]")
WORD = re.compile(r"[^\W\d_]{2,}")
LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]{2,}")
KINDS = {kind.name: {"kind": kind} for kind in ALL} | {
    "a closed room": {"kind": ALL[-1], "neutral": True},
    "nobody's name": {"kind": ALL[-1], "named": False},
}
ACCOUNT = {
    "account/email/account_already_exists": {},
    "account/email/email_changed": {"from_email": "old@people.example", "to_email": "new@people.example"},
    "account/email/email_confirm": {},
    "account/email/email_confirmation": {"code": "12345678"},
    "account/email/email_confirmation_signup": {"code": "12345678"},
    "account/email/email_deleted": {"deleted_email": "old@people.example"},
    "account/email/login_code": {"code": "12345678"},
    "account/email/password_changed": {},
    "account/email/password_reset": {},
    "account/email/password_reset_code": {"code": "12345678"},
    "account/email/password_set": {},
    "mfa/email/recovery_codes_generated": {},
    "mfa/email/totp_activated": {},
    "mfa/email/totp_deactivated": {},
    "mfa/email/webauthn_added": {},
    "mfa/email/webauthn_removed": {},
}


def said(told, language):
    """All that a reader sees of a message: subject, text, page."""
    letter = letter_of(language=language, **told)
    return letter.subject, letter.text.text(ADDRESSEE), Visible(letter.html.text(ADDRESSEE)).text


def own_words(texts):
    return [GIVEN.sub(" ", text) for text in texts]


def phrases(texts):
    """Whatever stands between two marks or lines and holds a word."""
    pieces = (piece.strip() for text in texts for piece in re.split(r"[\n.:;,?!،؛؟·]", text))
    return {piece for piece in pieces if WORD.search(piece)}


def gaps(texts):
    """What was left open, or stands where a reader would not want it."""
    found = [match for words in texts for match in UNFILLED.findall(words)]
    lines = texts[1].splitlines()
    return found + [line for line in lines if line != line.rstrip() and line != "-- "]


def foreign(found):
    """Words of other languages: any Latin letters in Arabic, any phrase of the English text in another."""
    english = phrases(own_words(found["en"]))
    assert english
    shared = {code: english & phrases(own_words(found[code])) for code in found if code != "en"}
    latin = [word for words in own_words(found.get("ar", ())) for word in LATIN.findall(words)]
    return {code: words for code, words in shared.items() if words} | ({"latin": latin} if latin else {})


@pytest.mark.one_a_day("language")
@pytest.mark.parametrize("language", [code for code in languages.CODES if code != "en"])
@pytest.mark.parametrize("told", KINDS.values(), ids=KINDS)
def test_a_message_is_whole_and_in_one_language(told, language):
    found = {code: said(told, code) for code in ("en", language)}
    assert [gaps(texts) for texts in found.values()] == [[], []]
    assert foreign(found) == {}
    assert [text.count("\n\n\n") for _subject, text, _page in found.values()] == [0, 0]
    assert [subject in page for subject, _text, page in found.values()] == [True, True]


def test_a_word_left_in_english_and_a_gap_would_be_found():
    right = {
        "en": ["Sent.", "Open the page"],
        "fr": ["Parti.", "Ouvrir la page"],
        "es": ["Enviado."],
        "ar": ["أُرسل."],
    }
    assert foreign(right) == {}
    assert foreign(right | {"fr": ["Parti : Open the page"]}) == {"fr": {"Open the page"}}
    assert foreign(right | {"ar": ["أُرسل Sent بالفعل"]}) == {"latin": ["Sent"]}
    assert gaps(["Sent", "Dear {{ name }}", "None <b>"]) == ["{{", "}}", "None", "<b"]


def written(prefix, context, language, rf, mailoutbox):
    """What is said about an account."""
    person = factories.user(language=language)
    mailoutbox.clear()
    with allauth.request_context(rf.get("/")):
        AccountAdapter().send_notification_mail(prefix, person, context)
    delivery.drain()
    (message,) = mailoutbox
    return message.subject, message.body, Visible(message.alternatives[0][0]).text


@pytest.mark.parametrize(("prefix", "context"), ACCOUNT.items(), ids=ACCOUNT)
def test_news_of_an_account_is_whole_and_in_one_language(prefix, context, rf, mailoutbox):
    found = {code: written(prefix, context, code, rf, mailoutbox) for code in languages.CODES}
    assert [gaps(texts) for texts in found.values()] == [[]] * 4
    assert foreign(found) == {}


def test_the_way_back_of_an_address_is_offered_in_its_language(mailoutbox):
    person = factories.lead(language="ar")
    suppression.suppress(person.email, because="550 5.1.1")
    person.recipient.refresh_from_db()
    with translation.override("fr"):
        suppression.offer_return(person.recipient)
    delivery.drain()
    texts = mailoutbox[0].subject, mailoutbox[0].body
    assert [LATIN.findall(words) for words in own_words(texts)] == [[], []]
