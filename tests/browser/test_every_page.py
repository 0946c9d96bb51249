"""Every page of the site is looked at closely: a new one fails here until it is. And nothing secret is in any log."""

import re
import subprocess
import sys
import zipfile
from base64 import b32decode
from pathlib import Path

from django_otp.oath import TOTP
from playwright.sync_api import expect

from tests.browser.conftest import Visitors
from tests.browser.looking import Look
from tests.browser.site import TOP, Site
from tests.browser.visitor import ASTRONAUT, LONGEST_DRAWING
from tests.conventions.test_routes import all_routes, is_admins

SENDS = "only takes what a form sends"
FILE = "a file"
DATA = "for programs"
PART = "a part of a page"
NO_PAGES = {
    "photos/": SENDS,
    "photos/<str:photo_id>/delete/": SENDS,
    "photos/<str:photo_id>/image/": FILE,
    "photos/<str:photo_id>/row/": PART,
    "photos/<str:photo_id>/subject/": FILE,
    "photos/for/<str:token>/": FILE,
    "ideas/words/": PART,
    "pictures/print/pdf/": FILE,
    "jobs/<str:job_id>/arrange/": SENDS,
    "jobs/<str:job_id>/cancel/": SENDS,
    "jobs/<str:job_id>/delete/": SENDS,
    "jobs/<str:job_id>/email/": SENDS,
    "jobs/<str:job_id>/pdf/": FILE,
    "jobs/<str:job_id>/retry/": SENDS,
    "jobs/<str:job_id>/slides/file/": FILE,
    "renders/<str:render_id>/<str:file>/": FILE,
    "renders/<str:render_id>/edit/": SENDS,
    "renders/<str:render_id>/everyone/": SENDS,
    "renders/<str:render_id>/feedback/": SENDS,
    "renders/<str:render_id>/keep/": SENDS,
    "renders/<str:render_id>/pdf/": FILE,
    "renders/<str:render_id>/redo/": SENDS,
    "renders/<str:render_id>/retune/": SENDS,
    "renders/<str:render_id>/title/": SENDS,
    "renders/<str:render_id>/titles/": SENDS,
    "community/<str:render_id>/<str:file>/": FILE,
    "print-test/<str:paper>/": FILE,
    "sign-in/wait/status/": PART,
    "sign-out/": SENDS,
    "account/delete/": SENDS,
    "account/export/ask/": SENDS,
    "account/export/<str:export_id>/": FILE,
    "account/keys/<str:key_id>/remove/": SENDS,
    "account/browsers/sign-out-everywhere/": SENDS,
    "account/browsers/<str:browser_id>/sign-out/": SENDS,
    "account/second-factor/begin/": SENDS,
    "admin/login/": "leads to the sign-in page",
    "health/live": DATA,
    "health/ready": DATA,
    "health/worker": DATA,
    "metrics": DATA,
    "api/<path:rest>": DATA,
    "api/v1/": DATA,
    "api/v1/openapi.json": DATA,
    "api/v1/docs": "the framework's own page; see test_api_docs.py",
}
MAIL = re.compile(r"^--- Mail to .*?^---$", re.DOTALL | re.MULTILINE)
# Django's own pages are Django's to look after; these are ours, or ours in part.
OUR_ADMIN = {
    "admin/",
    "admin/monitor/",
    "admin/accounts/user/",
    "admin/accounts/user/<path:object_id>/change/",
    "admin/accounts/user/<uuid:user_id>/credits/",
    "admin/accounts/auditentry/",
    "admin/credits/creditevent/",
    "admin/generations/communitypicture/",
    "admin/generations/feedback/",
    "admin/generations/job/",
    "admin/generations/job/<path:object_id>/change/",
    "admin/generations/job/<uuid:job_id>/look/",
    "admin/generations/job/steer/<slug:verb>/",
}


def our_pages() -> set[str]:
    pages = {route for route in all_routes() if not is_admins(route) and not route.startswith("api/v1/")}
    return (pages | OUR_ADMIN) - set(NO_PAGES)


