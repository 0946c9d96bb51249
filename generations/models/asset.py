"""A stored file: who owns it, what it is, where it lies and until when."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from generations.models.owned import OwnedQuerySet, has_one_owner
from generations.states import LIVE
from generations.uploads.frame import Frame

if TYPE_CHECKING:
    from generations.models.render import Render


class AssetQuerySet(OwnedQuerySet["Asset"]):
    def originals(self) -> Self:
        return self.filter(kind=Asset.Kind.ORIGINAL)

    def photos(self) -> Self:
        """Originals, and what was framed of them."""
        return self.filter(kind__in=(Asset.Kind.ORIGINAL, Asset.Kind.FRAMED))

    def family_of(self, photo: "Asset") -> Self:
        """The original and everything that was ever framed of it."""
        return self.filter(Q(pk=photo.original_pk) | Q(source=photo.original_pk))

    def showing(self, renders: "models.QuerySet[Render]") -> Self:
        """The files of these pictures, and the PDFs that any of them is on."""
        pdfs = self.model.objects.filter(printed__render__in=renders)
        return self.filter(Q(render__in=renders) | Q(pk__in=pdfs.values("pk")))

    def same_photo(self, upload_sha256: str, *, at: datetime) -> Self:
        """Those that came as the very same bytes and are still kept."""
        return self.filter(upload_sha256=upload_sha256, expires_at__gt=at)

    def expired(self, *, at: datetime) -> Self:
        """Past their date, but for the files of pictures that are kept and the photos that a live job still needs."""
        needed = Q(job_inputs__job__renders__status__in=LIVE) | Q(render__status__in=LIVE)
        needed |= Q(render__kept=True) | Q(render__edits__renders__status__in=LIVE)
        return self.filter(expires_at__lt=at).exclude(pk__in=self.model.objects.filter(needed).values("pk"))


class Asset(models.Model):
    """An object in the store. The object is written before this row and deleted before it."""

    class Kind(models.TextChoices):
        ORIGINAL = "original"
        FRAMED = "framed"  # a part of an original, turned perhaps; never changed once it is there
        INTERMEDIATE = "intermediate"
        DRAWING = "drawing"
        SVG = "svg"
        PNG = "png"
        PICTURE = "picture"
        COLOURED = "coloured"
        PREVIEW = "preview"
        THUMBNAIL = "thumbnail"
        PDF = "pdf"
        EXPORT = "export"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="assets"
    )
    anonymous_key = models.CharField(max_length=64, blank=True, db_index=True)
    render = models.ForeignKey(
        "generations.Render", null=True, on_delete=models.PROTECT, related_name="assets", db_index=False
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    storage_key = models.CharField(max_length=160, unique=True)
    content_type = models.CharField(max_length=40)
    width = models.PositiveIntegerField(null=True)  # px
    height = models.PositiveIntegerField(null=True)  # px
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    # Of an upload as it came, so that the same photo is recognised; "" on everything else.
    upload_sha256 = models.CharField(max_length=64, blank=True, db_default="", default="")
    removed = models.JSONField(default=list)  # what we took out of an upload: "location", "camera", ...
    # SET_NULL: a clean-up meets an original and its framed copies in any order.
    source = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="framings")
    frame = models.JSONField(null=True)  # of a framed copy: a Frame as a dict
    framed_as = models.ForeignKey(  # of an original: the copy that is drawn in its place now
        "self", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    faces = models.PositiveSmallIntegerField(null=True)  # found on an upload; None: not looked for
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()

    objects = AssetQuerySet.as_manager()

    class Meta:
        constraints = (
            has_one_owner("asset_has_one_owner"),
            models.UniqueConstraint(
                fields=["render", "kind"], condition=Q(render__isnull=False), name="asset_once_a_render"
            ),
            models.CheckConstraint(
                condition=Q(kind="framed", frame__isnull=False)
                | (~Q(kind="framed") & Q(frame__isnull=True, source=None)),
                name="asset_framed_says_how",
            ),
            models.CheckConstraint(
                condition=Q(kind="original") | Q(framed_as=None), name="asset_only_originals_are_framed"
            ),
            models.UniqueConstraint(
                fields=["user", "upload_sha256"],
                condition=Q(user__isnull=False) & ~Q(upload_sha256=""),
                name="asset_same_photo_once_a_user",
            ),
            models.UniqueConstraint(
                fields=["anonymous_key", "upload_sha256"],
                condition=~Q(anonymous_key="") & ~Q(upload_sha256=""),
                name="asset_same_photo_once_a_visitor",
            ),
        )
        indexes = (
            models.Index(fields=["expires_at"], name="asset_expires_at"),
            models.Index(fields=["user", "kind", "-created_at"], name="asset_user_kind_newest"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def in_frame(self) -> "Asset":
        """What is drawn of this photo: the part that its owner chose, or all of it."""
        return self.framed_as or self

    @property
    def chosen_frame(self) -> Frame:
        """How this photo is drawn."""
        return Frame(**(self.in_frame.frame or {}))

    @property
    def original_pk(self) -> uuid.UUID:
        """The photo that this is, or that this is a part of."""
        return self.source_id or self.pk
