"""What is understood of the places that a family points at, before anything is drawn."""

from typing import TYPE_CHECKING

from generations.models import Asset
from generations.providers.embedded.photos import decoded
from generations.serving import stored

if TYPE_CHECKING:
    from generations.lineart.pointer import Places


def subject_preview(photo: Asset, places: "Places") -> str | None:
    """An SVG to lay over the photo; None where nothing is found. Raises AppError SERVICE_UNAVAILABLE without the photo."""
    # Loaded with the first one: it takes a second, which no other command should wait for.
    from generations.lineart import Pointer, preview

    return preview(decoded(stored(photo), closer=False), Pointer.at(places))
