"""`dreiklang serve`: the application for a city of one's own."""

from __future__ import annotations

import argparse
import os
from importlib import import_module

from django.contrib.auth import get_user_model

from dreiklang.config import start
from dreiklang.config.serve import run_server
from dreiklang.core.database import ensure_running


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="Port des Webservers (sonst 8000)")
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help="Adresse, auf der er lauscht (sonst nur dieser Rechner: 127.0.0.1)",
    )


def run(options: argparse.Namespace) -> int:
    address = f"http://localhost:{options.port}"
    start.refuse_taken_port(host=options.host, port=options.port)
    with ensure_running() as database:
        start.set_up_django(environment={"DREIKLANG_URL": address})
        start.bring_up_to_date(quick=database.address.embedded)
        welcome = _welcome(os.environ["DREIKLANG_URL"])
        run_server(host=options.host, port=options.port, when_ready=lambda: print(welcome, flush=True))
    return 0


def _welcome(address: str) -> str:
    """The address; and while nobody has an account, the link that makes the first one."""
    lines = ["", f"Dreiklang läuft: {address}"]
    if not get_user_model().objects.exists():
        setup = import_module("dreiklang.workspace.services.setup")
        lines += [
            "",
            "Diese Stadt ist noch leer. Richten Sie sie ein, der Link gilt einen Tag:",
            f"{address}/{setup.FIRST_ADDRESS}{setup.first_token()}/",
        ]
    return "\n".join([*lines, "", "Beenden: Strg+C"])
