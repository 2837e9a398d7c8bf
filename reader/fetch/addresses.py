"""Which addresses of the network are whose.

The blocks are those of the IANA registries of special-purpose addresses (RFC 6890 and after).
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from typing import TypeAlias

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address

Resolver: TypeAlias = Callable[[str], Sequence[str]]
"""The addresses of a host name, best first; raises OSError where there are none."""

_LOCAL_ENDINGS = (".localhost", ".local", ".lan", ".home", ".internal", ".home.arpa")

_GLOBAL = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_NOT_PUBLIC = tuple(
    ipaddress.IPv6Network(block) for block in ("2001::/23", "2001:db8::/32", "3fff::/20")
)
_MASK = 0xFFFFFFFF


def literal(host: str) -> Address | None:
    """The address that `host` spells, as resolvers read it: "127.1", "0x7f000001", "[::1]".

    None where it is a name.
    """
    bare = host.removeprefix("[").removesuffix("]")
    try:
        if ":" in bare:
            return ipaddress.IPv6Address(bare)
        return ipaddress.IPv4Address(socket.inet_aton(bare.rstrip(".")))
    except (OSError, ValueError):
        return None


def is_public(address: Address) -> bool:
    """Whether `address` is a single host of the internet, by every way it can be embedded."""
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and not (address.is_multicast or address.is_reserved)
    inner = _embedded(address)
    if inner is not None:
        return is_public(inner)
    return address in _GLOBAL and not any(address in block for block in _NOT_PUBLIC)


def is_host(address: Address) -> bool:
    """Whether `address` can be one machine at all: no group, no broadcast."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = _embedded(address)
        return not address.is_multicast and (inner is None or is_host(inner))
    return not (address.is_multicast or address.is_reserved)


def _embedded(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that a mapped, 6to4 or NAT64 address leads to."""
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & _MASK)
    return address.ipv4_mapped or address.sixtofour


def looks_local(host: str) -> bool:
    """Whether a host (no port) is of this machine or the local network by its looks alone.

    So do addresses that are not public, "localhost", names of a single label, and names under
    .local, .lan, .home, .internal and .home.arpa.
    """
    address = literal(host)
    if address is not None:
        return not is_public(address)
    name = host.lower().rstrip(".")
    return "." not in name or name.endswith(_LOCAL_ENDINGS)


def resolve(host: str) -> list[str]:
    """The addresses of `host` that the system knows. Raises OSError and UnicodeError."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))
