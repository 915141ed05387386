"""What every test run needs: a PostgreSQL that is there before Django asks for it."""

from collections.abc import Iterator

import pytest

from dreiklang.core.database import Running, ensure_running


@pytest.fixture(scope="session")
def postgres() -> Iterator[Running]:
    """The throw-away server; runs and workers share one, the last to leave stops it."""
    with ensure_running(durable=False) as running:
        yield running


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, postgres: Running
) -> None:
    """Starts the server only if some test of this run needs a database."""
