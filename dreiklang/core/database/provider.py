"""The order in which a database is found: DATABASE_URL, the machine's PostgreSQL, the one of the wheel."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any

from dreiklang.core.database import cluster
from dreiklang.core.database.account import server_account
from dreiklang.core.database.address import DatabaseAddress, address_of_url
from dreiklang.core.database.binaries import choose_binaries, cluster_major
from dreiklang.core.database.errors import DataInUse, DataUnreachable, ServerDidNotStart
from dreiklang.core.database.folders import (
    MARKER,
    DataFolder,
    data_folder,
    prepare,
    read_marker,
    refuse_newer_data,
    write_marker,
)
from dreiklang.core.database.locks import is_held, locked, open_lock, try_lock, wait_for_lock

APPLICATION = "dreiklang"


def database_address(
    *, data_dir: Path | None = None, environ: Mapping[str, str] = os.environ
) -> DatabaseAddress:
    """The database this installation uses: DATABASE_URL if set, else the embedded cluster. Starts nothing.

    Raises: BadDatabaseUrl if DATABASE_URL cannot be read.
    """
    if url := environ.get("DATABASE_URL", "").strip():
        return address_of_url(url)
    return cluster.socket_address(data_folder(data_dir=data_dir, environ=environ))


def database_settings(
    *, data_dir: Path | None = None, environ: Mapping[str, str] = os.environ
) -> dict[str, Any]:
    """The entry `default` for Django's DATABASES. Starts nothing: see `ensure_running`.

    Raises: BadDatabaseUrl if DATABASE_URL cannot be read.
    """
    test_name = environ.get("DREIKLANG_TEST_DB") or f"test_{APPLICATION}"
    return database_address(data_dir=data_dir, environ=environ).as_django(test_name=test_name)


class Running:
    """A claim on a running database. As long as one process holds one, the embedded server stays up.

    Given back by `release`, at the end of a `with` block, or by the end of the process, however that comes.
    """

    def __init__(
        self, *, address: DatabaseAddress, folder: DataFolder | None = None, claim: int | None = None
    ):
        self.address = address
        self._folder = folder
        self._claim = claim
        self._keeper: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Running:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def release(self) -> None:
        """Gives the claim back. If it was the last, waits until the server is shut down."""
        if self._claim is None or self._folder is None:
            return
        os.close(self._claim)
        self._claim = None
        if _somebody_else_uses(self._folder):
            return
        cluster.wait_until_gone(self._folder)
        if self._keeper:
            self._keeper.wait()


def ensure_running(
    *,
    data_dir: Path | None = None,
    environ: Mapping[str, str] = os.environ,
    durable: bool = True,
) -> Running:
    """Starts the embedded server, or joins the one that runs, and creates the database if it is missing.

    With DATABASE_URL nothing is started. `durable=False` is for throw-away clusters of tests.

    Raises: a DatabaseProblem whose text says what to do.
    """
    address = database_address(data_dir=data_dir, environ=environ)
    if not address.embedded:
        return Running(address=address)
    folder = data_folder(data_dir=data_dir, environ=environ)
    account = server_account(cluster=folder.cluster)
    refuse_newer_data(folder, version=version(APPLICATION))
    prepare(folder, account=account)
    running = Running(address=address, folder=folder, claim=_claimed(folder))
    try:
        with locked(folder.lock("start"), seconds=cluster.START_SECONDS) as alone:
            if not alone:
                raise ServerDidNotStart(
                    f"Die Datenbank in {folder.path} wird anderswo gestartet, seit langem."
                )
            running._keeper = _started(folder, durable=durable)
            cluster.create_database(folder)
            write_marker(folder, major=cluster_major(folder) or 0, version=version(APPLICATION))
    except BaseException:
        running.release()
        raise
    return running


def _started(folder: DataFolder, *, durable: bool) -> subprocess.Popen[bytes] | None:
    """Brings the server up; returns the keeper if we are the ones who had to."""
    if is_held(folder.lock("server")):
        # Its keeper was killed, or it still recovers: it need not be started, only waited for.
        cluster.wait_until_it_answers(folder, process=None)
    if cluster.answers(folder):
        cluster.adopt(folder)
        return None
    account = server_account(cluster=folder.cluster)
    binaries = choose_binaries(folder=folder, account=account)
    if cluster_major(folder) is None:
        cluster.create_cluster(folder, binaries=binaries, account=account, durable=durable)
    keeper = cluster.start_keeper(folder, binaries=binaries, account=account, durable=durable)
    cluster.wait_until_it_answers(folder, process=keeper)
    return keeper


def _claimed(folder: DataFolder) -> int:
    """A shared hold on the lock that the keeper waits for. A server that is stopping is waited for first."""
    descriptor = open_lock(folder.lock("users"))
    if wait_for_lock(descriptor, shared=True, seconds=cluster.START_SECONDS):
        return descriptor
    os.close(descriptor)
    raise ServerDidNotStart(f"Die Datenbank in {folder.path} wird beendet und kommt damit nicht zu Ende.")


def _somebody_else_uses(folder: DataFolder) -> bool:
    """Whether another process holds a claim. The keeper's exclusive hold is none: it is about to stop."""
    descriptor = open_lock(folder.lock("users"))
    try:
        return not try_lock(descriptor) and try_lock(descriptor, shared=True)
    finally:
        os.close(descriptor)


def remove_data(*, data_dir: Path | None = None, environ: Mapping[str, str] = os.environ) -> None:
    """Deletes a data folder of ours; one that does not exist is fine.

    Raises: DataUnreachable if the folder carries no mark of ours; DataInUse if Dreiklang still works with it.
    """
    folder = data_folder(data_dir=data_dir, environ=environ)
    if not folder.path.exists() or not any(folder.path.iterdir()):
        return
    if not read_marker(folder):
        raise DataUnreachable(
            f"{folder.path} ist kein Datenordner von Dreiklang (darin fehlt {MARKER}). Es wurde nichts gelöscht."
        )
    with locked(folder.lock("users"), seconds=cluster.STOP_SECONDS) as alone:
        if not alone or is_held(folder.lock("server")):
            raise DataInUse(f"Dreiklang läuft noch mit den Daten in {folder.path}. Beenden Sie es zuerst.")
        for entry in folder.path.iterdir():
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()
