"""Takes a job: limits, slot, idempotency, price, charge, rows and message in one short transaction."""

import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from config.errors import AppError
from credits import actions as ledger
from credits import limits
from credits.models import CreditAccount, UsageEvent
from credits.plans import limits_of, priority_of
from generations.actions.words import checked_text, fit_for_children
from generations.admission import check_affordable
from generations.character import begins_at
from generations.models import Asset, Job, JobInput, Plan, Render
from generations.models.job import lowest_free
from generations.modes import Mode, get_mode
from generations.permission import check_permission
from generations.planning.begin import begin_plan
from generations.planning.typed import usual_for
from generations.queue import publish
from generations.sources import photos_of, picture_behind
from generations.states import Stage

logger = logging.getLogger(__name__)

KEY_IS_KEPT = timedelta(hours=24)
PLAN_TAKES = timedelta(minutes=5)  # at most, before its pages look whether it is there
LONGEST_KEY = 100
LONGEST_PROMPT = 800
LONGEST_TITLE = 120
FREE_EDITS = 2  # of each picture, whichever of its versions


@dataclass(frozen=True)
class Request:
    """What was asked for, checked against its mode."""

    user: User
    mode: Mode
    params: Mapping[str, object]
    photos: Sequence[Asset]
    prompt: str
    parent: Render | None
    root: Render | None
    typed: Mapping[str, str]
    plan: Plan | None
    key: str
    retry_of: Job | None
    scheduled_at: datetime
    is_free: bool
    email_when_ready: bool

    @property
    def renders(self) -> int:
        """How many: of a set that is there already one page alone."""
        if self.mode.plans_first and self.root:
            return 1
        return self.mode.renders(self.params, photos=len(self.photos))

    @property
    def digest(self) -> str:
        """SHA-256 of everything that makes this request what it is."""
        facts = [self.mode.name, dict(self.params), [str(photo.pk) for photo in self.photos], self.prompt]
        origin = self.parent or self.root
        facts += [str(origin.pk)] if origin else []
        facts += [dict(self.typed)] if self.typed else []
        facts += [str(self.plan.pk), self.plan.result] if self.plan else []
        facts += ["email_when_ready"] if self.email_when_ready else []
        return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def submit(
    *,
    user: User,
    mode: str,
    params: Mapping[str, object],
    photos: Sequence[Asset],
    prompt: str = "",
    parent: Render | None = None,
    root: Render | None = None,
    plan: Plan | None = None,
    idempotency_key: str = "",
    retry_of: Job | None = None,
    scheduled_at: datetime | None = None,
    is_free: bool = False,
    email_when_ready: bool = False,
) -> Job:
    """Accepts a job and charges it, or raises and changes nothing. A free one, staff's gift, counts for no limit either.
    `parent` is the picture that an edit starts from (`edit` checks it), `root` the one that it is a further version of,
    `plan` a ready one; a set of pages without one is planned first of all. `email_when_ready` has its owner told by a mail
    when it has ended.

    The same idempotency key with the same request within 24 hours gives the same job.
    Raises AppError: VALIDATION_ERROR, CONTENT_REJECTED, FORBIDDEN, MODE_UNAVAILABLE, NO_CREDITS, GENERATION_IN_FLIGHT,
    IDEMPOTENCY_MISMATCH, RATE_LIMITED, SERVICE_UNAVAILABLE.
    """
    chosen = get_mode(mode)
    chosen.check_photos(len(photos))
    _check_parent(chosen, parent)
    facts = _facts_of(chosen, plan) if plan else {}
    params = {**_suiting(chosen, plan, params, prompt), **params, **facts}
    request = Request(
        user=user,
        mode=chosen,
        params=chosen.validated(params),
        photos=photos,
        prompt=fit_for_children(
            checked_text(plan.topic if plan else prompt, "prompt", LONGEST_PROMPT), "prompt"
        ),
        parent=parent,
        root=root,
        typed={} if plan else {name: _typed(name, params) for name in chosen.typed},
        plan=plan,
        key=checked_text(idempotency_key, "idempotency_key", LONGEST_KEY),
        retry_of=retry_of,
        scheduled_at=scheduled_at or timezone.now(),
        is_free=is_free,
        email_when_ready=email_when_ready,
    )
    finish = chosen.finish_of(request.params)
    chosen.check_available(finish)
    chosen.check_prompt(request.prompt, finish)
    shows_family = bool(photos or parent)
    artists = check_permission(chosen, finish, user) if shows_family else chosen.providers(finish)
    check_affordable(artists, at=timezone.now())
    return _accept(request)


