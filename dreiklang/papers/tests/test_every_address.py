"""Every address of papers, meetings, checks and resolutions there is: asked by outsiders, none gives a secret away.

The addresses come from the configuration itself, so that a new one is walked from its first day.
"""

import io
import zipfile
from collections.abc import Iterator
from itertools import product
from typing import Any
from urllib.parse import quote

import pypdfium2
import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from dreiklang.measures.tests import factories as city
from dreiklang.papers.models import (
    AgendaItem,
    Check,
    Checklist,
    Comment,
    Consultation,
    CouncilFile,
    Meeting,
    Paper,
    Proposal,
    Resolution,
    ResolutionReport,
    SavedSearch,
)
from dreiklang.papers.tests.closed_town import SECRET, closed_town
from dreiklang.papers.urls import urlpatterns
from dreiklang.people.models import Department, Seat
from dreiklang.people.rules import Role

pytestmark = pytest.mark.django_db

# Beginning of the address → whose key stands in it, and whose number.
KEYS = {"vorlagen": (Paper, "key"), "sitzungen": (Meeting, "key")}
NUMBERS = {"arbeit": (Check, "number"), "beschluesse": (Resolution, "number")}
# Name of the address → whose id stands in it.
IDS = {
    "check_settle": Comment,
    "check_verdict": Proposal,
    "checklist": Checklist,
    "file": CouncilFile,
    "item": AgendaItem,
    "resolution": ResolutionReport,
    "search": SavedSearch,
    "source": Checklist,  # nobody outside gets as far as to learn whether there is such a source
    "step": Consultation,
}
FIXED: dict[str, list[Any]] = {
    "department": [],
    "form": ["csv", "docx", "html", "pdf", "txt", "json", "xlsx"],
    "name": ["bezug-zum-insek", "bezug-intern", "pruefkopf"],
    "step": ["hand_in", "release", "take_back", "give_up"],
    "year": [2026],
}
# What outsiders may open beside pages of papers, and where papers show.
ELSEWHERE = [
    "/api/v1/papers?limit=1000",
    *[f"/api/v1/papers/{key}" for key in ("offen", "geheim", "zurueck")],
    "/api/v1/resolutions?limit=1000",
    *[f"/api/v1/resolutions/{quote(number)}" for number in ("B 9", "B 10")],
    "/api/v1/goals",
    "/api/v1/openapi.json",
    "/gremien/",
    "/gremien/GR/",
    "/gremien/export.csv",
    "/verlauf/beschluss/B 9/",
    "/verlauf/sitzung/geschlossen/",
    "/verlauf/gremium/GR/",
    f"/beschluesse/?q={SECRET}",
    f"/beschluesse/export.csv?q={SECRET}",
    f"/vorlagen/export.xlsx?q={SECRET}",
    "/vorlagen/export.xlsx?intern=ja",
    "/beschluesse/export.xlsx?intern=ja",
    "/arbeit/",
    "/daten/",
]


def addresses() -> Iterator[tuple[tuple[Any, ...], str]]:
    """(kind, address) of all pages of papers, once for each record that the address can name.

    A kind is the address's name with the words that stand in it, whatever the record: of a file, its form too.
    """
    for pattern in urlpatterns:
        names = list(pattern.pattern.converters)
        for values in product(*(_values(pattern, name) for name in names)):
            words = [value for name, value in zip(names, values, strict=True) if name in FIXED]
            yield (str(pattern.name), *words), reverse(f"papers:{pattern.name}", args=values)


def _values(pattern: URLPattern, name: str) -> list[Any]:
    begin = str(pattern.pattern).split("/")[0]
    if name == "key":
        model, field = KEYS[begin]
        return list(model.objects.values_list(field, flat=True))
    if name == "number":
        model, field = NUMBERS[begin]
        return list(model.objects.values_list(field, flat=True))
    if name == "pk":
        named = next(model for start, model in IDS.items() if str(pattern.name).startswith(start))
        return list(named.objects.values_list("pk", flat=True))
    if name == "department":
        return list(Department.objects.values_list("pk", flat=True)[:1])
    if name == "form" and begin == "beschluesse":
        return ["csv", "docx", "pdf"]
    return FIXED[name]


def words_of(answer: Any) -> str:
    """All that an answer says, out of packed files too."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            content = b"\n".join(packed.read(name) for name in packed.namelist())
    elif content.startswith(b"%PDF"):
        return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))
    body = content.decode("utf-8", "replace")
    # What somebody typed into a search field stands there again, and so does its chip.
    for echo in (f'value="{SECRET}"', f"Text: {SECRET}", f"Suche: {SECRET}", f"q={SECRET}", quote(SECRET)):
        body = body.replace(echo, "")
    return body


def visitor(role: Role | None, council: Any) -> Client:
    client = Client()
    if role is not None:
        account = city.account(role=role)
        Seat.objects.create(committee=council, account=account)
        client.force_login(account)
    return client


@pytest.mark.parametrize("role", [None, Role.COUNCIL_MEMBER, Role.PARTNER])
def test_no_address_gives_an_outsider_what_is_not_public(role: Role | None) -> None:
    client = visitor(role, closed_town()["council"])

    leaks = []
    for address in [*dict.fromkeys(address for _kind, address in addresses()), *ELSEWHERE]:
        leaks += [f"GET {address}"] if SECRET in words_of(client.get(address)) else []
        leaks += [f"POST {address}"] if SECRET in words_of(client.post(address)) else []

    assert leaks == []


def test_the_same_addresses_show_it_to_the_administration() -> None:
    client = visitor(Role.COORDINATOR, closed_town()["council"])

    # One record that shows it is enough; it takes long to make the files of all.
    kinds: set[tuple[Any, ...]] = set()
    for kind, address in addresses():
        if kind not in kinds and SECRET in words_of(client.get(address)):
            kinds.add(kind)

    shown = {name for name, *_words in kinds}
    assert {"list", "csv", "xlsx", "paper", "versions", "file", "meetings", "meeting"} <= shown
    assert {"pipeline", "check", "check_block_file", "check_history", "checklists"} <= shown
    assert {"resolutions", "resolutions_csv", "resolutions_xlsx", "resolution"} <= shown
    assert {"council_report", "council_file"} <= shown
