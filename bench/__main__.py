"""`bin/bench`: measures, prints one table, and ends with 1 where a bound is missed."""

from __future__ import annotations

import argparse
import math
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import django

from bench.harness import Line, as_json, table
from dreiklang.core.database import ensure_running, remove_data


def main() -> int:
    options = _options()
    data_dir = options.data or Path(tempfile.gettempdir()) / f"dreiklang-bench-{os.getpid()}"
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    try:
        with ensure_running(data_dir=data_dir, environ=environment, durable=False) as running:
            return _measure(options, running.address, data_dir)
    finally:
        if options.data is None:
            remove_data(data_dir=data_dir)
            data_dir.rmdir()


def _measure(options: argparse.Namespace, address: object, data_dir: Path) -> int:
    _set_up_django(data_dir)
    # Only now: they read models.
    databases = import_module("bench.databases").Databases.on(address)
    cases = import_module("bench.cases").cases(databases, data_dir=data_dir)
    lines: list[Line] = []
    try:
        for name, work in cases:
            if all(part in name for part in options.only):
                begin = time.monotonic()
                lines += _carried_out(name, work)
                print(f"{name}: {time.monotonic() - begin:.0f} s", file=sys.stderr, flush=True)
    finally:
        databases.close()
    print(as_json(lines) if options.json else table(lines))
    return 0 if all(line.is_ok for line in lines) else 1


def _carried_out(name: str, work: Callable[[], list[Line]]) -> list[Line]:
    """The case's lines; one that breaks off says so in the table and hides none of the others."""
    try:
        return work()
    except Exception:
        traceback.print_exc()
        return [Line(name, "broke off", "", math.inf, 0, unit="")]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument(
        "--only", action="append", default=[], metavar="NAME", help="cases with NAME in their name"
    )
    parser.add_argument("--json", action="store_true", help="the lines as JSON instead of a table")
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="keep the generated cities there for the next run"
    )
    return parser.parse_args()


def _set_up_django(data_dir: Path) -> None:
    """As a city runs it: no debugging, no demo; the second factor would stand in the way of the clients."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "dreiklang.config.settings",
        "DREIKLANG_SECRET_KEY": "only-for-benchmarks",
        "DREIKLANG_DEBUG": "",
        "DREIKLANG_DEMO": "",
        "DREIKLANG_SECOND_FACTOR": "",
        "DREIKLANG_DATA": str(data_dir),
        "DREIKLANG_STATIC": str(data_dir / "static"),
        "DREIKLANG_EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
    }
    os.environ.pop("DATABASE_URL", None)
    (data_dir / "static").mkdir(exist_ok=True)
    django.setup()


if __name__ == "__main__":
    sys.exit(main())
