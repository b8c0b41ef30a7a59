"""More than four hundred payloads in every field of papers, on every page, in files and in messages (G15).

Each page is drawn twice: with payloads, and with plain words in their place. What the payloads add may only be what our
two grammars make of people's text; a control without the cleaning must be seen.
"""

import csv
import io
import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import override

from consultations.models import Comment, Paper
from consultations.operations import drafting, postcards, publishing
from portal import markup
from portal.forms.fields import INVISIBLE, LineField, PassageField
from portal.operations import delivery
from tests import factories, sessions
from tests.drills import figures

pytestmark = pytest.mark.django_db

CORE = """<script>alert(1)</script>|<img src=x onerror=alert(1)>|<svg onload=alert(1)>|<svg/onload=alert(1)//
<iframe src=javascript:alert(1)>|<iframe srcdoc="<script>alert(1)</script>">|<object data=javascript:alert(1)>
<embed src=javascript:alert(1)>|<form action=javascript:alert(1)><button>x</button></form>|<base href=//evil.example/>
<meta http-equiv=refresh content="0;url=//evil.example">|<link rel=stylesheet href=//evil.example/x.css>
<style>*{display:none}</style>|<body onload=alert(1)>|<input onfocus=alert(1) autofocus>|<details open ontoggle=alert(1)>
<video><source onerror=alert(1)></video>|<audio src=x onerror=alert(1)>|<math><mtext></mtext></math>|<marquee onstart=alert(1)>
<a href="javascript:alert(1)">x</a>|<a href="java&#115;cript:alert(1)">x</a>|<a href=" javascript:alert(1)">x</a>
<a href="data:text/html,<script>alert(1)</script>">x</a>|<a href="vbscript:x">x</a>|"><script>alert(1)</script>
'><script>alert(1)</script>|"onmouseover="alert(1)|' onmouseover='alert(1)|</textarea><script>alert(1)</script>
</title><script>alert(1)</script>|</style><script>alert(1)</script>|--><script>alert(1)</script>|]]><script>alert(1)</script>
<!--<img src="--><img src=x onerror=alert(1)//">|<![CDATA[<script>alert(1)</script>]]>|<?xml version="1.0"?><script/>
{{ request.user.email }}|{% debug %}|{% load i18n %}|${7*7}|#{7*7}|<%= 7*7 %>|&lt;script&gt;alert(1)&lt;/script&gt;
&#60;script&#62;alert(1)&#60;/script&#62;|\\u003cscript\\u003e|%3Cscript%3E|<scr<script>ipt>alert(1)</scr</script>ipt>
[x](javascript:alert(1))|[x](JaVaScRiPt:alert(1))|[x](data:text/html;base64,PHNjcmlwdD4=)|[x](vbscript:alert(1))
![x](https://evil.example/x.png)|![x](javascript:alert(1))|<javascript:alert(1)>|[x]: javascript:alert(1)
[x](https://evil.example "onmouseover=alert(1)")|[x](<javascript:alert(1)>)|`<script>`|x<wbr onclick=alert(1)>
=1+1|+1+1|-1+1|@SUM(1)|=HYPERLINK("http://evil.example")|%0d%0aBcc: a@evil.example""".replace(
    "\n", "|"
).split("|")
FRAMES = ("{}", "**{}**", "- {}", "> {}", "### {}", "| a |\n|---|\n| {} |", "قال «{}» ثم")
PAYLOADS = [frame.format(core) for core in CORE for frame in FRAMES]
LINES = [payload for payload in PAYLOADS if "\n" not in payload]
DIRECTIONS = ["\u202eevil\u202c", "\u2066x\u2069", "a\u200bb", "\u061cx", "\u200fx", "x\ufeff"]
PLAIN = "plain words"


class Elements(HTMLParser):
    """What a page is made of: each tag with each of its attributes' names, addresses that act, texts."""

    def __init__(self, html):
        super().__init__()
        self.found, self.addresses = Counter(), set()
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.found[tag, ""] += 1
        for name, value in attributes:
            self.found[tag, name] += 1
            if name in {"href", "src", "action", "formaction", "data", "poster"}:
                self.addresses.add((value or "").strip().lower())


