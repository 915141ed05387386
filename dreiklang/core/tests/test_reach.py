"""Requests reach public addresses only, whatever an address or a redirect names."""

from typing import Any

import pytest

from dreiklang.core import reach as reaching
from dreiklang.core.fetching import CannotFetch, Client
from dreiklang.core.reach import NotPublic, OfTheMachine, Reach, is_public
from dreiklang.core.tests.inside import secret


def asking(entered: str) -> Client:
    client = Client(tries=1)
    client.reach.enter(entered)
    return client


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


@pytest.mark.parametrize(
    "address",
    [
        "169.254.169.254",
        "169.254.0.1",
        "fe80::1%eth0",
        "::ffff:169.254.169.254",
        "fd00:ec2::254",
        "100.100.100.200",
        "168.63.129.16",
    ],
)
def test_what_a_machine_tells_about_itself_is_not_reached_even_if_entered(address: str) -> None:
    reach = Reach()
    reach.enter("http://karten.intern/wms")

    with pytest.raises(OfTheMachine, match=r"karten\.intern"):
        reach.check("karten.intern", 80, ["10.0.0.7", address])


def test_one_address_inside_among_public_ones_is_enough_to_refuse() -> None:
    with pytest.raises(NotPublic, match=r"10\.0\.0\.7"):
        Reach().check("ris.example", 443, ["93.184.216.34", "10.0.0.7"])


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0x7f000001"])
def test_an_address_inside_is_refused_before_anything_is_sent(host: str) -> None:
    with secret() as (inside, asked):
        port = inside.rsplit(":", 1)[1]
        with pytest.raises(CannotFetch) as refusal:
            Client(tries=1).get(f"http://{host}:{port}/akten")

    assert refusal.value.code in {"not_public", "unreachable"}
    assert (refusal.value.code == "not_public") or host == "0x7f000001"
    assert asked == []


def test_a_redirect_inside_is_refused() -> None:
    with (
        secret() as (inside, asked),
        secret(f"{inside}/akten") as (outside, was_asked),
        pytest.raises(CannotFetch, match="not_public"),
    ):
        asking(outside).get(f"{outside}/datei.pdf")

    assert was_asked == ["/datei.pdf"]
    assert asked == []


def test_a_name_that_points_inside_the_second_time_is_refused(monkeypatch: Any) -> None:
    monkeypatch.setattr(reaching, "_resolved", lambda host, port: ["93.184.216.34"])

    with secret() as (inside, asked), pytest.raises(CannotFetch, match="not_public"):
        Client(tries=1).get(f"{inside}/akten")

    assert asked == []


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://ris.example/x", "gopher://127.0.0.1/"])
def test_only_the_web_is_asked(address: str) -> None:
    with pytest.raises(CannotFetch, match="elsewhere"):
        Client(tries=1).get(address)


def test_an_address_without_a_name_is_told_once() -> None:
    with pytest.raises(OfTheMachine) as refusal:
        Reach().check("169.254.169.254", 80, ["169.254.169.254"])

    assert str(refusal.value) == "169.254.169.254"
