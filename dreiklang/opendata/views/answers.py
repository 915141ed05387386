"""How every address of the interface answers: in the form asked for, with a name for what it says, or with a reason.

The answers are what the public sees, whoever asks; so any page on the web may read them (CORS `*`, without cookies).
"""

import hashlib
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from dreiklang.core.errors import NotFound
from dreiklang.opendata.rules import BadParameter, only
from dreiklang.opendata.views.words import refusal_title, refusal_words

JSON, GEOJSON, HTML = "application/json", "application/geo+json", "text/html"
PROBLEM = "application/problem+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
# The value of `f` ← media types it stands for, the first is what is sent.
PAGES = {"json": (JSON,), "html": (HTML,)}
FEATURES = {"json": (GEOJSON, JSON), "html": (HTML,), "geojson": (GEOJSON,)}
DESCRIPTION = {"json": (OPENAPI, JSON), "html": (HTML,)}
METHODS = ("GET", "HEAD", "OPTIONS")

Forms = Mapping[str, tuple[str, ...]]
View = Callable[..., HttpResponse]


def interface(forms: Forms) -> Callable[[View], View]:
    """The view gets `form`, a key of `forms`, and reads the other parameters by `asked_of`.

    It may raise BadParameter and NotFound: answered with 400 and 404 and the reason in words.
    """

    def decorate(view: View) -> View:
        @csrf_exempt  # it only reads, and so can say 405 itself
        @wraps(view)
        def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if request.method == "OPTIONS":
                return _open(_allowing(HttpResponse(status=200)))
            if request.method not in METHODS:
                return _allowing(_problem(request, 405, "", refusal_words("method", {})))
            return _answered(request, view, forms, kwargs)

        return answer

    return decorate


def _answered(request: HttpRequest, view: View, forms: Forms, kwargs: dict[str, Any]) -> HttpResponse:
    try:
        form = _form(request, forms)
        if form is None:
            return _problem(request, 406, "", refusal_words("form", {}))
        return view(request, form=form, **kwargs)
    except BadParameter as refusal:
        return _problem(request, 400, refusal.name, refusal_words(refusal.code, refusal.facts))
    except NotFound as missing:
        return _problem(request, 404, "", refusal_words("missing", missing.facts))


def _form(request: HttpRequest, forms: Forms) -> str | None:
    """`f` before the header; None where nothing of what is accepted can be given."""
    asked = request.GET.get("f")
    if asked is not None:
        if asked not in forms:
            raise BadParameter("f", "not_one_of", value=asked, choices=", ".join(forms))
        return asked
    known = {kind: form for form, kinds in forms.items() for kind in kinds if form != "geojson"}
    if not request.headers.get("Accept", "").strip():
        return next(iter(forms))
    preferred = request.get_preferred_type(list(known))
    return None if preferred is None else known[preferred]


def asked_of(request: HttpRequest, *known: str) -> dict[str, str]:
    """The parameters, each once. Raises: BadParameter."""
    return only(dict(request.GET.lists()), known=("f", *known))


def data_answer(
    request: HttpRequest, data: Any, *, kind: str = JSON, last: bytes = b"", headers: Mapping[str, str] = {}
) -> HttpResponse:
    """The data as JSON, or 304 where the reader has them already. `last` is added behind, and not named by the tag:
    the time of the answer.
    """
    body = orjson.dumps(data, default=str)
    tag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    answer = HttpResponse(body[:-1] + last + b"}" if last else body, content_type=kind)
    answer["ETag"] = tag
    answer["Cache-Control"] = "public, no-cache"
    for name, value in headers.items():
        answer[name] = value
    checked = get_conditional_response(request, etag=tag, response=answer)
    return _open(checked if isinstance(checked, HttpResponse) else answer)


def page_answer(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """The same for people, in the look of the house."""
    answer = render(request, template, dict(context), status=status)
    patch_vary_headers(answer, ("Accept",))
    return answer


def _problem(request: HttpRequest, status: int, name: str, words: str) -> HttpResponse:
    """The reason by RFC 7807, and for a browser as a page."""
    title = refusal_title(status)
    if request.GET.get("f") == "html" or request.get_preferred_type([JSON, GEOJSON, HTML]) == HTML:
        context = {"status": status, "title": title, "name": name, "words": words}
        return page_answer(request, "opendata/problem.html", context, status=status)
    data: dict[str, Any] = {"type": "about:blank", "title": title, "status": status, "detail": words}
    if name:
        data["parameter"] = name
    return _open(HttpResponse(orjson.dumps(data), status=status, content_type=PROBLEM))


def _allowing(answer: HttpResponse) -> HttpResponse:
    answer["Allow"] = ", ".join(METHODS)
    return answer


def _open(answer: HttpResponse) -> HttpResponse:
    """Other sites' pages may read it: browsers send no cookies with it, and it depends on none."""
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Access-Control-Allow-Methods"] = ", ".join(METHODS)
    answer["Access-Control-Allow-Headers"] = "Accept, Accept-Language, If-None-Match"
    answer["Access-Control-Expose-Headers"] = "Content-Crs, ETag, Link"
    patch_vary_headers(answer, ("Accept",))
    return answer
