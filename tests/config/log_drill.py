"""A family's whole way in a process of its own, so that what it logs is what a server logs. See test_logs.py."""

import django

django.setup()

import json  # noqa: E402

from django.core import mail  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from accounts.models import User  # noqa: E402
from generations.lineart.page import Rectangle  # noqa: E402
from generations.models import Job  # noqa: E402
from generations.printing import PrintPage, render_pdf, words  # noqa: E402
from tests.factories import create_photo, draw_all  # noqa: E402

ADDRESS = "olga.family@example.org"
PROMPT = "a hedgehog for little Mia"
BREAKS = f"sleep {PROMPT}"  # no number of seconds: the provider falls over its words
TITLE, CHILD = "Our garden in May", "Mia Mustermann"
REQUEST = "request-no-1234"
PAGE = '<svg xmlns="http://www.w3.org/2000/svg" width="210mm" height="297mm" viewBox="0 0 210 297"/>'


def sign_in(client: Client) -> None:
    """By the mailed code, after a look at the link and a wrong code."""
    client.post("/sign-in/", {"email": ADDRESS})
    words = mail.outbox[0].body.split()
    link = next(word for word in words if "/sign-in/" in word)
    code = next(word for word in words if len(word) == 6 and word.isdigit())
    client.get(link.removeprefix("http://testserver").removeprefix("http://127.0.0.1:8000"))
    client.post("/sign-in/wait/", {"code": "000000"})
    client.post("/sign-in/wait/", {"code": code})
    print(json.dumps({"token": link.rstrip("/").rpartition("/")[2], "code": code}))


def ask(client: Client, prompt: str) -> Job:
    photo = create_photo(User.objects.get(email=ADDRESS))
    body = {"upload_ids": [str(photo.pk)], "prompt": prompt}
    response = client.post("/api/v1/generations", body, content_type="application/json")
    return Job.objects.get(pk=response.json()["data"]["id"])


def main() -> None:
    call_command("migrate", verbosity=0)
    client = Client(headers={"X-Request-ID": REQUEST})
    sign_in(client)
    ask(client, PROMPT)
    draw_all()
    job = ask(client, BREAKS)
    draw_all()
    client.post(f"/jobs/{job.pk}/cancel/", {"reason": PROMPT})
    client.get("/health/worker", {"q": PROMPT})  # 503, of which Django tells
    render_pdf([PrintPage(PAGE, words(Rectangle(10, 10, 190, 277), TITLE, CHILD))], 210, 297)


if __name__ == "__main__":
    setup_test_environment(debug=True)  # mails stay in memory
    main()
