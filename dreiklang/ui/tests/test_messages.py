from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import RequestFactory

from dreiklang.ui.messages import shown, tell
from dreiklang.ui.rules import Tone


def said(**given):
    request = RequestFactory().get("/")
    request._messages = CookieStorage(request)
    tell(request, **given)
    return [shown(m) for m in get_messages(request)]


def test_what_was_done_can_be_taken_back_for_a_while():
    found = said(text="Gespeichert.", undo_url="/bericht/7/zurueck/?x=a b", seconds=45)

    assert found == [
        {"tone": Tone.GOOD, "text": "Gespeichert.", "undo_url": "/bericht/7/zurueck/?x=a b", "seconds": 45}
    ]


def test_a_message_without_a_way_back_offers_none():
    assert said(text="Nicht gespeichert.", tone=Tone.BAD)[0]["undo_url"] == ""


def test_the_tone_survives_the_way_through_the_storage():
    assert [said(text="x", tone=t)[0]["tone"] for t in (Tone.GOOD, Tone.WARN, Tone.BAD, Tone.NEUTRAL)] == [
        Tone.GOOD,
        Tone.WARN,
        Tone.BAD,
        Tone.NEUTRAL,
    ]
