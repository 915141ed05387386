import pytest
from django.test import RequestFactory

from dreiklang.people.context import viewer
from dreiklang.people.rules import PUBLIC, SYSTEM, Viewer


@pytest.mark.parametrize(
    ("looking", "chosen", "voice"),
    [
        (PUBLIC, "", "citizens"),
        (PUBLIC, "politics", "politics"),
        (PUBLIC, "administration", "citizens"),
        (PUBLIC, "invented", "citizens"),
        (SYSTEM, "", "administration"),
        (SYSTEM, "citizens", "citizens"),
    ],
)
def test_the_voice_is_chosen_but_the_administrations_needs_a_login(
    looking: Viewer, chosen: str, voice: str
) -> None:
    request = RequestFactory().get("/")
    request.viewer = looking
    request.COOKIES["dreiklang_voice"] = chosen

    assert viewer(request)["voice"] == voice


@pytest.mark.parametrize("is_demo", [True, False])
def test_the_demo_says_that_it_goes_without_second_factor(settings, is_demo: bool) -> None:
    settings.DEMO = is_demo
    request = RequestFactory().get("/")

    assert ("ohne zweiten Faktor" in viewer(request)["demo_notice"]) is is_demo
