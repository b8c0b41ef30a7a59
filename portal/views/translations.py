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
        "rows": rows_of(request.reader, page.object_list, language, now),
        "sources": translating.registry.values(),
        "states": [TextState.State(state) for state in translating.WAITING],
        "chosen": chosen,
    }
    return render(request, "portal/translations.html", context)


def rows_of(reader, found, language, now):
    """The rows of the desk with the things that they are about and who has them; a few queries for each source among them."""
    found, here = list(found), get_language()
    things = {
        name: translating.of(name).named([row["thing"] for row in found if row["source"] == name])
        for name in {row["source"] for row in found}
    }
    given = {
        name: translating.given(translating.of(name), language, there.values())
        for name, there in things.items()
    }
    progress = {
        name: translating.of(name).progress(list(there), reader, language, now)
        for name, there in things.items()
    }
    return [
        {
            "source": source,
            "title": source.title(thing, here),
            "place": source.place(thing, here),
            "state": TextState.State(translating.WAITING[row["rank"]]),
            "words": row["words"],
            "due": row["due"],
            "assignment": given[source.name].get(thing.pk),
            "progress": progress[source.name].get(thing.pk),
            "give_whole": giving_whole(reader, source, thing, language),
            "address": source.address(thing, language),
        }
        for row in found
        if (source := translating.of(row["source"])) and (thing := things[source.name].get(row["thing"]))
    ]


def translation(request, name, key, language):
    """Write a text in another language; what somebody saved meanwhile is shown beside what was typed."""
    source, found = one_here(request, name, key, language)
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


def one_here(request, name, key, language):
    """The same, of what is translated on a page like this one."""
    source, found = one(request, name, key, language)
    if source.address(found, language) != reverse("translation", args=[name, key, language]):
        raise Http404
    return source, found


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


def holding(reader, source, thing, language):
    """Who has a text, and where a reader who coordinates it takes it back, gives it to somebody, or all that it is a part of."""
    assignment = translating.given(source, language, [thing]).get(thing.pk)
    whole = giving_whole(reader, source, thing, language)
    if assignment is not None and assignment.source == source.whole:
        held, now = assignment.object_id, timezone.now()
        progress = translating.of(source.whole).progress([held], reader, language, now)
        return {"assignment": assignment, "progress": progress.get(held), "give": whole}
    alone = source.giving(thing, language) if reader.coordinates(thing) else ""
    return {"assignment": assignment, "give": alone, "give_whole": whole}


def giving_whole(reader, source, thing, language):
    """Where the reader gives somebody all that a text is a part of; empty where it is none, and for who may not."""
    if not source.whole or not reader.coordinates(thing):
        return ""
    return translating.of(source.whole).giving(source.whole_of(thing), language)


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
        **holding(request.reader, source, found, language),
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
