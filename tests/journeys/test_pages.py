"""Every kind of page in a real browser: accessible, within the window, silent, in both themes."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
PUBLIC = (
    "/",
    "/neues/",
    "/zaehlweise/",
    "/daten/",
    "/impressum/",
    "/barrierefreiheit/",
    "/leichte-sprache/",
    "/rueckmeldung/",
    "/datenschutz/",
    "/ziele/",
    "/ziele/1/",
    "/ziele/1.1/",
    "/prioritaeten/",
    "/zukunftsaufgaben/",
    "/zukunftsaufgaben/1/",
    "/themen/",
    "/themen/1/",
    "/fortschreibung/",
    "/konzepte/",
    "/konzepte/FK-01/",
    "/massnahmen/",
    "/massnahmen/?q=rad&stand=delayed",
    "/massnahmen/?q=xyzxyz",
    "/massnahmen/I-01/",
    "/stadtteile/",
    "/stadtteile/01/",
    "/aemter/",
    "/gremien/",
    "/aemter/61/",
    "/vorlagen/",
    "/vorlagen/?q=wasser",
    "/vorlagen/?q=xyzxyz",
    "/vorlagen/bv-011-2024/",
    "/vorlagen/bv-011-2024/fassungen/",
    "/sitzungen/",
    "/sitzungen/sbv-2024-03-07/",
    "/beschluesse/",
    "/beschluesse/B-021/2024/",
    "/beschluesse/bericht/2026/",
    "/suche/?q=verkehr",
    "/suche/?q=xyzxyz",
    "/suche/",
    "/konto/anmelden/",
    "/konto/kennwort/vergessen/",
    "/konto/neu/",
    "/konto/gesperrt/",
    "/einladung/unbekannt/",
    "/api/v1/",
    "/gibt-es-nicht/",
)
COORDINATOR = (
    "/arbeit/",
    "/arbeit/?alles=1",
    "/arbeit/leitung/",
    "/arbeit/einrichtung/",
    "/arbeit/importe/",
    "/arbeit/runden/",
    "/arbeit/runden/anlegen/",
    "/arbeit/runden/regeln/",
    "/arbeit/runden/1/",
    "/arbeit/uebergabe/",
    "/arbeit/importe/neu/measures/",
    "/arbeit/importe/laeufe/",
    "/fortschreibung/",
    "/fortschreibung/schritte/neu/",
    "/themen/neu/",
    "/themen/1/bearbeiten/",
    "/aemter/neu/",
    "/gremien/neu/",
    "/aemter/61/bearbeiten/",
    "/prioritaeten/aendern/",
    "/stadt/angaben/",
    "/stadt/ebenen/",
    "/konten/",
    "/konten/1/",
    "/konten/einladungen/",
    "/konten/einladungen/liste/",
    "/konto/zweiter-faktor/",
    "/konto/zweiter-faktor/app/",
    "/konto/passkeys/",
    "/konto/passkeys/neu/",
    "/konto/kennwort/",
    "/konto/bestaetigen/",
    "/massnahmen/I-01/",
    "/massnahmen/I-01/bericht/",
    "/massnahmen/I-01/bearbeiten/",
    "/massnahmen/I-01/auftrag/",
    "/massnahmen/I-01/meilensteine/",
    "/massnahmen/I-01/beteiligte/",
    "/massnahmen/I-01/zusammenlegen/",
    "/massnahmen/anlegen/",
    "/massnahmen/freigaben/",
    "/konzepte/FK-01/",
    "/konzepte/FK-01/bearbeiten/",
    "/konzepte/FK-01/zielbezuege/",
    "/konzepte/FK-01/sichtbarkeit/",
    "/konzepte/neu/",
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
    "/verlauf/massnahme/I-01/",
    "/verlauf/konzept/FK-01/",
    "/konto/",
    "/ui/gallerie/",
)
COUNCIL_MEMBER = (
    "/arbeit/meine-sitzung/",
    "/arbeit/suchen/",
    "/vorlagen/?q=wasser",
)
REFUSED = {"/gibt-es-nicht/": 404, "/einladung/unbekannt/": 410}
WINDOWS = {"1280": {"width": 1280, "height": 900}, "390": {"width": 390, "height": 844}}
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.fixture
def examined(browser: Browser, context: BrowserContext) -> Iterator[Callable[[str], list[str]]]:
    """What axe finds on a page in every window and theme, and whether the page is wider than the window.

    axe is injected, which the content policy forbids a page; so this context leaves the policy out.
    The journeys keep it on. Each page is loaded once and then seen in all four settings. Who is
    logged in is taken over from the visitor's context when the first page is asked for.
    """
    opened: list[BrowserContext] = []

    def examine(address: str) -> list[str]:
        if not opened:
            state = context.storage_state()
            opened.append(
                browser.new_context(
                    locale="de-DE", bypass_csp=True, reduced_motion="reduce", storage_state=state
                )
            )
            opened[0].new_page()
        return complaints(opened[0].pages[0], address)

    yield examine
    for one in opened:
        one.close()


def complaints(page: Page, address: str) -> list[str]:
    page.goto(address)
    page.add_script_tag(path=str(AXE))
    found = []
    for window, size in WINDOWS.items():
        page.set_viewport_size(size)
        excess = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
        found += [f"{window}: {excess} px breiter als das Fenster"] if excess > 0 else []
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)
            result = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
            found += [f"{window} {theme}: {said(one)}" for one in result["violations"]]
    return found


def said(violation: dict[str, Any]) -> str:
    nodes = ", ".join(str(node["target"]) for node in violation["nodes"][:4])
    return f"{violation['id']}: {violation['help']} ({nodes})"


def test_public_pages_are_accessible(site: str, examined: Callable[[str], list[str]]) -> None:
    found = {path: examined(site + path) for path in PUBLIC}

    assert {path: complaint for path, complaint in found.items() if complaint} == {}


def test_working_pages_are_accessible(
    site: str, page: Page, log_in: Callable[[Page, str], None], examined: Callable[[str], list[str]]
) -> None:
    log_in(page, "coordinator")

    found = {path: examined(site + path) for path in COORDINATOR}

    assert {path: complaint for path, complaint in found.items() if complaint} == {}


def test_pages_of_a_council_member_are_accessible(
    site: str, page: Page, log_in: Callable[[Page, str], None], examined: Callable[[str], list[str]]
) -> None:
    log_in(page, "council_member")

    found = {path: examined(site + path) for path in COUNCIL_MEMBER}

    assert {path: complaint for path, complaint in found.items() if complaint} == {}


def test_pages_answer_and_keep_the_policy(site: str, page: Page, log_in: Callable[[Page, str], None]) -> None:
    """`page` fails on script errors and on violations of the policy."""
    answers = {path: page.goto(site + path) for path in PUBLIC}
    log_in(page, "coordinator")
    answers |= {path: page.goto(site + path) for path in COORDINATOR}

    statuses = {path: answer.status for path, answer in answers.items() if answer}
    expected = {path: REFUSED.get(path, 200) for path in statuses}
    assert statuses == expected
