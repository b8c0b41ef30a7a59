"""Rounds of comments on sample papers: opened, heard, answered."""

from consultations.models import Comment
from consultations.operations import comment_answers, comment_rounds, comments, drafting, sample_people


def hold(workshop, facts, *, closes_at):
    """Open a round, hear what members say; one without a deadline is over, and what was said is answered."""
    comment_round = comment_rounds.open(
        workshop.paper,
        closes_at=closes_at,
        time_zone=facts.get("time_zone", "UTC"),
        by=workshop.by,
    )
    for comment in facts["comments"]:
        _comment(workshop, comment_round, comment)
    if "closes_at" not in facts:
        comment_rounds.close(comment_round, by=workshop.by)
    for answer in facts["answers"]:
        _answer(workshop, answer)


def _comment(workshop, comment_round, facts):
    organization = workshop.shelf.rows[facts["from"]]
    if not organization.is_member:
        return
    workshop.comments[facts["name"]] = (
        facts["at"],
        comments.write(
            comment_round,
            paragraph=workshop.paragraph(facts["at"]),
            organization=organization,
            kind=Comment.Kind.PROPOSAL if "proposed" in facts else Comment.Kind.COMMENT,
            language=facts["language"],
            text=facts["text"],
            proposed=facts.get("proposed", ""),
            consent=facts["consent"],
            by=sample_people.lead_of(organization),
        ),
    )


def _answer(workshop, facts):
    if not {facts["to"], facts.get("into", facts["to"])} <= workshop.comments.keys():
        return
    at, comment = workshop.comments[facts["to"]]
    comment.refresh_from_db()
    said = {
        "version": comment.version,
        "answer": facts.get("answer", ""),
        "language": facts["language"],
        "by": workshop.by,
    }
    number = drafting.last_number(comment.paragraph.section, workshop.original)
    if facts["fate"] == "accepted":
        comment_answers.accept(comment, number=number, **said)
    elif facts["fate"] == "adapted":
        comment_answers.adapt(comment, number=number, markdown=facts["lands"][workshop.original], **said)
    elif facts["fate"] == "merged":
        comment_answers.merge(comment, into=workshop.comments[facts["into"]][1], **said)
    else:
        comment_answers.decline(comment, **said)
    if "lands" in facts:
        workshop.translate_one(workshop.paragraph(at), facts["lands"])
