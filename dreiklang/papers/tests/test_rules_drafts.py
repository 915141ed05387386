"""A draft is compared without its printed header: that would answer the question by itself."""

from dreiklang.papers.queries.declared_forms import declared_forms
from dreiklang.papers.rules.drafts import LONGEST, MOST_FACETS, draft_text, target_text

PRINTED = """Beschlussvorlage

Vorlage Nr.: 2026/0001
Verantwortlich: Dez. 6
Dienststelle: Tiefbauamt

Radweg am Ufer

Gremien Termin TOP Ö / N Zuständigkeit
Bauausschuss 06.06.2026 5 N Vorberatung
Kurzfassung
Der Ausschuss stimmt dem Bau eines neuen Radwegs am Ufer zu und beauftragt die Verwaltung.

Finanzielle Auswirkungen
Ja       ☒     Nein      ☐

☒ Investition
☐ Konsumtive Maßnahme

Gesamtkosten: 250.000 €
CO2-Relevanz: Auswirkung auf den Klimaschutz
Nein ☐
Ja ☒ positiv ☒ negativ ☐ geringfügig ☒ erheblich ☐
IQ-relevant
Nein ☐
Ja ☒
Korridorthema: Grüne Stadt
Abstimmung mit städtischen Gesellschaften
Nein ☒
Ja ☐
abgestimmt mit

– 2 –
Erläuterungen

Der bisherige Weg ist zu schmal und wird von vielen Menschen zu Fuß und mit dem Rad genutzt.
"""


def test_nothing_of_the_printed_header_is_compared() -> None:
    text = draft_text(title="Radweg am Ufer", text=PRINTED, forms=declared_forms())

    whole = " ".join(text.parts)
    for printed in ("Grüne Stadt", "Korridorthema", "IQ-relevant", "Investition", "Bauausschuss", "250.000"):
        assert printed not in whole


def test_the_summary_is_the_lead_and_stands_there_once() -> None:
    text = draft_text(title="Radweg am Ufer", text=PRINTED, forms=declared_forms())

    assert any("stimmt dem Bau eines neuen Radwegs" in one for one in text.lead)
    assert not any("stimmt dem Bau eines neuen Radwegs" in one for one in text.body)
    assert any("zu Fuß und mit dem Rad" in one for one in text.body)


def test_an_empty_draft_has_only_its_title() -> None:
    text = draft_text(title="Radweg", text=" \n ", forms=declared_forms())

    assert text.parts == ("Radweg",)


def test_a_target_says_its_title_and_its_texts_in_pieces() -> None:
    text = target_text(("Mehr Bäume", "Kurz gesagt", "", "Die Stadt pflanzt jedes Jahr mehr Bäume. " * 30))

    assert text.title == "Mehr Bäume"
    assert text.body[0] == "Kurz gesagt"
    assert len(text.parts) <= MOST_FACETS
    assert all(len(piece) <= 2 * LONGEST for piece in text.body)
