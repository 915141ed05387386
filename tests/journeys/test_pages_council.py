"""Working pages of papers, meetings, resolutions and checks: `looking` says what is looked at."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext

from tests.journeys.looking import complaints

COORDINATOR = (
    "/gremien/neu/",
    "/vorlagen/bv-011-2024/",
    "/vorlagen/bv-011-2024/bearbeiten/",
    "/vorlagen/bv-011-2024/bezuege/",
    "/vorlagen/bv-011-2024/sichtbarkeit/",
    "/vorlagen/bv-011-2024/zurueckziehen/",
    "/vorlagen/bv-011-2024/route/",
    "/vorlagen/neu/",
    "/vorlagen/regeln/",
    "/sitzungen/sbv-2024-03-07/",
    "/sitzungen/sbv-2024-03-07/bearbeiten/",
    "/sitzungen/sbv-2024-03-07/punkt/",
    "/sitzungen/neu/",
    "/beschluesse/B-021/2024/",
    "/beschluesse/B-021/2024/bearbeiten/",
    "/beschluesse/B-021/2024/berichten/",
    "/beschluesse/B-021/2024/sichtbarkeit/",
    "/beschluesse/neu/",
    "/beschluesse/uebernehmen/",
    "/arbeit/pruefungen/",
    "/arbeit/pruefungen/neu/",
    "/arbeit/pruefungen/fragen/",
    "/arbeit/pruefungen/dauer/",
    "/arbeit/pruefungen/PR-2026-034/",
    "/arbeit/pruefungen/PR-2026-036/vorschlaege/",
    "/arbeit/pruefungen/PR-2026-036/fragen/",
    "/arbeit/pruefungen/PR-2026-034/fragen/?stufe=2",
    "/arbeit/pruefungen/PR-2026-034/mitzeichnung/",
    "/arbeit/pruefungen/PR-2026-034/bezug/",
    "/arbeit/pruefungen/PR-2026-034/verlauf/",
    "/arbeit/pruefungen/PR-2026-036/angaben/",
    "/arbeit/pruefungen/PR-2026-036/text/",
    "/arbeit/pruefschema/",
    "/arbeit/pruefschema/1/",
    "/arbeit/pruefschema/neu/",
    "/arbeit/ratsinformation/",
    "/arbeit/ratsinformation/neu/",
)
COUNCIL_MEMBER = (
    "/arbeit/meine-sitzung/",
    "/arbeit/suchen/",
    "/vorlagen/?q=wasser",
)


def test_working_pages_about_the_council_are_accessible_and_keep_the_policy(
    site: str, looker: Callable[[str], BrowserContext]
) -> None:
    page = looker("coordinator").new_page()

    found = {path: complaints(page, site + path) for path in COORDINATOR}

    assert {path: complaint for path, complaint in found.items() if complaint} == {}


def test_pages_of_a_council_member_are_accessible_and_keep_the_policy(
    site: str, looker: Callable[[str], BrowserContext]
) -> None:
    page = looker("council_member").new_page()

    found = {path: complaints(page, site + path) for path in COUNCIL_MEMBER}

    assert {path: complaint for path, complaint in found.items() if complaint} == {}
