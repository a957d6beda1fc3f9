#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes what `atelier match` measures of every pair of a folder of photographs and one of paintings.

    bench/match/figures.py PHOTOGRAPHS PAINTINGS FIGURES.tsv

Nothing is painted. fit.py reads the table beside the one of paint.py.
"""
import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from paint import PROGRAM, pictures


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photographs")
    parser.add_argument("paintings")
    parser.add_argument("table", type=Path)
    parser.add_argument("--program", default=os.environ.get("ATELIER", PROGRAM), help="atelier [build/release/bin]")
    given, options = parser.parse_known_args()
    lines = []
    for photograph in pictures(given.photographs):
        run = subprocess.run([given.program, "match", photograph, given.paintings, "--json", "--quiet", *options],
                             capture_output=True, text=True)
        if run.returncode != 0:
            sys.exit(run.stderr.strip())
        for style in sorted(json.loads(run.stdout)["styles"], key=lambda style: style["style"]):
            figures = style["figures"]
            if not lines:
                lines.append("\t".join(["photograph", "painting", *figures]))
            lines.append("\t".join([photograph.stem, Path(style["style"]).stem,
                                    *(f"{value:.5g}" for value in figures.values())]))
        print(f"{photograph.stem}: done", file=sys.stderr)
    given.table.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
