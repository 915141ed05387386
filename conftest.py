"""What every test run needs: a PostgreSQL that is there before Django asks for it.

Migrating takes ten seconds, copying a migrated database a tenth of a second. So each state of the
migrations is migrated once, and every run and every xdist worker gets a copy of that.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings
from hypothesis import settings as hypothesis_settings

from dreiklang.core.database import Running, ensure_running

# No test measures time: a busy machine is not a finding.
hypothesis_settings.register_profile("dreiklang", deadline=None)
hypothesis_settings.load_profile("dreiklang")

REPOSITORY = Path(__file__).resolve().parent
TEMPLATES = "dreiklang_template_"
# Whatever can change what a migrated database looks like.
MIGRATION_SOURCES = ("dreiklang/*/migrations/*", "dreiklang/core/*.py", "dreiklang/core/tables/*", "uv.lock")


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
    database = settings.DATABASES["default"]
    with closing(maintenance(database)) as connection:
        # One at a time, across workers and runs: PostgreSQL copies no database that somebody is using.
        connection.execute("SELECT pg_advisory_lock(hashtext(%s))", [TEMPLATES])
        template = migrated_template(connection, database)
        name = database["TEST"]["NAME"]
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def maintenance(database: dict[str, Any]) -> psycopg.Connection:
    return psycopg.connect(
        host=database["HOST"],
        port=database["PORT"],
        user=database["USER"],
        password=database["PASSWORD"],
        dbname="postgres",
        autocommit=True,
    )


def migrated_template(connection: psycopg.Connection, database: dict[str, Any]) -> str:
    """The name of a database with exactly these migrations applied; built if there is none yet."""
    name = TEMPLATES + fingerprint()
    rows = connection.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [TEMPLATES]
    ).fetchall()
    if name in {row[0] for row in rows}:
        return name
    for (outdated,) in rows:
        connection.execute(f'DROP DATABASE "{outdated}" WITH (FORCE)')
    draft = f"{name}_draft"
    connection.execute(f'CREATE DATABASE "{draft}"')
    migrate(database, draft)
    connection.execute(f'ALTER DATABASE "{draft}" RENAME TO "{name}"')
    return name


def migrate(database: dict[str, Any], name: str) -> None:
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


def fingerprint() -> str:
    digest = hashlib.sha256()
    for pattern in MIGRATION_SOURCES:
        for file in sorted(REPOSITORY.glob(pattern)):
            if file.suffix != ".pyc" and file.is_file():
                digest.update(str(file.relative_to(REPOSITORY)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]
