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


@pytest.mark.parametrize("path", SOURCES, ids=module_name)
def test_apps_import_downwards_only(path):
    above = [name for name in imports(path) if floor(name) > floor(module_name(path))]
    assert above == []


@pytest.mark.parametrize("path", SOURCES, ids=module_name)
def test_layers_inside_an_app_import_downwards_only(path):
    here = module_name(path)
    if layer(here) is None:
        return
    same_app = [name for name in imports(path) if name.split(".")[0] == here.split(".")[0]]
    above = [name for name in same_app if layer(name) is not None and layer(name) > layer(here)]
    assert above == []


def test_no_module_has_a_name_that_says_nothing():
    assert [module_name(path) for path in SOURCES if path.stem in FORBIDDEN] == []


def operations():
    for path in SOURCES:
        parts = path.relative_to(ROOT).parts
        if (parts[1] == "operations" and path.stem != "__init__") or parts[1] == "operations.py":
            module = import_module(module_name(path))
            for name, thing in inspect.getmembers(module, inspect.isfunction):
                if thing.__module__ == module.__name__ and not name.startswith("_"):
                    yield pytest.param(thing, id=f"{module.__name__}.{name}")


@pytest.mark.parametrize("operation", list(operations()))
def test_every_operation_says_what_it_does_and_takes_by_as_its_last_keyword(operation):
    assert (operation.__doc__ or "").strip()
    signature = inspect.signature(operation)
    if "by" in signature.parameters:
        named = [p.name for p in signature.parameters.values() if p.kind is not p.VAR_KEYWORD]
        assert signature.parameters["by"].kind is inspect.Parameter.KEYWORD_ONLY
        assert named[-1] == "by"


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
