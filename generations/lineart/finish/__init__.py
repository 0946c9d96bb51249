"""Finishing: any raster of line art, whoever drew it, becomes a page of closed strokes; and a judgement of the raster.

Providers draw 1024-1536 px with grey edges, faint shading, tinted paper, noise and small gaps.
"""

from generations.lineart.finish.finish import finish
from generations.lineart.finish.judge import judge_raster

__all__ = ["finish", "judge_raster"]
