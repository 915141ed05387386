from datetime import date

from dreiklang.papers.queries.declared_forms import declared_forms
from dreiklang.papers.rules.header import RouteLine, cut_header, without_furniture
from dreiklang.papers.services.texts import cut
from dreiklang.papers.tests.printed import printed_paper


def test_a_paper_is_cut_into_its_parts() -> None:
    found = cut(printed_paper(iq="Ja", theme="Mobilität"))

    assert found.body == (
        "Radweg am Bahndamm\n\nKurzfassung\nDer Gemeinderat stimmt dem Bau des Radwegs zu.\n\n"
        "Erläuterungen\n\nDer Weg wird drei Meter breit."
    )
    assert found.summary == "Der Gemeinderat stimmt dem Bau des Radwegs zu."
    assert found.front == (
        ("Vorlage Nr.", "2026/0815"),
        ("Verantwortlich", "Dez. 6"),
        ("Dienststelle", "Tiefbau und Verkehr"),
    )
    assert found.route == (
        RouteLine("Ortschaftsrat Auental", date(2026, 4, 17), "3", True, "Anhörung"),
        RouteLine(
            "Betriebsausschuss Eigenbetrieb Straßen und Grün", date(2026, 4, 28), "2", False, "Vorberatung"
        ),
        RouteLine("Gemeinderat", date(2026, 5, 7), "", True, "Entscheidung"),
    )
    assert found.form is not None
    assert found.form.form.name == "karlsruhe"


def test_a_paper_without_a_header_keeps_all_it_says() -> None:
    text = "Ein Radweg am Bahndamm\n\nDie Verwaltung schlägt vor, ihn zu bauen."

    assert cut(text).body == text
    assert cut(text).form is None


def test_a_draft_that_speaks_of_committees_loses_nothing() -> None:
    text = "Die Gremien werden zum Termin eingeladen.\nDer Gemeinderat beschließt am 03.05.2026 den Bau des Weges."

    assert "beschließt am 03.05.2026" in cut(text).body


def test_what_follows_a_route_table_stays() -> None:
    text = "Titel\nGremium Termin TOP\nGemeinderat 07.05.2026 4 Ö Entscheidung\nBeschlussvorschlag\nDer Rat stimmt zu."

    found = cut(text)

    assert found.body == "Titel\n\nBeschlussvorschlag\nDer Rat stimmt zu."
    assert len(found.route) == 1


def test_a_day_that_does_not_exist_is_no_day() -> None:
    found = cut("Gremium Termin TOP\nGemeinderat 31.02.2026 4 Ö Entscheidung\n\nText")

    assert found.route == (RouteLine("Gemeinderat", None, "4", True, "Entscheidung"),)


def test_a_header_on_the_second_page_is_cut_there() -> None:
    text = "Kurzfassung\nDer Rat stimmt zu.\n– 2 –\n" + printed_paper().split("zu. \n \n", 1)[1]

    found = cut(text)

    assert "Der Rat stimmt zu." in found.body
    assert "IQ-relevant" not in found.body


def test_running_heads_and_page_numbers_go() -> None:
    pages = [
        f"Stadt Auental – Vorlage 12, Seite {n}\nAbsatz {n} sagt etwas.\nNoch etwas {n}x.\nUnd mehr.\n{n} / 4"
        for n in range(1, 5)
    ]

    found = without_furniture("\f".join(pages))

    assert "Stadt Auental" not in found
    assert "3 / 4" not in found
    assert all(f"Absatz {n} sagt etwas." in found for n in range(1, 5))


def test_an_empty_text_has_no_parts() -> None:
    found = cut_header("", forms=declared_forms())

    assert (found.body, found.form, found.route, found.summary) == ("", None, (), "")
