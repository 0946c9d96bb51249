"""A service says of many pictures at once that they have ended: p50 and p95 of our answers, over HTTP.

Run: python -m tests.benchmarks.webhooks [--messages 400] [--a-second 50]
"""

import argparse
import json
import os
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from uuid import uuid4

import httpx

from tests.benchmarks.polling import web
from tests.benchmarks.queue import line, p95, prepare
from tests.stand_ins.news import NEW, address, signed

JOBS = 50
CONNECTIONS = 16


def attempts() -> list[tuple[str, str]]:
    """(attempt, what the service calls its picture), of pages that are drawn elsewhere."""
    from generations.models import Attempt
    from tests.factories import create_job, create_user, only_render

    user = create_user(credits=JOBS)
    told = [(only_render(create_job(user)), uuid4().hex) for _ in range(JOBS)]
    about = {"provider": "replicate", "number": 1, "claim_no": 1}
    made = [Attempt(render=render, external_id=name, **about) for render, name in told]
    return [(str(one.pk), one.external_id) for one in Attempt.objects.bulk_create(made)]


def measure(port: int, told: list[tuple[str, str]], messages: int, a_second: float) -> None:
    seconds, statuses, own = list[float](), Counter[int](), threading.local()
    begun = time.monotonic()

    def tell(number: int) -> None:
        if not hasattr(own, "client"):
            own.client = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30, trust_env=False)
        attempt, name = told[number % len(told)]
        data = json.dumps({"id": name, "status": "succeeded"}).encode()
        headers = {**signed(data, f"msg_{number}"), "Content-Type": "application/json"}
        time.sleep(max(0.0, begun + number / a_second - time.monotonic()))
        started = time.perf_counter()
        answer = own.client.post(address(attempt), content=data, headers=headers)
        seconds.append(time.perf_counter() - started)
        statuses[answer.status_code] += 1

    with ThreadPoolExecutor(CONNECTIONS) as services:
        list(services.map(tell, range(messages)))
    said = f"p50 {median(seconds) * 1000:.1f} ms, p95 {p95(seconds) * 1000:.1f} ms, {dict(statuses)}"
    line(f"{messages} messages, {a_second:g} a second", said)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--messages", type=int, default=400)
    options.add_argument("--a-second", type=float, default=50)
    chosen = options.parse_args()
    os.environ["REPLICATE_WEBHOOK_SECRET"] = NEW
    prepare()
    told = attempts()
    line("load of the machine before", f"{os.getloadavg()[0]:.1f}")
    with web(2) as (port, _server):
        measure(port, told, chosen.messages, chosen.a_second)


if __name__ == "__main__":
    main()
