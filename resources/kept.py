"""What the library and its neighbours keep: each field with its class (portal/data_map.py)."""

from portal.data_map import ARCHIVE, EDITORS, RECORD, Kept
from portal.kept import ORGANIZATIONS, PUBLISHED
from resources import models

KEPT = {
    models.ResourcePage: Kept(
        PUBLISHED,
        f"{RECORD} {ARCHIVE} status parent process position publish_at missed_at missed_because time_zone objectives",
        personal=f"{EDITORS} scheduled_by",
    ),
    models.PageAddress: Kept(PUBLISHED, "page slug"),
    models.PageSection: Kept(
        PUBLISHED,
        """original_language languages key page kind position title version process document_kind campaign objectives
        removed_at changed_at""",
        personal="changed_by",
    ),
    models.PageSectionEdit: Kept(
        PUBLISHED, "key section language title markdown edited_at", personal="edited_by"
    ),
    models.Attachment: Kept(PUBLISHED, "key page title language file added_at"),
    models.Campaign: Kept(
        PUBLISHED, f"{RECORD} {ARCHIVE} status process hashtag share_texts objectives", personal=EDITORS
    ),
    models.CampaignMaterial: Kept(PUBLISHED, "key campaign title language file is_share_picture added_at"),
    models.CampaignPicture: Kept(PUBLISHED, "campaign language digest file not_before attempts made_at"),
    models.Participation: Kept(
        ORGANIZATIONS,
        "key campaign",
        "organization line link shown version given_at withdrawn_at",
        personal="given_by",
    ),
    models.Document: Kept(
        PUBLISHED,
        f"""{RECORD} {ARCHIVE} status kind kind_word process about symbol pages document_languages told_languages
        has_endorsers is_outcome published_at withdrawn_at withdrawal_reason objectives principles regions""",
        personal=EDITORS,
    ),
    models.DocumentFile: Kept(PUBLISHED, "document language file"),
    models.FileReading: Kept(
        PUBLISHED, "file language cover width height transcript not_before attempts made_at"
    ),
    models.Practice: Kept(
        PUBLISHED,
        f"{RECORD} {ARCHIVE} status kind organization organization_words website objectives countries regions",
        personal=EDITORS,
    ),
    models.PlanAnswer: Kept(
        ORGANIZATIONS, organization="key practice organization words", personal="by at", about=("by",)
    ),
    models.Proposal: Kept(
        ORGANIZATIONS,
        organization="""key organization practice began_from kind access original_language texts begins_on
        begins_precision ends_on ends_precision website status version begun_at changed_at sent_at objectives countries
        regions""",
        personal="changed_by",
    ),
    models.ProposalMessage: Kept(
        ORGANIZATIONS, organization="key proposal step words is_from_moderators at", personal="by"
    ),
}
