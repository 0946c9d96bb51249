"""Nothing is fetched from where it must not be, and nothing that is too large or too slow is waited for."""

import ssl
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pytest_django import Settings

from generations.outgoing import FetchFailed, FetchRefused, Policy, fetch
from generations.outgoing.addresses import is_public
from generations.outgoing.configured import policy_for
from tests.generations.outgoing import server
from tests.generations.outgoing.server import Elsewhere, elsewhere

HOST = "results.example"
HERE = ["127.0.0.1"]
PRIVATE = [
    "127.0.0.1",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.2.1",
    "224.0.0.1",
    "239.255.255.250",
    "255.255.255.255",
    "240.0.0.1",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::a00:1",
    "2002:7f00:1::",
    "2001:0:7f00:1::",
    "not an address",
]


class Names:
    """A resolver that answers as it is told, and counts how often it was asked."""

    def __init__(self, *answers: list[str]) -> None:
        self.answers, self.asked = list(answers), 0

    def __call__(self, name: str, port: int) -> list[str]:
        self.asked += 1
        if not self.answers:
            raise OSError("Name or service not known")
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def stand_in(**changes: object) -> Policy:
    """What tests and stand-ins of real services use: results.example is this machine."""
    return replace(Policy(hosts=(HOST,), loopback=True, names=Names(HERE)), **changes)


def url_of(site: Elsewhere, path: str = "/page") -> str:
    return f"http://{HOST}:{site.port}{path}"


def test_a_file_is_fetched_by_its_name_from_the_address_that_was_checked():
    with elsewhere({"/page?x=1": server.answer(b"lines", Content_Type="image/png")}) as site:
        names = Names(HERE)
        file = fetch(url_of(site, "/page?x=1"), stand_in(names=names))
        assert (file.body, file.content_type) == (b"lines", "image/png")
        assert site.seen == [f"{HOST}:{site.port}/page?x=1"]
        assert names.asked == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data",
        "https://169.254.169.254/",
        "file:///etc/passwd",
        "ftp://results.example/x",
        "gopher://results.example/x",
        "data:text/plain,x",
        "http://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://0x7f000001/",
        "https://2130706433/",
        "https://127.1/",
        "https://results.example@evil.example/",
        "https://results.example:443@evil.example/",
        "https://user:word@results.example/",
        "https://evil.example/results.example",
        "https://results.example.evil.example/",
        "https://evilresults.example/",
        "https://results.example%00.evil.example/",
        "https://results.example /",
        "https://evil.example#@results.example/",
        "//results.example/x",
        "results.example",
        "",
    ],
)
def test_what_is_not_on_the_list_is_not_even_looked_up(url: str):
    names = Names(["93.184.215.14"])
    with pytest.raises(FetchRefused):
        fetch(url, Policy(hosts=(HOST,), names=names))
    assert names.asked == 0


@pytest.mark.parametrize("address", PRIVATE)
def test_a_name_that_leads_inside_is_refused(address: str):
    assert not is_public(address)
    for answer in ([address], ["93.184.215.14", address]):
        with pytest.raises(FetchRefused, match="not public"):
            fetch(f"https://{HOST}/", Policy(hosts=(HOST,), names=Names(answer)))


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_addresses_of_the_world_are_public(address: str):
    assert is_public(address)


def test_a_name_that_is_nobodys_is_refused():
    with pytest.raises(FetchRefused, match="leads nowhere"):
        fetch(f"https://{HOST}/", Policy(hosts=(HOST,), names=Names()))


@pytest.mark.parametrize("url", [f"http://{HOST}/", f"https://{HOST}:8443/", f"http://{HOST}:443/"])
def test_out_there_only_https_on_its_own_port_is_spoken(url: str):
    with pytest.raises(FetchRefused, match="Only https"):
        fetch(url, stand_in(names=Names(["93.184.215.14"])))


def test_this_machine_is_fetched_from_only_where_a_setting_allows_it():
    with elsewhere({"/page": server.answer(b"lines")}) as site:
        with pytest.raises(FetchRefused):
            fetch(url_of(site), stand_in(loopback=False))
        assert site.seen == []


def test_a_name_that_changes_its_mind_is_not_asked_again():
    """DNS rebinding: good when it is checked, another when it is connected to."""
    with elsewhere({"/page": server.answer(b"lines")}) as site:
        names = Names(HERE, ["10.0.0.1"])
        assert fetch(url_of(site), stand_in(names=names)).body == b"lines"
        assert names.asked == 1


def test_all_hosts_below_a_name():
    with elsewhere({"/page": server.answer(b"lines")}) as site:
        policy = stand_in(hosts=(".example",))
        assert fetch(url_of(site), policy).body == b"lines"
        with pytest.raises(FetchRefused):
            fetch("https://example/", policy)


# --- Sent on --------------------------------------------------------------------------------------------------------


