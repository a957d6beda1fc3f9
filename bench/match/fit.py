#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fits what `match` foretells to what was painted, and says how well it does on pairs it has not seen.

    bench/match/fit.py                                  # the committed tables: figures.tsv and reached.tsv
    bench/match/fit.py --figures F.tsv --reached R.tsv  # tables of one's own (paint.py, figures.py)
    bench/match/fit.py --write --plot docs/images/match.svg

--write replaces src/style/compatibility/prediction_table.cpp; --plot draws foretold against reached. Foretold here
always means by a fit without the pair's photograph and without its painting. Plain Python, no packages.
"""
import argparse
import math
from pathlib import Path

import measures
from scatter import scatter

HERE = Path(__file__).resolve().parent
TABLE = HERE.parents[1] / "src/style/compatibility/prediction_table.cpp"
LEAST = 1e-8      # as src/style/compatibility/prediction.cpp
STRENGTH = 0.001  # of the ridge
FIGURES = ["balance_relu4_1", "balance_relu5_1", "movement_relu4_2"]
LOSSES = ("total", "content", "style")
CONTROLS = {"palette distance alone": "palette", "Gram distance at the start": "gram",
            "Wasserstein distance at the start": "style", "balance of the layers, nothing fitted": "balance"}


def read(path):
    lines = [line.split("\t") for line in path.read_text().splitlines() if not line.startswith("#")]
    return [dict(zip(lines[0], row)) for row in lines[1:]]


def joined(figures, reached):
    known = {(row["photograph"], row["painting"]): row for row in figures}
    pairs = []
    for row in reached:
        match = known.get((row["photograph"], row["painting"]))
        if match:
            pairs.append({**row, **{f"figure {name}": value for name, value in match.items()}})
    return sorted(pairs, key=lambda pair: (pair["photograph"], pair["painting"]))


class Pairs:
    def __init__(self, rows):
        self.rows = rows
        self.photographs = [row["photograph"] for row in rows]
        self.paintings = [row["painting"] for row in rows]

    def reached(self, loss):
        return [float(row[loss]) for row in self.rows]

    def logs(self, names):
        return [[math.log(max(float(row[f"figure {name}"]), LEAST)) for name in names] for row in self.rows]

    def describe(self, title, x, y):
        """Spearman over all pairs and the mean within photographs, each with its interval."""
        def over_all(chosen, _):
            return measures.spearman([x[i] for i in chosen], [y[i] for i in chosen])

        def inside(chosen, names):
            return measures.within(names, [x[i] for i in chosen], [y[i] for i in chosen])[0]

        every = range(len(x))
        mean, each = measures.within(self.photographs, x, y)
        a = measures.bootstrap(self.photographs, self.paintings, over_all)
        b = measures.bootstrap(self.photographs, self.paintings, inside)
        print(f"| {title} | {over_all(every, None):.2f} ({a[0]:.2f} to {a[1]:.2f}) | "
              f"{mean:.2f} ({b[0]:.2f} to {b[1]:.2f}) | {min(each.values()):.2f} to {max(each.values()):.2f} |")


def fit(pairs, loss):
    """The model of one loss, what it foretells of pairs left out, and its error there."""
    rows, y = pairs.logs(FIGURES), [math.log(value) for value in pairs.reached(loss)]
    model = measures.ridge(rows, y, STRENGTH)
    unseen = measures.left_out(pairs.photographs, pairs.paintings, rows, y, STRENGTH)
    error = math.sqrt(sum((a - b)**2 for a, b in zip(unseen, y)) / len(y))
    mean = sum(y) / len(y)
    deviation = math.sqrt(sum((value - mean)**2 for value in y) / len(y))
    return model, unseen, {"error": error, "mean": mean, "deviation": deviation}


def source(fits, pairs):
    """prediction_table.cpp."""
    text = ["// SPDX-License-Identifier: Apache-2.0",
            f"// Written by bench/match/fit.py from {len(pairs.rows)} pairs that were painted; not to be changed by hand.",
            '#include "style/compatibility/prediction.hpp"', "", "namespace atelier::style {", "",
            "std::span<const Model> models() {", "  // clang-format off", "  static const std::vector<Model> all{"]
    for loss, ((constant, weights), _, errors) in fits.items():
        text += [f'    {{.loss = "{loss}", .constant = {constant:.5f}, .coefficients = {{']
        text += [f'       {{"{name}", {weight:.5f}}},' for name, weight in zip(FIGURES, weights)]
        text += ["     }, " + ", ".join(f".{name} = {value:.5f}" for name, value in errors.items()) + "},"]
    text += ["  };", "  // clang-format on", "  return all;", "}", "", "}  // namespace atelier::style", ""]
    return "\n".join(text)


def regret(pairs, foretold):
    """How much higher the loss of the style ranked first is than that of the best, in percent; and of a style taken
    by chance."""
    chosen, chance = [], []
    totals = pairs.reached("total")
    for name in dict.fromkeys(pairs.photographs):
        own = [i for i, photograph in enumerate(pairs.photographs) if photograph == name]
        best = min(totals[i] for i in own)
        chosen.append(totals[min(own, key=lambda i: foretold[i])] / best - 1)
        chance.append(sum(totals[i] for i in own) / len(own) / best - 1)
    return 100 * sum(chosen) / len(chosen), 100 * sum(chance) / len(chance)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--figures", type=Path, default=HERE / "figures.tsv")
    parser.add_argument("--reached", type=Path, default=HERE / "reached.tsv")
    parser.add_argument("--check", type=Path, help="losses of another schedule (paint.py), to compare ranks with")
    parser.add_argument("--write", action="store_true", help="replace the table in the source")
    parser.add_argument("--plot", type=Path, help="SVG to write")
    given = parser.parse_args()
    pairs = Pairs(joined(read(given.figures), read(given.reached)))
    print(f"{len(pairs.rows)} pairs, {len(set(pairs.photographs))} photographs, {len(set(pairs.paintings))} paintings\n")
    print("| foretold by | Spearman over all pairs (95 %) | mean within photographs (95 %) | of each photograph |")
    print("|---|---|---|---|")
    fits = {loss: fit(pairs, loss) for loss in LOSSES}
    for loss, (_, unseen, _) in fits.items():
        pairs.describe(f"`match`: {loss}, left out", unseen, pairs.reached(loss))
    for title, name in CONTROLS.items():
        pairs.describe(f"{title}: total", [row[0] for row in pairs.logs([name])], pairs.reached("total"))
    for loss, (_, _, errors) in fits.items():
        print(f"\n{loss}: error {100 * errors['error']:.1f} %, spread of the pairs {100 * errors['deviation']:.1f} %")
    print("\nthe style ranked first ends {:.1f} % above the best one; one taken by chance {:.1f} %".format(
        *regret(pairs, fits["total"][1])))
    if given.check:
        compare(pairs, fits["total"][1], read(given.check))
    if given.write:
        TABLE.write_text(source(fits, pairs))
    if given.plot:
        reached = pairs.reached("total")
        given.plot.write_text(scatter(
            "Total loss: foretold before painting, and reached",
            f"{len(reached)} pairs; each foretold by a fit without its photograph and its painting",
            pairs.photographs, [math.exp(value) for value in fits["total"][1]], reached, "foretold", "reached"))


def compare(pairs, foretold, other):
    """Ranks by the calibration's schedule, and by `match`, against those of another schedule."""
    place = {(a, b): i for i, (a, b) in enumerate(zip(pairs.photographs, pairs.paintings))}
    rows = [(place[row["photograph"], row["painting"]], row) for row in other
            if (row["photograph"], row["painting"]) in place]
    print(f"\nOther schedule, {len(rows)} pairs:")
    for loss in LOSSES:
        mine = [pairs.reached(loss)[i] for i, _ in rows]
        theirs = [float(row[loss]) for _, row in rows]
        print(f"  {loss}: Spearman {measures.spearman(mine, theirs):.3f} between the schedules")
    theirs = [float(row["total"]) for _, row in rows]
    print(f"  total: Spearman {measures.spearman([foretold[i] for i, _ in rows], theirs):.3f} of match with it")


if __name__ == "__main__":
    main()
