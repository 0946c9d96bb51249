"""What may be fetched, as data, and an address judged by it before anything is connected."""

from collections.abc import Callable
from dataclasses import dataclass

from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

from generations.outgoing.addresses import is_loopback, is_public, resolve

MIB = 1024 * 1024
HTTPS_PORT = 443
ANY = "*"


class FetchRefused(Exception):
    """This is not fetched: the scheme, the host or where its name leads. Nothing was sent."""


@dataclass(frozen=True)
class Policy:
    """Hosts by name, `.example.org` meaning all below it, ANY every one; bytes, seconds and redirects of one fetch in all.

    loopback: also take http and https from this very machine, for a stand-in of the real service.
    names: (name, port) -> addresses; the system's resolver. It keeps its own time limits.
    """

    hosts: tuple[str, ...]
    loopback: bool = False
    most_bytes: int = 50 * MIB
    seconds: float = 60.0
    redirects: int = 3
    names: Callable[[str, int], list[str]] = resolve


@dataclass(frozen=True)
class Target:
    """Where a checked URL leads: `address` is the one to connect to, so that no second look-up can change it."""

    scheme: str
    host: str
    port: int
    path: str
    address: str

    @property
    def netloc(self) -> str:
        """Host and port as URLs and the Host header write them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == HTTPS_PORT else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.netloc}{self.path}"


def checked(url: str, policy: Policy) -> Target:
    """The target of a URL that the policy allows. Raises FetchRefused."""
    parts, host = checked_name(url, policy)
    scheme = parts.scheme or ""
    port = parts.port or (HTTPS_PORT if scheme == "https" else 80)
    address = _checked_address(host, port, policy)
    if not is_loopback(address) and (scheme, port) != ("https", HTTPS_PORT):
        raise FetchRefused("Only https on its own port is fetched.")
    return Target(scheme, host, port, parts.request_uri, address)


def checked_name(url: str, policy: Policy) -> tuple[Url, str]:
    """The parts of a URL and its host, whose name the policy allows; nothing is looked up. Raises FetchRefused."""
    parts = _parts(url)
    host = (parts.host or "").strip("[]").rstrip(".").lower()
    schemes = ("https", "http") if policy.loopback or ANY not in policy.hosts else ("https",)
    if parts.auth or parts.scheme not in schemes or not _is_named(host, policy.hosts):
        raise FetchRefused("This host is not on the list.")
    return parts, host


def _parts(url: str) -> Url:
    try:
        return parse_url(url)
    except LocationParseError as error:
        raise FetchRefused("This is no address.") from error


def _is_named(host: str, allowed: tuple[str, ...]) -> bool:
    if ANY in allowed:
        return "." in host or ":" in host
    return any(host == name or (name.startswith(".") and host.endswith(name)) for name in allowed)


def _checked_address(host: str, port: int, policy: Policy) -> str:
    """The first address of a host, when all of them may be connected to."""
    try:
        found = policy.names(host, port)
    except OSError as error:
        raise FetchRefused("This name leads nowhere.") from error
    allowed = [
        address for address in found if is_public(address) or (policy.loopback and is_loopback(address))
    ]
    if not found or allowed != found:
        raise FetchRefused("This name leads into a network that is not public.")
    return found[0]
