"""What has to be in place before Dreiklang runs: environment, keys, tables, static files.

Everything here is done once and then recognised by a fingerprint, so that starting again is quick.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import socket
from importlib.metadata import version
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command

from dreiklang.config import schema
from dreiklang.core.database import data_folder

PACKAGE = Path(__file__).resolve().parent.parent
STATE = "state.json"
SECRET = "secret-key"  # noqa: S105 - the name of a file
# Their migrations and static files change with their version.
LIBRARIES = ("django", "django-allauth", "django-pghistory", "django-pgtrigger", "procrastinate")


class CannotStart(Exception):
    """Something outside has to change first; the text says what."""


def set_up_django(*, environment: dict[str, str] | None = None) -> None:
    """Sets up Django on the data folder. What a person has set in the environment wins over `environment`.

    Raises: CannotStart if the data folder cannot be written to.
    """
    folder = data_folder().path
    defaults = {
        "DJANGO_SETTINGS_MODULE": "dreiklang.config.settings",
        "DREIKLANG_STATIC": str(folder / "static"),
        "DREIKLANG_PICTURES": str(folder / "pictures"),
        **(environment or {}),
    }
    for name, value in defaults.items():
        os.environ.setdefault(name, value)
    if not os.environ.get("DREIKLANG_SECRET_KEY"):
        os.environ["DREIKLANG_SECRET_KEY"] = _secret_key(folder)
    django.setup()


def bring_up_to_date(*, quick: bool) -> None:
    """Applies missing migrations and collects static files, each only if something has changed.

    quick  trust the recorded fingerprint: only where the database lies in the same data folder

    Raises: DataIsNewer if the database knows migrations that this program does not.
    """
    recorded = read_state()
    migrations = _fingerprint("*/migrations/*.py")
    if not quick or recorded.get("migrations") != migrations:
        if not recorded.get("migrations"):
            print("Richte die Datenbank ein. Das dauert einmalig etwa eine Viertelminute …", flush=True)
        schema.migrate()
        write_state(migrations=migrations)
    static = _fingerprint("*/static/**/*", by_content=False)
    if recorded.get("static") != static or not Path(settings.STATIC_ROOT).exists():
        call_command("collectstatic", interactive=False, verbosity=0, skip_checks=True)
        write_state(static=static)


def refuse_taken_port(*, host: str, port: int) -> None:
    """Stops when somebody listens already; the web server itself would share the port without a word.

    Raises: CannotStart.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise CannotStart(f"Port {port} ist nur für root frei. Nehmen Sie --port 8000.") from error
        except OSError as error:
            raise CannotStart(
                f"Port {port} auf {host} ist nicht frei ({error.strerror}). "
                f"Läuft Dreiklang schon? Sonst nehmen Sie einen anderen: --port {port + 1}"
            ) from error


def read_state() -> dict[str, Any]:
    """What earlier starts have put in place."""
    try:
        content = json.loads((data_folder().path / STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def write_state(**changes: str) -> None:
    """Adds to what `read_state` gives."""
    path = data_folder().path / STATE
    draft = path.with_suffix(f".{os.getpid()}")
    draft.write_text(json.dumps(read_state() | changes), encoding="utf-8")
    draft.replace(path)


def _secret_key(folder: Path) -> str:
    """The key that signs sessions: made at the first start, kept beside the data."""
    path = folder / SECRET
    try:
        folder.mkdir(mode=0o711, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    except OSError as error:
        raise CannotStart(
            f"Der Ordner {folder} lässt sich nicht beschreiben ({error.strerror}). "
            "Geben Sie mit --data einen anderen an."
        ) from error
    with open(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text(encoding="ascii")


def _fingerprint(pattern: str, *, by_content: bool = True) -> str:
    digest = hashlib.sha256()
    for library in LIBRARIES:
        digest.update(f"{library}={version(library)}\n".encode())
    for file in sorted(PACKAGE.glob(pattern)):
        if file.is_file():
            content = file.read_bytes() if by_content else str(file.stat().st_mtime_ns).encode()
            digest.update(str(file.relative_to(PACKAGE)).encode() + b"\0" + content)
    return digest.hexdigest()
