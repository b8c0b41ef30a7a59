"""What a print holds: the words of a version, where they come from, who stands behind them, how to cite it."""

from dataclasses import replace

from django.conf import settings
from django.utils import translation

from consultations import citing, provenance, signing
from consultations.models import Endorsement, OutsideSigner, Postcard, Print, Shown
from consultations.printing import papers, postcards
from portal import branding, dates, files, languages
from portal.models import Reader

PDF, PNG = "application/pdf", "image/png"
ENDINGS = {PDF: ".pdf", PNG: ".png"}


def content(row):
    """The file of a print, as `portal.files.Clean`; raises where its language or its card has no words any more."""
    text = row.version.texts.select_related("version__paper__document").get(language=row.language)
    with translation.override(row.language):
        if row.form == Print.Form.PDF:
            return _file(text.title, papers.pdf(paper(text, row.circle)), PDF)
        made, total = card(row.postcard, text)
        if row.form == Print.Form.PICTURE:
            return _file(made.words, postcards.picture(made), PNG)
        return _file(made.words, postcards.pdf(replace(made, total=total)), PDF)


def names_more_to_members(version):
    """Whether an annex for members would name somebody whom the one for everybody does not."""
    rows = (Endorsement.objects.behind(version), OutsideSigner.objects.behind(version))
    return any(signed.filter(shown=Shown.MEMBERS).exists() for signed in rows)


def paper(text, circle):
    """All that stands on the pages of a version in one language, as anybody may read it, or as members may."""
    version, found, language = text.version, text.version.paper, text.language
    signed, tally = signing.annex(version, circle, language)
    drawn = provenance.behind(text, Reader.nobody())
    return papers.PrintedPaper(
        title=text.title,
        kind=str(found.get_kind_display()),
        language=language,
        dated_on=(version.shown_at or version.made_at).date(),
        sections=tuple(_section(section, drawn) for section in text.sections),
        version=version.number,
        replaces_another=version.purpose == version.Purpose.CORRECTION,
        change_note=languages.best(version.change_note, language, found.original_language).text,
        objectives=tuple(_tile(row, language) for row in found.objectives.order_by("number")),
        signatures=tuple(signed),
        unnamed=tally.unnamed,
        citation=citing.citation(found, text, language),
        licence=found.licence,
        address=citing.address(found.document) if found.document else "",
    )


def card(postcard, text):
    """A postcard in the language of a text of its paper, and how many the paper has."""
    cards = list(Postcard.objects.filter(paper=postcard.paper_id).order_by("position", "pk"))
    found = text.version.paper
    made = postcards.PrintedPostcard(
        words=postcard.texts.get(language=text.language).words,
        title=text.title,
        language=text.language,
        address=citing.address(found.document),
        dated_on=(text.version.shown_at or text.version.made_at).date(),
        objective=_tile(postcard.objective, text.language) if postcard.objective else None,
        number=[row.pk for row in cards].index(postcard.pk) + 1,
    )
    return made, len(cards)


def campaign_picture(row):
    """The picture of a campaign in one language, as `portal.files.Clean`: its title, hashtag and dates, and where to read on."""
    campaign, language = row.campaign, row.language
    objectives = list(campaign.objectives.all()[:2])
    title = campaign.text("title", language)
    with translation.override(language):
        made = postcards.PrintedPostcard(
            words=title.text,
            title=dates.period(
                campaign.begins_on, campaign.begins_precision, campaign.ends_on, campaign.ends_precision
            )
            or str(branding.name()),
            language=language,
            address=settings.SITE_URL + campaign.get_short_url(),
            dated_on=campaign.begins_on or campaign.created_at.date(),
            objective=_tile(objectives[0], language) if len(objectives) == 1 else None,
            hashtag=campaign.hashtag,
        )
        return _file(made.words, postcards.picture(made), PNG)


def _file(name, made, media_type):
    pages = files.pages_of(made) if media_type == PDF else None
    return files.Clean(files.clean_name(f"{name}.x", ENDINGS[media_type]), made, media_type, pages)


def _section(section, drawn):
    heading = next((block["markdown"] for block in section["paragraphs"] if block["is_heading"]), "")
    words = "\n\n".join(block["markdown"] for block in section["paragraphs"] if not block["is_heading"])
    said = drawn.get(section["key"])
    sources = (said.sentence,) if said and said.is_there else ()
    return papers.Section(heading, words, sources)


def _tile(objective, language):
    return papers.Tile(objective.number, str(objective.text("label", language)))
