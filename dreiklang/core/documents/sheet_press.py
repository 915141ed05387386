"""The child process that writes a sheet: `python -m dreiklang.core.documents.sheet_press < data`."""

import base64
import sys
import tempfile
from pathlib import Path
from typing import Any

import orjson

from dreiklang.core.documents.press import compiled, printable
from dreiklang.core.documents.process import limit_itself

HERE = Path(__file__).resolve().parent
_PAGE = {"de": ("Seite", "von"), "en": ("Page", "of")}


def main() -> None:
    """Writes the sheet that stands on standard input."""
    limit_itself(seconds=60, memory=4 * 1024**3)
    sys.stdout.buffer.write(_pdf(orjson.loads(sys.stdin.buffer.read())))


def _pdf(sheet: dict[str, Any]) -> bytes:
    picture = base64.b64decode(sheet.pop("picture"))
    sheet = printable(sheet)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "picture.svg").write_bytes(picture)
        for number, line in enumerate(sheet["legend"]):
            line["file"] = f"sign-{number}.svg"
            (root / line["file"]).write_text(line.pop("picture"), encoding="utf-8")
        sheet["page"] = _PAGE.get(sheet["language"], _PAGE["en"])
        (root / "document.typ").write_bytes((HERE / "sheet.typ").read_bytes())
        return compiled(root, orjson.dumps(sheet).decode())


if __name__ == "__main__":
    main()
