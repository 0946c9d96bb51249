"""Finishing: any raster of line art, whoever drew it, becomes a page of closed strokes; and a judgement of the raster.

Providers draw 1024-1536 px with grey edges, faint shading, tinted paper, noise and small gaps.
"""

from generations.lineart.finish.finish import find_lines, finish
from generations.lineart.finish.judge import REPAIRABLE, judge_raster
from generations.lineart.finish.lines import Lines, dump_lines, load_lines

__all__ = ["REPAIRABLE", "Lines", "dump_lines", "find_lines", "finish", "judge_raster", "load_lines"]
