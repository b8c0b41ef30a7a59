"""One stylesheet from many files: a chain of imports costs two seconds on a weak line.

In the tree each component has its own file; readers are served one file, named by a hash of its content.
"""

import re
from pathlib import Path

from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEET = "portal/css/portal.css"
IMPORT = re.compile(r"""@import\s+(?:url\()?["']([^"']+)["']\)?\s*(?:layer\(([\w.-]+)\))?\s*;""")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SPACE = re.compile(r"\n\s*")


def bundle(path):
    """Return the text of a stylesheet with all that it imports put in its place."""

    def put(match):
        css = bundle(path.parent / match[1])
        return f"@layer {match[2]} {{\n{css}}}\n" if match[2] else css

    css = IMPORT.sub(put, path.read_text(encoding="utf-8"))
    return SPACE.sub("\n", COMMENT.sub("", css)).lstrip()


# What no reader is sent: of the administration, and the forms of htmx that we do not serve. Compressing these takes
# most of the time of all.
PLAIN = re.compile(r"admin/|modeltranslation/|django_htmx/(?!htmx-4\.min|django-htmx)")


class BundledStorage(CompressedManifestStaticFilesStorage):
    """Static files under hashed names, compressed, our stylesheet bundled before it is hashed."""

    def post_process(self, paths, dry_run=False, **options):
        if SHEET in paths and not dry_run:
            storage, path = paths[SHEET]
            Path(self.path(SHEET)).write_text(bundle(Path(storage.path(path))), encoding="utf-8")
            folder = SHEET.rpartition("/")[0] + "/"
            parts = [name for name in paths if name.startswith(folder)]
            paths = {name: where for name, where in paths.items() if name not in parts}
            paths[SHEET] = (self, SHEET)
        yield from super().post_process(paths, dry_run, **options)

    def compress_files(self, paths):
        """Compress what readers are sent."""
        return super().compress_files([path for path in paths if not PLAIN.match(path)])
