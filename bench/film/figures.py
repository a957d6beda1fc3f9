#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Sums up what atelier_film_bench printed of a film and of the same frames painted one by one.

    bench/film/figures.py FILM.jsonl ALONE.jsonl

Compares the frames that both lines tell of. Exit code 1 when the film changes by more than a third of
what single pictures do, or a mean style loss of it is further than a tenth from theirs.
"""
import json
import sys

MOST_CHANGE, MOST_APART = 1 / 3, 0.1


def frames_of(path, name):
    with open(path) as lines:
        return {line["frame"]: {**line[name], "rss": line["peak_rss"]}
                for line in map(json.loads, lines) if name in line and "frame" in line}


def main():
    film, alone = frames_of(sys.argv[1], "film"), frames_of(sys.argv[2], "alone")
    good = True

    def compare(key, both, holds, what):
        nonlocal good
        a = sum(film[t][key] for t in both) / len(both)
        b = sum(alone[t][key] for t in both) / len(both)
        kept = holds(a / b)
        good &= kept
        print(f"{key:12} film {a:.4f}  one by one {b:.4f}  ratio {a / b:.3f}  ({len(both)} {what})"
              f"{'' if kept else '  TOO FAR'}")

    both = sorted(film.keys() & alone.keys())
    compare("change", [t for t in both if alone[t]["change"] > 0], lambda r: r <= MOST_CHANGE, "pairs")
    scored = [t for t in both if "gram" in film[t] and "gram" in alone[t]]
    for key in ("wasserstein", "gram"):
        compare(key, scored, lambda r: abs(r - 1) <= MOST_APART, "frames")
    compare("content", scored, lambda _: True, "frames")
    marks = sorted({0, 9, 29, max(film)} & film.keys())
    print("peak memory of the film:",
          ", ".join(f"{film[t]['rss'] / 2**20:.0f} MiB by frame {t + 1}" for t in marks))
    return 0 if good else 1


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main())
