"""Sections and whole papers go out to be translated elsewhere, and come back into the same paragraphs."""

from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from consultations import working_texts
from consultations.models import Section
from consultations.operations import translations as acts
from consultations.views import translations
from portal import sheets, side_by_side, translating, translation_files, word_files
from portal.forms.translations import BroughtForm
from portal.forms.translations import TranslationForm as CardForm
from portal.side_by_side import Passage
from portal.translation_files import Outgoing
from portal.views import translation_files as card_files
from portal.views import translations as cards


@require_safe
def word_file(request, key, language):
    """The section as a Word file, the original and its translation beside each other."""
    text = outgoing(translations.to_translate(request, key, language), language)
    return word_files.answer(f"{text.title} {language}", translation_files.word_file(text.title, [text]))


@require_safe
def table(request, key, language):
    """The same as a plain table."""
    head, *rows = outgoing(translations.to_translate(request, key, language), language).rows
    return sheets.answer(f"{translations.SOURCE}-{language}.csv", head, rows)


@require_POST
def bring_back(request, key, language):
    """Take a translated file into its paragraphs as a draft; what changed meanwhile is shown beside what it brings."""
    found = translations.to_translate(request, key, language)
    bringing = BroughtForm(request.POST, request.FILES, texts=[outgoing(found, language)])
    if not bringing.is_valid():
        form = translations.form_of(request, found, language)
        return translations.page(request, found, language, form, status=422, bringing=bringing)
    [(text, back), *_others] = bringing.cleaned_data["file"]
    if overtaken := put(request, found, language, text, back):
        return overtaken
    card_files.tell(request, is_new=not back.is_in(text))
    return redirect("consultations:section-translate", key, language)


@require_safe
def whole_word_file(request, key, language):
    """A paper as a Word file, its title and each of its sections a table of its own."""
    _source, paper = card(request, key, language)
    title = paper.text("title", paper.original_language)
    texts = outgoing_whole(request, paper, language)
    return word_files.answer(f"{title} {language}", translation_files.word_file(title, texts))


@require_safe
def whole_table(request, key, language):
    """The same as a plain table."""
    _source, paper = card(request, key, language)
    head, *rows = translation_files.table(outgoing_whole(request, paper, language))
    return sheets.answer(f"paper-{language}.csv", head, rows)


@require_POST
def bring_back_whole(request, key, language):
    """Take what a file brings into title and sections, one after the other, up to the first that changed meanwhile."""
    source, paper = card(request, key, language)
    bringing = BroughtForm(request.POST, request.FILES, texts=outgoing_whole(request, paper, language))
    if not bringing.is_valid():
        form = CardForm(sheet=side_by_side.of(paper, language))
        return cards.page(request, source, paper, form, bringing)
    brought = bringing.cleaned_data["file"]
    sections = {str(row.key): row for row in sections_of(request, paper)}
    for text, back in brought:
        if text.source == source.name:
            overtaken = card_files.put(request, source, paper, language, back)
        else:
            overtaken = put(request, sections[text.key], language, text, back)
        if overtaken:
            return overtaken
    card_files.tell(request, is_new=not all(back.is_in(text) for text, back in brought))
    return redirect("translation", source.name, key, language)


def card(request, key, language):
    """The source of papers and the one of an address, if this person may translate its title into the language."""
    return cards.one(request, "paper", key, language)


def sections_of(request, paper):
    """The sections that stand in its text, in order."""
    rows = Section.objects.visible_to(request.reader, translating=True).filter(paper=paper)
    rows = list(rows.standing().as_written())
    for row in rows:
        row.paper = paper
    return rows


def outgoing_whole(request, paper, language):
    """Title and sections of a paper as they stand on both sides."""
    sections = sections_of(request, paper)
    numbers = working_texts.numbers(sections)
    texts = [outgoing(section, language, numbers) for section in sections]
    return [card_files.outgoing(translating.of("paper"), paper, language), *texts]


def put(request, found, language, text, back):
    """Put what a file brings into the paragraphs of a section; None, or the page of what changed meanwhile."""
    if back.is_in(text):
        return None
    form = translations.form_of(request, found, language, typed(back, found, language))
    if form.carry_out(acts.save, found, language=language, by=request.user):
        return None
    return translations.overtaken(request, found, language, form)


def outgoing(found, language, numbers=None):
    """A section as it stands on both sides; `numbers` are the newest edits of it, if they are known."""
    original = found.paper.original_language
    blocks = working_texts.blocks(found, language)
    numbers = working_texts.numbers([found]) if numbers is None else numbers
    seen = (numbers.get((found.pk, code), 0) for code in (language, original))
    return Outgoing(
        translations.SOURCE,
        str(found.key),
        working_texts.heading(blocks, original) or found.paper.text("title", original),
        original,
        language,
        "-".join(map(str, seen)),
        [Passage(block.key, block.original.markdown, "", said(block)) for block in blocks],
    )


def typed(back, found, language):
    """What a file brings, as if it were typed over what stands here; what it leaves as it is stays approved."""
    number, _sign, original = back.seen.partition("-")
    given = {"number": number, "original": original}
    for block in working_texts.blocks(found, language):
        given[f"text_{block.key}"] = said(block)
        if block.state == "approved" and back.passages.get(block.key, said(block)) == said(block):
            given[f"approved_{block.key}"] = "on"
    return given | {f"text_{key}": words for key, words in back.passages.items()}


def said(block):
    """What a paragraph says in the other language so far."""
    return block.text.markdown if block.text else ""
