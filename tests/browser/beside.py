"""A browser in the thread of a test that looks into the database between two pages."""

import os
from contextlib import contextmanager
from unittest.mock import patch

from django.db import connections
from playwright.sync_api import sync_playwright


@contextmanager
def browsers():
    """Playwright; its loop runs in this thread, with connections to the database of its own, closed at the end."""
    with patch.dict(os.environ, DJANGO_ALLOW_ASYNC_UNSAFE="1"), sync_playwright() as playwright:
        try:
            yield playwright
        finally:
            connections.close_all()
