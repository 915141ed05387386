"""A small GENESIS service for tests: real HTTP on localhost, the answers of real services one after the other."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

JSON, ZIP, CSV, HTML = "application/json", "application/zip", "text/csv", "text/html"


@dataclass(frozen=True)
class Reply:
    """One answer."""

    body: bytes
    kind: str = JSON
    code: int = 200
    head: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Question:
    """What somebody asked: the method, the form, and the account in the heads."""

    method: str
    form: dict[str, str]
    account: tuple[str, str]
    verb: str
    query: str


@dataclass
class Office:
    """What the service answers to each method, one after the other; the last answer comes again and again."""

    replies: dict[str, list[Reply]]
    account: tuple[str, str] = ("statistikstelle", "ein-kennwort")
    asked: list[Question] = field(default_factory=list)
    base: str = ""

    def forms(self, method: str) -> list[dict[str, str]]:
        return [one.form for one in self.asked if one.method == method]


def told(code: int, words: str = "", *, results: tuple[str, ...] = ()) -> Reply:
    """A status as these services write it."""
    answer = {
        "Ident": {"Service": "data", "Method": "tablefile"},
        "Status": {"Code": code, "Content": words, "Type": "Information"},
        "Parameter": {"username": "********************", "password": "********************"},
        "List": [{"Code": name, "Content": "Titel", "Values": "12"} for name in results],
        "Copyright": "© Statistisches Bundesamt (Destatis), 2026",
    }
    return Reply(json.dumps(answer, ensure_ascii=False).encode())


@contextmanager
def serving(office: Office) -> Iterator[Office]:
    """The service, as long as the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            _answer(self, office)

        def do_POST(self) -> None:
            _answer(self, office)

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    office.base = f"http://127.0.0.1:{server.server_address[1]}/genesisws/rest/2020/"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield office
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _answer(request: BaseHTTPRequestHandler, office: Office) -> None:
    url = urlsplit(request.path)
    text = request.rfile.read(int(request.headers.get("Content-Length", 0))).decode()
    form = {name: each[0] for name, each in parse_qs(text, keep_blank_values=True).items()}
    account = (request.headers.get("username", ""), request.headers.get("password", ""))
    method = url.path.removeprefix("/genesisws/rest/2020/")
    office.asked.append(Question(method, form, account, request.command, url.query))
    _send(request, _reply(office, office.asked[-1]))


def _reply(office: Office, question: Question) -> Reply:
    if question.verb != "POST":
        return Reply(b"", code=405)
    if question.account != office.account:
        return Reply(b'{"Code": 15}', code=401)
    left = office.replies.get(question.method, [])
    if not left:
        return Reply(b"{}", code=404)
    return left.pop(0) if len(left) > 1 else left[0]


def _send(request: BaseHTTPRequestHandler, reply: Reply) -> None:
    request.send_response(reply.code)
    request.send_header("Content-Type", reply.kind)
    request.send_header("Content-Length", str(len(reply.body)))
    for name, value in reply.head:
        request.send_header(name, value)
    request.end_headers()
    request.wfile.write(reply.body)
