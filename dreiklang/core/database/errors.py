"""What can stand in the way of a database, each with a sentence a person can act on.

The sentences are German source text; this package knows no Django and therefore no translation.
"""


class DatabaseProblem(Exception):
    """Anything that keeps the database from running; its text is meant for the person at the keyboard."""


class BadDatabaseUrl(DatabaseProblem):
    """DATABASE_URL is set but cannot be read."""


class ServerMissing(DatabaseProblem):
    """No usable PostgreSQL server binaries were found."""


class DataUnreachable(DatabaseProblem):
    """The data folder cannot be written to, or the server's account cannot enter it."""


class DataIsNewer(DatabaseProblem):
    """The data were written by a newer PostgreSQL or a newer Dreiklang."""


class DataIsOlder(DatabaseProblem):
    """The data belong to an older PostgreSQL major version than any server found."""


class DataInUse(DatabaseProblem):
    """Somebody still works with the data that were to be deleted."""


class ServerDidNotStart(DatabaseProblem):
    """The server was started and did not answer."""


class NoServerAccount(DatabaseProblem):
    """We are root and there is no account that may run the server."""
