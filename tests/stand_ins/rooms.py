"""A plausible picture in full colour: a room by daylight. The same words give the same room, other words another."""

import zlib

from PIL import Image, ImageDraw, ImageFilter

WALLS = ("#e9dfd0", "#d5e3ea", "#e3ead7", "#f0d9cf", "#ddd8ea")
SOFAS = ("#47788f", "#b0563f", "#7d8f4e", "#8a6a9f", "#c79a3c")
RUGS = ("#c9a66b", "#9fb7c4", "#d98e73", "#a9b88d")
Pen = ImageDraw.ImageDraw


def room(size: tuple[int, int], words: str) -> Image.Image:
    """An RGB picture of this size in px."""
    width, height = size
    seed = zlib.crc32(words.encode())
    picture = Image.new("RGB", size, WALLS[seed % len(WALLS)])
    pen = ImageDraw.Draw(picture)
    _floor(pen, width, height)
    _window(picture, width, height)
    pen.ellipse((width * 0.2, height * 0.82, width * 0.85, height * 0.97), fill=RUGS[seed // 5 % len(RUGS)])
    _sofa(pen, width, height, SOFAS[seed // 7 % len(SOFAS)], place=seed // 11 % 3)
    _lamp_and_plant(pen, width, height)
    return _lit(picture)


def _floor(pen: Pen, width: int, height: int) -> None:
    for number in range(14):
        left = width * number / 14
        shade = 150 + number * 37 % 30
        pen.rectangle((left, height * 0.72, left + width / 14, height), fill=(shade, shade - 35, shade - 70))
        pen.line((left, height * 0.72, left, height), fill=(95, 70, 45), width=2)
    pen.rectangle((0, height * 0.7, width, height * 0.725), fill="#fbf8f2")


def _window(picture: Image.Image, width: int, height: int) -> None:
    left, top, right, bottom = (int(width * 0.58), int(height * 0.12), int(width * 0.92), int(height * 0.5))
    light = Image.linear_gradient("L").resize((right - left, bottom - top))
    picture.paste(
        Image.composite(
            Image.new("RGB", light.size, "#cfe9c4"), Image.new("RGB", light.size, "#8fc6ee"), light
        ),
        (left, top),
    )
    pen = ImageDraw.Draw(picture)
    pen.rectangle((left, top, right, bottom), outline="#fffdf8", width=max(6, width // 90))
    pen.line(
        ((left + right) / 2, top, (left + right) / 2, bottom), fill="#fffdf8", width=max(4, width // 130)
    )
    pen.line(
        (left, (top + bottom) / 2, right, (top + bottom) / 2), fill="#fffdf8", width=max(4, width // 130)
    )


def _sofa(pen: Pen, width: int, height: int, colour: str, place: int) -> None:
    left = width * (0.06 + 0.12 * place)
    pen.rounded_rectangle((left, height * 0.54, left + width * 0.5, height * 0.78), 24, fill=colour)
    for number in range(2):
        x = left + width * (0.05 + 0.21 * number)
        pen.rounded_rectangle((x, height * 0.66, x + width * 0.19, height * 0.76), 16, fill="#f4efe6")
        pen.rounded_rectangle((x + 10, height * 0.57, x + width * 0.12, height * 0.66), 14, fill="#e8c9a8")
    for x in (left + width * 0.03, left + width * 0.45):
        pen.rectangle((x, height * 0.78, x + width * 0.02, height * 0.82), fill="#5b4331")


def _lamp_and_plant(pen: Pen, width: int, height: int) -> None:
    pen.line(
        (width * 0.1, height * 0.3, width * 0.1, height * 0.8), fill="#3f3a35", width=max(4, width // 160)
    )
    pen.polygon(
        [
            (width * 0.06, height * 0.32),
            (width * 0.14, height * 0.32),
            (width * 0.12, height * 0.2),
            (width * 0.08, height * 0.2),
        ],
        fill="#ffe9b0",
    )
    pen.rectangle((width * 0.86, height * 0.74, width * 0.93, height * 0.84), fill="#b8724f")
    for number in range(7):
        x = width * (0.84 + number * 0.018)
        pen.ellipse((x, height * (0.58 + number % 3 * 0.03), x + width * 0.03, height * 0.75), fill="#5f8f55")


def _lit(picture: Image.Image) -> Image.Image:
    """Softer edges, and light that falls off from the window."""
    light = Image.radial_gradient("L").resize((picture.width * 2, picture.height * 2))
    falloff = light.crop((0, picture.height // 2, picture.width, picture.height // 2 + picture.height))
    shade = Image.new("RGB", picture.size, "#40342a")
    soft = picture.filter(ImageFilter.GaussianBlur(1.2))
    return Image.composite(shade, soft, falloff.point(lambda value: value // 5))
