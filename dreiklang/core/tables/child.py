"""The child process that parses one workbook: `python -m dreiklang.core.tables.child ORDER < file`.

It limits its own memory and time first, reads the workbook from standard input and writes lines of JSON:
`["rows", […]]` and the like, `["end", []]` last. It knows no database and no settings.
"""

import io
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

import orjson

# openpyxl takes numpy along where it finds it, only to know its number types; and lxml, whose parser is not the one
# that refuses entities here. `None` is how Python marks a module as not to be had; the stubs do not know that.
sys.modules["numpy"] = None  # type: ignore[assignment]
sys.modules["lxml"] = None  # type: ignore[assignment]

from dreiklang.core.tables.sheet import sheet_events  # noqa: E402 - after the two lines above
from dreiklang.core.tables.table import CannotRead, Limits  # noqa: E402 - after the two lines above

try:
    import resource
except ImportError:  # Windows has no such limits; the parent's clock still holds there.
    resource = None  # type: ignore[assignment]


def main() -> None:
    """Parses what stands on standard input."""
    order = orjson.loads(sys.argv[1])
    limits = Limits(**order["limits"])
    _limit_itself(limits)
    out = sys.stdout.buffer
    try:
        for kind, content in sheet_events(sys.stdin.buffer, limits=limits, sheet=order["sheet"]):
            out.write(_line(kind, content))
    except CannotRead as refusal:
        out.write(_line("refused", [refusal.code, refusal.detail]))
    out.write(_line("end", []))
    out.flush()


def _limit_itself(limits: Limits) -> None:
    if resource is None:
        return
    for kind, amount in ((resource.RLIMIT_AS, limits.memory), (resource.RLIMIT_CPU, limits.seconds)):
        try:
            resource.setrlimit(kind, (amount, amount))
        except (ValueError, OSError):
            continue  # macOS refuses to limit the address space; a lower limit may already be set


def _line(kind: str, content: list[Any]) -> bytes:
    return orjson.dumps([kind, content], default=_tagged, option=orjson.OPT_PASSTHROUGH_DATETIME) + b"\n"


def _tagged(value: object) -> object:
    if isinstance(value, datetime | date | time):
        return {type(value).__name__: value.isoformat()}
    if isinstance(value, timedelta):
        return {"timedelta": value.total_seconds()}
    return str(value)


if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):
        main()
