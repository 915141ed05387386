"""What every template knows about the person in front of it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from dreiklang.people.rules import PUBLIC

VOICES = ("citizens", "politics", "administration")


def viewer(request: HttpRequest) -> dict[str, Any]:
    """The viewer, and the voice chosen in the top line (administration only with a login)."""
    looking = getattr(request, "viewer", PUBLIC)
    chosen = request.COOKIES.get("voice", "")
    fitting = chosen if chosen in VOICES else ("administration" if looking.is_internal else "citizens")
    if fitting == "administration" and not looking.is_internal:
        fitting = "citizens"
    return {"viewer": looking, "voice": fitting, "demo_notice": settings.DEMO}
