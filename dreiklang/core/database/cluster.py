"""One embedded cluster: created once, started by a keeper, asked whether it answers."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from dreiklang.core.database import keeper
from dreiklang.core.database.account import Account
from dreiklang.core.database.address import DatabaseAddress
from dreiklang.core.database.binaries import Binaries, as_account
from dreiklang.core.database.errors import ServerDidNotStart
from dreiklang.core.database.folders import DataFolder
from dreiklang.core.database.locks import is_held

NAME = "dreiklang"
PORT = "5432"
START_SECONDS = 60.0
STOP_SECONDS = 10.0
# The first locale the machine has. C alone would take every umlaut and quotation mark for the same kind of sign.
LOCALES = ("C.UTF-8", "en_US.UTF-8", "C")
BUILTIN_LOCALE_SINCE = 17
SETTINGS = {
    "listen_addresses": "",
    "port": PORT,
    "unix_socket_permissions": "0700",
    "shared_buffers": "64MB",
    "max_connections": "60",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
}
# Only for throw-away clusters of tests: a power cut may destroy them.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def socket_address(folder: DataFolder) -> DatabaseAddress:
    """The address under which the folder's cluster answers once it runs."""
    return DatabaseAddress(name=NAME, user=NAME, host=str(folder.socket_dir), port=PORT, embedded=True)


def answers(folder: DataFolder) -> bool:
    """Whether the server takes connections. Asked by connecting: a process number proves nothing."""
    try:
        _connect(folder, "postgres").close()
    except psycopg.OperationalError:
        return False
    return True


def create_cluster(folder: DataFolder, *, binaries: Binaries, account: Account | None, durable: bool) -> None:
    """Creates the cluster's files; a run that was cut off leaves nothing that a later one could trip over.

    Raises: ServerDidNotStart if initdb refuses.
    """
    draft = folder.path / "postgres.new"
    said = ""
    for locale in LOCALES:
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        if account:
            os.chown(draft, account.uid, account.gid)
        done = subprocess.run(
            _initdb(draft, binaries=binaries, locale=locale, durable=durable),
            check=False,
            capture_output=True,
            text=True,
            errors="replace",
            cwd="/",
            env=_environment(),
            **as_account(account),
        )
        if done.returncode == 0:
            draft.rename(folder.cluster)
            return
        said = done.stderr.strip()
    raise ServerDidNotStart(
        f"Die Datenbank in {folder.path} ließ sich nicht anlegen. PostgreSQL meldet:\n{said}"
    )


def start_keeper(
    folder: DataFolder, *, binaries: Binaries, account: Account | None, durable: bool
) -> subprocess.Popen[bytes]:
    """Starts the keeper process, which starts the server."""
    _forget_dead_server(folder)
    settings = SETTINGS | {"unix_socket_directories": str(folder.socket_dir)} | ({} if durable else CARELESS)
    command = [binaries.program("postgres"), "-D", str(folder.cluster)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    return _spawn(folder, command=command, account=account)


def adopt(folder: DataFolder) -> None:
    """Gives a running server whose keeper was killed a new one."""
    if not is_held(folder.lock("keeper")) and (folder.cluster / "postmaster.pid").exists():
        _spawn(folder, command=None, account=None)


def wait_until_it_answers(folder: DataFolder, *, process: subprocess.Popen[bytes] | None) -> None:
    """Returns as soon as the server takes connections.

    Raises: ServerDidNotStart with the end of the server's log if it ends or takes too long.
    """
    end = time.monotonic() + START_SECONDS
    while not answers(folder):
        ended = process is not None and process.poll() is not None
        if ended or time.monotonic() > end:
            raise ServerDidNotStart(
                f"Die Datenbank in {folder.path} startet nicht. Das Ende von {folder.log}:\n{_end_of(folder.log)}"
            )
        time.sleep(0.02)


def wait_until_gone(folder: DataFolder) -> None:
    """Returns when no process of the server is left, or after ten seconds."""
    end = time.monotonic() + STOP_SECONDS
    while is_held(folder.lock("server")) and time.monotonic() < end:
        time.sleep(0.02)


def create_database(folder: DataFolder) -> None:
    """Creates the application's database if it is not there."""
    with contextlib.closing(_connect(folder, "postgres")) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone()
        if not known:
            connection.execute(f'CREATE DATABASE "{NAME}"')


def _connect(folder: DataFolder, database: str) -> psycopg.Connection:
    return psycopg.connect(
        host=str(folder.socket_dir),
        port=PORT,
        user=NAME,
        dbname=database,
        connect_timeout=5,
        gssencmode="disable",
        autocommit=True,
    )


def _initdb(target: Path, *, binaries: Binaries, locale: str, durable: bool) -> list[str]:
    command = [binaries.program("initdb"), "-D", str(target), "-U", NAME, "--encoding=UTF8"]
    # Who may connect is decided by the socket's folder (0700); nothing listens on the network.
    command += ["--auth-local=trust", "--auth-host=reject", "--no-instructions"]
    command += [f"--locale={locale}", "--lc-messages=C", "--text-search-config=german"]
    if binaries.major >= BUILTIN_LOCALE_SINCE:
        # Sorts and folds case alike on every machine, whatever its system library.
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return command if durable else [*command, "--no-sync"]


def _spawn(
    folder: DataFolder, *, command: list[str] | None, account: Account | None
) -> subprocess.Popen[bytes]:
    order = {
        "command": command,
        "environment": _environment(),
        "account": {"uid": account.uid, "gid": account.gid} if account else None,
        "log": str(folder.log),
        "pid_file": str(folder.cluster / "postmaster.pid"),
        "users_lock": str(folder.lock("users")),
        "keeper_lock": str(folder.lock("keeper")),
        "server_lock": str(folder.lock("server")),
    }
    return subprocess.Popen(
        [sys.executable, "-I", "-S", keeper.__file__, json.dumps(order)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        # Ctrl-C in the terminal must reach the web server first, and the database last.
        start_new_session=True,
    )


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def _forget_dead_server(folder: DataFolder) -> None:
    """Removes the pid file of a server that was killed.

    PostgreSQL would refuse to start if another process has its number by now. That no process of ours is
    left is known from the server lock; a server started by hand is recognised by its command line.
    """
    pid_file = folder.cluster / "postmaster.pid"
    try:
        number = int(pid_file.read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return
    if "postgres" in _command_line(number) and str(folder.cluster) in _command_line(number):
        return
    pid_file.unlink(missing_ok=True)
    for rest in (f".s.PGSQL.{PORT}", f".s.PGSQL.{PORT}.lock"):
        (folder.socket_dir / rest).unlink(missing_ok=True)


def _command_line(number: int) -> str:
    """The command line of a process; empty if there is none, as with a zombie, or it cannot be read."""
    try:
        return Path(f"/proc/{number}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        pass
    try:
        listing = subprocess.run(
            ["ps", "-o", "command=", "-p", str(number)], capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return listing.stdout


def _end_of(log: Path) -> str:
    try:
        return "\n".join(log.read_text(errors="replace").splitlines()[-8:])
    except OSError:
        return "(kein Protokoll)"
