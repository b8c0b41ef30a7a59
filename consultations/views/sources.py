"""Where a section comes from: its writers name its sources, within what each person and organization agreed to."""

from django.contrib import messages
from django.db.models import F, Func, Q, TextField, Value
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from consultations import provenance, working_texts
from consultations.coverage import Coverage
from consultations.forms.sources import (
    ConsultationSourceForm,
    DocumentSourceForm,
    InputSourceForm,
    SearchForm,
    ThemeSourceForm,
    VoiceSourceForm,
)
from consultations.models import Section, Source, Theme
from consultations.operations import sources as acts

FOUND = 30  # inputs that one search shows
NAMES = ("theme", "inputs", "voice", "document", "consultation")
OPERATIONS = {
    "theme": acts.add_inputs,
    "inputs": acts.add_inputs,
    "voice": acts.add_voice,
    "document": acts.add_document,
    "consultation": acts.add_consultation,
}


@require_safe
def sources(request, key):
    """What the section draws on, and the ways to add to it."""
    return page(request, one(request, key))


@require_POST
def add(request, key, of):
    """Add what one of the forms names."""
    found = one(request, key)
    form = form_of(request, found, of, request.POST)
    if not form.carry_out(OPERATIONS[of], found, by=request.user):
        return page(request, found, status=422, **{of: form})
    messages.success(request, _("The source is added."))
    return redirect("consultations:section-sources", key=found.key)


@require_POST
def remove(request, key):
    """Take a source away from its section."""
    written = Section.objects.visible_to(request.reader)
    rows = Source.objects.visible_to(request.reader).filter(section__in=written)
    found = get_object_or_404(rows.select_related("section__paper"), key=key)
    section = acts.remove(found, by=request.user)
    messages.success(request, _("The source is taken away."))
    return redirect("consultations:section-sources", key=section.key)


def page(request, found, status=200, **bound):
    language = found.paper.original_language
    searched = SearchForm(request.GET)
    forms = {name: bound.get(name) or form_of(request, found, name) for name in NAMES}
    context = {
        "paper": found.paper,
        "section": found,
        "heading": working_texts.heading(working_texts.blocks(found, language), language),
        "drawn": provenance.of([found], request.reader)[found.pk],
        "search": searched,
        "asked": bool(words_of(searched)),
        "inputs": list(found_inputs(request, found, searched)),
        "forms": forms,
        "form": next(iter(bound.values()), None),
        "ticked": set(request.POST.getlist("inputs-inputs")),
    }
    return render(request, "consultations/section_sources.html", context, status=status)


def form_of(request, found, name, data=None):
    """One of the forms by which a source is added; each offers only what this person may use."""
    offered = provenance.offered(found.paper, request.reader)
    if name == "theme":
        under = Theme.objects.visible_to(request.reader).filter(
            call__in=Coverage(found.paper, request.reader).calls
        )
        themes = under.filter(inputs__in=offered).distinct().order_by("number", "pk")
        return ThemeSourceForm(data, themes=themes, inputs=offered, prefix=name)
    if name == "inputs":
        return InputSourceForm(data, inputs=offered, prefix=name)
    if name == "voice":
        voices = provenance.voices_offered(found.paper, request.reader).select_related("country")
        return VoiceSourceForm(data, voices=voices, purposes=acts.purposes_of(found.paper), prefix=name)
    if name == "document":
        return DocumentSourceForm(data, reader=request.reader, prefix=name)
    return ConsultationSourceForm(data, reader=request.reader, prefix=name)


def words_of(searched):
    return searched.cleaned_data.get("q", "").split() if searched.is_valid() else []


def found_inputs(request, found, searched):
    """Inputs that say all of the words asked for, without those that the section draws on already."""
    words = words_of(searched)
    if not words:
        return []
    rows = provenance.offered(found.paper, request.reader).exclude(sources__section=found)
    rows = rows.annotate(folded=folded(F("text")))
    rows = rows.filter(*(Q(folded__contains=folded(Value(word))) for word in words))
    return rows.as_rows().order_by("-contribution__sent_at", "pk")[:FOUND]


def folded(words):
    """Words without what the eye overlooks: case, accents, ways of writing Arabic."""
    return Func(words, function="portal_fold", output_field=TextField())


def one(request, key):
    rows = Section.objects.visible_to(request.reader).standing().as_written().select_related("paper")
    return get_object_or_404(rows, key=key)
