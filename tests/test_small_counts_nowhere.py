"""Plants counts that nobody may read, and looks for them in every answer that other roles can get."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from heapq import heapify, heappop, heappush
from html import unescape
from urllib.parse import urljoin, urlsplit

import pypdfium2
import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from dreiklang.core.enums import Visibility
from dreiklang.goals.tests import factories as goals
from dreiklang.monitoring.models import ConfidentialValue, Indicator, IndicatorGoal, Observation
from dreiklang.monitoring.services import create_indicator, set_visibility
from dreiklang.monitoring.tests.lists import delivered
from dreiklang.people.rules import Role, Viewer
from dreiklang.people.tests.factories import account, department, viewer
from dreiklang.places.tests import factories as places

pytestmark = pytest.mark.django_db
# A small count and the one beside it, which is hidden as well: no other number on any page looks like them,
# and no table has that many rows that one of their numbers could.
SMALL, BESIDE, CITY, BELOW = 29_917, 7_491_357, 7_521_274, 30_000
LIST = f"Stadtteil;2023\nAltstadt;{SMALL}\nNeustadt;{BESIDE}\nGesamt;{CITY}\n"
WRITTEN = re.compile(r"7[.,\s\u00a0\u202f']?491[.,\s\u00a0\u202f']?357")
SMALL_WRITTEN = re.compile(r"(?<![\d.,#x])29[.,\s\u00a0\u202f']?917(?![\d]|[.,]\d{3})")
LINK = re.compile(r'(?:href|hx-get|action|src)="([^"#]+)')
OURS = re.compile(
    r"indikator|kleine-zahlen|profil|daten|karte|kriteri|lieferung|werte|freigab|verlauf|importe|frei"
)
# What is drawn or written by others, and what ends the session.
PASSED_OVER = re.compile(
    r"^/(static|konto|ui|sprache|stimme|arbeit/importe/vorlage|arbeit/importe/neu)/|\.(css|js|svg|png|woff2)$"
)
MOST = 150
# Without these nothing was looked at.
LOOKED_AT = {f"/indikatoren/pendler/{part}" for part in ("", "daten.csv", "daten.xlsx", "daten.json")} | {
    "/indikatoren/pendler-doppelt/",
    "/karte/indikator/pendler/",
}


@pytest.fixture
def town() -> Indicator:
    """A city of two districts with a public indicator, its goal, and one that is reckoned from it."""
    places.municipality(ags="99999000")
    level = places.level(key="stadtteil", rank=1)
    for name in ("Altstadt", "Neustadt"):
        places.area(level=level, name=name)
    office = department(name="Statistik")
    counted = published("pendler", name="Pendler", suppress_below=BELOW, department_id=office.pk)
    published("pendler-doppelt", name="Pendler doppelt", formula="[pendler] * 2", department_id=office.pk)
    goal = goals.goal()
    IndicatorGoal.objects.create(indicator=counted, goal=goal)
    bring(LIST)
    return counted


def published(key: str, **values: object) -> Indicator:
    by = viewer(Role.COORDINATOR)
    made = create_indicator(by=by, key=key, values={"unit": "personen", **values}, on=date(2026, 1, 1))
    return set_visibility(by=by, key=key, version=made.version, visibility=Visibility.PUBLIC)


def bring(content: str, *, by: Viewer | None = None, is_dry_run: bool = False) -> None:
    office = by or viewer(Role.STATISTICS)
    delivered(
        content,
        by=office,
        use="pendler",
        areas="stadtteil",
        totals_are_city=True,
        is_dry_run=is_dry_run,
        has_looked=True,
    )


def test_the_counts_are_there_and_hidden(town: Indicator) -> None:
    behind = dict(ConfidentialValue.objects.values_list("value", "observation__region__name"))

    assert behind == {Decimal(SMALL): "Altstadt", Decimal(BESIDE): "Neustadt"}
    assert set(Observation.objects.values_list("ends_on", "value")) >= {(date(2023, 12, 31), None)}


@pytest.mark.parametrize(
    "role", [None, Role.COORDINATOR, Role.ADMINISTRATOR, Role.DEPARTMENT_EDITOR, Role.LEADERSHIP]
)
def test_no_answer_to_anybody_else_holds_the_counts(town: Indicator, role: Role | None) -> None:
    bring(LIST, is_dry_run=True)
    # Somebody who may not see them brings the same again with another year: it waits for the statistics office.
    bring(LIST.replace("2023", "2022"), by=viewer(Role.COORDINATOR))
    client = Client()
    if role is not None:
        client.force_login(account(role, where=town.department if role is Role.DEPARTMENT_EDITOR else None))

    seen = dict(answers(client, town))

    assert seen.keys() >= LOOKED_AT
    for address, words in seen.items():
        assert not WRITTEN.search(words), address
        assert not SMALL_WRITTEN.search(words), address


def test_the_search_finds_what_it_looks_for(town: Indicator) -> None:
    client = Client()
    client.force_login(account(Role.STATISTICS))

    seen = dict(answers(client, town, first=("/arbeit/kleine-zahlen/pendler/?tag=2023-12-31",), most=1))

    (words,) = seen.values()
    assert WRITTEN.search(words)
    assert SMALL_WRITTEN.search(words)


def answers(
    client: Client, town: Indicator, *, first: tuple[str, ...] = (), most: int = MOST
) -> Iterator[tuple[str, str]]:
    """Every answer to a GET that is reached from the addresses there are, by its address."""
    waiting = [(importance(address), address) for address in first or starting_points(town)]
    heapify(waiting)
    known = {address for _importance, address in waiting}
    for _number in range(most):
        if not waiting:
            return
        address = heappop(waiting)[1]
        answer = client.get(address)
        if answer.status_code in (301, 302):
            links = [answer["Location"]]
        else:
            words = words_of(answer)
            yield address, words
            links = LINK.findall(words) if "html" in answer.get("Content-Type", "") else []
        for link in links:
            there = urljoin(address, unescape(link))
            if not urlsplit(there).netloc and there not in known and not PASSED_OVER.search(there):
                known.add(there)
                heappush(waiting, (importance(there), there))


def importance(address: str) -> int:
    """What has to do with the planted values comes before all else."""
    if "pendler" in address or re.search(r"(lieferungen|importe|datei)/\d", address):
        return 1 if "?" in address else 0
    return 2 if OURS.search(address) else 3


def starting_points(town: Indicator) -> list[str]:
    """All addresses without a parameter, and those of monitoring with what is there."""
    given = {
        "key": town.key,
        "pk": "1",
        "number": town.goal_links.get().goal.number,
        "level": "stadtteil",
        "ending": "csv",
    }
    found = {
        "/suche/?q=Pendler",
        "/verlauf/indikator/pendler/",
        "/indikatoren/pendler/?gebiet=Altstadt",
        *(address for pattern in patterns(get_resolver()) if (address := filled(pattern, given))),
    }
    for number in range(1, 6):
        found |= {f"/arbeit/importe/{number}/", f"/arbeit/werte/lieferungen/{number}/"}
    return sorted(found)


def patterns(resolver: URLResolver, before: str = "/") -> Iterator[str]:
    for one in resolver.url_patterns:
        route = before + str(one.pattern).lstrip("^")
        if isinstance(one, URLResolver):
            yield from patterns(one, route)
        elif isinstance(one, URLPattern):
            yield route.rstrip("$")


def filled(route: str, given: dict[str, str]) -> str:
    """The address with its parameters, empty where one is unknown or the address is none of ours."""
    if "(" in route or PASSED_OVER.search(route):
        return ""
    named = re.findall(r"<(?:\w+:)?(\w+)>", route)
    if named and not (OURS.search(route) and set(named) <= given.keys()):
        return ""
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda match: given[match[1]], route)


def words_of(answer: HttpResponseBase) -> str:
    """All text of an answer, also of what is packed in it."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    kind = answer.get("Content-Type", "")
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    if "pdf" in kind:
        document = pypdfium2.PdfDocument(content)
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    return content.decode("utf-8", "replace")
