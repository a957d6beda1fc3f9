# SPDX-License-Identifier: Apache-2.0
"""Sets Atelier's watermark beside the PyPI package invisible-watermark, on the same pictures and attacks.

    watermark_peer.py BENCH LIST FOLDER

BENCH is atelier_watermark_bench, LIST a file of pictures, one a line; files on the way go into FOLDER. All carry 64
bits; a payload counts as found when every bit is right. Needs invisible-watermark, opencv-python-headless, PyWavelets.
Of the package's three methods the two that carry 64 bits are run. They find any bits anywhere, without saying whether
there is a mark, and get the pictures that atelier's reader gets.
"""
import argparse
import pathlib
import random
import subprocess
import sys
import types

import cv2
import numpy

sys.modules.setdefault("torch", types.ModuleType("torch"))  # imported for its third method only
from imwatermark import WatermarkDecoder, WatermarkEncoder  # noqa: E402

METHODS = ("dwtDct", "dwtDctSvd")


def run(*words):
    return subprocess.run([str(w) for w in words], check=True, capture_output=True, text=True).stdout


def psnr(a, b):
    return 10 * numpy.log10(255 ** 2 / numpy.mean((a.astype(float) - b.astype(float)) ** 2))


def mark(method, args, picture, payload, out):
    """Writes the marked picture and returns its PSNR."""
    plain = cv2.imread(str(picture))
    if method == "atelier":
        run(args.bench, "embed", args.folder / "secret", payload.hex(), picture, out)
    else:
        encoder = WatermarkEncoder()
        encoder.set_watermark("bytes", payload)
        cv2.imwrite(str(out), encoder.encode(plain, method))
    return psnr(plain, cv2.imread(str(out)))


def read(method, args, files):
    """The payload of each file, None where there is none."""
    if method == "atelier":
        lines = run(args.bench, "read", args.folder / "secret", *files).splitlines()
        said = [line.split(": ", 1)[1].split(",")[0] for line in lines]
        return [None if word == "none" else bytes.fromhex(word) for word in said]
    found = []
    for file in files:
        try:
            found.append(WatermarkDecoder("bytes", 64).decode(cv2.imread(str(file)), method))
        except RuntimeError:  # it takes no picture below 256 x 256 px
            found.append(None)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=lambda p: pathlib.Path(p).resolve())
    parser.add_argument("list", type=lambda p: pathlib.Path(p).resolve())
    parser.add_argument("folder", type=lambda p: pathlib.Path(p).resolve())
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(1)
    (args.folder / "secret").write_bytes(chance.randbytes(32))
    pictures = args.list.read_text().split("\n")
    pictures = [p for p in pictures if p]
    methods = ("atelier",) + METHODS
    found, costs = {}, {m: [] for m in methods}
    attacked = args.folder / "attacked"
    attacked.mkdir(exist_ok=True)
    for number, picture in enumerate(pictures):
        payload = chance.randbytes(8)
        for method in methods:
            try:
                costs[method].append(mark(method, args, picture, payload, args.folder / "marked.png"))
            except RuntimeError:
                continue  # too small for the package
            run(args.bench, "attack", number, args.folder / "marked.png", attacked)
            files = [args.folder / "marked.png"] + sorted(attacked.glob("*.png"))
            for file, said in zip(files, read(method, args, files)):
                found.setdefault(file.stem, {m: 0 for m in methods})[method] += said == payload
    print(f"{len(pictures)} pictures | " + " | ".join(methods))
    print("mean PSNR | " + " | ".join(f"{numpy.mean(costs[m]):.2f} dB" for m in methods))
    for name, counts in found.items():
        print(f"{name} | " + " | ".join(f"{100 * counts[m] / len(pictures):.0f} %" for m in methods))


if __name__ == "__main__":
    main()
