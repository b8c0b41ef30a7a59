"""Fills in the forms of a page as a person would: every field that takes words gets some of its own."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

PLAIN = {None, "text", "search", "tel"}
DAYS = {"date": "2031-03-01", "datetime-local": "2031-03-01T14:00", "number": "7", "time": "14:00"}
NEVER = {"submit", "button", "image", "reset", "file"}


@dataclass
class Form:
    """A form that is sent: where to, what a browser would send with it, and what was written in it."""

    action: str
    sent: dict = field(default_factory=dict)
    written: dict = field(default_factory=dict)

    def add(self, name, value):
        self.sent.setdefault(name, []).append(value)

    def write(self, name):
        self.written[name] = f"Harbour words in {name}"
        self.sent[name] = [self.written[name]]


class Forms(HTMLParser):
    """The forms of a page that are posted, filled in; `forms` holds those that take words."""

    def __init__(self, text):
        super().__init__()
        self.all, self.form, self.select = [], None, None
        self.feed(text)
        self.forms = [form for form in self.all if form.written]

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        name = given.get("name")
        if tag == "form" and given.get("method") == "post":
            self.form = Form(given.get("action", ""))
            self.all.append(self.form)
        elif self.form is None or "disabled" in given:
            return
        elif tag == "select" and name:
            self.select = [name, None]
        elif tag == "option" and self.select:
            if self.select[1] is None or "selected" in given:
                self.select[1] = given.get("value", "")
        elif tag == "textarea" and name:
            self.form.write(name)
        elif tag == "input" and name:
            self._fill(name, given)

    def _fill(self, name, given):
        kind, value = given.get("type"), given.get("value", "")
        if kind in PLAIN and given.get("tabindex") != "-1":
            self.form.write(name)
        elif kind in DAYS:
            self.form.add(name, value or DAYS[kind])
        elif kind == "hidden" or (kind in {"checkbox", "radio"} and "checked" in given):
            self.form.add(name, given.get("value", "on"))

    def handle_endtag(self, tag):
        if tag == "select" and self.select:
            self.form.add(*self.select)
            self.select = None
        if tag == "form":
            self.form = None