def retry_job(*, job: Job, idempotency_key: str = "", is_free: bool = False) -> Job:
    """The same again as a new job. Raises CONFLICT while the job runs, GONE when what it is drawn from was deleted."""
    if not job.has_ended:
        raise AppError("CONFLICT", _("This one is still being drawn."))
    photos = photos_of(job.job_inputs.all())
    if len(photos) < get_mode(job.mode).photos_least:
        raise AppError("GONE", _("The photo was deleted in the meantime. Please choose it again."))
    if get_mode(job.mode).changes_picture and (job.parent is None or picture_behind(job.parent) is None):
        raise AppError("GONE", _("The picture was deleted in the meantime."))
    plan = job.plan if job.plan and job.plan.is_ready else None
    return submit(
        user=job.user,
        mode=job.mode,
        params={**job.params, **_typed_for(job)},
        plan=plan,
        photos=photos,
        prompt=job.prompt,
        parent=job.parent,
        root=job.root,
        idempotency_key=idempotency_key,
        retry_of=job,
        is_free=is_free,
    )


def _typed_for(job: Job) -> dict[str, str]:
    """What was typed for a job beside its prompt, wherever it is kept."""
    kept = job.plan if get_mode(job.mode).plans_first else job
    return {name: getattr(kept, name) for name in get_mode(job.mode).typed} if kept else {}


def _suiting(mode: Mode, plan: Plan | None, params: Mapping[str, object], prompt: str) -> dict[str, str]:
    """What suits those for whom a set is, where nobody says otherwise."""
    if not mode.plans_first:
        return {}
    typed = (str(params.get("audience", "")), prompt)
    audience, topic = (plan.audience, plan.topic) if plan else typed
    return usual_for(audience[:LONGEST_PROMPT], topic[:LONGEST_PROMPT])


def _facts_of(mode: Mode, plan: Plan) -> dict[str, object]:
    """The parameters that a plan decides. Raises VALIDATION_ERROR, CONFLICT."""
    if not mode.plans_first:
        problem = _("Only sets of pages are drawn from a plan.")
        raise AppError("VALIDATION_ERROR", problem, details={"plan_id": [problem]})
    if not plan.is_ready:
        raise AppError("CONFLICT", _("This plan is not ready."))
    return {"slides": plan.slides, "finish": plan.finish}


def _check_parent(mode: Mode, parent: Render | None) -> None:
    if mode.changes_picture and parent is None:
        problem = _("Please choose a picture of yours, and say what shall be changed.")
        raise AppError("VALIDATION_ERROR", problem, details={"mode": [problem]})


def _typed(name: str, params: Mapping[str, object]) -> str:
    """One of the validated parameters that somebody typed. Raises VALIDATION_ERROR, CONTENT_REJECTED."""
    return fit_for_children(checked_text(str(params.get(name, "")), name, LONGEST_PROMPT), name)


@transaction.atomic
def _accept(request: Request) -> Job:
    account = CreditAccount.objects.locked(request.user)
    if earlier := _same_request(request):
        return earlier
    now = timezone.now()
    slot = _free_slot(request.user) if request.scheduled_at <= now else None
    price = _price_of(request)
    if not request.is_free:
        _check_balance(account, price, request.renders)
        kind = UsageEvent.Kind.GENERATION
        limits.use(user=request.user, account=account, kind=kind, count=request.renders, at=now)
    job = _create_job(request, slot)
    renders = [_create_render(request, job, position, price) for position in range(request.renders)]
    for render in renders:
        ledger.charge(account=account, price=render.price, job_uuid=job.pk, render_uuid=render.pk)
        publish()
    logger.info("job accepted", extra={"job": str(job.pk), "render": str(renders[0].pk)})
    return job


def _price_of(request: Request) -> int:
    """Credits a render: the first edits of a picture are free. Under the account's lock, as it counts them."""
    is_first = request.parent and free_edits_left(request.parent) > 0
    return 0 if request.is_free or is_first else request.mode.price


