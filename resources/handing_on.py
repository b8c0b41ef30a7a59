"""What a campaign gives to hand on: words, files, and the picture that stands for it where it is shared."""

from dataclasses import dataclass

from resources.models import CampaignMaterial, CampaignPicture


@dataclass(frozen=True)
class Part:
    """What its page shows of that; `drawn` are those pictures of the portal in whose place no other was put."""

    share: object
    materials: list
    drawn: list
    picture: CampaignMaterial | CampaignPicture | None


def on_page(campaign, reader, language):
    """The picture is in the language, or for all languages, else in the campaign's own."""
    rows = CampaignMaterial.objects.visible_to(reader).filter(campaign=campaign)
    materials = list(rows.select_related("file").in_order())
    own = {row.language: row for row in materials if row.is_share_picture}
    drawn = [] if "" in own else [row for row in drawn_of(campaign, reader) if row.language not in own]
    pictures = own | {row.language: row for row in drawn}
    order = (language, "", campaign.original_language)
    picture = next((pictures[code] for code in order if code in pictures), None)
    return Part(campaign.share_text(language), materials, drawn, picture)


def drawn_of(campaign, reader):
    """The pictures of a campaign that the portal has drawn, one in each language of its readers."""
    rows = CampaignPicture.objects.visible_to(reader).made().filter(campaign=campaign)
    return rows.order_by("language")
