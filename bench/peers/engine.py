# SPDX-License-Identifier: Apache-2.0
"""The network alone, forward and back: `atelier bench` beside PyTorch's settings, taking turns."""
import json
import statistics
import sys

import process
import programs


def measure(bench, size, rounds, say):
    """Median seconds of the rounds, a row a setting."""
    seen = {}
    for i in range(rounds):
        ours = json.loads(process.run([bench.atelier, "bench", "--what", "engine", "--size", size, "--threads",
                                       bench.threads, "--json"], bench.threads).stdout)
        found = {f"atelier ({ours['engine']})": ours["seconds"]["forward"] + ours["seconds"]["backward"]}
        theirs = process.run([sys.executable, programs.HERE / "plain_engine.py", size, 3, bench.threads],
                             bench.threads)
        found |= {f"pytorch {name}": seconds for name, seconds in json.loads(theirs.stdout).items()}
        for name, seconds in found.items():
            seen.setdefault(name, []).append(seconds)
            say(f"round {i + 1} of {rounds}: {name} {seconds:.3f} s")
    medians = {name: statistics.median(times) for name, times in seen.items()}
    first = next(iter(medians.values()))
    return [{"program": name, "seconds": seconds, "rounds": seen[name], "against_atelier": seconds / first}
            for name, seconds in medians.items()]
