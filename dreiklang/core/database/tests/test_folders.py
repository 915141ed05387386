import os
from pathlib import Path

import pytest

from dreiklang.core.database import folders
from dreiklang.core.database.account import Account
from dreiklang.core.database.errors import DataIsNewer, DataUnreachable
from dreiklang.core.database.folders import DataFolder, data_folder, default_data_dir

STRANGER = Account(uid=54321, gid=54321, name="fremd")


def test_named_folder_wins_over_the_environment(tmp_path: Path) -> None:
    assert data_folder(data_dir=tmp_path / "a", environ={"DREIKLANG_DATA": "/b"}).path == tmp_path / "a"
    assert data_folder(environ={"DREIKLANG_DATA": "/b"}).path == Path("/b")


def test_ordinary_user_keeps_data_in_the_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(Path, "home", lambda: Path("/home/anna"))

    assert default_data_dir(environ={}) == Path("/home/anna/.local/share/dreiklang")
    assert default_data_dir(environ={"XDG_DATA_HOME": "/srv/anna"}) == Path("/srv/anna/dreiklang")


def test_root_with_a_closed_home_keeps_data_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    tmp_path.chmod(0o700)

    assert default_data_dir(environ={}) == Path("/var/lib/dreiklang")


def test_socket_lies_with_the_data_where_its_path_is_short_and_plain() -> None:
    assert DataFolder(Path("/srv/dreiklang")).socket_dir == Path("/srv/dreiklang/run")


@pytest.mark.parametrize("path", ["/srv/" + "lang/" * 20, "/srv/Müller, Anna"])
def test_socket_of_a_long_or_odd_path_lies_in_a_short_folder_of_its_own(path: str) -> None:
    folder = DataFolder(Path(path))

    assert len(str(folder.socket_dir)) < 50
    assert folder.socket_dir != DataFolder(Path(path) / "x").socket_dir


def test_folder_of_somebody_else_is_not_used_for_the_socket(tmp_path: Path) -> None:
    squatted = tmp_path / "run"
    squatted.mkdir(mode=0o777)
    squatted.chmod(0o777)

    with pytest.raises(DataUnreachable, match="gehört einem anderen Konto oder ist für andere offen"):
        folders.private_folder(squatted, account=None)


def test_link_is_not_followed_to_the_socket(tmp_path: Path) -> None:
    (tmp_path / "run").symlink_to(tmp_path)

    with pytest.raises(DataUnreachable):
        folders.private_folder(tmp_path / "run", account=None)


def test_closed_parent_is_named_and_left_as_it_was(tmp_path: Path) -> None:
    closed = tmp_path / "home"
    closed.mkdir(mode=0o700)

    with pytest.raises(DataUnreachable, match="darf den Ordner .* nicht betreten"):
        folders.prepare(DataFolder(closed / "data"), account=STRANGER)

    assert closed.stat().st_mode & 0o777 == 0o700


def test_folder_that_cannot_be_made_is_refused_with_a_way_out(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(DataUnreachable, match="--data"):
        folders.prepare(DataFolder(tmp_path / "file" / "data"), account=None)


def test_data_of_a_newer_version_are_refused(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    folders.write_marker(folder, major=18, version="2.10.0")

    with pytest.raises(DataIsNewer, match=r"Dreiklang 2\.10\.0"):
        folders.refuse_newer_data(folder, version="2.9.3")
    folders.refuse_newer_data(folder, version="2.10.0")


def test_mark_of_another_program_is_no_mark(tmp_path: Path) -> None:
    (tmp_path / folders.MARKER).write_text('{"application": "anderes"}')

    assert folders.read_marker(DataFolder(tmp_path)) == {}
