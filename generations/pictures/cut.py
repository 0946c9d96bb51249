"""A picture in exactly the shape that was asked for."""

from generations.pictures.judge import Bytes


def cut_to(picture: Bytes, shape: float) -> Bytes:
    """The middle of RGB (H,W,3): as much of it as is `shape`, width by height, to the nearest px."""
    height, width = picture.shape[:2]
    across, down = min(width, round(height * shape)), min(height, round(width / shape))
    left, top = (width - across) // 2, (height - down) // 2
    return picture[top : top + down, left : left + across]
