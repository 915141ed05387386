"""The real server: started, killed, shared, refused."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from dreiklang.core.database import (
    DataIsNewer,
    database_settings,
    ensure_running,
    remove_data,
)
from dreiklang.core.database.address import DatabaseAddress
from dreiklang.core.database.cluster import answers
from dreiklang.core.database.errors import DataInUse, DataUnreachable
from dreiklang.core.database.folders import DataFolder
from dreiklang.core.database.locks import is_held, locked

USER = """
import sys
from pathlib import Path
from dreiklang.core.database import ensure_running
running = ensure_running(data_dir=Path(sys.argv[1]), environ={}, durable=False)
print("up", flush=True)
sys.stdin.readline()
running.release()
"""


def other_process(data_dir: Path) -> subprocess.Popen[str]:
    """Another user of the same data; it leaves when its standard input is closed."""
    return subprocess.Popen(
        [sys.executable, "-c", USER, str(data_dir)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def ask(address: DatabaseAddress, statement: str) -> object:
    with psycopg.connect(host=address.host, user=address.user, dbname=address.name) as connection:
        row = connection.execute(statement).fetchone()
    return row[0] if row else None


def run(address: DatabaseAddress, statement: str) -> None:
    with psycopg.connect(host=address.host, user=address.user, dbname=address.name) as connection:
        connection.execute(statement)


def postmaster(data_dir: Path) -> int:
    return int((DataFolder(data_dir).cluster / "postmaster.pid").read_text().split("\n")[0])


def wait_until_server_is_gone(data_dir: Path) -> None:
    with locked(DataFolder(data_dir).lock("server"), seconds=10) as gone:
        assert gone


def test_database_url_wins_and_starts_nothing(tmp_path: Path) -> None:
    environ = {"DATABASE_URL": "postgresql://anna@db/insek", "DREIKLANG_DATA": str(tmp_path / "data")}

    assert database_settings(environ=environ)["HOST"] == "db"
    ensure_running(environ=environ).release()

    assert not (tmp_path / "data").exists()


def test_settings_name_the_socket_without_starting_anything(tmp_path: Path) -> None:
    entry = database_settings(data_dir=tmp_path, environ={"DREIKLANG_TEST_DB": "test_anna"})

    assert (entry["NAME"], entry["TEST"]["NAME"]) == ("dreiklang", "test_anna")
    assert entry["HOST"].startswith("/")
    assert list(tmp_path.iterdir()) == []


def test_server_knows_german_words_and_listens_to_no_network(data_dir: Path) -> None:
    with ensure_running(data_dir=data_dir, environ={}, durable=False) as running:
        assert ask(running.address, "SELECT lower('ÄÖÜ')") == "äöü"
        assert ask(
            running.address, "SELECT to_tsvector('german', '„Häuser“') @@ to_tsquery('german', 'Haus')"
        )
        assert ask(running.address, "SHOW listen_addresses") == ""

    assert not answers(DataFolder(data_dir))


def test_data_are_there_again_after_kill_9_of_the_server(data_dir: Path) -> None:
    with ensure_running(data_dir=data_dir, environ={}) as running:
        run(running.address, "CREATE TABLE kept (number int)")
        ask(running.address, "INSERT INTO kept VALUES (7) RETURNING 1")
        os.kill(postmaster(data_dir), signal.SIGKILL)
        wait_until_server_is_gone(data_dir)

    with ensure_running(data_dir=data_dir, environ={}) as running:
        assert ask(running.address, "SELECT number FROM kept") == 7


def test_pid_file_that_names_another_process_does_not_hinder_a_start(data_dir: Path) -> None:
    pid_file = DataFolder(data_dir).cluster / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{DataFolder(data_dir).cluster}\n0\n5432\n/tmp\n\n 0 0\n")

    with ensure_running(data_dir=data_dir, environ={}, durable=False) as running:
        assert ask(running.address, "SELECT 1") == 1


def test_server_goes_when_its_only_user_is_killed(data_dir: Path) -> None:
    user = other_process(data_dir)
    assert user.stdout is not None
    assert user.stdout.readline() == "up\n"

    user.kill()
    user.communicate()

    wait_until_server_is_gone(data_dir)


def test_server_stays_as_long_as_somebody_uses_it(data_dir: Path) -> None:
    first = other_process(data_dir)
    assert first.stdout is not None
    assert first.stdout.readline() == "up\n"

    with ensure_running(data_dir=data_dir, environ={}, durable=False) as second:
        first.communicate("leave\n")
        assert ask(second.address, "SELECT 1") == 1

    assert not is_held(DataFolder(data_dir).lock("server"))


def test_two_that_start_at_once_share_one_server(data_dir: Path) -> None:
    users = [other_process(data_dir) for _ in range(2)]

    assert [user.stdout.readline() for user in users if user.stdout] == ["up\n", "up\n"]
    for user in users:
        user.communicate("leave\n")

    assert [user.returncode for user in users] == [0, 0]
    assert not is_held(DataFolder(data_dir).lock("server"))


def test_server_whose_keeper_was_killed_is_adopted_and_stopped(data_dir: Path) -> None:
    first = ensure_running(data_dir=data_dir, environ={}, durable=False)
    assert first._keeper is not None
    first._keeper.kill()
    first._keeper.wait()

    with ensure_running(data_dir=data_dir, environ={}, durable=False) as second:
        os.close(first._claim or -1)
        assert ask(second.address, "SELECT 1") == 1

    assert not is_held(DataFolder(data_dir).lock("server"))


def test_data_of_a_newer_version_are_not_touched(data_dir: Path) -> None:
    DataFolder(data_dir).marker.write_text('{"application": "dreiklang", "version": "99.0", "postgres": 15}')

    with pytest.raises(DataIsNewer, match=r"99\.0"):
        ensure_running(data_dir=data_dir, environ={})

    assert not is_held(DataFolder(data_dir).lock("server"))


def test_data_in_use_are_not_removed(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dreiklang.core.database.cluster.STOP_SECONDS", 0.1)

    with ensure_running(data_dir=data_dir, environ={}, durable=False), pytest.raises(DataInUse):
        remove_data(data_dir=data_dir, environ={})


def test_folder_without_our_mark_is_not_removed(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").touch()

    with pytest.raises(DataUnreachable, match="kein Datenordner von Dreiklang"):
        remove_data(data_dir=tmp_path, environ={})

    assert (tmp_path / "photo.jpg").exists()
