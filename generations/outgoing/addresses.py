"""Internet addresses: what a name leads to, and whether that is out in the public."""

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

# IPv4 inside IPv6 (RFC 6052): a gateway may lead such an address anywhere, so none of them counts as public.
TRANSLATED = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))


def resolve(name: str, port: int) -> list[str]:
    """The addresses of a name in the system's order, each once. Raises OSError when there is none."""
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def is_public(address: str) -> bool:
    """Not for private address spaces, loopback, link-local, multicast, reserved, nor IPv4 in a dress of IPv6."""
    parsed = _parsed(address)
    if isinstance(parsed, IPv6Address) and _is_translated(parsed):
        return False
    return parsed is not None and parsed.is_global and not parsed.is_multicast


def is_loopback(address: str) -> bool:
    parsed = _parsed(address)
    return parsed is not None and parsed.is_loopback


def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(address)
    except ValueError:
        return None


def _is_translated(address: IPv6Address) -> bool:
    dressed = address.ipv4_mapped or address.sixtofour or address.teredo
    return dressed is not None or any(address in network for network in TRANSLATED)
