"""What Replicate tells us by itself: messages signed as Standard Webhooks 1.0 says, and forgeries of them."""

import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from django.test import Client
from standardwebhooks.webhooks import Webhook

OLD, NEW = "whsec_" + "b2xk" * 8, "whsec_" + "bmV3" * 8
ENDED = {"id": "prediction1", "status": "succeeded", "output": "https://evil.example/x.png"}


def address(attempt: object) -> str:
    return f"/api/v1/webhooks/replicate/{attempt}"


def signed(data: bytes, event_id: str, *, secret: str = NEW, age: timedelta = timedelta(0)) -> dict[str, str]:
    """The headers of a message."""
    at = datetime.now(UTC) - age
    return {
        "webhook-id": event_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign(event_id, at, data.decode("latin-1")),
    }


def send(
    attempt: object,
    body: object = ENDED,
    *,
    secret: str = NEW,
    event_id: str = "",
    age: timedelta = timedelta(0),
    told: bytes = b"",
    **changed: str,
) -> int:
    """Posts a signed message; the status of the answer. `told` is sent in the place of what was signed."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    usual = signed(data, event_id or f"msg_{uuid4().hex}", secret=secret, age=age)
    headers = {**usual, **{name.replace("_", "-"): value for name, value in changed.items()}}
    headers = {name: value for name, value in headers.items() if value}
    answer = Client().post(address(attempt), told or data, content_type="application/json", headers=headers)
    return answer.status_code
