"""The list of papers, the page of one for its readers, its earlier versions."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Case, F, OuterRef, Subquery, When
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from consultations import commenting, provenance, publication, signing, word_texts
from consultations.forms.papers import PaperFilters, PaperForm
from consultations.models import CommentRound, Consultation, Paper, PaperVersion
from consultations.operations import word_drafts
from consultations.permissions import can_draft, can_edit, can_translate_paper, can_write_paper
from consultations.views.sections import tell_of
from portal import languages, panels, translating
from portal.converters import by_address
from portal.models import Objective, Process
from portal.offline import may_be_kept
from portal.permissions import require
from portal.views.records import Editor

PER_PAGE = 50
# What others put on the page of a paper: (template, function), each of which says what its template shows, or None.
PARTS = [
    ("consultations/_paper_publication.html", publication.on_page),
    ("consultations/_paper_comment_rounds.html", commenting.on_page),
    ("consultations/_paper_signatures.html", signing.on_page),
]


class PaperEditor(Editor):
    """The pages of a paper's facts; a new one leads on to its draft, where it is written."""

    def new(self, request):
        """Begin one."""
        require(self.may_begin(request.user))
        sent = (request.POST, request.FILES) if request.method == "POST" else ()
        form = self.form(*sent, request=request, original=request.GET.get("original"))
        if not sent or not form.carry_out(self.create, by=request.user):
            return self.page(request, form, status=422 if sent else 200)
        messages.success(request, _("The paper is begun. Only those who write it see the draft."))
        tell_of(request, form)
        return redirect(form.result)


editor = PaperEditor(
    name="paper",
    model=Paper,
    form=PaperForm,
    heads=(_("Begin a paper"), _("Edit the paper")),
    listing="consultations:papers",
    may_begin=can_draft,
    operations=word_drafts,
)


@login_not_required
@require_safe
def papers(request):
    """What one can comment on or endorse, by what closes first, then what is published and what is being written."""
    filters, rows = narrowed(request)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    written = Paper.objects.visible_to(request.reader).written_by(request.reader)
    written = set(written.filter(pk__in=[row.pk for row in page.object_list]).values_list("pk", flat=True))
    now = timezone.now()
    context = {
        "filters": filters,
        "page": page,
        "rows": [(row, act(request.reader, row, now, writes=row.pk in written)) for row in page.object_list],
        "now": now,
        "can_draft": can_draft(request.user),
        "translated": to_translate(request.reader),
    }
    return render(request, "consultations/papers.html", context)


def narrowed(request):
    """The filters, each offering only what leads to something, and what they let through."""
    rows = Paper.objects.visible_to(request.reader).exclude(status=Paper.Status.WITHDRAWN)
    processes = Process.objects.visible_to(request.reader).filter(papers__in=rows).distinct()
    filters = PaperFilters(
        request.GET,
        statuses=rows.order_by().values_list("status", flat=True).distinct(),
        kinds=rows.order_by().values_list("kind", flat=True).distinct(),
        objectives=Objective.objects.filter(paper__in=rows).distinct().order_by("number"),
        processes=processes.order_by(F("begins_on").desc(nulls_last=True), "-pk"),
    )
    rounds = CommentRound.objects.visible_to(request.reader).filter(paper=OuterRef("pk"), closed_at=None)
    rows = rows.matching(**filters.wanted()).annotate(
        comment_by=Subquery(rounds.values("closes_at")[:1]),
        comment_zone=Subquery(rounds.values("time_zone")[:1]),
        comment_round=Subquery(rounds.values("key")[:1]),
        endorse_by=Case(When(status=Paper.Status.SIGN_ON, then=F("sign_on_closes_at"))),
        due_at=Coalesce("endorse_by", "comment_by"),
    )
    order = (F("due_at").asc(nulls_last=True), F("published_at").desc(nulls_last=True), "-changed_at", "-pk")
    return filters, rows.as_rows().order_by(*order)


def act(reader, paper, now, *, writes):
    """What this reader can do with a paper in the list: "endorse", "comment", "write", or nothing but read it."""
    leads = any(row.is_member and pk in reader.led_ids for pk, row in reader.organizations.items())
    if leads and paper.takes_signatures(now):
        return "endorse"
    if reader.is_member and paper.comment_by and paper.comment_by > now:
        return "comment"
    return "write" if writes and paper.is_writable else ""


