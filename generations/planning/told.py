"""What a model is told to plan: short and versioned, as what it is told to draw."""

from generations.models import Plan

VERSION = "plan-1"
TASK = {
    "line_art": "Plan a set of {slides} pages of a colouring book for children.",
    "full_color": "Plan a series of {slides} pictures in full colour for a family.",
}
EACH = """\
Nothing in it frightens or is for adults.
Each page shows one clear scene that differs from the others; together they tell the topic in a sensible order.
Write titles and captions in the language of the topic, correct and easy to read.
Describe pictures without text in them."""


def told(plan: Plan) -> str:
    """Six to nine lines."""
    lines = (
        TASK[plan.finish].format(slides=plan.slides),
        EACH,
        f"The topic: {plan.topic}",
        f"For whom: {plan.audience}" if plan.audience else "",
        f"What for: {plan.purpose}" if plan.purpose else "",
        f"It must say: {plan.key_points}" if plan.key_points else "",
    )
    return "\n".join(line for line in lines if line)
