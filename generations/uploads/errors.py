"""Why a photo is not taken: error codes of the API and the sentence a parent reads."""


def _(sentence: str) -> str:
    """Marks a sentence for the translators; whoever shows it translates it, as this room knows no Django."""
    return sentence


_SENTENCES: dict[str, tuple[str, str]] = {
    "too_large": ("UPLOAD_TOO_LARGE", _("This file is larger than 10 MB. Please choose a smaller photo.")),
    "unsupported": (
        "UNSUPPORTED_FORMAT",
        _("This is not a kind of picture we can open. Please choose a JPEG, PNG, WebP or HEIC photo."),
    ),
    "empty": ("UNREADABLE_IMAGE", _("This file is empty. Please choose another photo.")),
    "broken": (
        "UNREADABLE_IMAGE",
        _("This photo is damaged and cannot be opened. Please choose another one."),
    ),
    "too_many_pixels": (
        "UNREADABLE_IMAGE",
        _("This picture has more than 50 megapixels. Please choose a smaller one."),
    ),
    "too_small": ("UNREADABLE_IMAGE", _("This picture is too small or too narrow to draw.")),
}


class PhotoError(Exception):
    """A photo that is refused. `code` is the API's error code, `message` plain words for a person."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        self.code, self.message = _SENTENCES.get(reason, _SENTENCES["broken"])
        super().__init__(self.message)


class DecoderBusy(Exception):
    """All decoders of this machine are at work: answer 503 with Retry-After `retry_after` (seconds)."""

    def __init__(self, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__(f"All photo decoders are busy, try again in {retry_after} s.")
