"""The translators' desk: who finds what there, and a text that is translated beside its original."""

import pytest
from django.urls import reverse

from consultations.models import Announcement
from consultations.operations import announcements, drafting, questions
from portal import languages, side_by_side, translating
from portal.models import Reader, Role
from portal.operations import delivery, texts, translations
from tests import factories, sessions

pytestmark = pytest.mark.django_db
ORIGINAL = "One door.\n\nTwo doors.\n\nThree doors."


def speaker_of(language):
    person = factories.user()
    Role.objects.create(user=person, kind="translator", language=language)
    return person


def with_text(title="Open doors", body=ORIGINAL, **fields):
    made = factories.document(title, **fields)
    texts.save_body(made, "en", body)
    return made


def on_the_desk(client, language="fr", **asked):
    page = client.get(reverse("translations"), {"language": language, **asked})
    return [(str(row["title"]), row["state"], row["words"]) for row in page.context["rows"]]


def on_the_desk_rows(client, **asked):
    return client.get(reverse("translations"), {"language": "fr", **asked}).context["rows"]


def sheet_of(thing, language="fr"):
    return side_by_side.of(type(thing).objects.get(pk=thing.pk), language)


def posted(thing, passages, button, language="fr", **changed):
    sheet = sheet_of(thing, language)
    typed = {f"text_{row.mark}": words for row, words in zip(sheet.passages, passages, strict=True)}
    return {"seen": sheet.digest, button: ""} | typed | changed


def test_the_desk_holds_what_waits_in_a_language_and_what_roles_cover(client):
    paper = factories.paper("Our paper", sections=["## What we ask\n\nOpen the doors."])
    texts.save_texts(paper, {"fr": {"title": "Notre texte"}}, approve=True)
    drafting.translate(
        paper.sections.get(), language="fr", number=0, paragraphs={}, by=factories.coordinator()
    )
    hidden = factories.document("By invitation", access="invited")
    process = factories.process("Next review")
    within = with_text(process=process)
    sessions.sign_in(client, speaker_of("fr"))
    assert sorted(on_the_desk(client)) == [
        ("Next review", "missing", 2),
        ("Open doors", "missing", 8),
        ("What we ask", "missing", 6),
    ]
    assert on_the_desk(client, source="paper-section") == [("What we ask", "missing", 6)]
    assert on_the_desk(client, state="stale") == []
    assert on_the_desk(client, "ar") == on_the_desk(client, "fr")  # not one of this person's languages
    address = reverse("translation", args=["document", within.key, "fr"])
    assert client.get(address).status_code == 200
    assert client.get(address.replace("/fr/", "/ar/")).status_code == 404
    assert client.get(reverse("translation", args=["document", hidden.key, "fr"])).status_code == 404

    of_process = factories.role(Role.Kind.TRANSLATOR, process)
    sessions.sign_in(client, of_process)
    assert sorted(row[0] for row in on_the_desk(client, "es")) == ["Next review", "Open doors"]
    sessions.sign_in(client, factories.lead())
    assert client.get(reverse("translations")).status_code == 403