ALLOWED = {(tag, name) for tag in markup.LARGE for name in ("", "dir", "lang", "start")}
ALLOWED |= {("a", "href"), ("a", "rel")}
ALLOWED |= {("ins", ""), ("del", ""), ("bdi", ""), ("bdi", "class")}  # our own marks of what changed
SCHEMES = re.compile(r"(https?:|mailto:|[/#?.]|$)")


def strange(html, plain):
    """What a page holds that neither stands on the same page with plain words nor may be made of people's text."""
    with_words, without = Elements(html), Elements(plain)
    added = {
        what
        for what, count in with_words.found.items()
        if count > without.found[what] and what not in ALLOWED
    }
    return added | {one for one in with_words.addresses if not SCHEMES.match(one)}


def world(lines, passages):
    """Papers in every state whose every field says one of these; the same shape for any words."""
    line, passage = iter(lines * 9), iter(passages * 9)
    by = factories.coordinator(name=next(line)[:150])
    lead = factories.lead(name=next(line)[:150])
    lead.organization.name_en = next(line)[:200]
    lead.organization.save()

    def paper(sections=2, **fields):
        made = factories.paper(
            title_en=next(line)[:300],
            summary_en=next(passage),
            title_ar=next(line)[:300],
            licence=next(line)[:40],
            sections=[],
            by=by,
            **fields,
        )
        for _ in range(sections):
            words = "\n\n".join(next(passage) for _ in range(40))
            drafting.add_section(made, language="en", markdown=f"## {next(line)}\n\n{words}", by=by)
        return made

    asked = factories.comment_round(paper(sections=5))
    places = asked.paper.sections.order_by("position").first().paragraphs.count()
    for place in range(min(places, 20)):
        factories.comment(asked, lead.organization, text=next(passage), place=place)
        factories.comment(
            asked,
            lead.organization,
            text="",
            proposed=f"{next(passage)} {place}",
            place=place,
            kind="proposal",
        )
    Comment.objects.filter(round=asked).update(answer=next(passage)[:500], answer_language="en")
    signed = factories.paper_to_endorse(next(line)[:300], kind="open-letter", takes_outsiders=True, by=by)
    section = signed.sections.first()
    for _ in range(20):
        other = factories.organization(next(line)[:200], lead=factories.user())
        factories.endorsement(
            signed, other, answer="reserved", reserved_on=section, reservation=next(passage)[:1000]
        )
        factories.signature(signed, next(line)[:190] + str(next(factories.numbers)))
    printed = paper()
    for _ in range(6):
        postcards.add(printed, words={"en": next(line)[:240]}, approved={"en"}, by=by)
    printed = publishing.publish(publishing.freeze(printed, by=by), by=by)
    written = printed.sections.order_by("position").first()
    drafting.edit(
        written,
        language="en",
        number=1,
        markdown="\n\n".join(next(passage) for _ in range(40)),
        note=next(line)[:300],
        by=by,
    )
    publishing.correct(printed, change_note={"en": next(line)[:300]}, changes_meaning=True, by=by)
    return by, lead, [asked.paper, signed, Paper.objects.get(pk=printed.pk)]


def pages(papers):
    """Every page that shows something of them, by name and arguments."""
    asked, signed, printed = papers
    yield "consultations:papers", []
    for paper in papers:
        yield "consultations:paper", [paper.address_key]
        for name in ("paper-draft", "paper-edit", "paper-coverage", "postcards", "paper-comments"):
            yield f"consultations:{name}", [paper.key]
        section = paper.sections.order_by("position").first()
        yield "consultations:section", [section.key]
        yield "consultations:section-sources", [section.key]
        yield "consultations:section-history", [section.key, "en"]
        yield "consultations:section-translate", [section.key, "ar"]
        for version in paper.versions.order_by("number"):
            yield "consultations:version", [version.key]
    yield "consultations:comment-round", [asked.comment_rounds.get().key]
    yield "consultations:own-comments", []
    for comment in Comment.objects.filter(round__paper=asked).order_by("pk")[:12]:
        yield "consultations:comment", [comment.key]
    yield "consultations:sign-on", [signed.key]
    yield "consultations:signatures", [signed.versions.get().key]
    yield "consultations:paper-correct", [printed.key]
    yield "resources:document", [printed.document.address_key]
    yield "my-organization", []
    yield "desk", []


