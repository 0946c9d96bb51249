"""What the pages say about photos and pictures, in plain words."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

REMOVED = {
    "location": gettext_lazy("where it was taken"),
    "camera": gettext_lazy("date and camera details"),
    "comment": gettext_lazy("comments"),
    "thumbnail": gettext_lazy("a hidden small copy"),
    "trailing": gettext_lazy("data hidden behind the picture"),
}
LINES = {
    "thin": gettext_lazy("Thin"),
    "medium": gettext_lazy("Medium"),
    "thick": gettext_lazy("Thick"),
}
SIMPLER = {
    0: gettext_lazy("As drawn"),
    1: gettext_lazy("A little simpler"),
    2: gettext_lazy("Simpler"),
    3: gettext_lazy("Simplest"),
}
VARIANTS = {1: gettext_lazy("One"), 2: gettext_lazy("Two"), 3: gettext_lazy("Three")}
PAPERS = {"a4": gettext_lazy("A4"), "letter": gettext_lazy("US Letter")}
PROBLEMS = {
    "blank": gettext_lazy("There is hardly anything on this page to colour."),
    "too_thin": gettext_lazy("The lines of this page are too thin to print."),
    "solid_black": gettext_lazy("Large parts of this page are already black."),
    "too_dense": gettext_lazy("This page has so many lines that little is left to colour."),
    "noisy": gettext_lazy("This page is full of loose lines and specks."),
    "open": gettext_lazy("The lines of this page do not close around areas to colour."),
    "coloured": gettext_lazy("This picture is in colour; a colouring page is black lines on white."),
    "grey": gettext_lazy("There is too much grey on this picture for a colouring page."),
    "too_small": gettext_lazy("The picture came back smaller than you asked for."),
    "wrong_shape": gettext_lazy("The picture came back in another shape than you asked for."),
    "empty": gettext_lazy("There is hardly anything on this picture."),
    "copy": gettext_lazy("The picture came back unchanged."),
}
MOST_WORDS, LONGEST_WORD = 12, 30  # of an idea, repeated to whoever typed it
# Switches of a page: name, the usual value, and what the other one is called.
UNUSUAL = (
    ("frame", True, gettext_lazy("no frame")),
    ("background", True, gettext_lazy("no background")),
    ("mirror", False, gettext_lazy("mirrored")),
)


def removed_sentence(codes: Sequence[str]) -> str:
    """What was taken out of an upload; "" when it carried nothing."""
    words = [str(REMOVED[code]) for code in codes if code in REMOVED]
    if not words:
        return ""
    listed = words[0] if len(words) == 1 else _(" and ").join([", ".join(words[:-1]), words[-1]])
    return _("We removed from it: %(what)s.") % {"what": listed}


def verdict_sentence(verdict: Mapping[str, object]) -> str:
    """What the quality gate found on a page."""
    if problem := verdict.get("problem"):
        return str(PROBLEMS[str(problem)])
    numbers = verdict.get("numbers")
    if isinstance(numbers, Mapping) and "spread" in numbers:
        return _("Your picture is ready.")
    areas = int(numbers.get("areas", 0)) if isinstance(numbers, Mapping) else 0
    if not areas:
        return _("This page is ready to colour.")
    return ngettext(
        "Ready to colour: %(areas)d area to fill in.", "Ready to colour: %(areas)d areas to fill in.", areas
    ) % {"areas": areas}


def idea_sentences(known: Sequence[str], unknown: Sequence[str]) -> list[str]:
    """What of an idea is drawn and which of its words are not known; nothing where nothing is to be said."""
    sentences = []
    if known:
        sentences.append(_("I can draw: %(words)s.") % {"words": _listed(known)})
    if unknown:
        sentences.append(_("I don't know: %(words)s.") % {"words": _listed(unknown)})
    return sentences


def left_over_sentence(words: Sequence[str]) -> str:
    """What was typed for a set and is on none of its pictures; "" for nothing."""
    return _("Not on these pictures: %(words)s.") % {"words": _listed(words)} if words else ""


def _listed(words: Sequence[str]) -> str:
    """At most MOST_WORDS words, each cut where it is endless."""
    short = [word if len(word) <= LONGEST_WORD else f"{word[:LONGEST_WORD]}…" for word in words[:MOST_WORDS]]
    return ", ".join([*short, "…"] if len(words) > MOST_WORDS else short)


def version_words(params: Mapping[str, Any]) -> str:
    """What one version looks like, as under its small picture: lines, paper, and whatever is unusual."""
    line, paper, simplify = (params.get(name) for name in ("line_thickness", "paper", "simplify"))
    words = [LINES.get(line or "", line), PAPERS.get(paper or "", paper)]
    words += [SIMPLER[simplify]] if simplify else []
    words += [word for name, usual, word in UNUSUAL if params.get(name, usual) != usual]
    return ", ".join(str(word) for word in words)
