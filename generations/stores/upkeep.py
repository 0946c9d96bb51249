"""What a bucket is told once: what it clears away by itself, who may send to it, and that nothing in it is public."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from math import ceil
from typing import Any

from botocore.exceptions import ClientError

from generations.stores.s3 import S3Store

OURS = "scribblemachine-"  # how the ids of our own rules begin; rules of others stay
GRACE_DAYS = 1  # the clean-up comes first: the store is only the net below it
TIDY = {
    "ID": f"{OURS}tidy",
    "Filter": {"Prefix": ""},
    "Status": "Enabled",
    "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1},
    # Where the bucket keeps versions, what was deleted is to be gone none the less.
    "NoncurrentVersionExpiration": {"NoncurrentDays": 1},
}
PRIVATE = dict.fromkeys(
    ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"), True
)


def lifecycle_rules(ages: Mapping[str, timedelta]) -> list[dict[str, Any]]:
    """A rule for each kind of object that nobody can keep, by the first part of its keys."""
    return [TIDY, *(_expiry(kind, age) for kind, age in ages.items())]


def sync_lifecycle(store: S3Store, ages: Mapping[str, timedelta]) -> None:
    """Replaces our own rules of the bucket. Raises ClientError."""
    asked = {"Bucket": store.bucket_name}
    found = _unless_none(lambda: store.client.get_bucket_lifecycle_configuration(**asked)["Rules"])
    others = [rule for rule in found if not rule.get("ID", "").startswith(OURS)]
    rules = {"Rules": [*others, *lifecycle_rules(ages)]}
    store.client.put_bucket_lifecycle_configuration(**asked, LifecycleConfiguration=rules)


def sync_cors(store: S3Store, origin: str) -> None:
    """Lets pages of `origin` send forms, and nobody else's. Raises ClientError."""
    asked = {"Bucket": store.bucket_name}
    found = _unless_none(lambda: store.client.get_bucket_cors(**asked)["CORSRules"])
    others = [rule for rule in found if not rule.get("ID", "").startswith(OURS)]
    ours = {
        "ID": f"{OURS}uploads",
        "AllowedMethods": ["POST"],
        "AllowedOrigins": [origin],
        "AllowedHeaders": ["*"],
        "MaxAgeSeconds": 3600,
    }
    store.client.put_bucket_cors(**asked, CORSConfiguration={"CORSRules": [*others, ours]})


def keep_private(store: S3Store) -> None:
    """Forbids that anything in the bucket is ever made public. Raises ClientError, also where this is not known."""
    store.client.put_public_access_block(Bucket=store.bucket_name, PublicAccessBlockConfiguration=PRIVATE)


def _expiry(kind: str, age: timedelta) -> dict[str, Any]:
    days = ceil(age / timedelta(days=1)) + GRACE_DAYS
    return {
        "ID": f"{OURS}{kind}",
        "Filter": {"Prefix": f"{kind}/"},
        "Status": "Enabled",
        "Expiration": {"Days": days},
    }


def _unless_none(ask: Callable[[], list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """The rules that are there; S3 answers 404 when there are none."""
    try:
        return ask()
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
            return []
        raise
