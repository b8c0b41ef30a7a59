"""What rounds of comments tell: that one opens, that one's own comment is still missing, what became of it."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from consultations import clocks
from consultations.models import Comment, CommentRound, Contribution, Paper
from portal import clock, dates
from portal.models import Organization
from portal.notifications import Kind, register


class OfRound(Kind):
    """About a round that is open: told while it is."""

    model = CommentRound
    priority = 8
    action = _("Comment on the draft")
    why = _("your organization is a member")
    beside = ("paper",)

    @classmethod
    def rows(cls, reader):
        return super().rows(reader).open(clock.now())

    @classmethod
    def sees(cls, reader, comment_round):
        return cls.rows(reader).filter(pk=comment_round.pk).exists()

    @staticmethod
    def is_neutral(comment_round):
        return comment_round.paper.access == Paper.Access.INVITED

    @staticmethod
    def context(comment_round, language, recipient=None):
        closes, zone = comment_round.closes_at, comment_round.time_zone
        return {
            "title": comment_round.text("title", language),
            "summary": comment_round.text("summary", language),
            "number": comment_round.number,
            "closes_on": closes.astimezone(dates.zone_of(zone)).date(),
            "closes": "; ".join(clocks.said(closes, zone)),
        }


@register
class CommentsOpened(OfRound):
    name = "comments-opened"
    label = _("The draft of a paper is open for comments")

    @staticmethod
    def organizations(comment_round):
        return Organization.objects.members()


@register
class CommentsMissing(OfRound):
    """Once, before the deadline, to those who have said nothing in this round."""

    name = "comments-missing"
    label = _("Your comments on the draft of a paper are missing")

    @staticmethod
    def organizations(comment_round):
        said = Comment.objects.standing().filter(round=comment_round.pk, organization=OuterRef("pk"))
        return Organization.objects.members().exclude(Exists(said))

    @classmethod
    def sees(cls, reader, comment_round):
        missing = cls.organizations(comment_round).filter(pk__in=reader.organizations.keys())
        return super().sees(reader, comment_round) and missing.exists()


@register
class CommentAnswered(Kind):
    """To the people of the organization that made the comment, as long as the answer stands."""

    name, model = "comment-answered", Comment
    label = _("A comment of your organization is answered")
    priority = 4
    action = _("Read the answer")
    why = _("your organization made this comment")
    beside = ("round__paper",)

    @staticmethod
    def organizations(comment):
        return Organization.objects.filter(pk=comment.organization_id)

    @classmethod
    def rows(cls, reader):
        own = super().rows(reader).filter(organization__in=reader.organizations.keys())
        return own.filter(status__in=Comment.DECIDED)

    @classmethod
    def sees(cls, reader, comment):
        return cls.rows(reader).filter(pk=comment.pk).exists()

    @staticmethod
    def is_neutral(comment):
        """What is shown to nobody is not named in a mailbox either."""
        is_kept = comment.consent == Contribution.Consent.NEVER
        return is_kept or comment.round.paper.access == Paper.Access.INVITED

    @staticmethod
    def context(comment, language, recipient=None):
        return {
            "title": comment.round.text("title", language),
            "state": comment.get_status_display(),
            "answer": comment.answer,
        }
