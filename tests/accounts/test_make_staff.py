import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import AuditEntry, User
from tests.accounts.mail import ask, mailed_link

pytestmark = pytest.mark.django_db


def make_staff(email: str) -> str:
    said = io.StringIO()
    call_command("make_staff", email, stdout=said)
    return said.getvalue()


def test_somebody_new_becomes_staff_and_signs_in_by_mail(client: Client):
    assert "charlie@example.org is staff now" in make_staff("Charlie@Example.org")
    ask(client, "charlie@example.org", next_path="/admin/")
    chain = client.post(mailed_link(), follow=True).redirect_chain
    assert chain[0] == ("/admin/", 302)
    assert chain[-1] == ("/account/second-factor/?next=/admin/", 302)
    assert AuditEntry.objects.get().action == "make_staff"


def test_somebody_known_is_promoted(alice: User):
    make_staff(alice.email)
    alice.refresh_from_db()
    assert (alice.is_staff, alice.is_superuser, alice.has_usable_password()) == (True, True, False)


def test_a_bad_address_is_refused():
    with pytest.raises(CommandError, match="is no e-mail address"):
        make_staff("charlie")
