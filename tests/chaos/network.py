"""Where this process goes: every name that it looks up and every address that it connects to, written down."""

import socket
from collections.abc import Mapping
from typing import Any

import pytest

Found = list[tuple[Any, ...]]


class Network:
    """The system's, with an entry in the book for each look-up and connection. `names` are answered by us: an address,
    or "" for a name that leads nowhere."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names
        self.looked_up: set[str] = set()
        self.connected: set[str] = set()

    def watch(self, monkeypatch: pytest.MonkeyPatch) -> None:
        resolve, connect = socket.getaddrinfo, socket.socket.connect

        def resolved(host: Any, port: Any, *more: Any, **named: Any) -> Found:
            self.looked_up.add(str(host))
            return (
                self._answer(str(host), port) if host in self.names else resolve(host, port, *more, **named)
            )

        def connected(one: socket.socket, address: Any) -> None:
            if one.family != socket.AF_UNIX:
                self.connected.add(str(address[0]))
            connect(one, address)

        monkeypatch.setattr(socket, "getaddrinfo", resolved)
        monkeypatch.setattr(socket.socket, "connect", connected)

    def _answer(self, host: str, port: Any) -> Found:
        if not self.names[host]:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (self.names[host], port))]
