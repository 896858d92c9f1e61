"""The client's address: from a proxy's header only when that proxy is trusted, read right to left."""

import ipaddress
import re
from collections.abc import Iterable

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# As some proxies write it, with the port: 198.51.100.1:4711, [2001:db8::7]:4711.
_WITH_PORT = re.compile(r"\[([^\[\]]+)\](?::[0-9]{1,5})?|([0-9.]+):[0-9]{1,5}")


def networks(names: Iterable[str]) -> tuple[Network, ...]:
    """The trusted proxies' setting as networks."""
    return tuple(ipaddress.ip_network(name, strict=False) for name in names)


def client_address(peer: str, forwarded_for: str, trusted: tuple[Network, ...]) -> str:
    """The nearest address that is not a trusted proxy.

    ``peer`` is who connected, ``forwarded_for`` the X-Forwarded-For header. Everything left of the first
    untrusted address was written by a stranger, so the walk stops there.
    """
    address = peer
    hops = [_without_port(hop.strip()) for hop in forwarded_for.split(",") if hop.strip()]
    while hops and _is_trusted(address, trusted):
        candidate = hops.pop()
        if _parse(candidate) is None:
            break
        address = candidate
    return address


def _without_port(hop: str) -> str:
    match = _WITH_PORT.fullmatch(hop)
    return match[1] or match[2] if match else hop


def _is_trusted(address: str, trusted: tuple[Network, ...]) -> bool:
    parsed = _parse(address)
    return parsed is not None and any(parsed in network for network in trusted)


def _parse(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return None
    # A dual-stack socket shows an IPv4 peer as ::ffff:a.b.c.d, which no IPv4 network would contain.
    mapped = getattr(parsed, "ipv4_mapped", None)
    return mapped or parsed
