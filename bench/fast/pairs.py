#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How far one pass comes from the unpainted photograph to what steps reach, on pairs never trained on.

    bench/fast/pairs.py PHOTOGRAPHS PAINTINGS REACHED.tsv TABLE.tsv --size 256 [options of stylize]
    bench/fast/pairs.py ~/photos ~/paintings bench/match/reached_256.tsv plain.tsv --size 256 --fast-model plain.safetensors

REACHED.tsv: what steps reached at that size, as bench/match/paint.py records it; its pairs are taken. Options are
those of `stylize --method fast`. TABLE.tsv gets a row a pair: content and style (Wasserstein) of the picture painted in
one pass, of that by steps, and the photograph's own style. The summary says, in the mean over pairs and its 95 %
interval (bootstrap over photographs and paintings):

    way      (style - style by steps) / (style of the photograph - style by steps): 0 as by steps, 1 unpainted
    content  content / content by steps

and how many pairs lie at most a quarter of the way at a content no worse.
"""
import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "match"))
from measures import bootstrap  # noqa: E402

PROGRAM = Path(__file__).resolve().parents[2] / "build/release/bin/atelier"
COLUMNS = ("photograph", "painting", "content", "style", "content_by_steps", "style_by_steps", "style_unpainted")


def rows_of(table):
    lines = [line.split("\t") for line in table.read_text().splitlines() if not line.startswith("#")]
    return [dict(zip(lines[0], line)) for line in lines[1:]]


def picture(folder, stem):
    found = [path for path in sorted(Path(folder).iterdir()) if path.stem == stem]
    if not found:
        sys.exit(f"{folder} holds no {stem}.")
    return found[0]


def run(program, *words):
    done = subprocess.run([program, *map(str, words)], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(done.stderr.strip())
    return done.stdout


def measured(program, photograph, painting, result, size):
    score = json.loads(run(program, "score", photograph, painting, result, "--size", size, "--json"))
    return score["content"], score["wasserstein"]


def measure(given, options, pair):
    photograph = picture(given.photographs, pair["photograph"])
    painting = picture(given.paintings, pair["painting"])
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "painted.png"
        run(given.program, "stylize", photograph, painting, "-o", result, "--method", "fast", "--size", given.size,
            "--quiet", *options)
        content, style = measured(given.program, photograph, painting, result, given.size)
    _, unpainted = measured(given.program, photograph, painting, photograph, given.size)
    return (content, style, float(pair["content"]), float(pair["style"]), unpainted)


def mean(values):
    """nan of none, which bootstrap() leaves out."""
    return sum(values) / len(values) if values else math.nan


def summary(rows):
    photographs, paintings = [row[0] for row in rows], [row[1] for row in rows]
    ways = [(style - steps) / (unpainted - steps) for _, _, _, style, _, steps, unpainted in rows]
    contents = [content / steps for _, _, content, _, steps, _, _ in rows]
    for name, values in (("way", ways), ("content", contents)):
        low, high = bootstrap(photographs, paintings, lambda chosen, _, v=values: mean([v[i] for i in chosen]))
        print(f"{name:8} {mean(values):.3f} ({low:.3f} to {high:.3f})")
    for i, name in enumerate(COLUMNS[2:], 2):
        print(f"{name:16} {mean([row[i] for row in rows]):.4f}")
    met = sum(way <= 0.25 and content <= 1 for way, content in zip(ways, contents))
    print(f"{met} of {len(rows)} pairs at most a quarter of the way at a content no worse")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photographs")
    parser.add_argument("paintings")
    parser.add_argument("reached", type=Path)
    parser.add_argument("table", type=Path)
    parser.add_argument("--size", required=True)
    parser.add_argument("--program", default=os.environ.get("ATELIER", PROGRAM), help="atelier [build/release/bin]")
    given, options = parser.parse_known_args()
    rows = []
    with given.table.open("w") as file:
        file.write("\t".join(COLUMNS) + "\n")
        for pair in rows_of(given.reached):
            rows.append((pair["photograph"], pair["painting"], *measure(given, options, pair)))
            file.write("\t".join([*rows[-1][:2], *(f"{value:.6g}" for value in rows[-1][2:])]) + "\n")
            file.flush()
    summary(rows)


if __name__ == "__main__":
    main()
