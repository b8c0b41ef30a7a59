"""Who stands behind a version: counted, and named as far as each reader may know.

A name that is withheld comes in as a number alone, for all together: a number by country would tell who it is where
a country has one signature.
"""

from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import get_language

from consultations import endorsing, signatures
from consultations.models import Endorsement, OutsideSigner, Paper, Print, Shown
from portal import languages
from portal.models import Country, Organization, Reader

FOLDED = 60  # names on the page of the paper; the others stand on a page of their own
MOST_RESERVATIONS = 10
# What both lists of names read of an organization: its names and where it is.
NAMES = tuple(f"organization__name_{code}" for code in languages.CODES)
OF_ORGANIZATION = (*NAMES, "organization__other_names", "organization__languages")
OF_ORGANIZATION += ("organization__original_language", "organization__country")


@dataclass(frozen=True)
class Name(signatures.Signature):
    """One that may be shown, as a list shows it: in which language its name is, on which section it has a reservation."""

    language: str = ""
    pk: int = 0  # of the endorsement; 0: a signature from outside
    is_reserved: bool = False

    @property
    def direction(self):
        return languages.direction(self.language)


@dataclass(frozen=True)
class Tally:
    """How many stand behind a version: in all, of these not named to the reader, with a reservation, asked again."""

    total: int = 0
    unnamed: int = 0
    reserved: int = 0
    again: int = 0
    outside: int = 0

    @property
    def counted(self):
        return signatures.counted(self.total, self.unnamed)

    @property
    def said(self):
        return signatures.said(self.total, self.unnamed)


@dataclass
class Part:
    """What the page of a paper shows of its sign-on."""

    paper: Paper
    version: object
    tally: Tally
    names: list = field(default_factory=list)
    countries: list = field(default_factory=list)
    reservations: list = field(default_factory=list)
    mine: list = field(
        default_factory=list
    )  # [(organization that the reader leads, its endorsement or None)]
    moves: list = field(default_factory=list)
    is_open: bool = False
    can_manage: bool = False
    can_sign_outside: bool = False

    @property
    def more(self):
        """How many names do not stand on the page."""
        return self.tally.total - self.tally.unnamed - len(self.names)

    @property
    def can_endorse(self):
        return any(endorsement is None for _organization, endorsement in self.mine)


def on_page(paper, reader, language):
    """What the page of a paper shows of its sign-on; None before it was ever opened, and to whom it is nothing."""
    can_manage = reader.coordinates(paper)
    version = current(paper)
    if version is None and not (can_manage and paper.status == Paper.Status.FROZEN):
        return None
    part = Part(
        paper, version, Tally(), can_manage=can_manage, is_open=paper.takes_signatures(timezone.now())
    )
    part.moves = [row for row in paper.moved_dates.all() if row.field == "sign_on_closes_at"]
    if version is None:
        return part
    part.tally = tally(version, reader)
    named = names(version, reader, language) if part.tally.total > part.tally.unnamed else []
    part.names = signatures.by_country(named, language)
    part.countries, part.names = folded(part.names)
    part.reservations = reservations(version, reader, language, named) if part.tally.reserved else []
    part.mine = endorsing.mine(version, reader, may_answer=part.is_open)
    is_public = paper.takes_outsiders and paper.access == Paper.Access.PUBLIC
    part.can_sign_outside = part.is_open and is_public
    return part


def current(paper):
    """The version that readers have: the newest one shown, with the paper at hand; or None."""
    version = paper.versions.final().shown().first()
    if version is not None:
        version.paper = paper
    return version


def tally(version, reader):
    """How many stand behind a version, and how many of them are not named to this reader."""
    alike = version.alike()
    seen = Q(shown__in=[Shown.PUBLIC, Shown.MEMBERS] if reader.is_member else [Shown.PUBLIC])
    endorsed = Endorsement.objects.standing().filter(version__in=alike)
    before = Endorsement.objects.before(version).filter(organization=OuterRef("organization"))
    endorsed = endorsed.annotate(is_again=Exists(before)).aggregate(
        total=Count("pk"),
        unnamed=Count("pk", filter=~seen),
        reserved=Count("pk", filter=Q(answer=Endorsement.Answer.RESERVED)),
        again=Count("pk", filter=Q(is_again=True)),
    )
    outside = OutsideSigner.objects.standing().filter(paper_version__in=alike)
    outside = outside.aggregate(total=Count("pk"), unnamed=Count("pk", filter=~seen))
    return Tally(
        total=endorsed["total"] + outside["total"],
        unnamed=endorsed["unnamed"] + outside["unnamed"],
        reserved=endorsed["reserved"],
        again=endorsed["again"],
        outside=outside["total"],
    )


