"""The child process that writes a document: `python -m dreiklang.core.documents.press pdf|docx < data`.

Its first line of input is the document as JSON, with the formats and sizes of its pictures; they follow. It knows no
database and no settings.
"""

import re
import sys
import tempfile
from pathlib import Path
from typing import Any

import orjson
import typst

from dreiklang.core.documents.process import limit_itself
from dreiklang.core.documents.word import written

HERE = Path(__file__).resolve().parent
# The same typefaces as in charts; the files lie with the interface, which fetches them.
FONTS = HERE.parents[1] / "ui" / "fonts"
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200d\u2028\u2029\ufe0e\ufe0f\ufffe\uffff]")
_UNDRAWN = re.compile(r'the text `"(.+?)"` could not be displayed')
_MOST_UNKNOWN = 100
_LATIN = 0x24F  # up to here our typeface draws every character
_PAGE = {"de": ("Seite", "von"), "en": ("Page", "of")}


def main() -> None:
    """Writes the document that stands on standard input."""
    limit_itself(seconds=60, memory=4 * 1024**3)
    head, _, content = sys.stdin.buffer.read().partition(b"\n")
    document, formats, sizes = orjson.loads(head)
    pictures = _pictures(content, sizes)
    document = printable(document)
    write = _pdf if sys.argv[1] == "pdf" else written
    sys.stdout.buffer.write(write(document, pictures, formats))


def printable(value: Any) -> Any:
    """The data without characters that neither format may hold: controls, and halves of pairs."""
    if isinstance(value, str):
        return _UNPRINTABLE.sub("", value)
    if isinstance(value, list):
        return [printable(part) for part in value]
    if isinstance(value, dict):
        return {name: printable(part) for name, part in value.items()}
    return value


def _pictures(content: bytes, sizes: list[int]) -> list[bytes]:
    ends = [sum(sizes[: number + 1]) for number in range(len(sizes))]
    return [content[end - size : end] for size, end in zip(sizes, ends, strict=True)]


def _pdf(document: dict[str, Any], pictures: list[bytes], formats: list[str]) -> bytes:
    blocks = [block for block in document["blocks"] if block["kind"] == "picture"]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for number, (block, content) in enumerate(zip(blocks, pictures, strict=True)):
            block["file"] = f"{number}.{formats[number]}"
            (root / block["file"]).write_bytes(content)
        document["page"] = _PAGE.get(document["language"], _PAGE["en"])
        (root / "document.typ").write_bytes((HERE / "document.typ").read_bytes())
        return compiled(root, orjson.dumps(document).decode())


def compiled(root: Path, data: str) -> bytes:
    """PDF/UA refuses characters that no font draws (a smiley in somebody's reason): they are printed as □."""
    for _ in range(_MOST_UNKNOWN):
        (root / "document.json").write_text(data, encoding="utf-8")
        try:
            # Nothing outside the folder can be read: not by the template, not by what stands in the data.
            return bytes(
                typst.compile(
                    str(root / "document.typ"),
                    root=str(root),
                    font_paths=[str(FONTS)],
                    ignore_system_fonts=True,
                    pdf_standards="ua-1",
                )
            )
        except typst.TypstError as error:
            unknown = _UNDRAWN.search(str(error))
            if not unknown:
                raise
            words = re.sub(r"\\u\{([0-9a-f]+)\}", lambda code: chr(int(code[1], 16)), unknown[1])
            data = data.translate({ord(char): "□" for char in words if ord(char) > _LATIN})
    raise RuntimeError("too many characters that no font draws")


if __name__ == "__main__":
    main()
