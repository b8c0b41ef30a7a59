"""Versions below which a package has a known weakness (safety.md, G32)."""

import re
from importlib.metadata import version

FLOORS = {"django": "5.2.19", "django-allauth": "65.21.1", "celery": "5.7.0", "kombu": "5.7.0"}


def below():
    """The packages that are older than their last security fix: ["django 5.2.18 < 5.2.19", …]."""
    found = ((name, version(name), floor) for name, floor in FLOORS.items())
    return [f"{name} {own} < {floor}" for name, own, floor in found if _numbers(own) < _numbers(floor)]


def _numbers(text):
    return tuple(int(part) for part in re.findall(r"\d+", text)[:3])
