"""The pages people open, in cities of different size: statements, growth with the city, share of the template."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from unittest import mock

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.http import HttpRequest
from django.template import Context, loader
from django.test import Client

from bench.city.frame import COORDINATOR, LEAD, LEADER
from bench.databases import Databases
from bench.harness import Line, in_turn, statements
from dreiklang.core.kept import CACHE

SMALL, LARGE = 500, 5000
MOST_STATEMENTS = 12
MOST_GROWTH = 1.3
PUBLIC = ""


@dataclass(frozen=True)
class Page:
    """An address and who opens it; `grows`: its time may not grow with the number of measures.

    `keeps`: parts of it are kept until the data change (`core.kept`); its time after a change is shown, too.
    """

    name: str
    path: str
    viewers: Sequence[str] = (PUBLIC, COORDINATOR)
    grows: bool = True
    keeps: bool = False


PAGES = (
    Page("start page", "/", keeps=True),
    Page("measure page", "/massnahmen/M-0253/"),
    Page("future-task page", "/zukunftsaufgaben/3/"),
    Page("list page", "/massnahmen/"),
    Page("goal page", "/ziele/1.2/", grows=False),
    Page("concept page", "/konzepte/FK-051/", grows=False),
    Page("area page", "/stadtteile/05/", grows=False),
    Page("department page", "/aemter/17/", grows=False),
    Page("focus page", "/arbeit/", viewers=(LEAD,), grows=False),
    Page("leadership page", "/arbeit/leitung/", viewers=(LEADER,), grows=False),
)
WHO = {PUBLIC: "public", COORDINATOR: "coordinator", LEAD: "lead", LEADER: "leadership"}


class Visit:
    """One viewer who opens one page of one city again and again."""

    def __init__(self, databases: Databases, city: str, *, path: str, email: str) -> None:
        self._databases, self._city, self._path = databases, city, path
        self._client = client_of(databases, city, email=email)

    def __call__(self) -> bytes:
        self._databases.turn_to(self._city)
        answer = self._client.get(self._path)
        assert answer.status_code == 200, f"{self._path}: {answer.status_code}"
        return answer.content

    def count(self) -> list[str]:
        """The statements of one visit."""
        self._databases.turn_to(self._city)
        with statements() as found:
            self()
        return found


def forgetting(visit: Visit) -> Callable[[], bytes]:
    """The visit of the first one who comes after somebody changed something."""

    def first() -> bytes:
        caches[CACHE].clear()
        return visit()

    return first


def client_of(databases: Databases, city: str, *, email: str) -> Client:
    """A browser of somebody; without an address of anybody."""
    databases.turn_to(city)
    client = Client(raise_request_exception=True, SERVER_NAME="localhost")
    if email:
        client.force_login(get_user_model().objects.get(email=email), settings.AUTHENTICATION_BACKENDS[0])
    return client


def cases(databases: Databases) -> Iterator[tuple[str, Callable[[], list[Line]]]]:
    """Name and work of each case."""
    for page in PAGES:
        yield page.name, lambda page=page: _lines(databases, page)


def _lines(databases: Databases, page: Page) -> list[Line]:
    small, large = databases.city(SMALL), databases.city(LARGE)
    overdue = databases.city(SMALL, is_overdue=True)
    lines = []
    for email in page.viewers:
        name = f"{page.name}, {WHO[email]}"
        at_small, at_large, at_overdue = (
            Visit(databases, city, path=page.path, email=email) for city in (small, large, overdue)
        )
        at_large()
        lines.append(_statement_line(name, at_large.count(), at_overdue.count()))
        pair = in_turn(at_large, at_small)
        bound = MOST_GROWTH if page.grows else None
        lines.append(pair.line(f"{name}: {LARGE} to {SMALL} measures", reference=f"at {SMALL}", bound=bound))
        if page.keeps:
            anew = in_turn(forgetting(at_large), forgetting(at_small))
            lines.append(anew.line(f"{name}: the same after a change", reference=f"at {SMALL}"))
        constant = template_of(at_large)
        lines.append(in_turn(at_large, constant).line(f"{name}: at {LARGE}", reference="template"))
    return lines


def _statement_line(name: str, usual: Sequence[str], overdue: Sequence[str]) -> Line:
    """The usual day counts against the bound, and so does the day on which a round is overdue."""
    worst = max(len(usual), len(overdue))
    return Line(
        f"{name}: statements", str(len(usual)), f"{len(overdue)} overdue", worst, MOST_STATEMENTS, unit="SQL"
    )


def template_of(visit: Visit) -> Callable[[], str]:
    """The page's template with everything it needs as constants: what drawing alone costs."""
    recorded: list[tuple[Any, dict[str, Any], HttpRequest | None]] = []
    render = loader.render_to_string

    def record(name: Any, context: Any = None, request: Any = None, using: Any = None) -> str:
        if not recorded:
            recorded.append((loader.get_template(name), dict(context or {}), request))
        return render(name, context, request, using=using)

    with mock.patch.object(loader, "render_to_string", record):
        page = visit()
    template, context, request = recorded[0]
    constants = _constants(template, context, request)

    def draw() -> str:
        return template.template.render(Context(constants))

    draw()
    with statements() as asked:
        drawn = draw()
    assert not asked, f"the template asks for {asked}"
    assert _bare(drawn) == _bare(page.decode()), "the template alone gives another page"
    return draw


def _constants(template: Any, context: dict[str, Any], request: HttpRequest | None) -> dict[str, Any]:
    constants: dict[str, Any] = {}
    for processor in template.template.engine.template_context_processors:
        constants |= processor(request)
    return constants | context


def _bare(page: str) -> str:
    """Without what differs from one drawing to the next: the token against forged requests, the nonce."""
    return re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": ?)"[^"]*"', "", page)
