"""What a model is told to plan, word for word: a change here needs another version."""

import pytest

from generations.models import Plan
from generations.planning.told import VERSION, told

PAGES = """\
Plan a set of 3 pages of a colouring book for children.
Nothing in it frightens or is for adults.
Each page shows one clear scene that differs from the others; together they tell the topic in a sensible order.
Write titles and captions in the language of the topic, correct and easy to read.
Describe pictures without text in them.
The topic: Life cycle of a frog"""
PICTURES = f"""\
{PAGES.replace("set of 3 pages of a colouring book for children", "series of 3 pictures in full colour for a family")}
For whom: first class
What for: biology
It must say: eggs come first"""
MORE = {"audience": "first class", "purpose": "biology", "key_points": "eggs come first"}


@pytest.mark.parametrize(
    ("finish", "words", "text"),
    [("line_art", {}, PAGES), ("full_color", MORE, PICTURES)],
    ids=["pages", "pictures"],
)
def test_what_is_told(finish: str, words: dict[str, str], text: str):
    plan = Plan(topic="Life cycle of a frog", slides=3, finish=finish, **words)
    assert (told(plan), VERSION) == (text, "plan-1")
