"""Pictures as services send them: line art with soft grey edges, rooms in full colour, and pictures that are none."""

import io

from PIL import Image, ImageDraw, ImageFilter

from tests.stand_ins.rooms import room

SIZES = {
    "1:1": (1024, 1024),
    "3:4": (864, 1184),
    "4:3": (1184, 864),
    "2:3": (832, 1248),
    "3:2": (1248, 832),
    "4:5": (896, 1152),
    "5:4": (1152, 896),
    "9:16": (768, 1344),
    "16:9": (1344, 768),
    "21:9": (1536, 672),
}
PAGE_WORDS = "colouring book"  # in what is told for a page of line art


def encoded(picture: Image.Image, form: str = "PNG") -> bytes:
    file = io.BytesIO()
    picture.save(file, form, compress_level=1)  # quick: whoever waits is a test
    return file.getvalue()


def size_of(ratio: str, *, larger: bool = False) -> tuple[int, int]:
    """What a model makes of a ratio: px, twice as many where a `larger` picture is asked for."""
    width, height = SIZES.get(ratio, SIZES["1:1"])
    return (2 * width, 2 * height) if larger else (width, height)


def drawn_for(words: str, size: tuple[int, int]) -> bytes:
    """Line art where the words ask for a page, else a room in full colour, PNG."""
    return line_art(size) if PAGE_WORDS in words else encoded(room(size, words))


def line_art(size: tuple[int, int] = SIZES["3:4"]) -> bytes:
    """A house with a sun, windows, hills and a flower bed: some forty areas, PNG."""
    width, height = size
    picture = Image.new("L", (width, height), 255)
    pen = ImageDraw.Draw(picture)
    _house(pen, width, height)
    _flowers(pen, width, height)
    return encoded(picture.filter(ImageFilter.GaussianBlur(0.8)).convert("RGB"))


def _house(pen: ImageDraw.ImageDraw, width: int, height: int) -> None:
    left, right, top, ground = width * 0.2, width * 0.8, height * 0.35, height * 0.7
    pen.ellipse((width * 0.06, height * 0.04, width * 0.24, height * 0.04 + width * 0.18), outline=0, width=8)
    pen.line((0, ground, width, ground), fill=0, width=8)
    pen.rectangle((left, top, right, ground), fill=255, outline=0, width=8)
    pen.polygon([(left, top), (right, top), (width / 2, height * 0.12)], fill=255, outline=0, width=8)
    pen.rectangle((width * 0.44, height * 0.52, width * 0.56, ground), outline=0, width=8)
    for x in (0.26, 0.62):
        for y in (0.4, 0.54):
            pen.rectangle((width * x, height * y, width * (x + 0.12), height * (y + 0.1)), outline=0, width=8)


def _flowers(pen: ImageDraw.ImageDraw, width: int, height: int) -> None:
    for number in range(6):
        x, y, petal = width * (0.1 + number * 0.16), height * 0.84, width * 0.028
        for dx, dy in ((-1, 0), (1, 0), (0, -1), (0, 1)):
            centre_x, centre_y = x + dx * petal, y + dy * petal
            pen.ellipse(
                (centre_x - petal, centre_y - petal, centre_x + petal, centre_y + petal), outline=0, width=6
            )
        pen.ellipse((x - petal, y - petal, x + petal, y + petal), fill=255, outline=0, width=6)


def plain(size: tuple[int, int]) -> bytes:
    """Nothing but one colour, PNG."""
    return encoded(Image.new("RGB", size, "linen"))


def photograph() -> bytes:
    """Colours where line art was asked for, PNG."""
    return encoded(Image.linear_gradient("L").resize((512, 512)).convert("RGB").rotate(30, fillcolor="teal"))
