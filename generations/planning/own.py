"""A plan by our own engine: pages that it can draw, from the words of the topic that it knows."""

import tomllib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

from generations.planning.form import CarouselPlan, Slide
from generations.scenes.series import Part, series


def own_plan(topic: str, slides: int, language: str) -> CarouselPlan | None:
    """The same words give the same plan, in the language of the topic; None where nothing of it is known."""
    found = series(topic, slides, language)
    if len(found.parts) < slides:
        return None
    words = _words()[found.idea.language]
    turns: Counter[str] = Counter()
    return CarouselPlan(
        theme=words["theme"],
        slides=[_slide(part, words[part.kind], turns) for part in found.parts],
        final_caption=words["final_caption"],
    )


def _slide(part: Part, captions: list[str], turns: Counter[str]) -> Slide:
    """With the next of the captions of its kind."""
    caption = captions[turns[part.kind] % len(captions)]
    turns[part.kind] += 1
    return Slide(title=part.words, caption=caption, image_prompt=part.words)


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
