"""What pages are about, in the words of schema.org (JSON-LD): meetings as events, texts as articles, listed organizations.

Pages give it to the signed-out alone (marks.py), so that nothing stands in it that not everybody may see.
"""

from django.conf import settings

from consultations.models import Consultation, Paper
from portal import branding
from portal.models import Organization, Shown
from portal.pages.machines import public, things
from resources.models import Document

WORDS = "https://schema.org"
WAYS = {
    Consultation.Mode.ONLINE: "OnlineEventAttendanceMode",
    Consultation.Mode.IN_PERSON: "OfflineEventAttendanceMode",
    Consultation.Mode.HYBRID: "MixedEventAttendanceMode",
}
VIRTUAL = (Consultation.Mode.ONLINE, Consultation.Mode.HYBRID)


def of(thing, language, *, address, picture="", sittings=()):
    """What is known of a thing, without what is not known; None where these words have none for it."""
    if isinstance(thing, Consultation):
        found = consultation(thing, language, address, sittings)
    elif isinstance(thing, Document | Paper):
        found = article(thing, language, picture)
    elif isinstance(thing, Organization) and thing.in_directory:
        found = organization(thing, language)
    else:
        return None
    return known({"@context": WORDS, "url": address} | found)


def known(found):
    """Without what is empty."""
    return {name: value for name, value in found.items() if value}


def portal():
    return {"@type": "Organization", "name": str(branding.name()), "url": settings.SITE_URL}


def consultation(row, language, address, sittings):
    """A consultation as an event, its meetings as the events that it is made of."""
    where = [{"@type": "VirtualLocation", "url": address}] if row.mode in VIRTUAL else []
    where += [{"@type": "Place", "name": row.place, "address": row.place}] if row.place else []
    return {
        "@type": "Event",
        "name": row.text("title", language).text,
        "description": row.text("summary", language).text,
        "startDate": things.day(row.begins_on, row.begins_precision),
        "endDate": things.day(row.ends_on, row.ends_precision),
        "eventAttendanceMode": row.mode in WAYS and f"{WORDS}/{WAYS[row.mode]}",
        "location": where,
        "inLanguage": row.interpretation,
        "organizer": portal(),
        "subEvent": [meeting(one.meeting, language, where) for one in sittings if one.meeting.starts_at],
    }


def meeting(row, language, where):
    status = "EventCancelled" if row.cancelled_at else "EventScheduled"
    return known(
        {
            "@type": "Event",
            "name": row.text("title", language).text,
            "startDate": row.starts_at.isoformat(),
            "endDate": row.ends_at and row.ends_at.isoformat(),
            "eventStatus": f"{WORDS}/{status}",
            "location": where,
        }
    )


def article(row, language, picture):
    """A document or a paper, with the files in which a document can be read."""
    files = [things.file(row, one) for one in row.files.all()] if isinstance(row, Document) else []
    moment = row.published_at
    return {
        "@type": "Article",
        "headline": row.text("title", language).text,
        "description": row.text("summary", language).text,
        "inLanguage": [one["language"] for one in files] or public.readable(row),
        "datePublished": things.day(row.begins_on, row.begins_precision) or (moment and moment.isoformat()),
        "dateModified": row.changed_at.isoformat(),
        "license": getattr(row, "licence", ""),
        "image": picture,
        "publisher": portal(),
        "encoding": [
            {
                "@type": "MediaObject",
                "encodingFormat": one["media_type"],
                "contentUrl": one["address"],
                "inLanguage": one["language"],
            }
            for one in files
        ],
    }


def organization(row, language):
    """A listed organization: its name, and beside it what it chose to show."""
    shown = {
        Shown.ACRONYM: ("alternateName", row.acronym),
        Shown.SUMMARY: ("description", row.text("summary", language).text),
        Shown.COUNTRY: (
            "address",
            row.country and {"@type": "PostalAddress", "addressCountry": row.country.iso2},
        ),
        Shown.SPOKEN: ("knowsLanguage", row.spoken),
        Shown.WEBSITE: ("sameAs", row.website),
    }
    chosen = dict(pair for fact, pair in shown.items() if fact in row.shown)
    return {"@type": "Organization", "name": row.text("name", language).text} | chosen
