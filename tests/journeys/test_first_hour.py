"""A new city starts empty: the link from the terminal leads through the first hour."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.demo import REPOSITORY, free_port, new_data_folder, stop, wait_for

LINK = re.compile(r"http://localhost:\d+/arbeit/einrichtung/anfang/\S+")
OFFICES = "Kürzel;Name\n61;Stadtplanungsamt\n66;Tiefbauamt\n"
PASSWORD = "drei zufällige wörter"


@pytest.fixture(scope="module")
def first_link(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The link that `dreiklang serve` prints on a fresh database.

    Without the second factor: setting one up has tests of its own in `people`.
    """
    folder = tmp_path_factory.mktemp("leere-stadt")
    port = free_port()
    log = folder / "serve.log"
    data = new_data_folder()
    command = [sys.executable, "-m", "dreiklang.config.cli", "serve", "--port", str(port), "--data", data]
    environment = {**os.environ, "DREIKLANG_SECOND_FACTOR": "0"}
    with log.open("wb") as output:
        server = subprocess.Popen(
            command,
            cwd=REPOSITORY,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        wait_for(f"http://localhost:{port}", pid=server.pid, log=log)
        yield printed_link(log)
    finally:
        stop(server.pid)
        shutil.rmtree(data, ignore_errors=True)


def printed_link(log: Path) -> str:
    """The server answers a moment before it has printed the link."""
    for _ in range(100):
        found = LINK.search(log.read_text(errors="replace"))
        if found:
            return found[0]
        time.sleep(0.1)
    pytest.fail(f"Kein Link zur Einrichtung:\n{log.read_text(errors='replace')}")


def test_the_first_hour_begins_with_a_link_and_can_be_left_and_resumed(
    first_link: str, page: Page, tmp_path: Path
) -> None:
    page.goto(first_link)
    page.get_by_label("Ihr Name").fill("Johanna Berthold")
    page.get_by_label("E-Mail").fill("johanna@stadt.example")
    page.get_by_label("Kennwort").fill(PASSWORD)
    page.get_by_role("button", name="Konto anlegen und weiter").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("7 Schritte fehlen noch")

    page.get_by_role("link", name="Angaben eintragen").click()
    page.get_by_label("Name der Stadt").fill("Neustadt")
    page.get_by_label("Amtlicher Gemeindeschlüssel").fill("14999000")
    page.locator("select[name=state]").select_option(label="Sachsen")
    page.locator("main form button[type=submit]").last.click()
    page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/")[2] + "/arbeit/einrichtung/")
    expect(main).to_contain_text("6 Schritte fehlen noch")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Neustadt einrichten")

    offices = tmp_path / "aemter.csv"
    offices.write_text(OFFICES, encoding="utf-8")
    page.goto(page.url.replace("/arbeit/einrichtung/", "/arbeit/importe/neu/departments/"))
    page.get_by_label("Datei von Ihrem Rechner").set_input_files(offices)
    page.get_by_role("button", name="Datei lesen").click()
    page.get_by_role("button", name="Probelauf starten").click()
    page.get_by_role("button", name="2 neue").click()
    page.goto(re.sub(r"/arbeit/.*", "/arbeit/einrichtung/", page.url))
    expect(main).to_contain_text("2 Einträge sind da.")
    expect(main).to_contain_text("5 Schritte fehlen noch")

    page.locator("#districts").get_by_role("button", name="Vorerst auslassen").click()
    expect(main).to_contain_text("4 Schritte fehlen noch")
    page.goto(re.sub(r"/arbeit/.*", "/", page.url))
    expect(main).to_contain_text("Noch keine Zukunftsaufgaben")