def test_every_page_of_the_site_is_sound(visitors: Visitors, tmp_path: Path) -> None:
    look, stranger = Look(visitors.new()), Look(visitors.new())
    before_signing_in(look)
    sign_in(look, stranger)
    draw(look)
    make_a_book(look)
    make_a_set(look)
    go_through_the_account(look)
    take_everything_along(look, tmp_path)
    become_staff(look)
    go_through_the_admin(look)
    leave(look)
    assert secrets_in(logged(look.visitor.site), look) == []
    assert look.faults + stranger.faults == []
    assert look.routes & our_pages() == our_pages()


def before_signing_in(look: Look) -> None:
    for path in ("/", "/privacy/", "/ideas/", "/make/", "/community/", "/dev/mailbox/", "/sign-in/"):
        look.open(path)
    look.visitor.open()
    look.visitor.choose_photo()
    look.here()
    made_from = look.page.url
    look.open(f"/photos/{made_from.split('/')[-2]}/frame/")
    look.open(f"/make/{made_from.split('/')[-2]}/compose/")
    look.page.goto(made_from)
    look.page.get_by_role("button", name="Sign in to draw").click()


def sign_in(look: Look, stranger: Look) -> None:
    """By the link; another browser is told where to go, and later that the link is used up."""
    look.visitor.ask_for_mail()
    look.here()
    link = look.visitor.site.link_for(look.visitor.email)
    look.secrets |= {link.rstrip("/").rpartition("/")[2], look.visitor.email}
    stranger.page.goto(link)
    stranger.here()
    look.page.goto(link)
    look.here()
    look.page.get_by_role("main").get_by_role("button", name="Sign in").click()
    look.page.wait_for_url("**/make/*/")
    look.here()
    stranger.page.goto(link)
    stranger.here()
    stranger.visitor.complaints.clear()  # the console notes the 410


def draw(look: Look) -> None:
    look.visitor.draw()
    look.here()
    look.visitor.wait_for_result()
    look.here()
    look.open(f"{look.page.locator('form#print').get_attribute('action')}")
    look.page.go_back()
    look.visitor.confirm_faces()
    look.page.locator("form.print").evaluate("form => location.href = form.getAttribute('hx-get')")
    look.page.wait_for_url("**/print/")
    look.here()
    look.open("/pictures/")
    look.page.get_by_role("checkbox", name="Print").first.check()
    look.page.get_by_role("button", name="Print these together").click()
    expect(look.page.get_by_role("heading", name="Print several pictures")).to_be_visible()
    look.here()


def make_a_book(look: Look) -> None:
    """Of the photo that is drawn already and one more: asked for, moved, and printed."""
    look.visitor.open()
    look.visitor.choose_photo(ASTRONAUT.with_name("chelsea.jpg"))
    look.open("/books/")
    look.page.get_by_role("radio", name="Simple").check()
    look.page.get_by_label("Title").fill("Our summer")
    look.page.get_by_role("button", name="Draw my book").click()
    expect(look.page.get_by_role("heading", name="Our summer")).to_be_visible(timeout=LONGEST_DRAWING)
    look.here()
    look.page.get_by_role("button", name="Photo 2: earlier").click()
    expect(look.page.locator("[name=order]").first).to_have_value("1")
    look.page.get_by_role("link", name="Print the book").click()
    look.page.get_by_role("button", name="Make the PDF").click()
    expect(look.page.get_by_role("heading", name="Your book is ready to print")).to_be_visible(
        timeout=LONGEST_DRAWING
    )
    look.here()


def make_a_set(look: Look) -> None:
    """From a topic: planned, changed, drawn, packed."""
    look.open("/sets/")
    look.page.get_by_role("textbox", name="Topic").fill("A princess and a dragon")
    look.page.get_by_label("How many pages?").select_option("2")
    look.page.get_by_role("button", name="Think out the pages").click()
    expect(look.page.get_by_role("heading", name="This is the plan")).to_be_visible()
    look.here()
    look.page.get_by_label("Caption").first.fill("Once upon a time")
    look.page.get_by_role("radio", name="Simple").check()
    look.page.get_by_role("button", name="Draw 2 pages").click()
    expect(look.page.get_by_role("link", name="Print the pages")).to_be_visible(timeout=LONGEST_DRAWING)
    look.here()
    expect(look.page.get_by_label("Caption").first).to_have_value("Once upon a time")
    look.page.get_by_role("link", name="Pictures and captions").click()
    look.page.get_by_role("button", name="Pack the pictures").click()
    expect(look.page.get_by_role("link", name="Download the ZIP")).to_be_visible(timeout=LONGEST_DRAWING)
    look.here()