def free_edits_left(picture: Render) -> int:
    """How many more edits of this picture, or of its other versions, cost nothing."""
    return max(0, FREE_EDITS - Job.objects.edits_of(picture.root).count())


def _create_render(request: Request, job: Job, position: int, price: int) -> Render:
    is_waiting = job.plan and job.plan.is_being_made
    begins = job.scheduled_at + PLAN_TAKES if is_waiting else begins_at(job, position, at=job.scheduled_at)
    return Render.objects.create(
        job=job,
        position=position,
        params=dict(request.params),
        **_words_of(request, job, position),
        price=price,
        priority=job.priority,
        not_before=begins,
    )


def _words_of(request: Request, job: Job, position: int) -> dict[str, str]:
    """What a picture shows, and what stands with it."""
    if not request.mode.plans_first:
        return {"prompt": request.prompt}
    if request.root:
        return {name: getattr(request.root, name) for name in ("prompt", "title", "caption")}
    if job.plan is None or not job.plan.is_ready:
        return {}
    slide = job.plan.result["slides"][position]
    return {"prompt": slide["image_prompt"], "title": slide["title"], "caption": slide["caption"]}


def _same_request(request: Request) -> Job | None:
    if not request.key:
        return None
    own = Job.objects.owned_by(request.user)
    own.filter(idempotency_key=request.key, created_at__lt=timezone.now() - KEY_IS_KEPT).update(
        idempotency_key=""
    )
    earlier = own.filter(idempotency_key=request.key).first()
    if earlier and earlier.request_hash != request.digest:
        raise AppError("IDEMPOTENCY_MISMATCH", _("This key was used for another request."))
    return earlier


def _free_slot(user: User) -> int:
    """The lowest free slot of the plan. Raises GENERATION_IN_FLIGHT with the newest running job."""
    running = Job.objects.owned_by(user).in_flight()
    slot = lowest_free(running.values_list("slot", flat=True))
    if slot > limits_of(user).jobs_in_flight:
        raise _in_flight(running.newest_first()[0])
    return slot


def _in_flight(job: Job) -> AppError:
    details = {
        "job_id": [str(job.pk)],
        "started_at": [(job.started_at or job.created_at).isoformat()],
        "progress": [str(job.progress_percent)],
    }
    return AppError("GENERATION_IN_FLIGHT", _("Please wait until this one is finished."), details=details)


def _check_balance(account: CreditAccount, price: int, renders: int) -> None:
    if account.balance < price:
        raise AppError("NO_CREDITS", _("You have no credits left for this page."))
    if account.balance < price * renders:
        enough = account.balance // price
        problem = ngettext(
            "Your credits are enough for %(enough)d page.",
            "Your credits are enough for %(enough)d pages.",
            enough,
        )
        raise AppError("NO_CREDITS", problem % {"enough": enough})


def _kept_with(request: Request) -> dict[str, object]:
    """Where the words beside the prompt are kept: with the plan of a set of pages, else with the job."""
    if not request.mode.plans_first:
        return dict(request.typed)
    title = request.prompt[:LONGEST_TITLE]
    if request.plan:
        return {"plan": request.plan, "title": title, "final_caption": request.plan.result["final_caption"]}
    plan = begin_plan(
        user=request.user,
        topic=request.prompt,
        slides=request.renders,
        finish=request.mode.finish_of(request.params),
        **request.typed,
    )
    return {"plan": plan, "stage": Stage.PLANNING, "title": title}


def _create_job(request: Request, slot: int | None) -> Job:
    job = Job.objects.create(
        user=request.user,
        mode=request.mode.name,
        params=dict(request.params),
        prompt=request.prompt,
        parent=request.parent,
        root=request.root,
        faces=request.parent.job.faces
        if request.parent
        else sum(photo.faces or 0 for photo in request.photos),
        shows_photo=bool(request.photos),
        **_kept_with(request),
        retry_of=request.retry_of,
        email_when_ready=request.email_when_ready,
        priority=priority_of(request.user),
        scheduled_at=request.scheduled_at,
        slot=slot,
        idempotency_key=request.key,
        request_hash=request.digest,
    )
    JobInput.objects.bulk_create(
        JobInput(job=job, asset=photo, position=position) for position, photo in enumerate(request.photos)
    )
    return job
