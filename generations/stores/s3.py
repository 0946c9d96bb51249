"""A private bucket of Amazon S3, or of a server that speaks its language. Nothing in it can be read without a signature."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from botocore.exceptions import ClientError
from django.core.files import File
from django.utils.http import content_disposition_header
from storages.backends.s3 import S3Storage

from generations.stores.base import Form

DONE = "204"  # what the store answers to a form it has taken
IN_MEMORY = 4 * 1024 * 1024  # bytes of an object in hand; a larger one lies in a temporary file


class S3Store(S3Storage):
    """Browsers send photos to it and fetch downloads from it themselves, by addresses that we sign for a few minutes."""

    @property
    def client(self) -> Any:
        """The client underneath, of this thread."""
        return self.connection.meta.client

    def _open(self, name: str, mode: str = "rb") -> File:
        """The whole object, fetched at once and by one request, so that whatever fails does so here."""
        with self._body(name) as body, ExitStack() as unless_given:
            spool = unless_given.enter_context(SpooledTemporaryFile(max_size=IN_MEMORY))
            shutil.copyfileobj(body, spool)
            spool.seek(0)
            unless_given.pop_all()  # whoever asked closes it
            return File(spool, name)

    def beginning(self, name: str, most: int) -> bytes:
        with self._body(name, Range=f"bytes=0-{most - 1}") as body:
            return body.read(most)

    def _body(self, name: str, **wishes: str) -> IO[bytes]:
        try:
            return self.bucket.Object(name).get(**wishes)["Body"]
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                raise FileNotFoundError(name) from error
            raise

    def every_object(self) -> Iterator[tuple[str, datetime]]:
        """By one listing, a thousand at a time: asking for each by itself would take minutes."""
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket_name)
        return ((found["Key"], found["LastModified"]) for page in pages for found in page.get("Contents", ()))

    def upload_form(self, name: str, *, content_type: str, most: int, lasts: int) -> Form:
        """A presigned POST, not a PUT: only a form's policy can bound the size."""
        fields = {"Content-Type": content_type, "success_action_status": DONE}
        conditions: list[Any] = [{key: value} for key, value in fields.items()]
        signed = self.client.generate_presigned_post(
            self.bucket_name,
            name,
            Fields=fields,
            Conditions=[*conditions, ["content-length-range", 1, most]],
            ExpiresIn=lasts,
        )
        return Form(signed["url"], signed["fields"])

    def download_url(self, name: str, *, filename: str, content_type: str) -> str:
        disposition = content_disposition_header(as_attachment=True, filename=filename)
        answer = {"ResponseContentDisposition": disposition, "ResponseContentType": content_type}
        return self.url(name, parameters=answer)
