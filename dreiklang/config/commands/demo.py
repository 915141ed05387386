"""`dreiklang demo`: the invented town, ready to click through."""

from __future__ import annotations

import argparse
import csv
import os
from importlib import import_module
from pathlib import Path

from django.contrib.auth import get_user_model
from django.db import transaction

from dreiklang.config import start
from dreiklang.config.serve import run_server
from dreiklang.core.database import data_folder, ensure_running, remove_data

ACCOUNTS = Path(__file__).resolve().parents[3] / "demo" / "konten.csv"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="Port des Webservers (sonst 8000)")
    parser.add_argument(
        "--fresh", action="store_true", help="verwirft die Daten der Vorführung und beginnt neu"
    )


def run(options: argparse.Namespace) -> int:
    address = f"http://localhost:{options.port}"
    _use_folder_of_its_own()
    start.refuse_taken_port(host="127.0.0.1", port=options.port)
    if options.fresh:
        remove_data()
    with ensure_running() as database:
        folder = data_folder().path
        start.set_up_django(
            environment={
                "DREIKLANG_DEMO": "1",
                "DREIKLANG_URL": address,
                "DREIKLANG_EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
                "DREIKLANG_EMAIL_FOLDER": str(folder / "mail"),
            }
        )
        start.bring_up_to_date(quick=database.address.embedded)
        load_town()
        run_server(host="127.0.0.1", port=options.port, when_ready=lambda: _announce(address))
    return 0


def load_town() -> None:
    """Loads the town into an empty database; one that holds it already stays as it is.

    Raises: CannotStart if the database holds something else: a demo signs people in without second factor.
    """
    begun = start.read_state().get("town")
    if get_user_model().objects.exists():
        if begun:
            return
        raise start.CannotStart(
            "In dieser Datenbank liegen schon Daten, die nicht aus der Vorführung stammen. "
            "Nehmen Sie mit --data einen anderen Ordner, oder starten Sie mit: dreiklang serve"
        )
    print("Lade die Stadt Klarenbrück …", flush=True)
    start.write_state(town="Klarenbrück")
    # All or nothing: whoever is cut off here finds an empty database at the next start.
    with transaction.atomic():
        import_module("dreiklang.config.demo_town").load()


def accounts() -> list[dict[str, str]]:
    """One account per role, as the demo's own list names them, in its order."""
    with ACCOUNTS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def _use_folder_of_its_own() -> None:
    """The demo never mixes with a city's data: without a folder named it takes one beside the usual place."""
    if not os.environ.get("DREIKLANG_DATA"):
        usual = data_folder().path
        os.environ["DREIKLANG_DATA"] = str(usual.with_name(f"{usual.name}-demo"))


def _announce(address: str) -> None:
    rows = [[row["Rolle"], row["E-Mail"], row["Kennwort"]] for row in accounts()]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    print(f"\nDreiklang läuft: {address}\n\nAnmelden als:")
    for row in rows:
        print("  " + "  ".join(value.ljust(width) for value, width in zip(row, widths, strict=True)).rstrip())
    print(f"\nDaten: {data_folder().path}   Beenden: Strg+C", flush=True)
