"""Titles without a model: from the words of an idea, and for a photo, of which nothing is known, plain ones."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from generations.scenes import understand

MOST = 3
LONGEST = 60  # letters
MOST_THINGS = 3
# What a title can do without, in the languages that ideas are read in.
ARTICLES = re.compile(
    r"^(an?|the|some|ein|eine|einen|der|die|das|une?|le|la|les|des|una?|unos|unas|el|los|las)\s+|^l['’]",
    re.IGNORECASE,
)
END = re.compile(r"[.!?;:\n]")
ROOMS = ("redesign", "staging")
FOR_A_PAGE = (
    gettext_lazy("Our photo to colour in"),
    gettext_lazy("A page of us"),
    gettext_lazy("A day to remember"),
)
FOR_A_ROOM = (gettext_lazy("Our room"), gettext_lazy("A new look"), gettext_lazy("How it could be"))
FOR_A_PICTURE = (gettext_lazy("Our picture"), gettext_lazy("Put together by us"))


def titles_from(words: str, language: str) -> list[str]:
    """One to three titles made of an idea's own words; none of no words. `language` is tried first."""
    sentence = END.split(words.strip(), maxsplit=1)[0]
    found = (ARTICLES.sub("", sentence), " & ".join(_things_in(sentence, language)), sentence)
    return list(dict.fromkeys(_capital(_short(title)) for title in found if title.strip()))[:MOST]


def titles_for(mode: str, finish: str) -> list[str]:
    """Plain ones, for pictures of which nobody has said what they show."""
    plain: tuple[Promise, ...] = FOR_A_PAGE if finish == "line_art" else FOR_A_PICTURE
    return [str(title) for title in (FOR_A_ROOM if mode in ROOMS else plain)]


def _things_in(sentence: str, language: str) -> list[str]:
    """What is named in it and can be drawn, as it was typed; no places, which are told with the words around them."""
    wishes = understand(sentence, language).wishes
    return list(dict.fromkeys(wish.words for wish in wishes if wish.kind != "place"))[:MOST_THINGS]


def _short(text: str) -> str:
    """On one line, cut between words."""
    line = " ".join(text.split())
    if len(line) <= LONGEST:
        return line
    cut = line[: LONGEST - 1]
    return (cut.rpartition(" ")[0] or cut) + "…"


def _capital(title: str) -> str:
    return title[:1].upper() + title[1:]
