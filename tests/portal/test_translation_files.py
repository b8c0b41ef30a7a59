"""A text goes out to a translator who works elsewhere, and comes back into the same paragraphs."""

import csv
import io
from copy import deepcopy

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn

from consultations.models import ParagraphText
from consultations.operations import drafting
from portal import side_by_side, workbooks
from portal.models import Role, TextState
from portal.operations import texts
from tests import factories, sessions

pytestmark = pytest.mark.django_db
LIST = "- One door\n  - with *two* handles\n- **Two** doors"
ORIGINAL = f"## What we ask\n\nOpen the doors.\n\n{LIST}\n\n+ A sum\n\nOpen the doors."
FRENCH = {
    "title": "Portes ouvertes",
    "## What we ask": "## Ce que nous demandons",
    "Open the doors.": "Ouvrez les portes.",
    LIST: "- Une porte\n  - à *deux* poignées\n- **Deux** portes",
    "+ A sum": "+ Une somme",
}


@pytest.fixture
def document():
    made = factories.document("Open doors")
    texts.save_body(made, "en", ORIGINAL)
    return made


def address(name, thing, language):
    return reverse(name, args=["document", thing.key, language])


def taken_out(client, document, language="fr"):
    answer = client.get(address("translation-file", document, language))
    return Document(io.BytesIO(answer.content))


def as_file(written, name="back.docx"):
    content = io.BytesIO()
    written.save(content)
    return SimpleUploadedFile(name, content.getvalue())


def brought(client, document, upload, language="fr"):
    return client.post(address("translation-bring-back", document, language), {"file": upload})


def rows_of(document, language="fr"):
    sheet = side_by_side.of(type(document).objects.get(pk=document.pk), language)
    return [(row.original, row.translation) for row in sheet.passages]


def signed_in(client, language):
    """Somebody who translates into a language, who has signed in."""
    person = factories.user()
    Role.objects.create(user=person, kind="translator", language=language)
    sessions.sign_in(client, person)
    return person


def written(document, words):
    """The table of a Word file with what a translator writes into its last column."""
    for row in document.tables[0].rows[1:]:
        mark, original, translation = row.cells
        said = words.get(original.text) or words.get(mark.text.split()[1])
        if said:
            translation.text = said
    return document


def test_a_word_file_goes_out_and_comes_back_into_the_same_paragraphs(client, document):
    signed_in(client, "fr")
    file = taken_out(client, document)
    head = [cell.text for cell in file.tables[0].rows[0].cells]
    assert head[1:] == ["English", "Français"]
    assert [row.cells[1].text for row in file.tables[0].rows[1:]] == [
        original for original, _said in rows_of(document)
    ]
    answer = brought(client, document, as_file(written(file, FRENCH | {"title": "Portes"})))
    assert answer["Location"] == address("translation", document, "fr")
    assert rows_of(document) == [
        ("Open doors", "Portes"),
        *[(original, FRENCH[original]) for original in list(FRENCH)[1:]],
        ("Open the doors.", "Ouvrez les portes."),
    ]
    assert set(document.text_states.values_list("language", "state")) == {("fr", TextState.State.DRAFT)}
    again = brought(client, document, as_file(file))
    assert "nothing new" in client.get(again["Location"]).text

    # What Word itself makes strong, puts into lists and divides is typed as signs.
    file = taken_out(client, document)
    cell = file.tables[0].rows[3].cells[2]
    cell.paragraphs[0].add_run(" Toutes").bold = True
    cell.paragraphs[0].add_run(" les ").bold = True
    cell.add_paragraph("Portes", style="List Bullet")
    brought(client, document, as_file(file))
    assert rows_of(document)[2][1] == "Ouvrez les portes. **Toutes les** \n\n- Portes"


def test_a_file_into_a_right_to_left_language_runs_that_way_and_comes_back(client, document):
    signed_in(client, "ar")
    file = taken_out(client, document, "ar")
    table = file.tables[0]
    assert table._tbl.tblPr.find(qn("w:bidiVisual")) is not None
    _mark, original, translation = table.rows[2].cells
    assert [bool(cell.paragraphs[0]._p.xpath("w:pPr/w:bidi")) for cell in (original, translation)] == [
        False,
        True,
    ]
    words = {"title": "أبواب مفتوحة", "Open the doors.": "افتحوا الأبواب (2030)."}
    brought(client, document, as_file(written(file, words)), "ar")
    said = dict(rows_of(document, "ar"))
    assert (said["Open doors"], said["Open the doors."]) == tuple(words.values())
    assert said[LIST] == ""


