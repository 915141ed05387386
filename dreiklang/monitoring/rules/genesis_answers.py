"""What a GENESIS service answers instead of a table, and what a file is that should be one.

Codes decide, never the words: those come in two languages and change.
"""

import json
import re
from enum import IntEnum
from typing import Any, NamedTuple

from .values import Refused

_JOB = re.compile(r"\b([0-9A-Z]+(?:-[0-9A-Z]+)*_[0-9]+)\b")
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_HTML = re.compile(r"\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)


class StatusCode(IntEnum):
    """The codes we know what to do with. ERROR says why in its words only."""

    OK = 0
    ERROR = -1
    BUSY = 6
    ADJUSTED = 22
    NOTHING_NEWER = 50
    NO_TABLE = 90
    TOO_LARGE = 98
    JOB_MADE = 99
    NOTHING_FOUND = 104


class GenesisResult(NamedTuple):
    """A finished job in the list of results: its name, title, and how many values it has."""

    name: str
    title: str
    values: int | None


class GenesisStatus(NamedTuple):
    """An answer of the service. What was asked for, and with which account, is not kept: it may name a user.

    job      the name under which a job's result can be fetched, of a `JOB_MADE` only
    results  what a list of results names
    """

    code: int
    words: str
    kind: str = ""
    service: str = ""
    job: str = ""
    results: tuple[GenesisResult, ...] = ()


def status(body: bytes) -> GenesisStatus | None:
    """The status in an answer; None if it is none, but a table or something else."""
    if not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return None
    try:
        answer = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    told = answer.get("Status")
    if not isinstance(told, dict) or not isinstance(told.get("Code"), int):
        return None
    words = str(told.get("Content") or "")
    ident = answer.get("Ident") if isinstance(answer.get("Ident"), dict) else {}
    job = _JOB.findall(words) if told["Code"] == StatusCode.JOB_MADE else []
    return GenesisStatus(
        code=told["Code"],
        words=words,
        kind=str(told.get("Type") or ""),
        service=f"{ident.get('Service', '')}/{ident.get('Method', '')}",
        job=job[-1] if job else "",
        results=_results(answer.get("List")),
    )


def refusal_of(text: str) -> Refused | None:
    """Why a text is no table, before anybody looks at its columns; None if nothing speaks against it.

    Refused: `html_page` with its title, `service_answer` with code and words, `broken_text` with the line that has
    letters lost on the way, `empty`.
    """
    if not text.strip():
        return Refused("empty")
    if _HTML.match(text):
        title = _TITLE.search(text)
        return Refused("html_page", " ".join(_TAG.sub(" ", title[1] if title else "").split()))
    found = status(text.encode())
    if found is not None:
        return Refused("service_answer", f"{found.code}: {' '.join(found.words.split())}")
    if "\ufffd" in text:
        return Refused("broken_text", str(text.count("\n", 0, text.index("\ufffd")) + 1))
    return None


def _results(entries: Any) -> tuple[GenesisResult, ...]:
    if not isinstance(entries, list):
        return ()
    return tuple(
        GenesisResult(
            str(one["Code"]),
            " ".join(str(one.get("Content") or "").split()),
            int(one["Values"]) if str(one.get("Values") or "").isdigit() else None,
        )
        for one in entries
        if isinstance(one, dict) and "Code" in one
    )
