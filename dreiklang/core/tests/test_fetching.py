"""What is fetched has limits on size and time, whatever the server does."""

import gzip
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest

from dreiklang.core.fetching import CannotFetch, Client, Patience, Tags


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


@contextmanager
def taking_forms(*answers: tuple[int, dict[str, str], bytes]) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """A server that notes every form with its headers and answers in turn, the last one again and again."""
    came: list[dict[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            form = parse_qs(self.rfile.read(length).decode(), keep_blank_values=True)
            came.append({**{name.lower(): value for name, value in self.headers.items()}, **_first(form)})
            status, head, body = answers[min(len(came), len(answers)) - 1]
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **head}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/", came
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _first(form: dict[str, list[str]]) -> dict[str, str]:
    return {f"form {name}": values[0] for name, values in form.items()}


def test_a_form_arrives_with_its_headers() -> None:
    with taking_forms((200, {"Content-Type": "text/csv"}, b"a;b")) as (url, came):
        found = asking(url).post(url, form={"name": "Straße", "stand": ""}, headers={"username": "amt"})

    assert (found.content, found.mime_type) == (b"a;b", "text/csv")
    assert came[0]["content-type"] == "application/x-www-form-urlencoded"
    assert (came[0]["username"], came[0]["form name"], came[0]["form stand"]) == ("amt", "Straße", "")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_form_is_not_sent_on_to_where_an_answer_points(status) -> None:
    with (
        taking_forms((200, {}, b"")) as (other, came_there),
        taking_forms((status, {"Location": other}, b"")) as (url, came),
    ):
        client = asking(url)
        client.reach.enter(other)
        with pytest.raises(CannotFetch) as refusal:
            client.post(url, form={}, headers={"password": "geheim"})

    assert (refusal.value.code, refusal.value.detail) == ("redirected", "127.0.0.1")
    assert (len(came), came_there) == (1, [])


def test_a_form_is_tried_again_where_that_may_help() -> None:
    waits: list[float] = []
    with taking_forms((503, {"Retry-After": "7"}, b""), (200, {}, b"da")) as (url, came):
        client = Client(wait=waits.append, tries=3)
        client.reach.enter(url)
        found = client.post(url, form={"name": "1"})

    assert (found.content, waits, len(came)) == (b"da", [7.0], 2)


def test_a_form_goes_to_no_address_inside_that_nobody_entered() -> None:
    with taking_forms((200, {}, b"")) as (url, came), pytest.raises(CannotFetch) as refusal:
        Client(tries=1).post(url, form={})

    assert (refusal.value.code, came) == ("not_public", [])


def test_an_answer_to_a_form_has_the_same_limits() -> None:
    with taking_forms((200, {}, b"x" * 100)) as (url, _came), pytest.raises(CannotFetch) as refusal:
        asking(url).post(url, form={}, limit=10)

    assert refusal.value.code == "too_large"


def test_what_a_form_holds_is_in_no_message_and_no_log(caplog) -> None:
    caplog.set_level(logging.DEBUG)
    with taking_forms((500, {}, b"")) as (url, _came), pytest.raises(CannotFetch) as refusal:
        asking(url).post(url, form={"key": "geheim-1"}, headers={"password": "geheim-2"})

    told = f"{refusal.value} {refusal.value.__dict__} {caplog.text}"
    assert "geheim" not in told
    assert "http_500" in told


def test_tags_come_with_an_answer_and_go_with_the_next_request() -> None:
    with serving(b"neu", head={"ETag": '"a1"', "Last-Modified": "Mon, 23 Nov 2026 08:00:00 GMT"}) as url:
        found = asking(url).get(url)

    assert (found.tags, found.is_unchanged) == (Tags('"a1"', "Mon, 23 Nov 2026 08:00:00 GMT"), False)
    assert found.tags.headers() == {
        "If-None-Match": '"a1"',
        "If-Modified-Since": "Mon, 23 Nov 2026 08:00:00 GMT",
    }


def test_an_unchanged_answer_brings_nothing() -> None:
    with serving(status=304, head={"ETag": '"a1"'}) as url:
        found = asking(url).get(url, known=Tags('"a1"'))

    assert (found.content, found.is_unchanged) == (b"", True)
