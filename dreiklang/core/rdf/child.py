"""The child that reads RDF with rdflib: `python -m dreiklang.core.rdf.child ORDER` with the file on its input."""

import io
import json
import logging
import re
import sys
from typing import Any
from xml.parsers import expat

import orjson
import rdflib
from rdflib.parser import InputSource, StringInputSource
from rdflib.plugins.parsers.notation3 import BadSyntax

from dreiklang.core.documents.process import limit_itself

_FORMS = {"turtle": "turtle", "rdfxml": "xml", "jsonld": "json-ld"}
_UNTIL_THE_END = ("EOF", "unterminated", "expected end of")
_NOTHING_MORE = {"no element found", "unclosed token", "unclosed CDATA section"}


class Refusal(Exception):
    """Code, line, words: what the parent turns into its own exception."""

    def __init__(self, code: str, line: int = 0, words: str = "") -> None:
        super().__init__(code)
        self.said = [code, line, words[:200]]


def triples_of(content: bytes, order: dict[str, Any]) -> list[list[Any]]:
    """Every triple of the file, each once. Raises: Refusal."""
    text = _text(content)
    if order["form"] == "rdfxml":
        _look_at_xml(content)
    elif order["form"] == "jsonld":
        text = _looked_at_json(text)
    graph = rdflib.Graph()
    given = _xml_source(content) if order["form"] == "rdfxml" else StringInputSource(text)
    try:
        graph.parse(source=given, format=_FORMS[order["form"]], publicID=order["base"])
    except BadSyntax as error:
        raise _turtle_refusal(error, text) from error
    except RecursionError as error:
        raise Refusal("too_large", 0, "nesting") from error
    except Exception as error:  # rdflib raises what its parsers raise: anything. It says why in words.
        raise Refusal("syntax", _line_of(error), str(error)) from error
    if len(graph) > order["triples"]:
        raise Refusal("too_large", 0, f"{len(graph)} triples")
    return [[_said(s), str(p), _said(o)] for s, p, o in graph]


def _text(content: bytes) -> str:
    if content[:200].lstrip().startswith(b"<?xml"):
        return ""  # XML says its own encoding, and its parser reads it
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Refusal("not_utf8", line, repr(content[error.start : error.start + 12])) from error


def _xml_source(content: bytes) -> InputSource:
    """The bytes as they are: XML says its own encoding."""
    source = InputSource()
    source.setByteStream(io.BytesIO(content))
    return source


def _look_at_xml(content: bytes) -> None:
    """Entities are refused before anything is expanded; a broken file is named with its line."""
    parser = expat.ParserCreate()

    def entity(name: str, *_: Any) -> None:
        raise Refusal("entities", parser.CurrentLineNumber, name)

    def doctype(name: str, system: str | None, public: str | None, *_: Any) -> None:
        if system or public:
            raise Refusal("entities", parser.CurrentLineNumber, system or public or name)

    parser.EntityDeclHandler = entity
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        words = expat.ErrorString(error.code)
        code = "cut_off" if words in _NOTHING_MORE else "syntax"
        raise Refusal(code, error.lineno, words) from error


def _looked_at_json(text: str) -> str:
    """The text with blanks in addresses written as rdflib takes them: it drops whole statements for one.

    Raises: Refusal.
    """
    try:
        read = json.loads(text)
    except json.JSONDecodeError as error:
        ended = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
        raise Refusal("cut_off" if ended else "syntax", error.lineno, error.msg) from error
    except RecursionError as error:
        raise Refusal("too_large", 0, "nesting") from error
    has_blanks = False
    waiting = [read]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            _look_at_context(one.get("@context"), text)
            if isinstance(address := one.get("@id"), str) and " " in address:
                one["@id"] = address.strip().replace(" ", "%20")
                has_blanks = True
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
    return json.dumps(read, ensure_ascii=False) if has_blanks else text


def _look_at_context(context: Any, text: str) -> None:
    """A context that stands elsewhere would have to be fetched: nothing is."""
    waiting = [context]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, dict) and "@import" in one:
            waiting.append(str(one["@import"]))
        elif isinstance(one, str):
            at = text.find(json.dumps(one)[1:-1])
            raise Refusal("remote_context", text.count("\n", 0, max(at, 0)) + 1, one)


def _turtle_refusal(error: BadSyntax, text: str) -> Refusal:
    """A statement that only misses its end stands at the end of the file."""
    line = error.lines + 1
    words = str(getattr(error, "_why", ""))
    is_open = not text[getattr(error, "_i", 0) :].strip() or words.startswith(_UNTIL_THE_END)
    if line > text.rstrip().count("\n") and not text.rstrip().endswith("."):
        is_open = True
    lines = text.splitlines()
    shown = lines[line - 1].strip() if 0 < line <= len(lines) else ""
    return Refusal("cut_off" if is_open else "syntax", line, shown or words)


def _line_of(error: Exception) -> int:
    told = getattr(error, "getLineNumber", None)
    if told:
        return int(told() or 0)
    found = re.search(r"line (\d+)|:(\d+):\d+", str(error))
    return int(found[1] or found[2]) if found else 0


def _said(term: Any) -> Any:
    if isinstance(term, rdflib.Literal):
        return [str(term), str(term.datatype or ""), term.language or ""]
    return f"_:{term}" if isinstance(term, rdflib.BNode) else str(term)


def main() -> None:
    """Read the input, write one JSON object."""
    order = json.loads(sys.argv[1])
    limit_itself(seconds=order["seconds"], memory=order["memory"])
    logging.disable(logging.CRITICAL)
    rdflib.NORMALIZE_LITERALS = False
    try:
        answer: dict[str, Any] = {"triples": triples_of(sys.stdin.buffer.read(), order)}
    except Refusal as refusal:
        answer = {"refused": refusal.said}
    sys.stdout.buffer.write(orjson.dumps(answer))


if __name__ == "__main__":
    main()
