"""What the API takes and says about jobs, pictures and photos. Names of product and API, not of tables."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import ConfigDict

from generations.modes.coloring import Box
from generations.modes.page import Complexity
from generations.printing.wishes import (
    CrayonSet,
)
from generations.uploads.frame import Frame

MOST_PHOTOS = 24
LONGEST_TEXT = 120

Paper = Literal["a4", "letter"]
LineThickness = Literal["thin", "medium", "thick"]


class Input(Schema):
    """Base of every body: what we do not know is refused, so nobody sets a price or a status."""

    model_config = ConfigDict(extra="forbid", strict=True)


class JobIn(Input):
    """A job. `params` are the mode's own, see `GET modes`. The key may come as header Idempotency-Key instead."""

    mode: str = "coloring"
    upload_ids: list[str] = Field(default_factory=list, max_length=MOST_PHOTOS)
    params: dict[str, Any] = Field(default_factory=dict)
    prompt: str = ""
    plan_id: str | None = Field(None, description="Of a set of pages: see `POST plans`")
    idempotency_key: str = ""
    email_when_ready: bool = Field(False, description="A mail to the account's address when it has ended")


class RetuneIn(Input):
    """What to change, by the names of the mode's parameters (see `GET modes`); the rest stays."""

    line_thickness: LineThickness | None = None
    paper: Paper | None = None
    simplify: Literal[0, 1, 2, 3] | None = None
    frame: bool | None = None
    mirror: bool | None = None
    background: bool | None = None


class EditIn(Input):
    """What shall be changed on a picture, in words."""

    prompt: str = ""
    idempotency_key: str = ""


class PictureIn(Input):
    """What to change of a picture; what is left out stays as it is."""

    title: str | None = None
    kept: bool | None = None
    offered: bool | None = Field(
        None, description="Whether everyone may see it, with its prompt; drawn from an idea only"
    )


class RedoIn(Input):
    """How a page is drawn again; without a complexity as it was."""

    complexity: Complexity | None = None
    idempotency_key: str = ""


class ByNumberIn(Input):
    """Which crayons there are, and the paper. Without a paper it is laid out on its own."""

    crayons: CrayonSet = 12
    paper: Paper | None = None


class KeyEntry(Schema):
    """A crayon of the key and how many areas have its number. A crayon has the same number on every page."""

    number: int
    name: str
    hex: str
    areas: int


class FrameIn(Input):
    """What of a photo is drawn: quarter turns clockwise first, then a part of the turned photo. What is left out is as
    the photo came."""

    turn: Literal[0, 90, 180, 270] = 0
    crop: Box | None = None

    @property
    def frame(self) -> Frame:
        return Frame(self.turn, **(self.crop.model_dump() if self.crop else {}))


class Framed(Schema):
    """The part of a photo that is drawn, and its size in px."""

    turn: int
    crop: Box
    width: int
    height: int


class UploadIn(Input):
    """A photo to be sent: its type as a browser names it (image/jpeg, image/png, image/webp, image/heic), its size."""

    content_type: str = Field(max_length=40)
    bytes: int = Field(ge=1)


class UploadForm(Schema):
    """Where to send it: `method` to `url` as multipart/form-data, `fields` first and then the photo, named "file"."""

    id: UUID
    method: Literal["POST"] = "POST"
    url: str
    fields: dict[str, str]
    expires_at: datetime


class Upload(Schema):
    """A stored photo, upright and without metadata. `removed` names what was taken out of it; `was_known` says that it
    is the one that came as the same bytes before; `frame` says which part of it is drawn, null for all of it.

    `faces` is how many faces were found on what is drawn, null where this site does not look for them. Pages with a
    face on them should be shared only with people who may see it.
    """

    id: UUID
    width: int
    height: int
    bytes: int
    removed: list[str]
    faces: int | None
    expires_at: datetime
    was_known: bool
    frame: Framed | None


class Progress(Schema):
    """0-100, never going back, and a sentence for the parent."""

    percent: int
    message: str


class Problem(Schema):
    """Why something did not work, in plain words."""

    code: str
    message: str


class Verdict(Schema):
    """What the quality gate found. `problem` is "" on a page that passes, else a stable code."""

    ok: bool
    problem: str
    message: str


class IdeaWords(Schema):
    """The words of an idea that are drawn, and those that are not known."""

    known: list[str]
    unknown: list[str]


class Picture(Schema):
    """A render. `url` and `thumbnail_url` only when it is delivered; `verdict` once a page was measured, good or not."""

    id: UUID
    position: int
    status: str
    title: str
    caption: str
    url: str | None
    thumbnail_url: str | None
    error: Problem | None
    verdict: Verdict | None
    idea: IdeaWords | None
    duration_ms: int | None


class PictureItem(Picture):
    """A picture on its own, with the job that it belongs to. `expires_at` is null while it is kept, or not there."""

    job_id: UUID
    mode: str
    version: int
    kept: bool
    offered: bool
    created_at: datetime
    expires_at: datetime | None


class Pictures(Schema):
    """Some pictures, all of them."""

    items: list[PictureItem]


class PictureList(Pictures):
    """A page of pictures, newest first; `next_cursor` is null on the last one."""

    next_cursor: str | None


class JobItem(Schema):
    """A job in a list."""

    id: UUID
    mode: str
    status: str
    progress: Progress
    created_at: datetime
    started_at: datetime | None
    completed_at: datetime | None
    renders: list[Picture]


class BookPage(Schema):
    """A page of a book, by the position of its photo. `picture` is what it shows now: the newest of its versions, edits
    and what was drawn again, null while there is none; `error` says why not."""

    position: int
    caption: str
    picture: Picture | None
    error: Problem | None


class Book(Schema):
    """A book: its pages in order, and the positions that are left out of it."""

    title: str
    child_name: str
    final_caption: str
    pages: list[BookPage]
    left_out: list[int]


class JobDetail(JobItem):
    """A job with its place in the queue and its time left; of a book with its pages."""

    book: Book | None
    queue_position: int | None
    estimated_completion: datetime | None
    error: Problem | None


class JobList(Schema):
    """A page of jobs, newest first; `next_cursor` is null on the last one."""

    items: list[JobItem]
    next_cursor: str | None


class JobAccepted(Schema):
    """A job that was taken and charged."""

    id: UUID
    status: str
    estimated_seconds: int | None
    remaining_credits: int


class Deleted(Schema):
    """What is gone."""

    id: UUID


class Pdf(Schema):
    """A PDF, and where to fetch it: at once, or where it is not `ready` as soon as that no longer answers CONFLICT."""

    id: UUID
    url: str
    ready: bool
    expires_at: datetime | None


class ByNumber(Schema):
    """A page by number: its key, a PDF with the solution on a second sheet, and the sheet as SVG."""

    crayons: CrayonSet
    key: list[KeyEntry]
    pdf: Pdf
    svg_url: str


class PhotoCount(Schema):
    """How many photos a mode takes."""

    least: int
    most: int


class FinishInfo(Schema):
    """A way in which pictures of a mode can end, and whether it can be drawn here (`reason` says why not)."""

    name: str
    available: bool
    reason: str


class ModeInfo(Schema):
    """A mode: what it takes, as JSON Schema, and whether it can be drawn here (`reason` says why not).

    `finishes` are the values of its parameter `finish`, the usual one first; with one alone there is no such parameter.
    `edit` takes no photos: it starts from a picture (`POST renders/{id}/edits`).
    """

    name: str
    label: str
    description: str
    available: bool
    reason: str
    finishes: list[FinishInfo]
    photos: PhotoCount
    credits: int
    parameters: dict[str, Any]
