"""Where the data lie, and what lies where inside."""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dreiklang.core.database.account import Account, can_enter
from dreiklang.core.database.errors import DataIsNewer, DataUnreachable

ROOT_DATA = Path("/var/lib/dreiklang")
MARKER = "dreiklang.json"
# A unix socket's path may have 107 bytes on Linux and 103 on macOS, `/.s.PGSQL.5432` included.
LONGEST_SOCKET_FOLDER = 80
# PostgreSQL and libpq split lists of socket folders and hosts at commas; other signs need quoting.
PLAIN_PATH = re.compile(r"[A-Za-z0-9/_.-]+")


@dataclass(frozen=True)
class DataFolder:
    """The folder that holds everything of one installation: database cluster, uploads, locks, log."""

    path: Path

    @property
    def cluster(self) -> Path:
        return self.path / "postgres"

    @property
    def log(self) -> Path:
        return self.path / "postgres.log"

    @property
    def marker(self) -> Path:
        return self.path / MARKER

    def lock(self, name: str) -> Path:
        return self.path / "locks" / name

    @property
    def socket_dir(self) -> Path:
        """The folder of the server's socket: the same for every process, whatever its environment.

        Inside the data folder, where nobody else can put anything; in the folder for temporary files
        only where that path would be too long or carries signs that need quoting. XDG_RUNTIME_DIR would
        differ between a login and a cron job.
        """
        inside = self.path / "run"
        if len(os.fsencode(inside)) <= LONGEST_SOCKET_FOLDER and PLAIN_PATH.fullmatch(str(inside)):
            return inside
        digest = hashlib.sha256(os.fsencode(self.path)).hexdigest()[:12]
        return Path("/tmp") / f"dreiklang-{os.geteuid()}-{digest}"  # noqa: S108 - owner is checked below


def data_folder(*, data_dir: Path | None = None, environ: Mapping[str, str] = os.environ) -> DataFolder:
    """The data folder: as given, else DREIKLANG_DATA, else the place usual for this account. Creates nothing."""
    if data_dir is None and (named := environ.get("DREIKLANG_DATA")):
        data_dir = Path(named)
    if data_dir is None:
        data_dir = default_data_dir(environ=environ)
    return DataFolder(Path(os.path.abspath(data_dir.expanduser())))


def default_data_dir(*, environ: Mapping[str, str] = os.environ) -> Path:
    """~/.local/share/dreiklang; for root /var/lib/dreiklang where root's home is closed to others.

    The server runs under another account then and could not get in; the home stays as it is.
    """
    share = environ.get("XDG_DATA_HOME", "")
    home = Path.home()
    base = Path(share) if share.startswith("/") else home / ".local" / "share"
    if os.geteuid() == 0 and not _is_open_home_of_root(home):
        return ROOT_DATA
    return base / "dreiklang"


def prepare(folder: DataFolder, *, account: Account | None) -> None:
    """Creates data and socket folder with the right owner and mode. Changes no folder that existed before.

    Raises: DataUnreachable if a folder cannot be created, or the server's account cannot enter it.
    """
    if closed := can_enter(folder.path, account=account):
        raise DataUnreachable(
            f"Als root läuft PostgreSQL unter dem Konto „{account.name if account else ''}“, und dieses darf den "
            f"Ordner {closed} nicht betreten. Dreiklang ändert keine fremden Ordner. Nehmen Sie einen anderen "
            f"Datenordner, zum Beispiel: --data {ROOT_DATA}"
        )
    try:
        # Others may pass through (the server's account has to), but not list.
        folder.path.mkdir(mode=0o711, parents=True, exist_ok=True)
        folder.lock("").mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise DataUnreachable(_not_writable(folder.path)) from error
    if not os.access(folder.path, os.W_OK | os.X_OK):
        raise DataUnreachable(_not_writable(folder.path))
    private_folder(folder.socket_dir, account=account)


def private_folder(path: Path, *, account: Account | None) -> None:
    """Creates a folder of mode 0700 that belongs to the server's account; one that exists is checked.

    Raises: DataUnreachable if something else stands at that path or it belongs to somebody else.
    """
    owner = account.uid if account else os.geteuid()
    try:
        path.mkdir(mode=0o700)
        if account:
            os.chown(path, account.uid, account.gid)
    except FileExistsError:
        pass
    except OSError as error:
        raise DataUnreachable(_not_writable(path)) from error
    status = path.lstat()
    if status.st_uid == 0 and account and path.is_dir() and not any(path.iterdir()):
        # A run was cut off between the two steps above.
        os.chown(path, account.uid, account.gid, follow_symlinks=False)
        status = path.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != owner or stat.S_IMODE(status.st_mode) & 0o077:
        raise DataUnreachable(
            f"Der Ordner {path} gehört einem anderen Konto oder ist für andere offen. "
            "Prüfen Sie, wer ihn angelegt hat, und entfernen Sie ihn oder wählen Sie mit --data einen anderen."
        )


def write_marker(folder: DataFolder, *, major: int, version: str) -> None:
    """Records in the data folder which PostgreSQL and which Dreiklang wrote last."""
    content = {"application": "dreiklang", "version": version, "postgres": major}
    if read_marker(folder) == content:
        return
    with tempfile.NamedTemporaryFile("w", dir=folder.path, delete=False, encoding="utf-8") as draft:
        json.dump(content, draft)
    os.replace(draft.name, folder.marker)


def read_marker(folder: DataFolder) -> dict[str, object]:
    """What `write_marker` recorded; empty if the folder carries no mark of ours."""
    try:
        content = json.loads(folder.marker.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) and content.get("application") == "dreiklang" else {}


def refuse_newer_data(folder: DataFolder, *, version: str) -> None:
    """Stops before anything is touched when a newer Dreiklang has worked with these data.

    Raises: DataIsNewer.
    """
    recorded = str(read_marker(folder).get("version", "0"))
    if _numbers(recorded) > _numbers(version):
        raise DataIsNewer(
            f"Die Daten in {folder.path} gehören zu Dreiklang {recorded}, dieses Programm ist {version}. "
            f"Nehmen Sie Dreiklang {recorded} oder neuer, oder mit --data einen anderen Ordner. "
            "Es wurde nichts verändert."
        )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def _is_open_home_of_root(home: Path) -> bool:
    try:
        status = home.stat()
    except OSError:
        return False
    return status.st_uid == 0 and bool(status.st_mode & stat.S_IXOTH)


def _not_writable(path: Path) -> str:
    return (
        f"Der Ordner {path} lässt sich nicht anlegen oder nicht beschreiben. "
        "Geben Sie mit --data einen Ordner an, in den Sie schreiben dürfen."
    )