def names(version, reader, language):
    """Those that stand behind a version and are named to this reader, in no order: [Name]."""
    alike = version.alike()
    endorsed = Endorsement.objects.named_to(reader).filter(version__in=alike)
    outside = OutsideSigner.objects.named_to(reader).filter(paper_version__in=alike)
    return _named(endorsed, outside, language)


def annex(version, circle, language=None):
    """The names to print with a version, for everybody or for members: [Signature] in no order, and the Tally."""
    language = language or get_language()
    shown = [Shown.PUBLIC, Shown.MEMBERS] if circle == Print.Circle.MEMBERS else [Shown.PUBLIC]
    endorsed = Endorsement.objects.behind(version).filter(shown__in=shown)
    outside = OutsideSigner.objects.behind(version).filter(shown__in=shown)
    found = _named(endorsed, outside, language)
    words = dict(_reservations(endorsed, version, language))
    printed = [signatures.Signature(one.name, one.country, words.get(one.pk, "")) for one in found]
    everybody = tally(version, Reader.nobody())
    return printed, Tally(
        everybody.total,
        everybody.total - len(printed),
        everybody.reserved,
        everybody.again,
        everybody.outside,
    )


def _named(endorsed, outside, language):
    places = _countries(language)
    found = [
        _name(row, places, language)
        for row in endorsed.values("pk", "answer", *OF_ORGANIZATION).order_by("pk")
    ]
    rows = outside.values_list("name", "country", "language").order_by("pk")
    return found + [Name(name, places.get(country, ""), language=code) for name, country, code in rows]


def _name(row, places, language):
    organization = Organization(
        original_language=row["organization__original_language"],
        languages=row["organization__languages"],
        other_names=row["organization__other_names"],
        **{f"name_{code}": row[f"organization__name_{code}"] for code in languages.CODES},
    )
    text = organization.text("name", language)
    is_reserved = row["answer"] == Endorsement.Answer.RESERVED
    place = places.get(row["organization__country"], "")
    return Name(text.text, place, language=text.language, pk=row["pk"], is_reserved=is_reserved)


def _countries(language):
    return {row.pk: row.text("name", language).text for row in Country.objects.all()}


def folded(countries, most=FOLDED):
    """The first so many names, in their countries: (countries, names)."""
    kept, found = [], []
    for country in countries:
        rows = country.signatures[: most - len(found)]
        if rows:
            kept.append(signatures.Country(country.name, rows))
            found += rows
    return kept, found


@dataclass(frozen=True)
class Reservation:
    """What an organization that is named says of a section."""

    name: Name
    section: str
    words: str
    language: str

    @property
    def direction(self):
        return languages.direction(self.language)


def reservations(version, reader, language, named, most=MOST_RESERVATIONS):
    """The reservations of those among these that are named, in their order: [Reservation]."""
    by_pk = {one.pk: one for one in signatures.by_name(named, language) if one.is_reserved}
    wanted = list(by_pk)[:most] if most else list(by_pk)
    rows = Endorsement.objects.visible_to(reader).filter(pk__in=wanted)
    values = rows.values_list("pk", "reserved_on__key", "reservation", "reservation_language")
    titles = headings(version, language)
    found = {
        pk: Reservation(by_pk[pk], titles.get(str(key), ""), words, code) for pk, key, words, code in values
    }
    return [found[pk] for pk in wanted if pk in found]


def headings(version, language):
    """{key of a section: its heading in a version}, in the reader's language or the one that is read instead."""
    text = version.text_in(language)
    if text is None:
        return {}
    blocks = {one["key"]: one["paragraphs"] for one in text.sections}
    return {
        key: next(
            (one["markdown"] for one in rows if one["is_heading"]), rows[0]["markdown"][:80] if rows else ""
        )
        for key, rows in blocks.items()
    }


def _reservations(endorsed, version, language):
    """(pk, "On “Work”: …") of each reservation."""
    titles = headings(version, language)
    rows = endorsed.filter(answer=Endorsement.Answer.RESERVED)
    for pk, key, words in rows.values_list("pk", "reserved_on__key", "reservation"):
        heading = titles.get(str(key), "")
        yield pk, f"{heading}: {words}" if heading else words
