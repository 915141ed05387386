"""`dreiklang migrate`: brings the database up to date without starting a server."""

from __future__ import annotations

import argparse

from dreiklang.config import schema, start
from dreiklang.core.database import ensure_running


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """There is nothing to say but --data."""


def run(options: argparse.Namespace) -> int:
    with ensure_running():
        start.set_up_django()
        schema.migrate()
    print("Die Datenbank ist auf dem Stand dieses Programms.")
    return 0
