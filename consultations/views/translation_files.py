"""A section goes out to be translated elsewhere, and comes back into the same paragraphs."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from consultations import working_texts
from consultations.operations import translations as acts
from consultations.views import translations
from portal import sheets, word_files
from portal.forms.translations import BroughtForm
from portal.side_by_side import Passage
from portal.translation_files import Outgoing


@require_safe
def word_file(request, key, language):
    """The section as a Word file, the original and its translation beside each other."""
    text = outgoing(translations.to_translate(request, key, language), language)
    return word_files.answer(f"{text.title} {language}", text.word_file)


@require_safe
def table(request, key, language):
    """The same as a plain table."""
    head, *rows = outgoing(translations.to_translate(request, key, language), language).rows
    return sheets.answer(f"{translations.SOURCE}-{language}.csv", head, rows)


@require_POST
def bring_back(request, key, language):
    """Take a translated file into its paragraphs as a draft; what changed meanwhile is shown beside what it brings."""
    found = translations.to_translate(request, key, language)
    text = outgoing(found, language)
    bringing = BroughtForm(request.POST, request.FILES, text=text)
    if not bringing.is_valid():
        form = translations.form_of(request, found, language)
        return translations.page(request, found, language, form, status=422, bringing=bringing)
    back = bringing.cleaned_data["file"]
    if back.is_in(text):
        messages.info(request, _("This file brings nothing new: all of it stands here already."))
        return redirect("consultations:section-translate", key, language)
    form = translations.form_of(request, found, language, typed(back, found, language))
    if not form.carry_out(acts.save, found, language=language, by=request.user):
        return translations.overtaken(request, found, language, form)
    messages.success(
        request, _("The translation stands in its paragraphs, as a draft. Look at it, then approve it.")
    )
    return redirect("consultations:section-translate", key, language)


def outgoing(found, language):
    """A section as it stands on both sides."""
    original = found.paper.original_language
    blocks = working_texts.blocks(found, language)
    numbers = translations.numbers_of(found, language)
    return Outgoing(
        translations.SOURCE,
        str(found.key),
        working_texts.heading(blocks, original) or found.paper.text("title", original),
        original,
        language,
        f"{numbers['number']}-{numbers['original']}",
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