def go_through_the_account(look: Look) -> None:
    for path in ("/account/", "/account/photos/", "/credits/", "/account/browsers/", "/account/keys/"):
        look.open(path)
    expect(look.page.get_by_role("heading", name="Make a key")).to_be_visible()
    look.page.get_by_label("Name").fill("print robot")
    look.page.get_by_role("button", name="Make the key").click()
    key = look.page.get_by_label("Key", exact=True)
    expect(key).to_have_value(re.compile("scribble_.{43}"))
    look.secrets.add(key.input_value())
    look.here()
    look.visitor.open("/account/keys/")
    look.page.locator("summary", has_text="Remove").click()
    look.page.get_by_role("button", name="Remove this key").click()
    expect(look.page.get_by_text("print robot")).to_have_count(0)


def take_everything_along(look: Look, folder: Path) -> None:
    look.open("/account/export/")
    look.page.get_by_role("button", name="Make my file").click()
    expect(look.page.get_by_role("heading", name="Your file is ready")).to_be_visible()
    look.here()
    with look.page.expect_download() as download:
        look.page.get_by_role("link", name="Download").click()
    download.value.save_as(folder / "all.zip")
    with zipfile.ZipFile(folder / "all.zip") as archive:
        assert archive.testzip() is None
        assert look.visitor.email in archive.read("index.html").decode()


def become_staff(look: Look) -> None:
    """With an app that makes the real codes."""
    manage(look.visitor.site, "make_staff", look.visitor.email)
    look.visitor.open("/admin/")
    look.page.wait_for_url("**/account/second-factor/**")
    look.here()
    look.page.get_by_role("button", name="Set up the app").click()
    look.here()
    letters = look.page.locator("[translate=no]").inner_text()
    look.secrets |= {letters, letters.replace(" ", "")}
    look.page.get_by_label("Code").fill(f"{TOTP(b32decode(letters.replace(' ', ''))).token():06}")
    look.page.get_by_role("button", name="Turn it on").click()
    expect(look.page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    look.secrets |= {code.replace(" ", "") for code in look.page.locator(".codes li").all_inner_texts()}
    look.here()
    look.visitor.open("/account/second-factor/")
    look.page.get_by_role("button", name="Make new recovery codes").click()
    look.here()
    look.open("/account/second-factor/")


def go_through_the_admin(look: Look) -> None:
    me = look.page.request.get(f"{look.visitor.site.url}/api/v1/auth/me").json()["data"]["id"]
    jobs = look.page.request.get(f"{look.visitor.site.url}/api/v1/generations").json()["data"]["items"]
    job = jobs[0]["id"]
    for path in (
        "", "monitor/", "accounts/user/", f"accounts/user/{me}/change/", f"accounts/user/{me}/credits/",
        "accounts/auditentry/", "credits/creditevent/", "generations/feedback/",
        "generations/communitypicture/", "generations/job/", f"generations/job/{job}/change/",
        f"generations/job/{job}/look/", f"generations/job/steer/refund/?job={job}",
    ):  # fmt: skip
        look.open(f"/admin/{path}")


def leave(look: Look) -> None:
    """For good: the account, and this browser's session."""
    look.visitor.open("/account/")
    look.page.get_by_text("Delete my account").click()
    look.page.get_by_label("Yes, I am sure").check()
    look.page.get_by_role("button", name="Delete everything").click()
    expect(look.page.get_by_text("Your account is deleted")).to_be_visible()
    look.visitor.open("/account/")
    look.page.wait_for_url("**/sign-in/**")


def logged(site: Site) -> str:
    """All that web, worker and supervisor wrote, but for the mails that are shown while no mail server is named."""
    return MAIL.sub("", (site.var / "site.log").read_text())


def secrets_in(log: str, look: Look) -> list[str]:
    cookies = {cookie["value"] for cookie in look.visitor.context.cookies()}
    assert len(look.secrets) > 10
    assert "job accepted" in log
    return [secret for secret in look.secrets | cookies if secret in log]


def manage(site: Site, *command: str) -> None:
    """A management command on the running site."""
    subprocess.run([sys.executable, "manage.py", *command], cwd=TOP, env=site.environment, check=True)
