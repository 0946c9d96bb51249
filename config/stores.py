"""Where files are kept, as Django's STORAGES wants it told: a folder, or a bucket that speaks S3."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

SIGNED_URL_LASTS = 300  # seconds


def folder_store() -> dict[str, Any]:
    return {"BACKEND": "generations.stores.folder.FolderStore"}


def s3_store(*, bucket: str, endpoint: str, region: str, key_id: str, secret: str) -> dict[str, Any]:
    """`endpoint` "" is Amazon's own in the region; without keys boto3 looks where it always does (role, profile).

    Raises ImproperlyConfigured.
    """
    from botocore.config import Config  # takes a moment to load, and a folder needs none of it

    if bool(key_id) != bool(secret):
        raise ImproperlyConfigured("S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY go together: set both or none.")
    options = {
        "bucket_name": bucket,
        "endpoint_url": _endpoint(endpoint, region),
        "region_name": region,
        "access_key": key_id or None,
        "secret_key": secret or None,
        # Private, as everything is that is not said to be public: buckets whose owner owns every object (Amazon's
        # default since 2023) answer an ACL, "private" too, with 400. `sync_lifecycle` forbids all public access.
        "default_acl": None,
        "querystring_expire": SIGNED_URL_LASTS,
        "client_config": Config(
            signature_version="s3v4",
            s3={"addressing_style": "path" if endpoint else "virtual"},
            # Other servers than Amazon's know nothing of the newer checksums.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            connect_timeout=5,
            read_timeout=30,
            retries={"mode": "standard", "max_attempts": 3},
        ),
    }
    return {"BACKEND": "generations.stores.s3.S3Store", "OPTIONS": options}


def origin_of(*, bucket: str, endpoint: str, region: str) -> str:
    """Where browsers reach the bucket, for the Content-Security-Policy: "https://files.example.org"."""
    parts = urlsplit(_endpoint(endpoint, region))
    return f"{parts.scheme}://{parts.netloc if endpoint else f'{bucket}.{parts.netloc}'}"


def _endpoint(endpoint: str, region: str) -> str:
    if endpoint and not endpoint.startswith(("https://", "http://")):
        raise ImproperlyConfigured("S3_ENDPOINT_URL must be like https://files.example.org.")
    return endpoint.rstrip("/") or f"https://s3.{region}.amazonaws.com"
