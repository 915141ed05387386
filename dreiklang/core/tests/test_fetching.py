"""What is fetched has limits on size and time, whatever the server does."""

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dreiklang.core.fetching import CannotFetch, Client, Patience


@contextmanager
def serving(
    *pieces: bytes, head: dict[str, str] | None = None, hangs: bool = False, status: int = 200
) -> Iterator[str]:
    """A server that sends the pieces and, if it hangs, neither more nor an end."""
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            for name, value in (head or {}).items():
                self.send_header(name, value)
            self.end_headers()
            for piece in pieces:
                self.wfile.write(piece)
            self.wfile.flush()
            if hangs:
                over.wait()

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def asking(address: str, *, whole: float = 60, piece: float = 30) -> Client:
    client = Client(tries=1, patience=Patience(connect=5, piece=piece, whole=whole))
    client.reach.enter(address)
    return client


def test_an_answer_comes_whole_packed_or_not() -> None:
    packed = gzip.compress(b"Stadtplan" * 100)

    with serving(packed, head={"Content-Encoding": "gzip", "Content-Type": "text/xml; charset=utf-8"}) as url:
        found = asking(url).get(url)

    assert found.content == b"Stadtplan" * 100
    assert found.mime_type == "text/xml"


def test_a_server_that_never_ends_is_left_in_time() -> None:
    with serving(b"<", hangs=True) as url, pytest.raises(CannotFetch) as refusal:
        asking(url, whole=0).get(url)

    assert refusal.value.code == "too_slow"


def test_an_answer_that_unpacks_into_too_much_is_refused() -> None:
    bomb = gzip.compress(b"0" * 1_000_000)

    with serving(bomb, head={"Content-Encoding": "gzip"}) as url, pytest.raises(CannotFetch) as refusal:
        asking(url).get(url, limit=1000)

    assert refusal.value.code == "too_large"


def test_an_answer_that_breaks_off_counts_as_none() -> None:
    with serving(b"half", head={"Content-Length": "8"}) as url, pytest.raises(CannotFetch) as refusal:
        asking(url).get(url)

    assert refusal.value.code == "unreachable"


def test_what_comes_along_with_a_redirect_is_not_read() -> None:
    with serving(b"Stadtplan") as there:
        # It says that more follows, and never sends it: whoever reads on waits in vain.
        head = {"Location": there, "Content-Length": "9000000000"}
        with serving(b"<", head=head, hangs=True, status=302) as url:
            client = asking(url, piece=1)
            client.reach.enter(there)
            found = client.get(url)

    assert (found.content, found.url) == (b"Stadtplan", there)


def test_redirects_without_end_are_given_up() -> None:
    with (
        serving(head={"Location": "/weiter", "Content-Length": "0"}, status=302) as url,
        pytest.raises(CannotFetch) as refusal,
    ):
        asking(url).get(url)

    assert (refusal.value.code, refusal.value.detail) == ("unreachable", "TooManyRedirects")
