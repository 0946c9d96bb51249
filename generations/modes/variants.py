"""Which models are told more than the rest: as data, so that a measurement changes a line.

Short is the rule: for photo -> line art five lines scored 4.92 of 5 on a large model, a long text 3.30, and 2.68 on a
small one (measured before this was built). The long text is for models that need every part of a room named.
"""

from typing import Literal

Variant = Literal["short", "long"]
LONG = frozenset({"gpt-image-1", "openai/gpt-image-1"})  # they draw the whole picture anew


def variant_for(model: str) -> Variant:
    return "long" if model in LONG else "short"


def version_of(prompt_version: str, variant: Variant) -> str:
    """The version that is kept with an attempt."""
    return prompt_version if variant == "short" else f"{prompt_version}-{variant}"