def to_translate(reader):
    """What a translator is asked for who does not write it: papers whose text stands in need of other languages."""
    if reader.is_anonymous or reader.coordinates_everything:
        return []
    rows = Paper.objects.visible_to(reader, translating=True).translated_by(reader)
    rows = rows.exclude(pk__in=Paper.objects.visible_to(reader).written_by(reader).values("pk"))
    return rows.filter(status__in=Paper.WRITABLE).as_rows().order_by("-changed_at", "-pk")[:PER_PAGE]


@login_not_required
@require_safe
@may_be_kept
def paper(request, key):
    """One paper: the newest text that this reader may see, where it comes from, what others put beside it."""
    rows = Paper.objects.visible_to(request.reader, even_withdrawn=True).as_rows().select_related("document")
    found = get_object_or_404(rows.prefetch_related("moved_dates"), **by_address(key))
    if found.status == Paper.Status.WITHDRAWN and not can_write_paper(request.user, found):
        return render(request, "consultations/paper_gone.html", {"paper": found}, status=410)
    if key != found.address_key:
        return redirect(found, permanent=True)
    shown = versions_of(request.reader, found).filter(shown_at__isnull=False)
    return page(request, found, shown.with_texts().order_by("-number").first())


@login_not_required
@require_safe
def version(request, key):
    """A version that is not the newest any more, or not shown yet; it says so."""
    chosen = get_object_or_404(PaperVersion.objects.visible_to(request.reader).with_texts(), key=key)
    rows = Paper.objects.visible_to(request.reader).as_rows().prefetch_related("moved_dates")
    return page(request, get_object_or_404(rows, pk=chosen.paper_id), chosen)


@login_not_required
@require_safe
def word_file(request, key):
    """A version as a Word file, in the language of the page or the one that there is."""
    chosen = get_object_or_404(PaperVersion.objects.visible_to(request.reader).with_texts(), key=key)
    text = chosen.text_in(languages.supported(request.GET.get("language"), get_language()))
    if text is None:
        raise Http404
    return word_texts.answer(word_texts.of_version(text))


def versions_of(reader, paper):
    return PaperVersion.objects.visible_to(reader).filter(paper=paper)


def page(request, paper, version):
    """A paper with the text of one of its versions, if there is one."""
    reader, language = request.reader, get_language()
    versions = list(versions_of(reader, paper).order_by("-number"))
    joined = parts(PARTS, paper, reader, language)
    steps = (part for _template, part in joined if isinstance(part, publication.Part) and part.can_manage)
    newest = next((row for row in versions if row.shown_at), None)
    can_translate = can_translate_paper(request.user, paper)
    context = {
        "paper": paper,
        "version": version,
        "versions": [
            (row, languages.best(row.change_note, language, paper.original_language)) for row in versions
        ],
        "newest": newest if version and newest and newest.number > version.number else None,
        "now": timezone.now(),
        "process": Process.objects.visible_to(reader).filter(pk=paper.process_id).first(),
        "consultation": Consultation.objects.visible_to(reader).filter(pk=paper.consultation_id).first(),
        "can_edit": can_edit(request.user, paper),
        "can_write": can_write_paper(request.user, paper),
        "can_translate": can_translate,
        "translates": translating.languages_for(paper, "paper", reader) if can_translate else [],
        "parts": joined,
        "steps": next(steps, None),
        "picture": next(
            (part.picture for _template, part in joined if isinstance(part, publication.Part)), None
        ),
        "panels": panels.of(paper, reader, language),
    }
    return render(request, "consultations/paper.html", context | read(version, reader, language))


def read(version, reader, language):
    """The text of a version: in the language, else in another, and under each section where it comes from."""
    text = version.text_in(language) if version else None
    if text is None:
        return {"text": None, "sections": []}
    drawn = provenance.behind(text, reader)
    sections = []
    for number, (section, html) in enumerate(zip(text.sections, text.html, strict=True), 1):
        headings = (block["markdown"] for block in section["paragraphs"] if block["is_heading"])
        sections.append((number, section["key"], next(headings, ""), html, drawn.get(section["key"])))
    return {
        "text": text,
        "sections": sections,
        "text_languages": [row.language for row in version.texts.all()],
    }


def parts(joined, paper, reader, language):
    """[(template, what it shows)] of what others put on a page of this paper."""
    found = [(template, give(paper, reader, language)) for template, give in joined]
    return [(template, part) for template, part in found if part is not None]
