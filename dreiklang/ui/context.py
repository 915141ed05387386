"""What every page knows about how it is shown. Who is looking and which city it is, others add."""

from django.http import HttpRequest

from dreiklang.ui.voices import CITIZENS, VOICES, voice_of


def page(request: HttpRequest) -> dict[str, object]:
    """Context processor: the voice (citizens, politics, administration) and the ones to choose from."""
    return {"voice": voice_of(request) if hasattr(request, "COOKIES") else CITIZENS, "voices": VOICES}
