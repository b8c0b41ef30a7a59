"""What consultations keep: each field with its class (portal/data_map.py)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from consultations import models
from portal.data_map import ARCHIVE, EDITORS, RECORD, Kept, Room
from portal.kept import CHOICES, ORGANIZATIONS, PUBLISHED

REGISTRATIONS = Room(
    _("Which organization takes part in a consultation, and what its people are written about it"),
    _("So that places are given in their order, and it is known who was asked"),
    _("As long as the consultation stands in the portal"),
)
DELEGATES = Room(
    _("Who comes to a consultation: name, e-mail address, language, and what that person needs to take part"),
    _("So that places, interpretation and access can be planned, and those who come are written to"),
    ngettext_lazy(
        "%(days)s day after the consultation is over", "%(days)s days after the consultation is over", "days"
    ),
    "KEEP_DELEGATES_DAYS",
)
ATTENDANCE = Room(
    _("Who came to a closed meeting"),
    _("So that it is known afterwards who was heard"),
    ngettext_lazy("%(days)s day after the meeting", "%(days)s days after the meeting", "days"),
    "KEEP_ATTENDANCE_DAYS",
)
ANSWERS = Room(
    _("What was answered in registering, and files that were sent with it"),
    _("So that it can be decided and prepared who takes part"),
    ngettext_lazy(
        "%(days)s day after the process is over", "%(days)s days after the process is over", "days"
    ),
    "KEEP_ANSWERS_DAYS",
)
CONTRIBUTIONS = Room(
    _("What an organization said: contributions, comments, priorities, reports"),
    _("So that it is heard, and can be followed into the text"),
    _("As long as the organization does not withdraw it; who wrote it until that person's account is closed"),
)
ENDORSEMENTS = Room(
    _("Who endorsed or signed which paper, and how that is shown"),
    _("So that a paper carries those who stand behind it"),
    _("As long as the paper stands, unless it is withdrawn"),
)
VOICES = Room(
    _("What somebody lived through, told through an organization under a name of that person's choice"),
    _("For the purposes to which that person agreed, and no other"),
    ngettext_lazy(
        "%(days)s day after the last consent at the latest",
        "%(days)s days after the last consent at the latest",
        "days",
    ),
    "KEEP_VOICES_DAYS",
)

KEPT = {
    models.AccreditationTrack: Kept(
        PUBLISHED,
        f"""{RECORD} {ARCHIVE} status process deadline_at deadline_is_day time_zone requires constituencies needs_status
        needs_earlier leads_to exposure door_url objectives""",
        personal=EDITORS,
    ),
    models.DoorNote: Kept(
        ORGANIZATIONS, organization="key track organization stage on words written_at", personal="written_by"
    ),
    models.Consultation: Kept(
        PUBLISHED,
        f"""{RECORD} {ARCHIVE} status kind kind_word mode mode_word process phase part_of region place attribution
        interpretation round_number rounds_count people approval takes_registrations places places_per_organization
        offer_hours opens_at closes_at time_zone remind_before_deadline remind_before_meeting remind_to_name
        confirmed_count next_seq objectives""",
        personal=EDITORS,
    ),
    models.DocumentOrigin: Kept(PUBLISHED, "document consultation"),
    models.Quota: Kept(
        PUBLISHED, "key consultation title places constituency is_migrant_led version held_count regions"
    ),
    models.Registration: Kept(
        REGISTRATIONS,
        organization="""key consultation organization status version seq delegates_count least asked_for passed_over_at
        passed_over_for offer_ends_at reason consent_text consent_version consent_language created_at status_at
        confirmed_at quotas""",
        personal="registered_by",
    ),
    models.Delegate: Kept(
        DELEGATES,
        organization="key registration",
        personal="name email language interpretation recipient named_at",
        sensitive="needs other_needs",
        about=("recipient__user",),
    ),
    models.FormerDelegate: Kept(
        DELEGATES,
        organization="registration",
        personal="recipient removed_at",
        about=("recipient__user",),
    ),
    models.Admission: Kept(
        DELEGATES,
        organization="key consultation organization status version ends_at registration invited_at status_at",
        personal="recipient invited_by",
        secrets="nonce token_hash",
        about=("recipient__user",),
    ),
    models.Guest: Kept(
        DELEGATES,
        organization="key consultation is_for_all organization status version invited_at accepted_at status_at meetings",
        personal="recipient name invited_by",
        secrets="nonce token_hash",
        about=("recipient__user",),
    ),
    models.RegistrationLink: Kept(
        DELEGATES,
        organization="registration purpose made_at",
        personal="made_by",
        secrets="nonce token_hash",
    ),
    models.DoorCode: Kept(DELEGATES, organization="meeting ends_at", personal="made_by", secrets="nonce"),
    models.Reminder: Kept(
        REGISTRATIONS, organization="consultation meeting about due_at is_set sent_at dropped_at"
    ),
    models.Circular: Kept(
        REGISTRATIONS, organization="key consultation subject words sent_at registrations", personal="sent_by"
    ),
    models.Attendance: Kept(
        ATTENDANCE,
        organization="meeting registration way keep_until",
        personal="taken_by taken_at",
        sensitive="delegate",
        about=("delegate__recipient__user",),
    ),
    models.Meeting: Kept(
        PUBLISHED,
        """original_language languages key consultation title round_number circle starts_at ends_at time_zone people
        repeats breakout_of sequence cancelled_at changed_at objectives""",
        "join_url",
    ),
    models.Material: Kept(PUBLISHED, "key meeting title language is_afterwards file document added_at"),
    models.MeetingNote: Kept(
        CONTRIBUTIONS,
        organization="key meeting objective language text is_attributed written_at themes",
        personal="written_by",
        sensitive="speaker",
    ),
    models.Question: Kept(
        PUBLISHED,
        """key consultation call number version kind original_language prompt help is_required max_length objective
        shown_if shown_for retired_at changed_at""",
        personal="changed_by",
    ),
    models.Option: Kept(PUBLISHED, "question key number label"),
    models.ConsentText: Kept(
        PUBLISHED, "key consultation version original_language words written_at", personal="written_by"
    ),
    models.RegistrationAnswer: Kept(
        ANSWERS, organization="key question language registration", sensitive="text chosen file"
    ),
    models.KeptFile: Kept(ANSWERS, personal="key file sent_by sent_at", about=("sent_by",)),
    models.Call: Kept(
        PUBLISHED,
        f"""{RECORD} {ARCHIVE} kind status kind_word process consultation document answer_languages opens_at closes_at
        time_zone answerers takes_strangers takes_networks shows told_at urgent_most urgent_until objectives""",
        personal=EDITORS,
    ),
    models.CallInvitation: Kept(
        CONTRIBUTIONS, organization="key call invited_at organizations", personal="invited_by"
    ),
    models.Theme: Kept(
        PUBLISHED,
        f"{RECORD} {ARCHIVE} status document consultation call number evidence objectives",
        personal=EDITORS,
    ),
    models.Contribution: Kept(
        CONTRIBUTIONS,
        organization="""key call organization through giver_sort giver_country giver_is_migrant_led status version
        language consent consent_version consent_language consent_at created_at changed_at sent_at withdrawn_at""",
        personal="giver_name written_by",
        secrets="resume_hash",
    ),
    models.Input: Kept(
        CONTRIBUTIONS,
        organization="""key question text chosen file language contribution read_at needs_follow_up note merged_into
        not_used_because decided_at themes""",
    ),
    models.Use: Kept(CONTRIBUTIONS, organization="key input document section used_at", personal="used_by"),
    models.Priority: Kept(
        CONTRIBUTIONS, organization="call organization theme place marked_at", personal="marked_by"
    ),
    models.Comment: Kept(
        CONTRIBUTIONS,
        organization="""key round paragraph organization kind language text proposed consent status version answer
        answer_language merged_into edit written_at decided_at""",
        personal="written_by decided_by",
    ),
    models.CommentRound: Kept(
        PUBLISHED, "key paper version number opens_at closes_at time_zone closed_at remind_at reminded_at"
    ),
    models.Paper: Kept(
        PUBLISHED,
        f"""{RECORD} {ARCHIVE} kind status process consultation group document takes_outsiders sign_on_opens_at
        sign_on_closes_at time_zone publish_at missed_at missed_because published_at withdrawn_at withdrawal_reason licence
        objectives""",
        personal=f"{EDITORS} scheduled_by",
    ),
    models.Section: Kept(PUBLISHED, "key paper position removed_at objectives themes"),
    models.Paragraph: Kept(PUBLISHED, "key section position is_heading removed_at became"),
    models.ParagraphText: Kept(
        PUBLISHED, "paragraph language markdown state source_digest approved_at", personal="approved_by"
    ),
    models.SectionEdit: Kept(
        PUBLISHED, "key section language number text changes_meaning note edited_at", personal="edited_by"
    ),
    models.PaperVersion: Kept(
        PUBLISHED, "key paper number purpose changes_meaning change_note made_at shown_at", personal="made_by"
    ),
    models.VersionText: Kept(PUBLISHED, "version language title summary sections checksum html made_at"),
    models.Print: Kept(
        PUBLISHED, "key version language form circle postcard file not_before attempts made_at replaced_at"
    ),
    models.Report: Kept(
        PUBLISHED,
        "key process before language asked_at file not_before attempts made_at",
        personal="asked_by",
    ),
    models.Postcard: Kept(PUBLISHED, "key paper objective position"),
    models.PostcardText: Kept(PUBLISHED, "postcard language words is_approved"),
    models.Source: Kept(
        PUBLISHED,
        "key section document consultation added_at",
        "input",
        personal="added_by",
        sensitive="voice purpose",
    ),
    models.Endorsement: Kept(
        ENDORSEMENTS,
        organization="""key version organization answer reserved_on reservation reservation_language shown authority
        given_at changed_at withdrawn_at""",
        personal="given_by",
    ),
    models.OutsideSigner: Kept(
        ENDORSEMENTS,
        organization="""key version paper_version status held_because answer decided_at name folded_name country website
        language shown""",
        personal="recipient asked_at confirmed_at decided_by",
        secrets="nonce token_hash",
        about=("recipient__user",),
    ),
    models.SignOnLink: Kept(ENDORSEMENTS, organization="version made_at", secrets="nonce token_hash"),
    models.SignOnReminder: Kept(ENDORSEMENTS, organization="paper about due_at sent_at dropped_at"),
    models.Commitment: Kept(
        PUBLISHED,
        f"""{RECORD} {ARCHIVE} status kind kind_word made_by process consultation document country organization
        objectives principles""",
        personal=EDITORS,
    ),
    models.CommitmentUpdate: Kept(PUBLISHED, "key commitment on what evidence_url"),
    models.CommitmentReport: Kept(
        CONTRIBUTIONS,
        organization="key commitment organization on what evidence_url status version reason given_at answered_at",
        personal="given_by",
    ),
    models.CalendarFeed: Kept(
        CHOICES, personal="user organizations made_at", secrets="nonce token_hash", about=("user",)
    ),
    models.Announcement: Kept(
        PUBLISHED,
        f"""{RECORD} {ARCHIVE} status objectives organizations to_constituencies to_objectives to_regions to_spoken
        to_group of_consultation registered of_paper endorsed asked_at publish_at missed_at missed_because
        time_zone sent_at""",
        personal=f"{EDITORS} asked_by approved_by scheduled_by",
    ),
    models.AnnouncementCorrection: Kept(
        PUBLISHED,
        """key announcement language was_subject was_text subject text waits readers told organizations
        corrected_at""",
        personal="corrected_by approved_by",
    ),
    models.AnnouncementTrial: Kept(PUBLISHED, "announcement", personal="asked_by asked_at"),
    models.GroupDocument: Kept(PUBLISHED, "group document"),
    models.GroupConsultation: Kept(PUBLISHED, "group consultation"),
    models.Voice: Kept(
        VOICES,
        organization="key organization process language version given_at withdrawn_at objectives",
        personal="given_by",
        sensitive="text alias country place wants_place",
    ),
    models.VoiceConsent: Kept(
        VOICES,
        organization="key voice text_version language recorded_at",
        sensitive="purpose agreed_on ends_on withdrawn_at",
    ),
    models.VoiceUse: Kept(
        VOICES, organization="key voice purpose document campaign begins ends used_at", personal="used_by"
    ),
    models.Submission: Kept(
        PUBLISHED,
        f"""{RECORD} {ARCHIVE} status addressee process consultation document door door_words due_at time_zone
        handed_over_on receipt_words receipt_file objectives""",
        personal=EDITORS,
    ),
    models.SubmissionOutcome: Kept(PUBLISHED, "key submission on what evidence_url"),
}
