"""A process as one file: what everybody may see of it, nothing else, whatever is in it, and little of it in memory."""

import csv
import io
import json
import zipfile

import pytest
from django.urls import reverse

from portal.files import Clean
from portal.operations import files
from portal.pages.machines import whole
from resources.models import DocumentFile
from tests import factories
from tests.safety.walk import read

pytestmark = pytest.mark.django_db


def packed(client, process, language="en"):
    """{name: bytes} of the file, as another program reads it."""
    address = reverse("process-file", args=[process.address_key]).replace("/en/", f"/{language}/")
    answer = client.get(address)
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(read(answer))) as pack:
        assert pack.testzip() is None
        return {name: pack.read(name) for name in pack.namelist()}


@pytest.fixture(name="process")
def _process():
    process = factories.process("Second review")
    factories.consultation("Open dialogue", status="announced", process=process)
    factories.consultation("Closed dialogue", status="announced", process=process, access="invited")
    factories.document("Draft outcome", status="draft", process=process)
    factories.document("Of another process", process=factories.process("First review"))
    outcome = factories.document("Outcome", process=process)
    stored = files.keep(Clean("outcome.pdf", b"%PDF-1.7 words", "application/pdf"), by=None)
    outcome.files.create(language="en", file=stored)
    return process


def test_everything_public_of_a_process_is_in_one_file_and_nothing_else(client, process):
    client.force_login(factories.coordinator())  # who sees more on the pages
    found = packed(client, process)
    everything = b"".join(found.values()).decode(errors="replace")
    assert {"README.txt", "process.json", "meetings.ics", "consultations.csv", "library.json"} <= found.keys()
    assert "commitments.csv" not in found  # there are none
    for words in ("Closed dialogue", "Draft outcome", "Of another process"):
        assert words not in everything
    rows = list(csv.reader(io.StringIO(found["consultations.csv"].decode("utf-8-sig"))))
    assert [row[1] for row in rows[1:]] == ["Open dialogue"]
    (document,) = json.loads(found["library.json"])["library"]
    assert document["title"]["en"] == "Outcome"
    (name,) = (name for name in found if name.endswith("outcome.pdf"))
    assert found[name].startswith(b"%PDF")
    assert name in found["README.txt"].decode()


def test_what_finds_no_room_is_named_with_its_address(client, process, monkeypatch):
    monkeypatch.setattr(whole, "MOST", 10)
    found = packed(client, process)
    assert not [name for name in found if name.endswith(".pdf")]
    file = DocumentFile.objects.get(document__process=process)
    assert file.get_absolute_url() in found["README.txt"].decode()


def test_what_is_not_public_has_no_file(client):
    hidden = factories.process("Hidden", status="draft")
    client.force_login(factories.coordinator())
    assert client.get(reverse("process-file", args=[hidden.key])).status_code == 404
    assert client.get("/en/processes/no-such-process/all.zip").status_code == 404
