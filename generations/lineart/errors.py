"""What can go wrong when a picture becomes a colouring page."""


class LineArtError(Exception):
    """A picture that cannot become a page. `code` is stable, the message is plain words for the family."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class DrawingFileError(LineArtError):
    """Bytes that are not a drawing file, or one of a version this program does not know."""

    def __init__(self, message: str) -> None:
        super().__init__("BAD_DRAWING_FILE", message)
