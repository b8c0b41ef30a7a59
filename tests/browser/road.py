"""The road of a new coordinator, from the empty portal to an outcome of which everybody is told; what she types on it."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from portal import languages

ZONE = "Africa/Tunis"
OBJECTIVE = 13
ORGANIZATIONS = ("Harbour Light Network", "Union of Coastal Women", "Open Doors Legal Clinic")
TITLES = {
    "en": "Alternatives to detention: what works where we are",
    "ar": "بدائل الاحتجاز: ما ينجح حيث نعمل",
    "fr": "Alternatives à la détention : ce qui marche chez nous",
    "es": "Alternativas a la detención: lo que funciona donde estamos",
}
SPEAKS = {
    "en": "Would one of you like to speak?",
    "ar": "هل يودّ أحد منكم أن يتحدث؟",
    "fr": "L’un de vous souhaite-t-il prendre la parole ?",
    "es": "¿Desea alguien de ustedes tomar la palabra?",
}
ABOUT_WHAT = {
    "en": "About what, in one line?",
    "ar": "عن ماذا، في سطر واحد؟",
    "fr": "Sur quoi, en une ligne ?",
    "es": "¿Sobre qué, en una línea?",
}
OUTCOMES = {
    "en": "What we heard about detention",
    "ar": "ما سمعناه عن الاحتجاز",
    "fr": "Ce que nous avons entendu sur la détention",
    "es": "Lo que escuchamos sobre la detención",
}
OUTCOME_TEXTS = {
    "en": "## What we ask\n\n- Alternatives come first.",
    "ar": "## ما نطلبه\n\n- البدائل أولاً.",
    "fr": "## Ce que nous demandons\n\n- Les alternatives d’abord.",
    "es": "## Lo que pedimos\n\n- Primero las alternativas.",
}
SUBJECTS = {
    "en": "Round 3 is being planned: say what is missing",
    "ar": "الجولة الثالثة قيد التحضير: قولوا ما ينقص",
    "fr": "Le troisième tour se prépare : dites ce qui manque",
    "es": "Se prepara la tercera ronda: digan lo que falta",
}
WORDS = {
    "en": "Read what we heard, and tell us what is missing.",
    "ar": "اقرأوا ما سمعناه، وأخبرونا بما ينقص.",
    "fr": "Lisez ce que nous avons entendu, et dites-nous ce qui manque.",
    "es": "Lean lo que escuchamos y dígannos lo que falta.",
}
PLACES = 60
QUOTA = 10
JOIN = "https://meet.example/harbour"


def at(days, hour):
    """What is typed for an hour of the day in so many days, on the clock of the event."""
    return f"{datetime.now(ZoneInfo(ZONE)).date() + timedelta(days=days)}T{hour:02}:00"


def verifies(coordinator):
    """Each organization that waits, in one list."""
    coordinator.job = "verify three organizations"
    coordinator.follow("Look at them")
    for _organization in ORGANIZATIONS:
        coordinator.press("Verify")
        coordinator.is_told("The organization is verified, and its people are told.")


def builds(coordinator):
    """A consultation of two rounds in four languages, its questions, a quota; then it opens."""
    coordinator.job = "open a consultation of two rounds in four languages"
    coordinator.follow("Desk")
    coordinator.follow("Plan a consultation")
    coordinator.write("Title in %(language)s", TITLES)
    coordinator.tick(re.compile(rf"^{OBJECTIVE} "))
    coordinator.fill("Registration closes", at(20, 18))
    coordinator.choose("Registrations are confirmed", "By a coordinator")
    coordinator.fill("Places", str(PLACES))
    coordinator.shows("form")
    coordinator.press("Save the draft")
    for number in (1, 2):
        sets_a_round(coordinator, number)
    asks(coordinator)
    shares_out(coordinator)
    coordinator.shows("rounds")
    coordinator.press("Open", context="button")
    coordinator.is_told("The consultation is open.")


def sets_a_round(coordinator, number):
    coordinator.follow("Set a meeting")
    coordinator.fill("Begins", at(20 + 7 * number, 14))
    coordinator.fill("Ends", at(20 + 7 * number, 16))
    coordinator.fill("Join address", JOIN)
    coordinator.press("Save")
    expect(coordinator.sees("heading", "Round %(number)s", number=number)).to_be_visible()


def asks(coordinator):
    """Whether somebody speaks; and about what, of those who do."""
    coordinator.follow("Questions")
    coordinator.follow("Add a question")
    coordinator.write("Question in %(language)s", SPEAKS)
    coordinator.choose("Kind of answer", "Yes or no")
    coordinator.press("Save")
    coordinator.follow("Add a question")
    coordinator.write("Question in %(language)s", ABOUT_WHAT)
    coordinator.tick(coordinator.words("Yes"), exact=True)
    coordinator.shows("question")
    coordinator.press("Save")
    returns(coordinator)


def shares_out(coordinator):
    """So many places at most for Africa."""
    coordinator.follow("Quotas")
    coordinator.write("Title in %(language)s", {"en": "Organizations in Africa"})
    coordinator.fill("Places at most", str(QUOTA))
    coordinator.tick("Africa", exact=True)
    coordinator.press("Make the quota")
    returns(coordinator)


def returns(coordinator):
    """To the consultation, by its name above what belongs to it."""
    coordinator.click(
        coordinator.page.get_by_role("link", name=TITLES[coordinator.language], exact=True).first
    )


def admits(coordinator):
    """All three at once, after a look at who is concerned."""
    coordinator.job = "admit three registrations"
    coordinator.follow("Desk")
    coordinator.follow("Confirm or decline")
    coordinator.shows("registrations")
    coordinator.press("Confirm all that wait …")
    coordinator.press("Confirm")
    coordinator.is_told("They are answered, and each organization is told.")


def publishes(coordinator):
    """The outcome, in four languages; each organization is told of it."""
    coordinator.job = "publish the outcome in four languages"
    coordinator.follow("Desk")
    coordinator.follow("Add a document")
    for code in languages.CODES:
        coordinator.write("Title in %(language)s", {code: OUTCOMES[code]})
        coordinator.write("Light text in %(language)s", {code: OUTCOME_TEXTS[code]})
    coordinator.tick(re.compile(rf"^{OBJECTIVE} "))
    coordinator.press("Save the draft and look at it")
    coordinator.follow("Publish", context="button")
    one, many = "Publish, and tell %(number)s organization", "Publish, and tell %(number)s organizations"
    coordinator.shows("outcome")
    publish = coordinator.counted(one, many, len(ORGANIZATIONS))
    coordinator.click(coordinator.page.get_by_role("button", name=publish, exact=True))
    coordinator.is_told("The document is published.")


def announces(coordinator):
    """What comes next, to those who registered for the consultation."""
    coordinator.job = "announce what comes next in four languages"
    coordinator.follow("Desk")
    coordinator.follow("Write an announcement")
    for code in languages.CODES:
        coordinator.write("Subject in %(language)s", {code: SUBJECTS[code]})
        coordinator.write("Text in %(language)s", {code: WORDS[code]})
    coordinator.choose("Consultation that they registered for or did not", TITLES[coordinator.language])
    coordinator.press("Save the draft")
    coordinator.follow("Send …", context="button that leads on")
    coordinator.shows("announcement")
    coordinator.press("Send it now")
    coordinator.is_told("It is on its way.")
