"""A plan by our own engine: pages that it can draw, from the words of the topic that it knows."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from generations.planning.form import OwnPlan, Slide
from generations.planning.typed import age_of, complexity_for, is_audience, points_of, purpose_of
from generations.scenes.series import Part, Series, said, series


def own_plan(
    topic: str, slides: int, language: str, *, audience: str = "", purpose: str = "", key_points: str = ""
) -> OwnPlan | None:
    """The same words give the same plan, in the language of the topic; None where nothing of it is known.

    Each key point that we can draw has a page of its own, with the point as its caption; the others are captions of the
    pages that are left. For the youngest captions are short; a purpose that we know says how the set begins and ends.
    """
    found = series(topic, slides, language)
    if len(found.parts) < slides:
        return None
    told, points = _pages(found, slides, points_of(key_points))
    words = _words_for(found.idea.language, audience, topic, purpose)
    unknown = [
        *found.idea.unknown,
        *_not_known(audience, is_audience),
        *_not_known(purpose, purpose_of),
        *points,
    ]
    return OwnPlan(
        theme=words["theme"],
        slides=list(_slides(told, words, points)),
        final_caption=words["final_caption"],
        not_drawn=unknown,
    )


def _pages(found: Series, slides: int, points: list[str]) -> tuple[list[tuple[Part, str]], list[str]]:
    """What the pages show, each with the point that it makes, "" for none; and the points that no page shows."""
    drawn = {part.words: (part, point) for point in points if (part := said(point, found.idea))}
    shown = dict(list(drawn.items())[:slides])
    rest = [(part, "") for part in found.parts if part.words not in shown][: slides - len(shown)]
    made = {point for _part, point in shown.values()}
    return [*rest[:1], *shown.values(), *rest[1:]], [point for point in points if point not in made]


def _slides(told: list[tuple[Part, str]], words: dict[str, Any], points: list[str]) -> Iterator[Slide]:
    """With the point that a page makes, else with one that no page shows, else with the next of the captions of its kind."""
    turns: Counter[str] = Counter()
    left = iter(points)
    for part, point in told:
        caption = point or next(left, "")
        if not caption:
            captions = words[part.kind]
            caption = captions[turns[part.kind] % len(captions)]
            turns[part.kind] += 1
        yield Slide(title=part.words, caption=_sentence(caption), image_prompt=part.words)


def _sentence(words: str) -> str:
    """As a sentence begins and ends."""
    return words[:1].upper() + words[1:] + ("" if words[-1:] in ".!?" else ".")


def _not_known(words: str, is_known: Any) -> list[str]:
    return [words] if words and not is_known(words) else []


def _words_for(language: str, audience: str, topic: str, purpose: str) -> dict[str, Any]:
    """What we write in this language, for these and for this."""
    words = _words()[language]
    is_young = complexity_for(age_of(audience, topic)) == "simple"
    own = words["purposes"].get(purpose_of(purpose), {})
    begins = {"whole": [own["whole"]]} if own else {}
    end = own.get("final_caption", words["final_caption"])
    return {**words, **(words["short"] if is_young else {}), **begins, "final_caption": end}


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
