"""Mails: a subject, a text and an HTML body from templates/emails/."""

from collections.abc import Mapping

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.links import Secrets


def send_sign_in(*, to: str, secrets: Secrets, site_url: str) -> None:
    """The mail with link and code. Raises OSError (smtplib's errors are such) when it cannot be handed over."""
    minutes = int(settings.SIGN_IN_LINK_AGE.total_seconds() // 60)
    path = reverse("accounts:sign_in_link", args=[secrets.token])
    send("sign_in", to=to, context={"link": f"{site_url}{path}", "code": secrets.code, "minutes": minutes})


def send(name: str, *, to: str, context: Mapping[str, object]) -> None:
    """Sends emails/<name>-{subject.txt,body.txt,body.html} to one address."""
    subject = " ".join(render_to_string(f"emails/{name}-subject.txt", dict(context)).split())
    mail = EmailMultiAlternatives(
        subject, render_to_string(f"emails/{name}-body.txt", dict(context)), to=[to]
    )
    mail.attach_alternative(render_to_string(f"emails/{name}-body.html", dict(context)), "text/html")
    mail.send()
