"""What exiftool finds in files besides the picture itself."""

import json
import re
import subprocess
from pathlib import Path

# What a file of its kind must say to be shown; everything else is a find.
NEEDED = re.compile(
    r"SourceFile|ExifTool:ExifToolVersion"
    r"|File:(FileName|Directory|FileSize|File\w*Date|FilePermissions|FileType\w*|MIMEType|ImageWidth|ImageHeight"
    r"|EncodingProcess|BitsPerSample|ColorComponents|YCbCrSubSampling)"
    r"|JFIF:(JFIFVersion|ResolutionUnit|[XY]Resolution)|Composite:(ImageSize|Megapixels)"
    r"|PNG:(ImageWidth|ImageHeight|BitDepth|ColorType|Compression|Filter|Interlace|Palette|Transparency|SRGBRendering"
    r"|PixelsPerUnit[XY]|PixelUnits)"
    r"|RIFF:(ImageWidth|ImageHeight|VP8Version|HorizontalScale|VerticalScale|AlphaIsUsed|WebP_Flags|AlphaPreprocessing"
    r"|AlphaFiltering|AlphaCompression)"
    r"|SVG:(Xmlns|ImageWidth|ImageHeight|ViewBox|(Path|Rect|G|Circle|Text)\w*[\w-]*)"
    r"|PDF:(PDFVersion|Linearized|PageCount|Producer|Title)"
)


def found(folder: Path) -> dict[str, list[str]]:
    """File name -> what is in it that need not be, with its value."""
    told = subprocess.run(["exiftool", "-j", "-G", "-a", "-U", str(folder)], capture_output=True, check=True)
    files = json.loads(told.stdout)
    return {
        file["File:FileName"]: [f"{name}={file[name]!s:.80}" for name in file if not NEEDED.fullmatch(name)]
        for file in files
    }
