"""What a page needs of the content security policy beyond the base: said beside its view, granted by the middleware."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse

View = Callable[..., HttpResponse]
SHOWS_MAP, IS_EMBEDDABLE = "shows_map", "is_embeddable"


def shows_map(view: View) -> View:
    """The page draws a map: it may load pictures from the hosts the city configured, and only from them."""
    return _marking(view, SHOWS_MAP)


def embeddable(view: View) -> View:
    """The page may stand in a frame of the sites the city names. For pages that change nothing and show only what
    is public: without a sign-in, without a form that posts."""
    return _marking(view, IS_EMBEDDABLE)


def _marking(view: View, mark: str) -> View:
    @wraps(view)
    def marked(*args: Any, **kwargs: Any) -> HttpResponse:
        response = view(*args, **kwargs)
        # On the answer, so that a refusal at the same address gets nothing of it.
        setattr(response, mark, True)
        return response

    # On the view, too, so that a test can name all that ask for more.
    setattr(marked, mark, True)
    return marked
