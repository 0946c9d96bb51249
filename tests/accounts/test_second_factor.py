"""Staff's second factor: set up, shown, throttled, lost."""

import io
import re
from base64 import b32decode
from xml.etree import ElementTree

import cv2
import numpy
import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from resvg_py import svg_to_bytes

from accounts.models import ApiKey, AuditEntry, User
from accounts.second_factor import qr_code
from tests.accounts.mail import at_once, same_browser
from tests.conftest import signed_in, staff_client
from tests.factories import create_key, create_user

PAGE = "/account/second-factor/"
BEGIN, ENROL, CODES = f"{PAGE}begin/", f"{PAGE}enrol/", f"{PAGE}codes/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel("2026-11-21T10:00:00Z", tick=False) as clock:
        yield clock


def code_of(key: str, *, steps: int = 0) -> str:
    """What the app shows now, or so many half minutes later."""
    return f"{TOTP(bytes.fromhex(key), drift=steps).token():06}"


def begin(client: Client) -> str:
    """The secret that waits in the session, as the page tells it to type."""
    client.post(BEGIN)
    page = client.get(PAGE).content.decode()
    found = re.search(r'translate="no">([A-Z2-7 ]+)<', page)
    assert found
    return b32decode(found.group(1).replace(" ", "")).hex()


def enrol(client: Client) -> list[str]:
    """The recovery codes of a newly set up app."""
    page = client.post(ENROL, {"code": code_of(begin(client))}).content.decode()
    return [code.replace(" ", "") for code in re.findall(r'<li class="code-line">([\w ]+)</li>', page)]


def show(client: Client, code: str, **data: str):
    return client.post(PAGE, {"code": code, **data})


def is_in(client: Client) -> bool:
    return client.get("/admin/").status_code == 200


# --- Set up ----------------------------------------------------------------------------------------------------------


def test_the_first_visit_to_the_admin_sets_an_app_up(charlie: User):
    client = signed_in(charlie)
    chain = client.get("/admin/accounts/user/", follow=True).redirect_chain
    assert chain[-1] == (f"{PAGE}?next=/admin/accounts/user/", 302)
    codes = enrol(client)
    assert (len(set(codes)), {len(code) for code in codes}) == (10, {12})
    assert is_in(client)
    assert list(AuditEntry.objects.values_list("action", "subject")) == [("enrol_second_factor", charlie.pk)]


def test_the_square_tells_the_app_what_the_letters_say(charlie: User):
    client = signed_in(charlie)
    secret = begin(client)
    svg = re.search(r'<svg[^>]*class="qr".*?</svg>', client.get(PAGE).content.decode(), re.DOTALL)
    assert svg
    pixels = svg_to_bytes(
        svg_string=svg.group(0).replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1), width=600
    )
    image = cv2.imdecode(numpy.frombuffer(bytes(pixels), numpy.uint8), cv2.IMREAD_GRAYSCALE)
    text, _corners, _straight = cv2.QRCodeDetectorAruco().detectAndDecode(image)
    assert text == TOTPDevice(user=charlie, key=secret).config_url
    assert text.startswith("otpauth://totp/Scribblemachine%3Acharlie%40example.org?secret=")


def test_the_square_has_no_style_and_no_script():
    tree = ElementTree.fromstring(qr_code("otpauth://totp/x"))
    names = {name for element in tree.iter() for name in element.attrib}
    assert not {name for name in names if name == "style" or name.startswith("on")}
    assert {element.tag for element in tree.iter()} == {"svg", "path"}


def test_a_wrong_code_sets_nothing_up(charlie: User):
    client = signed_in(charlie)
    begin(client)
    answer = client.post(ENROL, {"code": "000000"})
    assert (answer.status_code, "not the code" in answer.content.decode()) == (400, True)
    assert not TOTPDevice.objects.exists()
    assert not is_in(client)


def test_the_secret_waits_in_the_session_that_began(charlie: User):
    mine, thief = signed_in(charlie), signed_in(charlie)
    begin(thief)
    assert "<svg" not in mine.get(PAGE).content.decode().partition("<main")[2]
    assert mine.post(ENROL, {"code": "000000"}).status_code == 400
    assert "second_factor_secret" not in mine.session


def test_looking_sets_nothing_up(charlie: User):
    client = signed_in(charlie)
    client.get(PAGE)
    client.get(f"{PAGE}?next=/admin/")
    assert "second_factor_secret" not in client.session
    assert not TOTPDevice.objects.exists()


def test_a_second_app_is_not_slipped_in(charlie: User, charlie_client: Client):
    thief = signed_in(charlie)
    thief.post(BEGIN)
    assert "second_factor_secret" not in thief.session
    session = thief.session
    session["second_factor_secret"] = secret = "ab" * 20
    session.save()
    assert thief.post(ENROL, {"code": code_of(secret)}).status_code == 409
    assert TOTPDevice.objects.count() == 1
    assert not is_in(thief)


# --- Shown -----------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("clock")
def test_the_apps_code_lets_in_to_where_one_was_going(charlie: User):
    device = TOTPDevice.objects.create(user=charlie)
    client = signed_in(charlie)
    before = same_browser(client)
    assert not is_in(client)
    assert show(client, code_of(device.key), next="/admin/monitor/")["Location"] == "/admin/monitor/"
    assert is_in(client)
    assert before.get(PAGE).status_code == 302  # the session has a new key
    assert show(signed_in(charlie), "000000", next="//evil.example").status_code == 400


