"""`dreiklang worker`: a worker process of its own, where the web server runs elsewhere."""

from __future__ import annotations

import argparse

from dreiklang.config import schema, start
from dreiklang.config.worker import work_alone
from dreiklang.core.database import ensure_running


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="nur erledigen, was jetzt ansteht, dann enden")


def run(options: argparse.Namespace) -> int:
    with ensure_running():
        start.set_up_django()
        schema.refuse_newer_migrations()
        work_alone(wait=not options.once)
    return 0
