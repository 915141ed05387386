"""The coordinator reads a council system over real HTTP, twice; in between a paper is withdrawn."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils.timezone import now
from playwright.sync_api import Page, expect

from tests.oparl_server.server import Town, serving
from tests.oparl_server.towns import paper, town

GONE, KEPT = 91, 92
READ_WITHIN = 60_000


def bench(number: int, **fields: Any) -> dict[str, Any]:
    """A paper that no other list of the town has."""
    return paper(number, name=f"Sitzbank am Weg {number}", reference=f"OP-{number}/2026", **fields)


@pytest.fixture
def system() -> Iterator[Town]:
    with serving(town(paper=[bench(GONE), bench(KEPT)])) as served:
        yield served


def test_two_runs_and_a_paper_that_was_withdrawn(
    site: str, person: Callable[[str], Page], system: Town
) -> None:
    coordinator, visitor = person("coordinator"), person("")
    add_source(coordinator, site, system)

    read(coordinator)

    expect(coordinator.get_by_role("main")).to_contain_text("Vollständig gelesen")
    see_both(visitor, site)

    withdraw(system)
    read(coordinator)

    expect(coordinator.get_by_role("main")).to_contain_text("Ein Objekt wurde zurückgezogen")
    see_one_withdrawn(visitor, site)


def add_source(page: Page, site: str, system: Town) -> None:
    page.goto(site + "/arbeit/ratsinformation/")
    page.get_by_role("link", name="Quelle anlegen").or_(
        page.get_by_role("link", name="Weitere Quelle anlegen")
    ).first.click()
    page.get_by_label("Name").fill(f"Musterstadt {system.base.rsplit(':', 1)[1]}")
    page.get_by_label("Adresse oder Ordner").fill(system.system)
    page.locator("main form button[type=submit]").last.click()
    expect(page.get_by_role("main")).to_contain_text("Sie kam noch nie an ihr Ende")


def read(page: Page) -> None:
    """The page asks by itself how far the run is, and shows its report at the end."""
    with page.expect_navigation():
        page.get_by_role("button", name="Jetzt abgleichen").click()
    expect(page.get_by_role("button", name="Jetzt abgleichen")).to_be_enabled(timeout=READ_WITHIN)
    expect(page.get_by_role("heading", name="Lauf vom")).to_be_visible()


def see_both(page: Page, site: str) -> None:
    page.goto(site + "/vorlagen/?q=Sitzbank")
    for number in (GONE, KEPT):
        expect(page.get_by_role("link", name=f"Sitzbank am Weg {number}")).to_be_visible()
    page.get_by_role("link", name=f"Sitzbank am Weg {GONE}").click()
    expect(page.get_by_role("main")).to_contain_text(f"OP-{GONE}/2026")
    expect(page.get_by_role("main")).to_contain_text("Stadtrat")
    expect(page.get_by_role("main")).not_to_contain_text("zurückgezogen")


def withdraw(system: Town) -> None:
    """As OParl deletes: the paper stays in the list, without its content."""
    gone = bench(GONE)
    system.lists["paper"][0] = {
        "id": gone["id"],
        "type": gone["type"],
        "created": gone["created"],
        "modified": now().isoformat(),
        "deleted": True,
    }


def see_one_withdrawn(page: Page, site: str) -> None:
    page.reload()
    expect(page.get_by_role("main")).to_contain_text("zurückgezogen")
    page.goto(site + "/vorlagen/?q=Sitzbank")
    expect(page.get_by_role("link", name=f"Sitzbank am Weg {KEPT}")).to_be_visible()
