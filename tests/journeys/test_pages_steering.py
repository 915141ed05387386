"""Working pages of goals, concepts, measures, people and imports: `looking` says what is looked at."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext

from tests.journeys.looking import complaints

COORDINATOR = (
    "/arbeit/",
    "/arbeit/?alles=1",
    "/arbeit/leitung/",
    "/arbeit/einrichtung/",
    "/arbeit/importe/",
    "/arbeit/werte/",
    "/arbeit/werte/freigaben/",
    "/arbeit/werte/lieferungen/",
    "/arbeit/werte/lieferungen/1/",
    "/arbeit/werte/eintragen/haushalte/",
    "/arbeit/indikatoren/",
    "/arbeit/indikatoren/neu/",
    "/arbeit/indikatoren/startsatz/",
    "/arbeit/indikatoren/regeln/",
    "/profil/merkmale/",
    "/indikatoren/einwohner/bearbeiten/",
    "/indikatoren/einwohner/stilllegen/",
    "/indikatoren/leerstandsquote/zielwerte/",
    "/indikatoren/verunglueckte-je-10000/bezuege/",
    "/indikatoren/einwohner/wirkungen/neu/",
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
    "/arbeit/datenanforderungen/",
    "/arbeit/datenanforderungen/neu/",
    "/arbeit/datenanforderungen/1/",
    "/arbeit/datenanforderungen/1/bearbeiten/",
    "/arbeit/datenanforderungen/1/antworten/",
    "/arbeit/datenanforderungen/1/aufgeben/",
    "/arbeit/beobachtung/",
    "/arbeit/beobachtung/neu/",
    "/arbeit/beobachtung/1/",
    "/arbeit/beobachtung/1/angesehen/",
    "/arbeit/beobachtung/1/neues/",
    "/rahmen/neu/",
    "/rahmen/hochwasser-2026/",
    "/rahmen/hochwasser-2026/bedeutung/",
    "/prioritaeten/aendern/?anlass=rahmen:hochwasser-2026",
    "/umfragen/neu/",
    "/umfragen/buergerumfrage-2024/",
    "/umfragen/buergerumfrage-2024/bearbeiten/",
    "/umfragen/buergerumfrage-2024/bearbeiten/frage/",
    "/umfragen/buergerumfrage-2024/bearbeiten/aussage/",
    "/umfragen/buergerumfrage-2024/bearbeiten/dokument/",
    "/arbeit/foerderbogen/",
    "/arbeit/foerderbogen/neu/",
    "/arbeit/foerderbogen/vorlagen/neu/",
    "/kriterien/",
    "/kriterien/neu/",
    "/kriterien/1/bearbeiten/",
    "/kriterien/1/bewerten/",
    "/kriterien/1/aufgeben/",
    "/kriterien/rhythmus/",
    "/bewertungen/1/zurueckziehen/",
    "/ziele/1.2/kriterien/",
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
    "/arbeit/wirkungen/neu/?massnahme=H-01",
    "/verlauf/massnahme/I-01/",
    "/verlauf/indikator/gebundene-wohnungen/",
    "/verlauf/konzept/FK-01/",
    "/konto/",
    "/ui/gallerie/",
    "/stadt/kartendienste/",
    "/datenkatalog/neu/",
    "/arbeit/groessen/",
    "/arbeit/datenkataloge/",
    "/arbeit/datenkataloge/neu/",
    "/arbeit/datenkataloge/eigener/",
)

# Nobody else opens these.
STATISTICS = (
    "/arbeit/kleine-zahlen/",
    "/arbeit/kleine-zahlen/arbeitslose/",
    "/arbeit/kleine-zahlen/arbeitslose/?tag=2023-12-31",
)


def test_working_pages_of_steering_are_accessible_and_keep_the_policy(
    site: str, looker: Callable[[str], BrowserContext]
) -> None:
    page = looker("coordinator").new_page()

    found = {path: complaints(page, site + path) for path in COORDINATOR}

    assert {path: complaint for path, complaint in found.items() if complaint} == {}


def test_pages_of_the_statistics_office_are_accessible_and_keep_the_policy(
    site: str, looker: Callable[[str], BrowserContext]
) -> None:
    page = looker("statistics").new_page()

    found = {path: complaints(page, site + path) for path in STATISTICS}

    assert {path: complaint for path, complaint in found.items() if complaint} == {}
