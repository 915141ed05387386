"""What every template knows about the city."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from dreiklang.places.queries import municipality


def city(request: HttpRequest) -> dict[str, Any]:
    """The municipality, asked for only when a template uses it."""
    return {"city": SimpleLazyObject(municipality)}
