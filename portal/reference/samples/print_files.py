"""Prints the PDFs of the sample documents from their texts, with Chromium: after any change of a text, run
`.venv/bin/python -m portal.reference.samples.print_files`, and commit what it writes.

The shipped files are already cleaned as an upload would be, so they hold nothing of the machine that printed them.
"""

import hashlib
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from markdown_it import MarkdownIt

from portal import files

FOLDER = Path(__file__).resolve().parent
CODES = ("ar", "en", "fr", "es")
CHROMIUM = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
)
PAGE = """<!doctype html><html lang="{code}" dir="{direction}"><meta charset="utf-8"><title>{title}</title><style>
@page {{ size: A4; margin: 24mm 22mm; @bottom-center {{ content: counter(page) " / " counter(pages); font: 9pt sans-serif; }} }}
body {{ font: 11pt/1.5 "Noto Sans Arabic", "Noto Sans", "DejaVu Sans", sans-serif; color: #1b2430; }}
h1 {{ font-size: 20pt; line-height: 1.25; }} h2 {{ font-size: 13pt; margin-block: 16pt 4pt; }}
.summary {{ font-size: 12.5pt; }} li {{ margin-block: 3pt; }}
table {{ border-collapse: collapse; inline-size: 100%; }} th, td {{ border: .5pt solid #8a93a0; padding: 4pt 6pt; text-align: start; }}
</style><h1>{title}</h1><p class="summary">{summary}</p>{body}</html>"""


def texts():
    """(name, language, Markdown) of each document."""
    for name in json.loads((FOLDER / "samples.json").read_text(encoding="utf-8"))["documents"]:
        for code in CODES:
            yield name, code, (FOLDER / "texts" / f"{name}.{code}.md").read_text(encoding="utf-8")


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def print_one(code, text, folder):
    """The cleaned PDF of a text."""
    card, _line, body = text.partition("\n---\n")
    title, _space, summary = card.removeprefix("# ").partition("\n\n")
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    html = PAGE.format(
        code=code,
        direction="rtl" if code == "ar" else "ltr",
        title=title.strip(),
        summary=summary.strip(),
        body=markdown.render(body),
    )
    (folder / "page.html").write_text(html, encoding="utf-8")
    out = folder / "page.pdf"
    command = [shutil.which("chromium"), *CHROMIUM, "--no-pdf-header-footer", f"--print-to-pdf={out}"]
    subprocess.run([*command, (folder / "page.html").as_uri()], check=True, capture_output=True, timeout=60)
    return files.clean(SimpleUploadedFile("page.pdf", out.read_bytes())).content


def main():
    """Print what has changed since it was printed."""
    record = FOLDER / "files" / "printed_from.json"
    before = json.loads(record.read_text(encoding="utf-8")) if record.exists() else {}
    printed = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, code, text in texts():
            key = f"{name}.{code}"
            printed[key] = digest(text)
            if printed[key] != before.get(key):
                (FOLDER / "files" / f"{key}.pdf").write_bytes(print_one(code, text, Path(folder)))
    record.write_text(json.dumps(printed, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
