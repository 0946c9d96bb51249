"""gunicorn as we run it: what sends slowly, without end or against the rules is cut off, and others are served."""

import http.client
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chaos.harness import wait_until
from tests.hostile.web import Web, web

HEAD_SECONDS, BODY_SECONDS = 1, 2
THREADS = 80
pytestmark = [pytest.mark.once, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def uploads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server keeps large bodies while they come in."""
    return tmp_path_factory.mktemp("uploads")


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker, uploads: Path) -> Iterator[Web]:
    seconds = {"REQUEST_HEAD_SECONDS": str(HEAD_SECONDS), "REQUEST_BODY_SECONDS": str(BODY_SECONDS)}
    with django_db_blocker.unblock(), web(**seconds, TMPDIR=str(uploads)) as site:
        yield site


def status_of(answer: bytes) -> int:
    """0 when the connection was closed without a word."""
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/") else 0


def sent(
    site: Web, request: bytes, drip: bytes = b"", every: float = 0.2, seconds: float = 20
) -> tuple[int, float]:
    """The status of the answer to a request that goes on dripping, and after how many seconds it came."""
    started = time.monotonic()
    with site.open() as connection:
        connection.sendall(request)
        connection.settimeout(every)
        while time.monotonic() - started < seconds:
            try:
                return status_of(connection.recv(100)), time.monotonic() - started
            except TimeoutError:
                connection.sendall(drip)
            except ConnectionError:
                return 0, time.monotonic() - started
    raise AssertionError(f"no answer in {seconds} s")


POST = b"POST /photos/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=x\r\n"

# Without a token the request is refused with its body unread.
WITH_TOKEN = b"Cookie: csrftoken=%b\r\nX-CSRFToken: %b\r\n" % (b"a" * 32, b"a" * 32)


def test_a_head_that_drips_is_dropped(site: Web) -> None:
    status, seconds = sent(site, b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ", drip=b"x")
    assert status in (0, 400)
    assert seconds < HEAD_SECONDS + 3


@pytest.mark.parametrize(
    ("head", "drip"),
    [
        (b"Content-Length: 100000\r\n\r\n--x\r\n", b"x"),
        (b"Content-Length: 100000\r\n\r\n--x\r\n", b""),
    ],
    ids=["dripping", "silent"],
)
def test_a_body_that_does_not_end_is_refused(site: Web, head: bytes, drip: bytes) -> None:
    status, seconds = sent(site, POST + WITH_TOKEN + head, drip)
    assert status in (400, 408, 413)
    assert BODY_SECONDS - 1 < seconds < BODY_SECONDS + 4


def test_as_many_slow_ones_as_there_are_threads_keep_nobody_out(site: Web) -> None:
    slow = [site.open() for _ in range(THREADS * 2)]
    for connection in slow:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
    started = time.monotonic()
    assert site.send("GET", "/health/live")[0] == 200
    assert time.monotonic() - started < 2 * HEAD_SECONDS + 4
    for connection in slow:
        connection.close()


def test_a_page_that_polls_keeps_its_connection(site: Web) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=10)
    for pause in (
        0.0,
        3.5,
    ):  # seconds: more than from poll to poll, when the connection is looked at once a second
        time.sleep(pause)
        connection.request("GET", "/health/live")
        assert connection.getresponse().read()
    connection.close()


@pytest.mark.parametrize(
    ("request_", "statuses"),
    [
        (b"GET /" + b"a" * 5000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", (400, 414)),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"a" * 9000 + b"\r\n\r\n", (400, 431)),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X: 1\r\n" * 200 + b"\r\n", (400, 431)),
        (POST + b"Content-Length: 40000000\r\n\r\n", (413,)),
        (POST + b"Content-Length: -1\r\n\r\n", (400,)),
        (POST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n12345", (400,)),
        (POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", (400,)),
        (POST + WITH_TOKEN + b"Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n", (400,)),  # no end was told
        (POST + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", (400, 501)),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A : b\r\n\r\n", (400,)),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: b\r\n folded\r\n\r\n", (400,)),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\nX-A: b\r\n\r\n", (400,)),
        (b"GET / HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n", (400, 505)),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", (400,)),
        (b"TRACE / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", (405,)),
    ],
    ids=[
        "long line",
        "long field",
        "many fields",
        "declared too large",
        "negative length",
        "two lengths",
        "length and chunks",
        "chunks without end",
        "unknown coding",
        "blank before colon",
        "folded",
        "bare line feed",
        "version",
        "TLS",
        "TRACE",
    ],
)
def test_heads_against_the_rules_are_refused(site: Web, request_: bytes, statuses: tuple[int, ...]) -> None:
    status, _seconds = sent(site, request_)
    assert status in statuses


def test_of_an_upload_that_is_cut_nothing_stays(site: Web, uploads: Path) -> None:
    head = POST + WITH_TOKEN + b"Content-Length: 13000000\r\n\r\n"
    part = b'--x\r\nContent-Disposition: form-data; name="photo"; filename="a.jpg"\r\n\r\n'
    with site.open() as connection:
        connection.sendall(head + part + bytes(12_000_000))
        wait_until(lambda: any(uploads.iterdir()), seconds=10, every=0.01)
    wait_until(lambda: not any(uploads.iterdir()), seconds=10)


def test_nobody_has_died_of_it(site: Web) -> None:
    assert len(site.pids()) == 2
    assert site.answers()


def test_what_lays_out_pages_is_loaded_before_anybody_asks(site: Web) -> None:
    def is_loaded() -> bool:
        return any("/cv2/" in Path(f"/proc/{pid}/maps").read_text() for pid in site.pids())

    wait_until(is_loaded, seconds=60)
