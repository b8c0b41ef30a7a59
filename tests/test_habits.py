"""Habits worth having: guarded rows, migrations in step, no trap of translated columns, versions above the floors."""

import ast
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from modeltranslation.translator import translator

from portal import floors
from portal.forms.fields import ThingField
from portal.models import Objective
from portal.notifications import registry
from tests.browser import everywhere

ROOT = Path(__file__).resolve().parent.parent
APPS = ("portal", "resources", "consultations")
READERS_SIDE = ("views", "pages", "templatetags", "panels.py", "calendars.py", "context_processors.py")
SOURCES = [
    path for app in APPS for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts
]
# Each exception says why: rows of one's own account, found through the signed-in person or a secret token.
UNGUARDED = {
    "portal/views/health.py",
    "portal/views/unsubscribe.py",
}


def test_no_package_is_older_than_its_last_security_fix():
    assert floors.below() == []


def test_axe_looks_at_every_page_in_the_drill():
    """At those of the desk, too: whoever adds an address that nobody there is shown finds its name here."""
    assert everywhere.unseen() == []


def test_an_empty_choice_says_so_in_words_that_follow_whether_one_must_choose():
    field = ThingField(queryset=Objective.objects.none())
    said = []
    for field.required in (True, False):
        said += [(value, str(label)) for value, label in field.choices]
    assert said == [("", "Please choose"), ("", "Nothing chosen")]
    own = ThingField(queryset=Objective.objects.none(), required=False, empty_label="On no objective")
    assert list(own.choices) == [("", "On no objective")]


def test_a_choice_of_things_is_made_in_one_way_everywhere():
    """Of Django's own field the empty choice reads as a row of dashes; tests.pages looks for one on every page."""
    found = {
        str(path.relative_to(ROOT))
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, (ast.Attribute, ast.Name))
        and (node.attr if isinstance(node, ast.Attribute) else node.id) == "ModelChoiceField"
    }
    assert found == {"portal/forms/fields.py"}


@pytest.mark.django_db
def test_models_and_migrations_are_in_step():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def guarded_models():
    """Names of models whose queryset has visible_to: readers' code may reach them only through it."""
    names = set()
    for path in SOURCES:
        for match in re.finditer(r"^class (\w+)\(", path.read_text(), re.M):
            names.add(match.group(1))
    from django.apps import apps

    return {
        model.__name__
        for model in apps.get_models()
        if model.__name__ in names and hasattr(model._default_manager.all(), "visible_to")
    }


def readers_side(path):
    parts = path.relative_to(ROOT).parts
    return parts[1] in READERS_SIDE or (len(parts) > 2 and parts[1] in READERS_SIDE)


def test_what_readers_reach_is_reached_through_visible_to():
    guarded = guarded_models()
    bare = []
    for path in SOURCES:
        name = str(path.relative_to(ROOT))
        if not readers_side(path) or name in UNGUARDED:
            continue
        source = path.read_text()
        for match in re.finditer(r"\b(\w+)\.objects\b(\.\w+)?", source):
            is_short = match.group(0) == "Consultation.objects.find_visible_to"
            if match.group(1) in guarded and match.group(2) != ".visible_to" and not is_short:
                line = source[: match.start()].count("\n") + 1
                bare.append(f"{name}:{line} {match.group(0)}")
    assert bare == []


def test_templates_do_not_query_guarded_rows():
    asked = [
        f"{path.relative_to(ROOT)}: {match.group(0)}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for match in re.finditer(r"\.(?:objects|visible_to|count)\b|_set\.all\b", path.read_text())
        if "blocktranslate" not in match.group(0)
    ]
    assert [row for row in asked if not row.endswith(".count")] == []


def translated_names():
    return {
        field
        for model in translator.get_registered_models()
        for field in translator.get_options_for_model(model).fields
    }


def test_expressions_never_name_the_stale_shadow_column():
    """The unsuffixed column of a translated field is read by F(), functions and related look-ups: stack.md, 4."""
    names = "|".join(sorted(translated_names()))
    trap = re.compile(
        rf"""(?:\bF\(|Lower\(|Upper\(|Coalesce\(|order_by\(|__)["']?-?(?:\w+__)?({names})["']"""
    )
    found = [
        f"{path.relative_to(ROOT)}: {match.group(0)}"
        for path in SOURCES
        for match in trap.finditer(path.read_text())
        if "/operations/search" not in str(path)
    ]
    assert found == []


@pytest.mark.parametrize("kind", list(registry.values()), ids=lambda kind: kind.name)
def test_every_kind_of_notice_has_its_three_templates(kind):
    folder = ROOT / "templates" / "emails" / kind.name
    assert sorted(path.name for path in folder.iterdir()) == ["body.html", "body.txt", "subject.txt"]


def test_operations_are_called_by_their_modules_name():
    """`papers.open(…)` reads as prose; a bare `open(…)` does not: import the module, never the function."""
    bare = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.ImportFrom)
                and node.module
                and node.module.split(".")[1:2] == ["operations"]
            ):
                names = [alias.name for alias in node.names if not alias.name[0].isupper()]
                if node.module.count(".") >= 2 and names:
                    bare.append(f"{path.relative_to(ROOT)}: from {node.module} import {', '.join(names)}")
    assert bare == []


def test_no_user_text_is_marked_safe_outside_the_one_markup_module():
    found = [
        str(path.relative_to(ROOT))
        for path in SOURCES
        if re.search(r"\bmark_safe\(|SafeString\(", path.read_text()) and path.name != "markup.py"
    ]
    assert found == []
    unsafe = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.html")
        if re.search(r"\|\s*safe\b|autoescape off", path.read_text())
    ]
    assert unsafe == []


def test_no_cache_middleware_of_django_stands_in_the_way():
    from django.conf import settings

    banned = {"UpdateCacheMiddleware", "FetchFromCacheMiddleware", "ConditionalGetMiddleware"}
    assert [name for name in settings.MIDDLEWARE if name.rsplit(".", 1)[-1] in banned] == []
    assert not settings.SESSION_SAVE_EVERY_REQUEST
