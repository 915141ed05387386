"""A throw-away server with one database per city; Django's `default` is turned to one city at a time."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from bench.city import fill
from dreiklang.core.database import DatabaseAddress

REPOSITORY = Path(__file__).resolve().parents[1]
# Whatever can change what a filled database looks like.
SOURCES = ("dreiklang/*/migrations/*.py", "bench/city/*.py", "uv.lock")
OVERDUE = -3
IN_TIME = 20


def url_of(address: DatabaseAddress, name: str) -> str:
    """DATABASE_URL of one database on that server."""
    return (
        f"postgresql://{quote(address.user)}@/{name}?host={quote(address.host, safe='')}&port={address.port}"
    )


@dataclass
class Databases:
    """The cities on one server: made when first asked for, kept as long as the server's data are."""

    address: DatabaseAddress
    today: date
    _wrappers: dict[str, BaseDatabaseWrapper] = field(default_factory=dict)

    @classmethod
    def on(cls, address: DatabaseAddress) -> Databases:
        """On that server, with cities of today."""
        return cls(address, timezone.localdate())

    def city(self, measures: int, *, is_overdue: bool = False) -> str:
        """The name of a database with so many measures; `is_overdue`: its round ended three days ago."""
        name = f"city_{measures}{'_overdue' if is_overdue else ''}_{self._fingerprint()}"
        if not self._exists(name):
            template = self.template()
            print(f"Filling a city with {measures} measures …", file=sys.stderr, flush=True)
            self._copy(template, f"{name}_draft")
            with self.using(f"{name}_draft"):
                fill(
                    measures=measures, today=self.today, round_due_in_days=OVERDUE if is_overdue else IN_TIME
                )
            self._rename(f"{name}_draft", name)
        return name

    def template(self) -> str:
        """The name of a migrated, empty database."""
        name = f"empty_{self._fingerprint()}"
        if not self._exists(name):
            draft = f"{name}_draft"
            self._execute(f'DROP DATABASE IF EXISTS "{draft}" WITH (FORCE)')
            self._execute(f'CREATE DATABASE "{draft}"')
            subprocess.run(
                [sys.executable, "-m", "dreiklang.config.cli", "migrate"],
                env=os.environ | {"DATABASE_URL": url_of(self.address, draft)},
                cwd=REPOSITORY,
                stdout=subprocess.DEVNULL,
                check=True,
            )
            self._rename(draft, name)
        return name

    @contextmanager
    def copy_of(self, name: str) -> Iterator[str]:
        """A copy for a case that writes, gone afterwards."""
        copy = f"{name}_copy"
        self._close(name)
        self._copy(name, copy)
        try:
            yield copy
        finally:
            self._close(copy)
            self._execute(f'DROP DATABASE "{copy}" WITH (FORCE)')

    @contextmanager
    def using(self, name: str) -> Iterator[BaseDatabaseWrapper]:
        """Within the block, and until the next one, Django works on that database."""
        yield self.turn_to(name)

    def turn_to(self, name: str) -> BaseDatabaseWrapper:
        """Makes the database Django's `default`; its connection stays open, so that turning costs nothing."""
        wrapper = self._wrappers.get(name)
        if wrapper is None:
            wrapper = connections.create_connection(DEFAULT_DB_ALIAS)
            wrapper.settings_dict = wrapper.settings_dict | {
                "NAME": name,
                "USER": self.address.user,
                "PASSWORD": self.address.password,
                "HOST": self.address.host,
                "PORT": self.address.port,
            }
            self._wrappers[name] = wrapper
        connections[DEFAULT_DB_ALIAS] = wrapper
        return wrapper

    def url(self, name: str) -> str:
        """DATABASE_URL for another process."""
        return url_of(self.address, name)

    def close(self) -> None:
        """Closes every connection."""
        for wrapper in self._wrappers.values():
            wrapper.close()
        self._wrappers.clear()

    def _close(self, name: str) -> None:
        if wrapper := self._wrappers.pop(name, None):
            wrapper.close()

    def _copy(self, source: str, target: str) -> None:
        self._execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
        self._execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')

    def _rename(self, source: str, target: str) -> None:
        self._close(source)
        self._execute(f'ALTER DATABASE "{source}" RENAME TO "{target}"')

    def _exists(self, name: str) -> bool:
        with closing(self._connect()) as connection:
            return bool(connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone())

    def _execute(self, statement: str) -> None:
        with closing(self._connect()) as connection:
            connection.execute(statement)

    def _connect(self) -> psycopg.Connection:
        address = self.address
        return psycopg.connect(
            host=address.host, port=address.port, user=address.user, dbname="postgres", autocommit=True
        )

    def _fingerprint(self) -> str:
        digest = hashlib.sha256(self.today.isoformat().encode())
        for pattern in SOURCES:
            for file in sorted(REPOSITORY.glob(pattern)):
                digest.update(file.read_bytes())
        return digest.hexdigest()[:10]
