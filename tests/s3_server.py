"""A server that speaks S3, as a real HTTP server in this process. It believes every signature and holds nobody to a
policy: what must be checked is checked by us.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import boto3
from botocore.config import Config
from moto.moto_server.threaded_moto_server import ThreadedMotoServer

from config.stores import s3_store

KEYS = {"key_id": "tests", "secret": "not-a-secret"}
REGION = "us-east-1"


@dataclass(frozen=True)
class Bucket:
    """A new, empty bucket."""

    endpoint: str
    name: str

    @property
    def client(self) -> Any:
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name=REGION,
            aws_access_key_id=KEYS["key_id"],
            aws_secret_access_key=KEYS["secret"],
        )

    @property
    def keys(self) -> list[str]:
        found = self.client.list_objects_v2(Bucket=self.name)
        return [entry["Key"] for entry in found.get("Contents", ())]


@contextmanager
def running_s3() -> Iterator[str]:
    """Yields its address."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    try:
        yield f"http://{host}:{port}"
    finally:
        server.stop()


def new_bucket(endpoint: str) -> Bucket:
    bucket = Bucket(endpoint, f"family-{uuid4().hex}")
    bucket.client.create_bucket(Bucket=bucket.name)
    return bucket


def store_settings(endpoint: str, name: str) -> dict[str, Any]:
    """Django's STORAGES entry, made as for production, but giving up after the first try."""
    store = s3_store(bucket=name, endpoint=endpoint, region=REGION, **KEYS)
    impatient = Config(connect_timeout=1, read_timeout=5, retries={"mode": "standard", "max_attempts": 1})
    options = store["OPTIONS"]
    return {**store, "OPTIONS": {**options, "client_config": options["client_config"].merge(impatient)}}
