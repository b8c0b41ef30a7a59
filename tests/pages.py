"""What every page of the portal must be, whoever asks and in whichever language."""

import re
from html.parser import HTMLParser

DIRECTIONS = {"ar": "rtl"}
HEADINGS = {f"h{level}": level for level in range(1, 7)}
LABELLED = {"input", "select", "textarea"}
NEEDS_NO_LABEL = {"hidden", "submit", "button"}
# Traces of a template that was not given what it asks for, of an object shown instead of its words, of a choice
# without words, of our own markup shown as words.
TRACES = re.compile(
    r"\{\{|\}\}|\{%|%\}|%\(\w+\)[sd]|&lt;[\w.]+ object|&lt;QuerySet|&lt;bound method|__proxy__|>None<|>-{3,}<"
    r"|&lt;\w+ class=&quot;"
)

SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)


class Page(HTMLParser):
    """What a page says of itself: language, direction, headings in order, ids, labels, landmarks."""

    def __init__(self, text):
        super().__init__()
        self.language = self.direction = None
        self.headings, self.ids, self.labelled, self.fields, self.mains = [], [], set(), [], 0
        self.inside_label = 0
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "html":
            self.language, self.direction = given.get("lang"), given.get("dir")
        if tag in HEADINGS:
            self.headings.append(HEADINGS[tag])
        if tag == "main":
            self.mains += 1
        if tag == "label":
            self.inside_label += 1
            self.labelled.add(given.get("for"))
        if given.get("id"):
            self.ids.append(given["id"])
        if tag in LABELLED and given.get("type") not in NEEDS_NO_LABEL and given.get("tabindex") != "-1":
            self.fields.append((given.get("id"), bool(self.inside_label or given.get("aria-label"))))

    def handle_endtag(self, tag):
        if tag == "label":
            self.inside_label -= 1


def check_page(response, language, status=200):
    """Assert that an answer is a whole page in this language, fit to be read by a person and by a machine."""
    assert response.status_code == status
    check_html(response.content.decode(), language)


def check_html(text, language):
    page = Page(text)
    assert (page.language, page.direction) == (language, DIRECTIONS.get(language, "ltr"))
    assert page.mains == 1
    assert page.headings.count(1) == 1
    # A bar for coordinators may stand before the title, as a second level.
    above = [1, *page.headings]
    skipped = [pair for pair in zip(above, page.headings, strict=False) if pair[1] > pair[0] + 1]
    assert skipped == []
    assert sorted(page.ids) == sorted(set(page.ids))
    assert [field for field, has in page.fields if not has and field not in page.labelled] == []
    assert TRACES.findall(SCRIPT.sub("", text)) == []
