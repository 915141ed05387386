"""Requests reach public addresses only, whatever a council system or a redirect names."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from dreiklang.core.models import Problem
from dreiklang.papers.imports.oparl import reach as reaching
from dreiklang.papers.imports.oparl.downloads import fetch_files
from dreiklang.papers.imports.oparl.fetching import CannotFetch
from dreiklang.papers.imports.oparl.reach import NotPublic, Reach, is_public
from dreiklang.papers.models import CouncilFile, OparlSource
from dreiklang.papers.rules.kinds import TextState
from tests.oparl_server.reading import client, read, system
from tests.oparl_server.towns import file, paper


@contextmanager
def secret(answer: str = "") -> Iterator[tuple[str, list[str]]]:
    """A server inside the town's network; what it was asked. With `answer` it sends everybody there."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(302 if answer else 200)
            if answer:
                self.send_header("Location", answer)
            self.send_header("Content-Length", "6")
            self.end_headers()
            self.wfile.write(b"geheim")

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.9",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104
        "224.0.0.1",
        "::1",
        "fe80::1%eth0",
        "fd00::5",
        "::ffff:127.0.0.1",
        "64:ff9b::a01:203",
        "2002:7f00:1::",
    ],
)
def test_what_only_some_can_reach_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_what_everybody_can_reach_is_public(address: str) -> None:
    assert is_public(address)


def test_only_the_host_and_port_that_were_entered_are_reached_inside() -> None:
    reach = Reach()
    reach.enter("http://ris.intern:8080/oparl")

    reach.check("ris.intern", 8080, ["10.0.0.7"])

    for host, port in (("ris.intern", 22), ("akten.intern", 8080)):
        with pytest.raises(NotPublic):
            reach.check(host, port, ["10.0.0.7"])


def test_one_address_inside_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(NotPublic, match=r"10\.0\.0\.7"):
        Reach().check("ris.example", 443, ["93.184.216.34", "10.0.0.7"])


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0x7f000001"])
def test_an_address_inside_is_refused_before_anything_is_sent(host: str) -> None:
    with secret() as (inside, asked):
        port = inside.rsplit(":", 1)[1]
        with pytest.raises(CannotFetch) as refusal:
            client().get(f"http://{host}:{port}/akten")

    assert refusal.value.code in {"not_public", "unreachable"}
    assert (refusal.value.code == "not_public") or host == "0x7f000001"
    assert asked == []


def test_a_redirect_inside_is_refused() -> None:
    with (
        secret() as (inside, asked),
        secret(f"{inside}/akten") as (outside, was_asked),
        pytest.raises(CannotFetch, match="not_public"),
    ):
        client(outside).get(f"{outside}/datei.pdf")

    assert was_asked == ["/datei.pdf"]
    assert asked == []


def test_a_name_that_points_inside_the_second_time_is_refused(monkeypatch: Any) -> None:
    monkeypatch.setattr(reaching, "_resolved", lambda host, port: ["93.184.216.34"])

    with secret() as (inside, asked), pytest.raises(CannotFetch, match="not_public"):
        client().get(f"{inside}/akten")

    assert asked == []


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://ris.example/x", "gopher://127.0.0.1/"])
def test_only_the_web_is_asked(address: str) -> None:
    with pytest.raises(CannotFetch, match="elsewhere"):
        client().get(address)


@pytest.mark.django_db
def test_a_file_inside_is_not_fetched_and_one_beside_the_entered_system_is() -> None:
    with (
        secret() as (inside, asked),
        system(paper=[paper(1, mainFile=file(1, accessUrl=f"{inside}/akten.pdf")), paper(2)]) as (
            served,
            source,
        ),
    ):
        read(source)
        CouncilFile.objects.filter(paper__number="2026/002").update(
            url=f"{served.base}/2.txt", file_name="2.txt"
        )
        served.files["/2.txt"] = b"Der Radweg wird gebaut."

        fetch_files(client=client())

    told = dict(CouncilFile.objects.values_list("paper__number", "text_state"))
    assert asked == []
    assert told == {"2026/001": TextState.UNREADABLE, "2026/002": TextState.READ}
    assert CouncilFile.objects.get(paper__number="2026/001").text_problem == "not_public"


@pytest.mark.django_db
def test_a_system_that_leads_inside_is_named_in_the_report() -> None:
    with secret() as (inside, asked), secret(f"{inside}/system") as (outside, _):
        source = OparlSource.objects.create(name="Umweg", address=f"{outside}/system")
        run = read(source)

    assert asked == []
    assert [one.code for one in Problem.objects.filter(run=run)] == ["not_public"]
