"""A sign no text can hold, in an address or a form, is the fault of whoever sends it: no page ends with an error."""

import pytest
from django.db import DataError
from django.http import HttpResponse
from django.test import RequestFactory

from dreiklang.ui.middleware import RefusedSigns

pytestmark = pytest.mark.django_db

REFUSED = "Diese Anfrage konnten wir nicht lesen"
NOTHING = "Hier ist nichts"


@pytest.mark.parametrize("path", ["/karte/indikator/a%00b/", "/indikatoren/a%00b/", "/ziele/%00/"])
def test_an_address_with_such_a_sign_leads_nowhere(client, path):
    answer = client.get(path)

    assert answer.status_code == 404
    assert NOTHING in answer.content.decode()


@pytest.mark.parametrize("path", ["/suche/?q=a%00b", "/katalog/?q=a%00b", "/indikatoren/?q=a%00b"])
def test_no_parameter_with_such_a_sign_ends_in_an_error(client, path):
    assert client.get(path).status_code in {200, 400, 404}


def answered(request, exception):
    return RefusedSigns(lambda _request: HttpResponse()).process_exception(request, exception)


@pytest.mark.parametrize("exception", [DataError("NUL"), ValueError("NUL")])
@pytest.mark.parametrize(
    "request_",
    [
        RequestFactory().get("/", {"q": "a\x00b"}),
        RequestFactory().get("/?a%00b=1"),
        RequestFactory().post("/", {"q": "a\x00b"}),
    ],
)
def test_what_the_database_refuses_is_told_on_the_plain_page(request_, exception):
    answer = answered(request_, exception)

    assert answer.status_code == 400
    assert REFUSED in answer.content.decode()


def test_an_error_of_ours_stays_one():
    assert answered(RequestFactory().get("/?q=a"), DataError("too long")) is None
    assert answered(RequestFactory().get("/?q=a%00b"), KeyError("q")) is None
