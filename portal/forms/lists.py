"""A mailing list that a secretariat brings along: read, looked at row by row, and taken in by one press."""

import json
from functools import cache

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal import languages, names
from portal.errors import Refused
from portal.forms.base import CreatingForm, OperationForm
from portal.forms.fields import LineField, WebAddressField
from portal.list_rows import Row
from portal.models import Country, ListedAddress
from portal.operations import lists
from portal.table_files import reading

# How columns are called; the first of a row is what we call it ourselves.
HEADINGS = {
    "name": "name, organization, organisation, name of the organization, nom, organisation, nombre, organizacion, اسم, الاسم, المنظمة, اسم المنظمة",
    "acronym": "acronym, short name, abbreviation, sigle, acronyme, sigla, siglas, acronimo, الاختصار, الاسم المختصر",
    "address": "e-mail, email, mail, e-mail address, courriel, adresse e-mail, correo, correo electronico, البريد الإلكتروني, البريد",
    "language": "language, langue, idioma, lengua, اللغة",
    "country": "country, pays, pais, البلد, الدولة",
    "website": "website, web, web site, site, site web, sitio web, pagina web, الموقع, الموقع الإلكتروني",
    "consent": "consent, agreed, opt-in, consentement, accord, consentimiento, الموافقة",
}
LANGUAGES = {
    "ar": "ar, arabic, arabe, العربية, عربي",
    "en": "en, english, anglais, ingles, الإنجليزية, إنجليزي",
    "fr": "fr, french, francais, frances, الفرنسية, فرنسي",
    "es": "es, spanish, espagnol, espanol, castellano, الإسبانية, إسباني",
}
CONSENTS = {
    ListedAddress.Consent.GIVEN: "yes, y, true, 1, x, given, oui, o, vrai, si, verdadero, نعم",
    ListedAddress.Consent.REFUSED: "no, n, false, 0, refused, non, faux, falso, لا",
}
# Words by which a name shows its language where the list does not say it.
TELLING = {
    "fr": "le les des du et pour sans aux reseau federation collectif maison jeunesse femmes droits",
    "es": "el los las del y por sin red fundacion asociacion casa mujeres derechos pastoral comite",
}
FIELDS = {
    "name": LineField(max_length=200),
    "acronym": LineField(max_length=30, required=False),
    "address": forms.EmailField(required=False),
    "website": WebAddressField(max_length=200, required=False),
}
LABELS = {
    "name": gettext_lazy("Name"),
    "acronym": gettext_lazy("Acronym"),
    "address": gettext_lazy("E-mail address"),
    "website": gettext_lazy("Website"),
}
MOST_CARRIED = 2_000_000  # characters of a table that a form carries from the preview to the press


class ListForm(OperationForm):
    """The table itself: it is read and shown, and kept nowhere."""

    file = forms.FileField(
        label=gettext_lazy("The mailing list"),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        help_text=gettext_lazy(
            "A table as .xlsx or .csv, at most 5 MB and 2,000 rows, with headings in its first row."
        ),
    )

    def clean_file(self):
        """The rows that the table holds, as it was sent."""
        try:
            self.table = reading.read(self.cleaned_data["file"])
            self.rows = rows(self.table)
        except Refused as refusal:
            raise ValidationError(refusal.message) from refusal
        if len(json.dumps(self.table)) > MOST_CARRIED:
            raise ValidationError(reading.REASONS["large"])
        return self.cleaned_data["file"]


class TakeForm(CreatingForm):
    """The rows that were looked at, and which of the doubtful ones are taken too."""

    table = forms.CharField(widget=forms.HiddenInput, max_length=MOST_CARRIED)

    def clean_table(self):
        try:
            return rows(json.loads(self.cleaned_data["table"]))
        except (ValueError, TypeError, AttributeError, LookupError, RecursionError, Refused) as error:
            raise ValidationError(reading.DAMAGED) from error

    def clean(self):
        chosen = set(self.data.getlist("take"))
        rows = self.cleaned_data.get("table") or []
        taken = {row.number for row in rows if str(row.number) in chosen}
        return {"once": self.cleaned_data.get("once"), "rows": rows, "taken": taken}


def columns(headings):
    """{what it holds: which column}, by the headings of a table; a column of no known name is left out."""
    called = {word: name for name, words in HEADINGS.items() for word in _words(words)}
    found = {}
    for number, heading in enumerate(headings):
        name = called.get(names.fold(heading))
        if name is not None:
            found.setdefault(name, number)
    return found


def rows(table):
    """What each row of a table says under its headings, compared with what is known here and with the others."""
    places = columns(table[0])
    if "name" not in places:
        raise Refused(_("No column of this table is headed “Name”."), "file")
    countries = _countries()
    found = [
        _row(number, {name: line[place] for name, place in places.items() if place < len(line)}, countries)
        for number, line in enumerate(table[1:], 2)
    ]
    return lists.compare(found)


def guess(name):
    """The language that a name is probably in."""
    if "ARABIC" in names.scripts(name):
        return "ar"
    words = set(names.fold(name).replace("’", " ").replace("'", " ").split())
    amounts = {code: len(words & set(telling.split())) for code, telling in TELLING.items()}
    best = max(amounts, key=amounts.get)
    return best if amounts[best] else "en"


def _row(number, said, countries):
    row = Row(number)
    for name, known in FIELDS.items():
        try:
            setattr(row, name, known.clean(said.get(name, "")))
        except ValidationError as error:
            setattr(row, name, said.get(name, "")[:200])
            row.errors += [f"{LABELS[name]}: {message}" for message in error.messages]
    row.address = row.address.lower()
    row.language = _meant(LANGUAGES, said.get("language", ""))
    if not row.language:
        row.language, row.is_guess = guess(row.name), True
    row.consent = _meant(CONSENTS, said.get("consent", "")) or ListedAddress.Consent.UNKNOWN
    if country := said.get("country", ""):
        row.country = countries.get(names.fold(country))
        if row.country is None:
            row.errors.append(_("The country “%(country)s” is not known here.") % {"country": country})
    return row


def _meant(table, word):
    folded = names.fold(word)
    return next((value for value, words in table.items() if folded in _words(words)), "")


@cache
def _words(row):
    return frozenset(names.fold(word) for word in row.split(", "))


def _countries():
    """{what a country is called, folded: its id}, by its names in four languages and its codes."""
    found = {}
    for country in Country.objects.all():
        called = [country.iso2, country.iso3, *(getattr(country, f"name_{code}") for code in languages.CODES)]
        found |= {names.fold(name): country.pk for name in called if name}
    return found