def test_it_is_sent_on_within_the_list():
    scripts = {"/page": server.sent_on("/other"), "/other": server.answer(b"lines")}
    with elsewhere(scripts) as site:
        assert fetch(url_of(site), stand_in()).body == b"lines"


@pytest.mark.parametrize(
    "location",
    [
        "http://10.0.0.1/",
        "https://evil.example/",
        "file:///etc/passwd",
        "//evil.example/x",
        "http://[::1]:22/",
        "",
    ],
)
def test_every_hop_is_checked(location: str):
    with elsewhere({"/page": server.sent_on(location)}) as site:
        with pytest.raises(FetchRefused):
            fetch(url_of(site), stand_in())
        assert len(site.seen) == 1


def test_a_hop_whose_name_leads_inside_is_refused():
    with elsewhere({"/page": server.sent_on("/other"), "/other": server.answer(b"secret")}) as site:
        with pytest.raises(FetchRefused, match="not public"):
            fetch(url_of(site), stand_in(names=Names(HERE, ["192.168.0.1"])))
        assert len(site.seen) == 1


def test_it_is_not_sent_on_for_ever():
    with elsewhere({"/page": server.sent_on("/page")}) as site:
        with pytest.raises(FetchFailed, match="too often"):
            fetch(url_of(site), stand_in())
        assert len(site.seen) == 4


# --- Too large, too slow, broken --------------------------------------------------------------------------------------


def test_too_much_is_cut_where_it_is_too_much():
    with (
        elsewhere({"/page": server.endless(b"x" * 65536)}) as site,
        pytest.raises(FetchFailed, match="large"),
    ):
        fetch(url_of(site), stand_in(most_bytes=1_000_000))


def test_exactly_as_much_as_may_be_is_taken():
    with elsewhere({"/page": server.answer(b"x" * 1000)}) as site:
        assert len(fetch(url_of(site), stand_in(most_bytes=1000)).body) == 1000
        with pytest.raises(FetchFailed, match="large"):
            fetch(url_of(site), stand_in(most_bytes=999))


@pytest.mark.parametrize(
    "script", [server.endless(b"x", pause=0.05), server.endless_head], ids=["body", "headers"]
)
def test_bytes_that_drip_are_not_waited_for(script: server.Script):
    started = time.monotonic()
    with elsewhere({"/page": script}) as site, pytest.raises(FetchFailed, match="too long"):
        fetch(url_of(site), stand_in(seconds=0.5))
    assert time.monotonic() - started < 2


def test_one_limit_of_time_holds_for_all_hops():
    def slowly_on(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(0.3)
        server.sent_on("/page")(handler)

    started = time.monotonic()
    with elsewhere({"/page": slowly_on}) as site, pytest.raises(FetchFailed, match="too long"):
        fetch(url_of(site), stand_in(seconds=0.5))
    assert time.monotonic() - started < 1.2


def test_half_an_answer_is_none():
    with elsewhere({"/page": server.cut_off}) as site, pytest.raises(FetchFailed, match="connection"):
        fetch(url_of(site), stand_in())


def test_what_is_gone_is_told_with_its_status():
    with elsewhere({"/page": server.answer(b"gone", 404)}) as site, pytest.raises(FetchFailed) as failure:
        fetch(url_of(site), stand_in())
    assert failure.value.status == 404


def test_nothing_is_unpacked():
    with elsewhere({"/page": server.answer(b"\x1f\x8b packed", Content_Encoding="gzip")}) as site:
        assert fetch(url_of(site), stand_in()).body == b"\x1f\x8b packed"


def test_the_limits_are_those_we_promise(settings: Settings):
    settings.OUTGOING_HOSTS = ["cdn.example"]
    policy = policy_for("results.example")
    assert policy.hosts == ("results.example", "cdn.example")
    assert (policy.most_bytes, policy.seconds, policy.redirects) == (50 * 1024 * 1024, 60.0, 3)
    assert not policy.loopback


# --- TLS --------------------------------------------------------------------------------------------------------------


def certificate_for(name: str, folder: Path) -> Path:
    """A certificate for that name, signed by itself, with its key in the same file."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = folder / f"{name}.pem"
    file.write_bytes(pem + made.public_bytes(serialization.Encoding.PEM))
    return file


@pytest.mark.parametrize(("name", "is_trusted"), [(HOST, True), ("evil.example", True), (HOST, False)])
def test_a_certificate_is_checked_for_the_name_though_an_address_is_connected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, *, is_trusted: bool
):
    file = certificate_for(name, tmp_path)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(file)
    if is_trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with elsewhere({"/page": server.answer(b"lines")}, tls) as site:
        url = f"https://{HOST}:{site.port}/page"
        if name == HOST and is_trusted:
            assert fetch(url, stand_in()).body == b"lines"
        else:
            with pytest.raises(FetchFailed, match="connection"):
                fetch(url, stand_in())
            assert site.seen == []
