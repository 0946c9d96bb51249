"""A set of pages from a topic: asked for, thought out, changed, and drawn."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from accounts.access import SignedInRequest, signed_in
from config.errors import AppError
from generations.access import get_photos, get_plan
from generations.actions import submit
from generations.actions.plans import change_plan, make_plan
from generations.forms.carousel import PlanForm, TopicForm
from generations.models import Asset, Job, Plan
from generations.modes.carousel import CAROUSEL, EXAMPLES, any_words_will_do
from generations.planning.typed import usual_for
from generations.states import RenderError
from generations.views.consent import is_asked_for, to_consent
from generations.views.drawing import around_the_button, refused
from generations.views.fragments import render_part
from generations.views.make import usual_choices
from generations.views.strip import photos_in_strip
from generations.wording import left_over_sentence

WORDS = ("topic", "audience", "purpose", "key_points", "slides", "finish")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new(request: SignedInRequest) -> HttpResponse:
    """The topic; with `again` the one of an earlier plan."""
    data = request.POST if request.method == "POST" else None
    form = TopicForm(data, initial=_initial(request), label_suffix="")
    if not form.is_bound or not form.is_valid():
        return _topic_page(request, form, status=400 if form.is_bound else 200)
    try:
        plan = make_plan(user=request.user, **form.cleaned_data)
    except AppError as error:
        return refused(error, partial(_topic_page, request, form))
    return redirect("generations:plan", plan.pk)


@vary_on_headers("HX-Request")
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def plan(request: SignedInRequest, plan_id: str) -> HttpResponse:
    """The plan, to be changed and drawn, or for a poll how far it is; one that is drawn leads to its pages."""
    plan = get_plan(request.user, plan_id)
    if job := plan.jobs.order_by("-created_at").first():
        return redirect("generations:job", job.pk)
    if not plan.is_ready:
        return _plan_page(request, plan, None)
    photos = photos_in_strip(request) if any_words_will_do(plan.finish) else []
    data = request.POST if request.method == "POST" else None
    form = PlanForm(data, plan=plan, photos=photos, initial=_usual(request, plan))
    if not form.is_bound or not form.is_valid():
        return _plan_page(request, plan, form, photos, status=400 if form.is_bound else 200)
    try:
        plan = change_plan(plan=plan, **form.words)
        job = _drawn(request, plan, form) if "draw" in request.POST else None
    except AppError as error:
        return _not_drawn(request, plan, form, photos, error)
    if job is None:
        messages.success(request, _("Saved."))
        return redirect("generations:plan", plan.pk)
    return redirect("generations:job", job.pk)


def _usual(request: SignedInRequest, plan: Plan) -> dict[str, str]:
    return {**usual_choices(request), **usual_for(plan.audience, plan.topic)}


def _drawn(request: SignedInRequest, plan: Plan, form: PlanForm) -> Job:
    photo = form.cleaned_data["photo"]
    return submit(
        user=request.user,
        mode=CAROUSEL.name,
        params=form.params,
        photos=get_photos(request.user, [photo] if photo else []),
        plan=plan,
        idempotency_key=form.cleaned_data["idempotency_key"],
    )


def _not_drawn(
    request: SignedInRequest, plan: Plan, form: PlanForm, photos: list[Asset], error: AppError
) -> HttpResponse:
    if is_asked_for(error):
        return to_consent(reverse("generations:plan", args=[plan.pk]))
    if any(field.startswith(("slides", "theme", "final_caption")) for field in error.details):
        form.show(error)
    return refused(error, partial(_plan_page, request, plan, form, photos))


def _initial(request: SignedInRequest) -> dict[str, object]:
    again = request.GET.get("again", "")
    if not again:
        return {}
    earlier = get_plan(request.user, again)
    return {name: getattr(earlier, name) for name in WORDS}


def _topic_page(
    request: HttpRequest, form: TopicForm, *, problem: str = "", status: int = 200
) -> HttpResponse:
    context: dict[str, object] = {
        "form": form,
        "problem": problem,
        "examples": EXAMPLES,
        "unavailable": CAROUSEL.unavailable_reason(),
    }
    return render_part(request, "generations/new_set.html", "form", context, status=status)


def _plan_page(
    request: HttpRequest,
    plan: Plan,
    form: PlanForm | None,
    photos: list[Asset] | None = None,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    context: dict[str, object] = {
        "plan": plan,
        "form": form,
        "photos": photos or [],
        "pages": plan.slides,
        "credits": plan.slides * CAROUSEL.price,
        "is_refused": plan.error_code == RenderError.CONTENT_REJECTED,
        "left_over": left_over_sentence(plan.result.get("not_drawn", [])),
        "problem": problem,
        **around_the_button(request, CAROUSEL.name),
    }
    return render_part(request, "generations/plan.html", "state", context, status=status)