def test_a_table_comes_back_as_it_went_out_from_any_spreadsheet(client, document):
    signed_in(client, "fr")
    content = client.get(address("translation-table", document, "fr")).content.decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(content))
    assert [row[1] for row in rows if row[1].startswith("'")] == [f"'{LIST}", "'+ A sum"]
    for row in rows:
        row[2] = FRENCH.get(row[1].lstrip("'"), "Portes")
    rows[4][2] = f"'{FRENCH['+ A sum']}"
    kept = io.StringIO()
    csv.writer(kept, delimiter=";").writerows([["", ""], head, *rows])
    brought(client, document, SimpleUploadedFile("back.csv", kept.getvalue().encode("utf-8-sig")))
    assert [said for _original, said in rows_of(document)][1:] == [
        *list(FRENCH.values())[1:],
        "Ouvrez les portes.",
    ]
    book = workbooks.made(head, [[*row[:2], "Autre"] for row in rows])
    answer = brought(client, document, SimpleUploadedFile("back.xlsx", book))
    assert answer.status_code == 409, "the table went out before the first came back"


def test_what_changed_meanwhile_is_shown_beside_what_comes_back(client, document):
    signed_in(client, "fr")
    file = written(taken_out(client, document), FRENCH)
    texts.save_texts(document, {"fr": {"title": "Des portes"}})
    texts.save_body(document, "en", ORIGINAL.replace("+ A sum", "+ Another sum"))
    answer = brought(client, document, as_file(file))
    assert answer.status_code == 409
    assert "[Taken out: </bdi>Des portes<bdi" in answer.text
    assert "+ Une somme" in answer.text
    assert rows_of(document)[0] == ("Open doors", "Des portes")
    form = answer.context["form"]
    data = {field.html_name: field.value() or "" for field in form}
    saved = client.post(address("translation", document, "fr"), data | {"draft": ""})
    assert saved.status_code == 302
    assert ("Open the doors.", "Ouvrez les portes.") in rows_of(document)
    assert ("+ Another sum", "") in rows_of(document)


def test_a_file_that_does_not_fit_is_refused_in_words(client, document):
    signed_in(client, "")
    file = taken_out(client, document)
    table = file.tables[0]._tbl

    def refused(upload, language="fr"):
        answer = brought(client, document, upload, language)
        assert answer.status_code == 422
        return " ".join(answer.context["bringing"].errors["file"])

    assert refused(as_file(file), "es") == "This file is of a translation into another language."
    other = taken_out(client, factories.document("Other"))
    assert refused(as_file(other)) == "This file is of another text."
    assert refused(as_file(file, "back.odt")) == "Only .docx, .csv and .xlsx files are taken here."
    assert refused(as_file(Document())).startswith("This is no file that was taken out here")
    assert refused(SimpleUploadedFile("back.docx", b"PK")).startswith("This Word file is damaged")

    table.append(deepcopy(table.tr_lst[2]))
    assert refused(as_file(file)).startswith("Paragraph 2 stands twice in this file.")
    for row in (table.tr_lst[-1], *table.tr_lst[2:4]):
        table.remove(row)
    assert refused(as_file(file)).startswith("Paragraphs 2, 3 are missing in this file.")
    file.tables[0].add_row().cells[2].text = "Nobody's words"
    assert refused(as_file(file)).startswith("A row of this file has words but no mark")
    assert rows_of(document)[0] == ("Open doors", "")


def test_a_table_without_its_last_column_empties_nothing_and_no_number_takes_us_down(client, document):
    signed_in(client, "fr")
    texts.save_texts(document, {"fr": {"title": "Portes"}})
    content = client.get(address("translation-table", document, "fr")).content.decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(content))

    def answered(*rows):
        kept = io.StringIO()
        csv.writer(kept).writerows(rows)
        return brought(client, document, SimpleUploadedFile("back.csv", kept.getvalue().encode()))

    def refused(*rows):
        answer = answered(*rows)
        assert answer.status_code == 422
        return " ".join(answer.context["bringing"].errors["file"])

    def counted(amount):
        return [head[0].replace(f"/{len(rows)}/", f"/{amount}/"), *head[1:]]

    lost = "The column of the translation is missing in this file."
    assert refused(*[row[:2] for row in (head, *rows)]).startswith(lost)
    assert refused([*head[:2], ""], *rows).startswith(lost)
    assert answered(head, rows[0][:2], [*rows[1][:2], "## Voilà"], *rows[2:]).status_code == 302
    assert rows_of(document)[:2] == [("Open doors", "Portes"), ("## What we ask", "## Voilà")]

    for huge in ("9" * 6, "9" * 5_000):
        assert refused(counted(huge), *rows).startswith("This is no file that was taken out here")
        assert refused(head, [f"{huge} x -", "", "words"]).startswith(
            "A row of this file has words but no mark"
        )
    last = len(rows) + 20
    assert refused(counted(99_999), *rows).startswith(f"Paragraphs {len(rows) + 1}, ")
    assert f", {last}, … are missing" in refused(counted(99_999), *rows)
    assert answered(head, *rows[:-1], [*rows[-1][:2], "x" * 100_001]).status_code in (409, 422)


