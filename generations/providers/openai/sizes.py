"""Which size a model of OpenAI is asked for. https://platform.openai.com/docs/api-reference/images (2026)."""

from generations.providers.aspect import closest_ratio
from generations.providers.base import DrawRequest, ProviderError

SIZES = {"1:1": (1024, 1024), "2:3": (1024, 1536), "3:2": (1536, 1024)}  # px, of every model
# Models that draw in any size whose sides can be divided by STEP.
ANY_SIZE = {"gpt-image-2", "gpt-image-2.5-sunburst", "gpt-image-2.5-flare"}
STEP = 16  # px


def size_for(model: str, request: DrawRequest) -> str:
    """Like "1024x1536". Raises ProviderError (permanent) where the model has no such shape as large as that."""
    width, height = _any_size(request) if model in ANY_SIZE else SIZES[closest_ratio(request, tuple(SIZES))]
    if max(width, height) < request.edge:
        raise ProviderError("permanent", "PROVIDER_ERROR", "the model draws nothing as large as that")
    return f"{width}x{height}"


def _any_size(request: DrawRequest) -> tuple[int, int]:
    long = -(-request.edge // STEP) * STEP
    short = round(request.edge * min(request.shape, 1 / request.shape) / STEP) * STEP
    return (long, short) if request.shape > 1 else (short, long)
