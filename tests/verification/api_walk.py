"""Walks every operation of a running site's API with a key that may write, and says what was not as it must be.

python -m tests.verification.api_walk https://pages.example.org --key KEY [--queue-secret SECRET]

It makes, reads, changes and deletes things of its own, and costs about four credits. Exit code 1 when an answer was
not one to expect, or an operation was left out.
"""

import argparse
import sys
from pathlib import Path
from uuid import uuid4

from tests.verification.walker import Line, Walker, form

PHOTOS = Path(__file__).resolve().parents[1] / "photos"
NOBODYS = str(uuid4())
# A name that leads nowhere: what is told there is not delivered.
PROGRAM = "https://api-walk.example.org/news"
WORDS = {"prompt": "add a ball"}


def main() -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("base_url")
    options.add_argument("--key", required=True, help="a personal key that may read and write")
    options.add_argument(
        "--queue-secret", default="", help="QUEUE_PROCESSOR_SECRET of the site, where there is one"
    )
    chosen = options.parse_args()
    walker = Walker(chosen.base_url, chosen.key)
    walker.read_description()
    try:
        walk(walker, chosen.queue_secret)
    except (KeyError, ValueError, TimeoutError) as error:  # the answer before was not one to go on with
        print(f"The walk ended early: {error!r}")
    return told(walker)


def walk(walker: Walker, queue_secret: str) -> None:
    about_the_account(walker)
    about_the_site(walker, queue_secret)
    about_programs(walker)
    about_presets(walker)
    about_plans(walker)
    first, second = photos(walker)
    book = walker.call(
        "POST",
        "/generations",
        202,
        json_body={"mode": "book", "upload_ids": [first, second], "params": {"complexity": "simple"}},
    ).data["id"]
    page = walker.ended(book)["renders"][0]["id"]
    about_jobs(walker, book)
    about_pictures(walker, page)
    about_paper(walker, page)
    about_collections(walker, page)
    other_versions(walker, page)
    walker.call("DELETE", f"/generations/{book}")
    for photo in (first, second):
        walker.call("DELETE", f"/uploads/{photo}")


def about_the_account(walker: Walker) -> None:
    walker.call("GET", "/auth/me")
    walker.call("GET", "/api-keys")
    walker.call("POST", "/api-keys", 401, json_body={"name": "walk"})  # a key makes no keys
    walker.call("DELETE", f"/api-keys/{NOBODYS}", 404)
    consent = walker.call("GET", "/user/photo-consent").data
    same = {name: consent[name] for name in ("draw_here_only", "may_draw")}
    walker.call("PUT", "/user/photo-consent", json_body=same)
    walker.call("GET", "/credits")
    walker.call("GET", "/credits/events?limit=1")


def about_the_site(walker: Walker, queue_secret: str) -> None:
    """What is for staff and for other services is refused to a family."""
    walker.call("GET", "/modes")
    walker.call("GET", "/community?limit=1")
    walker.call("GET", "/admin/monitor", 200, 403)
    answer = 200 if queue_secret else 401
    walker.call("GET", "/queue/status", answer, key=queue_secret)
    walker.call("POST", "/queue/process", answer, key=queue_secret)
    walker.call("POST", f"/webhooks/replicate/{NOBODYS}", 401, json_body={"id": "unsigned"})


def about_programs(walker: Walker) -> None:
    endpoint = walker.call("POST", "/webhook-endpoints", 201, json_body={"url": PROGRAM}).data["id"]
    walker.call("GET", "/webhook-endpoints")
    walker.call("POST", f"/webhook-endpoints/{endpoint}/ping", 202)
    walker.call("GET", f"/webhook-endpoints/{endpoint}/deliveries")
    walker.call("DELETE", f"/webhook-endpoints/{endpoint}")


def about_presets(walker: Walker) -> None:
    settings = {"name": f"walk {NOBODYS}", "params": {"complexity": "simple"}}
    preset = walker.call("POST", "/presets", 201, json_body=settings).data["id"]
    walker.call("GET", "/presets")
    walker.call("PATCH", f"/presets/{preset}", json_body={"params": {"complexity": "detailed"}})
    walker.call("DELETE", f"/presets/{preset}")


def about_plans(walker: Walker) -> None:
    """A plan goes by itself after two days."""
    wish = {"topic": "a cat and a dog on a farm", "slides": 2}
    plan = walker.call("POST", "/plans", 201, 202, json_body=wish).data["id"]
    walker.waited(f"/plans/{plan}", lambda plan: plan["status"] != "queued")
    walker.call("GET", f"/plans/{plan}")
    walker.call("PATCH", f"/plans/{plan}", json_body={"theme": "A summer on the farm"})


