"""What is told to an organization without account that signs an open letter, at the address that it gave."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consultations import clocks
from consultations.models import OutsideSigner
from portal import clock
from portal.models import Recipient
from portal.notifications import Kind, register


class OfSignature(Kind):
    """About one signature, to the address that was given for it alone. It names nobody: a stranger may have typed it."""

    model = OutsideSigner
    can_be_left = is_listed = is_kept = False
    why = _("somebody entered this address to sign an open letter")
    beside = ("paper_version__paper",)

    @staticmethod
    def recipients(signer):
        return Recipient.objects.filter(pk=signer.recipient_id)

    @staticmethod
    def address(signer):
        return reverse("consultations:signature-letter", args=[signer.token])

    @staticmethod
    def context(signer, language, recipient=None):
        paper = signer.paper_version.paper
        return {
            "title": paper.text("title", language),
            "closes": "; ".join(clocks.said(paper.sign_on_closes_at, paper.time_zone)),
        }


@register
class SignatureAsked(OfSignature):
    """With the link that confirms, while it does: nothing is signed before its button is pressed."""

    name = "signature-asked"
    label = _("A signature under an open letter is to be confirmed")
    priority = 1
    action = _("Confirm the signature")

    @classmethod
    def sees(cls, reader, signer):
        waits = signer.status == OutsideSigner.Status.UNCONFIRMED
        return (
            waits
            and signer.recipient == reader.recipient
            and signer.paper_version.paper.takes_signatures(clock.now())
        )


@register
class SignatureAnswered(OfSignature):
    """Accepted or not, with a coordinator's word; the link takes the signature back."""

    name = "signature-answered"
    label = _("A coordinator has looked at a signature")
    priority = 3
    action = _("Open the signature")

    @classmethod
    def sees(cls, reader, signer):
        is_answered = signer.status in {OutsideSigner.Status.ACCEPTED, OutsideSigner.Status.DECLINED}
        return is_answered and signer.recipient == reader.recipient

    @staticmethod
    def context(signer, language, recipient=None):
        is_accepted = signer.status == OutsideSigner.Status.ACCEPTED
        said = OfSignature.context(signer, language)
        return said | {"is_accepted": is_accepted, "answer": signer.answer}
