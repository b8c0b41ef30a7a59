"""Writing: a section is added, written, described, moved and taken out by those who write the paper."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from consultations import provenance, working_texts
from consultations.coverage import Coverage
from consultations.forms.sections import LONGEST, AboutForm, EditForm, SectionForm
from consultations.models import Paper, Section
from consultations.operations import drafting, word_drafts
from portal import changes, languages, markup, paragraphs
from portal.permissions import require


def new(request, key):
    """Add a section at the end, in the language of the paper."""
    paper = paper_of(request, key)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = SectionForm(*sent, request=request, paper=paper)
    require(paper.is_writable or form.is_bound)
    if is_to_do(request) and form.carry_out(word_drafts.add, paper, by=request.user):
        messages.success(request, _("The section is added."))
        tell_of(request, form)
        return redirect(form.result)
    context = {"paper": paper, "form": form, "preview": preview_of(request)}
    return render(
        request, "consultations/section_new.html", context, status=422 if is_to_do(request) else 200
    )


def section(request, key):
    """Write a section as a whole in the original; if somebody saved meanwhile, both texts are shown."""
    found = one(request, key)
    language = found.paper.original_language
    words = {
        "number": drafting.last_number(found, language),
        "markdown": drafting.working_text(found, language),
    }
    sent = request.POST if request.method == "POST" else None
    form = EditForm(sent, initial=words, paper=found.paper, is_translated=is_translated(found))
    if not is_to_do(request):
        return page(request, found, form)
    if form.carry_out(drafting.edit, found, language=language, by=request.user) or is_twice(
        request, found, form
    ):
        messages.success(request, _("The section is saved."))
        return redirect(place(found))
    return page(request, found, form, status=422)


def page(request, found, form, status=200, about=None):
    """The section with the form to write it in, beside what somebody else saved meanwhile."""
    language = found.paper.original_language
    blocks = working_texts.blocks(found, language)
    quarrel = quarrel_of(found, form) if status != 200 and form.is_bound else {}
    context = {
        "paper": found.paper,
        "section": found,
        "heading": working_texts.heading(blocks, language),
        "blocks": blocks,
        "language": language,
        "form": form,
        "preview": preview_of(request) if form.is_bound else "",
        "about": about or about_form(request, found),
        "drawn": provenance.of([found], request.reader)[found.pk],
        "standings": [working_texts.standing(found, code) for code in languages.CODES if code != language],
        "translates": languages.CODES,
        "can_write": found.paper.is_writable and found.removed_at is None,
    }
    return render(request, "consultations/section.html", context | quarrel, status=409 if quarrel else status)


def quarrel_of(found, form):
    """Both texts, word by word, where another edit is the newest by now; saving again then counts as decided."""
    language = found.paper.original_language
    last = found.edits.filter(language=language).select_related("edited_by").order_by("-number").first()
    seen = form.cleaned_data.get("number")
    if last is None or seen in (None, last.number):
        return {}
    form.data = form.data.copy()
    form.data["number"] = last.number
    saved, mine = drafting.working_text(found, language), form.cleaned_data.get("markdown", "")
    return {"saved": saved, "last": last, "pieces": changes.of(saved, mine)}


def is_twice(request, found, form):
    """Whether this person has just saved these very words: a form that is sent twice is an edit once."""
    language = found.paper.original_language
    mine = paragraphs.split(form.cleaned_data.get("markdown", ""))
    last = found.edits.filter(language=language).order_by("-number").first()
    seen = form.cleaned_data.get("number")
    is_next = last is not None and seen is not None and last.number == seen + 1
    return (
        is_next
        and last.edited_by_id == request.user.pk
        and mine == paragraphs.split(drafting.working_text(found, language))
    )


@require_POST
def describe(request, key):
    """Say which objectives and themes the section is about."""
    found = one(request, key)
    about = about_form(request, found, request.POST)
    if about.carry_out(drafting.describe, found, by=request.user):
        messages.success(request, _("What the section is about is saved."))
        return redirect(found)
    language = found.paper.original_language
    words = {
        "number": drafting.last_number(found, language),
        "markdown": drafting.working_text(found, language),
    }
    form = EditForm(None, initial=words, paper=found.paper, is_translated=is_translated(found))
    return page(request, found, form, status=422, about=about)


def about_form(request, found, data=None):
    values = {
        name: list(getattr(found, name).values_list("pk", flat=True)) for name in ("objectives", "themes")
    }
    themes = [theme.pk for theme, _is_cited in Coverage(found.paper, request.reader).themes]
    return AboutForm(data, initial=values, themes={*themes, *values["themes"]})


@require_POST
def move(request, key, by):
    """Put the section one place further up or down."""
    found = one(request, key)
    rows = Section.objects.visible_to(request.reader).filter(paper=found.paper).standing()
    order = list(rows.order_by("position", "pk").values_list("pk", flat=True))
    if found.pk in order:
        drafting.move(found, position=max(0, order.index(found.pk) + by), by=request.user)
        messages.success(request, _("The section is moved."))
    return redirect(place(found))


def remove(request, key):
    """Ask, then take the section out; its history and what was said of it stay."""
    found = one(request, key)
    require(found.paper.is_writable)
    if request.method != "POST":
        language = found.paper.original_language
        heading = working_texts.heading(working_texts.blocks(found, language), language)
        context = {"paper": found.paper, "section": found, "heading": heading}
        return render(request, "consultations/section_remove.html", context)
    paper = drafting.remove(found, by=request.user)
    messages.success(request, _("The section is taken out."))
    return redirect("consultations:paper-draft", key=paper.key)


@require_POST
def put_back(request, key):
    """Let a section that was taken out stand in the text again."""
    found = drafting.put_back(one(request, key), by=request.user)
    messages.success(request, _("The section stands in the text again, at its end."))
    return redirect(place(found))


@require_POST
def preview(request, key):
    """What was typed, as readers would see it: a piece of a page, for those who write the paper."""
    paper_of(request, key)
    return render(request, "consultations/_preview.html", {"preview": preview_of(request)})


def tell_of(request, form):
    """Say what was decided in reading a Word file."""
    word_file = form.cleaned_data.get("word_file")
    for notice in word_file.notices if word_file else ():
        messages.info(request, notice)


def one(request, key):
    rows = Section.objects.visible_to(request.reader).as_written().select_related("paper")
    return get_object_or_404(rows, key=key)


def paper_of(request, key):
    rows = Paper.objects.visible_to(request.reader).written_by(request.reader)
    return get_object_or_404(rows, key=key)


def place(section):
    """Where the section stands on the page of the working text."""
    address = reverse("consultations:paper-draft", args=[section.paper.key])
    return f"{address}#{section.key}"


def is_translated(section):
    """Whether some paragraph of it has words in another language."""
    original = section.paper.original_language
    return any(text.language != original for row in section.paragraphs.all() for text in row.texts.all())


def is_to_do(request):
    """Whether a form was sent to take effect, not to be looked at first."""
    return request.method == "POST" and "preview" not in request.POST


def preview_of(request):
    """What was typed as HTML, where that was asked for."""
    return markup.coordinators(request.POST.get("markdown", "")[:LONGEST]) if request.method == "POST" else ""
