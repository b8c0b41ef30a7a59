"""Pictures for the walk-through in docs/, taken on the way where a folder is named: `make screenshots`."""

import os
from io import BytesIO
from pathlib import Path

from PIL import Image

FOLDER = os.environ.get("SCREENSHOTS")
WIDEST = 960  # pixels
LARGEST = 60_000  # bytes


def take(page, name):
    """Keep what stands on top of a page as a small file."""
    page.evaluate("scrollTo(0, 0)")
    seen = Image.open(BytesIO(page.screenshot())).convert("RGB")
    seen.thumbnail((WIDEST, WIDEST))
    file = Path(FOLDER) / f"{name}.webp"
    seen.save(file, quality=60, method=6)
    assert file.stat().st_size < LARGEST, file