def test_next_never_leads_elsewhere(charlie: User, clock):
    device = TOTPDevice.objects.create(user=charlie)
    assert show(signed_in(charlie), code_of(device.key), next="//evil.example")["Location"] == "/admin/"


def test_a_code_works_once(charlie: User, clock):
    device = TOTPDevice.objects.create(user=charlie)
    code = code_of(device.key)
    assert show(signed_in(charlie), code).status_code == 302
    assert show(signed_in(charlie), code).status_code == 400


@pytest.mark.parametrize(("late", "status"), [(29, 302), (59, 302), (90, 400)])
def test_a_code_is_good_for_the_next_half_minute_too(charlie: User, clock, late: int, status: int):
    device = TOTPDevice.objects.create(user=charlie)
    code = code_of(device.key)
    clock.shift(late)
    assert show(signed_in(charlie), code).status_code == status


def test_whoever_types_wrong_codes_waits_longer_each_time(charlie: User, clock):
    device, client = TOTPDevice.objects.create(user=charlie), signed_in(charlie)
    waits = []
    for _time in range(4):
        assert show(client, "000000").status_code == 400
        refused = show(client, code_of(device.key))
        assert refused.status_code == 429
        waits.append(int(refused["Retry-After"]))
        clock.shift(waits[-1])
    assert waits == sorted(waits)
    assert waits[-1] >= 8
    assert show(client, code_of(device.key)).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_guesses_at_once_are_one_guess(charlie: User, clock):
    TOTPDevice.objects.create(user=charlie)
    client = signed_in(charlie)
    answers = at_once(lambda: show(same_browser(client), "000000").status_code)
    assert set(answers) <= {400, 429}
    assert TOTPDevice.objects.get().throttling_failure_count == 1


def test_a_recovery_code_lets_in_once(charlie: User, clock):
    codes = enrol(signed_in(charlie))
    typed = f"{codes[0][:4].upper()}-{codes[0][4:8]} {codes[0][8:]}"
    assert show(signed_in(charlie), typed).status_code == 302
    assert show(signed_in(charlie), typed).status_code == 400
    assert StaticToken.objects.count() == 9
    assert AuditEntry.objects.filter(action="use_recovery_code", subject=charlie).count() == 1


def test_recovery_codes_are_stored_as_keyed_hashes_and_shown_once(charlie: User):
    client = signed_in(charlie)
    codes = enrol(client)
    stored = set(StaticToken.objects.values_list("token", flat=True))
    assert len(stored) == 10
    assert not stored & set(codes)
    assert not any(code[:4] in client.get(PAGE).content.decode().partition("<main")[2] for code in codes)


def test_new_recovery_codes_replace_the_old_and_need_the_factor(charlie: User, clock):
    client = signed_in(charlie)
    old = enrol(client)
    assert signed_in(charlie).post(CODES)["Location"] == PAGE
    assert StaticToken.objects.count() == 10
    assert client.post(CODES).content.decode().count('<li class="code-line">') == 10
    assert show(signed_in(charlie), old[0]).status_code == 400


def test_anothers_factor_is_worth_nothing(charlie: User, clock):
    dora = create_user("dora@example.org", is_staff=True)
    TOTPDevice.objects.create(user=dora)
    device = TOTPDevice.objects.create(user=charlie)
    assert show(signed_in(dora), code_of(device.key)).status_code == 400


def test_a_factor_shown_lasts_as_long_as_a_session_of_staff(charlie: User, clock):
    charlie.is_staff = False
    charlie.save()
    client = signed_in(charlie)  # thirty days long
    User.objects.filter(pk=charlie.pk).update(is_staff=True)
    enrol(client)
    clock.shift(12 * 3600 + 1)
    assert client.get("/account/").status_code == 302


def test_secrets_are_not_in_the_admin(charlie_client: Client):
    page = charlie_client.get("/admin/").content.decode()
    assert "otp" not in page.lower()
    assert charlie_client.get("/admin/otp_totp/totpdevice/").status_code == 404


def test_the_page_is_not_kept(charlie: User):
    client = signed_in(charlie)
    assert "no-store" in client.get(PAGE)["Cache-Control"]
    answer = client.post(ENROL, {"code": code_of(begin(client))})
    assert "no-store" in answer["Cache-Control"]


# --- Lost ------------------------------------------------------------------------------------------------------------


def test_a_lost_app_is_reset(charlie: User, charlie_client: Client, alice: User):
    keys = [create_key(charlie, name=str(flag), with_second_factor=flag).row for flag in (True, False)]
    said = io.StringIO()
    call_command("reset_second_factor", "Charlie@example.org", stdout=said)
    assert "sets up a new app" in said.getvalue()
    assert charlie_client.get("/account/").status_code == 302
    assert not TOTPDevice.objects.exists()
    assert list(ApiKey.objects.all()) == keys[1:]
    entry = AuditEntry.objects.get(action="reset_second_factor")
    assert (entry.actor, entry.subject, entry.details) == (None, charlie, {"by": "command"})
    charlie.refresh_from_db()
    assert "Set up the app" in signed_in(charlie).get(PAGE).content.decode()


def test_nobody_is_reset():
    with pytest.raises(CommandError, match="Nobody here"):
        call_command("reset_second_factor", "nobody@example.org")


def test_every_page_of_the_admin_knows_the_factor(charlie: User, django_assert_max_num_queries):
    client = staff_client(charlie)
    assert client.get(reverse("admin-monitor")).status_code == 200
    TOTPDevice.objects.all().delete()
    assert client.get(reverse("admin-monitor"))["Location"].startswith("/admin/login/")
