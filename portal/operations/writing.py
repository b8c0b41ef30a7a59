"""What a message says: rendered once for all who read it in one language, with gaps for what is each reader's own."""

import re
from datetime import UTC
from functools import lru_cache
from types import SimpleNamespace

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal import branding, items, tokens
from portal.mail.letters import Addressee, Letter, Marks, Part, own_domain

NEUTRAL, ACCOUNT = "neutral", "account"
STOP, CHOICES = "stop", "choices"
GAP = re.compile(r"\n\s*\n\s*\n")


def letter(told, language, *, named, recipient=None):
    """Write what is told in one language, to readers with a name or without."""
    kind, thing, marks = told.kind, told.thing, Marks()
    with translation.override(language), timezone.override(UTC):
        context = _frame(kind, thing, language, marks, named=named)
        if told.is_neutral:
            context |= {"action": _("Sign in and read"), "why": _("you have an account on this portal")}
            return _compose(NEUTRAL, context, marks, [], _list_headers(NEUTRAL))
        context |= {"thing": thing} | kind.context(thing, language, recipient)
        files = kind.attachments(thing, recipient)
        return _compose(kind.name, context, marks, files, _list_headers(kind.name))


def sample(kind, thing, language):
    """Subject and plain text of a message, as somebody without a name reads it in one language."""
    told = SimpleNamespace(kind=kind, thing=thing, is_neutral=kind.is_neutral(thing))
    found = letter(told, language, named=False)
    nobody = Addressee(address="", message_id="", settings_url="…", leave_url="…")
    return found.subject, found.text.text(nobody)


def account_letter(mail):
    """The letter of a message about one's own account, whose text stands in its row."""
    marks = Marks()
    with translation.override(mail.delivery.lang):
        context = dict.fromkeys(("action_url", "action", "why", "settings_url", "leave_url"), "")
        context |= {"subject": mail.subject, "name": "", "language": mail.delivery.lang}
        paragraphs = [part.strip() for part in mail.body.split("\n\n")]
        # An address of ours that stands alone may be clicked.
        links = [part for part in paragraphs if part.startswith(f"{settings.SITE_URL}/") and " " not in part]
        context |= {"paragraphs": paragraphs, "links": links}
        return _compose(ACCOUNT, context, marks, [], {})


def addressee(kind, lease, holder):
    """What differs in one reader's copy."""
    urls = {}
    if kind is not None:
        urls["settings_url"] = _link(
            "choices", lease.language, tokens.make_for(CHOICES, holder.key, holder.nonce)
        )
        if kind.can_be_left:
            token = tokens.make_for(f"{STOP}:{kind.name}", holder.key, holder.nonce)
            urls["leave_url"] = _link("stop-messages", lease.language, token)
    return Addressee(address=holder.address, message_id=lease.message_id, name=holder.name, **urls)


@lru_cache(maxsize=64)
def _prefix(site, view, language):
    """What stands before the token in an address; looking addresses up takes longer than filling in a letter."""
    with translation.override(language):
        return site + reverse(view, args=["token"]).removesuffix("token/")


def _link(view, language, token):
    return f"{_prefix(settings.SITE_URL, view, language)}{token}/"


def _frame(kind, thing, language, marks, *, named):
    """What every template reads."""
    return {
        "name": marks.words["name"] if named else "",
        "action_url": settings.SITE_URL + kind.address(thing),
        "action": str(kind.action),
        "why": str(kind.why),
        "settings_url": marks.words["settings_url"],
        "leave_url": marks.words["leave_url"] if kind.can_be_left else "",
        "language": language,
    }


def _compose(folder, context, marks, files, headers):
    if "subject" not in context:
        context["subject"] = items.subject(folder, context)
    return Letter(
        subject=context["subject"],
        language=context["language"],
        # What a template leaves out leaves one empty line, not several.
        text=Part(
            GAP.sub("\n\n", _render(f"emails/{folder}/body.txt", context, escaped=False)), "text/plain", marks
        ),
        html=Part(_render(f"emails/{folder}/body.html", context, escaped=True), "text/html", marks),
        files=files,
        headers=headers,
        sender_name=branding.name(),
    )


def _render(name, context, *, escaped):
    return get_template(name).template.render(Context(context, autoescape=escaped))


def _list_headers(word):
    """How mail programs sort our messages and mail services count them."""
    return {"List-Id": f"<{word}.{own_domain()}>", "Feedback-ID": f"{word}:notice:portal:{own_domain()}"}
