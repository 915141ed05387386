"""A coordinator brings her own list: other headers, title lines, an old character set, German numbers."""

import secrets
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

OWN_LIST = (
    "Maßnahmenliste Tiefbau;;;;;\r\n"
    "Stand Oktober 2026;;;;;\r\n"
    "Lfd.;Projekt;zuständig;Bausumme;fertig bis;Farbe der Akte\r\n"
    "{prefix}-1;Gehweg Färberstraße;66;rd. 1,2 Mio. €;4. Quartal 2027;grün\r\n"
    "{prefix}-2;Brücke über den Mühlgraben;66;noch nicht bezifferbar;;blau\r\n"
    "{prefix}-3;Treppe am Bahnhof;Tiefbauamd;50.000 €;31.02.2027;rot\r\n"
)


def test_a_coordinator_imports_her_own_list(
    site: str, page: Page, tmp_path: Path, log_in: Callable[[Page, str], None]
) -> None:
    file = tmp_path / "liste.csv"
    prefix = f"TB{secrets.token_hex(2)}"  # a demo that is still running knows the rows of the last time
    file.write_bytes(OWN_LIST.format(prefix=prefix).encode("cp1252"))
    log_in(page, "coordinator")
    page.goto(site + "/arbeit/importe/")
    page.get_by_role("link", name="Maßnahmen", exact=True).first.click()
    page.get_by_label("Datei von Ihrem Rechner").set_input_files(file)
    page.get_by_role("button", name="Datei lesen").click()

    page.get_by_label("Nummer", exact=False).and_(page.locator("#id_column-number")).select_option("Lfd.")
    page.locator("#id_column-title").select_option("Projekt")
    page.locator("#id_column-lead_department").select_option("zuständig")
    page.locator("#id_column-cost_eur").select_option("Bausumme")
    page.locator("#id_column-ends_on").select_option("fertig bis")
    page.get_by_label("Zuordnung speichern unter").fill("Liste Tiefbau")
    page.get_by_role("button", name="Probelauf starten").click()

    main = page.get_by_role("main")
    expect(main).to_contain_text("Noch ist nichts geändert")
    expect(main).to_contain_text("31.02.2027")
    expect(main).to_contain_text("Tiefbauamt")
    page.get_by_role("button", name="2 neue").click()
    expect(main).to_contain_text("Ergebnis: 2 neu, 1 abgelehnt")
    page.get_by_role("link", name="Neu 2").click()

    expect(main).to_contain_text(f"{prefix}-1")
    page.goto(site + f"/massnahmen/{prefix}-1/")
    expect(main).to_contain_text("Gehweg Färberstraße")
    expect(main).to_contain_text("Farbe der Akte: grün")
    page.goto(site + f"/massnahmen/{prefix}-2/")
    expect(main).to_contain_text("noch nicht bezifferbar")
    assert page.goto(site + f"/massnahmen/{prefix}-3/").status == 404