def test_a_section_of_a_paper_comes_back_into_its_paragraphs_and_keeps_what_is_approved(client):
    paper = factories.paper("Our paper", sections=["## What we ask\n\nOpen the doors.\n\nNow."])
    section = paper.sections.get()
    signed_in(client, "ar")
    where = [section.key, "ar"]
    words = ["ماذا نطلب", "افتحوا الأبواب.", "الآن."]
    keys = [row.key for row in section.paragraphs.order_by("position")]
    drafting.translate(
        section,
        language="ar",
        number=0,
        paragraphs={keys[0]: words[0]},
        approved={keys[0]},
        by=factories.coordinator(),
    )
    answer = client.get(reverse("consultations:section-translation-file", args=where))
    file = written(
        Document(io.BytesIO(answer.content)), dict(zip(map(str, keys[1:]), words[1:], strict=True))
    )
    there = reverse("consultations:section-translation-bring-back", args=where)
    done = client.post(there, {"file": as_file(file)})
    assert done["Location"] == reverse("consultations:section-translate", args=where)
    rows = ParagraphText.objects.filter(paragraph__section=section, language="ar")
    assert list(rows.order_by("paragraph__position").values_list("markdown", "state")) == [
        (words[0], "approved"),
        (words[1], "draft"),
        (words[2], "draft"),
    ]

    file.tables[0].rows[3].cells[2].text = "اليوم."
    late = client.post(there, {"file": as_file(file)})
    assert late.status_code == 409
    assert "اليوم" in late.text
    assert rows.get(paragraph__key=keys[2]).markdown == words[2]
    table = client.get(reverse("consultations:section-translation-table", args=where))
    assert words[1] in table.content.decode()


def test_a_whole_paper_goes_out_in_one_file_and_comes_back_section_by_section(client):
    paper = factories.paper("Our paper", sections=["## What we ask\n\nNow.", "## Who we are\n\nMany."])
    signed_in(client, "fr")
    words = {
        "Our paper": "Notre texte",
        "What we ask": "Nos demandes",
        "Now.": "Maintenant.",
        "Many.": "Beaucoup.",
    }
    where = [paper.key, "fr"]
    there = reverse("consultations:paper-translation-bring-back", args=where)

    def out():
        return Document(
            io.BytesIO(client.get(reverse("consultations:paper-translation-file", args=where)).content)
        )

    def fill(file, words):
        for row in (row for table in file.tables for row in table.rows[1:]):
            row.cells[2].text = words.get(row.cells[1].text, row.cells[2].text)
        return as_file(file)

    file = out()
    assert [len(table.rows) for table in file.tables] == [2, 3, 3]
    assert client.post(there, {"file": fill(file, words)}).status_code == 302
    first, second = paper.sections.order_by("position")
    assert [drafting.working_text(section, "fr") for section in (first, second)] == [
        "## Nos demandes\n\nMaintenant.",
        "Beaucoup.",
    ]
    paper.refresh_from_db()
    assert paper.title_fr == "Notre texte"
    page = client.get(reverse("translation", args=["paper", *where]))
    assert there in page.text
    assert [state for _title, state, _address in page.context["parts"]] == ["draft", "missing"]

    # What changed meanwhile stops there, and what came before it is saved.
    file = out()
    drafting.edit(
        second, language="en", number=1, markdown="## Who we are\n\nMany, many.", by=factories.coordinator()
    )
    answer = client.post(
        there, {"file": fill(file, {"Now.": "Tout de suite.", "Many.": "Nous sommes beaucoup."})}
    )
    assert answer.status_code == 409
    assert answer.context["section"] == second
    assert "Nous sommes beaucoup." in answer.text
    assert drafting.working_text(first, "fr") == "## Nos demandes\n\nTout de suite."

    # The same file also brings one section to its own page.
    one = reverse("consultations:section-translation-bring-back", args=[first.key, "fr"])
    again = client.post(one, {"file": fill(file, {"What we ask": "Ce que nous demandons"})})
    assert again.status_code == 409, "it went out before the first time it came back"
    other = reverse(
        "consultations:paper-translation-bring-back", args=[factories.paper(sections=["Other"]).key, "fr"]
    )
    assert client.post(other, {"file": as_file(file)}).status_code == 422


def test_a_whole_paper_costs_the_same_with_one_section_and_ten(client, cost):
    person = signed_in(client, "fr")
    few, many = (factories.paper(sections=["## Head\n\nWords."] * amount) for amount in (1, 10))
    address = "consultations:paper-translation-file"
    one, ten = (cost(reverse(address, args=[paper.key, "fr"]), person) for paper in (few, many))
    assert one == ten <= 25
