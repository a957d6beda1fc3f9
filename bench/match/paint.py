#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Paints every pair of a folder of photographs and one of paintings by a short run and records the losses reached.

    bench/match/paint.py PHOTOGRAPHS PAINTINGS TABLE.tsv [--every N] [options of stylize]
    bench/match/paint.py ~/photos ~/paintings mine.tsv
    bench/match/paint.py ~/photos ~/paintings check.tsv --every 7 --size 256

The losses are those of the written picture at its size with the default weights, as `stylize --json` reports
them. Options after the folders replace the short schedule (--size 128 --min-size 128 --iterations 30). Pairs that
the table has are not painted again, so a stopped run goes on where it stopped; pairs are taken in a fixed random
order, so that a part of the table is a fair sample. --every N takes each Nth of them. No picture is kept.
"""
import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

PICTURES = {".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp"}
SHORT = ["--size", "128", "--min-size", "128", "--iterations", "30"]
COLUMNS = ("photograph", "painting", "total", "content", "style", "tv")
PROGRAM = Path(__file__).resolve().parents[2] / "build/release/bin/atelier"


def pictures(folder):
    found = sorted(path for path in Path(folder).iterdir() if path.suffix.lower() in PICTURES)
    if not found:
        sys.exit(f"{folder} holds no picture.")
    return found


def done(table):
    """The pairs that the table has; a last line cut short by a stop counts as none and is taken out."""
    if not table.exists():
        return set()
    lines = table.read_text().splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines.pop()
        table.write_text("".join(lines))
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    return {(row[0], row[1]) for row in rows[1:]}


def painted(program, photograph, painting, options):
    with tempfile.TemporaryDirectory() as folder:
        command = [program, "stylize", photograph, painting, "-o", Path(folder) / "painted.png", "--json", "--quiet"]
        run = subprocess.run([*command, *options], capture_output=True, text=True)
    if run.returncode == 130 or run.returncode < 0:
        raise KeyboardInterrupt
    if run.returncode != 0:
        sys.exit(run.stderr.strip())
    return json.loads(run.stdout)["losses"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photographs")
    parser.add_argument("paintings")
    parser.add_argument("table", type=Path)
    parser.add_argument("--every", type=int, default=1, help="take each Nth pair [1]")
    parser.add_argument("--program", default=os.environ.get("ATELIER", PROGRAM), help="atelier [build/release/bin]")
    given, options = parser.parse_known_args()
    options = options or SHORT
    pairs = [(photograph, painting) for photograph in pictures(given.photographs)
             for painting in pictures(given.paintings)]
    random.Random(1).shuffle(pairs)
    pairs = pairs[::given.every]
    had = done(given.table)
    if not had:
        version = subprocess.run([given.program, "--version"], capture_output=True, text=True, check=True).stdout.strip()
        given.table.write_text(f"# Losses reached by: {version}, stylize {' '.join(options)}\n"
                               + "\t".join(COLUMNS) + "\n")
    for number, (photograph, painting) in enumerate(pairs, 1):
        if (photograph.stem, painting.stem) in had:
            continue
        losses = painted(given.program, photograph, painting, options)
        row = [photograph.stem, painting.stem, *(f"{losses[name]:.6g}" for name in COLUMNS[2:])]
        with given.table.open("a") as file:
            file.write("\t".join(row) + "\n")
        print(f"{number} of {len(pairs)}: {' '.join(row)}", file=sys.stderr)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
