"""Every kind of page in a real browser: accessible, within the window, silent, in both themes."""

from collections.abc import Callable
from pathlib import Path

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
    "/aemter/61/",
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
    "/verlauf/massnahme/I-01/",
    "/verlauf/konzept/FK-01/",
    "/konto/",
    "/ui/gallerie/",
)
REFUSED = {"/gibt-es-nicht/": 404, "/einladung/unbekannt/": 410}
WINDOWS = {"wide": (1280, 900), "phone": (390, 844)}


@pytest.fixture(scope="module", params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def complaints(
    browser: Browser, storage: BrowserContext, address: str, *, theme: str, window: str
) -> list[str]:
    """What axe finds on a page, and whether the page is wider than the window.

    axe is injected, which the content policy forbids a page; so this context leaves the policy out.
    The journeys keep it on.
    """
    width, height = WINDOWS[window]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if theme == "dark" else "light",
        locale="de-DE",
        bypass_csp=True,
        reduced_motion="reduce",
        storage_state=storage.storage_state(),
    )
    try:
        page = context.new_page()
        page.goto(address)
        found = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
        wide = [f"{found} px breiter als das Fenster"] if found > 0 else []
        page.add_script_tag(path=str(AXE))
        result = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        return wide + [
            f"{v['id']}: {v['help']} ({', '.join(str(n['target']) for n in v['nodes'][:4])})"
            for v in result["violations"]
        ]
    finally:
        context.close()


@pytest.mark.parametrize("window", WINDOWS)
def test_public_pages_are_accessible(
    site: str, browser: Browser, context: BrowserContext, theme: str, window: str
) -> None:
    found = {path: complaints(browser, context, site + path, theme=theme, window=window) for path in PUBLIC}

    assert {path: list_ for path, list_ in found.items() if list_} == {}


@pytest.mark.parametrize("window", WINDOWS)
def test_working_pages_are_accessible(
    site: str,
    browser: Browser,
    context: BrowserContext,
    page: Page,
    log_in: Callable[[Page, str], None],
    theme: str,
    window: str,
) -> None:
    log_in(page, "coordinator")

    found = {
        path: complaints(browser, context, site + path, theme=theme, window=window) for path in COORDINATOR
    }

    assert {path: list_ for path, list_ in found.items() if list_} == {}


def test_pages_answer_and_keep_the_policy(site: str, page: Page, log_in: Callable[[Page, str], None]) -> None:
    """`page` fails on script errors and on violations of the policy."""
    answers = {path: page.goto(site + path) for path in PUBLIC}
    log_in(page, "coordinator")
    answers |= {path: page.goto(site + path) for path in COORDINATOR}

    statuses = {path: answer.status for path, answer in answers.items() if answer}
    expected = {path: REFUSED.get(path, 200) for path in statuses}
    assert statuses == expected
