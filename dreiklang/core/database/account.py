"""The account that runs the server.

PostgreSQL refuses to run as root. As root we hand it to an unprivileged account, and only the folder
of the cluster becomes that account's: no folder that is not ours is ever opened up or given away.
"""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from dreiklang.core.database.errors import NoServerAccount

if sys.platform != "win32":
    import pwd

OWN_NAME = "dreiklang"
# An account of our own first, then those that distributions and macOS create for PostgreSQL.
# Not `nobody`: other services share it, and each of them could read the data.
KNOWN_NAMES = (OWN_NAME, "postgres", "_postgres")


@dataclass(frozen=True, kw_only=True)
class Account:
    """An unprivileged account, by number and name."""

    uid: int
    gid: int
    name: str


def server_account(*, cluster: Path) -> Account | None:
    """The account that runs the server of this cluster folder; None means: the one we are.

    A cluster that exists keeps the account it belongs to, also when a better one appears later.

    Raises: NoServerAccount if we are root and there is no account and none can be created.
    """
    if os.geteuid() != 0:
        return None
    if cluster.exists() and (owner := cluster.stat().st_uid) != 0:
        return _by_uid(owner)
    for name in KNOWN_NAMES:
        if account := _by_name(name):
            return account
    return _created()


def current_uid() -> int:
    """The number of the account this process runs under."""
    return os.geteuid()


def can_enter(path: Path, *, account: Account | None) -> Path | None:
    """The first folder on the way to `path` that the account may not enter; None if the way is free.

    Looks at folders that exist; those still to be created are ours to open.
    """
    if account is None:
        return None
    for folder in (*reversed(path.parents), path):
        if not folder.exists():
            return None
        if not _may_traverse(folder.stat(), account):
            return folder
    return None


def _may_traverse(status: os.stat_result, account: Account) -> bool:
    if status.st_uid == account.uid:
        return bool(status.st_mode & stat.S_IXUSR)
    if status.st_gid == account.gid:
        return bool(status.st_mode & stat.S_IXGRP)
    return bool(status.st_mode & stat.S_IXOTH)


def _by_name(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(uid=entry.pw_uid, gid=entry.pw_gid, name=name) if entry.pw_uid else None


def _by_uid(uid: int) -> Account:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError as error:
        raise NoServerAccount(
            f"Die Daten gehören dem Konto mit der Nummer {uid}, das es auf diesem Rechner nicht gibt."
        ) from error
    return Account(uid=entry.pw_uid, gid=entry.pw_gid, name=entry.pw_name)


def _created() -> Account:
    command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", OWN_NAME]
    if shutil.which(command[0]):
        print(f"Lege das Systemkonto „{OWN_NAME}“ an: PostgreSQL läuft nicht als root.", file=sys.stderr)
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
    if account := _by_name(OWN_NAME):
        return account
    raise NoServerAccount(
        "PostgreSQL läuft nicht als root. Legen Sie ein Systemkonto an und starten Sie neu: "
        + " ".join(command)
    )
