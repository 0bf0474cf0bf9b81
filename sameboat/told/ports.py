"""Where a push may go (P41): https, port 443, a host that the operator allows, and a public address behind its name.

A name is looked up once for each connection, every address it has is judged, and the connection is made to the very
address that was judged: a name that changes in between changes nothing. No answer sends us anywhere else.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings

SECONDS = 10
LONGEST = 1_024
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class NotAllowed(Exception):
    """This site sends nothing there."""


@dataclass(frozen=True)
class Port:
    """Where one push goes: a host that may be asked, and the path that only its push service understands."""

    host: str
    number: int
    path: str
    plain: bool = False

    @property
    def origin(self) -> str:
        shown = self.host if (self.number, self.plain) == (443, False) else f"{self.host}:{self.number}"
        return f"{'http' if self.plain else 'https'}://{shown}"


def port_of(endpoint: str) -> Port:
    """The place an endpoint names. Raises NotAllowed for any that is not a push service of the operator's list."""
    if len(endpoint) > LONGEST or not endpoint.isascii() or not endpoint.isprintable() or " " in endpoint:
        raise NotAllowed
    try:
        parts = urlsplit(endpoint)
        host, number = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise NotAllowed from None
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    if settings.PUSH_TEST_TO and endpoint.startswith(settings.PUSH_TEST_TO + "/"):
        return Port(host, number or 80, path, plain=True)
    if parts.scheme != "https" or number not in (None, 443) or parts.username is not None or parts.fragment:
        raise NotAllowed
    if not any(_is_of(host, allowed) for allowed in settings.PUSH_HOSTS):
        raise NotAllowed
    return Port(host, 443, path or "/")


def _is_of(host: str, allowed: str) -> bool:
    """`*.name` allows whatever stands before `.name`, and not the name itself."""
    return host.endswith(allowed[1:]) and host != allowed[2:] if allowed.startswith("*.") else host == allowed


def is_public(address: str) -> bool:
    """Whether an address is one of the open internet: not this machine, not a network of one's own, not metadata."""
    try:
        found: Address = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    inner = _within(found)
    return found.is_global and not found.is_multicast and (inner is None or is_public(str(inner)))


def _within(found: Address) -> Address | None:
    """The IPv4 address that an IPv6 one stands for: mapped, 6to4, Teredo, or behind the well-known NAT64."""
    if not isinstance(found, ipaddress.IPv6Address):
        return None
    if found in ipaddress.ip_network("64:ff9b::/96"):
        return ipaddress.IPv4Address(int(found) & 0xFFFF_FFFF)
    return found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)


def judged(host: str, number: int) -> list[str]:
    """The addresses behind a name, once all of them were judged. Raises NotAllowed if any is not public."""
    rows = socket.getaddrinfo(host, number, type=socket.SOCK_STREAM)
    found = [str(row[4][0]) for row in rows]
    if not found or not all(is_public(address) for address in found):
        raise NotAllowed
    return found


@cache
def _trust() -> ssl.SSLContext:
    """Whose certificates are believed. Reading them all takes longer than a hundred pushes."""
    return ssl.create_default_context()


class Line(http.client.HTTPSConnection):
    """A connection to a push service, made to an address that was judged; its certificate is the name's."""

    def __init__(self, port: Port) -> None:
        self.port_wanted = port
        self.trust = _trust()
        super().__init__(port.host, port.number, timeout=SECONDS, context=self.trust)

    def connect(self) -> None:
        to = judged(self.host, self.port)
        self.sock = socket.create_connection((to[0], self.port), timeout=SECONDS)
        self.sock = self.trust.wrap_socket(self.sock, server_hostname=self.host)


def line_to(port: Port) -> http.client.HTTPConnection:
    """A connection, not opened yet. Only the one origin that tests name is asked without TLS."""
    return http.client.HTTPConnection(port.host, port.number, timeout=SECONDS) if port.plain else Line(port)
