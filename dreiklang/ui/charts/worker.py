"""The child process that draws: keeps the drawing engine's memory out of the web process.

Reads one specification a line from standard input, answers one line: {"svg": …} or {"error": …}.
It ends by itself after a time without work, and when its parent is gone.
"""

import json
import os
import sys
import threading
from pathlib import Path

import vl_convert

IDLE_SECONDS = 60
FONTS = Path(__file__).resolve().parents[1] / "fonts"
_NOWHERE = ["https://nowhere.invalid/"]  # no specification may fetch anything


def draw(spec: str) -> str:
    """The SVG of a Vega-Lite specification, numbers and months in German."""
    return vl_convert.vegalite_to_svg(
        json.loads(spec),
        allowed_base_urls=_NOWHERE,
        format_locale="de-DE",
        time_format_locale="de-DE",
    )


def answer(spec: str) -> dict[str, str]:
    """The picture, or in words why there is none."""
    try:
        return {"svg": draw(spec)}
    except Exception as problem:  # the engine raises its own and plain errors; the parent decides
        return {"error": f"{type(problem).__name__}: {problem}"}


def serve() -> None:
    """Answers line by line until nobody asks any more."""
    vl_convert.register_font_directory(str(FONTS))
    while True:
        idle = threading.Timer(IDLE_SECONDS, os._exit, args=(0,))
        idle.daemon = True
        idle.start()
        line = sys.stdin.readline()
        idle.cancel()
        if not line:
            return
        print(json.dumps(answer(line)), flush=True)


if __name__ == "__main__":
    serve()
