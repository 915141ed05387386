"""Django shows some of these without a request: they must stand alone."""

import re

import pytest
from django.template import loader
from django.test import RequestFactory
from django.utils import translation

from dreiklang.ui import views

PAGES = ("400.html", "403.html", "403_csrf.html", "404.html", "413.html", "500.html")


@pytest.mark.parametrize("name", PAGES)
def test_error_page_stands_without_request_and_database(name):
    html = loader.get_template(name).render()

    assert "Zur Startseite" in html
    assert html.count("<h1") == 1
    assert 'lang="de"' in html


@pytest.mark.parametrize("name", PAGES)
def test_error_page_says_what_happened_and_what_comes_next(name):
    html = loader.get_template(name).render()

    main = html[html.index("<main") : html.index("</main>")]
    assert main.count("<p>") >= 2
    assert "erfolgreich" not in html


@pytest.mark.parametrize("name", PAGES)
def test_error_page_without_a_request_offers_no_form_that_would_fail(name):
    assert 'method="post"' not in loader.get_template(name).render()


def test_a_form_that_is_too_old_is_answered_with_its_own_page(monkeypatch):
    monkeypatch.setattr(views, "render", lambda request, name, status: (name, status))

    assert views.csrf_failure(RequestFactory().post("/")) == ("403_csrf.html", 403)


@pytest.mark.parametrize("name", PAGES)
def test_error_page_speaks_the_readers_language(name):
    with translation.override("en"):
        html = loader.get_template(name).render()

    main = html[html.index("<main") : html.index("</main>")]
    assert 'lang="en"' in html
    assert "To the home page" in main
    assert not re.search(r"[äöüß]|\b(?:Sie|nicht|nichts|ist)\b", main)
