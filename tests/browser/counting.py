"""People who are signed in, each of whose clicks and fields is counted."""

from collections import Counter

from django.conf import settings as configured

from portal.templatetags.portal import language_name
from tests.browser import pictures
from tests.browser.inside import Inside
from tests.browser.test_accessibility import ROOT
from tests.browser.visitors import Visitor


class SignedIn(Visitor):
    """Somebody signed in, each of whose clicks and fields is counted, by what was to be done with them."""

    def __init__(self, browser, home, address, cookie, language, *, shown=None, **device):
        super().__init__(browser, Inside(home, ROOT), address, language, **device)
        self.shown = shown or {}
        self.job, self.clicks_of, self.fields_of = "", Counter(), Counter()
        self.page.context.add_cookies(
            [{"name": configured.SESSION_COOKIE_NAME, "value": cookie, "url": home}]
        )

    @property
    def clicks(self):
        return self.clicks_of.total()

    @property
    def fields(self):
        return self.fields_of.total()

    @property
    def counts(self):
        """How many clicks and fields each job took: {job: (clicks, fields)}."""
        jobs = self.clicks_of | self.fields_of
        return {job: (self.clicks_of[job], self.fields_of[job]) for job in jobs}

    def shows(self, moment):
        """What she sees at this moment, where a picture of it is wanted: {moment: name of the picture}."""
        if pictures.FOLDER and moment in self.shown:
            pictures.take(self.page, self.shown[moment])

    def click(self, place):
        self.clicks_of[self.job] += 1
        place.click()

    def follow(self, sentence, **named):
        self.click(self.sees("link", sentence, **named).first)

    def press(self, sentence, **named):
        self.click(self.sees("button", sentence, **named).last)

    def fill(self, sentence, value, **values):
        self.fields_of[self.job] += 1
        self.field(sentence, **values).fill(value)

    def choose(self, sentence, label):
        self.fields_of[self.job] += 1
        self.field(sentence).select_option(label=self.words(label))

    def tick(self, name, **exactly):
        self.fields_of[self.job] += 1
        self.page.get_by_role("checkbox", name=name, **exactly).check()

    def write(self, sentence, words):
        """The words of each language, of which one may have to be unfolded: {language: words}."""
        for code, said in words.items():
            here = {"language": self.in_words(language_name, code)}
            if self.is_folded(self.field(sentence, **here)):
                self.click(self.page.locator(f"details.part:not([open]) summary:has([lang={code}])"))
            self.fill(sentence, said, **here)
