"""Where a PostgreSQL database answers, and how Django is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from dreiklang.core.database.errors import BadDatabaseUrl

SCHEMES = ("postgres", "postgresql")
EXAMPLE = "postgresql://dreiklang:kennwort@localhost:5432/dreiklang"


@dataclass(frozen=True, kw_only=True)
class DatabaseAddress:
    """One PostgreSQL database.

    host      host name, or the folder of a unix socket; empty means libpq's default
    embedded  True when we are the ones to start and stop the server
    """

    name: str
    user: str = ""
    password: str = ""
    host: str = ""
    port: str = "5432"
    options: Mapping[str, str] = field(default_factory=dict)
    embedded: bool = False

    def as_django(self, *, test_name: str) -> dict[str, Any]:
        """The entry for Django's DATABASES."""
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": self.name,
            "USER": self.user,
            "PASSWORD": self.password,
            "HOST": self.host,
            "PORT": self.port,
            "OPTIONS": dict(self.options),
            "TEST": {"NAME": test_name},
        }


def address_of_url(url: str) -> DatabaseAddress:
    """The address that a DATABASE_URL names.

    Reads ``postgresql://user:password@host:port/name?option=value``; ``?host=/folder`` names a unix socket.

    Raises: BadDatabaseUrl if the scheme is another one, or name or port cannot be read.
    """
    parts = urlsplit(url.strip())
    if parts.scheme not in SCHEMES:
        raise BadDatabaseUrl(f"DATABASE_URL muss mit postgresql:// beginnen. Beispiel: {EXAMPLE}")
    try:
        port = parts.port or 5432
    except ValueError as error:
        raise BadDatabaseUrl(f"Der Port in DATABASE_URL ist keine Zahl. Beispiel: {EXAMPLE}") from error
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise BadDatabaseUrl(f"In DATABASE_URL fehlt der Name der Datenbank. Beispiel: {EXAMPLE}")
    options = dict(parse_qsl(parts.query))
    return DatabaseAddress(
        name=name,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        host=options.pop("host", unquote(parts.hostname or "")),
        port=options.pop("port", str(port)),
        options=options,
    )
