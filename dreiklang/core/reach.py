"""Where a request may lead: to public addresses only, whatever an answer or a redirect names.

Looked at where the connection is made, so that neither a redirect nor a name that points elsewhere a moment later
gets past. A system inside the town's own network is reached because somebody entered its address; what a machine
tells only about itself (link-local addresses, the metadata of clouds) is reached by nobody.
"""

import ipaddress
import socket
from typing import Any
from urllib.parse import urlsplit

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

PORTS = {"http": 80, "https": 443}
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# Behind these IPv6 addresses stands an IPv4 one (RFC 6052).
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
# Where clouds tell a machine its own secrets, beside the link-local addresses.
_METADATA = frozenset(
    ipaddress.ip_address(one)
    for one in ("fd00:ec2::254", "fd20:ce::254", "100.100.100.200", "168.63.129.16", "192.0.0.192")
)


class NotPublic(Exception):
    """The connection would lead into a network that is not public."""

    code = "not_public"


class OfTheMachine(NotPublic):
    """The connection would lead to what a machine tells only about itself."""

    code = "of_the_machine"


class Reach:
    """What is reached although it is not public: host and port, as entered."""

    def __init__(self) -> None:
        self.entered: set[tuple[str, int]] = set()

    def enter(self, address: str) -> None:
        """The host and port of this address may be reached, wherever they are."""
        parts = urlsplit(address)
        if parts.scheme in PORTS and parts.hostname:
            self.entered.add((parts.hostname, parts.port or PORTS[parts.scheme]))

    def check(self, host: str, port: int, addresses: list[str]) -> None:
        """Raises: NotPublic, naming the first of the addresses that is not public; OfTheMachine, entered or not."""
        own = next((one for one in addresses if is_of_the_machine(one)), None)
        if own is not None:
            raise OfTheMachine(_told(host, own))
        if (host.strip("[]").lower(), port) in self.entered:
            return
        inside = next((one for one in addresses if not is_public(one)), None)
        if inside is not None:
            raise NotPublic(_told(host, inside))


def _told(host: str, address: str) -> str:
    """A name with its address; an address that was entered as such once, not twice."""
    return address if host.strip("[]").lower() == address else f"{host} ({address})"


def is_public(address: str) -> bool:
    """Whether everybody could reach this IP address: not loopback, private, link-local, reserved or multicast."""
    return all(one.is_global and not one.is_multicast for one in _meant(address))


def is_of_the_machine(address: str) -> bool:
    """Whether this IP address is link-local or gives a cloud's metadata: no service of a town stands there."""
    return any(one.is_link_local or one in _METADATA for one in _meant(address))


def leads_inside(address: str) -> bool:
    """Whether the host of a web address is known here, but not to everybody: browsers outside will not reach it."""
    parts = urlsplit(address)
    found = _resolved(parts.hostname or "", parts.port or PORTS.get(parts.scheme, 0))
    return any(not is_public(one) for one in found)


def _meant(address: str) -> list[Address]:
    found = ipaddress.ip_address(address.split("%")[0])
    return [*_behind(found)] or [found]


def _behind(address: Address) -> list[Address]:
    """The IPv4 addresses that an IPv6 address carries inside."""
    if not isinstance(address, ipaddress.IPv6Address):
        return []
    carried = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _TRANSLATED:
        carried.append(ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF))
    return [one for one in carried if one is not None]


class GuardedAdapter(HTTPAdapter):
    """Opens connections only where `reach` lets it; redirects pass here too."""

    def __init__(self, reach: Reach) -> None:
        self.reach = reach
        super().__init__()

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = _pools(self.reach)


def _pools(reach: Reach) -> dict[str, type[HTTPConnectionPool]]:
    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _opened(self, reach, super()._new_conn)

    class Secured(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _opened(self, reach, super()._new_conn)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecuredPool(HTTPSConnectionPool):
        ConnectionCls = Secured

    return {"http": PlainPool, "https": SecuredPool}


def _opened(connection: HTTPConnection, reach: Reach, open_it: Any) -> socket.socket:
    host, port = connection.host, connection.port or 0
    reach.check(host, port, _resolved(host, port))
    opened: socket.socket = open_it()
    try:
        # The name may have pointed elsewhere the second time; nothing has been sent yet.
        reach.check(host, port, [str(opened.getpeername()[0])])
    except NotPublic:
        opened.close()
        raise
    return opened


def _resolved(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    except OSError:
        return []  # Connecting says so in its own words.
    return [str(one[4][0]) for one in found]
