"""The town stands once for each file of tests; every test goes back to it."""

import pytest
from django.db import transaction

from dreiklang.opendata.tests import town as made


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker):
    """A small town with all that the four collections can hold. Tests work in a savepoint above it."""
    with django_db_blocker.unblock(), transaction.atomic():
        made.build()
        yield
        transaction.set_rollback(True)
