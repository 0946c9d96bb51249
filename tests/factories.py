"""Things for tests, made as the product makes them."""

import hashlib
import io
from datetime import timedelta

from django.utils import timezone
from PIL import Image

from accounts.actions.api_keys import NewKey, make_key
from accounts.models import User
from credits.actions import grant
from credits.models import Reason
from generations import storage
from generations.actions import submit
from generations.actions.collections import begin_collection, put_in
from generations.actions.endpoints import add_endpoint
from generations.actions.plans import make_plan
from generations.actions.presets import save_preset
from generations.models import Asset, Collection, Job, Plan, Preset, Render, WebhookEndpoint
from generations.run import run_next

COLORING = {"complexity": "standard", "line_thickness": "medium", "paper": "a4"}
AS_IT_IS = {"line_thickness": "medium", "paper": "a4", "simplify": "0", "frame": "on"}  # the re-tune form


def create_user(email: str = "alice@example.org", *, credits: int = 10, **fields: object) -> User:
    """A verified user with credits."""
    user = User.objects.create_user(email, **{"verified_at": timezone.now(), **fields})
    if credits:
        grant(user=user, amount=credits, reason=Reason.SIGNUP, key="signup")
    return user


def jpeg(width: int = 64, height: int = 48, colour: str = "teal") -> bytes:
    """A small JPEG of one colour."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(file, "JPEG")
    return file.getvalue()


def create_key(user: User, *, name: str = "a program", scope: str = "write", **wishes: bool) -> NewKey:
    """An API key of the user, with its secret."""
    return make_key(user=user, name=name, scope=scope, lives=None, **wishes)


def create_photo(user: User | None, *, anonymous_key: str = "", data: bytes | None = None) -> Asset:
    """A stored original."""
    data = data or jpeg()
    owner = user.pk if user else "0" * 32
    with Image.open(io.BytesIO(data)) as image:
        width, height = image.size
    return Asset.objects.create(
        user=user,
        anonymous_key=anonymous_key,
        kind=Asset.Kind.ORIGINAL,
        storage_key=storage.put(kind="original", owner=owner, data=data, extension="jpg"),
        content_type="image/jpeg",
        width=width,
        height=height,
        size_bytes=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        expires_at=timezone.now() + timedelta(days=30),
    )


def create_endpoint(user: User, url: str = "https://program.example.org/news") -> WebhookEndpoint:
    """An address of the user's that is told when a job ends."""
    return add_endpoint(user=user, url=url)


def create_preset(user: User, name: str = "Rainy days") -> Preset:
    return save_preset(user=user, name=name, mode="coloring", params={"complexity": "simple"})


def create_plan(user: User, topic: str = "Life cycle of a frog", **wishes: object) -> Plan:
    """Of three pages to colour in."""
    return make_plan(**{"user": user, "topic": topic, "slides": 3, "finish": "line_art"} | wishes)  # type: ignore[arg-type]


def create_collection(user: User, *renders: Render, name: str = "Summer") -> Collection:
    """With these pictures in it."""
    collection = begin_collection(user=user, name=name)
    for render in renders:
        put_in(collection=collection, render=render)
    return collection


def create_job(user: User, **wishes: object) -> Job:
    """A submitted job in mode coloring, with a photo of its own unless `photos` are given."""
    photos = wishes.pop("photos", None) or [create_photo(user)]
    params = {**COLORING, **wishes.pop("params", {})}  # type: ignore[dict-item]
    return submit(user=user, mode="coloring", params=params, photos=photos, **wishes)  # type: ignore[arg-type]


def only_render(job: Job) -> Render:
    """The newest state of a job's single render."""
    return Render.objects.select_related("job__user").get(job=job)


def draw_all() -> int:
    """Runs everything that is due in this process, as a worker would; how many renders that were."""
    count = 0
    while run_next():
        count += 1
    return count


def deliver_job(job: Job) -> Job:
    """The job after a worker has drawn it."""
    draw_all()
    job.refresh_from_db()
    return job
