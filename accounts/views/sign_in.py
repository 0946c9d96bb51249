"""Signing in by mail: ask, wait, look at the link, redeem it; and signing out."""

from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect, HttpResponseStopPolling

from accounts import browser
from accounts.access import after_sign_in, not_staff, safe_path
from accounts.actions import SignedIn, look_at, redeem_code, redeem_token, request_link, waiting_link
from accounts.forms import CodeForm, SignInForm
from accounts.links import is_browser_of
from accounts.local import is_mailbox_open, site_url
from accounts.sessions import sign_in as open_session
from accounts.sessions import sign_out as close_session
from config.errors import AppError
from generations.visitors import anonymous_key, network_hash

SAFE_AND_POST = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@SAFE_AND_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Asks for the address and mails the link."""
    if request.user.is_authenticated:
        return redirect(after_sign_in(request.GET.get("next", "")))
    if request.method == "POST":
        return _ask(request, SignInForm(request.POST))
    form = SignInForm(initial={"next": safe_path(request.GET.get("next", ""))})
    return render(request, "accounts/sign_in.html", {"form": form})


def _ask(request: HttpRequest, form: SignInForm) -> HttpResponse:
    status, headers = int(HTTPStatus.BAD_REQUEST), {}
    try:
        if form.is_valid():
            _send_link(request, email=form.cleaned_data["email"], next_path=form.cleaned_data["next"])
            return redirect("accounts:sign_in_wait")
    except AppError as error:
        form.add_error(None, error.message)
        status, headers = error.status, error.headers
    response = render(request, "accounts/sign_in.html", {"form": form}, status=status)
    for name, value in headers.items():
        response[name] = value
    return response


def _send_link(request: HttpRequest, *, email: str, next_path: str) -> None:
    key = browser.browser_key(request)
    request_link(
        email=email,
        browser_key=key,
        network_hash=network_hash(request),
        next_path=next_path,
        site_url=site_url(request),
    )
    if email == browser.asked(request).email:
        messages.success(request, _("We have sent another mail. Only the newest one works."))
    browser.remember(request, browser.Asked(key, email, next_path))


@never_cache
@SAFE_AND_POST
def wait(request: HttpRequest) -> HttpResponse:
    """The tab that asked: takes the code from the mail."""
    asked = browser.asked(request)
    if request.user.is_authenticated:
        return redirect(after_sign_in(asked.next_path))
    if not asked.email:
        return redirect("accounts:sign_in")
    form = CodeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _wait_page(request, form, status=HTTPStatus.BAD_REQUEST if form.is_bound else HTTPStatus.OK)
    try:
        outcome = redeem_code(
            code=form.cleaned_data["code"],
            browser_key=asked.browser_key,
            anonymous_key=anonymous_key(request),
        )
    except AppError as error:
        form.add_error("code", error.message)
        return _wait_page(request, form, status=error.status)
    return _welcome(request, outcome)


def _wait_page(request: HttpRequest, form: CodeForm, *, status: int) -> HttpResponse:
    asked = browser.asked(request)
    context = {
        "form": form,
        "asked": asked,
        "is_open": waiting_link(asked.browser_key) is not None,
        "minutes": int(settings.SIGN_IN_LINK_AGE.total_seconds() // 60),
        "is_mailbox_open": is_mailbox_open(request),
    }
    return render(request, "accounts/wait.html", context, status=status)


@never_cache
@require_safe
def wait_status(request: HttpRequest) -> HttpResponse:
    """Polled by the waiting tab: moves on when this browser has signed in by the link in another tab.

    204 while waiting; 286, which ends htmx's polling, with a notice when the mail is no longer good.
    """
    if request.user.is_authenticated:
        return HttpResponseClientRedirect(after_sign_in(request.GET.get("next", "")))
    if waiting_link(browser.asked(request).browser_key):
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    page = render(request, "accounts/wait.html#over")
    return HttpResponseStopPolling(page.content)


@never_cache
@csrf_protect
@SAFE_AND_POST
def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """The mailed link. Looking, however often and by whomever, changes nothing; the button signs in."""
    try:
        response = _redeem(request, token) if request.method == "POST" else _look(request, token)
    except AppError as error:
        page = "accounts/elsewhere.html" if error.code == "FORBIDDEN" else "accounts/link_over.html"
        response = render(request, page, status=error.status)
    response["Referrer-Policy"] = "no-referrer"
    return response


def _look(request: HttpRequest, token: str) -> HttpResponse:
    link = look_at(token=token)
    is_asking_browser = is_browser_of(link, browser.asked(request).browser_key)
    page = "accounts/link.html" if is_asking_browser else "accounts/elsewhere.html"
    return render(request, page, {"link": link})


def _redeem(request: HttpRequest, token: str) -> HttpResponse:
    key = browser.asked(request).browser_key
    return _welcome(request, redeem_token(token=token, browser_key=key, anonymous_key=anonymous_key(request)))


def _welcome(request: HttpRequest, outcome: SignedIn) -> HttpResponse:
    open_session(request, outcome.user)
    if outcome.is_first:
        messages.success(request, _welcome_words(outcome.welcome_credits))
    return redirect(after_sign_in(outcome.next_path))


def _welcome_words(credits: int) -> str:
    if not credits:
        return _("Welcome! You are signed in.")
    words = ngettext(
        "Welcome! %(credits)d free credit is waiting for you.",
        "Welcome! %(credits)d free credits are waiting for you.",
        credits,
    )
    return words % {"credits": credits}


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session."""
    close_session(request)
    messages.success(request, _("You are signed out."))
    return redirect("generations:landing")


@never_cache
@require_safe
def admin_sign_in(request: HttpRequest) -> HttpResponse:
    """The admin's own login page is ours. Somebody signed in who comes here is no staff, or has a factor to show."""
    if request.user.is_authenticated and not request.user.is_staff:
        raise not_staff()
    page = "accounts:second_factor" if request.user.is_authenticated else "accounts:sign_in"
    path = request.GET.get("next", "")
    response = redirect(page)
    response["Location"] += f"?next={safe_path(path) or '/admin/'}"
    return response
