"""Ideas drawn from the vocabulary of scenes."""

from generations.providers.aspect import quotient
from generations.providers.base import Drawn, DrawRequest, ProviderError

SEED_STEP = 7919  # apart enough that a redo and a variant never meet; a prime


def draw_idea(request: DrawRequest) -> Drawn:
    """Draws what is understood of the prompt; another variant or a redo is another arrangement of the same.

    Raises ProviderError (permanent) when nothing is understood: somebody else may know these words. Where nobody else
    draws, the mode refuses such ideas before they are charged.
    """
    from generations.scenes import understand
    from generations.scenes.composer import compose_scene

    idea = understand(request.prompt)
    if not idea.wishes:
        raise ProviderError("permanent", "CONTENT_REJECTED", "no word of this idea is known")
    seed = request.params["seed"] + SEED_STEP * (3 * request.is_redo + request.variant)
    scene = compose_scene(idea, request.params["complexity"], seed, _aspect(request))
    return Drawn(drawing=scene, notes={"known": list(idea.known), "unknown": list(idea.unknown)})


def _aspect(request: DrawRequest) -> float | None:
    """Width over height that was asked for; None where the scene may have its own on the page."""
    ratio = request.params.get("aspect_ratio", "page")
    return None if ratio == "page" else quotient(ratio)
