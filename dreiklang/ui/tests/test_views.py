import pytest
from django.http import Http404
from django.test import RequestFactory
from django.urls import reverse

from dreiklang.ui import views
from dreiklang.ui.voices import COOKIE, voice_of


def test_the_accent_is_served_as_variables_for_both_modes():
    response = views.accent_css(RequestFactory().get("/", {"farbe": "7a3b5e"}))

    assert response["Content-Type"].startswith("text/css")
    assert "--accent: light-dark(#7a3b5e, #" in response.content.decode()


def test_a_colour_that_is_none_cannot_write_into_the_stylesheet():
    response = views.accent_css(RequestFactory().get("/", {"farbe": "red;} body{display:none"}))

    assert "display" not in response.content.decode()


def post_voice(**data):
    request = RequestFactory().post("/", data)
    request._dont_enforce_csrf_checks = True
    return views.choose_voice(request)


def test_a_chosen_voice_is_kept_and_the_reader_stays_on_the_page():
    response = post_voice(voice="politics", next="/massnahmen/?stand=delayed")

    assert response.url == "/massnahmen/?stand=delayed"
    request = RequestFactory().get("/")
    request.COOKIES[COOKIE] = response.cookies[COOKIE].value
    assert voice_of(request) == "politics"


def test_a_voice_that_does_not_exist_changes_nothing():
    assert COOKIE not in post_voice(voice="mayor", next="/").cookies


@pytest.mark.parametrize("target", ["https://boese.example/", "//boese.example", "javascript:alert(1)"])
def test_the_way_back_stays_in_the_house(target):
    assert post_voice(voice="politics", next=target).url == "/"


def test_a_forged_voice_cookie_reads_as_citizens():
    request = RequestFactory().get("/")
    request.COOKIES[COOKIE] = "<script>"

    assert voice_of(request) == "citizens"


def test_the_addresses_are_those_the_templates_name():
    names = ("accent", "voice", "gallery")

    assert [reverse(name, urlconf="dreiklang.ui.urls") for name in names] == [
        "/accent.css",
        "/stimme/",
        "/gallerie/",
    ]


def test_the_public_of_a_real_city_does_not_see_the_gallery(settings):
    settings.DEBUG, settings.DEMO = False, False

    with pytest.raises(Http404):
        views.show_gallery(RequestFactory().get("/"))
