"""What a page says after a deed: what was saved, and how to take it back for a minute."""

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

from dreiklang.ui.rules import Tone

_LEVELS = {
    Tone.GOOD: messages.SUCCESS,
    Tone.WARN: messages.WARNING,
    Tone.BAD: messages.ERROR,
    Tone.NEUTRAL: messages.INFO,
}
_TONES = {level: tone for tone, level in _LEVELS.items()}
_UNDO = "undo "


def tell(
    request: HttpRequest, *, text: str, tone: Tone = Tone.GOOD, undo_url: str = "", seconds: int = 60
) -> None:
    """Says something on the next page; with `undo_url` (POST) it offers to take it back."""
    tags = f"{_UNDO}{seconds} {undo_url}" if undo_url else ""
    messages.add_message(request, _LEVELS.get(tone, messages.INFO), text, extra_tags=tags)


def shown(message: Message) -> dict[str, object]:
    """A Django message as the notice template reads it: tone, text, undo address and seconds."""
    undo_url, seconds = "", 0
    if (message.extra_tags or "").startswith(_UNDO):
        _word, count, undo_url = message.extra_tags.split(" ", 2)
        seconds = int(count)
    return {
        "tone": _TONES.get(message.level, Tone.NEUTRAL),
        "text": message.message,
        "undo_url": undo_url,
        "seconds": seconds,
    }
