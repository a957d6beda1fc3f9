# SPDX-License-Identifier: Apache-2.0
"""Seconds per iteration and peak memory alone: a few steps at one size, programs taking turns."""
import statistics

import programs


def one_round(bench, pair, steps, stem):
    """Every program once, as (name, measurement); Atelier paints at the one size, without coarser ones."""
    first = programs.atelier(bench.atelier, pair, f"{stem}-atelier", bench.threads,
                             ["--min-size", pair.size, "--iterations", steps, *bench.arguments])
    yield "atelier", first
    for optimizer in ("adam", "lbfgs"):
        yield f"pytorch {optimizer}", programs.plain_pytorch(
            optimizer, pair, f"{stem}-{optimizer}", bench.threads, steps, first["options"])
    yield "pastiche", programs.pastiche(pair, f"{stem}-pastiche", bench.threads, steps)


def measure(bench, pair, steps, rounds, folder, say):
    """Median time of the rounds and the largest memory of any, a row a program."""
    seen = {}
    for i in range(rounds):
        for name, made in one_round(bench, pair, steps, folder / "quick"):
            seen.setdefault(name, []).append(made)
            say(f"round {i + 1} of {rounds}: {name} {made['seconds_per_iteration']:.3f} s/step")
    rows = []
    for name, made in seen.items():
        times = [m["seconds_per_iteration"] for m in made]
        rows.append({"program": name, "seconds_per_iteration": statistics.median(times), "rounds": times,
                     "iterations": steps, "peak_rss_bytes": max(m["peak_rss_bytes"] for m in made)})
    for row in rows:
        row["against_atelier"] = row["seconds_per_iteration"] / rows[0]["seconds_per_iteration"]
    return rows
