"""Every kind of page that anybody opens: `looking` says what is looked at."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext

from tests.journeys.looking import complaints

PUBLIC = (
    "/",
    "/karte/",
    "/karte/tabelle/",
    "/karte/druck/",
    "/karte/eingebettet/",
    "/karte/indikatoren/",
    "/karte/indikator/kinderarmut/",
    "/karte/indikator/kinderarmut/?von=2015&bis=2025&klasse=2",
    "/karte/indikator/kinderarmut/?ansicht=jahre",
    "/profil/",
    "/profil/stadtteile/01/",
    "/datenblatt/",
    "/datenblatt/?konzept=FK-01",
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
    "/ziele/1.2/",
    "/ziele/1.1/kriterien/",
    "/ziele/1.2/kriterien/",
    "/kriterien/",
    "/kriterien/?stand=off_way",
    "/umfragen/",
    "/umfragen/buergerumfrage-2024/",
    "/umfragen/buergerumfrage-2024/fragen/1/",
    "/umfragen/reihen/gern-im-stadtteil/",
    "/rahmen/",
    "/rahmen/?feld=climate",
    "/rahmen/hochwasser-2026/",
    "/ziele/2.1/stimmen/",
    "/zukunftsaufgaben/5/stimmen/",
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
    "/massnahmen/H-01/",
    "/suche/?q=wohn&art=indicator",
    "/indikatoren/",
    "/indikatoren/?q=xyzxyz",
    "/indikatoren/leerstandsquote/",
    "/indikatoren/einwohner/",
    "/indikatoren/verunglueckte-je-10000/",
    "/indikatoren/einwohner/bild/",
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
    "/datenkatalog/",
    "/datenkatalog/?stand=ueberfaellig",
    "/datenkatalog/?q=xyzxyz",
    "/datenkatalog/luecken/",
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
REFUSED = {"/gibt-es-nicht/": 404, "/einladung/unbekannt/": 410}


def test_public_pages_are_accessible_and_keep_the_policy(
    site: str, looker: Callable[[str], BrowserContext]
) -> None:
    page = looker("").new_page()

    found = {path: complaints(page, site + path, status=REFUSED.get(path, 200)) for path in PUBLIC}

    assert {path: complaint for path, complaint in found.items() if complaint} == {}
