"""Words of kind, as archives write them, and the portal's kinds that they mean: one table for each field.

A kind's own name needs no line here. What no table knows becomes "other" and keeps its word.
"""

from consultations.models import Call, Commitment, Consultation
from portal.models import Organization
from resources.models import Document, Practice


def _table(kinds):
    return {word: kind for kind, words in kinds.items() for word in words.split(", ")}


_Event = Consultation.Kind
EVENTS = _table(
    {
        _Event.CONSULTATION: "online consultation, public consultation, regional consultation, national consultation, "
        "stakeholder consultation, civil society consultation, consultations, listening session",
        _Event.DIALOGUE: "dialogues, policy dialogue, thematic dialogue, virtual dialogue, online dialogue, regional dialogue",
        _Event.ROUNDTABLE: "round table, policy roundtable, thematic roundtable, interactive roundtable",
        _Event.TRAINING: "trainings, training series, workshop, workshops, course, capacity building",
        _Event.BRIEFING: "briefings, briefing session, information session, info session, town hall, townhall, launch, "
        "launch event, press conference",
        _Event.WEBINAR: "webinars, webinar series, online seminar, seminar, online event",
        _Event.HEARING: "hearings, public hearing, stakeholder hearing, multi stakeholder hearing, multistakeholder hearing",
        _Event.PREPARATORY: "preparatory consultation, preparatory day, preparatory session, prep meeting, pre meeting",
        _Event.FORUM: "forum session, summit, conference, intergovernmental conference, congress, assembly, plenary, "
        "civil society days, people's forum, peoples' forum",
        _Event.SIDE_EVENT: "side events, parallel event, parallel session",
    }
)

_Mode = Consultation.Mode
# By how the words begin: "online (Zoom breakout rooms)", "in person, with UN Web TV".
MODES = {
    "online, asynchronous": _Mode.WRITTEN,
    "asynchronous": _Mode.WRITTEN,
    "written": _Mode.WRITTEN,
    "in writing": _Mode.WRITTEN,
    "online and in person": _Mode.HYBRID,
    "in person and online": _Mode.HYBRID,
    "hybrid": _Mode.HYBRID,
    "mixed": _Mode.HYBRID,
    "online": _Mode.ONLINE,
    "virtual": _Mode.ONLINE,
    "remote": _Mode.ONLINE,
    "in person": _Mode.IN_PERSON,
    "face to face": _Mode.IN_PERSON,
    "on site": _Mode.IN_PERSON,
}

_Document = Document.Kind
DOCUMENTS = _table(
    {
        _Document.POSITION_PAPER: "joint position paper, policy paper, advocacy paper",
        _Document.OUTCOME: "outcome document, outcome, key outcomes, outcomes, declaration, final document, communique, communiqué",
        _Document.BRIEFING_NOTE: "briefing notes, brief, policy brief, briefing paper, background note, concept note, fact sheet, factsheet",
        _Document.OPEN_LETTER: "joint letter",
        _Document.STATEMENT: "joint statement, message, joint message, intervention, oral statement, speech, press release, comment",
        _Document.RECOMMENDATIONS: "recommendation, key messages, advocacy points",
        _Document.SUBMISSION: "written submission, written input, input, contribution",
        _Document.REPORT: "reports, final report, annual report, analysis, study, research, shadow report, assessment, scorecard",
        _Document.SUMMARY: "summary report, summary note, meeting summary, notes, minutes",
        _Document.GUIDANCE: "guide, toolkit, handbook, manual, guidelines, faq, training material",
        _Document.POSTCARD: "postcards",
        _Document.INSTRUMENT: "legal instrument, resolution, treaty, convention, compact",
    }
)

_Call = Call.Kind
CALLS = _table(
    {
        _Call.INPUT: "call for input, call for inputs, inputs, contributions, call for contributions, submissions, call for submissions",
        _Call.SURVEY: "questionnaire, poll",
        _Call.FEEDBACK: "call for feedback, comments, call for comments",
        _Call.PRACTICES: "practice, call for practices, good practices",
        _Call.ENDORSEMENT: "endorsements, sign on, sign ons, signatures, call for endorsements",
    }
)

_Commitment = Commitment.Kind
COMMITMENTS = _table(
    {
        _Commitment.ASK: "asks, demand, call, recommendation",
        _Commitment.SHARED: "shared commitment, joint commitment, shared commitments",
        _Commitment.PARTICIPATION: "participation step, step on participation, steps on participation",
        _Commitment.PLEDGE: "pledges, voluntary commitment",
    }
)

PRACTICES = _table(
    {
        Practice.Kind.PRACTICE: "good practice, promising practice, case study",
        Practice.Kind.PLAN: "project plan, work plan, action plan",
    }
)

_Sort, _Of = Organization.Sort, Organization.Constituency
ORGANIZATIONS = _table(
    {
        _Sort.NGO: "ingo, international ngo, national ngo, non governmental organisation, non governmental organization, "
        "civil society organisation, civil society organization, cso, association, foundation, charity, local ngo",
        _Sort.NETWORK: "coalition, platform, alliance, federation, umbrella, consortium, regional network",
        _Sort.FAITH: "faith, faith based organisation, faith based organization, religious, church, congregation",
        _Sort.DIASPORA: "diaspora organisation, diaspora organization, diaspora network",
        _Sort.MIGRANT_LED: "migrant led organisation, migrant led organization",
        _Sort.TRADE_UNION: "union, labour union, trade unions, trade union federation",
        _Sort.ACADEMIC: "academia, university, research institute, think tank, research centre, research center",
        _Sort.YOUTH: "youth organisation, youth organization, youth network, children and youth",
        _Sort.MEDIA: "press, journalists",
        _Sort.SERVICE: "service, legal aid",
    }
)
# Words that say that an organization is not one of civil society.
CONSTITUENCIES = {
    "state": _Of.STATE,
    "government": _Of.STATE,
    "ministry": _Of.STATE,
    "local authority": _Of.LOCAL_AUTHORITY,
    "local government": _Of.LOCAL_AUTHORITY,
    "city": _Of.LOCAL_AUTHORITY,
    "city network": _Of.LOCAL_AUTHORITY,
    "municipality": _Of.LOCAL_AUTHORITY,
    "un agency": _Of.INTERNATIONAL,
    "un body": _Of.INTERNATIONAL,
    "international organisation": _Of.INTERNATIONAL,
    "international organization": _Of.INTERNATIONAL,
    "intergovernmental": _Of.INTERNATIONAL,
    "intergovernmental organisation": _Of.INTERNATIONAL,
    "intergovernmental organization": _Of.INTERNATIONAL,
    "private sector": _Of.PRIVATE_SECTOR,
    "business": _Of.PRIVATE_SECTOR,
    "company": _Of.PRIVATE_SECTOR,
    "employers": _Of.PRIVATE_SECTOR,
}

# Who does what at an event: the words of archives, singular or plural, under one name for each.
PEOPLE = {
    word: plural
    for plural, words in {
        "moderators": "moderator, moderators, moderated_by",
        "speakers": "speaker, speakers, panelist, panelists, panellist, panellists",
        "facilitators": "facilitator, facilitators, co_facilitators, facilitated_by",
        "rapporteurs": "rapporteur, rapporteurs",
        "chairs": "chair, chairs, co_chair, co_chairs, chaired_by",
    }.items()
    for word in words.split(", ")
}
