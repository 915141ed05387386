"""What every test run needs: a PostgreSQL that is there before Django asks for it.

Migrating takes ten seconds, copying a migrated database a tenth of a second. So each state of the
migrations is migrated once, and every run and every xdist worker gets a copy of that.
"""

import gc
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections, transaction
from django.utils import timezone
from hypothesis import settings as hypothesis_settings

from dreiklang.core.database import Running, ensure_running

# No test measures time: a busy machine is not a finding.
hypothesis_settings.register_profile("dreiklang", deadline=None)
hypothesis_settings.load_profile("dreiklang")

REPOSITORY = Path(__file__).resolve().parent
TEMPLATES = "dreiklang_template_"
# Whatever can change what a migrated database looks like.
MIGRATION_SOURCES = ("dreiklang/*/migrations/*", "dreiklang/core/*.py", "dreiklang/core/tables/*", "uv.lock")
TOWNS = "dreiklang_town_"
# Whatever can change what the invented town looks like in there.
TOWN_SOURCES = ("dreiklang/**/*", "demo/*", "uv.lock")


def pytest_collection_finish() -> None:
    """What is there by now stays until the end: the garbage collector need not look through it again and again."""
    gc.freeze()
    gc.set_threshold(50_000)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Running]:
    """The throw-away server; runs and workers share one, the last to leave stops it."""
    with ensure_running(durable=False) as running:
        yield running


@pytest.fixture(scope="session", autouse=True)
def _pictures_of_this_run(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Charts drawn in one run are not there in the next."""
    pictures: Any = settings.CACHES["pictures"]
    pictures["LOCATION"] = str(tmp_path_factory.mktemp("pictures"))


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Django takes the copy as it finds it; the next run replaces it."""
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, postgres: Running
) -> None:
    """Puts a fresh copy of the migrated template where Django expects the test database."""
    copy_migrated(to=settings.DATABASES["default"]["TEST"]["NAME"])


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The invented town stands in the database while the tests of a file run; each goes back to it.

    Loading it takes half a minute: who does so first keeps a copy for all others, and nobody waits for that.
    """
    name = connection.settings_dict["NAME"]
    kept = TOWNS + fingerprint(TOWN_SOURCES, timezone.localdate().isoformat())
    try:
        if not copy_kept(kept, to=name):
            with django_db_blocker.unblock(), transaction.atomic():
                # Its models can be imported only now, when Django is set up.
                import_module("dreiklang.config.demo_town").load()
            keep(name, under=kept)
        yield
    finally:
        copy_migrated(to=name)


def copy_migrated(*, to: str) -> None:
    """Tables without rows; migrated first if nobody has done so."""
    with closing(maintenance()) as server:
        # One at a time, across workers and runs: PostgreSQL copies no database that somebody is using.
        server.execute("SELECT pg_advisory_lock(hashtext(%s))", [TEMPLATES])
        copy(server, migrated_template(server), to=to)


def copy_kept(kept: str, *, to: str) -> bool:
    """Whether there was such a copy to copy."""
    with closing(maintenance()) as server:
        server.execute("SELECT pg_advisory_lock_shared(hashtext(%s))", [TOWNS])
        is_there = kept in databases(server, TOWNS)
        if is_there:
            copy(server, kept, to=to)
        return is_there


def keep(name: str, *, under: str) -> None:
    """Keeps a copy of the database instead of outdated ones, unless somebody else is at it."""
    connections.close_all()
    with closing(maintenance()) as server:
        if server.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [TOWNS]).fetchone() == (True,):
            for outdated in databases(server, TOWNS):
                server.execute(f'DROP DATABASE "{outdated}" WITH (FORCE)')
            # A thread of an earlier test may not have left it; PostgreSQL copies nothing that is in use.
            server.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", [name]
            )
            copy(server, name, to=under)


def copy(server: psycopg.Connection, template: str, *, to: str) -> None:
    connections.close_all()
    server.execute(f'DROP DATABASE IF EXISTS "{to}" WITH (FORCE)')
    server.execute(f'CREATE DATABASE "{to}" TEMPLATE "{template}"')


def databases(server: psycopg.Connection, prefix: str) -> set[str]:
    rows = server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix])
    return {name for (name,) in rows.fetchall()}


def maintenance() -> psycopg.Connection:
    database = settings.DATABASES["default"]
    return psycopg.connect(
        host=database["HOST"],
        port=database["PORT"],
        user=database["USER"],
        password=database["PASSWORD"],
        dbname="postgres",
        autocommit=True,
    )


def migrated_template(server: psycopg.Connection) -> str:
    """The name of a database with exactly these migrations applied; built if there is none yet."""
    name = TEMPLATES + fingerprint(MIGRATION_SOURCES)
    there = databases(server, TEMPLATES)
    if name in there:
        return name
    for outdated in there:
        server.execute(f'DROP DATABASE "{outdated}" WITH (FORCE)')
    draft = f"{name}_draft"
    server.execute(f'CREATE DATABASE "{draft}"')
    migrate(draft)
    server.execute(f'ALTER DATABASE "{draft}" RENAME TO "{name}"')
    return name


def migrate(name: str) -> None:
    database = settings.DATABASES["default"]
    user, password = quote(database["USER"]), quote(database["PASSWORD"])
    place = f"host={quote(database['HOST'], safe='')}&port={database['PORT']}"
    done = subprocess.run(
        [sys.executable, "-m", "dreiklang.config.cli", "migrate"],
        env=os.environ | {"DATABASE_URL": f"postgresql://{user}:{password}@/{name}?{place}"},
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.fail(f"migrate failed:\n{done.stdout}{done.stderr}", pytrace=False)


def fingerprint(patterns: Iterable[str], *more: str) -> str:
    digest = hashlib.sha256("".join(more).encode())
    for pattern in patterns:
        for file in sorted(REPOSITORY.glob(pattern)):
            if file.suffix != ".pyc" and file.is_file():
                digest.update(str(file.relative_to(REPOSITORY)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]