def drawn(language, by, lead, papers):
    """{(name, place in the row, who asks): page}, as its coordinator and a member find them."""
    found = {}
    with override(language):
        addresses = [(name, reverse(name, args=arguments)) for name, arguments in pages(papers)]
    for person in (by, lead):
        client = Client()
        sessions.sign_in(client, person)
        for place, (name, address) in enumerate(addresses):
            answer = client.get(address)
            if answer.status_code == 200:
                found[name, place, person == by] = answer.content.decode()
    return found


def looked_at(lines, passages, language):
    """[(page, what is strange on it)], and how many pages were looked at."""
    mine = drawn(language, *world(lines, passages))
    plain = drawn(language, *world([PLAIN] * 50, [PLAIN] * 50))
    pairs = [(key, mine[key], plain[key]) for key in sorted(mine.keys() & plain.keys())]
    return [(key, found) for key, html, other in pairs if (found := strange(html, other))], len(pairs)


@pytest.mark.parametrize("language", ["en", "ar", "fr", "es"])
def test_no_payload_becomes_an_element_or_an_attribute_on_any_page(language):
    bad, looked = looked_at(LINES, PAYLOADS, language)
    figures.add(
        "G15", f"payloads on pages, {language}", payloads=len(PAYLOADS), pages=looked, strange=len(bad)
    )
    assert len(PAYLOADS) >= 400
    assert looked >= 60
    assert bad == []


def test_a_control_without_cleaning_is_seen(monkeypatch):
    for name in ("coordinators", "stored"):
        monkeypatch.setattr(markup, name, lambda text: mark_safe(text or ""))
    bad, looked = looked_at(LINES, PAYLOADS, "en")
    figures.add("G15", "control: raw HTML, nothing cleaned", pages=looked, strange=len(bad))
    assert bad


def test_no_payload_becomes_an_element_in_a_message_or_a_header(mailoutbox):
    world(LINES, PAYLOADS)
    delivery.drain()
    assert mailoutbox
    strange_ones = []
    for message in mailoutbox:
        assert not {"\n", "\r"} & set(message.subject)
        html = next(content for content, sort in message.alternatives if sort == "text/html")
        found = Elements(html)
        acting = {name for _tag, name in found.found if name.startswith("on")}
        tags = {tag for tag, _name in found.found} & {
            "script",
            "img",
            "iframe",
            "object",
            "embed",
            "form",
            "svg",
            "base",
        }
        strange_ones += [found for found in (acting | tags) if found]
        strange_ones += [one for one in found.addresses if not one.startswith("http://testserver/")]
    figures.add("G15", "payloads in messages", messages=len(mailoutbox), strange=len(strange_ones))
    assert strange_ones == []


def test_no_payload_is_live_in_a_table(client):
    by, _lead, papers = world(LINES, PAYLOADS)
    asked, signed, _printed = papers
    sessions.sign_in(client, by)
    cells = 0
    for address in (
        reverse("consultations:paper-comments-file", args=[asked.key]),
        reverse("consultations:signatures-file", args=[signed.versions.get().key]),
    ):
        answer = client.get(address)
        text = b"".join(answer.streaming_content) if answer.streaming else answer.content
        for row in csv.reader(io.StringIO(text.decode("utf-8-sig"))):
            cells += len(row)
            assert [cell for cell in row if cell[:1] in ("=", "+", "-", "@", "\t", "\r")] == []
    figures.add("G15", "payloads in tables", cells=cells, live=0)
    assert cells > 100


def test_one_line_keeps_no_sign_that_hides_or_turns():
    refused = 0
    for text in DIRECTIONS + [f"{payload}{sign}" for payload in LINES[:100] for sign in DIRECTIONS]:
        field = LineField(max_length=2000)
        try:
            kept = field.clean(text)
        except ValidationError:
            refused += 1
        else:
            assert not INVISIBLE.search(kept)
    assert refused == len(DIRECTIONS) * 101
    assert "\x00" not in PassageField().clean("a\x00b\x1b")
    figures.add("G15", "signs of direction in one-line fields", tried=len(DIRECTIONS) * 101, kept=0)
