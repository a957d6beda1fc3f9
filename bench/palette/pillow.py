#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What Pillow's quantisers find in the pictures of made.cpp, told how many colours there are: pillow.py DIR.

Needs Pillow (python3-pil). Each line of a written table is a picture's name and its colours.
"""
import sys
from pathlib import Path

from PIL import Image, features

METHODS = {"pillow-median-cut": (Image.Quantize.MEDIANCUT, 0), "pillow-max-coverage": (Image.Quantize.MAXCOVERAGE, 0),
           "pillow-octree": (Image.Quantize.FASTOCTREE, 0), "pillow-median-cut-kmeans": (Image.Quantize.MEDIANCUT, 20)}
if features.check("libimagequant"):
    METHODS["libimagequant"] = (Image.Quantize.LIBIMAGEQUANT, 0)

folder = Path(sys.argv[1])
truth = [line.split() for line in (folder / "truth.tsv").read_text().splitlines()]
for name, (method, kmeans) in METHODS.items():
    with open(folder / f"{name}.tsv", "w") as table:
        for stem, *colours in truth:
            picture = Image.open(folder / f"{stem}.jpg").convert("RGB")
            found = picture.quantize(len(colours), method=method, kmeans=kmeans, dither=Image.Dither.NONE)
            used = [index for _, index in found.getcolors()]
            rgb = found.getpalette()
            table.write("\t".join([stem] + ["#%02x%02x%02x" % tuple(rgb[3 * i:3 * i + 3]) for i in used]) + "\n")