def photos(walker: Walker) -> tuple[str, str]:
    """One by each way, one of them turned."""
    direct = walker.upload("POST", "/uploads/direct", 201, photo=(PHOTOS / "chelsea.jpg").read_bytes()).data[
        "id"
    ]
    walker.call("PATCH", f"/uploads/{direct}", json_body={"turn": 90})
    photo = (PHOTOS / "coffee.jpg").read_bytes()
    wish = {"content_type": "image/jpeg", "bytes": len(photo)}
    asked = walker.call("POST", "/uploads", 201, json_body=wish).data
    body, kind = form(asked["fields"], photo)
    walker.send(asked["method"], asked["url"], body, **{"Content-Type": kind})
    return direct, walker.call("POST", f"/uploads/{asked['id']}/complete").data["id"]


def about_jobs(walker: Walker, book: str) -> None:
    walker.call("GET", "/generations?limit=5")
    walker.call("GET", f"/generations/{book}")
    words = {"title": "A walk", "pages": [1, 0], "captions": [{"position": 0, "caption": "a cat"}]}
    walker.call("PATCH", f"/generations/{book}", json_body=words)


def about_pictures(walker: Walker, page: str) -> None:
    walker.call("GET", "/renders?limit=5")
    walker.call("GET", f"/renders/{page}")
    walker.call("GET", f"/renders/{page}/versions")
    walker.call("GET", f"/renders/{page}/file?format=svg")
    walker.call("POST", f"/renders/{page}/titles")
    walker.call("PATCH", f"/renders/{page}", json_body={"title": "A cat", "kept": True})
    walker.call("POST", f"/renders/{page}/feedback", json_body={"thumb": "up"})


def about_paper(walker: Walker, page: str) -> None:
    pdf = walker.call("POST", "/pdf/export", json_body={"render_ids": [page], "paper": "letter"}).data["id"]
    walker.call("GET", f"/pdf/{pdf}")
    walker.call("POST", f"/renders/{page}/color-by-number", 201, json_body={"crayons": 12})
    walker.call("GET", f"/renders/{page}/color-by-number?sheet=solution")


def about_collections(walker: Walker, page: str) -> None:
    album = walker.call("POST", "/collections", 201, json_body={"name": f"walk {NOBODYS}"}).data["id"]
    walker.call("GET", "/collections")
    walker.call("GET", f"/collections/{album}")
    walker.call("PATCH", f"/collections/{album}", json_body={"name": f"walked {NOBODYS}"})
    walker.call("PUT", f"/collections/{album}/items/{page}", json_body={"position": 0})
    walker.call("DELETE", f"/collections/{album}/items/{page}")
    walker.call("DELETE", f"/collections/{album}")


def other_versions(walker: Walker, page: str) -> None:
    """Drawn again, called off, tried again; changed with words where somebody here may do that."""
    version = walker.call("POST", f"/renders/{page}/retune", 201, json_body={"mirror": True}).data["id"]
    walker.call("DELETE", f"/renders/{version}")
    again = walker.call("POST", f"/renders/{page}/redo", 202, json_body={}).data["id"]
    walker.call("POST", f"/generations/{again}/cancel", 200, 409)  # it may have been quicker
    walker.ended(again)
    retried = walker.call("POST", f"/generations/{again}/retry", 202).data["id"]
    walker.ended(retried)
    edited = walker.call("POST", f"/renders/{page}/edits", 202, 403, 422, json_body=WORDS)
    if edited.status == 202:
        walker.ended(edited.data["id"])


def told(walker: Walker) -> int:
    """The table, what is wrong and what was left out; the exit code."""
    for line in walker.lines:
        print(
            f"{line.status}  {line.method:<6}  {line.path}{'  WRONG: ' + line.problem if line.problem else ''}"
        )
    wrong: list[Line] = [line for line in walker.lines if line.problem]
    left_out = walker.left_out()
    for operation in left_out:
        print(f"LEFT OUT  {operation.method:<6}  {operation.path}")
    print(
        f"{len(walker.operations)} operations, {len(walker.lines)} calls, {len(wrong)} wrong, "
        f"left out: {len(left_out) or 'nothing'}"
    )
    return 1 if wrong or left_out else 0


if __name__ == "__main__":
    sys.exit(main())
