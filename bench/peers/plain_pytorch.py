# SPDX-License-Identifier: Apache-2.0
"""Style transfer as a plain PyTorch program: one size, one optimiser, Atelier's objective.

  plain_pytorch.py CONTENT STYLE OUT [--style-loss gram|wasserstein] [--optimizer adam|lbfgs] ...

Pictures are taken at their own size (the bench gives both programs the same files). Prints one JSON object.
"""
import argparse
import json
import resource
import time

import numpy as np
import torch
from PIL import Image

from objective import Objective, load_plan


def load(path):
    rgb = np.asarray(Image.open(path).convert("RGB"), dtype=np.float32) / 255
    return torch.from_numpy(rgb).permute(2, 0, 1)[None].contiguous()


def save(rgb, path):
    pixels = (rgb[0].permute(1, 2, 0).clamp(0, 1) * 255).round().byte().numpy()
    Image.fromarray(pixels).save(path)


def main():
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
    parser.add_argument("--learning-rate", type=float, default=0.02, help="Adam's, in units of 0..1 values")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()

    torch.set_num_threads(args.threads)
    objective = Objective(load_plan(path=args.weights), load(args.content), load(args.style), args.style_loss,
                          padding=args.padding)
    x = load(args.content).requires_grad_()
    if args.optimizer == "adam":
        optimizer = torch.optim.Adam([x], lr=args.learning_rate)
    else:
        optimizer = torch.optim.LBFGS([x], lr=1, max_iter=1, history_size=12, tolerance_grad=0, tolerance_change=0)

    trace = []

    def closure():
        optimizer.zero_grad()
        content, style, tv = objective.terms(x)
        total = args.content_weight * content + style + args.tv_weight * tv
        # L-BFGS starts from the bare gradient: the scale only sets the length of its first step.
        scale = 1.0 if args.optimizer == "adam" else 1e2
        (total * scale).backward()
        trace.append([content.item(), style.item(), tv.item(), total.item()])
        return total * scale

    clock = [time.perf_counter()]
    for _ in range(args.iterations):
        optimizer.step(closure)
        with torch.no_grad():
            x.clamp_(0, 1)
        clock.append(time.perf_counter())
    seconds = clock[-1] - clock[0]
    save(x.detach(), args.out)
    print(json.dumps({
        "program": "plain_pytorch", "torch": torch.__version__, "optimizer": args.optimizer,
        "iterations": args.iterations, "seconds": seconds, "seconds_per_iteration": seconds / args.iterations,
        "peak_rss_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "elapsed": [t - clock[0] for t in clock[1:]],  # after each step
        "first": trace[0], "last": trace[-1], "best_total": min(t[3] for t in trace)}))


if __name__ == "__main__":
    main()
