"""How a picture in full colour may be made, and what a model is told of it. A new style is a line here."""

from typing import Literal, get_args

PictureStyle = Literal["photo", "watercolour", "storybook", "flat", "3d", "pencil"]
PICTURE_STYLES: dict[PictureStyle, str] = {
    "photo": "a realistic photograph with natural light",
    "watercolour": "a watercolour painting with soft washes on paper",
    "storybook": "a storybook illustration, warm and friendly, with soft shapes",
    "flat": "a flat illustration with simple shapes and clear, even colours",
    "3d": "a 3D rendering with rounded shapes and soft shadows, like an animated film",
    "pencil": "a drawing in coloured pencil with visible strokes",
}
assert set(PICTURE_STYLES) == set(get_args(PictureStyle))


def style_line(styles: list[PictureStyle]) -> str:
    """One line for one to three styles."""
    first, *others = (PICTURE_STYLES[style] for style in styles)
    return f"Style: {first}" + "".join(f", blended with {other}" for other in others) + "."
