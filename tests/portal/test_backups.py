"""Backups: sealed, whole or refused, put back into an empty place alone, and nothing leaves it (safety.md, D18)."""

import stat
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command

from portal import clock, sealing
from portal.errors import Refused
from portal.models import Backup, LogEntry
from portal.operations import backups
from tests import factories, restoring

pytestmark = pytest.mark.django_db
SECRET = b"Mariam came by the northern road"


@pytest.fixture
def filled(tmp_path, settings):
    """A portal with a person, a document and files, and the file of the key to its backups."""
    settings.MEDIA_ROOT = tmp_path / "own"
    factories.user("mariam@sent.example")
    factories.document("A guide")
    storages["default"].save("files/ab/one", ContentFile(SECRET))
    storages["default"].save("files/cd/empty", ContentFile(b""))
    return restoring.new_lock(tmp_path, settings)


@pytest.mark.django_db(transaction=True)
def test_what_is_backed_up_comes_back_whole_into_an_empty_place_and_nothing_leaves_it(filled, tmp_path):
    factories.user("second@sent.example")
    path = restoring.back_up(tmp_path)
    with restoring.empty_place(tmp_path) as place:
        exit_code, said = restoring.manage(place, "restore", path, "--key", filled)
        assert (exit_code, "2 files" in said) == (0, True), said
        assert (tmp_path / "media" / "files/ab/one").read_bytes() == SECRET
        assert restoring.ask(place, "SELECT count(*) FROM portal_user") == [(2,)]
        # It is another place: whoever drains there is told so by the mark alone.
        assert restoring.ask(place, "SELECT mark, restored_at > restored_from FROM portal_installation") == [
            ("", True)
        ]
    with pytest.raises(CommandError, match="not empty"):
        call_command("restore", path, "--key", filled)


def test_a_backup_says_nothing_to_others_and_is_noted(filled, tmp_path):
    path = restoring.back_up(tmp_path)
    content = path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for word in (SECRET, b"mariam@sent.example", b"portal_user", b"files/ab/one"):
        assert word not in content
    made = Backup.objects.get()
    assert (made.size, made.files) == (len(content), 2)
    assert LogEntry.objects.get(act="backup made").thing == made
    assert [each.name for each in tmp_path.glob("*.part")] == []


def test_what_is_not_whole_or_not_ours_is_refused(filled, tmp_path):
    path = restoring.back_up(tmp_path)
    own = sealing.key(filled.read_text())
    assert backups.check(path, own)["files"].keys() == {"files/ab/one", "files/cd/empty"}
    content = path.read_bytes()
    for name, broken in {
        "cut": content[:-2_000],
        "changed": content[:90_000] + bytes([content[90_000] ^ 1]) + content[90_001:],
        "foreign": b"no backup at all",
    }.items():
        damaged = tmp_path / name
        damaged.write_bytes(broken)
        with pytest.raises(Refused, match="cannot be opened"):
            backups.check(damaged, own)
    stranger, _lock = sealing.new_key()
    with pytest.raises(Refused, match="cannot be opened"):
        backups.check(path, sealing.key(stranger))


def test_without_a_lock_or_when_the_dump_fails_nothing_is_left_behind(
    filled, tmp_path, settings, monkeypatch
):
    monkeypatch.setattr(backups, "LEFT_OUT", ("two words --nonsense",))
    monkeypatch.setattr(backups.postgres, "surroundings", lambda: {"PGHOST": str(tmp_path)})
    with pytest.raises(CommandError, match="pg_dump failed"):
        call_command("back_up", tmp_path)
    for wrong in ("", "age1nothing"):
        settings.BACKUP_LOCK = wrong
        with pytest.raises(CommandError, match="BACKUP_LOCK"):
            call_command("back_up", tmp_path)
    assert [path.name for path in tmp_path.iterdir() if "portal-" in path.name] == []
    assert not Backup.objects.exists()


def test_backups_past_their_time_are_deleted_and_nothing_else(filled, tmp_path, settings):
    now = clock.now()
    names = {
        days: tmp_path / backups.NAME.format(now - timedelta(days=days))
        for days in (settings.KEEP_BACKUPS_DAYS - 1, settings.KEEP_BACKUPS_DAYS + 1)
    }
    other, killed = tmp_path / "notes.backup", names[settings.KEEP_BACKUPS_DAYS + 1].with_suffix(".part")
    for path in (*names.values(), other, killed):
        path.touch()
    made = restoring.back_up(tmp_path)
    assert not killed.exists()
    assert sorted(Path(tmp_path).glob("*.backup")) == sorted([names[34], other, made])


def test_a_key_is_written_once_and_for_its_owner_alone(tmp_path, capsys):
    path = tmp_path / "key"
    call_command("make_backup_key", path)
    said = capsys.readouterr().out.strip().removeprefix("BACKUP_LOCK=")
    assert str(sealing.lock(said)) == str(sealing.key(path.read_text()).to_public())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(CommandError, match="exists"):
        call_command("make_backup_key", path)
