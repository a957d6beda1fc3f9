# SPDX-License-Identifier: Apache-2.0
"""The programs that are compared: how each is called, and how its time per iteration is read.

Each function takes a Pair, a path without suffix to write to, and options; it returns a measurement:
  picture, seconds (of the whole program), seconds_per_iteration, iterations, peak_rss_bytes
"""
import json
import pathlib
import sys

from PIL import Image

import objective
from process import run

HERE = pathlib.Path(__file__).resolve().parent


def measurement(finished, picture, iterations, seconds_per_iteration, **more):
    return {"picture": str(picture), "iterations": iterations, "seconds": finished.seconds,
            "seconds_per_iteration": seconds_per_iteration,
            "peak_rss_bytes": finished.peak_rss_bytes} | more


def mean_step(elapsed):
    """Mean seconds of a step from the times at which steps ended, without the first, which warms up."""
    if len(elapsed) < 2:
        raise ValueError(f"{len(elapsed)} steps at the final size; two are needed to time one.")
    return (elapsed[-1] - elapsed[0]) / (len(elapsed) - 1)


def traced(trace, scale):
    """When Atelier's steps at this size ended, from one line a step."""
    steps = [json.loads(line) for line in pathlib.Path(trace).read_text().splitlines()]
    return [step["seconds"] for step in steps if step["scale"] == scale]


def read_recipe(picture):
    """All options of a picture that Atelier painted, from its metadata."""
    return json.loads(Image.open(picture).text["atelier:recipe"])["options"]


def atelier_command(program, pair, picture, threads, arguments):
    """Atelier's standard preset; `arguments` come after it."""
    return [program, "stylize", pair.content, pair.style, "-o", picture, "--preset", "standard", "--size", pair.size,
            "--device", "cpu", "--threads", threads, "--json", "--quiet", *arguments]


def atelier(program, pair, stem, threads, arguments):
    """Atelier's standard preset, with the times of its steps."""
    picture, trace = f"{stem}.png", pathlib.Path(f"{stem}.jsonl")
    trace.unlink(missing_ok=True)  # Atelier appends
    finished = run(atelier_command(program, pair, picture, threads, ["--trace", trace, *arguments]), threads)
    made = json.loads(finished.stdout)
    return measurement(finished, picture, made["iterations"], mean_step(traced(trace, pair.size)),
                       options=read_recipe(picture))


def objective_arguments(options):
    """Atelier's objective as plain_pytorch.py's options, which counts the style term once."""
    same = (options["backbone"] == "vgg19" and options["pooling"] == "max" and options["style_weight"] > 0
            and options["style_layers"] == list(objective.STYLE_LAYERS)
            and options["content_layers"] == [objective.CONTENT_LAYER])
    if not same:
        raise ValueError("objective.py has VGG-19 with max pooling and the default layers only.")
    weight = options["style_weight"]
    return ["--style-loss", options["loss"], "--padding", options["padding"],
            "--content-weight", options["content_weight"] / weight,
            "--tv-weight", options["tv_weight"] / weight]


def plain_pytorch_command(optimizer, pair, picture, threads, options):
    """The plain program with the objective of `options`, an Atelier recipe's; its steps are still to be said."""
    return [sys.executable, HERE / "plain_pytorch.py", pair.content, pair.style, picture,
            *objective_arguments(options), "--optimizer", optimizer, "--threads", threads]


def plain_pytorch(optimizer, pair, stem, threads, iterations, options):
    """The plain program at one size."""
    picture = f"{stem}.png"
    finished = run([*plain_pytorch_command(optimizer, pair, picture, threads, options),
                    "--iterations", iterations], threads)
    made = json.loads(finished.stdout)
    return measurement(finished, picture, made["iterations"], mean_step(made["elapsed"]))


def printed_times(printed):
    """When pastiche's steps ended, to a tenth of a second: it prints "step elapsed loss" from step 0 on."""
    rows = [line.split() for line in printed.splitlines()]
    return [float(row[1]) for row in rows if len(row) == 3 and row[0].isdigit() and row[0] != "0"]


def pastiche_command(pair, picture, iterations):
    """`pastiche` with its own objective and optimiser (L-BFGS); it prints every step's time."""
    return [sys.executable, "-m", "pastiche", "--content", pair.content, "--styles", pair.style, "--output", picture,
            "--size", pair.size, "--style-size", pair.size, "--num-steps", iterations, "--info-step", 1,
            "--device", "cpu", "--seed", 0]


def pastiche(pair, stem, threads, iterations):
    """`pastiche`, with the times of its steps."""
    picture = f"{stem}.png"
    finished = run(pastiche_command(pair, picture, iterations), threads)
    return measurement(finished, picture, iterations, mean_step(printed_times(finished.stdout)))


def score(program, pair, picture, threads, options):
    """`atelier score` of a picture under the objective of `options`."""
    weights = [argument for name in ("content", "style", "tv")
               for argument in (f"--{name}-weight", options[f"{name}_weight"])]
    finished = run([program, "score", pair.content, pair.style, picture, "--json", "--size", pair.size,
                    "--device", "cpu", "--backbone", options["backbone"], "--pooling", options["pooling"],
                    *weights, "--threads", threads], threads)
    return json.loads(finished.stdout)