def test_a_text_is_drafted_approved_and_looked_at_again_paragraph_by_paragraph(client):
    document = with_text()
    address = reverse("translation", args=["document", document.key, "fr"])
    sessions.sign_in(client, speaker_of("fr"))

    # A draft may have gaps; readers do not see it.
    client.post(address, posted(document, ["Portes ouvertes", "Une porte.", "", "Trois portes."], "draft"))
    document.refresh_from_db()
    assert (document.text("title", "fr").text, document.languages) == ("Open doors", ["en"])
    assert [row.translation for row in sheet_of(document).long] == ["Une porte.", "", "Trois portes."]
    assert on_the_desk(client) == [("Portes ouvertes", "draft", 8)] or on_the_desk(client)[0][1] == "draft"
    refused = client.post(address, posted(document, ["Portes", "Une porte.", "", "Trois."], "approve"))
    assert refused.status_code == 422
    assert "Trois." in refused.content.decode()

    # Approved, it is read in this language and no other.
    whole = ["Portes ouvertes", "Une porte.", "Deux portes.", "Trois portes."]
    client.post(address, posted(document, whole, "approve"))
    document.refresh_from_db()
    assert (document.text("title", "fr").text, document.languages) == ("Portes ouvertes", ["en", "fr"])
    assert texts.readable_body(document, "fr").markdown == "Une porte.\n\nDeux portes.\n\nTrois portes."
    assert on_the_desk(client) == []

    # A new meaning: the translation keeps to its paragraphs, and what changed is marked.
    texts.save_body(document, "en", "A new beginning of all this.\n\nOne door.\n\nTwo wide doors.")
    assert [row[1] for row in on_the_desk(client)] == ["stale"]
    page = client.get(address).content.decode()
    assert [(row.translation, row.has_changed) for row in sheet_of(document).long] == [
        ("", False),
        ("Une porte.", False),
        ("Deux portes.", True),
    ]
    assert "<ins>" in page
    assert "Trois portes." in page


def test_a_document_is_translated_on_the_desk_as_on_its_own_page(client, mailoutbox):
    lead = factories.lead(language="fr")
    document = with_text(is_outcome=True, document_languages=["en"], told_languages=["en"])
    address = reverse("translation", args=["document", document.key, "fr"])
    client.force_login(speaker_of("fr"))
    words = ["Portes", "Une porte.", "Deux portes.", "Trois portes."]
    client.post(address, posted(document, words, "approve"))
    document.refresh_from_db()
    assert document.document_languages == ["en", "fr"]
    assert [message.to for message in mailoutbox] == [[lead.email]]
    client.post(address, posted(document, words, "approve"))
    assert len(mailoutbox) == 1
    document.bodies.filter(language="en").delete()
    refused = client.post(address, posted(document, words[:1], "draft"))
    assert "Readers may rely on this text" in refused.content.decode()


def test_who_translates_a_consultation_does_not_translate_its_papers(client):
    process = factories.process("Next review")
    consultation = factories.open_consultation()
    paper = factories.paper(
        "Our paper", sections=["## What we ask\n\nOpen."], consultation=consultation, process=process
    )
    section = paper.sections.get()
    for scope, status in ((consultation, 404), (process, 200), (paper, 200)):
        person = factories.role(Role.Kind.TRANSLATOR, scope)
        sessions.sign_in(client, person)
        page = client.get(reverse("translations"), {"language": "fr"})
        sources = {row["source"].name for row in page.context["rows"]}
        assert ({"paper", "paper-section"} <= sources) is (status == 200)
        there = reverse("translation", args=["paper", paper.key, "fr"])
        assert client.get(there).status_code == status
        there = reverse("consultations:section-translate", args=[section.key, "fr"])
        assert client.get(there).status_code == status


def test_a_paper_leads_to_its_sections_on_the_desk_and_back_for_all_who_coordinate_what_stands_above(client):
    process = factories.process("Next review")
    consultation = factories.open_consultation(process=process)
    paper = factories.paper("Our paper", sections=["## What we ask\n\nOpen."], consultation=consultation)
    on_desk = reverse("translation", args=["paper", paper.key, "fr"])
    section = reverse("consultations:section-translate", args=[paper.sections.get().key, "fr"])
    for above in (process, consultation, paper):
        sessions.sign_in(client, factories.coordinator_of(above))
        found = [row["address"] for row in on_the_desk_rows(client, source="paper-section")]
        assert found == [section]
        assert f'href="{on_desk}"' in client.get(paper.get_absolute_url()).content.decode()
        assert f'href="{section}"' in client.get(on_desk).content.decode()
        assert f'href="{on_desk}"' in client.get(section).content.decode()
    sessions.sign_in(client, factories.role(Role.Kind.DRAFTER, paper))
    assert on_desk not in client.get(section).content.decode()


