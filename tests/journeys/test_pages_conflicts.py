"""Pages of conflicts: `looking` says what is looked at. The journey looks at those that come and go."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext

from tests.journeys.looking import complaints

RADAR = "/arbeit/zielkonflikte/"
COORDINATOR = (
    RADAR,
    RADAR + "?sinn=synergy",
    RADAR + "?q=xyzxyz",
    RADAR + "matrix/",
    RADAR + "matrix/?nach=konzepte",
    RADAR + "netz/",
    RADAR + "schwellen/",
    RADAR + "vergleichen/",
)


def test_pages_of_conflicts_are_accessible_and_keep_the_policy(
    site: str, looker: Callable[[str], BrowserContext]
) -> None:
    page = looker("coordinator").new_page()
    page.goto(site + RADAR)
    one = page.locator("[data-candidate] h2 a").first.get_attribute("href")
    asked = (*COORDINATOR, f"{one}", f"{one}klaerung/")

    found = {path: complaints(page, site + path) for path in asked}

    assert {path: complaint for path, complaint in found.items() if complaint} == {}
