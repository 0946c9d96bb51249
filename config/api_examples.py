"""A program's first way through the API, once as data and on the docs page as curl and as Python. A test runs both."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Step:
    """A call of an operation. `$names` in path and body are what earlier steps have kept.

    keeps: a name for what stands at `place` in the answer. file: where the answer itself is stored. photo: a file that
    is sent. waits: the call is made again until something stands at `place`.
    """

    says: str
    method: str
    path: str
    body: dict[str, Any] = field(default_factory=dict)
    photo: str = ""
    keeps: str = ""
    place: Place = ("data", "id")
    file: str = ""
    waits: bool = False


STEPS = (
    Step("A photo: JPEG, PNG, WebP or HEIC.", "post", "/uploads/direct", photo="photo.jpg", keeps="photo"),
    Step(
        "A page of it, for one credit.",
        "post",
        "/generations",
        body={"mode": "coloring", "upload_ids": ["$photo"], "params": {"complexity": "simple"}},
        keeps="job",
    ),
    Step("Drawn within seconds.", "get", "/generations/$job", place=("data", "completed_at"), waits=True),
    Step("The picture.", "get", "/generations/$job", keeps="picture", place=("data", "renders", 0, "id")),
    Step("As an image ...", "get", "/renders/$picture/file?format=png", file="page.png"),
    Step(
        "... and on paper.",
        "post",
        "/pdf/export",
        body={"render_ids": ["$picture"], "paper": "a4"},
        keeps="pdf",
    ),
    Step("", "get", "/pdf/$pdf", file="page.pdf"),
)
NAMES = tuple(step.keeps for step in STEPS if step.keeps)


def examples(site: str) -> str:
    """Both, in Markdown. `site` is the address of this one."""
    return f"```sh\n{curl_example(site)}\n```\n\n```python\n{python_example(site)}\n```\n"


# --- curl -------------------------------------------------------------------------------------------------------------


def curl_example(site: str, steps: Sequence[Step] = STEPS) -> str:
    lines = [f"API={site}/api/v1  # and in KEY a key of yours", *(_in_shell(step) for step in steps)]
    return "\n".join(lines)


def _in_shell(step: Step) -> str:
    call = f'curl -sf -H "Authorization: Bearer $KEY"{_sent_by_curl(step)} "$API{_shouted(step.path)}"'
    found = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in step.place)
    if step.waits:
        call = f"until {call} | jq -e {found} > /dev/null; do sleep 1; done"
    elif step.keeps:
        call = f"{step.keeps.upper()}=$({call} | jq -r '{found}')"
    return f"# {step.says}\n{call}" if step.says else call


def _sent_by_curl(step: Step) -> str:
    if step.photo:
        return f" -F file=@{step.photo}"
    if step.file:
        return f" -o {step.file}"
    if not step.body:
        return ""
    body = _with_names(json.dumps(step.body), lambda name: f"'${name.upper()}'")
    return f" -H 'Content-Type: application/json' -d '{body}'"


def _shouted(path: str) -> str:
    return _with_names(path, lambda name: f"${name.upper()}")


# --- Python -----------------------------------------------------------------------------------------------------------

BEGINNING = """\
import os
import time

import requests

API = "{site}/api/v1"
caller = requests.Session()
caller.headers["Authorization"] = "Bearer " + os.environ["KEY"]


def call(method, path, **sent):
    answer = caller.request(method, API + path, **sent)
    answer.raise_for_status()
    return answer

"""


def python_example(site: str, steps: Sequence[Step] = STEPS) -> str:
    return BEGINNING.format(site=site) + "\n" + "\n".join(_in_python(step) for step in steps)


def _in_python(step: Step) -> str:
    call = f"call({json.dumps(step.method)}, {_filled(step.path)}{_sent_by_python(step)})"
    found = f"{call}.json()" + "".join(f"[{json.dumps(part)}]" for part in step.place)
    if step.waits:
        call = f"while not {found}:\n    time.sleep(1)"
    elif step.keeps:
        call = f"{step.keeps} = {found}"
    elif step.file:
        call = f'with open("{step.file}", "wb") as file:\n    file.write({call}.content)'
    return f"# {step.says}\n{call}" if step.says else call


def _sent_by_python(step: Step) -> str:
    if step.photo:
        return f', files={{"file": open("{step.photo}", "rb")}}'
    body = json.dumps(step.body)
    return f", json={_unquoted(body)}" if step.body else ""


def _filled(path: str) -> str:
    filled = _with_names(path, lambda name: f"{{{name}}}")
    return json.dumps(path) if filled == path else f"f{json.dumps(filled)}"


def _unquoted(body: str) -> str:
    for name in NAMES:
        body = body.replace(f'"${name}"', name)
    return body


def _with_names(text: str, write: Callable[[str], str]) -> str:
    """The text with every `$name` of a step written in the manner of a language."""
    for name in NAMES:
        text = text.replace(f"${name}", write(name))
    return text
