"""Why a photo is not taken: error codes of the API and the sentence a parent reads."""

_SENTENCES: dict[str, tuple[str, str]] = {
    "too_large": ("UPLOAD_TOO_LARGE", "This file is larger than 10 MB. Please choose a smaller photo."),
    "unsupported": (
        "UNSUPPORTED_FORMAT",
        "This is not a kind of picture we can open. Please choose a JPEG, PNG, WebP or HEIC photo.",
    ),
    "empty": ("UNREADABLE_IMAGE", "This file is empty. Please choose another photo."),
    "broken": ("UNREADABLE_IMAGE", "This photo is damaged and cannot be opened. Please choose another one."),
    "too_many_pixels": (
        "UNREADABLE_IMAGE",
        "This picture has more than 50 megapixels. Please choose a smaller one.",
    ),
    "too_small": ("UNREADABLE_IMAGE", "This picture is too small or too narrow to draw."),
}


class PhotoError(Exception):
    """A photo that is refused. `code` is the API's error code, `message` plain words for a person."""

    def __init__(self, reason: str) -> None:
        self.code, self.message = _SENTENCES.get(reason, _SENTENCES["broken"])
        super().__init__(self.message)


class DecoderBusy(Exception):
    """All decoders of this machine are at work: answer 503 with Retry-After `retry_after` (seconds)."""

    def __init__(self, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__(f"All photo decoders are busy, try again in {retry_after} s.")
