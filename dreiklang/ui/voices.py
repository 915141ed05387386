"""The three voices in which the same facts are told. The choice is a cookie, not a permission."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

CITIZENS = "citizens"
POLITICS = "politics"
ADMINISTRATION = "administration"
COOKIE = "dreiklang_voice"

VOICES = (
    (CITIZENS, _("Bürger:innen")),
    (POLITICS, _("Politik")),
    (ADMINISTRATION, _("Verwaltung")),
)
CODES = frozenset(code for code, _label in VOICES)


def voice_of(request: HttpRequest) -> str:
    """The voice the reader chose, citizens without a choice."""
    chosen = request.COOKIES.get(COOKIE, "")
    return chosen if chosen in CODES else CITIZENS
