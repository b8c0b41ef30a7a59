"""How allauth speaks to people: in their own language, through the same deliveries as everything else."""

import hashlib
import hmac

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from portal import languages, proofs
from portal.models import Recipient
from portal.operations import account_mail

UNKNOWN, CODE = "account/email/unknown_account", "account/email/login_code"


class AccountAdapter(DefaultAccountAdapter):
    """Keeps a new person's language, writes to people in theirs, and tells nobody's network address to anything."""

    def save_user(self, request, user, form, commit=True):
        user.language = languages.supported(translation.get_language())
        user = super().save_user(request, user, form, commit=commit)
        if commit:
            Recipient.objects.keep_for_person(user)
        return user

    def send_mail(self, template_prefix, email, context):
        """Queue a message; what is said to unknown accounts is written like a code, and goes to nobody."""
        is_for_nobody = template_prefix == UNKNOWN
        with translation.override(account_mail.language_at(email)):
            words = {"email": email, "code": "", "sign_in_url": settings.SITE_URL + reverse("account_login")}
            message = self.render_mail(CODE if is_for_nobody else template_prefix, email, words | context)
            account_mail.write(email, subject=message.subject, body=message.body, is_for_nobody=is_for_nobody)

    def is_reauthentication_required(self, *, app, **kwargs):
        """Raise rather than say yes: allauth would not ask who has neither password nor second factor."""
        proofs.require(self.request)
        return False

    def get_reauthentication_methods(self, user):
        """A code by mail, for those whom allauth can ask for nothing else."""
        by_mail = {"id": "proof", "description": _("A code by e-mail"), "url": reverse("proof")}
        return super().get_reauthentication_methods(user) or [by_mail]

    def is_safe_url(self, url):
        """Only addresses of this very host; what cannot be read as an address is none, and no error either."""
        return bool(proofs.ours(self.request, url))

    def format_email_subject(self, subject):
        return str(subject)

    def get_client_ip(self, request):
        """A keyed hash that changes daily: enough to count attempts, nothing to find anybody by."""
        address = super().get_client_ip(request)
        said = f"{timezone.now():%Y-%m-%d}:{address}"
        return hmac.new(settings.SECRET_KEY.encode(), said.encode(), hashlib.sha256).hexdigest()
