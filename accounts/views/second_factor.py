"""Staff show their second factor: with an app's code, or with a recovery code; the first time they set the app up."""

from base64 import b32encode
from binascii import unhexlify
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import SignedInRequest, safe_path, staff
from accounts.actions import second_factor as verbs
from accounts.forms import SecondFactorForm
from accounts.second_factor import SECRET_KEY, is_shown, note_shown, qr_code
from config.errors import AppError

PAGE, CODES_PAGE = "accounts/second_factor.html", "accounts/recovery_codes.html"


@never_cache
@staff
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: SignedInRequest) -> HttpResponse:
    """Takes a code; without an app, leads to setting one up; once shown, tells what there is."""
    form = SecondFactorForm(request.POST or None)
    if not form.is_valid():
        return _page(request, form)
    try:
        device = verbs.check_code(user=request.user, code=form.cleaned_data["code"])
    except AppError as error:
        return _refused(request, form, error)
    note_shown(request, request.user, device)
    return redirect(_next(request))


@staff
@require_POST
def begin(request: SignedInRequest) -> HttpResponse:
    """Makes a secret to share with an app. It waits in this session: nobody else can have it enrolled."""
    if verbs.app_device(request.user) is None:
        request.session[SECRET_KEY] = verbs.new_secret()
    return redirect(_with_next("accounts:second_factor", request))


@never_cache
@staff
@require_POST
def enrol(request: SignedInRequest) -> HttpResponse:
    """Takes the app that makes a right code, and shows the recovery codes this once."""
    form, secret = SecondFactorForm(request.POST), request.session.get(SECRET_KEY, "")
    if not (form.is_valid() and secret):
        return _page(request, form)
    try:
        enrolled = verbs.enrol(user=request.user, secret=secret, code=form.cleaned_data["code"])
    except AppError as error:
        return _refused(request, form, error)
    note_shown(request, request.user, enrolled.device)
    return render(request, CODES_PAGE, {"codes": enrolled.codes, "next": _next(request)})


@never_cache
@staff
@require_POST
def renew_codes(request: SignedInRequest) -> HttpResponse:
    """New recovery codes, shown this once."""
    if not is_shown(request):
        messages.error(request, _("Please show your second factor first."))
        return redirect("accounts:second_factor")
    codes = verbs.renew_codes(user=request.user)
    return render(request, CODES_PAGE, {"codes": codes, "next": _next(request)})


def _page(request: SignedInRequest, form: SecondFactorForm, *, status: int | None = None) -> HttpResponse:
    usual = HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK
    context = {
        "form": form,
        "next": _next(request),
        "is_shown": is_shown(request),
        "has_app": verbs.app_device(request.user) is not None,
        **_waiting(request),
    }
    return render(request, PAGE, context, status=status or usual)


def _waiting(request: SignedInRequest) -> dict[str, str]:
    """The secret that waits for its app, as a picture and as letters to type; empty without one."""
    secret = request.session.get(SECRET_KEY)
    if not secret:
        return {}
    letters = b32encode(unhexlify(secret)).decode()
    groups = [letters[start : start + 4] for start in range(0, len(letters), 4)]
    return {"qr": qr_code(verbs.address_for_app(request.user, secret)), "letters": " ".join(groups)}


def _refused(request: SignedInRequest, form: SecondFactorForm, error: AppError) -> HttpResponse:
    form.add_error("code", error.message)
    response = _page(request, form, status=error.status)
    for name, value in error.headers.items():
        response[name] = value
    return response


def _next(request: SignedInRequest) -> str:
    asked = request.POST.get("next") or request.GET.get("next", "")
    return safe_path(asked) or reverse("admin:index")


def _with_next(name: str, request: SignedInRequest) -> str:
    return reverse(name, query={"next": _next(request)})
