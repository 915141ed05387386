"""What every template knows about the person in front of it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from dreiklang.people.rules import PUBLIC
from dreiklang.ui.voices import ADMINISTRATION, CITIZENS, CODES, COOKIE


def viewer(request: HttpRequest) -> dict[str, Any]:
    """The viewer, and the voice chosen in the top line (administration only with a login)."""
    looking = getattr(request, "viewer", PUBLIC)
    chosen = request.COOKIES.get(COOKIE, "")
    if chosen not in CODES or (chosen == ADMINISTRATION and not looking.is_internal):
        chosen = ADMINISTRATION if looking.is_internal else CITIZENS
    return {"viewer": looking, "voice": chosen, "demo_notice": demo_notice()}


def demo_notice() -> str:
    """What the demo says on every page; empty outside of it."""
    if not settings.DEMO:
        return ""
    return _("Vorführung mit erfundener Stadt: Anmeldung ohne zweiten Faktor, bekannte Kennwörter")
