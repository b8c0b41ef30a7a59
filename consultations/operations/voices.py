"""Voices: written down by an organization, used while the person's consent stands, withdrawn from every place."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from consultations.models import Voice, VoiceConsent, VoiceUse
from portal import clock
from portal.errors import Refused
from portal.models import Organization
from portal.operations import log, publication
from resources.models import Document

Purpose = VoiceConsent.Purpose
LONGEST_QUOTATION = 600
LONGEST_CONSENT = timedelta(days=3 * 366)


@transaction.atomic
def give(
    organization, *, objectives=(), purposes, consent_language, text_version, agreed_on, ends_on, by, **facts
):
    """Write down what a person told, with the purposes that she agreed to."""
    if organization.status != Organization.Status.VERIFIED:
        raise Refused(_("Only verified organizations give voices."), "organization")
    voice = Voice.objects.create(organization=organization, given_by=by, **_placed(facts))
    voice.objectives.set(objectives)
    log.record("voice given", voice, by=by)
    return consent(
        voice,
        purposes=purposes,
        consent_language=consent_language,
        text_version=text_version,
        agreed_on=agreed_on,
        ends_on=ends_on,
        by=by,
    )


@transaction.atomic
def edit(voice, *, version, objectives=(), by, **facts):
    """Change what was written down; a passage that is used and no longer stands in it is used no more."""
    voice = _locked(voice)
    _refuse_withdrawn(voice)
    if version != voice.version:
        raise Refused(_("Somebody else saved this while you were writing. Compare both texts below."))
    passages = {use.pk: use.words for use in voice.uses.all()}
    was_whole = {use.pk for use in voice.uses.all() if use.words == voice.text}
    for name, value in _placed(facts).items():
        setattr(voice, name, value)
    voice.version += 1
    voice.save()
    voice.objectives.set(objectives)
    for use in voice.uses.all():
        _follow(use, voice, voice.text if use.pk in was_whole else passages[use.pk])
    log.record("voice changed", voice, by=by)
    return voice


@transaction.atomic
def consent(voice, *, purposes, consent_language, text_version, agreed_on, ends_on, by):
    """Record that the person agreed to these purposes, anew or for the first time; the others stay as they are."""
    voice, today = _locked(voice), clock.now().date()
    _refuse_withdrawn(voice)
    if agreed_on > clock.latest_day():
        raise Refused(_("This day is still to come."), "agreed_on")
    if not today <= ends_on <= today + LONGEST_CONSENT:
        raise Refused(_("A consent ends on a day that lies ahead, within three years."), "ends_on")
    for purpose in purposes:
        VoiceConsent.objects.update_or_create(
            voice=voice,
            purpose=purpose,
            withdrawn_at=None,
            defaults={
                "text_version": text_version,
                "language": consent_language,
                "agreed_on": agreed_on,
                "ends_on": ends_on,
                "recorded_at": clock.now(),
            },
        )
    log.record("consent to a voice recorded", voice, by=by)
    return voice


@transaction.atomic
def withdraw(voice, *, purposes=(), everything=False, by):
    """Take the consent to some purposes back; or to everything, and then the words themselves are gone."""
    voice = _locked(voice)
    _refuse_withdrawn(voice)
    if not purposes and not everything:
        raise Refused(_("Choose what the person withdraws."), "purposes")
    consents = voice.consents.filter(withdrawn_at__isnull=True)
    uses, sources = voice.uses.all(), voice.sources.all()
    if not everything:
        consents, uses = consents.filter(purpose__in=purposes), uses.filter(purpose__in=purposes)
        sources = sources.filter(purpose__in=purposes)
    consents.update(withdrawn_at=clock.now())
    places = [use.place for use in uses.select_related("document", "campaign")]
    uses.delete()
    sources.delete()
    if everything:
        _empty(voice)
    for place in places:
        publication.changed(place)
    log.record("voice withdrawn" if everything else "consent to a voice withdrawn", voice, by=by)
    return voice


@transaction.atomic
def use(voice, *, purpose, document=None, campaign=None, passage="", by):
    """Show a voice, or a passage of it, in a document or a campaign, for a purpose that the person agreed to."""
    voice = _locked(voice)
    if not voice.consents.standing().filter(purpose=purpose).exists():
        raise Refused(_("The person has not agreed to this purpose."), "purpose")
    place = _place(purpose, document, campaign)
    passage = passage or voice.text
    if purpose == Purpose.QUOTATION and len(passage) > LONGEST_QUOTATION:
        raise Refused(
            _("A quotation has at most %(number)s characters. Choose a passage.")
            % {"number": LONGEST_QUOTATION},
            "passage",
        )
    begins = voice.text.find(passage)
    if begins < 0:
        raise Refused(_("These words do not stand in the voice. Copy them as they are."), "passage")
    made, _made = VoiceUse.objects.get_or_create(
        voice=voice,
        purpose=purpose,
        begins=begins,
        ends=begins + len(passage),
        **place,
        defaults={"used_by": by},
    )
    publication.changed(made.place)
    log.record("voice used", voice, by=by)
    return made


@transaction.atomic
def remove_use(use, *, by):
    """Take a voice away from a place."""
    voice, place = _locked(use.voice), use.place
    use.delete()
    publication.changed(place)
    log.record("voice no longer used", voice, by=by)
    return voice


def past():
    """The voices that nobody has been allowed to use for as long as their words are kept."""
    limit = clock.now() - timedelta(days=settings.KEEP_VOICES_DAYS)
    lately = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=limit)
    usable = VoiceConsent.objects.filter(lately, voice=OuterRef("pk"), ends_on__gt=limit.date())
    return Voice.objects.filter(~Exists(usable), withdrawn_at__isnull=True, given_at__lte=limit)


def past_consents():
    """What was agreed to for voices whose words have been gone for as long again."""
    limit = clock.now() - timedelta(days=settings.KEEP_VOICES_DAYS)
    return VoiceConsent.objects.filter(voice__withdrawn_at__lte=limit)


@transaction.atomic
def forget():
    """Empty the voices that nobody has been allowed to use for as long as their words are kept."""
    ids = list(past().values_list("pk", flat=True))
    for voice in Voice.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"):
        voice.uses.all().delete()
        voice.sources.all().delete()
        _empty(voice)
        log.record("voice forgotten", voice, by=None)


def _empty(voice):
    voice.text = voice.alias = voice.place = ""
    voice.country, voice.wants_place, voice.withdrawn_at = None, False, clock.now()
    voice.version += 1
    voice.save()


def _placed(facts):
    """A place is kept only where the person wants it named."""
    if "place" in facts and not facts.get("wants_place"):
        return facts | {"place": ""}
    return facts


def _place(purpose, document, campaign):
    if purpose == Purpose.CAMPAIGN:
        if campaign is None:
            raise Refused(_("Choose the campaign."), "campaign")
        return {"document": None, "campaign": campaign}
    if document is None:
        raise Refused(_("Choose the document."), "document")
    if purpose == Purpose.BRIEFING and document.kind != Document.Kind.BRIEFING_NOTE:
        raise Refused(_("The person agreed to a briefing note; this document is none."), "document")
    return {"document": document, "campaign": None}


def _follow(use, voice, passage):
    """Let a use hold its passage where it now stands: not longer than a quotation is, and not twice in one place."""
    begins = voice.text.find(passage)
    is_too_long = use.purpose == Purpose.QUOTATION and len(passage) > LONGEST_QUOTATION
    there = {"document": use.document_id, "campaign": use.campaign_id, "purpose": use.purpose}
    others = voice.uses.exclude(pk=use.pk).filter(**there, begins=begins, ends=begins + len(passage))
    if begins < 0 or is_too_long or others.exists():
        use.delete()
    else:
        use.begins, use.ends = begins, begins + len(passage)
        use.save(update_fields=["begins", "ends"])


def _refuse_withdrawn(voice):
    if voice.is_withdrawn:
        raise Refused(_("This voice is withdrawn, and its words are gone."))


def _locked(voice):
    return Voice.objects.select_for_update(of=["self"], no_key=True).get(pk=voice.pk)
