"""What every template knows about the city, and which hosts a page with a map may load from."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from dreiklang.places.queries import map_addresses, municipality


def city(request: HttpRequest) -> dict[str, Any]:
    """The municipality, asked for only when a template uses it."""
    return {"city": SimpleLazyObject(municipality)}


def map_hosts(request: HttpRequest) -> dict[str, tuple[str, ...]]:
    """CSP directive → addresses of the city's map services; their pictures are loaded, nothing else."""
    return {"img-src": map_addresses()}
