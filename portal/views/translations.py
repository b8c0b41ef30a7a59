"""The translators' desk: what waits in their languages, and each text beside its original."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from portal import changes, glossary, languages, side_by_side, translating
from portal.forms.translations import BroughtForm, TranslationForm
from portal.models import TextState
from portal.permissions import require

PER_PAGE = 50


@require_safe
def desk(request):
    """What waits in one of the reader's languages: what is due first on top, then what readers miss most."""
    codes = translating.languages_of(request.reader)
    require(bool(codes))
    language = request.GET.get("language")
    if language not in codes:
        language = get_language() if get_language() in codes else codes[0]
    now = timezone.now()
    chosen = {name: request.GET.get(name, "") for name in ("source", "state", "given")}
    rows = translating.waiting(request.reader, language, now, **chosen)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "now": now,
        "language": language,
        "codes": codes,
        "page": page,
        "rows": rows_of(page.object_list, language),
        "sources": translating.registry.values(),
        "states": [TextState.State(state) for state in translating.WAITING],
        "chosen": chosen,
    }
    return render(request, "portal/translations.html", context)


def rows_of(found, language):
    """The rows of the desk with the things that they are about and who has them; two queries for each source among them."""
    found = list(found)
    things = {
        name: translating.of(name).named([row["thing"] for row in found if row["source"] == name])
        for name in {row["source"] for row in found}
    }
    given = {
        name: translating.given(translating.of(name), language, list(there)) for name, there in things.items()
    }
    here = get_language()
    return [
        {
            "source": source,
            "title": source.title(thing, here),
            "place": source.place(thing, here),
            "state": TextState.State(translating.WAITING[row["rank"]]),
            "words": row["words"],
            "due": row["due"],
            "assignment": given[source.name].get(thing.pk),
            "address": source.address(thing, language),
        }
        for row in found
        if (source := translating.of(row["source"])) and (thing := things[source.name].get(row["thing"]))
    ]


def translation(request, name, key, language):
    """Write a text in another language; what somebody saved meanwhile is shown beside what was typed."""
    source, found = one(request, name, key, language)
    form = TranslationForm(request.POST or None, sheet=side_by_side.of(found, language))
    if request.method != "POST":
        return page(request, source, found, form)
    if not form.carry_out(source.save, found, language, by=request.user):
        return overtaken(request, source, found, form)
    said = _("The translation is approved. Readers see it.")
    messages.success(
        request, said if form.cleaned_data["approve"] else _("The translation is saved as a draft.")
    )
    return redirect(f"{reverse('translations')}?{urlencode({'language': language})}")


def one(request, name, key, language):
    """The source of an address and its thing, if this person may translate it into the language."""
    source = translating.of(name)
    if source is None or language not in languages.CODES:
        raise Http404
    return source, get_object_or_404(source.things(request.reader, language), key=key)


def overtaken(request, source, found, form):
    """The page of a form that was refused, with the text as it is by now."""
    language = form.sheet.language
    _source, found = one(request, source.name, found.key, language)
    return page(request, source, found, refused(form, side_by_side.of(found, language)))


def refused(form, sheet):
    """The form with all that was typed, beside both texts as they are by now; saving again counts as decided."""
    data = form.data.copy()
    data["seen"] = sheet.digest
    anew = TranslationForm(data, sheet=sheet)
    anew.is_valid()
    for error in form.non_field_errors():
        anew.add_error(None, error)
    anew.was_overtaken = form.data.get("seen") != sheet.digest
    return anew


def giving(request, source, found, language):
    """Where the reader gives a text to somebody; empty for who may not."""
    if not request.reader.coordinates(found):
        return ""
    return reverse("translation-give", args=[source.name, found.key, language])


def page(request, source, found, form, bringing=None):
    """Both languages beside each other, with what changed in the original since it was translated."""
    was_overtaken = getattr(form, "was_overtaken", False)
    language, rows = form.sheet.language, []
    for passage, field in form.pairs:
        mine = (field.value() or "").replace("\r\n", "\n").strip()
        differs = was_overtaken and mine != passage.translation
        rows.append(
            {
                "passage": passage,
                "field": field,
                "gloss": glossary.gloss(passage.original, found.original_language, language),
                "changed": changes.of(passage.was, passage.original) if passage.has_changed else None,
                "quarrel": changes.of(passage.translation, mine) if differs else None,
            }
        )
    context = {
        "source": source,
        "thing": found,
        "title": source.title(found, found.original_language),
        "place": source.place(found, get_language()),
        "parts": source.parts(found, request.reader, language),
        "language": language,
        "assignment": translating.given(source, language, [found.pk]).get(found.pk),
        "give": giving(request, source, found, language),
        "form": form,
        "rows": rows,
        "terms": glossary.agreed_in(row["gloss"] for row in rows),
        "gone": form.gone(),
        "bringing": bringing or BroughtForm(),
        **source.files(found, language),
        "was_overtaken": was_overtaken,
        "states": [
            form.sheet.state_of(group) for group in ("card", "body") if group == "card" or form.sheet.long
        ],
    }
    is_refused = form.is_bound or bringing is not None
    status = 409 if was_overtaken else 422 if is_refused else 200
    return render(request, "portal/translation.html", context, status=status)
