"""DCAT-AP.de as Turtle in two pages (hydra), with tags: what is unchanged is not sent again."""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

PREFIXES = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix hydra: <http://www.w3.org/ns/hydra/core#> .
"""
LISTS = "http://publications.europa.eu/resource/authority"


@dataclass
class Portal:
    """What the server holds, and what it was asked: `answers` are (page, status)."""

    base: str = ""
    pages: list[str] = field(default_factory=list)
    answers: list[tuple[int, int]] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where the catalogue begins."""
        return f"{self.base}/catalog.ttl"

    def content(self, number: int) -> bytes:
        """A page, with what it says of the others."""
        following = f'; hydra:nextPage "{self.address}?page={number + 1}"' if number < len(self.pages) else ""
        paging = (
            f"<{self.address}?page={number}> a hydra:PagedCollection ; hydra:totalItems {len(self.pages)}"
        )
        return f"{PREFIXES}{paging}{following} .\n{self.pages[number - 1]}".replace(
            "BASE", self.base
        ).encode()


def dataset(name: str, title: str, *, modified: str = "2024-02-01", description: str = "Offene Daten") -> str:
    """A dataset with one resource, renewed once a year."""
    return f"""
<BASE/katalog> a dcat:Catalog ; dct:title "Portal" ; dcat:dataset <BASE/daten/{name}> .
<BASE/daten/{name}> a dcat:Dataset ; dct:title "{title}"@de ; dct:description "{description}"@de ;
  dct:publisher <BASE/amt> ; dct:modified "{modified}"^^<http://www.w3.org/2001/XMLSchema#date> ;
  dct:accrualPeriodicity <{LISTS}/frequency/ANNUAL> ; dcat:distribution <BASE/daten/{name}/csv> .
<BASE/daten/{name}/csv> a dcat:Distribution ; dcat:accessURL <BASE/daten/{name}.csv> ;
  dct:format <{LISTS}/file-type/CSV> ; dct:license <http://dcat-ap.de/def/licenses/dl-by-de/2.0> .
<BASE/amt> a foaf:Agent ; foaf:name "Amt für Daten" .
"""


@contextmanager
def serving(portal: Portal) -> Iterator[Portal]:
    """The portal at an address of this machine, until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            number = int(parse_qs(urlsplit(self.path).query).get("page", ["1"])[0])
            content = portal.content(number)
            tag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
            status = 304 if self.headers.get("If-None-Match") == tag else 200
            portal.answers.append((number, status))
            self.send_response(status)
            self.send_header("ETag", tag)
            self.send_header("Content-Type", "text/turtle")
            self.end_headers()
            if status == 200:
                self.wfile.write(content)

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    portal.base = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield portal
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
