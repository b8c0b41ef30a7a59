"""The shape of the house: who imports whom, what operations look like, which statuses have moves."""

import ast
import inspect
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parent.parent
APPS = ("portal", "resources", "consultations")
SHELL = ("portal.urls", "portal.pages")
FORBIDDEN = {"utils", "helpers", "common", "services", "managers", "mixins"}
SOURCES = [
    path for app in APPS for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts
]


def module_name(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path):
    """Every module that a file imports from the project, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] in APPS)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in APPS:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def floor(name):
    """0 for the kernel, 1 for resources, 2 for consultations, 3 for the shell that joins them."""
    if name.startswith(SHELL):
        return len(APPS)
    return APPS.index(name.split(".")[0])


LAYERS = ("models", "permissions", "operations", "forms", "views", "urls")


def layer(name):
    """The layer of a module inside its app; None for what stands outside the order."""
    parts = name.split(".")
    if len(parts) < 2 or name.startswith(SHELL):
        return None
    part = {"notifications": "permissions"}.get(parts[1], parts[1])
    return LAYERS.index(part) if part in LAYERS else None


@pytest.fixture(scope="module")
def imported():
    """Who imports whom: [(module, module)]."""
    return [(module_name(path), name) for path in SOURCES for name in imports(path)]


def test_apps_import_downwards_only(imported):
    assert [(here, name) for here, name in imported if floor(name) > floor(here)] == []


def test_layers_inside_an_app_import_downwards_only(imported):
    same_app = [(here, name) for here, name in imported if name.split(".")[0] == here.split(".")[0]]
    layered = [(here, name) for here, name in same_app if None not in {layer(here), layer(name)}]
    assert [(here, name) for here, name in layered if layer(name) > layer(here)] == []


def test_no_module_has_a_name_that_says_nothing():
    assert [module_name(path) for path in SOURCES if path.stem in FORBIDDEN] == []


def operations():
    for path in SOURCES:
        parts = path.relative_to(ROOT).parts
        if (parts[1] == "operations" and path.stem != "__init__") or parts[1] == "operations.py":
            module = import_module(module_name(path))
            for name, thing in inspect.getmembers(module, inspect.isfunction):
                if thing.__module__ == module.__name__ and not name.startswith("_"):
                    yield thing


def named_last(operation):
    """The last of its parameters that have a name, if it is one by keyword alone."""
    named = [
        one for one in inspect.signature(operation).parameters.values() if one.kind is not one.VAR_KEYWORD
    ]
    return named[-1].name if named[-1].kind is inspect.Parameter.KEYWORD_ONLY else None


def test_every_operation_says_what_it_does_and_takes_by_as_its_last_keyword():
    found = list(operations())
    with_by = [one for one in found if "by" in inspect.signature(one).parameters]
    assert len(with_by) > len(found) / 3
    assert [one for one in found if not (one.__doc__ or "").strip()] == []
    assert [one for one in with_by if named_last(one) != "by"] == []


def models_with_status():
    for model in apps.get_models():
        if model.__module__.split(".")[0] in APPS and hasattr(model, "Status"):
            yield model


@pytest.mark.parametrize("model", list(models_with_status()), ids=lambda model: model.__name__)
def test_every_status_has_its_moves(model):
    assert set(model.MOVES) == set(model.Status.values)
    for reachable in model.MOVES.values():
        assert reachable <= set(model.Status.values)


def test_what_stands_above_a_thing_is_said_once():
    """In ABOVE: rights over one thing and lists of all that one coordinates both read it (portal/models/records.py)."""
    house = [model for model in apps.get_models() if model.__module__.split(".")[0] in APPS]
    assert [model.__name__ for model in house if "belongs_to" in vars(model)] == []
    for model in house:
        assert all(model._meta.get_field(name).many_to_one for name in getattr(model, "ABOVE", ()))


def test_every_constraint_is_named_after_a_fact_of_its_model():
    for model in apps.get_models():
        if model.__module__.split(".")[0] not in APPS:
            continue
        for constraint in model._meta.constraints:
            assert model._meta.model_name in constraint.name


def test_no_column_holds_an_address_of_the_network():
    columns = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model.__module__.split(".")[0] in APPS
        for field in model._meta.get_fields()
        if isinstance(field, models.GenericIPAddressField)
    ]
    assert columns == []
