# SPDX-License-Identifier: Apache-2.0
"""Style transfer as a plain PyTorch program: one size or a few, one optimiser, Atelier's objective.

  plain_pytorch.py CONTENT STYLE OUT [--style-loss gram|wasserstein] [--optimizer adam|lbfgs] ...

Pictures are taken at their own size (the bench gives both programs the same files); with --schedule, smaller sizes
of both come first. Prints one JSON object.
"""
import argparse
import json
import os
import pathlib
import resource
import time

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

from objective import Objective, load_plan
from prepare import fit_long_edge


def load(path, edge=None):
    """1 x 3 x H x W in 0..1; the long edge made `edge` by Lanczos when that is given."""
    picture = Image.open(path).convert("RGB")
    if edge is not None:
        picture = picture.resize(fit_long_edge(picture.size, edge), Image.Resampling.LANCZOS)
    rgb = np.asarray(picture, dtype=np.float32) / 255
    return torch.from_numpy(rgb).permute(2, 0, 1)[None].contiguous()


def save(rgb, path):
    pixels = (rgb[0].permute(1, 2, 0).clamp(0, 1) * 255).round().byte().numpy()
    Image.fromarray(pixels).save(path)


def save_at_once(rgb, path):
    """Replaces `path` by the whole picture, so that a reader never sees half of it."""
    path = pathlib.Path(path)
    partial = path.with_name(f"part-{path.name}")
    save(rgb, partial)
    os.replace(partial, path)


def parse_schedule(text):
    """SIZE:STEPS,... as [(size, steps), ...] with rising sizes."""
    try:
        stages = [(int(size), int(steps)) for size, steps in (part.split(":") for part in text.split(","))]
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not SIZE:STEPS,... in whole numbers") from None
    sizes = [size for size, _ in stages]
    if sizes != sorted(set(sizes)) or min(min(stage) for stage in stages) < 1:
        raise argparse.ArgumentTypeError(f"{text} needs rising sizes and at least one step at each")
    return stages


def descend(objective, x, steps, args, trace):
    """Changes x in place, with a fresh optimiser; yields after each step."""
    if args.optimizer == "adam":
        optimizer = torch.optim.Adam([x], lr=args.learning_rate)
    else:
        optimizer = torch.optim.LBFGS([x], lr=1, max_iter=1, history_size=12, tolerance_grad=0, tolerance_change=0)

    def closure():
        optimizer.zero_grad()
        content, style, tv = objective.terms(x)
        total = args.content_weight * content + style + args.tv_weight * tv
        # L-BFGS starts from the bare gradient: the scale only sets the length of its first step.
        scale = 1.0 if args.optimizer == "adam" else 1e2
        (total * scale).backward()
        trace.append([content.item(), style.item(), tv.item(), total.item()])
        return total * scale

    for _ in range(steps):
        optimizer.step(closure)
        if args.schedule is None:
            with torch.no_grad():
                x.clamp_(0, 1)
        yield


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("content")
    parser.add_argument("style")
    parser.add_argument("out")
    parser.add_argument("--weights", help="the package's weights file (default: the installed package's)")
    parser.add_argument("--style-loss", choices=("gram", "wasserstein"), default="wasserstein")
    parser.add_argument("--padding", choices=("zero", "replicate"), default="zero")
    parser.add_argument("--content-weight", type=float, required=True)
    parser.add_argument("--tv-weight", type=float, required=True)
    parser.add_argument("--optimizer", choices=("adam", "lbfgs"), default="adam")
    parser.add_argument("--iterations", type=int, default=500)
    parser.add_argument("--schedule", type=parse_schedule, metavar="SIZE:STEPS,...",
                        help="long edges from coarse to fine with their steps, in place of --iterations; "
                             "values are then clamped to 0..1 between sizes instead of after each step")
    parser.add_argument("--learning-rate", type=float, default=0.02, help="Adam's, in units of 0..1 values")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--snapshot", metavar="FILE", help="picture that shows the work as it goes")
    parser.add_argument("--snapshot-every", type=int, default=10, metavar="N",
                        help="steps after which the snapshot is replaced at once")
    args = parser.parse_args()
    if args.schedule and args.schedule[-1][0] != (edge := max(Image.open(args.content).size)):
        parser.error(f"--schedule must end at the content's long edge, {edge} px")
    return args


def main():
    args = parse_arguments()
    torch.set_num_threads(args.threads)
    plan = load_plan(path=args.weights)
    stages = args.schedule or [(None, args.iterations)]
    x, trace, clock = None, [], []
    for edge, steps in stages:
        content = load(args.content, edge)
        objective = Objective(plan, content, load(args.style, edge), args.style_loss, padding=args.padding)
        x = content if x is None else F.interpolate(x, size=content.shape[2:], mode="bicubic")
        x.requires_grad_()
        clock = clock or [time.perf_counter()]
        for _ in descend(objective, x, steps, args, trace):
            clock.append(time.perf_counter())
            if args.snapshot and (len(clock) - 1) % args.snapshot_every == 0:
                save_at_once(x.detach(), args.snapshot)
        x = x.detach().clamp(0, 1)
    save(x, args.out)
    seconds, iterations = clock[-1] - clock[0], len(clock) - 1
    print(json.dumps({
        "program": "plain_pytorch", "torch": torch.__version__, "optimizer": args.optimizer,
        "iterations": iterations, "seconds": seconds, "seconds_per_iteration": seconds / iterations,
        "peak_rss_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "elapsed": [t - clock[0] for t in clock[1:]],  # after each step
        "first": trace[0], "last": trace[-1], "best_total": min(t[3] for t in trace)}))


if __name__ == "__main__":
    main()
