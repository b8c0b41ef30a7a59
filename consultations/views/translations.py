"""Translating side by side, paragraph by paragraph; the history of a section in each language."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from consultations import working_texts
from consultations.forms.sections import TranslationForm
from consultations.models import Section, SectionEdit
from consultations.operations import drafting
from consultations.operations import translations as acts
from consultations.permissions import can_approve_translation, can_translate_into, can_write_paper
from consultations.views.sections import place
from portal import changes, glossary, languages, translating
from portal.forms.translations import BroughtForm
from portal.permissions import require
from portal.views.records import shown_version
from portal.views.translations import holding

SOURCE = "paper-section"  # among what is translated
PER_PAGE = 10


def translate(request, key, language):
    """Write a section in another language; where somebody saved meanwhile, both texts are shown."""
    found = to_translate(request, key, language)
    form = form_of(request, found, language, request.POST or None)
    if request.method != "POST":
        return page(request, found, language, form)
    if form.carry_out(acts.save, found, language=language, by=request.user):
        messages.success(request, _("The translation is saved."))
        return redirect(place(found))
    return overtaken(request, found, language, form)


def to_translate(request, key, language):
    """The section of an address, if this person translates it into the language."""
    found = one(request, key)
    if language not in languages.CODES or language == found.paper.original_language:
        raise Http404
    require(can_translate_into(request.user, found.paper, language))
    return found


def overtaken(request, found, language, form):
    """The form with all that was typed, beside the section as it is by now: saved, maybe, while this one waited."""
    found = one(request, found.key)
    anew = form_of(request, found, language, form.data)
    anew.is_valid()
    for error in form.non_field_errors():
        anew.add_error(None, error)
    return page(request, found, language, anew, status=422)


def numbers_of(found, language):
    """The newest edits of both languages."""
    return {
        "number": drafting.last_number(found, language),
        "original": drafting.last_number(found, found.paper.original_language),
    }


def form_of(request, found, language, data=None):
    return TranslationForm(
        data,
        initial=numbers_of(found, language),
        blocks=working_texts.blocks(found, language),
        language=language,
        can_approve=can_approve_translation(request.user, found.paper, language),
    )


def page(request, found, language, form, status=200, bringing=None):
    """Both languages beside each other: what changed in the original since, and what others saved meanwhile."""
    quarrels = quarrels_of(found, language, form) if form.is_bound else None
    earlier = working_texts.approved_against(found, form.blocks)
    rows = []
    for block, field, approved in form.pairs:
        was, saved = earlier.get(block.key), block.text.markdown if block.text else ""
        mine = field.value() or ""
        differs = quarrels and saved != mine.replace("\r\n", "\n").strip()
        rows.append(
            {
                "block": block,
                "gloss": glossary.gloss(block.original.markdown, block.original.language, language),
                "field": field,
                "approved": approved,
                "original_pieces": changes.of(was, block.original.markdown) if was else None,
                "pieces": changes.of(saved, mine) if differs else None,
                "saved": saved,
            }
        )
    source = translating.of(SOURCE)
    context = {
        "paper": found.paper,
        "section": found,
        "heading": working_texts.heading(form.blocks, language),
        "language": language,
        "form": form,
        "rows": rows,
        "terms": glossary.agreed_in(row["gloss"] for row in rows),
        "gone": form.gone(),
        "bringing": bringing or BroughtForm(),
        **source.files(found, language),
        **holding(request.reader, source, found, language),
        "last": quarrels,
        "is_on_desk": translating.of("paper")
        .things(request.reader, language)
        .filter(pk=found.paper_id)
        .exists(),
        "can_write": found.paper.is_writable,
        "can_approve": form.can_approve,
        "writes": can_write_paper(request.user, found.paper),
        "standing": working_texts.standing(found, language),
    }
    return render(
        request, "consultations/section_translate.html", context, status=409 if quarrels else status
    )


def quarrels_of(found, language, form):
    """The newest edit, where the form began from an older one of either language; saving again counts as decided."""
    seen = {name: form.cleaned_data.get(name) for name in ("number", "original")}
    now = numbers_of(found, language)
    if None in seen.values() or seen == now:
        return None
    form.data = form.data.copy()
    form.data.update({name: str(number) for name, number in now.items()})
    changed = language if seen["number"] != now["number"] else found.paper.original_language
    return found.edits.filter(language=changed).select_related("edited_by").order_by("-number").first()


@require_safe
def history(request, key, language):
    """Every edit of a section in a language, the newest first, each with what it changed."""
    found = one(request, key, standing=False)
    rows = SectionEdit.objects.visible_to(request.reader, translating=True).filter(
        section=found, language=language
    )
    if not rows.exists():
        raise Http404
    page = Paginator(rows.select_related("edited_by").order_by("-number"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    shown = list(page.object_list)
    before = {row.number: row for row in shown}
    first = rows.filter(number=shown[-1].number - 1).first()
    before |= {first.number: first} if first else {}
    # The first one has nothing before it: all of it is new, and nothing of it need be marked.
    edits = [(row, changes.of(before.get(row.number - 1, row).markdown, row.markdown)) for row in shown]
    blocks = working_texts.blocks(found, language)
    writes = can_write_paper(request.user, found.paper)
    context = {
        "paper": found.paper,
        "section": found,
        "heading": working_texts.heading(blocks, language),
        "language": language,
        "page": page,
        "edits": edits,
        "newest": drafting.last_number(found, language),
        "writes": writes,
        "can_take_back": found.paper.is_writable
        and found.removed_at is None
        and can_take_back(request.user, found.paper, language),
        "codes": found.edits.order_by("language").values_list("language", flat=True).distinct(),
    }
    return render(request, "consultations/section_history.html", context)


@require_POST
def take_back(request, key):
    """Let a section say again what this edit said."""
    rows = SectionEdit.objects.visible_to(request.reader, translating=True).select_related("section__paper")
    found = get_object_or_404(rows, key=key)
    paper = found.section.paper
    require(can_take_back(request.user, paper, found.language))
    acts.take_back(found, number=shown_version(request, "number"), by=request.user)
    messages.success(request, _("The section says again what it said then."))
    return redirect("consultations:section-history", key=found.section.key, language=found.language)


def can_take_back(user, paper, language):
    """Whoever writes in that language."""
    if language == paper.original_language:
        return can_write_paper(user, paper)
    return can_translate_into(user, paper, language)


def one(request, key, *, standing=True):
    rows = Section.objects.visible_to(request.reader, translating=True).as_written().select_related("paper")
    return get_object_or_404(rows.standing() if standing else rows, key=key)
