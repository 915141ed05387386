"""The part of an address behind the question mark: what it asks, whatever the case of the names."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit


def asked_of(address: str, name: str) -> str:
    """The value of a parameter; empty without it."""
    pairs = parse_qsl(urlsplit(address).query, keep_blank_values=True)
    return next((value for key, value in pairs if key.lower() == name.lower()), "")


def with_query(address: str, given: Mapping[str, str], *, without: frozenset[str] = frozenset()) -> str:
    """The address with these parameters in place of any of the same name, and without those of `without`."""
    parts = urlsplit(address)
    gone = {name.lower() for name in given} | without
    kept = [
        (key, value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
        if key.lower() not in gone
    ]
    query = urlencode([*kept, *given.items()], safe=":,/")
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))