def test_what_somebody_saved_meanwhile_is_shown_beside_what_was_typed(client):
    document = with_text()
    address = reverse("translation", args=["document", document.key, "fr"])
    person = speaker_of("fr")
    sessions.sign_in(client, person)
    mine = posted(document, ["Portes", "Une porte.", "Deux.", "Trois."], "approve")
    client.post(address, posted(document, ["Les portes", "Une.", "Deux.", "Trois."], "draft"))
    answer = client.post(address, mine)
    assert answer.status_code == 409
    assert "Une porte." in answer.content.decode()
    again = mine | {"seen": answer.context["form"]["seen"].value()}
    assert client.post(address, again).status_code == 302
    assert [row.translation for row in sheet_of(document).long] == ["Une porte.", "Deux.", "Trois."]


def test_the_section_of_a_page_keeps_its_translation_in_its_history(client):
    section = factories.page_section(factories.resource_page("Guide"), "What to do", "Come early.")
    sessions.sign_in(client, speaker_of("ar"))
    address = reverse("translation", args=["page-section", section.key, "ar"])
    client.post(address, posted(section, ["ماذا نفعل", "احضروا مبكرا."], "approve", "ar"))
    assert [(row.language, row.markdown) for row in section.edits.all()] == [("ar", "احضروا مبكرا.")]


def test_the_desk_costs_the_same_for_one_text_and_ten(cost):
    person = speaker_of("fr")
    address = reverse("translations") + "?language=fr"
    with_text()
    one = cost(address, person)
    for _ in range(9):
        with_text()
    assert one == cost(address, person) <= 12


def test_every_role_that_opens_a_desk_says_for_which_languages():
    process = factories.process("Next review")
    of_process = factories.role(Role.Kind.TRANSLATOR, process)
    assert translating.languages_of(Reader.of(of_process)) == list(languages.CODES)
    assert translating.languages_of(Reader.of(speaker_of("ar"))) == ["ar"]
    assert translating.languages_of(Reader.of(factories.lead())) == []


def test_a_question_is_asked_at_once_in_the_language_that_is_approved_and_a_draft_of_it_is_kept_beside(
    client,
):
    consultation = factories.open_consultation(title_en="Listening")
    question = factories.question(consultation, "Who comes?", kind="choice", options=("Two", "Many"))
    address = reverse("translation", args=["question", question.key, "fr"])
    sessions.sign_in(client, speaker_of("fr"))
    assert on_the_desk(client, source="question") == [("Who comes?", "missing", 4)]

    def said():
        question.refresh_from_db()
        return [question.prompt_fr, *question.options.order_by("number").values_list("label_fr", flat=True)]

    client.post(address, posted(question, ["Qui vient ?", "Deux", ""], "draft"))
    assert said() == [None, None, None]
    assert on_the_desk(client, source="question") == [("Who comes?", "draft", 4)]
    refused = client.post(address, posted(question, ["Qui vient ?", "Deux", ""], "approve"))
    assert (refused.status_code, "it would be asked in two languages" in refused.content.decode()) == (
        422,
        True,
    )
    assert [row.translation for row in sheet_of(question).passages] == ["Qui vient ?", "Deux", ""]
    client.post(address, posted(question, ["Qui vient ?", "Deux", "Beaucoup"], "approve"))
    assert said() == ["Qui vient ?", "Deux", "Beaucoup"]
    assert on_the_desk(client, source="question") == []

    # Whoever asks something else in the original makes it stale; what is written beside it may be read at once.
    def ask(prompt, **texts):
        texts = {"en": {"prompt": prompt}, "fr": {"prompt": "Qui vient ?"}} | {
            code: {"prompt": words} for code, words in texts.items()
        }
        options = [
            {"key": row.key, "labels": {"en": row.label_en, "fr": row.label_fr}}
            for row in question.options.order_by("number")
        ]
        question.refresh_from_db()
        version, by = question.version, factories.coordinator()
        questions.change(question, version=version, texts=texts, options=options, by=by)

    ask("Who comes with you?")
    assert on_the_desk(client, source="question") == [("Who comes with you?", "stale", 6)]
    assert "<ins>" in client.get(address).content.decode()
    ask("Who else comes?", fr="Qui d’autre vient ?")
    assert on_the_desk(client, source="question") == []


