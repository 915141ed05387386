"""`dreiklang worker`: a worker process of its own, where the web server runs elsewhere."""

from __future__ import annotations

import argparse

from django.core.management import call_command

from dreiklang.config import schema, start
from dreiklang.core.database import ensure_running


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="nur erledigen, was jetzt ansteht, dann enden")


def run(options: argparse.Namespace) -> int:
    with ensure_running():
        start.set_up_django()
        schema.refuse_newer_migrations()
        call_command("procrastinate", "worker", *(["--one-shot"] if options.once else []))
    return 0
