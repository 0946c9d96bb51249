"""Jobs of every mode."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Header, Query, Router, Status
from ninja.decorators import decorate_view

from accounts.access import not_there
from accounts.models import User
from config.api_auth import caller
from config.conditional import is_known, only_when_new
from config.cursors import MOST_PAGE_SIZE, PAGE_SIZE, newest_page
from config.envelope import Ok, answers
from credits.models import CreditAccount, UsageEvent
from generations import schemas
from generations.access import get_job, get_photos, get_plan
from generations.actions import arrange_book, cancel_job, delete_job, look_soon, retry_job, submit
from generations.api import present
from generations.api.quota import tell_remaining
from generations.glance import glance_at
from generations.models import Job
from generations.modes import MODES
from generations.progress import progress_of

router = Router(tags=["jobs"])
IdempotencyKey = Annotated[
    str, Header(alias="Idempotency-Key", description="The same key gives the same job")
]
REFUSALS = (
    "NO_CREDITS",
    "FORBIDDEN",
    "NOT_FOUND",
    "GENERATION_IN_FLIGHT",
    "CONTENT_REJECTED",
    "IDEMPOTENCY_MISMATCH",
    "MODE_UNAVAILABLE",
    "UPLOAD_TOO_LARGE",
    "GONE",
    "RATE_LIMITED",
    "SERVICE_UNAVAILABLE",
)
Accepted = Ok[schemas.JobAccepted]
Detail = Ok[schemas.JobDetail]


class CaptionIn(schemas.Input):
    """The words of a page: below one of a book; of a set its title too, which stays where it is left out."""

    position: int
    caption: str
    title: str | None = None


class BookIn(schemas.Input):
    """How a book is to be; what is left out stays. `pages` are the positions in their order: those that are not named
    are not in the book, until they are named again. `final_caption` is for sets of pages."""

    pages: list[int] | None = None
    title: str | None = None
    child_name: str | None = None
    final_caption: str | None = None
    captions: list[CaptionIn] = Field(default_factory=list, max_length=schemas.MOST_PHOTOS)

    @property
    def captions_by_position(self) -> dict[int, str]:
        return {one.position: one.caption for one in self.captions}

    @property
    def titles_by_position(self) -> dict[int, str]:
        return {one.position: one.title for one in self.captions if one.title is not None}

    @property
    def words(self) -> dict[str, str]:
        """Title, name and the words at the end, where they are named."""
        words = {"title": self.title, "child_name": self.child_name, "final_caption": self.final_caption}
        return {name: text for name, text in words.items() if text is not None}


@router.post("", response=answers(schemas.JobAccepted, *REFUSALS, status=202), summary="Ask for pictures")
def job_submit(
    request: HttpRequest, response: HttpResponse, data: schemas.JobIn, idempotency_key: IdempotencyKey = ""
) -> Status[Accepted]:
    """Takes a job and its credits; read it again by its id until it has ended."""
    user = caller(request)
    plan = get_plan(user, data.plan_id) if data.plan_id else None
    job = submit(
        user=user,
        mode=data.mode,
        params=data.params,
        photos=get_photos(user, data.upload_ids),
        prompt=data.prompt,
        plan=plan,
        idempotency_key=idempotency_key or data.idempotency_key,
        email_when_ready=data.email_when_ready,
    )
    return accepted(user, job, response)


@router.get("", response=answers(schemas.JobList), summary="My jobs")
def job_list(
    request: HttpRequest, cursor: str = "", limit: int = Query(PAGE_SIZE, ge=1, le=MOST_PAGE_SIZE)
) -> Ok[schemas.JobList]:
    """Newest first, by cursor."""
    jobs = Job.objects.owned_by(caller(request)).prefetch_related("renders")
    page = newest_page(jobs, by=("created_at", "id"), cursor=cursor, size=limit)
    items = [present.job_item(job) for job in page.rows]
    return Ok[schemas.JobList](data=schemas.JobList(items=items, next_cursor=page.next_cursor or None))


@router.get("{job_id}", response=answers(schemas.JobDetail, "NOT_FOUND") | {304: None}, summary="One job")
@decorate_view(only_when_new)
def job_read(request: HttpRequest, response: HttpResponse, job_id: str) -> Detail | Status[None]:
    """Its progress, place in the queue, time left and pictures. With If-None-Match only when something has happened."""
    user = caller(request)
    glance = glance_at(user, job_id)
    if glance is None:
        raise not_there()
    look_soon(job_id=glance.job_id, stage=glance.stage, at=timezone.now())
    if not MODES[glance.mode].makes_pages:  # pages of a book may be drawn by other jobs
        response["ETag"] = f'W/"{glance.mark}"'
        if is_known(request, response["ETag"]):
            return Status(304, None)
    return detail(get_job(user, job_id))


@router.patch(
    "{job_id}",
    response=answers(schemas.JobDetail, "NOT_FOUND", "CONFLICT", "CONTENT_REJECTED"),
    summary="Arrange a book or a set",
)
def job_arrange(request: HttpRequest, job_id: str, data: BookIn) -> Detail:
    """The order of its pages, its title, whose it is, captions, a set's words at the end; what is not named stays."""
    job = get_job(caller(request), job_id)
    captions, titles = data.captions_by_position, data.titles_by_position
    return detail(arrange_book(job=job, order=data.pages, captions=captions, titles=titles, **data.words))


@router.post(
    "{job_id}/cancel", response=answers(schemas.JobDetail, "NOT_FOUND", "CONFLICT"), summary="Cancel a job"
)
def job_cancel(request: HttpRequest, job_id: str) -> Detail:
    """Stops it; the credits of what was not delivered come back."""
    return detail(cancel_job(job=get_job(caller(request), job_id)))


@router.post(
    "{job_id}/retry",
    response=answers(schemas.JobAccepted, *REFUSALS, status=202),
    summary="The same again",
)
def job_retry(
    request: HttpRequest, response: HttpResponse, job_id: str, idempotency_key: IdempotencyKey = ""
) -> Status[Accepted]:
    """A new job with the inputs of one that has ended."""
    user = caller(request)
    job = retry_job(job=get_job(user, job_id), idempotency_key=idempotency_key)
    return accepted(user, job, response)


@router.delete(
    "{job_id}",
    response=answers(schemas.Deleted, "NOT_FOUND", "SERVICE_UNAVAILABLE"),
    summary="Delete a job and its pictures",
)
def job_delete(request: HttpRequest, job_id: str) -> Ok[schemas.Deleted]:
    """Gone at once, cancelled first when it still runs. The photo stays."""
    job = get_job(caller(request), job_id)
    gone = schemas.Deleted(id=job.pk)
    delete_job(job=job)
    return Ok[schemas.Deleted](data=gone)


def accepted(user: User, job: Job, response: HttpResponse) -> Status[Accepted]:
    tell_remaining(response, user, UsageEvent.Kind.GENERATION)
    data = schemas.JobAccepted(
        id=job.pk,
        status=job.status,
        estimated_seconds=progress_of(job, at=timezone.now()).seconds_left,
        remaining_credits=CreditAccount.objects.balance_of(user),
    )
    return Status(202, Accepted(data=data))


def detail(job: Job) -> Detail:
    return Detail(data=present.job_detail(job, at=timezone.now()))
