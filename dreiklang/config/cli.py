"""The command `dreiklang`: one module in `commands/` for each word that may follow it.

A new command is a module with `add_arguments(parser)` and `run(options) -> int`, and a line in COMMANDS.
"""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from dreiklang.config import start
from dreiklang.core.database import DatabaseProblem, ensure_running


@dataclass(frozen=True, kw_only=True)
class Command:
    """One word of the command line.

    in_application  its module may import models: Django is set up before, the database runs meanwhile
    """

    name: str
    help: str
    module: str
    in_application: bool = False


COMMANDS = (
    Command(name="demo", help="Zeigt Dreiklang mit der erfundenen Stadt Klarenbrück.", module="demo"),
    Command(name="serve", help="Startet Dreiklang für die eigene Stadt.", module="serve"),
    Command(name="migrate", help="Bringt die Datenbank auf den Stand dieses Programms.", module="migrate"),
    Command(
        name="import",
        help="Liest eine Liste ein: Ziele, Konzepte, Maßnahmen, Stadtteile, Ämter, Personen …",
        module="import_",
        in_application=True,
    ),
    Command(name="worker", help="Erledigt Aufträge im Hintergrund, neben einem Webserver.", module="worker"),
)

INTERRUPTED = 130


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and gives its exit code: 0 done, 1 refused with a sentence, 2 not understood."""
    words = sys.argv[1:] if arguments is None else arguments
    chosen = _overview().parse_args(words[:1]).command
    command = next(each for each in COMMANDS if each.name == chosen)
    try:
        return _run(command, words[1:])
    except (DatabaseProblem, start.CannotStart) as problem:
        print(f"\n{problem}\n", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED


def _overview() -> argparse.ArgumentParser:
    lines = "\n".join(f"  {command.name:<9} {command.help}" for command in COMMANDS)
    parser = argparse.ArgumentParser(
        prog="dreiklang",
        usage="dreiklang BEFEHL [Angaben]",
        description="Dreiklang steuert die Umsetzung eines Stadtentwicklungskonzepts.",
        epilog=f"Befehle:\n{lines}\n\nMehr zu einem Befehl: dreiklang BEFEHL --help",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "command", metavar="BEFEHL", choices=[command.name for command in COMMANDS], help="siehe unten"
    )
    return parser


def _run(command: Command, words: list[str]) -> int:
    _use_data_folder(words)
    if not command.in_application:
        module = import_module(f"dreiklang.config.commands.{command.module}")
        return int(module.run(_options(command, module, words)))
    start.set_up_django()
    module = import_module(f"dreiklang.config.commands.{command.module}")
    options = _options(command, module, words)
    with ensure_running():
        return int(module.run(options))


def _options(command: Command, module: Any, words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog=f"dreiklang {command.name}", description=command.help, parents=[_data_option()]
    )
    module.add_arguments(parser)
    return parser.parse_args(words)


def _data_option() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument(
        "--data",
        metavar="ORDNER",
        type=Path,
        help="Ordner für alle Daten (sonst die Variable DREIKLANG_DATA, sonst ~/.local/share/dreiklang)",
    )
    return parser


def _use_data_folder(words: list[str]) -> None:
    named = _data_option().parse_known_args(words)[0].data
    if named:
        os.environ["DREIKLANG_DATA"] = str(named)


if __name__ == "__main__":
    sys.exit(main())
