"""What the JSON interface says of itself: in English in its OpenAPI description, in each language on its page."""

from django.utils.translation import gettext_noop

from portal.operations import limits

PER_PAGE, MOST = 50, 100
FIGURES = {"per_page": PER_PAGE, "most": MOST, "readings": limits.READING.amount}

# What is on each list.
ABOUT = {
    "objectives": gettext_noop("The 23 objectives of the Compact, with their titles."),
    "principles": gettext_noop("The guiding principles of the Compact, with their titles."),
    "regions": gettext_noop("The regions of the reviews, with the United Nations commission of each."),
    "countries": gettext_noop("States by their short names at the United Nations, with their regions."),
    "processes": gettext_noop("Processes in which the Compact is reviewed, such as forums and summits."),
    "phases": gettext_noop("The phases of processes, with their days and deadlines."),
    "consultations": gettext_noop(
        "Consultations, dialogues and trainings: when and where they are, until when one registers."
    ),
    "meetings": gettext_noop("The meetings of consultations; how one joins them is never told."),
    "calls": gettext_noop("Calls for input, surveys and feedback, with their days and languages."),
    "documents": gettext_noop("The documents of the library, with the file in each language."),
    "papers": gettext_noop("Papers that civil society writes and endorses together."),
    "versions": gettext_noop("The versions of papers, with their words."),
    "endorsements": gettext_noop("Organizations that endorse a paper and let everybody see it."),
    "commitments": gettext_noop("Asks, pledges and commitments, with what was reported of them."),
    "submissions": gettext_noop("Texts that were handed to official bodies, with what came of them."),
    "practices": gettext_noop("Practices and plans that organizations share."),
    "campaigns": gettext_noop("Campaigns, with their days and hashtags."),
    "pages": gettext_noop("Resource pages, with the page above each."),
    "page-sections": gettext_noop("The sections of resource pages, with their words."),
    "organizations": gettext_noop("Organizations that chose to be listed, with the facts that each shows."),
}

# What can be asked.
MEANINGS = {
    "objective": gettext_noop("The number of an objective."),
    "process": gettext_noop("The key of a process."),
    "page": gettext_noop("The key of a resource page."),
    "kind": gettext_noop("A kind, in the word that stands in the answers."),
    "state": gettext_noop("A state, in the word that stands in the answers."),
    "year": gettext_noop("The year in which it begins, or of its date."),
    "language": gettext_noop("The code of a language in which it can be read."),
    "changed_since": gettext_noop(
        "A moment with its zone: 2027-01-31T00:00:00Z. What has changed since then."
    ),
    "after": gettext_noop("Go on after the thing of this key; the address in “next” does so."),
    "limit": gettext_noop("How many things stand in one answer."),
}

# How it answers: a word for the matter, and what holds.
RULES = (
    (
        gettext_noop("Read only"),
        gettext_noop(
            "Everything that everybody may see here, without a key or an account. Nothing can be written."
        ),
    ),
    (
        gettext_noop("Languages"),
        gettext_noop(
            "Each text stands under the codes of the languages in which it can be read. Words such as kinds and states are English and stay the same."
        ),
    ),
    (
        gettext_noop("Page by page"),
        gettext_noop(
            "An answer holds %(per_page)d things, or as many as “limit” says, up to %(most)d. “next” is the address of those that follow; at the end it is null."
        ),
    ),
    (
        gettext_noop("Filters"),
        gettext_noop(
            "Filters stand in the address and hold together. One that the list does not know is refused with 422, so that a slip of the pen does not answer with everything."
        ),
    ),
    (
        gettext_noop("Only what is new"),
        gettext_noop(
            "Each answer bears an ETag. Send it back as If-None-Match, and while nothing has changed the answer is an empty 304. What is withdrawn is gone from the next answer."
        ),
    ),
    (
        gettext_noop("Limits"),
        gettext_noop(
            "One address may ask %(readings)d times a minute. Beyond that the answer is 429, and Retry-After says how many seconds to wait."
        ),
    ),
    (
        gettext_noop("From pages of other sites"),
        gettext_noop(
            "Scripts on pages of other sites may read the answers, for these are the same whoever asks."
        ),
    ),
)

# Under which terms.
TERMS = (
    gettext_noop("Whoever reads here needs no permission, and nothing is charged."),
    gettext_noop(
        "Texts belong to those who wrote them. Quote them with the address that stands beside them; where a licence is named, it holds."
    ),
    gettext_noop(
        "Organizations chose what is shown of them, and can take it back. Who keeps a copy makes it anew at least once a day and drops what is no longer there."
    ),
    gettext_noop(
        "Nothing of this may be used to find out who somebody is, where people are, or whom they know."
    ),
    gettext_noop("Titles of the Compact are called official only in the languages named in “verified_in”."),
)
