"""What is told goes to the address that was checked, in the time that it may take, and no answer leads it elsewhere."""

import ssl
import time
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
import responses
from responses.matchers import header_matcher

from generations.outgoing import FetchFailed, FetchRefused, post
from tests.generations.outgoing import server
from tests.generations.outgoing.server import elsewhere
from tests.generations.outgoing.test_fetch import HERE, HOST, Names, certificate_for, stand_in, url_of

WORLD = ["93.184.216.34"]
NEWS = f"https://{HOST}/news"


@responses.activate
@pytest.mark.parametrize("status", [200, 204, 301, 404, 410, 500])
def test_the_status_is_what_counts(status: int):
    """Also one that would lead elsewhere: it is not followed."""
    responses.post(NEWS, status=status, headers={"Location": "https://evil.example/"})
    assert post(NEWS, b"{}", {}, stand_in(names=Names(WORLD))) == status
    assert len(responses.calls) == 1


@responses.activate
def test_body_and_headers_go_as_they_were_signed():
    signed = {"webhook-id": "1", "webhook-signature": "v1,abc", "Content-Type": "application/json"}
    told = header_matcher(signed | {"Host": HOST, "User-Agent": "scribblemachine"})
    responses.post(NEWS, match=[told])
    assert post(NEWS, b'{"ready":true}', signed, stand_in(names=Names(WORLD))) == 200
    assert responses.calls[0].request.body == b'{"ready":true}'


@responses.activate
@pytest.mark.parametrize("url", ["http://169.254.169.254/", "https://evil.example/", "file:///etc/passwd"])
def test_what_is_not_allowed_is_not_told(url: str):
    with pytest.raises(FetchRefused):
        post(url, b"", {}, stand_in())
    assert len(responses.calls) == 0


def test_the_name_is_looked_up_once_and_nobody_between_is_asked(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with elsewhere({"/page": server.answer(b"thanks")}) as site:
        names = Names(HERE, ["10.0.0.1"])
        assert post(url_of(site), b"{}", {}, stand_in(names=names)) == 200
        assert (site.seen, names.asked) == ([f"{HOST}:{site.port}/page"], 1)


def test_an_answer_that_never_begins_is_not_waited_for():
    started = time.monotonic()
    with elsewhere({"/page": server.endless_head}) as site, pytest.raises(FetchFailed, match="too long"):
        post(url_of(site), b"{}", {}, stand_in(seconds=0.5))
    assert time.monotonic() - started < 2


def test_an_answer_that_never_ends_is_not_read():
    with elsewhere({"/page": server.endless(b"x", pause=0.05)}) as site:
        assert post(url_of(site), b"{}", {}, stand_in(seconds=5)) == 200


def test_no_answer_is_a_failure():
    def hangs_up(handler: BaseHTTPRequestHandler) -> None:
        handler.connection.close()

    with elsewhere({"/page": hangs_up}) as site, pytest.raises(FetchFailed, match="connection"):
        post(url_of(site), b"{}", {}, stand_in())


@pytest.mark.parametrize("name", [HOST, "evil.example"])
def test_a_certificate_is_checked_for_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str):
    file = certificate_for(name, tmp_path)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(file)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with elsewhere({"/page": server.answer(b"thanks")}, tls) as site:
        url = f"https://{HOST}:{site.port}/page"
        if name == HOST:
            assert post(url, b"{}", {}, stand_in()) == 200
        else:
            with pytest.raises(FetchFailed, match="connection"):
                post(url, b"{}", {}, stand_in())
            assert site.seen == []
