"""A small OParl server for tests: real HTTP on localhost, real objects, and the quirks of real systems."""

import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

LISTS = ("organization", "meeting", "paper", "agendaItem", "consultation", "file", "person")
PER_PAGE = 3


@dataclass
class Quirks:
    """What this server does otherwise; nothing by default."""

    vendor: str = ""
    # Sternberg: an error or a bare list instead of an empty page.
    empty_as: str = ""
    # The body itself where the list of bodies is expected.
    body_for_list: bool = False
    # The filter is not on the next page.
    forgets_filter: bool = False
    # Somacos: refuses a query with percent signs.
    refuses_encoded: bool = False
    # CC e-gov: raw control characters.
    raw_control: bool = False
    # Status of the next answers for a path, one after the other; 0 for an answer as it should be.
    failures: dict[str, list[int]] = field(default_factory=dict)
    # Paths whose answer is cut off in the middle.
    broken: set[str] = field(default_factory=set)
    # Next pages without end: "same" names itself, "new" names ever new ones.
    endless: str = ""
    # Deleted objects also in unfiltered lists, and without their type.
    shows_deleted: bool = False
    # The next page lies on another server.
    next_host: str = ""


@dataclass
class Town:
    """What the server has: objects by list, files by path."""

    lists: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)
    quirks: Quirks = field(default_factory=Quirks)
    asked: Counter[str] = field(default_factory=Counter)
    queries: list[str] = field(default_factory=list)
    base: str = ""
    per_page: int = PER_PAGE

    @property
    def system(self) -> str:
        return f"{self.base}/system"


@contextmanager
def serving(town: Town) -> Iterator[Town]:
    """The town's council system, as long as the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            _answer(self, town)

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    town.base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield town
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _answer(request: BaseHTTPRequestHandler, town: Town) -> None:
    url = urlsplit(request.path)
    town.asked[url.path] += 1
    town.queries.append(url.query)
    quirks = town.quirks
    failure = quirks.failures[url.path].pop(0) if quirks.failures.get(url.path) else 0
    if failure:
        _send(request, failure, b"<html>Fehler</html>")
    elif quirks.refuses_encoded and "%" in url.query:
        _send(request, 500, b"encoded")
    elif url.path in town.files:
        _send(request, 200, town.files[url.path], "application/pdf")
    elif url.path == "/huge":
        _send_huge(request)
    elif url.path == "/system":
        _send_json(request, town, _system(town))
    elif url.path == "/body":
        body = _body(town)
        _send_json(request, town, body if quirks.body_for_list else {"data": [body], "links": {}})
    elif url.path.removeprefix("/body/1/") in town.lists:
        _send_list(request, town, url.path, {name: each[0] for name, each in parse_qs(url.query).items()})
    else:
        _send(request, 404, b"{}")


def _system(town: Town) -> dict[str, Any]:
    return {
        "id": town.system,
        "type": "https://schema.oparl.org/1.1/System",
        "oparlVersion": "https://schema.oparl.org/1.1/",
        "body": f"{town.base}/body",
        "vendor": town.quirks.vendor,
    }


def _body(town: Town) -> dict[str, Any]:
    return {
        "id": f"{town.base}/body/1",
        "type": "https://schema.oparl.org/1.1/Body",
        "name": "Musterstadt",
        **{name: f"{town.base}/body/1/{name}" for name in LISTS if name in town.lists},
        **town.body,
    }


def _send_list(request: BaseHTTPRequestHandler, town: Town, path: str, query: dict[str, str]) -> None:
    quirks = town.quirks
    name = path.removeprefix("/body/1/")
    since = query.get("modified_since", "")
    found = [one for one in town.lists[name] if _is_in(one, since, quirks)]
    page = int(query.get("page", "1"))
    if not found and since and quirks.empty_as == "404":
        told = {"error": "Die angeforderte Ressource wurde nicht gefunden.", "code": 802}
        _send(request, 404, json.dumps(told).encode())
        return
    if not found and since and quirks.empty_as == "list":
        _send_json(request, town, [])
        return
    per_page = town.per_page
    rows = found[(page - 1) * per_page : page * per_page]
    links: dict[str, str] = {}
    following = f"{quirks.next_host or town.base}{path}?page={page + 1}"
    if since and not quirks.forgets_filter:
        following += f"&modified_since={since}"
    if quirks.endless == "same":
        links["next"] = f"{town.base}{path}?page={page}"
    elif quirks.endless == "new":
        rows, links["next"] = found[:per_page], following
    elif page * per_page < len(found):
        links["next"] = following
    _send_json(request, town, {"data": rows, "links": links, "pagination": {}})


def _is_in(one: Any, since: str, quirks: Quirks) -> bool:
    if not isinstance(one, dict):
        return not since
    if not since:
        return quirks.shows_deleted or not one.get("deleted")
    return datetime.fromisoformat(one.get("modified", "2000-01-01T00:00:00+00:00")) >= datetime.fromisoformat(
        since
    )


def _send_json(request: BaseHTTPRequestHandler, town: Town, value: Any) -> None:
    content = json.dumps(value, ensure_ascii=False)
    if town.quirks.raw_control:
        content = content.replace("\\n", "\x0b").replace("Radweg", "Rad\tweg")
    raw = content.encode()
    if urlsplit(request.path).path in town.quirks.broken:
        raw = raw[: len(raw) // 2]
    _send(request, 200, raw, "application/json")


def _send(
    request: BaseHTTPRequestHandler, status: int, content: bytes, kind: str = "application/json"
) -> None:
    request.send_response(status)
    request.send_header("Content-Type", kind)
    request.send_header("Content-Length", str(len(content)))
    request.end_headers()
    request.wfile.write(content)


def _send_huge(request: BaseHTTPRequestHandler) -> None:
    """400 MB, told beforehand or (`?quiet`) not."""
    request.send_response(200)
    if "quiet" not in request.path:
        request.send_header("Content-Length", str(400_000_000))
    request.send_header("Connection", "close")
    request.end_headers()
    try:
        for _ in range(400):
            request.wfile.write(b"x" * 1_000_000)
    except OSError:
        request.close_connection = True
