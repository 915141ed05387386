"""Clusters made in this folder: each test gets a copy of one, so that nothing waits for initdb twice."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dreiklang.core.database import ensure_running, remove_data


@pytest.fixture(scope="session")
def made_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    # Not in pytest's own folder: as root that is closed to the account the server runs under.
    folder = Path("/tmp") / tmp_path_factory.mktemp("made").parent.name / "made"
    shutil.rmtree(folder.parent, ignore_errors=True)
    folder.parent.mkdir(mode=0o711)
    ensure_running(data_dir=folder, environ={}, durable=False).release()
    yield folder
    shutil.rmtree(folder.parent)


@pytest.fixture
def data_dir(made_cluster: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A data folder with a cluster that is not running."""
    folder = made_cluster.with_name(request.node.name[:40])
    shutil.copytree(made_cluster, folder, symlinks=True, ignore=shutil.ignore_patterns("run"))
    if (owner := (made_cluster / "postgres").stat()).st_uid != folder.stat().st_uid:
        for entry in (folder / "postgres", *(folder / "postgres").rglob("*")):
            shutil.chown(entry, owner.st_uid, owner.st_gid)
    yield folder
    remove_data(data_dir=folder, environ={})
