"""Calls the API of a running site, and keeps a book of it: what was called, and whether the answer was one to expect."""

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPResponse
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urljoin
from urllib.request import Request, urlopen
from uuid import uuid4

PREFIX = "/api/v1"
SECONDS = 60
LONGEST_WAIT = 180.0  # seconds
METHODS = ("get", "put", "post", "patch", "delete")


@dataclass(frozen=True)
class Operation:
    """As the site describes it. `statuses` are those that it says it answers with."""

    method: str
    path: str
    statuses: frozenset[int]

    def fits(self, method: str, path: str) -> bool:
        pattern = re.sub(r"\\{[^}]+\\}", "[^/]+", re.escape(self.path))
        return method == self.method and re.fullmatch(pattern, path) is not None


@dataclass(frozen=True)
class Line:
    """A call in the book."""

    method: str
    path: str
    status: int
    problem: str = ""


@dataclass(frozen=True)
class Answered:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def data(self) -> Any:
        return json.loads(self.body)["data"]


@dataclass
class Walker:
    """`base` is the site's address without a path."""

    base: str
    key: str
    lines: list[Line] = field(default_factory=list)
    operations: list[Operation] = field(default_factory=list)

    def read_description(self) -> None:
        answer = self.send("GET", f"{PREFIX}/openapi.json")
        self.operations = list(operations_in(json.loads(answer.body)))

    def call(
        self, method: str, path: str, *expected: int, json_body: object = None, key: str = "", **headers: str
    ) -> Answered:
        """One operation, below PREFIX; the answer must have one of the expected statuses (200 without any)."""
        body = b"" if json_body is None else json.dumps(json_body).encode()
        kind = {} if json_body is None else {"Content-Type": "application/json"}
        return self.note(method, path, expected or (200,), body, key or self.key, **kind, **headers)

    def upload(self, method: str, path: str, *expected: int, photo: bytes) -> Answered:
        """A form with a photo."""
        body, kind = form({}, photo)
        return self.note(method, path, expected, body, self.key, **{"Content-Type": kind})

    def note(
        self, method: str, path: str, expected: tuple[int, ...], body: bytes, key: str, **headers: str
    ) -> Answered:
        answer = self.send(method, PREFIX + path, body, Authorization=f"Bearer {key}", **headers)
        problem = self.problem_of(method, path.partition("?")[0], answer, expected)
        self.lines.append(Line(method, path, answer.status, problem))
        return answer

    def send(self, method: str, address: str, body: bytes = b"", **headers: str) -> Answered:
        """Raises nothing for a status; OSError when nobody answers."""
        request = Request(urljoin(self.base, address), body or None, headers, method=method)
        try:
            with urlopen(request, timeout=SECONDS) as response:
                return read(response)
        except HTTPError as error:
            with error:
                return Answered(error.code, dict(error.headers), error.read())

    def problem_of(self, method: str, path: str, answer: Answered, expected: tuple[int, ...]) -> str:
        operation = next((one for one in self.operations if one.fits(method, PREFIX + path)), None)
        if answer.status not in expected:
            return f"{' or '.join(map(str, expected))} was expected: {answer.body[:300].decode(errors='replace')}"
        if operation is None or answer.status not in operation.statuses:
            return "the description says nothing of this"
        return "" if answer.headers.get("X-Request-ID") else "the answer has no X-Request-ID"

    def ended(self, job_id: str) -> Any:
        """The job once it has ended. Raises TimeoutError."""
        return self.waited(f"/generations/{job_id}", lambda job: job["completed_at"])

    def waited(self, path: str, is_done: Callable[[Any], object]) -> Any:
        """What is there, once it is done. Raises TimeoutError."""
        until = time.monotonic() + LONGEST_WAIT
        while time.monotonic() < until:
            found = self.get(path).data
            if is_done(found):
                return found
            time.sleep(0.3)
        raise TimeoutError(f"{path} is not done after {LONGEST_WAIT:.0f} s")

    def get(self, path: str) -> Answered:
        """Without a line in the book."""
        return self.send("GET", PREFIX + path, Authorization=f"Bearer {self.key}")

    def left_out(self) -> list[Operation]:
        called = [(line.method, PREFIX + line.path.partition("?")[0]) for line in self.lines]
        return [one for one in self.operations if not any(one.fits(*call) for call in called)]


def read(response: HTTPResponse) -> Answered:
    return Answered(response.status, dict(response.headers), response.read())


def operations_in(description: Any) -> Iterator[Operation]:
    for path, methods in description["paths"].items():
        for method in METHODS:
            if method in methods:
                statuses = frozenset(int(status) for status in methods[method]["responses"])
                yield Operation(method.upper(), path, statuses)


def form(fields: Mapping[str, str], photo: bytes) -> tuple[bytes, str]:
    """A body of multipart/form-data, the photo last, and its content type."""
    mark = uuid4().hex
    named = [(f'name="{name}"', value) for name, value in fields.items()]
    file = 'name="file"; filename="photo.jpg"\r\nContent-Type: image/jpeg'
    head = "".join(
        f"--{mark}\r\nContent-Disposition: form-data; {name}\r\n\r\n{value}\r\n"
        for name, value in [*named, (file, "")]
    )
    body = head.removesuffix("\r\n").encode() + photo + f"\r\n--{mark}--\r\n".encode()
    return body, f"multipart/form-data; boundary={mark}"
