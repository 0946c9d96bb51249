"""What a bucket is told by `sync_lifecycle`."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.s3_server import Bucket

OTHERS = {"ID": "logs", "Filter": {"Prefix": "logs/"}, "Status": "Enabled", "Expiration": {"Days": 9}}


def lifecycle(bucket: Bucket) -> dict[str, dict[str, Any]]:
    rules = bucket.client.get_bucket_lifecycle_configuration(Bucket=bucket.name)["Rules"]
    assert len({rule["ID"] for rule in rules}) == len(rules)
    return {rule["ID"]: rule for rule in rules}


def test_only_what_nobody_can_keep_is_cleared_away(bucket: Bucket):
    call_command("sync_lifecycle")
    rules = lifecycle(bucket).values()
    days = {rule["Filter"]["Prefix"]: rule["Expiration"]["Days"] for rule in rules if "Expiration" in rule}
    assert days == {"incoming/": 2, "intermediate/": 3, "export/": 2}
    [tidy] = [rule for rule in rules if "Expiration" not in rule]
    assert tidy["AbortIncompleteMultipartUpload"] == {"DaysAfterInitiation": 1}
    assert tidy["NoncurrentVersionExpiration"] == {"NoncurrentDays": 1}


def test_rules_of_others_stay_and_ours_are_there_once(bucket: Bucket):
    configuration = {"Rules": [OTHERS]}
    bucket.client.put_bucket_lifecycle_configuration(Bucket=bucket.name, LifecycleConfiguration=configuration)
    cors = {"AllowedMethods": ["GET"], "AllowedOrigins": ["https://other.example"]}
    bucket.client.put_bucket_cors(Bucket=bucket.name, CORSConfiguration={"CORSRules": [cors]})
    for _time in range(2):
        call_command("sync_lifecycle")
    assert lifecycle(bucket)["logs"]["Expiration"] == {"Days": 9}
    assert len(lifecycle(bucket)) == 5
    found = bucket.client.get_bucket_cors(Bucket=bucket.name)["CORSRules"]
    assert [rule["AllowedMethods"] for rule in found] == [["GET"], ["POST"]]


def test_our_own_pages_may_send_and_nobody_elses(bucket: Bucket, settings: Any):
    settings.PUBLIC_URL = "https://pages.example.org"
    call_command("sync_lifecycle")
    [rule] = bucket.client.get_bucket_cors(Bucket=bucket.name)["CORSRules"]
    assert (rule["AllowedOrigins"], rule["AllowedMethods"]) == (["https://pages.example.org"], ["POST"])


def test_nothing_may_be_made_public(bucket: Bucket):
    call_command("sync_lifecycle")
    found = bucket.client.get_public_access_block(Bucket=bucket.name)["PublicAccessBlockConfiguration"]
    assert set(found.values()) == {True}
    assert len(found) == 4


def test_a_bucket_that_is_not_there(bucket: Bucket):
    bucket.client.delete_bucket(Bucket=bucket.name)
    with pytest.raises(CommandError, match="refused"):
        call_command("sync_lifecycle")


def test_a_folder_has_no_rules():
    with pytest.raises(CommandError, match="S3_BUCKET"):
        call_command("sync_lifecycle")