def test_questions_of_what_is_by_invitation_are_translated_by_who_may_see_them(client):
    consultation = factories.open_consultation(access="invited", attribution="confidential")
    hidden = factories.question(consultation, "Behind closed doors?")
    shown = factories.question(factories.open_call(questions=()), "In the open?")
    asked = {"source": "question"}
    sessions.sign_in(client, speaker_of("ar"))
    assert [row[0] for row in on_the_desk(client, "ar", **asked)] == ["In the open?"]
    addresses = [reverse("translation", args=["question", row.key, "ar"]) for row in (hidden, shown)]
    assert [client.get(address).status_code for address in addresses] == [404, 200]
    sessions.sign_in(client, factories.role(Role.Kind.TRANSLATOR, consultation))
    assert [row[0] for row in on_the_desk(client, "ar", **asked)] == ["Behind closed doors?"]


def test_an_announcement_is_sent_in_the_language_that_a_translator_approved(client, mailoutbox):
    lead, coordinator = factories.lead(language="ar"), factories.coordinator()
    made = factories.announcement("Doors open", status="draft", access="public")
    client.force_login(speaker_of("ar"))
    assert on_the_desk(client, "ar", source="announcement") == [("Doors open", "missing", 6)]
    address = reverse("translation", args=["announcement", made.key, "ar"])
    client.post(address, posted(made, ["الأبواب مفتوحة", "كل الأبواب مفتوحة."], "approve", "ar"))
    late = posted(made, ["الأبواب", "كل الأبواب."], "draft", "ar")
    announcements.send(Announcement.objects.get(), by=coordinator)
    delivery.drain()
    assert [(m.to, "الأبواب مفتوحة" in m.subject) for m in mailoutbox if m.to == [lead.email]] == [
        ([lead.email], True)
    ]
    refused = client.post(address, late)
    assert refused.status_code == 422
    assert all(words in refused.content.decode() for words in ("no draft any more", "كل الأبواب."))
    assert on_the_desk(client, "ar", source="announcement") == []


def test_who_translated_an_announcement_is_no_second_person():
    writer, translator = factories.coordinator(), factories.coordinator()
    made = factories.announcement("Doors open", status="draft", access="public", created_by=writer)
    sheet = sheet_of(made)
    passages = {row.mark: "Portes" for row in sheet.passages}
    announcements.translate(made, "fr", seen=sheet.digest, passages=passages, approve=True, by=translator)
    made = announcements.ask_approval(Announcement.objects.get(), version=None, by=writer)
    assert not announcements.may_approve(made, translator)
    assert announcements.may_approve(made, factories.coordinator())


def test_a_draft_keeps_what_changed_under_words_that_nobody_touched():
    thing = with_text()
    by = speaker_of("fr")

    def save(said, *, approve=False):
        sheet = sheet_of(thing)
        words = {row.mark: text for row, text in zip(sheet.passages, said, strict=True)}
        translations.save(thing, "fr", seen=sheet.digest, passages=words, approve=approve, by=by)
        return [row.has_changed for row in sheet_of(thing).passages]

    said = ["Portes ouvertes", "Une porte.", "Deux portes.", "Trois portes."]
    assert save(said, approve=True) == [False] * 4
    thing.refresh_from_db()
    texts.save_texts(thing, {"en": {"title": "Open gates"}})
    texts.save_body(
        thing, "en", ORIGINAL.replace("One door", "One gate").replace("Three doors", "Three gates")
    )
    assert [row.has_changed for row in sheet_of(thing).passages] == [True, True, False, True]
    assert save([*said[:3], "Trois portails."]) == [True, True, False, False]
    assert save([*said[:3], "Trois portails."], approve=True) == [False] * 4
